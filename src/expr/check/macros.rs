//! Macros: what their variables are, and what comes out.

use crate::expr::Type;
use crate::expr::ast::{Bind, BindKind, Loop, LoopKind};
use crate::expr::check::Checker;
use crate::expr::key;
use crate::expr::program::{Load, LoopOp, Op, OpId};
use crate::text;

/// What a loop goes through: the place or key of an element, and the element.
struct Range {
    first: Type,
    second: Type,
    is_map: bool,
}

impl Checker<'_> {
    pub(super) fn looped(&mut self, looped: &Loop) -> (OpId, Type) {
        let (op, ty) = self.expr(&looped.range);
        self.is_known_as("list", (&looped.range, op), &ty);
        let range = self.range(ty, looped);
        let pairs = looped.second.is_some();
        let element = if range.is_map && !pairs {
            range.first.clone()
        } else {
            range.second.clone()
        };
        let (slot, facts) = (self.scope.variables.len(), self.scope.facts.len());
        let bodies = looped.condition.iter().chain(&looped.result);
        let body = bodies.fold(looped.variable.span, |span, expr| span.cover(expr.span));
        let begins_with_document = slot > self.scope.inner;
        match &looped.second {
            Some(second) => {
                self.open(&looped.variable, range.first.clone(), body);
                self.open(second, range.second.clone(), body);
                self.pair();
            }
            None => self.open(&looped.variable, element.clone(), body),
        }
        self.assume_round(op, slot, (range.is_map, pairs));
        let condition = looped.condition.as_ref();
        let condition = condition.map(|condition| self.condition(condition));
        let proven = condition.map(|condition| self.proven(condition, true));
        let result = looped.result.as_ref().map(|result| {
            self.with_facts(proven.unwrap_or_default(), |checker| {
                checker.strictly(result)
            })
        });
        if let Some((result, _)) = result {
            self.entries_differ(looped, slot, op, result);
        }
        self.close(1 + usize::from(pairs), facts);
        let found = result.as_ref().map_or(Type::Dyn, |(_, ty)| ty.clone());
        let ty = self.loop_type(looped, &range.first, element, found);
        let mut op = LoopOp {
            kind: looped.kind,
            range: op,
            load: Load::of(&range.second),
            slot,
            pairs,
            condition,
            result: result.map(|(op, _)| op),
            key: None,
            is_fixed: false,
        };
        op.key = key::of_loop(&self.ops, &op).filter(|_| !range.is_map);
        op.is_fixed = begins_with_document && key::is_fixed(&self.ops, &op);
        (self.push(Op::Loop(op)), ty)
    }

    /// A list whose items are what its type says before it meets another list. A list of the document is
    /// read item by item where it is used, and where it is compared or joined nobody knows its type.
    pub(super) fn as_typed(&mut self, list: OpId, ty: &Type) -> OpId {
        let load = Load::of_items(ty);
        if load == Load::Plain || matches!(self.ops[list.0 as usize], Op::List(_)) {
            return list;
        }
        self.push(Op::Loop(LoopOp {
            kind: LoopKind::Filter,
            range: list,
            load,
            slot: self.scope.variables.len(),
            pairs: false,
            condition: None,
            result: None,
            key: None,
            is_fixed: false,
        }))
    }

    fn range(&mut self, ty: Type, looped: &Loop) -> Range {
        let (first, second, is_map) = match ty {
            Type::List(item) => (Type::Int, item.taken(), false),
            Type::Map(key, value) => (key.taken(), value.taken(), true),
            Type::Dyn => (Type::Dyn, Type::Dyn, false),
            other => {
                self.expected(looped.range.span, &text!("a list", "قائمة"), &other);
                (Type::Dyn, Type::Dyn, false)
            }
        };
        Range {
            first,
            second,
            is_map,
        }
    }

    fn loop_type(&mut self, looped: &Loop, first: &Type, element: Type, found: Type) -> Type {
        match looped.kind {
            LoopKind::All | LoopKind::Exists | LoopKind::ExistsOne => Type::Bool,
            LoopKind::Filter => Type::List(Box::new(element)),
            LoopKind::Map | LoopKind::TransformList => Type::List(Box::new(found)),
            LoopKind::TransformMap => Type::Map(Box::new(first.clone()), Box::new(found)),
            LoopKind::TransformMapEntry => {
                if !matches!(found, Type::Map(..) | Type::Dyn)
                    && let Some(result) = &looped.result
                {
                    self.expected(result.span, &text!("a map", "خريطة"), &found);
                }
                found
            }
        }
    }

    /// `cel.bind`, and the macros of optional values.
    pub(super) fn bind(&mut self, bind: &Bind) -> (OpId, Type) {
        let (value, ty) = self.strictly(&bind.value);
        let item = match (bind.kind, ty) {
            (BindKind::Plain, ty) => ty,
            (_, ty) => self.optional_item(&bind.value, value, ty),
        };
        let (slot, facts) = (self.scope.variables.len(), self.scope.facts.len());
        self.open(&bind.variable, item, bind.body.span);
        self.assume_bound(bind.kind, slot, value);
        let (body, found) = self.strictly(&bind.body);
        self.close(1, facts);
        let ty = match bind.kind {
            BindKind::Plain => found,
            BindKind::OptMap => Type::Optional(Box::new(found)),
            BindKind::OptFlatMap => {
                let item = self.optional_item(&bind.body, body, found);
                Type::Optional(Box::new(item))
            }
        };
        let op = Op::Bind {
            kind: bind.kind,
            slot,
            value,
            body,
        };
        (self.push(op), ty)
    }
}
