//! The project that a command works in: the settings of the folder in which it runs, and where to find those of
//! other folders.

use std::io;
use std::path::{Path, PathBuf};

use spokeslint::config::{Config, Finder, Lookup, Stack};
use spokeslint::pack::Packs;
use spokeslint::suppress::baseline;
use spokeslint::{Error, Lang};

use super::Shared;

/// The way to find settings.
#[derive(Default)]
pub(super) struct Project {
    finder: Finder,
}

impl Project {
    /// Looks for settings as the command line says: in the folders of files, in a file that it names, or nowhere.
    pub(super) fn open(shared: &Shared) -> Result<Self, Error> {
        let lookup = match &shared.config {
            Some(path) => Lookup::Only(path.clone()),
            None if shared.no_config => Lookup::Nothing,
            None => Lookup::Nearest,
        };
        let here = here().or_else(|source| match &lookup {
            Lookup::Nothing => Ok(PathBuf::new()),
            _ => Err(Error::Read {
                path: ".".to_owned(),
                source,
            }),
        })?;
        Ok(Self {
            finder: Finder::new(here, lookup, shared.allow_outside.clone()),
        })
    }

    pub(super) fn finder(&self) -> &Finder {
        &self.finder
    }

    /// The settings of the folder in which the command runs.
    pub(super) fn home(&self) -> Result<Stack, Error> {
        self.finder.home()
    }

    /// The folder of the settings of the folder in which the command runs, or that folder itself.
    pub(super) fn folder(&self) -> PathBuf {
        let home = self.home().ok().and_then(|home| home.own);
        folder(home.as_deref())
    }

    pub(super) fn lang(&self) -> Option<Lang> {
        let home = self.home().ok()?;
        let (lang, _) = home.own?.lang()?;
        Some(lang)
    }

    /// The baseline that is looked for: the one that the settings name, or else the one beside them, or in the folder
    /// in which the command runs.
    pub(super) fn baseline(&self, config: Option<&Config>) -> Result<PathBuf, Error> {
        if let Some(named) = config.and_then(Config::baseline) {
            return Ok(named.to_owned());
        }
        let folder = folder(config);
        baseline::beside(&folder, &self.finder.confines(&folder))
    }

    /// The built-in packs, those of the settings and those in these folders.
    pub(super) fn load(&self, folders: &[PathBuf]) -> Result<Packs, Error> {
        let mut packs = Packs::builtin()?;
        self.home()?.add(&mut packs, folders)?;
        Ok(packs)
    }
}

/// The files of settings, and what they name: folders with packs, waivers, the baseline.
pub(super) fn reads(config: &Config) -> impl Iterator<Item = PathBuf> {
    let files = config.files().map(PathBuf::from);
    let waivers = config.waivers().iter().cloned();
    let baseline = config.baseline().map(Path::to_owned);
    files.chain(config.packs()).chain(waivers).chain(baseline)
}

/// The folder of settings, or that in which the command runs.
pub(super) fn folder(config: Option<&Config>) -> PathBuf {
    let folder = config.and_then(|config| config.path().parent());
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new(".")).to_owned()
}

/// Whether a path leads to a folder or to something below it.
pub(super) fn lies_in(path: &Path, folder: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    match (real(path), real(folder)) {
        (Some(path), Some(folder)) => path.starts_with(folder),
        _ => false,
    }
}

/// The folder in which the command runs.
#[expect(
    clippy::disallowed_methods,
    reason = "settings belong to the folder in which the command runs"
)]
fn here() -> io::Result<PathBuf> {
    std::env::current_dir()?.canonicalize()
}
