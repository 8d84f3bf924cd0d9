//! One text against the rules: tells which of its documents are ours, and judges each of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bumpalo::Bump;

use super::identity::{Identity, empty, identify, in_ours, not_ours};
use super::run::Verdict;
use super::{Engine, Facts, Report, controls, key, stopped};
use crate::config;
use crate::diagnostic::{Diagnostic, Label};
use crate::discover::{Cause, Unchecked};
use crate::expr::Machine;
use crate::read::save_as_utf8;
use crate::schema::{Kind, hide, hide_by_line, validate};
use crate::source::{Source, Span};
use crate::suppress::{Ignores, collect};
use crate::text;
use crate::yaml::{self, Document, Parsed};

impl Engine {
    /// Checks every document of a source by itself. `named` says that somebody named the file: then it is
    /// a fault if the file is no document of ours; a file found by walking is passed over and counted.
    pub fn check(&self, source: &Arc<Source>, named: bool) -> Report {
        let mut report = self.check_part(source, named);
        // What is at hand can always be opened, and does not change.
        self.check_workspace(&mut report, &|_| Ok(Arc::clone(source)));
        report
    }

    /// Checks a source that is one of several. The verdicts that rest on the others are still missing:
    /// [`Engine::check_workspace`] completes the merged reports.
    pub fn check_part(&self, source: &Arc<Source>, named: bool) -> Report {
        let report = self.check_text(source, named);
        let is_passed_over = report.unchecked.iter().any(|one| one.line.is_none());
        if named || !is_passed_over {
            return report;
        }
        // What is of another tool in one encoding may be ours in another.
        match self.recognizer.reading_of_ours(source) {
            Some(reading) => Report::of_unreadable(misread(source, reading)),
            None => report,
        }
    }

    /// Checks the text of a source as it was decoded.
    fn check_text(&self, source: &Arc<Source>, named: bool) -> Report {
        let name = source.name();
        let foreign = if !named && config::is_named(name) {
            Cause::Settings
        } else {
            Cause::NotOurs
        };
        if !named && !self.recognizer.may_hold(source.text()) {
            return Report::of_unchecked(name, foreign);
        }
        let parsed = yaml::parse(source);
        if parsed.is_cut {
            return self.check_cut(source, parsed, named);
        }
        self.check_whole(source, parsed, (named, foreign))
    }

    /// The report on bytes that are no text: an error, unless the file was found by walking and nothing in it looks
    /// like a document of ours.
    pub fn unreadable(&self, diagnostic: Diagnostic, named: bool) -> Report {
        let name = diagnostic.labels.first().map(|label| label.source.name());
        match name {
            Some(name) if !named && !self.recognizer.may_hold_unread(&diagnostic) => {
                Report::of_unchecked(name, Cause::Encoding)
            }
            _ => Report::of_unreadable(diagnostic),
        }
    }

    /// The report on a text that cannot be parsed to its end: what is wrong with it, and nothing of the documents
    /// before, since nobody knows what the rest would change.
    fn check_cut(&self, source: &Arc<Source>, parsed: Parsed, named: bool) -> Report {
        let is_ours = |document| {
            !matches!(
                identify(document, &self.kinds),
                Identity::Foreign | Identity::Empty
            )
        };
        let may_be_ours =
            || parsed.documents.iter().any(is_ours) || self.recognizer.may_be_ours(source.text());
        if !named && !may_be_ours() {
            return Report::of_unchecked(source.name(), Cause::NotOurs);
        }
        let mut unread = parsed.diagnostics;
        hide_by_line(&mut unread, source);
        let mut report = Report {
            diagnostics: unread,
            files: 1,
            unread: 1,
            rules: self.rule_count,
            ..Report::default()
        };
        report.sort();
        report
    }

    /// Checks every document of a text that parses to its end.
    fn check_whole(
        &self,
        source: &Arc<Source>,
        parsed: Parsed,
        (named, foreign): (bool, Cause),
    ) -> Report {
        let mut report = Report {
            files: 1,
            rules: self.rule_count,
            ..Report::default()
        };
        let broken = !parsed.diagnostics.is_empty();
        let mut others = Vec::new();
        let mut blank = 0;
        let mut lenient = 0;
        let mut secrets = Vec::new();
        let mut unread = parsed.diagnostics;
        let mut facts = Facts::new(source.name());
        let mut ignores = Ignores::new(source, !broken);
        for (number, document) in (0..).zip(&parsed.documents) {
            match identify(document, &self.kinds) {
                Identity::Ours(kind) => {
                    let by = (number, &mut facts, &mut ignores);
                    let (judged, hidden) = self.judge(document, kind, by);
                    report.merge(judged);
                    secrets.extend(hidden);
                    unread.extend(in_ours(document, &self.kinds));
                }
                Identity::Lenient(diagnostic) => {
                    lenient += 1;
                    report.diagnostics.push(*diagnostic);
                }
                Identity::Unusable(diagnostic) => unread.push(*diagnostic),
                // What it would be without its mistakes nobody knows.
                Identity::Foreign if named && !broken => unread.push(not_ours(document)),
                Identity::Foreign => others.push(document),
                Identity::Empty => blank += 1,
            }
        }
        if !named && others.len() + blank == parsed.documents.len() {
            if unread.is_empty() || !self.recognizer.may_be_ours(source.text()) {
                return Report::of_unchecked(source.name(), foreign);
            }
            let flawed = Parsed {
                diagnostics: unread,
                ..Parsed::default()
            };
            return self.check_cut(source, flawed, true);
        }
        if !named {
            let others = others.into_iter().map(not_checked);
            report.unchecked.extend(others);
        }
        report.diagnostics.extend(ignores.rest());
        hide_by_line(&mut unread, source);
        report.diagnostics.extend(unread);
        if blank == parsed.documents.len() && !broken && named {
            report.diagnostics.push(empty(source));
        }
        if named || report.documents + lenient > 0 {
            report.diagnostics.extend(controls::turned(source));
        }
        hide_everywhere(&mut report, source, &secrets);
        keep(&mut report, facts, ignores, &secrets);
        report.sort();
        report
    }

    /// Holds a document of a kind against its shape and the rules; returns where its secrets stand as
    /// well. The rules for other kinds do not apply to it.
    fn judge(
        &self,
        document: &Document,
        kind: usize,
        (number, facts, ignores): (u32, &mut Facts, &mut Ignores),
    ) -> (Report, Vec<Span>) {
        let (Kind { name, shapes, .. }, chapter) = (&*self.kinds[kind], &self.chapters[kind]);
        let mut validation = validate(document, document.root(), shapes, shapes.root());
        let called = key::document(document);
        let mut report = Report {
            documents: 1,
            kinds: BTreeMap::from([(name.clone(), 1)]),
            checked: BTreeSet::from([called.clone()]),
            rules: self.rule_count,
            ..Report::default()
        };
        report.tally.not_applicable = self.rule_count - chapter.entries.len();
        let today = self.as_of.to_timestamp();
        let mut bump = Bump::new();
        let mut indexes = None;
        let mut verdicts = vec![None; chapter.conditions.len()];
        let mut stopped = Vec::new();
        let active = self.scopes.active_for(document.source());
        let here = chapter.within(active.as_deref());
        for (place, entry) in chapter.entries.iter().enumerate() {
            let tuning = here
                .as_ref()
                .map_or(&entry.tuned.general, |here| &here[place]);
            if !tuning.is_on {
                report.tally.not_applicable += 1;
                let pair = (called.clone(), entry.tuned.rule.id.clone());
                report.undecided.insert(pair);
                continue;
            }
            bump.reset();
            let mut machine = Machine::new(document, &validation, today, &bump);
            machine.terms = &self.terms;
            machine.indexes = indexes;
            let outcome = entry.judge((chapter, tuning), &mut verdicts, &mut machine);
            indexes = machine.indexes;
            if let Some(across) = entry.across {
                facts.add((across, number), &outcome);
            }
            report.diagnostics.extend(outcome.diagnostics);
            report.count_unlisted(&entry.tuned.rule.id, outcome.unlisted);
            report.broken |= outcome.broken;
            if !outcome.stops.is_empty() || outcome.verdict == Verdict::NotEvaluated {
                stopped.push((&entry.tuned.rule, outcome.stops));
            }
            *match outcome.verdict {
                Verdict::Held => &mut report.tally.held,
                Verdict::Found => &mut report.tally.found,
                Verdict::NotApplicable => &mut report.tally.not_applicable,
                Verdict::NotEvaluated => &mut report.tally.not_evaluated,
            } += 1;
        }
        for (rule, stops) in stopped {
            let stops = (rule, &*stops);
            stopped::tell(stops, (number, document), &mut validation, &mut report);
        }
        key::of_shapes(document, shapes, &mut validation);
        report.diagnostics.extend(validation.diagnostics);
        let wrong = collect(document, number == 0, &|| self.catalog(), ignores);
        report.diagnostics.extend(wrong);
        (report, validation.secrets)
    }
}

/// The finding for a file whose text is not ours, while its bytes are in another encoding.
fn misread(source: &Source, reading: String) -> Diagnostic {
    let message = text!(
        "the file looks like a spokeslint document, but its encoding cannot be told for sure",
        "يبدو الملف مستند spokeslint، لكن تعذّر التحقق من ترميزه",
    );
    let label = Label::new(&Arc::new(source.with_text(reading)), Span::default());
    Diagnostic::error("yaml/encoding", message)
        .with_label(label)
        .with_help(save_as_utf8())
}

/// A document of another tool in a file with ours.
fn not_checked(document: &Document) -> Unchecked {
    let source = document.source();
    Unchecked {
        name: source.name().to_owned(),
        line: Some(source.line(document.span(document.root()).start)),
        cause: Cause::NotOurs,
    }
}

/// Lets no snippet show what looks like a secret, whatever its finding is about.
fn hide_everywhere(report: &mut Report, source: &Source, secrets: &[Span]) {
    hide(&mut report.diagnostics, source, secrets);
    for one in &mut report.unjudged {
        one.hide(source, secrets);
    }
}

/// Keeps in a report what the end of the run needs of a file.
fn keep(report: &mut Report, mut facts: Facts, mut ignores: Ignores, secrets: &[Span]) {
    if !facts.is_empty() {
        facts.shrink();
        report.facts.push(facts);
    }
    if !ignores.is_empty() {
        let undecided = report.undecided.iter();
        ignores.undecided = undecided.map(|(_, rule)| rule.clone()).collect();
        ignores.hide(secrets);
        report.ignores.push(ignores);
    }
}
