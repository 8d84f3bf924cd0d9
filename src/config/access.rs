//! The files that settings may read: the files of their project, and what the command line allows besides.

use std::path::{Path, PathBuf};

use super::FILE_NAME;
use crate::confines::{self, Confines};
use crate::error::Error;
use crate::repository;
use crate::source::display_name;

/// The project of settings in a folder, which no path in them may leave: the repository or, outside of any, the
/// outermost folder above that has settings.
pub fn project(folder: &Path) -> Confines {
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let outermost = match repository::root(&real) {
        Some(_) => None,
        None => real.ancestors().filter(|above| has_settings(above)).last(),
    };
    Confines::around(outermost.unwrap_or(folder))
}

/// Returns whether settings are found in a folder. A link that leads nowhere, or a pipe, is an error later rather than
/// none.
pub(super) fn has_settings(folder: &Path) -> bool {
    let found = folder.join(FILE_NAME).symlink_metadata();
    found.is_ok_and(|found| !found.is_dir())
}

/// The files that the command line lets settings read.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// Folders outside the project.
    pub folders: Vec<PathBuf>,
    /// True if the command line names the file with the settings, which may then be anywhere.
    pub is_named: bool,
}

impl Access {
    /// Returns the confines of the paths in a file. The file itself must be within them unless it is named.
    pub(super) fn confines(&self, path: &Path, here: &Path) -> Result<Confines, Error> {
        let folder = here.join(path.parent().unwrap_or(Path::new("")));
        let mut confines = project(&folder);
        for folder in &self.folders {
            confines = confines.with(folder);
        }
        if !self.is_named && confines.follow(here, path).is_err() {
            let place = confines::place_of(path);
            let found = confines::outside("config/outside", &display_name(path), place);
            return Err(Error::Config(vec![found]));
        }
        Ok(confines)
    }
}
