//! Patterns of settings, and which files they mean.
//!
//! A pattern is held against the path of a file from the folder of the project's settings, and against
//! those of the folders that the file lies in; one without `/` against their names alone.

use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::diagnostic::{Diagnostic, Label};
use crate::glob;
use crate::source::{Source, display_name};
use crate::text;
use crate::text::{Text, isolate};

/// Some patterns, of which one at least must fit.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    globs: GlobSet,
    /// Where each of them stands.
    places: Vec<Label>,
    /// How they are written.
    written: Vec<String>,
}

impl Scope {
    /// Takes patterns with their places.
    ///
    /// # Errors
    ///
    /// A diagnostic for each pattern that does not parse.
    pub(super) fn new<'p>(
        patterns: impl IntoIterator<Item = (&'p str, Label)>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut scope = Self::default();
        let mut builder = GlobSetBuilder::new();
        let mut mistakes = Vec::new();
        for (pattern, place) in patterns {
            match GlobBuilder::new(&anchored(pattern))
                .literal_separator(true)
                .build()
            {
                Ok(glob) => {
                    builder.add(glob);
                    scope.places.push(place);
                    scope.written.push(pattern.to_owned());
                }
                Err(error) => mistakes.push(no_pattern(pattern, place, &error)),
            }
        }
        match builder.build() {
            Ok(globs) => scope.globs = globs,
            // Together they are too large for the matcher, which names the limit.
            Err(error) => {
                let first = scope.places.first().zip(scope.written.first());
                mistakes.extend(
                    first.map(|(place, pattern)| no_pattern(pattern, place.clone(), &error)),
                );
            }
        }
        if mistakes.is_empty() {
            Ok(scope)
        } else {
            Err(mistakes)
        }
    }

    /// Whether a file is meant, by its path from the folder of the settings.
    pub fn holds(&self, path: &str) -> bool {
        steps(path).any(|step| self.globs.is_match(step))
    }

    /// Returns the place of the first pattern that matches a file.
    pub(super) fn first(&self, path: &str) -> Option<&Label> {
        let fitting = steps(path).flat_map(|step| self.globs.matches(step));
        self.places.get(fitting.min()?)
    }

    /// The patterns that fit none of these files, as mistakes of no great weight.
    pub(super) fn idle(&self, files: &[String]) -> Vec<Diagnostic> {
        let mut is_used = vec![false; self.places.len()];
        for step in files.iter().flat_map(|file| steps(file)) {
            for place in self.globs.matches(step) {
                is_used[place] = true;
            }
        }
        let all = self.places.iter().zip(&self.written).zip(is_used);
        all.filter(|(_, is_used)| !is_used)
            .map(|((place, pattern), _)| matches_nothing(pattern, place.clone()))
            .collect()
    }
}

/// A pattern as the matcher wants it: from the top, or in any folder.
fn anchored(pattern: &str) -> String {
    let bare = pattern.strip_prefix("./").unwrap_or(pattern);
    let bare = bare.trim_end_matches('/');
    match bare.strip_prefix('/') {
        Some(top) => top.to_owned(),
        None if bare.contains('/') => bare.to_owned(),
        None => format!("**/{bare}"),
    }
}

/// A path and those of the folders that it leads through.
fn steps(path: &str) -> impl Iterator<Item = &str> {
    let folders = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
    folders.chain([path])
}

fn no_pattern(pattern: &str, place: Label, error: &globset::Error) -> Diagnostic {
    let (pattern, reason) = (isolate(pattern), glob::reason(error.kind()));
    let message = Text::new(
        format!("`{pattern}` is not a glob pattern: {}", reason.en),
        format!("`{pattern}` ليس نمط مسارات صحيحًا: {}", reason.ar),
    );
    Diagnostic::error("config/pattern", message).with_label(place)
}

fn matches_nothing(pattern: &str, place: Label) -> Diagnostic {
    let message = text!(
        "`{pattern}` matches no file",
        "لا يطابق النمط `{pattern}` أي ملف",
        pattern = pattern,
    );
    let help = text!(
        "patterns are held against paths from the folder of the project's settings, such as `agencies/water.yaml`; \
         take the entry out if it is no longer needed",
        "تُقارَن الأنماط بالمسارات من مجلد إعدادات المشروع، مثل `agencies/water.yaml`؛ فإن لم تعد إلى القيد حاجة فاحذفه",
    );
    Diagnostic::error("config/matches-nothing", message)
        .with_severity(crate::Severity::Warning)
        .with_label(place)
        .with_help(help)
}

/// Where a run begins and where its settings lie, both as absolute paths.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// The folder in which the program runs.
    pub here: PathBuf,
    /// The folder of the project's settings.
    pub root: PathBuf,
}

impl Ground {
    /// The path of a file from the folder of the settings, with `/`; none for one that lies elsewhere.
    pub fn path(&self, name: &str) -> Option<String> {
        let whole = plain(&self.here.join(name));
        let below = whole.strip_prefix(&self.root).ok()?;
        Some(display_name(below))
    }

    /// The same for a file whose path without links may be known.
    pub(crate) fn path_at(&self, real: Option<&Path>, name: &str) -> Option<String> {
        match real {
            Some(real) => real.strip_prefix(&self.root).ok().map(display_name),
            None => self.path(name),
        }
    }
}

/// A path without `.` and `..`, as it is written: links stay what they are.
pub(crate) fn plain(path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for step in path.components() {
        match step {
            Component::CurDir => {}
            Component::ParentDir => {
                whole.pop();
            }
            _ => whole.push(step),
        }
    }
    whole
}

/// The patterns of all overrides, and the ground on which they are held against names.
#[derive(Clone, Debug, Default)]
pub struct Scopes {
    /// In the order in which choices refer to them.
    pub all: Vec<Scope>,
    /// What names are relative to.
    pub ground: Ground,
    /// Those of outer settings, which come before these.
    pub(crate) outer: Vec<Self>,
}

impl Scopes {
    /// Returns the number of them.
    pub(crate) fn count(&self) -> usize {
        self.outer.iter().map(Self::count).sum::<usize>() + self.all.len()
    }

    /// Which of them hold a source; none at all where no scope does.
    pub(crate) fn active_for(&self, source: &Source) -> Option<Vec<bool>> {
        self.active(source.real(), source.name())
    }

    /// Returns which of them hold a file, by its path without links, if that is known, and by the name that findings
    /// show; none at all where no scope does.
    pub(crate) fn active(&self, real: Option<&Path>, name: &str) -> Option<Vec<bool>> {
        let count = self.count();
        if count == 0 {
            return None;
        }
        let mut active = Vec::with_capacity(count);
        self.hold(real, name, &mut active);
        active.contains(&true).then_some(active)
    }

    fn hold(&self, real: Option<&Path>, name: &str, active: &mut Vec<bool>) {
        for outer in &self.outer {
            outer.hold(real, name, active);
        }
        let path = self.ground.path_at(real, name);
        let holds = |scope: &Scope| path.as_deref().is_some_and(|path| scope.holds(path));
        active.extend(self.all.iter().map(holds));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::source::Span;

    fn scope(patterns: &[&str]) -> Result<Scope, Vec<Diagnostic>> {
        let source = Arc::new(Source::new("spokeslint.yaml", ""));
        let place = || Label::new(&source, Span::default());
        Scope::new(patterns.iter().map(|pattern| (*pattern, place())))
    }

    #[test]
    fn a_pattern_means_files_and_all_that_lies_in_folders() {
        let holds = |pattern: &str, path: &str| scope(&[pattern]).unwrap().holds(path);
        for (pattern, path) in [
            ("drafts", "drafts/a.yaml"),
            ("drafts/", "old/drafts/b/a.yaml"),
            ("*.draft.yaml", "agencies/a.draft.yaml"),
            ("agencies/*", "agencies/a.yaml"),
            ("./agencies/old", "agencies/old/b/a.yaml"),
            ("/agencies", "agencies/a.yaml"),
            ("agencies/**/*.yaml", "agencies/b/c/a.yaml"),
        ] {
            assert!(holds(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("drafts", "drafts.yaml"),
            ("agencies/*.yaml", "agencies/b/a.yaml"),
            ("/agencies", "old/agencies/a.yaml"),
            ("old/agencies", "agencies/a.yaml"),
        ] {
            assert!(!holds(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn a_pattern_that_is_none_and_one_that_fits_nothing_are_told() {
        let broken = scope(&["a[", "b"]).unwrap_err();
        assert_eq!(broken.len(), 1);
        assert_eq!(broken[0].rule, "config/pattern");
        let idle = scope(&["a", "b/*", "c"]).unwrap();
        let idle = idle.idle(&["b/1.yaml".to_owned(), "x/a/2.yaml".to_owned()]);
        assert_eq!(idle.len(), 1);
        assert!(idle[0].message.en.contains('c'));
    }

    #[test]
    fn names_are_seen_from_the_folder_of_the_settings() {
        let ground = Ground {
            here: "/p/sub".into(),
            root: "/p".into(),
        };
        let path = |name: &str| ground.path(name);
        assert_eq!(path("a.yaml").as_deref(), Some("sub/a.yaml"));
        assert_eq!(path("../b/./a.yaml").as_deref(), Some("b/a.yaml"));
        assert_eq!(path("/p/a.yaml").as_deref(), Some("a.yaml"));
        assert_eq!(path("../../a.yaml"), None);
    }
}
