//! Finds the settings of a file: the nearest `spokeslint.yaml` above it, and the outer ones in the same
//! repository, whose final rules stay on.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::access::has_settings;
use super::{Access, Config, FILE_NAME, Stack, project};
use crate::confines::Confines;
use crate::error::Error;
use crate::schema::API_VERSION;
use crate::source::Source;
use crate::yaml::{self, Document};

/// The way to look for settings.
#[derive(Clone, Debug, Default)]
pub enum Lookup {
    /// In the folder of each file and in those above it.
    Nearest,
    /// This file holds for all files.
    Only(PathBuf),
    /// There are none.
    #[default]
    Nothing,
}

/// Files of settings by their absolute paths, the nearest first.
pub type Files = Arc<[Arc<Path>]>;

/// Finds and reads settings, each file once.
#[derive(Debug, Default)]
pub struct Finder {
    here: PathBuf,
    lookup: Lookup,
    /// Folders outside the project that the command line allows settings to read.
    allowed: Vec<PathBuf>,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    folders: HashMap<PathBuf, Above>,
    read: HashMap<Arc<Path>, Arc<Config>>,
}

/// The settings in a folder and in those above it.
#[derive(Clone, Debug)]
struct Above {
    files: Files,
    /// True if they are in the repository that the folder is in.
    is_inside: bool,
}

impl Default for Above {
    fn default() -> Self {
        Self {
            files: Files::default(),
            is_inside: true,
        }
    }
}

impl Above {
    /// Goes on to a folder below.
    fn enter(mut self, folder: &Path) -> Self {
        if folder.join(".git").exists() {
            self.is_inside = false;
        }
        let own = folder.join(FILE_NAME);
        if is_settings(&own) {
            let outer = self.files.iter().filter(|_| self.is_inside).cloned();
            self.files = std::iter::once(own.into()).chain(outer).collect();
            self.is_inside = true;
        }
        self
    }
}

impl Finder {
    /// A search for a run in a folder whose absolute path without links is `here`.
    pub fn new(here: PathBuf, lookup: Lookup, allowed: Vec<PathBuf>) -> Self {
        Self {
            here,
            lookup,
            allowed,
            known: Mutex::default(),
        }
    }

    /// The folder in which the run began.
    pub fn here(&self) -> &Path {
        &self.here
    }

    /// The settings of the files in a folder, which is absolute and without links. Those of other repositories
    /// count only as the nearest, and without a repository there is no bound but the root of the file system.
    pub fn files(&self, folder: &Path) -> Files {
        match &self.lookup {
            Lookup::Nothing => Files::default(),
            Lookup::Only(path) => [Arc::from(path.as_path())].into(),
            Lookup::Nearest => self.above(folder),
        }
    }

    fn above(&self, folder: &Path) -> Files {
        let mut known = self.known();
        let new: Vec<&Path> = folder
            .ancestors()
            .take_while(|folder| !known.folders.contains_key(*folder))
            .collect();
        let nearest = folder.ancestors().nth(new.len());
        let nearest = nearest.and_then(|folder| known.folders.get(folder));
        let mut above = nearest.cloned().unwrap_or_default();
        for folder in new.into_iter().rev() {
            above = above.enter(folder);
            known.folders.insert(folder.to_owned(), above.clone());
        }
        above.files
    }

    /// Reads files of settings.
    ///
    /// # Errors
    ///
    /// As for [`Config::read`].
    pub fn stack(&self, files: &[Arc<Path>]) -> Result<Stack, Error> {
        let mut configs = files.iter().map(|path| self.read(path));
        Ok(Stack {
            own: configs.next().transpose()?,
            outer: configs.collect::<Result<_, _>>()?,
            confines: self.confines(&self.here),
        })
    }

    /// Reads the settings of the folder in which the run began.
    ///
    /// # Errors
    ///
    /// As for [`Config::read`].
    pub fn home(&self) -> Result<Stack, Error> {
        self.stack(&self.files(&self.here))
    }

    fn read(&self, path: &Arc<Path>) -> Result<Arc<Config>, Error> {
        if let Some(known) = self.known().read.get(path) {
            return Ok(Arc::clone(known));
        }
        let config = Arc::new(Config::read(&self.shown(path), &self.here, &self.access())?);
        let mut known = self.known();
        let config = known.read.entry(Arc::clone(path)).or_insert(config);
        Ok(Arc::clone(config))
    }

    /// Returns the confines, seen from a folder, of paths that are not named on the command line.
    pub fn confines(&self, folder: &Path) -> Confines {
        let allowed = self.allowed.iter();
        allowed.fold(project(folder), |confines, folder| confines.with(folder))
    }

    fn access(&self) -> Access {
        Access {
            folders: self.allowed.clone(),
            is_named: matches!(self.lookup, Lookup::Only(_)),
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A path as messages show it: from where the run began, if it leads there up or down.
    fn shown(&self, path: &Path) -> PathBuf {
        if let Ok(below) = path.strip_prefix(&self.here) {
            return below.to_owned();
        }
        let folder = path.parent();
        let mut above = self.here.ancestors();
        match (
            above.position(|above| Some(above) == folder),
            path.file_name(),
        ) {
            (Some(steps), Some(name)) => {
                let mut shown: PathBuf = std::iter::repeat_n("..", steps).collect();
                shown.push(name);
                shown
            }
            _ => path.to_owned(),
        }
    }
}

/// Returns whether a file is there and holds settings, and no document that happens to bear their name.
fn is_settings(path: &Path) -> bool {
    if !path.parent().is_some_and(has_settings) {
        return false;
    }
    // A link may lead anywhere: it is followed only when its settings are needed.
    if path.is_symlink() {
        return true;
    }
    // What cannot be read is told when its settings are needed.
    let Ok(Ok(source)) = Source::read(path) else {
        return true;
    };
    let parsed = yaml::parse(&Arc::new(source));
    !parsed.documents.first().is_some_and(is_document)
}

/// Returns whether a document says of itself that it is one of ours, which settings never do.
fn is_document(document: &Document) -> bool {
    let text = |key: &str| {
        let entry = document.get(document.root(), key)?;
        document.text(entry.value)
    };
    let version = API_VERSION.split('/').next().unwrap_or(API_VERSION);
    let is_ours = |text: &str| text.split('/').next() == Some(version);
    text("kind") == Some("Agency") || text("apiVersion").is_some_and(is_ours)
}

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "tests lay out folders of their own"
)]
mod tests {
    use super::*;

    /// The settings above each folder, by the folders in which they are.
    fn above(files: &[&str], folder: &str) -> Vec<String> {
        let top = tempfile::tempdir().unwrap();
        let root = top.path().canonicalize().unwrap();
        for file in files {
            let path = root.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            let is_document = file.starts_with("documents/");
            let text = if is_document { "kind: Agency\n" } else { "" };
            std::fs::write(path, text).unwrap();
        }
        std::fs::create_dir_all(root.join(folder)).unwrap();
        let finder = Finder::new(root.clone(), Lookup::Nearest, Vec::new());
        let found = finder.files(&root.join(folder));
        let shown = |path: &Arc<Path>| {
            let below = path.strip_prefix(&root).unwrap().parent().unwrap();
            below.to_str().unwrap().to_owned()
        };
        found.iter().map(shown).collect()
    }

    #[test]
    fn outer_settings_count_up_to_the_root_of_the_repository() {
        let files = [
            "spokeslint.yaml",
            "a/spokeslint.yaml",
            "a/b/.git",
            "a/b/c/spokeslint.yaml",
            "a/b/c/d/spokeslint.yaml",
            "documents/spokeslint.yaml",
        ];
        assert_eq!(above(&files, "x/y"), [""]);
        assert_eq!(above(&files, "a/x"), ["a", ""]);
        assert_eq!(above(&files, "a/b/x"), ["a", ""], "none of its own");
        assert_eq!(above(&files, "a/b/c/d/x"), ["a/b/c/d", "a/b/c"]);
        assert_eq!(above(&files, "documents/x"), [""]);
    }

    #[test]
    fn settings_are_shown_from_where_the_run_began() {
        let finder = Finder::new("/p/q".into(), Lookup::Nearest, Vec::new());
        let shown = |path: &str| finder.shown(Path::new(path));
        assert_eq!(shown("/p/q/a/b.yaml"), Path::new("a/b.yaml"));
        assert_eq!(shown("/p/b.yaml"), Path::new("../b.yaml"));
        assert_eq!(shown("/b.yaml"), Path::new("../../b.yaml"));
        assert_eq!(shown("/x/b.yaml"), Path::new("/x/b.yaml"));
        assert_eq!(shown("x/b.yaml"), Path::new("x/b.yaml"));
    }
}
