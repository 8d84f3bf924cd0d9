//! The files of a folder of packs. Links are followed within the folder and its project, and nowhere else: a pack that
//! somebody else has written must not show what else the machine holds.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::load::Files;
use super::parts;
use crate::confines::{self, Confines};
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::source::{Source, display_name};
use crate::text;

/// A folder of packs that is being read.
pub(super) struct Folder<'f> {
    /// As it was named, and without links.
    path: &'f Path,
    real: PathBuf,
    confines: Confines,
    /// Its own name is the pack's id when the folder is the pack.
    own_name: Option<PathBuf>,
}

/// The number of files and folders that may be reached through links to folders. Such links can multiply them without
/// end.
const MOST_LINKED: usize = 100_000;

/// A file or folder: its path below the folder, and the place without links.
struct Entry {
    below: PathBuf,
    real: PathBuf,
    /// The folders from which links have led here, without links.
    trail: Vec<PathBuf>,
}

impl<'f> Folder<'f> {
    /// Opens a folder, whose links may lead within it, its repository and these confines.
    pub(super) fn open(path: &'f Path, confines: &Confines) -> Result<Self, Error> {
        let real = path
            .canonicalize()
            .map_err(|error| unreadable(path, error))?;
        let confines = Confines::around(&real).with(&real).and(confines);
        let is_a_pack = real.join("pack.yaml").symlink_metadata().is_ok();
        let own_name = real.file_name().filter(|_| is_a_pack).map(PathBuf::from);
        Ok(Self {
            path,
            real,
            confines,
            own_name,
        })
    }

    /// All its YAML files, by their paths below a folder of packs, sorted.
    pub(super) fn files(&self) -> Result<Files, Error> {
        let mut files = Files::new();
        let mut linked = 0;
        let mut folders = vec![Entry {
            below: PathBuf::new(),
            real: self.real.clone(),
            trail: Vec::new(),
        }];
        while let Some(folder) = folders.pop() {
            for entry in self.entries(&folder)? {
                linked += usize::from(!entry.trail.is_empty());
                if linked > MOST_LINKED {
                    return Err(self.too_many());
                }
                if entry.real.is_dir() {
                    if !entry.is_circle() {
                        folders.push(entry);
                    }
                } else if is_yaml(&entry.below) && entry.real.is_file() {
                    files.push(self.file(&entry)?);
                }
            }
        }
        files.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(files)
    }

    /// Reads a file of the folder by its path below a folder of packs.
    pub(super) fn read(&self, path: &str) -> Result<Result<Source, Box<Diagnostic>>, Error> {
        let path = Path::new(path);
        let below = self
            .own_name
            .as_ref()
            .and_then(|name| path.strip_prefix(name).ok());
        let below = below.unwrap_or(path).to_owned();
        let real = self.follow(&self.real, &below, &below)?;
        self.source(&below, &real)
    }

    /// Returns the entries of a folder, sorted.
    fn entries(&self, folder: &Entry) -> Result<Vec<Entry>, Error> {
        let shown = self.path.join(&folder.below);
        let listed = fs::read_dir(&folder.real).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let mut names = Vec::new();
        for entry in listed.map_err(|error| unreadable(&shown, error))? {
            names.push(entry.file_name());
        }
        names.sort();
        let mut entries = Vec::with_capacity(names.len());
        for name in names {
            let below = folder.below.join(&name);
            match self.follow(&folder.real, Path::new(&name), &below) {
                Ok(real) => entries.push(folder.entry(below, real)),
                // What tools keep in hidden folders, such as a link to an interpreter, is no part of a pack.
                Err(_) if is_hidden(&below) && !is_yaml(&below) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(entries)
    }

    fn follow(&self, from: &Path, path: &Path, below: &Path) -> Result<PathBuf, Error> {
        self.confines.follow(from, path).map_err(|_| {
            let shown = self.path.join(below);
            let place = confines::place_of(&shown);
            Error::Packs(vec![confines::outside(
                "pack/outside",
                &display_name(&shown),
                place,
            )])
        })
    }

    fn file(&self, entry: &Entry) -> Result<(String, Arc<Source>), Error> {
        let below = match &self.own_name {
            Some(name) => name.join(&entry.below),
            None => entry.below.clone(),
        };
        let path = display_name(&below);
        let source = self.source(&entry.below, &entry.real)?;
        let source = source.map_err(|found| Error::Packs(vec![parts::unreadable(&path, found)]))?;
        Ok((path, Arc::new(source)))
    }

    fn source(&self, below: &Path, real: &Path) -> Result<Result<Source, Box<Diagnostic>>, Error> {
        let source = Source::read(&self.path.join(below))?;
        Ok(source.map(|source| source.at(real)))
    }

    fn too_many(&self) -> Error {
        let message = text!(
            "links to folders lead to more than {limit} files and folders",
            "تشير روابط المجلدات إلى أكثر من {limit} من الملفات والمجلدات",
            limit = MOST_LINKED,
        );
        let found = Diagnostic::error("pack/too-many-files", message)
            .with_label(confines::place_of(self.path));
        Error::Packs(vec![found])
    }
}

impl Entry {
    /// Returns the entry of this folder with a name.
    fn entry(&self, below: PathBuf, real: PathBuf) -> Self {
        let mut trail = self.trail.clone();
        if real.parent() != Some(&self.real) {
            trail.push(self.real.clone());
        }
        Self { below, real, trail }
    }

    /// Returns whether a link leads back to a folder that led here.
    fn is_circle(&self) -> bool {
        self.trail.iter().any(|from| from.starts_with(&self.real))
    }
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "yaml")
}

fn is_hidden(below: &Path) -> bool {
    let mut steps = below.iter();
    steps.any(|step| step.as_encoded_bytes().starts_with(b"."))
}

fn unreadable(path: &Path, source: std::io::Error) -> Error {
    Error::Read {
        path: display_name(path),
        source,
    }
}
