//! What is kept of a file for the checks across files: three numbers for a key, and nothing of its text.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher as _};

use rayon::prelude::*;

use crate::engine::run::{Keyed, Outcome, Verdict};
use crate::source::to_offset;

/// What a file adds to the checks across files.
#[derive(Debug, Default)]
pub struct Facts {
    /// The file's name.
    pub(super) name: String,
    keys: Vec<Fact>,
    /// Rules with documents in which they were kept from looking at everything.
    blocked: BTreeSet<(u32, u32)>,
}

/// A key that something in a document has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fact {
    /// The number of the document in its file.
    document: u32,
    /// The number of the rule among those that look across documents.
    rule: u32,
    /// Equal for equal keys of one rule.
    key: u64,
    /// Equal for entries of one thing.
    thing: u64,
}

impl Facts {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Takes down the keys that a rule found in a document.
    pub(super) fn add(&mut self, (rule, document): (u32, u32), outcome: &Outcome<'_>) {
        let fact = |(index, keyed): (usize, &Keyed<'_>)| Fact {
            document,
            rule,
            key: key(rule, &keyed.words),
            // Without a name it differs from everything else, in other files too.
            thing: match &keyed.same {
                Some(name) => hash(&name),
                None => hash(&(&self.name, document, index)),
            },
        };
        let mut keys: Vec<Fact> = outcome.keys.iter().enumerate().map(fact).collect();
        keys.sort_unstable();
        keys.dedup();
        self.keys.extend(keys);
        if outcome.verdict == Verdict::NotEvaluated && !outcome.keys.is_empty() {
            self.blocked.insert((rule, document));
        }
    }

    pub(super) fn shrink(&mut self) {
        self.keys.shrink_to_fit();
    }

    /// Whether a rule has no verdict on a document unless a twin is found.
    pub(super) fn was_blocked(&self, rule: u32, document: u32) -> bool {
        self.blocked.contains(&(rule, document))
    }

    /// The rules that found some of the keys.
    pub(super) fn rules(&self, suspects: &[u64]) -> BTreeSet<u32> {
        let some = self.keys.iter();
        some.filter(|fact| suspects.binary_search(&fact.key).is_ok())
            .map(|fact| fact.rule)
            .collect()
    }

    /// Whether the same was found by these rules.
    pub(super) fn agree(&self, other: &Self, rules: &BTreeSet<u32>) -> bool {
        let by_these = |fact: &&Fact| rules.contains(&fact.rule);
        let (own, others) = (self.keys.iter(), other.keys.iter());
        own.filter(by_these).eq(others.filter(by_these))
    }
}

/// A number that is equal for equal keys of one rule.
pub(super) fn key(rule: u32, words: &str) -> u64 {
    hash(&(rule, words))
}

/// The same in every run and on every thread.
fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The files, by their places, with the keys that different things may have, sorted.
pub(super) fn suspects(facts: &[Facts]) -> Vec<(usize, Vec<u64>)> {
    let all = facts.iter().enumerate();
    let mut keys: Vec<(u64, u64, u32)> = all
        .flat_map(|(file, facts)| {
            let file = to_offset(file);
            let keys = facts.keys.iter();
            keys.map(move |fact| (fact.key, fact.thing, file))
        })
        .collect();
    keys.par_sort_unstable();
    let mut suspects: BTreeMap<usize, Vec<u64>> = BTreeMap::new();
    for entries in keys.chunk_by(|a, b| a.0 == b.0) {
        if entries.first().map(|entry| entry.1) == entries.last().map(|entry| entry.1) {
            continue;
        }
        for (key, _, file) in entries {
            let own = suspects.entry(*file as usize).or_default();
            // The keys come in order.
            if own.last() != Some(key) {
                own.push(*key);
            }
        }
    }
    suspects.into_iter().collect()
}
