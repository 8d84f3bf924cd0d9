//! The days on which a rule is in force: `effective`, in a rule's file or in its pack's.

use serde::Serialize;

use crate::date::{Date, Precision};
use crate::diagnostic::{Diagnostic, Label};
use crate::pack::model::PeriodFile;
use crate::text;
use crate::text::Text;
use crate::yaml::{Document, Spanned};

/// The days on which a rule is in force; the first and the last one count, and what is not given has no end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Period {
    /// The day from which it was known.
    pub announced: Option<Date>,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

/// What a rule does on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing: it is not known yet, or not in force any more.
    Silent,
    /// It warns, because it will be in force from this day on.
    Announced(Date),
    /// It is in force.
    InForce,
}

impl Period {
    /// Whether it has neither a beginning nor an end.
    pub const fn is_always(&self) -> bool {
        self.from.is_none() && self.until.is_none()
    }

    /// What a rule that is in force for this long does on a day.
    pub(crate) fn standing(&self, day: Date) -> Standing {
        let is_before = |bound: Option<Date>| bound.is_some_and(|bound| day.day() < bound.day());
        if self.until.is_some_and(|last| last.day() < day.day()) || is_before(self.announced) {
            return Standing::Silent;
        }
        match self.from {
            Some(first) if is_before(self.from) => Standing::Announced(first),
            _ => Standing::InForce,
        }
    }

    /// Whether there is a day on which rules of both are in force.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let ends_before = |one: &Self, two: &Self| match (one.until, two.from) {
            (Some(last), Some(first)) => last.day() < first.day(),
            _ => false,
        };
        !ends_before(self, other) && !ends_before(other, self)
    }

    /// The day nearest to the given one on which a rule is in force.
    pub(crate) fn nearest(&self, day: Date) -> Date {
        match (self.from, self.until) {
            (Some(first), _) if day.day() < first.day() => first,
            (_, Some(last)) if last.day() < day.day() => last,
            _ => day,
        }
    }
}

/// Reads a period, and says what is wrong with the order of its days.
pub(super) fn period(
    file: &PeriodFile,
    document: &Document,
    diagnostics: &mut Vec<Diagnostic>,
) -> Period {
    let label = |day: &Spanned<Date>| Label::new(document.source(), document.span(day.node));
    let fault = |day: &Spanned<Date>, message: Text| {
        Diagnostic::error("pack/effective", message).with_label(label(day))
    };
    if let Some(announced) = &file.announced {
        match &file.from {
            Some(from) if from.day() < announced.day() => diagnostics.push(
                fault(
                    announced,
                    text!(
                        "announced on `{announced}`, after the first day in force, `{from}`",
                        "الإعلان في `{announced}` لاحق لبدء السريان في `{from}`",
                        announced = announced.value,
                        from = from.value,
                    ),
                )
                .with_label(label(from).with_text(text!("the first day", "أول يوم"))),
            ),
            Some(_) => {}
            None => diagnostics.push(
                fault(
                    announced,
                    text!(
                        "`announced` says nothing without `from`",
                        "لا معنى للحقل `announced` من دون `from`",
                    ),
                )
                .with_help(text!(
                    "give the first day on which the rule is in force under `from`",
                    "اذكر أول يوم تسري فيه القاعدة تحت `from`",
                )),
            ),
        }
    }
    if let Some(until) = &file.until {
        diagnostics.extend(end(until, file.from.as_ref(), &fault, &label));
    }
    let day = |day: &Option<Spanned<Date>>| day.as_ref().map(|day| day.value);
    Period {
        announced: day(&file.announced),
        from: day(&file.from),
        until: day(&file.until),
    }
}

/// What is wrong with the last day.
fn end(
    until: &Spanned<Date>,
    from: Option<&Spanned<Date>>,
    fault: &impl Fn(&Spanned<Date>, Text) -> Diagnostic,
    label: &impl Fn(&Spanned<Date>) -> Label,
) -> Option<Diagnostic> {
    if until.precision() == Precision::Month {
        let message = text!(
            "`{month}` is a month, and a rule ends with a day",
            "`{month}` شهر، ونهاية السريان يوم بعينه",
            month = until.value,
        );
        let help = text!(
            "write the last day on which the rule is in force",
            "اكتب آخر يوم تسري فيه القاعدة",
        );
        return Some(fault(until, message).with_help(help));
    }
    let from = from.filter(|from| until.day() < from.day())?;
    let message = text!(
        "in force until `{until}`, before the first day, `{from}`",
        "نهاية السريان `{until}` قبل بدايته `{from}`",
        until = until.value,
        from = from.value,
    );
    let first = label(from).with_text(text!("the first day", "أول يوم"));
    Some(fault(until, message).with_label(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn period(announced: &str, from: &str, until: &str) -> Period {
        let day = |text: &str| (!text.is_empty()).then(|| day(text));
        Period {
            announced: day(announced),
            from: day(from),
            until: day(until),
        }
    }

    #[test]
    fn a_period_stands_differently_before_on_and_after_each_of_its_days() {
        let from = day("2025-03-27");
        let whole = period("2025-01-01", "2025-03-27", "2030-12-31");
        for (on, standing) in [
            ("2024-12-31", Standing::Silent),
            ("2025-01-01", Standing::Announced(from)),
            ("2025-03-26", Standing::Announced(from)),
            ("2025-03-27", Standing::InForce),
            ("2025-03-28", Standing::InForce),
            ("2030-12-31", Standing::InForce),
            ("2031-01-01", Standing::Silent),
        ] {
            assert_eq!(whole.standing(day(on)), standing, "{on}");
        }
    }

    #[test]
    fn what_was_never_announced_warns_on_every_day_before_the_first() {
        let open = period("", "2025-03-27", "");
        let from = day("2025-03-27");
        assert_eq!(open.standing(day("1900-01-01")), Standing::Announced(from));
        assert_eq!(open.standing(day("2189-12-31")), Standing::InForce);
        assert_eq!(Period::default().standing(from), Standing::InForce);
    }

    #[test]
    fn two_periods_overlap_when_they_share_a_day() {
        let old = period("", "2020-01-01", "2026-01-27");
        for (new, shared) in [
            (period("", "2026-01-28", ""), false),
            (period("", "2026-01-27", ""), true),
            (period("", "", "2019-12-31"), false),
            (period("", "", "2020-01-01"), true),
            (Period::default(), true),
        ] {
            assert_eq!(old.overlaps(&new), shared, "{new:?}");
            assert_eq!(new.overlaps(&old), shared, "{new:?}");
        }
        // Being announced is no conflict: the old rule is in force until the new one is.
        assert!(!old.overlaps(&period("2025-01-01", "2026-01-28", "")));
    }

    #[test]
    fn the_nearest_day_in_force_is_the_day_itself_or_an_end() {
        let whole = period("", "2025-03-27", "2025-12-31");
        for (from, nearest) in [
            ("2025-01-01", "2025-03-27"),
            ("2025-06-01", "2025-06-01"),
            ("2026-01-01", "2025-12-31"),
        ] {
            assert_eq!(whole.nearest(day(from)), day(nearest));
        }
    }
}
