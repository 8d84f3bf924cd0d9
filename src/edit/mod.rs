//! Changes of a document's tree → edits of its bytes, which leave every other byte as it is: comments,
//! quotes, indentation, line breaks.
//!
//! What cannot be edited without a doubt gets no edit at all: what an alias, a merge key or a tag brings,
//! what others share through an anchor, keys that are written with `?`.

mod add;
mod children;
mod lines;
mod remove;
mod set;
mod tree;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Action, Change, Edit, Literal, Step};
use crate::source::Span;
use crate::yaml::{Document, Entry, Kind, NodeId};
use lines::Lines;

pub use tree::is_changed_so;

/// The edits that make changes of one document, in order; `None` if one of them cannot be made safely, or
/// if there is nothing to do.
pub fn edits(document: &Document, changes: &[Change]) -> Option<Vec<Edit>> {
    let editor = Editor {
        doc: document,
        lines: Lines(document.source().text()),
    };
    let mut plan = Plan::default();
    for change in changes {
        editor.take(change, &mut plan)?;
    }
    let mut edits = plan.edits;
    for (collection, places) in &plan.removed {
        edits.extend(editor.remove(*collection, places)?);
    }
    for (collection, new) in &plan.added {
        edits.extend(editor.add(*collection, new)?);
    }
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let apart = edits
        .windows(2)
        .all(|pair| are_apart(pair[0].span, pair[1].span));
    (apart && !edits.is_empty()).then_some(edits)
}

/// Whether the order of two edits does not matter. The first one begins no later.
pub(crate) fn are_apart(first: Span, second: Span) -> bool {
    first.end <= second.start && first.start != second.start
}

/// A text with edits made, which are in order and do not overlap.
pub fn apply<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> String {
    let mut edited = String::with_capacity(text.len() + 64);
    let mut copied = 0;
    for edit in edits {
        let range = edit.span.range();
        edited.push_str(text.get(copied..range.start).unwrap_or(""));
        edited.push_str(&edit.replacement);
        copied = range.end;
    }
    edited.push_str(text.get(copied..).unwrap_or(""));
    edited
}

/// What is to be done to the collections of a document.
#[derive(Default)]
struct Plan<'c> {
    edits: Vec<Edit>,
    /// The places of the children that go.
    removed: BTreeMap<NodeId, BTreeSet<usize>>,
    /// What comes.
    added: BTreeMap<NodeId, Vec<New<'c>>>,
}

/// A new child of a collection: an item, or an entry under a key.
struct New<'c> {
    key: Option<&'c str>,
    value: &'c Literal,
}

struct Editor<'d> {
    doc: &'d Document,
    lines: Lines<'d>,
}

impl<'d> Editor<'d> {
    fn take<'c>(&self, change: &'c Change, plan: &mut Plan<'c>) -> Option<()> {
        if change.document != self.doc.number() {
            return None;
        }
        match (&change.action, change.path.split_last()) {
            (Action::Append(items), _) => {
                let list = self.reach(&change.path)?;
                let own = matches!(self.doc.node(list).kind, Kind::Sequence(_));
                let items = items.iter().map(|value| New { key: None, value });
                plan.added
                    .entry(own.then_some(list)?)
                    .or_default()
                    .extend(items);
            }
            (Action::Set(value), Some((Step::Key(key), above))) => {
                let mapping = self.reach(above)?;
                match self.own(mapping, key)? {
                    Some((_, entry)) => plan.edits.push(self.replace(entry, value)?),
                    None => plan.added.entry(mapping).or_default().push(New {
                        key: Some(key),
                        value,
                    }),
                }
            }
            (Action::Set(value), Some((Step::Item(place), above))) => {
                let list = self.reach(above)?;
                let item = *self.doc.items(list).get(*place)?;
                plan.edits.push(self.replace_item(item, value)?);
            }
            (Action::Remove, Some((step, above))) => {
                let collection = self.reach(above)?;
                let place = match step {
                    Step::Key(key) => self.own(collection, key)??.0,
                    Step::Item(place) => {
                        self.doc.items(collection).get(*place)?;
                        *place
                    }
                };
                plan.removed.entry(collection).or_default().insert(place);
            }
            (Action::Rename(to), Some((Step::Key(key), above))) => {
                let mapping = self.reach(above)?;
                let (_, entry) = self.own(mapping, key)??;
                let taken = self.doc.get(mapping, to).is_some();
                plan.edits.push(self.rename(entry, to).filter(|_| !taken)?);
            }
            _ => return None,
        }
        Some(())
    }

    /// What stands at a path, if it stands there by itself and for nobody else.
    fn reach(&self, path: &[Step]) -> Option<NodeId> {
        let mut at = self.doc.root();
        self.stands_alone(at)?;
        for step in path {
            at = match step {
                Step::Key(key) => self.own(at, key)??.1.value,
                Step::Item(place) => *self.doc.items(at).get(*place)?,
            };
            self.stands_alone(at)?;
        }
        Some(at)
    }

    fn stands_alone(&self, node: NodeId) -> Option<()> {
        let found = self.doc.node(node);
        let is_alias = matches!(found.kind, Kind::Alias(_));
        let is_shared = || {
            found.anchor.is_some()
                && self.nodes_from(self.doc.root()).any(
                    |other| matches!(self.doc.node(other).kind, Kind::Alias(target) if target == node),
                )
        };
        let is_flawed = self.doc.flawed().contains(&node);
        (!is_alias && !is_flawed && found.tag.is_none() && !is_shared()).then_some(())
    }

    /// The entry of a mapping under a key with its place, if the mapping has it and it is the mapping's own
    /// and only one; the outer `None` for one that is not.
    #[expect(
        clippy::option_option,
        reason = "absent and untouchable are two things"
    )]
    fn own(&self, mapping: NodeId, key: &str) -> Option<Option<(usize, &'d Entry)>> {
        if !matches!(self.doc.node(mapping).kind, Kind::Mapping(_)) {
            return None;
        }
        let entries = self.doc.entries(mapping).iter().enumerate();
        let mut named = entries.filter(|(_, entry)| self.doc.text(entry.key) == Some(key));
        let Some((place, entry)) = named.next() else {
            return Some(None);
        };
        let is_one = entry.merged.is_none() && named.all(|(_, other)| other.merged.is_some());
        is_one.then_some(Some((place, entry)))
    }

    /// All nodes from one on.
    fn nodes_from(&self, node: NodeId) -> impl Iterator<Item = NodeId> + use<'_> {
        (node.index()..self.doc.len()).map(NodeId::nth)
    }

    /// The nodes below one, itself included.
    fn nodes_in(&self, node: NodeId) -> impl Iterator<Item = NodeId> + use<'_> {
        let end = self.doc.span(node).end;
        self.nodes_from(node)
            .take_while(move |other| self.doc.span(*other).start <= end)
            .filter(move |other| self.is_within(*other, node))
    }

    fn is_within(&self, node: NodeId, outer: NodeId) -> bool {
        let mut at = Some(node);
        while let Some(id) = at.filter(|id| *id >= outer) {
            if id == outer {
                return true;
            }
            at = self.doc.node(id).parent;
        }
        false
    }

    /// Whether nothing in a value has an anchor, so that it can go without anybody missing it.
    fn is_free(&self, node: NodeId) -> bool {
        self.nodes_in(node)
            .all(|id| self.doc.node(id).anchor.is_none())
    }

    fn has_comment(&self, span: Span) -> bool {
        let comments = self.doc.comments();
        let first = comments.partition_point(|comment| comment.end <= span.start);
        comments
            .get(first)
            .is_some_and(|comment| comment.start < span.end)
    }

    /// Whether a collection stands between brackets.
    fn is_flow(&self, node: NodeId) -> bool {
        let text = self.doc.source().slice(self.doc.span(node));
        text.starts_with(['[', '{'])
    }
}
