//! Whether fixes hold what they promise: tried on a text, and judged by what a new check finds.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::choose::Candidate;
use crate::diagnostic::{Change, Diagnostic, Edit};
use crate::edit::{apply, is_changed_so};
use crate::engine::{Means, Report};
use crate::source::{Source, Span};
use crate::yaml::{self, Document};

/// A text before the fixes of a round.
pub(super) struct Base<'b> {
    source: &'b Arc<Source>,
    report: &'b Report,
    documents: Vec<Document>,
    check: &'b dyn Fn(&Arc<Source>) -> Report,
}

/// A text after fixes that hold.
pub(super) struct Trial {
    pub(super) source: Arc<Source>,
    pub(super) report: Report,
}

impl<'b> Base<'b> {
    /// Nothing for a text that does not parse: nobody knows what it means.
    pub(super) fn new(
        source: &'b Arc<Source>,
        report: &'b Report,
        check: &'b dyn Fn(&Arc<Source>) -> Report,
    ) -> Option<Self> {
        let parsed = yaml::parse(source);
        parsed.diagnostics.is_empty().then_some(Self {
            source,
            report,
            documents: parsed.documents,
            check,
        })
    }

    pub(super) fn findings(&self) -> usize {
        count(self.report)
    }

    /// Tries fixes, which are in order; what they lead to must have fewer findings than `most`.
    pub(super) fn attempt(&self, fixes: &[Candidate<'_>], most: usize) -> Option<Trial> {
        let mut edits: Vec<&Edit> = fixes.iter().flat_map(|one| &one.fix.edits).collect();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let text = apply(self.source.text(), edits.iter().copied());
        let source = Arc::new(self.source.with_text(text));
        let parsed = yaml::parse(&source);
        let changes: Vec<&Change> = fixes.iter().flat_map(|one| &one.fix.changes).collect();
        let is_sound = parsed.diagnostics.is_empty()
            && is_changed_so(&self.documents, &parsed.documents, &changes);
        if !is_sound {
            return None;
        }
        let report = (self.check)(&source);
        let is_better = if fixes.iter().any(|one| is_of_shape(one.diagnostic)) {
            // Rules say nothing of a value with a shape error; what they say of the sound one was there before.
            let shape = |report: &Report| {
                report
                    .diagnostics
                    .iter()
                    .filter(|one| is_of_shape(one))
                    .count()
            };
            shape(&report) < shape(self.report)
        } else {
            count(&report) < most && !self.adds(&report, &edits)
        };
        (is_better && !report.broken && self.keeps_comments(&report, &edits))
            .then_some(Trial { source, report })
    }

    /// Returns whether each comment that sets something aside still does: what somebody left on purpose stays.
    fn keeps_comments(&self, after: &Report, edits: &[&Edit]) -> bool {
        let left: HashSet<(&str, u32)> = needed(after).collect();
        needed(self.report).all(|(rule, at)| left.contains(&(rule, moved(at, edits))))
    }

    /// Whether there is a finding that was not there before.
    fn adds(&self, after: &Report, edits: &[&Edit]) -> bool {
        let mut places: HashMap<(&str, u32), usize> = HashMap::new();
        let mut words: HashMap<(&str, &str), usize> = HashMap::new();
        for found in &self.report.diagnostics {
            let place = moved(place(found).start, edits);
            *places.entry((&found.rule, place)).or_default() += 1;
            *words.entry((&found.rule, &found.message.en)).or_default() += 1;
        }
        // In place of those that are gone, others are listed that were only counted.
        let counted = self.report.unlisted.keys();
        let counted = counted.filter(|rule| total(after, rule) <= total(self.report, rule));
        let counted: HashSet<&str> = counted.map(String::as_str).collect();
        let known = after.diagnostics.iter().all(|found| {
            counted.contains(found.rule.as_str())
                || take(&mut places, &(&*found.rule, place(found).start))
                || take(&mut words, &(&*found.rule, &*found.message.en))
        });
        !known
    }
}

/// The comments that set something aside, by where they begin, with the rules.
fn needed(report: &Report) -> impl Iterator<Item = (&str, u32)> {
    let by_comment = report
        .suppressed
        .iter()
        .filter(|one| one.means == Means::Comment);
    by_comment.map(|one| (&*one.diagnostic.rule, one.place.span.start))
}

/// Returns the number of findings, including those that are not listed.
pub(super) fn count(report: &Report) -> usize {
    report.diagnostics.len() + report.unlisted.values().sum::<usize>()
}

/// Returns the number of them that are a rule's.
fn total(report: &Report, rule: &str) -> usize {
    let listed = report.diagnostics.iter().filter(|one| one.rule == rule);
    listed.count() + report.unlisted.get(rule).copied().unwrap_or(0)
}

fn is_of_shape(diagnostic: &Diagnostic) -> bool {
    diagnostic.rule.starts_with("schema/")
}

fn place(diagnostic: &Diagnostic) -> Span {
    let first = diagnostic.labels.first();
    first.map_or(Span::default(), |label| label.span)
}

fn take<K: std::hash::Hash + Eq>(counts: &mut HashMap<K, usize>, key: &K) -> bool {
    let left = counts.get_mut(key).filter(|left| **left > 0);
    left.map(|left| *left -= 1).is_some()
}

/// Where a place is after edits, which are in order.
fn moved(at: u32, edits: &[&Edit]) -> u32 {
    let mut shift = 0_i64;
    for edit in edits.iter().take_while(|edit| edit.span.start < at) {
        let inside = i64::from(at.min(edit.span.end)) - i64::from(edit.span.end);
        let length = i64::try_from(edit.replacement.len()).unwrap_or(0);
        let gone = i64::from(edit.span.end - edit.span.start);
        shift += length - gone;
        // A place within what goes is where it went.
        shift -= inside;
    }
    u32::try_from(i64::from(at) + shift).unwrap_or(0)
}
