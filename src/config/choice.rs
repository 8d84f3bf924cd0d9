//! What settings say of rules, in the order in which it holds: what comes later wins.

use std::collections::BTreeMap;

use serde_json::Value;

use super::file::{Level, TunedFile};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::pack::{decode_node, pack_of};
use crate::schema::Shapes;
use crate::yaml::{Document, Entry, NodeId, Spanned, from_node};

/// What an entry of `rules` says.
#[derive(Clone, Debug)]
pub struct Choice {
    /// A rule, or a pack for all of its rules.
    pub name: String,
    /// How much findings weigh, or that the rules are off.
    pub level: Option<Level>,
    /// Values for options of the rule, by name.
    pub options: BTreeMap<String, (Value, Label)>,
    /// The files for which it holds, by the place of their patterns in [`super::Scopes`]; without it, all.
    pub scope: Option<usize>,
    /// The name, where it stands.
    pub place: Label,
}

impl Choice {
    /// Whether it speaks of a rule.
    pub fn names(&self, id: &str) -> bool {
        self.name == id || self.name == pack_of(id)
    }

    /// Whether it switches rules on that were off.
    pub fn switches_on(&self) -> bool {
        self.severity().is_some()
    }

    /// How much findings weigh, where it says so.
    pub fn severity(&self) -> Option<Severity> {
        self.level.and_then(Level::severity)
    }

    /// Returns whether it would make less of a rule whose findings weigh this much at least.
    pub fn lowers(&self, least: Severity) -> bool {
        let lower = match self.level {
            Some(level) => level.severity() < Some(least),
            None => false,
        };
        lower || !self.options.is_empty()
    }
}

/// Reads a mapping under `rules` that fits its schema. What is said of packs comes first, so that what is said
/// of one of their rules wins, wherever it stands.
pub(super) fn choices(
    document: &Document,
    rules: NodeId,
    scope: Option<usize>,
    tuned: &Shapes,
) -> Result<Vec<Choice>, Vec<Diagnostic>> {
    let mut choices = Vec::new();
    let mut mistakes = Vec::new();
    for entry in document.entries(rules) {
        match choice(document, entry, scope, tuned) {
            Ok(choice) => choices.extend(choice),
            Err(found) => mistakes.extend(found),
        }
    }
    choices.sort_by_key(|choice| choice.name.contains('/'));
    if mistakes.is_empty() {
        Ok(choices)
    } else {
        Err(mistakes)
    }
}

fn choice(
    document: &Document,
    entry: &Entry,
    scope: Option<usize>,
    tuned: &Shapes,
) -> Result<Option<Choice>, Vec<Diagnostic>> {
    let Some(name) = document.text(entry.key) else {
        return Ok(None);
    };
    let label = |node| Label::new(document.source(), document.span(node));
    let mut choice = Choice {
        name: name.to_owned(),
        level: from_node(document, entry.value).ok(),
        options: BTreeMap::new(),
        scope,
        place: label(entry.key),
    };
    if choice.level.is_none() {
        let file: TunedFile = decode_node(document, entry.value, tuned)?;
        choice.level = file.severity.map(|level| level.value);
        let options = file.options.into_iter();
        let placed = |Spanned { value, node }| (value, label(node));
        choice.options = options.map(|(name, value)| (name, placed(value))).collect();
    }
    Ok(Some(choice))
}
