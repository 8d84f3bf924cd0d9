//! Where an error points, and the list of errors, in which each stands once.

use super::{Place, Walker};
use crate::diagnostic::{Diagnostic, Label};
use crate::schema::ShapeId;
use crate::source::Span;
use crate::text;
use crate::text::Text;
use crate::yaml::{Kind, NodeId, limits};

/// An error, to tell whether it has been reported: the rule, the node, the shape it was held
/// against, and the hash of the missing field.
pub(super) type Fault = (&'static str, NodeId, ShapeId, u32);

impl Walker<'_> {
    /// Adds a diagnostic, unless the same fault has one; returns its place among them.
    pub(super) fn report(
        &mut self,
        fault: Fault,
        at: Place,
        build: impl FnOnce(&Self) -> Diagnostic,
    ) -> Option<usize> {
        if let Some(known) = self.reported.get(&fault) {
            return Some(*known);
        }
        if self.is_full {
            return None;
        }
        let index = self.found.diagnostics.len();
        let mut diagnostic = build(self);
        if index >= limits::PROBLEMS {
            self.is_full = true;
            self.found.poison.add_everything(index);
            diagnostic = too_many(diagnostic);
        }
        let first = diagnostic.labels.first().map(|label| label.span);
        if let Some(via) = at.via.map(|via| self.doc.span(via))
            && first != Some(via)
        {
            let used = text!("used through this alias", "مستخدم عبر هذا الاسم المستعار");
            diagnostic = diagnostic.with_label(Label::new(self.doc.source(), via).with_text(used));
        }
        self.found.diagnostics.push(diagnostic);
        self.found.nodes.push(fault.1);
        self.reported.insert(fault, index);
        Some(index)
    }

    pub(super) fn error(&self, rule: &str, message: Text, span: Span) -> Diagnostic {
        Diagnostic::error(rule, message).with_label(Label::new(self.doc.source(), span))
    }

    /// Where a wrong value is shown: itself if it fits on a line, else what leads to it.
    pub(super) fn value_span(&self, at: Place) -> Span {
        let span = self.doc.span(at.node);
        if span.is_empty() || self.doc.source().slice(span).contains(['\n', '\r']) {
            return self.head(at);
        }
        span
    }

    /// The few words that stand for a node: its key, if it stands right behind one.
    pub(super) fn head(&self, at: Place) -> Span {
        let is_empty = self.doc.span(at.node).is_empty();
        match (at.via, at.key) {
            (Some(via), _) if is_empty => self.doc.span(via),
            (None, Some(key)) if self.is_value(at.node) => self.doc.span(key),
            _ => self.doc.head(at.node),
        }
    }

    /// Whether a node is a value of a mapping.
    fn is_value(&self, node: NodeId) -> bool {
        let parent = self.doc.node(node).parent;
        parent.is_some_and(|parent| matches!(self.doc.node(parent).kind, Kind::Mapping(_)))
    }
}

/// Says that more was found, in place of the problem that is one too many.
pub(crate) fn too_many(last: Diagnostic) -> Diagnostic {
    let message = text!(
        "more than {limit} problems; the rest of the document was not checked",
        "أكثر من {limit} مشكلة؛ ولم تُفحص بقية المستند",
        limit = limits::PROBLEMS,
    );
    let help = text!(
        "mend those listed, then check again",
        "أصلح المذكور منها ثم أعد الفحص",
    );
    let mut diagnostic = Diagnostic::error("schema/too-many-problems", message).with_help(help);
    diagnostic.labels = last.labels;
    for label in &mut diagnostic.labels {
        label.text = None;
    }
    diagnostic
}
