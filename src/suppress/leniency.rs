//! Waivers and the baseline, applied to a report in this order; comments come before both, in the engine.

use std::path::Path;
use std::sync::Arc;

use super::baseline::{self, Tally};
use super::waiver::{self, Ledger};
use super::{Baseline, Catalog, Horizon, Waivers, comment};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::engine::{Engine, Report, Suppressed};

/// What sets findings aside besides comments.
#[derive(Debug, Default)]
pub struct Leniency {
    /// The files of waivers.
    pub waivers: Vec<Waivers>,
    /// The findings that were there when the agency began to check.
    pub baseline: Option<Baseline>,
}

/// What decides whether something is set aside.
pub(crate) struct Terms {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) today: Date,
    pub(crate) horizon: Horizon,
}

impl Terms {
    fn of(engine: &Engine) -> Self {
        Self {
            catalog: engine.catalog(),
            today: engine.as_of(),
            horizon: engine.horizon(),
        }
    }
}

/// Waivers and a baseline that have been judged by themselves, once for all files under the same settings.
pub struct Ready<'l> {
    terms: Terms,
    waivers: waiver::Judged<'l>,
    baseline: Option<baseline::Judged<'l>>,
}

impl Ready<'_> {
    /// Sets aside what comments, waivers and the baseline cover, and says nothing of them: for the findings of one
    /// file on the way.
    pub fn set_aside(&self, report: &mut Report) {
        comment::cover(report, &self.terms);
        self.cover(report);
        report.sort();
    }

    /// Moves the findings that waivers and the baseline cover; returns what these have given.
    fn cover(&self, report: &mut Report) -> (Ledger<'_>, Option<Tally<'_>>) {
        let mut ledger = self.waivers.ledger();
        let mut tally = self.baseline.as_ref().map(baseline::Judged::tally);
        set_aside(report, |found| {
            let by_waiver = ledger.cover(found, &self.terms);
            by_waiver.or_else(|| tally.as_mut()?.cover(found))
        });
        (ledger, tally)
    }
}

impl Leniency {
    /// Sets aside what waivers and the baseline cover, and adds what is wrong with them. A run is complete if it saw
    /// all documents that they may speak of: only then is it known of each entry whether it is needed.
    pub fn apply(&self, report: &mut Report, engine: &Engine, is_complete: bool) {
        let waivers = self.waivers.iter().map(Waivers::name);
        let names = waivers.chain(self.baseline.as_ref().map(Baseline::name));
        Self::forget(&names.collect::<Vec<_>>(), report);
        let ready = self.ready(engine);
        let (ledger, tally) = ready.cover(report);
        for file in &self.waivers {
            report.diagnostics.extend(file.faults.iter().cloned());
        }
        ledger.say(report, &ready.terms, is_complete);
        if let Some(tally) = tally {
            tally.say(report, &ready.terms.catalog, is_complete);
        }
        report.sort();
    }

    /// Judges each waiver and each entry by itself, for the findings of any number of files.
    pub fn ready(&self, engine: &Engine) -> Ready<'_> {
        let terms = Terms::of(engine);
        let baseline = self.baseline.as_ref();
        Ready {
            waivers: waiver::Judged::new(&self.waivers, &terms),
            baseline: baseline.map(|baseline| baseline.judge(&terms.catalog)),
            terms,
        }
    }

    /// How many of the findings of a report some waivers would set aside.
    pub fn covered(waivers: &[Waivers], report: &Report, engine: &Engine) -> usize {
        let terms = Terms::of(engine);
        let judged = waiver::Judged::new(waivers, &terms);
        let mut ledger = judged.ledger();
        let baselined = report.suppressed.iter().map(|one| &one.diagnostic);
        let found = report.diagnostics.iter().chain(baselined);
        found
            .filter(|found| ledger.cover(found, &terms).is_some())
            .count()
    }

    /// Takes out what the engine says of files that nobody has named: those with these names are.
    pub fn forget(names: &[&str], report: &mut Report) {
        let is_own = |name: &str| names.iter().any(|own| *own == name || is_same(own, name));
        report.diagnostics.retain(|found| {
            let is_greeting = matches!(&*found.rule, "waiver/not-named" | "baseline/not-named");
            let name = found.labels.first().map_or("", |label| label.source.name());
            !(is_greeting && is_own(name))
        });
    }
}

/// Whether two paths lead to one file.
fn is_same(one: &str, other: &str) -> bool {
    let real = |name: &str| Path::new(name).canonicalize().ok();
    real(one).is_some_and(|one| Some(one) == real(other))
}

/// Moves the findings that something covers.
fn set_aside(report: &mut Report, mut cover: impl FnMut(&Diagnostic) -> Option<Suppressed>) {
    for found in std::mem::take(&mut report.diagnostics) {
        match cover(&found) {
            Some(by) => report.suppressed.push(by),
            None => report.diagnostics.push(found),
        }
    }
}
