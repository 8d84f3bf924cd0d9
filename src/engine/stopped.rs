//! Rules that an error of shape keeps from a verdict: the error learns which they are, so that nobody sets it aside;
//! and where one of them is final, that is a finding of its own.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::slice::from_mut;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Label};
use crate::engine::finding::{MAX_LABELS, label};
use crate::engine::run::Stop;
use crate::engine::{Report, key};
use crate::pack::Rule;
use crate::schema::{Validation, hide};
use crate::source::{Source, Span};
use crate::text;
use crate::text::{Text, few};
use crate::yaml::Document;

/// The code of the finding on final rules without a verdict.
const CODE: &str = "engine/final-not-evaluated";

/// A final rule without a verdict on a document, until all of these are known.
#[derive(Debug)]
pub struct Unjudged {
    /// The number of the document in its file.
    number: u32,
    rule: String,
    /// A finding without words, whose labels are the places that stop the rule and the one that calls it final.
    found: Diagnostic,
}

/// Tells the errors of a document's shape, which has a number in its file, that they keep a rule from a verdict.
pub(super) fn tell(
    (rule, stops): (&Rule, &[Stop]),
    (number, doc): (u32, &Document),
    validation: &mut Validation,
    report: &mut Report,
) {
    report
        .undecided
        .insert((key::document(doc), rule.id.clone()));
    let id: Arc<str> = Arc::from(&*rule.id);
    for stop in stops {
        let errors = &mut validation.diagnostics;
        if let Some(cause) = stop.cause.and_then(|at| errors.get_mut(at as usize)) {
            cause.stops.push(Arc::clone(&id));
        }
    }
    if let Some(stop) = stops.first() {
        let place = place(*stop, doc, validation);
        report.unjudged.extend(unjudged(rule, number, place));
    }
}

/// Returns the record of a final rule without a verdict; nothing for other rules.
fn unjudged(rule: &Rule, number: u32, place: Label) -> Option<Unjudged> {
    let finality = rule.finality.clone()?;
    let said = text!("called final here", "نُصّ هنا على أنها ملزمة");
    Some(Unjudged {
        number,
        rule: rule.id.clone(),
        found: Diagnostic::error(CODE, Text::default())
            .with_label(place)
            .with_label(finality.with_text(said)),
    })
}

/// Returns the place of the error that stops a rule, with the message of the error.
fn place(stop: Stop, doc: &Document, validation: &Validation) -> Label {
    let cause = stop
        .cause
        .and_then(|at| validation.diagnostics.get(at as usize));
    let known = cause.and_then(|cause| {
        let first = cause.labels.first()?.clone();
        Some(first.with_text(cause.message.clone()))
    });
    known.unwrap_or_else(|| {
        let said = text!("the error is here", "الخطأ هنا");
        label(doc, stop.node).with_text(said)
    })
}

/// The rules without a verdict that a second look at files finds.
#[derive(Default)]
pub(super) struct Stopped {
    /// The errors of shape, each with the one rule that it stops.
    errors: Vec<Diagnostic>,
    /// The documents, by what they are called, with the rules.
    undecided: Vec<(String, String)>,
    unjudged: Vec<Unjudged>,
}

impl Stopped {
    /// Takes down what keeps a rule from a verdict on a document, which has a number in its file.
    pub(super) fn take(
        &mut self,
        (rule, stop): (&Rule, Stop),
        (number, doc): (u32, &Document),
        validation: &Validation,
    ) {
        self.undecided.push((key::document(doc), rule.id.clone()));
        let place = place(stop, doc, validation);
        self.unjudged.extend(unjudged(rule, number, place));
        let cause = stop.cause.map(|at| at as usize);
        if let Some(cause) = cause.and_then(|at| validation.diagnostics.get(at)) {
            let mut cause = cause.clone();
            cause.stops = vec![Arc::from(&*rule.id)];
            self.errors.push(cause);
        }
    }

    pub(super) fn hide(&mut self, source: &Source, secrets: &[Span]) {
        for one in &mut self.unjudged {
            one.hide(source, secrets);
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.errors.extend(other.errors);
        self.undecided.extend(other.undecided);
        self.unjudged.extend(other.unjudged);
    }

    /// Adds all that is known to a report, and says of final rules that they have no verdict.
    pub(super) fn finish(self, report: &mut Report) {
        report.undecided.extend(self.undecided);
        report.unjudged.extend(self.unjudged);
        if !self.errors.is_empty() {
            tell_again(&self.errors, &mut report.diagnostics);
        }
        let unjudged = std::mem::take(&mut report.unjudged);
        report.diagnostics.extend(findings(unjudged));
    }
}

/// Tells findings of the rules that they keep from a verdict, as the second look found.
fn tell_again(errors: &[Diagnostic], found: &mut [Diagnostic]) {
    // Not by their words, in which a secret of another document may be blotted out.
    let place = |one: &Diagnostic| {
        let (name, span, rule, _) = one.sort_key();
        (name.to_owned(), span, rule.to_owned())
    };
    let mut rules: HashMap<_, BTreeSet<Arc<str>>> = HashMap::new();
    for one in errors {
        let known = rules.entry(place(one)).or_default();
        known.extend(one.stops.iter().cloned());
    }
    let is_of_shape = |one: &&mut Diagnostic| one.rule.starts_with("schema/");
    for one in found.iter_mut().filter(is_of_shape) {
        if let Some(mut more) = rules.remove(&place(one)) {
            more.extend(one.stops.drain(..));
            one.stops.extend(more);
        }
    }
}

impl Unjudged {
    /// Shows the file without what looks like a secret from now on.
    pub(super) fn hide(&mut self, source: &Source, secrets: &[Span]) {
        hide(from_mut(&mut self.found), source, secrets);
    }
}

/// The findings on final rules that have no verdict, one for each document.
fn findings(unjudged: Vec<Unjudged>) -> Vec<Diagnostic> {
    let mut documents: BTreeMap<(String, u32), BTreeMap<String, Vec<Label>>> = BTreeMap::new();
    for Unjudged {
        number,
        rule,
        found,
    } in unjudged
    {
        let first = found.labels.first();
        let name = first.map_or("", |label| label.source.name()).to_owned();
        let rules = documents.entry((name, number)).or_default();
        rules.entry(rule).or_insert(found.labels);
    }
    documents.into_values().map(finding).collect()
}

fn finding(rules: BTreeMap<String, Vec<Label>>) -> Diagnostic {
    let names = few(rules.keys().map(String::as_str));
    let message = if rules.len() == 1 {
        Text::new(
            format!(
                "the final rule {} could not be evaluated on this document",
                names.en
            ),
            format!("تعذّر تطبيق القاعدة الملزمة {} على هذا المستند", names.ar),
        )
    } else {
        Text::new(
            format!(
                "{} final rules could not be evaluated on this document: {}",
                rules.len(),
                names.en
            ),
            format!(
                "تعذّر تطبيق قواعد ملزمة على هذا المستند، وعددها {}: {}",
                rules.len(),
                names.ar
            ),
        )
    };
    let help = text!(
        "fix the error: final rules must be evaluated on every document",
        "صحّح الخطأ؛ إذ يجب تطبيق القواعد الملزمة على كل مستند",
    );
    let mut found = Diagnostic::error(CODE, message).with_help(help);
    let (mut places, mut finality) = (Vec::new(), Vec::new());
    for mut labels in rules.into_values() {
        add(&mut finality, labels.pop());
        add(&mut places, labels.pop());
    }
    // Both sides are shown, whatever there is more of.
    places.truncate(MAX_LABELS / 2);
    finality.truncate(MAX_LABELS - places.len());
    found.labels.extend(places.into_iter().chain(finality));
    found
}

/// Adds a label unless there is one on the same place.
fn add(labels: &mut Vec<Label>, label: Option<Label>) {
    let is_same = |one: &Label, other: &Label| {
        (one.source.name(), one.span) == (other.source.name(), other.span)
    };
    labels.extend(label.filter(|label| {
        let mut known = labels.iter();
        labels.len() < MAX_LABELS && !known.any(|one| is_same(one, label))
    }));
}
