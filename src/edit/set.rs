//! Another value in the place of one, and another key.

use super::Editor;
use super::lines::span;
use super::write::{Place, scalar, written};
use crate::diagnostic::{Edit, Literal};
use crate::source::Span;
use crate::yaml::{Entry, Kind, NodeId, Style};

impl Editor<'_> {
    /// Another value under a key.
    pub(super) fn replace(&self, entry: &Entry, value: &Literal) -> Option<Edit> {
        let colon = self.behind_colon(entry.key)?;
        self.stands_alone(entry.value)?;
        if !self.is_free(entry.value) {
            return None;
        }
        let at = self.doc.span(entry.value);
        let is_block = self.is_block(entry.value);
        let style = self.style(entry.value);
        let new = written(value, self.place(entry.key), style);
        let (from, gap) = match style {
            // The place of nothing is right behind the colon.
            Style::Plain if at.is_empty() => (colon, " "),
            Style::Literal | Style::Folded => (colon, " "),
            _ if is_block => (colon, " "),
            _ => (at.start, ""),
        };
        let region = span(from, at.end);
        if at.is_empty() && at.start != colon {
            return None;
        }
        self.edit(region, format!("{gap}{new}"))
    }

    /// Another value in the place of an item.
    pub(super) fn replace_item(&self, item: NodeId, value: &Literal) -> Option<Edit> {
        self.stands_alone(item)?;
        let at = self.doc.span(item);
        let style = self.style(item);
        let is_plainly_there = matches!(style, Style::Plain | Style::Single | Style::Double);
        let is_scalar = matches!(self.doc.node(item).kind, Kind::Scalar(..));
        if !is_scalar || !is_plainly_there || at.is_empty() || !self.is_free(item) {
            return None;
        }
        self.edit(at, written(value, self.place(item), style))
    }

    pub(super) fn rename(&self, entry: &Entry, to: &str) -> Option<Edit> {
        let node = self.doc.node(entry.key);
        let has_properties = node.anchor.is_some() || node.tag.is_some();
        if has_properties || !matches!(node.kind, Kind::Scalar(..)) {
            return None;
        }
        self.behind_colon(entry.key)?;
        self.edit(
            node.span,
            scalar(to, self.place(entry.key), self.style(entry.key)),
        )
    }

    /// One edit, if it changes anything and no comment goes with it.
    fn edit(&self, region: Span, replacement: String) -> Option<Edit> {
        let is_new = self.doc.source().slice(region) != replacement;
        (is_new && !self.has_comment(region)).then_some(Edit {
            span: region,
            replacement,
        })
    }

    fn is_block(&self, node: NodeId) -> bool {
        let is_collection = matches!(
            self.doc.node(node).kind,
            Kind::Sequence(_) | Kind::Mapping(_)
        );
        is_collection && !self.is_flow(node)
    }

    pub(super) fn style(&self, node: NodeId) -> Style {
        match self.doc.node(node).kind {
            Kind::Scalar(style, ..) => style,
            _ => Style::Plain,
        }
    }

    /// Whether a node stands between brackets.
    pub(super) fn place(&self, node: NodeId) -> Place {
        let mut at = self.doc.node(node).parent;
        while let Some(parent) = at {
            if self.is_flow(parent) {
                return Place::Flow;
            }
            at = self.doc.node(parent).parent;
        }
        Place::Block
    }
}
