//! Flaws of a document whose syntax is right: the rest of it is still there.

use spokeslint::Lang;
use spokeslint::yaml::{Kind, Value};

use super::parsed;

/// Each diagnostic as its rule, its message and its labels; then the paths of the flawed nodes.
fn said(text: &str) -> String {
    let parsed = parsed(text);
    let mut lines = Vec::new();
    for diagnostic in &parsed.diagnostics {
        lines.push(format!(
            "{}: {}",
            diagnostic.rule,
            diagnostic.message.plain(Lang::En)
        ));
        for label in &diagnostic.labels {
            let at = label.position();
            let words = label
                .text
                .as_ref()
                .map(|text| text.plain(Lang::En))
                .unwrap_or_default();
            let found = label.source.slice(label.span);
            lines.push(format!("  {}:{} {found:?} {words}", at.line, at.column));
        }
        if let Some(help) = &diagnostic.help {
            lines.push(format!("  help: {}", help.plain(Lang::En)));
            assert!(help.ar.chars().any(|c| ('\u{620}'..'\u{650}').contains(&c)));
        }
    }
    for document in &parsed.documents {
        for node in document.flawed() {
            lines.push(format!("flawed: {}", document.path(*node)));
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn an_unknown_alias_names_the_anchor_that_was_meant() {
    assert_eq!(
        said("base: &base 1\na: *bse\nb: [*x]\n"),
        "\
yaml/unknown-alias: no anchor is called `bse` before this alias
  2:4 \"*bse\" 
  help: did you mean `*base`?
yaml/unknown-alias: no anchor is called `x` before this alias
  3:5 \"*x\" 
  help: write `&x` before the value that it stands for, or put the text in quotes
flawed: a
flawed: b[0]
"
    );
    let parsed = parsed("a: *b\nc: d\n");
    let document = &parsed.documents[0];
    let entry = document.get(document.root(), "a").unwrap();
    assert_eq!(document.value(entry.value), Value::Null);
    assert!(document.get(document.root(), "c").is_some());
}

#[test]
fn anchors_of_one_document_are_unknown_in_the_next_and_later_ones_win() {
    assert!(said("a: &a 1\n---\nb: *a\n").starts_with("yaml/unknown-alias:"));
    let parsed = parsed("- &a 1\n- &a 2\n- *a\n");
    let document = &parsed.documents[0];
    let last = document.items(document.root())[2];
    assert_eq!(document.value(last), Value::Int(2));
}

#[test]
fn an_alias_inside_its_own_anchor_becomes_nothing() {
    assert_eq!(
        said("a: &a\n  b: [1, *a]\n  <<: *a\n"),
        "\
yaml/recursive-alias: the alias `*a` stands inside its own anchor
  2:10 \"*a\" 
  1:4 \"&a\" the anchor that it stands inside
  help: write the inner value out; a value cannot contain itself
yaml/recursive-alias: the alias `*a` stands inside its own anchor
  3:7 \"*a\" 
  1:4 \"&a\" the anchor that it stands inside
  help: write the inner value out; a value cannot contain itself
flawed: a.b[1]
flawed: a.?
"
    );
    let parsed = parsed("&a [*a]");
    let document = &parsed.documents[0];
    let item = document.items(document.root())[0];
    assert!(!matches!(document.node(item).kind, Kind::Alias(_)));
}

#[test]
fn a_duplicated_key_shows_all_its_places() {
    assert_eq!(
        said("a: 1\nb: {x: 1, 'x': 2}\na: 2\n\"a\": 3\n"),
        "\
yaml/duplicate-key: the key `x` is given twice
  2:11 \"'x'\" given again here
  2:5 \"x\" first given here
  help: keep one of them; which one holds cannot be told
yaml/duplicate-key: the key `a` is given 3 times
  3:1 \"a\" given again here
  4:1 \"\\\"a\\\"\" given again here
  1:1 \"a\" first given here
  help: keep one of them; which one holds cannot be told
flawed: b.x
flawed: b.x
flawed: a
flawed: a
flawed: a
"
    );
}

#[test]
fn big_mappings_find_the_same_duplicates_as_small_ones() {
    for size in [30, 31, 32, 33, 200] {
        let keys: Vec<String> = (0..size).map(|key| format!("k{key}: 1\n")).collect();
        let mut text = keys.concat();
        text += "k7: 2\nk3: 3\nk7: 4\n? [x]\n: y\n? [x]\n: y\n";
        let problems = super::problems(&text);
        let duplicates: Vec<_> = problems
            .lines()
            .filter(|line| line.contains("dup"))
            .collect();
        assert_eq!(
            duplicates,
            [
                format!(
                    "yaml/duplicate-key {}:1 the key `k3` is given twice",
                    size + 2
                ),
                format!(
                    "yaml/duplicate-key {}:1 the key `k7` is given 3 times",
                    size + 1
                ),
            ]
        );
    }
}

#[test]
fn a_key_that_is_no_name_is_reported_and_the_rest_is_kept() {
    assert_eq!(
        said("? [a, b]\n: 1\n{c: d}: 2\ne: &e [f]\n*e : 3\n? g: h\n  i: j\n: 4\nk: 5\n"),
        "\
yaml/key: expected a name as the key, found a list or a mapping
  1:3 \"[a, b]\" 
  help: write a plain name before the colon; quote it if it begins with a bracket
yaml/key: expected a name as the key, found a list or a mapping
  3:1 \"{c: d}\" 
  help: write a plain name before the colon; quote it if it begins with a bracket
yaml/key: expected a name as the key, found a list or a mapping
  5:1 \"*e\" 
  help: write a plain name before the colon; quote it if it begins with a bracket
yaml/key: expected a name as the key, found a list or a mapping
  6:3 \"g: h\" 
  help: write a plain name before the colon; quote it if it begins with a bracket
flawed: ?
flawed: ?
flawed: ?
flawed: ?
flawed: ?
flawed: ?
flawed: ?
flawed: ?
"
    );
}

#[test]
fn only_mappings_can_be_merged() {
    assert_eq!(
        said(
            "a: &a x\nb: {<<: *a}\nc: {<<: [*a, {y: 1}, 2]}\nd: {<<: *z}\ne: {<<: {}, <<: {f: 1}}\n"
        ),
        "\
yaml/merge: expected a mapping to merge, found another value
  2:9 \"*a\" 
  1:4 \"&a\" it stands for this value
  help: `<<` takes an alias of a mapping, or a list of such aliases
yaml/merge: expected a mapping to merge, found another value
  3:10 \"*a\" 
  1:4 \"&a\" it stands for this value
  help: `<<` takes an alias of a mapping, or a list of such aliases
yaml/merge: expected a mapping to merge, found another value
  3:22 \"2\" 
  help: `<<` takes an alias of a mapping, or a list of such aliases
yaml/unknown-alias: no anchor is called `z` before this alias
  4:9 \"*z\" 
  help: did you mean `*a`?
yaml/duplicate-key: the key `<<` is given twice
  5:13 \"<<\" given again here
  5:5 \"<<\" first given here
  help: keep one of them; which one holds cannot be told
flawed: b.?
flawed: c.?[0]
flawed: c.?[2]
flawed: d.?
"
    );
}

#[test]
fn merges_of_merges_keep_their_order_in_big_mappings_too() {
    for size in [2, 40] {
        let many: Vec<String> = (0..size).map(|key| format!("k{key}: 0, ")).collect();
        let many = many.concat();
        let text = format!(
            "a: &a {{{many}x: a, y: a}}\nb: &b {{<<: *a, y: b, z: b}}\nc: {{<<: [*b, *a], z: c}}\n"
        );
        let parsed = parsed(&text);
        assert!(parsed.diagnostics.is_empty());
        let document = &parsed.documents[0];
        let c = document.get(document.root(), "c").unwrap().value;
        assert_eq!(document.entries(c).len(), size + 3);
        for (key, want, via) in [
            ("z", "c", None),
            ("y", "b", Some("*b")),
            ("x", "a", Some("*b")),
        ] {
            let entry = document.get(c, key).unwrap();
            assert_eq!(document.value(entry.value), Value::Str(want));
            let merged = entry
                .merged
                .map(|via| document.source().slice(document.span(via)));
            assert_eq!(merged, via);
        }
    }
}

#[test]
fn a_core_tag_decides_or_is_refused() {
    assert_eq!(
        said(
            "a: !!int x\nb: !!seq {c: d}\ne: !!bool\nf: [!!str 1, !!float 1, !!null '', ! 1, !x 1]\n"
        ),
        "\
yaml/tag: the tag `!!int` does not fit its value
  1:4 \"!!int\" 
  1:10 \"x\" the value
  help: remove the tag, or write a value of that type
yaml/tag: the tag `!!seq` does not fit its value
  2:4 \"!!seq\" 
  help: remove the tag, or write a value of that type
yaml/tag: the tag `!!bool` does not fit its value
  3:4 \"!!bool\" 
  help: remove the tag, or write a value of that type
flawed: a
flawed: b
flawed: e
"
    );
    let parsed = parsed("[!!str 1, !!float 1, !!null '', ! 1, !x 1, !!int \"7\"]");
    let document = &parsed.documents[0];
    let values: Vec<_> = document
        .items(document.root())
        .iter()
        .map(|item| document.value(*item))
        .collect();
    let want = [
        Value::Str("1"),
        Value::Float(1.0),
        Value::Null,
        Value::Str("1"),
        Value::Int(1),
        Value::Int(7),
    ];
    assert_eq!(values, want);
}

#[test]
fn a_source_without_a_document_has_none_and_no_problem() {
    for text in ["", "\n\n", "# c\n", " # c\n# d", "...\n"] {
        let parsed = parsed(text);
        assert!(parsed.documents.is_empty(), "{text:?}");
        assert!(parsed.diagnostics.is_empty(), "{text:?}");
    }
}

#[test]
fn after_a_syntax_error_the_documents_before_it_are_there_and_one_diagnostic() {
    let parsed = parsed("a: 1\na: 2\n---\nb: *x\nc: [\n");
    assert_eq!(parsed.documents.len(), 1);
    let rules: Vec<_> = parsed.diagnostics.iter().map(|d| d.rule.as_str()).collect();
    assert_eq!(rules, ["yaml/duplicate-key", "yaml/syntax"]);
}
