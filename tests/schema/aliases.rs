//! Errors behind aliases and merge keys: reported once, with the place of the use.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::json;
use spokeslint::schema::{self, Shapes};
use spokeslint::yaml::parse;
use spokeslint::{Lang, Source};

use super::{check_part, under};

#[test]
fn an_error_behind_an_alias_shows_the_value_and_the_use() {
    let checked =
        check_part("x-day: &day never\npeople: [{ id: p, name: { en: P }, left: *day }]\n");
    let found = checked.only();
    assert_eq!(found.rule, "schema/date");
    assert_eq!([under(found, 0), under(found, 1)], ["never", "*day"]);
    let label = found.labels[1].text.clone().unwrap();
    assert_eq!(label.plain(Lang::En), "used through this alias");
    assert_eq!(label.plain(Lang::Ar), "مستخدم عبر هذا الاسم المستعار");
}

#[test]
fn an_anchored_value_is_reported_once_however_often_it_is_used() {
    let checked = check_part(
        "x-bio: &bio { says_personl: true, links_to: a }\naccounts:\n\
         \x20 - { id: a, platform: x, handle: a, kind: personal, bio: *bio }\n\
         \x20 - { id: b, platform: x, handle: b, kind: personal, bio: *bio }\n\
         \x20 - { id: c, platform: x, handle: c, kind: personal, bio: { <<: *bio } }\n",
    );
    assert_eq!(
        checked.lines(),
        [
            "schema/type | a | expected a list, found the text `a`",
            "schema/unknown-key | says_personl | unknown key `says_personl`",
        ]
    );
    assert_eq!(under(&checked.found.diagnostics[0], 1), "*bio");
}

#[test]
fn an_error_in_its_own_place_has_no_second_label() {
    let checked = check_part("people: [{ id: p, name: { en: P }, joined: &d never, left: *d }]\n");
    assert_eq!(checked.only().labels.len(), 1);
}

#[test]
fn poison_is_the_same_for_the_alias_and_for_what_it_stands_for() {
    let checked = check_part(
        "x-list: &list text\ndomains: *list\nx-name: &name {}\npeople: [{ id: p, name: *name }]\n",
    );
    let (doc, poison) = (&checked.doc, &checked.found.poison);
    let alias = doc.get(doc.root(), "domains").unwrap().value;
    let anchor = doc.get(doc.root(), "x-list").unwrap().value;
    assert_ne!(alias, anchor);
    assert!(poison.is_node(alias) && poison.is_node(anchor));
    assert_eq!(poison.cause(alias), poison.cause(anchor));
    assert!(poison.cause(alias).is_some());
    let people = doc.get(doc.root(), "people").unwrap().value;
    let name = doc.get(doc.items(people)[0], "name").unwrap().value;
    assert_ne!(name, doc.resolve(name));
    assert!(poison.field(name, "en") && poison.field(doc.resolve(name), "en"));
}

#[test]
fn a_merged_field_is_present_and_a_merged_error_shows_the_merge() {
    let checked = check_part(
        "x-base: &base { platform: orkut, kind: agency }\naccounts:\n  - { <<: *base, id: a, handle: h }\n",
    );
    let found = checked.only();
    assert_eq!([under(found, 0), under(found, 1)], ["orkut", "*base"]);
}

#[test]
fn a_field_that_a_merged_key_meant_is_poisoned_in_every_mapping_that_merges_it() {
    let checked = check_part(
        "x-base: &base { platfrom: x, kind: agency }\naccounts:\n\
         \x20 - { <<: *base, id: a, handle: h }\n  - { <<: *base, id: b, handle: h }\n",
    );
    checked.only();
    let doc = &checked.doc;
    let accounts = doc.get(doc.root(), "accounts").unwrap().value;
    for account in doc.items(accounts) {
        assert_eq!(
            checked.found.poison.field_cause(*account, "platform"),
            Some(0)
        );
    }
}

/// Each level holds the one before it ten times over: written out, 10 to the power of the levels.
#[test]
fn an_error_at_the_bottom_of_a_web_of_aliases_is_reported_once() {
    let schema = json!({
        "$ref": "#/$defs/Tree",
        "$defs": { "Tree": { "anyOf": [{ "type": "integer" }, { "type": "array", "items": { "$ref": "#/$defs/Tree" } }] } },
    });
    // A root that is a reference is wrapped, so that the tree is a field.
    let schema = json!({ "type": "object", "properties": { "a": schema["$defs"]["Tree"] }, "$defs": schema["$defs"] });
    let shapes = Shapes::from_json_schema(&schema).unwrap();
    let mut text = String::from("a:\n  - &l0 [no]\n");
    for level in 1..5 {
        let uses = vec![format!("*l{}", level - 1); 10].join(", ");
        let _ = writeln!(text, "  - &l{level} [{uses}]");
    }
    let source = Arc::new(Source::new("a.yaml", text));
    let parsed = parse(&source);
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    let doc = &parsed.documents[0];
    let found = schema::validate(doc, doc.root(), &shapes, shapes.root());
    assert_eq!(found.diagnostics.len(), 1);
}
