//! The built-in packs prove themselves, and broken packs are told what is wrong.

mod broken;
mod builtin;
mod kinds;
mod words;

use std::path::Path;

use spokeslint::pack::Packs;

/// Writes a file and the folders above it.
#[expect(
    clippy::disallowed_methods,
    reason = "tests lay out folders of their own"
)]
fn write(folder: &Path, path: &str, text: &str) {
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
