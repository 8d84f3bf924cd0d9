//! Closes a mapping: its entries, keys that no text can name, and keys that stand twice.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Label};
use crate::source::{Source, Span, to_offset};
use crate::text;
use crate::text::Noun;
use crate::yaml::build::{Breach, Builder};
use crate::yaml::node::key_hash;
use crate::yaml::{Document, Entry, Kind, NodeId, Scalar, Style, limits};

/// Up to so many entries are compared in pairs, by their hashes first; more go into a table.
pub(super) const PAIRWISE: usize = 32;

impl Builder<'_> {
    /// Turns the pending nodes from `first` on into entries, merged ones last.
    pub(super) fn close_mapping(&mut self, first: usize) -> Result<Range<u32>, Breach> {
        let start = self.doc.entries.len();
        let mut merges = Vec::new();
        for at in (first..self.pending.len().saturating_sub(1)).step_by(2) {
            let (key, value) = (self.pending[at], self.pending[at + 1]);
            if is_merge_key(&self.doc, key) {
                merges.push((key, value));
                continue;
            }
            let hash = if let Some(text) = self.doc.text(key) {
                key_hash(text)
            } else {
                self.doc.flawed.extend([key, value]);
                self.report(not_a_name(self.source, head(&self.doc, key)))?;
                0
            };
            self.doc.entries.push(Entry {
                key,
                value,
                merged: None,
                hash,
            });
        }
        self.report_duplicates(start)?;
        if !merges.is_empty() {
            self.merge(start, &merges)?;
        }
        Ok(to_offset(start)..to_offset(self.doc.entries.len()))
    }

    fn report_duplicates(&mut self, start: usize) -> Result<(), Breach> {
        let mut repeated = repetitions(&self.doc, &self.doc.entries[start..]);
        if repeated.is_empty() {
            return Ok(());
        }
        repeated.sort_unstable();
        for group in repeated.chunk_by(|a, b| a.0 == b.0) {
            let places = group.iter().map(|(_, again)| *again);
            let places: Vec<Entry> = std::iter::once(group[0].0)
                .chain(places)
                .map(|index| self.doc.entries[start + index])
                .collect();
            let keys: Vec<NodeId> = places.iter().map(|entry| entry.key).collect();
            self.doc
                .flawed
                .extend(places.iter().map(|entry| entry.value));
            self.report_repeated(&keys)?;
        }
        Ok(())
    }

    /// Reports the places of one key, in order.
    pub(super) fn report_repeated(&mut self, keys: &[NodeId]) -> Result<(), Breach> {
        let spans: Vec<Span> = keys.iter().map(|key| self.doc.span(*key)).collect();
        let name = self.doc.text(keys[0]).unwrap_or_default();
        let diagnostic = duplicate(self.source, name, &spans);
        self.report(diagnostic)
    }
}

/// Pairs of indexes of entries with the same key: the first one's and a later one's.
fn repetitions(doc: &Document, entries: &[Entry]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if entries.len() <= PAIRWISE {
        for (index, entry) in entries.iter().enumerate() {
            let same = |other: &Entry| other.hash == entry.hash && same_key(doc, other, entry);
            if let Some(first) = entries[..index].iter().position(same) {
                found.push((first, index));
            }
        }
        return found;
    }
    let mut firsts = HashMap::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        if let Some(text) = doc.text(entry.key) {
            let first = *firsts.entry(text).or_insert(index);
            if first != index {
                found.push((first, index));
            }
        }
    }
    found
}

pub(super) fn same_key(doc: &Document, one: &Entry, other: &Entry) -> bool {
    doc.text(one.key)
        .is_some_and(|text| doc.text(other.key) == Some(text))
}

fn is_merge_key(doc: &Document, key: NodeId) -> bool {
    let node = doc.node(key);
    node.span.len() == 2
        && matches!(node.kind, Kind::Scalar(Style::Plain, Scalar::Str, _))
        && node.tag.is_none()
        && doc.source.slice(node.span) == "<<"
}

/// The first line of a collection that stands where a key should.
fn head(doc: &Document, key: NodeId) -> Span {
    let span = doc.span(key);
    let length = doc.source.slice(span).lines().next().map_or(0, str::len);
    Span::new(span.start, span.start + to_offset(length))
}

fn not_a_name(source: &Arc<Source>, span: Span) -> Diagnostic {
    let message = text!(
        "expected a name as the key, found a list or a mapping",
        "المتوقع اسم في موضع المفتاح، والموجود قائمة أو خريطة",
    );
    let help = text!(
        "write a plain name before the colon; quote it if it begins with a bracket",
        "اكتب اسمًا عاديًا قبل النقطتين؛ وضعه بين علامتي اقتباس إن بدأ بقوس",
    );
    Diagnostic::error("yaml/key", message)
        .with_label(Label::new(source, span))
        .with_help(help)
}

const TIMES: Noun = Noun {
    en: ["time", "times"],
    ar: ["مرة واحدة", "مرتين", "مرات", "مرة"],
};

fn duplicate(source: &Arc<Source>, name: &str, places: &[Span]) -> Diagnostic {
    let message = if places.len() == 2 {
        text!(
            "the key `{name}` is given twice",
            "المفتاح `{name}` مذكور مرتين",
            name = name
        )
    } else {
        let times = TIMES.both(places.len());
        let (en, ar) = (times.en, times.ar);
        text!(
            "the key `{name}` is given {en}",
            "المفتاح `{name}` مذكور {ar}",
            name = name,
            en = en,
            ar = ar,
        )
    };
    let help = text!(
        "keep one of them; which one holds cannot be told",
        "أبقِ واحدًا منها؛ فلا يُعرف أيها المقصود",
    );
    let mut diagnostic = Diagnostic::error("yaml/duplicate-key", message).with_help(help);
    for span in places.iter().skip(1).take(limits::LABELS) {
        let again = text!("given again here", "وتكرر هنا");
        diagnostic = diagnostic.with_label(Label::new(source, *span).with_text(again));
    }
    let first = text!("first given here", "ورد أولًا هنا");
    let first = places
        .first()
        .map(|span| Label::new(source, *span).with_text(first));
    diagnostic.labels.extend(first);
    diagnostic
}
