//! The strings extension of CEL. Places count characters.

use bumpalo::collections::Vec as BumpVec;

use crate::expr::eval::{Fault, Machine, Reason};
use crate::expr::functions;
use crate::expr::program::{Function, Load};
use crate::expr::value::{Data, Value};
use crate::text::fold;

const RANGE: Fault = Fault::Failed(&Reason("the place is out of range", "الموضع خارج النطاق"));

impl<'a> Machine<'a> {
    pub(super) fn text_call(
        &self,
        function: Function,
        text: &'a str,
        rest: &[Data<'a>],
    ) -> Result<Data<'a>, Fault> {
        match (function, rest) {
            (Function::Trim, []) => Ok(Data::Str(text.trim())),
            (Function::LowerAscii, []) => self.alloc(&text.to_ascii_lowercase()),
            (Function::UpperAscii, []) => self.alloc(&text.to_ascii_uppercase()),
            (Function::Reverse, []) => self.alloc(&text.chars().rev().collect::<String>()),
            (Function::Fold, []) => self.alloc(&fold(text)),
            (Function::Host, []) => self.alloc(&functions::host(text)),
            (Function::Domain, []) => self.alloc(&functions::domain(text)),
            (Function::Quote, []) => self.alloc(&quoted(text)),
            (Function::Format, [list]) => self.format(text, *list),
            (Function::CharAt, [Data::Int(index)]) => char_at(text, *index).map(Data::Str),
            (Function::IndexOf, [Data::Str(part), from @ ..]) => index_of(text, part, from),
            (Function::LastIndexOf, [Data::Str(part), from @ ..]) => {
                last_index_of(text, part, from)
            }
            (Function::Substring, places) => substring(text, places).map(Data::Str),
            (Function::Replace, [Data::Str(from), Data::Str(to), limit @ ..]) => {
                self.replace(text, (from, to), limit)
            }
            (Function::Split, [Data::Str(separator), limit @ ..]) => {
                self.split(text, separator, limit)
            }
            _ => Err(Fault::Failed(&Reason(
                "this function does not take such values",
                "لا تأخذ هذه الدالة قيمًا كهذه",
            ))),
        }
    }

    pub(super) fn join(&self, list: Data<'a>, rest: &[Data<'a>]) -> Result<Data<'a>, Fault> {
        let separator = match rest {
            [] => "",
            [Data::Str(separator)] => separator,
            _ => return Err(Fault::Failed(&Reason("a separator is text", "الفاصل نص"))),
        };
        let elements = self.elements(Value::new(list), Load::Plain)?;
        let mut joined = String::new();
        for index in 0..elements.len() {
            let Some(Data::Str(part)) = self
                .element(elements, index)
                .transpose()?
                .map(|element| element.data)
            else {
                return Err(Fault::Failed(&Reason(
                    "only texts can be joined",
                    "لا يُضم إلا النصوص",
                )));
            };
            if index > 0 {
                joined.push_str(separator);
            }
            joined.push_str(part);
            self.room(joined.len() * 2)?;
        }
        self.alloc(&joined)
    }

    fn replace(
        &self,
        text: &str,
        (from, to): (&str, &str),
        limit: &[Data<'a>],
    ) -> Result<Data<'a>, Fault> {
        let count = limited(limit)?;
        let most = text.len()
            + text
                .matches(from)
                .count()
                .min(count)
                .saturating_mul(to.len());
        self.room(most)?;
        self.alloc(&text.replacen(from, to, count))
    }

    fn split(&self, text: &'a str, separator: &str, limit: &[Data<'a>]) -> Result<Data<'a>, Fault> {
        let count = limited(limit)?;
        let most = if separator.is_empty() {
            text.len()
        } else {
            text.matches(separator).count().saturating_add(1)
        };
        let most = most.min(count);
        self.room(most.saturating_mul(size_of::<Value<'_>>()))?;
        let mut parts = BumpVec::with_capacity_in(most, self.bump);
        let push = |part| parts.push(Value::new(Data::Str(part)));
        if separator.is_empty() {
            letters(text, count).for_each(push);
        } else {
            text.splitn(count, separator).for_each(push);
        }
        Ok(Data::List(parts.into_bump_slice()))
    }
}

/// The letters of a text one by one; the last of `count` parts holds the rest.
fn letters(text: &str, count: usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    let mut left = count;
    std::iter::from_fn(move || {
        if rest.is_empty() || left == 0 {
            return None;
        }
        left -= 1;
        let length = match left {
            0 => rest.len(),
            _ => rest.chars().next().map_or(0, char::len_utf8),
        };
        let (letter, others) = rest.split_at_checked(length)?;
        rest = others;
        Some(letter)
    })
}

/// How many times at most; without a number, or with one below zero, as often as it occurs.
fn limited(limit: &[Data<'_>]) -> Result<usize, Fault> {
    match limit {
        [] => Ok(usize::MAX),
        [Data::Int(limit)] => Ok(usize::try_from(*limit).unwrap_or(usize::MAX)),
        _ => Err(Fault::Failed(&Reason(
            "a limit is an integer",
            "الحد عدد صحيح",
        ))),
    }
}

/// The byte at which a character stands; the end stands behind the last one.
fn byte(text: &str, place: i64) -> Result<usize, Fault> {
    let place = usize::try_from(place).map_err(|_| RANGE)?;
    let starts = text.char_indices().map(|(at, _)| at);
    starts.chain([text.len()]).nth(place).ok_or(RANGE)
}

/// The character at a byte.
fn place(text: &str, byte: usize) -> i64 {
    let before = text.get(..byte).map_or(0, |before| before.chars().count());
    i64::try_from(before).unwrap_or(i64::MAX)
}

fn char_at(text: &str, index: i64) -> Result<&str, Fault> {
    let rest = text.get(byte(text, index)?..).unwrap_or("");
    let length = rest.chars().next().map_or(0, char::len_utf8);
    Ok(rest.get(..length).unwrap_or(""))
}

fn index_of<'a>(text: &str, part: &str, from: &[Data<'_>]) -> Result<Data<'a>, Fault> {
    let start = match from {
        [] => 0,
        [Data::Int(from)] => byte(text, *from)?,
        _ => {
            return Err(Fault::Failed(&Reason(
                "a place is an integer",
                "الموضع عدد صحيح",
            )));
        }
    };
    let found = text.get(start..).and_then(|rest| rest.find(part));
    Ok(Data::Int(
        found.map_or(-1, |found| place(text, start + found)),
    ))
}

/// Where a part begins last, at the given place or before it.
fn last_index_of<'a>(text: &str, part: &str, from: &[Data<'_>]) -> Result<Data<'a>, Fault> {
    let latest = match from {
        [] => text.len(),
        [Data::Int(from)] => byte(text, *from)?,
        _ => {
            return Err(Fault::Failed(&Reason(
                "a place is an integer",
                "الموضع عدد صحيح",
            )));
        }
    };
    let end = latest.saturating_add(part.len()).min(text.len());
    let end = text.floor_char_boundary(end);
    let found = text.get(..end).and_then(|before| before.rfind(part));
    Ok(Data::Int(found.map_or(-1, |found| place(text, found))))
}

fn substring<'a>(text: &'a str, places: &[Data<'_>]) -> Result<&'a str, Fault> {
    let (start, end) = match places {
        [Data::Int(start)] => (byte(text, *start)?, text.len()),
        [Data::Int(start), Data::Int(end)] => (byte(text, *start)?, byte(text, *end)?),
        _ => {
            return Err(Fault::Failed(&Reason(
                "a place is an integer",
                "الموضع عدد صحيح",
            )));
        }
    };
    text.get(start..end).ok_or(Fault::Failed(&Reason(
        "the end stands before the start",
        "النهاية قبل البداية",
    )))
}

/// Text between double quotes, with escapes where CEL needs them.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{b}' => quoted.push_str("\\v"),
            '\\' => quoted.push_str("\\\\"),
            '"' => quoted.push_str("\\\""),
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}
