//! Runs a [`Program`] over a document. Nothing is allocated while no text or list has to be computed.
//!
//! `&&` and `||` absorb faults as the CEL specification says ("Logical Operators"): the side that
//! decides is enough.

mod call;
mod collections;
pub(super) mod convert;
pub(super) mod format;
mod index;
#[cfg(test)]
mod joins;
mod limits;
mod loops;
mod moments;
mod operate;
mod optional;
mod presence;
mod rounds;
mod said;
mod strings;

pub(crate) use limits::BUDGET;
pub(super) use limits::ROOM;

use std::cell::Cell;

use bumpalo::Bump;
use bumpalo::collections::Vec as BumpVec;
use jiff::Timestamp;

use crate::date::{Date, parse_duration};
use crate::expr::Program;
use crate::expr::ast::Comparison;
use crate::expr::eval::index::{Fixed, Indexes, LONG};
use crate::expr::program::{Constant, FieldRef, Load, Op, OpId, WordList};
use crate::expr::value::{Data, Value};
use crate::schema::Validation;
use crate::source::to_offset;
use crate::yaml::{self, Document, Entry, NodeId};

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    /// A field is not there. The checker lets this out only where absence has a meaning.
    Absent(NodeId, OpId),
    /// A computed map has no such key.
    NoKey,
    /// The value, or a field that the mapping should have, has a shape error, which is reported where it
    /// stands: its place in [`Validation::diagnostics`]; none for one of the parser's.
    Poisoned(NodeId, Option<u32>),
    /// Something else, in words. In rules the checker lets out the two limits of an evaluation only.
    Failed(&'static Reason),
}

/// Why an evaluation failed, in English and in Arabic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reason(pub(crate) &'static str, pub(crate) &'static str);

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
    /// The word lists.
    pub(crate) terms: &'a [WordList],
    /// The variables; the place is the slot.
    pub(crate) slots: BumpVec<'a, Value<'a>>,
    bump: &'a Bump,
    /// The number of steps that all evaluations took so far.
    steps: Cell<u64>,
    /// How deep in lists and maps the values stand that are compared.
    depth: Cell<usize>,
    /// What loops gave that give the same wherever the rule looks.
    fixed: BumpVec<'a, Fixed<'a>>,
    /// The indexes of the document's lists, which may go on to the next machine for the same document.
    pub(crate) indexes: Option<Box<Indexes>>,
    /// The indexes of the lists in `fixed`.
    own_indexes: Option<Box<Indexes>>,
    /// Lists from outside of the document that were read, each made once.
    lists: BumpVec<'a, (&'a Constant, Data<'a>)>,
    /// From how many elements on a list is indexed.
    long: usize,
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
            terms: &[],
            slots: BumpVec::with_capacity_in(8, bump),
            bump,
            steps: Cell::new(0),
            depth: Cell::new(0),
            fixed: BumpVec::new_in(bump),
            indexes: None,
            own_indexes: None,
            lists: BumpVec::new_in(bump),
            long: LONG,
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

    /// Evaluates a program. All evaluations of a machine together have one budget.
    pub(crate) fn eval(&mut self, program: &'a Program) -> Result<Value<'a>, Fault> {
        let value = self.run(program, program.root)?;
        self.afford(0)?;
        Ok(value)
    }

    /// Evaluates a condition.
    pub(crate) fn holds(&mut self, program: &'a Program) -> Result<bool, Fault> {
        let held = self.truth(program, program.root)?;
        self.afford(0)?;
        Ok(held)
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
            let cause = self.validation.poison.cause(node);
            return Err(Fault::Poisoned(node, cause.map(to_offset)));
        }
        Ok(())
    }

    /// A key, which is text whatever it looks like.
    fn key(&self, entry: &Entry, via: Option<NodeId>) -> Value<'a> {
        let via = entry.merged.or(via);
        let text = self.doc.text(entry.key);
        Value {
            data: text.map_or(Data::Null, Data::Str),
            ..self.value(entry.key, via, Load::Plain)
        }
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
            #[expect(
                clippy::cast_precision_loss,
                reason = "the schema wants a number of any kind"
            )]
            yaml::Value::Int(value) if load == Load::Double => Data::Double(value as f64),
            yaml::Value::Int(value) => Data::Int(value),
            yaml::Value::Float(value) => Data::Double(value),
            yaml::Value::Str(text) => match load {
                Load::Plain | Load::Double => Data::Str(text),
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
            Op::Setting(place) => self.outside(&self.settings[*place]),
            Op::Term(place) => match self.terms.get(*place) {
                Some(list) => self.outside(&list.words),
                None => Ok(Value::new(Data::List(&[]))),
            },
            Op::Slot(slot) => Ok(self.slots[*slot]),
            Op::Field(object, field) => {
                let object = self.operand(program, *object)?;
                self.field(object, field, id)
            }
            Op::Index(list, index, load) => self.index(program, (*list, *index), *load),
            Op::List(items) => self.list(program, items),
            Op::Gather(items) => self.gather(program, items),
            Op::Map(entries) => self.map(program, entries),
            Op::MaybeField(object, field) => self.maybe_field(program, *object, field, id),
            Op::MaybeIndex(list, index, load) => self.maybe_index(program, (*list, *index), *load),
            Op::Bind {
                kind,
                slot,
                value,
                body,
            } => self.bind(program, (*kind, *slot), *value, *body),
            Op::Fail(reason) => Err(Fault::Failed(reason)),
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
            Op::Has(operand) => self.presence(program, *operand),
            Op::Not(operand) => Ok(!self.truth(program, *operand)?),
            Op::And(left, right) => self.logic(program, (*left, *right), false),
            Op::Or(left, right) => self.logic(program, (*left, *right), true),
            Op::Compare(comparison @ (Comparison::Equal | Comparison::NotEqual), left, right) => {
                let (first, second) = (program.op(*left), program.op(*right));
                let equal = if let (Op::Field(object, field), Op::Const(Constant::Str(text))) =
                    (first, second)
                {
                    self.says(program, (*object, field, *left), text)?
                } else {
                    let left = self.operand(program, *left)?;
                    let right = self.operand(program, *right)?;
                    self.equal(left.data, right.data)
                };
                Ok(equal == (*comparison == Comparison::Equal))
            }
            Op::Compare(comparison, left, right) => {
                let left = self.operand(program, *left)?;
                let right = self.operand(program, *right)?;
                self.compare(*comparison, left, right)
            }
            Op::In(needle, list, load) => self.holds_member(program, *needle, *list, *load),
            Op::Matches(operand, regex) => {
                let text = self.text(program, *operand)?;
                self.afford(text.len())?;
                Ok(regex.is_match(text))
            }
            Op::Glob(operand, glob) => {
                let text = self.text(program, *operand)?;
                self.afford(text.len())?;
                Ok(glob.regex.is_match(text.as_bytes()))
            }
            Op::Loop(looped) if !looped.kind.yields_collection() => {
                self.step_on()?;
                self.tested(program, looped)
            }
            _ => match self.run(program, id)?.data {
                Data::Bool(value) => Ok(value),
                _ => Err(Fault::Failed(&Reason(
                    "this is neither true nor false",
                    "هذه ليست قيمة منطقية",
                ))),
            },
        }
    }

    fn text(&mut self, program: &'a Program, id: OpId) -> Result<&'a str, Fault> {
        match self.run(program, id)?.data {
            Data::Str(text) => Ok(text),
            _ => Err(Fault::Failed(&Reason("this is not text", "هذا ليس نصًا"))),
        }
    }

    /// The value of an option, or of a word list.
    fn outside(&mut self, constant: &'a Constant) -> Result<Value<'a>, Fault> {
        let Constant::List(items) = constant else {
            return Ok(Value::new(self.constant(constant)));
        };
        let mut known = self.lists.iter();
        if let Some((_, data)) = known.find(|(known, _)| std::ptr::eq(*known, constant)) {
            return Ok(Value::new(*data));
        }
        self.afford(items.len())?;
        self.room(items.len() * size_of::<Value<'_>>())?;
        let data = self.constant(constant);
        self.lists.push((constant, data));
        Ok(Value::new(data))
    }

    fn constant(&self, constant: &'a Constant) -> Data<'a> {
        match constant {
            Constant::Null => Data::Null,
            Constant::Bool(value) => Data::Bool(*value),
            Constant::Int(value) => Data::Int(*value),
            Constant::Uint(value) => Data::Uint(*value),
            Constant::Double(value) => Data::Double(*value),
            Constant::Str(value) => Data::Str(value),
            Constant::Bytes(value) => Data::Bytes(value),
            Constant::Kind(name) => Data::Kind(name),
            Constant::OptionalNone => Data::Optional(None),
            Constant::Timestamp(value) => Data::Timestamp(*value),
            Constant::Duration(value) => Data::Duration(*value),
            Constant::List(items) => {
                let values = items.iter().map(|item| Value::new(self.constant(item)));
                Data::List(self.bump.alloc_slice_fill_iter(values.collect::<Vec<_>>()))
            }
        }
    }

    /// A field's value.
    #[inline]
    fn field(&self, object: Value<'a>, field: &'a FieldRef, id: OpId) -> Result<Value<'a>, Fault> {
        if let Data::Mapping(mapping) = object.data {
            let entry = self.entry(mapping, field, id)?;
            return Ok(self.value(entry.value, entry.merged.or(object.via), field.load));
        }
        self.computed_field(object, field, id)
    }

    /// The entry of a field: by its place when the mapping was laid out under the shape that the checker
    /// saw, by its key otherwise.
    #[inline]
    fn entry(&self, mapping: NodeId, field: &FieldRef, id: OpId) -> Result<&'a Entry, Fault> {
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
            let cause = self.validation.poison.field_cause(mapping, &field.name);
            return Err(Fault::Poisoned(mapping, cause.map(to_offset)));
        }
        Err(Fault::Absent(mapping, id))
    }

    /// `&&` (decided by false) and `||` (decided by true).
    fn logic(
        &mut self,
        program: &'a Program,
        sides: (OpId, OpId),
        decides: bool,
    ) -> Result<bool, Fault> {
        let fault = match self.truth(program, sides.0) {
            Ok(left) if left == decides => return Ok(decides),
            Ok(_) => return self.truth(program, sides.1),
            Err(fault) => {
                // What the other side says is no longer to be had.
                self.afford(0)?;
                fault
            }
        };
        match self.truth(program, sides.1) {
            Ok(right) if right == decides => Ok(decides),
            _ => Err(fault),
        }
    }
}
