//! What the examples' own pages claim: which findings of the nine agencies rest on what was said and which
//! on silence (together they are all), and that the model agency has none under any profile.

use std::collections::BTreeMap;
use std::sync::Arc;

use spokeslint::Source;
use spokeslint::date::Date;
use spokeslint::engine::{Engine, Settings};
use spokeslint::pack::Packs;

use super::{read, repository};

/// How many findings of a rule there are in the file of an agency.
type Findings = BTreeMap<(String, String), usize>;

fn engine(packs: &Packs, profile: &str, day: &str) -> Engine {
    let mut settings = Settings::new(Date::parse(day).unwrap());
    profile.clone_into(&mut settings.profile);
    Engine::new(packs, &settings).unwrap()
}

fn found(day: &str) -> Findings {
    let engine = engine(&Packs::builtin().unwrap(), "recommended", day);
    let mut findings = Findings::new();
    for entry in std::fs::read_dir(repository("examples/okaz-2018")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "yaml") {
            let agency = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let source = Arc::new(Source::read(&path).unwrap().unwrap());
            for diagnostic in engine.check(&source, true).diagnostics {
                *findings
                    .entry((agency.clone(), diagnostic.rule))
                    .or_default() += 1;
            }
        }
    }
    findings
}

/// The words by which the page names each agency, in the order of its second table.
const AGENCIES: [(&str, &str); 9] = [
    ("education", "Ministry of Education"),
    ("health", "Ministry of Health"),
    ("prisons", "General Directorate of Prisons"),
    ("statistics", "General Authority for Statistics"),
    ("eastern-municipality", "Eastern Province Municipality"),
    ("civil-service", "Ministry of Civil Service"),
    ("justice", "Ministry of Justice"),
    ("commerce", "Ministry of Commerce"),
    (
        "communications-authority",
        "Communications and IT Commission",
    ),
];

#[test]
fn the_page_of_the_nine_agencies_lists_all_their_findings() {
    let page = read(&repository("examples/okaz-2018/README.md"));
    let mut listed = Findings::new();
    let mut agency = "";
    for line in page.lines().filter(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if let [name, _, _, _, rule] = cells.as_slice() {
            let known = AGENCIES.iter().find(|(_, words)| words == name);
            agency = known.map_or(agency, |(id, _)| id);
            if let Some(rule) = rule
                .strip_prefix('`')
                .and_then(|rule| rule.strip_suffix('`'))
            {
                *listed
                    .entry((agency.to_owned(), rule.to_owned()))
                    .or_default() += 1;
            }
        } else if cells.len() == 10 && cells[0].starts_with('`') {
            for ((agency, _), count) in AGENCIES.iter().zip(&cells[1..]) {
                let count = match *count {
                    "" => continue,
                    "•" => 1,
                    number => number.parse().unwrap(),
                };
                *listed
                    .entry(((*agency).to_owned(), cells[0].trim_matches('`').to_owned()))
                    .or_default() += count;
            }
        }
    }
    for day in ["2018-07-10", "2026-01-01", "2099-12-31"] {
        assert_eq!(listed, found(day), "{day}");
    }
}

#[test]
fn the_model_agency_has_no_findings_under_any_profile() {
    let packs = Packs::builtin().unwrap();
    let path = repository("examples/model-agency/agency.yaml");
    let source = Arc::new(Source::read(&path).unwrap().unwrap());
    assert!(packs.profiles.len() > 2);
    for profile in &packs.profiles {
        let report = engine(&packs, &profile.id, "2026-01-01").check(&source, true);
        let found: Vec<&str> = report.diagnostics.iter().map(|d| d.rule.as_str()).collect();
        assert_eq!(found, Vec::<&str>::new(), "{}", profile.id);
        assert_eq!(report.documents, 1);
    }
}
