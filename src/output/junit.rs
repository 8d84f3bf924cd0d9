//! JUnit XML: a suite for each file and a case for each finding, so that any build server shows them as it
//! shows tests. Errors and warnings fail; notes are shown and pass; what is set aside is skipped; a clean
//! file is one case that passes.
//!
//! Written with the same few lines as Checkstyle's, since the crate for JUnit puts an attribute on
//! `testsuites` that the schema of Jenkins forbids.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::{Report, Suppressed};
use crate::output::words::{one_line, safe};
use crate::output::xml::Document;
use crate::output::{Style, by_file, suppressed};
use crate::text::Text;

pub(super) fn render(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let style = Style {
        terminal: false,
        ..*style
    };
    let suites = suites(report);
    let total = suites.iter().map(Suite::counts);
    let total = total.fold(Counts::default(), |all, one| all.plus(&one));
    let mut document = Document::begin(out)?;
    let [tests, failures, errors, _] = total.shown();
    document.open(
        "testsuites",
        &[
            ("name", env!("CARGO_PKG_NAME")),
            ("tests", &tests),
            ("failures", &failures),
            ("errors", &errors),
        ],
    )?;
    for suite in &suites {
        suite.write(&mut document, &style)?;
    }
    document.close("testsuites")?;
    document.end()
}

/// The cases of one file, which are made while they are written.
struct Suite<'r> {
    report: &'r Report,
    name: &'r str,
    found: Vec<&'r Diagnostic>,
    aside: Vec<&'r Suppressed>,
    /// The reasons why the run could not check everything.
    failures: &'r [Text],
}

#[derive(Default)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

struct Case {
    name: String,
    class: String,
    outcome: Outcome,
    /// What is said besides.
    lines: Vec<String>,
}

enum Outcome {
    Passed,
    Failed(Severity),
    /// With the reason.
    Skipped(String),
    /// The check could not be made.
    Error,
}

fn suites(report: &Report) -> Vec<Suite<'_>> {
    let mut found: BTreeMap<&str, Vec<&Diagnostic>> =
        by_file(report, &report.diagnostics, |one| one);
    let mut aside: BTreeMap<&str, Vec<&Suppressed>> =
        by_file(report, &report.suppressed, |one| &one.diagnostic);
    for name in found.keys() {
        aside.entry(name).or_default();
    }
    let suites = aside.into_iter().map(|(name, aside)| Suite {
        report,
        name,
        found: found.remove(name).unwrap_or_default(),
        aside,
        failures: &[],
    });
    let mut suites: Vec<Suite<'_>> = suites.collect();
    // Some build servers take a report without a case for a broken one.
    if !report.failures.is_empty() || suites.is_empty() {
        suites.push(Suite {
            report,
            name: "spokeslint",
            found: Vec::new(),
            aside: Vec::new(),
            failures: &report.failures,
        });
    }
    suites
}

/// What kept the run from checking everything.
fn failure(failure: &Text, style: &Style) -> Case {
    Case {
        name: one_line(failure, style),
        class: "spokeslint".to_owned(),
        outcome: Outcome::Error,
        lines: Vec::new(),
    }
}

fn clean(style: &Style) -> Case {
    Case {
        name: style.pick(["no problems", "لا مخالفات"]).to_owned(),
        class: "spokeslint".to_owned(),
        outcome: Outcome::Passed,
        lines: Vec::new(),
    }
}

fn failing(report: &Report, diagnostic: &Diagnostic, style: &Style) -> Case {
    Case {
        outcome: match diagnostic.severity {
            Severity::Note => Outcome::Passed,
            severity => Outcome::Failed(severity),
        },
        lines: details(report, diagnostic, style),
        ..case(diagnostic, style)
    }
}

fn skipped(report: &Report, one: &Suppressed, style: &Style) -> Case {
    let path = report.path_of(one.place.source.name());
    Case {
        outcome: Outcome::Skipped(suppressed::reason(one, path, style)),
        ..case(&one.diagnostic, style)
    }
}

/// A case is known by its class and name, and neither holds a line, so that a build server tells an old
/// finding from a new one.
fn case(diagnostic: &Diagnostic, style: &Style) -> Case {
    Case {
        name: one_line(&diagnostic.message, style),
        class: diagnostic.rule.clone(),
        outcome: Outcome::Passed,
        lines: Vec::new(),
    }
}

/// Where, why and what to do.
fn details(report: &Report, diagnostic: &Diagnostic, style: &Style) -> Vec<String> {
    let mut lines: Vec<String> = diagnostic
        .labels
        .iter()
        .map(|label| {
            let at = label.position();
            let words = label.text.as_ref().map(|text| one_line(text, style));
            let words = words.map_or(String::new(), |words| format!(": {words}"));
            let name = safe(report.path_of(label.source.name()));
            format!("{name}:{}:{}{words}", at.line, at.column)
        })
        .collect();
    let announcement = diagnostic.announcement();
    let parts = [
        (["in force", "السريان"], announcement.as_ref()),
        (["why", "السبب"], diagnostic.why.as_ref()),
        (["help", "الإجراء"], diagnostic.help.as_ref()),
    ];
    for (name, text) in parts {
        lines.extend(text.map(|text| format!("{}: {}", style.pick(name), one_line(text, style))));
    }
    lines
}

impl Suite<'_> {
    fn counts(&self) -> Counts {
        let failures = self
            .found
            .iter()
            .filter(|one| one.severity != Severity::Note);
        let cases = self.found.len() + self.aside.len() + self.failures.len();
        Counts {
            // One that passes stands for none.
            tests: cases.max(1),
            failures: failures.count(),
            errors: self.failures.len(),
            skipped: self.aside.len(),
        }
    }

    fn cases(&self, style: &Style) -> impl Iterator<Item = Case> {
        let found = self
            .found
            .iter()
            .map(|one| failing(self.report, one, style));
        let aside = self
            .aside
            .iter()
            .map(|one| skipped(self.report, one, style));
        let failures = self.failures.iter().map(|one| failure(one, style));
        let counts = self.counts();
        let is_clean = counts.failures + counts.errors + counts.skipped + self.found.len() == 0;
        let clean = is_clean.then(|| clean(style));
        found.chain(aside).chain(failures).chain(clean)
    }

    fn write(&self, document: &mut Document<'_>, style: &Style) -> io::Result<()> {
        let [tests, failures, errors, skipped] = self.counts().shown();
        document.open(
            "testsuite",
            &[
                ("name", self.name),
                ("tests", &tests),
                ("failures", &failures),
                ("errors", &errors),
                ("skipped", &skipped),
                ("file", self.name),
            ],
        )?;
        // Findings of one rule in the same words are told apart by their number.
        let mut seen: HashMap<(String, String), usize> = HashMap::new();
        for mut case in self.cases(style) {
            let count = seen
                .entry((case.class.clone(), case.name.clone()))
                .or_default();
            *count += 1;
            if *count > 1 && self.failures.is_empty() {
                case.name = format!("{} ({count})", case.name);
            }
            case.write(document)?;
        }
        document.close("testsuite")
    }
}

impl Counts {
    fn plus(self, other: &Self) -> Self {
        Self {
            tests: self.tests + other.tests,
            failures: self.failures + other.failures,
            errors: self.errors + other.errors,
            skipped: self.skipped + other.skipped,
        }
    }

    fn shown(&self) -> [String; 4] {
        [self.tests, self.failures, self.errors, self.skipped].map(|count| count.to_string())
    }
}

impl Case {
    fn write(&self, document: &mut Document<'_>) -> io::Result<()> {
        let attributes = [("name", self.name.as_str()), ("classname", &self.class)];
        if matches!(self.outcome, Outcome::Passed) && self.lines.is_empty() {
            return document.empty("testcase", &attributes);
        }
        document.open("testcase", &attributes)?;
        match &self.outcome {
            Outcome::Passed => document.text("system-out", &[], &self.lines)?,
            Outcome::Failed(severity) => {
                let told = [("message", self.name.as_str()), ("type", severity.as_str())];
                document.text("failure", &told, &self.lines)?;
            }
            Outcome::Skipped(reason) => document.empty("skipped", &[("message", reason)])?,
            Outcome::Error => document.empty("error", &[("message", &self.name)])?,
        }
        document.close("testcase")
    }
}
