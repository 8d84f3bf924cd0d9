//! Lists and maps that an expression builds.

use crate::expr::ast::{Expr, Kind};
use crate::expr::check::Checker;
use crate::expr::program::{Op, OpId};
use crate::expr::{Mistake, Type};
use crate::text;

impl Checker<'_> {
    /// A list; `mixed` says whether its items may be of several types.
    pub(in crate::expr) fn list(&mut self, items: &[Expr], mixed: bool) -> (OpId, Type) {
        let mut ops = Vec::with_capacity(items.len());
        let mut common: Option<Type> = None;
        for item in items {
            let (maybe, op, ty) = self.item(item);
            ops.push((maybe, op));
            common = Some(match common {
                Some(known) => {
                    if !mixed && !known.can_equal(&ty) {
                        let wanted = known.name(self.scope.shapes);
                        self.expected(item.span, &wanted, &ty);
                    }
                    known.join(&ty)
                }
                None => ty,
            });
        }
        let op = if ops.iter().any(|(maybe, _)| *maybe) {
            Op::Gather(ops)
        } else {
            Op::List(ops.into_iter().map(|(_, op)| op).collect())
        };
        let item = common.unwrap_or(Type::Nothing);
        (self.push(op), Type::List(Box::new(item)))
    }

    /// An item of a list, or the value of an entry: whether it may be none, and its type if it is not.
    fn item(&mut self, item: &Expr) -> (bool, OpId, Type) {
        let Kind::Maybe(inner) = &item.kind else {
            let (op, ty) = self.strictly(item);
            return (false, op, ty);
        };
        let (op, ty) = self.strictly(inner);
        (true, op, self.optional_item(inner, op, ty))
    }

    pub(super) fn map(&mut self, entries: &[(Expr, Expr)]) -> (OpId, Type) {
        let mut ops = Vec::with_capacity(entries.len());
        let mut keys = Vec::with_capacity(entries.len());
        let mut common: Option<(Type, Type)> = None;
        for (key, value) in entries {
            let (key_op, key_type) = self.strictly(key);
            if self.is_known_as("string", (key, key_op), &key_type) && !is_key(&key_type) {
                self.mistake(Mistake::new(
                    key.span,
                    text!(
                        "a key is text, an integer, or true or false",
                        "المفتاح نص أو عدد صحيح أو قيمة منطقية"
                    ),
                ));
            }
            let (maybe, value_op, value_type) = self.item(value);
            ops.push((key_op, value_op, maybe));
            keys.push((key, key_op));
            common = Some(match common {
                Some((keys, values)) => (keys.join(&key_type), values.join(&value_type)),
                None => (key_type, value_type),
            });
        }
        self.keys_differ(&keys);
        let (key, value) = common.unwrap_or((Type::Nothing, Type::Nothing));
        let ty = Type::Map(Box::new(key), Box::new(value));
        (self.push(Op::Map(ops)), ty)
    }
}

const fn is_key(ty: &Type) -> bool {
    ty.is_text() || matches!(ty, Type::Int | Type::Uint | Type::Bool)
}
