//! What a run that only checks loads of the built-in packs says the same as all of them.

use std::sync::Arc;

use spokeslint::Source;
use spokeslint::date::Date;
use spokeslint::engine::{Engine, Report, Settings};
use spokeslint::output::{Format, Style, render};
use spokeslint::pack::Packs;

use super::builtin;

fn settings(profile: &str, select: &[&str], ignore: &[&str]) -> Settings {
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    Settings {
        profiles: vec![profile.to_owned()],
        select: names(select),
        ignore: names(ignore),
        ..Settings::new(Date::parse("2026-03-01").unwrap())
    }
}

fn choices() -> Vec<Settings> {
    let packs = builtin();
    let profiles = packs.profiles.iter();
    let mut choices: Vec<_> = profiles
        .map(|profile| settings(&profile.id, &[], &[]))
        .collect();
    assert!(choices.len() >= 4);
    choices.push(settings(
        "recommended",
        &["handover", "osmacc/mfa-off"],
        &[],
    ));
    choices.push(settings(
        "recommended",
        &[],
        &["handover", "osmacc/mfa-off"],
    ));
    choices.push(settings("saudi", &["osmacc"], &["osmacc/mfa-off", "team"]));
    choices
}

/// Everything that a run prints about the examples.
fn printed(packs: &Packs, settings: &Settings) -> String {
    let engine = Engine::new(packs, settings).unwrap();
    let mut report = Report::default();
    for folder in ["okaz-2018", "frameworks", "saudi-2026", "model-agency"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("examples")
            .join(folder);
        let mut paths: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        for path in paths
            .iter()
            .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        {
            let source = Arc::new(Source::read(path).unwrap().unwrap());
            report.merge(engine.check(&source, true));
        }
    }
    report.sort();
    let style = Style {
        format: Format::Json,
        ..Style::default()
    };
    let mut out = Vec::new();
    render(&report, &Packs::empty(), &style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_part_of_the_packs_finds_what_all_of_them_find() {
    let all = builtin();
    for settings in choices() {
        let part = settings.builtin().unwrap();
        assert!(part.rules.len() < all.rules.len(), "{settings:?}");
        let text = printed(&part, &settings);
        assert!(text == printed(&all, &settings), "{settings:?}");
        assert!(text.len() > 10_000, "{settings:?}");
    }
}

#[test]
fn an_unknown_name_is_told_what_was_meant_whatever_is_on() {
    for (settings, meant) in [
        (settings("saudy", &[], &[]), "saudi"),
        (settings("recommended", &["osmac"], &[]), "osmacc"),
        (
            settings("recommended", &[], &["osmacc/mfa-of"]),
            "osmacc/mfa-off",
        ),
    ] {
        let error = Engine::new(&settings.builtin().unwrap(), &settings).unwrap_err();
        let said = error.to_string();
        assert!(said.contains(meant), "{said}");
    }
}
