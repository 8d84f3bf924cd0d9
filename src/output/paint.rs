//! Colors of our own words; those of snippets are miette's.

use crate::diagnostic::Severity;
use crate::output::Style;
use crate::text::Lang;

/// An ANSI style, as the number between `ESC[` and `m`.
#[derive(Clone, Copy)]
pub(super) struct Paint(&'static str);

/// For names of parts.
pub(super) const BOLD: Paint = Paint("1");
/// For what is said in passing.
pub(super) const DIM: Paint = Paint("2");

/// For lines that come and lines that go.
pub(super) const ADDED: Paint = Paint("32");
pub(super) const REMOVED: Paint = Paint("31");

impl Paint {
    /// The color of a severity.
    pub(super) fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self("1;31"),
            Severity::Warning => Self("1;33"),
            Severity::Note => Self("1;36"),
        }
    }

    /// The text in this style, if colors are sent.
    pub(super) fn on(self, text: &str, style: &Style) -> String {
        if style.color {
            format!("\u{1b}[{}m{text}\u{1b}[0m", self.0)
        } else {
            text.to_owned()
        }
    }
}

/// The word for a severity in a language.
pub(super) fn severity_word(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (severity, Lang::En) => severity.as_str(),
        (Severity::Error, Lang::Ar) => "خطأ",
        (Severity::Warning, Lang::Ar) => "تحذير",
        (Severity::Note, Lang::Ar) => "ملاحظة",
    }
}
