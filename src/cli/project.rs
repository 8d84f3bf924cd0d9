//! The project that a command works in: the settings of `spokeslint.yaml`, and the packs that it and the
//! command line name.

use std::io;
use std::path::{Path, PathBuf};

use spokeslint::config::{self, Config};
use spokeslint::discover::Cause;
use spokeslint::engine::Report;
use spokeslint::pack::Packs;
use spokeslint::{Error, Lang};

use super::Shared;

/// What is known of the project; nothing where there are no settings.
#[derive(Default)]
pub(super) struct Project {
    config: Option<Config>,
    path: Option<PathBuf>,
}

impl Project {
    /// Reads the settings that were named, or those nearest to the folder in which the command runs.
    pub(super) fn open(shared: &Shared) -> Result<Self, Error> {
        let path = match &shared.config {
            Some(path) => Some(path.clone()),
            None if shared.no_config => None,
            None => find(),
        };
        let Some(path) = path else {
            return Ok(Self::default());
        };
        let here = here().map_err(|source| Error::Read {
            path: ".".to_owned(),
            source,
        })?;
        let config = Some(Config::read(&path, &here)?);
        Ok(Self {
            config,
            path: Some(path),
        })
    }

    pub(super) fn config(&self) -> Option<&Config> {
        self.config.as_ref()
    }

    /// The files of settings, and what they name: folders with packs, waivers, the baseline.
    pub(super) fn reads(&self) -> Vec<PathBuf> {
        let config = self.config().into_iter();
        let files = config.clone().flat_map(Config::files).map(PathBuf::from);
        let packs = config.clone().flat_map(Config::packs);
        let waivers = config.clone().flat_map(Config::waivers).cloned();
        let baseline = config.filter_map(Config::baseline).map(Path::to_owned);
        files.chain(packs).chain(waivers).chain(baseline).collect()
    }

    /// The folder of the settings, or that in which the command runs.
    pub(super) fn folder(&self) -> PathBuf {
        let folder = self.path.as_deref().and_then(Path::parent);
        let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
        folder.unwrap_or(Path::new(".")).to_owned()
    }

    pub(super) fn lang(&self) -> Option<Lang> {
        let (lang, _) = self.config().and_then(Config::lang)?;
        Some(lang)
    }

    /// Leaves out of what was passed over and excluded what belongs to the project and is expected to be no document.
    pub(super) fn forget_own(&self, report: &mut Report) {
        if let Some(config) = self.config() {
            for one in &mut report.unchecked {
                if one.line.is_none() && config.is_own(&one.name) {
                    one.cause = Cause::Settings;
                }
            }
            report.excluded.retain(|name| !config.is_own(name));
        }
    }

    /// Whether the settings name no packs besides those that come with the tool.
    pub(super) fn has_no_packs(&self) -> bool {
        self.config().is_none_or(|config| config.packs().is_empty())
    }

    /// Completes packs that were loaded without the settings by what these say.
    pub(super) fn apply(&self, packs: &mut Packs) -> Result<(), Error> {
        self.config().map_or(Ok(()), |config| {
            config.is_sound()?;
            config.apply(packs)
        })
    }

    /// The built-in packs, those of the settings and those in these folders.
    pub(super) fn load(&self, folders: &[PathBuf]) -> Result<Packs, Error> {
        let mut packs = Packs::builtin()?;
        self.add(&mut packs, folders)?;
        Ok(packs)
    }

    /// Adds the packs of the settings and those in these folders, each once, however they are named.
    pub(super) fn add(&self, packs: &mut Packs, folders: &[PathBuf]) -> Result<(), Error> {
        let mut own = Vec::new();
        if let Some(config) = self.config() {
            own = config.packs();
            let is_below = |path: &Path| folders.iter().any(|folder| lies_in(path, folder));
            config.load(packs, is_below)?;
            own.retain(|path| !is_below(path));
        }
        for folder in folders {
            if !own.iter().any(|path| lies_in(folder, path)) {
                packs.load(folder)?;
            }
        }
        self.config().map_or(Ok(()), |config| config.apply(packs))
    }
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

fn find() -> Option<PathBuf> {
    config::find(&here().ok()?)
}
