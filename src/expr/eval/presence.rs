//! `has`: whether an access path leads to something. What is absent on the way makes it false; a fault in what the
//! path begins with, or in a place that is computed, stays a fault.

use super::optional::or_none;
use crate::expr::Program;
use crate::expr::eval::{Fault, Machine};
use crate::expr::program::{Op, OpId};
use crate::expr::value::{Data, Value};

impl<'a> Machine<'a> {
    pub(super) fn presence(&mut self, program: &'a Program, id: OpId) -> Result<bool, Fault> {
        let Op::Field(object, field) = program.op(id) else {
            return Ok(self.reach(program, id)?.is_some_and(is_held));
        };
        let Some(object) = self.reach(program, *object)? else {
            return Ok(false);
        };
        if let Data::Mapping(mapping) = object.data {
            return match self.entry(mapping, field, id) {
                Ok(_) => Ok(true),
                Err(Fault::Absent(..)) => Ok(false),
                Err(fault) => Err(fault),
            };
        }
        let found = or_none(self.field(object, field, id))?;
        Ok(match object.data {
            Data::Optional(_) => found.is_some_and(is_held),
            _ => found.is_some(),
        })
    }

    /// What a path leads to, if nothing on it is absent.
    fn reach(&mut self, program: &'a Program, id: OpId) -> Result<Option<Value<'a>>, Fault> {
        match program.op(id) {
            Op::Slot(slot) => Ok(Some(self.slots[*slot])),
            Op::Field(object, field) => match self.reach(program, *object)? {
                Some(object) => or_none(self.field(object, field, id)),
                None => Ok(None),
            },
            Op::Index(list, index, load) => {
                let list = self.reach(program, *list)?;
                let index = self.run(program, *index)?;
                match list {
                    Some(list) => or_none(self.indexed(list, index, *load)),
                    None => Ok(None),
                }
            }
            _ => self.run(program, id).map(Some),
        }
    }
}

/// Whether an optional value holds something; any other value does.
fn is_held(value: Value<'_>) -> bool {
    !matches!(value.data, Data::Optional(None))
}
