//! The built-in packs prove themselves, and broken packs are told what is wrong.

mod broken;
mod builtin;
mod coverage;
mod keys;
mod kinds;
mod part;
mod terms;
mod words;

use std::path::{Path, PathBuf};

use snapbox::Data;
use spokeslint::output::{Detail, Format, Style, render_findings};
use spokeslint::pack::Packs;
use spokeslint::{Error, Lang};

/// Writes a file and the folders above it.
#[expect(
    clippy::disallowed_methods,
    reason = "tests lay out folders of their own"
)]
pub(crate) fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn builtin() -> Packs {
    Packs::builtin().unwrap()
}

/// The folders that stand in a folder beside this file.
fn folders(name: &str) -> Vec<PathBuf> {
    let folder = format!("{}/tests/packs/{name}", env!("CARGO_MANIFEST_DIR"));
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_dir());
    paths.sort();
    paths
}

/// Holds what is told of the mistakes in each of so many folders against the text beside it.
fn check_told(name: &str, least: usize) {
    let folders = folders(name);
    assert!(folders.len() >= least, "{} fixtures", folders.len());
    for folder in folders {
        let expected = Data::read_from(&folder.with_extension("txt"), None);
        snapbox::assert_data_eq!(told(&folder, Lang::En), expected.raw());
        let arabic = told(&folder, Lang::Ar);
        assert!(arabic.starts_with("خطأ["), "{arabic}");
    }
}

/// What the author of the packs in a folder is told.
fn told(folder: &Path, lang: Lang) -> String {
    let diagnostics = match builtin().load(folder) {
        Ok(()) => return "the pack loads\n".to_owned(),
        Err(Error::Packs(diagnostics)) => diagnostics,
        Err(error) => return format!("{error}\n"),
    };
    let style = Style {
        format: Format::Human,
        lang,
        color: false,
        terminal: false,
        width: 100,
        detail: Detail::Quiet,
    };
    let mut told = Vec::new();
    render_findings(&diagnostics, &style, &mut told).unwrap();
    let place = format!("{}/", folder.display()).replace('\\', "/");
    String::from_utf8(told).unwrap().replace(&place, "")
}
