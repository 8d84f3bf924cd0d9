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
fn left(days: i64) -> Text {
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

/// What sets findings aside and may end, in both languages.
pub(super) type Thing = (&'static str, &'static str);
/// A comment.
pub(super) const COMMENT: Thing = ("comment", "التعليق");
/// A waiver.
pub(super) const WAIVER: Thing = ("waiver", "الإعفاء");

/// That something has run out.
pub(super) fn has_run_out((en, ar): Thing, until: Date, days: i64) -> Text {
    let ago = count(days);
    text!(
        "the {en} has run out: its last day was {day}, {ago_en} ago",
        "انتهى سريان {ar}: كان آخر أيامه {day}، أي قبل {ago_ar}",
        en = en,
        ar = ar,
        day = shown(until),
        ago_en = ago.en,
        ago_ar = ago.ar,
    )
}

/// That something runs out before long.
pub(super) fn runs_out((en, ar): Thing, until: Date, days: i64) -> Text {
    if days == 0 {
        return text!(
            "today, {day}, is the last day of the {en}",
            "اليوم {day} آخر أيام سريان {ar}",
            en = en,
            ar = ar,
            day = shown(until),
        );
    }
    let more = left(days);
    text!(
        "the {en} runs out in {left_en}: its last day is {day}",
        "بقي على انتهاء سريان {ar} {left_ar}: آخر أيامه {day}",
        en = en,
        ar = ar,
        day = shown(until),
        left_en = more.en,
        left_ar = more.ar,
    )
}

/// What to do about something that runs out before long.
pub(super) fn mend_by_then() -> Text {
    text!("mend by then what it sets aside", "أصلح ما يستثنيه قبل ذلك")
}

/// That something would set a finding of a weight aside for too long.
pub(super) fn is_too_long((en, ar): Thing, severity: Severity, (days, most): (i64, u32)) -> Text {
    let (days, most, what) = (count(days), count(most.into()), weight(severity));
    text!(
        "the {en} would set {what_en} aside for {days_en}; the most is {most_en}",
        "يستثني {ar} {what_ar} لمدة {days_ar}، وأقصاها {most_ar}",
        en = en,
        ar = ar,
        what_en = what.en,
        what_ar = what.ar,
        days_en = days.en,
        days_ar = days.ar,
        most_en = most.en,
        most_ar = most.ar,
    )
}
