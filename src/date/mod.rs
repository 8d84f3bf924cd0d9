//! Days and lengths of time as a document writes them.
//!
//! ```text
//! date  = year "-" month [ "-" day ]                       digits: 4, 2 and 2, all of one form
//!       | year sep month [ sep day ] [ " " ] mark          sep: "-" or "/", the same one
//! mark  = "AH" | "هـ" | "ه"                                 a Hijri date, by the Umm al-Qura calendar
//! form  = 0–9 | ٠–٩ | ۰–۹
//! ```
//!
//! A [`Date`] lies within [`YEARS`], so that the time between two of them is a length of time of CEL.

mod duration;
mod error;
mod hijri;
mod written;

use std::borrow::Cow;
use std::fmt;
use std::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use written::{Style, Written};

pub use duration::{DurationError, parse_duration};
pub(crate) use duration::{LENGTHS, in_words};
pub use error::DateError;
pub use hijri::HIJRI_YEARS;

/// The years in which a [`Date`] may lie.
pub const YEARS: RangeInclusive<i16> = 1900..=2189;

/// The name of the JSON Schema format of a [`Date`]. It is not `date`, because that one refuses
/// months such as `2011-09`.
pub(crate) const DATE_FORMAT: &str = "spokeslint-date";
/// What an editor that does not know the format can still say of a [`Date`]: a Gregorian one in each form of digits, then
/// a Hijri one.
pub(crate) const DATE_PATTERN: &str = concat!(
    "^((19[0-9]{2}|20[0-9]{2}|21[0-8][0-9])-[0-9]{2}(-[0-9]{2})?",
    "|(١٩[٠-٩]{2}|٢٠[٠-٩]{2}|٢١[٠-٨][٠-٩])-[٠-٩]{2}(-[٠-٩]{2})?",
    "|(۱۹[۰-۹]{2}|۲۰[۰-۹]{2}|۲۱[۰-۸][۰-۹])-[۰-۹]{2}(-[۰-۹]{2})?",
    "|(1[3-6][0-9]{2}([-/][0-9]{2}){1,2}|١[٣-٦][٠-٩]{2}([-/][٠-٩]{2}){1,2}|۱[۳-۶][۰-۹]{2}([-/][۰-۹]{2}){1,2})",
    " ?(AH|هـ?))$"
);

/// The calendar of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Calendar {
    /// The civil one.
    Gregorian,
    /// The Hijri one, as Umm al-Qura has it.
    Hijri,
}

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Precision {
    /// The day.
    Day,
    /// The month; its first day stands for it.
    Month,
}

/// A civil day, and how it was written: it is shown as it was.
///
/// ```
/// use spokeslint::date::Date;
/// let month = Date::parse("2011-09").unwrap();
/// assert_eq!(month.to_string(), "2011-09");
/// assert_eq!(month.to_timestamp().to_string(), "2011-09-01T00:00:00Z");
/// let hijri = Date::parse("1439/10/26 هـ").unwrap();
/// assert_eq!(hijri.day().to_string(), "2018-07-10");
/// assert_eq!(hijri.to_string(), "1439/10/26 هـ");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    day: civil::Date,
    precision: Precision,
    /// The year, the month and the day in the date's own calendar.
    own: (i16, i8, i8),
    style: Style,
}

impl Date {
    /// The first day.
    pub(crate) const FIRST: Self = Self::plain((*YEARS.start(), 1, 1));
    /// The last day.
    pub(crate) const LAST: Self = Self::plain((*YEARS.end(), 12, 31));

    const fn plain(own: (i16, i8, i8)) -> Self {
        Self {
            day: civil::date(own.0, own.1, own.2),
            precision: Precision::Day,
            own,
            style: Style::PLAIN,
        }
    }

    /// Reads a date such as `2018-07-10` or `1439-10-26 AH`, or a month such as `2011-09`.
    ///
    /// # Errors
    ///
    /// What is wrong with the text: its form, its year, its month or its day.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let written = Written::read(text).ok_or_else(|| DateError::Form(text.to_owned()))?;
        let own = (written.year, written.month, written.day.unwrap_or(1));
        let (calendar, years) = if written.style.is_hijri() {
            (Calendar::Hijri, HIJRI_YEARS)
        } else {
            (Calendar::Gregorian, YEARS)
        };
        if !(1..=12).contains(&written.month) {
            return Err(DateError::Month(written.month));
        }
        if !years.contains(&written.year) {
            return Err(DateError::Year {
                calendar,
                year: written.year,
                written: text.to_owned(),
            });
        }
        let precision = match written.day {
            Some(_) => Precision::Day,
            None => Precision::Month,
        };
        Ok(Self {
            day: civil_day(calendar, own)?,
            precision,
            own,
            style: written.style,
        })
    }

    /// The day; of a month its first.
    pub const fn day(self) -> civil::Date {
        self.day
    }

    /// How precisely it was written.
    pub const fn precision(self) -> Precision {
        self.precision
    }

    /// Whether its civil day is to be seen from how it is written.
    pub(crate) fn is_plain(self) -> bool {
        self.style == Style::PLAIN
    }

    /// Midnight UTC at the start of the day; of a month, of its first day.
    pub fn to_timestamp(self) -> Timestamp {
        midnight(self.day)
    }
}

/// The civil day of a day in its own calendar, in whose month it must lie.
fn civil_day(
    calendar: Calendar,
    (year, month, day): (i16, i8, i8),
) -> Result<civil::Date, DateError> {
    let beyond = |last| DateError::Day {
        calendar,
        year,
        month,
        day,
        last,
    };
    match calendar {
        Calendar::Gregorian => civil::Date::new(year, month, day).map_err(|_| {
            civil::Date::new(year, month, 1).map_or(DateError::Month(month), |first| {
                beyond(first.days_in_month())
            })
        }),
        Calendar::Hijri => {
            let (first, last) = hijri::month(year, month).ok_or(DateError::Month(month))?;
            if !(1..=last).contains(&day) {
                return Err(beyond(last));
            }
            Ok(first.saturating_add(jiff::Span::new().days(day - 1)))
        }
    }
}

/// Reads a day of any year from 1 to 9999, as ISO 8601 writes it: what `timestamp` takes.
pub(crate) fn parse_civil(text: &str) -> Option<civil::Date> {
    let written = Written::read(text).filter(|written| written.style == Style::PLAIN)?;
    let own = (written.year, written.month, written.day.unwrap_or(1));
    (written.year > 0)
        .then(|| civil_day(Calendar::Gregorian, own).ok())
        .flatten()
}

/// Midnight UTC at the start of a day.
///
/// Of all days only 9999-12-31 lies beyond the last [`Timestamp`], which then stands for it.
pub(crate) fn midnight(day: civil::Date) -> Timestamp {
    TimeZone::UTC
        .to_timestamp(day.at(0, 0, 0, 0))
        .unwrap_or(Timestamp::MAX)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.own;
        let day = (self.precision == Precision::Day).then_some(day);
        self.style.write(f, year, [Some(month), day])
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
                as `2011-09`, which stands for its first day. Years are Gregorian, from 1900 to 2189; with `AH` or \
                `هـ` behind it a date is Hijri by the Umm al-Qura calendar, from 1318 to 1600, such as \
                `1439-10-26 AH` or `1439/10/26 هـ`. The digits may be Arabic-Indic, such as `٢٠١٨-٠٧-١٠`.",
            "type": "string",
            "format": DATE_FORMAT,
            "pattern": DATE_PATTERN,
        })
    }
}
