//! Operators: which types go together, and what comes out.

use crate::expr::ast::{BinaryOp, Comparison, Expr, Kind, UnaryOp};
use crate::expr::check::Checker;
use crate::expr::program::{Arithmetic, Load, Op, OpId};
use crate::expr::{Mistake, Type};
use crate::schema::Shape;
use crate::source::Span;
use crate::text;
use crate::text::nearest;

impl Checker<'_> {
    pub(super) fn unary(&mut self, op: UnaryOp, operand: &Expr, span: Span) -> (OpId, Type) {
        if op == UnaryOp::Not {
            let inner = self.condition(operand);
            return (self.push(Op::Not(inner)), Type::Bool);
        }
        let (inner, ty) = self.strictly(operand);
        if self.is_known(operand, inner, &ty)
            && !matches!(ty, Type::Int | Type::Double | Type::Duration | Type::Dyn)
        {
            self.expected(operand.span, &text!("a number", "عدد"), &ty);
        }
        if self.is_strict() {
            self.has_negative(span, (operand, inner), &ty);
        }
        (self.push(Op::Negate(inner)), ty)
    }

    pub(super) fn binary(
        &mut self,
        op: BinaryOp,
        sign: Span,
        left: &Expr,
        right: &Expr,
    ) -> (OpId, Type) {
        match op {
            BinaryOp::And | BinaryOp::Or => {
                let first = self.condition(left);
                let proven = self.proven(first, op == BinaryOp::And);
                let second = self.with_facts(proven, |checker| checker.condition(right));
                let op = if op == BinaryOp::And {
                    Op::And(first, second)
                } else {
                    Op::Or(first, second)
                };
                (self.push(op), Type::Bool)
            }
            BinaryOp::Compare(comparison) => {
                let (first, a) = self.strictly(left);
                let (second, b) = self.strictly(right);
                if !matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
                    self.are_known((left, first, &a), (right, second, &b));
                }
                self.compare(comparison, sign, (left, &a), (right, &b));
                let (first, second) = (self.as_typed(first, &a), self.as_typed(second, &b));
                (
                    self.push(Op::Compare(comparison, first, second)),
                    Type::Bool,
                )
            }
            BinaryOp::In => self.membership(left, right),
            BinaryOp::Add => self.arithmetic(Arithmetic::Add, op, left, right),
            BinaryOp::Subtract => self.arithmetic(Arithmetic::Subtract, op, left, right),
            BinaryOp::Multiply => self.arithmetic(Arithmetic::Multiply, op, left, right),
            BinaryOp::Divide => self.arithmetic(Arithmetic::Divide, op, left, right),
            BinaryOp::Remainder => self.arithmetic(Arithmetic::Remainder, op, left, right),
        }
    }

    pub(super) fn compare(
        &mut self,
        comparison: Comparison,
        sign: Span,
        left: (&Expr, &Type),
        right: (&Expr, &Type),
    ) {
        let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        let fits = if equality {
            left.1.can_equal(right.1)
        } else {
            left.1.can_order(right.1)
        };
        if fits {
            self.listed(left.0, right.1);
            self.listed(right.0, left.1);
            return;
        }
        let (a, b) = (
            left.1.name(self.scope.shapes),
            right.1.name(self.scope.shapes),
        );
        let mistake = Mistake::new(
            sign,
            text::Text::new(
                format!("{} cannot be compared with {}", a.en, b.en),
                format!("لا تصح المقارنة بين {} و{}", a.ar, b.ar),
            ),
        );
        let text_meets =
            |ty: &Type| (left.1 == ty && right.1.is_text()) || (right.1 == ty && left.1.is_text());
        let mistake = if text_meets(&Type::Timestamp) {
            mistake.with_help(text!(
                "write a date as `timestamp('2018-07-10')`",
                "اكتب التاريخ هكذا: `timestamp('2018-07-10')`",
            ))
        } else if text_meets(&Type::Duration) {
            mistake.with_help(text!(
                "write a length of time as `duration('24h')` or `days(7)`",
                "اكتب المدة هكذا: `duration('24h')` أو `days(7)`",
            ))
        } else {
            mistake
        };
        self.mistake(mistake);
    }

    /// Whether a word is one of those that a type lists.
    pub(super) fn allows(&self, ty: &Type, word: &str) -> bool {
        let Type::Enum(id) = ty else { return false };
        match self.scope.shapes.get(*id) {
            Shape::String { values, .. } => values.iter().any(|value| **value == *word),
            _ => false,
        }
    }

    /// Refuses a literal that a list of allowed words does not hold.
    pub(super) fn listed(&mut self, literal: &Expr, ty: &Type) {
        let (Kind::Str(word), Type::Enum(id)) = (&literal.kind, ty) else {
            return;
        };
        let Shape::String { values, .. } = self.scope.shapes.get(*id) else {
            return;
        };
        if values.iter().any(|value| **value == **word) {
            return;
        }
        let mistake = Mistake::new(
            literal.span,
            text!(
                "this can never be `{word}`: the schema does not allow it",
                "لا يمكن أن تكون القيمة `{word}`: لا يسمح بها المخطط",
                word = word,
            ),
        );
        let help = if let Some(word) = nearest(word, values.iter().map(String::as_str)) {
            text::did_you_mean(&word)
        } else {
            text!(
                "it is one of {words}",
                "القيم الممكنة: {words}",
                words = values.join(", ")
            )
        };
        self.mistake(mistake.with_help(help));
    }

    pub(super) fn membership(&mut self, left: &Expr, right: &Expr) -> (OpId, Type) {
        let (needle, a) = self.strictly(left);
        let (list, b) = self.strictly(right);
        self.is_known_as("list", (right, list), &b);
        match &b {
            Type::List(item) => {
                if item.can_equal(&a) {
                    self.listed(left, item);
                    if let Kind::List(words) = &right.kind {
                        for word in words {
                            self.listed(word, &a);
                        }
                    }
                } else {
                    let wanted = item.name(self.scope.shapes);
                    self.expected(left.span, &wanted, &a);
                }
            }
            Type::Map(key, _) => {
                if !key.can_equal(&a) {
                    let wanted = key.name(self.scope.shapes);
                    self.expected(left.span, &wanted, &a);
                }
            }
            Type::Dyn => {}
            _ => self.expected(right.span, &text!("a list", "قائمة"), &b),
        }
        (
            self.push(Op::In(needle, list, Load::of_items(&b))),
            Type::Bool,
        )
    }

    pub(super) fn arithmetic(
        &mut self,
        kind: Arithmetic,
        op: BinaryOp,
        left: &Expr,
        right: &Expr,
    ) -> (OpId, Type) {
        use Type::{Bytes, Double, Duration, Dyn, Int, List, String, Timestamp, Uint};
        let (first, a) = self.strictly(left);
        let (second, b) = self.strictly(right);
        self.are_known((left, first, &a), (right, second, &b));
        let result = match (kind, &a, &b) {
            (_, Dyn, _) | (_, _, Dyn) => Some(Dyn),
            (_, Int, Int) => Some(Int),
            (_, Uint, Uint) => Some(Uint),
            (Arithmetic::Remainder, ..) => None,
            (_, Double, Double) => Some(Double),
            (Arithmetic::Add, a, b) if a.is_text() && b.is_text() => Some(String),
            (Arithmetic::Add, Bytes, Bytes) => Some(Bytes),
            (Arithmetic::Add, List(x), List(y)) if x.can_equal(y) => Some(a.clone().join(&b)),
            (Arithmetic::Add | Arithmetic::Subtract, Timestamp, Duration) => Some(Timestamp),
            (Arithmetic::Add, Duration, Timestamp) => Some(Timestamp),
            (Arithmetic::Subtract, Timestamp, Timestamp) => Some(Duration),
            (Arithmetic::Add | Arithmetic::Subtract, Duration, Duration) => Some(Duration),
            _ => None,
        };
        let Some(result) = result else {
            let (a, b) = (a.name(self.scope.shapes), b.name(self.scope.shapes));
            let sign = op.sign();
            self.mistake(Mistake::new(
                left.span.cover(right.span),
                text::Text::new(
                    format!("`{sign}` does not go between {} and {}", a.en, b.en),
                    format!("لا يصح العامل `{sign}` بين {} و{}", a.ar, b.ar),
                ),
            ));
            return self.unknown();
        };
        self.stays_in_range(kind, (left, first), (right, second), &result);
        let (first, second) = (self.as_typed(first, &a), self.as_typed(second, &b));
        (self.push(Op::Arithmetic(kind, first, second)), result)
    }

    /// Refuses two values of which nothing is known.
    fn are_known(&mut self, left: (&Expr, OpId, &Type), right: (&Expr, OpId, &Type)) {
        if self.is_known(left.0, left.1, left.2) {
            self.is_known(right.0, right.1, right.2);
        }
    }

    pub(super) fn cond(&mut self, condition: &Expr, yes: &Expr, no: &Expr) -> (OpId, Type) {
        let test = self.condition(condition);
        let proven = self.proven(test, true);
        let (first, a) = self.with_facts(proven, |checker| checker.expr(yes));
        let proven = self.proven(test, false);
        let (second, b) = self.with_facts(proven, |checker| checker.expr(no));
        let ty = match () {
            () if a.can_equal(&b) => a.join(&b),
            () => {
                let wanted = a.name(self.scope.shapes);
                self.expected(no.span, &wanted, &b);
                Type::Dyn
            }
        };
        (self.push(Op::Cond(test, first, second)), ty)
    }
}
