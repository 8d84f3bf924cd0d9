//! Glob patterns on the command line.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};

use crate::error::Error;
use crate::glob;

/// The path as a glob pattern, if it has the signs of one.
pub(super) fn pattern(path: &Path) -> Option<&str> {
    path.to_str().filter(|text| text.contains(is_magic))
}

fn is_magic(character: char) -> bool {
    matches!(character, '*' | '?' | '[' | '{')
}

pub(super) fn compile(pattern: &str) -> Result<GlobMatcher, Error> {
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
pub(super) fn names_extension(pattern: &str) -> bool {
    Path::new(pattern)
        .extension()
        .and_then(OsStr::to_str)
        .is_some_and(|extension| !extension.contains(|c| is_magic(c) || matches!(c, ']' | '}')))
}

/// The folder below which everything lies that a pattern can match.
pub(super) fn base(pattern: &str) -> PathBuf {
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
