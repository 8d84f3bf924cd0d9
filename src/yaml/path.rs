//! Where a node stands: its key, the words that stand for it, its structural path.

use std::fmt::Write as _;

use crate::diagnostic::Step;
use crate::source::{Span, to_offset};
use crate::yaml::node::{Document, Kind, NodeId};

impl Document {
    /// The key under which a node stands, if its parent is a mapping.
    pub fn key_of(&self, id: NodeId) -> Option<NodeId> {
        let parent = self.node(id).parent?;
        self.entries(parent)
            .iter()
            .find(|entry| entry.value == id)
            .map(|entry| entry.key)
    }

    /// The few words that stand for a node when something is missing inside it: a scalar itself;
    /// the key that leads to a collection; the `id` of a list's element or of the document, else its
    /// first key.
    pub fn head(&self, id: NodeId) -> Span {
        if let Kind::Scalar(..) | Kind::Alias(_) = self.node(id).kind {
            return self.span(id);
        }
        if let Some(key) = self.key_of(id) {
            return self.span(key);
        }
        let named = self
            .get(id, "id")
            .filter(|entry| entry.merged.is_none())
            .map(|e| e.value);
        let first = self
            .entries(id)
            .first()
            .filter(|entry| entry.merged.is_none())
            .map(|e| e.key);
        named
            .or(first)
            .map_or_else(|| self.first_line(id), |node| self.span(node))
    }

    fn first_line(&self, id: NodeId) -> Span {
        let span = self.span(id);
        let length = self.source.slice(span).lines().next().map_or(0, str::len);
        Span::new(span.start, span.start + to_offset(length))
    }

    /// The way from the top to a node, step by step; `None` for a key and for what stands in one.
    pub fn steps(&self, id: NodeId) -> Option<Vec<Step>> {
        let mut steps = Vec::new();
        let mut at = id;
        while let Some(parent) = self.node(at).parent {
            steps.push(match self.node(parent).kind {
                // Items stand in the order of the arena.
                Kind::Sequence(_) => Step::Item(self.items(parent).binary_search(&at).ok()?),
                _ => Step::Key(self.text(self.key_of(at)?)?.to_owned()),
            });
            at = parent;
        }
        steps.reverse();
        Some(steps)
    }

    /// The structural path of a node, such as `accounts[2].uses`; empty for the root.
    pub fn path(&self, id: NodeId) -> String {
        let mut steps = Vec::new();
        let mut at = id;
        while let Some(parent) = self.node(at).parent {
            steps.push((parent, at));
            at = parent;
        }
        let mut path = String::new();
        for (parent, child) in steps.into_iter().rev() {
            if let Some(index) = self.items(parent).iter().position(|item| *item == child) {
                // Writing to a `String` cannot fail.
                let _ = write!(path, "[{index}]");
            } else {
                let key = self
                    .key_of(child)
                    .and_then(|key| self.text(key))
                    .unwrap_or("?");
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
            }
        }
        path
    }
}
