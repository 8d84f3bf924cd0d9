//! Holds documents against rules. Everything that wants a verdict calls the same [`Engine`].

mod again;
mod datum;
mod evaluate;
mod examples;
mod finding;
mod marks;
mod mutants;
mod report;
mod run;
mod settings;
mod trace;

use std::sync::Arc;

use bumpalo::Bump;

pub use again::Ready;
pub use datum::Datum;
pub use evaluate::{Answer, Bindings, Evaluator, Expression, Reply};
pub use examples::{ExampleReport, check_examples, failing_example};
pub use marks::{Change, Remarked, move_marks};
pub use mutants::{MutationReport, check_mutants};
pub use report::{Report, Tally};
pub use settings::Settings;
pub use trace::{Candidate, Condition, Outcome, Trace, trace};

use crate::date::Date;
use crate::diagnostic::{Diagnostic, Label};
use crate::error::Error;
use crate::expr::{Constant, Machine};
use crate::pack::{Packs, Rule};
use crate::schema::{Shapes, hide, hide_by_line, validate};
use crate::source::{Source, Span};
use crate::text;
use crate::text::nearest;
use crate::yaml::{self, Document, NodeId, Value};
use run::{Verdict, run};

/// The version that documents name as their `apiVersion`.
pub const API_VERSION: &str = "spokeslint/v1";
/// The kinds of documents that the tool knows.
const KINDS: [&str; 1] = ["Agency"];

/// Rules, ready to run. Sharing one between threads is fine: checking changes nothing in it.
#[derive(Debug)]
pub struct Engine {
    rules: Vec<Rule>,
    /// The option values of each rule.
    options: Vec<Vec<Constant>>,
    shapes: Arc<Shapes>,
    as_of: Date,
}

/// What a document turned out to be.
enum Identity {
    /// One of ours, to be checked.
    Agency,
    /// One of ours that cannot be checked: why.
    Unusable(Box<Diagnostic>),
    /// Somebody else's.
    Foreign,
    /// Nothing between two markers.
    Empty,
}

impl Engine {
    /// Takes the rules that the settings choose.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] for a profile, rule or pack that does not exist.
    pub fn new(packs: &Packs, settings: &Settings) -> Result<Self, Error> {
        Ok(Self::with_rules(
            packs,
            settings.choose(packs)?,
            settings.as_of,
        ))
    }

    fn with_rules(packs: &Packs, rules: Vec<Rule>, as_of: Date) -> Self {
        let defaults = |rule: &Rule| {
            rule.options
                .iter()
                .map(|option| option.default.clone())
                .collect()
        };
        let options = rules.iter().map(defaults).collect();
        Self {
            rules,
            options,
            shapes: Arc::clone(&packs.shapes),
            as_of,
        }
    }

    /// How many rules are on.
    pub fn rule_count(&self) -> usize {
        self.rules.len()
    }

    /// Checks every document of a source. `named` says that somebody named the file: then it is a fault
    /// if the file is no document of ours; a file found by walking is passed over and counted.
    pub fn check(&self, source: &Arc<Source>, named: bool) -> Report {
        let mut report = Report {
            files: 1,
            rules: self.rules.len(),
            ..Report::default()
        };
        if !named && !source.text().contains("spokeslint/") {
            report.passed_over.push(source.name().to_owned());
            return report;
        }
        let parsed = yaml::parse(source);
        let broken = !parsed.diagnostics.is_empty();
        let mut foreign = 0;
        let mut blank = 0;
        let mut secrets = Vec::new();
        let mut unread = parsed.diagnostics;
        for document in &parsed.documents {
            match identify(document) {
                Identity::Agency => {
                    let (judged, hidden) = self.judge(document);
                    report.merge(judged);
                    secrets.extend(hidden);
                }
                Identity::Unusable(diagnostic) => unread.push(*diagnostic),
                Identity::Foreign if named => unread.push(not_ours(document)),
                Identity::Foreign => foreign += 1,
                Identity::Empty => blank += 1,
            }
        }
        hide_by_line(&mut unread, source);
        report.diagnostics.extend(unread);
        if blank == parsed.documents.len() && !broken && named {
            report.diagnostics.push(empty(source));
        } else if foreign + blank == parsed.documents.len() && !broken && !named {
            report.passed_over.push(source.name().to_owned());
        }
        // No snippet shows what looks like a secret, whatever its finding is about.
        hide(&mut report.diagnostics, source, &secrets);
        report.sort();
        report
    }

    /// Checks one document, which must be an agency.
    pub fn check_document(&self, document: &Document) -> Report {
        let (mut report, secrets) = self.judge(document);
        hide(&mut report.diagnostics, document.source(), &secrets);
        report
    }

    /// Holds a document against its shape and the rules; returns where its secrets stand as well.
    fn judge(&self, document: &Document) -> (Report, Vec<Span>) {
        let validation = validate(document, document.root(), &self.shapes, self.shapes.root());
        let mut report = Report {
            documents: 1,
            rules: self.rules.len(),
            ..Report::default()
        };
        let today = self.as_of.to_timestamp();
        let mut bump = Bump::new();
        for (rule, options) in self.rules.iter().zip(&self.options) {
            bump.reset();
            let mut machine = Machine::new(document, &validation, today, &bump);
            machine.settings = options;
            let outcome = run(rule, &mut machine);
            report.diagnostics.extend(outcome.diagnostics);
            report.broken |= outcome.broken;
            *match outcome.verdict {
                Verdict::Held => &mut report.tally.held,
                Verdict::Found => &mut report.tally.found,
                Verdict::NotApplicable => &mut report.tally.not_applicable,
                Verdict::NotEvaluated => &mut report.tally.not_evaluated,
            } += 1;
        }
        report.diagnostics.extend(validation.diagnostics);
        (report, validation.secrets)
    }
}

fn unusable(diagnostic: Diagnostic) -> Identity {
    Identity::Unusable(Box::new(diagnostic))
}

/// Tells what a document is by its `apiVersion` and `kind`.
fn identify(document: &Document) -> Identity {
    let root = document.root();
    let text = |key: &str| {
        let node = document.get(root, key)?.value;
        match document.value(node) {
            Value::Str(text) => Some((node, text)),
            _ => None,
        }
    };
    match (text("apiVersion"), text("kind")) {
        (Some((_, API_VERSION)), Some((_, kind))) if KINDS.contains(&kind) => Identity::Agency,
        (Some((_, API_VERSION)), Some((node, kind))) => {
            unusable(unknown_kind(document, node, kind))
        }
        (Some((node, API_VERSION)), None) => unusable(no_kind(document, node)),
        (Some((node, version)), _) if version.starts_with("spokeslint/") => {
            let message = text!(
                "expected `apiVersion: {known}`, found `{version}`",
                "المتوقع `apiVersion: {known}`، والموجود `{version}`",
                known = API_VERSION,
                version = version,
            );
            let help = text!(
                "this release reads `{known}`; a file of a later version needs a later release",
                "يقرأ هذا الإصدار `{known}`، والملف المكتوب بنسخة أحدث يلزمه إصدار أحدث",
                known = API_VERSION,
            );
            let label = Label::new(document.source(), document.span(node));
            unusable(
                Diagnostic::error("schema/api-version", message)
                    .with_label(label)
                    .with_help(help),
            )
        }
        _ if document.value(root) == Value::Null && document.span(root).is_empty() => {
            Identity::Empty
        }
        _ => Identity::Foreign,
    }
}

/// The finding for a document that names no `kind`, or gives something else than a name for it.
fn no_kind(document: &Document, version: NodeId) -> Diagnostic {
    let given = document.get(document.root(), "kind").map(|e| e.value);
    let (place, message, help) = if let Some(node) = given {
        let message = text!(
            "the `kind` of the document is no text",
            "نوع المستند `kind` ليس نصًا"
        );
        (
            node,
            message,
            text!("write `kind: Agency`", "اكتب `kind: Agency`"),
        )
    } else {
        let message = text!(
            "the document does not say its `kind`",
            "لا يذكر المستند نوعه `kind`"
        );
        (
            version,
            message,
            text!("add `kind: Agency`", "أضف `kind: Agency`"),
        )
    };
    let label = Label::new(document.source(), document.span(place));
    Diagnostic::error("schema/kind", message)
        .with_label(label)
        .with_help(help)
}

fn unknown_kind(document: &Document, node: NodeId, kind: &str) -> Diagnostic {
    let message = text!(
        "there is no document kind `{kind}`",
        "لا يوجد نوع مستند باسم `{kind}`",
        kind = kind
    );
    let label = Label::new(document.source(), document.span(node));
    let help = if let Some(near) = nearest(kind, KINDS) {
        text::did_you_mean(&near)
    } else {
        text!(
            "known kinds: {kinds}",
            "الأنواع المعروفة: {kinds}",
            kinds = KINDS.join(", ")
        )
    };
    Diagnostic::error("schema/kind", message)
        .with_label(label)
        .with_help(help)
}

fn not_ours(document: &Document) -> Diagnostic {
    let root = document.root();
    let message = if document.value(root) == Value::Sequence {
        text!(
            "this is no spokeslint document: it is a list, not a mapping that says `apiVersion: {known}`",
            "هذا ليس مستند spokeslint: فهو قائمة، لا خريطة تذكر `apiVersion: {known}`",
            known = API_VERSION,
        )
    } else {
        text!(
            "this is no spokeslint document: it does not say `apiVersion: {known}`",
            "هذا ليس مستند spokeslint: إذ لا يذكر `apiVersion: {known}`",
            known = API_VERSION,
        )
    };
    let help = text!(
        "begin it with `apiVersion: {known}` and `kind: Agency`, or leave it out; folders are searched for documents of ours only",
        "ابدأه بالسطرين `apiVersion: {known}` و`kind: Agency`، أو استبعده؛ فالمجلدات لا يُفحص فيها إلا مستنداتنا",
        known = API_VERSION,
    );
    let place = document
        .get(root, "apiVersion")
        .map_or_else(|| document.head(root), |e| document.span(e.value));
    let label = Label::new(document.source(), place);
    Diagnostic::error("schema/not-ours", message)
        .with_label(label)
        .with_help(help)
}

fn empty(source: &Arc<Source>) -> Diagnostic {
    let message = text!("the file holds no document", "لا يحتوي الملف على أي مستند");
    let help = text!(
        "begin it with `apiVersion: {known}` and `kind: Agency`",
        "ابدأه بالسطرين `apiVersion: {known}` و`kind: Agency`",
        known = API_VERSION,
    );
    let label = Label::new(source, Span::default());
    Diagnostic::error("schema/empty", message)
        .with_label(label)
        .with_help(help)
}
