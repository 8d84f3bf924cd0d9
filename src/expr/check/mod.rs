//! Tree → [`Program`]: every node gets a type from the schema, and what could go wrong at lint time is
//! refused here, at the exact characters.

mod access;
mod operators;

use crate::expr::ast::{Expr, Kind, Loop, LoopKind};
use crate::expr::key;
use crate::expr::narrow::{Path, facts};
use crate::expr::parse::parse;
use crate::expr::program::{Constant, Load, LoopOp, Op, OpId, Program};
use crate::expr::{Mistake, Type};
use crate::schema::Shapes;
use crate::source::Span;
use crate::text;

/// The names that an expression may use, and what is known of them.
#[derive(Clone)]
pub(crate) struct Scope<'s> {
    /// The schema of the documents.
    pub(crate) shapes: &'s Shapes,
    /// Variables with their types; the place is the slot.
    pub(crate) variables: Vec<(Box<str>, Type)>,
    /// The rule's options.
    pub(crate) options: Vec<(Box<str>, Type)>,
    /// Access paths that are certainly there.
    pub(crate) facts: Vec<Path>,
    /// Whether absence is answered where it is met instead of being refused: for expressions that are
    /// no rules.
    pub(crate) lenient: bool,
}

impl<'s> Scope<'s> {
    /// A scope in which only `agency`, or whatever the root is called, is known.
    pub(crate) fn new(shapes: &'s Shapes, root: &str) -> Self {
        let variables = vec![(root.into(), Type::of(shapes, shapes.root()))];
        Self {
            shapes,
            variables,
            options: Vec::new(),
            facts: Vec::new(),
            lenient: false,
        }
    }

    /// The access path that an expression is, such as `account.bio.text`. Its variable is named by the
    /// slot, because names come back.
    fn path(&self, expr: &Expr) -> Option<Path> {
        let (object, field) = match &expr.kind {
            Kind::Ident(name) => {
                let slot = self
                    .variables
                    .iter()
                    .rposition(|(known, _)| known == name)?;
                return Some(vec![slot.to_string().into()]);
            }
            Kind::Field(object, name) => (object, &name.text),
            Kind::Index(object, index) => match &index.kind {
                Kind::Str(name) => (object, name),
                _ => return None,
            },
            _ => return None,
        };
        let mut path = self.path(object)?;
        path.push(field.clone());
        Some(path)
    }

    /// Takes note of what `expr` proves when it is true.
    pub(crate) fn assume(&mut self, text: &str) {
        if let Ok(expr) = parse(text) {
            let proven = facts(&expr, true, &|expr| self.path(expr));
            self.facts.extend(proven);
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
    let expr = parse(text).map_err(|mistake| vec![mistake])?;
    let mut checker = Checker {
        scope: scope.clone(),
        ops: Vec::new(),
        mistakes: Vec::new(),
        may_be_absent: demand == Demand::List,
    };
    let (root, ty) = checker.expr(&expr);
    let wanted = match (demand, &ty) {
        (_, Type::Dyn) | (Demand::Value, _) => None,
        (Demand::Condition, Type::Bool) | (Demand::List, Type::List(_)) => None,
        (Demand::Condition, _) => Some(text!("a condition", "شرط")),
        (Demand::List, _) => Some(text!("a list", "قائمة")),
    };
    if let Some(wanted) = wanted {
        checker.expected(expr.span, &wanted, &ty);
    }
    if checker.mistakes.is_empty() {
        Ok(Program {
            ops: checker.ops,
            root,
            ty,
        })
    } else {
        Err(checker.mistakes)
    }
}

pub(super) struct Checker<'s> {
    pub(super) scope: Scope<'s>,
    ops: Vec<Op>,
    mistakes: Vec<Mistake>,
    /// Whether the access path at hand stands inside `has`, or is the range of an `each`.
    may_be_absent: bool,
}

impl Checker<'_> {
    pub(super) fn push(&mut self, op: Op) -> OpId {
        self.ops.push(op);
        OpId(crate::source::to_offset(self.ops.len() - 1))
    }

    pub(super) fn mistake(&mut self, mistake: Mistake) {
        self.mistakes.push(mistake);
    }

    /// Goes on after a mistake with a value of any type, so that one mistake is reported once.
    pub(super) fn unknown(&mut self) -> (OpId, Type) {
        (self.push(Op::Const(Constant::Null)), Type::Dyn)
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
        let constant = match &expr.kind {
            Kind::Null => (Constant::Null, Type::Null),
            Kind::Bool(value) => (Constant::Bool(*value), Type::Bool),
            Kind::Int(value) => (Constant::Int(*value), Type::Int),
            Kind::Double(value) => (Constant::Double(*value), Type::Double),
            Kind::Str(value) => (Constant::Str(value.clone()), Type::String),
            Kind::List(items) => return self.list(items),
            Kind::Ident(name) => return self.ident(name, expr.span),
            Kind::Field(object, name) => return self.field(object, name),
            Kind::Index(object, index) => return self.index(object, index, expr.span),
            Kind::Call(name, args) => return self.call(name, None, args, expr.span),
            Kind::Method(receiver, name, args) => {
                return self.call(name, Some(receiver), args, expr.span);
            }
            Kind::Has(operand) => return self.has(operand),
            Kind::Unary(op, operand) => return self.unary(*op, operand),
            Kind::Binary(op, sign, left, right) => return self.binary(*op, *sign, left, right),
            Kind::Cond(condition, yes, no) => return self.cond(condition, yes, no),
            Kind::Loop(looped) => return self.looped(looped),
        };
        (self.push(Op::Const(constant.0)), constant.1)
    }

    /// Checks a node that must be true or false.
    fn condition(&mut self, expr: &Expr) -> OpId {
        let (op, ty) = self.strictly(expr);
        if !matches!(ty, Type::Bool | Type::Dyn) {
            self.expected(expr.span, &text!("true or false", "قيمة منطقية"), &ty);
        }
        op
    }

    /// Checks a node under more facts.
    fn with_facts<T>(&mut self, proven: Vec<Path>, check: impl FnOnce(&mut Self) -> T) -> T {
        let known = self.scope.facts.len();
        self.scope.facts.extend(proven);
        let result = check(self);
        self.scope.facts.truncate(known);
        result
    }

    fn proven(&self, expr: &Expr, truth: bool) -> Vec<Path> {
        facts(expr, truth, &|expr| self.scope.path(expr))
    }

    /// Checks a node for which no outer `has` speaks.
    pub(super) fn strictly(&mut self, expr: &Expr) -> (OpId, Type) {
        let outer = std::mem::replace(&mut self.may_be_absent, false);
        let result = self.expr(expr);
        self.may_be_absent = outer;
        result
    }

    fn looped(&mut self, looped: &Loop) -> (OpId, Type) {
        let (range, ty) = self.expr(&looped.range);
        let item = match ty {
            Type::List(item) => *item,
            Type::Dyn => Type::Dyn,
            other => {
                self.expected(looped.range.span, &text!("a list", "قائمة"), &other);
                Type::Dyn
            }
        };
        let shadows = self
            .scope
            .variables
            .iter()
            .any(|(known, _)| *known == looped.variable.text);
        if shadows || ["today", "options"].contains(&&*looped.variable.text) {
            self.mistake(Mistake::new(
                looped.variable.span,
                text!(
                    "`{name}` already means something here; choose another name",
                    "للاسم `{name}` معنى آخر هنا؛ اختر اسمًا غيره",
                    name = looped.variable.text,
                ),
            ));
        }
        let slot = self.scope.variables.len();
        let load = Load::of(&item);
        self.scope
            .variables
            .push((looped.variable.text.clone(), item.clone()));
        let condition = looped
            .condition
            .as_ref()
            .map(|condition| self.condition(condition));
        let proven = looped
            .condition
            .as_ref()
            .map(|expr| self.proven(expr, true));
        let result = looped.result.as_ref().map(|result| {
            self.with_facts(proven.unwrap_or_default(), |checker| {
                checker.strictly(result)
            })
        });
        self.scope.variables.pop();
        let ty = match looped.kind {
            LoopKind::Filter => Type::List(Box::new(item)),
            LoopKind::Map => Type::List(Box::new(
                result.as_ref().map_or(Type::Dyn, |(_, ty)| ty.clone()),
            )),
            LoopKind::All | LoopKind::Exists | LoopKind::ExistsOne => Type::Bool,
        };
        let op = LoopOp {
            kind: looped.kind,
            range,
            load,
            slot,
            condition,
            result: result.map(|(op, _)| op),
            key: condition.and_then(|condition| key::of_condition(&self.ops, condition, slot)),
        };
        (self.push(Op::Loop(op)), ty)
    }
}
