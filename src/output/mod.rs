//! Reports → bytes. One file per format; nothing here reads a file, the environment or the clock.
//!
//! Whatever came from a file is shown and never sent: control characters, direction overrides and
//! the commands that build servers read from logs are escaped in every format.

mod answer;
mod changes;
mod concise;
mod explain;
mod human;
pub mod json;
mod paint;
mod rules;
mod start;
mod summary;
mod trace;
mod words;

use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Report;
use crate::error::Error;
use crate::text::Lang;

pub use answer::{Asked, answer_line, answers};
pub use changes::changes;
pub use explain::{coverage, explain, explain_framework, explain_position};
pub use rules::list_rules;
pub use start::{Fate, Placed, files, import, import_json, next, receipt, shown};
pub use summary::{examples as examples_summary, mutants as mutants_summary};
pub use trace::{Traced, traces};
use words::one_line;
pub use words::safe;

/// A format of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Snippets with labels, reasons and advice: for people.
    #[default]
    Human,
    /// One line per finding: for logs and for programs that read line by line.
    Concise,
    /// Everything, in both languages: for programs.
    Json,
}

/// How much is said besides the findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Nothing.
    Quiet,
    /// A summary and the receipt.
    #[default]
    Normal,
    /// Also the names of the files that were passed over.
    Verbose,
}

/// How a report is rendered.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The format.
    pub format: Format,
    /// The language; formats for programs carry both.
    pub lang: Lang,
    /// Whether ANSI colors are sent.
    pub color: bool,
    /// Whether a terminal shows it: there, each value's reading direction is isolated from the
    /// sentence around it; logs stay free of these invisible characters.
    pub terminal: bool,
    /// How many columns a line has.
    pub width: usize,
    /// How much is said besides the findings.
    pub detail: Detail,
}

impl Style {
    /// The words in the style's language.
    pub(crate) fn pick(&self, [en, ar]: [&'static str; 2]) -> &'static str {
        match self.lang {
            Lang::En => en,
            Lang::Ar => ar,
        }
    }
}

impl Default for Style {
    fn default() -> Self {
        Self {
            format: Format::Human,
            lang: Lang::En,
            color: false,
            terminal: false,
            width: 100,
            detail: Detail::Normal,
        }
    }
}

/// Writes a report in the style's format.
pub fn render(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    match style.format {
        Format::Human => human::render(report, style, out),
        Format::Concise => concise::render(report, style, out),
        Format::Json => json::render(report, out),
    }
}

/// Writes for people what stopped a run: the findings that did, if there are any, then one line.
pub fn render_error(error: &Error, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    if let Error::Packs(diagnostics) | Error::Config(diagnostics) | Error::Expression(diagnostics) =
        error
    {
        render_findings(diagnostics, style, out)?;
        writeln!(out)?;
    }
    let head = paint::severity_word(Severity::Error, style.lang);
    let head = paint::Paint::of(Severity::Error).on(head, style);
    writeln!(out, "{head}: {}", one_line(&error.text(), style))
}

/// Writes findings for people, one after another, without a summary.
pub fn render_findings(
    diagnostics: &[Diagnostic],
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    human::render_findings(diagnostics, style, out)
}
