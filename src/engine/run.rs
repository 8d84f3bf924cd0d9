//! One rule on one document: go through what `each` selects, ask `when`, demand `assert` or `unique`.

use crate::diagnostic::{Diagnostic, Label};
use crate::engine::faults::{reason_of, stop_of};
use crate::engine::finding::{self, MOST};
use crate::engine::twins::{Group, gather};
use crate::expr::{BUDGET, Data, Fault, Load, Machine, Program, Reason, Value};
use crate::pack::{Check, Rule, Unique};
use crate::yaml::NodeId;

/// What a rule says of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Held,
    Found,
    NotApplicable,
    NotEvaluated,
}

/// The value with a shape error that keeps a rule from looking at something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stop {
    /// The place of the error among those of the document's shape; none for one of the parser's.
    pub(super) cause: Option<u32>,
    /// The value, or the mapping that lacks it.
    pub(super) node: NodeId,
}

/// What a rule says of a document, with its findings.
pub(super) struct Outcome<'a> {
    pub(super) verdict: Verdict,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether the rule failed to evaluate, which its checker should have ruled out.
    pub(super) broken: bool,
    /// The values that kept it from looking at everything, whatever it found elsewhere.
    pub(super) stops: Vec<Stop>,
    /// The number of findings that were counted and not made.
    pub(super) unlisted: usize,
    /// The keys that are to be compared with those of other documents.
    pub(super) keys: Vec<Keyed<'a>>,
}

/// Something that has a key.
pub(super) struct Keyed<'a> {
    /// The key in words.
    pub(super) words: String,
    /// What it is an entry of, in words; without it, it stands for itself.
    pub(super) same: Option<String>,
    /// The variables that the key was taken under.
    pub(super) slots: Vec<Value<'a>>,
}

/// What became of something that a rule looked at.
#[derive(Clone, Copy, Debug)]
pub(super) enum Seen {
    /// `when` is false of it.
    NotSelected,
    Held,
    Found,
    /// It has a key, to be compared with the others' keys.
    Keyed,
    /// There is no verdict.
    Fault(Fault),
}

/// Who watches a rule at work. The loop is compiled for each observer, so nobody pays for [`Nobody`].
pub(super) trait Observer<'a> {
    /// Told of everything that the rule looks at, while the machine still holds its variables.
    fn see(&mut self, machine: &mut Machine<'a>, seen: Seen);
}

/// Watches nothing.
pub(super) struct Nobody;

impl<'a> Observer<'a> for Nobody {
    #[inline]
    fn see(&mut self, _: &mut Machine<'a>, _: Seen) {}
}

impl Outcome<'_> {
    /// A verdict without findings.
    pub(super) const fn bare(verdict: Verdict) -> Self {
        Self {
            verdict,
            diagnostics: Vec::new(),
            broken: false,
            stops: Vec::new(),
            unlisted: 0,
            keys: Vec::new(),
        }
    }
}

/// Asks whether a rule's pack applies to the document that the machine holds: then the verdict is
/// [`Verdict::Held`].
pub(super) fn condition<'a>(
    rule: &'a Rule,
    applies: &'a Program,
    machine: &mut Machine<'a>,
) -> Outcome<'a> {
    let mut nobody = Nobody;
    let mut run = Run::new(rule, machine, &mut nobody);
    match run.machine.holds(applies) {
        Ok(true) => Outcome::bare(Verdict::Held),
        Ok(false) => Outcome::bare(Verdict::NotApplicable),
        Err(fault) => {
            run.fault(fault);
            Outcome {
                verdict: Verdict::NotEvaluated,
                broken: run.broken,
                stops: run.stops,
                diagnostics: run.found,
                unlisted: 0,
                keys: Vec::new(),
            }
        }
    }
}

/// Runs a rule on the document that the machine holds.
pub(super) fn run<'a>(rule: &'a Rule, machine: &mut Machine<'a>) -> Outcome<'a> {
    run_watched(rule, machine, &mut Nobody)
}

/// The same, under the eyes of an observer.
pub(super) fn run_watched<'a, O: Observer<'a>>(
    rule: &'a Rule,
    machine: &mut Machine<'a>,
    observer: &mut O,
) -> Outcome<'a> {
    let mut run = Run::new(rule, machine, observer);
    run.clauses(0);
    run.twins();
    run.count_unlisted();
    let verdict = match &run {
        Run { found, .. } if !found.is_empty() && !run.broken => Verdict::Found,
        Run { broken: true, .. } => Verdict::NotEvaluated,
        Run { stops, .. } if !stops.is_empty() => Verdict::NotEvaluated,
        Run { held: true, .. } => Verdict::Held,
        _ => Verdict::NotApplicable,
    };
    // Elements by the thousand may rest on a few errors.
    run.stops.sort_unstable();
    run.stops.dedup_by_key(|stop| stop.cause);
    Outcome {
        verdict,
        diagnostics: run.found,
        broken: run.broken,
        stops: run.stops,
        unlisted: run.unlisted,
        keys: run.keys,
    }
}

struct Run<'m, 'a, O> {
    rule: &'a Rule,
    machine: &'m mut Machine<'a>,
    observer: &'m mut O,
    held: bool,
    stops: Vec<Stop>,
    broken: bool,
    found: Vec<Diagnostic>,
    /// The number of findings that were counted and not made.
    unlisted: usize,
    /// The number of steps that it took to make the others.
    explained: u64,
    /// The keys of a `unique` rule.
    keys: Vec<Keyed<'a>>,
}

impl<'m, 'a, O: Observer<'a>> Run<'m, 'a, O> {
    fn new(rule: &'a Rule, machine: &'m mut Machine<'a>, observer: &'m mut O) -> Self {
        Self {
            rule,
            machine,
            observer,
            held: false,
            stops: Vec::new(),
            broken: false,
            found: Vec::new(),
            unlisted: 0,
            explained: 0,
            keys: Vec::new(),
        }
    }

    /// Goes through the clauses of `each` from the given one on.
    fn clauses(&mut self, depth: usize) {
        let Some(clause) = self.rule.each.get(depth) else {
            return self.candidate();
        };
        let load = Load::of_items(&clause.range.ty);
        let range = match self.machine.eval(&clause.range) {
            Ok(range) => range,
            // What is absent has no elements.
            Err(Fault::Absent(..) | Fault::NoKey) => return,
            Err(fault) => return self.lost(fault),
        };
        let elements = match self.machine.elements(range, load) {
            Ok(elements) => elements,
            Err(fault) => return self.lost(fault),
        };
        for index in 0.. {
            if let Err(fault) = self.machine.step_on() {
                return self.lost(fault);
            }
            match self.machine.element(elements, index) {
                None => break,
                Some(Ok(element)) => {
                    self.machine.slots.push(element);
                    self.clauses(depth + 1);
                    self.machine.slots.pop();
                }
                Some(Err(fault)) => self.lost(fault),
            }
        }
    }

    /// Judges what the variables stand for now.
    fn candidate(&mut self) {
        let seen = self.judged();
        self.observer.see(self.machine, seen);
    }

    fn judged(&mut self) -> Seen {
        if let Some((_, when)) = &self.rule.when {
            match self.machine.holds(when) {
                Ok(true) => {}
                Ok(false) => return Seen::NotSelected,
                Err(fault) => return self.noted(fault),
            }
        }
        match &self.rule.check {
            Check::Assert(_, assert) => match self.machine.holds(assert) {
                Ok(true) => {
                    self.held = true;
                    Seen::Held
                }
                Ok(false) => self.object(assert),
                Err(fault) => self.noted(fault),
            },
            Check::Unique(unique) => match key_of(unique, self.machine) {
                Ok(key) => {
                    self.held = true;
                    self.keys.extend(key.map(|(words, same)| Keyed {
                        words,
                        same,
                        slots: self.machine.slots.to_vec(),
                    }));
                    Seen::Keyed
                }
                Err(fault) => self.noted(fault),
            },
        }
    }

    /// Makes the finding for an `assert` that is false, unless there are enough.
    fn object(&mut self, assert: &'a Program) -> Seen {
        if self.is_full() {
            self.unlisted += 1;
            return Seen::Found;
        }
        let rule = self.rule;
        let (made, steps) = self
            .machine
            .apart(|machine| finding::of_assert(rule, machine, assert));
        self.explained = self.explained.saturating_add(steps);
        match made {
            Ok(diagnostic) => {
                self.found.push(diagnostic);
                Seen::Found
            }
            Err(fault) => self.noted(fault),
        }
    }

    /// Returns whether further findings are counted only: there are many, or to say why takes longer than the rule may.
    fn is_full(&self) -> bool {
        self.found.len() >= MOST || self.explained > BUDGET
    }

    /// Says how many findings were counted only.
    fn count_unlisted(&mut self) {
        if self.unlisted > 0 {
            let last = self.found.last().and_then(|last| last.labels.first());
            let place = last.map_or_else(
                || finding::label(self.machine.doc, self.machine.doc.root()),
                |last| Label {
                    text: None,
                    ..last.clone()
                },
            );
            let more = finding::of_unlisted(&self.rule.id, self.unlisted, place);
            self.found.push(more.with_severity(self.rule.severity));
        }
    }

    fn noted(&mut self, fault: Fault) -> Seen {
        self.fault(fault);
        Seen::Fault(fault)
    }

    /// What `each` leads to cannot be had.
    fn lost(&mut self, fault: Fault) {
        let seen = self.noted(fault);
        self.observer.see(self.machine, seen);
    }

    /// Reports each key that different things have, unless other documents have a say in it.
    fn twins(&mut self) {
        if self.rule.is_across() {
            return;
        }
        let Some(unique) = self.rule.unique() else {
            return;
        };
        for twins in gather(std::mem::take(&mut self.keys)) {
            if !twins.are_several() {
                continue;
            }
            if self.is_full() {
                self.unlisted += 1;
                continue;
            }
            let mut group = Group::new(self.rule);
            match group.add(&twins, (self.rule, unique), self.machine) {
                Ok(()) => self.found.push(group.finding(&[], group.things.len())),
                Err(fault) => self.fault(fault),
            }
        }
    }

    fn fault(&mut self, fault: Fault) {
        match (stop_of(fault), reason_of(self.machine, fault)) {
            (Some(stop), _) => {
                if self
                    .stops
                    .last()
                    .is_none_or(|last| last.cause != stop.cause)
                {
                    self.stops.push(stop);
                }
            }
            (None, Some((node, reason))) => self.failed(node, reason),
            (None, None) => {}
        }
    }

    /// A rule that loads should not fail here; that it does is said once, not hidden.
    fn failed(&mut self, node: NodeId, reason: Reason) {
        if self.broken {
            return;
        }
        self.broken = true;
        self.found.push(finding::of_failure(
            self.rule,
            self.machine.doc,
            node,
            reason,
        ));
    }
}

/// The key of what the variables stand for now, and what it is an entry of; nothing for a collection, of
/// which none equals another.
pub(super) fn key_of<'a>(
    unique: &'a Unique,
    machine: &mut Machine<'a>,
) -> Result<Option<(String, Option<String>)>, Fault> {
    let Some(words) = key_words(machine.eval(&unique.key)?) else {
        return Ok(None);
    };
    let same = match &unique.same {
        Some((_, same)) => key_words(machine.eval(same)?),
        None => None,
    };
    Ok(Some((words, same)))
}

/// A key in words that are equal just when the keys are.
fn key_words(value: Value<'_>) -> Option<String> {
    let kind = match value.data {
        Data::Str(_) => 's',
        Data::Int(_) | Data::Uint(_) | Data::Double(_) => 'n',
        Data::Bytes(_) => 'y',
        Data::Kind(_) => 'k',
        Data::Bool(_) => 'b',
        Data::Null => 'z',
        Data::Timestamp(_) => 't',
        Data::Duration(_) => 'd',
        Data::Optional(_) => 'o',
        Data::Sequence(_) | Data::List(_) | Data::Mapping(_) | Data::Map(_) => return None,
    };
    value.data.to_words().map(|words| format!("{kind}{words}"))
}
