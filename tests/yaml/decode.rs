//! Typed values out of the tree.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use spokeslint::yaml::{Document, Spanned, from_node, parse};
use spokeslint::{Lang, Source};

fn document(text: &str) -> Document {
    let parsed = parse(&Arc::new(Source::new("t.yaml", text)));
    parsed.documents.into_iter().next().unwrap()
}

fn decoded<T: DeserializeOwned>(text: &str) -> T {
    let document = document(text);
    from_node(&document, document.root()).unwrap()
}

/// The error as `path: message (help)`.
fn refused<T: DeserializeOwned>(text: &str) -> String {
    let document = document(text);
    let Err(error) = from_node::<T>(&document, document.root()) else {
        panic!("{text:?} was decoded");
    };
    let span = document.source().slice(document.span(error.node));
    let help = error
        .help
        .as_ref()
        .map_or(String::new(), |help| format!(" ({})", help.plain(Lang::En)));
    assert!(
        error
            .message
            .ar
            .chars()
            .any(|c| ('\u{620}'..'\u{650}').contains(&c))
    );
    format!("{span}: {error}{help}")
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    id: Spanned<String>,
    #[serde(default)]
    level: Option<u8>,
    #[serde(default)]
    tags: Vec<Spanned<Tag>>,
    #[serde(default)]
    more: BTreeMap<String, f64>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Tag {
    Plain,
    Sized(u32),
    TwoWords { a: i64, b: Option<bool> },
}

#[derive(Debug, PartialEq, Deserialize)]
struct Wrapped(String);

#[test]
fn structs_enums_options_and_maps_are_decoded() {
    let rule: Rule = decoded(
        "id: r\nlevel: 3\ntags: [plain, sized: 4, {two-words: {a: -1, b: ~}}]\nmore: {x: 1, 2: .5}\n",
    );
    assert_eq!(*rule.id, "r");
    assert_eq!(rule.level, Some(3));
    let tags: Vec<Tag> = rule.tags.into_iter().map(|tag| tag.value).collect();
    assert_eq!(
        tags,
        [Tag::Plain, Tag::Sized(4), Tag::TwoWords { a: -1, b: None }]
    );
    let more = BTreeMap::from([("2".to_owned(), 0.5), ("x".to_owned(), 1.0)]);
    assert_eq!(rule.more, more);
    assert_eq!(decoded::<Wrapped>("'12'"), Wrapped("12".to_owned()));
    assert_eq!(decoded::<(i64, bool)>("[1, true]"), (1, true));
    decoded::<()>("~");
    assert_eq!(decoded::<Option<String>>("# c\n---\n"), None);
}

#[test]
fn any_value_is_decoded_like_its_json() {
    let value: serde_json::Value = decoded("a: [1, -2, 1.5, no, true, ~, 0x10, '3']\nb: {c: d}\n");
    let want = serde_json::json!({
        "a": [1, -2, 1.5, "no", true, null, 16, "3"],
        "b": { "c": "d" },
    });
    assert_eq!(value, want);
}

#[test]
fn spans_survive_decoding_and_aliases_keep_their_own_place() {
    let document = document("a: &x hello\nb: *x\n");
    let map: BTreeMap<Spanned<String>, Spanned<String>> =
        from_node(&document, document.root()).unwrap();
    let places: Vec<_> = map
        .iter()
        .map(|(key, value)| {
            (
                document.span(key.node).start,
                document.span(value.node).start,
            )
        })
        .collect();
    assert_eq!(places, [(0, 6), (12, 15)]);
    assert!(map.values().all(|value| value.value == "hello"));
}

#[test]
fn merged_entries_are_decoded() {
    let map: BTreeMap<String, BTreeMap<String, i64>> =
        decoded("base: &b {x: 1, y: 2}\nreal: {<<: *b, y: 3}\n");
    assert_eq!(
        map["real"],
        BTreeMap::from([("x".to_owned(), 1), ("y".to_owned(), 3)])
    );
}

#[test]
fn errors_stand_at_the_innermost_node_and_say_what_to_do() {
    let table = [
        (
            "id: r\nlevle: 1",
            "levle: unknown key `levle` (did you mean `level`?)",
        ),
        (
            "id: r\nzebra: 1",
            "zebra: unknown key `zebra` (expected one of: `id`, `level`, `tags`, `more`)",
        ),
        ("level: 1", "level: 1: the key `id` is missing"),
        (
            "id: 12",
            "12: expected a text, found `12` (put it in quotes to make it a text)",
        ),
        ("id: [r]", "[r]: expected a text, found a list"),
        (
            "id: r\nlevel: 300",
            "300: expected a whole number of 0 or more, found `300`",
        ),
        (
            "id: r\nlevel: -1",
            "-1: expected a whole number of 0 or more, found `-1`",
        ),
        ("id: r\ntags: x", "x: expected a list, found `x`"),
        (
            "id: r\ntags: [plian]",
            "plian: `plian` is not one of the values allowed here (did you mean `plain`?)",
        ),
        (
            "id: r\ntags: [{two-words: {b: true}}]",
            "{b: true}: the key `a` is missing",
        ),
        (
            "id: r\ntags: [3]",
            "3: expected a name, or a mapping with one key, found `3`",
        ),
        ("id: r\nmore: {a: b}", "b: expected a number, found `b`"),
        ("[r, 1]", "[r, 1]: expected a mapping, found a list"),
        ("- r", "- r: expected a mapping, found a list"),
    ];
    for (text, want) in table {
        assert_eq!(refused::<Rule>(text), want);
    }
    assert_eq!(
        refused::<(i64, i64)>("[1, 2, 3]"),
        "[1, 2, 3]: a list of 3 items does not fit here: expected fewer items"
    );
}

#[test]
fn a_flaw_found_while_parsing_is_not_reported_again() {
    let rule: Rule = decoded("id: r\nid: s\n? [a]\n: b\nmore: {x: 1, x: 2}\n");
    assert_eq!(*rule.id, "r");
    assert_eq!(rule.more, BTreeMap::from([("x".to_owned(), 1.0)]));
}

#[test]
fn the_schema_of_a_spanned_value_is_that_of_the_value() {
    let schema = serde_json::to_value(schemars::schema_for!(Spanned<u8>)).unwrap();
    assert_eq!(
        schema,
        serde_json::to_value(schemars::schema_for!(u8)).unwrap()
    );
}

#[test]
fn an_error_becomes_a_diagnostic_in_both_languages() {
    let document = document("id: r\nlevle: 1\n");
    let error = from_node::<Rule>(&document, document.root()).unwrap_err();
    let diagnostic = error.into_diagnostic(&document, "config/shape");
    assert_eq!(
        diagnostic.message.plain(Lang::Ar),
        "المفتاح `levle` غير معروف"
    );
    let at = diagnostic.labels[0].position();
    assert_eq!((at.line, at.column), (2, 1));
}
