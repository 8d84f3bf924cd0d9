//! One example for each family of frameworks: each shows what its frameworks ask for.

use std::collections::BTreeSet;

use spokeslint::Severity;

use super::{PACKS, check, engine, files, path, settings, stem};

const FOLDER: &str = "examples/frameworks";

/// Each example that this test knows, with the frameworks that it is there for.
const FAMILIES: [(&str, &[&str]); 10] = [
    ("bahrain-csb-2017", &["bahrain-csb-2017"]),
    (
        "canada-directive-2025",
        &["canada-directive-2025", "canada-official-languages"],
    ),
    ("eu-commission", &["eu-commission"]),
    ("nara", &["nara-records-express"]),
    ("nz-psc", &["nz-psc"]),
    ("uk-ncsc", &["ncsc-social-media", "uk-control-sheet"]),
    ("uk-propriety", &["gcs-propriety", "welsh-house-rules"]),
    ("us-conduct", &["hatch-act-osc", "lindke-v-freed"]),
    ("us-cyber-vandalism", &["digitalgov-cyber-vandalism"]),
    (
        "us-digital-registry",
        &["us-digital-registry", "gsa-touchpoints"],
    ),
];

/// The rules that find something in an example, with the gravest severity that each has there.
fn found(example: &str, day: &str) -> BTreeSet<(String, Severity)> {
    let bytes = std::fs::read(path(FOLDER).join(format!("{example}.yaml"))).unwrap();
    let report = check(&engine(&settings("strict", day)), example, bytes);
    let found = report.diagnostics.into_iter();
    found
        .map(|found| {
            assert!(
                PACKS.rules.iter().any(|rule| rule.id == found.rule),
                "{example}: {}",
                found.message.en
            );
            (found.rule.clone(), found.severity)
        })
        .collect()
}

/// The items of a framework on which the rules rest that found something.
fn items(framework: &str, found: &BTreeSet<(String, Severity)>) -> BTreeSet<String> {
    let rules = PACKS
        .rules
        .iter()
        .filter(|rule| found.iter().any(|(id, _)| *id == rule.id));
    rules
        .flat_map(|rule| &rule.citations)
        .filter(|source| source.framework == framework)
        .map(|source| source.item.clone())
        .collect()
}

#[test]
fn each_example_shows_what_its_frameworks_ask_for() {
    for (example, frameworks) in FAMILIES {
        let found = found(example, "2026-03-01");
        for id in frameworks {
            let framework = PACKS.frameworks.iter().find(|known| known.id.value == *id);
            let with_a_rule = framework.unwrap().items.iter();
            let with_a_rule = with_a_rule.filter(|item| item.none.is_none()).count();
            let shown = items(id, &found);
            assert!(
                2 * shown.len() >= with_a_rule,
                "{example} shows {shown:?} of {with_a_rule} items of {id}"
            );
        }
    }
}

#[test]
fn no_example_is_left_out_of_this_test_but_those_of_other_families() {
    let known: BTreeSet<String> = FAMILIES
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    let there: BTreeSet<String> = files(FOLDER, "yaml")
        .iter()
        .map(|path| stem(path))
        .collect();
    let others: Vec<_> = there.difference(&known).collect();
    assert!(known.is_subset(&there), "{known:?}");
    assert!(
        others.iter().all(|name| name.starts_with("osmacc")),
        "{others:?}"
    );
}

#[test]
fn the_canadian_directive_is_in_force_from_its_first_day() {
    let directive = ["registry/not-approved", "publication/no-notice"];
    for day in ["2025-03-26", "2025-03-27"] {
        let found = found("canada-directive-2025", day);
        for rule in directive {
            assert!(
                found.contains(&(rule.to_owned(), Severity::Warning)),
                "{rule} on {day}"
            );
        }
    }
}
