//! The project that a command works in: the settings of `spokeslint.yaml`, and the packs that it and the
//! command line name.

use std::path::{Path, PathBuf};

use spokeslint::config::{self, Config};
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
        let config = path.as_deref().map(Config::read).transpose()?;
        Ok(Self { config, path })
    }

    pub(super) fn config(&self) -> Option<&Config> {
        self.config.as_ref()
    }

    /// The folder of the settings, or that in which the command runs.
    pub(super) fn folder(&self) -> PathBuf {
        let folder = self.path.as_deref().and_then(Path::parent);
        let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
        folder.unwrap_or(Path::new(".")).to_owned()
    }

    pub(super) fn lang(&self) -> Option<Lang> {
        self.config().and_then(Config::lang)
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

#[expect(
    clippy::disallowed_methods,
    reason = "settings belong to the folder in which the command runs"
)]
fn find() -> Option<PathBuf> {
    config::find(&std::env::current_dir().ok()?)
}
