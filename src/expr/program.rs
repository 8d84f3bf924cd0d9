//! A checked expression, ready to run: a flat list of operations, children before parents.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use regex::Regex;
use regex::bytes::Regex as BytesRegex;

use crate::expr::ast::{BindKind, Comparison, LoopKind};
use crate::expr::eval::Reason;
use crate::expr::key::Key;
use crate::expr::types::Type;
use crate::schema::ShapeId;

/// An operation, by its place in its [`Program`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OpId(pub(super) u32);

/// An expression that has been checked.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    /// Shared between clones: a rule is cloned for each engine that runs it.
    pub(super) ops: Arc<[Op]>,
    pub(super) root: OpId,
    /// What it evaluates to.
    pub(crate) ty: Type,
}

/// How the text of a scalar becomes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Load {
    /// As YAML says.
    Plain,
    /// As a number that need not be whole, also where `5` is written.
    Double,
    /// As a day.
    Date,
    /// As a length of time.
    Duration,
}

impl Load {
    /// How values of a type are read.
    pub(crate) const fn of(ty: &Type) -> Self {
        match ty {
            Type::Double => Self::Double,
            Type::Timestamp => Self::Date,
            Type::Duration => Self::Duration,
            _ => Self::Plain,
        }
    }

    /// How the items of a list type are read.
    pub(crate) const fn of_items(ty: &Type) -> Self {
        match ty {
            Type::List(item) => Self::of(item),
            _ => Self::Plain,
        }
    }
}

/// A value that the expression brings along.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Constant {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    Str(Box<str>),
    Bytes(Box<[u8]>),
    Kind(&'static str),
    OptionalNone,
    Timestamp(Timestamp),
    Duration(SignedDuration),
    List(Vec<Self>),
}

/// A word list that expressions read as `terms.<name>`.
#[derive(Clone, Debug)]
pub(crate) struct WordList {
    pub(crate) name: Box<str>,
    pub(crate) words: Constant,
}

/// A field of an object, with the hash of its name at hand.
#[derive(Clone, Debug)]
pub(crate) struct FieldRef {
    pub(super) name: Box<str>,
    pub(super) hash: u32,
    pub(super) load: Load,
    /// The shape of the object and the field's place in it, where the schema knows them.
    pub(super) place: Option<(ShapeId, u32)>,
    /// Whether the object may be anything at all: what has no fields then lacks this one.
    pub(super) is_open: bool,
}

/// Arithmetic on two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// A path pattern, as it is written and as it is matched.
#[derive(Clone, Debug)]
pub(crate) struct Glob {
    pub(super) written: Box<str>,
    pub(super) regex: BytesRegex,
}

/// A macro that goes through a list or a map.
#[derive(Clone, Debug)]
pub(crate) struct LoopOp {
    pub(super) kind: LoopKind,
    pub(super) range: OpId,
    pub(super) load: Load,
    pub(super) slot: usize,
    /// Whether there are two variables, in `slot` and behind it.
    pub(super) pairs: bool,
    pub(super) condition: Option<OpId>,
    pub(super) result: Option<OpId>,
    /// What the elements are looked for by, if the condition says it.
    pub(super) key: Option<Key>,
    /// Whether it gives the same wherever a rule looks in a document.
    pub(super) is_fixed: bool,
}

/// One operation.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    Const(Constant),
    Today,
    /// A rule's option, by its place.
    Setting(usize),
    /// A word list, by its place.
    Term(usize),
    /// A variable.
    Slot(usize),
    Field(OpId, FieldRef),
    Index(OpId, OpId, Load),
    /// `.?field`, or a field of an optional value.
    MaybeField(OpId, FieldRef),
    /// `[?index]`, or a place in an optional value.
    MaybeIndex(OpId, OpId, Load),
    Has(OpId),
    List(Vec<OpId>),
    /// A list with items that may be none: those are marked.
    Gather(Vec<(bool, OpId)>),
    /// Keys and values; values that may be none are marked.
    Map(Vec<(OpId, OpId, bool)>),
    /// Gives a value a name.
    Bind {
        kind: BindKind,
        slot: usize,
        value: OpId,
        body: OpId,
    },
    /// What has no value, in words; only where the checker was told to let it pass.
    Fail(&'static Reason),
    Not(OpId),
    Negate(OpId),
    And(OpId, OpId),
    Or(OpId, OpId),
    Compare(Comparison, OpId, OpId),
    In(OpId, OpId, Load),
    Arithmetic(Arithmetic, OpId, OpId),
    Cond(OpId, OpId, OpId),
    Loop(LoopOp),
    Matches(OpId, Regex),
    Glob(OpId, Glob),
    Call(Function, Vec<OpId>),
}

/// A function; what each one takes and returns stands in `functions`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Bool,
    BytesOf,
    CharAt,
    Contains,
    ContainsHidden,
    ContainsName,
    ContainsStray,
    Date(DatePart),
    Days,
    Domain,
    Double,
    Duration,
    EndsWith,
    Fold,
    Format,
    HasValue,
    Host,
    IndexOf,
    Int,
    Join,
    Kind,
    LastIndexOf,
    LowerAscii,
    Mentions,
    MixesScripts,
    OptionalNonZero,
    OptionalOf,
    OptionalOr,
    OptionalOrValue,
    OptionalValue,
    Quote,
    Replace,
    Reverse,
    Size,
    Skeleton,
    Split,
    StartsWith,
    String,
    Substring,
    Timestamp,
    Trim,
    Uint,
    UpperAscii,
}

/// A part of a moment or of a length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DatePart {
    FullYear,
    Month,
    Date,
    DayOfMonth,
    DayOfWeek,
    DayOfYear,
    Hours,
    Minutes,
    Seconds,
    Milliseconds,
}

impl DatePart {
    /// The least and the largest value of a part whose bounds the calendar sets, whatever the date.
    pub(super) const fn calendar(self) -> Option<[i128; 2]> {
        match self {
            Self::Month => Some([0, 11]),
            Self::Date => Some([1, 31]),
            Self::DayOfMonth => Some([0, 30]),
            Self::DayOfWeek => Some([0, 6]),
            Self::DayOfYear => Some([0, 365]),
            Self::FullYear | Self::Hours | Self::Minutes | Self::Seconds | Self::Milliseconds => {
                None
            }
        }
    }
}

impl Program {
    /// The field that an operation reads, if it reads one.
    pub(crate) fn field_of(&self, id: OpId) -> Option<&str> {
        match self.ops.get(id.0 as usize)? {
            Op::Field(_, field) => Some(&field.name),
            _ => None,
        }
    }

    pub(super) fn op(&self, id: OpId) -> &Op {
        &self.ops[id.0 as usize]
    }
}

impl Op {
    /// The operations that this one runs directly; those of a loop's rounds excluded.
    pub(super) fn children(&self) -> Vec<OpId> {
        match self {
            Self::Const(_)
            | Self::Today
            | Self::Setting(_)
            | Self::Term(_)
            | Self::Slot(_)
            | Self::Fail(_) => Vec::new(),
            Self::Field(child, _)
            | Self::MaybeField(child, _)
            | Self::Bind { value: child, .. }
            | Self::Has(child)
            | Self::Not(child)
            | Self::Negate(child)
            | Self::Matches(child, _)
            | Self::Glob(child, _) => vec![*child],
            Self::Index(a, b, _)
            | Self::MaybeIndex(a, b, _)
            | Self::And(a, b)
            | Self::Or(a, b)
            | Self::Compare(_, a, b)
            | Self::In(a, b, _)
            | Self::Arithmetic(_, a, b) => vec![*a, *b],
            Self::Cond(a, b, c) => vec![*a, *b, *c],
            Self::List(children) | Self::Call(_, children) => children.clone(),
            Self::Gather(items) => items.iter().map(|(_, item)| *item).collect(),
            Self::Map(entries) => entries.iter().flat_map(|(k, v, _)| [*k, *v]).collect(),
            Self::Loop(looped) => vec![looped.range],
        }
    }
}
