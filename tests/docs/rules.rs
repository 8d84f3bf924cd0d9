//! `docs/rules.md`, made from the built-in packs.

use std::fmt::Write as _;

use spokeslint::Severity;
use spokeslint::pack::{Packs, Rule};

use super::keep;
use super::markdown::cell;

const INTRODUCTION: &str = "\
# The built-in rules

Made from the packs by the test suite: do not edit. `spokeslint explain RULE` shows a rule with its reasons, both sides of the
debate and an example.
";

#[test]
fn the_page_of_rules_is_what_the_packs_say() {
    let packs = Packs::builtin().unwrap();
    let mut page = INTRODUCTION.to_owned();
    for pack in &packs.packs {
        let _ = write!(
            page,
            "\n## {} (`{}`)\n\n{}.\n\n{}.\n\n\
             | rule | severity | profiles | finds | ما تكشفه |\n|---|---|---|---|---|\n",
            pack.title.en,
            pack.id,
            capital(&pack.about.en),
            pack.about.ar,
        );
        for rule in packs.rules.iter().filter(|rule| rule.pack() == pack.id) {
            let _ = writeln!(
                page,
                "| `{}` | {} | {} | {} | {} |",
                rule.id,
                severity(rule.severity),
                profiles(&packs, rule),
                cell(&rule.summary.en),
                cell(&rule.summary.ar),
            );
        }
    }
    keep("docs/rules.md", &page);
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// The profiles that a rule belongs to.
fn profiles(packs: &Packs, rule: &Rule) -> String {
    let ids = packs.profiles_of(rule).into_iter();
    ids.map(|id| format!("`{id}`"))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A text of a pack as a sentence.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
