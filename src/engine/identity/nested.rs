//! Documents that were meant for us and are inside others, where nothing checks them.

use std::collections::HashSet;
use std::sync::Arc;

use super::miss::{fault, of_shape};
use super::near::{is_kind_key, is_version, is_version_key, names_version, normal, words};
use super::recognizer::Mark;
use crate::diagnostic::Diagnostic;
use crate::schema::{API_VERSION, Kind};
use crate::text;
use crate::yaml::{self, Document, Entry, NodeId};

/// Returns the error in a document of another tool that holds one of ours, well or badly spelt.
pub(super) fn in_other(
    document: &Document,
    kinds: &[Arc<Kind>],
    marks: &[(&Kind, Mark)],
) -> Option<Diagnostic> {
    let is_ours = |(node, is_item): &(NodeId, bool)| {
        has_header(document, *node, kinds)
            || has_version(document, *node)
            || has_kind(document, *node, *is_item, kinds)
            || of_shape(document, *node, marks).is_some()
    };
    let (inner, _) = mappings(document).find(is_ours)?;
    Some(unchecked(document, inner))
}

/// Returns the error in a document of ours that holds another. What it says under keys that begin with `x-` is anyone's,
/// so that only a header that is right counts.
pub(in crate::engine) fn in_ours(document: &Document, kinds: &[Arc<Kind>]) -> Option<Diagnostic> {
    let own = document.entries(document.root()).iter();
    let own: HashSet<NodeId> = own.map(|entry| entry.value).collect();
    // A header that the document itself has from an anchor is its own.
    let is_own = |node| {
        let version = document.get(node, "apiVersion");
        version.is_some_and(|entry| own.contains(&entry.value))
    };
    let is_inner =
        |(node, _): &(NodeId, bool)| has_header(document, *node, kinds) && !is_own(*node);
    let (inner, _) = mappings(document).find(is_inner)?;
    Some(unchecked(document, inner))
}

/// The mappings inside a document, each with whether it is an item of a list. Aliases lead to none: what they stand for
/// is inside as well.
fn mappings(document: &Document) -> impl Iterator<Item = (NodeId, bool)> {
    let is_mapping = |node: NodeId| matches!(document.node(node).kind, yaml::Kind::Mapping(_));
    let inside = |parent: NodeId| {
        let is_alias = matches!(document.node(parent).kind, yaml::Kind::Alias(_));
        let parent = (!is_alias).then_some(parent);
        let items = parent.map_or(&[][..], |parent| document.items(parent));
        let entries = parent.map_or(&[][..], |parent| document.entries(parent));
        let items = items.iter().map(|item| (*item, true));
        let values = entries
            .iter()
            .flat_map(|entry| [(entry.key, false), (entry.value, false)]);
        items.chain(values)
    };
    (0..document.len())
        .map(NodeId::nth)
        .flat_map(inside)
        .filter(move |(node, _)| is_mapping(*node))
}

/// Returns whether a mapping has our header as it should be.
fn has_header(document: &Document, mapping: NodeId, kinds: &[Arc<Kind>]) -> bool {
    let says = |key: &str, is_wanted: &dyn Fn(&str) -> bool| {
        let entry = document.get(mapping, key);
        entry.is_some_and(|entry| document.text(entry.value).is_some_and(is_wanted))
    };
    says("apiVersion", &|text| text == API_VERSION)
        && says("kind", &|text| kinds.iter().any(|kind| kind.name == text))
}

fn said<'d>(document: &'d Document, entry: &Entry) -> (&'d str, &'d str) {
    let text = |node| document.text(node).unwrap_or_default();
    (text(entry.key), text(entry.value))
}

/// Returns whether a mapping names a version of ours under a key that means `apiVersion`.
fn has_version(document: &Document, mapping: NodeId) -> bool {
    let mut entries = document.entries(mapping).iter();
    entries.any(|entry| {
        let (key, version) = said(document, entry);
        // Below a key with another name that is a version of many things, such as a branch or an image.
        (is_version(version) && normal(key).contains("verslon"))
            || (is_version_key(key) && names_version(version))
    })
}

/// Returns whether a mapping names a kind of ours, and is no more than a reference to one of another tool.
fn has_kind(document: &Document, mapping: NodeId, is_item: bool, kinds: &[Arc<Kind>]) -> bool {
    let entries = document.entries(mapping);
    let group = document.get(mapping, "apiVersion");
    let group = group.and_then(|entry| document.text(entry.value));
    // A domain before the slash belongs to somebody.
    let is_of_others = group.is_some_and(|group| {
        let domain = group.split_once('/').map(|(domain, _)| domain);
        domain.is_some_and(|domain| domain.contains('.'))
    });
    let has_own = |kind: &Kind| {
        let root = kind.shapes.root();
        let is_own = |entry: &&Entry| {
            let (key, _) = said(document, entry);
            let is_header = is_version_key(key) || is_kind_key(key);
            !is_header && kind.shapes.field(root, key).is_some()
        };
        entries.iter().filter(is_own).count() >= 2
    };
    let names_kind = |entry: &Entry| {
        let (key, name) = said(document, entry);
        let mut words = words(name);
        let (first, second) = (words.next().unwrap_or_default(), words.next());
        if first.is_empty() || second.is_some() || !is_kind_key(key) {
            return false;
        }
        let read = normal(first);
        kinds.iter().any(|kind| {
            normal(&kind.name) == read && (is_item && kind.name == name || has_own(kind))
        })
    };
    !is_of_others && entries.iter().any(names_kind)
}

fn unchecked(document: &Document, inner: NodeId) -> Diagnostic {
    let message = text!(
        "this document is not checked because it is inside another one",
        "لا يُفحص هذا المستند لأنه داخل مستند آخر",
    );
    let help = text!(
        "move it to its own file, or put `---` on the line before it",
        "انقله إلى ملف مستقل، أو أضف `---` في السطر الذي قبله",
    );
    fault(document, document.head(inner), message).with_help(help)
}
