//! What was named on the command line → the list of what to read, sorted, each once.
//!
//! Folders are walked as git sees them: hidden and ignored files are left out. Nothing is opened.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use ignore::WalkBuilder;

use crate::error::Error;
use crate::glob;
use crate::read::is_passed_pipe;
use crate::source::display_name;
use crate::text::{Text, isolate};

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
    /// YAML files found by walking that are not read, because they are symbolic links or no regular
    /// files. A link is followed when it is named; otherwise a stranger's folder could show any
    /// file of the machine in a log. Also files named to [`discover_as_found`] that no walk would find.
    pub passed_over: Vec<String>,
    /// What was named and could not be found or read.
    pub errors: Vec<Error>,
}

/// Finds what paths, folders, glob patterns and `-` (standard input) stand for.
pub fn discover(paths: &[PathBuf]) -> Discovery {
    Search::default().run(paths)
}

/// Finds as [`discover`] does, but treats each file that is named as one found by walking, for callers
/// that name whatever has changed: hidden files, links and what is no YAML file are passed over.
pub fn discover_as_found(paths: &[PathBuf]) -> Discovery {
    let search = Search {
        as_found: true,
        ..Search::default()
    };
    search.run(paths)
}

/// Keys are absolute paths, so that two spellings of a path are one input.
#[derive(Default)]
struct Search {
    inputs: BTreeMap<PathBuf, Input>,
    passed_over: Vec<String>,
    errors: Vec<Error>,
    as_found: bool,
}

impl Search {
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
        let mut inputs: Vec<Input> = self.inputs.into_values().collect();
        inputs.sort_by(|a, b| a.name.cmp(&b.name));
        self.passed_over.sort();
        self.passed_over.dedup();
        Discovery {
            inputs,
            passed_over: self.passed_over,
            errors: self.errors,
        }
    }

    fn path(&mut self, path: &Path) -> Result<(), Error> {
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                let name = display_name(path);
                self.walk(path, &is_yaml, || {
                    placed(
                        &name,
                        "the folder holds no `.yaml` or `.yml` file",
                        "لا يحتوي المجلد على أي ملف `.yaml` أو `.yml`",
                    )
                })
            }
            Ok(_) if self.as_found && !would_be_found(path) => {
                self.passed_over.push(display_name(path));
                Ok(())
            }
            Ok(_) if is_passed_pipe(path) => {
                let origin = Origin::File(path.into());
                self.add(path.to_owned(), display_name(path), origin, true);
                Ok(())
            }
            Ok(_) => {
                let (key, named) = (absolute(path)?, !self.as_found);
                self.add(key, display_name(path), Origin::File(path.into()), named);
                Ok(())
            }
            Err(error) => match pattern(path) {
                Some(text) if error.kind() == io::ErrorKind::NotFound => self.glob(text),
                _ => Err(read_error(path, error)),
            },
        }
    }

    fn glob(&mut self, pattern: &str) -> Result<(), Error> {
        let wanted = pattern.strip_prefix("./").unwrap_or(pattern);
        let matcher = compile(wanted)?;
        let any_extension = names_extension(wanted);
        let wants = |path: &Path| {
            let path = path.strip_prefix("./").unwrap_or(path);
            (any_extension || is_yaml(path)) && matcher.is_match(path)
        };
        let missing = || {
            placed(
                pattern,
                "the pattern matches no file",
                "لا يطابق النمط أي ملف",
            )
        };
        let base = base(wanted);
        if base.is_dir() {
            self.walk(&base, &wants, missing)
        } else {
            Err(Error::NothingFound(missing()))
        }
    }

    fn walk(
        &mut self,
        root: &Path,
        wants: &dyn Fn(&Path) -> bool,
        missing: impl FnOnce() -> Text,
    ) -> Result<(), Error> {
        let key = absolute(root)?;
        let mut found = false;
        for entry in walker(root).build() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    found = true;
                    self.errors.push(walk_error(root, error));
                    continue;
                }
            };
            let path = entry.path();
            let kind = entry.file_type();
            if kind.is_none_or(|kind| kind.is_dir()) || !wants(path) {
                continue;
            }
            found = true;
            let name = display_name(path);
            if kind.is_some_and(|kind| kind.is_file()) {
                let key = key.join(path.strip_prefix(root).unwrap_or(path));
                self.add(key, name, Origin::File(path.to_owned()), false);
            } else {
                self.passed_over.push(name);
            }
        }
        if found {
            Ok(())
        } else {
            Err(Error::NothingFound(missing()))
        }
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

/// Walks as git sees a folder, by the rules that are part of the repository; those of the user's own
/// machine would make the verdict depend on it.
fn walker(root: &Path) -> WalkBuilder {
    let mut builder = WalkBuilder::new(root);
    builder
        .ignore(false)
        .git_global(false)
        .git_exclude(false)
        .follow_links(false);
    builder
}

/// Whether a walk from the current folder, or for a file elsewhere from its own folder, reads this file.
fn would_be_found(path: &Path) -> bool {
    let here = absolute(Path::new("."));
    let from_here = here
        .as_ref()
        .ok()
        .and_then(|here| path.strip_prefix(here).ok());
    let below = match path.file_name() {
        Some(name) if from_here.is_none() && path.is_absolute() => Path::new(name),
        _ => from_here.unwrap_or(path),
    };
    let is_hidden = |component: Component| {
        let name = component.as_os_str().as_encoded_bytes();
        matches!(component, Component::Normal(_)) && name.starts_with(b".")
    };
    let is_file = std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
    is_yaml(path) && is_file && !below.components().any(is_hidden)
}

fn is_yaml(path: &Path) -> bool {
    path.extension()
        .and_then(OsStr::to_str)
        .is_some_and(|extension| {
            extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml")
        })
}

fn absolute(path: &Path) -> Result<PathBuf, Error> {
    std::fs::canonicalize(path).map_err(|error| read_error(path, error))
}

/// The path as a glob pattern, if it has the signs of one.
fn pattern(path: &Path) -> Option<&str> {
    path.to_str().filter(|text| text.contains(is_magic))
}

fn is_magic(character: char) -> bool {
    matches!(character, '*' | '?' | '[' | '{')
}

fn compile(pattern: &str) -> Result<GlobMatcher, Error> {
    GlobBuilder::new(pattern)
        .literal_separator(true)
        .build()
        .map(|glob| glob.compile_matcher())
        .map_err(|error| Error::Glob {
            pattern: pattern.to_owned(),
            reason: glob::reason(error.kind()),
        })
}

/// Whether a pattern says itself how the files' names end.
fn names_extension(pattern: &str) -> bool {
    Path::new(pattern)
        .extension()
        .and_then(OsStr::to_str)
        .is_some_and(|extension| !extension.contains(|c| is_magic(c) || matches!(c, ']' | '}')))
}

/// The folder below which everything lies that a pattern can match.
fn base(pattern: &str) -> PathBuf {
    let literal = |component: &Component| {
        let text = component.as_os_str().to_str();
        text.is_some_and(|text| !text.contains(is_magic))
    };
    let base: PathBuf = Path::new(pattern)
        .components()
        .take_while(literal)
        .collect();
    if base.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        base
    }
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

fn walk_error(root: &Path, error: ignore::Error) -> Error {
    let path = error_path(&error).unwrap_or(root).to_owned();
    let words = error.to_string();
    let source = error
        .into_io_error()
        .unwrap_or_else(|| io::Error::other(words));
    read_error(&path, source)
}

fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            error_path(err)
        }
        _ => None,
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
        let found = discover(&paths);
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
        assert_eq!(found, ["a.yml", "b.yaml", "c.YAML", "sub/e.yaml"]);
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
        assert_eq!(matched("a/*"), ["a/1.yaml", "a/2.yml"]);
        assert_eq!(matched("a/**"), ["a/1.yaml", "a/2.yml", "a/b/3.yaml"]);
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
        no document found in `ROOT/empty`: the folder holds no `.yaml` or `.yml` file
        no document found in `ROOT/no/*.yaml`: the pattern matches no file
        no document found in `ROOT/*.yml`: the pattern matches no file
        `ROOT/{a` is not a glob pattern: a `{` is never closed
        ");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_when_named_and_passed_over_when_found() {
        let folder = folder(&["real/a.yaml"]);
        let root = folder.path();
        std::os::unix::fs::symlink(root, root.join("real/loop")).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", root.join("real/leak.yaml")).unwrap();
        std::os::unix::fs::symlink(root.join("real"), root.join("alias")).unwrap();
        let (found, discovery) = names(&folder, &["real"]);
        assert_eq!(found, ["real/a.yaml"]);
        assert_eq!(discovery.passed_over.len(), 1);
        assert!(discovery.passed_over[0].ends_with("real/leak.yaml"));
        assert!(discovery.errors.is_empty());
        assert_eq!(names(&folder, &["alias"]).0, ["alias/a.yaml"]);
        assert_eq!(names(&folder, &["real/leak.yaml"]).0, ["real/leak.yaml!"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_named_as_found_is_passed_over_where_a_walk_would_not_read_it() {
        let folder = folder(&["a.yaml", "b.json", "sub/.c.yaml"]);
        let root = folder.path();
        std::os::unix::fs::symlink(root.join("a.yaml"), root.join("link.yaml")).unwrap();
        let named = ["a.yaml", "b.json", "sub/.c.yaml", "link.yaml", "no.yaml"];
        let paths: Vec<PathBuf> = named.iter().map(|name| root.join(name)).collect();
        let found = discover_as_found(&paths);
        let read: Vec<_> = found
            .inputs
            .iter()
            .map(|input| (&input.origin, input.named))
            .collect();
        assert_eq!(read, [(&Origin::File(root.join("a.yaml")), false)]);
        assert_eq!(found.passed_over.len(), 3);
        assert_eq!(errors(&found).len(), 1);
        assert!(errors(&found)[0].contains("no.yaml`: No such file"));
    }

    #[test]
    fn standard_input_is_read_once() {
        let found = discover(&["-".into(), "-".into()]);
        let input = Input {
            name: STDIN.to_owned(),
            origin: Origin::Stdin,
            real: None,
            named: true,
        };
        assert_eq!(found.inputs, [input]);
    }
}
