//! Merge keys: `<<: *a` and `<<: [*a, *b]` become entries of the mapping that uses them.
//!
//! The mapping's own entries win over merged ones, and of two merged mappings the earlier one wins
//! (YAML's merge type, <https://yaml.org/type/merge.html>).

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Label};
use crate::source::{Source, Span};
use crate::text;
use crate::yaml::build::{Breach, Builder};
use crate::yaml::keys::{PAIRWISE, same_key};
use crate::yaml::{Document, Entry, Kind, NodeId, limits};

/// A mapping to merge: the node behind `<<` that names it, and its entries.
struct Part {
    via: NodeId,
    entries: Range<usize>,
}

impl Builder<'_> {
    /// Appends what the merge keys of a mapping bring in to its entries, which begin at `start` and
    /// are the last ones of the document.
    pub(super) fn merge(
        &mut self,
        start: usize,
        merges: &[(NodeId, NodeId)],
    ) -> Result<(), Breach> {
        if merges.len() > 1 {
            let keys: Vec<NodeId> = merges.iter().map(|(key, _)| *key).collect();
            self.report_repeated(&keys)?;
        }
        let mut parts = Vec::new();
        for (_, value) in merges {
            self.collect(*value, &mut parts)?;
        }
        let count: usize = parts.iter().map(|part| part.entries.len()).sum();
        if self.doc.entries.len() - start + count <= PAIRWISE {
            self.append_few(start, &parts);
        } else {
            append_many(&mut self.doc, start, &parts);
        }
        Ok(())
    }

    fn collect(&mut self, value: NodeId, parts: &mut Vec<Part>) -> Result<(), Breach> {
        if let Kind::Sequence(range) = &self.doc.node(self.doc.resolve(value)).kind {
            for at in range.start as usize..range.end as usize {
                let item = self.doc.items[at];
                self.collect_one(item, parts)?;
            }
            return Ok(());
        }
        self.collect_one(value, parts)
    }

    fn collect_one(&mut self, via: NodeId, parts: &mut Vec<Part>) -> Result<(), Breach> {
        let target = self.doc.resolve(via);
        if let Kind::Mapping(range) = &self.doc.node(target).kind {
            let entries = range.start as usize..range.end as usize;
            self.merged += entries.len();
            if self.merged > limits::MERGED_ENTRIES {
                let span = self.doc.span(via);
                return Err(Box::new(limits::too_many_merged(self.source, span)));
            }
            parts.push(Part { via, entries });
            return Ok(());
        }
        // An alias that leads nowhere has its diagnostic already.
        if self.doc.flawed.contains(&via) {
            return Ok(());
        }
        self.doc.flawed.push(via);
        self.report(not_a_mapping(&self.doc, via, target))
    }

    fn append_few(&mut self, start: usize, parts: &[Part]) {
        for part in parts {
            for at in part.entries.clone() {
                let entry = self.doc.entries[at];
                let same = |own: &Entry| own.hash == entry.hash && same_key(&self.doc, own, &entry);
                if !self.doc.entries[start..].iter().any(same) {
                    self.doc.entries.push(merged(entry, part.via));
                }
            }
        }
    }
}

fn append_many(doc: &mut Document, start: usize, parts: &[Part]) {
    let mut brought = Vec::new();
    {
        let own = doc.entries[start..].iter();
        let mut known: HashSet<Option<&str>> = own.map(|entry| doc.text(entry.key)).collect();
        for part in parts {
            for entry in &doc.entries[part.entries.clone()] {
                if known.insert(doc.text(entry.key)) {
                    brought.push(merged(*entry, part.via));
                }
            }
        }
    }
    doc.entries.append(&mut brought);
}

const fn merged(entry: Entry, via: NodeId) -> Entry {
    Entry {
        merged: Some(via),
        ..entry
    }
}

fn not_a_mapping(doc: &Document, via: NodeId, target: NodeId) -> Diagnostic {
    let source: &Arc<Source> = &doc.source;
    let message = text!(
        "expected a mapping to merge, found another value",
        "المتوقع خريطة للدمج، والموجود قيمة أخرى",
    );
    let help = text!(
        "`<<` takes an alias of a mapping, or a list of such aliases",
        "تأخذ `<<` اسمًا مستعارًا لخريطة، أو قائمة من هذه الأسماء",
    );
    let diagnostic = Diagnostic::error("yaml/merge", message)
        .with_label(Label::new(source, shown(doc, via)))
        .with_help(help);
    if via == target {
        return diagnostic;
    }
    let there = text!("it stands for this value", "يمثّل هذه القيمة");
    diagnostic.with_label(Label::new(source, shown(doc, target)).with_text(there))
}

/// A scalar, or the anchor of a collection.
fn shown(doc: &Document, id: NodeId) -> Span {
    let node = doc.node(id);
    node.anchor.unwrap_or(node.span)
}
