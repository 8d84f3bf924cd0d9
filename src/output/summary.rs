//! The last lines of a report, in the grammar of both languages: how many problems there are, and
//! the receipt, which says of every pair of a rule and a document what became of it.

use crate::diagnostic::Severity;
use crate::engine::{MutationReport, Report};
use crate::output::covered::{excluded, passed_over, settings};
use crate::output::words::with_isolated_code;
use crate::output::{Detail, Style, suppressed};
use crate::text::{Lang, Noun};

pub(super) const PROBLEM: Noun = Noun {
    en: ["problem", "problems"],
    ar: ["مخالفة واحدة", "مخالفتان", "مخالفات", "مخالفة"],
};
/// Behind the number of problems, of which they are some.
const FIXABLE: Noun = Noun {
    en: ["fixable", "fixable"],
    ar: [
        "واحدة قابلة للإصلاح آليًا",
        "اثنتان قابلتان للإصلاح آليًا",
        "قابلة للإصلاح آليًا",
        "قابلة للإصلاح آليًا",
    ],
};
/// Of those, some.
const OF_THEM: Noun = Noun {
    en: ["of them", "of them"],
    ar: ["واحدة منها", "اثنتان منها", "منها", "منها"],
};
const ERROR: Noun = Noun {
    en: ["error", "errors"],
    ar: ["خطأ واحد", "خطآن", "أخطاء", "خطأً"],
};
const WARNING: Noun = Noun {
    en: ["warning", "warnings"],
    ar: ["تحذير واحد", "تحذيران", "تحذيرات", "تحذيرًا"],
};
const NOTE: Noun = Noun {
    en: ["note", "notes"],
    ar: ["ملاحظة واحدة", "ملاحظتان", "ملاحظات", "ملاحظة"],
};
const AGENCY: Noun = Noun {
    en: ["agency", "agencies"],
    ar: ["جهة واحدة", "جهتان", "جهات", "جهة"],
};
/// As after the preposition, where the dual ends otherwise.
const IN_AGENCY: Noun = Noun {
    en: ["agency", "agencies"],
    ar: ["جهة واحدة", "جهتين", "جهات", "جهة"],
};
pub(super) const DOCUMENT: Noun = Noun {
    en: ["document", "documents"],
    ar: ["مستند واحد", "مستندان", "مستندات", "مستندًا"],
};
/// As after the preposition.
const IN_DOCUMENT: Noun = Noun {
    en: ["document", "documents"],
    ar: ["مستند واحد", "مستندين", "مستندات", "مستندًا"],
};
const IN_FILE: Noun = Noun {
    en: ["file", "files"],
    ar: ["ملف واحد", "ملفين", "ملفات", "ملفًا"],
};
const EXAMPLE: Noun = Noun {
    en: ["example", "examples"],
    ar: ["مثال واحد", "مثالان", "أمثلة", "مثالًا"],
};
pub(super) const RULE: Noun = Noun {
    en: ["rule", "rules"],
    ar: ["قاعدة واحدة", "قاعدتان", "قواعد", "قاعدة"],
};

pub(super) const POSITION: Noun = Noun {
    en: ["position", "positions"],
    ar: ["موقف واحد", "موقفان", "مواقف", "موقفًا"],
};
pub(super) const ITEM: Noun = Noun {
    en: ["item", "items"],
    ar: ["بند واحد", "بندان", "بنود", "بندًا"],
};

/// The summary and the receipt, each a line with its line break; nothing in quiet mode.
pub(super) fn lines(report: &Report, style: &Style) -> String {
    let lines = plain_lines(report, style);
    if style.terminal && style.lang == Lang::Ar {
        // Options begin with a hyphen, which would go to their other end.
        lines
            .split_inclusive('\n')
            .map(with_isolated_code)
            .collect()
    } else {
        lines
    }
}

fn plain_lines(report: &Report, style: &Style) -> String {
    if style.detail == Detail::Quiet {
        return String::new();
    }
    let mut lines = String::new();
    // Where all files were passed over there is nothing that could be called free of problems.
    if report.documents == 0
        && report.diagnostics.is_empty()
        && report.passed_over().next().is_some()
    {
        passed_over(report, style, &mut lines);
        excluded(report, style, &mut lines);
        return lines;
    }
    lines = headline(report, style.lang);
    if style.detail == Detail::Verbose && !report.suppressed.is_empty() {
        lines.push_str(":\n");
        lines.push_str(&suppressed::list(report, style));
    } else {
        lines.push('\n');
    }
    passed_over(report, style, &mut lines);
    excluded(report, style, &mut lines);
    settings(report, style, &mut lines);
    lines.push_str(&receipt(report, style.lang));
    lines.push('\n');
    lines
}

/// How many problems there are, and how many that are set aside.
pub(super) fn headline(report: &Report, lang: Lang) -> String {
    let comma = if lang == Lang::Ar { "، " } else { ", " };
    let parts = [
        Some(problems(report, lang)),
        suppressed::counts(report, lang),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(comma)
}

fn problems(report: &Report, lang: Lang) -> String {
    // Files that do not parse hold no agency; then the files are what can be counted.
    let place = if report.documents == 0 && report.files > 0 {
        IN_FILE.count(report.files, lang)
    } else if has_other_kinds(report) {
        IN_DOCUMENT.count(report.documents, lang)
    } else {
        IN_AGENCY.count(report.documents, lang)
    };
    let total = report.diagnostics.len();
    let fixes = fixes(report, lang);
    if total == 0 {
        return match lang {
            Lang::En => format!("no problems in {place}{fixes}"),
            Lang::Ar => format!("لا مخالفات في {place}{fixes}"),
        };
    }
    let comma = if lang == Lang::Ar { "، " } else { ", " };
    let parts: Vec<String> = [
        (Severity::Error, ERROR),
        (Severity::Warning, WARNING),
        (Severity::Note, NOTE),
    ]
    .into_iter()
    .map(|(severity, noun)| (report.count(severity), noun))
    .filter(|(count, _)| *count > 0)
    .map(|(count, noun)| noun.count(count, lang))
    .collect();
    let total = PROBLEM.count(total, lang);
    let within = if lang == Lang::Ar { "في" } else { "in" };
    format!("{total} {within} {place} ({}){fixes}", parts.join(comma))
}

/// What can be mended and what was, as the end of a sentence.
fn fixes(report: &Report, lang: Lang) -> String {
    let (all, risky) = report.fixable();
    let fixable = FIXABLE.count(all, lang);
    let only = if risky == all {
        String::new()
    } else {
        OF_THEM.count(risky, lang) + " "
    };
    let fixable = match lang {
        _ if all == 0 => String::new(),
        Lang::En => format!(", {fixable}"),
        Lang::Ar => format!("، منها {fixable}"),
    };
    let risky = match lang {
        _ if risky == 0 => String::new(),
        Lang::En => format!(" ({only}only with `--unsafe-fixes`)"),
        Lang::Ar => format!(" ({only}بالخيار `--unsafe-fixes` وحده)"),
    };
    let fixed = match lang {
        _ if report.fixed == 0 => String::new(),
        Lang::En => format!(", {} fixed", report.fixed),
        Lang::Ar => format!("، وأُصلحت {}", PROBLEM.count(report.fixed, lang)),
    };
    fixable + &risky + &fixed
}

/// What was mended, for who asked for nothing else: `5 fixed in 2 files`.
pub(super) fn fixed(count: usize, files: usize, lang: Lang) -> String {
    let files = IN_FILE.count(files, lang);
    match (lang, count) {
        (Lang::En, 0) => "nothing to fix".to_owned(),
        (Lang::En, _) => format!("{count} fixed in {files}"),
        (Lang::Ar, 0) => "لا شيء يُصلَح آليًا".to_owned(),
        (Lang::Ar, _) => format!("أُصلحت {} في {files}", PROBLEM.count(count, lang)),
    }
}

/// Whether some of the documents are no agencies.
fn has_other_kinds(report: &Report) -> bool {
    report.kinds.keys().any(|kind| kind != "Agency")
}

/// What became of the examples of rules: `43 rules, 97 examples: all hold`.
pub fn examples(rules: usize, examples: usize, faults: usize, lang: Lang) -> String {
    let rules = RULE.count(rules, lang);
    let examples = EXAMPLE.count(examples, lang);
    let faults_words = PROBLEM.count(faults, lang);
    match (lang, faults) {
        (Lang::En, 0) => format!("{rules}, {examples}: all hold"),
        (Lang::En, _) => format!("{rules}, {examples}: {faults_words}"),
        (Lang::Ar, 0) => format!("{rules}، {examples}: كلها صحيحة"),
        (Lang::Ar, _) => format!("{rules}، {examples}: {faults_words}"),
    }
}

/// What became of the mutants of rules: `1,508 mutants: 833 killed, 675 refused by the checker, 0 survive`.
pub fn mutants(report: &MutationReport, lang: Lang) -> String {
    let alive = report.mutants - report.killed - report.refused;
    let survive = grouped(alive);
    let mutants = grouped(report.mutants);
    let (killed, refused) = (grouped(report.killed), grouped(report.refused));
    match lang {
        Lang::En => {
            let noun = if report.mutants == 1 {
                "mutant"
            } else {
                "mutants"
            };
            let verb = if alive == 1 { "survives" } else { "survive" };
            format!(
                "{mutants} {noun}: {killed} killed, {refused} refused by the checker, {survive} {verb}"
            )
        }
        Lang::Ar => format!(
            "عدد التغييرات المجرَّبة {mutants}: كشفت الأمثلة {killed}، ورفض المدقق {refused}، ولم يُكشف {survive}"
        ),
    }
}

/// A number with commas between its thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// What became of every pair of a rule and a document.
pub(super) fn receipt(report: &Report, lang: Lang) -> String {
    let noun = if has_other_kinds(report) {
        DOCUMENT
    } else {
        AGENCY
    };
    let documents = noun.count(report.documents, lang);
    let (least, most) = report.rules_each();
    let rules = RULE.count(most, lang);
    let pairs = match lang {
        _ if least == most => format!("{documents} × {rules}"),
        Lang::En => format!("{documents}, {least} to {rules} each"),
        Lang::Ar => format!("{documents}، وعدد القواعد السارية من {least} إلى {most}"),
    };
    let tally = report.tally;
    let (total, held, found) = (tally.total(), tally.held, tally.found);
    let (absent, unknown) = (tally.not_applicable, tally.not_evaluated);
    let unlisted = unlisted(report, lang);
    match lang {
        Lang::En => format!(
            "{pairs} = {total}: {held} held, {found} found, {absent} not applicable, {unknown} not evaluated{unlisted}"
        ),
        Lang::Ar => format!(
            "{pairs} = {total}: استُوفيت {held}، وخولفت {found}، ولم تنطبق {absent}، ولم تُقيَّم {unknown}{unlisted}"
        ),
    }
}

/// Returns the number of findings that are not listed, as the end of a line.
fn unlisted(report: &Report, lang: Lang) -> String {
    let count: usize = report.unlisted.values().sum();
    let problems = PROBLEM.count(count, lang);
    match lang {
        _ if count == 0 => String::new(),
        Lang::En => format!("; {problems} counted but not listed"),
        Lang::Ar => format!("؛ وغير المعروض: {problems}"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::date::Date;
    use crate::diagnostic::{Diagnostic, Fix, Label, Safety};
    use crate::discover::{Cause, Unchecked};
    use crate::engine::{Means, Suppressed, Tally};
    use crate::source::{Source, Span};
    use crate::text::Text;

    fn report(errors: usize, notes: usize, documents: usize) -> Report {
        let finding = || Diagnostic::error("a/b", Text::new("x", "س"));
        let errors = (0..errors).map(|_| finding());
        let notes = (0..notes).map(|_| finding().with_severity(Severity::Note));
        Report {
            diagnostics: errors.chain(notes).collect(),
            files: documents,
            documents,
            rules: 61,
            tally: Tally {
                held: 402,
                found: 31,
                not_applicable: 116,
                not_evaluated: 0,
            },
            ..Report::default()
        }
    }

    fn foreign(name: &str) -> Unchecked {
        Unchecked {
            name: name.into(),
            line: None,
            cause: Cause::NotOurs,
        }
    }

    fn arabic() -> Style {
        Style {
            lang: Lang::Ar,
            ..Style::default()
        }
    }

    #[test]
    fn what_can_be_mended_is_a_part_of_what_was_found() {
        let fix = |safety| {
            Some(Box::new(Fix {
                title: Text::default(),
                safety,
                source: Arc::new(Source::new("a", "")),
                edits: Vec::new(),
                changes: Vec::new(),
            }))
        };
        let mut report = report(4, 0, 1);
        report.diagnostics[0].fix = fix(Safety::Safe);
        report.diagnostics[1].fix = fix(Safety::Unsafe);
        assert_eq!(
            fixes(&report, Lang::En),
            ", 2 fixable (1 of them only with `--unsafe-fixes`)"
        );
        assert_eq!(
            fixes(&report, Lang::Ar),
            "، منها اثنتان قابلتان للإصلاح آليًا (واحدة منها بالخيار `--unsafe-fixes` وحده)"
        );
        report.diagnostics[2].fix = fix(Safety::Safe);
        report.fixed = 12;
        assert_eq!(
            fixes(&report, Lang::Ar),
            "، منها 3 قابلة للإصلاح آليًا (واحدة منها بالخيار `--unsafe-fixes` وحده)، وأُصلحت 12 مخالفة"
        );
        assert_eq!(fixed(5, 2, Lang::En), "5 fixed in 2 files");
        assert_eq!(fixed(2, 1, Lang::Ar), "أُصلحت مخالفتان في ملف واحد");
    }

    #[test]
    fn english_counts() {
        assert_eq!(
            lines(&report(1, 0, 9), &Style::default()),
            "1 problem in 9 agencies (1 error)\n\
             9 agencies × 61 rules = 549: 402 held, 31 found, 116 not applicable, 0 not evaluated\n"
        );
        assert_eq!(
            problems(&report(2, 1, 1), Lang::En),
            "3 problems in 1 agency (2 errors, 1 note)"
        );
        assert_eq!(
            problems(&report(0, 0, 9), Lang::En),
            "no problems in 9 agencies"
        );
    }

    #[test]
    fn arabic_counts() {
        assert_eq!(
            lines(&report(44, 2, 9), &arabic()),
            "46 مخالفة في 9 جهات (44 خطأً، ملاحظتان)\n\
             9 جهات × 61 قاعدة = 549: استُوفيت 402، وخولفت 31، ولم تنطبق 116، ولم تُقيَّم 0\n"
        );
        assert_eq!(problems(&report(0, 0, 2), Lang::Ar), "لا مخالفات في جهتين");
        let counts = [1, 2, 3, 10, 11, 99, 100, 101, 102, 103, 111];
        let shown = counts.map(|count| PROBLEM.count(count, Lang::Ar));
        assert_eq!(
            shown.join("|"),
            "مخالفة واحدة|مخالفتان|3 مخالفات|10 مخالفات|11 مخالفة|99 مخالفة|100 مخالفة|101 مخالفة|\
             102 مخالفة|103 مخالفات|111 مخالفة"
        );
    }

    #[test]
    fn what_is_set_aside_is_counted_by_what_it_is_and_listed_when_asked() {
        let source = Arc::new(Source::new("a.yaml", "id: x\n"));
        let place = Label::new(&source, Span::new(4, 5));
        let aside = |means| Suppressed {
            diagnostic: Diagnostic::error("a/b", Text::new("x", "س")).with_label(place.clone()),
            means,
            reason: Some("agreed".to_owned()),
            until: Date::parse("2026-12-31").ok(),
            place: place.clone(),
        };
        let mut report = report(1, 0, 9);
        report.suppressed = [
            Means::Comment,
            Means::Waiver,
            Means::Waiver,
            Means::Baseline,
        ]
        .map(aside)
        .into();
        assert_eq!(
            headline(&report, Lang::En),
            "1 problem in 9 agencies (1 error), 4 suppressed (1 by a comment, 2 by a waiver, 1 by the baseline)"
        );
        assert_eq!(
            headline(&report, Lang::Ar),
            "مخالفة واحدة في 9 جهات (خطأ واحد)، 4 مخالفات مستثناة (واحدة بتعليق في الملف، اثنتان بإعفاء، \
             واحدة بخط الأساس)"
        );
        let verbose = Style {
            detail: Detail::Verbose,
            ..Style::default()
        };
        let shown = lines(&report, &verbose);
        let expected = "by the baseline):\n  a.yaml:1:5: error[a/b] x; suppressed by a comment (a.yaml:1) until \
                        2026-12-31: agreed\n";
        assert!(shown.contains(expected), "{shown}");
        assert!(!lines(&report, &Style::default()).contains("agreed"));
    }

    #[test]
    fn options_keep_their_direction_on_a_terminal() {
        let mut report = report(0, 0, 1);
        report.unchecked = vec![foreign("ci.yaml")];
        let shown = |terminal| {
            let style = Style {
                terminal,
                ..arabic()
            };
            lines(&report, &style)
        };
        assert!(shown(true).contains("`\u{2068}--verbose\u{2069}`"));
        assert!(!shown(false).contains('\u{2068}'));
    }

    #[test]
    fn mutants_are_counted_in_thousands() {
        let mut report = MutationReport {
            mutants: 1508,
            killed: 832,
            refused: 675,
            survivors: Vec::new(),
        };
        let english = "1,508 mutants: 832 killed, 675 refused by the checker, 1 survives";
        assert_eq!(mutants(&report, Lang::En), english);
        report.killed = 833;
        assert!(mutants(&report, Lang::En).ends_with(", 0 survive"));
        assert_eq!(
            mutants(&report, Lang::Ar),
            "عدد التغييرات المجرَّبة 1,508: كشفت الأمثلة 833، ورفض المدقق 675، ولم يُكشف 0"
        );
        assert_eq!(
            [7, 1_000, 1_234_567].map(grouped),
            ["7", "1,000", "1,234,567"]
        );
    }

    #[test]
    fn files_that_do_not_parse_are_counted_as_files() {
        let mut report = report(1, 0, 0);
        report.files = 1;
        assert_eq!(problems(&report, Lang::En), "1 problem in 1 file (1 error)");
        assert_eq!(
            problems(&report, Lang::Ar),
            "مخالفة واحدة في ملف واحد (خطأ واحد)"
        );
    }

    #[test]
    fn passed_over_files_are_counted_and_listed_only_when_asked() {
        let mut report = report(0, 0, 1);
        report.unchecked = vec![foreign("ci.yaml"), foreign("::error::x.yaml")];
        let shown = lines(&report, &Style::default());
        assert!(
            shown.contains(
                "\n2 files passed over, no spokeslint documents (shown with `--verbose`)\n"
            )
        );
        let mut style = Style {
            detail: Detail::Verbose,
            ..Style::default()
        };
        let shown = lines(&report, &style);
        assert!(shown.contains(
            "\n2 files passed over, no spokeslint documents:\n  ci.yaml\n  ./::error::x.yaml\n"
        ));
        style.detail = Detail::Quiet;
        assert_eq!(lines(&report, &style), "");
    }
}
