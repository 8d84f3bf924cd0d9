//! The findings that are set aside: how many, by what, and for people who ask, which.

use std::fmt::Write as _;

use crate::engine::{Means, Report, Suppressed};
use crate::output::Style;
use crate::output::words::{isolated, leading_path, one_line, safe};
use crate::text::{Lang, Noun};

const SUPPRESSED: Noun = Noun {
    en: ["suppressed", "suppressed"],
    ar: [
        "مخالفة واحدة مستثناة",
        "مخالفتان مستثناتان",
        "مخالفات مستثناة",
        "مخالفة مستثناة",
    ],
};

/// By what, in the order in which it is told.
const MEANS: [Means; 3] = [Means::Comment, Means::Waiver, Means::Baseline];

/// How many are set aside, and by what: `3 suppressed (1 by a comment, 2 by the baseline)`, or if one thing sets
/// all of them aside, `3 suppressed by the baseline`.
pub(super) fn counts(report: &Report, lang: Lang) -> Option<String> {
    let total = report.suppressed.len();
    if total == 0 {
        return None;
    }
    let tally: Vec<(Means, usize)> = MEANS
        .into_iter()
        .map(|means| {
            let all = report.suppressed.iter();
            (means, all.filter(|one| one.means == means).count())
        })
        .filter(|(_, count)| *count > 0)
        .collect();
    let total = SUPPRESSED.count(total, lang);
    if let [(means, _)] = tally[..] {
        return Some(format!("{total} {}", by(means, lang)));
    }
    let parts: Vec<String> = tally
        .into_iter()
        .map(|(means, count)| match lang {
            Lang::En => format!("{count} {}", by(means, lang)),
            // «واحدة بتعليق»: one and two have words of their own.
            Lang::Ar => match count {
                1 => format!("واحدة {}", by(means, lang)),
                2 => format!("اثنتان {}", by(means, lang)),
                _ => format!("{count} {}", by(means, lang)),
            },
        })
        .collect();
    let comma = if lang == Lang::Ar { "، " } else { ", " };
    Some(format!("{total} ({})", parts.join(comma)))
}

const fn by(means: Means, lang: Lang) -> &'static str {
    match (means, lang) {
        (Means::Comment, Lang::En) => "by a comment",
        (Means::Waiver, Lang::En) => "by a waiver",
        (Means::Baseline, Lang::En) => "by the baseline",
        (Means::Comment, Lang::Ar) => "بتعليق في الملف",
        (Means::Waiver, Lang::Ar) => "بإعفاء",
        (Means::Baseline, Lang::Ar) => "بخط الأساس",
    }
}

/// By what a finding is set aside, in a file of this path, until when and why, in one line.
pub(super) fn reason(one: &Suppressed, path: &str, style: &Style) -> String {
    let mut words = style.pick(["suppressed", "مستثناة"]).to_owned();
    let at = one.place.position();
    let place = format!("{path}:{}", at.line);
    let (by, place) = (by(one.means, style.lang), isolated(&place, style));
    let _ = write!(words, " {by} ({place})");
    if let Some(until) = one.until {
        let until = isolated(&until.to_string(), style);
        let _ = write!(words, "{} {until}", style.pick([" until", " حتى"]));
    }
    if let Some(reason) = &one.reason {
        let _ = write!(words, ": {}", isolated(reason.trim(), style));
    }
    words
}

/// One line for each of them.
pub(super) fn list(report: &Report, style: &Style) -> String {
    report
        .suppressed
        .iter()
        .fold(String::new(), |mut lines, one| {
            let found = &one.diagnostic;
            let place = found.labels.first().map_or(String::new(), |label| {
                let at = label.position();
                let path = leading_path(label.source.name());
                format!("{path}:{}:{}: ", at.line, at.column)
            });
            let (rule, message) = (safe(&found.rule), one_line(&found.message, style));
            let severity = found.severity.as_str();
            let reason = reason(one, one.place.source.name(), style);
            let dash = style.pick(["; ", "؛ "]);
            let _ = writeln!(lines, "  {place}{severity}[{rule}] {message}{dash}{reason}");
            lines
        })
}
