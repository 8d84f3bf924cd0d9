//! The documentation cannot lie: what it shows of the program is run and compared, and what can be
//! generated is generated and compared. `UPDATE_DOCS=1 cargo test --test main docs` brings it up to date.

mod agencies;
mod cases;
mod console;
mod documents;
mod generated;
mod limits;
mod markdown;
mod reference;
mod rules;

use std::path::{Path, PathBuf};

/// A path below the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[expect(clippy::disallowed_methods, reason = "tests read what they compare")]
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

#[expect(
    clippy::disallowed_methods,
    reason = "whoever runs the tests may ask them to update the documentation"
)]
fn wants_update() -> bool {
    std::env::var("UPDATE_DOCS").is_ok_and(|value| value == "1")
}

/// Compares a documentation file with what it should be, or makes it so.
#[expect(
    clippy::disallowed_methods,
    reason = "updates the documentation when asked to"
)]
fn keep(path: &str, wanted: &str) {
    let file = repository(path);
    if wants_update() {
        std::fs::write(&file, wanted).unwrap();
    }
    let found = read(&file);
    let differs = found.lines().zip(wanted.lines()).position(|(a, b)| a != b);
    let line = differs.unwrap_or_else(|| found.lines().count().min(wanted.lines().count()));
    assert!(
        found == wanted,
        "{path} is out of date from line {} on:\n  found:  {}\n  wanted: {}\n\
         run `UPDATE_DOCS=1 cargo test --test main docs` and commit what it changes",
        line + 1,
        found.lines().nth(line).unwrap_or("(the end)"),
        wanted.lines().nth(line).unwrap_or("(the end)"),
    );
}
