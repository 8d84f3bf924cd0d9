//! A rule that fired → a diagnostic: evidence becomes labels, templates become words.

use crate::diagnostic::{Diagnostic, Label};
use crate::expr::{Evidence, Fault, Machine, Program, Value, explain};
use crate::pack::Rule;
use crate::source::Span;
use crate::text;
use crate::text::Text;
use crate::yaml::{Document, Kind, NodeId};

/// The most labels that one finding has: more hide the point.
const MAX_LABELS: usize = 4;

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
                None => Evidence {
                    node,
                    via: value.via,
                    text: None,
                    lacks: false,
                },
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
    let mut labels = Vec::with_capacity(twins.len());
    let mut diagnostic = None;
    for (place, slots) in twins.iter().enumerate() {
        machine.set_variables(slots);
        let node = match (&rule.point, machine.eval(key)?.node) {
            (Some((_, point)), _) => machine.eval(point)?.node,
            (None, Some(node)) => Some(node),
            (None, None) => explain(machine, key).first().map(|found| found.node),
        };
        let node = node.or_else(|| slots.last().and_then(|value| value.node));
        let Some(node) = node else { continue };
        let text = match place {
            0 => text!("first given here", "ورد أولًا هنا"),
            _ => text!("given again here", "وتكرر هنا"),
        };
        labels.push(label(machine.doc, node).with_text(text));
        if place == 1 {
            diagnostic = Some(bare(rule, machine)?);
        }
    }
    machine.set_variables(&outer);
    let mut diagnostic = diagnostic.ok_or(Fault::Failed(&"a key is shared by nothing"))?;
    // The second one is the fault; the first one is what it repeats.
    labels.rotate_left(1);
    if let Some(first) = labels.pop() {
        labels.insert(1.min(labels.len()), first);
    }
    labels.truncate(MAX_LABELS);
    diagnostic.labels = labels;
    Ok(diagnostic)
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
    Some(Evidence {
        node: value.node?,
        via: value.via,
        text: None,
        lacks: true,
    })
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
        (Some(said), Some(more)) if *said != more => {
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

/// Where to say that a node lacks something.
fn span_of_lack(doc: &Document, node: NodeId) -> Span {
    match doc.node(doc.resolve(node)).kind {
        Kind::Mapping(_) => doc.head(node),
        _ => span_of(doc, node),
    }
}
