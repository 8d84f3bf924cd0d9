//! Optional values: `.?`, `[?]`, and the functions that make and open them. What they yield needs no guard.

use crate::expr::Type;
use crate::expr::ast::{Expr, Kind, Name};
use crate::expr::check::Checker;
use crate::expr::program::{Constant, Function, Load, Op, OpId};
use crate::source::Span;
use crate::text;

impl Checker<'_> {
    /// `object.?name`
    pub(super) fn maybe_field(&mut self, object: &Expr, name: &Name) -> (OpId, Type) {
        let (op, ty) = self.expr(object);
        self.maybe_access(op, &ty, name, object)
    }

    /// `object.?name`, or `object.name` where the object is an optional value.
    pub(super) fn maybe_access(
        &mut self,
        op: OpId,
        ty: &Type,
        name: &Name,
        object: &Expr,
    ) -> (OpId, Type) {
        let ty = match ty {
            Type::Optional(item) => &item.clone().taken(),
            other => other,
        };
        let Some((_, found)) = self.member(ty, name, object) else {
            return self.unknown();
        };
        let field = self.field_ref(ty, name, &found);
        let op = self.push(Op::MaybeField(op, field));
        (op, Type::Optional(Box::new(found)))
    }

    /// `object[?index]`
    pub(super) fn maybe_index(&mut self, object: &Expr, index: &Expr, span: Span) -> (OpId, Type) {
        let (op, ty) = self.expr(object);
        self.maybe_place(op, &ty, (object, index), span)
    }

    /// `object[?index]`, or `object[index]` where the object is an optional value.
    pub(super) fn maybe_place(
        &mut self,
        op: OpId,
        ty: &Type,
        (object, index): (&Expr, &Expr),
        span: Span,
    ) -> (OpId, Type) {
        let ty = match ty {
            Type::Optional(item) => &item.clone().taken(),
            other => other,
        };
        if let (Kind::Str(text), Type::Object(_)) = (&index.kind, ty) {
            let name = Name {
                text: text.clone(),
                span: index.span,
            };
            return self.maybe_access(op, ty, &name, object);
        }
        self.is_known_as("list", (object, op), ty);
        let (at, index_type) = self.strictly(index);
        let found = self.place_type(ty, (index, at, &index_type), span);
        let op = self.push(Op::MaybeIndex(op, at, Load::of(&found)));
        (op, Type::Optional(Box::new(found)))
    }

    /// What an optional value holds.
    pub(super) fn optional_item(&mut self, expr: &Expr, op: OpId, ty: Type) -> Type {
        self.is_known(expr, op, &ty);
        match ty {
            Type::Optional(item) => item.taken(),
            Type::Dyn => Type::Dyn,
            other => {
                let wanted = text!("an optional value", "قيمة اختيارية");
                self.expected(expr.span, &wanted, &other);
                Type::Dyn
            }
        }
    }

    /// The functions of optional values; `None` when `name` is none of them.
    pub(in crate::expr) fn optional_call(
        &mut self,
        name: &str,
        method: bool,
        args: &[&Expr],
    ) -> Option<(OpId, Type)> {
        let optional = |item| Type::Optional(Box::new(item));
        if let ("optional.none", []) = (name, args) {
            let none = Op::Const(Constant::OptionalNone);
            return Some((self.push(none), optional(Type::Nothing)));
        }
        let (function, count) = match name {
            "optional.of" => (Function::OptionalOf, 1),
            "optional.ofNonZeroValue" => (Function::OptionalNonZero, 1),
            "hasValue" => (Function::HasValue, 1),
            "value" => (Function::OptionalValue, 1),
            "or" => (Function::OptionalOr, 2),
            "orValue" => (Function::OptionalOrValue, 2),
            _ => return None,
        };
        let makes = matches!(function, Function::OptionalOf | Function::OptionalNonZero);
        if args.len() != count || makes == method {
            return None;
        }
        let (first, ty) = self.strictly(args[0]);
        let mut ops = vec![first];
        let item = if makes {
            ty
        } else {
            self.optional_item(args[0], first, ty)
        };
        let ty = match function {
            Function::HasValue => Type::Bool,
            Function::OptionalValue => {
                self.holds_something(args[0], first);
                item
            }
            Function::OptionalOr | Function::OptionalOrValue => {
                let (other, other_type) = self.strictly(args[1]);
                ops.push(other);
                let takes_optional = function == Function::OptionalOr;
                let other_item = if takes_optional {
                    self.optional_item(args[1], other, other_type)
                } else {
                    other_type
                };
                if !item.can_equal(&other_item) {
                    let wanted = item.name(self.scope.shapes);
                    self.expected(args[1].span, &wanted, &other_item);
                }
                let is_word = matches!(&args[1].kind, Kind::Str(word) if self.allows(&item, word));
                let joined = if is_word {
                    item
                } else {
                    item.join(&other_item)
                };
                if takes_optional {
                    optional(joined)
                } else {
                    joined
                }
            }
            _ => optional(item),
        };
        Some((self.push(Op::Call(function, ops)), ty))
    }
}
