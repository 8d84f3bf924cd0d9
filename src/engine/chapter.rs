//! The rules that are on for one kind of document, as far as they are not silent on the day of the run.

use std::sync::Arc;

use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::run::{Outcome, Verdict, condition, run};
use crate::expr::{Constant, Machine};
use crate::pack::{Applies, Rule, Standing};

#[derive(Debug, Default)]
pub(super) struct Chapter {
    pub(super) entries: Vec<Entry>,
    /// The conditions of their packs, each once.
    pub(super) conditions: Vec<Arc<Applies>>,
}

/// A rule, with all that a run can know of it beforehand.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) rule: Rule,
    /// The values of its options.
    pub(super) options: Vec<Constant>,
    /// Its number, if it looks across documents.
    pub(super) across: Option<u32>,
    /// The place of its pack's condition.
    condition: Option<usize>,
    /// The day on which it will be in force.
    from: Option<Date>,
}

impl Chapter {
    /// Takes in a rule, unless it is silent on the day.
    pub(super) fn add(&mut self, mut rule: Rule, as_of: Date) {
        let from = match rule.effective.standing(as_of) {
            Standing::Silent => return,
            Standing::InForce => None,
            Standing::Announced(from) => {
                rule.severity = rule.severity.min(Severity::Warning);
                Some(from)
            }
        };
        let options = rule.options.iter().map(|option| option.default.clone());
        let condition = rule.applies.as_ref().map(|applies| self.place(applies));
        self.entries.push(Entry {
            options: options.collect(),
            across: None,
            condition,
            rule,
            from,
        });
    }

    fn place(&mut self, applies: &Arc<Applies>) -> usize {
        let mut known = self.conditions.iter();
        let known = known.position(|known| Arc::ptr_eq(known, applies));
        known.unwrap_or_else(|| {
            self.conditions.push(Arc::clone(applies));
            self.conditions.len() - 1
        })
    }
}

impl Entry {
    /// Runs the rule on the document that the machine holds, unless its pack does not apply to it. What the
    /// conditions of packs say there is kept in `verdicts`: each of them is asked once.
    pub(super) fn judge<'a>(
        &'a self,
        chapter: &'a Chapter,
        verdicts: &mut [Option<Verdict>],
        machine: &mut Machine<'a>,
    ) -> Outcome<'a> {
        if let Some(place) = self.condition {
            let mut failed = None;
            let verdict = *verdicts[place].get_or_insert_with(|| {
                let program = chapter.conditions[place].program();
                let outcome = condition(&self.rule, program, machine);
                let verdict = outcome.verdict;
                failed = Some(outcome);
                verdict
            });
            if verdict != Verdict::Held {
                return failed.unwrap_or_else(|| Outcome::bare(verdict));
            }
        }
        machine.settings = &self.options;
        let mut outcome = run(&self.rule, machine);
        for diagnostic in &mut outcome.diagnostics {
            self.announce(diagnostic);
        }
        outcome
    }

    /// Says of a finding of the rule when that will be in force, if it is not yet.
    pub(super) fn announce(&self, diagnostic: &mut Diagnostic) {
        if diagnostic.rule == self.rule.id {
            diagnostic.in_force_from = self.from;
        }
    }
}
