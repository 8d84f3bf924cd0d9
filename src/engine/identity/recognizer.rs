//! Tells without parsing which texts hold nothing of ours, so that a folder full of files of other tools costs little,
//! and which texts that do not parse may have been meant for us.

use std::collections::HashSet;
use std::sync::Arc;

use super::identify;
use super::near::{
    is_kind_key, is_name, is_of_word, is_version_key, normal, normal_into, unescaped,
};
use super::{Identity, LENIENT};
use crate::diagnostic::Diagnostic;
use crate::schema::{Kind, Shape, Shapes, small};
use crate::source::Source;
use crate::yaml;

/// The marks by which our documents are recognized, for all kinds.
#[derive(Debug, Default)]
pub struct Recognizer {
    kinds: Vec<Arc<Kind>>,
    /// The names of kinds as people read them.
    names: Vec<String>,
    /// The file names of the schemas that documents may name.
    schemas: Vec<String>,
    shapes: Vec<Mark>,
    /// The words that the shapes are known by.
    words: Vec<String>,
}

/// The marks by which documents of a kind without a header are recognized.
#[derive(Debug)]
pub(super) struct Mark {
    /// The keys that all of them have, besides those of the header.
    pub(super) required: Vec<String>,
    /// Keys of lists of objects, each with the keys that these may have.
    pub(super) lists: Vec<(String, Vec<String>)>,
}

impl Recognizer {
    /// Knows documents of these kinds, and the files that set findings aside.
    pub fn new(kinds: &[Arc<Kind>]) -> Self {
        let names = kinds.iter().map(|kind| kind.name.as_str());
        let all = || names.clone().chain(LENIENT);
        let shapes: Vec<Mark> = kinds
            .iter()
            .filter_map(|kind| Mark::of(&kind.shapes))
            .collect();
        let words = shapes.iter().flat_map(|mark| {
            let lists = mark.lists.iter().map(|(list, _)| list);
            mark.required.iter().chain(lists)
        });
        let mut words: Vec<String> = words.cloned().collect();
        words.sort_unstable();
        words.dedup();
        Self {
            kinds: kinds.to_vec(),
            names: all().map(normal).collect(),
            schemas: all().map(schema_file).collect(),
            shapes,
            words,
        }
    }

    /// Returns whether a document of this text may be ours or a near miss. Where the answer is no, parsing it finds
    /// nothing but documents of other tools.
    pub fn may_hold(&self, text: &str) -> bool {
        // Escapes may stand for any letter, and letters beyond ASCII may look like any.
        if !text.is_ascii() || text.contains('\\') {
            return true;
        }
        let mut found = vec![false; self.words.len()];
        let mut read = String::new();
        for word in super::near::words(text) {
            if let Some(place) = self.words.iter().position(|known| known == word) {
                found[place] = true;
            }
            normal_into(word, &mut read);
            let is_schema = || self.schemas.iter().any(|known| known == word);
            if is_name(&read) || self.names.contains(&read) || is_schema() {
                return true;
            }
        }
        let has = |word: &String| {
            let place = self.words.iter().position(|known| known == word);
            place.is_some_and(|place| found[place])
        };
        self.shapes.iter().any(|mark| {
            mark.required.iter().all(has) && mark.lists.iter().any(|(list, _)| has(list))
        })
    }

    /// Returns whether a text that does not parse looks as if it was meant for us.
    pub fn may_be_ours(&self, text: &str) -> bool {
        let text = unescaped(text);
        let mut keys = HashSet::new();
        let mut before: Option<(&str, usize)> = None;
        let names_schemas = text.contains("$schema");
        for (start, word) in placed_words(&text) {
            let end = start + word.len();
            let after = text.get(end..).unwrap_or_default();
            let gap = before.map_or("", |(_, end)| text.get(end..start).unwrap_or_default());
            let key = before.filter(|_| gap.contains(':')).map(|(key, _)| key);
            let read = normal(word);
            let is_version = is_name(&read)
                && (after.starts_with('/') && !gap.ends_with('/')
                    || !word.is_ascii()
                    || key.is_some_and(is_version_key));
            let is_kind = key.is_some_and(is_kind_key) && self.names.contains(&read);
            let is_schema = || names_schemas && self.schemas.iter().any(|known| known == word);
            if is_version || is_kind || is_schema() {
                return true;
            }
            if after.trim_start_matches(['"', '\'', ' ']).starts_with(':') {
                keys.insert(word);
            }
            before = Some((word, end));
        }
        self.shapes.iter().any(|mark| mark.is_seen_in(&keys))
    }

    /// Returns what the bytes of a source say to another encoding, where that may have been meant for us and its text was
    /// not.
    pub fn reading_of_ours(&self, source: &Source) -> Option<String> {
        let mut readings = source.readings();
        let first = readings.next()?;
        if self.may_be_ours(source.text()) {
            return None;
        }
        let mut readings = std::iter::once(first).chain(readings);
        readings.find(|reading| self.may_be_ours(reading))
    }

    /// Returns whether a source holds a document of ours, or something that may have been meant as one.
    pub fn holds_ours(&self, source: &Arc<Source>) -> bool {
        if !self.may_hold(source.text()) {
            return self.reading_of_ours(source).is_some();
        }
        let parsed = yaml::parse(source);
        let is_ours = |document| {
            !matches!(
                identify(document, &self.kinds),
                Identity::Foreign | Identity::Empty
            )
        };
        parsed.documents.iter().any(is_ours)
            || (!parsed.diagnostics.is_empty() && self.may_be_ours(source.text()))
            || self.reading_of_ours(source).is_some()
    }

    /// Returns whether bytes that are no text may have been meant for us, by what is said of them.
    pub fn may_hold_unread(&self, diagnostic: &Diagnostic) -> bool {
        let source = diagnostic.labels.first().map(|label| &label.source);
        diagnostic.rule != "yaml/encoding"
            || source.is_none_or(|source| {
                self.may_be_ours(source.text()) || self.reading_of_ours(source).is_some()
            })
    }
}

impl Mark {
    /// Returns the marks of documents with these shapes; nothing where they are too few to tell.
    pub(super) fn of(shapes: &Shapes) -> Option<Self> {
        let Shape::Object { fields, .. } = shapes.get(shapes.root()) else {
            return None;
        };
        let required = fields.iter().filter(|field| field.required);
        let required = required.map(|field| field.name.clone());
        let required: Vec<String> = required
            .filter(|name| name != "apiVersion" && name != "kind")
            .collect();
        let lists = fields.iter().filter_map(|field| {
            let Shape::List { item, .. } = shapes.get(field.shape) else {
                return None;
            };
            let Shape::Object { fields, .. } = shapes.get(*item) else {
                return None;
            };
            let keys = fields.iter().map(|field| field.name.clone());
            Some((field.name.clone(), keys.collect()))
        });
        (required.len() >= 2).then(|| Self {
            required,
            lists: lists.collect(),
        })
    }

    /// Returns whether a text with these keys is of the kind: it has what is required, a list, and some keys of its
    /// objects.
    fn is_seen_in(&self, keys: &HashSet<&str>) -> bool {
        let has = |key: &String| keys.contains(key.as_str());
        let own = |key: &&String| has(key) && !self.required.contains(key);
        self.required.iter().all(has)
            && self
                .lists
                .iter()
                .any(|(list, inner)| has(list) && inner.iter().filter(own).count() >= 2)
    }
}

/// Returns the file name of a kind's schema.
pub(super) fn schema_file(kind: &str) -> String {
    format!("{}.schema.json", small(kind))
}

fn placed_words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(is_of_word)?;
        let found = rest.get(start..)?;
        let end = found.find(|c| !is_of_word(c)).unwrap_or(found.len());
        let at = text.len() - found.len();
        let word = found.get(..end)?;
        rest = found.get(end..)?;
        Some((at, word))
    })
}
