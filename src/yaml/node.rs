//! The spanned tree of one YAML document: an arena of nodes, each with the exact bytes it stands on.
//!
//! Aliases stay links to the anchored node, so no input can grow the tree beyond its own text.
//! Merge keys (`<<`) are already resolved into the entries of the mapping that uses them.

use std::num::NonZeroU32;
use std::ops::Range;
use std::sync::Arc;

use crate::source::{Source, Span, to_offset};

/// A node of one [`Document`], by its place in the arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(NonZeroU32);

impl NodeId {
    /// The node at a place of the arena. Counted from 1 inside, so that `Option<NodeId>` is as small.
    pub(crate) const fn at(index: u32) -> Self {
        Self(NonZeroU32::MIN.saturating_add(index))
    }

    /// The node at a place of a table beside the arena.
    pub(crate) fn nth(index: usize) -> Self {
        Self::at(to_offset(index))
    }

    /// The place in the arena, for tables beside it.
    pub const fn index(self) -> usize {
        (self.0.get() - 1) as usize
    }
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// `'…'`.
    Single,
    /// `"…"`.
    Double,
    /// `|`.
    Literal,
    /// `>`.
    Folded,
}

/// What a scalar means under the YAML 1.2 core schema (YAML 1.2.2, section 10.3.2): `no`, `on` and
/// `2018-07-10` are strings; a quoted or block scalar is always a string.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Decimal, `0o…` or `0x…`, if it fits.
    Int(i64),
    /// A number with a fraction or an exponent, `.inf`, `.nan`, or an integer beyond `i64`.
    Float(f64),
    /// Everything else.
    Str,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A scalar: its style, meaning, and text after unescaping and folding.
    Scalar(Style, Scalar, Content),
    /// A sequence, by its range in the document's items.
    Sequence(Range<u32>),
    /// A mapping, by its range in the document's entries.
    Mapping(Range<u32>),
    /// `*name`: another place where the anchored node stands.
    Alias(NodeId),
}

/// A scalar's text.
#[derive(Clone, Debug)]
pub enum Content {
    /// Exactly these bytes of the source.
    Verbatim(Span),
    /// Text that differs from the source by escapes or folding.
    Decoded(Box<str>),
}

/// One node.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The bytes it stands on: quotes and brackets included, anchor, tag and block header excluded;
    /// a block collection ends where its last child ends. A literal or folded scalar stands on its
    /// content, from the first character to the last one that is no white space, and on its header if
    /// it has none; a value that is not there has an empty span behind the indicator that promises it.
    pub span: Span,
    /// The collection that it stands in; the key's mapping for a key.
    pub parent: Option<NodeId>,
    /// The bytes of `&name`, if it carries an anchor.
    pub anchor: Option<Span>,
    /// The bytes of `!tag`, if it carries one.
    pub tag: Option<Span>,
}

/// One entry of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The key's node. It has no [`Document::text`] when it is a collection, which is reported as
    /// `yaml/key`.
    pub key: NodeId,
    /// The value's node.
    pub value: NodeId,
    /// For an entry that a merge key brought in: the alias node behind `<<`.
    pub merged: Option<NodeId>,
    /// [`key_hash`] of the key's text.
    pub(crate) hash: u32,
}

/// A value of the tree with aliases followed: what rules and schemas look at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'doc> {
    /// Nothing, `~`, `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A string.
    Str(&'doc str),
    /// A sequence; its items are at [`Document::items`].
    Sequence,
    /// A mapping; its entries are at [`Document::entries`].
    Mapping,
}

/// One YAML document: its source, its tree and its comments.
#[derive(Clone, Debug)]
pub struct Document {
    pub(super) source: Arc<Source>,
    pub(super) number: u32,
    pub(super) nodes: Vec<Node>,
    pub(super) items: Vec<NodeId>,
    pub(super) entries: Vec<Entry>,
    pub(super) comments: Vec<Span>,
    pub(super) root: NodeId,
    pub(super) flawed: Vec<NodeId>,
}

impl Document {
    /// The source that every span of this document points into.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// Its number among the documents of its source, from 0.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The top node.
    pub fn root(&self) -> NodeId {
        self.root
    }

    /// How many nodes there are; every [`NodeId::index`] is below.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node at all; never true for a parsed document.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// One node.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The bytes that a node stands on.
    pub fn span(&self, id: NodeId) -> Span {
        self.node(id).span
    }

    /// The spans of all comments, `#` included, in order.
    pub fn comments(&self) -> &[Span] {
        &self.comments
    }

    /// Nodes that carry a flaw found while parsing, so that no verdict can rest on them: the values
    /// of a duplicated key, of which none can be trusted; an alias without an anchor or inside its own
    /// (a null in the tree); a collection that stands as a key, and its value; a scalar or collection
    /// that its tag does not fit; what `<<` cannot merge. Each has its diagnostic.
    pub fn flawed(&self) -> &[NodeId] {
        &self.flawed
    }

    /// The node itself, or the anchored node that an alias stands for.
    #[inline]
    pub fn resolve(&self, id: NodeId) -> NodeId {
        match self.node(id).kind {
            Kind::Alias(target) => target,
            _ => id,
        }
    }

    /// What a node means, aliases followed.
    pub fn value(&self, id: NodeId) -> Value<'_> {
        self.meaning(self.resolve(id))
    }

    /// What a node that is no alias means.
    #[inline]
    pub(crate) fn meaning(&self, id: NodeId) -> Value<'_> {
        match &self.node(id).kind {
            Kind::Scalar(_, scalar, content) => match scalar {
                Scalar::Null => Value::Null,
                Scalar::Bool(value) => Value::Bool(*value),
                Scalar::Int(value) => Value::Int(*value),
                Scalar::Float(value) => Value::Float(*value),
                Scalar::Str => Value::Str(self.content(content)),
            },
            Kind::Sequence(_) => Value::Sequence,
            Kind::Mapping(_) | Kind::Alias(_) => Value::Mapping,
        }
    }

    /// The bytes of what a node says if it means text, aliases followed.
    #[inline]
    pub(crate) fn said(&self, id: NodeId) -> Option<&[u8]> {
        match &self.meant(id).kind {
            Kind::Scalar(_, Scalar::Str, Content::Verbatim(span)) => {
                self.source.text().as_bytes().get(span.range())
            }
            Kind::Scalar(_, Scalar::Str, Content::Decoded(text)) => Some(text.as_bytes()),
            _ => None,
        }
    }

    /// The items of a sequence, aliases followed; `None` for anything else.
    #[inline]
    pub(crate) fn sequence(&self, id: NodeId) -> Option<&[NodeId]> {
        match &self.meant(id).kind {
            Kind::Sequence(range) => self.items.get(range.start as usize..range.end as usize),
            _ => None,
        }
    }

    /// A node, or the one that it is an alias of.
    #[inline]
    fn meant(&self, id: NodeId) -> &Node {
        let node = self.node(id);
        match node.kind {
            Kind::Alias(target) => self.node(target),
            _ => node,
        }
    }

    /// The range of a mapping's entries among all entries of the document.
    pub(crate) fn entry_range(&self, mapping: NodeId) -> Range<u32> {
        match &self.node(self.resolve(mapping)).kind {
            Kind::Mapping(range) => range.clone(),
            _ => 0..0,
        }
    }

    /// An entry, by its place among all entries of the document.
    pub(crate) fn entry(&self, place: u32) -> &Entry {
        &self.entries[place as usize]
    }

    /// The text of a scalar of any type, as written after unescaping; `None` for a collection.
    pub fn text(&self, id: NodeId) -> Option<&str> {
        match &self.node(self.resolve(id)).kind {
            Kind::Scalar(_, _, content) => Some(self.content(content)),
            _ => None,
        }
    }

    #[inline]
    pub(super) fn content<'a>(&'a self, content: &'a Content) -> &'a str {
        match content {
            Content::Verbatim(span) => self.source.slice(*span),
            Content::Decoded(text) => text,
        }
    }

    /// The items of a sequence, aliases followed; empty for anything else.
    pub fn items(&self, id: NodeId) -> &[NodeId] {
        self.sequence(id).unwrap_or(&[])
    }

    /// The entries of a mapping, aliases followed, merged ones behind its own; empty for anything
    /// else. Of a duplicated key all entries are here, the first one first.
    pub fn entries(&self, id: NodeId) -> &[Entry] {
        match &self.node(self.resolve(id)).kind {
            Kind::Mapping(range) => &self.entries[range.start as usize..range.end as usize],
            _ => &[],
        }
    }

    /// The entry of a mapping under a key.
    pub fn get(&self, mapping: NodeId, key: &str) -> Option<&Entry> {
        self.get_hashed(mapping, key, key_hash(key))
    }

    /// [`Document::get`] with the key's hash at hand.
    pub(crate) fn get_hashed(&self, mapping: NodeId, key: &str, hash: u32) -> Option<&Entry> {
        self.entries(mapping)
            .iter()
            .find(|entry| entry.hash == hash && self.text(entry.key) == Some(key))
    }
}

/// A small hash of a key (FNV-1a, 32 bits) by which look-ups pass over other keys without reading
/// them. Equality is always decided by the text.
pub(crate) const fn key_hash(key: &str) -> u32 {
    let bytes = key.as_bytes();
    let mut hash = 0x811c_9dc5_u32;
    let mut index = 0;
    while index < bytes.len() {
        hash = (hash ^ bytes[index] as u32).wrapping_mul(0x0100_0193);
        index += 1;
    }
    hash
}
