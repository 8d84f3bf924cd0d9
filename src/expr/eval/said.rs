//! Text of the document, compared where it stands: no value is made of it on the way.

use crate::expr::eval::{Fault, Machine};
use crate::expr::program::{FieldRef, Load, Op, OpId, Program};
use crate::expr::value::Data;

impl<'a> Machine<'a> {
    /// Whether a field equals a text.
    pub(super) fn says(
        &mut self,
        program: &'a Program,
        (object, field, id): (OpId, &'a FieldRef, OpId),
        text: &'a str,
    ) -> Result<bool, Fault> {
        self.step_on()?;
        let object = self.operand(program, object)?;
        if let (Data::Mapping(mapping), Load::Plain) = (object.data, field.load) {
            let entry = self.entry(mapping, field, id)?;
            if let Some(said) = self.doc.said(entry.value) {
                return Ok(self.same(said, text.as_bytes()));
            }
        }
        let found = self.field(object, field, id)?;
        Ok(self.equal(found.data, Data::Str(text)))
    }

    /// Whether a list holds a value, or a map such a key.
    pub(super) fn holds_member(
        &mut self,
        program: &'a Program,
        needle: OpId,
        list: OpId,
        load: Load,
    ) -> Result<bool, Fault> {
        let needle = self.operand(program, needle)?;
        if let (Data::Str(text), Op::Field(object, field), Load::Plain, true) =
            (needle.data, program.op(list), load, self.is_clean)
        {
            self.step_on()?;
            let object = self.operand(program, *object)?;
            if let Data::Mapping(mapping) = object.data {
                let entry = self.entry(mapping, field, list)?;
                let short = self.doc.sequence(entry.value);
                if let Some(nodes) = short.filter(|nodes| nodes.len() < self.long) {
                    self.afford(nodes.len())?;
                    let mut said = nodes.iter().filter_map(|node| self.doc.said(*node));
                    return Ok(said.any(|said| self.same(said, text.as_bytes())));
                }
            }
        }
        Ok(self.find_value(program, needle, list, load)?.is_some())
    }

    /// Whether two texts are the same; if that takes too many steps the evaluation fails in the end.
    #[inline]
    pub(super) fn same(&self, left: &[u8], right: &[u8]) -> bool {
        left.len() == right.len() && self.compare_through(left.len()).is_ok() && left == right
    }
}
