//! A rule that fired → a diagnostic: evidence becomes labels, templates become words.

use crate::diagnostic::{Diagnostic, Label};
use crate::engine::key;
use crate::engine::mend::mend;
use crate::expr::{Evidence, Fault, Machine, Program, Reason, Value, explain};
use crate::pack::{Rule, Unique, inner_span};
use crate::source::Span;
use crate::text;
use crate::text::{Noun, Text};
use crate::work;
use crate::yaml::{Document, Kind, NodeId};

/// The most labels that one finding has: more hide the point.
pub(super) const MAX_LABELS: usize = 4;

/// The number of findings of a rule that are listed for a document; more are counted.
pub const MOST: usize = 1_000;

/// The code of the finding on findings that were only counted. It cannot be set aside, so that whoever sets aside
/// those that are listed does not let the others through.
pub(super) const UNLISTED: &str = "engine/more-findings";

/// The finding for an `assert` that came out false under the machine's variables.
pub(super) fn of_assert<'a>(
    rule: &'a Rule,
    machine: &mut Machine<'a>,
    assert: &'a Program,
) -> Result<Diagnostic, Fault> {
    work::count(1);
    let mut evidence = explain(machine, assert);
    let mut pointed = None;
    if let Some((_, point)) = &rule.point {
        let value = machine.eval(point)?;
        if let Some(node) = value.node {
            let known = evidence.iter().position(|found| found.node == node);
            let primary = match known {
                Some(place) => evidence.remove(place),
                None => Evidence::bare(node, value.via),
            };
            pointed = Some((primary.node, primary.lacks));
            evidence.insert(0, primary);
        }
    }
    if evidence.is_empty() {
        evidence.extend(candidate(machine));
    }
    let key = key::of_assert((rule, assert), machine, pointed);
    let mut diagnostic = bare(rule, machine)?;
    diagnostic.key = Some(Box::new(key));
    diagnostic.labels = labels(machine.doc, &evidence);
    diagnostic.fix = mend(rule, machine).map(Box::new);
    Ok(diagnostic)
}

/// The finding for a rule that should not fail on a document and does: that is said, not hidden.
pub(super) fn of_failure(
    rule: &Rule,
    doc: &Document,
    node: NodeId,
    Reason(en, ar): Reason,
) -> Diagnostic {
    let message = text!(
        "the rule `{rule}` cannot be evaluated here: {en}",
        "تعذّر تطبيق القاعدة `{rule}` هنا: {ar}",
        rule = rule.id,
        en = en,
        ar = ar,
    );
    let help = text!(
        "this is a fault of the rule or of spokeslint, not of your file; please report it",
        "هذا خلل في القاعدة أو في الأداة نفسها لا في ملفك؛ نرجو الإبلاغ عنه",
    );
    Diagnostic::error("engine/rule-failed", message)
        .with_label(label(doc, node))
        .with_help(help)
}

const MORE: Noun = Noun {
    en: ["more problem", "more problems"],
    ar: [
        "مخالفة أخرى لم تُعرض",
        "مخالفتين أخريين لم تُعرضا",
        "مخالفات أخرى لم تُعرض",
        "مخالفة أخرى لم تُعرض",
    ],
};

/// The finding that stands for those of a rule that were counted only.
pub(super) fn of_unlisted(rule: &str, count: usize, place: Label) -> Diagnostic {
    let more = MORE.both(count);
    let message = text!(
        "`{rule}` found {en} here, not listed",
        "وجدت القاعدة `{rule}` هنا {ar}",
        rule = rule,
        en = more.en,
        ar = more.ar,
    );
    let help = text!(
        "fix the listed ones and check again; the others cannot be set aside",
        "أصلح المعروض منها ثم أعد الفحص؛ ولا يمكن استثناء البقية",
    );
    Diagnostic::error(UNLISTED, message)
        .with_label(place)
        .with_help(help)
}

/// Where the key of what the variables stand for stands; where it is used, if an alias brings it.
pub(super) fn place_of_key<'a>(
    rule: &'a Rule,
    unique: &'a Unique,
    machine: &mut Machine<'a>,
) -> Result<Label, Fault> {
    let stands = |value: Value<'a>| value.via.or(value.node);
    let node = match (&rule.point, stands(machine.eval(&unique.key)?)) {
        (Some((_, point)), _) => stands(machine.eval(point)?),
        (None, Some(node)) => Some(node),
        (None, None) => explain(machine, &unique.key)
            .first()
            .map(|found| found.node),
    };
    let node = node.or_else(|| machine.slots.last().copied().and_then(stands));
    Ok(label(machine.doc, node.unwrap_or(machine.doc.root())))
}

/// What a rule says of what the variables stand for, without any labels.
pub(super) fn bare<'a>(rule: &'a Rule, machine: &mut Machine<'a>) -> Result<Diagnostic, Fault> {
    let mut diagnostic =
        Diagnostic::error(&rule.id, rule.message.fill(machine)?).with_severity(rule.severity);
    diagnostic.why = Some(rule.why.clone());
    diagnostic.help = rule
        .help
        .as_ref()
        .map(|help| help.fill(machine))
        .transpose()?;
    diagnostic.positions = rule.positions.clone();
    Ok(diagnostic)
}

/// The innermost variable that stands in the document: what to point at when nothing more exact is known.
pub(super) fn candidate(machine: &Machine<'_>) -> Option<Evidence> {
    let value = machine.slots.last()?;
    Some(Evidence::head(value.node?, value.via))
}

/// What is to be shown of the evidence.
pub(super) fn labels(doc: &Document, evidence: &[Evidence]) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::with_capacity(evidence.len());
    for found in evidence {
        let span = if let Some(within) = found.within {
            inner_span(doc, found.node, within)
        } else if found.lacks {
            span_of_lack(doc, found.node)
        } else {
            span_of(doc, found.node)
        };
        merge(&mut labels, doc, span, found.text.clone());
        if let Some(alias) = found.via {
            merge(
                &mut labels,
                doc,
                doc.span(alias),
                Some(text!(
                    "used through this alias",
                    "مستخدم عبر هذا الاسم المستعار"
                )),
            );
        }
    }
    labels.truncate(MAX_LABELS);
    labels
}

/// Adds a label; two on the same place become one that says both.
fn merge(labels: &mut Vec<Label>, doc: &Document, span: Span, text: Option<Text>) {
    let Some(known) = labels.iter_mut().find(|label| label.span == span) else {
        labels.push(Label {
            source: std::sync::Arc::clone(doc.source()),
            span,
            text,
        });
        return;
    };
    match (&mut known.text, text) {
        (Some(said), Some(more)) if !said.holds(&more) => {
            said.en = format!("{}; {}", said.en, more.en);
            said.ar = format!("{}؛ {}", said.ar, more.ar);
        }
        (said @ None, more) => *said = more,
        _ => {}
    }
}

/// A label on a node, or on what stands for it when it is long.
pub(super) fn label(doc: &Document, node: NodeId) -> Label {
    Label::new(doc.source(), span_of(doc, node))
}

/// A node's own bytes; its head when these go over several lines.
fn span_of(doc: &Document, node: NodeId) -> Span {
    let span = doc.span(node);
    if doc.source().slice(span).contains(['\n', '\r']) {
        doc.head(node)
    } else {
        span
    }
}

/// Where to say that a node lacks something: a list between brackets is seen whole, anything else by its
/// head.
fn span_of_lack(doc: &Document, node: NodeId) -> Span {
    let is_block = doc.source().slice(doc.span(node)).starts_with('-');
    match doc.node(doc.resolve(node)).kind {
        Kind::Mapping(_) => doc.head(node),
        Kind::Sequence(_) if is_block => doc.head(node),
        _ => span_of(doc, node),
    }
}
