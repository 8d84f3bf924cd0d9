//! The XML of Checkstyle, which Jenkins, reviewdog and many other programs read. A file without a finding is
//! listed as well, so that a clean report says what it is about.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Report;
use crate::output::words::one_line;
use crate::output::xml::Document;
use crate::output::{Style, by_file};

/// The version of Checkstyle whose format this is; all that came later read it.
const VERSION: &str = "4.3";

pub(super) fn render(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let style = Style {
        terminal: false,
        ..*style
    };
    let files: BTreeMap<&str, Vec<&Diagnostic>> = by_file(report, &report.diagnostics, |one| one);
    let mut document = Document::begin(out)?;
    document.open("checkstyle", &[("version", VERSION)])?;
    for (name, found) in files {
        let attributes = [("name", name)];
        if found.is_empty() {
            document.empty("file", &attributes)?;
            continue;
        }
        document.open("file", &attributes)?;
        for diagnostic in found {
            finding(&mut document, diagnostic, &style)?;
        }
        document.close("file")?;
    }
    document.close("checkstyle")?;
    document.end()
}

fn finding(document: &mut Document<'_>, diagnostic: &Diagnostic, style: &Style) -> io::Result<()> {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "info",
    };
    let at = diagnostic.labels.first().map(crate::Label::position);
    let (line, column) = at.map_or((1, 1), |at| (at.line, at.column));
    let (line, column) = (line.to_string(), column.to_string());
    let message = one_line(&diagnostic.message, style);
    let attributes = [
        ("line", line.as_str()),
        ("column", &column),
        ("severity", severity),
        ("message", &message),
        ("source", &diagnostic.rule),
    ];
    document.empty("error", &attributes)
}
