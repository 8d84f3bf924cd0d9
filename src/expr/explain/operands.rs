//! Values: the nodes that each was made from, and what is to be said of one that was computed.

use super::{Evidence, Explainer, Weight, entries, words};
use crate::expr::ast::LoopKind;
use crate::expr::eval::Machine;
use crate::expr::program::{DatePart, Function, LoopOp, Op, OpId};
use crate::expr::value::{Data, Value};
use crate::text::Text;

/// What is to be said of a computed value before it is held against another.
pub(super) struct Subject {
    pub(super) text: Text,
    /// Whether that says all.
    pub(super) is_complete: bool,
}

impl<'a> Explainer<'_, 'a> {
    /// Finds the nodes that a value was made from.
    pub(super) fn operand(&mut self, id: OpId) {
        let program = self.program;
        let Some(value) = self.value(id) else { return };
        match program.op(id) {
            Op::Cond(condition, yes, no) => self.chosen(*condition, (*yes, *no), Self::operand),
            Op::Call(Function::OptionalOr | Function::OptionalOrValue, args) => {
                self.or_value((args[0], args[1]));
            }
            Op::Bind {
                kind,
                slot,
                value,
                body,
            } => self.bound(*kind, *slot, (*value, *body), Self::operand),
            _ if value.node.is_some() => {
                self.push(value, |evidence| evidence);
                let start = self.found.len();
                self.led_to(id);
                self.weigh(start, Weight::Link);
            }
            Op::MaybeField(..) | Op::MaybeIndex(..) if is_none(value) => self.missing(id),
            op => self.computed(id, op),
        }
    }

    /// What led to a value that stands in the document, where it was not just read.
    fn led_to(&mut self, id: OpId) {
        let program = self.program;
        match program.op(id) {
            Op::Field(object, _) | Op::MaybeField(object, _) => self.led_to(*object),
            Op::Index(list, index, _) | Op::MaybeIndex(list, index, _) => {
                self.led_to(*list);
                self.operand(*index);
            }
            Op::Slot(slot) => {
                if let Some(origin) = self.origin(*slot) {
                    self.at(origin, Self::led_to);
                }
            }
            Op::Cond(condition, yes, no) => self.chosen(*condition, (*yes, *no), Self::led_to),
            Op::Loop(looped) => match looped.result {
                // What every element is turned into by reading it owes nothing to the others.
                Some(result) if looped.condition.is_none() && self.is_path(result) => {
                    self.led_to(looped.range);
                }
                _ => self.collected(looped),
            },
            _ => {}
        }
    }

    fn is_path(&self, id: OpId) -> bool {
        match self.program.op(id) {
            Op::Slot(_) => true,
            Op::Field(object, _) => self.is_path(*object),
            _ => false,
        }
    }

    /// Why an element belongs to a list that was computed.
    pub(super) fn belongs(&mut self, list: OpId, element: Value<'a>) {
        let program = self.program;
        let start = self.found.len();
        match (program.op(list), element.node) {
            (Op::Loop(looped), Some(_)) if looped.kind == LoopKind::Filter => {
                if let Some(condition) = looped.condition {
                    self.within(looped, (element, element), |explainer| {
                        explainer.because(condition);
                    });
                }
                self.belongs(looped.range, element);
            }
            (Op::Slot(slot), _) => {
                if let Some(origin) = self.origin(*slot) {
                    self.at(origin, |explainer, op| explainer.belongs(op, element));
                }
            }
            _ => self.led_to(list),
        }
        self.weigh(start, Weight::Link);
    }

    /// Finds the nodes that a computed value was made from.
    fn computed(&mut self, id: OpId, op: &'a Op) {
        match op {
            Op::Slot(slot) => {
                if let Some(origin) = self.origin(*slot) {
                    self.at(origin, Self::operand);
                }
            }
            Op::Call(Function::Size, args) => self.sized(args[0]),
            Op::Call(Function::HasValue, _) => self.because(id),
            Op::Call(function, _)
                if words::is_predicate(*function) || words::is_of_characters(*function) =>
            {
                self.because(id);
            }
            Op::Loop(looped) if looped.kind.yields_collection() => self.collected(looped),
            Op::Has(_)
            | Op::Not(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::Compare(..)
            | Op::In(..)
            | Op::Matches(..)
            | Op::Glob(..)
            | Op::Loop(_) => self.because(id),
            op => op
                .children()
                .into_iter()
                .for_each(|child| self.operand(child)),
        }
    }

    /// What an optional value holds, or why it holds nothing and what was taken in its place.
    fn or_value(&mut self, (optional, other): (OpId, OpId)) {
        if self.value(optional).is_some_and(is_none) {
            self.missing(optional);
            self.operand(other);
        } else {
            self.operand(optional);
        }
    }

    /// What a size was taken of; the head stands for a list.
    fn sized(&mut self, list: OpId) {
        let start = self.found.len();
        self.operand(list);
        let is_text = |value: Value<'_>| matches!(value.data, Data::Str(_) | Data::Bytes(_));
        if !self.value(list).is_some_and(is_text) {
            for evidence in self.found.iter_mut().skip(start) {
                evidence.lacks = true;
            }
        }
    }

    /// A list or a map that a macro made.
    fn collected(&mut self, looped: &'a LoopOp) {
        if let Some(range) = self.value(looped.range) {
            if range.node.is_some() {
                self.push(range, |evidence| Evidence {
                    lacks: true,
                    ..evidence
                });
            } else {
                self.operand(looped.range);
            }
        }
        for id in [looped.condition, looped.result].into_iter().flatten() {
            self.outer(id, looped.slot);
        }
    }

    /// A value that nothing is held against: its nodes, with words if it was computed.
    pub(super) fn yielded(&mut self, id: OpId) {
        let start = self.found.len();
        self.operand(id);
        if let Some(value) = self.value(id) {
            let subject = self.subject(id, value, start);
            self.say(start, subject.map(|subject| subject.text));
        }
    }

    /// What a computed value is, in words, beside the nodes found since `start`; nothing for a value that
    /// stands in the document.
    pub(super) fn subject(&mut self, id: OpId, value: Value<'a>, start: usize) -> Option<Subject> {
        if value.node.is_some() {
            return None;
        }
        let program = self.program;
        match program.op(id) {
            Op::Slot(slot) => {
                if let Some(origin) = self.origin(*slot) {
                    return self.at(origin, |explainer, op| explainer.subject(op, value, start));
                }
            }
            Op::Call(Function::Size, args) => return self.size(value, args[0]),
            _ => {}
        }
        let words = value.data.to_words()?;
        let text = match program.op(id) {
            Op::Call(Function::Host, _) => words::host(&words),
            Op::Call(Function::Domain, _) => words::domain(&words),
            Op::Call(Function::Kind, _) => words::kind(&words),
            Op::Call(Function::Date(DatePart::FullYear), _) => words::year(&words),
            _ if self.found.len() > start + 1 => words::together(&words),
            _ => words::gives(&words),
        };
        Some(Subject {
            text,
            is_complete: false,
        })
    }

    /// The size of a list or a text.
    fn size(&mut self, size: Value<'a>, of: OpId) -> Option<Subject> {
        let program = self.program;
        if let Op::Slot(slot) = program.op(of)
            && let Some(origin) = self.origin(*slot)
        {
            return self.at(origin, |explainer, op| explainer.size(size, op));
        }
        let (count, whole) = (size.data.to_words()?, self.value(of)?);
        let is_empty = length(self.machine, whole) == Some(0);
        let text = match program.op(of) {
            Op::Loop(looped) if looped.kind == LoopKind::Filter && self.total(looped) > 0 => {
                entries::some_fit(length(self.machine, whole)?, self.total(looped))
            }
            _ if is_empty => entries::empty(),
            _ if matches!(whole.data, Data::Str(_)) => words::length(&count),
            _ => entries::size(&count),
        };
        Some(Subject {
            text,
            is_complete: is_empty,
        })
    }
}

fn is_none(value: Value<'_>) -> bool {
    matches!(value.data, Data::Optional(None))
}

/// How many elements a list or a map has.
pub(super) fn length<'a>(machine: &Machine<'a>, list: Value<'a>) -> Option<usize> {
    let elements = machine.elements(list, crate::expr::Load::Plain).ok()?;
    Some(elements.len())
}
