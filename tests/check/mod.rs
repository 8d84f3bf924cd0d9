//! Whole files held against the built-in rules, through the same engine and formats as the program.

mod fixtures;
mod frameworks;
mod generated;
mod model;
mod mutations;
mod okaz;
mod saudi;
mod workspace;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use spokeslint::date::Date;
use spokeslint::engine::{Engine, Report, Settings};
use spokeslint::output::{Detail, Format, Style, render};
use spokeslint::pack::Packs;
use spokeslint::{Lang, Source, Span};

static PACKS: LazyLock<Packs> = LazyLock::new(|| Packs::builtin().unwrap());

/// The day of a check, unless a test says otherwise.
const DAY: &str = "2026-01-01";

fn settings(profile: &str, day: &str) -> Settings {
    Settings {
        profiles: vec![profile.to_owned()],
        ..Settings::new(Date::parse(day).unwrap())
    }
}

fn engine(settings: &Settings) -> Engine {
    Engine::new(&PACKS, settings).unwrap()
}

/// A path below the root of the repository.
fn path(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Checks a file's bytes as if it had been named, and sees to it that the receipt adds up.
fn check(engine: &Engine, name: &str, bytes: Vec<u8>) -> Report {
    let report = match Source::from_bytes(name, bytes) {
        Ok(source) => engine.check(&Arc::new(source), true),
        Err(diagnostic) => Report::of_unreadable(*diagnostic),
    };
    let tally = report.tally;
    let verdicts = tally.held + tally.found + tally.not_applicable + tally.not_evaluated;
    assert_eq!(
        verdicts,
        engine.rule_count() * report.documents,
        "{name}: {tally:?}"
    );
    assert!(!report.broken, "{name}: a rule failed to evaluate");
    report
}

/// The files of a folder whose names end so, sorted.
fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(path(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == extension))
        .collect();
    files.sort();
    files
}

/// A file's name without its extension.
fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}

/// A report in every format and language, on a terminal and in a log.
fn outputs(report: &Report) -> Vec<String> {
    let mut outputs = Vec::new();
    for format in Format::ALL {
        for lang in [Lang::En, Lang::Ar] {
            // Only what people read looks otherwise on a terminal.
            let ways: &[bool] = if format.is_document() {
                &[false]
            } else {
                &[false, true]
            };
            for &terminal in ways {
                let style = Style {
                    format,
                    lang,
                    color: terminal,
                    terminal,
                    width: if terminal { 60 } else { 100 },
                    detail: Detail::Verbose,
                };
                let mut out = Vec::new();
                render(report, &Packs::empty(), &style, &mut out).unwrap();
                outputs.push(String::from_utf8(out).unwrap());
            }
        }
    }
    outputs
}

/// Every label of a report lies in its source and cuts no character; what a rule found has at most four,
/// each at a place of its own.
fn assert_labels_fit(report: &Report) {
    for found in &report.diagnostics {
        assert!(!found.labels.is_empty(), "{} stands nowhere", found.rule);
        let spans: BTreeSet<Span> = found.labels.iter().map(|label| label.span).collect();
        let count = found.labels.len();
        let by_a_rule = !["yaml/", "schema/"]
            .iter()
            .any(|of| found.rule.starts_with(of));
        assert!(
            !by_a_rule || (count <= 4 && spans.len() == count),
            "{}: {spans:?}",
            found.rule
        );
        for label in &found.labels {
            let text = label.source.text();
            let range = label.span.range();
            assert!(
                text.get(range.clone()).is_some(),
                "{}: {range:?} in {text:?}",
                found.rule
            );
        }
    }
}
