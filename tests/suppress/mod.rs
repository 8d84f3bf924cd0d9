//! What sets findings aside, and by what findings are known again.

mod comments;
mod files;
mod final_rules;
mod horizon;
mod keys;
mod many;
mod not_evaluated;

use std::path::Path;
use std::sync::{Arc, LazyLock};

use spokeslint::date::Date;
use spokeslint::engine::{Engine, Report, Settings};
use spokeslint::pack::Packs;
use spokeslint::{Diagnostic, Lang, Source};

/// The built-in packs.
static PACKS: LazyLock<Packs> = LazyLock::new(|| Packs::builtin().unwrap());

/// A path below the root of the repository.
fn repository(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// An engine with some rules of the built-in packs, on a day.
fn engine_of(rules: &[&str], day: &str) -> Engine {
    let mut settings = Settings::new(Date::parse(day).unwrap());
    settings.select = rules.iter().map(|rule| (*rule).to_owned()).collect();
    Engine::new(&PACKS, &settings).unwrap()
}

fn check(engine: &Engine, text: &str) -> Report {
    engine.check(&Arc::new(Source::new("a.yaml", text)), true)
}

/// A finding as `line:column rule message`.
fn line(found: &Diagnostic, lang: Lang) -> String {
    let place = found.labels[0].position();
    format!(
        "{}:{} {} {}",
        place.line,
        place.column,
        found.rule,
        found.message.plain(lang)
    )
}

fn lines(report: &Report) -> Vec<String> {
    let found = report.diagnostics.iter();
    found.map(|found| line(found, Lang::En)).collect()
}

/// The lines of the findings that are set aside.
fn aside(report: &Report) -> Vec<u32> {
    let found = report.suppressed.iter();
    found
        .map(|found| found.diagnostic.labels[0].position().line)
        .collect()
}
