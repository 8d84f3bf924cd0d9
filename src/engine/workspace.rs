//! Rules whose verdict on a document rests on other documents: keys that no two things may share,
//! wherever they stand.
//!
//! The first look at a file leaves [`Facts`]. Once all files have been seen, the few that may share a key
//! are looked at again, and compared word for word.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use bumpalo::Bump;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Label};
use crate::engine::facts::{Facts, key, suspects};
use crate::engine::faults::{reason_of, stop_of};
use crate::engine::finding::{MAX_LABELS, MOST, of_failure, of_unlisted};
use crate::engine::identity::{Identity, identify};
use crate::engine::run::Verdict;
use crate::engine::stopped::Stopped;
use crate::engine::twins::{Group, Things, gather};
use crate::engine::{Engine, Report, Tally};
use crate::error::Error;
use crate::expr::Machine;
use crate::schema::{Validation, hide, validate};
use crate::source::Source;
use crate::suppress::settle;
use crate::yaml::{self, Document};

/// Opens a source that was checked before, by its name.
pub type Reopen<'r> = dyn Fn(&str) -> Result<Arc<Source>, Error> + Sync + 'r;

/// What the second look at a file found.
#[derive(Default)]
struct Look {
    /// By the number of the rule and the key in words.
    groups: BTreeMap<(u32, String), Group>,
    /// Rules with documents on which they come to no verdict, because their message cannot be filled in.
    lost: Vec<(u32, u32)>,
    /// Rules that failed.
    failures: Vec<Diagnostic>,
    /// Rules that an error of shape keeps from a verdict.
    stopped: Stopped,
}

/// The files of a run that are checked by one engine.
pub struct Part<'e> {
    /// The engine.
    pub engine: &'e Engine,
    /// The merged reports on the files.
    pub report: Report,
}

impl Part<'_> {
    /// Adds what a second look at a file found besides groups; returns the rules, with the documents, that have
    /// no verdict after all.
    fn add(&mut self, look: &mut Look) -> Vec<(u32, u32)> {
        let report = &mut self.report;
        report.broken |= !look.failures.is_empty();
        report.diagnostics.append(&mut look.failures);
        std::mem::take(&mut look.lost)
    }

    /// Says what could not be evaluated, with what the second looks found of that, and sets aside what comments
    /// ignore.
    fn complete(&mut self, stopped: Stopped) {
        let Self { engine, report } = self;
        stopped.finish(report);
        if !report.ignores.is_empty() {
            settle(report, &engine.catalog(), engine.as_of, &engine.horizon);
        }
        report.sort();
    }
}

/// Completes the reports on sources that were checked one by one with [`Engine::check_part`]: finds what stands in
/// several places of them and must not, and sets aside what comments ignore. The engines must have one numbering
/// ([`Engine::number`]), and each source a name of its own; those in which something is found are opened once more.
///
/// Returns why a source could not be looked at again; its rules keep the verdicts that they had.
pub fn check_across(parts: &mut [Part<'_>], reopen: &Reopen<'_>) -> Vec<Error> {
    let (owners, facts) = take_facts(parts);
    let suspects = suspects(&facts);
    let looks: Vec<Result<Look, Error>> = suspects
        .par_iter()
        .map(|(file, keys)| {
            let engine = parts[owners[*file]].engine;
            engine.look_again(&facts[*file], keys, reopen)
        })
        .collect();
    let mut errors = Vec::new();
    let mut changes = BTreeMap::new();
    let mut stopped: Vec<Stopped> = parts.iter().map(|_| Stopped::default()).collect();
    let mut joint: BTreeMap<(u32, String), Vec<(usize, Group)>> = BTreeMap::new();
    for ((file, _), look) in suspects.iter().zip(looks) {
        let mut look = match look {
            Ok(look) => look,
            Err(error) => {
                errors.push(error);
                continue;
            }
        };
        let part = owners[*file];
        let lost = parts[part].add(&mut look).into_iter();
        stopped[part].merge(look.stopped);
        let lost = lost.map(|(rule, document)| (*file, rule, document));
        changes.extend(lost.map(|place| (place, Verdict::NotEvaluated)));
        for (key, group) in look.groups {
            joint.entry(key).or_default().push((*file, group));
        }
    }
    let mut listed = Listed::default();
    for ((rule, _), groups) in joint {
        let Some(findings) = findings(&groups) else {
            continue;
        };
        for (file, found) in findings {
            listed.add(file, found, &mut parts[owners[file]].report);
        }
        for (file, group) in &groups {
            for document in &group.documents {
                let change = changes.entry((*file, rule, *document));
                change.or_insert(Verdict::Found);
            }
        }
    }
    listed.count_unlisted(parts, &owners);
    for ((file, rule, document), verdict) in changes {
        let was_blocked = facts[file].was_blocked(rule, document);
        revise(&mut parts[owners[file]].report.tally, was_blocked, verdict);
    }
    for (part, stopped) in parts.iter_mut().zip(stopped) {
        part.complete(stopped);
    }
    errors
}

/// Takes the facts out of the reports, sorted by the names of the files, each with the place of its part.
fn take_facts(parts: &mut [Part<'_>]) -> (Vec<usize>, Vec<Facts>) {
    let numbered = parts.iter_mut().enumerate();
    let mut owned: Vec<(usize, Facts)> = numbered
        .flat_map(|(place, part)| {
            let facts = std::mem::take(&mut part.report.facts);
            facts.into_iter().map(move |facts| (place, facts))
        })
        .collect();
    owned.sort_by(|a, b| a.1.name.cmp(&b.1.name));
    owned.into_iter().unzip()
}

impl Engine {
    /// Completes a report on sources that were checked by this engine alone, as [`check_across`] does.
    pub fn check_workspace(&self, report: &mut Report, reopen: &Reopen<'_>) -> Vec<Error> {
        let mut parts = [Part {
            engine: self,
            report: std::mem::take(report),
        }];
        let errors = check_across(&mut parts, reopen);
        let [part] = parts;
        *report = part.report;
        errors
    }

    /// Looks at the keys of a file that others may have as well.
    fn look_again(
        &self,
        facts: &Facts,
        suspects: &[u64],
        reopen: &Reopen<'_>,
    ) -> Result<Look, Error> {
        let rules = facts.rules(suspects);
        let source = reopen(&facts.name)?;
        let mut again = Facts::new(&facts.name);
        let mut look = Look::default();
        let mut secrets = Vec::new();
        for (number, document) in (0..).zip(&yaml::parse(&source).documents) {
            let Identity::Ours(kind) = identify(document, &self.kinds) else {
                continue;
            };
            let of_kind = |rule: &&u32| self.across.get(rule).is_some_and(|at| at.0 == kind);
            let mut own = rules.iter().filter(of_kind).peekable();
            if own.peek().is_none() {
                continue;
            }
            let shapes = &self.kinds[kind].shapes;
            let validation = validate(document, document.root(), shapes, shapes.root());
            for rule in own {
                let place = (*rule, number);
                look.take(self, place, (document, &validation), (suspects, &mut again));
            }
            secrets.extend(validation.secrets);
        }
        if !facts.agree(&again, &rules) {
            let path = facts.name.clone();
            return Err(Error::Changed { path });
        }
        let mut found: Vec<Diagnostic> = look
            .groups
            .values()
            .map(|group| group.found.clone())
            .collect();
        hide(&mut found, &source, &secrets);
        for (group, found) in look.groups.values_mut().zip(found) {
            group.found = found;
        }
        look.stopped.hide(&source, &secrets);
        Ok(look)
    }
}

impl Look {
    /// Looks at the keys of one rule in one document, which have numbers.
    fn take(
        &mut self,
        engine: &Engine,
        (number, document): (u32, u32),
        (doc, validation): (&Document, &Validation),
        (suspects, again): (&[u64], &mut Facts),
    ) {
        let Some(&(kind, place)) = engine.across.get(&number) else {
            return;
        };
        let chapter = &engine.chapters[kind];
        let entry = &chapter.entries[place];
        let rule = &entry.tuned.rule;
        let Some(unique) = rule.unique() else {
            return;
        };
        let active = engine.scopes.active_for(doc.source());
        let here = active.map(|active| entry.tuned.within(&active));
        let tuning = here.as_ref().unwrap_or(&entry.tuned.general);
        let bump = Bump::new();
        let today = engine.as_of.to_timestamp();
        let mut machine = Machine::new(doc, validation, today, &bump);
        let mut verdicts = vec![None; chapter.conditions.len()];
        let outcome = entry.judge((chapter, tuning), &mut verdicts, &mut machine);
        again.add((number, document), &outcome);
        let mut keys = outcome.keys;
        keys.retain(|keyed| suspects.binary_search(&key(number, &keyed.words)).is_ok());
        for twins in gather(keys) {
            let group = self.groups.entry((number, twins.words.clone()));
            let group = group.or_insert_with(|| Group::new(rule));
            if let Err(fault) = group.add(&twins, (rule, unique), &mut machine) {
                self.lost.push((number, document));
                if let Some(stop) = stop_of(fault) {
                    let place = (document, doc);
                    self.stopped.take((rule, stop), place, validation);
                }
                if let Some((node, reason)) = reason_of(&machine, fault) {
                    let failure = of_failure(rule, doc, node, reason);
                    self.failures.push(failure);
                }
            } else {
                group.documents.push(document);
                entry.weigh(&mut group.found, tuning);
            }
        }
    }
}

/// The number of findings of each rule in each file, with the first of those that are only counted.
#[derive(Default)]
struct Listed(BTreeMap<(String, usize), (usize, Option<Diagnostic>)>);

impl Listed {
    /// Adds a finding in a file to its report, as long as there are not too many of its rule in the file.
    fn add(&mut self, file: usize, found: Diagnostic, report: &mut Report) {
        let (count, first) = self.0.entry((found.rule.clone(), file)).or_default();
        *count += 1;
        if *count <= MOST {
            report.diagnostics.push(found);
        } else {
            first.get_or_insert(found);
        }
    }

    /// Says how many there are besides, in the reports of the parts that own the files.
    fn count_unlisted(self, parts: &mut [Part<'_>], owners: &[usize]) {
        for ((rule, file), (count, first)) in self.0 {
            let report = &mut parts[owners[file]].report;
            let Some(Diagnostic {
                mut labels,
                severity,
                in_force_from,
                ..
            }) = first
            else {
                continue;
            };
            labels.truncate(1);
            for place in labels {
                let more = of_unlisted(
                    &rule,
                    count - MOST,
                    Label {
                        text: None,
                        ..place
                    },
                );
                report.diagnostics.push(Diagnostic {
                    in_force_from,
                    ..more.with_severity(severity)
                });
            }
            report.count_unlisted(&rule, count - MOST);
        }
    }
}

/// The findings on one key, one for each file; none if a single thing has it after all.
fn findings(groups: &[(usize, Group)]) -> Option<Vec<(usize, Diagnostic)>> {
    let mut things = Things::default();
    for (_, group) in groups {
        things.add_all(&group.things);
    }
    if things.len() < 2 {
        return None;
    }
    let shown = shown(groups);
    let finding = |(file, group): &(usize, Group)| {
        let is_elsewhere = |(other, name, _): &&(usize, Option<&String>, &Label)| {
            other != file && !group.things.holds(*name)
        };
        let elsewhere = shown.iter().filter(is_elsewhere);
        let elsewhere: Vec<Label> = elsewhere.map(|(.., label)| (*label).clone()).collect();
        (*file, group.finding(&elsewhere, things.len()))
    };
    let seen = groups
        .iter()
        .filter(|(_, group)| !group.found.labels.is_empty());
    Some(seen.map(finding).collect())
}

/// The first few things, each where it stands first: enough for every file to show some of the others.
fn shown(groups: &[(usize, Group)]) -> Vec<(usize, Option<&String>, &Label)> {
    let mut names = HashSet::new();
    groups
        .iter()
        .flat_map(|(file, group)| {
            let places = group.first.iter().zip(&group.found.labels);
            places.map(move |(name, label)| (*file, name.as_ref(), label))
        })
        .filter(|(_, name, _)| name.is_none_or(|name| names.insert(name)))
        .take((MAX_LABELS + 1) * MAX_LABELS)
        .collect()
}

/// Puts another verdict in the place of the one that a rule had come to on a document by itself.
fn revise(tally: &mut Tally, was_blocked: bool, verdict: Verdict) {
    let was = if was_blocked {
        &mut tally.not_evaluated
    } else {
        &mut tally.held
    };
    *was = was.saturating_sub(1);
    *match verdict {
        Verdict::NotEvaluated => &mut tally.not_evaluated,
        _ => &mut tally.found,
    } += 1;
}
