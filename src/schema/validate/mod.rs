//! Holds a document against its shapes: every error at once, and what must not be trusted after.
//!
//! A healthy document costs one look-up for each key and nothing on the heap. The recursion is as
//! deep as the document with its aliases written out, which the parser bounds
//! ([`limits::NESTING`](crate::yaml::limits::NESTING)); what stands behind an alias is held against
//! each shape once.

mod advice;
mod bounds;
mod faults;
mod form;
mod hide;
mod layout;
mod poison;
mod report;
mod secret;
mod wording;

use std::collections::{HashMap, HashSet};

pub(crate) use form::{is_email, is_url};
pub use hide::hide;
pub(crate) use hide::{blotted_by_line, hide_by_line};
pub use layout::Layout;
pub use poison::Poison;
pub(crate) use report::too_many;
pub(crate) use secret::is_secret;

use crate::diagnostic::Diagnostic;
use crate::schema::{Extra, Field, Shape, ShapeId, Shapes};
use crate::source::Span;
use crate::yaml::{Document, Kind, NodeId, Scalar, Value};

/// What is wrong with the shape of a document.
#[derive(Debug, Default)]
pub struct Validation {
    /// The errors: `schema/…`, in the order in which they were found.
    pub diagnostics: Vec<Diagnostic>,
    /// The nodes that they are about, one for each.
    pub nodes: Vec<NodeId>,
    /// What must not be judged.
    pub poison: Poison,
    /// Where the fields of each mapping stand.
    pub layout: Layout,
    /// The places of values that look like secrets. The labels here already point into a source
    /// that does not show them; [`hide`] does the same for other diagnostics of the file.
    pub secrets: Vec<Span>,
}

/// Holds a node and all below it against a shape.
pub fn validate(doc: &Document, root: NodeId, shapes: &Shapes, at: ShapeId) -> Validation {
    let mut walker = Walker {
        doc,
        shapes,
        found: Validation {
            poison: Poison::new(doc),
            layout: Layout::new(doc),
            ..Validation::default()
        },
        reported: HashMap::new(),
        seen: Seen::default(),
        is_full: false,
    };
    walker.visit(
        Place {
            node: root,
            key: None,
            via: None,
        },
        at,
    );
    let mut found = walker.found;
    found.poison.settle(doc);
    hide(&mut found.diagnostics, doc.source(), &found.secrets);
    found
}

/// A node, and how it was reached.
#[derive(Clone, Copy)]
struct Place {
    node: NodeId,
    /// The nearest key above.
    key: Option<NodeId>,
    /// The last alias on the way.
    via: Option<NodeId>,
}

/// Pairs of a node and a shape. Nearly every node meets one shape only, so that one has a slot.
#[derive(Default)]
struct Seen {
    /// For each node the first shape it met; empty until there is one.
    first: Vec<Option<ShapeId>>,
    more: HashSet<(NodeId, ShapeId)>,
}

impl Seen {
    /// Adds a pair; returns whether it is new.
    fn insert(&mut self, doc: &Document, node: NodeId, id: ShapeId) -> bool {
        if self.first.is_empty() {
            self.first.resize(doc.len(), None);
        }
        match &mut self.first[node.index()] {
            Some(first) if *first == id => false,
            Some(_) => self.more.insert((node, id)),
            slot => {
                *slot = Some(id);
                true
            }
        }
    }
}

struct Walker<'d> {
    doc: &'d Document,
    shapes: &'d Shapes,
    found: Validation,
    /// What has been reported, with its place among the diagnostics: what stands behind an alias
    /// is reported once.
    reported: HashMap<report::Fault, usize>,
    /// Anchored nodes, and collections behind aliases, that have been held against a shape.
    seen: Seen,
    /// Whether [`limits::PROBLEMS`](crate::yaml::limits::PROBLEMS) errors were found and the rest is left.
    is_full: bool,
}

impl<'d> Walker<'d> {
    fn visit(&mut self, mut at: Place, id: ShapeId) {
        if let Kind::Alias(target) = self.doc.node(at.node).kind {
            at.via = Some(at.node);
            at.node = target;
        }
        let node = self.doc.node(at.node);
        let is_collection = !matches!(node.kind, Kind::Scalar(..));
        let again = node.anchor.is_some() || (at.via.is_some() && is_collection);
        if self.is_full || (again && !self.seen.insert(self.doc, at.node, id)) {
            return;
        }
        match (self.shapes.get(id), &node.kind) {
            (Shape::Any, _) => self.free(at.node),
            (Shape::Bool, Kind::Scalar(_, Scalar::Bool(_), _)) => {}
            (Shape::Int { min, max }, Kind::Scalar(_, Scalar::Int(value), _)) => {
                self.integer(at, id, *value, (*min, *max));
            }
            #[expect(
                clippy::cast_precision_loss,
                reason = "a bound is a double, and so is the number once a rule reads it"
            )]
            (Shape::Float(interval), Kind::Scalar(_, Scalar::Int(value), _)) => {
                self.number(at, id, *value as f64, *interval);
            }
            (Shape::Float(interval), Kind::Scalar(_, Scalar::Float(value), _)) => {
                self.number(at, id, *value, *interval);
            }
            (Shape::String { .. }, Kind::Scalar(_, Scalar::Str, _)) => {
                let text = self.doc.text(at.node).unwrap_or_default();
                self.string(at, id, text);
            }
            (Shape::List { .. }, Kind::Sequence(_)) => self.list(at, id),
            (Shape::Object { .. }, Kind::Mapping(_)) => self.object(at, id),
            (Shape::Either(choices), _) => self.either(at, id, choices),
            _ => self.wrong_type(at, id),
        }
    }

    fn list(&mut self, at: Place, id: ShapeId) {
        let Shape::List {
            item,
            length,
            unique,
        } = self.shapes.get(id)
        else {
            return;
        };
        for node in self.doc.items(at.node) {
            self.visit(Place { node: *node, ..at }, *item);
        }
        self.list_length(at, id, *length);
        if *unique {
            self.unique(at, id);
        }
    }

    fn string(&mut self, at: Place, id: ShapeId, text: &str) {
        let Shape::String {
            format,
            values,
            pattern,
            length,
        } = self.shapes.get(id)
        else {
            return;
        };
        if !values.is_empty() {
            if !values.iter().any(|value| value == text) {
                self.not_a_value(at, id, values);
            }
        } else if let Some(misfit) = form::check(*format, text) {
            self.bad_value(at, id, misfit);
        } else if let Some(pattern) = pattern.as_ref().filter(|pattern| !pattern.is_match(text)) {
            self.not_matching(at, id, pattern, text);
        } else {
            self.text_length(at, id, text, *length);
        }
    }

    fn object(&mut self, at: Place, id: ShapeId) {
        let Shape::Object {
            fields,
            some_of,
            extra,
            ..
        } = self.shapes.get(id)
        else {
            return;
        };
        let mut unknown = Vec::new();
        let slots = self.found.layout.open(at.node, id, fields.len());
        for place in self.doc.entry_range(at.node) {
            let entry = self.doc.entry(place);
            let inner = Place {
                node: entry.value,
                key: Some(entry.key),
                via: entry.merged.or(at.via),
            };
            // A key that is no text has its diagnostic from the parser.
            let Some(key) = self.doc.text(entry.key) else {
                self.free(entry.value);
                continue;
            };
            match self.shapes.place_hashed(id, key, entry.hash) {
                Some(field) => {
                    if let Some(begin) = slots {
                        self.found.layout.note(begin, field, place);
                    }
                    self.visit(inner, fields[field].shape);
                }
                None if self.is_allowed(inner, key, *extra) => {}
                None => unknown.push(inner),
            }
        }
        let meant = if unknown.is_empty() {
            Vec::new()
        } else {
            self.unknown_keys(at, id, &unknown)
        };
        for field in fields.iter().filter(|field| field.required) {
            if self.is_absent(at.node, field) && !meant.contains(&&*field.name) {
                self.missing(at, id, &[&field.name]);
            }
        }
        let is_there =
            |name: &String| meant.contains(&&**name) || self.doc.get(at.node, name).is_some();
        if !some_of.is_empty() && !some_of.iter().any(is_there) {
            let names: Vec<_> = some_of.iter().map(|name| &**name).collect();
            self.missing(at, id, &names);
        }
    }

    fn is_absent(&self, mapping: NodeId, field: &Field) -> bool {
        self.doc
            .get_hashed(mapping, &field.name, field.hash)
            .is_none()
    }

    /// Whether an entry whose key is no field may stand here; what it holds is looked at all the same.
    fn is_allowed(&mut self, at: Place, key: &str, extra: Extra) -> bool {
        let shape = match extra {
            Extra::Any(shape) => Some(shape),
            Extra::Closed | Extra::Extensions => None,
        };
        let is_free = shape.is_none_or(|shape| matches!(self.shapes.get(shape), Shape::Any));
        let holds_text = !matches!(
            self.doc.value(at.node),
            Value::Null | Value::Bool(_) | Value::Sequence | Value::Mapping
        );
        if (is_free || holds_text) && is_secret(key) {
            self.secret(at);
            return true;
        }
        match shape {
            Some(shape) => self.visit(at, shape),
            None => self.free(at.node),
        }
        shape.is_some() || (extra == Extra::Extensions && key.starts_with("x-"))
    }

    /// Values of any shape: only secrets are out of place. What an alias stands for is met where it
    /// stands itself.
    fn free(&mut self, node: NodeId) {
        if self.is_full || matches!(self.doc.node(node).kind, Kind::Alias(_)) {
            return;
        }
        for entry in self.doc.entries(node) {
            if entry.merged.is_some() {
                continue;
            }
            if self.doc.text(entry.key).is_some_and(is_secret) {
                self.secret(Place {
                    node: entry.value,
                    key: Some(entry.key),
                    via: None,
                });
            } else {
                self.free(entry.value);
            }
        }
        for item in self.doc.items(node) {
            self.free(*item);
        }
    }

    fn either(&mut self, at: Place, id: ShapeId, choices: &'d [ShapeId]) {
        let fits = |choice: &&ShapeId| {
            matches!(
                (self.shapes.get(**choice), self.doc.value(at.node)),
                (Shape::Bool, Value::Bool(_))
                    | (Shape::Int { .. } | Shape::Float(_), Value::Int(_))
                    | (Shape::Float(_), Value::Float(_))
                    | (Shape::String { .. }, Value::Str(_))
                    | (Shape::List { .. }, Value::Sequence)
                    | (Shape::Object { .. }, Value::Mapping)
            )
        };
        match choices.iter().find(fits) {
            Some(choice) => self.visit(at, *choice),
            None => self.wrong_type(at, id),
        }
    }
}
