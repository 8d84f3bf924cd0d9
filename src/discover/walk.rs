//! Goes through a folder, and through what links in it lead to.

use std::collections::HashSet;
use std::fs::{DirEntry, FileType};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::repository::Repository;
use super::{Cause, Origin, Search, Unchecked, Wanted, is_hidden, read_error};
use crate::repository::{self, MARK};
use crate::source::display_name;

/// A link that a walk has met.
pub(super) struct Link {
    /// As it is shown.
    shown: PathBuf,
    wanted: Wanted,
    project: PathBuf,
    /// True if the project is a repository.
    is_tracked: bool,
}

/// A walk below one folder.
pub(super) struct Walk<'s> {
    search: &'s mut Search,
    wanted: Wanted,
    project: PathBuf,
    /// The folders that were walked, without links.
    pub(super) seen: HashSet<PathBuf>,
    /// True if there was anything that is wanted.
    pub(super) found: bool,
}

/// A folder to go through.
struct Folder {
    real: PathBuf,
    shown: PathBuf,
    repository: Option<Rc<Repository>>,
    /// The reason why only files tracked by git are read in it, if that is so.
    cause: Option<Cause>,
}

impl<'s> Walk<'s> {
    /// A walk in a project that passes by folders that were walked before.
    pub(super) fn new(
        search: &'s mut Search,
        wanted: &Wanted,
        (project, seen): (PathBuf, HashSet<PathBuf>),
    ) -> Self {
        Self {
            search,
            wanted: wanted.clone(),
            project,
            seen,
            found: false,
        }
    }

    /// Goes through a folder; `shown` is the path by which it was named.
    pub(super) fn run(&mut self, real: &Path, shown: &Path) {
        let root = repository::root(real).map(Path::to_owned);
        let mut folders = vec![Folder {
            real: real.to_owned(),
            shown: shown.to_owned(),
            repository: root.map(|root| self.search.repository(&root)),
            cause: None,
        }];
        while let Some(folder) = folders.pop() {
            if self.seen.insert(folder.real.clone()) {
                self.folder(&folder, &mut folders);
            }
        }
    }

    fn folder(&mut self, folder: &Folder, folders: &mut Vec<Folder>) {
        let entries = folder.real.read_dir().and_then(Iterator::collect);
        let mut entries: Vec<DirEntry> = match entries {
            Ok(entries) => entries,
            Err(error) => {
                self.found = true;
                self.search.errors.push(read_error(&folder.shown, error));
                return;
            }
        };
        entries.sort_by_key(DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name();
            if name == MARK {
                continue;
            }
            let shown = folder.shown.join(&name);
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => {
                    folders.extend(self.inner(folder, entry.path(), shown));
                }
                Ok(kind) => self.file(folder, (entry.path(), shown), kind),
                Err(error) => self.search.errors.push(read_error(&shown, error)),
            }
        }
    }

    /// A folder inside another, if it is to be walked.
    fn inner(&mut self, outer: &Folder, real: PathBuf, shown: PathBuf) -> Option<Folder> {
        let cause = outer.cause_of(&real, true);
        if cause.is_some() && !outer.tracks(&real) {
            if self.wanted.is_deep() {
                self.found |= matches!(self.wanted, Wanted::Documents);
                let name = format!("{}/", display_name(&shown));
                self.skip(name, cause?);
            }
            return None;
        }
        let (repository, cause) = if repository::is_root(&real) {
            // What is in it the outer repository does not know.
            (Some(self.search.repository(&real)), None)
        } else {
            (outer.repository.clone(), cause)
        };
        Some(Folder {
            real,
            shown,
            repository,
            cause,
        })
    }

    fn file(&mut self, folder: &Folder, (real, shown): (PathBuf, PathBuf), kind: FileType) {
        // A link may lead to a folder, whatever it is called.
        let is_wanted = self.wanted.takes(&shown) || kind.is_symlink();
        if !is_wanted {
            if let Some(cause) = self.wanted.cause(&shown) {
                self.skip(display_name(&shown), cause);
            }
            return;
        }
        let cause = folder.cause_of(&real, false);
        if let Some(cause) = cause.filter(|_| !folder.tracks(&real)) {
            if self.wanted.takes(&shown) {
                self.found = true;
                self.skip(display_name(&shown), cause);
            }
        } else if kind.is_symlink() {
            self.found |= self.wanted.takes(&shown);
            self.search.links.push(Link {
                shown,
                wanted: self.wanted.clone(),
                project: self.project.clone(),
                is_tracked: folder.repository.is_some(),
            });
        } else if kind.is_file() {
            self.found = true;
            let name = display_name(&shown);
            self.search.add(real, name, Origin::File(shown), false);
        } else {
            self.found = true;
            self.skip(display_name(&shown), Cause::Irregular);
        }
    }

    fn skip(&mut self, name: String, cause: Cause) {
        self.search.unchecked.insert(Unchecked {
            name,
            line: None,
            cause,
        });
    }
}

impl Folder {
    /// Returns the reason why something in it is read only if git tracks it.
    fn cause_of(&self, real: &Path, is_dir: bool) -> Option<Cause> {
        if self.cause.is_some() {
            return self.cause;
        }
        if real.file_name().is_some_and(is_hidden) {
            return Some(Cause::Hidden);
        }
        let repository = self.repository.as_deref()?;
        repository.ignores(real, is_dir).then_some(Cause::Ignored)
    }

    fn tracks(&self, real: &Path) -> bool {
        let repository = self.repository.as_deref();
        repository.is_some_and(|repository| repository.tracks(real))
    }
}

impl Search {
    /// Follows the links that were met, in the order of their names, and those that are met on the way.
    pub(super) fn follow_links(&mut self) {
        while !self.links.is_empty() {
            let mut links = std::mem::take(&mut self.links);
            links.sort_by(|a, b| a.shown.cmp(&b.shown));
            for link in links {
                self.follow(link);
            }
        }
    }

    fn follow(&mut self, link: Link) {
        let takes = link.wanted.takes(&link.shown);
        let Ok(target) = link.shown.canonicalize() else {
            if takes {
                self.skip(&link.shown, Cause::LinkBroken);
            }
            return;
        };
        let is_dir = target.is_dir();
        if !takes && !is_dir {
            if let Some(cause) = link.wanted.cause(&link.shown) {
                self.skip(&link.shown, cause);
            }
        } else if !link.may_lead_to(&target) {
            self.skip(&link.shown, Cause::LinkOutside);
        } else if is_dir {
            self.follow_folder(link, &target);
        } else if !target.is_file() {
            self.skip(&link.shown, Cause::Irregular);
        } else if self.inputs.contains_key(&target) {
            self.skip(&link.shown, Cause::LinkRepeated);
        } else {
            let name = display_name(&link.shown);
            self.add(target, name, Origin::File(link.shown), false);
        }
    }

    fn follow_folder(&mut self, link: Link, target: &Path) {
        let number = link.wanted.number();
        let seen = self.walked.remove(&number).unwrap_or_default();
        if seen.contains(target) {
            self.skip(&link.shown, Cause::LinkRepeated);
            self.walked.insert(number, seen);
            return;
        }
        let mut walk = Walk::new(self, &link.wanted, (link.project, seen));
        walk.run(target, &link.shown);
        let seen = walk.seen;
        self.walked.insert(number, seen);
    }
}

impl Link {
    /// Returns whether it is followed to this place. Where no repository says what belongs to the project, the hidden
    /// folders of the machine, which hold keys and the like, do not.
    fn may_lead_to(&self, target: &Path) -> bool {
        let Ok(inside) = target.strip_prefix(&self.project) else {
            return false;
        };
        let mut steps = inside.iter();
        if self.is_tracked {
            !steps.any(|step| step == MARK)
        } else {
            !steps.any(is_hidden)
        }
    }
}
