//! The limits that `docs/expressions.md` names, each met and then passed by one.

use spokeslint::pack::Packs;

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
