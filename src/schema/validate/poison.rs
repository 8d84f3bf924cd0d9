//! Which values of a document must not be trusted, and why.

use std::collections::HashMap;

use crate::work;
use crate::yaml::{Document, Kind, NodeId};

/// The values that a rule must not judge: it is *not evaluated* where it touches one of them.
///
/// Poisoned are values with a shape error, values that the parser marked
/// ([`Document::flawed`]), and absent fields whose absence has a diagnostic: required ones, and ones
/// that an unknown key probably meant. What contains a poisoned value is not poisoned itself: the
/// length of a list is right even if one item is not.
///
/// All questions take an alias as well as the node it stands for, and answer the same for both.
#[derive(Clone, Debug, Default)]
pub struct Poison {
    /// One bit for each node of the document; empty if no node is poisoned.
    nodes: Vec<u64>,
    causes: HashMap<NodeId, usize>,
    fields: HashMap<NodeId, Vec<(Box<str>, usize)>>,
    /// Mappings of which a merge key led nowhere, so that any absent field may have been meant.
    gaps: Vec<NodeId>,
    /// Each alias with its target, in order; filled only if something is poisoned.
    aliases: Vec<(NodeId, NodeId)>,
    /// The diagnostic that says that the document was not checked to its end.
    everything: Option<usize>,
}

impl Poison {
    /// What the parser already distrusts.
    pub(super) fn new(doc: &Document) -> Self {
        let mut poison = Self::default();
        for node in doc.flawed() {
            poison.mark(doc, *node);
            poison.gaps.extend(gap(doc, *node));
        }
        poison.gaps.sort_unstable();
        poison
    }

    fn mark(&mut self, doc: &Document, node: NodeId) {
        if self.nodes.is_empty() {
            self.nodes.resize(doc.len().div_ceil(64), 0);
        }
        let index = doc.resolve(node).index();
        self.nodes[index / 64] |= 1 << (index % 64);
    }

    /// Poisons a node; of several causes the first one stays.
    pub(super) fn add_node(&mut self, doc: &Document, node: NodeId, cause: usize) {
        self.mark(doc, node);
        self.causes.entry(doc.resolve(node)).or_insert(cause);
    }

    /// Poisons an absent field of a mapping.
    pub(super) fn add_field(&mut self, mapping: NodeId, name: &str, cause: usize) {
        let fields = self.fields.entry(mapping).or_default();
        if !fields.iter().any(|(known, _)| **known == *name) {
            fields.push((name.into(), cause));
        }
    }

    /// Poisons the whole document.
    pub(super) fn add_everything(&mut self, cause: usize) {
        self.everything = Some(cause);
    }

    /// Notes the aliases, when all poison is in.
    pub(super) fn settle(&mut self, doc: &Document) {
        if self.is_empty() {
            return;
        }
        let ids = (0..doc.len()).filter_map(|index| u32::try_from(index).ok());
        self.aliases = ids
            .map(NodeId::at)
            .filter_map(|id| match doc.node(id).kind {
                Kind::Alias(target) => Some((id, target)),
                _ => None,
            })
            .collect();
    }

    /// Whether the parser marked a node, which is no alias.
    pub(super) fn is_flawed(&self, node: NodeId) -> bool {
        self.is_node(node) && !self.causes.contains_key(&node)
    }

    /// Whether nothing at all is poisoned.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.fields.is_empty() && self.everything.is_none()
    }

    /// Whether a node's value is poisoned.
    pub fn is_node(&self, node: NodeId) -> bool {
        if self.everything.is_some() {
            return true;
        }
        if self.nodes.is_empty() {
            return false;
        }
        let index = self.resolve(node).index();
        self.nodes
            .get(index / 64)
            .is_some_and(|word| word & (1 << (index % 64)) != 0)
    }

    /// Whether the absence of a field from a mapping is poisoned. Of a field that is there, ask
    /// [`Poison::is_node`] about its value.
    pub fn field(&self, mapping: NodeId, name: &str) -> bool {
        if self.is_empty() {
            return false;
        }
        self.everything.is_some()
            || self.field_cause(mapping, name).is_some()
            || self.gaps.binary_search(&self.resolve(mapping)).is_ok()
    }

    /// The place in [`Validation::diagnostics`](super::Validation::diagnostics) of the error that
    /// poisoned a node; `None` if it is not poisoned or if the parser's diagnostics hold the error.
    pub fn cause(&self, node: NodeId) -> Option<usize> {
        let cause = self.causes.get(&self.resolve(node)).copied();
        cause.or(self.everything)
    }

    /// The same for the absence of a field from a mapping.
    pub fn field_cause(&self, mapping: NodeId, name: &str) -> Option<usize> {
        let fields = self.fields.get(&self.resolve(mapping));
        let field = fields.and_then(|fields| fields.iter().find(|(known, _)| **known == *name));
        field.map(|(_, cause)| *cause).or(self.everything)
    }

    fn resolve(&self, node: NodeId) -> NodeId {
        self.aliases
            .binary_search_by_key(&node, |(alias, _)| *alias)
            .map_or(node, |at| self.aliases[at].1)
    }
}

/// The mapping whose merge key a flawed node belongs to, if it does: merge keys are no entries.
fn gap(doc: &Document, flawed: NodeId) -> Option<NodeId> {
    let mut child = flawed;
    let mut mapping = doc.node(child).parent?;
    if let Kind::Sequence(_) = doc.node(mapping).kind {
        child = mapping;
        mapping = doc.node(mapping).parent?;
    }
    // Its own entries stand first, in the order of their nodes.
    let entries = doc.entries(mapping);
    let own = entries.partition_point(|entry| entry.merged.is_none());
    let behind = entries[..own].partition_point(|entry| {
        work::count(1);
        entry.key <= child
    });
    let is_entry = |child: NodeId| {
        let entry = behind.checked_sub(1).map(|place| &entries[place]);
        entry.is_some_and(|entry| entry.key == child || entry.value == child)
    };
    let is_mapping = matches!(doc.node(mapping).kind, Kind::Mapping(_));
    (is_mapping && !is_entry(child)).then_some(mapping)
}
