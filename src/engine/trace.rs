//! One rule at work, for whoever wrote it: what it looked at, and what each condition said there.

use std::collections::BTreeMap;
use std::sync::Arc;

use bumpalo::Bump;

use crate::diagnostic::{Diagnostic, Label};
use crate::engine::datum::{self, Datum};
use crate::engine::evaluate::{no_value, seen_by_line, unseen};
use crate::engine::finding::{self, MOST};
use crate::engine::identity::{Identity, empty, identify, not_ours};
use crate::engine::run::{Observer, Seen, Verdict, condition, key_of, run_watched};
use crate::engine::tuning::Tuning;
use crate::engine::{Engine, Settings};
use crate::expr::{BUDGET, Evidence, Fault, Machine, Program, explain_part, parts};
use crate::pack::{Check, Packs, Period, Rule};
use crate::schema::{hide, validate};
use crate::source::{Source, Span};
use crate::yaml::{self, Document};

/// What a rule did on one document.
#[derive(Debug)]
pub struct Trace {
    /// What it looked at, in order.
    pub candidates: Vec<Candidate>,
    /// The number of others that it looked at, which are not listed.
    pub unlisted: usize,
    /// What it says of the document.
    pub outcome: Outcome,
    /// Why the rule does not look at the document at all.
    pub passed_over: Option<PassedOver>,
    /// What the condition of its pack says.
    pub applies: Vec<Condition>,
}

/// Why a rule does not look at a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PassedOver {
    /// It speaks of documents of this kind, and this is one of another.
    OtherKind(String),
    /// It is silent on the day.
    Silent(Period),
    /// Its pack does not apply to the document.
    OtherScope,
}

/// What became of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// No fault.
    Held,
    /// A fault.
    Found,
    /// The rule does not speak of it.
    NotSelected,
    /// No verdict.
    NotEvaluated,
}

/// Something that a rule looked at.
#[derive(Debug)]
pub struct Candidate {
    /// Where it stands in the document's structure, such as `accounts[2]`; empty for the document.
    pub path: String,
    /// Where it stands in the file.
    pub label: Option<Label>,
    /// What became of it.
    pub outcome: Outcome,
    /// What the rule asked.
    pub conditions: Vec<Condition>,
    /// Why there is no verdict.
    pub fault: Option<Diagnostic>,
    /// The key that a twin would share, and what the candidate is an entry of, in words.
    key: Option<(String, Option<String>)>,
}

/// A condition, or what a condition joins by `&&`.
#[derive(Debug)]
pub struct Condition {
    /// The key it stands under: `when`, `assert`, `unique` or `same`, or `applies_when` in its pack.
    pub key: &'static str,
    /// Its text.
    pub text: String,
    /// Its value; none where it has none.
    pub value: Option<Datum>,
    /// What made it so.
    pub labels: Vec<Label>,
}

/// What a rule did on a document that begins on a line, or why nothing is known of it.
pub type OnDocument = (u32, Result<Trace, Vec<Diagnostic>>);

/// Runs one rule on each document of some sources and tells what it did, source by source. It is on whatever the
/// settings say; its options are as they say.
pub fn trace(
    packs: &Packs,
    rule: &Rule,
    settings: &Settings,
    sources: &[Arc<Source>],
) -> Vec<Vec<OnDocument>> {
    let mut engine = Engine::with_tuned(packs, vec![settings.force(rule)], settings.as_of);
    engine.scopes = settings.scopes.clone();
    let on_source = |source| on_source(&engine, rule, source);
    let mut traces: Vec<Vec<OnDocument>> = sources.iter().map(on_source).collect();
    if rule.is_across() {
        let all = traces.iter_mut().flatten();
        let mut all: Vec<&mut Trace> = all.filter_map(|(_, trace)| trace.as_mut().ok()).collect();
        twins(all.iter_mut().flat_map(|trace| &mut trace.candidates), true);
        for trace in all {
            let is_found = |one: &Candidate| one.outcome == Outcome::Found;
            if trace.candidates.iter().any(is_found) {
                trace.outcome = Outcome::Found;
            }
        }
    }
    traces
}

fn on_source(engine: &Engine, rule: &Rule, source: &Arc<Source>) -> Vec<OnDocument> {
    let parsed = yaml::parse(source);
    let mut traces = Vec::with_capacity(parsed.documents.len());
    let unread = |found| Err(seen_by_line(found, source));
    for document in &parsed.documents {
        let line = source.line(document.span(document.root()).start);
        let trace = match identify(document, &engine.kinds) {
            Identity::Ours(kind) if engine.kinds[kind].name != rule.kind.name => {
                let kind = rule.kind.name.clone();
                Ok(passed_over(PassedOver::OtherKind(kind)))
            }
            Identity::Ours(kind) => Ok(match engine.chapters[kind].entries.first() {
                Some(_) => on_document(engine, document, kind),
                None => passed_over(PassedOver::Silent(rule.effective)),
            }),
            Identity::Unusable(diagnostic) => unread(vec![*diagnostic]),
            Identity::Lenient(_) | Identity::Foreign => unread(vec![not_ours(document)]),
            Identity::Empty => continue,
        };
        traces.push((line, trace));
    }
    if !parsed.diagnostics.is_empty() {
        traces.push((1, unread(parsed.diagnostics)));
    } else if traces.is_empty() {
        traces.push((1, unread(vec![empty(source)])));
    }
    traces
}

fn passed_over(why: PassedOver) -> Trace {
    Trace {
        candidates: Vec::new(),
        unlisted: 0,
        outcome: Outcome::NotSelected,
        passed_over: Some(why),
        applies: Vec::new(),
    }
}

/// Runs the rules of the engine, which is one that is not silent.
fn on_document(engine: &Engine, document: &Document, kind: usize) -> Trace {
    let (shapes, chapter) = (&engine.kinds[kind].shapes, &engine.chapters[kind]);
    let validation = validate(document, document.root(), shapes, shapes.root());
    let bump = Bump::new();
    let mut trace = passed_over(PassedOver::OtherScope);
    let active = engine.scopes.active_for(document.source());
    for entry in &chapter.entries {
        let here = active.as_ref().map(|active| entry.tuned.within(active));
        let tuning = here.as_ref().unwrap_or(&entry.tuned.general);
        let today = engine.as_of.to_timestamp();
        let mut machine = Machine::new(document, &validation, today, &bump);
        machine.terms = &engine.terms;
        trace = one(&entry.tuned.rule, tuning, &mut machine);
    }
    twins(&mut trace.candidates, false);
    let secrets = &validation.secrets;
    let unsee = |conditions: &mut [Condition]| {
        for condition in conditions {
            let labels = std::mem::take(&mut condition.labels);
            condition.labels = unseen(labels, document.source(), secrets);
        }
    };
    unsee(&mut trace.applies);
    for candidate in &mut trace.candidates {
        unsee(&mut candidate.conditions);
        hide(candidate.fault.as_mut_slice(), document.source(), secrets);
    }
    trace
}

/// Runs one rule, behind the condition of its pack.
fn one<'a>(rule: &'a Rule, tuning: &'a Tuning, machine: &mut Machine<'a>) -> Trace {
    let mut trace = passed_over(PassedOver::OtherScope);
    if let Some(applies) = &rule.applies {
        trace.applies = asked(machine, "applies_when", &applies.text, applies.program());
        let asked = condition(rule, applies.program(), machine);
        if asked.verdict != Verdict::Held {
            trace.outcome = outcome(asked.verdict);
            return trace;
        }
    }
    machine.settings = &tuning.options;
    let mut watcher = Watcher {
        rule,
        candidates: Vec::new(),
        unlisted: 0,
        taken: 0,
    };
    let done = run_watched(rule, machine, &mut watcher);
    Trace {
        candidates: watcher.candidates,
        unlisted: watcher.unlisted,
        outcome: outcome(done.verdict),
        passed_over: None,
        ..trace
    }
}

const fn outcome(verdict: Verdict) -> Outcome {
    match verdict {
        Verdict::Held => Outcome::Held,
        Verdict::Found => Outcome::Found,
        Verdict::NotApplicable => Outcome::NotSelected,
        Verdict::NotEvaluated => Outcome::NotEvaluated,
    }
}

/// Marks different things that share a key as found: the later ones in a document, and all of them across
/// documents, which have no order.
fn twins<'c>(candidates: impl IntoIterator<Item = &'c mut Candidate>, across: bool) {
    let mut groups: BTreeMap<String, Vec<&mut Candidate>> = BTreeMap::new();
    for candidate in candidates {
        if let Some((words, _)) = &candidate.key {
            groups.entry(words.clone()).or_default().push(candidate);
        }
    }
    for group in groups.values_mut() {
        let name = |one: &Candidate| one.key.as_ref().and_then(|(_, name)| name.clone());
        let first = group.first().and_then(|first| name(first));
        let differs = |one: &Candidate| first.is_none() || name(one) != first;
        let mut others: Vec<bool> = group.iter().map(|one| differs(one)).collect();
        let are_several = others.iter().skip(1).any(|differs| *differs);
        if let Some(first) = others.first_mut() {
            *first = false;
        }
        for (candidate, is_other) in group.iter_mut().zip(others) {
            if is_other || (across && are_several) {
                candidate.outcome = Outcome::Found;
            }
        }
    }
}

/// Writes down what a rule does.
struct Watcher<'a> {
    rule: &'a Rule,
    candidates: Vec<Candidate>,
    /// The number of others.
    unlisted: usize,
    /// The number of steps that it took to write these down.
    taken: u64,
}

impl<'a> Observer<'a> for Watcher<'a> {
    /// Writes it down, with a budget of its own: the rule comes out as it does when nobody watches.
    fn see(&mut self, machine: &mut Machine<'a>, seen: Seen) {
        if self.candidates.len() >= MOST || self.taken > BUDGET {
            self.unlisted += 1;
            return;
        }
        let (candidate, steps) = machine.apart(|machine| self.written(machine, seen));
        self.taken = self.taken.saturating_add(steps);
        self.candidates.push(candidate);
    }
}

impl<'a> Watcher<'a> {
    fn written(&self, machine: &mut Machine<'a>, seen: Seen) -> Candidate {
        let node = machine.slots.last().and_then(|value| value.node);
        let mut conditions = Vec::new();
        // What `each` leads to may be lost before there is anything to ask about.
        let complete = machine.slots.len() == self.rule.each.len() + 1;
        if complete && let Some((text, when)) = &self.rule.when {
            conditions.extend(asked(machine, "when", text, when));
        }
        let is_true = |asked: &Condition| asked.value == Some(Datum::Bool(true));
        if complete && conditions.iter().all(is_true) {
            match &self.rule.check {
                Check::Assert(text, assert) => {
                    conditions.extend(asked(machine, "assert", text, assert));
                }
                Check::Unique(unique) => {
                    conditions.extend(asked(machine, "unique", &unique.text, &unique.key));
                    if let Some((text, same)) = &unique.same {
                        conditions.extend(asked(machine, "same", text, same));
                    }
                }
            }
        }
        let fault = match seen {
            Seen::Fault(fault) => Some(self.told(machine, fault)),
            _ => None,
        };
        let key = match (seen, self.rule.unique()) {
            (Seen::Keyed, Some(unique)) => key_of(unique, machine).ok().flatten(),
            _ => None,
        };
        Candidate {
            key,
            path: node.map_or_else(String::new, |node| machine.doc.path(node)),
            label: node.map(|node| Label::new(machine.doc.source(), machine.doc.head(node))),
            outcome: match seen {
                Seen::NotSelected => Outcome::NotSelected,
                Seen::Held | Seen::Keyed => Outcome::Held,
                Seen::Found => Outcome::Found,
                Seen::Fault(_) => Outcome::NotEvaluated,
            },
            conditions,
            fault,
        }
    }

    fn told(&self, machine: &Machine<'a>, fault: Fault) -> Diagnostic {
        let program = match &self.rule.check {
            Check::Assert(_, program) => program,
            Check::Unique(unique) => &unique.key,
        };
        no_value(machine.doc, machine.validation, program, fault)
    }
}

/// The parts of a condition with their values. Behind a part that is false the others need not have one.
fn asked<'a>(
    machine: &mut Machine<'a>,
    key: &'static str,
    text: &str,
    program: &'a Program,
) -> Vec<Condition> {
    let mut conditions = Vec::new();
    for (span, part) in parts(text, program) {
        let value = machine.eval_part(program, part).ok();
        let evidence: Vec<Evidence> = match value {
            Some(_) => explain_part(machine, program, part),
            None => Vec::new(),
        };
        conditions.push(Condition {
            key,
            text: words(text, span),
            value: value.map(|value| datum::of(machine, value)),
            labels: finding::labels(machine.doc, &evidence),
        });
    }
    conditions
}

/// A part of an expression in one line.
fn words(text: &str, span: Span) -> String {
    let part = text.get(span.range()).unwrap_or(text);
    part.split_whitespace().collect::<Vec<_>>().join(" ")
}
