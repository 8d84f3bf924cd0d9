//! Settings → packs and engines. What says the same of rules is made once.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Broken, Chosen, Domain};
use crate::config::{Config, Files, Finder, Stack};
use crate::engine::{Engine, Numbers, Settings};
use crate::error::Error;
use crate::pack::Packs;

/// A set of settings with its packs.
struct Loaded {
    stack: Stack,
    settings: Settings,
    packs: Arc<Packs>,
    /// The place of the first that says the same of rules.
    same: usize,
}

/// Opens the settings in files, in their order.
pub(super) fn open(
    finder: &Finder,
    chosen: &Chosen,
    files: &[Files],
) -> Vec<Result<Domain, Box<Broken>>> {
    let mut firsts: HashMap<String, usize> = HashMap::new();
    let read: Vec<(Result<Stack, Error>, usize)> = files
        .iter()
        .enumerate()
        .map(|(place, files)| {
            let stack = finder.stack(files);
            let words = stack.as_ref().ok().and_then(|stack| meaning(stack, files));
            let same = words.map(|words| *firsts.entry(words).or_insert(place));
            (stack, same.unwrap_or(place))
        })
        .collect();
    let numbered: Vec<_> = read.into_iter().enumerate().collect();
    let (firsts, others): (Vec<_>, Vec<_>) = numbered
        .into_iter()
        .partition(|(place, (_, same))| place == same);
    let firsts: Vec<(usize, Result<Loaded, Error>)> = firsts
        .into_par_iter()
        .map(|(place, (stack, same))| {
            let loaded = stack.and_then(|stack| Loaded::new(stack, chosen, (same, None)));
            (place, loaded)
        })
        .collect();
    let mut all: Vec<Option<Result<Loaded, Error>>> = files.iter().map(|_| None).collect();
    for (place, loaded) in firsts {
        all[place] = Some(loaded);
    }
    for (place, (stack, same)) in others {
        let packs = match &all[same] {
            Some(Ok(first)) => Some(Arc::clone(&first.packs)),
            _ => None,
        };
        let same = if packs.is_some() { same } else { place };
        all[place] = Some(stack.and_then(|stack| Loaded::new(stack, chosen, (same, packs))));
    }
    let mut all: Vec<Result<Loaded, Error>> = all.into_iter().flatten().collect();
    tell_of_others(&mut all, chosen);
    let domains = engines(all, chosen);
    let numbered = domains.into_iter().zip(files);
    numbered
        .map(|(domain, files)| domain.map_err(|error| Box::new(broken(finder, files, error))))
        .collect()
}

/// Returns a text that is equal for settings with the same effect on rules; nothing where that depends on the
/// folder in which they are.
fn meaning(stack: &Stack, files: &Files) -> Option<String> {
    let Some(config) = &stack.own else {
        return Some(format!("{:?}", files.get(1..)));
    };
    let words = config.meaning()?;
    Some(format!("{words} {:?}", files.get(1..)))
}

fn broken(finder: &Finder, files: &Files, error: Error) -> Broken {
    let outer = files.get(1..).unwrap_or_default();
    // Without its own settings, a file has nothing that could be wrong once more.
    let mut stack = finder.stack(outer).unwrap_or_default();
    stack.outer.splice(0..0, stack.own.take());
    Broken {
        error: Some(error),
        outer: stack,
    }
}

/// Tells each of the settings which of the chosen names others know: these are no mistakes.
fn tell_of_others(all: &mut [Result<Loaded, Error>], chosen: &Chosen) {
    if all.len() < 2 || chosen.names().next().is_none() {
        return;
    }
    let mut known: BTreeSet<String> = BTreeSet::new();
    for Loaded { packs, .. } in all.iter().flatten() {
        let profiles = packs.profiles.iter().map(|profile| profile.id.clone());
        let rules = packs.rule_ids().map(str::to_owned);
        let ids = packs.packs.iter().map(|pack| pack.id.clone());
        known.extend(profiles.chain(rules).chain(ids));
    }
    for loaded in all.iter_mut().flatten() {
        let elsewhere = chosen.names().filter(|name| known.contains(*name));
        loaded.settings.elsewhere = elsewhere.cloned().collect();
    }
}

/// The engines, numbered one after the other.
fn engines(all: Vec<Result<Loaded, Error>>, chosen: &Chosen) -> Vec<Result<Domain, Error>> {
    let made: Vec<Option<Result<Engine, Error>>> = all
        .par_iter()
        .enumerate()
        .map(|(place, loaded)| {
            let loaded = loaded.as_ref().ok()?;
            (loaded.same == place).then(|| loaded.engine(chosen))
        })
        .collect();
    let mut numbers = Numbers::default();
    let mut engines: Vec<Option<Result<Arc<Engine>, Error>>> = made
        .into_iter()
        .map(|made| {
            Some(made?.map(|mut engine| {
                engine.number(&mut numbers);
                Arc::new(engine)
            }))
        })
        .collect();
    let mut domains = Vec::with_capacity(all.len());
    for (place, loaded) in all.into_iter().enumerate() {
        domains.push(loaded.and_then(|loaded| {
            let engine = match &engines[loaded.same] {
                Some(Ok(engine)) => Arc::clone(engine),
                _ if loaded.same == place => match engines[place].take() {
                    Some(Err(error)) => return Err(error),
                    _ => Arc::new(loaded.engine(chosen)?),
                },
                // It is blamed on the places in this file.
                _ => Arc::new(loaded.engine(chosen)?),
            };
            Ok(loaded.into_domain(engine, chosen))
        }));
    }
    domains
}

impl Loaded {
    fn new(
        stack: Stack,
        chosen: &Chosen,
        (same, packs): (usize, Option<Arc<Packs>>),
    ) -> Result<Self, Error> {
        let mut settings = Settings::new(chosen.as_of);
        settings.take(&stack)?;
        if let Some(profile) = &chosen.profile {
            settings.profiles = vec![profile.clone()];
            settings.extends.clear();
        }
        settings.select.clone_from(&chosen.select);
        settings.ignore.clone_from(&chosen.ignore);
        let packs = match packs {
            Some(packs) => packs,
            None => Arc::new(load(&stack, chosen, &settings)?),
        };
        Ok(Self {
            stack,
            settings,
            packs,
            same,
        })
    }

    fn engine(&self, chosen: &Chosen) -> Result<Engine, Error> {
        Engine::new(&self.packs, &self.settings).map_err(|error| {
            let config = self.stack.own.as_deref().filter(|_| !chosen.chooses());
            let blamed = match &error {
                Error::Contradiction(pairs) => {
                    config.and_then(|config| config.blame(pairs, &error))
                }
                _ => None,
            };
            blamed.unwrap_or(error)
        })
    }

    fn into_domain(self, engine: Arc<Engine>, chosen: &Chosen) -> Domain {
        let own = |config: &Config| {
            let mut idle = self.settings.idle(&self.packs);
            idle.retain(|found| found.labels.iter().all(|place| config.is_own_place(place)));
            idle
        };
        // What settings say may matter where nothing is chosen for the run.
        let config = self.stack.own.as_deref().filter(|_| !chosen.chooses());
        Domain {
            idle: config.map(own).unwrap_or_default(),
            stack: self.stack,
            packs: self.packs,
            settings: self.settings,
            engine,
        }
    }
}

/// The packs that settings need, no more of the built-in ones than is wanted.
fn load(stack: &Stack, chosen: &Chosen, settings: &Settings) -> Result<Packs, Error> {
    if chosen.packs.is_empty() && !chosen.whole && stack.has_no_packs()? {
        let mut packs = settings.builtin()?;
        stack.apply(&mut packs)?;
        return Ok(packs);
    }
    let mut packs = Packs::builtin()?;
    stack.add(&mut packs, &chosen.packs)?;
    Ok(packs)
}
