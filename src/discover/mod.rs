//! Paths on the command line → the list of files to read, sorted, each once, and the reason why each other file in a
//! folder is not read.
//!
//! A folder is walked as git sees it: what is tracked is read, whatever its name; what is hidden or ignored is not.
//! Links are followed inside the project. No file that may be checked is opened.

mod pattern;
mod repository;
mod unchecked;
mod walk;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use globset::GlobMatcher;

use crate::error::Error;
use crate::read::is_passed_pipe;
use crate::source::display_name;
use crate::text::{Text, isolate};
use pattern::{base, compile, names_extension, pattern};
use repository::Repository;
pub use unchecked::{Cause, Unchecked};
use walk::{Link, Walk};

/// The name that diagnostics show for standard input.
pub const STDIN: &str = "<stdin>";

/// Where a text is to be read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The name that diagnostics show.
    pub name: String,
    /// Where it is read from.
    pub origin: Origin,
    /// The absolute path of the file without links; none for standard input and other pipes.
    pub real: Option<PathBuf>,
    /// Whether it was named itself, and not found by walking a folder or by a pattern.
    pub named: bool,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Discovery {
    /// What to read, sorted by name.
    pub inputs: Vec<Input>,
    /// The other files that were found by walking, with the reason why each is not read, sorted.
    pub unchecked: Vec<Unchecked>,
    /// What was named and could not be found or read.
    pub errors: Vec<Error>,
}

/// Finds what paths, folders, glob patterns and `-` (standard input) stand for. `home` is the folder of the settings or
/// that in which the program runs: where no repository says how far the project reaches, links are followed within it.
pub fn discover(paths: &[PathBuf], home: &Path) -> Discovery {
    Search::new(home, false).run(paths)
}

/// Finds as [`discover`] does, but treats each file that is named as one found by walking, for callers that name
/// whatever has changed.
pub fn discover_as_found(paths: &[PathBuf], home: &Path) -> Discovery {
    Search::new(home, true).run(paths)
}

/// Keys are absolute paths without links, so that all names of a file are one input.
struct Search {
    inputs: BTreeMap<PathBuf, Input>,
    unchecked: BTreeSet<Unchecked>,
    errors: Vec<Error>,
    as_found: bool,
    home: Option<PathBuf>,
    repositories: HashMap<PathBuf, Rc<Repository>>,
    /// Links that a walk has met: they are followed once all else is known, so that a file goes by its own name.
    links: Vec<Link>,
    /// The folders that were walked, without links, for each pattern and for none.
    walked: HashMap<usize, HashSet<PathBuf>>,
}

/// The files that a walk looks for.
#[derive(Clone)]
enum Wanted {
    /// Those that may hold documents, by their names.
    Documents,
    /// Those that match a pattern.
    Matching(Rc<Pattern>),
}

struct Pattern {
    matcher: GlobMatcher,
    /// True if it says itself how names end.
    names_suffix: bool,
    /// True if it matches in folders of any depth.
    is_deep: bool,
    /// Its number among the patterns, from 1.
    number: usize,
}

impl Wanted {
    /// Returns whether a file is wanted, by the path that is shown.
    fn takes(&self, path: &Path) -> bool {
        match self {
            Self::Documents => is_document(path),
            Self::Matching(pattern) => {
                let path = path.strip_prefix("./").unwrap_or(path);
                (pattern.names_suffix || is_document(path)) && pattern.matcher.is_match(path)
            }
        }
    }

    /// Returns the reason why an unwanted file is not looked at; nothing where nobody asked for files like it.
    fn cause(&self, path: &Path) -> Option<Cause> {
        matches!(self, Self::Documents).then(|| other_type(path))
    }

    /// The number of the pattern, 0 without one.
    fn number(&self) -> usize {
        match self {
            Self::Documents => 0,
            Self::Matching(pattern) => pattern.number,
        }
    }

    /// Returns whether folders that are not walked are of interest.
    fn is_deep(&self) -> bool {
        match self {
            Self::Documents => true,
            Self::Matching(pattern) => pattern.is_deep,
        }
    }
}

impl Search {
    fn new(home: &Path, as_found: bool) -> Self {
        Self {
            inputs: BTreeMap::new(),
            unchecked: BTreeSet::new(),
            errors: Vec::new(),
            as_found,
            home: home.canonicalize().ok(),
            repositories: HashMap::new(),
            links: Vec::new(),
            walked: HashMap::new(),
        }
    }

    fn run(mut self, paths: &[PathBuf]) -> Discovery {
        for path in paths {
            let result = if path.as_os_str() == "-" {
                self.add(PathBuf::from("-"), STDIN.to_owned(), Origin::Stdin, true);
                Ok(())
            } else {
                self.path(path)
            };
            self.errors.extend(result.err());
        }
        self.follow_links();
        let mut inputs: Vec<Input> = self.inputs.into_values().collect();
        inputs.sort_by(|a, b| a.name.cmp(&b.name));
        Discovery {
            inputs,
            unchecked: self.unchecked.into_iter().collect(),
            errors: self.errors,
        }
    }

    fn path(&mut self, path: &Path) -> Result<(), Error> {
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                if self.as_found && !absolute(path)?.starts_with(self.project_of(path)?) {
                    self.skip(path, Cause::LinkOutside);
                    return Ok(());
                }
                let name = display_name(path);
                self.walk(path, &Wanted::Documents, || {
                    placed(
                        &name,
                        "the folder holds no `.yaml`, `.yml` or `.json` file",
                        "لا يحتوي المجلد على أي ملف `.yaml` أو `.yml` أو `.json`",
                    )
                })
            }
            Ok(_) if is_passed_pipe(path) => {
                let origin = Origin::File(path.into());
                self.add(path.to_owned(), display_name(path), origin, true);
                Ok(())
            }
            Ok(_) if self.as_found => self.as_found(path),
            Ok(_) => {
                let key = absolute(path)?;
                self.add(key, display_name(path), Origin::File(path.into()), true);
                Ok(())
            }
            Err(error) => match pattern(path) {
                Some(text) if error.kind() == io::ErrorKind::NotFound => self.glob(text),
                // A link that leads nowhere is there all the same.
                _ if self.as_found && path.symlink_metadata().is_ok() => {
                    self.skip(path, Cause::LinkBroken);
                    Ok(())
                }
                _ => Err(read_error(path, error)),
            },
        }
    }

    fn glob(&mut self, pattern: &str) -> Result<(), Error> {
        let wanted = pattern.strip_prefix("./").unwrap_or(pattern);
        let takes = Wanted::Matching(Rc::new(Pattern {
            matcher: compile(wanted)?,
            names_suffix: names_extension(wanted),
            is_deep: wanted.contains("**"),
            number: self.walked.len() + 1,
        }));
        let missing = || {
            placed(
                pattern,
                "the pattern matches no file",
                "لا يطابق النمط أي ملف",
            )
        };
        let base = base(wanted);
        if base.is_dir() {
            self.walk(&base, &takes, missing)
        } else {
            Err(Error::NothingFound(missing()))
        }
    }

    fn walk(
        &mut self,
        root: &Path,
        wanted: &Wanted,
        missing: impl FnOnce() -> Text,
    ) -> Result<(), Error> {
        let real = absolute(root)?;
        let project = self.project(&real);
        let mut walk = Walk::new(self, wanted, (project, HashSet::new()));
        walk.run(&real, root);
        let (found, seen) = (walk.found, walk.seen);
        self.walked.entry(wanted.number()).or_default().extend(seen);
        if found {
            Ok(())
        } else {
            Err(Error::NothingFound(missing()))
        }
    }

    /// Returns the top folder of the project that a folder is in: links that lead out of it are not followed.
    fn project(&self, folder: &Path) -> PathBuf {
        let repository = crate::repository::root(folder);
        let home = self.home.as_deref();
        let home = home.filter(|home| folder.starts_with(home));
        repository.or(home).unwrap_or(folder).to_owned()
    }

    /// The repository with this top.
    fn repository(&mut self, root: &Path) -> Rc<Repository> {
        let known = self.repositories.entry(root.to_owned());
        Rc::clone(known.or_insert_with(|| Rc::new(Repository::open(root))))
    }

    /// Takes a file that was named as a walk would.
    fn as_found(&mut self, path: &Path) -> Result<(), Error> {
        let here = absolute(parent(path))?;
        let own = here.join(path.file_name().unwrap_or_default());
        let real = absolute(path)?;
        let project = self.project_of(path)?;
        let repository = crate::repository::root(&here).map(Path::to_owned);
        let repository = repository.map(|root| self.repository(&root));
        if let Some(cause) = cause_of(&own, &real, (&project, repository.as_deref())) {
            self.skip(path, cause);
        } else if self.inputs.contains_key(&real) && own != real {
            self.skip(path, Cause::LinkRepeated);
        } else {
            self.add(real, display_name(path), Origin::File(path.into()), false);
        }
        Ok(())
    }

    /// Returns the top folder of the project that a file was named in: if a link inside a project is part of the path,
    /// that one.
    fn project_of(&self, path: &Path) -> Result<PathBuf, Error> {
        let home = self.home.as_deref();
        let mut steps: Vec<&Path> = path.ancestors().collect();
        steps.retain(|step| step.is_symlink());
        for link in steps.into_iter().rev() {
            let folder = absolute(parent(link))?;
            let is_inside = home.is_some_and(|home| folder.starts_with(home))
                || crate::repository::root(&folder).is_some();
            if is_inside {
                return Ok(self.project(&folder));
            }
        }
        Ok(self.project(&absolute(parent(path))?))
    }

    fn skip(&mut self, path: &Path, cause: Cause) {
        self.unchecked.insert(Unchecked {
            name: display_name(path),
            line: None,
            cause,
        });
    }

    fn add(&mut self, key: PathBuf, name: String, origin: Origin, named: bool) {
        let has_place = matches!(&origin, Origin::File(path) if !is_passed_pipe(path));
        let real = has_place.then(|| key.clone());
        let input = self.inputs.entry(key).or_insert(Input {
            name,
            origin,
            real,
            named,
        });
        input.named |= named;
    }
}

/// Returns the reason why a walk would not read a file; `own` is its place, `real` what that leads to.
fn cause_of(
    own: &Path,
    real: &Path,
    (project, repository): (&Path, Option<&Repository>),
) -> Option<Cause> {
    if !is_document(own) {
        return Some(other_type(own));
    }
    if !real.starts_with(project) {
        return Some(Cause::LinkOutside);
    }
    if !real.metadata().is_ok_and(|metadata| metadata.is_file()) {
        return Some(Cause::Irregular);
    }
    let top = repository.map_or(project, Repository::root);
    let steps: Vec<&Path> = own.ancestors().take_while(|step| *step != top).collect();
    let is_hidden = |step: &&Path| step.file_name().is_some_and(is_hidden);
    let is_ignored =
        |step: &&Path| repository.is_some_and(|repository| repository.ignores(step, *step != own));
    let cause = if steps.iter().any(is_hidden) {
        Cause::Hidden
    } else if steps.iter().any(is_ignored) {
        Cause::Ignored
    } else {
        return None;
    };
    let is_tracked = repository.is_some_and(|repository| repository.tracks(own));
    (!is_tracked).then_some(cause)
}

/// Returns whether a name is that of a hidden file or folder.
fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Returns whether a file may hold documents, by its name.
fn is_document(path: &Path) -> bool {
    const SUFFIXES: [&str; 3] = ["yaml", "yml", "json"];
    let suffix = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    SUFFIXES
        .iter()
        .any(|known| known.eq_ignore_ascii_case(suffix))
}

/// Returns the reason why a file that cannot hold documents, by its name, is not looked at.
fn other_type(path: &Path) -> Cause {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_ascii_lowercase();
    let speaks_of = |known: &str| name.contains(known);
    if ["yaml", "yml", "json"].into_iter().any(speaks_of) {
        Cause::OtherSuffix
    } else {
        Cause::OtherType
    }
}

/// The folder that a path is in.
fn parent(path: &Path) -> &Path {
    let folder = path.parent();
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

fn absolute(path: &Path) -> Result<PathBuf, Error> {
    std::fs::canonicalize(path).map_err(|error| read_error(path, error))
}

/// A path with what is the matter there.
fn placed(path: &str, en: &str, ar: &str) -> Text {
    let path = isolate(path);
    Text::new(format!("`{path}`: {en}"), format!("`{path}`: {ar}"))
}

fn read_error(path: &Path, source: io::Error) -> Error {
    Error::Read {
        path: display_name(path),
        source,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    /// A folder with empty files; a name that ends in `/` is a folder.
    fn folder(names: &[&str]) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let path = folder.path().join(name);
            if name.ends_with('/') {
                fs::create_dir_all(path).unwrap();
            } else {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::File::create(path).unwrap();
            }
        }
        folder
    }

    /// The names found, relative to the folder; those that were named end in `!`.
    fn names(folder: &TempDir, paths: &[&str]) -> (Vec<String>, Discovery) {
        let paths: Vec<PathBuf> = paths.iter().map(|path| folder.path().join(path)).collect();
        let found = discover(&paths, folder.path());
        let root = display_name(folder.path());
        let relative = |input: &Input| {
            let name = input.name.strip_prefix(&root).unwrap();
            let name = name.trim_start_matches('/');
            format!("{name}{}", if input.named { "!" } else { "" })
        };
        (found.inputs.iter().map(relative).collect(), found)
    }

    fn errors(found: &Discovery) -> Vec<String> {
        found.errors.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_folder_is_walked_for_yaml_files_as_git_sees_it() {
        let folder = folder(&[
            ".git/",
            "b.yaml",
            "a.yml",
            "c.YAML",
            "d.json",
            ".hidden.yaml",
            ".github/x.yaml",
            "sub/e.yaml",
            "target/f.yaml",
        ]);
        fs::File::create(folder.path().join(".gitignore")).unwrap();
        #[expect(clippy::disallowed_methods, reason = "a fixture")]
        fs::write(folder.path().join(".gitignore"), "target/\n").unwrap();
        let (found, _) = names(&folder, &[""]);
        assert_eq!(found, ["a.yml", "b.yaml", "c.YAML", "d.json", "sub/e.yaml"]);
    }

    #[test]
    fn each_file_is_found_once_and_a_named_one_counts_as_named() {
        let folder = folder(&["a.yaml", "sub/b.yaml", "data.json"]);
        let paths = ["", "sub", "./sub/../sub/b.yaml", "data.json", "data.json"];
        let (found, _) = names(&folder, &paths);
        assert_eq!(found, ["a.yaml", "data.json!", "sub/b.yaml!"]);
    }

    #[test]
    fn patterns_match_within_a_folder_level_and_only_yaml_unless_they_say_otherwise() {
        let files = [
            "a/1.yaml",
            "a/2.yml",
            "a/README.md",
            "a/b/3.yaml",
            "a/4.json",
            "x.yaml",
        ];
        let folder = folder(&files);
        let matched = |pattern: &str| names(&folder, &[pattern]).0;
        assert_eq!(matched("a/*"), ["a/1.yaml", "a/2.yml", "a/4.json"]);
        assert_eq!(
            matched("a/**"),
            ["a/1.yaml", "a/2.yml", "a/4.json", "a/b/3.yaml"]
        );
        assert_eq!(matched("**/*.json"), ["a/4.json"]);
        assert_eq!(matched("a/{1,2}.y*ml"), ["a/1.yaml", "a/2.yml"]);
        assert_eq!(matched("[xy].yaml"), ["x.yaml"]);
    }

    #[test]
    fn a_path_that_exists_is_no_pattern() {
        let folder = folder(&["[a].yaml", "a.yaml"]);
        assert_eq!(names(&folder, &["[a].yaml"]).0, ["[a].yaml!"]);
    }

    #[test]
    fn what_leads_nowhere_is_an_error_beside_what_was_found() {
        let folder = folder(&["a.yaml", "empty/README.md"]);
        let paths = [
            "missing.yaml",
            "a.yaml",
            "empty",
            "no/*.yaml",
            "*.yml",
            "{a",
        ];
        let (found, discovery) = names(&folder, &paths);
        assert_eq!(found, ["a.yaml!"]);
        let root = display_name(folder.path());
        let errors = errors(&discovery).join("\n").replace(&root, "ROOT");
        insta::assert_snapshot!(errors, @r"
        cannot read `ROOT/missing.yaml`: No such file or directory (os error 2)
        no document found in `ROOT/empty`: the folder holds no `.yaml`, `.yml` or `.json` file
        no document found in `ROOT/no/*.yaml`: the pattern matches no file
        no document found in `ROOT/*.yml`: the pattern matches no file
        `ROOT/{a` is not a glob pattern: a `{` is never closed
        ");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_when_named_and_within_the_project_when_found() {
        let folder = folder(&["real/a.yaml"]);
        let root = folder.path();
        std::os::unix::fs::symlink(root, root.join("real/loop")).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", root.join("real/leak.yaml")).unwrap();
        std::os::unix::fs::symlink(root.join("real"), root.join("alias")).unwrap();
        let (found, discovery) = names(&folder, &["real"]);
        assert_eq!(found, ["real/a.yaml"]);
        let passed: Vec<(String, Cause)> = discovery
            .unchecked
            .iter()
            .map(|one| {
                let name = one.name.strip_prefix(&display_name(root)).unwrap();
                (name.to_owned(), one.cause)
            })
            .collect();
        assert_eq!(
            passed,
            [
                ("/real/leak.yaml".to_owned(), Cause::LinkOutside),
                ("/real/loop/alias".to_owned(), Cause::LinkRepeated)
            ]
        );
        assert!(discovery.errors.is_empty());
        assert_eq!(names(&folder, &["alias"]).0, ["alias/a.yaml"]);
        assert_eq!(names(&folder, &["real/leak.yaml"]).0, ["real/leak.yaml!"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_named_as_found_is_passed_over_where_a_walk_would_not_read_it() {
        let folder = folder(&["a.yaml", "b.txt", "sub/.c.yaml"]);
        let root = folder.path();
        std::os::unix::fs::symlink(root.join("a.yaml"), root.join("link.yaml")).unwrap();
        let named = ["a.yaml", "b.txt", "sub/.c.yaml", "link.yaml", "no.yaml"];
        let paths: Vec<PathBuf> = named.iter().map(|name| root.join(name)).collect();
        let found = discover_as_found(&paths, root);
        let read: Vec<_> = found
            .inputs
            .iter()
            .map(|input| (&input.origin, input.named))
            .collect();
        assert_eq!(read, [(&Origin::File(root.join("a.yaml")), false)]);
        let causes: Vec<Cause> = found.unchecked.iter().map(|one| one.cause).collect();
        assert_eq!(
            causes,
            [Cause::OtherType, Cause::LinkRepeated, Cause::Hidden]
        );
        assert_eq!(errors(&found).len(), 1);
        assert!(errors(&found)[0].contains("no.yaml`: No such file"));
    }

    #[test]
    fn standard_input_is_read_once() {
        let found = discover(&["-".into(), "-".into()], Path::new("."));
        let input = Input {
            name: STDIN.to_owned(),
            origin: Origin::Stdin,
            real: None,
            named: true,
        };
        assert_eq!(found.inputs, [input]);
    }
}
