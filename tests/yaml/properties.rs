//! What holds for any text.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;
use spokeslint::Span;
use spokeslint::yaml::{Document, Kind, NodeId, from_node, limits, parse_first};

use super::parsed;

/// Pieces that mean something to a YAML parser.
const PIECES: &[&str] = &[
    "a",
    "b: ",
    "- ",
    "? ",
    ": ",
    ":",
    "\n",
    "\n  ",
    "\n    ",
    "\r\n",
    "\r",
    " ",
    "\t",
    "#",
    " # c",
    "[",
    "]",
    "{",
    "}",
    ",",
    ", ",
    "'",
    "\"",
    "\\",
    "\\n",
    "\\u00e9",
    "|",
    "|-\n  x\n",
    ">\n  y\n",
    "|2+\n    z\n\n",
    "&a ",
    "*a",
    "*a ",
    "&b ",
    "*b",
    "<<: *a\n",
    "<<: [*a, *b]\n",
    "!!str ",
    "!t ",
    "!!int ",
    "!",
    "%",
    "@",
    "---\n",
    "--- ",
    "...\n",
    "~",
    "12",
    "true",
    "قيمة",
    "مفتاح: ",
    "\u{2028}",
    "\u{feff}",
    "\u{85}",
    "\0",
    "\u{7f}",
    "é",
    "😀",
    "k: v\n",
    "- k: v\n  l: [1, {m: n}]\n",
];

const SEEDS: &[&str] = &[
    "# head\na: &a {x: 1, y: [1, 2]}\nb:\n  <<: *a\n  z: |\n    one\n    two\nc: *a\n",
    "- 'it''s'\n- \"tab\\t\"\n-\n- >-\n  folded\n  text\n- ? k\n  : v\n",
    "الاسم: { en: Agency, ar: جهة }\nتاريخ: 1439-10-26 هـ # تعليق\n---\nb: c\r\n...\n",
    "i:\n- x\n- - y\nk: !!str 12\nl: [a: b, ? c, : d]\nm: &m [*m, *n]\n",
];

fn soup() -> impl Strategy<Value = String> {
    vec(select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

/// A seed with some pieces put in and some characters taken out.
fn mutant() -> impl Strategy<Value = String> {
    let edits = vec((any::<Index>(), select(PIECES), 0_usize..4), 1..6);
    (select(SEEDS), edits).prop_map(|(seed, edits)| {
        let mut chars: Vec<char> = seed.chars().collect();
        for (index, piece, removed) in edits {
            let at = index.index(chars.len() + 1);
            let end = (at + removed).min(chars.len());
            chars.splice(at..end, piece.chars());
        }
        chars.into_iter().collect()
    })
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![soup(), mutant(), any::<String>()]
}

fn is_sound(text: &str, span: Span) -> bool {
    text.get(span.range()).is_some()
}

fn check_document(document: &Document) {
    let text = document.source().text();
    let mut last = Span::default();
    for comment in document.comments() {
        assert!(text.get(comment.range()).unwrap().starts_with('#'));
        assert!(last.end <= comment.start);
        last = *comment;
    }
    for flawed in document.flawed() {
        assert!(flawed.index() < document.len());
    }
    check_node(document, document.root(), None, 0);
}

/// Walks the tree with aliases followed, so a cycle or too deep a tree shows.
fn check_node(document: &Document, id: NodeId, parent: Option<Span>, depth: usize) {
    assert!(depth <= limits::NESTING);
    let text = document.source().text();
    let node = document.node(id);
    for span in [Some(node.span), node.anchor, node.tag]
        .into_iter()
        .flatten()
    {
        assert!(is_sound(text, span), "{span:?}");
    }
    if let Some(parent) = parent {
        assert!(parent.contains(node.span), "{:?} in {parent:?}", node.span);
    }
    assert!(is_sound(text, document.head(id)));
    document.path(id);
    if let Kind::Alias(target) = node.kind {
        assert!(!matches!(document.node(target).kind, Kind::Alias(_)));
        check_node(document, target, None, depth);
        return;
    }
    for item in document.items(id) {
        assert_eq!(document.node(*item).parent, Some(id));
        check_node(document, *item, Some(node.span), depth + 1);
    }
    for entry in document.entries(id) {
        let inside = entry.merged.is_none().then_some(node.span);
        check_node(document, entry.key, inside, depth + 1);
        check_node(document, entry.value, inside, depth + 1);
        if let Some(via) = entry.merged {
            assert!(node.span.contains(document.span(via)));
        }
    }
}

fn simple() -> impl Strategy<Value = Value> {
    let string = prop_oneof![
        "[a-z]{1,8}",
        "[ -~]{0,12}".prop_filter("is a merge key", |text| text != "<<"),
        "[\u{621}-\u{64a} ]{1,12}",
        "([a-z ]{0,6}\n){0,3}[a-z]{0,4}",
        select(vec![
            "no",
            "null",
            "1",
            "0x1F",
            "1e3",
            "2018-07-10",
            "~",
            "- a",
            "a: b",
            "#",
            "'",
            ""
        ])
        .prop_map(str::to_owned),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9_f64..1e9).prop_map(Value::from),
        string.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            btree_map(string.clone(), inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn value(text: &str) -> Value {
    let parsed = parsed(text);
    assert!(
        parsed.diagnostics.is_empty(),
        "{text:?}: {:#?}",
        parsed.diagnostics
    );
    let document = &parsed.documents[0];
    from_node(document, document.root()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_parser_panic_and_every_span_is_sound(text in text()) {
        let parsed = parsed(&text);
        for document in &parsed.documents {
            check_document(document);
            let _ = from_node::<Value>(document, document.root());
        }
        for diagnostic in &parsed.diagnostics {
            prop_assert!(!diagnostic.labels.is_empty());
            for label in &diagnostic.labels {
                prop_assert!(is_sound(&text, label.span), "{:?}", label.span);
            }
        }
        let first = parse_first(&std::sync::Arc::new(spokeslint::Source::new("t.yaml", text)));
        prop_assert_eq!(first.documents.len(), parsed.documents.len().min(1));
    }

    #[test]
    fn values_are_those_of_another_parser(want in simple()) {
        let text = serde_yaml::to_string(&want).unwrap();
        prop_assert_eq!(value(&text), want.clone(), "{}", text);
        let flow = serde_json::to_string(&want).unwrap();
        let other: Value = serde_yaml::from_str(&flow).unwrap();
        prop_assert_eq!(value(&flow), other, "{}", flow);
    }
}
