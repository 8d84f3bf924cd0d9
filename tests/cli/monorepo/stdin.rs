//! `--stdin-filename`: what is piped in is checked as the file whose name it is given.

use std::path::Path;

use tempfile::TempDir;

use super::{agency, check, command, folder, found};
use crate::cli::{Run, feed};
use crate::packs::write;

const RULE: &str = "publication/no-complaints-route";

fn ministry() -> TempDir {
    folder(&[
        (
            "ministry/spokeslint.yaml",
            "extends: [none]\nrules: { publication/no-complaints-route: error }\n\
             overrides: [{ files: [new], rules: { publication/no-complaints-route: note } }]\n\
             exclude: [new]\nwaivers: [waivers.yaml]\n",
        ),
        (
            "ministry/waivers.yaml",
            "apiVersion: spokeslint/v1\nkind: Waivers\nwaivers:\n  - { rule: publication/no-complaints-route, where: { file: waived.yaml }, reason: a b, owner: us, issued: 2026-01-01, until: 2026-03-01 }\n",
        ),
        ("ministry/a.yaml", &agency("a")),
    ])
}

fn piped(folder: &Path, name: &str, more: &[&str], text: &str) -> Run {
    let fixed = [
        "check",
        "--format",
        "concise",
        "--as-of",
        "2026-01-31",
        "--stdin-filename",
        name,
        "-",
    ];
    feed(command(folder, &[&fixed, more].concat()), text.as_bytes())
}

#[test]
fn it_has_the_settings_and_the_waivers_of_that_file() {
    let root = ministry();
    for (place, name, severity) in [
        ("", "ministry/a.yaml", "error"),
        ("", "ministry/not/there.yaml", "error"),
        ("", "./ministry/../ministry/new/b.yaml", "note"),
        ("ministry", "new/b.yaml", "note"),
    ] {
        let run = piped(&root.path().join(place), name, &[], &agency("b"));
        let name = name.trim_start_matches("./");
        assert_eq!(
            found(&run),
            [format!("{name} {severity} {RULE}")],
            "{}",
            run.err
        );
    }
    let waived = piped(root.path(), "ministry/waived.yaml", &[], &agency("b"));
    assert!(!waived.out.contains(RULE), "{}", waived.out);
    assert!(
        waived.out.contains("1 suppressed by a waiver"),
        "{}",
        waived.out
    );
}

#[test]
fn the_file_itself_is_checked_as_well_where_it_is_named() {
    let root = ministry();
    let both = piped(
        root.path(),
        "ministry/a.yaml",
        &["ministry/a.yaml"],
        &agency("b"),
    );
    let told = [
        format!("<stdin> error {RULE}"),
        format!("ministry/a.yaml error {RULE}"),
    ];
    assert_eq!(found(&both), told, "{}", both.err);
}

#[test]
fn what_is_mended_goes_to_standard_output() {
    let root = ministry();
    let rules = "extends: [none]\nrules: { integrity/handle-syntax: error }\n";
    write(root.path(), "ministry/spokeslint.yaml", rules);
    let text = agency("b").replace("example_b", "\"@example_b\"");
    let fixed = piped(root.path(), "ministry/b.yaml", &["--fix"], &text);
    assert_eq!(fixed.out, text.replace('@', ""), "{}", fixed.err);
    let diff = piped(root.path(), "ministry/b.yaml", &["--fix", "--diff"], &text);
    assert!(
        diff.out.starts_with("--- ministry/b.yaml\n"),
        "{}{}",
        diff.out,
        diff.err
    );
    assert!(!root.path().join("ministry/b.yaml").exists());
}

#[test]
fn a_name_for_nothing_is_an_error() {
    let root = ministry();
    let alone = check(root.path(), &["--stdin-filename", "a.yaml", "ministry"]);
    assert_eq!(alone.code, 2);
    assert!(alone.err.contains("add `-` to the paths"), "{}", alone.err);
}
