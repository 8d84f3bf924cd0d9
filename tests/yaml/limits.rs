//! Each limit is one clear diagnostic, in bounded time.

use std::fmt::Write as _;

use spokeslint::yaml::{Kind, limits, parse_first};

use super::{parsed, problems};

const TOO_DEEP: &str = "nested more than 128 levels deep";

#[test]
fn nesting_up_to_the_limit_is_fine_and_one_level_more_is_not() {
    for (open, close) in [("[", "]"), ("- ", ""), ("{a: ", "}"), ("{? ", "}")] {
        let most = limits::NESTING;
        let fine = format!("{}x{}", open.repeat(most), close.repeat(most));
        let rules: Vec<_> = parsed(&fine)
            .diagnostics
            .into_iter()
            .map(|d| d.rule)
            .collect();
        assert!(
            rules.iter().all(|rule| rule == "yaml/key"),
            "{open} {rules:?}"
        );
        let deep = format!("{}x{}", open.repeat(most + 1), close.repeat(most + 1));
        let column = most * open.len() + 1;
        assert_eq!(
            problems(&deep),
            format!("yaml/too-deep 1:{column} {TOO_DEEP}\n"),
            "{open}"
        );
    }
}

#[test]
fn a_number_beyond_64_bits_is_an_error_at_its_value() {
    for number in [
        "9223372036854775808",
        "-9223372036854775809",
        "+99999999999999999999",
        "18446744073709551616",
        "0x8000000000000000",
        "0o1000000000000000000000",
        "1e400",
        "-1E+400",
        "1e-400",
        "!!int 99999999999999999999",
        "!own 99999999999999999999",
    ] {
        let written = number.rsplit(' ').next().unwrap();
        let tag = number.len() - written.len();
        for (text, column) in [
            (format!("a: {number}\n"), 4),
            (format!("a: [{number}]\n"), 5),
            (format!("{{\"a\": {number} }}\n"), 7),
            (format!("a: &b {number}\nc: *b\n"), 7),
        ] {
            let column = column + tag;
            let said = format!(
                "yaml/number 1:{column} `{written}` is not a number that fits into 64 bits\n"
            );
            assert_eq!(problems(&text), said, "{text}");
            let document = &parsed(&text).documents[0];
            assert_eq!(document.flawed().len(), 1, "{text}");
        }
    }
}

#[test]
fn other_numbers_and_texts_are_what_they_were() {
    for value in [
        "9223372036854775807",
        "-9223372036854775808",
        "0x7FFFFFFFFFFFFFFF",
        "+966512345678",
        "'99999999999999999999'",
        "\"1e400\"",
        "!!str 99999999999999999999",
        "!!float 99999999999999999999",
        ".inf",
        "-.INF",
        ".nan",
        "0e400",
        "1e308",
        "|\n  99999999999999999999",
        "1_000_000_000_000_000_000_000",
    ] {
        assert_eq!(problems(&format!("a: {value}\n")), "", "{value}");
    }
    assert_eq!(problems("99999999999999999999: a key is a text\n"), "");
}

#[test]
fn block_mappings_have_the_same_limit() {
    let nested = |levels: usize| {
        (0..levels).fold(String::new(), |mut text, level| {
            let _ = writeln!(text, "{}a:", " ".repeat(level));
            text
        })
    };
    assert_eq!(problems(&nested(limits::NESTING)), "");
    assert_eq!(
        problems(&nested(limits::NESTING + 1)),
        format!("yaml/too-deep 129:129 {TOO_DEEP}\n")
    );
}

#[test]
fn a_hundred_thousand_levels_are_one_diagnostic() {
    for text in [
        "[", "{", "- ", "? ", "[{a: ", "{? [", "!t [", "&a [", "- - ? - ",
    ] {
        for levels in [10_000, 100_000] {
            let parsed = parsed(&text.repeat(levels));
            assert!(parsed.documents.is_empty());
            let rules: Vec<_> = parsed.diagnostics.iter().map(|d| d.rule.as_str()).collect();
            assert_eq!(rules, ["yaml/too-deep"], "{text}");
        }
    }
}

#[test]
fn aliases_count_as_deep_as_what_they_stand_for() {
    let chain = |links: usize| {
        (1..=links).fold("a0: &a0 [x]\n".to_owned(), |mut text, link| {
            let _ = writeln!(text, "a{link}: &a{link} [*a{}]", link - 1);
            text
        })
    };
    assert_eq!(problems(&chain(limits::NESTING - 2)), "");
    assert_eq!(
        problems(&chain(limits::NESTING - 1)),
        format!("yaml/too-deep 128:14 {TOO_DEEP}\n")
    );
}

#[test]
fn an_alias_bomb_is_refused_at_its_worst_alias() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, inner) in "bcdefghi".chars().zip("abcdefgh".chars()) {
        let aliases = vec![format!("*{inner}"); 9].join(", ");
        let _ = writeln!(bomb, "{name}: &{name} [{aliases}]");
    }
    let parsed = parsed(&bomb);
    assert!(parsed.documents.is_empty());
    let [diagnostic] = &parsed.diagnostics[..] else {
        panic!("{:#?}", parsed.diagnostics);
    };
    assert_eq!(diagnostic.rule, "yaml/alias-bomb");
    let labels: Vec<_> = diagnostic
        .labels
        .iter()
        .map(|label| {
            let words = label
                .text
                .as_ref()
                .unwrap()
                .plain(spokeslint::Lang::En)
                .into_owned();
            (label.source.slice(label.span), label.position().line, words)
        })
        .collect();
    // 9^5 values below `e`, and the lists around them.
    assert_eq!(
        labels,
        [
            ("*f", 7, "this one alone stands for 597871".to_owned()),
            ("&f", 6, "all that is anchored here".to_owned()),
        ]
    );
}

#[test]
fn aliases_of_scalars_are_no_bomb() {
    let text = format!("a: &a x\nb: [{}]\n", "*a, ".repeat(50_000));
    assert_eq!(problems(&text), "");
}

#[test]
fn merged_entries_are_bounded() {
    let keys: String = (0..400).fold(String::new(), |mut keys, key| {
        let _ = write!(keys, "k{key}: 1, ");
        keys
    });
    let users = |count: usize| format!("a: &a {{{keys}}}\nb:\n{}", "- {<<: *a}\n".repeat(count));
    assert_eq!(problems(&users(250)), "");
    assert_eq!(
        problems(&users(251)),
        "yaml/too-many-merged 253:8 the merge keys of this document bring in more than 100000 \
         entries\n"
    );
}

#[test]
fn nodes_and_comments_of_all_documents_of_a_file_are_bounded() {
    let half = limits::NODES / 2;
    // One node for the list itself, one for the comment.
    let text = format!(
        "[{}]\n--- # c\n[{}]\n",
        "a,".repeat(half),
        "a,".repeat(half - 2)
    );
    let last = text.rfind('a').unwrap();
    let parsed = parsed(&text);
    assert_eq!(parsed.documents.len(), 1);
    let [diagnostic] = &parsed.diagnostics[..] else {
        panic!("{:#?}", parsed.diagnostics);
    };
    assert_eq!(diagnostic.rule, "yaml/too-many-nodes");
    assert_eq!(diagnostic.labels[0].span.start as usize, last);
}

#[test]
fn many_comments_in_a_row_are_fine_and_too_many_are_not() {
    let comments = |count: usize| format!("a:\n{}  b: 1\n", "  # c\n".repeat(count));
    let parsed = parsed(&comments(1000));
    assert!(parsed.diagnostics.is_empty());
    assert_eq!(parsed.documents[0].comments().len(), 1000);
    let problems = problems(&comments(limits::COMMENTS_IN_A_ROW + 1));
    assert!(
        problems.starts_with("yaml/too-many-comments "),
        "{problems}"
    );
}

#[test]
fn problems_are_bounded() {
    let text = format!("[{}]", "*x, ".repeat(2000));
    let parsed = parsed(&text);
    assert!(parsed.documents.is_empty());
    assert_eq!(parsed.diagnostics.len(), limits::PROBLEMS + 1);
    assert_eq!(
        parsed.diagnostics[limits::PROBLEMS].rule,
        "yaml/too-many-problems"
    );
}

#[test]
fn a_big_mapping_with_many_duplicates_takes_no_time() {
    let keys = (0..50_000).fold(String::new(), |mut keys, key| {
        let _ = writeln!(keys, "k{}: 1", key % 49_999);
        keys
    });
    assert_eq!(
        problems(&keys),
        "yaml/duplicate-key 50000:1 the key `k0` is given twice\n"
    );
}

#[test]
fn documents_before_a_breach_are_returned() {
    let text = format!("a: 1\n---\n{}\n---\nb: 2\n", "[".repeat(500));
    let parsed = parsed(&text);
    assert_eq!(parsed.documents.len(), 1);
    assert_eq!(parsed.diagnostics.len(), 1);
}

#[test]
fn parse_first_reads_no_further_than_the_first_document() {
    let source = std::sync::Arc::new(spokeslint::Source::new("t.yaml", "a: 1\n---\n@broken\n"));
    let parsed = parse_first(&source);
    assert!(parsed.diagnostics.is_empty());
    assert_eq!(parsed.documents.len(), 1);
    let document = &parsed.documents[0];
    assert!(matches!(
        document.node(document.root()).kind,
        Kind::Mapping(_)
    ));
}
