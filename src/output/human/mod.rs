//! Findings for people: a headline, the lines in question with labels under them, the reason, who
//! argued for and against, and what to do. miette draws the snippets and nothing else.

mod emoji;
mod line;
mod marks;
mod sheet;

use std::fmt::Write as _;
use std::io::{self, Write};

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use crate::diagnostic::{Diagnostic, Fix, Label, Safety, Severity};
use crate::engine::Report;
use crate::output::paint::{BOLD, Paint, severity_word};
use crate::output::words::{columns, isolated, one_line, safe, wrap, wrap_after};
use crate::output::{Style, summary};
use crate::text::{Lang, Text};

use sheet::Sheet;

pub(super) fn render(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    render_findings(&report.diagnostics, style, out)?;
    let summary = summary::lines(report, style);
    if !report.diagnostics.is_empty() && !summary.is_empty() {
        out.write_all(b"\n")?;
    }
    out.write_all(summary.as_bytes())
}

pub(super) fn render_findings(
    diagnostics: &[Diagnostic],
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        if index > 0 {
            out.write_all(b"\n")?;
        }
        out.write_all(finding(diagnostic, style).as_bytes())?;
    }
    Ok(())
}

/// The lines that labels point at, drawn without a finding around them.
pub(super) fn labelled(labels: &[Label], style: &Style) -> String {
    let mut holder = Diagnostic::error("", Text::default()).with_severity(Severity::Note);
    holder.labels = labels.to_vec();
    snippets(&holder, style)
}

fn finding(diagnostic: &Diagnostic, style: &Style) -> String {
    let mut shown = headline(diagnostic, style);
    shown.push_str(&snippets(diagnostic, style));
    if let Some(announcement) = diagnostic.announcement() {
        note(&mut shown, ["in force", "السريان"], &announcement, style);
    }
    if let Some(why) = &diagnostic.why {
        note(&mut shown, ["why", "السبب"], why, style);
    }
    positions(&mut shown, diagnostic, style);
    if let Some(help) = &diagnostic.help {
        note(&mut shown, ["help", "الإجراء"], help, style);
    }
    if let Some(fix) = &diagnostic.fix {
        note(&mut shown, ["fix", "الإصلاح"], &with_flag(fix), style);
    }
    shown
}

/// What a fix does, and how to have it done.
fn with_flag(fix: &Fix) -> Text {
    let flag = match fix.safety {
        Safety::Safe => "--fix",
        Safety::Unsafe => "--unsafe-fixes",
    };
    Text::new(
        format!("{} (with `{flag}`)", fix.title.en.trim_end()),
        format!("{} (بالخيار `{flag}`)", fix.title.ar.trim_end()),
    )
}

fn headline(diagnostic: &Diagnostic, style: &Style) -> String {
    let word = severity_word(diagnostic.severity, style.lang);
    let rule = isolated(&diagnostic.rule, style);
    let word = format!("{word}[{rule}]");
    let mut message = one_line(&diagnostic.message, style);
    if style.terminal {
        // A terminal would break it within a word; programs that read logs want it in one line.
        message = wrap_after(columns(&word) + 2, 2, &message, style.width);
    }
    let word = Paint::of(diagnostic.severity).on(&word, style);
    format!("{word}: {}\n", BOLD.on(&message, style))
}

/// A line such as `  why: …`, wrapped and indented.
fn note(shown: &mut String, name: [&str; 2], text: &Text, style: &Style) {
    let name = name[usize::from(style.lang == Lang::Ar)];
    let head = format!("  {}: ", BOLD.on(name, style));
    let indent = columns(name) + 4;
    let text = one_line(text, style);
    let _ = writeln!(shown, "{}", wrap(&head, indent, &text, style.width));
}

fn positions(shown: &mut String, diagnostic: &Diagnostic, style: &Style) {
    let (names, comma) = match style.lang {
        Lang::En => (["for", "against"], ", "),
        Lang::Ar => (["المؤيدون", "المعارضون"], "، "),
    };
    let sides = [
        &diagnostic.positions.in_favour,
        &diagnostic.positions.against,
    ];
    let sides: Vec<(&str, String)> = names
        .into_iter()
        .zip(sides)
        .filter(|(_, ids)| !ids.is_empty())
        .map(|(name, ids)| {
            let ids: Vec<String> = ids.iter().map(|id| isolated(id, style)).collect();
            (name, ids.join(comma))
        })
        .collect();
    let wide: usize = sides
        .iter()
        .map(|(name, ids)| columns(name) + columns(ids) + 5)
        .sum();
    let (gap, width) = if wide <= style.width + 1 {
        ("   ", usize::MAX)
    } else {
        ("\n  ", style.width)
    };
    let sides: Vec<String> = sides
        .iter()
        .map(|(name, ids)| {
            let head = format!("{}: ", BOLD.on(name, style));
            wrap(&head, columns(name) + 4, ids, width)
        })
        .collect();
    if !sides.is_empty() {
        let _ = writeln!(shown, "  {}", sides.join(gap));
    }
}

/// The drawn labels; empty when a finding has none.
fn snippets(diagnostic: &Diagnostic, style: &Style) -> String {
    let hunks = marks::hunks(&diagnostic.labels, style);
    if hunks.is_empty() {
        return String::new();
    }
    let snippet = Snippet {
        sheet: Sheet::new(&hunks, style),
    };
    let mut drawn = String::new();
    let handler = GraphicalReportHandler::new_themed(theme(&snippet, diagnostic.severity, style))
        .with_width(style.width)
        .with_context_lines(1)
        .with_links(false)
        .tab_width(line::TAB);
    if handler.render_report(&mut drawn, &snippet).is_err() {
        // The labels are drawn on a sheet made for them; if that fails all the same, the place
        // must not be lost.
        return places(diagnostic);
    }
    // The first line is miette's own headline.
    snippet
        .sheet
        .stand_ins
        .restore(drawn)
        .lines()
        .skip(1)
        .fold(String::new(), |mut shown, line| {
            shown.push_str(line.trim_end());
            shown.push('\n');
            shown
        })
}

fn places(diagnostic: &Diagnostic) -> String {
    let mut shown = String::new();
    for label in &diagnostic.labels {
        let (name, at) = (safe(label.source.name()), label.position());
        let _ = writeln!(shown, "   ─[{name}:{}:{}]", at.line, at.column);
    }
    shown
}

/// The primary label in the color of the severity, the others in blue.
fn theme(snippet: &Snippet, severity: Severity, style: &Style) -> GraphicalTheme {
    if !style.color {
        return GraphicalTheme::unicode_nocolor();
    }
    let mut theme = GraphicalTheme::unicode();
    let primary = match severity {
        Severity::Error => theme.styles.error,
        Severity::Warning => theme.styles.warning,
        Severity::Note => theme.styles.advice,
    };
    let mut labels: Vec<&LabeledSpan> = snippet.sheet.labels.iter().collect();
    labels.sort_by_key(|label| label.offset());
    theme.styles.highlights = labels
        .into_iter()
        .map(|label| {
            if label.primary() {
                primary.bold()
            } else {
                theme.styles.error.blue().bold()
            }
        })
        .collect();
    theme.styles.link = theme.styles.advice;
    theme
}

/// What miette is given: a finding without any words but those of its labels.
#[derive(Debug, thiserror::Error)]
#[error("")]
struct Snippet {
    sheet: Sheet,
}

impl miette::Diagnostic for Snippet {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.sheet)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.sheet.labels.iter().cloned()))
    }
}

#[cfg(test)]
mod tests;
