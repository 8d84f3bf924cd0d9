//! A rule that fired → a diagnostic: evidence becomes labels, templates become words.

use crate::diagnostic::{Diagnostic, Label};
use crate::expr::{Evidence, Fault, Machine, Program, Reason, Value, explain};
use crate::pack::Rule;
use crate::source::Span;
use crate::text;
use crate::text::{Noun, Text};
use crate::yaml::{Document, Kind, NodeId};

/// The most labels that one finding has: more hide the point.
pub(super) const MAX_LABELS: usize = 4;

/// The finding for an `assert` that came out false under the machine's variables.
pub(super) fn of_assert<'a>(
    rule: &'a Rule,
    machine: &mut Machine<'a>,
    assert: &'a Program,
) -> Result<Diagnostic, Fault> {
    let mut evidence = explain(machine, assert);
    if let Some((_, point)) = &rule.point {
        let value = machine.eval(point)?;
        if let Some(node) = value.node {
            let known = evidence.iter().position(|found| found.node == node);
            let primary = match known {
                Some(place) => evidence.remove(place),
                None => Evidence::bare(node, value.via),
            };
            evidence.insert(0, primary);
        }
    }
    if evidence.is_empty() {
        evidence.extend(candidate(machine));
    }
    let mut diagnostic = bare(rule, machine)?;
    diagnostic.labels = labels(machine.doc, &evidence);
    Ok(diagnostic)
}

/// The finding for a key that several candidates share; the later ones are at fault.
pub(super) fn of_unique<'a>(
    rule: &'a Rule,
    machine: &mut Machine<'a>,
    key: &'a Program,
    twins: &[Vec<Value<'a>>],
) -> Result<Diagnostic, Fault> {
    let outer = machine.slots.to_vec();
    let mut places = Vec::with_capacity(twins.len());
    let mut diagnostic = None;
    for (place, slots) in twins.iter().enumerate() {
        machine.set_variables(slots);
        if place == 1 {
            diagnostic = Some(bare(rule, machine)?);
        }
        places.extend(place_of_key(rule, machine, key)?);
    }
    machine.set_variables(&outer);
    let mut diagnostic = diagnostic.ok_or(Fault::Failed(&Reason(
        "a key is shared by nothing",
        "لا شيء يشترك في هذا المفتاح",
    )))?;
    diagnostic.labels = repeated(machine.doc, &places);
    Ok(diagnostic)
}

/// Where a candidate's key stands; where it is used, if an alias brings it.
fn place_of_key<'a>(
    rule: &'a Rule,
    machine: &mut Machine<'a>,
    key: &'a Program,
) -> Result<Option<NodeId>, Fault> {
    let stands = |value: Value<'a>| value.via.or(value.node);
    let node = match (&rule.point, stands(machine.eval(key)?)) {
        (Some((_, point)), _) => stands(machine.eval(point)?),
        (None, Some(node)) => Some(node),
        (None, None) => explain(machine, key).first().map(|found| found.node),
    };
    Ok(node.or_else(|| machine.slots.last().copied().and_then(stands)))
}

/// As after the preposition.
const OTHER_PLACES: Noun = Noun {
    en: ["more place", "more places"],
    ar: ["موضع آخر", "موضعين آخرين", "مواضع أخرى", "موضعًا آخر"],
};

/// The places of one key: the second one is the fault, the first one is what it repeats.
fn repeated(doc: &Document, places: &[NodeId]) -> Vec<Label> {
    let mut labels: Vec<Label> = places.iter().map(|node| label(doc, *node)).collect();
    let more = labels.len().saturating_sub(MAX_LABELS);
    labels.truncate(MAX_LABELS);
    let last = labels.len().saturating_sub(1);
    for (place, label) in labels.iter_mut().enumerate() {
        label.text = Some(match place {
            0 => text!("first given here", "ورد أولًا هنا"),
            _ if more > 0 && place == last => {
                let others = OTHER_PLACES.both(more);
                let (en, ar) = (others.en, others.ar);
                text!(
                    "given again here, and in {en}",
                    "وتكرر هنا، وفي {ar}",
                    en = en,
                    ar = ar
                )
            }
            _ => text!("given again here", "وتكرر هنا"),
        });
    }
    if labels.len() > 1 {
        labels.swap(0, 1);
    }
    labels
}

fn bare<'a>(rule: &'a Rule, machine: &mut Machine<'a>) -> Result<Diagnostic, Fault> {
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
fn candidate(machine: &Machine<'_>) -> Option<Evidence> {
    let value = machine.slots.last()?;
    Some(Evidence::head(value.node?, value.via))
}

/// What is to be shown of the evidence.
pub(super) fn labels(doc: &Document, evidence: &[Evidence]) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::with_capacity(evidence.len());
    for found in evidence {
        let span = if found.lacks {
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
                    "مستعمل عبر هذا الاسم المستعار"
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
