//! What a run covered, behind the number of problems: files that are not checked, with the reasons, and the settings
//! used.

use std::fmt::Write as _;

use crate::discover::{Cause, Unchecked};
use crate::engine::{Report, Share};
use crate::output::summary::{DOCUMENT, RULE};
use crate::output::words::{leading_path, safe};
use crate::output::{Detail, Style};
use crate::text::{Lang, Noun};

const PASSED_OVER: Noun = Noun {
    en: ["file passed over", "files passed over"],
    ar: [
        "ملف واحد جرى تجاوزه",
        "ملفان جرى تجاوزهما",
        "ملفات جرى تجاوزها",
        "ملفًا جرى تجاوزها",
    ],
};
/// Documents beside ours in one file.
const OTHERS: Noun = Noun {
    en: [
        "document of another tool passed over",
        "documents of other tools passed over",
    ],
    ar: [
        "مستند واحد لأداة أخرى جرى تجاوزه",
        "مستندان لأدوات أخرى جرى تجاوزهما",
        "مستندات لأدوات أخرى جرى تجاوزها",
        "مستندًا لأدوات أخرى جرى تجاوزها",
    ],
};
const EXCLUDED: Noun = Noun {
    en: [
        "file excluded by the settings",
        "files excluded by the settings",
    ],
    ar: [
        "ملف واحد استبعدته الإعدادات",
        "ملفان استبعدتهما الإعدادات",
        "ملفات استبعدتها الإعدادات",
        "ملفًا استبعدتها الإعدادات",
    ],
};

/// Adds the lines about files that were found by walking and are not checked.
pub(super) fn passed_over(report: &Report, style: &Style, lines: &mut String) {
    let files: Vec<&Unchecked> = report.passed_over().collect();
    if !files.is_empty() {
        let counted = PASSED_OVER.count(files.len(), style.lang);
        let is_foreign = files.iter().all(|file| file.cause == Cause::NotOurs);
        let because = if is_foreign {
            no_documents(files.len(), style.lang).to_owned()
        } else {
            because(&files, style.lang)
        };
        let _ = writeln!(lines, "{counted}{because}{}", listed(style));
        list(&files, !is_foreign, style, lines);
    }
    let is_document = |one: &&Unchecked| one.line.is_some();
    let documents: Vec<&Unchecked> = report.unchecked.iter().filter(is_document).collect();
    if !documents.is_empty() {
        let counted = OTHERS.count(documents.len(), style.lang);
        let _ = writeln!(lines, "{counted}{}", listed(style));
        list(&documents, false, style, lines);
    }
}

fn no_documents(count: usize, lang: Lang) -> &'static str {
    match (lang, count) {
        (Lang::En, 1) => ", no spokeslint document",
        (Lang::En, _) => ", no spokeslint documents",
        (Lang::Ar, 1) => " لأنه ليس من مستندات spokeslint",
        (Lang::Ar, 2) => " لأنهما ليسا من مستندات spokeslint",
        (Lang::Ar, _) => " لأنها ليست من مستندات spokeslint",
    }
}

/// The cause, or several of them with their numbers.
fn because(files: &[&Unchecked], lang: Lang) -> String {
    let counts = Cause::ALL.map(|cause| {
        let count = files.iter().filter(|file| file.cause == cause).count();
        (cause.text(), count)
    });
    let counts: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    if let (Lang::En, [(cause, _)]) = (lang, &counts[..]) {
        return format!(", {}", cause.plain(lang));
    }
    let counted = counts.iter().map(|(cause, count)| {
        let cause = cause.plain(lang);
        format!("{cause} ({count})")
    });
    let comma = if lang == Lang::Ar { "، " } else { ", " };
    format!(": {}", counted.collect::<Vec<_>>().join(comma))
}

/// Returns the beginning of a list, or the hint how to get it.
fn listed(style: &Style) -> &'static str {
    match (style.lang, style.detail == Detail::Verbose) {
        (_, true) => ":",
        (Lang::En, false) => " (shown with `--verbose`)",
        (Lang::Ar, false) => " (تُعرض بالخيار `--verbose`)",
    }
}

fn list(all: &[&Unchecked], with_cause: bool, style: &Style, lines: &mut String) {
    if style.detail != Detail::Verbose {
        return;
    }
    for one in all {
        let line = one.line.map(|line| format!(":{line}")).unwrap_or_default();
        let cause = one.cause.text();
        let cause = cause.plain(style.lang);
        let cause = if with_cause {
            format!(": {cause}")
        } else {
            String::new()
        };
        let _ = writeln!(lines, "  {}{line}{cause}", leading_path(&one.name));
    }
}

/// How many files the settings keep from being checked, and which.
pub(super) fn excluded(report: &Report, style: &Style, lines: &mut String) {
    let count = report.excluded.len();
    if count == 0 {
        return;
    }
    let files = EXCLUDED.count(count, style.lang);
    let _ = writeln!(lines, "{files}{}", listed(style));
    if style.detail == Detail::Verbose {
        for name in &report.excluded {
            let _ = writeln!(lines, "  {}", leading_path(name));
        }
    }
}

/// Adds the lines about the settings used, with the number of documents of each.
pub(super) fn settings(report: &Report, style: &Style, lines: &mut String) {
    let is_used = |share: &&Share| share.documents > 0 && share.settings.is_some();
    let shares: Vec<&Share> = report.shares.iter().filter(is_used).collect();
    if style.detail != Detail::Verbose || shares.is_empty() {
        return;
    }
    lines.push_str(style.pick(["settings used:\n", "الإعدادات السارية:\n"]));
    for share in shares {
        let file = leading_path(share.settings.as_deref().unwrap_or_default());
        let documents = DOCUMENT.count(share.documents, style.lang);
        let rules = RULE.count(share.rules, style.lang);
        let comma = style.pick([", ", "، "]);
        let _ = write!(lines, "  {file}: {documents}{comma}{rules}");
        let finals: Vec<String> = share.finals_of.iter().map(|file| safe(file)).collect();
        if !finals.is_empty() {
            let with = style.pick(["with the final rules of", "مع القواعد الملزمة في"]);
            let _ = write!(lines, "{comma}{with} {}", finals.join(comma));
        }
        lines.push('\n');
    }
}
