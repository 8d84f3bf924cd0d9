//! Which waivers hold on a day, what they set aside, and what is to be said of them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Waiver, Waivers, error};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::engine::{Means, Report, Suppressed};
use crate::source::Source;
use crate::suppress::catalog::Unknown;
use crate::suppress::days::{
    Term, WAIVER, after, between, count, has_run_out, is_too_long, mend_by_then, runs_out, shown,
};
use crate::suppress::firm::{Firm, is_firm};
use crate::suppress::leniency::Terms;
use crate::text;
use crate::work;

/// The code of the finding on a name in a waiver that matches no rule.
const UNKNOWN: &str = "waiver/unknown-rule";

/// The waivers of all files, each judged by itself, whatever is found.
pub(crate) struct Judged<'w> {
    entries: Vec<Entry<'w>>,
    /// The sound ones, in lists of those that name the same rule, document and path.
    lists: Vec<Vec<usize>>,
    /// The places of the lists, by what they name.
    by_place: HashMap<Named<'w>, usize>,
    /// Names that are no rule's.
    unknown: Option<Diagnostic>,
}

/// A rule, a document and a path that a waiver may name.
type Named<'w> = (&'w str, Option<&'w str>, Option<&'w str>);

struct Entry<'w> {
    file: &'w Waivers,
    waiver: &'w Waiver,
    /// What is wrong with it by itself, so that it does not take effect.
    faults: Vec<Diagnostic>,
}

impl<'w> Judged<'w> {
    /// Judges each waiver by itself.
    pub(crate) fn new(files: &'w [Waivers], terms: &Terms) -> Self {
        let mut entries: Vec<Entry<'w>> = Vec::new();
        let mut seen: BTreeMap<[Option<&str>; 4], Label> = BTreeMap::new();
        let mut lists: Vec<Vec<usize>> = Vec::new();
        let mut by_place: HashMap<Named<'_>, usize> = HashMap::new();
        let mut unknown = Unknown::default();
        for (file, waiver) in files
            .iter()
            .flat_map(|file| file.list.iter().map(move |one| (file, one)))
        {
            work::count(1);
            let at_rule = file.label(waiver.rule.1);
            let mut faults = Vec::new();
            if !terms.catalog.is_known(&waiver.rule.0) {
                let tell = || {
                    terms
                        .catalog
                        .unknown(UNKNOWN, &waiver.rule.0, at_rule.clone())
                };
                match unknown.tell(tell, &at_rule) {
                    Some(fault) => faults.push(fault),
                    // It is among those that are counted.
                    None => continue,
                }
            }
            faults.extend(unsound(file, waiver, terms));
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
                let named = (place[0].unwrap_or_default(), place[1], place[3]);
                let list = *by_place.entry(named).or_insert(lists.len());
                if list == lists.len() {
                    lists.push(Vec::new());
                }
                lists[list].push(entries.len());
            }
            entries.push(Entry {
                file,
                waiver,
                faults,
            });
        }
        Self {
            entries,
            lists,
            by_place,
            unknown: unknown.rest(UNKNOWN),
        }
    }

    /// The waivers, of which none has been asked yet.
    pub(crate) fn ledger(&self) -> Ledger<'_> {
        Ledger {
            judged: self,
            fates: HashMap::new(),
            fitting: HashMap::new(),
        }
    }

    /// The waivers whose document and path are named by the same words, parted by what they do for the findings of
    /// one severity in one file.
    fn fitting(
        &self,
        all: &[usize],
        found: &Diagnostic,
        source: &Source,
        terms: &Terms,
    ) -> Fitting {
        let limit = terms.horizon.days(found.severity);
        let fits = |at: &usize| {
            work::count(1);
            let Entry { file, waiver, .. } = &self.entries[*at];
            let glob = waiver.file.as_ref();
            glob.is_none_or(|(_, glob)| glob.is_match(file.path_of(source)))
        };
        let is_long = |at: &usize| {
            let waiver = self.entries[*at].waiver;
            let days = between(waiver.issued.0, waiver.until.0);
            limit.is_some_and(|limit| days > i64::from(limit))
        };
        let (too_long, holding) = all.iter().copied().filter(fits).partition(is_long);
        Fitting {
            too_long,
            told: 0,
            holding,
        }
    }
}

/// The waivers of all files, with what has become of each.
pub(crate) struct Ledger<'j> {
    judged: &'j Judged<'j>,
    /// What became of those that were asked.
    fates: HashMap<usize, Fate>,
    /// By the name of a file, what each list of waivers does there for findings of a severity.
    fitting: HashMap<String, HashMap<(usize, Severity), Fitting>>,
}

#[derive(Default)]
struct Fate {
    used: bool,
    /// The findings that it names and that cannot be set aside.
    firm: Firm,
    too_long: Option<Severity>,
}

/// The waivers of a list that speak of a file, in their order.
struct Fitting {
    /// Those that hold for too long.
    too_long: Vec<usize>,
    /// How many of these have been told so.
    told: usize,
    /// The others.
    holding: Vec<usize>,
}

impl Ledger<'_> {
    /// Sets a finding aside, if a waiver covers it.
    pub(crate) fn cover(&mut self, found: &Diagnostic, terms: &Terms) -> Option<Suppressed> {
        let source = &found.labels.first()?.source;
        let lists = self.speaking_of(found);
        if lists.is_empty() {
            return None;
        }
        let Self {
            judged,
            fates,
            fitting,
        } = self;
        if !fitting.contains_key(source.name()) {
            fitting.insert(source.name().to_owned(), HashMap::new());
        }
        let here = fitting.get_mut(source.name())?;
        for list in &lists {
            here.entry((*list, found.severity))
                .or_insert_with(|| judged.fitting(&judged.lists[*list], found, source, terms));
        }
        let first = lists.iter().filter_map(|list| {
            let fitting = here.get(&(*list, found.severity))?;
            fitting.holding.first().copied()
        });
        let covering = first.min().filter(|_| !is_firm(found));
        for list in &lists {
            let Some(list) = here.get_mut(&(*list, found.severity)) else {
                continue;
            };
            let untold = &list.too_long[list.told..];
            let before = |at: &&usize| covering.is_none_or(|covering| **at < covering);
            for at in untold.iter().take_while(before) {
                work::count(1);
                let fate = fates.entry(*at).or_default();
                fate.too_long = fate.too_long.max(Some(found.severity));
                list.told += 1;
            }
            if is_firm(found) {
                for at in &list.holding {
                    fates.entry(*at).or_default().firm.add(found);
                }
            }
        }
        let covering = covering?;
        fates.entry(covering).or_default().used = true;
        let Entry { file, waiver, .. } = &judged.entries[covering];
        Some(Suppressed {
            diagnostic: found.clone(),
            means: Means::Waiver,
            reason: Some(waiver.reason.0.clone()),
            until: Some(waiver.until.0),
            place: file.label(waiver.rule.1),
        })
    }

    /// The lists of waivers of the rule of a finding whose document and path fit it.
    fn speaking_of(&self, found: &Diagnostic) -> Vec<usize> {
        let key = found.key.as_deref();
        let document = key.map(|key| key.document.as_str());
        let own = document.and_then(|document| document.split_once('/'));
        let documents = BTreeSet::from([None, document, own.map(|(_, own)| own)]);
        let path = key.map(|key| key.path.as_str());
        let ends = path.into_iter().flat_map(|path| {
            let steps = path.match_indices(['.', '[']).map(|(end, _)| end);
            steps.chain([path.len()]).filter_map(|end| path.get(..end))
        });
        let paths: Vec<Option<&str>> = ends.map(Some).chain([None]).collect();
        let places = documents
            .iter()
            .flat_map(|document| paths.iter().map(move |path| (*document, *path)));
        let by_place = &self.judged.by_place;
        places
            .filter_map(|(document, path)| by_place.get(&(&*found.rule, document, path)).copied())
            .collect()
    }

    /// Adds what is to be said of the waivers.
    pub(crate) fn say(mut self, report: &mut Report, terms: &Terms, is_complete: bool) {
        let seen = Run::of(report, is_complete);
        report.diagnostics.extend(self.judged.unknown.clone());
        for (at, entry) in self.judged.entries.iter().enumerate() {
            if !entry.faults.is_empty() {
                report.diagnostics.extend(entry.faults.iter().cloned());
                continue;
            }
            let fate = self.fates.remove(&at).unwrap_or_default();
            let (file, waiver) = (entry.file, entry.waiver);
            let until = file.label(waiver.until.1);
            let (id, at_rule) = (&waiver.rule.0, file.label(waiver.rule.1));
            let firm = fate.firm.said("waiver/not-evaluated", id, at_rule);
            let is_firm = firm.is_some();
            report.diagnostics.extend(firm);
            if let Some(limit) = fate
                .too_long
                .and_then(|heavy| Some((heavy, terms.horizon.days(heavy)?)))
            {
                report.diagnostics.push(too_long(waiver, limit, until));
            } else if fate.used {
                if let Term::Soon(days) = Term::of(waiver.until.0, terms.today) {
                    report
                        .diagnostics
                        .push(expires_soon(waiver.until.0, days, until));
                }
            } else if !is_firm && seen.is_certain(waiver, terms) {
                report
                    .diagnostics
                    .push(unused(waiver, file.label(waiver.rule.1)));
            }
        }
    }
}

/// The things named by waivers that a run saw.
struct Run {
    is_complete: bool,
    /// The documents that were checked, by all that they may be called.
    checked: HashSet<String>,
    /// Rules that came to no verdict on some document, and with them the document.
    undecided: HashSet<(Option<String>, String)>,
}

impl Run {
    fn of(report: &Report, is_complete: bool) -> Self {
        let undecided = report.undecided.iter().flat_map(|(document, rule)| {
            let names = names(document).map(Some).chain([None]);
            names.map(|name| (name, rule.clone()))
        });
        Self {
            // Agencies of files that could not be read to their end are not gone.
            is_complete: is_complete && report.unread == 0,
            checked: report.checked.iter().flat_map(|one| names(one)).collect(),
            undecided: undecided.collect(),
        }
    }

    /// Returns whether it could tell that nothing is there to be waived.
    fn is_certain(&self, waiver: &Waiver, terms: &Terms) -> bool {
        let rule = &waiver.rule.0;
        let document = waiver.document.as_ref();
        let is_checked = || document.is_some_and(|document| self.checked.contains(document));
        terms.catalog.is_on(rule)
            && !self.undecided.contains(&(document.cloned(), rule.clone()))
            && (self.is_complete || (is_checked() && !terms.catalog.is_across(rule)))
    }
}

/// Returns the names that a document, `Agency/water`, may have: that, or `water`.
fn names(document: &str) -> impl Iterator<Item = String> {
    let own = document.split_once('/').map_or("", |(_, own)| own);
    [document, own].map(str::to_owned).into_iter()
}

/// What is wrong with a waiver by itself.
fn unsound(file: &Waivers, waiver: &Waiver, terms: &Terms) -> Vec<Diagnostic> {
    let (rule, at_rule) = (&waiver.rule.0, file.label(waiver.rule.1));
    let (issued, until) = (waiver.issued.0, waiver.until.0);
    let mut faults = Vec::new();
    faults.extend(terms.catalog.firm("waiver/final", rule, at_rule));
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
