//! The limits that the pages name: those of an expression are met and then passed by one.

use spokeslint::engine::MOST_FINDINGS;
use spokeslint::pack::Packs;
use spokeslint::read::MAX_BYTES;
use spokeslint::yaml::limits;

use super::{read, repository};

/// Whether a rule with this condition loads.
#[expect(
    clippy::disallowed_methods,
    reason = "the test lays out a pack of its own"
)]
fn loads(condition: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let pack = "title: { en: a, ar: أ }\nabout: { en: a, ar: أ }\n";
    std::fs::write(folder.path().join("pack.yaml"), pack).unwrap();
    let rule = format!(
        "severity: note\nsummary: {{ en: a, ar: أ }}\nwhy: {{ en: a, ar: أ }}\n\
         message: {{ en: a, ar: أ }}\nassert: |-\n  {condition}\n"
    );
    std::fs::write(folder.path().join("rule.yaml"), rule).unwrap();
    Packs::empty().load(folder.path()).is_ok()
}

#[test]
fn the_page_names_the_limits_of_an_expression() {
    let page = read(&repository("docs/expressions.md"));
    for words in ["65,536 bytes", "128 levels", "1 MiB"] {
        assert!(page.contains(words), "{words}");
    }
    let condition = "has(agency.website)";
    let long = |bytes: usize| " ".repeat(bytes - condition.len() - "!()".len());
    assert!(loads(condition) && !loads("1"));
    assert!(loads(&format!("!({condition}{})", long(65_536))));
    assert!(!loads(&format!("!({condition}{})", long(65_537))));
    // A chain of n operands is n levels deep, and the comparison adds one.
    let deep = |levels: usize| format!("{}1 > 0", "1 + ".repeat(levels - 2));
    assert!(loads(&deep(128)) && !loads(&deep(129)));
    assert!(loads("'a'.matches('[a-z]{9}')"));
    assert!(!loads(r"'a'.matches('(\\pL{99}){99}')"));
}

#[test]
fn the_page_on_security_names_the_limits_that_hold() {
    let page = read(&repository("SECURITY.md"));
    let grouped = |value: u64| {
        let digits = value.to_string();
        let groups = digits.as_bytes().rchunks(3).rev();
        let groups: Vec<&str> = groups.map(|group| str::from_utf8(group).unwrap()).collect();
        groups.join(",")
    };
    let of = |value: usize| grouped(value.try_into().unwrap());
    for (what, value) in [
        (
            "size of a file or of standard input",
            format!("{} MiB", MAX_BYTES >> 20),
        ),
        (
            "nested collections, with aliases expanded",
            of(limits::NESTING),
        ),
        ("values, keys and comments in a file", of(limits::NODES)),
        (
            "values that the aliases of a document expand to",
            grouped(limits::ALIASED_NODES),
        ),
        (
            "entries that merge keys add to a document",
            of(limits::MERGED_ENTRIES),
        ),
        ("comments in a row", of(limits::COMMENTS_IN_A_ROW)),
        (
            "syntax errors in a file, such as duplicate keys",
            of(limits::PROBLEMS),
        ),
        (
            "listed findings of a rule in a document, or in a file if the rule compares documents",
            of(MOST_FINDINGS),
        ),
    ] {
        let row = format!("| {what} | {value} |");
        assert!(page.contains(&row), "{row}");
    }
}
