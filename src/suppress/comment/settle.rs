//! Sets aside what comments ignore, and says of each comment what is to be said of it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::Ignores;
use super::read::Ignore;
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::{Means, Report, Suppressed};
use crate::source::Span;
use crate::suppress::days::{
    COMMENT, Term, after, between, count, has_run_out, is_too_long, mend_by_then, runs_out, weight,
};
use crate::suppress::firm::{Firm, is_firm};
use crate::suppress::leniency as lenient;
use crate::suppress::{Catalog, Horizon};
use crate::text;
use crate::work;

/// The code of the finding on a comment that names an error that keeps a rule from being evaluated.
const FIRM: &str = "suppression/not-evaluated";

/// Sets aside what the comments ignore that the report brought along, and adds what is wrong with them.
pub(crate) fn settle(report: &mut Report, catalog: &Catalog, today: Date, horizon: &Horizon) {
    let files = std::mem::take(&mut report.ignores);
    let terms = Terms {
        catalog,
        today,
        horizon,
    };
    let mut sheets = set_aside(&files, report, &terms);
    for file in &files {
        if let Some(sheet) = sheets.remove(file.source.name()) {
            sheet.say(&terms, &mut report.diagnostics);
        }
    }
}

/// Only sets aside what the comments ignore, for the findings of one file on the way.
pub(crate) fn cover(report: &mut Report, terms: &lenient::Terms) {
    let files = std::mem::take(&mut report.ignores);
    let terms = Terms {
        catalog: &terms.catalog,
        today: terms.today,
        horizon: &terms.horizon,
    };
    set_aside(&files, report, &terms);
}

/// Moves the findings that the comments of some files ignore; returns what has become of these.
fn set_aside<'f>(
    files: &'f [Ignores],
    report: &mut Report,
    terms: &Terms<'_>,
) -> HashMap<&'f str, Sheet<'f>> {
    let mut sheets: HashMap<&str, Sheet<'_>> = files
        .iter()
        .map(|file| (file.source.name(), Sheet::new(file, terms)))
        .collect();
    if sheets.is_empty() {
        return sheets;
    }
    for found in std::mem::take(&mut report.diagnostics) {
        let place = found.labels.first();
        let name = place.map_or("", |label| label.source.name());
        let by = sheets
            .get_mut(name)
            .and_then(|sheet| sheet.cover(&found, terms));
        match by {
            Some(by) => report.suppressed.push(Suppressed {
                diagnostic: found,
                ..by
            }),
            None => report.diagnostics.push(found),
        }
    }
    sheets
}

/// What decides whether a comment holds.
struct Terms<'t> {
    catalog: &'t Catalog,
    today: Date,
    horizon: &'t Horizon,
}

/// The comments of a file, by the places that they speak of.
struct Sheet<'f> {
    file: &'f Ignores,
    /// Places, from outside to inside and from top to bottom.
    places: Vec<Place<'f>>,
    /// What became of each comment.
    fates: Vec<Fate>,
}

struct Place<'f> {
    span: Span,
    /// The place that it lies in.
    outer: Option<usize>,
    /// By the id of a rule, the comments that name it.
    ignores: BTreeMap<&'f str, Named>,
}

/// The comments at a place that name a rule.
#[derive(Default)]
struct Named {
    /// The comments, with the place of the rule among those that each names.
    comments: Vec<(usize, usize)>,
    /// By severity, how many of them set nothing of that weight aside, so that they need not be asked again.
    passed: [usize; 3],
}

/// What became of a comment.
#[derive(Clone, Default)]
struct Fate {
    /// By the place of an id in it: whether it was needed.
    used: Vec<bool>,
    /// The same, of what is there and cannot be set aside.
    firm: BTreeMap<usize, Firm>,
    /// The weight of something that it would set aside for too long, or without an end where there has to be one.
    too_long: Option<Severity>,
    /// Whether something is there that it would set aside if it had not run out.
    is_missed: bool,
}

impl<'f> Sheet<'f> {
    fn new(file: &'f Ignores, terms: &Terms<'_>) -> Self {
        let mut order: Vec<usize> = (0..file.list.len()).collect();
        order.sort_by_key(|at| (file.list[*at].1.start, Reverse(file.list[*at].1.end)));
        let mut places: Vec<Place<'f>> = Vec::new();
        for at in order {
            let (ignore, span) = &file.list[at];
            if places.last().is_none_or(|last| last.span != *span) {
                let mut outer = places.len().checked_sub(1);
                while let Some(above) = outer.filter(|above| !places[*above].span.contains(*span)) {
                    outer = places[above].outer;
                }
                places.push(Place {
                    span: *span,
                    outer,
                    ignores: BTreeMap::new(),
                });
            }
            let Some(place) = places.last_mut() else {
                continue;
            };
            for (number, (id, _)) in ignore.rules.iter().enumerate() {
                // What is final cannot be set aside.
                if terms.catalog.finality(id).is_none() {
                    let named = place.ignores.entry(id).or_default();
                    if named.comments.last().is_none_or(|(last, _)| *last != at) {
                        named.comments.push((at, number));
                    }
                }
            }
        }
        let fates = file.list.iter().map(|(ignore, _)| Fate {
            used: vec![false; ignore.rules.len()],
            ..Fate::default()
        });
        Self {
            fates: fates.collect(),
            file,
            places,
        }
    }

    /// The comment that sets a finding aside: that with the narrowest place of those that hold.
    fn cover(&mut self, found: &Diagnostic, terms: &Terms<'_>) -> Option<Suppressed> {
        let span = found.labels.first()?.span;
        let behind = self
            .places
            .partition_point(|place| place.span.start <= span.start);
        let mut next = behind.checked_sub(1);
        while let Some(place) = next.map(|at| &mut self.places[at]) {
            next = place.outer;
            if !place.span.contains(span) {
                continue;
            }
            let Some(named) = place.ignores.get_mut(found.rule.as_str()) else {
                continue;
            };
            let passed = &mut named.passed[found.severity as usize];
            for (at, number) in named.comments.get(*passed..).unwrap_or_default() {
                let ignore = &self.file.list[*at].0;
                let fate = &mut self.fates[*at];
                work::count(1);
                if fate.takes(ignore, found.severity, terms) {
                    if is_firm(found) {
                        fate.firm.entry(*number).or_default().add(found);
                        return None;
                    }
                    if let Some(used) = fate.used.get_mut(*number) {
                        *used = true;
                    }
                    return Some(Suppressed {
                        diagnostic: found.clone(),
                        means: Means::Comment,
                        reason: Some(ignore.reason.clone()),
                        until: ignore.until.map(|(day, _)| day),
                        place: self.file.label(ignore.span),
                    });
                }
                *passed += 1;
            }
        }
        None
    }

    /// Adds what is to be said of the comments.
    fn say(self, terms: &Terms<'_>, found: &mut Vec<Diagnostic>) {
        let file = self.file;
        for ((ignore, _), fate) in file.list.iter().zip(&self.fates) {
            for (place, (id, span)) in ignore.rules.iter().enumerate() {
                let label = file.label(*span);
                let firm = fate.firm.get(&place);
                found.extend(firm.and_then(|firm| firm.said(FIRM, id, label)));
                found.extend(
                    terms
                        .catalog
                        .firm("suppression/final", id, file.label(*span)),
                );
            }
            let term = ignore
                .until
                .map(|(until, span)| (until, span, Term::of(until, terms.today)));
            match term {
                Some((until, span, Term::Over(days))) => {
                    found.push(expired(until, days, fate.is_missed).with_label(file.label(span)));
                    continue;
                }
                Some((until, span, _)) if fate.too_long.is_some() => {
                    let too_long = fate
                        .too_long
                        .and_then(|heavy| too_long(until, heavy, terms));
                    found.extend(too_long.map(|said| said.with_label(file.label(span))));
                    continue;
                }
                Some((until, span, Term::Soon(days))) if fate.used.contains(&true) => {
                    found.push(expires_soon(until, days).with_label(file.label(span)));
                }
                None if fate.too_long.is_some() => {
                    let endless = fate.too_long.and_then(|heavy| endless(heavy, terms));
                    found.extend(endless.map(|said| said.with_label(file.label(ignore.span))));
                    continue;
                }
                _ => {}
            }
            if file.is_whole {
                found.extend(unused(file, ignore, fate, terms));
            }
        }
    }
}

impl Fate {
    /// Returns whether a comment sets findings of this weight aside.
    fn takes(&mut self, ignore: &Ignore, severity: Severity, terms: &Terms<'_>) -> bool {
        let horizon = terms.horizon;
        let days = ignore.until.map(|(until, _)| between(terms.today, until));
        if days.is_some_and(|days| days < 0) {
            self.is_missed = true;
            return false;
        }
        let is_too_long = match days {
            Some(days) => horizon
                .days(severity)
                .is_some_and(|limit| days > i64::from(limit)),
            None => horizon.days_without_end(severity).is_some(),
        };
        if is_too_long {
            self.too_long = self.too_long.max(Some(severity));
            return false;
        }
        true
    }
}

/// The ids of a comment that set nothing aside, as far as this run could tell.
fn unused<'a>(
    file: &'a Ignores,
    ignore: &'a Ignore,
    fate: &'a Fate,
    terms: &'a Terms<'_>,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let catalog = terms.catalog;
    let is_certain = |id: &str| {
        catalog.is_on(id) && catalog.finality(id).is_none() && !file.undecided.contains(id)
    };
    let ids = ignore.rules.iter().zip(&fate.used).enumerate();
    let idle = ids.filter(move |(place, ((id, _), used))| {
        !**used && !fate.firm.contains_key(place) && is_certain(id)
    });
    idle.map(|(_, ((id, span), _))| {
        let message = text!(
            "`{rule}` finds nothing here that could be set aside",
            "لم تجد القاعدة `{rule}` هنا ما يُستثنى",
            rule = id,
        );
        let (place, help) = if ignore.rules.len() == 1 {
            (ignore.span, text!("delete the comment", "احذف التعليق"))
        } else {
            let help = text!("take it out of the comment", "احذف هذا المعرّف من التعليق");
            (*span, help)
        };
        Diagnostic::error("suppression/unused", message)
            .with_severity(Severity::Warning)
            .with_label(file.label(place))
            .with_help(help)
    })
}

fn expired(until: Date, days: i64, is_missed: bool) -> Diagnostic {
    let help = if is_missed {
        text!(
            "mend what it set aside, which counts again, and delete it; where it has to go on, name a later day",
            "أصلح ما كان يستثنيه، فقد عاد محسوبًا، ثم احذف التعليق؛ فإن لزم استمراره فاذكر يومًا أبعد",
        )
    } else {
        text!(
            "nothing is found here any more: delete it",
            "لم يعد هنا ما يُستثنى: احذف التعليق",
        )
    };
    Diagnostic::error("suppression/expired", has_run_out(COMMENT, until, days))
        .with_severity(Severity::Warning)
        .with_help(help)
}

fn expires_soon(until: Date, days: i64) -> Diagnostic {
    Diagnostic::error("suppression/expires-soon", runs_out(COMMENT, until, days))
        .with_severity(Severity::Note)
        .with_help(mend_by_then())
}

fn too_long(until: Date, severity: Severity, terms: &Terms<'_>) -> Option<Diagnostic> {
    let limit = terms.horizon.days(severity)?;
    let days = between(terms.today, until);
    let message = is_too_long(COMMENT, severity, (days, limit));
    let help = text!(
        "name a day up to {last}",
        "اذكر يومًا لا يتجاوز {last}",
        last = after(terms.today, limit),
    );
    Some(Diagnostic::error("suppression/too-long", message).with_help(help))
}

/// Of a comment without a last day, where the settings demand one.
fn endless(severity: Severity, terms: &Terms<'_>) -> Option<Diagnostic> {
    let limit = terms.horizon.days_without_end(severity)?;
    let (most, what) = (count(limit.into()), weight(severity));
    let message = text!(
        "the comment has no end, and the settings allow {what_en} to be set aside for {most_en} at most",
        "ليس للتعليق يوم ينتهي فيه، والإعدادات لا تسمح بأن يستثني {what_ar} لأكثر من {most_ar}",
        what_en = what.en,
        what_ar = what.ar,
        most_en = most.en,
        most_ar = most.ar,
    );
    let help = text!(
        "write `until {last}`, or an earlier day, before `--`",
        "اكتب قبل `--` العبارة `until {last}`، أو يومًا أسبق",
        last = after(terms.today, limit),
    );
    Some(Diagnostic::error("suppression/too-long", message).with_help(help))
}
