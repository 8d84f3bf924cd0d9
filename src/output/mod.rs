//! Reports → bytes. One file per format; nothing here reads a file, the environment or the clock.
//!
//! Whatever came from a file is shown and never sent: control characters, direction overrides and
//! the commands that build servers read from logs are escaped in every format.

mod answer;
mod changes;
mod checkstyle;
mod concise;
mod covered;
mod explain;
mod fingerprint;
mod fixes;
mod github;
mod gitlab;
mod human;
mod inventory;
pub mod json;
mod junit;
mod markdown;
mod paint;
mod printable;
mod ruler;
mod rules;
mod sarif;
mod settings;
mod start;
mod summary;
mod suppressed;
mod trace;
mod words;
mod xml;

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Report;
use crate::error::Error;
use crate::pack::Packs;
use crate::text::{Lang, Text};

pub use answer::{Asked, answer_line, answers};
pub use changes::changes;
pub use explain::{coverage, explain, explain_framework, explain_position};
pub use fixes::{diff, fixed};
pub use inventory::inventory;
pub use rules::list_rules;
pub use settings::{EffectiveSettings, Origin, Outer, settings};
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
    /// SARIF 2.1.0: for code scanning on GitHub and for viewers of findings.
    Sarif,
    /// Workflow commands: annotations on GitHub.
    Github,
    /// The Code Quality report of GitLab.
    Gitlab,
    /// JUnit XML: findings as tests, for build servers.
    Junit,
    /// The XML of Checkstyle.
    Checkstyle,
    /// Markdown: for a comment on a pull request and for the summary of a job.
    Markdown,
}

impl Format {
    /// All formats, in the order in which they are told of.
    pub const ALL: [Self; 9] = [
        Self::Human,
        Self::Concise,
        Self::Json,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Checkstyle,
        Self::Markdown,
    ];

    /// The name by which the command line knows it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Checkstyle => "checkstyle",
            Self::Markdown => "markdown",
        }
    }

    /// Whether it must be whole even where there is nothing to say, since a program reads it.
    pub const fn is_document(self) -> bool {
        !matches!(self, Self::Human | Self::Concise | Self::Github)
    }

    /// Whether it tells of rules and frameworks, so that it needs all of [`Packs::builtin`].
    pub const fn tells_of_rules(self) -> bool {
        matches!(self, Self::Sarif)
    }

    /// Whether it lists the files without findings, so that it needs [`Report::checked`].
    pub const fn lists_files(self) -> bool {
        matches!(self, Self::Junit | Self::Checkstyle)
    }
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

/// Writes a report in the style's format. What a format tells of rules and frameworks it takes from the
/// packs; those with which the engine was made will do.
pub fn render(
    report: &Report,
    packs: &Packs,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    match style.format {
        Format::Human => human::render(report, style, out),
        Format::Concise => concise::render(report, style, out),
        Format::Json => json::render(report, out),
        Format::Sarif => sarif::render(report, packs, style, out),
        Format::Github => github::render(report, style, out),
        Format::Gitlab => gitlab::render(report, style, out),
        Format::Junit => junit::render(report, style, out),
        Format::Checkstyle => checkstyle::render(report, style, out),
        Format::Markdown => markdown::render(report, style, out),
    }
}

/// Returns the warning that goes with a report in a format: that some readers do not accept all of it.
pub fn caution(report: &Report, format: Format) -> Option<Text> {
    match format {
        Format::Sarif => sarif::excess(report),
        _ => None,
    }
}

/// Findings by the path of the file that they stand in; the files without any among them, as far as they are known.
fn by_file<'r, T>(
    report: &'r Report,
    all: &'r [T],
    finding: impl Fn(&'r T) -> &'r Diagnostic,
) -> BTreeMap<&'r str, Vec<&'r T>> {
    let checked = report.names.iter();
    let mut files: BTreeMap<&str, Vec<&T>> = checked
        .map(|name| (report.path_of(name), Vec::new()))
        .collect();
    for one in all {
        let label = finding(one).labels.first();
        let name = label.map_or(".", |label| report.path_of(label.source.name()));
        files.entry(name).or_default().push(one);
    }
    files
}

/// Writes for people what stopped a run: the findings that did, if there are any, then one line.
pub fn render_error(error: &Error, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    if let Error::Packs(diagnostics)
    | Error::Config(diagnostics)
    | Error::Baseline(diagnostics)
    | Error::Expression(diagnostics) = error
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
