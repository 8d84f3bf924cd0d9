//! Lists and maps: building them, looking into them.

use bumpalo::collections::Vec as BumpVec;

use crate::expr::eval::rounds::Rounds;
use crate::expr::eval::{Fault, Machine, Reason};
use crate::expr::program::{FieldRef, Load, Op, OpId, Program};
use crate::expr::value::{Data, Value};

/// The bytes that a value takes.
const SIZE: usize = size_of::<Value<'_>>();

impl<'a> Machine<'a> {
    pub(super) fn index(
        &mut self,
        program: &'a Program,
        at: (OpId, OpId),
        load: Load,
    ) -> Result<Value<'a>, Fault> {
        let list = self.run(program, at.0)?;
        let index = self.run(program, at.1)?;
        self.indexed(list, index, load)
    }

    pub(super) fn indexed(
        &mut self,
        list: Value<'a>,
        index: Value<'a>,
        load: Load,
    ) -> Result<Value<'a>, Fault> {
        if let Data::Optional(_) = list.data {
            let found = self.maybe_place(list, index.data, load)?;
            return Ok(self.optional(found));
        }
        self.place(list, index.data, load)
    }

    /// What stands at a place of a list or under a key of a map.
    pub(super) fn place(
        &mut self,
        list: Value<'a>,
        index: Data<'a>,
        load: Load,
    ) -> Result<Value<'a>, Fault> {
        match list.data {
            Data::Map(entries) => {
                self.afford(entries.len())?;
                let mut found = entries
                    .iter()
                    .filter(|(key, _)| self.equal(key.data, index));
                return found.next().map(|(_, value)| *value).ok_or(Fault::NoKey);
            }
            Data::Mapping(mapping) => {
                let Data::Str(key) = index else {
                    return Err(Fault::NoKey);
                };
                let entry = self.doc.get(mapping, key).ok_or(Fault::NoKey)?;
                self.trust(entry.value)?;
                return Ok(self.value(entry.value, entry.merged.or(list.via), load));
            }
            _ => {}
        }
        let index = whole(index).ok_or(Fault::Failed(&Reason(
            "a place in a list is an integer",
            "الموضع في القائمة عدد صحيح",
        )))?;
        let elements = self.elements(list, load)?;
        let element = self.element(elements, index);
        element.unwrap_or(Err(Fault::Failed(&Reason(
            "the list has no such place",
            "لا يوجد هذا الموضع في القائمة",
        ))))
    }

    /// A field of what is no mapping of the document.
    #[cold]
    pub(super) fn computed_field(
        &self,
        object: Value<'a>,
        field: &'a FieldRef,
        id: OpId,
    ) -> Result<Value<'a>, Fault> {
        match object.data {
            Data::Map(entries) => entries
                .iter()
                .find(|(key, _)| matches!(key.data, Data::Str(key) if *key == *field.name))
                .map(|(_, value)| *value)
                .ok_or(Fault::NoKey),
            Data::Optional(_) => {
                let found = self.maybe_member(object, field, id)?;
                Ok(self.optional(found))
            }
            _ if field.is_open => Err(Fault::NoKey),
            _ => Err(Fault::Failed(&Reason(
                "only a mapping has fields",
                "لا حقول إلا في الخرائط",
            ))),
        }
    }

    pub(super) fn list(
        &mut self,
        program: &'a Program,
        items: &'a [OpId],
    ) -> Result<Value<'a>, Fault> {
        let mut values = BumpVec::with_capacity_in(items.len(), self.bump);
        for item in items {
            values.push(self.run(program, *item)?);
        }
        self.room(0)?;
        Ok(Value::new(Data::List(values.into_bump_slice())))
    }

    /// A list with items that may be none.
    pub(super) fn gather(
        &mut self,
        program: &'a Program,
        items: &'a [(bool, OpId)],
    ) -> Result<Value<'a>, Fault> {
        let mut values = BumpVec::with_capacity_in(items.len(), self.bump);
        for (maybe, item) in items {
            let value = self.run(program, *item)?;
            values.extend(given(*maybe, value)?);
        }
        Ok(Value::new(Data::List(values.into_bump_slice())))
    }

    pub(super) fn map(
        &mut self,
        program: &'a Program,
        entries: &'a [(OpId, OpId, bool)],
    ) -> Result<Value<'a>, Fault> {
        let mut map = BumpVec::with_capacity_in(entries.len(), self.bump);
        for (key, value, maybe) in entries {
            let key = self.run(program, *key)?;
            if !matches!(
                key.data,
                Data::Str(_) | Data::Int(_) | Data::Uint(_) | Data::Bool(_)
            ) {
                return Err(Fault::Failed(&Reason(
                    "a key is text, an integer, or true or false",
                    "المفتاح نص أو عدد صحيح أو قيمة منطقية",
                )));
            }
            let value = self.run(program, *value)?;
            if let Some(value) = given(*maybe, value)? {
                self.insert(&mut map, key, value)?;
            }
        }
        self.room(0)?;
        Ok(Value::new(Data::Map(map.into_bump_slice())))
    }

    /// Adds an entry, unless its key is there already.
    pub(super) fn insert(
        &mut self,
        map: &mut BumpVec<'a, (Value<'a>, Value<'a>)>,
        key: Value<'a>,
        value: Value<'a>,
    ) -> Result<(), Fault> {
        self.afford(map.len())?;
        if map
            .iter()
            .any(|(known, _)| self.equal(known.data, key.data))
        {
            return Err(Fault::Failed(&Reason(
                "a map holds no key twice",
                "لا يتكرر المفتاح في الخريطة الواحدة",
            )));
        }
        map.push((key, value));
        Ok(())
    }

    /// Two lists one behind the other.
    pub(super) fn concat(&self, left: Data<'a>, right: Data<'a>) -> Result<Data<'a>, Fault> {
        let (left, right) = (Value::new(left), Value::new(right));
        let left = self.elements(left, Load::Plain)?;
        let right = self.elements(right, Load::Plain)?;
        self.room((left.len() + right.len()) * SIZE)?;
        let mut values = BumpVec::with_capacity_in(left.len() + right.len(), self.bump);
        for elements in [left, right] {
            for index in 0..elements.len() {
                values.extend(self.element(elements, index).transpose()?);
            }
        }
        Ok(Data::List(values.into_bump_slice()))
    }

    /// The element of a list that equals the needle.
    pub(in crate::expr) fn find(
        &mut self,
        program: &'a Program,
        needle: OpId,
        list: OpId,
        load: Load,
    ) -> Result<Option<Value<'a>>, Fault> {
        let needle = self.operand(program, needle)?;
        self.find_value(program, needle, list, load)
    }

    /// The same of a needle that has its value.
    pub(super) fn find_value(
        &mut self,
        program: &'a Program,
        needle: Value<'a>,
        list: OpId,
        load: Load,
    ) -> Result<Option<Value<'a>>, Fault> {
        if let Op::List(items) = program.op(list) {
            let mut found = None;
            for item in items {
                // A fault further on is a fault of the list, wherever the needle stands in it.
                if found.is_some() && matches!(program.op(*item), Op::Const(_)) {
                    continue;
                }
                let item = self.operand(program, *item)?;
                if found.is_none() && self.equal(needle.data, item.data) {
                    found = Some(item);
                }
            }
            return Ok(found);
        }
        let list = self.run(program, list)?;
        if matches!(list.data, Data::Mapping(_) | Data::Map(_)) {
            return Ok(self.find_key(list, needle.data));
        }
        let elements = self.elements(list, load)?;
        let mut rounds = match self.members(list.data, elements, needle.data) {
            Some(found) => Rounds::Among(found),
            None => Rounds::From(0),
        };
        let mut fault = None;
        while let Some(index) = self.next_round(&mut rounds, elements)? {
            match self.element(elements, index) {
                Some(Ok(element)) if self.equal(needle.data, element.data) => {
                    return Ok(Some(element));
                }
                Some(Ok(_)) => self.step_on()?,
                Some(Err(found)) => fault = Some(found),
                None => break,
            }
        }
        fault.map_or(Ok(None), Err)
    }

    /// The key of a map that equals the needle.
    fn find_key(&mut self, map: Value<'a>, needle: Data<'a>) -> Option<Value<'a>> {
        match (map.data, needle) {
            (Data::Mapping(mapping), Data::Str(key)) => {
                let entry = self.doc.get(mapping, key);
                entry.map(|entry| self.key(entry, map.via))
            }
            (Data::Map(entries), _) => {
                self.afford(entries.len()).ok()?;
                let mut keys = entries.iter().map(|(key, _)| *key);
                keys.find(|key| self.equal(key.data, needle))
            }
            _ => None,
        }
    }
}

/// An item or a value that may be none.
fn given(maybe: bool, value: Value<'_>) -> Result<Option<Value<'_>>, Fault> {
    match (maybe, value.data) {
        (false, _) => Ok(Some(value)),
        (true, Data::Optional(item)) => Ok(item.copied()),
        (true, _) => Err(Fault::Failed(&Reason(
            "this is no optional value",
            "هذه ليست قيمة اختيارية",
        ))),
    }
}

/// A number as a place in a list.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole and not negative, and `as` saturates"
)]
pub(super) fn whole(index: Data<'_>) -> Option<usize> {
    match index {
        Data::Int(index) => Some(usize::try_from(index).unwrap_or(usize::MAX)),
        Data::Uint(index) => Some(usize::try_from(index).unwrap_or(usize::MAX)),
        Data::Double(index) if index >= 0.0 && index.fract() == 0.0 => Some(index as usize),
        _ => None,
    }
}
