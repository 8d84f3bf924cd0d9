//! Reads what git knows about the files of a repository: which it tracks, and which `.gitignore` matches.
//!
//! Only files are read, and `git` is never run: settings of a repository can name commands for it to run. The rules
//! of the user's own machine do not count, or the verdict would depend on it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use gix_hash::Kind;
use gix_index::decode;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::repository::MARK;

/// The longest file in place of [`MARK`] that is read; it holds one path.
const MAX_LINK: u64 = 64 * 1024;

/// A repository on disk.
#[derive(Debug)]
pub(super) struct Repository {
    root: PathBuf,
    /// The paths that git tracks, sorted; nothing where that cannot be read.
    tracked: Option<Vec<Vec<u8>>>,
    /// The rules of each folder that was asked for.
    ignores: RefCell<HashMap<PathBuf, Gitignore>>,
}

impl Repository {
    /// Reads what git tracks in the repository with this top.
    pub(super) fn open(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            tracked: index(root).and_then(|index| tracked(&index)),
            ignores: RefCell::default(),
        }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Returns whether git tracks a file, or something in a folder. Where that cannot be read everything may be
    /// tracked.
    pub(super) fn tracks(&self, path: &Path) -> bool {
        let Some(tracked) = &self.tracked else {
            return true;
        };
        let Some(path) = self.below(path) else {
            return false;
        };
        if tracked.binary_search(&path).is_ok() {
            return true;
        }
        let folder = [&path[..], b"/"].concat();
        let next = tracked.partition_point(|known| *known < folder);
        tracked
            .get(next)
            .is_some_and(|known| known.starts_with(&folder))
    }

    /// Returns whether `.gitignore` matches a file or folder itself. Those that it is in are not asked.
    pub(super) fn ignores(&self, path: &Path, is_dir: bool) -> bool {
        let mut folders = path.ancestors().skip(1);
        loop {
            let Some(folder) = folders
                .next()
                .filter(|folder| folder.starts_with(&self.root))
            else {
                return false;
            };
            let mut known = self.ignores.borrow_mut();
            let rules = known
                .entry(folder.to_owned())
                .or_insert_with(|| rules(folder));
            match rules.matched(path, is_dir) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
        }
    }

    /// A path from the top as git writes it.
    fn below(&self, path: &Path) -> Option<Vec<u8>> {
        let below = path.strip_prefix(&self.root).ok()?;
        let names = below.components().filter_map(|component| match component {
            Component::Normal(name) => Some(name.as_encoded_bytes()),
            _ => None,
        });
        Some(names.collect::<Vec<_>>().join(&b'/'))
    }
}

fn rules(folder: &Path) -> Gitignore {
    let file = folder.join(".gitignore");
    // As for git, a link is no such file; nor is a pipe, which would never end.
    if !file.symlink_metadata().is_ok_and(|file| file.is_file()) {
        return Gitignore::empty();
    }
    let mut builder = GitignoreBuilder::new(folder);
    // A pattern that is none matches nothing, as for git.
    let _ = builder.add(file);
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// Returns the path of a repository's index; nothing where its folder is unknown.
fn index(root: &Path) -> Option<PathBuf> {
    let git = root.join(MARK);
    let metadata = fs::metadata(&git).ok()?;
    if metadata.is_dir() {
        return Some(git.join("index"));
    }
    if !metadata.is_file() {
        return None;
    }
    let mut link = Vec::new();
    let file = fs::File::open(&git).ok()?;
    file.take(MAX_LINK).read_to_end(&mut link).ok()?;
    let link = String::from_utf8(link).ok()?;
    let folder = root.join(link.strip_prefix("gitdir:")?.trim());
    folder.is_dir().then(|| folder.join("index"))
}

/// The paths in an index, sorted; none at all without a file, since nothing has been added then. Nothing where it
/// cannot be read, or does not hold all of them.
fn tracked(index: &Path) -> Option<Vec<Vec<u8>>> {
    match fs::metadata(index) {
        Ok(metadata) if metadata.is_file() => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Some(Vec::new()),
        _ => return None,
    }
    let read = |kind| {
        let options = decode::Options {
            thread_limit: Some(1),
            ..decode::Options::default()
        };
        gix_index::File::at(index, kind, false, options).ok()
    };
    let index = read(Kind::Sha1).or_else(|| read(Kind::Sha256))?;
    if index.is_sparse() {
        return None;
    }
    let entries = index.entries().iter();
    let mut paths: Vec<Vec<u8>> = entries.map(|entry| entry.path(&index).to_vec()).collect();
    paths.sort_unstable();
    paths.dedup();
    Some(paths)
}
