//! Macros that go through a list or a map, and `cel.bind`.

use bumpalo::Bump;
use bumpalo::collections::Vec as BumpVec;

use crate::expr::Program;
use crate::expr::ast::{BindKind, LoopKind};
use crate::expr::eval::{Fault, Machine};
use crate::expr::key::Key;
use crate::expr::program::{Load, LoopOp, OpId};
use crate::expr::value::{Data, Value};
use crate::yaml::{self, Entry, NodeId};

impl<'a> Machine<'a> {
    /// The elements of a list or a map.
    pub(crate) fn elements(&self, list: Value<'a>, load: Load) -> Result<Elements<'a>, Fault> {
        match list.data {
            Data::Sequence(node) => Ok(Elements::Nodes(self.doc.items(node), list.via, load)),
            Data::List(values) => Ok(Elements::Values(values)),
            Data::Mapping(node) => Ok(Elements::Fields(self.doc.entries(node), list.via, load)),
            Data::Map(entries) => Ok(Elements::Entries(entries)),
            _ => Err(Fault::Failed(&"this is not a list")),
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
            Elements::Fields(entries, via, _) => entries
                .get(index)
                .map(|entry| Ok(self.value(entry.key, entry.merged.or(via), Load::Plain))),
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
                let via = entry.merged.or(via);
                let key = self.value(entry.key, via, Load::Plain);
                Ok((key, self.trusted(entry.value, via, load)?))
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
        let range = self.run(program, looped.range)?;
        let elements = self.elements(range, looped.load)?;
        let wanted = self.wanted(program, looped);
        let mut state = Tally::new(looped.kind, self.bump);
        for index in 0.. {
            if let (Some((key, wanted)), Elements::Nodes(nodes, ..)) = (wanted, elements)
                && nodes
                    .get(index)
                    .is_some_and(|node| self.differs(*node, key, wanted))
            {
                self.step_on()?;
                continue;
            }
            let Some(round) = self.round(elements, looped, index) else {
                break;
            };
            let verdict = match round {
                Ok((first, element)) => {
                    let verdict = self.step(program, looped, (first, element));
                    verdict.map(|(held, value)| (held, first, value))
                }
                Err(fault) => Err(fault),
            };
            if let (LoopKind::TransformMapEntry, Ok((true, _, value))) = (looped.kind, &verdict) {
                let entries = self.elements(*value, Load::Plain)?;
                for index in 0..entries.len() {
                    if let Some(entry) = self.entry_at(entries, index) {
                        let (key, value) = entry?;
                        self.insert(&mut state.entries, key, value)?;
                    }
                }
            }
            if let Some(done) = state.take(verdict)? {
                return Ok(done);
            }
        }
        state.finish()
    }

    /// What the elements of a loop are looked for by, when that is text that can be had at once. `all`
    /// is left out: there an element that differs decides.
    fn wanted(&mut self, program: &'a Program, looped: &'a LoopOp) -> Option<(&'a Key, &'a str)> {
        let key = looped
            .key
            .as_ref()
            .filter(|_| looped.kind != LoopKind::All && self.is_clean)?;
        match self.operand(program, key.wanted).ok()?.data {
            Data::Str(wanted) => Some((key, wanted)),
            _ => None,
        }
    }

    /// Whether an element certainly has other text in the field that it is looked for by.
    fn differs(&self, node: NodeId, key: &Key, wanted: &str) -> bool {
        let Some((shape, place)) = key.field.place else {
            return false;
        };
        let mapping = self.doc.resolve(node);
        let found = self.validation.layout.find(mapping, shape, place).flatten();
        found.is_some_and(|place| {
            let value = self.doc.value(self.doc.entry(place).value);
            matches!(value, yaml::Value::Str(text) if text != wanted)
        })
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
            _ => return Err(Fault::Failed(&"this is no optional value")),
        };
        debug_assert_eq!(self.slots.len(), slot, "variables nest");
        self.slots.push(value);
        let found = self.run(program, body);
        self.slots.truncate(slot);
        let found = found?;
        match (kind, found.data) {
            (BindKind::Plain, _) | (BindKind::OptFlatMap, Data::Optional(_)) => Ok(found),
            (BindKind::OptMap, _) => Ok(self.optional(Some(found))),
            (BindKind::OptFlatMap, _) => Err(Fault::Failed(&"this is no optional value")),
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
    pub(crate) const fn len(&self) -> usize {
        match self {
            Self::Nodes(nodes, ..) => nodes.len(),
            Self::Values(values) => values.len(),
            Self::Fields(entries, ..) => entries.len(),
            Self::Entries(entries) => entries.len(),
        }
    }
}

/// What a macro has seen so far.
struct Tally<'a> {
    kind: LoopKind,
    count: usize,
    fault: Option<Fault>,
    values: BumpVec<'a, Value<'a>>,
    entries: BumpVec<'a, (Value<'a>, Value<'a>)>,
}

impl<'a> Tally<'a> {
    fn new(kind: LoopKind, bump: &'a Bump) -> Self {
        Self {
            kind,
            count: 0,
            fault: None,
            values: BumpVec::new_in(bump),
            entries: BumpVec::new_in(bump),
        }
    }

    /// Takes one round's result; some rounds decide the whole.
    fn take(
        &mut self,
        round: Result<(bool, Value<'a>, Value<'a>), Fault>,
    ) -> Result<Option<Value<'a>>, Fault> {
        let absorbs = matches!(self.kind, LoopKind::All | LoopKind::Exists);
        let (held, first, value) = match round {
            Ok(round) => round,
            Err(fault) if absorbs => {
                self.fault = Some(fault);
                return Ok(None);
            }
            Err(fault) => return Err(fault),
        };
        match self.kind {
            LoopKind::All if !held => return Ok(Some(Value::bool(false))),
            LoopKind::Exists if held => return Ok(Some(Value::bool(true))),
            LoopKind::Filter | LoopKind::Map | LoopKind::TransformList if held => {
                self.values.push(value);
            }
            LoopKind::TransformMap if held => self.entries.push((first, value)),
            _ => {}
        }
        self.count += usize::from(held);
        Ok(None)
    }

    fn finish(self) -> Result<Value<'a>, Fault> {
        match (self.kind, self.fault) {
            (_, Some(fault)) => Err(fault),
            (LoopKind::All, None) => Ok(Value::bool(true)),
            (LoopKind::Exists, None) => Ok(Value::bool(false)),
            (LoopKind::ExistsOne, None) => Ok(Value::bool(self.count == 1)),
            (LoopKind::Filter | LoopKind::Map | LoopKind::TransformList, None) => {
                Ok(Value::new(Data::List(self.values.into_bump_slice())))
            }
            (LoopKind::TransformMap | LoopKind::TransformMapEntry, None) => {
                Ok(Value::new(Data::Map(self.entries.into_bump_slice())))
            }
        }
    }
}
