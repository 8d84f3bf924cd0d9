//! What functions do with values.

use crate::expr::eval::{Fault, Machine};
use crate::expr::functions;
use crate::expr::program::{Function, OpId, Program};
use crate::expr::value::{Data, Value};

impl<'a> Machine<'a> {
    pub(super) fn call(
        &mut self,
        program: &'a Program,
        function: Function,
        args: &'a [OpId],
    ) -> Result<Value<'a>, Fault> {
        let first = self.run(program, args[0])?;
        let data = match (function, first.data) {
            (Function::Size, Data::Str(text)) => Data::Int(count(text.chars().count())),
            (Function::Size, Data::Sequence(node)) => Data::Int(count(self.doc.items(node).len())),
            (Function::Size, Data::List(values)) => Data::Int(count(values.len())),
            (Function::Days, Data::Int(days)) => {
                let hours = days
                    .checked_mul(24)
                    .filter(|hours| hours.unsigned_abs() < 1 << 40);
                let hours =
                    hours.ok_or(Fault::Failed(&"this is more days than a duration holds"))?;
                Data::Duration(jiff::SignedDuration::from_hours(hours))
            }
            (_, Data::Str(text)) => return self.text_call(program, function, text, args),
            _ => return Err(Fault::Failed(&"this function does not take such a value")),
        };
        Ok(Value::new(data))
    }

    pub(super) fn text_call(
        &mut self,
        program: &'a Program,
        function: Function,
        text: &'a str,
        args: &'a [OpId],
    ) -> Result<Value<'a>, Fault> {
        let computed = match function {
            Function::StartsWith
            | Function::EndsWith
            | Function::Contains
            | Function::ContainsName => {
                let other = self.text(program, args[1])?;
                return Ok(Value::bool(match function {
                    Function::StartsWith => text.starts_with(other),
                    Function::EndsWith => text.ends_with(other),
                    Function::Contains => text.contains(other),
                    _ => functions::contains_name(text, other),
                }));
            }
            Function::Trim => return Ok(Value::new(Data::Str(text.trim()))),
            Function::LowerAscii => text.to_ascii_lowercase(),
            Function::UpperAscii => text.to_ascii_uppercase(),
            Function::Fold => functions::fold(text),
            Function::Host => functions::host(text),
            Function::Domain => functions::domain(text),
            Function::Size | Function::Days => return Err(Fault::Failed(&"this is not text")),
        };
        Ok(Value::new(Data::Str(self.bump.alloc_str(&computed))))
    }
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
