//! Workflow commands of GitHub Actions: each finding is a line of the log and an annotation of the change.
//!
//! GitHub's documentation, "Workflow commands", says how the parts are escaped. The runner shows at most ten
//! errors, ten warnings and ten notices of a step as annotations, so errors stand first, and where there are
//! more, a line says so. The log has them all.

use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Report;
use crate::output::words::{leading_path, one_line, safe};
use crate::output::{Style, summary};

/// How many annotations of one severity GitHub shows for a step.
const SHOWN: usize = 10;

pub(super) fn render(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    // A log is no terminal: no isolates, no colors.
    let style = Style {
        terminal: false,
        color: false,
        ..*style
    };
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let mut found = report.diagnostics.iter();
        found
            .by_ref()
            .filter(|found| found.severity == severity)
            .try_for_each(|found| out.write_all(command(report, found, &style).as_bytes()))?;
    }
    let summary = summary::lines(report, &style);
    if !summary.is_empty() && is_cut(report) {
        let words = style.pick([
            "GitHub shows at most 10 annotations of each severity; all findings are in this log",
            "لا تعرض المنصة أكثر من 10 تنبيهات من كل درجة؛ وجميع المخالفات في هذا السجل",
        ]);
        writeln!(out, "{words}")?;
    }
    out.write_all(summary.as_bytes())
}

fn is_cut(report: &Report) -> bool {
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    severities
        .into_iter()
        .any(|severity| report.count(severity) > SHOWN)
}

fn command(report: &Report, diagnostic: &Diagnostic, style: &Style) -> String {
    let word = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let title = format!("spokeslint {}", safe(&diagnostic.rule));
    let mut place = String::new();
    let mut head = format!("{}: ", safe(&diagnostic.rule));
    if let Some(label) = diagnostic.labels.first() {
        // Annotations belong to paths from the top of the repository.
        let path = report.path_of(label.source.name());
        let (start, end) = (label.position(), label.source.position(label.span.end));
        place = format!(
            "file={},line={},endLine={},",
            property(&safe(path)),
            start.line,
            end.line
        );
        // Columns count only within one line.
        if start.line == end.line {
            place = format!("{place}col={},endColumn={},", start.column, end.column);
        }
        // The log does not show the properties.
        head = format!("{}:{}:{}: ", leading_path(path), start.line, start.column);
    }
    format!(
        "::{word} {place}title={}::{}\n",
        property(&title),
        data(&format!("{head}{}", words(diagnostic, style)))
    )
}

/// The message, and below it from when it counts and what to do.
fn words(diagnostic: &Diagnostic, style: &Style) -> String {
    let mut words = one_line(&diagnostic.message, style);
    let announcement = diagnostic.announcement();
    let parts = [
        (["in force", "السريان"], announcement.as_ref()),
        (["help", "الإجراء"], diagnostic.help.as_ref()),
    ];
    for (name, text) in parts {
        if let Some(text) = text {
            let name = style.pick(name);
            words = format!("{words}\n{name}: {}", one_line(text, style));
        }
    }
    words
}

/// A text behind the last `::`, where only these three act.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A value between the commas.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_parts_a_command_is_escaped_and_a_percent_sign_first() {
        assert_eq!(data("a%0A\n\r::x,"), "a%250A%0A%0D::x,");
        assert_eq!(property("a%3A:b,c\n"), "a%253A%3Ab%2Cc%0A");
    }
}
