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
mod summary;
mod trace;
mod words;

use std::io::{self, Write};

use crate::diagnostic::Diagnostic;
use crate::engine::Report;
use crate::text::Lang;

pub use answer::{Asked, answer_line, answers};
pub use changes::changes;
pub use explain::explain;
pub use rules::list_rules;
pub use summary::{examples as examples_summary, mutants as mutants_summary};
pub use trace::{Traced, traces};
pub use words::{one_line, safe};

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

/// Writes findings for people, one after another, without a summary.
pub fn render_findings(
    diagnostics: &[Diagnostic],
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    human::render_findings(diagnostics, style, out)
}
