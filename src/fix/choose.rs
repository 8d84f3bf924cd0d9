//! Which fixes are made together: in the order of their places, each that touches nothing that an earlier one
//! touches.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Applied;
use crate::diagnostic::{Diagnostic, Fix, Label, Safety};
use crate::edit::are_apart;
use crate::engine::Report;
use crate::source::{Source, Span};

/// A finding with its fix.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'r> {
    pub(super) diagnostic: &'r Diagnostic,
    pub(super) fix: &'r Fix,
}

impl Candidate<'_> {
    /// What candidates are sorted by.
    pub(super) fn order(&self) -> u32 {
        self.fix.edits.first().map_or(0, |edit| edit.span.start)
    }

    pub(super) fn applied(&self) -> Applied {
        let first = self.diagnostic.labels.first().cloned();
        Applied {
            rule: self.diagnostic.rule.clone(),
            title: self.fix.title.clone(),
            safety: self.fix.safety,
            place: first.unwrap_or_else(|| Label::new(&self.fix.source, Span::default())),
        }
    }
}

/// The findings in a source whose fixes are as safe as asked for.
pub(super) fn candidates<'r>(
    report: &'r Report,
    source: &Arc<Source>,
    least: Safety,
) -> Vec<Candidate<'r>> {
    let all = report.diagnostics.iter().filter_map(|diagnostic| {
        let fix = diagnostic.fix.as_deref()?;
        Some(Candidate { diagnostic, fix })
    });
    let is_wanted = |one: &Candidate<'_>| {
        let is_here = one.fix.source.name() == source.name();
        is_here && (one.fix.safety == Safety::Safe || least == Safety::Unsafe)
    };
    let mut all: Vec<Candidate<'r>> = all.filter(is_wanted).collect();
    all.sort_by_key(Candidate::order);
    all
}

/// The candidates that can be made together, and the others.
pub(super) fn choose(all: Vec<Candidate<'_>>) -> (Vec<Candidate<'_>>, Vec<Candidate<'_>>) {
    let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
    all.into_iter().partition(|one| {
        let is_free = one.fix.edits.iter().all(|edit| is_free(&taken, edit.span));
        if is_free {
            let spans = one.fix.edits.iter().map(|edit| edit.span);
            taken.extend(spans.map(|span| (span.start, span.end)));
        }
        is_free
    })
}

/// Whether a span is apart from all spans that are taken, which are apart from each other.
fn is_free(taken: &BTreeMap<u32, u32>, span: Span) -> bool {
    let before = taken.range(..=span.start).next_back();
    let after = taken.range(span.start..).next();
    let before = before.map(|(start, end)| Span::new(*start, *end));
    let after = after.map(|(start, end)| Span::new(*start, *end));
    before.is_none_or(|before| are_apart(before, span))
        && after.is_none_or(|after| are_apart(span, after))
}
