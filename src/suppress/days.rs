//! Days between two days, and how they are said.

use crate::date::Date;
use crate::diagnostic::Severity;
use crate::text;
use crate::text::{Noun, Text};

/// From how many days before on it is said that something runs out.
const SOON: i64 = 30;

/// As after a preposition.
const DAY: Noun = Noun {
    en: ["day", "days"],
    ar: ["يوم واحد", "يومين", "أيام", "يومًا"],
};
/// As the subject of a sentence.
const DAYS_LEFT: Noun = Noun {
    en: ["day", "days"],
    ar: ["يوم واحد", "يومان", "أيام", "يومًا"],
};

/// Where a day lies, seen from the day of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term {
    /// So many days ago.
    Over(i64),
    /// In so few days that it must be said.
    Soon(i64),
    /// Later.
    Far,
}

impl Term {
    /// Of a last day, which still counts.
    pub(super) fn of(until: Date, today: Date) -> Self {
        match between(today, until) {
            left if left < 0 => Self::Over(-left),
            left if left <= SOON => Self::Soon(left),
            _ => Self::Far,
        }
    }
}

/// How many days lie between two days.
pub(super) fn between(from: Date, to: Date) -> i64 {
    let seconds = to.to_timestamp().as_second() - from.to_timestamp().as_second();
    seconds / 86_400
}

/// How many days, as after a preposition.
pub(super) fn count(days: i64) -> Text {
    DAY.both(usize::try_from(days).unwrap_or(0))
}

/// How many days, as the subject of a sentence.
pub(super) fn left(days: i64) -> Text {
    DAYS_LEFT.both(usize::try_from(days).unwrap_or(0))
}

/// A day as its file has it, with the civil day where that is not to be seen from it.
pub(super) fn shown(date: Date) -> String {
    if date.is_plain() {
        date.to_string()
    } else {
        format!("{date} ({})", date.day())
    }
}

/// A day so many days after another, as a civil day.
pub(super) fn after(date: Date, days: u32) -> String {
    let span = jiff::Span::new().days(i64::from(days));
    date.day().saturating_add(span).to_string()
}

/// A finding of a weight, as what is done something to.
pub(super) fn weight(severity: Severity) -> Text {
    match severity {
        Severity::Error => text!("an error", "خطأً"),
        Severity::Warning => text!("a warning", "تحذيرًا"),
        Severity::Note => text!("a note", "ملاحظة"),
    }
}
