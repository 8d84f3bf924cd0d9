//! What functions do with values.

use jiff::SignedDuration;

use super::{convert, moments};
use crate::expr::eval::{Fault, Machine, Reason};
use crate::expr::functions;
use crate::expr::program::{Function, Load, Op, OpId, Program};
use crate::expr::value::{Data, Value};

/// No function takes more values.
const MOST: usize = 4;

impl<'a> Machine<'a> {
    pub(super) fn call(
        &mut self,
        program: &'a Program,
        function: Function,
        args: &'a [OpId],
    ) -> Result<Value<'a>, Fault> {
        let first = self.run(program, args[0])?;
        let data = match (function, first.data) {
            (Function::Size, _) => Data::Int(self.size(first)?),
            (Function::Days, Data::Int(days)) => {
                let hours = days
                    .checked_mul(24)
                    .filter(|hours| hours.unsigned_abs() < 1 << 40);
                let length = hours
                    .map(SignedDuration::from_hours)
                    .filter(functions::is_length);
                let many = Fault::Failed(&Reason(
                    "this is more days than a duration holds",
                    "عدد الأيام هذا يتجاوز أطول مدة ممكنة",
                ));
                Data::Duration(length.ok_or(many)?)
            }
            (
                Function::StartsWith
                | Function::EndsWith
                | Function::Contains
                | Function::ContainsName,
                Data::Str(text),
            ) => {
                let other = self.text(program, args[1])?;
                let bytes = text.len().saturating_add(other.len());
                match function {
                    Function::ContainsName => self.afford(bytes)?,
                    _ => self.compare_through(bytes)?,
                }
                Data::Bool(match function {
                    Function::StartsWith => text.starts_with(other),
                    Function::EndsWith => text.ends_with(other),
                    Function::Contains => text.contains(other),
                    _ => functions::contains_name(text, other, |steps| self.afford(steps))?,
                })
            }
            (Function::Mentions, Data::Str(text)) => {
                Data::Bool(self.mentions(program, text, args[1])?)
            }
            (
                Function::HasValue
                | Function::OptionalNonZero
                | Function::OptionalOf
                | Function::OptionalOr
                | Function::OptionalOrValue
                | Function::OptionalValue,
                _,
            ) => return self.optional_call(program, function, first, args),
            _ => {
                let mut values = [first.data; MOST];
                for (value, arg) in values.iter_mut().zip(args).skip(1) {
                    *value = self.run(program, *arg)?.data;
                }
                self.apply(function, &values[..args.len()])?
            }
        };
        Ok(Value::new(data))
    }

    /// The phrase that a text mentions, out of one or several.
    pub(in crate::expr) fn mentioned(
        &self,
        text: &str,
        sought: Value<'a>,
    ) -> Result<Option<Value<'a>>, Fault> {
        self.afford(text.len())?;
        let words = functions::Words::of(text);
        let search = words.search();
        let is_mentioned = |phrase: Value<'a>| match phrase.data {
            Data::Str(phrase) => {
                self.afford(text.len().saturating_add(phrase.len()))?;
                search.mentions(&functions::Phrase::of(phrase), |steps| self.afford(steps))
            }
            _ => Err(Fault::Failed(&Reason(
                "only text can be mentioned",
                "لا يُبحث إلا عن نص",
            ))),
        };
        if let Data::Str(_) = sought.data {
            return Ok(is_mentioned(sought)?.then_some(sought));
        }
        let elements = self.elements(sought, Load::Plain)?;
        for index in 0..elements.len() {
            if let Some(phrase) = self.element(elements, index).transpose()?
                && is_mentioned(phrase)?
            {
                return Ok(Some(phrase));
            }
        }
        Ok(None)
    }

    fn mentions(&mut self, program: &'a Program, text: &str, sought: OpId) -> Result<bool, Fault> {
        let Op::Term(place) = program.op(sought) else {
            let sought = self.run(program, sought)?;
            return Ok(self.mentioned(text, sought)?.is_some());
        };
        // The words of a list have been taken apart before.
        let list = self.terms.get(*place);
        let phrases = list.map_or(&[][..], |list| &list.phrases);
        self.afford(text.len().saturating_mul(2))?;
        let words = functions::Words::of(text);
        let search = words.search();
        for phrase in phrases {
            if search.mentions(phrase, |steps| self.afford(steps))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn size(&self, value: Value<'a>) -> Result<i64, Fault> {
        let size = match value.data {
            Data::Str(text) => {
                self.compare_through(text.len())?;
                text.chars().count()
            }
            Data::Bytes(bytes) => bytes.len(),
            Data::Sequence(node) => self.doc.items(node).len(),
            Data::List(values) => values.len(),
            Data::Mapping(node) => self.doc.entries(node).len(),
            Data::Map(entries) => entries.len(),
            _ => {
                return Err(Fault::Failed(&Reason(
                    "this has no size",
                    "لا حجم لهذه القيمة",
                )));
            }
        };
        Ok(i64::try_from(size).unwrap_or(i64::MAX))
    }

    /// Functions that look at all their values.
    fn apply(&self, function: Function, values: &[Data<'a>]) -> Result<Data<'a>, Fault> {
        match (function, values) {
            (Function::Kind, [value]) => Ok(Data::Kind(value.kind())),
            (Function::Bool, [value]) => convert::to_bool(*value),
            (Function::BytesOf, [value]) => convert::to_bytes(*value),
            (Function::Double, [value]) => convert::to_double(*value),
            (Function::Int, [value]) => convert::to_int(*value),
            (Function::String, [value]) => self.to_text(*value),
            (Function::Uint, [value]) => convert::to_uint(*value),
            (Function::Timestamp, [value]) => convert::to_timestamp(*value),
            (Function::Duration, [value]) => convert::to_duration(*value),
            (Function::Date(part), [value, rest @ ..]) => moments::date_part(part, *value, rest),
            (Function::Join, [list, rest @ ..]) => self.join(*list, rest),
            (_, [Data::Str(text), rest @ ..]) => {
                self.afford(text.len())?;
                self.text_call(function, text, rest)
            }
            _ => Err(Fault::Failed(&Reason(
                "this function does not take such a value",
                "لا تأخذ هذه الدالة قيمة كهذه",
            ))),
        }
    }

    /// Text that has been computed.
    pub(super) fn alloc(&self, text: &str) -> Result<Data<'a>, Fault> {
        self.room(text.len())?;
        Ok(Data::Str(self.bump.alloc_str(text)))
    }
}
