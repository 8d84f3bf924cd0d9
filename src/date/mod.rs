//! Days and lengths of time as a document writes them.
//!
//! ```text
//! date = year "-" month [ "-" day ]        ASCII digits: 4, 2 and 2 of them
//! ```
//!
//! A [`Date`] lies within [`YEARS`], so that the time between two of them is a length of time of CEL.

mod duration;

use std::borrow::Cow;
use std::fmt;
use std::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text;
use crate::text::{Lang, Text};

pub(crate) use duration::LENGTHS;
pub use duration::{DurationError, parse_duration};

/// The years in which a [`Date`] may lie.
pub const YEARS: RangeInclusive<i16> = 1900..=2189;
/// The years of the Hijri calendars in which offices speak through accounts, and some before.
const HIJRI_YEARS: RangeInclusive<i16> = 1300..=1500;

/// The name of the JSON Schema format of a [`Date`]. It is not `date`, because that one refuses
/// months such as `2011-09`.
pub(crate) const DATE_FORMAT: &str = "spokeslint-date";
/// What an editor that does not know the format can still say of a [`Date`].
pub(crate) const DATE_PATTERN: &str = "^(19[0-9]{2}|20[0-9]{2}|21[0-8][0-9])-[0-9]{2}(-[0-9]{2})?$";

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Precision {
    /// The day.
    Day,
    /// The month; its first day stands for it.
    Month,
}

/// A civil day, and how precisely it was written. It is shown as it was written.
///
/// ```
/// use spokeslint::date::Date;
/// let month = Date::parse("2011-09").unwrap();
/// assert_eq!(month.to_string(), "2011-09");
/// assert_eq!(month.to_timestamp().to_string(), "2011-09-01T00:00:00Z");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    day: civil::Date,
    precision: Precision,
}

impl Date {
    /// The first day.
    pub(crate) const FIRST: Self = Self {
        day: civil::date(*YEARS.start(), 1, 1),
        precision: Precision::Day,
    };
    /// The last day.
    pub(crate) const LAST: Self = Self {
        day: civil::date(*YEARS.end(), 12, 31),
        precision: Precision::Day,
    };

    /// Reads a date such as `2018-07-10`, or a month such as `2011-09`.
    ///
    /// Every calendar ends in the same civil day, so a further one (Hijri, Umm al-Qura, told apart by
    /// its suffix `AH` or `هـ`) joins here, before the Gregorian reading, and changes nothing behind it.
    ///
    /// # Errors
    ///
    /// What is wrong with the text: its form, its year, its month or its day.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let (day, precision) = parse_civil(text)?;
        if YEARS.contains(&day.year()) {
            Ok(Self { day, precision })
        } else {
            Err(DateError::Year(day.year()))
        }
    }

    /// The day; of a month its first.
    pub const fn day(self) -> civil::Date {
        self.day
    }

    /// How precisely it was written.
    pub const fn precision(self) -> Precision {
        self.precision
    }

    /// Midnight UTC at the start of the day; of a month, of its first day.
    pub fn to_timestamp(self) -> Timestamp {
        midnight(self.day)
    }
}

/// Reads a day of any year from 1 to 9999.
pub(crate) fn parse_civil(text: &str) -> Result<(civil::Date, Precision), DateError> {
    let form = || DateError::Form(text.to_owned());
    let (digits, precision) = match text.as_bytes() {
        [y1, y2, y3, y4, b'-', m1, m2] => {
            ([*y1, *y2, *y3, *y4, *m1, *m2, b'0', b'1'], Precision::Month)
        }
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] => {
            ([*y1, *y2, *y3, *y4, *m1, *m2, *d1, *d2], Precision::Day)
        }
        _ => return Err(form()),
    };
    if !digits.iter().all(u8::is_ascii_digit) {
        return Err(form());
    }
    let [y1, y2, y3, y4, m1, m2, d1, d2] = digits.map(|digit| i16::from(digit - b'0'));
    let year = ((y1 * 10 + y2) * 10 + y3) * 10 + y4;
    let (month, day) = (two_digits(m1, m2), two_digits(d1, d2));
    match civil::Date::new(year, month, day) {
        Ok(day) if year > 0 => Ok((day, precision)),
        _ => Err(DateError::of(year, month, day)),
    }
}

/// Midnight UTC at the start of a day.
///
/// Of all days only 9999-12-31 lies beyond the last [`Timestamp`], which then stands for it.
pub(crate) fn midnight(day: civil::Date) -> Timestamp {
    TimeZone::UTC
        .to_timestamp(day.at(0, 0, 0, 0))
        .unwrap_or(Timestamp::MAX)
}

/// Two digits as a number up to 99, which always fits.
fn two_digits(tens: i16, ones: i16) -> i8 {
    i8::try_from(tens * 10 + ones).unwrap_or(i8::MAX)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            Precision::Day => write!(f, "{}", self.day),
            Precision::Month => write!(f, "{:04}-{:02}", self.day.year(), self.day.month()),
        }
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A day, such as `2018-07-10`, or where only the month is known a month, such \
                as `2011-09`, which stands for its first day. Years are Gregorian, from 1900 to 2189.",
            "type": "string",
            "format": DATE_FORMAT,
            "pattern": DATE_PATTERN,
        })
    }
}

/// What is wrong with a date. The fault of the file's author.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text().plain(Lang::En))]
pub enum DateError {
    /// It is not written like a date; here is the text.
    Form(String),
    /// The year is not one in which a document's dates lie.
    Year(i16),
    /// There is no such month.
    Month(i8),
    /// The month is shorter.
    Day {
        /// The year.
        year: i16,
        /// The month, from 1.
        month: i8,
        /// The day as written.
        day: i8,
        /// The last day of that month.
        last: i8,
    },
}

impl DateError {
    /// Why these digits are no day.
    fn of(year: i16, month: i8, day: i8) -> Self {
        match civil::Date::new(year, month, 1) {
            _ if year == 0 => Self::Year(year),
            Err(_) => Self::Month(month),
            Ok(first) => Self::Day {
                year,
                month,
                day,
                last: first.days_in_month(),
            },
        }
    }

    /// What is wrong, in one line.
    pub fn text(&self) -> Text {
        match self {
            Self::Form(found) => text!(
                "expected a date such as `{example}`, found `{found}`",
                "المتوقع تاريخ مثل `{example}`، والموجود `{found}`",
                example = "2018-07-10",
                found = found,
            ),
            Self::Year(year) => text!(
                "expected a year from `{first}` to `{last}`, found `{found}`",
                "المتوقع سنة من `{first}` إلى `{last}`، والموجود `{found}`",
                first = YEARS.start(),
                last = YEARS.end(),
                found = format_args!("{year:04}"),
            ),
            Self::Month(month) => text!(
                "expected a month from `{first}` to `{last}`, found `{month}`",
                "المتوقع شهر من `{first}` إلى `{last}`، والموجود `{month}`",
                first = "01",
                last = "12",
                month = format_args!("{month:02}"),
            ),
            Self::Day {
                year,
                month,
                day,
                last,
            } => {
                let name = month_name(*month);
                let (en, ar) = (name.en, name.ar);
                text!(
                    "expected a day from `{first}` to `{last}` in {en} {year}, found `{day}`",
                    "المتوقع يوم من `{first}` إلى `{last}` في {ar} {year}، والموجود `{day}`",
                    first = "01",
                    last = last,
                    en = en,
                    ar = ar,
                    year = year,
                    day = format_args!("{day:02}"),
                )
            }
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Text {
        match self {
            Self::Year(year) if HIJRI_YEARS.contains(year) => text!(
                "this looks like a Hijri date: write the Gregorian day, such as `{day}`",
                "يبدو أن هذا تاريخ هجري: اكتب ما يوافقه بالتقويم الميلادي، مثل `{day}`",
                day = "2018-07-10",
            ),
            Self::Year(year) if year > YEARS.end() => text!(
                "leave the date out if there is no end to speak of",
                "لا تذكر التاريخ إن لم تكن ثمة نهاية معلومة",
            ),
            _ => text!(
                "write the year, the month and the day in digits with dashes between them, such as `{day}`; \
                 where only the month is known, `{month}`",
                "اكتب السنة ثم الشهر ثم اليوم بالأرقام وبينها شرطات، مثل `{day}`، وإن لم يُعرف إلا الشهر فاكتب `{month}`",
                day = "2018-07-10",
                month = "2011-09",
            ),
        }
    }
}

fn month_name(month: i8) -> Text {
    let names = [
        ("January", "يناير"),
        ("February", "فبراير"),
        ("March", "مارس"),
        ("April", "أبريل"),
        ("May", "مايو"),
        ("June", "يونيو"),
        ("July", "يوليو"),
        ("August", "أغسطس"),
        ("September", "سبتمبر"),
        ("October", "أكتوبر"),
        ("November", "نوفمبر"),
        ("December", "ديسمبر"),
    ];
    let index = usize::try_from(month).map_or(0, |month| month.saturating_sub(1));
    let (en, ar) = names.get(index).copied().unwrap_or_default();
    Text::new(en, ar)
}
