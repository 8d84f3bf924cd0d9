//! Lengths of time.
//!
//! ```text
//! duration = number [ " " ] unit | dual            number: digits of one form, as in a date
//! unit     = a name out of UNITS                    dual: an Arabic word that says the number as well, such as أسبوعين
//! ```

use jiff::SignedDuration;

use crate::text;
use crate::text::{Lang, Noun, Text, digit, fold, nearest, zero_of};

/// A unit of time: the seconds in one, and every spelling; the Arabic ones as [`fold`] has them.
struct Unit {
    seconds: u64,
    names: [&'static str; 3],
    arabic: &'static [&'static str],
    duals: [&'static str; 2],
    noun: Noun,
}

const UNITS: [Unit; 4] = [
    Unit {
        seconds: 60,
        names: ["m", "minute", "minutes"],
        arabic: &["دقيقه", "دقايق"],
        duals: ["دقيقتان", "دقيقتين"],
        noun: Noun {
            en: ["minute", "minutes"],
            ar: ["دقيقة واحدة", "دقيقتين", "دقائق", "دقيقة"],
        },
    },
    Unit {
        seconds: 3_600,
        names: ["h", "hour", "hours"],
        arabic: &["ساعه", "ساعات"],
        duals: ["ساعتان", "ساعتين"],
        noun: Noun {
            en: ["hour", "hours"],
            ar: ["ساعة واحدة", "ساعتين", "ساعات", "ساعة"],
        },
    },
    Unit {
        seconds: 86_400,
        names: ["d", "day", "days"],
        arabic: &["يوم", "ايام", "يوما"],
        duals: ["يومان", "يومين"],
        noun: Noun {
            en: ["day", "days"],
            ar: ["يوم واحد", "يومين", "أيام", "يومًا"],
        },
    },
    Unit {
        seconds: 604_800,
        names: ["w", "week", "weeks"],
        arabic: &["اسبوع", "اسابيع", "اسبوعا"],
        duals: ["اسبوعان", "اسبوعين"],
        noun: Noun {
            en: ["week", "weeks"],
            ar: ["أسبوع واحد", "أسبوعين", "أسابيع", "أسبوعًا"],
        },
    },
];
/// Units that have no fixed length.
const CALENDAR_UNITS: [&str; 16] = [
    "mo",
    "month",
    "months",
    "y",
    "year",
    "years",
    "شهر",
    "شهرا",
    "شهرين",
    "اشهر",
    "شهور",
    "سنه",
    "سنتين",
    "سنوات",
    "عام",
    "اعوام",
];
/// The longest duration, in seconds: 100 years, so that it leads from no day of a document out of the calendar.
const MAX_SECONDS: u64 = 36_525 * 86_400;
/// The shortest and the longest duration.
pub(crate) const LENGTHS: [SignedDuration; 2] = [
    SignedDuration::from_mins(1),
    SignedDuration::from_secs(MAX_SECONDS.cast_signed()),
];

/// Reads a length of time: a whole number above zero and a unit, such as `7d`, `24h`, `2 weeks`, `7 أيام`
/// or `أسبوعين`.
///
/// ```
/// let within = spokeslint::date::parse_duration("2 weeks").unwrap();
/// assert_eq!(within, jiff::SignedDuration::from_hours(336));
/// assert_eq!(spokeslint::date::parse_duration("١٤ يومًا"), Ok(within));
/// ```
///
/// # Errors
///
/// What is wrong with the text: its form, its number or its unit.
pub fn parse_duration(text: &str) -> Result<SignedDuration, DurationError> {
    let too_long = || DurationError::TooLong(text.to_owned());
    let (number, unit) = read(text)?;
    match number.and_then(|number| number.checked_mul(unit.seconds)) {
        Some(0) => Err(DurationError::Zero),
        Some(total) if total <= MAX_SECONDS => i64::try_from(total)
            .map(SignedDuration::from_secs)
            .map_err(|_| too_long()),
        _ => Err(too_long()),
    }
}

/// The number, if it is not beyond all bounds, and the unit.
fn read(text: &str) -> Result<(Option<u64>, &'static Unit), DurationError> {
    let form = || DurationError::Form(text.to_owned());
    let zero = text.chars().next().and_then(zero_of);
    let Some(zero) = zero else {
        let dual = UNITS.iter().find(|unit| unit.duals.contains(&&*fold(text)));
        return dual.map(|unit| (Some(2), unit)).ok_or_else(form);
    };
    let end = text.find(|c| zero_of(c) != Some(zero)).ok_or_else(form)?;
    let (digits, rest) = text.split_at_checked(end).ok_or_else(form)?;
    let name = rest.strip_prefix(' ').unwrap_or(rest);
    if name.is_empty() || !name.chars().all(is_of_a_name) {
        return Err(form());
    }
    let unit = unit(name).ok_or_else(|| DurationError::unit(name))?;
    let number = digits
        .chars()
        .filter_map(digit)
        .try_fold(0_u64, |number, digit| {
            number.checked_mul(10)?.checked_add(digit.into())
        });
    Ok((number, unit))
}

/// Letters, and the vowel signs that «يومًا» is written with.
fn is_of_a_name(character: char) -> bool {
    character.is_alphabetic() || matches!(character, '\u{64b}'..='\u{652}')
}

/// The unit of a name, whose Arabic letters may be written in either way.
fn unit(name: &str) -> Option<&'static Unit> {
    let folded = if name.is_ascii() {
        String::new()
    } else {
        fold(name)
    };
    UNITS
        .iter()
        .find(|unit| unit.names.contains(&name) || unit.arabic.contains(&&*folded))
}

/// A length of time in words, in the unit that it is written in. Arabic words are in the genitive, as after
/// a preposition or after «مهلة».
pub(crate) fn in_words(written: &str) -> Option<Text> {
    let (number, unit) = read(written).ok()?;
    Some(unit.noun.both(usize::try_from(number?).ok()?))
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
        if CALENDAR_UNITS.contains(&fold(&found).as_str()) {
            return Self::CalendarUnit(found);
        }
        // A mistyped word is never meant to be a single letter.
        let letter = found.chars().count() == 1;
        let names = UNITS.iter().flat_map(|unit| unit.names);
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
