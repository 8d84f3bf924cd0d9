//! `init`: what it writes for a new project, and what becomes of inventories of accounts. The inventories in `fixtures` are
//! invented; their line breaks, encodings and slips are those of real ones.

mod hostile;
mod import;
mod project;
mod round_trip;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, LazyLock};

use spokeslint::Source;
use spokeslint::date::Date;
use spokeslint::engine::{Engine, Settings};
use spokeslint::pack::Packs;

/// What a run printed and returned.
struct Run {
    code: i32,
    out: String,
    err: String,
}

fn init(folder: &Path, arguments: &[&str]) -> Run {
    run(folder, &[&["init"], arguments].concat())
}

fn run(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_spokeslint"))
        .current_dir(folder)
        .args(arguments)
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder with a copy of an inventory.
fn with_fixture(name: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/start/fixtures");
    std::fs::copy(from.join(name), folder.path().join(name)).unwrap();
    folder
}

fn read(path: &Path) -> String {
    Source::read(path).unwrap().unwrap().text().to_owned()
}

#[expect(clippy::disallowed_methods, reason = "lays out what a test needs")]
fn put(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    std::fs::write(folder.join(name), text).unwrap();
}

/// The agency files of a folder, in the order of their names.
fn agencies(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder.join("agencies"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    found.sort();
    found
}

/// What is wrong with the shape of a text, by the ids of the findings.
fn misshapen(text: &str) -> Vec<String> {
    static PACKS: LazyLock<Packs> = LazyLock::new(|| Packs::builtin().unwrap());
    let mut settings = Settings::new(Date::parse("2026-01-31").unwrap());
    settings.select = vec!["agency-account/missing".to_owned()];
    let engine = Engine::new(&PACKS, &settings).unwrap();
    let report = engine.check(&Arc::new(Source::new("agency.yaml", text)), true);
    let ids = report.diagnostics.iter().map(|found| found.rule.clone());
    ids.filter(|id| !id.starts_with("agency-account/"))
        .collect()
}
