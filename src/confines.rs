//! Confines the paths in settings and the links in packs to the files of their own project. A path is followed
//! step by step, so that nothing outside is looked at, and what is said of it does not depend on what is there.

use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Label};
use crate::repository;
use crate::source::{Source, Span, display_name};
use crate::text;

/// The greatest number of links on one path, as in Linux.
const MOST_LINKS: usize = 40;

/// The folder in which git keeps what it knows, passwords of remote repositories among it.
const GIT: &str = ".git";

/// That a path leads outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outside;

/// Folders below which files may be read.
#[derive(Clone, Debug, Default)]
pub struct Confines {
    folders: Vec<Ground>,
}

/// One of the folders.
#[derive(Clone, Debug)]
struct Ground {
    /// As it was named, absolute.
    named: PathBuf,
    /// The same folder without links.
    real: PathBuf,
}

impl Ground {
    fn of(folder: &Path) -> Self {
        let named = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let real = named.canonicalize().unwrap_or_else(|_| named.clone());
        Self { named, real }
    }
}

impl Confines {
    /// The project that a folder belongs to: its repository or, outside of any repository, the folder itself.
    pub fn around(folder: &Path) -> Self {
        let Ground { named, real } = Ground::of(folder);
        let mut confines = Self::default();
        match repository::root(&real) {
            Some(root) => {
                let below = real.strip_prefix(root).unwrap_or(Path::new(""));
                // As the folder was named, its repository begins as many steps above, unless links lie between.
                let steps = below.components().count();
                let above = named.ancestors().nth(steps).unwrap_or(&named);
                let is_same = above.canonicalize().is_ok_and(|above| above == root);
                confines.folders.push(Ground {
                    named: if is_same { above } else { root }.to_owned(),
                    real: root.to_owned(),
                });
            }
            None => confines.folders.push(Ground { named, real }),
        }
        confines
    }

    /// The same, and everything below another folder.
    #[must_use]
    pub fn with(mut self, folder: &Path) -> Self {
        self.folders.push(Ground::of(folder));
        self
    }

    /// Everything below one folder.
    pub fn only(folder: &Path) -> Self {
        Self::default().with(folder)
    }

    /// The same, and everything within others.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.folders.extend(other.folders.iter().cloned());
        self
    }

    /// Returns the target of a path that begins in a folder without links: the same place without links, whether or not
    /// there is something.
    ///
    /// # Errors
    ///
    /// [`Outside`] where that is not within the confines, or in the folder of git.
    pub fn follow(&self, from: &Path, path: &Path) -> Result<PathBuf, Outside> {
        let mut walk = Walk {
            confines: self,
            at: from.to_owned(),
            steps: VecDeque::new(),
            links: 0,
        };
        walk.go_first(path);
        while let Some(step) = walk.steps.pop_front() {
            walk.step(step)?;
        }
        if self.holds(&walk.at) {
            Ok(walk.at)
        } else {
            Err(Outside)
        }
    }

    /// Returns whether a path without links is within these confines.
    fn holds(&self, real: &Path) -> bool {
        self.folders.iter().any(|folder| {
            let below = real.strip_prefix(&folder.real);
            below.is_ok_and(|below| !below.components().any(is_git))
        })
    }
}

fn is_git(step: Component<'_>) -> bool {
    let name = step.as_os_str();
    matches!(step, Component::Normal(_)) && name.eq_ignore_ascii_case(GIT)
}

/// A step that is still to be made.
enum Step {
    Root(OsString),
    Up,
    Down(OsString),
}

/// A path on its way.
struct Walk<'b> {
    confines: &'b Confines,
    /// Without links, as far as it lies within them or on the way there.
    at: PathBuf,
    steps: VecDeque<Step>,
    links: usize,
}

impl Walk<'_> {
    /// Puts the steps of a path before those that are left.
    fn go_first(&mut self, path: &Path) {
        for component in path.components().rev() {
            let step = match component {
                Component::CurDir => continue,
                Component::ParentDir => Step::Up,
                Component::Normal(name) => Step::Down(name.to_owned()),
                Component::RootDir | Component::Prefix(_) => {
                    Step::Root(component.as_os_str().to_owned())
                }
            };
            self.steps.push_front(step);
        }
    }

    fn step(&mut self, step: Step) -> Result<(), Outside> {
        match step {
            Step::Root(root) => self.at.push(root),
            Step::Up => {
                self.at.pop();
            }
            Step::Down(name) => return self.down(&name),
        }
        Ok(())
    }

    fn down(&mut self, name: &OsStr) -> Result<(), Outside> {
        let is_within = self.confines.holds(&self.at);
        self.at.push(name);
        let mut folders = self.confines.folders.iter();
        if let Some(folder) = folders.find(|folder| folder.named == self.at) {
            self.at.clone_from(&folder.real);
            return Ok(());
        }
        if !is_within {
            let mut folders = self.confines.folders.iter();
            let is_on_the_way = folders.any(|folder| {
                [&folder.real, &folder.named]
                    .iter()
                    .any(|way| way.starts_with(&self.at))
            });
            return if is_on_the_way { Ok(()) } else { Err(Outside) };
        }
        if self.links < MOST_LINKS
            && let Ok(target) = self.at.read_link()
        {
            self.links += 1;
            self.at.pop();
            self.go_first(&target);
        }
        Ok(())
    }
}

/// Returns whether a path in settings begins at a place that no project holds, on whatever system: a home folder, a
/// drive.
pub(crate) fn begins_elsewhere(path: &str) -> bool {
    let is_home = path == "~" || (path.starts_with('~') && path.contains(['/', '\\']));
    let is_drive =
        matches!(path.as_bytes(), [drive, b':', b'/' | b'\\', ..] if drive.is_ascii_alphabetic());
    is_home || is_drive || path.starts_with("\\\\")
}

/// Returns the finding on an entry that leads outside, at its place. It does not say what is there.
pub(crate) fn outside(rule: &str, path: &str, place: Label) -> Diagnostic {
    let message = text!(
        "`{path}` leads outside the project",
        "يشير المسار `{path}` إلى خارج المشروع",
        path = path,
    );
    let help = text!(
        "copy it into the project, or allow its folder with `{option}`",
        "انسخه إلى داخل المشروع، أو اسمح بقراءة مجلده بالخيار `{option}`",
        option = "--allow-outside DIR",
    );
    Diagnostic::error(rule, message)
        .with_label(place)
        .with_help(help)
}

/// The place of a file whose text is not to be shown.
pub(crate) fn place_of(path: &Path) -> Label {
    let source = Arc::new(Source::new(display_name(path), ""));
    Label::new(&source, Span::default())
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::fs::{File, create_dir_all};
    use std::os::unix::fs::symlink;

    use super::*;

    /// A project in `repo` with a file and a folder, and something outside.
    fn project() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in ["repo/sub", "repo/.git", "home"] {
            create_dir_all(folder.path().join(name)).unwrap();
        }
        for name in ["repo/a", "repo/sub/b", "home/secret", "repo/.git/config"] {
            File::create(folder.path().join(name)).unwrap();
        }
        folder
    }

    const OUTSIDE: [&str; 16] = [
        "..",
        "../home/secret",
        "../home/nothing",
        "../home/../repo/a",
        "sub/out",
        "sub/out/secret",
        "sub/out/nothing",
        "chain",
        "environ",
        "dangling-out",
        "/",
        "/dev/stdin",
        "/proc/self/environ",
        ".git",
        ".git/config",
        "sub/../.GIT/config",
    ];

    #[test]
    fn a_path_leads_outside_or_to_one_place_without_links() {
        let folder = project();
        let root = folder.path().canonicalize().unwrap();
        let repo = root.join("repo");
        let link = |to: &str, at: &str| symlink(to, repo.join(at)).unwrap();
        link("sub", "inside");
        link("../repo/sub/b", "out-and-in");
        link("../../home", "sub/out");
        link("sub/out/secret", "chain");
        link("/proc/self/environ", "environ");
        link("nowhere", "dangling");
        link("../home/nothing", "dangling-out");
        link("round", "round");
        let confines = Confines::around(&repo.join("sub"));
        let follow = |path: &str| {
            let real = confines.follow(&repo, Path::new(path)).ok()?;
            Some(
                real.strip_prefix(&repo)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned(),
            )
        };
        for (path, to) in [
            ("a", "a"),
            ("", ""),
            ("./sub/../a", "a"),
            ("inside/b", "sub/b"),
            ("inside/../a", "a"),
            ("out-and-in", "sub/b"),
            ("../repo/a", "a"),
            ("no/such/../thing", "no/thing"),
            ("dangling", "nowhere"),
            ("round", "round"),
        ] {
            assert_eq!(follow(path).as_deref(), Some(to), "{path}");
        }
        assert!(follow(repo.join("a").to_str().unwrap()).is_some());
        for path in OUTSIDE {
            assert_eq!(follow(path), None, "{path}");
        }
        let wider = confines.with(&root.join("home"));
        assert!(wider.follow(&repo, Path::new("chain")).is_ok());
        assert!(wider.follow(&repo, Path::new("environ")).is_err());
    }

    #[test]
    fn a_folder_may_be_named_through_links() {
        let folder = project();
        let root = folder.path().canonicalize().unwrap();
        symlink(root.join("home"), root.join("alias")).unwrap();
        let confines = Confines::around(&root.join("repo")).with(&root.join("alias"));
        for name in ["home/secret", "alias/secret"] {
            let real = confines.follow(&root.join("repo"), &root.join(name));
            assert_eq!(real, Ok(root.join("home/secret")), "{name}");
        }
    }

    #[test]
    fn homes_and_drives_are_elsewhere_on_every_system() {
        for path in ["~", "~/x", "~root/x", "C:\\x", "c:/x", "\\\\server\\share"] {
            assert!(begins_elsewhere(path), "{path}");
        }
        for path in ["a", "./~x", "~x", "c:x", "a/~/b"] {
            assert!(!begins_elsewhere(path), "{path}");
        }
    }
}
