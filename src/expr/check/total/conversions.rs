//! Conversions of values that the other type may not have.

use super::mistake;
use crate::expr::Type;
use crate::expr::ast::Expr;
use crate::expr::check::{Bounds, Checker};
use crate::expr::eval::convert;
use crate::expr::program::{Constant, Function, Op, OpId};
use crate::expr::value::Data;
use crate::source::Span;
use crate::text;
use crate::text::Text;

impl Checker<'_> {
    /// Refuses a call that could fail although its arguments are of the right types.
    pub(in crate::expr) fn cannot_fail(
        &mut self,
        function: Function,
        (args, ops): (&[&Expr], &[OpId]),
        span: Span,
    ) {
        if !self.is_strict() {
            return;
        }
        match function {
            Function::Int
            | Function::Uint
            | Function::Double
            | Function::Bool
            | Function::String
            | Function::Timestamp => self.converts(function, (args[0], ops[0]), span),
            Function::Days => self.holds_days(args[0], ops[0]),
            Function::CharAt | Function::Substring => self.has_letters(args, ops, 1),
            Function::IndexOf | Function::LastIndexOf => self.has_letters(args, ops, 2),
            Function::Format => self.fits_format(args, ops),
            _ => {}
        }
    }

    fn converts(&mut self, function: Function, (arg, op): (&Expr, OpId), span: Span) {
        let number = self.extent(op).number;
        let ty = self.type_of(op).clone();
        let fits = match (function, &ty) {
            (_, Type::String | Type::Enum(_) | Type::Bytes) => self.is_converted(function, op),
            (Function::Int, Type::Uint | Type::Double) => number.is_within(Bounds::INT),
            (Function::Uint, Type::Int | Type::Double) => number.is_within(Bounds::UINT),
            (Function::Timestamp, Type::Int) => {
                number.is_within(Bounds::MOMENT.divided(1_000_000_000))
            }
            _ => true,
        };
        if fits {
            return;
        }
        let (message, help) = match ty {
            Type::String | Type::Enum(_) => self.of_text(function, op),
            Type::Bytes => (
                text!("these bytes may be no text", "قد لا تكون هذه البايتات نصًا",),
                text!(
                    "compare them as bytes: `bytes(text) == …`",
                    "قارنها بوصفها بايتات: `bytes(text) == …`",
                ),
            ),
            _ => self.of_number(function, (arg.span, op), number),
        };
        self.refuse_of(&[op], mistake(span, message, help));
    }

    /// Whether a text or bytes that are written out have a value of the other type.
    fn is_converted(&self, function: Function, op: OpId) -> bool {
        let data = match self.op(op) {
            Op::Const(Constant::Str(text)) => Data::Str(text),
            Op::Const(Constant::Bytes(bytes)) => Data::Bytes(bytes),
            _ => return function == Function::String && *self.type_of(op) != Type::Bytes,
        };
        match (function, data) {
            (Function::Int, data) => convert::to_int(data).is_ok(),
            (Function::Uint, data) => convert::to_uint(data).is_ok(),
            (Function::Double, data) => convert::to_double(data).is_ok(),
            (Function::Bool, data) => convert::to_bool(data).is_ok(),
            (Function::String, Data::Bytes(bytes)) => std::str::from_utf8(bytes).is_ok(),
            // What a date or a length of time is made of is read when the rule is loaded.
            _ => true,
        }
    }

    fn of_text(&self, function: Function, op: OpId) -> (Text, Text) {
        let certain = matches!(self.op(op), Op::Const(_));
        let (en, ar) = match function {
            Function::Int => ("an integer", "عددًا صحيحًا"),
            Function::Uint => ("an unsigned integer", "عددًا صحيحًا بلا إشارة"),
            Function::Double => ("a number", "عددًا"),
            _ => ("true or false", "قيمة منطقية"),
        };
        let message = if certain {
            text!(
                "this text is not {en}",
                "هذا النص ليس {ar}",
                en = en,
                ar = ar,
            )
        } else {
            text!(
                "this text may not be {en}",
                "قد لا يكون هذا النص {ar}",
                en = en,
                ar = ar,
            )
        };
        let help = text!(
            "give the field a type of its own in the schema, or compare the text itself, with `==`, `in` or `matches`",
            "اجعل للحقل نوعًا خاصًا في المخطط، أو قارن النص نفسه بـ `==` أو `in` أو `matches`",
        );
        (message, help)
    }

    fn of_number(&self, function: Function, arg: (Span, OpId), number: Bounds) -> (Text, Text) {
        let message = match (function, number.is_exact()) {
            (Function::Timestamp, true) => text!(
                "this is a second beyond the years 1 to 9999",
                "تقع هذه الثانية خارج السنوات من 1 إلى 9999",
            ),
            (Function::Timestamp, false) => text!(
                "this may be a second beyond the years 1 to 9999",
                "قد تقع هذه الثانية خارج السنوات من 1 إلى 9999",
            ),
            (Function::Uint, false) => text!(
                "this may be no unsigned integer: it may be less than zero or too large",
                "قد لا يكون هذا عددًا صحيحًا بلا إشارة: فقد يكون أقل من الصفر أو أكبر من الحد",
            ),
            (Function::Uint, true) => text!(
                "this is no unsigned integer: it is less than zero or too large",
                "ليس هذا عددًا صحيحًا بلا إشارة: فهو أقل من الصفر أو أكبر من الحد",
            ),
            (_, false) => text!(
                "this may be beyond the range of an integer",
                "قد يتجاوز هذا نطاق الأعداد الصحيحة",
            ),
            (_, true) => text!(
                "this is beyond the range of an integer",
                "يتجاوز هذا نطاق الأعداد الصحيحة",
            ),
        };
        let help = text!(
            "bound it first, as in `{question}`",
            "احصره أولًا، مثل `{question}`",
            question = self.asked(arg, |value| format!("{value} >= 0 && {value} < 1000000")),
        );
        (message, help)
    }
}
