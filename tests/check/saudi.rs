//! One directorate under two guides of one ministry: on the same file they find the opposite, each on its own days.

use std::collections::BTreeSet;

use spokeslint::engine::{Engine, Report};

use super::{PACKS, check, engine, path, settings};

const FOLDER: &str = "examples/saudi-2026";
/// The last day of the guide of 1441H, and the first day of the guide of 2026.
const CHANGE: [&str; 2] = ["2026-01-27", "2026-01-28"];

fn saudi(day: &str) -> Engine {
    engine(&settings("saudi", day))
}

fn text(file: &str) -> String {
    let bytes = std::fs::read(path(FOLDER).join(file)).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn report(file: &str, day: &str) -> Report {
    check(&saudi(day), file, text(file).into())
}

/// What the rules of one guide find, each with what its message names first: an account, a unit or an office.
fn found(file: &str, day: &str, guide: &str) -> Vec<(String, String)> {
    let report = report(file, day);
    let found = report.diagnostics.iter().filter_map(|found| {
        let name = found.rule.strip_prefix(guide)?.strip_prefix('/')?;
        let about = found.message.en.split('`').nth(1).unwrap_or_default();
        Some((name.to_owned(), about.replace(['\u{2068}', '\u{2069}'], "")))
    });
    found.collect()
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    let pairs = of.iter();
    pairs.map(|(a, b)| ((*a).into(), (*b).into())).collect()
}

#[test]
fn what_one_guide_forbids_the_other_lets_stand() {
    assert_eq!(
        found("agency.yaml", "2020-01-01", "moe-1441"),
        pairs(&[
            ("no-media-coordinator", "gifted"),
            ("office-account-not-listed", "@example_oas_dg"),
            ("unit-account-not-listed", "@example_oas_gft"),
            ("leader-not-marked-personal", "@example_own_a"),
        ])
    );
    assert_eq!(
        found("agency.yaml", "2026-03-01", "moe-2026"),
        pairs(&[
            ("directorate-spokesperson", "spokesperson"),
            ("earlier-delegation", "spokesperson"),
            ("office-has-an-account", "@example_oas_spk"),
            ("unit-has-an-account", "@example_oas_sch"),
            ("title-on-a-personal-account", "@example_own_c"),
            ("crisis-channels-undeclared", ""),
            ("slow-for-journalists", ""),
        ])
    );
}

#[test]
fn each_guide_is_silent_on_the_days_of_the_other() {
    for file in ["agency.yaml", "after.yaml"] {
        for day in ["2020-01-01", CHANGE[0]] {
            assert_eq!(found(file, day, "moe-2026"), [], "{file} on {day}");
        }
        for day in [CHANGE[1], "2026-03-01"] {
            assert_eq!(found(file, day, "moe-1441"), [], "{file} on {day}");
        }
        for guide in ["moe-1441", "moe-2026"] {
            assert_eq!(found(file, "2019-08-30", guide), [], "{file}");
        }
    }
    assert_eq!(found("agency.yaml", CHANGE[0], "moe-1441").len(), 3);
    assert_eq!(found("agency.yaml", CHANGE[1], "moe-2026").len(), 7);
}

#[test]
fn apart_from_the_guides_the_agency_is_clean() {
    for day in ["2020-01-01", "2026-03-01"] {
        let engine = engine(&settings("recommended", day));
        let report = check(&engine, "a.yaml", text("agency.yaml").into());
        let found = report.diagnostics.iter();
        let found: Vec<_> = found.map(|found| &found.message.en).collect();
        assert!(found.is_empty(), "on {day}: {found:?}");
    }
}

#[test]
fn after_the_move_the_agency_is_clean_and_the_old_guide_would_object() {
    assert!(report("after.yaml", "2026-03-01").diagnostics.is_empty());
    assert_eq!(
        found("after.yaml", CHANGE[0], "moe-1441"),
        pairs(&[
            ("no-media-coordinator", "gifted"),
            ("unit-account-not-listed", "@example_oas_gft"),
            ("leader-not-marked-personal", "@example_own_a"),
        ])
    );
}

#[test]
fn the_guides_bind_agencies_of_education_in_the_kingdom_only() {
    for (line, other) in [
        ("sector: education\n", "sector: health\n"),
        ("sector: education\n", ""),
        ("jurisdiction: SA\n", "jurisdiction: AE\n"),
        ("jurisdiction: SA\n", ""),
    ] {
        for day in ["2020-01-01", "2026-03-01"] {
            let text = text("agency.yaml").replace(line, other);
            let report = check(&saudi(day), "a.yaml", text.into());
            assert!(
                report
                    .diagnostics
                    .iter()
                    .all(|found| !found.rule.starts_with("moe-")),
                "{other:?} on {day}"
            );
        }
    }
}

#[test]
fn each_rule_of_the_one_guide_that_the_other_reverses_says_so() {
    let reversed: BTreeSet<&str> = PACKS
        .rules
        .iter()
        .filter(|rule| rule.pack() == "moe-2026")
        .flat_map(|rule| rule.contradicts.iter().map(String::as_str))
        .collect();
    assert_eq!(
        reversed.into_iter().collect::<Vec<_>>(),
        [
            "moe-1441/office-account-not-listed",
            "moe-1441/unit-account-not-listed"
        ]
    );
}

#[test]
fn the_people_have_no_names_and_the_handles_are_placeholders() {
    for file in ["agency.yaml", "after.yaml"] {
        let text = text(file);
        let values = |key: &'static str| {
            let lines = text.lines();
            lines.filter_map(move |line| line.trim().strip_prefix(key))
        };
        assert!(values("handle: ").all(|handle| handle.starts_with("example_")));
        assert!(values("- { id: person").count() >= 6, "{file}");
        assert!(!text.contains("- { id: person-a, name:"), "{file}");
    }
}
