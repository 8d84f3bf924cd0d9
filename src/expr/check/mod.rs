//! Tree → [`Program`]: every node gets a type from the schema, and what could go wrong at lint time is
//! refused here, at the exact characters.

mod access;
mod bindings;
mod bounds;
mod collections;
mod computed;
mod extent;
mod known;
mod macros;
mod operators;
mod optional;
mod spaces;
mod target;
mod total;

pub(crate) use bounds::Bounds;
pub(crate) use extent::Extent;
use known::Note;
pub(crate) use spaces::no_word_list;
pub(crate) use target::{
    Presence, Target, check_field, check_gone, check_items, check_written, note_failure,
};

use std::sync::Arc;

use crate::expr::ast::{Expr, Kind};
use crate::expr::eval::Reason;
use crate::expr::mark::{Binding, Checked, Mark, Sort};
use crate::expr::narrow::{Fact, there};
use crate::expr::parse::parse;
use crate::expr::program::{Constant, Op, OpId, Program};
use crate::expr::{Mistake, Type};
use crate::schema::Shapes;
use crate::source::Span;
use crate::text;

/// How much the checker lets pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// What cannot fail at lint time and means one thing to its readers.
    Rule,
    /// What the specification of CEL allows; what is absent is a fault at run time.
    Cel,
    /// Everything that can be read; types are looked at when the expression runs.
    Gradual,
}

/// The names that an expression may use, and what is known of them.
#[derive(Clone)]
pub(crate) struct Scope<'s> {
    /// The schema of the documents.
    pub(crate) shapes: &'s Shapes,
    /// Variables with their types; the place is the slot.
    pub(crate) variables: Vec<(Box<str>, Type)>,
    /// The rule's options.
    pub(crate) options: Vec<(Box<str>, Type)>,
    /// The names of the word lists.
    pub(crate) terms: Arc<[Box<str>]>,
    /// What is known of the values at access paths.
    pub(crate) facts: Vec<Fact>,
    /// How much the checker lets pass.
    pub(crate) strictness: Strictness,
    /// How many of the variables, the last ones, belong to macros.
    inner: usize,
}

impl<'s> Scope<'s> {
    /// A scope in which only `agency`, or whatever the root is called, is known.
    pub(crate) fn new(shapes: &'s Shapes, root: &str) -> Self {
        let variables = vec![(root.into(), Type::of(shapes, shapes.root()))];
        Self {
            shapes,
            variables,
            options: Vec::new(),
            terms: Arc::default(),
            facts: Vec::new(),
            strictness: Strictness::Rule,
            inner: 0,
        }
    }

    /// The variable of a name; a dot before the name looks past those of macros.
    fn slot(&self, name: &str) -> Option<usize> {
        let named = |(known, _): &(Box<str>, Type), name: &str| **known == *name;
        match name.strip_prefix('.') {
            Some(name) => self.variables[..self.variables.len() - self.inner]
                .iter()
                .rposition(|variable| named(variable, name)),
            None => self
                .variables
                .iter()
                .rposition(|variable| named(variable, name)),
        }
    }
}

/// What is demanded of the whole expression.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Demand {
    /// True or false.
    Condition,
    /// A list to go through; it may be absent, which counts as empty.
    List,
    /// Any value that is certainly there.
    Value,
}

/// Checks one expression.
pub(crate) fn compile(
    text: &str,
    scope: &Scope<'_>,
    demand: Demand,
) -> Result<Program, Vec<Mistake>> {
    check(text, scope, demand).map(|checked| checked.program)
}

/// Checks one expression and keeps what is known of each of its operations.
pub(crate) fn check(
    text: &str,
    scope: &Scope<'_>,
    demand: Demand,
) -> Result<Checked, Vec<Mistake>> {
    let (checker, root, ty) = begin(text, scope, demand)?;
    checker.finish(root, ty)
}

/// Checks a condition or a list to go through, and takes note of what it proves to what is asked behind it,
/// also when there are mistakes in it.
pub(crate) fn check_first(
    text: &str,
    scope: &mut Scope<'_>,
    demand: Demand,
) -> Result<Checked, Vec<Mistake>> {
    let (checker, root, ty) = begin(text, scope, demand)?;
    let proven = match demand {
        // Where there is an element, there is the list.
        Demand::List => there(checker.path(root)),
        Demand::Condition | Demand::Value => checker.facts(root, true),
    };
    scope.facts.extend(proven);
    checker.finish(root, ty)
}

fn begin<'s>(
    text: &'s str,
    scope: &Scope<'s>,
    demand: Demand,
) -> Result<(Checker<'s>, OpId, Type), Vec<Mistake>> {
    let expr = parse(text).map_err(|mistake| vec![mistake])?;
    let mut checker = Checker::new(text, scope);
    checker.may_be_absent = demand == Demand::List;
    let (root, ty) = checker.expr(&expr);
    let is_known = match demand {
        Demand::Value => true,
        Demand::List => checker.is_list(&expr, root, &ty),
        Demand::Condition => checker.is_known_as("bool", (&expr, root), &ty),
    };
    let wanted = match (demand, &ty) {
        (_, Type::Dyn) | (Demand::Value, _) => None,
        _ if !is_known => None,
        (Demand::Condition, Type::Bool) | (Demand::List, Type::List(_)) => None,
        (Demand::Condition, _) => Some(text!("a condition", "شرط")),
        (Demand::List, _) => Some(text!("a list", "قائمة")),
    };
    if let Some(wanted) = wanted {
        checker.expected(expr.span, &wanted, &ty);
    }
    Ok((checker, root, ty))
}

pub(super) struct Checker<'s> {
    pub(super) scope: Scope<'s>,
    /// The expression as it is written.
    text: &'s str,
    ops: Vec<Op>,
    /// What is known of the operations; the last ones may be without a note.
    notes: Vec<Note>,
    /// What is known of each operation.
    marks: Vec<Mark>,
    /// The variables of all macros so far.
    bindings: Vec<Binding>,
    /// Those that are open, by their places among them; the outer ones first.
    open: Vec<usize>,
    mistakes: Vec<Mistake>,
    /// Whether the access path at hand stands inside `has`, or is the range of an `each`.
    may_be_absent: bool,
}

impl<'s> Checker<'s> {
    fn new(text: &'s str, scope: &Scope<'s>) -> Self {
        Self {
            scope: scope.clone(),
            text,
            ops: Vec::new(),
            notes: Vec::new(),
            marks: Vec::new(),
            bindings: Vec::new(),
            open: Vec::new(),
            mistakes: Vec::new(),
            may_be_absent: false,
        }
    }

    fn finish(self, root: OpId, ty: Type) -> Result<Checked, Vec<Mistake>> {
        if !self.mistakes.is_empty() {
            return Err(self.mistakes);
        }
        Ok(Checked {
            program: Program {
                ops: self.ops.into(),
                root,
                ty,
            },
            marks: self.marks,
            bindings: self.bindings,
        })
    }

    pub(super) fn push(&mut self, op: Op) -> OpId {
        self.ops.push(op);
        self.marks.push(Mark::default());
        OpId(crate::source::to_offset(self.ops.len() - 1))
    }

    pub(super) fn mistake(&mut self, mistake: Mistake) {
        if self.scope.strictness != Strictness::Gradual {
            self.mistakes.push(mistake);
        }
    }

    /// Goes on after a mistake with a value of any type, so that one mistake is reported once.
    pub(super) fn unknown(&mut self) -> (OpId, Type) {
        (
            self.push(Op::Fail(&Reason("this has no meaning", "لا معنى لهذا"))),
            Type::Dyn,
        )
    }

    pub(super) fn expected(&mut self, span: Span, wanted: &text::Text, found: &Type) {
        let found = found.name(self.scope.shapes);
        self.mistake(Mistake::new(
            span,
            text::Text::new(
                format!("expected {}, found {}", wanted.en, found.en),
                format!("المتوقع {}، والموجود {}", wanted.ar, found.ar),
            ),
        ));
    }

    /// Checks a node that must be there.
    pub(super) fn expr(&mut self, expr: &Expr) -> (OpId, Type) {
        let before = self.mistakes.len();
        let (op, ty) = self.typed(expr);
        self.marks[op.0 as usize] = Mark {
            span: expr.span,
            sort: Sort::of(&ty),
        };
        match self.scope.strictness {
            Strictness::Gradual => (op, Type::Dyn),
            Strictness::Cel => (op, ty),
            Strictness::Rule => (op, self.note(op, ty, self.mistakes.len() > before)),
        }
    }

    fn typed(&mut self, expr: &Expr) -> (OpId, Type) {
        let constant = match &expr.kind {
            Kind::Null => (Constant::Null, Type::Null),
            Kind::Bool(value) => (Constant::Bool(*value), Type::Bool),
            Kind::Int(value) => (Constant::Int(*value), Type::Int),
            Kind::Uint(value) => (Constant::Uint(*value), Type::Uint),
            Kind::Double(value) => (Constant::Double(*value), Type::Double),
            Kind::Str(value) => (Constant::Str(value.clone()), Type::String),
            Kind::Bytes(value) => (Constant::Bytes(value.clone()), Type::Bytes),
            Kind::List(items) => {
                return self.list(items, self.scope.strictness != Strictness::Rule);
            }
            Kind::Map(entries) => return self.map(entries),
            Kind::Maybe(inner) => return self.expr(inner),
            Kind::Ident(name) => return self.ident(name, expr.span),
            Kind::Field(object, name) => return self.field(object, name),
            Kind::Index(object, index) => return self.index(object, index, expr.span),
            Kind::MaybeField(object, name) => return self.maybe_field(object, name),
            Kind::MaybeIndex(object, index) => return self.maybe_index(object, index, expr.span),
            Kind::Call(name, args) => return self.call(name, None, args, expr.span),
            Kind::Method(receiver, name, args) => {
                return self.call(name, Some(receiver), args, expr.span);
            }
            Kind::Has(operand) => return self.has(operand),
            Kind::Unary(op, operand) => return self.unary(*op, operand, expr.span),
            Kind::Binary(op, sign, left, right) => return self.binary(*op, *sign, left, right),
            Kind::Cond(condition, yes, no) => return self.cond(condition, yes, no),
            Kind::Loop(looped) => return self.looped(looped),
            Kind::Bind(bind) => return self.bind(bind),
        };
        (self.push(Op::Const(constant.0)), constant.1)
    }

    /// Checks a node that must be true or false.
    fn condition(&mut self, expr: &Expr) -> OpId {
        let (op, ty) = self.strictly(expr);
        let is_known = self.is_known_as("bool", (expr, op), &ty);
        if is_known && !matches!(ty, Type::Bool | Type::Dyn) {
            self.expected(expr.span, &text!("true or false", "قيمة منطقية"), &ty);
        }
        op
    }

    /// Checks a node under more facts.
    fn with_facts<T>(&mut self, proven: Vec<Fact>, check: impl FnOnce(&mut Self) -> T) -> T {
        let known = self.scope.facts.len();
        self.scope.facts.extend(proven);
        let result = check(self);
        self.scope.facts.truncate(known);
        result
    }

    fn proven(&self, condition: OpId, truth: bool) -> Vec<Fact> {
        if self.is_strict() {
            self.facts(condition, truth)
        } else {
            Vec::new()
        }
    }

    /// Checks a node for which no outer `has` speaks.
    pub(super) fn strictly(&mut self, expr: &Expr) -> (OpId, Type) {
        let outer = std::mem::replace(&mut self.may_be_absent, false);
        let result = self.expr(expr);
        self.may_be_absent = outer;
        result
    }
}
