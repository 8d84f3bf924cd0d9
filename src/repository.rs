//! Where files lie in their repository: the paths that reports for other programs name, whatever folder the
//! program runs in and however the files were named.

use std::collections::BTreeMap;
use std::path::Path;

use crate::engine::Report;
use crate::source::{Source, display_name};

/// The entry by which the top folder of a repository is known: a folder, or in a linked checkout a file.
pub(crate) const MARK: &str = ".git";

/// Returns whether a folder is the top folder of a repository.
pub(crate) fn is_root(folder: &Path) -> bool {
    folder.join(MARK).symlink_metadata().is_ok()
}

/// The top folder of the repository that a folder lies in, if it lies in one.
pub fn root(folder: &Path) -> Option<&Path> {
    let mut folders = folder.ancestors();
    folders.find(|folder| is_root(folder))
}

/// Fills in [`Report::paths`]: for every file that the report mentions under another name, its path from the top of
/// the repository in which the program runs or, for a file outside of that, of its own.
pub fn locate(report: &mut Report) {
    let here = Path::new(".").canonicalize().ok();
    let home = here.as_deref().and_then(root);
    let mut paths = BTreeMap::new();
    for name in &report.names {
        add(&mut paths, (name, None), home);
    }
    for source in report.sources() {
        add(&mut paths, (source.name(), Some(source)), home);
    }
    paths.retain(|name, path| name != path);
    report.paths = paths;
}

fn add(
    paths: &mut BTreeMap<String, String>,
    (name, source): (&str, Option<&Source>),
    home: Option<&Path>,
) {
    if paths.contains_key(name) {
        return;
    }
    let known = source.and_then(Source::real);
    let path = match known {
        Some(real) => path(real, home),
        None => Path::new(name)
            .canonicalize()
            .ok()
            .and_then(|real| path(&real, home)),
    };
    paths.insert(name.to_owned(), path.unwrap_or_else(|| name.to_owned()));
}

/// The path of a file from the top of its repository.
fn path(real: &Path, home: Option<&Path>) -> Option<String> {
    let below_home = home.and_then(|home| real.strip_prefix(home).ok());
    let below = below_home.or_else(|| real.strip_prefix(root(real.parent()?)?).ok());
    below.map(display_name)
}
