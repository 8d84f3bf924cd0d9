//! The fix of a finding: what its rule wants changed, as edits of the file. Where they cannot be made without
//! a doubt, there is none.

use std::sync::Arc;

use crate::diagnostic::{Action, Change, Fix, Literal, Step};
use crate::edit::edits;
use crate::expr::{Data, Load, Machine, Program, Target, Value};
use crate::pack::{FixEdit, Rule};
use crate::yaml::{self, Document, NodeId};

/// The fix for what the machine's variables stand for, which the rule has found to be wrong.
pub(super) fn mend<'a>(rule: &'a Rule, machine: &mut Machine<'a>) -> Option<Fix> {
    let fix = rule.fix()?;
    if let Some(when) = &fix.when
        && !machine.holds(when).ok()?
    {
        return None;
    }
    let mut changes = Vec::new();
    for edit in &fix.edits {
        changes.extend(changes_of(edit, machine)?);
    }
    let doc = machine.doc;
    Some(Fix {
        title: fix.title.fill(machine).ok()?,
        safety: fix.safety,
        source: Arc::clone(doc.source()),
        edits: edits(doc, &changes)?,
        changes,
    })
}

fn changes_of<'a>(edit: &'a FixEdit, machine: &mut Machine<'a>) -> Option<Vec<Change>> {
    let (path, action) = match edit {
        FixEdit::Append(target, items) => return append(target, items, machine),
        FixEdit::RemoveItems(target, items) => return remove_items(target, items, machine),
        FixEdit::Set(target, value) => {
            let (path, _) = place(target, machine)?;
            (path, Action::Set(literal(machine, value)?))
        }
        FixEdit::Remove(target) => (standing(target, machine)?, Action::Remove),
        FixEdit::Rename(target, to) => (standing(target, machine)?, Action::Rename(to.to_string())),
    };
    Some(vec![Change {
        document: machine.doc.number(),
        path,
        action,
    }])
}

/// Where a target stands, if it does.
fn standing<'a>(target: &'a Target, machine: &mut Machine<'a>) -> Option<Vec<Step>> {
    let (path, node) = place(target, machine)?;
    node.map(|_| path)
}

/// Where a target stands, and what stands there already.
fn place<'a>(target: &'a Target, machine: &mut Machine<'a>) -> Option<(Vec<Step>, Option<NodeId>)> {
    let doc = machine.doc;
    match target {
        Target::Whole(program) => {
            let value = machine.eval(program).ok()?;
            let node = value.node.filter(|_| value.via.is_none())?;
            Some((doc.steps(node)?, Some(node)))
        }
        Target::Field { object, name, .. } => {
            let value = machine.eval(object).ok()?;
            let Data::Mapping(node) = value.data else {
                return None;
            };
            if value.via.is_some() {
                return None;
            }
            let mut path = doc.steps(node)?;
            path.push(Step::Key(name.to_string()));
            Some((path, doc.get(node, name).map(|entry| entry.value)))
        }
    }
}

fn append<'a>(
    target: &'a Target,
    items: &'a Program,
    machine: &mut Machine<'a>,
) -> Option<Vec<Change>> {
    let (path, node) = place(target, machine)?;
    let mut items = as_items(literal(machine, items)?);
    let doc = machine.doc;
    let known = node.map_or(&[][..], |list| doc.items(list));
    items.retain(|new| !known.iter().any(|item| is(doc, *item, new)));
    if items.is_empty() {
        return None;
    }
    let is_list = node.is_some_and(|list| doc.value(list) == yaml::Value::Sequence);
    let action = if is_list {
        Action::Append(items)
    } else {
        Action::Set(Literal::List(items))
    };
    Some(vec![Change {
        document: doc.number(),
        path,
        action,
    }])
}

fn remove_items<'a>(
    target: &'a Target,
    items: &'a Program,
    machine: &mut Machine<'a>,
) -> Option<Vec<Change>> {
    let (path, list) = place(target, machine)?;
    let unwanted = as_items(literal(machine, items)?);
    let doc = machine.doc;
    let all = doc.items(list?).iter().enumerate();
    let gone = all.filter(|(_, item)| unwanted.iter().any(|one| is(doc, **item, one)));
    let changes: Vec<Change> = gone
        .map(|(place, _)| Change {
            document: doc.number(),
            path: path.iter().cloned().chain([Step::Item(place)]).collect(),
            action: Action::Remove,
        })
        .collect();
    (!changes.is_empty()).then_some(changes)
}

fn as_items(value: Literal) -> Vec<Literal> {
    match value {
        Literal::List(items) => items,
        one => vec![one],
    }
}

/// Whether a node of a document says what is written.
fn is(doc: &Document, node: NodeId, value: &Literal) -> bool {
    match (doc.value(node), value) {
        (yaml::Value::Bool(own), Literal::Bool(value)) => own == *value,
        (yaml::Value::Int(own), Literal::Int(value)) => own == *value,
        (yaml::Value::Float(own), Literal::Float(value)) => own.to_bits() == value.to_bits(),
        (yaml::Value::Str(own), Literal::Text(value) | Literal::Plain(value)) => own == value,
        _ => false,
    }
}

fn literal<'a>(machine: &mut Machine<'a>, program: &'a Program) -> Option<Literal> {
    let value = machine.eval(program).ok()?;
    written(machine, value, Load::of_items(&program.ty))
}

/// A value as it is written in a document: a date of the document as it stands there.
fn written<'a>(machine: &Machine<'a>, value: Value<'a>, load: Load) -> Option<Literal> {
    let own = value.node.and_then(|node| machine.doc.text(node));
    Some(match value.data {
        Data::Bool(value) => Literal::Bool(value),
        Data::Int(value) => Literal::Int(value),
        Data::Double(value) => Literal::Float(value),
        Data::Str(text) => Literal::Text(text.to_owned()),
        Data::Timestamp(_) | Data::Duration(_) => {
            let text = own.map_or_else(|| value.data.to_words(), |own| Some(own.to_owned()))?;
            Literal::Plain(text)
        }
        Data::Sequence(_) | Data::List(_) => {
            let elements = machine.elements(value, load).ok()?;
            let items = (0..).map_while(|index| machine.element(elements, index));
            let items = items.map(|item| written(machine, item.ok()?, Load::Plain));
            Literal::List(items.collect::<Option<_>>()?)
        }
        _ => return None,
    })
}
