//! `format`: clauses that are not known, lack their value, or do not take it.

use super::mistake;
use crate::expr::Type;
use crate::expr::ast::{Expr, Kind};
use crate::expr::check::Checker;
use crate::expr::eval::format::{Clause, pieces};
use crate::expr::program::{Op, OpId};
use crate::text;
use crate::text::Text;

impl Checker<'_> {
    /// Refuses a text whose clauses the values may not fill.
    pub(super) fn fits_format(&mut self, args: &[&Expr], ops: &[OpId]) {
        let [text, list] = args else { return };
        let (Kind::Str(written), Kind::List(items)) = (&text.kind, &list.kind) else {
            let is_text = matches!(text.kind, Kind::Str(_));
            let arg = if is_text { list } else { text };
            let message = text!(
                "`format` takes a text and a list that are written out here, so that they can be held against each other",
                "تأخذ `format` نصًا وقائمة مكتوبين هنا مباشرة ليُقابل أحدهما بالآخر",
            );
            let help = text!(
                "write it as `'%s'.format([…])`, or join texts with `+`",
                "اكتبها هكذا: `'%s'.format([…])`، أو صل النصوص بـ `+`",
            );
            return self.refuse_of(ops, mistake(arg.span, message, help));
        };
        if items.iter().any(|item| matches!(item.kind, Kind::Maybe(_))) {
            let message = text!(
                "a value for `format` cannot be left out",
                "لا يصح إسقاط قيمة من قيم `format`",
            );
            let help = text!("open it with `orValue(…)`", "افتحها بـ `orValue(…)`");
            return self.refuse_of(ops, mistake(list.span, message, help));
        }
        let Op::List(fillers) = self.op(ops[1]) else {
            return;
        };
        let mut values = items.iter().zip(fillers.clone());
        for piece in pieces(written) {
            let clause = match piece {
                Ok((_, None)) => continue,
                Ok((_, Some(clause))) => clause,
                Err(_) => return self.no_clause(text, ops),
            };
            let Some(value) = values.next() else {
                return self.too_few(list, items.len(), ops);
            };
            self.fills(&clause, value, text);
        }
    }

    fn fills(&mut self, clause: &Clause, (value, op): (&Expr, OpId), text: &Expr) {
        let ty = self.type_of(op).clone();
        if !self.is_known(value, op, &ty) {
            return;
        }
        let fits = match clause.letter {
            's' => is_shown(&ty),
            'o' => matches!(ty, Type::Int | Type::Uint),
            'd' | 'f' | 'e' => matches!(ty, Type::Int | Type::Uint | Type::Double),
            'b' => matches!(ty, Type::Int | Type::Uint | Type::Bool),
            'x' | 'X' => {
                matches!(
                    ty,
                    Type::Int | Type::Uint | Type::String | Type::Enum(_) | Type::Bytes
                )
            }
            _ => return self.no_clause(text, &[op]),
        };
        if fits {
            return;
        }
        let found = ty.name(self.scope.shapes);
        let message = Text::new(
            format!("`%{}` does not take {}", clause.letter, found.en),
            format!("لا تأخذ `%{}` قيمة من نوع: {}", clause.letter, found.ar),
        );
        let help = text!(
            "`%s` takes text, numbers, dates and lists of them; `%d` and `%f` any number",
            "تأخذ `%s` النصوص والأعداد والتواريخ وقوائمها، و`%d` و`%f` أي عدد",
        );
        self.refuse_of(&[op], mistake(value.span, message, help));
    }

    fn no_clause(&mut self, at: &Expr, ops: &[OpId]) {
        let message = text!("`format` knows no such clause", "لا تعرف `format` هذا الرمز");
        let help = text!(
            "write `%s`, `%d`, `%.2f`, `%e`, `%b`, `%o` or `%x`, and `%%` for the sign itself",
            "اكتب `%s` أو `%d` أو `%.2f` أو `%e` أو `%b` أو `%o` أو `%x`، و`%%` للعلامة نفسها",
        );
        self.refuse_of(ops, mistake(at.span, message, help));
    }

    fn too_few(&mut self, list: &Expr, count: usize, ops: &[OpId]) {
        let message = text!(
            "the text has more clauses than there are values: {count}",
            "رموز النص أكثر من القيم، وعددها {count}",
            count = count,
        );
        let help = text!(
            "give every clause a value, and write `%%` for the sign itself",
            "اذكر لكل رمز قيمة، واكتب `%%` للعلامة نفسها",
        );
        self.refuse_of(ops, mistake(list.span, message, help));
    }
}

/// Whether `%s` writes every value of a type.
fn is_shown(ty: &Type) -> bool {
    match ty {
        Type::Dyn | Type::Object(_) | Type::Optional(_) => false,
        Type::List(item) => is_shown(item),
        Type::Map(key, value) => is_shown(key) && is_shown(value),
        _ => true,
    }
}
