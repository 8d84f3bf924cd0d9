//! What is said of each kind of syntax error, and where.

use spokeslint::Lang;

use super::parsed;

/// The only diagnostic of a text: the place and words of each label, the primary one with the
/// message.
fn said(text: &str) -> String {
    let parsed = parsed(text);
    let [diagnostic] = &parsed.diagnostics[..] else {
        panic!("{text:?}: {:#?}", parsed.diagnostics);
    };
    assert_eq!(diagnostic.rule, "yaml/syntax", "{text:?}");
    assert!(
        diagnostic.help.is_some() || text == "\"a\nb\": c",
        "{text:?}"
    );
    let labels = diagnostic.labels.iter().map(|label| {
        let at = label.position();
        let words = label.text.as_ref().unwrap_or(&diagnostic.message);
        assert!(
            words
                .ar
                .chars()
                .any(|c| ('\u{620}'..'\u{650}').contains(&c)),
            "{text:?}"
        );
        let found = label.source.slice(label.span).escape_debug().to_string();
        format!(
            "{}:{} [{found}] {}",
            at.line,
            at.column,
            words.plain(Lang::En)
        )
    });
    labels.collect::<Vec<_>>().join(" | ")
}

fn check(table: &[(&str, &str)]) {
    for (text, want) in table {
        assert_eq!(said(text), *want, "{text:?}");
    }
}

#[test]
fn tabs_are_named_as_such() {
    check(&[
        ("a:\n\tb: 2\n", "2:1 [\\t] a tab cannot indent a line"),
        ("a: 1\n\tb: 2\n", "2:1 [\\t] a tab cannot indent a line"),
        ("a: b\n \tc: d", "2:2 [\\t] a tab cannot indent a line"),
        ("a: |\n\tx\n", "2:1 [\\t] a tab cannot indent a line"),
        ("a: \"b\n\tc\"\n", "2:1 [\\t] a tab cannot indent a line"),
        ("a: [\n\tb]\n", "2:1 [\\t] a tab cannot indent a line"),
    ]);
}

#[test]
fn lines_that_fit_no_block_show_the_block() {
    check(&[
        (
            "a:\n  b: 1\n c: 2\n",
            "3:2 [c: 2] this line is indented like none of the blocks around it | 1:1 [a:] the block around it begins here",
        ),
        (
            "a: \"1\"\n  b: 2\n",
            "2:3 [b: 2] this line is indented like none of the blocks around it | 1:1 [a:] the block around it begins here",
        ),
        (
            "- - a\n - b",
            "2:2 [- b] this line is indented like none of the blocks around it | 1:1 [-] the block around it begins here",
        ),
        (
            "a: b\n- c\n",
            "2:1 [- c] expected a key, found a list item | 1:1 [a:] the keys beside it begin here",
        ),
        (
            "- a\nb: c\n",
            "2:1 [b: c] expected a list item, found a key | 1:1 [-] the list items beside it begin here",
        ),
        (
            "a: 1\nb\nc: 2\n",
            "2:1 [b] expected a key and a colon, found `b` | 1:1 [a:] the keys beside it begin here",
        ),
        (
            "- a\n-b\n",
            "2:1 [-b] expected a key and a colon, found `-b` | 1:1 [-] the list items beside it begin here",
        ),
        (
            "a: |\n    \n  x\n",
            "3:3 [x] this line of a block text is indented less than the lines before it",
        ),
        (
            "a: [b]x\n",
            "1:7 [x] expected the end of the line, found more text",
        ),
        (
            "a: *b c\n",
            "1:7 [c] expected the end of the line, found more text",
        ),
    ]);
}

#[test]
fn colons_without_a_key_show_the_text_they_cut() {
    check(&[
        ("a: b: c", "1:5 [:] a colon cannot stand here"),
        (
            "a: b\n  c: d\n",
            "2:4 [:] a colon cannot stand here | 1:4 [b] this text runs on to the line of the colon",
        ),
        (
            "a\nb: c\n",
            "2:2 [:] a colon cannot stand here | 1:1 [a] this text runs on to the line of the colon",
        ),
        ("a: it's: x", "1:8 [:] a colon cannot stand here"),
        (
            "[a b\n c: d]",
            "2:3 [:] a colon cannot stand here | 1:1 [[] inside this bracket",
        ),
    ]);
}

#[test]
fn brackets_show_where_they_open() {
    check(&[
        (
            "a: [1, 2\nb: c\n",
            "1:4 [[] the bracket `[` is never closed | 2:1 [b: c] expected `]` before this",
        ),
        ("a: {x: 1", "1:4 [{] the bracket `{` is never closed"),
        (
            "a: {b: [c}\n",
            "1:10 [}] expected `]`, found `}` | 1:8 [[] `[` opens here",
        ),
        (
            "a: [1, {b: \"}\", c: it's]\n",
            "1:24 []] expected `}`, found `]` | 1:8 [{] `{` opens here",
        ),
        ("a: ]\n", "1:4 []] the bracket `]` closes nothing"),
        (
            "a: [b\nc]\n",
            "2:1 [c]] this line inside a bracket is not indented enough | 1:4 [[] inside this bracket",
        ),
        (
            "a: {b: c: d}",
            "1:9 [:] expected `,` or `}`, found `:` | 1:4 [{] inside this bracket",
        ),
        (
            "a: {\n  b: c\n  d: e\n}\n",
            "3:4 [:] expected `,` or `}`, found `:` | 1:4 [{] inside this bracket",
        ),
        (
            "a: [[b] [c]]",
            "1:9 [[] expected `,` or `]`, found `[` | 1:4 [[] inside this bracket",
        ),
        ("[a, , b]", "1:5 [,] expected a value, found `,`"),
    ]);
}

#[test]
fn quotes_show_where_they_open() {
    check(&[
        (
            "a: \"x\nb: c\n",
            "1:4 [\\\"] the quote `\"` is never closed | 2:1 [b: c] the text runs on to here",
        ),
        (
            "- 'x\n- y\n",
            "1:3 [\\'] the quote `'` is never closed | 2:1 [- y] the text runs on to here",
        ),
        ("a: \"abc", "1:4 [\\\"] the quote `\"` is never closed"),
        ("a: [b, \"c]\n", "1:8 [\\\"] the quote `\"` is never closed"),
        (
            "a: \"x\n---\ny\"\n",
            "1:4 [\\\"] the quote `\"` is never closed | 2:1 [---] the text runs on to here",
        ),
        (
            "a: \"b\nc\"\n",
            "2:1 [c\\\"] this line of a quoted text is not indented enough | 1:4 [\\\"] the text begins here",
        ),
        (
            "a: 'it's'",
            "1:8 [s\\'] unexpected text behind the closing quote | 1:4 [\\'] the text in quotes begins here",
        ),
        (
            "a: \"say \"hi\"\"",
            "1:10 [hi\\\"\\\"] unexpected text behind the closing quote | 1:4 [\\\"] the text in quotes begins here",
        ),
        (
            "a: \"b\n  c: d\n  e: \"f\"\n",
            "3:7 [f\\\"] unexpected text behind the closing quote | 1:4 [\\\"] the text in quotes begins here",
        ),
        (
            "\"a\nb\": c",
            "2:3 [:] a key in quotes must begin and end on one line",
        ),
    ]);
}

#[test]
fn escapes_are_shown_themselves() {
    check(&[
        (
            "a: \"b\\\\ \\q\"\n",
            "1:9 [\\\\q] `\\q` is not an escape that YAML knows | 1:4 [\\\"] in this text in double quotes",
        ),
        (
            "a: \"\\x4\"",
            "1:5 [\\\\x4] `\\x4` is not an escape that YAML knows | 1:4 [\\\"] in this text in double quotes",
        ),
        (
            "a: \"\\uD83D\\uDE00 \\uD800\"",
            "1:18 [\\\\uD800] `\\uD800` is not an escape that YAML knows | 1:4 [\\\"] in this text in double quotes",
        ),
        (
            "a: \"\\U00110000\"",
            "1:5 [\\\\U00110000] `\\U00110000` is not an escape that YAML knows | 1:4 [\\\"] in this text in double quotes",
        ),
    ]);
}

#[test]
fn indicators_that_begin_a_value_want_quotes() {
    check(&[
        ("a: @x\n", "1:4 [@] a value cannot begin with `@`"),
        ("عنوان: `نص`\n", "1:8 [`] a value cannot begin with ```"),
        ("a: %x\n", "1:4 [%] a value cannot begin with `%`"),
        ("a: - b\n", "1:4 [-] `-` cannot stand here"),
        ("a: [-]\n", "1:5 [-] `-` cannot stand here"),
        ("a: ? b\n", "1:4 [?] `?` cannot stand here"),
        ("a: & b", "1:4 [&] expected a name behind `&`"),
        ("a: ,", "1:4 [,] expected a value, found `,`"),
    ]);
}

#[test]
fn comments_that_are_too_close_or_within_a_text() {
    check(&[
        ("a: [b]#c\n", "1:7 [#c] a comment needs a space before `#`"),
        (
            "a: b # c\n d",
            "1:6 [# c] a comment cannot stand inside a text of several lines",
        ),
    ]);
}

#[test]
fn tags_headers_directives_and_ends() {
    check(&[
        (
            "a: !foo!x y\n",
            "1:4 [!foo!x] `!foo!x` is not a tag that is known here",
        ),
        (
            "a: !<x y\n",
            "1:4 [!<x] `!<x` is not a tag that is known here",
        ),
        (
            "a: |x\n  x\n",
            "1:4 [|x] `|x` is not a header of a block text",
        ),
        (
            "a: >0\n x\n",
            "1:4 [>0] `>0` is not a header of a block text",
        ),
        (
            "%YAML 2.0\n---\na\n",
            "1:1 [%YAML 2.0] `%YAML 2.0` is not a directive that YAML 1.2 allows here",
        ),
        (
            "%YAML 1.2\n%YAML 1.2\n---\n",
            "2:1 [%YAML 1.2] `%YAML 1.2` is not a directive that YAML 1.2 allows here",
        ),
        (
            "%YAML 1.2\na: b\n",
            "2:1 [a: b] expected `---` and a document, found `a: b`",
        ),
        (
            "%YAML 1.2\n",
            "1:11 [] expected `---` and a document, found the end of the file",
        ),
        (
            "--- a\n... x\n",
            "2:5 [x] unexpected text behind the end of the document",
        ),
    ]);
}

#[test]
fn control_characters_are_named_by_number() {
    check(&[
        (
            "a: x\0y\n",
            "1:5 [\\0] the character U+0000 is not allowed here",
        ),
        ("\0", "1:1 [\\0] the character U+0000 is not allowed here"),
        (
            "# \u{7}\n",
            "1:3 [\\u{7}] the character U+0007 is not allowed here",
        ),
        (
            "a: \"\u{7f}\"",
            "1:5 [\\u{7f}] the character U+007F is not allowed here",
        ),
        (
            "a: b\n\u{feff}c: d",
            "2:1 [\\u{feff}] the character U+FEFF is not allowed here",
        ),
        (
            "a: \u{1}",
            "1:4 [\\u{1}] the character U+0001 is not allowed here",
        ),
    ]);
}
