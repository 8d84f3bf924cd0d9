//! The settings of a file: the nearest ones, and the outer ones whose final rules stay on. Loads the packs that
//! all of them need.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Config, Exclusion, Finals, PackFolder, fail_on, names};
use crate::confines::Confines;
use crate::error::Error;
use crate::pack::{Packs, Rule};

/// The settings of a file.
#[derive(Clone, Debug, Default)]
pub struct Stack {
    /// The nearest ones, if there are any.
    pub own: Option<Arc<Config>>,
    /// Those further out, the nearest first: their final rules stay on, and nothing else of them.
    pub outer: Vec<Arc<Config>>,
    /// The confines of links in packs that the command line names.
    pub confines: Confines,
}

impl Stack {
    /// The final rules of the outer settings, the outermost first.
    ///
    /// # Errors
    ///
    /// The errors in the outer settings or their packs.
    pub fn finals(&self) -> Result<Vec<&Finals>, Error> {
        let outer = self.outer.iter().rev();
        outer.map(|config| config.finals()).collect()
    }

    /// The outer settings with final rules, the outermost first.
    ///
    /// # Errors
    ///
    /// As for [`Stack::finals`].
    pub fn strict(&self) -> Result<Vec<&Config>, Error> {
        let finals = self.finals()?;
        let outer = self.outer.iter().rev().zip(finals);
        let strict = outer.filter(|(_, finals)| finals.ids().next().is_some());
        Ok(strict.map(|(config, _)| &**config).collect())
    }

    /// Returns whether nothing but the built-in packs is needed.
    ///
    /// # Errors
    ///
    /// As for [`Stack::finals`].
    pub fn has_no_packs(&self) -> Result<bool, Error> {
        let own = self.own.iter();
        Ok(self.strict()?.is_empty() && own.flat_map(|config| &config.packs).next().is_none())
    }

    /// Adds the packs of the settings and those in these folders, each once, however they are named; of the packs
    /// that only outer settings name, the final rules. Then adds the words that the settings add to lists, and looks
    /// whether everything that they name is there and may be changed.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] with every mistake in the settings, [`Error::Packs`] for a pack that does not load.
    pub fn add(&self, packs: &mut Packs, folders: &[PathBuf]) -> Result<(), Error> {
        let strict = self.strict()?;
        let own = self.own.as_deref();
        own.map_or(Ok(()), Config::is_sound)?;
        let configs: Vec<&Config> = strict.iter().copied().chain(own).collect();
        load(packs, &configs, (folders, &self.confines))?;
        if !strict.is_empty() {
            self.keep_finals(packs, (&strict, folders));
        }
        self.apply(packs)
    }

    /// Adds words to the lists of packs that are loaded already, and looks whether everything that the settings name
    /// is there and may be changed.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] with every mistake in the settings.
    pub fn apply(&self, packs: &mut Packs) -> Result<(), Error> {
        let finals = self.finals()?;
        if let Some(own) = &self.own {
            own.is_sound()?;
            own.apply(packs, &finals)?;
        }
        for config in self.strict()? {
            // What is wrong with them has been told: they apply to packs of their own.
            config.add_words(packs);
        }
        Ok(())
    }

    /// Takes out the rules that only outer settings name and that are not final.
    fn keep_finals(&self, packs: &mut Packs, (strict, folders): (&[&Config], &[PathBuf])) {
        let real = |path: PathBuf| path.canonicalize().ok();
        let of = |config: &Config| {
            config
                .packs()
                .into_iter()
                .filter_map(real)
                .collect::<Vec<_>>()
        };
        let outer: Vec<PathBuf> = strict.iter().flat_map(|config| of(config)).collect();
        let mut own: Vec<PathBuf> = self.own.iter().flat_map(|config| of(config)).collect();
        own.extend(folders.iter().cloned().filter_map(real));
        let is_foreign = |rule: &Rule| {
            let Some(path) = real(rule.source.name().into()) else {
                return false;
            };
            let lies_in =
                |folders: &[PathBuf]| folders.iter().any(|folder| path.starts_with(folder));
            lies_in(&outer) && !lies_in(&own)
        };
        packs
            .rules
            .retain(|rule| rule.finality.is_some() || !is_foreign(rule));
    }

    /// The patterns that leave a file out which was found in a folder: those of the nearest settings, and of outer
    /// ones those that leave out a whole folder.
    pub fn exclusions(&self, real: Option<&Path>, name: &str) -> Vec<Exclusion> {
        let own = self.own.iter();
        let own = own.flat_map(|config| config.exclusions(real, name));
        own.chain(self.outer_exclusions(real, name)).collect()
    }

    /// The patterns of outer settings among them.
    pub fn outer_exclusions<'s>(
        &'s self,
        real: Option<&'s Path>,
        name: &'s str,
    ) -> impl Iterator<Item = Exclusion> + 's {
        let outer = self.outer.iter();
        outer.flat_map(move |config| config.folder_exclusions(real, name))
    }
}

/// A folder with packs that is to be loaded.
struct Wanted<'w> {
    path: PathBuf,
    real: Option<PathBuf>,
    /// The place in the settings that names it.
    named: Option<&'w PackFolder>,
    /// The confines of links in it.
    confines: &'w Confines,
}

impl<'w> Wanted<'w> {
    fn new(path: PathBuf, named: Option<&'w PackFolder>, confines: &'w Confines) -> Self {
        Self {
            real: path.canonicalize().ok(),
            path,
            named,
            confines,
        }
    }

    /// Returns whether another folder holds this one.
    fn is_in(&self, other: &Self) -> bool {
        match (&self.real, &other.real) {
            (Some(own), Some(other)) => own.starts_with(other),
            _ => false,
        }
    }
}

/// Loads the packs that settings name and those in these folders, each once.
pub(super) fn load(
    packs: &mut Packs,
    configs: &[&Config],
    (folders, confines): (&[PathBuf], &Confines),
) -> Result<(), Error> {
    let named = configs.iter().flat_map(|config| {
        let named = config.packs.iter();
        named.map(|folder| Wanted::new(folder.path(), Some(folder), &config.confines))
    });
    let more = folders.iter();
    let more = more.map(|path| Wanted::new(path.clone(), None, confines));
    let wanted: Vec<Wanted<'_>> = named.chain(more).collect();
    let mut mistakes = Vec::new();
    for (place, folder) in wanted.iter().enumerate() {
        let holds = |(at, other): (usize, &Wanted<'_>)| {
            at != place && folder.is_in(other) && (at < place || !other.is_in(folder))
        };
        if wanted.iter().enumerate().any(holds) {
            continue;
        }
        match (
            packs.load_within(&folder.path, folder.confines),
            folder.named,
        ) {
            (Err(Error::NothingFound(_)), Some(folder)) => {
                mistakes.push(names::no_pack(&folder.named));
            }
            (loaded, _) => loaded?,
        }
    }
    fail_on(mistakes)
}
