//! `spokeslint.yaml`: where it is looked for, what it changes, and what is said of mistakes in it.

use std::path::Path;
use std::process::{Command, Stdio};

use snapbox::Data;
use tempfile::TempDir;

use super::{Run, finish, fixtures};
use crate::packs::write;

const AGENCY: &str = "\
apiVersion: spokeslint/v1
kind: Agency
id: water
name: { en: Water Agency }
accounts:
  - { id: own, platform: x, handle: example_own, kind: personal, bio: { text: Chief plumber } }
";

const PACK: &str = "title: { en: Own, ar: خاص }\nabout: { en: own, ar: خاص }\n";

/// A rule that objects to office titles in profiles.
const RULE: &str = "\
severity: error
summary: { en: a profile names an office, ar: نبذة تذكر منصبًا }
why: { en: a reason, ar: سبب }
each: account in agency.accounts
when: has(account.bio.text)
assert: '!mentions(account.bio.text, terms.office_titles)'
message: { en: \"`{account.id}` names an office\", ar: \"نبذة `{account.id}` تذكر منصبًا\" }
---
examples:
  - fails: |
      accounts: [{ id: a, platform: x, handle: example_a, kind: personal, bio: { text: Spokesperson } }]  # finding
  - passes: |
      accounts: [{ id: a, platform: x, handle: example_a, kind: personal, bio: { text: Reader } }]
";

/// A folder with an agency in `agencies/`, a pack in `packs/own/`, and settings.
fn project(settings: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = |path, text| write(folder.path(), path, text);
    file("agencies/water.yaml", AGENCY);
    file("packs/own/pack.yaml", PACK);
    file("packs/own/title-in-a-profile.yaml", RULE);
    file("spokeslint.yaml", settings);
    folder
}

/// Runs a command that looks for settings.
fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spokeslint"));
    command
        .current_dir(folder)
        .args(arguments)
        .env_remove("NO_COLOR")
        .env_remove("GITHUB_ACTIONS")
        .env_remove("GITLAB_CI")
        .stdin(Stdio::null());
    finish(command)
}

const OWN: &str = "packs: [packs/own]\nselect: [own]\nterms: { office_titles: [chief plumber] }\n";
const FOUND: &str = "own/title-in-a-profile";
const CHECK: [&str; 5] = ["check", "--format", "concise", "--as-of", "2026-01-01"];

fn check(folder: &Path, arguments: &[&str]) -> Run {
    let whole: Vec<&str> = CHECK.iter().chain(arguments).copied().collect();
    run_in(folder, &whole)
}

#[test]
fn settings_are_found_in_the_folder_or_above_it_and_the_nearest_ones_hold() {
    let folder = project(OWN);
    let run = check(folder.path(), &["agencies"]);
    assert_eq!((run.code, &*run.err), (1, ""));
    assert!(run.out.contains(FOUND), "{}", run.out);
    assert!(run.out.contains("× 1 rule"), "{}", run.out);
    let below = check(&folder.path().join("agencies"), &["water.yaml"]);
    assert_eq!(below.code, 1);
    assert!(below.out.contains(FOUND), "{}", below.out);
    write(folder.path(), "agencies/spokeslint.yaml", "# nothing\n");
    let nearest = check(&folder.path().join("agencies"), &["water.yaml"]);
    assert!(!nearest.out.contains(FOUND), "{}", nearest.out);
}

#[test]
fn settings_may_be_named_or_left_aside() {
    let folder = project("lang: ar\n");
    write(
        folder.path(),
        "ci/strict.yaml",
        "packs: [../packs/own]\nselect: [own]\n",
    );
    let named = check(folder.path(), &["--config", "ci/strict.yaml", "agencies"]);
    assert_eq!(named.code, 0, "{}{}", named.out, named.err);
    assert!(named.out.contains("× 1 rule"), "{}", named.out);
    let none = check(folder.path(), &["--no-config", "agencies"]);
    assert!(none.out.contains("warning["), "{}", none.out);
    let both = check(folder.path(), &["--no-config", "--config", "a", "agencies"]);
    assert_eq!(both.code, 2);
    let missing = check(folder.path(), &["--config", "none.yaml", "agencies"]);
    assert_eq!(missing.code, 2);
    assert!(
        missing.err.contains("cannot read `none.yaml`"),
        "{}",
        missing.err
    );
}

#[test]
fn the_command_line_wins_over_the_settings() {
    let folder =
        project("packs: [packs/own]\nprofile: strict\nignore: [handover, team]\nlang: ar\n");
    let receipt = |arguments: &[&str]| {
        let run = check(folder.path(), arguments);
        run.out.lines().last().unwrap_or_default().to_owned()
    };
    let rules = |arguments: &[&str]| {
        let receipt = receipt(&[arguments, &["--lang", "en", "agencies"]].concat());
        let count = receipt.split(" × ").nth(1).unwrap().split(' ').next();
        count.unwrap().parse::<usize>().unwrap()
    };
    assert!(receipt(&["agencies"]).starts_with("جهة واحدة"));
    let settings = rules(&[]);
    assert!(rules(&["--profile", "recommended"]) < settings);
    assert!(rules(&["--ignore", "handover"]) > settings);
    assert_eq!(rules(&["--select", "own"]), 1);
    write(
        folder.path(),
        "spokeslint.yaml",
        "packs: [packs/own]\nselect: [own]\n",
    );
    assert_eq!(rules(&[]), 1);
    assert!(rules(&["--profile", "recommended"]) > 50);
}

#[test]
fn every_command_knows_the_packs_and_the_words_of_the_settings() {
    let folder = project(OWN);
    let run = |arguments: &[&str]| {
        let run = run_in(folder.path(), arguments);
        assert!(run.code < 2, "{arguments:?}: {}{}", run.out, run.err);
        run.out
    };
    assert!(run(&["explain", FOUND]).contains("chief plumber"));
    assert!(run(&["rules"]).contains(FOUND));
    assert!(run(&["trace", FOUND, "agencies"]).contains("chief plumber"));
    let asked = "mentions('our chief plumber', terms.office_titles)";
    assert!(run(&["eval", asked]).contains("true"));
    for folder in ["own", "packs/own", "./packs/../packs/own", "packs"] {
        assert_eq!(
            run(&["test", folder]),
            "1 rule, 2 examples: all hold\n",
            "{folder}"
        );
    }
    let twice = check(folder.path(), &["--pack", "packs", "agencies"]);
    assert_eq!(twice.code, 1, "{}", twice.err);
}

#[test]
fn settings_that_are_found_beside_documents_are_passed_over_without_a_word() {
    let folder = project("");
    let run = check(folder.path(), &["--verbose", "agencies", "."]);
    assert!(!run.out.contains("spokeslint.yaml"), "{}", run.out);
    assert!(run.out.contains("in 1 agency"), "{}", run.out);
    let alone = tempfile::tempdir().unwrap();
    write(alone.path(), "spokeslint.yaml", "");
    let run = check(alone.path(), &[]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("which holds the settings"), "{}", run.err);
}

#[test]
fn a_document_in_a_file_of_that_name_is_checked_all_the_same() {
    let folder = project("");
    write(folder.path(), "other/spokeslint.yaml", AGENCY);
    let run = check(folder.path(), &["--select", "agency-account", "other"]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("other/spokeslint.yaml"), "{}", run.out);
}

/// What is said of settings with mistakes in them.
fn told(settings: &str, arguments: &[&str]) -> String {
    let folder = project(settings);
    write(folder.path(), "empty/README.md", "");
    let run = check(folder.path(), &[arguments, &["agencies"]].concat());
    assert_eq!((run.code, &*run.out), (2, ""), "{settings}");
    run.err
}

#[test]
fn mistakes_in_settings_are_told_where_they_stand() {
    let shape = told(
        "profil: strict\nlang: fr\nselect: own\nterms: { office_titles: [1] }\n",
        &[],
    );
    let names = told(
        "profile: recomended\npacks: [packs/own]\nselect: [handovr, own]\nignore: [own/title-in-a-profil, nothing]\n\
         terms:\n  office_title: [chief]\n  office_titles: [Chief, CHIEF, '…', spokesperson]\n",
        &[],
    );
    let folders = told("packs: [pack/own, empty, nowhere]\n", &[]);
    let arabic = told("lang: ar\nprofil: strict\n", &[]);
    let all = [shape, names, folders, arabic].join("\n");
    let expected = Data::read_from(&fixtures().join("../snapshots/config.txt"), None);
    snapbox::assert_data_eq!(all, expected.raw());
}

#[test]
fn hostile_settings_are_one_clear_error() {
    let deep = told(&format!("packs: {}", "[".repeat(100_000)), &[]);
    assert!(deep.contains("spokeslint.yaml:1:"), "{deep}");
    assert!(deep.len() < 4_000, "{deep}");
    let controls = told("profile: \"a\\e[31m\\u202e\"\npacks: [\"\\e[2J\"]\n", &[]);
    assert!(
        !controls.contains('\u{1b}') && !controls.contains('\u{202e}'),
        "{controls}"
    );
    let several = told("lang: en\n---\nlang: ar\n", &[]);
    assert!(several.contains("a second one"), "{several}");
    let broken = told("select: [\n", &[]);
    assert!(broken.contains("error[yaml/"), "{broken}");
    let root = told("- a\n", &[]);
    assert!(root.contains("error[schema/"), "{root}");
}

#[test]
fn rules_that_contradict_each_other_are_blamed_on_the_settings_that_chose_them() {
    let settings = "packs: [packs]\nselect: [own, other/no-title-in-a-profile]\n";
    let folder = project(settings);
    let opposite = RULE
        .replace("'!mentions", "'mentions")
        .replace("why:", "contradicts: [own/title-in-a-profile]\nwhy:");
    write(folder.path(), "packs/other/pack.yaml", PACK);
    write(
        folder.path(),
        "packs/other/no-title-in-a-profile.yaml",
        &opposite,
    );
    let told = check(folder.path(), &["agencies"]);
    assert_eq!((told.code, &*told.out), (2, ""));
    let expected = Data::read_from(&fixtures().join("../snapshots/contradiction.txt"), None);
    snapbox::assert_data_eq!(told.err, expected.raw());
    let flags = check(folder.path(), &["--select", "own,other", "agencies"]);
    assert_eq!(flags.code, 2);
    assert!(!flags.err.contains("spokeslint.yaml"), "{}", flags.err);
}

#[test]
fn the_schema_of_settings_needs_no_sound_ones() {
    let folder = project("profil: a\n");
    let run = run_in(folder.path(), &["schema", "config"]);
    assert_eq!((run.code, &*run.err), (0, ""));
}

#[test]
fn no_file_of_settings_makes_more_than_a_thousand_mistakes() {
    let many = |line: &dyn Fn(usize) -> String| (0..1_500).map(line).collect::<String>();
    for settings in [
        format!("ignore:\n{}", many(&|n| format!("- nothing{n}\n"))),
        format!("terms:\n{}", many(&|n| format!("  t{n}: [a]\n"))),
        format!(
            "terms:\n  office_titles:\n{}",
            many(&|_| "  - same\n".into())
        ),
    ] {
        let run = run_in(project(&settings).path(), &["check"]);
        assert_eq!(run.code, 2);
        assert_eq!(run.err.matches("error[config/").count(), 1_001);
        assert!(run.err.contains("error[config/too-many-problems]"));
    }
}
