//! Keys of findings: what a rule looked at and what stands there, whatever the order and the layout of the file.
//!
//! A digest is over the variables of the rule and the scalar that the finding points at. Where elements of a list
//! decided, each has a digest of its own instead, so that what is left when one is mended can be told from what is
//! new. Where the schema says what tells a thing from others, that is in it as well. `suppress::place` says what
//! nodes are called and how texts are digested.

use crate::diagnostic::Key;
use crate::engine::finding::candidate;
use crate::expr::{Element, Machine, Program, Value, reach};
use crate::pack::Rule;
use crate::schema::{Shapes, Validation};
use crate::suppress::place::{Names, digest, meaning, path};
use crate::text::Text;
use crate::yaml::{Document, NodeId};

/// What a document is called: its kind and its `id`.
pub(super) fn document(doc: &Document) -> String {
    let text = |key: &str| doc.get(doc.root(), key).and_then(|e| doc.text(e.value));
    let kind = text("kind").unwrap_or_default();
    match text("id") {
        Some(id) => format!("{kind}/{id}"),
        None => kind.to_owned(),
    }
}

/// Returns the names of the nodes in the document that a machine holds for a rule.
pub(super) fn names<'a>(rule: &'a Rule, machine: &Machine<'a>) -> Names<'a> {
    Names {
        doc: machine.doc,
        layout: &machine.validation.layout,
        shapes: &rule.kind.shapes,
    }
}

/// The key of a finding on an `assert` that is false. What a rule points at itself comes with whether it
/// only lacks something.
pub(super) fn of_assert<'a>(
    (rule, assert): (&'a Rule, &'a Program),
    machine: &mut Machine<'a>,
    pointed: Option<(NodeId, bool)>,
) -> Key {
    let names = names(rule, machine);
    let reach = reach(machine, assert, &|_, node| names.whole_path(node));
    let found = reach.evidence.into_iter().next();
    let primary = || found.or_else(|| candidate(machine));
    let primary = pointed.or_else(|| primary().map(|found| (found.node, found.lacks)));
    let doc = machine.doc;
    let (node, lacks) = primary.unwrap_or((doc.root(), true));
    let mut looked_at = variables(names, &machine.slots);
    looked_at.push("elements".to_owned());
    let elements = reach.elements.iter().map(|one| element(names, one));
    let elements = told_apart(elements.collect());
    if elements.is_empty() {
        stands(names, node, lacks, &mut looked_at);
    }
    Key {
        document: document(doc),
        path: path(doc, node),
        digest: digest(&looked_at),
        elements,
    }
}

/// The digest of an element: what it is called, what leads to it, and what decided in it.
fn element(names: Names<'_>, element: &Element<'_>) -> String {
    let chain = element.chain.iter();
    let mut looked_at: Vec<String> = chain.map(|value| variable(names, value)).collect();
    if let Some((node, lacks)) = element.cause {
        stands(names, node, lacks, &mut looked_at);
    }
    digest(&looked_at)
}

/// Sorted digests, each once: of what nothing tells apart, the second is digested anew, and so on.
fn told_apart(mut digests: Vec<String>) -> Vec<String> {
    digests.sort_unstable();
    let mut apart: Vec<String> = Vec::with_capacity(digests.len());
    let mut twins = 0;
    for (place, own) in digests.iter().enumerate() {
        let is_twin = place > 0 && digests[place - 1] == *own;
        twins = if is_twin { twins + 1 } else { 0 };
        apart.push(match twins {
            0 => own.clone(),
            _ => digest(&[own.clone(), twins.to_string()]),
        });
    }
    apart.sort_unstable();
    apart
}

/// What the variables of a rule stand for, one by one; the first is the document.
fn variables(names: Names<'_>, slots: &[Value<'_>]) -> Vec<String> {
    let of_rule = slots.iter().skip(1);
    of_rule.map(|value| variable(names, value)).collect()
}

fn variable(names: Names<'_>, value: &Value<'_>) -> String {
    let places = value.via.into_iter().chain(value.node);
    let mut places: Vec<String> = places.map(|node| names.whole_path(node)).collect();
    if places.is_empty() {
        places.extend(value.data.to_words());
    }
    places.join(" ")
}

/// Adds a place, and what stands there unless it only lacks something.
fn stands(names: Names<'_>, node: NodeId, lacks: bool, looked_at: &mut Vec<String>) {
    looked_at.push("place".to_owned());
    looked_at.push(names.whole_path(node));
    if !lacks {
        looked_at.extend(meaning(names.doc, node));
    }
}

/// The key of a finding on what several things share: what they share, and as its elements the things.
#[derive(Default)]
pub(super) struct SharedKey {
    shared: String,
    /// The document of each, what its variables stand for, in whole names, and the place as people read it.
    things: Vec<(String, Vec<String>, String)>,
}

impl SharedKey {
    /// Adds the variables of things that share a value in one document.
    pub(super) fn add<'s, 'a: 's>(
        &mut self,
        names: Names<'_>,
        shared: &str,
        things: impl Iterator<Item = &'s [Value<'a>]>,
    ) {
        shared.clone_into(&mut self.shared);
        let doc = names.doc;
        let name = document(doc);
        for slots in things {
            let node = slots
                .iter()
                .rev()
                .find_map(|value| value.via.or(value.node));
            let shown = path(doc, node.unwrap_or(doc.root()));
            let whole = variables(names, slots);
            self.things.push((name.clone(), whole, shown));
        }
    }

    /// The key: the first of the things gives it its place.
    pub(super) fn finish(&self) -> Option<Key> {
        let (document, _, path) = self.things.iter().min()?;
        let element = |(document, slots, _): &(String, Vec<String>, String)| {
            let mut looked_at = vec![document.clone()];
            looked_at.extend_from_slice(slots);
            digest(&looked_at)
        };
        Some(Key {
            document: document.clone(),
            path: path.clone(),
            digest: digest(&["shared", &self.shared]),
            elements: told_apart(self.things.iter().map(element).collect()),
        })
    }
}

/// Gives what is wrong with the shape of a document its keys. What looks like a secret has none, so that no
/// file can hold a digest of it.
pub(super) fn of_shapes(doc: &Document, shapes: &Shapes, validation: &mut Validation) {
    let Validation {
        layout,
        diagnostics,
        nodes,
        secrets,
        ..
    } = validation;
    let names = Names {
        doc,
        layout,
        shapes,
    };
    for (found, node) in diagnostics.iter_mut().zip(nodes.iter()) {
        let span = doc.span(*node);
        let mut secrets = secrets.iter();
        if !secrets.any(|secret| secret.contains(span)) {
            let mut looked_at = quoted(&found.message);
            looked_at.insert(0, "quoted".to_owned());
            stands(names, *node, found.rule == "schema/missing", &mut looked_at);
            found.key = Some(Box::new(Key {
                document: document(doc),
                path: path(doc, *node),
                digest: digest(&looked_at),
                elements: Vec::new(),
            }));
        }
    }
}

/// What a message quotes: the name of a key that is missing stands nowhere else.
fn quoted(message: &Text) -> Vec<String> {
    let parts = message.en.split('\u{2068}').skip(1);
    let values = parts.filter_map(|part| part.split('\u{2069}').next());
    values.map(str::to_owned).collect()
}
