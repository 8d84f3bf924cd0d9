//! Lengths of time.
//!
//! ```text
//! duration = number [ " " ] unit        number: ASCII digits; unit: a name out of UNITS
//! ```

use jiff::SignedDuration;

use crate::text;
use crate::text::{Lang, Text, nearest};

/// The units of a duration: every spelling, and the seconds in one.
const UNITS: [(&str, u64); 12] = [
    ("m", 60),
    ("minute", 60),
    ("minutes", 60),
    ("h", 3_600),
    ("hour", 3_600),
    ("hours", 3_600),
    ("d", 86_400),
    ("day", 86_400),
    ("days", 86_400),
    ("w", 604_800),
    ("week", 604_800),
    ("weeks", 604_800),
];
/// Units that have no fixed length.
const CALENDAR_UNITS: [&str; 6] = ["mo", "month", "months", "y", "year", "years"];
/// The longest duration, in seconds: 100 years, so that it leads from no day of a document out of the calendar.
const MAX_SECONDS: u64 = 36_525 * 86_400;
/// The shortest and the longest duration.
pub(crate) const LENGTHS: [SignedDuration; 2] = [
    SignedDuration::from_mins(1),
    SignedDuration::from_secs(MAX_SECONDS.cast_signed()),
];

/// Reads a length of time: a whole number above zero and a unit, such as `7d`, `24h` or `2 weeks`.
///
/// ```
/// let within = spokeslint::date::parse_duration("2 weeks").unwrap();
/// assert_eq!(within, jiff::SignedDuration::from_hours(336));
/// ```
///
/// # Errors
///
/// What is wrong with the text: its form, its number or its unit.
pub fn parse_duration(text: &str) -> Result<SignedDuration, DurationError> {
    let form = || DurationError::Form(text.to_owned());
    let end = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(form)?;
    let (digits, rest) = text.split_at_checked(end).ok_or_else(form)?;
    let unit = rest.strip_prefix(' ').unwrap_or(rest);
    if digits.is_empty() || unit.is_empty() || !unit.chars().all(char::is_alphabetic) {
        return Err(form());
    }
    let Some((_, seconds)) = UNITS.iter().find(|(name, _)| *name == unit) else {
        return Err(DurationError::unit(unit));
    };
    let too_long = || DurationError::TooLong(text.to_owned());
    let number: u64 = digits.parse().map_err(|_| too_long())?;
    match number.checked_mul(*seconds) {
        Some(0) => Err(DurationError::Zero),
        Some(total) if total <= MAX_SECONDS => i64::try_from(total)
            .map(SignedDuration::from_secs)
            .map_err(|_| too_long()),
        _ => Err(too_long()),
    }
}

/// What is wrong with a duration. The fault of the file's author.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text().plain(Lang::En))]
pub enum DurationError {
    /// It is not one whole number and one unit; here is the text.
    Form(String),
    /// There is no such unit.
    Unit {
        /// The unit as written.
        found: String,
        /// The nearest unit that exists.
        nearest: Option<&'static str>,
    },
    /// A month or a year, which has no fixed length.
    CalendarUnit(String),
    /// Zero, which allows no time at all.
    Zero,
    /// More than 100 years.
    TooLong(String),
}

impl DurationError {
    fn unit(found: &str) -> Self {
        let found = found.to_owned();
        if CALENDAR_UNITS.contains(&found.to_lowercase().as_str()) {
            return Self::CalendarUnit(found);
        }
        // A mistyped word is never meant to be a single letter.
        let letter = found.chars().count() == 1;
        let names = UNITS.iter().map(|(name, _)| *name);
        let nearest = nearest(&found, names.filter(|name| letter == (name.len() == 1)));
        Self::Unit { found, nearest }
    }

    /// What is wrong, in one line.
    pub fn text(&self) -> Text {
        match self {
            Self::Form(found) => text!(
                "expected a length of time such as `{example}`, found `{found}`",
                "المتوقع مدة زمنية مثل `{example}`، والموجود `{found}`",
                example = "7d",
                found = found,
            ),
            Self::Unit { found, .. } => text!(
                "expected a unit of time out of minutes, hours, days and weeks, found `{found}`",
                "المتوقع وحدة زمنية: دقائق أو ساعات أو أيام أو أسابيع، والموجود `{found}`",
                found = found,
            ),
            Self::CalendarUnit(found) => text!(
                "expected a unit of fixed length, found `{found}`: months and years differ in length",
                "المتوقع وحدة زمنية ثابتة الطول، والموجود `{found}`: فالشهور والسنوات تتفاوت في الطول",
                found = found,
            ),
            Self::Zero => text!(
                "expected a length of time above zero, found zero",
                "المتوقع مدة زمنية أكبر من الصفر، والموجود صفر",
            ),
            Self::TooLong(found) => text!(
                "expected at most 100 years (36,525 days), found `{found}`",
                "المتوقع مدة لا تتجاوز 100 سنة (36,525 يومًا)، والموجود `{found}`",
                found = found,
            ),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Text {
        match self {
            Self::Unit {
                nearest: Some(nearest),
                ..
            } => text::did_you_mean(&nearest),
            Self::CalendarUnit(_) => text!(
                "write the number of days, such as `{example}`",
                "اكتب عدد الأيام، مثل `{example}`",
                example = "90 days",
            ),
            _ => text!(
                "write one whole number and one unit, such as `{minutes}`, `{hours}`, `{days}` or `{weeks}`",
                "اكتب عددًا صحيحًا واحدًا ووحدة واحدة، مثل `{minutes}` أو `{hours}` أو `{days}` أو `{weeks}`",
                minutes = "30m",
                hours = "24h",
                days = "7d",
                weeks = "2 weeks",
            ),
        }
    }
}
