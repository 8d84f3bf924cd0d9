//! What the checker notes about the operations of an expression for those who judge its conditions: where
//! each one stands, what its values are like, and which variables are read.

use crate::expr::Type;
use crate::expr::ast::Name;
use crate::expr::program::{Op, Program};
use crate::schema::ShapeId;
use crate::source::Span;

/// An expression that has been checked, with what is known of each of its operations.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) program: Program,
    /// By the place of the operation.
    pub(super) marks: Vec<Mark>,
    /// The variables of its macros.
    pub(super) bindings: Vec<Binding>,
}

impl Checked {
    /// Whether it reads the variable in a slot outside its macros.
    pub(crate) fn reads_variable(&self, slot: usize) -> bool {
        let mut ops = self.program.ops.iter();
        ops.any(|op| matches!(op, Op::Slot(read) if *read == slot))
    }

    /// Whether it reads the option at a place.
    pub(crate) fn reads_option(&self, place: usize) -> bool {
        let mut ops = self.program.ops.iter();
        ops.any(|op| matches!(op, Op::Setting(read) if *read == place))
    }

    /// Whether it reads the word list at a place.
    pub(crate) fn reads_term(&self, place: usize) -> bool {
        let mut ops = self.program.ops.iter();
        ops.any(|op| matches!(op, Op::Term(read) if *read == place))
    }
}

/// What is known of an operation.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) sort: Sort,
}

/// What the values of an operation are like, as far as comparisons care.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sort {
    /// Nothing is known; a value may even differ from itself, as a number that is none does.
    #[default]
    Any,
    Bool,
    Int,
    Uint,
    Double,
    Text,
    /// One of the words that a shape lists.
    Word(ShapeId),
    Timestamp,
    Duration,
    /// Values without an order.
    Whole,
}

impl Sort {
    /// What the values of a type are like.
    pub(super) fn of(ty: &Type) -> Self {
        match ty {
            Type::Dyn | Type::Nothing | Type::Bytes => Self::Any,
            Type::Bool => Self::Bool,
            Type::Int => Self::Int,
            Type::Uint => Self::Uint,
            Type::Double => Self::Double,
            Type::String => Self::Text,
            Type::Enum(words) => Self::Word(*words),
            Type::Timestamp => Self::Timestamp,
            Type::Duration => Self::Duration,
            Type::Null | Type::Kind | Type::Object(_) => Self::Whole,
            Type::List(item) | Type::Optional(item) | Type::Map(_, item) => match Self::of(item) {
                item if item.may_differ_from_itself() => Self::Any,
                _ => Self::Whole,
            },
        }
    }
}

impl Sort {
    /// Whether a value may be one that has no order and differs from itself, as a number that is none.
    pub(super) const fn may_differ_from_itself(self) -> bool {
        matches!(self, Self::Any | Self::Double)
    }
}

/// The variable of a macro.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    pub(super) name: Name,
    /// Where it can be read.
    pub(super) body: Span,
    /// Where it is read first.
    pub(super) read: Option<Span>,
    /// The place of the other variable of the macro, if it has two.
    pub(super) pair: Option<usize>,
}
