//! The effective settings of each file in a run, with one engine for each set of settings.
//!
//! Settings are those nearest to a file; of the ones further out, the final rules stay on. Sets of settings that say
//! the same of rules share an engine.

mod fate;
mod open;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use fate::{Fate, Refusals};

use crate::config::{Config, Files, Finder, Stack, plain};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::discover::{Input, Origin};
use crate::engine::{Engine, Settings, Share};
use crate::error::Error;
use crate::pack::Packs;

/// The choices for a whole run, which override the settings of a file.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// The profile whose rules are on.
    pub profile: Option<String>,
    /// The only rules or packs that are on.
    pub select: Vec<String>,
    /// Rules or packs that are off.
    pub ignore: Vec<String>,
    /// Folders with packs.
    pub packs: Vec<PathBuf>,
    /// The day of the run.
    pub as_of: Date,
    /// True if all rules are wanted, also those that are off, with all that there is to say of them.
    pub whole: bool,
}

impl Chosen {
    /// Returns whether rules are chosen, whatever settings name.
    fn chooses(&self) -> bool {
        self.profile.is_some() || !self.select.is_empty()
    }

    /// The names that it gives to rules, packs and profiles.
    fn names(&self) -> impl Iterator<Item = &String> {
        let named = self.select.iter().chain(&self.ignore);
        named.chain(&self.profile)
    }
}

/// A set of settings with what they amount to.
#[derive(Debug)]
pub struct Domain {
    /// The settings.
    pub stack: Stack,
    /// The packs that they need.
    pub packs: Arc<Packs>,
    /// The settings of rules, together with the choices for the run.
    pub settings: Settings,
    /// The engine.
    pub engine: Arc<Engine>,
    /// The findings on entries in the settings that change nothing.
    pub idle: Vec<Diagnostic>,
}

impl Domain {
    /// The nearest settings.
    pub fn config(&self) -> Option<&Config> {
        self.stack.own.as_deref()
    }

    /// The lightest finding that makes a check fail, unless something else is chosen for the run.
    pub fn fail_on(&self, chosen: Option<Severity>) -> Severity {
        let said = self.config().and_then(Config::fail_on);
        let said = said.map(|(severity, _)| severity);
        chosen.or(said).unwrap_or(Severity::Warning)
    }

    /// Returns the part of a report about the settings, for this number of documents.
    pub fn share(&self, documents: usize) -> Share {
        let strict = self.stack.strict().unwrap_or_default();
        let strict = strict.into_iter().rev();
        Share {
            settings: self.config().map(name),
            finals_of: strict.map(name).collect(),
            documents,
            rules: self.engine.rule_count(),
        }
    }
}

/// Returns the name of a settings file in messages.
fn name(config: &Config) -> String {
    crate::source::display_name(config.path())
}

/// The settings of a run.
#[derive(Debug)]
pub struct Domains {
    /// In the order in which the files come up.
    all: Vec<Result<Domain, Box<Broken>>>,
    /// By where files are, the place of their settings.
    folders: HashMap<Place, usize>,
    /// The places of those that are sound among their like.
    numbers: Vec<Option<usize>>,
    here: PathBuf,
}

/// Settings that are not sound.
#[derive(Debug)]
struct Broken {
    error: Option<Error>,
    /// The outer ones, which may be sound nevertheless.
    outer: Stack,
}

impl Domains {
    /// Finds and loads the settings of files; where there are no files, those of the folder in which the run began.
    pub fn open(finder: &Finder, chosen: &Chosen, inputs: &[Input]) -> Self {
        let mut folders = HashMap::new();
        let mut places: HashMap<Files, usize> = HashMap::new();
        let mut files: Vec<Files> = Vec::new();
        let here = finder.here();
        let own = inputs.iter().map(|input| Place::of(input, here));
        let home = inputs.is_empty().then(|| Place::folder(here));
        for found in own.chain(home) {
            if folders.contains_key(&found) {
                continue;
            }
            let (folder, found) = (found.clone(), found.files(finder));
            let place = *places.entry(found).or_insert_with_key(|found| {
                files.push(Arc::clone(found));
                files.len() - 1
            });
            folders.insert(folder, place);
        }
        let all = open::open(finder, chosen, &files);
        let mut sound = 0..;
        let numbers = all
            .iter()
            .map(|domain| domain.as_ref().ok().and_then(|_| sound.next()));
        Self {
            numbers: numbers.collect(),
            all,
            folders,
            here: here.to_owned(),
        }
    }

    /// The settings that are sound.
    pub fn iter(&self) -> impl Iterator<Item = &Domain> {
        self.all.iter().filter_map(|domain| domain.as_ref().ok())
    }

    /// The settings of a file, if they are sound.
    pub fn of(&self, input: &Input) -> Option<&Domain> {
        self.all.get(self.place(input)?)?.as_ref().ok()
    }

    /// The place of a file's settings among those that are sound.
    pub fn number(&self, input: &Input) -> Option<usize> {
        self.numbers.get(self.place(input)?).copied().flatten()
    }

    fn place(&self, input: &Input) -> Option<usize> {
        self.folders.get(&Place::of(input, &self.here)).copied()
    }

    /// Takes out what is wrong with the settings of files that are to be checked, each mistake once; `needed` says
    /// whether a file is.
    pub fn take_errors<'i>(&mut self, needed: impl IntoIterator<Item = &'i Input>) -> Vec<Error> {
        let mut places: Vec<usize> = needed
            .into_iter()
            .filter_map(|input| self.place(input))
            .collect();
        if self.folders.values().all(|place| *place == 0) {
            // Nothing else is there to be checked.
            places.push(0);
        }
        places.sort_unstable();
        places.dedup();
        let mut told = Vec::new();
        let mut errors = Vec::new();
        for place in places {
            let Some(Err(broken)) = self.all.get_mut(place) else {
                continue;
            };
            let Some(error) = broken.error.take() else {
                continue;
            };
            let words = words(&error);
            if !told.contains(&words) {
                told.push(words);
                errors.push(error);
            }
        }
        errors
    }

    /// All packs, for what is said of rules after the run.
    pub fn packs(&self) -> Arc<Packs> {
        let mut all = self.iter().map(|domain| &domain.packs);
        let Some(first) = all.next() else {
            return Arc::new(Packs::empty());
        };
        let mut others = all.filter(|packs| !Arc::ptr_eq(first, packs)).peekable();
        if others.peek().is_none() {
            return Arc::clone(first);
        }
        let mut joint = Packs::clone(first);
        for packs in others {
            joint.join(packs);
        }
        Arc::new(joint)
    }
}

/// The folders whose settings apply to a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Place {
    /// The folder of the file without links.
    real: PathBuf,
    /// The folder by whose path it was found, if links led elsewhere: the final rules there stay on as well.
    link: Option<PathBuf>,
}

impl Place {
    fn folder(folder: &Path) -> Self {
        Self {
            real: folder.to_owned(),
            link: None,
        }
    }

    fn of(input: &Input, here: &Path) -> Self {
        let Some(real) = &input.real else {
            return Self::folder(here);
        };
        let link = match &input.origin {
            Origin::File(path) => Some(plain(&here.join(path))),
            Origin::Stdin => None,
        };
        let link = link.filter(|path| path != real);
        Self {
            real: real.parent().unwrap_or(here).to_owned(),
            link: link.and_then(|path| path.parent().map(Path::to_owned)),
        }
    }

    /// The files of settings, the nearest first, those of the link behind the others.
    fn files(&self, finder: &Finder) -> Files {
        let own = finder.files(&self.real);
        let Some(link) = &self.link else {
            return own;
        };
        let others = finder.files(link);
        if others == own {
            return own;
        }
        let mut all = own.to_vec();
        for file in others.iter() {
            let folder = file.parent().and_then(|folder| folder.canonicalize().ok());
            let file = folder.zip(file.file_name());
            let file = file.map(|(folder, name)| Arc::from(folder.join(name)));
            all.extend(file.filter(|file| !all.contains(file)));
        }
        all.into()
    }
}

/// Returns the words that tell errors apart.
fn words(error: &Error) -> (String, Vec<String>) {
    let found = match error {
        Error::Packs(found) | Error::Config(found) => &found[..],
        _ => &[],
    };
    let place = |found: &Diagnostic| {
        let label = found.labels.first();
        let place = label.map(|label| (label.source.name().to_owned(), label.span));
        format!("{place:?} {}", found.message.en)
    };
    (error.to_string(), found.iter().map(place).collect())
}

#[cfg(test)]
mod tests;
