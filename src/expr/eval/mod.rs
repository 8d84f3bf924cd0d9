//! Runs a [`Program`] over a document. Nothing is allocated while no text or list has to be computed.
//!
//! `&&` and `||` absorb faults as the CEL specification says ("Logical Operators"): the side that
//! decides is enough.

mod call;
mod operate;

use bumpalo::Bump;
use bumpalo::collections::Vec as BumpVec;
use jiff::Timestamp;

use crate::date::{Date, parse_duration};
use crate::expr::Program;
use crate::expr::ast::LoopKind;
use crate::expr::key::Key;
use crate::expr::program::{Constant, FieldRef, Load, LoopOp, Op, OpId};
use crate::expr::value::{Data, Value};
use crate::schema::Validation;
use crate::yaml::{self, Document, Entry, NodeId};

/// How many steps one evaluation may take; what needs more is no rule but a mistake.
const BUDGET: u64 = 100_000_000;

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    /// A field is not there. The checker lets this out only where absence has a meaning.
    Absent(NodeId, OpId),
    /// The value has a shape error, which is reported where it stands.
    Poisoned(NodeId),
    /// Something that the checker could not rule out, in words.
    Failed(&'static &'static str),
}

/// What an evaluation needs: the document, the variables, and room for computed values.
pub(crate) struct Machine<'a> {
    pub(crate) doc: &'a Document,
    pub(crate) validation: &'a Validation,
    /// Whether nothing in the document is poisoned.
    is_clean: bool,
    /// The day of the run.
    pub(crate) today: Timestamp,
    /// The values of the rule's options.
    pub(crate) settings: &'a [Constant],
    /// The variables; the place is the slot.
    pub(crate) slots: BumpVec<'a, Value<'a>>,
    bump: &'a Bump,
    steps: u64,
}

impl<'a> Machine<'a> {
    /// A machine whose only variable is the document itself.
    pub(crate) fn new(
        doc: &'a Document,
        validation: &'a Validation,
        today: Timestamp,
        bump: &'a Bump,
    ) -> Self {
        let mut machine = Self {
            doc,
            validation,
            is_clean: validation.poison.is_empty(),
            today,
            settings: &[],
            slots: BumpVec::with_capacity_in(8, bump),
            bump,
            steps: 0,
        };
        let root = machine.read(doc.root(), Load::Plain);
        machine.slots.push(root);
        machine
    }

    /// Puts other values into the variables.
    pub(crate) fn set_variables(&mut self, values: &[Value<'a>]) {
        self.slots.clear();
        self.slots.extend_from_slice_copy(values);
    }

    /// Evaluates a program.
    pub(crate) fn eval(&mut self, program: &'a Program) -> Result<Value<'a>, Fault> {
        self.steps = 0;
        self.run(program, program.root)
    }

    /// Evaluates a condition.
    pub(crate) fn holds(&mut self, program: &'a Program) -> Result<bool, Fault> {
        self.steps = 0;
        self.truth(program, program.root)
    }

    /// The elements of a list value.
    pub(crate) fn elements(&self, list: Value<'a>, load: Load) -> Result<Elements<'a>, Fault> {
        match list.data {
            Data::Sequence(node) => Ok(Elements::Nodes(self.doc.items(node), list.via, load)),
            Data::List(values) => Ok(Elements::Values(values)),
            _ => Err(Fault::Failed(&"this is not a list")),
        }
    }

    /// One element.
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
        }
    }

    /// A node's value as YAML says.
    pub(crate) fn plain(&self, node: NodeId) -> Value<'a> {
        self.read(node, Load::Plain)
    }

    /// The same, unless it is poisoned.
    pub(crate) fn trusted_plain(&self, node: NodeId) -> Result<Value<'a>, Fault> {
        self.trusted(node, None, Load::Plain)
    }

    /// A node's value, unless it is poisoned.
    fn trusted(&self, node: NodeId, via: Option<NodeId>, load: Load) -> Result<Value<'a>, Fault> {
        self.trust(node)?;
        Ok(self.value(node, via, load))
    }

    fn trust(&self, node: NodeId) -> Result<(), Fault> {
        if !self.is_clean && self.validation.poison.is_node(node) {
            return Err(Fault::Poisoned(node));
        }
        Ok(())
    }

    fn value(&self, node: NodeId, via: Option<NodeId>, load: Load) -> Value<'a> {
        let value = self.read(node, load);
        Value {
            via: value.via.or(via),
            ..value
        }
    }

    fn read(&self, node: NodeId, load: Load) -> Value<'a> {
        let target = self.doc.resolve(node);
        let data = match self.doc.meaning(target) {
            yaml::Value::Null => Data::Null,
            yaml::Value::Bool(value) => Data::Bool(value),
            yaml::Value::Int(value) => Data::Int(value),
            yaml::Value::Float(value) => Data::Double(value),
            yaml::Value::Str(text) => match load {
                Load::Plain => Data::Str(text),
                Load::Date => {
                    Date::parse(text).map_or(Data::Null, |d| Data::Timestamp(d.to_timestamp()))
                }
                Load::Duration => parse_duration(text).map_or(Data::Null, Data::Duration),
            },
            yaml::Value::Sequence => Data::Sequence(target),
            yaml::Value::Mapping => Data::Mapping(target),
        };
        Value {
            data,
            node: Some(target),
            via: (target != node).then_some(node),
        }
    }

    pub(super) fn run(&mut self, program: &'a Program, id: OpId) -> Result<Value<'a>, Fault> {
        self.step_on()?;
        match program.op(id) {
            Op::Const(constant) => Ok(Value::new(self.constant(constant))),
            Op::Today => Ok(Value::new(Data::Timestamp(self.today))),
            Op::Setting(place) => Ok(Value::new(self.constant(&self.settings[*place]))),
            Op::Slot(slot) => Ok(self.slots[*slot]),
            Op::Field(object, field) => {
                let object = self.operand(program, *object)?;
                let entry = self.entry(object, field, id)?;
                Ok(self.value(entry.value, entry.merged.or(object.via), field.load))
            }
            Op::Index(list, index, load) => self.index(program, (*list, *index), *load),
            Op::List(items) => self.list(program, items),
            Op::Negate(operand) => operate::negate(self.run(program, *operand)?),
            Op::Arithmetic(kind, left, right) => {
                let left = self.operand(program, *left)?;
                let right = self.operand(program, *right)?;
                self.arithmetic(*kind, left.data, right.data)
            }
            Op::Cond(condition, yes, no) => {
                let held = self.truth(program, *condition)?;
                self.run(program, if held { *yes } else { *no })
            }
            Op::Loop(looped) => self.looped(program, looped),
            Op::Call(function, args) => self.call(program, *function, args),
            Op::Has(_)
            | Op::Not(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::Compare(..)
            | Op::In(..)
            | Op::Matches(..)
            | Op::Glob(..) => self.truth(program, id).map(Value::bool),
        }
    }

    /// [`Machine::run`] without the call for what is at hand.
    #[inline]
    fn operand(&mut self, program: &'a Program, id: OpId) -> Result<Value<'a>, Fault> {
        match program.op(id) {
            Op::Slot(slot) => Ok(self.slots[*slot]),
            Op::Const(Constant::Str(text)) => Ok(Value::new(Data::Str(text))),
            _ => self.run(program, id),
        }
    }

    /// Runs what is true or false, without making a value of it on the way.
    pub(super) fn truth(&mut self, program: &'a Program, id: OpId) -> Result<bool, Fault> {
        match program.op(id) {
            Op::Has(operand) => match self.presence(program, *operand) {
                Ok(()) => Ok(true),
                Err(Fault::Absent(..)) => Ok(false),
                Err(fault) => Err(fault),
            },
            Op::Not(operand) => Ok(!self.truth(program, *operand)?),
            Op::And(left, right) => self.logic(program, (*left, *right), false),
            Op::Or(left, right) => self.logic(program, (*left, *right), true),
            Op::Compare(comparison, left, right) => {
                let left = self.operand(program, *left)?;
                let right = self.operand(program, *right)?;
                self.compare(*comparison, left, right)
            }
            Op::In(needle, list, load) => Ok(self.find(program, *needle, *list, *load)?.is_some()),
            Op::Matches(operand, regex) => Ok(regex.is_match(self.text(program, *operand)?)),
            Op::Glob(operand, glob) => Ok(glob.is_match(self.text(program, *operand)?)),
            _ => match self.run(program, id)?.data {
                Data::Bool(value) => Ok(value),
                _ => Err(Fault::Failed(&"this is neither true nor false")),
            },
        }
    }

    /// Whether an access path leads to something.
    fn presence(&mut self, program: &'a Program, id: OpId) -> Result<(), Fault> {
        match program.op(id) {
            Op::Field(object, field) => {
                let object = self.operand(program, *object)?;
                self.entry(object, field, id).map(|_| ())
            }
            _ => self.run(program, id).map(|_| ()),
        }
    }

    fn step_on(&mut self) -> Result<(), Fault> {
        self.steps += 1;
        if self.steps > BUDGET {
            return Err(Fault::Failed(&"this takes more steps than a rule may take"));
        }
        Ok(())
    }

    fn text(&mut self, program: &'a Program, id: OpId) -> Result<&'a str, Fault> {
        match self.run(program, id)?.data {
            Data::Str(text) => Ok(text),
            _ => Err(Fault::Failed(&"this is not text")),
        }
    }

    fn constant(&self, constant: &'a Constant) -> Data<'a> {
        match constant {
            Constant::Null => Data::Null,
            Constant::Bool(value) => Data::Bool(*value),
            Constant::Int(value) => Data::Int(*value),
            Constant::Double(value) => Data::Double(*value),
            Constant::Str(value) => Data::Str(value),
            Constant::Timestamp(value) => Data::Timestamp(*value),
            Constant::Duration(value) => Data::Duration(*value),
            Constant::List(items) => {
                let values = items.iter().map(|item| Value::new(self.constant(item)));
                Data::List(self.bump.alloc_slice_fill_iter(values.collect::<Vec<_>>()))
            }
        }
    }

    /// The entry of a field: by its place when the mapping was laid out under the shape that the checker
    /// saw, by its key otherwise.
    fn entry(&self, object: Value<'a>, field: &FieldRef, id: OpId) -> Result<&'a Entry, Fault> {
        let Data::Mapping(mapping) = object.data else {
            return Err(Fault::Failed(&"only a mapping has fields"));
        };
        let laid_out = field
            .place
            .and_then(|(shape, place)| self.validation.layout.find(mapping, shape, place));
        let entry = match laid_out {
            Some(place) => place.map(|place| self.doc.entry(place)),
            None => self.doc.get_hashed(mapping, &field.name, field.hash),
        };
        if let Some(entry) = entry {
            self.trust(entry.value)?;
            return Ok(entry);
        }
        if !self.is_clean && self.validation.poison.field(mapping, &field.name) {
            return Err(Fault::Poisoned(mapping));
        }
        Err(Fault::Absent(mapping, id))
    }

    fn index(
        &mut self,
        program: &'a Program,
        at: (OpId, OpId),
        load: Load,
    ) -> Result<Value<'a>, Fault> {
        let list = self.run(program, at.0)?;
        let Data::Int(index) = self.run(program, at.1)?.data else {
            return Err(Fault::Failed(&"a place in a list is an integer"));
        };
        let elements = self.elements(list, load)?;
        let element = usize::try_from(index)
            .ok()
            .and_then(|index| self.element(elements, index));
        element.unwrap_or(Err(Fault::Failed(&"the list has no such place")))
    }

    fn list(&mut self, program: &'a Program, items: &'a [OpId]) -> Result<Value<'a>, Fault> {
        let mut values = BumpVec::with_capacity_in(items.len(), self.bump);
        for item in items {
            values.push(self.run(program, *item)?);
        }
        Ok(Value::new(Data::List(values.into_bump_slice())))
    }

    /// `&&` (decided by false) and `||` (decided by true).
    fn logic(
        &mut self,
        program: &'a Program,
        sides: (OpId, OpId),
        decides: bool,
    ) -> Result<bool, Fault> {
        let left = self.truth(program, sides.0);
        if left == Ok(decides) {
            return Ok(decides);
        }
        match self.truth(program, sides.1) {
            Ok(right) if right == decides => Ok(decides),
            right => left.and(right),
        }
    }

    /// The element of a list that equals the needle.
    pub(super) fn find(
        &mut self,
        program: &'a Program,
        needle: OpId,
        list: OpId,
        load: Load,
    ) -> Result<Option<Value<'a>>, Fault> {
        let needle = self.operand(program, needle)?;
        if let Op::List(items) = program.op(list) {
            for item in items {
                let item = self.operand(program, *item)?;
                if self.equal(needle.data, item.data) {
                    return Ok(Some(item));
                }
            }
            return Ok(None);
        }
        let list = self.run(program, list)?;
        let elements = self.elements(list, load)?;
        if let (Data::Str(text), Elements::Nodes(nodes, via, Load::Plain)) = (needle.data, elements)
            && self.is_clean
        {
            // Most lists hold words, and none of these needs to become a value to be compared.
            self.steps += nodes.len() as u64;
            let is_it = |node: &&NodeId| self.doc.value(**node) == yaml::Value::Str(text);
            let found = nodes.iter().find(is_it);
            return Ok(found.map(|node| self.value(*node, via, load)));
        }
        let mut fault = None;
        for index in 0.. {
            match self.element(elements, index) {
                Some(Ok(element)) if self.equal(needle.data, element.data) => {
                    return Ok(Some(element));
                }
                Some(Ok(_)) => self.steps += 1,
                Some(Err(found)) => fault = Some(found),
                None => break,
            }
        }
        fault.map_or(Ok(None), Err)
    }

    fn looped(&mut self, program: &'a Program, looped: &'a LoopOp) -> Result<Value<'a>, Fault> {
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
            let Some(element) = self.element(elements, index) else {
                break;
            };
            let verdict = element.and_then(|element| self.step(program, looped, element));
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
    pub(super) fn step(
        &mut self,
        program: &'a Program,
        looped: &'a LoopOp,
        element: Value<'a>,
    ) -> Result<(bool, Value<'a>), Fault> {
        debug_assert_eq!(self.slots.len(), looped.slot, "variables nest");
        self.slots.push(element);
        let held = looped
            .condition
            .map_or(Ok(true), |condition| self.truth(program, condition));
        let value = match (&held, looped.result) {
            (Ok(true), Some(result)) => self.run(program, result),
            _ => Ok(element),
        };
        self.slots.pop();
        Ok((held?, value?))
    }
}

/// The elements of a list, read one by one.
#[derive(Clone, Copy)]
pub(crate) enum Elements<'a> {
    /// Items of the document, and the alias through which they were reached.
    Nodes(&'a [NodeId], Option<NodeId>, Load),
    /// Computed values.
    Values(&'a [Value<'a>]),
}

/// What a macro has seen so far.
struct Tally<'a> {
    kind: LoopKind,
    count: usize,
    fault: Option<Fault>,
    values: BumpVec<'a, Value<'a>>,
}

impl<'a> Tally<'a> {
    fn new(kind: LoopKind, bump: &'a Bump) -> Self {
        Self {
            kind,
            count: 0,
            fault: None,
            values: BumpVec::new_in(bump),
        }
    }

    /// Takes one round's result; some rounds decide the whole.
    fn take(
        &mut self,
        round: Result<(bool, Value<'a>), Fault>,
    ) -> Result<Option<Value<'a>>, Fault> {
        let absorbs = matches!(self.kind, LoopKind::All | LoopKind::Exists);
        let (held, value) = match round {
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
            LoopKind::Filter | LoopKind::Map if held => self.values.push(value),
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
            (LoopKind::Filter | LoopKind::Map, None) => {
                Ok(Value::new(Data::List(self.values.into_bump_slice())))
            }
        }
    }
}
