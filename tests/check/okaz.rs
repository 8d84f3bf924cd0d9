//! The nine agencies of July 2018: the tables of the example's README and what the tool finds are the same.

use std::collections::BTreeSet;

use spokeslint::Severity;
use spokeslint::engine::Report;

use super::{DAY, check, engine, files, path, settings, stem};

const FOLDER: &str = "examples/okaz-2018";
const PROFILES: [&str; 2] = ["recommended", "agency-account-first"];
const DAYS: [&str; 3] = ["2018-07-10", DAY, "2030-12-31"];

/// Agency, rule, line.
type Found = (String, String, u32);

/// The rows of the README's tables below a heading, cell by cell.
fn rows(heading: &str) -> Vec<Vec<String>> {
    let readme = std::fs::read(path(FOLDER).join("README.md")).unwrap();
    let readme = String::from_utf8(readme).unwrap();
    let (_, below) = readme.split_once(&format!("\n{heading}\n")).unwrap();
    let rows: Vec<Vec<String>> = below
        .trim_start()
        .lines()
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .filter(|line| !line.starts_with("|---"))
        .map(|line| line.trim_matches('|').split('|'))
        .map(|cells| cells.map(|cell| cell.trim().to_owned()).collect())
        .collect();
    assert!(rows.len() > 1, "no table under {heading}");
    rows
}

/// The agency that a cell links to.
fn agency(cell: &str) -> String {
    let (_, file) = cell.split_once("](").unwrap();
    file.strip_suffix(".yaml)").unwrap().to_owned()
}

/// The ids between backticks.
fn ids(cell: &str) -> Vec<String> {
    cell.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn is_under(cell: &str, profile: &str) -> bool {
    assert!(
        cell == "both" || PROFILES.iter().any(|p| cell == format!("`{p}`")),
        "{cell}"
    );
    cell == "both" || cell.contains(profile)
}

/// What the README says rests on what was said.
fn said(profile: &str) -> Vec<Found> {
    let mut last = String::new();
    let mut found = Vec::new();
    for row in rows("## Findings that rest on what was said").split_off(1) {
        if !row[0].is_empty() {
            last = agency(&row[0]);
        }
        if row[4] != "none" && is_under(&row[6], profile) {
            found.push((
                last.clone(),
                ids(&row[4]).remove(0),
                row[5].parse().unwrap(),
            ));
        }
    }
    found
}

/// What the README says rests on silence.
fn silent(profile: &str) -> Vec<Found> {
    let mut rows = rows("## Findings that rest on silence");
    let agencies: Vec<String> = rows.remove(0)[2..]
        .iter()
        .map(|cell| agency(cell))
        .collect();
    let mut found = Vec::new();
    for row in rows.into_iter().filter(|row| is_under(&row[1], profile)) {
        for (agency, lines) in agencies.iter().zip(&row[2..]) {
            for line in lines.split(',').filter(|line| !line.is_empty()) {
                let rule = ids(&row[0]).remove(0);
                found.push((agency.clone(), rule, line.trim().parse().unwrap()));
            }
        }
    }
    found
}

/// The reports of all agencies by name.
fn reports(profile: &str, day: &str) -> Vec<(String, Report)> {
    let engine = engine(&settings(profile, day));
    let agencies: Vec<_> = files(FOLDER, "yaml")
        .iter()
        .map(|path| {
            let name = stem(path);
            let report = check(&engine, &name, std::fs::read(path).unwrap());
            (name, report)
        })
        .collect();
    assert_eq!(agencies.len(), 9);
    agencies
}

#[test]
fn the_readme_lists_exactly_what_is_found_on_any_day() {
    for profile in PROFILES {
        let mut listed = [said(profile), silent(profile)].concat();
        listed.sort();
        for day in DAYS {
            let mut found: Vec<Found> = reports(profile, day)
                .into_iter()
                .flat_map(|(name, report)| {
                    report.diagnostics.into_iter().map(move |found| {
                        (
                            name.clone(),
                            found.rule.clone(),
                            found.labels[0].position().line,
                        )
                    })
                })
                .collect();
            found.sort();
            assert_eq!(found, listed, "{profile} on {day}");
        }
    }
}

#[test]
fn no_error_rests_on_silence_alone() {
    for profile in PROFILES {
        let said: BTreeSet<Found> = said(profile).into_iter().collect();
        for (name, report) in reports(profile, DAY) {
            let errors = report.diagnostics.iter();
            for error in errors.filter(|found| found.severity == Severity::Error) {
                let line = error.labels[0].position().line;
                let found = (name.clone(), error.rule.clone(), line);
                assert!(said.contains(&found), "{profile}: {found:?}");
                let words = &error.message.en;
                assert!(!words.contains("declared"), "{profile}: {words}");
            }
        }
    }
}

#[test]
fn rules_hold_where_the_readme_says_that_a_statement_makes_them_hold() {
    for row in rows("What was said also makes rules hold:").split_off(1) {
        let name = agency(&row[0]);
        for rule in ids(&row[1]) {
            let mut settings = settings("recommended", DAY);
            settings.select = vec![rule.clone()];
            let file = path(FOLDER).join(format!("{name}.yaml"));
            let report = check(&engine(&settings), &name, std::fs::read(file).unwrap());
            assert_eq!(report.tally.held, 1, "{rule} for {name}");
        }
    }
}

#[test]
fn each_agency_says_who_it_is_and_names_no_person() {
    for file in files(FOLDER, "yaml") {
        let text = String::from_utf8(std::fs::read(&file).unwrap()).unwrap();
        let name = stem(&file);
        assert!(text.contains(&format!("\nid: {name}\n")), "{name}");
        let handles = text.lines().filter_map(|line| {
            let (key, value) = line.trim().split_once(": ")?;
            (key == "handle").then_some(value)
        });
        for handle in handles {
            assert!(handle.starts_with("example_"), "{name}: {handle}");
        }
        let people = text.matches("- id: spokesperson-").count();
        assert_eq!(people, 1, "{name}");
    }
}
