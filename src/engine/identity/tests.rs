//! Tests that recognition without parsing finds the same as parsing.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::{Identity, Recognizer, identify};
use crate::schema::Kind;
use crate::source::Source;
use crate::yaml;

static KINDS: LazyLock<Vec<Arc<Kind>>> = LazyLock::new(|| vec![Arc::new(Kind::agency())]);
static RECOGNIZER: LazyLock<Recognizer> = LazyLock::new(|| Recognizer::new(&KINDS));

/// Returns whether parsing finds nothing but documents of other tools.
fn is_foreign(text: &str) -> bool {
    let source = Arc::new(Source::new("a.yaml", text));
    let documents = yaml::parse(&source).documents;
    documents.iter().all(|document| {
        matches!(
            identify(document, &KINDS),
            Identity::Foreign | Identity::Empty
        )
    })
}

/// Words of headers, of shapes and of neither, some of them misspelt.
fn word() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "apiVersion",
        "kind",
        "Agency",
        "Waivers",
        "spokeslint/v1",
        "spokeslint",
        "v1",
        "id",
        "name",
        "accounts",
        "roles",
        "people",
        "handle",
        "platform",
        "title",
        "$schema",
        "agency.schema.json",
        "a",
        "List",
        "urn:spokeslint:schema:agency:v1",
        "items",
        "uses",
    ]);
    let letters = "[a-zA-Z0-9/._ -]{0,2}";
    (known, 0..24_usize, letters, 0..3_usize).prop_map(|(word, at, letters, gone)| {
        // Most words stay as they are.
        if at >= 12 {
            return word.to_owned();
        }
        let mut letters_of: Vec<char> = word.chars().collect();
        let at = at.min(letters_of.len());
        let end = (at + gone).min(letters_of.len());
        letters_of.splice(at..end, letters.chars());
        letters_of.into_iter().collect()
    })
}

fn scalar() -> impl Strategy<Value = String> {
    (word(), 0..6_u8).prop_map(|(word, style)| match style {
        0 => format!("'{word}'"),
        1 => format!("\"{word}\""),
        2 => format!("!!str {word}"),
        _ => word,
    })
}

/// Entries of a document inside another.
fn inner() -> impl Strategy<Value = String> {
    let entries = prop::collection::vec((scalar(), scalar()), 1..3);
    let lists = prop::collection::vec((word(), scalar(), scalar()), 0..2);
    (entries, lists).prop_map(|(entries, lists)| {
        let entries = entries
            .iter()
            .map(|(key, value)| format!("{key}: {value}\n"));
        let lists = lists
            .iter()
            .map(|(list, key, value)| format!("{list}: [{{ {key}: {value} }}]\n"));
        entries.chain(lists).collect()
    })
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => scalar(),
        1 => prop::collection::vec(scalar(), 0..3).prop_map(|all| format!("[{}]", all.join(", "))),
        2 => prop::collection::vec((scalar(), scalar()), 0..3).prop_map(|all| {
            let all: Vec<String> = all.iter().map(|(key, value)| format!("{key}: {value}")).collect();
            format!("[{{ {} }}]", all.join(", "))
        }),
        1 => (scalar(), scalar(), scalar(), scalar()).prop_map(|(a, b, c, d)| format!("{{ {a}: {b}, {c}: {d} }}")),
        1 => word().prop_map(|word| format!(">-\n  {word}")),
        1 => inner().prop_map(|inner| format!("\n- {}", inner.trim_end().replace('\n', "\n  "))),
        1 => inner().prop_map(|inner| format!("\n  {}", inner.trim_end().replace('\n', "\n  "))),
    ]
}

fn document() -> impl Strategy<Value = String> {
    let entries = prop::collection::vec((scalar(), value()), 0..6);
    (entries, prop::option::of(word())).prop_map(|(entries, comment)| {
        let mut text = comment
            .map(|word| format!("# $schema={word}\n"))
            .unwrap_or_default();
        let entries = entries
            .iter()
            .map(|(key, value)| format!("{key}: {value}\n"));
        text.extend(entries);
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn a_text_that_holds_nothing_of_ours_has_documents_of_others_only(
        documents in prop::collection::vec(document(), 1..3)
    ) {
        let text = documents.join("---\n");
        if !RECOGNIZER.may_hold(&text) {
            prop_assert!(is_foreign(&text), "{text}");
        }
    }
}

#[test]
fn ordinary_files_are_told_without_parsing() {
    for text in [
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\n",
        "on: push\njobs: { lint: { runs-on: ubuntu-latest, steps: [{ run: eslint . }] } }\n",
        "openapi: 3.1.0\ninfo: { title: x, version: 1.0.0 }\npaths: { /a: { get: { responses: {} } } }\n",
        "- hosts: web\n  name: install\n  roles: [common]\n",
    ] {
        assert!(!RECOGNIZER.may_hold(text), "{text}");
    }
    assert!(RECOGNIZER.may_hold("{ \"apiVersion\": \"spokeslint\\u002fv1\" }"));
}
