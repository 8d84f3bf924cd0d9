//! What could fail at lint time although its types fit: a pack that holds such a thing does not load.
//!
//! Each check asks what is known of the operands, refuses the operation at the exact characters if that is
//! not enough, and says how to write it. Nothing is said of what has a mistake in it already.

mod arithmetic;
mod conversions;
mod format;
mod maps;
mod places;

use crate::expr::ast::Expr;
use crate::expr::check::Checker;
use crate::expr::program::{Function, Op, OpId};
use crate::expr::{Mistake, Type};
use crate::source::Span;
use crate::text;
use crate::text::Text;

/// The longest operand that a help repeats, in letters.
const LONGEST: usize = 48;

impl Checker<'_> {
    /// Refuses a value of which nothing is known where its type matters; returns whether the type is known.
    pub(in crate::expr) fn is_known(&mut self, expr: &Expr, op: OpId, ty: &Type) -> bool {
        self.is_known_as("int", (expr, op), ty)
    }

    /// The same where most will want a value of the type that is named.
    pub(in crate::expr) fn is_known_as(
        &mut self,
        wanted: &str,
        (expr, op): (&Expr, OpId),
        ty: &Type,
    ) -> bool {
        if !self.is_strict() || *ty != Type::Dyn {
            return true;
        }
        if !self.is_wrong(op) {
            let mistake = Mistake::new(
                expr.span,
                text!(
                    "this may be a value of any type",
                    "قد تكون هذه القيمة من أي نوع",
                ),
            );
            let help = if self.path(op).is_some() {
                text!(
                    "ask for its type first, here or in `when`, as in `type({value}) == {wanted} && …`; the types are `int`, `double`, `string`, `bool`, `list` and `map`",
                    "تحقق من نوعها أولًا هنا أو في `when`، مثل `type({value}) == {wanted} && …`، والأنواع هي `int` و`double` و`string` و`bool` و`list` و`map`",
                    value = self.written(expr.span),
                    wanted = wanted,
                )
            } else {
                text!(
                    "give it a name and ask for its type: `cel.bind(x, {value}, type(x) == {wanted} && …)`",
                    "سمِّها وتحقق من نوعها: `cel.bind(x, {value}, type(x) == {wanted} && …)`",
                    value = self.written(expr.span),
                    wanted = wanted,
                )
            };
            self.refuse(mistake.with_help(help));
        }
        false
    }

    /// Refuses to go through what may be no list.
    pub(in crate::expr) fn is_list(&mut self, expr: &Expr, op: OpId, ty: &Type) -> bool {
        if !self.is_strict() || *ty != Type::Dyn {
            return true;
        }
        let message = text!("this may be no list", "قد لا تكون هذه قائمة");
        let help = text!(
            "`each` goes through lists of the schema; ask in a condition: `type({value}) == list && {value}.all(…)`",
            "تمر `each` على قوائم المخطط؛ تحقق في شرط: `type({value}) == list && {value}.all(…)`",
            value = self.written(expr.span),
        );
        self.refuse_of(&[op], mistake(expr.span, message, help));
        false
    }

    /// An operand as its author wrote it, for a help.
    fn written(&self, span: Span) -> String {
        let text = self.text.get(span.range()).unwrap_or("…");
        if text.chars().count() > LONGEST || text.contains('\n') {
            return "…".to_owned();
        }
        text.to_owned()
    }

    /// How to ask something of an operand first: of a path as it is, of anything else under a name.
    fn asked(&self, (span, op): (Span, OpId), question: impl Fn(&str) -> String) -> String {
        let value = self.written(span);
        let sized = match self.op(op) {
            Op::Call(Function::Size, args) => args[0],
            _ => op,
        };
        if self.path(sized).is_some() {
            format!("{} && …", question(&value))
        } else {
            format!("cel.bind(x, {value}, {} && …)", question("x"))
        }
    }

    /// Reports what could fail at lint time.
    fn refuse(&mut self, mistake: Mistake) {
        if self.is_strict() {
            self.mistake(mistake);
        }
    }

    /// The same, unless one of the operands has a mistake in it already.
    fn refuse_of(&mut self, operands: &[OpId], mistake: Mistake) {
        if !operands.iter().any(|op| self.is_wrong(*op)) {
            self.refuse(mistake);
        }
    }
}

/// A mistake with its help.
fn mistake(span: Span, message: Text, help: Text) -> Mistake {
    Mistake::new(span, message).with_help(help)
}
