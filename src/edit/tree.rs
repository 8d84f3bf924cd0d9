//! What documents mean, free of how they are written: whether one text is another with certain changes and
//! no others.

use std::collections::HashMap;

use crate::diagnostic::{Action, Change, Literal, Step};
use crate::yaml::{Document, Kind, NodeId, Value};

/// A value by itself. What was taken out of a collection leaves an empty place, so that the places of its
/// neighbours stay what they were.
#[derive(Clone, Debug, PartialEq)]
enum Tree {
    Null,
    Bool(bool),
    Int(i64),
    /// By its bits, so that it equals itself.
    Float(u64),
    Text(String),
    List(Vec<Option<Self>>),
    Map(Vec<Option<(Key, Self)>>),
    /// Another place of an anchored value, by the number of the anchor.
    Alias(usize),
}

/// A key; none for one that is no text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    text: Option<String>,
    /// Whether a merge key brought it.
    is_merged: bool,
}

/// Whether the documents of a text are those of another one with these changes and nothing else.
pub fn is_changed_so(before: &[Document], after: &[Document], changes: &[&Change]) -> bool {
    if before.len() != after.len() {
        return false;
    }
    before.iter().zip(after).all(|(before, after)| {
        let own: Vec<&&Change> = changes
            .iter()
            .filter(|change| change.document == before.number())
            .collect();
        let mut wanted = tree(before);
        let all_made = own.iter().all(|change| wanted.make(change).is_some());
        wanted.sweep();
        let mut found = tree(after);
        found.sweep();
        all_made && wanted == found
    })
}

fn tree(doc: &Document) -> Tree {
    let anchored = (0..doc.len())
        .map(NodeId::nth)
        .filter(|node| doc.node(*node).anchor.is_some());
    let anchors = anchored.zip(0..).collect();
    take(doc, doc.root(), &anchors)
}

/// Documents nest no deeper than the parser lets them.
fn take(doc: &Document, node: NodeId, anchors: &HashMap<NodeId, usize>) -> Tree {
    if let Kind::Alias(target) = doc.node(node).kind {
        return Tree::Alias(anchors.get(&target).copied().unwrap_or(usize::MAX));
    }
    match doc.value(node) {
        Value::Null => Tree::Null,
        Value::Bool(value) => Tree::Bool(value),
        Value::Int(value) => Tree::Int(value),
        Value::Float(value) => Tree::Float(value.to_bits()),
        Value::Str(text) => Tree::Text(text.to_owned()),
        Value::Sequence => {
            let items = doc.items(node).iter();
            Tree::List(items.map(|item| Some(take(doc, *item, anchors))).collect())
        }
        Value::Mapping => {
            let entries = doc.entries(node).iter().map(|entry| {
                let key = Key {
                    text: doc.text(entry.key).map(str::to_owned),
                    is_merged: entry.merged.is_some(),
                };
                let value = match entry.merged {
                    // What it is stands where it comes from.
                    Some(_) => Tree::Null,
                    None => take(doc, entry.value, anchors),
                };
                Some((key, value))
            });
            Tree::Map(entries.collect())
        }
    }
}

impl Tree {
    fn make(&mut self, change: &Change) -> Option<()> {
        let (last, above) = match &change.action {
            Action::Append(items) => {
                let Self::List(list) = self.at(&change.path)? else {
                    return None;
                };
                list.extend(items.iter().map(|item| Some(Self::of(item))));
                return Some(());
            }
            _ => change.path.split_last()?,
        };
        let collection = self.at(above)?;
        match (collection, last, &change.action) {
            (Self::Map(entries), Step::Key(key), Action::Set(value)) => {
                let value = Self::of(value);
                let mut own = entries.iter_mut().flatten();
                if let Some(entry) = own.find(|(own, _)| own.is(key)) {
                    entry.1 = value;
                } else {
                    let key = Key {
                        text: Some(key.clone()),
                        is_merged: false,
                    };
                    entries.push(Some((key, value)));
                }
            }
            (Self::List(items), Step::Item(place), Action::Set(value)) => {
                *items.get_mut(*place)? = Some(Self::of(value));
            }
            (Self::Map(entries), Step::Key(key), Action::Remove) => {
                let is_it = |entry: &&mut Option<(Key, Self)>| {
                    entry.as_ref().is_some_and(|(own, _)| own.is(key))
                };
                *entries.iter_mut().find(is_it)? = None;
            }
            (Self::List(items), Step::Item(place), Action::Remove) => {
                items.get_mut(*place)?.take()?;
            }
            (Self::Map(entries), Step::Key(key), Action::Rename(to)) => {
                let entry = entries.iter_mut().flatten().find(|(own, _)| own.is(key))?;
                entry.0.text = Some(to.clone());
            }
            _ => return None,
        }
        Some(())
    }

    fn at(&mut self, path: &[Step]) -> Option<&mut Self> {
        let mut at = self;
        for step in path {
            at = match (at, step) {
                (Self::Map(entries), Step::Key(key)) => {
                    let mut own = entries.iter_mut().flatten();
                    &mut own.find(|(own, _)| own.is(key))?.1
                }
                (Self::List(items), Step::Item(place)) => items.get_mut(*place)?.as_mut()?,
                _ => return None,
            };
        }
        Some(at)
    }

    /// Closes the gaps, and puts the entries of mappings into one order: a new one may stand anywhere.
    fn sweep(&mut self) {
        match self {
            Self::List(items) => {
                items.retain(Option::is_some);
                items.iter_mut().flatten().for_each(Self::sweep);
            }
            Self::Map(entries) => {
                entries.retain(Option::is_some);
                entries
                    .iter_mut()
                    .flatten()
                    .for_each(|(_, value)| value.sweep());
                entries.sort_by(|a, b| {
                    let key =
                        |entry: &Option<(Key, Self)>| entry.as_ref().map(|(key, _)| key.clone());
                    key(a).cmp(&key(b))
                });
            }
            _ => {}
        }
    }

    fn of(value: &Literal) -> Self {
        match value {
            Literal::Bool(value) => Self::Bool(*value),
            Literal::Int(value) => Self::Int(*value),
            Literal::Float(value) => Self::Float(value.to_bits()),
            Literal::Plain(text) | Literal::Text(text) => Self::Text(text.clone()),
            Literal::List(items) => {
                Self::List(items.iter().map(|item| Some(Self::of(item))).collect())
            }
        }
    }
}

impl Key {
    fn is(&self, key: &str) -> bool {
        !self.is_merged && self.text.as_deref() == Some(key)
    }
}
