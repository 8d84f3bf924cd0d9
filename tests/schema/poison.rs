//! What must not be judged after a shape error, and what may.

use spokeslint::yaml::{Document, NodeId};

use super::{check, check_part};

/// The node at a path of keys and indexes, aliases not followed at its end.
fn at(doc: &Document, path: &str) -> NodeId {
    path.split('.')
        .fold(doc.root(), |node, step| match step.parse::<usize>() {
            Ok(index) => doc.items(node)[index],
            Err(_) => {
                doc.get(node, step)
                    .unwrap_or_else(|| panic!("no {path}"))
                    .value
            }
        })
}

#[test]
fn a_wrong_value_is_poisoned_and_nothing_around_it() {
    let checked =
        check_part("people:\n  - { id: p, name: { en: P }, left: never, joined: 2011-09 }\n");
    let (doc, poison) = (&checked.doc, &checked.found.poison);
    assert!(poison.is_node(at(doc, "people.0.left")));
    assert_eq!(poison.cause(at(doc, "people.0.left")), Some(0));
    for healthy in [
        "people",
        "people.0",
        "people.0.joined",
        "people.0.name",
        "id",
    ] {
        assert!(!poison.is_node(at(doc, healthy)), "{healthy}");
        assert_eq!(poison.cause(at(doc, healthy)), None);
    }
    assert!(!poison.is_node(doc.root()));
}

#[test]
fn a_missing_key_poisons_its_absence_only() {
    let checked = check_part("accounts:\n  - { id: a, handle: h, kind: agency }\n");
    let (doc, poison) = (&checked.doc, &checked.found.poison);
    let account = at(doc, "accounts.0");
    assert!(poison.field(account, "platform"));
    assert_eq!(poison.field_cause(account, "platform"), Some(0));
    assert!(!poison.field(account, "owner"));
    assert!(!poison.field(doc.root(), "platform"));
    assert!(!poison.is_node(account));
}

#[test]
fn a_misspelt_key_poisons_the_field_it_meant() {
    let checked = check_part(
        "accounts:\n  - { id: a, platfrom: x, handle: h, kind: agency, verifed: true }\n",
    );
    let (doc, poison) = (&checked.doc, &checked.found.poison);
    let rules: Vec<_> = checked
        .found
        .diagnostics
        .iter()
        .map(|found| &*found.rule)
        .collect();
    assert_eq!(rules, ["schema/unknown-key", "schema/unknown-key"]);
    let account = at(doc, "accounts.0");
    assert_eq!(poison.field_cause(account, "platform"), Some(0));
    assert_eq!(poison.field_cause(account, "verified"), Some(1));
    assert!(poison.is_node(at(doc, "accounts.0.verifed")));
}

#[test]
fn an_absent_language_poisons_both_names() {
    let checked = check_part("people: [{ id: p, name: {} }]");
    let name = at(&checked.doc, "people.0.name");
    assert!(checked.found.poison.field(name, "en"));
    assert!(checked.found.poison.field(name, "ar"));
}

#[test]
fn the_values_of_a_duplicated_key_are_poisoned_without_a_cause_here() {
    let checked = check_part("level: national\nlevel: regional\n");
    let (doc, poison) = (&checked.doc, &checked.found.poison);
    assert!(checked.found.diagnostics.is_empty());
    assert!(!poison.is_empty());
    let values: Vec<_> = doc.entries(doc.root())[..2]
        .iter()
        .map(|entry| entry.value)
        .collect();
    for value in values {
        assert!(poison.is_node(value));
        assert_eq!(poison.cause(value), None);
    }
    assert!(!poison.is_node(at(doc, "kind")));
}

#[test]
fn both_values_of_a_duplicated_collection_are_still_checked() {
    let checked =
        check_part("people: [{ id: P, name: { en: P } }]\npeople: [{ id: Q, name: { en: Q } }]\n");
    assert_eq!(checked.found.diagnostics.len(), 2);
}

#[test]
fn an_alias_that_leads_nowhere_is_one_error_of_the_parser() {
    let checked = check_part("level: *nowhere\n");
    assert!(
        checked.found.diagnostics.is_empty(),
        "{:?}",
        checked.lines()
    );
    assert!(checked.found.poison.is_node(at(&checked.doc, "level")));
}

#[test]
fn a_merge_that_leads_nowhere_makes_every_absence_doubtful() {
    let checked = check_part(
        "accounts:\n  - { <<: *nowhere, id: a }\n  - { id: b, platform: x, handle: h, kind: agency }\n",
    );
    assert!(
        checked.found.diagnostics.is_empty(),
        "{:?}",
        checked.lines()
    );
    let poison = &checked.found.poison;
    assert!(poison.field(at(&checked.doc, "accounts.0"), "platform"));
    assert!(poison.field(at(&checked.doc, "accounts.0"), "bio"));
    assert!(!poison.field(at(&checked.doc, "accounts.1"), "bio"));
}

#[test]
fn a_key_without_a_text_is_one_error_of_the_parser() {
    let checked = check_part("? [a]\n: { password: hunter2 }\n");
    assert_eq!(checked.only().rule, "schema/secret");
}

#[test]
fn a_document_of_another_type_is_poisoned_as_a_whole() {
    let checked = check("text\n");
    assert!(checked.found.poison.is_node(checked.doc.root()));
}
