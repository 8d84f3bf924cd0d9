//! Which findings the entries of a baseline cover, and which entries hold more than is found.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Baseline, Entry, Known, found};
use crate::diagnostic::{Diagnostic, Key, Label, Severity};
use crate::engine::{Means, Report, Suppressed};
use crate::suppress::Catalog;
use crate::suppress::catalog::Unknown;
use crate::suppress::firm::{Firm, is_firm};
use crate::text;
use crate::work;

/// The code of the finding on a name in a baseline that matches no rule.
const UNKNOWN: &str = "baseline/unknown-rule";

impl Baseline {
    /// Judges each entry by itself. Entries that are not sound give nothing.
    pub(in crate::suppress) fn judge(&self, catalog: &Catalog) -> Judged<'_> {
        let mut judged = Judged {
            baseline: self,
            sound: BTreeMap::new(),
            faults: Vec::new(),
        };
        let mut seen: BTreeMap<&Known, Label> = BTreeMap::new();
        let mut unknown = Unknown::default();
        for (place, entry) in self.entries.iter().enumerate() {
            work::count(1);
            let known = &entry.known;
            let label = Label::new(&self.source, entry.span);
            if !catalog.is_known(&known.rule) {
                let tell = || catalog.unknown(UNKNOWN, &known.rule, label.clone());
                judged.faults.extend(unknown.tell(tell, &label));
            } else if let Some(fault) = catalog.firm("baseline/final", &known.rule, label.clone()) {
                judged.faults.push(fault);
            } else if let Some(first) = seen.get(known) {
                judged.faults.push(duplicate(label, first.clone()));
            } else {
                seen.insert(known, label);
                let group = [&*known.rule, &*known.document, &*known.digest];
                judged.sound.entry(group).or_default().push(place);
            }
        }
        judged.faults.extend(unknown.rest(UNKNOWN));
        for places in judged.sound.values_mut() {
            places.sort_by_key(|place| {
                let elements = &self.entries[*place].known.elements;
                (elements.len(), elements)
            });
        }
        judged
    }
}

/// The entries of a baseline, whatever is found.
pub(in crate::suppress) struct Judged<'b> {
    baseline: &'b Baseline,
    /// By rule, document and digest, the places of the sound entries, those with the fewest elements first.
    sound: BTreeMap<[&'b str; 3], Vec<usize>>,
    faults: Vec<Diagnostic>,
}

impl Judged<'_> {
    /// What each entry has to give, of which nothing is given yet.
    pub(in crate::suppress) fn tally(&self) -> Tally<'_> {
        Tally {
            baseline: self.baseline,
            judged: self,
            covered: BTreeMap::new(),
            grown: BTreeMap::new(),
            firm: BTreeMap::new(),
        }
    }
}

/// The entries of a baseline, with what they cover so far.
pub(in crate::suppress) struct Tally<'j> {
    baseline: &'j Baseline,
    judged: &'j Judged<'j>,
    /// By the place of an entry, the findings that it covers.
    covered: BTreeMap<usize, Vec<Key>>,
    /// By the place of an entry, the findings that hold a part of it and something new.
    grown: BTreeMap<usize, Vec<Key>>,
    /// By the place of an entry, what it holds and cannot be set aside.
    firm: BTreeMap<usize, Firm>,
}

impl Tally<'_> {
    /// Sets a finding aside, if an entry is left that holds all its elements: the one with the fewest others.
    pub(in crate::suppress) fn cover(&mut self, found: &Diagnostic) -> Option<Suppressed> {
        let key = found.key.as_deref()?;
        let entries = &self.baseline.entries;
        let group = [&*found.rule, &*key.document, &*key.digest];
        let places = self.judged.sound.get(&group)?.iter().copied();
        let mut open = places.filter(|place| self.left(*place) > 0);
        let Some(place) = open
            .clone()
            .find(|place| entries[*place].known.holds(&key.elements))
        else {
            // What it has grown from is still there, and must not be taken out.
            let grown = open.find(|place| entries[*place].known.shares(&key.elements));
            self.grown.entry(grown?).or_default().push(key.clone());
            return None;
        };
        if is_firm(found) {
            self.firm.entry(place).or_default().add(found);
            return None;
        }
        self.covered.entry(place).or_default().push(key.clone());
        Some(Suppressed {
            diagnostic: found.clone(),
            means: Means::Baseline,
            reason: None,
            until: None,
            place: Label::new(&self.baseline.source, entries[place].span),
        })
    }

    /// How many findings an entry still has to give.
    fn left(&self, place: usize) -> usize {
        self.baseline.entries[place].count as usize - self.covered(place).len()
    }

    /// How many of the findings of an entry are no longer there.
    fn gone(&self, place: usize) -> usize {
        let grown = self.grown.get(&place).map_or(0, Vec::len);
        self.left(place).saturating_sub(grown)
    }

    /// The findings that an entry covers.
    pub(super) fn covered(&self, place: usize) -> &[Key] {
        self.covered.get(&place).map_or(&[], Vec::as_slice)
    }

    /// The places of the sound entries.
    pub(super) fn sound(&self) -> BTreeSet<usize> {
        self.judged.sound.values().flatten().copied().collect()
    }

    /// The places of entries of which fewer findings are there than they hold, with how many fewer, and of those
    /// that cover findings with fewer elements than they hold.
    pub(super) fn excess(
        &self,
        report: &Report,
        catalog: &Catalog,
        is_complete: bool,
    ) -> (BTreeMap<usize, usize>, BTreeSet<usize>) {
        // Agencies of files that could not be read to their end are not gone.
        let is_complete = is_complete && report.unread == 0;
        let is_certain = |Known { rule, document, .. }: &Known| {
            let pair = (document.clone(), rule.clone());
            catalog.is_on(rule)
                && !report.undecided.contains(&pair)
                && (is_complete || (report.checked.contains(document) && !catalog.is_across(rule)))
        };
        let entries = &self.baseline.entries;
        let mut certain = self.sound();
        certain.retain(|place| is_certain(&entries[*place].known));
        let stale = certain.iter().map(|place| (*place, self.gone(*place)));
        let stale = stale.filter(|(_, gone)| *gone > 0).collect();
        certain.retain(|place| self.is_smaller(*place));
        (stale, certain)
    }

    fn is_smaller(&self, place: usize) -> bool {
        let held = self.baseline.entries[place].known.elements.len();
        let mut covered = self.covered(place).iter();
        covered.any(|key| key.elements.len() < held)
    }

    /// Adds what is to be said of the entries.
    pub(in crate::suppress) fn say(
        self,
        report: &mut Report,
        catalog: &Catalog,
        is_complete: bool,
    ) {
        let (stale, smaller) = self.excess(report, catalog, is_complete);
        let entry = |place: usize| {
            let entry = &self.baseline.entries[place];
            (entry, Label::new(&self.baseline.source, entry.span))
        };
        let mut grown: HashMap<(&str, &Key), BTreeSet<usize>> = HashMap::new();
        for (place, keys) in &self.grown {
            let rule = entry(*place).0.known.rule.as_str();
            for key in keys {
                grown.entry((rule, key)).or_default().insert(*place);
            }
        }
        for found in &mut report.diagnostics {
            let key = found.key.as_deref();
            let places = key.and_then(|key| grown.get(&(found.rule.as_str(), key)));
            for place in places.into_iter().flatten() {
                let said = text!("the baseline holds a part of it", "جزء منها في خط الأساس");
                found.labels.push(entry(*place).1.with_text(said));
            }
        }
        for (place, firm) in &self.firm {
            let (entry, label) = entry(*place);
            let said = firm.said("baseline/not-evaluated", &entry.known.rule, label);
            report.diagnostics.extend(said);
        }
        for (place, fewer) in stale {
            if self.firm.contains_key(&place) {
                continue;
            }
            report.diagnostics.push(no_longer(entry(place), fewer));
        }
        for place in smaller {
            report.diagnostics.push(partly(entry(place)));
        }
        report
            .diagnostics
            .extend(self.judged.faults.iter().cloned());
    }
}

fn no_longer((entry, label): (&Entry, Label), fewer: usize) -> Diagnostic {
    let message = if entry.count == 1 {
        text!(
            "`{rule}` no longer finds this: the baseline can shrink",
            "لم تعد القاعدة `{rule}` تجد هذه المخالفة: يمكن تقليص خط الأساس",
            rule = entry.known.rule,
        )
    } else {
        text!(
            "`{rule}` no longer finds {count} of these {held}: the baseline can shrink",
            "لم تعد القاعدة `{rule}` تجد {count} من {held} مخالفات: يمكن تقليص خط الأساس",
            rule = entry.known.rule,
            count = fewer,
            held = entry.count,
        )
    };
    can_shrink("baseline/stale", message, label).with_severity(Severity::Warning)
}

/// What is said where somebody has mended a part of a finding, which must not fail a gate.
fn partly((entry, label): (&Entry, Label)) -> Diagnostic {
    let message = text!(
        "a part of what `{rule}` found here has been mended: the baseline can shrink",
        "صُحِّح جزء مما وجدته القاعدة `{rule}` هنا: يمكن تقليص خط الأساس",
        rule = entry.known.rule,
    );
    can_shrink("baseline/partly-mended", message, label).with_severity(Severity::Note)
}

fn can_shrink(rule: &str, message: text::Text, label: Label) -> Diagnostic {
    let help = text!(
        "run `{command}`",
        "شغّل `{command}`",
        command = "spokeslint baseline --update",
    );
    found(rule, message, label, help)
}

fn duplicate(label: Label, first: Label) -> Diagnostic {
    let message = text!(
        "this finding stands in the baseline twice",
        "هذه المخالفة مكررة في خط الأساس",
    );
    let help = text!(
        "delete one of the two; several alike are one entry with a `count`",
        "احذف إحداهما؛ فالمخالفات المتماثلة مدخل واحد له `count`",
    );
    let said = text!("first listed here", "وردت أولًا هنا");
    found("baseline/duplicate", message, label, help).with_label(first.with_text(said))
}
