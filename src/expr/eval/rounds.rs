//! Which elements a loop has to look at: all of them, or those that may have what it looks for.
//!
//! An element that is left out certainly differs, so that the condition is false there whatever else it says
//! (for `all`: true). Where that cannot be known, as beside a fault, no element is left out.

use crate::expr::Program;
use crate::expr::ast::LoopKind;
use crate::expr::eval::index::Candidates;
use crate::expr::eval::loops::Elements;
use crate::expr::eval::{Fault, Machine};
use crate::expr::key::Key;
use crate::expr::program::LoopOp;
use crate::expr::value::{Data, Value};
use crate::schema::ShapeId;
use crate::work;
use crate::yaml::NodeId;

/// The elements that a loop has to look at, one after the other.
pub(in crate::expr) enum Rounds<'a> {
    /// Those from a place on.
    From(usize),
    /// Those from a place on whose field does not hold another text.
    Alike(usize, &'a [NodeId], (ShapeId, u32), &'a str),
    /// Those that an index knows.
    Among(Candidates),
}

impl<'a> Machine<'a> {
    /// What a loop goes through, and which of it.
    #[inline]
    pub(super) fn rounds(
        &mut self,
        program: &'a Program,
        looped: &'a LoopOp,
    ) -> Result<(Elements<'a>, Rounds<'a>), Fault> {
        let range = self.run(program, looped.range)?;
        let elements = self.elements(range, looped.load)?;
        let found = match &looped.key {
            Some(key) => self.narrowed(program, (looped, key), range.data, elements),
            None => None,
        };
        Ok((elements, found.unwrap_or(Rounds::From(0))))
    }

    /// The same for who looks for the elements whose condition comes out as `held`.
    pub(in crate::expr) fn rounds_that(
        &mut self,
        program: &'a Program,
        looped: &'a LoopOp,
        held: bool,
    ) -> Result<(Elements<'a>, Rounds<'a>), Fault> {
        let (elements, rounds) = self.rounds(program, looped)?;
        let of_those_left_out = looped.kind == LoopKind::All;
        if held == of_those_left_out {
            return Ok((elements, Rounds::From(0)));
        }
        Ok((elements, rounds))
    }

    /// The elements that may have what a loop looks for, if it pays to tell them apart.
    fn narrowed(
        &mut self,
        program: &'a Program,
        (looped, key): (&'a LoopOp, &'a Key),
        list: Data<'a>,
        elements: Elements<'a>,
    ) -> Option<Rounds<'a>> {
        let place = key.place.filter(|_| self.is_clean);
        let is_long = elements.len() >= self.long;
        if !is_long && place.is_none() {
            return None;
        }
        let wanted = self.wanted(program, looped, key)?;
        if is_long
            && let Some(found) = self.candidates((program, looped, key), (list, elements), wanted)
        {
            return Some(Rounds::Among(found));
        }
        match (wanted, place, elements) {
            (Data::Str(text), Some(place), Elements::Nodes(nodes, ..)) => {
                Some(Rounds::Alike(0, nodes, place, text))
            }
            _ => None,
        }
    }

    /// What a loop looks for. It is asked for outside the loop, where the loop's variables have no values and
    /// only keep their slots.
    #[inline]
    fn wanted(&mut self, program: &'a Program, looped: &LoopOp, key: &Key) -> Option<Data<'a>> {
        let nothing = Value::new(Data::Null);
        self.open(looped, (nothing, nothing));
        let wanted = self.operand(program, key.wanted);
        self.slots.truncate(looped.slot);
        Some(wanted.ok()?.data)
    }

    /// The next element to look at. It costs a step, and so does each that is passed over.
    #[inline]
    pub(in crate::expr) fn next_round(
        &self,
        rounds: &mut Rounds<'a>,
        elements: Elements<'a>,
    ) -> Result<Option<usize>, Fault> {
        work::count(1);
        match rounds {
            Rounds::From(next) => {
                self.step_on()?;
                let place = *next;
                *next += 1;
                Ok((place < elements.len()).then_some(place))
            }
            Rounds::Alike(next, nodes, place, wanted) => {
                while let Some(node) = nodes.get(*next) {
                    self.step_on()?;
                    *next += 1;
                    if !self.differs(*node, *place, wanted) {
                        return Ok(Some(*next - 1));
                    }
                }
                Ok(None)
            }
            Rounds::Among(candidates) => {
                self.step_on()?;
                Ok(candidates.next())
            }
        }
    }

    /// Whether an element certainly has other text in a field.
    fn differs(&self, node: NodeId, (shape, field): (ShapeId, u32), wanted: &str) -> bool {
        let mapping = self.doc.resolve(node);
        let found = self.validation.layout.find(mapping, shape, field).flatten();
        let said = found.and_then(|place| self.doc.said(self.doc.entry(place).value));
        said.is_some_and(|said| said != wanted.as_bytes())
    }
}
