//! What a comment speaks of: what begins on its line, or, where it stands alone, on the next line that holds
//! something.

use std::cell::Cell;
use std::cmp::Reverse;

use crate::source::{Source, Span, to_offset};
use crate::work;
use crate::yaml::{Document, Kind, NodeId};

/// The entries and elements of a document by where they begin, the outer ones first.
pub(super) struct Regions<'d> {
    doc: &'d Document,
    /// Whether no other document stands above in the file.
    is_first: bool,
    parts: Vec<Span>,
    /// The target of the last comment on a line of its own.
    last: Cell<Option<Below>>,
}

/// The node below some lines of comments.
#[derive(Clone, Copy)]
struct Below {
    /// The first of these lines.
    first: u32,
    /// The line behind them.
    next: u32,
    begins: Option<Span>,
}

impl<'d> Regions<'d> {
    pub(super) fn new(doc: &'d Document, is_first: bool) -> Self {
        let mut parts = Vec::new();
        for index in 0..doc.len() {
            let node = NodeId::at(to_offset(index));
            match &doc.node(node).kind {
                Kind::Sequence(_) => {
                    parts.extend(doc.items(node).iter().map(|item| doc.span(*item)));
                }
                Kind::Mapping(_) => {
                    let own = doc.entries(node).iter().filter(|e| e.merged.is_none());
                    parts.extend(own.map(|e| doc.span(e.key).cover(doc.span(e.value))));
                }
                _ => {}
            }
        }
        parts.sort_unstable_by_key(|span| (span.start, Reverse(span.end)));
        Self {
            doc,
            is_first,
            parts,
            last: Cell::new(None),
        }
    }

    /// What a comment speaks of; nothing where nothing begins.
    pub(super) fn of(&self, comment: Span) -> Option<Span> {
        let source = self.doc.source();
        let line = source.line(comment.start);
        let start = source.line_span(line)?.start;
        let before = source.slice(Span::new(start, comment.start));
        if before.trim().is_empty() || self.is_head(before) {
            self.below(line)
        } else {
            self.on(line)
        }
    }

    /// What begins on the next line that holds more than comments.
    fn below(&self, line: u32) -> Option<Span> {
        let is_above = |last: &Below| last.first <= line && line < last.next;
        if let Some(last) = self.last.get().filter(is_above) {
            return last.begins;
        }
        let next = self.next_line(line);
        let begins = next.and_then(|next| self.on(next));
        self.last.set(Some(Below {
            first: line,
            next: next.unwrap_or(u32::MAX),
            begins,
        }));
        begins
    }

    /// The next line that holds more than comments.
    fn next_line(&self, line: u32) -> Option<u32> {
        let source = self.doc.source();
        for next in line + 1..=source.line_count() {
            let text = source.slice(source.line_span(next)?).trim();
            work::count(1);
            if !text.is_empty() && !text.starts_with('#') && !self.is_head(text) {
                return Some(next);
            }
        }
        None
    }

    /// Whether a line only announces the first document of the file.
    fn is_head(&self, line: &str) -> bool {
        let line = line.trim();
        let is_marker = line == "---" || line.starts_with('%') || line.starts_with("--- #");
        self.is_first && is_marker
    }

    /// All that begins on a line; the whole document for its first one.
    fn on(&self, line: u32) -> Option<Span> {
        let source: &Source = self.doc.source();
        let bounds = source.line_span(line)?;
        let root = self.doc.span(self.doc.root());
        let begins = |span: Span| bounds.start <= span.start && span.start <= bounds.end;
        if begins(root) {
            return Some(root);
        }
        let from = self.parts.partition_point(|span| span.start < bounds.start);
        let parts = self.parts.get(from..)?.iter();
        parts
            .take_while(|span| begins(**span))
            .copied()
            .reduce(Span::cover)
    }
}
