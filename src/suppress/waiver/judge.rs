//! Which waivers hold on a day, what they set aside, and what is to be said of them.

use std::collections::{BTreeMap, HashMap};

use super::{Waiver, Waivers, error};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::engine::{Means, Report, Suppressed};
use crate::suppress::days::{
    Term, WAIVER, after, between, count, has_run_out, is_too_long, mend_by_then, runs_out, shown,
};
use crate::suppress::leniency::Terms;
use crate::text;

/// The waivers of all files, with what has become of each.
pub(crate) struct Ledger<'w> {
    entries: Vec<Entry<'w>>,
    /// The sound ones, by the rules that they name.
    by_rule: HashMap<&'w str, Vec<usize>>,
}

struct Entry<'w> {
    file: &'w Waivers,
    waiver: &'w Waiver,
    /// What is wrong with it by itself, so that it does not take effect.
    faults: Vec<Diagnostic>,
    used: bool,
    too_long: Option<Severity>,
}

impl<'w> Ledger<'w> {
    /// Judges each waiver by itself.
    pub(crate) fn new(files: &'w [Waivers], terms: &Terms<'_>) -> Self {
        let mut entries: Vec<Entry<'w>> = Vec::new();
        let mut seen: BTreeMap<[Option<&str>; 4], Label> = BTreeMap::new();
        let mut by_rule: HashMap<&str, Vec<usize>> = HashMap::new();
        for (file, waiver) in files
            .iter()
            .flat_map(|file| file.list.iter().map(move |one| (file, one)))
        {
            let mut faults = unsound(file, waiver, terms);
            let place = [
                Some(waiver.rule.0.as_str()),
                waiver.document.as_deref(),
                waiver.file.as_ref().map(|(glob, _)| glob.as_str()),
                waiver.path.as_deref(),
            ];
            let label = file.label(waiver.rule.1);
            match seen.get(&place) {
                Some(first) => faults.push(duplicate(label, first.clone())),
                None => {
                    seen.insert(place, label);
                }
            }
            if faults.is_empty() {
                by_rule
                    .entry(&waiver.rule.0)
                    .or_default()
                    .push(entries.len());
            }
            entries.push(Entry {
                file,
                waiver,
                faults,
                used: false,
                too_long: None,
            });
        }
        Self { entries, by_rule }
    }

    /// Sets a finding aside, if a waiver covers it.
    pub(crate) fn cover(&mut self, found: &Diagnostic, terms: &Terms<'_>) -> Option<Suppressed> {
        let name = found.labels.first()?.source.name();
        for at in self.by_rule.get(found.rule.as_str())? {
            let entry = &mut self.entries[*at];
            let waiver = entry.waiver;
            if !waiver.speaks_of(entry.file.below(name), found.key.as_deref()) {
                continue;
            }
            let days = between(waiver.issued.0, waiver.until.0);
            let limit = terms.horizon.days(found.severity);
            if limit.is_some_and(|limit| days > i64::from(limit)) {
                entry.too_long = entry.too_long.max(Some(found.severity));
                continue;
            }
            entry.used = true;
            return Some(Suppressed {
                diagnostic: found.clone(),
                means: Means::Waiver,
                reason: Some(waiver.reason.0.clone()),
                until: Some(waiver.until.0),
                place: entry.file.label(waiver.rule.1),
            });
        }
        None
    }

    /// Adds what is to be said of the waivers.
    pub(crate) fn say(self, report: &mut Report, terms: &Terms<'_>, is_complete: bool) {
        for entry in self.entries {
            if !entry.faults.is_empty() {
                report.diagnostics.extend(entry.faults);
                continue;
            }
            let (file, waiver) = (entry.file, entry.waiver);
            let until = file.label(waiver.until.1);
            if let Some(limit) = entry
                .too_long
                .and_then(|heavy| Some((heavy, terms.horizon.days(heavy)?)))
            {
                report.diagnostics.push(too_long(waiver, limit, until));
            } else if entry.used {
                if let Term::Soon(days) = Term::of(waiver.until.0, terms.today) {
                    report
                        .diagnostics
                        .push(expires_soon(waiver.until.0, days, until));
                }
            } else if is_certain(waiver, report, terms, is_complete) {
                report
                    .diagnostics
                    .push(unused(waiver, file.label(waiver.rule.1)));
            }
        }
    }
}

/// Whether the run could tell that nothing is there to be waived.
fn is_certain(waiver: &Waiver, report: &Report, terms: &Terms<'_>, is_complete: bool) -> bool {
    let rule = waiver.rule.0.as_str();
    let of_this = |document: &str| {
        let wanted = waiver.document.as_deref();
        wanted.is_none_or(|wanted| super::is_document(document, wanted))
    };
    let mut undecided = report.undecided.iter();
    let is_checked = || waiver.document.is_some() && report.checked.iter().any(|one| of_this(one));
    // Agencies of files that could not be read to their end are not gone.
    let is_complete = is_complete && report.unread == 0;
    terms.catalog.is_on(rule)
        && !undecided.any(|(document, other)| other == rule && of_this(document))
        && (is_complete || (is_checked() && !terms.catalog.is_across(rule)))
}

/// What is wrong with a waiver by itself.
fn unsound(file: &Waivers, waiver: &Waiver, terms: &Terms<'_>) -> Vec<Diagnostic> {
    let (rule, at_rule) = (&waiver.rule.0, file.label(waiver.rule.1));
    let (issued, until) = (waiver.issued.0, waiver.until.0);
    let mut faults = Vec::new();
    if terms.catalog.is_known(rule) {
        faults.extend(terms.catalog.firm("waiver/final", rule, at_rule));
    } else {
        faults.push(terms.catalog.unknown("waiver/unknown-rule", rule, at_rule));
    }
    if !says_something(&waiver.reason.0) {
        faults.push(no_reason(file.label(waiver.reason.1)));
    }
    if !says_something(&waiver.owner.0) {
        faults.push(no_owner(file.label(waiver.owner.1)));
    }
    if until.day() < issued.day() {
        let first = file.label(waiver.issued.1);
        faults.push(backwards(waiver, file.label(waiver.until.1), first));
    } else if let Term::Over(days) = Term::of(until, terms.today) {
        faults.push(expired(until, days, file.label(waiver.until.1)));
    } else if terms.today.day() < issued.day() {
        faults.push(not_yet(issued, terms.today, file.label(waiver.issued.1)));
    }
    faults
}

fn says_something(words: &str) -> bool {
    words.chars().any(char::is_alphanumeric)
}

fn no_reason(label: Label) -> Diagnostic {
    let message = text!("the waiver gives no reason", "لا يذكر الإعفاء سببًا");
    let help = text!(
        "say why the finding is acceptable for this time",
        "اذكر سبب قبول المخالفة في هذه المدة",
    );
    error("waiver/no-reason", message, label, help)
}

fn no_owner(label: Label) -> Diagnostic {
    let message = text!("nobody answers for the waiver", "لا مسؤول عن الإعفاء");
    let help = text!(
        "name the office that answers for it",
        "اذكر الإدارة المسؤولة عنه",
    );
    error("waiver/no-owner", message, label, help)
}

fn backwards(waiver: &Waiver, label: Label, issued: Label) -> Diagnostic {
    let message = text!(
        "the last day, {until}, lies before the first, {issued}",
        "آخر يوم {until} يسبق أول يوم {issued}",
        until = shown(waiver.until.0),
        issued = shown(waiver.issued.0),
    );
    let help = text!("mend one of the two days", "صحّح أحد التاريخين");
    let said = text!("issued on this day", "صدر في هذا اليوم");
    error("waiver/backwards", message, label, help).with_label(issued.with_text(said))
}

fn expired(until: Date, days: i64, label: Label) -> Diagnostic {
    let message = has_run_out(WAIVER, until, days);
    let help = text!(
        "mend what it set aside, which counts again, and delete it; where it has to go on, have it issued anew",
        "أصلح ما كان يستثنيه، فقد عاد محسوبًا، ثم احذف الإعفاء؛ فإن لزم استمراره فليصدر من جديد",
    );
    error("waiver/expired", message, label, help).with_severity(Severity::Warning)
}

fn not_yet(issued: Date, today: Date, label: Label) -> Diagnostic {
    let ahead = count(between(today, issued));
    let message = text!(
        "the waiver does not hold yet: it is issued on {day}, in {en}",
        "لم يسر الإعفاء بعد: تاريخ إصداره {day}، أي بعد {ar}",
        day = shown(issued),
        en = ahead.en,
        ar = ahead.ar,
    );
    let help = text!(
        "until that day what it is to set aside counts",
        "ما يستثنيه محسوب إلى ذلك اليوم",
    );
    error("waiver/not-yet", message, label, help).with_severity(Severity::Warning)
}

fn expires_soon(until: Date, days: i64, label: Label) -> Diagnostic {
    let message = runs_out(WAIVER, until, days);
    error("waiver/expires-soon", message, label, mend_by_then()).with_severity(Severity::Note)
}

fn too_long(waiver: &Waiver, (severity, limit): (Severity, u32), label: Label) -> Diagnostic {
    let (issued, until) = (waiver.issued.0, waiver.until.0);
    let days = between(issued, until);
    let message = is_too_long(WAIVER, severity, (days, limit));
    let help = text!(
        "name a day up to {last}, or have it issued anew when that comes",
        "اذكر يومًا لا يتجاوز {last}، أو أصدره من جديد عند حلوله",
        last = after(issued, limit),
    );
    error("waiver/too-long", message, label, help)
}

fn unused(waiver: &Waiver, label: Label) -> Diagnostic {
    let message = text!(
        "`{rule}` finds nothing there that could be waived",
        "لم تجد القاعدة `{rule}` هناك ما يُعفى منه",
        rule = waiver.rule.0,
    );
    let help = text!(
        "delete the waiver; if it was meant for something, compare `where` with what `--format json` says of the finding",
        "احذف الإعفاء، فإن كان لمخالفة قائمة فقارن `where` بما يعرضه `--format json` عنها",
    );
    error("waiver/unused", message, label, help).with_severity(Severity::Warning)
}

fn duplicate(label: Label, first: Label) -> Diagnostic {
    let message = text!(
        "the same rule is waived in the same place a second time",
        "القاعدة نفسها معفى منها في الموضع نفسه مرة أخرى",
    );
    let help = text!("keep one of the two", "أبقِ واحدًا منهما");
    let said = text!("first waived here", "الإعفاء الأول هنا");
    error("waiver/duplicate", message, label, help).with_label(first.with_text(said))
}
