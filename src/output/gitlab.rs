//! The Code Quality report of GitLab: a list of findings, compared between branches by their fingerprints.
//!
//! GitLab's documentation, "Code Quality report format", says which fields it reads; type and category are what
//! the specification of Code Climate, from which the format comes, demands besides.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Report;
use crate::output::fingerprint::Fingerprints;
use crate::output::printable::Stream;
use crate::output::words::{one_line, safe};
use crate::output::{Style, json};

#[derive(Serialize)]
struct Issue {
    #[serde(rename = "type")]
    kind: &'static str,
    description: String,
    check_name: String,
    categories: [&'static str; 1],
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

pub(super) fn render(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let style = Style {
        terminal: false,
        ..*style
    };
    let prints = Fingerprints::of(report).found;
    let found = report.diagnostics.iter().zip(prints);
    let issues = found.map(|(diagnostic, print)| issue(report, diagnostic, print, &style));
    json::write(&Stream::new(issues), out)
}

fn issue(report: &Report, diagnostic: &Diagnostic, fingerprint: String, style: &Style) -> Issue {
    let from = diagnostic.announcement();
    let from = from.map(|from| format!(" ({})", one_line(&from, style)));
    let message = one_line(&diagnostic.message, style);
    Issue {
        kind: "issue",
        description: format!("{message}{}", from.unwrap_or_default()),
        check_name: safe(&diagnostic.rule),
        categories: ["Style"],
        fingerprint,
        severity: match diagnostic.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        location: location(report, diagnostic),
    }
}

/// Where it stands; GitLab takes no finding without a path.
fn location(report: &Report, diagnostic: &Diagnostic) -> Location {
    let Some(label) = diagnostic.labels.first() else {
        let lines = Lines { begin: 1, end: 1 };
        return Location {
            path: ".".to_owned(),
            lines,
        };
    };
    let lines = Lines {
        begin: label.source.line(label.span.start),
        end: label.source.line(label.span.end),
    };
    Location {
        path: report.path_of(label.source.name()).to_owned(),
        lines,
    }
}
