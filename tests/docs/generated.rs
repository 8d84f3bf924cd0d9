//! The parts of pages that are made from the packs, so that they cannot go stale.

use std::fmt::Write as _;

use spokeslint::pack::Packs;

use super::markdown::{cell, with_part};
use super::{agencies, cases};

/// Where the nine agencies stand side by side: on one page only, and nothing that is made in no time.
const SIDE_BY_SIDE: &str = "<!-- generated: side by side -->";

/// The page with all its generated parts brought up to date.
pub(super) fn filled(text: &str) -> String {
    let packs = Packs::builtin().unwrap();
    let mut parts = vec![
        ("packs".to_owned(), pack_table(&packs)),
        ("profiles".to_owned(), profile_table(&packs)),
    ];
    if text.contains(SIDE_BY_SIDE) {
        parts.push(("side by side".to_owned(), agencies::side_by_side(&packs)));
    }
    let names = cases::names();
    parts.extend(
        names
            .iter()
            .map(|name| (format!("cases {name}"), cases::table(name))),
    );
    parts.iter().fold(text.to_owned(), |text, (name, table)| {
        let mark = format!("<!-- generated: {name} -->");
        if text.contains(&mark) {
            with_part(&text, name, table)
        } else {
            text
        }
    })
}

fn pack_table(packs: &Packs) -> String {
    let mut table = String::from("| pack | rules | what it is about |\n|---|---|---|\n");
    for pack in &packs.packs {
        let rules = packs.rules.iter().filter(|rule| rule.pack() == pack.id);
        let _ = writeln!(
            table,
            "| `{}` | {} | {} |",
            pack.id,
            rules.count(),
            cell(&pack.about.en)
        );
    }
    let _ = writeln!(
        table,
        "| {} packs | {} | |",
        packs.packs.len(),
        packs.rules.len()
    );
    table
}

fn profile_table(packs: &Packs) -> String {
    let mut table = String::from("| `--profile` | rules | what it stands for |\n|---|---|---|\n");
    for profile in &packs.profiles {
        let rules = packs
            .rules
            .iter()
            .filter(|rule| packs.profiles_of(rule).contains(&profile.id.as_str()));
        let _ = writeln!(
            table,
            "| `{}` | {} | {} |",
            profile.id,
            rules.count(),
            cell(&profile.about.en)
        );
    }
    table
}
