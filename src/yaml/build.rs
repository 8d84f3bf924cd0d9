//! Builds the arena of a document from the parser's events, without recursion.
//!
//! Nodes are pushed in the order in which they begin. The children of all open collections stand on
//! one stack and move into the document's items or entries when their collection closes, so a node
//! costs no allocation of its own.

use std::sync::Arc;

use granit_parser::{Event, StructureStyle, Tag};

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span, to_offset};
use crate::yaml::anchors::Anchors;
use crate::yaml::syntax::{Block, Site};
use crate::yaml::{Document, Kind, Node, NodeId, Scalar, limits, scalar, tags};

/// A breached limit. It ends the parsing of the file.
pub(super) type Breach = Box<Diagnostic>;

/// The range of a collection that is still open; only an alias inside its own anchor can meet it.
const OPEN: u32 = u32::MAX;

/// The tree of the document at hand, and what is open in it.
pub(super) struct Builder<'s> {
    pub(super) source: &'s Arc<Source>,
    pub(super) doc: Document,
    pub(super) pending: Vec<NodeId>,
    pub(super) anchors: Anchors,
    /// How many entries merge keys have brought into this document.
    pub(super) merged: usize,
    pub(super) frames: Vec<Frame>,
    diagnostics: Vec<Diagnostic>,
    problems: usize,
    /// How many nodes the next document probably has.
    expected: usize,
    /// How many nodes and comments the documents before this one have.
    spent: usize,
    /// Where the last node ends; the indicator of the next one stands behind it.
    pub(super) last_end: u32,
    root: Option<NodeId>,
}

/// An open collection.
pub(super) struct Frame {
    node: NodeId,
    /// Where its children begin on the stack of pending nodes.
    pub(super) first: usize,
    /// [`Anchors::aliased`] when it opened.
    aliased: u64,
    /// How many levels it has, itself included and aliases written out.
    height: usize,
    pub(super) is_mapping: bool,
    /// Whether it has brackets of its own.
    is_enclosed: bool,
}

impl<'s> Builder<'s> {
    pub(super) fn new(source: &'s Arc<Source>) -> Self {
        // A node stands for at least 8 bytes of an ordinary file. The cap keeps a file of one huge
        // scalar from reserving for millions.
        let nodes = (source.text().len() / 8).min(1 << 16);
        Self {
            source,
            doc: empty(source),
            pending: Vec::with_capacity(64),
            anchors: Anchors::default(),
            merged: 0,
            frames: Vec::with_capacity(16),
            diagnostics: Vec::new(),
            problems: 0,
            expected: nodes,
            spent: 0,
            last_end: 0,
            root: None,
        }
    }

    /// Takes in one event; a document comes out with its last one.
    pub(super) fn event(
        &mut self,
        event: Event<'_>,
        at: &granit_parser::Span,
    ) -> Result<Option<Document>, Breach> {
        let span = convert(at);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let bare = anchor == 0 && tag.is_none();
                let is_key = self
                    .frames
                    .last()
                    .is_some_and(|open| self.is_key_next(open));
                let id = self.scalar(text, style, span, bare)?;
                self.tag(id, tag.as_deref(), at)?;
                // A key is a text, whatever it looks like.
                if !is_key {
                    self.number(id, tag.as_deref())?;
                }
            }
            Event::SequenceStart(style, _, tag) => {
                let start = self.sequence_start(span.start);
                let enclosed = style == StructureStyle::Flow;
                let id = self.open(false, enclosed, Span::new(start, span.end.max(start)))?;
                self.tag(id, tag.as_deref(), at)?;
            }
            Event::MappingStart(style, _, tag) => {
                // A single pair in a flow sequence has no braces.
                let enclosed = style == StructureStyle::Flow && self.source.slice(span) == "{";
                let id = self.open(true, enclosed, span)?;
                self.tag(id, tag.as_deref(), at)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span.end)?,
            Event::Anchor(id, _) => self.anchor(id, span),
            Event::Alias(id) => self.alias(id, span)?,
            Event::UnresolvedAlias(name) => self.unknown_alias(&name, span)?,
            Event::Comment(..) => self.comment(span)?,
            Event::DocumentStart(explicit, _) => {
                self.last_end = if explicit { span.end } else { span.start };
                self.doc.nodes.reserve(self.expected);
                self.doc.entries.reserve(self.expected / 2);
            }
            Event::DocumentEnd => return Ok(self.finish()),
            _ => {}
        }
        Ok(None)
    }

    fn tag(
        &mut self,
        id: NodeId,
        tag: Option<&Tag>,
        at: &granit_parser::Span,
    ) -> Result<(), Breach> {
        let (Some(tag), Some(span)) = (tag, at.tag_span()) else {
            return Ok(());
        };
        let span = convert(&span);
        self.doc.nodes[id.index()].tag = Some(span);
        if let Some(problem) = tags::apply(&mut self.doc, id, tag) {
            self.doc.flawed.push(id);
            self.report(problem)?;
        }
        Ok(())
    }

    /// Reports a number that is not what is written. Whoever tags an integer as a float wants one.
    fn number(&mut self, id: NodeId, tag: Option<&Tag>) -> Result<(), Breach> {
        let Kind::Scalar(_, Scalar::Float(value), content) = &self.doc.node(id).kind else {
            return Ok(());
        };
        let is_float = tag.and_then(Tag::core_suffix) == Some("float");
        let text = self.doc.content(content);
        if scalar::is_kept(text, *value, is_float) {
            return Ok(());
        }
        let problem = limits::too_great(self.source, self.doc.span(id));
        self.doc.flawed.push(id);
        self.report(problem)
    }

    fn anchor(&mut self, id: usize, span: Span) {
        if let Some(node) = self.doc.nodes.last_mut() {
            node.anchor = Some(span);
            let node = NodeId::at(to_offset(self.doc.nodes.len() - 1));
            self.anchors.define(id, node, span);
        }
    }

    /// Whether a node is a collection that has not ended.
    pub(super) fn is_open(&self, id: NodeId) -> bool {
        match &self.doc.node(id).kind {
            Kind::Sequence(range) | Kind::Mapping(range) => range.start == OPEN,
            _ => false,
        }
    }

    pub(super) fn push(&mut self, kind: Kind, span: Span) -> Result<NodeId, Breach> {
        self.spend(span)?;
        let id = NodeId::at(to_offset(self.doc.nodes.len()));
        self.doc.nodes.push(Node {
            kind,
            span,
            parent: self.frames.last().map(|frame| frame.node),
            anchor: None,
            tag: None,
        });
        if self.frames.is_empty() {
            self.root = Some(id);
        } else {
            self.pending.push(id);
        }
        self.last_end = self.last_end.max(span.end);
        Ok(id)
    }

    fn spend(&self, span: Span) -> Result<(), Breach> {
        if self.spent + self.doc.nodes.len() + self.doc.comments.len() >= limits::NODES {
            return Err(Box::new(limits::too_many_nodes(self.source, span)));
        }
        Ok(())
    }

    fn open(&mut self, is_mapping: bool, is_enclosed: bool, span: Span) -> Result<NodeId, Breach> {
        if self.is_too_deep(1) {
            return Err(Box::new(limits::too_deep(self.source, span)));
        }
        let kind = if is_mapping {
            Kind::Mapping(OPEN..OPEN)
        } else {
            Kind::Sequence(OPEN..OPEN)
        };
        // What follows is found from the start of a block collection, from behind an opening bracket.
        let end = if is_enclosed { span.end } else { span.start };
        let node = self.push(kind, Span::new(span.start, end))?;
        self.frames.push(Frame {
            node,
            first: self.pending.len(),
            aliased: self.anchors.aliased,
            height: 1,
            is_mapping,
            is_enclosed,
        });
        Ok(node)
    }

    fn close(&mut self, given: u32) -> Result<(), Breach> {
        let Some(frame) = self.frames.pop() else {
            return Ok(());
        };
        let kind = if frame.is_mapping {
            Kind::Mapping(self.close_mapping(frame.first)?)
        } else {
            let start = to_offset(self.doc.items.len());
            self.doc.items.extend(self.pending.drain(frame.first..));
            Kind::Sequence(start..to_offset(self.doc.items.len()))
        };
        self.pending.truncate(frame.first);
        if frame.is_enclosed {
            self.last_end = self.last_end.max(given);
        }
        let count = self.doc.nodes.len();
        let node = &mut self.doc.nodes[frame.node.index()];
        node.kind = kind;
        node.span.end = self.last_end.max(node.span.start);
        if node.anchor.is_some() {
            let inside = (count - frame.node.index()) as u64;
            let aliased = self.anchors.aliased.saturating_sub(frame.aliased);
            let weight = inside.saturating_add(aliased);
            self.anchors.weigh(frame.node, weight, frame.height);
        }
        self.raise(frame.height);
        Ok(())
    }

    /// Notes that the innermost open collection holds something with so many levels.
    pub(super) fn raise(&mut self, height: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.height = frame.height.max(height + 1);
        }
    }

    /// Whether something with so many levels is too deep here.
    pub(super) fn is_too_deep(&self, height: usize) -> bool {
        self.frames.len() + height > limits::NESTING
    }

    fn comment(&mut self, span: Span) -> Result<(), Breach> {
        self.spend(span)?;
        // A comment behind a block scalar's header comes after the scalar.
        let at = self.doc.comments.partition_point(|other| *other < span);
        self.doc.comments.insert(at, span);
        Ok(())
    }

    /// Keeps a diagnostic of this document.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) -> Result<(), Breach> {
        self.problems += 1;
        if self.problems > limits::PROBLEMS {
            let span = diagnostic
                .labels
                .first()
                .map_or(Span::default(), |l| l.span);
            return Err(Box::new(limits::too_many_problems(self.source, span)));
        }
        self.diagnostics.push(diagnostic);
        Ok(())
    }

    fn finish(&mut self) -> Option<Document> {
        let root = self.root.take()?;
        self.expected = self.doc.nodes.len();
        let mut document = std::mem::replace(&mut self.doc, empty(self.source));
        document.root = root;
        self.doc.number = document.number + 1;
        self.spent += document.nodes.len() + document.comments.len();
        self.anchors.clear();
        self.merged = 0;
        Some(document)
    }

    /// The comments that no document has taken in yet.
    pub(super) fn take_comments(&mut self) -> Vec<Span> {
        std::mem::take(&mut self.doc.comments)
    }

    /// What was found wrong in the document that just ended.
    pub(super) fn take_diagnostics(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.diagnostics)
    }

    /// What a syntax error can be explained with.
    pub(super) fn site(&self) -> Site<'s> {
        let start = |frame: &Frame| self.doc.span(frame.node).start;
        let enclosed = self.frames.iter().filter(|frame| frame.is_enclosed);
        Site {
            source: self.source,
            brackets: enclosed.map(start).collect(),
            block: self
                .frames
                .iter()
                .rfind(|frame| !frame.is_enclosed)
                .map(|frame| Block {
                    start: start(frame),
                    is_mapping: frame.is_mapping,
                }),
            last: self
                .doc
                .nodes
                .last()
                .map_or(Span::default(), |node| node.span),
            last_end: self.last_end,
        }
    }
}

fn empty(source: &Arc<Source>) -> Document {
    Document {
        source: Arc::clone(source),
        number: 0,
        nodes: Vec::new(),
        items: Vec::new(),
        entries: Vec::new(),
        comments: Vec::new(),
        root: NodeId::at(0),
        flawed: Vec::new(),
    }
}

fn convert(span: &granit_parser::Span) -> Span {
    let start = span.start.byte_offset().unwrap_or(0);
    let end = span.end.byte_offset().unwrap_or(start);
    Span::new(to_offset(start), to_offset(end))
}
