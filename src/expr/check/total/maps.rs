//! Keys that a map would hold twice.

use super::mistake;
use crate::expr::ast::{Expr, Loop, LoopKind};
use crate::expr::check::Checker;
use crate::expr::program::{Constant, Op, OpId};
use crate::text;
use crate::text::Text;

impl Checker<'_> {
    /// Refuses a map whose keys may not differ.
    pub(in crate::expr) fn keys_differ(&mut self, keys: &[(&Expr, OpId)]) {
        for (place, (key, op)) in keys.iter().enumerate() {
            let before = &keys[..place];
            let message = match self.repeats(*op, before) {
                Some(true) => text!("this key is there already", "هذا المفتاح موجود من قبل"),
                Some(false) => text!(
                    "this key may be there already",
                    "قد يكون هذا المفتاح موجودًا من قبل",
                ),
                None => continue,
            };
            let help = text!(
                "write the keys out, each once, or make the map with `transformMap`, whose keys always differ",
                "اكتب المفاتيح صريحة، كلٌّ منها مرة واحدة، أو كوّن الخريطة بـ `transformMap`، فمفاتيحها لا تتكرر",
            );
            return self.refuse_of(&[*op], mistake(key.span, message, help));
        }
    }

    /// Whether a key certainly is among others, or may be.
    fn repeats(&self, key: OpId, others: &[(&Expr, OpId)]) -> Option<bool> {
        let mut may_be = false;
        for (_, other) in others {
            match (written(self.op(key)), written(self.op(*other))) {
                (Some(a), Some(b)) if a == b => return Some(true),
                (Some(_), Some(_)) => {}
                _ => may_be = true,
            }
        }
        may_be.then_some(false)
    }

    /// Refuses `transformMapEntry` where two rounds may give one key: each makes one entry, under the place or
    /// key of the round.
    pub(in crate::expr) fn entries_differ(
        &mut self,
        looped: &Loop,
        slot: usize,
        range: OpId,
        result: OpId,
    ) {
        if looped.kind != LoopKind::TransformMapEntry {
            return;
        }
        let is_own = |key: &OpId| matches!(self.op(*key), Op::Slot(own) if *own == slot);
        let fits = match self.op(result) {
            Op::Map(entries) => {
                self.extent(range).size.max <= 1 || entries.iter().all(|(key, ..)| is_own(key))
            }
            _ => false,
        };
        if fits {
            return;
        }
        let Some(body) = &looped.result else { return };
        let message: Text = text!(
            "two rounds may give the same key",
            "قد تعطي دورتان المفتاح نفسه",
        );
        let help = text!(
            "take `{key}` as the key, as in `{{{key}: …}}`, or make a list with `transformList`",
            "اجعل `{key}` مفتاحًا، مثل `{{{key}: …}}`، أو كوّن قائمة بـ `transformList`",
            key = looped.variable.text,
        );
        self.refuse_of(&[range, result], mistake(body.span, message, help));
    }
}

/// A key that is written out, as maps compare them.
#[derive(PartialEq)]
enum Key<'k> {
    Text(&'k str),
    Number(i128),
    Bool(bool),
}

fn written(op: &Op) -> Option<Key<'_>> {
    let Op::Const(constant) = op else { return None };
    Some(match constant {
        Constant::Str(text) => Key::Text(text),
        Constant::Int(value) => Key::Number((*value).into()),
        Constant::Uint(value) => Key::Number((*value).into()),
        Constant::Bool(value) => Key::Bool(*value),
        _ => return None,
    })
}
