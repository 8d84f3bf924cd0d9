//! Why nothing in a list fits: what each element fails at, and the element that comes nearest.

use super::loops::Round;
use super::{Explainer, Weight, entries};
use crate::expr::ast::Comparison;
use crate::expr::program::{LoopOp, Op, OpId};
use crate::text::Text;
use crate::yaml::NodeId;

/// The most elements that are asked again one by one: a finding must not cost more than finding it did.
const LOOKED_AT: usize = 1_000;

/// What the elements of a list fail at.
struct Survey<'a> {
    /// The parts of the condition that some element is the first to fail at, in order.
    failing: Vec<OpId>,
    /// The one element that gets further than all others, and what it fails at.
    nearest: Option<(Round<'a>, OpId)>,
}

/// What a part of a condition reads of an element.
enum Read<'a> {
    Element,
    Field(&'a str),
}

impl<'a> Explainer<'_, 'a> {
    /// A list of which no element fits.
    pub(super) fn none(&mut self, looped: &'a LoopOp, condition: OpId) {
        let total = self.total(looped);
        let range = self.value(looped.range);
        let stands = range.is_some_and(|range| range.node.is_some());
        if total == 0 {
            let text = if stands {
                entries::empty()
            } else {
                entries::nothing_fits()
            };
            self.outer(condition, looped.slot);
            return self.whole(looped, text);
        }
        let survey = self.survey(looped, condition, total);
        let shared = match survey.failing[..] {
            [part] if stands => self.no_entry(looped, part),
            _ => None,
        };
        let start = self.found.len();
        for part in &survey.failing {
            self.outer(*part, looped.slot);
        }
        if let Some(list) = self.word_list(looped.range) {
            return self.say(start, Some(entries::nothing_in_list_fits(&list)));
        }
        let mut failing = survey.failing.iter();
        if failing.all(|part| self.is_outside(*part, looped.slot)) {
            return;
        }
        let is_shared = shared.is_some();
        let text = shared.unwrap_or_else(|| {
            if stands {
                entries::none_fits(total)
            } else {
                entries::nothing_fits()
            }
        });
        self.whole(looped, text);
        if let Some((round, part)) = survey.nearest.filter(|_| !is_shared) {
            self.nearest(looped, round, part);
        }
    }

    /// What the element that comes nearest fails at. What lies outside of it has been named.
    fn nearest(&mut self, looped: &'a LoopOp, round: Round<'a>, part: OpId) {
        let doc = self.machine.doc;
        let Some(element) = round.1.node else { return };
        let start = self.found.len();
        self.within(looped, round, |explainer| explainer.because(part));
        let whole = doc.span(element);
        let is_within = |node: NodeId| whole.contains(doc.span(node));
        let found = self.found.split_off(start);
        let within = found
            .into_iter()
            .filter(|one| is_within(one.node) || one.via.is_some_and(is_within));
        self.found.extend(within);
        self.weigh(start, Weight::Link);
    }

    fn survey(&mut self, looped: &'a LoopOp, condition: OpId, total: usize) -> Survey<'a> {
        let mut parts = Vec::new();
        self.split(condition, &mut parts);
        // Where every element counts, what some fail at must not decide what is named: they may come nearer.
        let is_blind = self.wide.is_some() || total > LOOKED_AT;
        if is_blind || (total > 1 && parts.len() == 1) {
            return Survey {
                failing: parts,
                nearest: None,
            };
        }
        let mut failed = vec![0_usize; parts.len()];
        let mut nearest = None;
        for index in 0..total {
            let Some(round) = self.round(looped, index) else {
                continue;
            };
            let fails = |explainer: &mut Self| {
                let mut parts = parts.iter();
                parts.position(|part| explainer.truth(*part) == Some(false))
            };
            let Some(place) = self.within(looped, round, fails) else {
                continue;
            };
            failed[place] += 1;
            if nearest.is_none_or(|(_, furthest)| place > furthest) {
                nearest = Some((round, place));
            }
        }
        let alone = nearest.filter(|(_, place)| failed[*place] == 1);
        let failing = parts.iter().zip(&failed).filter(|(_, count)| **count > 0);
        Survey {
            failing: failing.map(|(part, _)| *part).collect(),
            nearest: alone.map(|(round, place)| (round, parts[place])),
        }
    }

    /// What a condition joins by `&&`, in order.
    fn split(&self, id: OpId, parts: &mut Vec<OpId>) {
        match self.program.op(id) {
            Op::And(left, right) => {
                self.split(*left, parts);
                self.split(*right, parts);
            }
            _ => parts.push(id),
        }
    }

    /// What no element has, when all fail at one and the same part of the condition.
    fn no_entry(&mut self, looped: &'a LoopOp, part: OpId) -> Option<Text> {
        let slot = looped.slot + usize::from(looped.pairs);
        match self.program.op(part) {
            Op::Has(operand) => match self.read(*operand, slot)? {
                Read::Field(field) => Some(entries::none_declares(field)),
                Read::Element => None,
            },
            Op::Compare(comparison, left, right) => {
                let (read, other) = match (self.read(*left, slot), self.read(*right, slot)) {
                    (Some(read), None) => (read, *right),
                    (None, Some(read)) => (read, *left),
                    _ => return None,
                };
                let other = self.outside(other, looped.slot)?;
                match (comparison, read) {
                    (Comparison::Equal, Read::Field(field)) => {
                        Some(entries::none_has(field, &other))
                    }
                    (Comparison::Equal, Read::Element) => Some(entries::none_equals(&other)),
                    (Comparison::NotEqual, Read::Field(field)) => {
                        Some(entries::every_has(field, &other))
                    }
                    (Comparison::NotEqual, Read::Element) => Some(entries::every_equals(&other)),
                    _ => None,
                }
            }
            Op::In(needle, list, _) if self.is_outside(*list, looped.slot) => {
                let Read::Field(field) = self.read(*needle, slot)? else {
                    return None;
                };
                let list = self.value(*list)?;
                let items = self.items(list)?;
                Some(entries::none_has_of(field, &items))
            }
            _ => None,
        }
    }

    /// A value from outside the loop, in words.
    fn outside(&mut self, id: OpId, slot: usize) -> Option<Text> {
        if !self.is_outside(id, slot) {
            return None;
        }
        let value = self.value(id)?;
        self.shown(id, value)
    }

    /// What an operation reads of the element.
    fn read(&self, id: OpId, slot: usize) -> Option<Read<'a>> {
        let program = self.program;
        let is_element = |id: OpId| matches!(program.op(id), Op::Slot(own) if *own == slot);
        match program.op(id) {
            Op::Field(object, field) if is_element(*object) => Some(Read::Field(&field.name)),
            _ if is_element(id) => Some(Read::Element),
            _ => None,
        }
    }
}
