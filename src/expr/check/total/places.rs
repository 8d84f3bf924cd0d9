//! Places in lists and texts, keys of maps, and optional values that may hold nothing.

use super::mistake;
use crate::expr::ast::Expr;
use crate::expr::check::{Bounds, Checker};
use crate::expr::program::OpId;
use crate::text;

impl Checker<'_> {
    /// Refuses a place that a list may not have.
    pub(in crate::expr) fn has_place(
        &mut self,
        (list, list_op): (&Expr, OpId),
        (index, at): (&Expr, OpId),
    ) {
        let (size, place) = (self.extent(list_op).size, self.extent(at).number);
        let is_inside = place.is_within(Bounds::new(0, size.min - 1));
        if is_inside || self.is_key(list_op, at) {
            return;
        }
        let (list, written) = (self.written(list.span), self.written(index.span));
        let never = place.max < 0 || place.min >= size.max;
        let message = if never {
            text!("the list has no such place", "ليس في القائمة هذا الموضع")
        } else {
            text!(
                "the list may have no such place",
                "قد لا يكون في القائمة هذا الموضع",
            )
        };
        let help = if place.min >= 0 && place.is_exact() && self.path(list_op).is_some() {
            text!(
                "ask first, here or in `when`: `size({list}) > {index} && …`, or read it with `{list}[?{index}]`, which may be none",
                "تحقق أولًا هنا أو في `when`: `size({list}) > {index} && …`، أو اقرأه هكذا: `{list}[?{index}]`، وقد لا يكون فيه شيء",
                list = list,
                index = written,
            )
        } else {
            text!(
                "read it with `{list}[?{index}]`, which may be none",
                "اقرأه هكذا: `{list}[?{index}]`، وقد لا يكون فيه شيء",
                list = list,
                index = written,
            )
        };
        self.refuse_of(&[list_op, at], mistake(index.span, message, help));
    }

    /// Refuses a key that a map may not have.
    pub(in crate::expr) fn has_key(
        &mut self,
        (map, map_op): (&Expr, OpId),
        (key, key_op): (&Expr, OpId),
    ) {
        if self.is_key(map_op, key_op) {
            return;
        }
        let message = text!(
            "the map may have no such key",
            "قد لا يكون في الخريطة هذا المفتاح",
        );
        let (key_text, map) = (self.written(key.span), self.written(map.span));
        let help = if self.path(map_op).is_some() && self.path(key_op).is_some() {
            text!(
                "ask first, here or in `when`: `{key} in {map} && …`, or read it with `{map}[?{key}].orValue(…)`",
                "تحقق أولًا هنا أو في `when`: `{key} in {map} && …`، أو اقرأه هكذا: `{map}[?{key}].orValue(…)`",
                key = key_text,
                map = map,
            )
        } else {
            text!(
                "read it with `{map}[?{key}].orValue(…)`",
                "اقرأه هكذا: `{map}[?{key}].orValue(…)`",
                key = key_text,
                map = map,
            )
        };
        self.refuse_of(&[map_op, key_op], mistake(key.span, message, help));
    }

    /// Refuses places that a text may not have; each lies behind the one before it, if there is one.
    pub(in crate::expr) fn has_letters(&mut self, args: &[&Expr], ops: &[OpId], first: usize) {
        let size = self.extent(ops[0]).size;
        let mut least = Bounds::exactly(0);
        for (arg, op) in args.iter().zip(ops).skip(first) {
            let place = self.extent(*op).number;
            if place.is_within(Bounds::new(least.max, size.min)) {
                least = place;
                continue;
            }
            let never = place.max < least.min || place.min > size.max;
            let message = if never {
                text!("the text has no such place", "ليس في النص هذا الموضع")
            } else {
                text!(
                    "the text may have no such place",
                    "قد لا يكون في النص هذا الموضع",
                )
            };
            let help = if place.min >= 0 && place.is_exact() {
                text!(
                    "ask first, here or in `when`: `size({text}) >= {place} && …`, or use `startsWith`, `matches` or `split`",
                    "تحقق أولًا هنا أو في `when`: `size({text}) >= {place} && …`، أو استعمل `startsWith` أو `matches` أو `split`",
                    text = self.written(args[0].span),
                    place = self.written(arg.span),
                )
            } else {
                text!(
                    "write the place as a number, or use `startsWith`, `matches`, or `split(…)[?0]`",
                    "اكتب الموضع رقمًا، أو استعمل `startsWith` أو `matches` أو `split(…)[?0]`",
                )
            };
            return self.refuse_of(&[ops[0], *op], mistake(arg.span, message, help));
        }
    }

    /// Refuses to open an optional value that may hold nothing.
    pub(in crate::expr) fn holds_something(&mut self, optional: &Expr, op: OpId) {
        if self.extent(op).size.min >= 1 {
            return;
        }
        let message = text!(
            "this optional value may hold nothing",
            "قد لا تحمل هذه القيمة الاختيارية شيئًا",
        );
        let help = text!(
            "say what holds then: `{value}.orValue(…)`, or ask first: `{value}.hasValue() && …`",
            "بيّن البديل: `{value}.orValue(…)`، أو تحقق أولًا: `{value}.hasValue() && …`",
            value = self.written(optional.span),
        );
        self.refuse_of(&[op], mistake(optional.span, message, help));
    }
}
