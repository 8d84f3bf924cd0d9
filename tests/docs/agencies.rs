//! The nine agencies of July 2018 under the two profiles of the debate, side by side.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use spokeslint::date::Date;
use spokeslint::engine::{Engine, Settings};
use spokeslint::pack::Packs;
use spokeslint::{Severity, Source};

use super::repository;

const FOLDER: &str = "examples/okaz-2018";
const PROFILES: [&str; 2] = ["recommended", "agency-account-first"];
/// The day of the article; the findings are the same on any day, which `tests/check/okaz.rs` proves.
const DAY: &str = "2018-07-10";

/// What one profile finds in one agency: each place with its rule and severity.
type Found = BTreeSet<(String, u32, Severity)>;

/// One agency: its file, its name, and what each of the two profiles finds.
struct Agency {
    file: String,
    name: String,
    found: [Found; 2],
}

/// Both tables: agency by agency, then finding by finding.
pub(super) fn side_by_side(packs: &Packs) -> String {
    let engines = PROFILES.map(|profile| engine(packs, profile));
    let agencies: Vec<Agency> = files().into_iter().map(|f| agency(&f, &engines)).collect();
    format!("{}\n{}", by_agency(&agencies), by_finding(&agencies))
}

fn engine(packs: &Packs, profile: &str) -> Engine {
    let settings = Settings {
        profiles: vec![profile.to_owned()],
        ..Settings::new(Date::parse(DAY).unwrap())
    };
    Engine::new(packs, &settings).unwrap()
}

fn files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(repository(FOLDER))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        .collect();
    files.sort();
    assert_eq!(files.len(), 9);
    files
}

fn agency(path: &Path, engines: &[Engine; 2]) -> Agency {
    let source = Arc::new(Source::read(path).unwrap().unwrap());
    let name = source.text().lines().find_map(|line| {
        let (_, rest) = line.split_once("name: { en: ")?;
        Some(rest.split_once(", ar:")?.0.to_owned())
    });
    Agency {
        file: path.file_name().unwrap().to_str().unwrap().to_owned(),
        name: name.unwrap(),
        found: engines.each_ref().map(|engine| {
            let found = engine.check(&source, true).diagnostics;
            found
                .into_iter()
                .map(|found| {
                    let line = found.labels[0].position().line;
                    (found.rule.clone(), line, found.severity)
                })
                .collect()
        }),
    }
}

fn by_agency(agencies: &[Agency]) -> String {
    let mut table = String::from(
        "| agency | `recommended` | `agency-account-first` | the dissent drops | the dissent adds |\n\
         |---|---|---|---|---|\n",
    );
    for agency in agencies {
        let [one, other] = &agency.found;
        let _ = writeln!(
            table,
            "| [{}]({}) | {} | {} | {} | {} |",
            agency.name,
            agency.file,
            counts(one),
            counts(other),
            rules(one.difference(other)),
            rules(other.difference(one)),
        );
    }
    table
}

fn by_finding(agencies: &[Agency]) -> String {
    let mut rows: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (column, agency) in agencies.iter().enumerate() {
        for (rule, _, _) in agency.found.iter().flatten() {
            let is_in = |found: &Found| found.iter().any(|(known, _, _)| known == rule);
            let cells = rows.entry(rule).or_insert_with(|| vec![""; agencies.len()]);
            cells[column] = match agency.found.each_ref().map(is_in) {
                [true, true] => "both",
                [true, false] => "r",
                _ => "a",
            };
        }
    }
    let mut table = String::from("| finding |");
    for agency in agencies {
        let _ = write!(table, " [{}]({}) |", short(agency), agency.file);
    }
    let _ = write!(table, "\n|---|{}\n", "---|".repeat(agencies.len()));
    for (rule, cells) in rows {
        let _ = writeln!(table, "| `{rule}` | {} |", cells.join(" | "));
    }
    table
}

/// How many problems of each severity.
fn counts(found: &Found) -> String {
    let kinds = [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Note, "note"),
    ];
    let kinds = kinds.into_iter().filter_map(|(severity, word)| {
        let count = found.iter().filter(|(_, _, own)| *own == severity).count();
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {word}{plural}"))
    });
    kinds.collect::<Vec<_>>().join(", ")
}

fn rules<'a>(found: impl Iterator<Item = &'a (String, u32, Severity)>) -> String {
    let rules = found.map(|(rule, _, _)| format!("`{rule}`"));
    rules.collect::<Vec<_>>().join(", ")
}

/// An agency's name as its file has it, with blanks.
fn short(agency: &Agency) -> String {
    agency.file.trim_end_matches(".yaml").replace('-', " ")
}
