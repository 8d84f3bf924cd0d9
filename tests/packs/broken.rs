//! Rule files with mistakes in them: each fixture in `err/` is a rule, and beside it stands what its
//! author is told.

use snapbox::Data;
use spokeslint::engine::Report;
use spokeslint::output::{Detail, Format, Style, render_findings};
use spokeslint::pack::Packs;
use spokeslint::{Error, Lang};

use super::{builtin, read, write};

fn told(text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "own/pack.yaml",
        "title: { en: Own, ar: خاص }\nabout: { en: own, ar: خاص }\n",
    );
    write(folder.path(), "own/rule.yaml", text);
    let diagnostics = match builtin().load(folder.path()) {
        Ok(()) => return "the pack loads\n".to_owned(),
        Err(Error::Packs(diagnostics)) => diagnostics,
        Err(error) => return format!("{error}\n"),
    };
    let report = Report {
        diagnostics,
        ..Report::default()
    };
    let style = Style {
        format: Format::Human,
        lang: Lang::En,
        color: false,
        terminal: false,
        width: 100,
        detail: Detail::Quiet,
    };
    let mut told = Vec::new();
    render_findings(&report.diagnostics, &style, &mut told).unwrap();
    let place = format!("{}/", folder.path().display());
    String::from_utf8(told).unwrap().replace(&place, "")
}

#[test]
fn mistakes_in_rule_files_are_told_at_their_own_characters() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/err");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "yaml"));
    paths.sort();
    assert!(paths.len() >= 12, "{} fixtures", paths.len());
    for path in paths {
        let expected = Data::read_from(&path.with_extension("txt"), None);
        snapbox::assert_data_eq!(told(&read(&path)), expected.raw());
    }
}

#[test]
fn a_folder_without_a_pack_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let error = Packs::empty().load(folder.path()).unwrap_err();
    assert!(
        error.to_string().ends_with("it has no `pack.yaml`"),
        "{error}"
    );
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let error = Packs::empty()
        .load(&folder.path().join("none"))
        .unwrap_err();
    assert!(matches!(error, Error::Read { .. }), "{error}");
}

#[test]
fn two_rules_of_one_name_are_an_error() {
    let mut packs = builtin();
    let rules = format!("{}/rules/support", env!("CARGO_MANIFEST_DIR"));
    let Err(Error::Packs(diagnostics)) = packs.load(rules.as_ref()) else {
        panic!("it loads")
    };
    let count = |rule: &str| {
        diagnostics
            .iter()
            .filter(|found| found.rule == rule)
            .count()
    };
    let support = packs.rules.iter().filter(|rule| rule.pack() == "support");
    assert_eq!(count("pack/duplicate-pack"), 1);
    assert_eq!(count("pack/duplicate-rule"), support.count() / 2);
    assert_eq!(diagnostics.len(), 1 + count("pack/duplicate-rule"));
}
