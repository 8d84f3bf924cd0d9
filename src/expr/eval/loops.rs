//! Macros that go through a list or a map, and `cel.bind`.

use bumpalo::Bump;
use bumpalo::collections::Vec as BumpVec;

use crate::expr::Program;
use crate::expr::ast::{BindKind, LoopKind};
use crate::expr::eval::{Fault, Machine, Reason};
use crate::expr::program::{Load, LoopOp, OpId};
use crate::expr::value::{Data, Value};
use crate::yaml::{Entry, NodeId};

impl<'a> Machine<'a> {
    /// The elements of a list or a map.
    pub(crate) fn elements(&self, list: Value<'a>, load: Load) -> Result<Elements<'a>, Fault> {
        match list.data {
            Data::Sequence(node) => Ok(Elements::Nodes(self.doc.items(node), list.via, load)),
            Data::List(values) => Ok(Elements::Values(values)),
            Data::Mapping(node) => Ok(Elements::Fields(self.doc.entries(node), list.via, load)),
            Data::Map(entries) => Ok(Elements::Entries(entries)),
            _ => Err(Fault::Failed(&Reason(
                "this is not a list",
                "هذه ليست قائمة",
            ))),
        }
    }

    /// One element: of a list an item, of a map a key.
    pub(crate) fn element(
        &self,
        elements: Elements<'a>,
        index: usize,
    ) -> Option<Result<Value<'a>, Fault>> {
        match elements {
            Elements::Values(values) => values.get(index).copied().map(Ok),
            Elements::Nodes(nodes, via, load) => {
                nodes.get(index).map(|node| self.trusted(*node, via, load))
            }
            Elements::Fields(entries, via, _) => {
                entries.get(index).map(|entry| Ok(self.key(entry, via)))
            }
            Elements::Entries(entries) => entries.get(index).map(|(key, _)| Ok(*key)),
        }
    }

    /// One element with its place or its key before it.
    pub(in crate::expr) fn entry_at(
        &self,
        elements: Elements<'a>,
        index: usize,
    ) -> Option<Result<(Value<'a>, Value<'a>), Fault>> {
        match elements {
            Elements::Values(_) | Elements::Nodes(..) => {
                let place = i64::try_from(index).unwrap_or(i64::MAX);
                let place = Value::new(Data::Int(place));
                let element = self.element(elements, index)?;
                Some(element.map(|element| (place, element)))
            }
            Elements::Fields(entries, via, load) => entries.get(index).map(|entry| {
                let value = self.trusted(entry.value, entry.merged.or(via), load)?;
                Ok((self.key(entry, via), value))
            }),
            Elements::Entries(entries) => entries.get(index).copied().map(Ok),
        }
    }

    /// What one round of a loop sees; with one variable the first of the two is not used.
    #[inline]
    pub(crate) fn round(
        &self,
        elements: Elements<'a>,
        looped: &LoopOp,
        index: usize,
    ) -> Option<Result<(Value<'a>, Value<'a>), Fault>> {
        if looped.pairs {
            return self.entry_at(elements, index);
        }
        let element = self.element(elements, index)?;
        Some(element.map(|element| (element, element)))
    }

    pub(super) fn looped(
        &mut self,
        program: &'a Program,
        looped: &'a LoopOp,
    ) -> Result<Value<'a>, Fault> {
        if !looped.kind.yields_collection() {
            return self.tested(program, looped).map(Value::bool);
        }
        if let Some(value) = self.known(looped) {
            return Ok(value);
        }
        let (elements, mut rounds) = self.rounds(program, looped)?;
        self.room(elements.len() * size_of::<Value<'_>>())?;
        let mut harvest = Harvest::new(looped.kind, self.bump);
        while let Some(index) = self.next_round(&mut rounds, elements)? {
            let Some(round) = self.round(elements, looped, index) else {
                break;
            };
            let (first, element) = round?;
            let (held, value) = self.step(program, looped, (first, element))?;
            if held {
                self.reap(&mut harvest, first, value)?;
            }
        }
        self.room(0)?;
        let value = harvest.finish();
        self.remember(looped, value);
        Ok(value)
    }

    /// `all`, `exists` and `exists_one`.
    pub(super) fn tested(
        &mut self,
        program: &'a Program,
        looped: &'a LoopOp,
    ) -> Result<bool, Fault> {
        if let Some(Data::Bool(held)) = self.known(looped).map(|value| value.data) {
            return Ok(held);
        }
        let held = self.decided(program, looped)?;
        self.remember(looped, Value::bool(held));
        Ok(held)
    }

    /// `all` and `exists` absorb faults: the element that decides is enough.
    fn decided(&mut self, program: &'a Program, looped: &'a LoopOp) -> Result<bool, Fault> {
        let (elements, mut rounds) = self.rounds(program, looped)?;
        let mut fault = None;
        let mut count = 0_usize;
        while let Some(index) = self.next_round(&mut rounds, elements)? {
            match (looped.kind, self.judge(program, looped, elements, index)) {
                (LoopKind::All, Ok(false)) => return Ok(false),
                (LoopKind::Exists, Ok(true)) => return Ok(true),
                (_, Ok(held)) => count += usize::from(held),
                (LoopKind::ExistsOne, Err(found)) => return Err(found),
                (_, Err(found)) => {
                    // The budget is no fault that another element can make up for.
                    self.afford(0)?;
                    fault = Some(found);
                }
            }
        }
        match (fault, looped.kind) {
            (Some(fault), _) => Err(fault),
            (None, LoopKind::All) => Ok(true),
            (None, LoopKind::ExistsOne) => Ok(count == 1),
            (None, _) => Ok(false),
        }
    }

    /// Whether the condition holds in one round.
    fn judge(
        &mut self,
        program: &'a Program,
        looped: &'a LoopOp,
        elements: Elements<'a>,
        index: usize,
    ) -> Result<bool, Fault> {
        debug_assert_eq!(self.slots.len(), looped.slot, "variables nest");
        if looped.pairs {
            let Some(entry) = self.entry_at(elements, index) else {
                return Ok(false);
            };
            let (first, second) = entry?;
            self.slots.extend_from_slice_copy(&[first, second]);
        } else if let Some(element) = self.element(elements, index) {
            self.slots.push(element?);
        }
        let held = looped
            .condition
            .map_or(Ok(true), |condition| self.truth(program, condition));
        self.slots.truncate(looped.slot);
        held
    }

    /// Takes what one round yields.
    fn reap(
        &mut self,
        harvest: &mut Harvest<'a>,
        first: Value<'a>,
        value: Value<'a>,
    ) -> Result<(), Fault> {
        match harvest.kind {
            LoopKind::TransformMap => harvest.entries.push((first, value)),
            LoopKind::TransformMapEntry => {
                if !matches!(value.data, Data::Map(_) | Data::Mapping(_)) {
                    return Err(Fault::Failed(&Reason("this is no map", "هذه ليست خريطة")));
                }
                let entries = self.elements(value, Load::Plain)?;
                for index in 0..entries.len() {
                    if let Some(entry) = self.entry_at(entries, index) {
                        let (key, value) = entry?;
                        self.insert(&mut harvest.entries, key, value)?;
                    }
                }
            }
            _ => harvest.values.push(value),
        }
        Ok(())
    }

    /// One round of a loop: whether its condition held, and the value that it yields if so.
    pub(in crate::expr) fn step(
        &mut self,
        program: &'a Program,
        looped: &'a LoopOp,
        (first, element): (Value<'a>, Value<'a>),
    ) -> Result<(bool, Value<'a>), Fault> {
        debug_assert_eq!(self.slots.len(), looped.slot, "variables nest");
        self.open(looped, (first, element));
        let held = looped
            .condition
            .map_or(Ok(true), |condition| self.truth(program, condition));
        let value = match (&held, looped.result) {
            (Ok(true), Some(result)) => self.run(program, result),
            _ => Ok(element),
        };
        self.slots.truncate(looped.slot);
        Ok((held?, value?))
    }

    /// Makes a round's variables known.
    #[inline]
    pub(in crate::expr) fn open(
        &mut self,
        looped: &LoopOp,
        (first, element): (Value<'a>, Value<'a>),
    ) {
        if looped.pairs {
            self.slots.push(first);
        }
        self.slots.push(element);
    }

    pub(super) fn bind(
        &mut self,
        program: &'a Program,
        (kind, slot): (BindKind, usize),
        value: OpId,
        body: OpId,
    ) -> Result<Value<'a>, Fault> {
        let value = self.run(program, value)?;
        let value = match (kind, value.data) {
            (BindKind::Plain, _) => value,
            (_, Data::Optional(Some(value))) => *value,
            (_, Data::Optional(None)) => return Ok(value),
            _ => {
                return Err(Fault::Failed(&Reason(
                    "this is no optional value",
                    "هذه ليست قيمة اختيارية",
                )));
            }
        };
        debug_assert_eq!(self.slots.len(), slot, "variables nest");
        self.slots.push(value);
        let found = self.run(program, body);
        self.slots.truncate(slot);
        let found = found?;
        match (kind, found.data) {
            (BindKind::Plain, _) | (BindKind::OptFlatMap, Data::Optional(_)) => Ok(found),
            (BindKind::OptMap, _) => Ok(self.optional(Some(found))),
            (BindKind::OptFlatMap, _) => Err(Fault::Failed(&Reason(
                "this is no optional value",
                "هذه ليست قيمة اختيارية",
            ))),
        }
    }
}

/// The elements of a list, read one by one.
#[derive(Clone, Copy)]
pub(crate) enum Elements<'a> {
    /// Items of the document, and the alias through which they were reached.
    Nodes(&'a [NodeId], Option<NodeId>, Load),
    /// Computed values.
    Values(&'a [Value<'a>]),
    /// Entries of a mapping of the document.
    Fields(&'a [Entry], Option<NodeId>, Load),
    /// Entries of a computed map.
    Entries(&'a [(Value<'a>, Value<'a>)]),
}

impl Elements<'_> {
    /// How the elements are read.
    pub(super) const fn load(&self) -> Load {
        match self {
            Self::Nodes(_, _, load) | Self::Fields(_, _, load) => *load,
            Self::Values(_) | Self::Entries(_) => Load::Plain,
        }
    }

    pub(crate) const fn len(&self) -> usize {
        match self {
            Self::Nodes(nodes, ..) => nodes.len(),
            Self::Values(values) => values.len(),
            Self::Fields(entries, ..) => entries.len(),
            Self::Entries(entries) => entries.len(),
        }
    }
}

/// What a macro has gathered so far.
struct Harvest<'a> {
    kind: LoopKind,
    values: BumpVec<'a, Value<'a>>,
    entries: BumpVec<'a, (Value<'a>, Value<'a>)>,
}

impl<'a> Harvest<'a> {
    fn new(kind: LoopKind, bump: &'a Bump) -> Self {
        Self {
            kind,
            values: BumpVec::new_in(bump),
            entries: BumpVec::new_in(bump),
        }
    }

    fn finish(self) -> Value<'a> {
        Value::new(match self.kind {
            LoopKind::TransformMap | LoopKind::TransformMapEntry => {
                Data::Map(self.entries.into_bump_slice())
            }
            _ => Data::List(self.values.into_bump_slice()),
        })
    }
}
