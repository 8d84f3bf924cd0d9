//! What is there or is not: fields, places, optional values.

use super::{Evidence, Explainer, entries, words};
use crate::expr::eval::Fault;
use crate::expr::program::{FieldRef, Function, Op, OpId};
use crate::expr::value::{Data, Value};
use crate::yaml::NodeId;

impl<'a> Explainer<'_, 'a> {
    /// `has(…)` and `….hasValue()`.
    pub(super) fn presence(&mut self, operand: OpId) {
        match self.machine.run(self.program, operand) {
            Ok(value) if matches!(value.data, Data::Optional(None)) => self.missing(operand),
            Ok(value) if value.node.is_some() => self.push(value, |evidence| {
                evidence.with_text(words::declared()).asked()
            }),
            Ok(_) => self.operand(operand),
            Err(Fault::Absent(mapping, field)) => self.broken_off(operand, mapping, field),
            Err(_) => {}
        }
    }

    /// A path that ends at a field which a mapping lacks.
    fn broken_off(&mut self, path: OpId, mapping: NodeId, field: OpId) {
        let program = self.program;
        if let Op::Field(object, field) = program.op(field) {
            let via = self.value(*object).and_then(|object| object.via);
            self.lacks((mapping, via), field);
        } else {
            self.operand(path);
        }
    }

    fn lacks(&mut self, (mapping, via): (NodeId, Option<NodeId>), field: &FieldRef) {
        let text = words::missing(&field.name);
        let evidence = Evidence::head(mapping, via).with_text(text);
        self.found.push(evidence);
    }

    /// Why an optional value holds nothing.
    pub(super) fn missing(&mut self, id: OpId) {
        let program = self.program;
        match program.op(id) {
            Op::MaybeField(object, field) | Op::Field(object, field) => {
                match self.opened(*object) {
                    Some(value) => match value.data {
                        Data::Mapping(mapping) => self.lacks((mapping, value.via), field),
                        _ => self.operand(*object),
                    },
                    None => self.missing(*object),
                }
            }
            Op::MaybeIndex(list, index, _) | Op::Index(list, index, _) => {
                match self.opened(*list) {
                    Some(value) => self.no_place(value, (*list, *index)),
                    None => self.missing(*list),
                }
            }
            Op::Bind {
                kind,
                slot,
                value,
                body,
            } => self.bound(*kind, *slot, (*value, *body), Self::missing),
            Op::Call(Function::OptionalOr, args) => args.iter().for_each(|arg| self.missing(*arg)),
            Op::Call(_, args) => args.iter().for_each(|arg| self.yielded(*arg)),
            Op::Cond(condition, yes, no) => {
                self.chosen(*condition, (*yes, *no), Self::missing);
            }
            Op::Slot(slot) => {
                if let Some(origin) = self.origin(*slot) {
                    self.at(origin, Self::missing);
                }
            }
            _ => {}
        }
    }

    /// A value, or what an optional value holds.
    fn opened(&mut self, id: OpId) -> Option<Value<'a>> {
        let value = self.value(id)?;
        match value.data {
            Data::Optional(held) => held.copied(),
            _ => Some(value),
        }
    }

    /// A list or a map that has no such place or key.
    fn no_place(&mut self, value: Value<'a>, (list, index): (OpId, OpId)) {
        let start = self.found.len();
        let key = self.value(index).and_then(|key| key.data.to_words());
        let text = key.map(|key| match value.data {
            Data::Mapping(_) | Data::Map(_) => words::missing(&key),
            _ => entries::no_place(&key),
        });
        if value.node.is_some() {
            self.push(value, |evidence| Evidence {
                lacks: true,
                ..evidence
            });
        } else {
            self.operand(list);
        }
        self.say(start, text);
        self.operand(index);
    }
}
