//! The rules that are on for one kind of document, as far as they are not silent on the day of the run.

use std::sync::Arc;

use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::finding::UNLISTED;
use crate::engine::run::{Outcome, Stop, Verdict, condition, run};
use crate::engine::tuning::{Tuned, Tuning};
use crate::expr::Machine;
use crate::pack::{Applies, Standing};

#[derive(Debug, Default)]
pub(super) struct Chapter {
    pub(super) entries: Vec<Entry>,
    /// The conditions of their packs, each once.
    pub(super) conditions: Vec<Arc<Applies>>,
}

/// A rule, with all that a run can know of it beforehand.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) tuned: Tuned,
    /// Its number, if it looks across documents.
    pub(super) across: Option<u32>,
    /// The place of its pack's condition.
    condition: Option<usize>,
    /// The day on which it will be in force.
    from: Option<Date>,
}

/// The verdict of a pack's condition on a document, and the values that kept it from being evaluated.
pub(super) type Applied = (Verdict, Vec<Stop>);

impl Chapter {
    /// Takes in a rule, unless it is silent on the day.
    pub(super) fn add(&mut self, mut tuned: Tuned, as_of: Date) {
        let from = match tuned.rule.effective.standing(as_of) {
            Standing::Silent => return,
            Standing::InForce => None,
            Standing::Announced(from) => {
                tuned.weigh_at_most(Severity::Warning);
                Some(from)
            }
        };
        let applies = tuned.rule.applies.as_ref();
        let condition = applies.map(|applies| self.place(applies));
        self.entries.push(Entry {
            across: None,
            condition,
            tuned,
            from,
        });
    }

    /// How the rules are set where these scopes hold; nothing where none does, so that all are set as in
    /// general.
    pub(super) fn within(&self, active: Option<&[bool]>) -> Option<Vec<Tuning>> {
        let active = active?;
        let entries = self.entries.iter();
        Some(entries.map(|entry| entry.tuned.within(active)).collect())
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
        (chapter, tuning): (&'a Chapter, &'a Tuning),
        verdicts: &mut [Option<Applied>],
        machine: &mut Machine<'a>,
    ) -> Outcome<'a> {
        if let Some(place) = self.condition {
            let mut failed = None;
            let (verdict, stops) = verdicts[place].get_or_insert_with(|| {
                let program = chapter.conditions[place].program();
                let outcome = condition(&self.tuned.rule, program, machine);
                let applied = (outcome.verdict, outcome.stops.clone());
                failed = Some(outcome);
                applied
            });
            if *verdict != Verdict::Held {
                return failed.unwrap_or_else(|| Outcome {
                    stops: stops.clone(),
                    ..Outcome::bare(*verdict)
                });
            }
        }
        machine.settings = &tuning.options;
        let mut outcome = run(&self.tuned.rule, machine);
        for diagnostic in &mut outcome.diagnostics {
            self.weigh(diagnostic, tuning);
        }
        outcome
    }

    /// Says of a finding of the rule how much it weighs, and when the rule will be in force, if it is not yet.
    pub(super) fn weigh(&self, diagnostic: &mut Diagnostic, tuning: &Tuning) {
        if diagnostic.rule == self.tuned.rule.id || diagnostic.rule == UNLISTED {
            diagnostic.severity = tuning.severity;
            diagnostic.in_force_from = self.from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packs;

    #[expect(
        clippy::disallowed_methods,
        reason = "tests lay out folders of their own"
    )]
    fn packs(rules: &[&str]) -> Packs {
        let folder = tempfile::tempdir().unwrap();
        let words = "title: { en: a, ar: أ }\nabout: { en: a, ar: أ }\n";
        let header = format!("{words}applies_when: has(agency.website)\n");
        std::fs::create_dir(folder.path().join("own")).unwrap();
        std::fs::write(folder.path().join("own/pack.yaml"), header).unwrap();
        for rule in rules {
            let text = "severity: note\nsummary: { en: a, ar: أ }\nwhy: { en: a, ar: أ }\n\
                        message: { en: a, ar: أ }\nassert: has(agency.accounts)\n";
            std::fs::write(folder.path().join(format!("own/{rule}.yaml")), text).unwrap();
        }
        let mut packs = Packs::empty();
        packs.load(folder.path()).unwrap();
        packs
    }

    #[test]
    fn the_condition_of_a_pack_is_kept_once_for_all_its_rules() {
        let mut chapter = Chapter::default();
        for rule in packs(&["one", "two", "three"]).rules {
            chapter.add(Tuned::new(rule, true), Date::FIRST);
        }
        assert_eq!(chapter.entries.len(), 3);
        assert_eq!(chapter.conditions.len(), 1);
        assert!(
            chapter
                .entries
                .iter()
                .all(|entry| entry.condition == Some(0))
        );
    }
}
