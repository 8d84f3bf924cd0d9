//! The expression as its author wrote it: macros kept, every node and operator with its span.

use std::cmp::Ordering;

use crate::source::Span;

/// A node and the bytes it stands on, counted from the start of the expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expr {
    pub(crate) kind: Kind,
    pub(crate) span: Span,
    /// How deep the tree below is, at least 1; bounded by [`super::MAX_DEPTH`].
    pub(crate) depth: usize,
}

/// A name where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Name {
    pub(crate) text: Box<str>,
    pub(crate) span: Span,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    Str(Box<str>),
    Bytes(Box<[u8]>),
    List(Vec<Expr>),
    /// `{key: value}`
    Map(Vec<(Expr, Expr)>),
    /// `?value`: an item of a list, or the value of an entry whose key has the sign, that may be none.
    Maybe(Box<Expr>),
    /// A name; with a dot before it, one that no macro hides.
    Ident(Box<str>),
    /// `object.name`
    Field(Box<Expr>, Name),
    /// `object[index]`
    Index(Box<Expr>, Box<Expr>),
    /// `object.?name`
    MaybeField(Box<Expr>, Name),
    /// `object[?index]`
    MaybeIndex(Box<Expr>, Box<Expr>),
    /// `name(args)`
    Call(Name, Vec<Expr>),
    /// `receiver.name(args)`
    Method(Box<Expr>, Name, Vec<Expr>),
    /// `has(operand)`
    Has(Box<Expr>),
    Unary(UnaryOp, Box<Expr>),
    Binary(BinaryOp, Span, Box<Expr>, Box<Expr>),
    /// `condition ? yes : no`
    Cond(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `range.exists(variable, body)` and its sisters
    Loop(Box<Loop>),
    /// `cel.bind(variable, value, body)`, and the macros of optional values
    Bind(Box<Bind>),
}

/// A macro that gives a value a name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bind {
    pub(crate) kind: BindKind,
    pub(crate) variable: Name,
    pub(crate) value: Expr,
    pub(crate) body: Expr,
}

/// Which macro it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BindKind {
    /// `cel.bind(variable, value, body)`
    Plain,
    /// `value.optMap(variable, body)`
    OptMap,
    /// `value.optFlatMap(variable, body)`
    OptFlatMap,
}

/// A macro that goes through a list or a map.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Loop {
    pub(crate) kind: LoopKind,
    pub(crate) range: Expr,
    pub(crate) variable: Name,
    /// The second variable: then the first one is the place or the key, this one the value.
    pub(crate) second: Option<Name>,
    /// The condition; for `map` and its sisters the filter before the result.
    pub(crate) condition: Option<Expr>,
    /// What `map` and its sisters turn each element into.
    pub(crate) result: Option<Expr>,
}

/// Which macro it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LoopKind {
    All,
    Exists,
    ExistsOne,
    Filter,
    Map,
    TransformList,
    TransformMap,
    TransformMapEntry,
}

impl LoopKind {
    /// The macro of a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "all" => Self::All,
            "exists" => Self::Exists,
            "exists_one" | "existsOne" => Self::ExistsOne,
            "filter" => Self::Filter,
            "map" => Self::Map,
            "transformList" => Self::TransformList,
            "transformMap" => Self::TransformMap,
            "transformMapEntry" => Self::TransformMapEntry,
            _ => return None,
        })
    }

    /// Whether the macro turns each element into something.
    pub(crate) const fn transforms(self) -> bool {
        matches!(
            self,
            Self::Map | Self::TransformList | Self::TransformMap | Self::TransformMapEntry
        )
    }

    /// Whether the macro yields a list or a map.
    pub(crate) const fn yields_collection(self) -> bool {
        !matches!(self, Self::All | Self::Exists | Self::ExistsOne)
    }

    /// Whether the macro has a form with two variables.
    pub(crate) const fn takes_pairs(self) -> bool {
        !matches!(self, Self::Filter | Self::Map)
    }
}

/// An operator before its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnaryOp {
    Not,
    Negate,
}

/// An operator between its operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BinaryOp {
    Or,
    And,
    Compare(Comparison),
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    /// Whether it holds between two values that stand in this order; `None` if they have none.
    pub(super) fn admits(self, order: Option<Ordering>) -> bool {
        match self {
            Self::Equal => order == Some(Ordering::Equal),
            Self::NotEqual => order != Some(Ordering::Equal),
            Self::Less => order == Some(Ordering::Less),
            Self::LessOrEqual => order.is_some_and(Ordering::is_le),
            Self::Greater => order == Some(Ordering::Greater),
            Self::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
        }
    }

    /// The comparison that holds just when this one does not, if both sides are in order at all.
    pub(crate) const fn negated(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterOrEqual,
            Self::LessOrEqual => Self::Greater,
            Self::Greater => Self::LessOrEqual,
            Self::GreaterOrEqual => Self::Less,
        }
    }

    /// The comparison that says the same with its sides exchanged.
    pub(crate) const fn flipped(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            same => same,
        }
    }
}

impl BinaryOp {
    /// The operator as it is written.
    pub(crate) const fn sign(self) -> &'static str {
        match self {
            Self::Or => "||",
            Self::And => "&&",
            Self::Compare(Comparison::Equal) => "==",
            Self::Compare(Comparison::NotEqual) => "!=",
            Self::Compare(Comparison::Less) => "<",
            Self::Compare(Comparison::LessOrEqual) => "<=",
            Self::Compare(Comparison::Greater) => ">",
            Self::Compare(Comparison::GreaterOrEqual) => ">=",
            Self::In => "in",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }
}
