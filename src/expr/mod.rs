//! The rule language: CEL syntax, typed by the documents' schema, with provenance.
//!
//! `lex` and `parse` read the text, `check` gives every node a type and turns it into a [`Program`],
//! `eval` runs programs over a document, `explain` says which nodes made a condition what it is.

mod ast;
mod cases;
mod check;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod differential;
mod eval;
mod explain;
mod functions;
mod key;
mod lex;
mod mark;
mod mutate;
mod narrow;
mod parse;
mod program;
#[cfg(test)]
mod soundness;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod totality;
mod trace;
mod types;
mod value;

pub(crate) use cases::{Asked, Use, Verdict, judge};
pub(crate) use check::{
    Demand, Presence, Scope, Strictness, Target, check, check_field, check_first, check_gone,
    check_items, check_written, compile, no_word_list, note_failure,
};
pub(crate) use eval::{BUDGET, Fault, Machine, Reason};
pub(crate) use explain::{Element, Evidence, explain, explain_part, reach};
pub(crate) use functions::Phrase;
pub(crate) use mark::Checked;
pub(crate) use mutate::{Edit, edits};
pub(crate) use narrow::Fact;
pub(crate) use program::{Constant, Load, Program, WordList};
pub(crate) use trace::parts;
pub(crate) use types::Type;
pub(crate) use value::{Data, Value};

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Label};
use crate::source::{Source, Span};
use crate::text::Text;

/// Whether a variable may be called so: a name to the parser, and none that already means something.
pub(crate) fn can_be_variable(name: &str) -> bool {
    let taken = ["today", "options", "terms", "cel", "optional", "google"];
    let is_taken = taken.contains(&name) || value::KINDS.contains(&name);
    let parsed = parse::parse(name);
    !is_taken
        && parsed.is_ok_and(|expr| matches!(expr.kind, ast::Kind::Ident(known) if *known == *name))
}

/// The longest expression, in bytes.
pub(crate) const MAX_LENGTH: usize = 64 * 1024;
/// The deepest nesting, also of chains such as `a + b + c`.
pub(crate) const MAX_DEPTH: usize = 128;

/// What is wrong with an expression, with a span counted from its start.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mistake {
    pub(crate) span: Span,
    pub(crate) message: Text,
    pub(crate) help: Option<Box<Text>>,
    /// A second place, with words.
    pub(crate) note: Option<Box<(Span, Text)>>,
}

impl Mistake {
    pub(crate) fn new(span: Span, message: Text) -> Self {
        Self {
            span,
            message,
            help: None,
            note: None,
        }
    }

    pub(crate) fn with_help(mut self, help: Text) -> Self {
        self.help = Some(Box::new(help));
        self
    }

    /// The same mistake in a text that begins `by` bytes earlier.
    pub(crate) fn shifted(mut self, by: u32) -> Self {
        let shift = |span: Span| Span::new(span.start + by, span.end + by);
        self.span = shift(self.span);
        if let Some(note) = &mut self.note {
            note.0 = shift(note.0);
        }
        self
    }

    /// The mistake as a finding in a file, in which `place` says where the expression's bytes stand.
    pub(crate) fn into_diagnostic(
        self,
        rule: &str,
        source: &Arc<Source>,
        place: impl Fn(Span) -> Span,
    ) -> Diagnostic {
        let label = |span| Label::new(source, place(span));
        let mut diagnostic = Diagnostic::error(rule, self.message).with_label(label(self.span));
        if let Some(note) = self.note {
            let (span, text) = *note;
            diagnostic = diagnostic.with_label(label(span).with_text(text));
        }
        match self.help {
            Some(help) => diagnostic.with_help(*help),
            None => diagnostic,
        }
    }

    fn with_note(mut self, span: Span, text: Text) -> Self {
        self.note = Some(Box::new((span, text)));
        self
    }
}
