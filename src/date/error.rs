//! What is wrong with a date, and what to do about it.

use super::hijri::{self, HIJRI_YEARS};
use super::written::seems_hijri;
use super::{Calendar, YEARS};
use crate::text;
use crate::text::{Lang, Noun, Text};

/// The years in which a date without a mark is taken for a Hijri one.
const UNMARKED: std::ops::RangeInclusive<i16> = 1300..=1500;

const DAY: Noun = Noun {
    en: ["day", "days"],
    ar: ["يوم واحد", "يومان", "أيام", "يومًا"],
};

/// What is wrong with a date. The fault of the file's author.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text().plain(Lang::En))]
pub enum DateError {
    /// It is not written like a date; here is the text.
    Form(String),
    /// The year is not one in which a document's dates lie.
    Year {
        /// The calendar of the year.
        calendar: Calendar,
        /// The year.
        year: i16,
        /// The date as written.
        written: String,
    },
    /// There is no such month.
    Month(i8),
    /// The month is shorter.
    Day {
        /// The calendar of the month.
        calendar: Calendar,
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
    /// What is wrong, in one line.
    pub fn text(&self) -> Text {
        match self {
            Self::Form(found) => text!(
                "expected a date such as `{example}`, found `{found}`",
                "المتوقع تاريخ مثل `{example}`، والموجود `{found}`",
                example = "2018-07-10",
                found = found,
            ),
            Self::Year { calendar, year, .. } => of_year(*calendar, *year),
            Self::Month(month) => text!(
                "expected a month from `{first}` to `{last}`, found `{month}`",
                "المتوقع شهر من `{first}` إلى `{last}`، والموجود `{month}`",
                first = "01",
                last = "12",
                month = format_args!("{month:02}"),
            ),
            Self::Day {
                calendar,
                year,
                month,
                day,
                last,
            } => {
                let name = full_name(*calendar, *month, *year);
                let (en, ar) = (name.en, name.ar);
                text!(
                    "expected a day from `{first}` to `{last}` in {en}, found `{day}`",
                    "المتوقع يوم من `{first}` إلى `{last}` في {ar}، والموجود `{day}`",
                    first = "01",
                    last = last,
                    en = en,
                    ar = ar,
                    day = format_args!("{day:02}"),
                )
            }
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Text {
        match self {
            Self::Year {
                calendar,
                year,
                written,
            } => help_with_year(*calendar, *year, written),
            Self::Day {
                calendar: Calendar::Hijri,
                year,
                month,
                last,
                ..
            } => month_is_shorter(*year, *month, *last),
            Self::Form(found) if seems_hijri(found) => marked(),
            _ => digits(),
        }
    }
}

fn of_year(calendar: Calendar, year: i16) -> Text {
    let found = format!("{year:04}");
    match calendar {
        Calendar::Gregorian => text!(
            "expected a year from `{first}` to `{last}`, found `{found}`",
            "المتوقع سنة من `{first}` إلى `{last}`، والموجود `{found}`",
            first = YEARS.start(),
            last = YEARS.end(),
            found = found,
        ),
        Calendar::Hijri => text!(
            "expected a Hijri year from `{first}` to `{last}`, found `{found}`",
            "المتوقع سنة هجرية من `{first}` إلى `{last}`، والموجود `{found}`",
            first = HIJRI_YEARS.start(),
            last = HIJRI_YEARS.end(),
            found = found,
        ),
    }
}

fn help_with_year(calendar: Calendar, year: i16, written: &str) -> Text {
    match calendar {
        Calendar::Gregorian if UNMARKED.contains(&year) => text!(
            "this looks like a Hijri date: mark it as one, `{latin}` or `{arabic}`",
            "يبدو أن هذا تاريخ هجري: أضف إليه علامته: `{arabic}` أو `{latin}`",
            latin = format_args!("{written} AH"),
            arabic = format_args!("{written} هـ"),
        ),
        Calendar::Gregorian if year > *YEARS.end() => text!(
            "leave the date out if there is no end to speak of",
            "لا تذكر التاريخ إن لم تكن ثمة نهاية معلومة",
        ),
        Calendar::Hijri if YEARS.contains(&year) => text!(
            "this looks like a Gregorian date: leave out `{latin}` or `{arabic}`",
            "يبدو أن هذا تاريخ ميلادي: احذف منه `{arabic}` أو `{latin}`",
            latin = "AH",
            arabic = "هـ",
        ),
        Calendar::Hijri => text!(
            "write the Gregorian day, such as `{day}`",
            "اكتب ما يوافقه بالتقويم الميلادي، مثل `{day}`",
            day = "2018-07-10",
        ),
        Calendar::Gregorian => digits(),
    }
}

fn month_is_shorter(year: i16, month: i8, last: i8) -> Text {
    let name = full_name(Calendar::Hijri, month, year);
    let days = DAY.both(usize::try_from(last).unwrap_or(0));
    Text::new(
        format!("by the Umm al-Qura calendar {} has {}", name.en, days.en),
        format!("عدد أيام {} في تقويم أم القرى {}", name.ar, days.ar),
    )
}

fn marked() -> Text {
    text!(
        "write a Hijri date with its mark, such as `{latin}` or `{arabic}`",
        "اكتب التاريخ الهجري مع علامته، مثل `{arabic}` أو `{latin}`",
        latin = "1439-10-26 AH",
        arabic = "1439-10-26 هـ",
    )
}

fn digits() -> Text {
    text!(
        "write the year, the month and the day in digits with dashes between them, such as `{day}`; \
         where only the month is known, `{month}`",
        "اكتب السنة ثم الشهر ثم اليوم بالأرقام وبينها شرطات، مثل `{day}`، وإن لم يُعرف إلا الشهر فاكتب `{month}`",
        day = "2018-07-10",
        month = "2011-09",
    )
}

/// A month and its year, in Arabic as they stand behind a preposition.
fn full_name(calendar: Calendar, month: i8, year: i16) -> Text {
    match calendar {
        Calendar::Gregorian => {
            let name = month_name(month);
            Text::new(format!("{} {year}", name.en), format!("{} {year}", name.ar))
        }
        Calendar::Hijri => {
            let name = hijri::month_name(month);
            Text::new(
                format!("{} {year} AH", name.en),
                format!("{} {year} هـ", name.ar),
            )
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
    name_of(&names, month)
}

/// The name of a month, counted from 1.
pub(super) fn name_of(names: &[(&str, &str); 12], month: i8) -> Text {
    let index = usize::try_from(month).map_or(0, |month| month.saturating_sub(1));
    let (en, ar) = names.get(index).copied().unwrap_or_default();
    Text::new(en, ar)
}
