//! Makes the fixes that findings carry: those that do not get in each other's way, then those that a new
//! check offers, until nothing is left to do.
//!
//! A fix is never trusted. What it leads to must parse, must be the document before with the changes that the
//! fix announces and no others, must have a finding less and none that was not there.

mod choose;
mod trial;

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Label, Safety};
use crate::engine::Report;
use crate::source::Source;
use crate::text::Text;
use choose::{Candidate, candidates, choose};
use trial::{Base, Trial, count};

/// How often a text is checked again after fixes; a chain of fixes that is longer is a circle.
const ROUNDS: usize = 10;

/// A fix that was made.
#[derive(Clone, Debug)]
pub struct Applied {
    /// The rule whose finding it mended.
    pub rule: String,
    /// What was done.
    pub title: Text,
    /// Whether a person should have looked at it first.
    pub safety: Safety,
    /// Where the finding was, in the text as it was then.
    pub place: Label,
}

/// What fixing a text amounts to.
#[derive(Debug)]
pub struct Fixed {
    /// The text as it is now; the very source that came in if nothing was done.
    pub source: Arc<Source>,
    /// What was done, in order.
    pub applied: Vec<Applied>,
    /// The findings whose fixes were tried and did not hold what they promise.
    pub left: Vec<Diagnostic>,
    /// How many rounds brought something.
    pub rounds: usize,
}

impl Fixed {
    /// Whether anything was done.
    pub fn is_changed(&self) -> bool {
        !self.applied.is_empty()
    }
}

/// Makes the fixes of a source that are as safe as asked for: with [`Safety::Unsafe`], all of them. `check`
/// says what is to be found in a text; what it sets aside is not mended.
pub fn fix(source: &Arc<Source>, check: &dyn Fn(&Arc<Source>) -> Report, least: Safety) -> Fixed {
    let mut fixed = Fixed {
        source: Arc::clone(source),
        applied: Vec::new(),
        left: Vec::new(),
        rounds: 0,
    };
    let mut report = check(source);
    while fixed.rounds < ROUNDS {
        let (next, refused) = round(&fixed.source, &report, (check, least));
        fixed.left = refused;
        let Some(Round { trial, made }) = next else {
            break;
        };
        fixed.applied.extend(made);
        fixed.source = trial.source;
        report = trial.report;
        fixed.rounds += 1;
    }
    fixed
}

/// What came of a round.
struct Round {
    trial: Trial,
    made: Vec<Applied>,
}

type Check<'c> = (&'c dyn Fn(&Arc<Source>) -> Report, Safety);

/// One round: the fixes that do not overlap, all at once; if these do not hold what they promise, as many of
/// them as do. Those that do not come along.
fn round(
    source: &Arc<Source>,
    report: &Report,
    (check, least): Check<'_>,
) -> (Option<Round>, Vec<Diagnostic>) {
    let mut refused = Vec::new();
    let mut rest = candidates(report, source, least);
    if rest.is_empty() {
        return (None, refused);
    }
    let Some(base) = Base::new(source, report, check) else {
        refused.extend(rest.iter().map(|one| one.diagnostic.clone()));
        return (None, refused);
    };
    while !rest.is_empty() {
        let (chosen, later) = choose(rest);
        let mut held = Held::default();
        held.grow(&base, &chosen);
        refused.extend(held.refused.iter().map(|one| one.diagnostic.clone()));
        if let Some(trial) = held.trial {
            let made = held.fixes.iter().map(Candidate::applied).collect();
            return (Some(Round { trial, made }), refused);
        }
        rest = later;
    }
    (None, refused)
}

/// The fixes that hold what they promise.
#[derive(Default)]
struct Held<'r> {
    fixes: Vec<Candidate<'r>>,
    trial: Option<Trial>,
    refused: Vec<Candidate<'r>>,
}

impl<'r> Held<'r> {
    /// Adds fixes to those that hold: all of them, or the halves of them that can be added.
    fn grow(&mut self, base: &Base<'_>, more: &[Candidate<'r>]) {
        let mut all = self.fixes.clone();
        all.extend(more);
        all.sort_by_key(Candidate::order);
        let most = self
            .trial
            .as_ref()
            .map_or(base.findings(), |trial| count(&trial.report));
        if let Some(trial) = base.attempt(&all, most) {
            self.trial = Some(trial);
            self.fixes = all;
        } else if let [one] = more {
            self.refused.push(*one);
        } else if !more.is_empty() {
            let (first, second) = more.split_at(more.len() / 2);
            self.grow(base, first);
            self.grow(base, second);
        }
    }
}
