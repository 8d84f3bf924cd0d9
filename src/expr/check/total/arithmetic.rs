//! Arithmetic that may leave the range of its type, or divide by zero.

use super::mistake;
use crate::expr::Type;
use crate::expr::ast::Expr;
use crate::expr::check::{Bounds, Checker};
use crate::expr::program::{Arithmetic, OpId};
use crate::source::Span;
use crate::text;
use crate::text::Text;

impl Checker<'_> {
    /// Refuses arithmetic whose result may not exist.
    pub(in crate::expr) fn stays_in_range(
        &mut self,
        kind: Arithmetic,
        (left, first): (&Expr, OpId),
        (right, second): (&Expr, OpId),
        result: &Type,
    ) {
        let Some(range) = range(result).filter(|_| self.is_strict()) else {
            return;
        };
        let divides = matches!(kind, Arithmetic::Divide | Arithmetic::Remainder);
        if divides && !self.extent(second).is_not_zero() {
            return self.divides_by_zero(right, second);
        }
        let (a, b) = (self.extent(first).number, self.extent(second).number);
        let mut found = a.computed(kind, b);
        if kind == Arithmetic::Remainder {
            // The machine computes it by a division.
            found = found.join(a.computed(Arithmetic::Divide, b));
        }
        if found.is_within(range) {
            return;
        }
        let certain = a.is_exact() && b.is_exact();
        let span = left.span.cover(right.span);
        let open = if is_wide(a) || !is_wide(b) {
            (left.span, first)
        } else {
            (right.span, second)
        };
        let message = beyond(kind, result, certain);
        let mistake = mistake(span, message, self.how_to_bound(open, result, certain));
        self.refuse_of(&[first, second], mistake);
    }

    /// Refuses the negative of what may be the smallest number.
    pub(in crate::expr) fn has_negative(&mut self, span: Span, operand: (&Expr, OpId), ty: &Type) {
        let number = self.extent(operand.1).number;
        let Some(range) = range(ty).filter(|_| *ty != Type::Uint) else {
            return;
        };
        if number.negated().is_within(range) {
            return;
        }
        let help = self.how_to_bound((operand.0.span, operand.1), ty, number.is_exact());
        let message = text!(
            "this may be the smallest number that there is, which has no negative",
            "قد يكون هذا أصغر عدد ممكن، ولا مقابل له بالإشارة الأخرى",
        );
        self.refuse_of(&[operand.1], mistake(span, message, help));
    }

    /// Refuses a number of days that no length of time holds.
    pub(in crate::expr) fn holds_days(&mut self, arg: &Expr, op: OpId) {
        let number = self.extent(op).number;
        if number.is_within(Bounds::LENGTH.divided(86_400_000_000_000)) {
            return;
        }
        let certain = number.is_exact();
        let message = if certain {
            text!(
                "these are more days than a length of time can have",
                "عدد الأيام هذا أكبر مما تسعه أي مدة",
            )
        } else {
            text!(
                "these may be more days than a length of time can have",
                "قد يكون عدد الأيام هذا أكبر مما تسعه المدة",
            )
        };
        let help = text!(
            "a length of time has at most 106,751 days; ask first: `{question}`",
            "لا تزيد المدة على 106,751 يومًا؛ تحقق أولًا: `{question}`",
            question = self.asked((arg.span, op), |days| format!(
                "{days} >= 0 && {days} < 10000"
            )),
        );
        self.refuse_of(&[op], mistake(arg.span, message, help));
    }

    fn divides_by_zero(&mut self, divisor: &Expr, op: OpId) {
        let zero = if *self.type_of(op) == Type::Uint {
            "0u"
        } else {
            "0"
        };
        let (message, help) = if self.extent(op).number == Bounds::exactly(0) {
            (
                text!("this divides by zero", "هذه قسمة على صفر"),
                text!("write another divisor", "اكتب مقسومًا عليه غير الصفر",),
            )
        } else {
            (
                text!("this may divide by zero", "قد تكون هذه قسمة على صفر"),
                text!(
                    "ask first: `{question}`",
                    "تحقق أولًا: `{question}`",
                    question = self.asked((divisor.span, op), |value| format!("{value} != {zero}")),
                ),
            )
        };
        self.refuse_of(&[op], mistake(divisor.span, message, help));
    }

    fn how_to_bound(&self, open: (Span, OpId), result: &Type, certain: bool) -> Text {
        let number = self.extent(open.1).number;
        let ty = self.type_of(open.1);
        let question = self.asked(open, |value| bounded(value, number, ty));
        match result {
            Type::Int | Type::Uint if certain => text!(
                "compute it with doubles, as in `1.5e3`",
                "احسبه بأعداد عشرية، مثل `1.5e3`",
            ),
            Type::Int | Type::Uint => text!(
                "bound it first, as in `{question}`, or compute with `double(…)`",
                "احصره أولًا، مثل `{question}`، أو احسب بـ `double(…)`",
                question = question,
            ),
            _ => text!(
                "bound it first, as in `{question}`",
                "احصره أولًا، مثل `{question}`",
                question = question,
            ),
        }
    }
}

/// What the numbers of a type lie between, where that has an end.
fn range(ty: &Type) -> Option<Bounds> {
    match ty {
        Type::Int => Some(Bounds::INT),
        Type::Uint => Some(Bounds::UINT),
        Type::Timestamp => Some(Bounds::MOMENT),
        Type::Duration => Some(Bounds::LENGTH),
        _ => None,
    }
}

/// The first number that is so large that a guard belongs there: more nanoseconds than documents reach.
const LARGE: i128 = 8_000_000_000_000_000_000;

/// Whether bounds are so wide that a guard belongs there.
const fn is_wide(bounds: Bounds) -> bool {
    bounds.min < -LARGE || bounds.max > LARGE
}

/// The question whether a value lies within bounds, on the sides on which it has none.
fn bounded(value: &str, known: Bounds, ty: &Type) -> String {
    let (least, most) = match ty {
        Type::Int => ("-1000000", "1000000"),
        Type::Uint => ("0u", "1000000u"),
        Type::Timestamp => ("timestamp('1900-01-01')", "timestamp('2190-01-01')"),
        _ => ("days(-36525)", "days(36525)"),
    };
    let lower = (known.min < -LARGE).then(|| format!("{value} > {least}"));
    let upper = (known.max > LARGE || lower.is_none()).then(|| format!("{value} < {most}"));
    let sides: Vec<String> = lower.into_iter().chain(upper).collect();
    sides.join(" && ")
}

fn beyond(kind: Arithmetic, result: &Type, certain: bool) -> Text {
    let (en, ar) = match kind {
        Arithmetic::Add => ("sum", "هذا المجموع"),
        Arithmetic::Subtract => ("difference", "هذا الفرق"),
        Arithmetic::Multiply => ("product", "حاصل الضرب هذا"),
        Arithmetic::Divide => ("quotient", "حاصل القسمة هذا"),
        Arithmetic::Remainder => ("remainder", "باقي القسمة هذا"),
    };
    let (range_en, range_ar) = match result {
        Type::Int => ("the range of an integer", "نطاق الأعداد الصحيحة"),
        Type::Uint => (
            "the range of an unsigned integer",
            "نطاق الأعداد الصحيحة بلا إشارة",
        ),
        Type::Timestamp => ("the years 1 to 9999", "السنوات من 1 إلى 9999"),
        _ => (
            "292 years, the longest length of time",
            "292 سنة، وهي أطول مدة",
        ),
    };
    if certain {
        text!(
            "this {en} is beyond {range_en}",
            "يتجاوز {ar} {range_ar}",
            en = en,
            ar = ar,
            range_en = range_en,
            range_ar = range_ar,
        )
    } else {
        text!(
            "this {en} may be beyond {range_en}",
            "قد يتجاوز {ar} {range_ar}",
            en = en,
            ar = ar,
            range_en = range_en,
            range_ar = range_ar,
        )
    }
}
