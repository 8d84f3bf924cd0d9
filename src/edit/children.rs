//! The children of a collection with the bytes they stand on, their keys, anchors and dashes included.

use super::Editor;
use crate::yaml::{Kind, NodeId};

/// An item or an entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Child {
    /// Where it begins: with its dash, its key, or the value itself; with an anchor or tag before it.
    pub(super) start: u32,
    /// Where its value ends.
    pub(super) end: u32,
    pub(super) key: Option<NodeId>,
    pub(super) value: NodeId,
}

impl Editor<'_> {
    /// The children of a collection, in order; `None` if they cannot all be told from the text.
    pub(super) fn children(&self, collection: NodeId) -> Option<Vec<Child>> {
        let mut children: Vec<Child> = match self.doc.node(collection).kind {
            Kind::Sequence(_) => self
                .doc
                .items(collection)
                .iter()
                .map(|item| self.item(*item))
                .collect(),
            Kind::Mapping(_) => {
                let own = self.doc.entries(collection).iter();
                let own = own.filter(|entry| entry.merged.is_none());
                own.map(|entry| self.entry(entry.key, entry.value))
                    .collect()
            }
            _ => return None,
        };
        if self.has_merge(collection) {
            return None;
        }
        if matches!(self.doc.node(collection).kind, Kind::Sequence(_)) && !self.is_flow(collection)
        {
            let mut from = self.doc.span(collection).start;
            for child in &mut children {
                child.start = self.lines.sign(from, '-')?;
                from = child.end;
            }
        }
        Some(children)
    }

    fn item(&self, value: NodeId) -> Child {
        Child {
            start: self.first(value),
            end: self.last(value),
            key: None,
            value,
        }
    }

    fn entry(&self, key: NodeId, value: NodeId) -> Child {
        Child {
            start: self.first(key),
            end: self.last(value).max(self.last(key)),
            key: Some(key),
            value,
        }
    }

    fn first(&self, node: NodeId) -> u32 {
        let node = self.doc.node(node);
        let properties = [node.anchor, node.tag].into_iter().flatten();
        properties
            .map(|span| span.start)
            .fold(node.span.start, u32::min)
    }

    fn last(&self, node: NodeId) -> u32 {
        let node = self.doc.node(node);
        let properties = [node.anchor, node.tag].into_iter().flatten();
        properties
            .map(|span| span.end)
            .fold(node.span.end, u32::max)
    }

    /// Whether a mapping has a merge key, which is none of its entries.
    pub(super) fn has_merge(&self, mapping: NodeId) -> bool {
        if !self
            .doc
            .source()
            .slice(self.doc.span(mapping))
            .contains("<<")
        {
            return false;
        }
        let mut inside = self.nodes_in(mapping);
        inside.any(|node| {
            self.doc.node(node).parent == Some(mapping) && self.doc.text(node) == Some("<<")
        })
    }

    /// Whether a key is written with `?`.
    pub(super) fn is_explicit(&self, key: NodeId) -> bool {
        let start = self.first(key);
        let before = self.lines.prefix(start).trim_end_matches([' ', '\t']);
        before.ends_with('?')
    }

    /// The place behind the colon of a plain entry.
    pub(super) fn behind_colon(&self, key: NodeId) -> Option<u32> {
        let at = self.lines.sign(self.doc.span(key).end, ':')?;
        let same_line = self.lines.start(at) == self.lines.start(self.doc.span(key).end);
        (same_line && !self.is_explicit(key)).then_some(at + 1)
    }
}
