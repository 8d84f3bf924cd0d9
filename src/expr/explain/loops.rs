//! Macros that go through a list or a map: the elements that decided, or the list that held none.

use super::operands::length;
use super::{Evidence, Explainer, Origin, Weight, entries};
use crate::expr::ast::LoopKind;
use crate::expr::program::{LoopOp, Op, OpId};
use crate::expr::value::Value;
use crate::text::Text;

/// The variables of one round.
pub(super) type Round<'a> = (Value<'a>, Value<'a>);

impl<'a> Explainer<'_, 'a> {
    pub(super) fn looped(&mut self, id: OpId, looped: &'a LoopOp) {
        let (Some(held), Some(condition)) = (self.truth(id), looped.condition) else {
            return;
        };
        self.loops += 1;
        match (looped.kind, held) {
            (LoopKind::All, false) | (LoopKind::Exists, true) => {
                self.deciding(looped, condition, held);
            }
            (LoopKind::All, true) => {
                let total = self.total(looped);
                self.outer(condition, looped.slot);
                self.whole(looped, entries::every_fits(total));
            }
            (LoopKind::ExistsOne, _) => match self.only(looped)[..] {
                [] => self.none(looped, condition),
                [one] => {
                    self.fitting(looped, condition, &[(one, entries::only())]);
                    let start = self.found.len();
                    self.whole(looped, entries::no_other_fits());
                    self.weigh(start, Weight::Link);
                }
                [one, other, ..] => {
                    let both = [(one, entries::fits()), (other, entries::next_fits())];
                    self.fitting(looped, condition, &both);
                }
            },
            _ => self.none(looped, condition),
        }
    }

    /// How many elements there are.
    pub(super) fn total(&mut self, looped: &'a LoopOp) -> usize {
        let range = self.value(looped.range);
        let total = range.and_then(|range| length(self.machine, range));
        total.unwrap_or(0)
    }

    /// One round's variables; none behind the last round.
    pub(super) fn round(&mut self, looped: &'a LoopOp, index: usize) -> Option<Round<'a>> {
        let range = self.value(looped.range)?;
        let elements = self.machine.elements(range, looped.load).ok()?;
        self.machine.round(elements, looped, index)?.ok()
    }

    /// The first rounds, at most so many, whose condition came out as `held`.
    fn first(&mut self, looped: &'a LoopOp, held: bool, most: usize) -> Vec<Round<'a>> {
        let mut found = Vec::with_capacity(most);
        let Ok((elements, mut rounds)) = self.machine.rounds_that(self.program, looped, held)
        else {
            return found;
        };
        while found.len() < most
            && let Ok(Some(index)) = self.machine.next_round(&mut rounds, elements)
        {
            if let Some(Ok(round)) = self.machine.round(elements, looped, index)
                && let Ok((outcome, _)) = self.machine.step(self.program, looped, round)
                && outcome == held
            {
                found.push(round);
            }
        }
        found
    }

    /// Does something with a round's variables known.
    pub(super) fn within<T>(
        &mut self,
        looped: &'a LoopOp,
        round: Round<'a>,
        explain: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let known = self.origins.len();
        if round.1.node.is_none() {
            self.origins.push(Origin {
                slot: looped.slot + usize::from(looped.pairs),
                outside: looped.slot,
                op: looped.range,
            });
        }
        self.machine.open(looped, round);
        let done = explain(self);
        self.machine.slots.truncate(looped.slot);
        self.origins.truncate(known);
        done
    }

    /// The rounds that fit where one alone should.
    fn only(&mut self, looped: &'a LoopOp) -> Vec<Round<'a>> {
        let mut rounds = self.first(looped, true, self.most(2));
        self.in_order(&mut rounds);
        self.together(&rounds);
        rounds
    }

    /// The first element whose condition came out as the whole did, and why.
    fn deciding(&mut self, looped: &'a LoopOp, condition: OpId, held: bool) {
        let mut rounds = self.first(looped, held, self.most(1));
        self.in_order(&mut rounds);
        let Some((round, others)) = rounds.split_first() else {
            return;
        };
        self.rest(looped, condition, others);
        let (round, before, loops) = (*round, self.found.len(), self.loops);
        self.decided(looped, condition, round);
        let text = if held {
            entries::fits()
        } else {
            entries::does_not_fit()
        };
        if self.found.len() == before {
            self.element(round.1, text);
        } else if self.loops > loops && !self.is_shown(before, round.1) {
            // What decided lies deeper: this says in which element.
            let start = self.found.len();
            self.element(round.1, text);
            self.weigh(start, Weight::Link);
        }
        self.aside(|explainer| explainer.belongs(looped.range, round.1));
    }

    /// Whether something found since `start` shows which element it belongs to.
    fn is_shown(&self, start: usize, element: Value<'a>) -> bool {
        let doc = self.machine.doc;
        let Some(node) = element.node else {
            return false;
        };
        let whole = doc.span(node);
        let mut found = self.found.iter().skip(start);
        found.any(|evidence| {
            let is_list = evidence.lacks && evidence.weight != Weight::Link;
            evidence.node == node || (!is_list && whole.contains(doc.span(evidence.node)))
        })
    }

    fn element(&mut self, value: Value<'a>, text: Text) {
        self.push(value, |evidence| Evidence {
            lacks: true,
            ..evidence.with_text(text)
        });
    }

    /// Elements that fit, and what they were compared with.
    fn fitting(&mut self, looped: &'a LoopOp, condition: OpId, rounds: &[(Round<'a>, Text)]) {
        for ((_, element), text) in rounds {
            self.element(*element, text.clone());
        }
        for ((_, element), _) in rounds {
            self.aside(|explainer| explainer.belongs(looped.range, *element));
        }
        if rounds
            .iter()
            .all(|((_, element), _)| element.node.is_none())
        {
            self.operand(looped.range);
        }
        self.outer(condition, looped.slot);
    }

    /// The list itself, or what it was made from.
    pub(super) fn whole(&mut self, looped: &'a LoopOp, text: Text) {
        let start = self.found.len();
        match self.value(looped.range) {
            Some(range) if range.node.is_some() => self.element(range, text),
            Some(_) => {
                self.operand(looped.range);
                self.say(start, Some(text));
            }
            None => {}
        }
    }

    /// What an operation inside a loop looks at outside of it.
    pub(super) fn outer(&mut self, id: OpId, slot: usize) {
        if self.is_outside(id, slot) {
            return self.operand(id);
        }
        for child in self.inner(id) {
            self.outer(child, slot);
        }
    }

    /// Whether an operation looks at no variable from `slot` on; one that gives names of its own counts
    /// as if it did.
    pub(super) fn is_outside(&self, id: OpId, slot: usize) -> bool {
        match self.program.op(id) {
            Op::Slot(used) => *used < slot,
            Op::Loop(_) | Op::Bind { .. } => false,
            op => (op.children().into_iter()).all(|child| self.is_outside(child, slot)),
        }
    }

    /// The operations directly below one, those of a loop's rounds included.
    fn inner(&self, id: OpId) -> Vec<OpId> {
        let op = self.program.op(id);
        let mut inner = op.children();
        match op {
            Op::Loop(looped) => {
                inner.extend([looped.condition, looped.result].into_iter().flatten());
            }
            Op::Bind { body, .. } => inner.push(*body),
            _ => {}
        }
        inner
    }
}
