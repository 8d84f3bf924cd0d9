//! `text.format(list)`: clauses such as `%s` and `%.2f`, each filled by the next value of the list.
//!
//! ```text
//! clause = "%" ( "%" | ( "." DIGIT+ )? ( "s" | "d" | "f" | "e" | "b" | "o" | "x" | "X" ) )
//! ```

use std::fmt::Write as _;

use super::convert::{double_text, text_of};
use crate::expr::MAX_DEPTH;
use crate::expr::eval::{Fault, Machine, Reason};
use crate::expr::program::Load;
use crate::expr::value::{Data, Value};

const KIND: Fault = Fault::Failed(&Reason(
    "this clause of `format` does not take such a value",
    "لا يأخذ رمز `format` هذا قيمة كهذه",
));
const CLAUSE: Fault = Fault::Failed(&Reason(
    "`format` knows no such clause",
    "لا تعرف `format` هذا الرمز",
));

/// The most digits behind the point.
const MAX_PRECISION: usize = 1_000;
/// How often the text stands in memory while it is put together.
const COPIES: usize = 4;
/// The deepest lists within lists that `%s` writes; an expression makes none deeper.
const MAX_NESTING: usize = MAX_DEPTH;

/// One clause of a text.
pub(in crate::expr) struct Clause {
    /// What it makes of its value, such as `s` or `d`.
    pub(in crate::expr) letter: char,
    precision: usize,
}

/// What a text consists of: words, and the clause behind them if there is one.
pub(in crate::expr) fn pieces(text: &str) -> impl Iterator<Item = Result<Piece<'_>, Fault>> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let found = piece(rest?);
        rest = found.as_ref().ok().and_then(|(_, rest)| *rest);
        Some(found.map(|(piece, _)| piece))
    })
}

/// Words, and the clause behind them.
type Piece<'t> = (&'t str, Option<Clause>);

/// The first piece of a text, and what follows it.
fn piece(text: &str) -> Result<(Piece<'_>, Option<&str>), Fault> {
    let Some((before, clause)) = text.split_once('%') else {
        return Ok(((text, None), None));
    };
    if let Some(after) = clause.strip_prefix('%') {
        let words = text.get(..=before.len()).unwrap_or(before);
        return Ok(((words, None), Some(after)));
    }
    let (precision, after) = precision(clause)?;
    let letter = after.chars().next().ok_or(CLAUSE)?;
    let rest = after.get(letter.len_utf8()..);
    let clause = Clause { letter, precision };
    Ok(((before, Some(clause)), rest))
}

impl<'a> Machine<'a> {
    pub(super) fn format(&self, text: &str, list: Data<'a>) -> Result<Data<'a>, Fault> {
        let elements = self.elements(Value::new(list), Load::Plain)?;
        let mut filled = String::new();
        let mut used = 0;
        for piece in pieces(text) {
            let (words, clause) = piece?;
            filled.push_str(words);
            let Some(clause) = clause else { continue };
            let missing = Fault::Failed(&Reason(
                "`format` has more clauses than values",
                "رموز `format` أكثر من القيم",
            ));
            let value = self.element(elements, used).ok_or(missing)??.data;
            used += 1;
            self.clause(&mut filled, clause.letter, clause.precision, value)?;
            self.room(filled.len() * COPIES)?;
        }
        self.alloc(&filled)
    }

    fn clause(
        &self,
        filled: &mut String,
        letter: char,
        precision: usize,
        value: Data<'a>,
    ) -> Result<(), Fault> {
        // Writing to a `String` cannot fail.
        let _ = match letter {
            's' => return self.show(filled, value, 0),
            'd' => match value {
                Data::Int(value) => write!(filled, "{value}"),
                Data::Uint(value) => write!(filled, "{value}"),
                Data::Double(value) => write!(filled, "{}", double_text(value)),
                _ => return Err(KIND),
            },
            'f' => {
                let value = double(value)?;
                if value.is_finite() {
                    write!(filled, "{value:.precision$}")
                } else {
                    write!(filled, "{}", double_text(value))
                }
            }
            'e' => {
                filled.push_str(&scientific(double(value)?, precision));
                Ok(())
            }
            'b' | 'o' | 'x' | 'X' => {
                filled.push_str(&in_radix(letter, value)?);
                Ok(())
            }
            _ => return Err(CLAUSE),
        };
        Ok(())
    }

    /// `%s`
    fn show(&self, filled: &mut String, value: Data<'a>, depth: usize) -> Result<(), Fault> {
        self.afford(1)?;
        self.room(filled.len() * COPIES)?;
        if depth > MAX_NESTING {
            return Err(Fault::Failed(&Reason(
                "this value is nested too deep",
                "تداخل هذه القيمة أعمق من المسموح",
            )));
        }
        match value {
            Data::Null => filled.push_str("null"),
            Data::Kind(name) => filled.push_str(name),
            Data::Bytes(bytes) => filled.push_str(&String::from_utf8_lossy(bytes)),
            // "As if the value was converted to `double`" (extensions/strings).
            Data::Duration(length) => {
                let _ = write!(filled, "{}s", double_text(length.as_secs_f64()));
            }
            Data::Sequence(_) | Data::List(_) => {
                let elements = self.elements(Value::new(value), Load::Plain)?;
                filled.push('[');
                for index in 0..elements.len() {
                    if index > 0 {
                        filled.push_str(", ");
                    }
                    if let Some(element) = self.element(elements, index) {
                        self.show(filled, element?.data, depth + 1)?;
                    }
                }
                filled.push(']');
            }
            Data::Mapping(_) | Data::Map(_) => self.show_map(filled, value, depth)?,
            _ => filled.push_str(&text_of(value).ok_or(KIND)?),
        }
        Ok(())
    }

    /// The entries of a map, in the order of their words.
    fn show_map(&self, filled: &mut String, map: Data<'a>, depth: usize) -> Result<(), Fault> {
        let elements = self.elements(Value::new(map), Load::Plain)?;
        let start = filled.len();
        let mut entries = Vec::with_capacity(elements.len());
        for entry in (0..).map_while(|index| self.entry_at(elements, index)) {
            let (key, value) = entry?;
            let start = filled.len();
            self.show(filled, key.data, depth + 1)?;
            filled.push_str(": ");
            self.show(filled, value.data, depth + 1)?;
            entries.push(start..filled.len());
        }
        let words = entries.into_iter().filter_map(|range| filled.get(range));
        let mut words: Vec<_> = words.map(str::to_owned).collect();
        words.sort();
        filled.truncate(start);
        filled.push('{');
        for (place, words) in words.iter().enumerate() {
            filled.push_str(if place > 0 { ", " } else { "" });
            filled.push_str(words);
        }
        filled.push('}');
        Ok(())
    }
}

/// The digits behind the point that a clause asks for, six if it does not, and what follows.
fn precision(clause: &str) -> Result<(usize, &str), Fault> {
    let Some(rest) = clause.strip_prefix('.') else {
        return Ok((6, clause));
    };
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (digits, rest) = rest.split_at_checked(end).ok_or(CLAUSE)?;
    let precision = digits.parse().map_err(|_| CLAUSE)?;
    if precision > MAX_PRECISION {
        return Err(Fault::Failed(&Reason(
            "these are more digits than `format` writes",
            "عدد الخانات هذا أكبر مما تكتبه `format`",
        )));
    }
    Ok((precision, rest))
}

#[expect(clippy::cast_precision_loss, reason = "CEL rounds integers to doubles")]
fn double(value: Data<'_>) -> Result<f64, Fault> {
    match value {
        Data::Double(value) => Ok(value),
        Data::Int(value) => Ok(value as f64),
        Data::Uint(value) => Ok(value as f64),
        _ => Err(KIND),
    }
}

/// `1.500000e+03`
fn scientific(value: f64, precision: usize) -> String {
    if !value.is_finite() {
        return double_text(value);
    }
    let written = format!("{value:.precision$e}");
    let (digits, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let (sign, exponent) = exponent
        .strip_prefix('-')
        .map_or(('+', exponent), |exponent| ('-', exponent));
    format!("{digits}e{sign}{exponent:0>2}")
}

fn in_radix(letter: char, value: Data<'_>) -> Result<String, Fault> {
    let (sign, number) = match (letter, value) {
        (_, Data::Int(value)) => (if value < 0 { "-" } else { "" }, value.unsigned_abs()),
        (_, Data::Uint(value)) => ("", value),
        ('b', Data::Bool(value)) => ("", value.into()),
        ('x' | 'X', Data::Str(text)) => return Ok(hex(letter, text.as_bytes())),
        ('x' | 'X', Data::Bytes(bytes)) => return Ok(hex(letter, bytes)),
        _ => return Err(KIND),
    };
    Ok(match letter {
        'b' => format!("{sign}{number:b}"),
        'o' => format!("{sign}{number:o}"),
        'x' => format!("{sign}{number:x}"),
        _ => format!("{sign}{number:X}"),
    })
}

fn hex(letter: char, bytes: &[u8]) -> String {
    let mut written = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = match letter {
            'x' => write!(written, "{byte:02x}"),
            _ => write!(written, "{byte:02X}"),
        };
    }
    written
}
