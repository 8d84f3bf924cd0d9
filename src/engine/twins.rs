//! Different things that share a key: which they are, and where a finding on them points.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Label};
use crate::engine::finding::{MAX_LABELS, bare, place_of_key};
use crate::engine::key::{SharedKey, names};
use crate::engine::run::Keyed;
use crate::expr::{Fault, Machine, Value};
use crate::looks;
use crate::pack::{Rule, Unique};
use crate::text;
use crate::text::{Noun, Text};

/// What has one key in one document.
pub(super) struct Twins<'a> {
    /// The key.
    pub(super) words: String,
    /// The things, each with the variables of its first entry.
    entries: Vec<(Option<String>, Vec<Value<'a>>)>,
    things: Things,
}

/// A set of things, some of which say what they are.
#[derive(Default)]
pub(super) struct Things {
    named: HashSet<String>,
    /// How many do not: each stands for itself.
    nameless: usize,
}

impl Things {
    pub(super) fn len(&self) -> usize {
        self.named.len() + self.nameless
    }

    pub(super) fn holds(&self, name: Option<&String>) -> bool {
        name.is_some_and(|name| self.named.contains(name))
    }

    fn add(&mut self, name: Option<&String>) {
        match name {
            Some(name) => self.named.extend([name.clone()]),
            None => self.nameless += 1,
        }
    }

    pub(super) fn add_all(&mut self, others: &Self) {
        self.named.extend(others.named.iter().cloned());
        self.nameless += others.nameless;
    }
}

impl Twins<'_> {
    /// Whether there are several things.
    pub(super) fn are_several(&self) -> bool {
        self.things.len() > 1
    }
}

/// Puts together what shares a key, in the order in which the keys come up.
pub(super) fn gather(keys: Vec<Keyed<'_>>) -> Vec<Twins<'_>> {
    let mut gathered: Vec<Twins<'_>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::with_capacity(keys.len());
    for Keyed { words, same, slots } in keys {
        let place = *places.entry(words).or_insert_with_key(|words| {
            gathered.push(Twins {
                words: words.clone(),
                entries: Vec::new(),
                things: Things::default(),
            });
            gathered.len() - 1
        });
        let twins = &mut gathered[place];
        if !twins.things.holds(same.as_ref()) {
            twins.things.add(same.as_ref());
            twins.entries.push((same, slots));
        }
    }
    gathered
}

/// What has one key in one file, free of its documents.
pub(super) struct Group {
    /// The documents whose entries it has, in order.
    pub(super) documents: Vec<u32>,
    /// All that it holds.
    pub(super) things: Things,
    /// The names of the first few.
    pub(super) first: Vec<Option<String>>,
    /// What is to be said of the second thing, or of the only one; labels show where the first few stand.
    pub(super) found: Diagnostic,
    key: SharedKey,
}

impl Group {
    pub(super) fn new(rule: &Rule) -> Self {
        Self {
            documents: Vec::new(),
            things: Things::default(),
            first: Vec::new(),
            found: Diagnostic::error(&rule.id, Text::default()),
            key: SharedKey::default(),
        }
    }

    /// Adds what a document holds, whose machine must be at hand.
    pub(super) fn add<'a>(
        &mut self,
        twins: &Twins<'a>,
        (rule, unique): (&'a Rule, &'a Unique),
        machine: &mut Machine<'a>,
    ) -> Result<(), Fault> {
        let outer = machine.slots.to_vec();
        let done = self.add_first(twins, (rule, unique), machine);
        machine.set_variables(&outer);
        let slots = twins.entries.iter().map(|(_, slots)| slots.as_slice());
        let names = names(rule, machine);
        self.key.add(names, &twins.words, slots);
        self.things.add_all(&twins.things);
        done
    }

    fn add_first<'a>(
        &mut self,
        twins: &Twins<'a>,
        (rule, unique): (&'a Rule, &'a Unique),
        machine: &mut Machine<'a>,
    ) -> Result<(), Fault> {
        for (name, slots) in &twins.entries {
            if self.first.len() >= MAX_LABELS || self.things.holds(name.as_ref()) {
                continue;
            }
            machine.set_variables(slots);
            let label = place_of_key(rule, unique, machine)?;
            if self.first.len() < 2 {
                let labels = std::mem::take(&mut self.found.labels);
                self.found = bare(rule, machine)?;
                self.found.labels = labels;
            }
            self.found.labels.push(label);
            self.first.push(name.clone());
        }
        Ok(())
    }

    /// The finding, with words for its places and for those elsewhere; `total` is the number of things.
    pub(super) fn finding(&self, elsewhere: &[Label], total: usize) -> Diagnostic {
        let mut found = self.found.clone();
        if !elsewhere.is_empty() {
            found.labels.truncate(MAX_LABELS - 1);
        }
        let is_alike = self.first.iter().any(Option::is_some);
        let subject = self.found.labels.get(1).or(self.found.labels.first());
        let subject = subject.cloned();
        let is_alone = found.labels.len() == 1;
        for (place, label) in found.labels.iter_mut().enumerate() {
            label.text = Some(here(place, is_alone, is_alike));
        }
        let left = MAX_LABELS - found.labels.len();
        for label in elsewhere.iter().take(left) {
            let words = if is_alike { and_this() } else { as_well() };
            found.labels.push(label.clone().with_text(words));
        }
        if let (true, Some(subject)) = (is_alike, subject) {
            tell_apart(&mut found.labels, &subject);
        }
        let more = total.saturating_sub(found.labels.len());
        if let Some(text) = found.labels.last_mut().and_then(|last| last.text.as_mut()) {
            add_more(text, more);
        }
        if !is_alone {
            found.labels.swap(0, 1);
        }
        found.key = self.key.finish().map(Box::new);
        found
    }
}

/// What is said of a thing by its place among those of the file; what is `alike` differs all the same.
fn here(place: usize, is_alone: bool, is_alike: bool) -> Text {
    match place {
        0 if is_alike && is_alone => text!("this one", "هذا"),
        1 if is_alike => text!("this one", "هذا"),
        _ if is_alike => and_this(),
        0 if is_alone => text!("given here", "ورد هنا"),
        0 => text!("first given here", "ورد أولًا هنا"),
        _ => text!("given again here", "وتكرر هنا"),
    }
}

fn and_this() -> Text {
    text!("and this one", "وهذا")
}

fn as_well() -> Text {
    text!("and given here", "وورد هنا أيضًا")
}

/// Adds to what is said of things that look alike where each first differs from the one that the finding is
/// about, and where that differs from another.
fn tell_apart(labels: &mut [Label], subject: &Label) {
    let is_subject =
        |label: &Label| (label.source.name(), label.span) == (subject.source.name(), subject.span);
    let mut own = None;
    for label in labels.iter_mut() {
        let Some((character, other)) = difference(label, subject) else {
            continue;
        };
        own = own.or(Some(other));
        add_character(label, character);
    }
    if let (Some(own), Some(label)) = (own, labels.iter_mut().find(|label| is_subject(label))) {
        add_character(label, own);
    }
}

/// The first character in which two places differ, of each, but for case.
fn difference(label: &Label, other: &Label) -> Option<(Option<char>, Option<char>)> {
    let (one, other) = (
        label.source.slice(label.span),
        other.source.slice(other.span),
    );
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let (mut one, mut other) = (one.chars(), other.chars());
    loop {
        match (one.next(), other.next()) {
            (None, None) => return None,
            (a, b) if a != b => return Some((a, b)),
            _ => {}
        }
    }
}

fn add_character(label: &mut Label, character: Option<char>) {
    let (Some(character), Some(text)) = (character, &mut label.text) else {
        return;
    };
    let words = if character.is_ascii_graphic() {
        text!(", with `{it}`", "، وفيه `{it}`", it = character)
    } else {
        let name = looks::name(character);
        text!(", with {it}", "، وفيه {it}", it = name)
    };
    text.en.push_str(&words.en);
    text.ar.push_str(&words.ar);
}

/// As after the preposition.
const OTHER_PLACES: Noun = Noun {
    en: ["more place", "more places"],
    ar: ["موضع آخر", "موضعين آخرين", "مواضع أخرى", "موضعًا آخر"],
};

/// Adds how many places have no label.
fn add_more(text: &mut Text, more: usize) {
    if more == 0 {
        return;
    }
    let places = OTHER_PLACES.both(more);
    let words = text!(
        ", and in {en}",
        "، وفي {ar}",
        en = places.en,
        ar = places.ar
    );
    text.en.push_str(&words.en);
    text.ar.push_str(&words.ar);
}
