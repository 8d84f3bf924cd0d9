//! What a date consists of before a calendar is asked: numbers, the form of their digits, and the mark behind them.

use std::fmt::{self, Write as _};
use std::str::Chars;

use crate::text::{digit, zero_of};

/// The numbers of a date.
pub(super) struct Written {
    pub(super) year: i16,
    pub(super) month: i8,
    pub(super) day: Option<i8>,
    pub(super) style: Style,
}

/// How a date is written, so that it can be shown as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Style {
    zero: char,
    separator: char,
    mark: Option<Mark>,
}

/// What tells a Hijri date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Mark {
    letters: &'static str,
    is_apart: bool,
}

/// The marks that are read; the short one is how the Arabic one is often typed.
const MARKS: [&str; 3] = ["AH", "هـ", "ه"];

impl Style {
    /// As ISO 8601 has it.
    pub(super) const PLAIN: Self = Self {
        zero: '0',
        separator: '-',
        mark: None,
    };

    pub(super) const fn is_hijri(self) -> bool {
        self.mark.is_some()
    }

    /// Writes a date in this style.
    pub(super) fn write(
        self,
        f: &mut fmt::Formatter<'_>,
        year: i16,
        rest: [Option<i8>; 2],
    ) -> fmt::Result {
        self.number(f, year, 1_000)?;
        for part in rest.into_iter().flatten() {
            f.write_char(self.separator)?;
            self.number(f, part.into(), 10)?;
        }
        let Some(mark) = self.mark else { return Ok(()) };
        f.write_str(if mark.is_apart { " " } else { "" })?;
        f.write_str(mark.letters)
    }

    fn number(self, f: &mut fmt::Formatter<'_>, number: i16, mut place: i16) -> fmt::Result {
        while place > 0 {
            let digit = u32::from((number / place % 10).unsigned_abs());
            let shown = char::from_u32(u32::from(self.zero) + digit);
            f.write_char(shown.unwrap_or(self.zero))?;
            place /= 10;
        }
        Ok(())
    }
}

impl Written {
    /// Reads the form of a date; whether there is such a day is left to its calendar.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (numbers, mark) = marked(text);
        let mut chars = numbers.chars();
        let zero = zero_of(chars.clone().next()?)?;
        let year = number(&mut chars, zero, 4)?;
        let separator = chars.next()?;
        let is_known = separator == '-' || (separator == '/' && mark.is_some());
        let month = short(&mut chars, zero).filter(|_| is_known)?;
        let day = match chars.next() {
            None => None,
            Some(again) if again == separator => Some(short(&mut chars, zero)?),
            Some(_) => return None,
        };
        let style = Style {
            zero,
            separator,
            mark,
        };
        chars.next().is_none().then_some(Self {
            year,
            month,
            day,
            style,
        })
    }
}

/// The numbers of a date, and the mark behind them.
fn marked(text: &str) -> (&str, Option<Mark>) {
    let found = MARKS
        .into_iter()
        .find_map(|letters| Some((letters, text.strip_suffix(letters)?)));
    let Some((letters, before)) = found else {
        return (text, None);
    };
    let numbers = before.strip_suffix(' ');
    let mark = Mark {
        letters,
        is_apart: numbers.is_some(),
    };
    (numbers.unwrap_or(before), Some(mark))
}

/// A number of so many digits of one form.
fn number(chars: &mut Chars<'_>, zero: char, count: u8) -> Option<i16> {
    (0..count).try_fold(0, |number, _| {
        let character = chars.next().filter(|c| zero_of(*c) == Some(zero))?;
        Some(number * 10 + i16::try_from(digit(character)?).ok()?)
    })
}

/// A number of two digits.
fn short(chars: &mut Chars<'_>, zero: char) -> Option<i8> {
    number(chars, zero, 2).and_then(|number| i8::try_from(number).ok())
}

/// Whether a text that is no date was meant to be a Hijri one.
pub(super) fn seems_hijri(text: &str) -> bool {
    let mut digits = text.chars().map_while(digit);
    let century = digits.next().zip(digits.next());
    let is_dated = text.chars().filter_map(digit).count() >= 6;
    let end = text.trim_end_matches('.');
    let is_marked = text.contains(['ه', '\u{feeb}']) || end.ends_with(['h', 'H']);
    is_dated && (is_marked || matches!(century, Some((1, 3 | 4))))
}
