//! Optional values: what may be none, and how it is opened.

use super::collections::whole;
use crate::expr::Program;
use crate::expr::eval::{Fault, Machine, Reason};
use crate::expr::program::{FieldRef, Function, Load, OpId};
use crate::expr::value::{Data, Value};

impl<'a> Machine<'a> {
    /// An optional value. It stands where what it holds stands.
    pub(super) fn optional(&self, value: Option<Value<'a>>) -> Value<'a> {
        match value {
            None => Value::new(Data::Optional(None)),
            Some(value) => Value {
                data: Data::Optional(Some(self.bump.alloc(value))),
                ..value
            },
        }
    }

    pub(super) fn maybe_field(
        &mut self,
        program: &'a Program,
        object: OpId,
        field: &'a FieldRef,
        id: OpId,
    ) -> Result<Value<'a>, Fault> {
        let object = self.run(program, object)?;
        let found = self.maybe_member(object, field, id)?;
        Ok(self.optional(found))
    }

    /// A field that may be absent, of an object that may be none.
    pub(super) fn maybe_member(
        &self,
        object: Value<'a>,
        field: &'a FieldRef,
        id: OpId,
    ) -> Result<Option<Value<'a>>, Fault> {
        let Some(object) = opened(object) else {
            return Ok(None);
        };
        or_none(self.field(object, field, id))
    }

    pub(super) fn maybe_index(
        &mut self,
        program: &'a Program,
        at: (OpId, OpId),
        load: Load,
    ) -> Result<Value<'a>, Fault> {
        let list = self.run(program, at.0)?;
        let index = self.run(program, at.1)?;
        let found = self.maybe_place(list, index.data, load)?;
        Ok(self.optional(found))
    }

    /// A place or a key that may not be there, of a list or a map that may be none.
    pub(super) fn maybe_place(
        &mut self,
        list: Value<'a>,
        index: Data<'a>,
        load: Load,
    ) -> Result<Option<Value<'a>>, Fault> {
        let Some(list) = opened(list) else {
            return Ok(None);
        };
        if let (Data::Sequence(_) | Data::List(_), Some(index)) = (list.data, whole(index)) {
            let elements = self.elements(list, load)?;
            return self.element(elements, index).transpose();
        }
        or_none(self.place(list, index, load))
    }

    /// The functions of optional values.
    pub(super) fn optional_call(
        &mut self,
        program: &'a Program,
        function: Function,
        first: Value<'a>,
        args: &'a [OpId],
    ) -> Result<Value<'a>, Fault> {
        match function {
            Function::OptionalOf => return Ok(self.optional(Some(first))),
            Function::OptionalNonZero => {
                let held = (!self.is_zero(first)).then_some(first);
                return Ok(self.optional(held));
            }
            _ => {}
        }
        let Data::Optional(held) = first.data else {
            return Err(Fault::Failed(&Reason(
                "this is no optional value",
                "هذه ليست قيمة اختيارية",
            )));
        };
        match (function, held) {
            (Function::HasValue, _) => Ok(Value {
                data: Data::Bool(held.is_some()),
                ..first
            }),
            (Function::OptionalOr, Some(_)) => Ok(first),
            (Function::OptionalValue | Function::OptionalOrValue, Some(value)) => Ok(*value),
            (Function::OptionalValue, None) => Err(Fault::Failed(&Reason(
                "this optional value holds nothing",
                "هذه القيمة الاختيارية فارغة",
            ))),
            (Function::OptionalOr, None) => match self.run(program, args[1])? {
                other if matches!(other.data, Data::Optional(_)) => Ok(other),
                _ => Err(Fault::Failed(&Reason(
                    "this is no optional value",
                    "هذه ليست قيمة اختيارية",
                ))),
            },
            _ => self.run(program, args[1]),
        }
    }

    /// Whether a value is the zero of its type.
    fn is_zero(&self, value: Value<'a>) -> bool {
        match value.data {
            Data::Null | Data::Bool(false) | Data::Int(0) | Data::Uint(0) => true,
            Data::Optional(held) => held.is_none(),
            Data::Double(value) => value == 0.0,
            Data::Str(text) => text.is_empty(),
            Data::Bytes(bytes) => bytes.is_empty(),
            Data::Duration(duration) => duration.is_zero(),
            Data::Timestamp(moment) => moment == jiff::Timestamp::UNIX_EPOCH,
            _ => self
                .elements(value, Load::Plain)
                .is_ok_and(|elements| elements.len() == 0),
        }
    }
}

/// What optional values hold, however many stand around it.
fn opened(mut value: Value<'_>) -> Option<Value<'_>> {
    while let Data::Optional(held) = value.data {
        value = *held?;
    }
    Some(value)
}

/// What is absent is none; every other fault stays.
pub(super) fn or_none(found: Result<Value<'_>, Fault>) -> Result<Option<Value<'_>>, Fault> {
    match found {
        Ok(value) => Ok(Some(value)),
        Err(Fault::Absent(..) | Fault::NoKey) => Ok(None),
        Err(fault) => Err(fault),
    }
}
