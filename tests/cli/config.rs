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

const OWN: &str = "extends: [none, ./packs/own]\nterms: { office_titles: [chief plumber] }\n";
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
        "extends: [none, ../packs/own]\n",
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
        project("extends: [./packs/own, strict]\nrules: { handover: off, team: off }\nlang: ar\n");
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
    assert!(rules(&["--ignore", "registry"]) < settings);
    assert_eq!(rules(&["--select", "own"]), 1);
    assert_eq!(rules(&["--select", "handover/no-policy,own"]), 2);
    write(
        folder.path(),
        "spokeslint.yaml",
        "extends: [none, ./packs/own]\n",
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
    assert!(!run.out.contains("\n  spokeslint.yaml\n"), "{}", run.out);
    assert!(run.out.contains("in 1 agency"), "{}", run.out);
    let alone = tempfile::tempdir().unwrap();
    write(alone.path(), "spokeslint.yaml", "");
    let run = check(alone.path(), &[]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("the settings file;"), "{}", run.err);
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
        "extend: [strict]\nlang: fr\ninclude: own\nterms: { office_titles: [1] }\n\
         rules: { handover: eror, team: { level: off }, support: { severity: of } }\nfail_on: fatal\n",
        &[],
    );
    let names = told(
        "extends: [recomended, agencies]\n\
         rules:\n  handovr: off\n  own/title-in-a-profil: { options: { x: 1 } }\n  nothing: note\n\
         terms:\n  office_title: [chief]\n  office_titles: [Chief, CHIEF, '…', spokesperson]\n",
        &[],
    );
    let options = told(
        "rules:\n  handover/policy-incomplete: { options: { step: [a], steps: archive } }\n  \
         handover: { options: { steps: [] } }\n  team/unsupervised: { options: { within: 7d } }\n",
        &[],
    );
    let paths = told(
        "extends: [./pack/own, ./empty, ./spokeslint.yaml, ../../nowhere.yaml, 'https://a.example/b.yaml']\n\
         exclude: ['a[']\noverrides: [{ files: ['{'], rules: {} }]\n",
        &[],
    );
    let arabic = told("lang: ar\nprofil: strict\n", &[]);
    let all = [shape, names, options, paths, arabic].join("\n");
    let expected = Data::read_from(&fixtures().join("../snapshots/config.txt"), None);
    snapbox::assert_data_eq!(all, expected.raw());
}

#[test]
fn hostile_settings_are_one_clear_error() {
    let deep = told(&format!("extends: {}", "[".repeat(100_000)), &[]);
    assert!(deep.contains("spokeslint.yaml:1:"), "{deep}");
    assert!(deep.len() < 4_000, "{deep}");
    let controls = told(
        "extends: [\"a\\e[31m\\u202e\", \"./\\e[2J\"]\nexclude: [\"[\\e[2J\"]\n",
        &[],
    );
    assert!(
        !controls.contains('\u{1b}') && !controls.contains('\u{202e}'),
        "{controls}"
    );
    let several = told("lang: en\n---\nlang: ar\n", &[]);
    assert!(several.contains("a second one"), "{several}");
    let broken = told("extends: [\n", &[]);
    assert!(broken.contains("error[yaml/"), "{broken}");
    let root = told("- a\n", &[]);
    assert!(root.contains("error[schema/"), "{root}");
}

#[test]
fn rules_that_contradict_each_other_are_blamed_on_the_settings_that_chose_them() {
    let settings =
        "extends: [none, ./packs]\nrules: { own: error, other/no-title-in-a-profile: note }\n";
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
        format!("rules:\n{}", many(&|n| format!("  nothing{n}: off\n"))),
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

/// The ids and severities of what `check` finds, in the order in which it prints them.
fn found(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let run = check(folder, arguments);
    assert!(run.code < 2, "{}{}", run.out, run.err);
    let lines = run.out.lines().filter_map(|line| {
        let (place, rest) = line.split_once(']')?.0.split_once('[')?;
        let path = place.split(':').next()?;
        let severity = place.rsplit(' ').next()?;
        Some(format!("{path} {severity} {rest}"))
    });
    lines.collect()
}

/// A pack whose only rule has an option.
const LIMIT: &str = "\
severity: warning
summary: { en: too many accounts, ar: حسابات كثيرة }
why: { en: a reason, ar: سبب }
when: has(agency.accounts)
assert: size(agency.accounts) <= options.most
message: { en: 'more than {options.most}', ar: 'أكثر من {options.most}' }
options: { most: { type: int, default: 0, about: { en: how many, ar: العدد } } }
---
examples:
  - fails: |
      accounts: [{ id: a, platform: x, handle: example_a, kind: agency }]  # finding
  - passes: |
      accounts: []
";

/// A project with an agency in each of two folders, and the pack `limit`.
fn two_folders(settings: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = |path, text: &str| write(folder.path(), path, text);
    file("national/a.yaml", AGENCY);
    file(
        "municipal/b.yaml",
        &AGENCY
            .replace("id: water", "id: town")
            .replace("id: own", "id: b"),
    );
    file("packs/limit/pack.yaml", PACK);
    file("packs/limit/too-many.yaml", LIMIT);
    file("spokeslint.yaml", settings);
    folder
}

#[test]
fn rules_are_set_for_all_files_and_otherwise_for_some() {
    let folder = two_folders(
        "extends: [none, ./packs]\n\
         rules: { limit/too-many: error }\n\
         overrides:\n\
         - { files: [municipal], rules: { limit/too-many: { severity: note, options: { most: 0 } } } }\n\
         - { files: ['*/b.yaml'], rules: { limit: off } }\n\
         - { files: [national/*], rules: { limit/too-many: { options: { most: 1 } } } }\n",
    );
    assert_eq!(found(folder.path(), &[]), [""; 0]);
    let receipt = check(folder.path(), &[]).out;
    assert!(
        receipt.contains("2 agencies × 1 rule = 2: 1 held, 0 found, 1 not applicable"),
        "{receipt}"
    );
    write(
        folder.path(),
        "spokeslint.yaml",
        "extends: [none, ./packs]\n\
         rules: { limit: off }\n\
         overrides:\n\
         - { files: [municipal], rules: { limit/too-many: note } }\n",
    );
    assert_eq!(
        found(folder.path(), &[]),
        ["municipal/b.yaml note limit/too-many"]
    );
    // What the command line selects is on, but where an override switches it off.
    assert_eq!(
        found(folder.path(), &["--select", "limit"]),
        [
            "municipal/b.yaml note limit/too-many",
            "national/a.yaml warning limit/too-many"
        ]
    );
    assert_eq!(
        found(&folder.path().join("municipal"), &["b.yaml"]).len(),
        1
    );
}

#[test]
fn settings_build_on_others_and_say_last_what_holds() {
    let folder =
        two_folders("extends: [./shared, ./ministry/spokeslint.yaml]\nrules: { limit: note }\n");
    write(
        folder.path(),
        "shared/spokeslint.yaml",
        "extends: [none, ../packs]\nrules: { limit/too-many: error }\nlang: ar\nfail_on: note\n",
    );
    write(
        folder.path(),
        "ministry/spokeslint.yaml",
        "extends: [../shared]\nlang: en\noverrides: [{ files: [national], rules: { limit: off } }]\n",
    );
    // The project's own file says it for all files, after the override of the file that it builds on.
    let all = found(folder.path(), &[]);
    assert_eq!(
        all,
        [
            "municipal/b.yaml note limit/too-many",
            "national/a.yaml note limit/too-many"
        ]
    );
    assert_eq!(check(folder.path(), &[]).code, 1);
    assert_eq!(check(folder.path(), &["--fail-on", "warning"]).code, 0);
    write(
        folder.path(),
        "shared/spokeslint.yaml",
        "extends: [../ministry]\n",
    );
    let circle = check(folder.path(), &[]);
    assert_eq!(circle.code, 2);
    assert!(
        circle.err.contains("error[config/circle]"),
        "{}",
        circle.err
    );
}

#[test]
fn files_are_included_and_excluded_unless_they_are_named() {
    let folder = two_folders("extends: [none, ./packs]\nexclude: [municipal]\n");
    let run = check(folder.path(), &["--verbose"]);
    assert!(!run.out.contains("passed over"), "{}", run.out);
    assert!(
        run.out
            .contains("1 file excluded by the settings:\n  municipal/b.yaml\n"),
        "{}",
        run.out
    );
    assert_eq!(
        found(folder.path(), &[]),
        ["national/a.yaml warning limit/too-many"]
    );
    assert_eq!(found(folder.path(), &["municipal/b.yaml"]).len(), 1);
    let hook = check(folder.path(), &["--as-found", "municipal/b.yaml"]);
    assert_eq!((hook.code, &*hook.err), (0, ""), "{}", hook.out);
    let nothing = check(folder.path(), &["municipal"]);
    assert_eq!(nothing.code, 2);
    assert!(
        nothing.err.contains("which the settings exclude"),
        "{}",
        nothing.err
    );
    write(
        folder.path(),
        "spokeslint.yaml",
        "extends: [none, ./packs]\ninclude: [municipal/**]\n",
    );
    assert_eq!(
        found(folder.path(), &[]),
        ["municipal/b.yaml warning limit/too-many"]
    );
}

#[test]
fn an_entry_that_matches_nothing_is_a_warning_where_everything_was_looked_at() {
    let settings = "extends: [none, ./packs]\n\
                    exclude: [drafts]\n\
                    rules: { handover: off, team/unsupervised: { options: {} } }\n\
                    overrides: [{ files: [regional, national], rules: { limit: note } }]\n";
    let folder = two_folders(settings);
    let all = found(folder.path(), &[]);
    let idle: Vec<&String> = all.iter().filter(|line| line.contains("config/")).collect();
    assert_eq!(
        idle,
        [
            "spokeslint.yaml warning config/matches-nothing",
            "spokeslint.yaml warning config/matches-nothing",
            "spokeslint.yaml warning config/matches-nothing",
            "spokeslint.yaml warning config/matches-nothing"
        ],
        "{all:?}"
    );
    let part = found(folder.path(), &["national"]);
    assert!(
        !part
            .iter()
            .any(|line| line.contains("drafts") || line.contains("regional"))
    );
    let below = found(&folder.path().join("national"), &[".."]);
    assert_eq!(
        below.iter().filter(|line| line.contains("config/")).count(),
        4
    );
}

/// A project whose rules include final ones of a ministry.
fn regulated(settings: &str) -> TempDir {
    let folder = two_folders(settings);
    write(
        folder.path(),
        "ministry/pack.yaml",
        &format!("{PACK}final: [personal-account/states-the-position, limit]\n"),
    );
    folder
}

#[test]
fn what_is_final_is_on_and_nothing_lowers_it() {
    let sound = "extends: [none, ./packs, ./ministry]\n";
    let folder = regulated(sound);
    let rules = |arguments: &[&str]| {
        let run = check(folder.path(), arguments);
        let receipt = run.out.lines().last().unwrap_or_default().to_owned();
        (run.code, receipt, run.err)
    };
    let (code, receipt, _) = rules(&["--fail-on", "error"]);
    assert!(receipt.contains("× 2 rules"), "{receipt}");
    assert_eq!(
        code, 1,
        "a final warning fails a gate that is told to let warnings through"
    );
    let (_, selected, _) = rules(&["--select", "handover/no-policy"]);
    assert!(selected.contains("× 3 rules"), "{selected}");
    let (code, _, told) = rules(&["--ignore", "limit"]);
    assert_eq!(code, 2);
    let mut all = told;
    for more in [
        "rules: { limit: off }\n",
        "rules: { limit/too-many: { severity: note } }\n",
        "overrides: [{ files: [municipal], rules: { limit/too-many: { options: { most: 9 } } } }]\n",
    ] {
        write(folder.path(), "spokeslint.yaml", &format!("{sound}{more}"));
        let (code, _, told) = rules(&[]);
        assert_eq!(code, 2, "{more}");
        all.push('\n');
        all.push_str(&told);
    }
    write(
        folder.path(),
        "spokeslint.yaml",
        &format!("lang: ar\n{sound}rules: {{ limit: note }}\n"),
    );
    all.push('\n');
    all.push_str(&rules(&[]).2);
    let expected = Data::read_from(&fixtures().join("../snapshots/final.txt"), None);
    snapbox::assert_data_eq!(all, expected.raw());
    write(
        folder.path(),
        "spokeslint.yaml",
        &format!("{sound}rules: {{ limit: error }}\n"),
    );
    assert!(found(folder.path(), &[]).contains(&"national/a.yaml error limit/too-many".to_owned()));
}

#[test]
fn a_pack_cannot_call_final_what_is_not_there() {
    let folder = regulated("extends: [none, ./ministry]\n");
    let run = check(folder.path(), &[]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("error[pack/reference]"), "{}", run.err);
}

#[test]
fn the_settings_of_a_file_are_shown_with_their_places() {
    let folder = regulated(
        "extends: [none, ./packs, ./ministry]\n\
         rules: { limit: error, handover/no-policy: note, handover/policy-incomplete: { severity: note, options: { steps: [archive] } } }\n\
         overrides: [{ files: [municipal], rules: { handover: off } }]\n\
         fail_on: error\n",
    );
    let shown = |arguments: &[&str]| {
        let run = run_in(folder.path(), &[&["config"], arguments].concat());
        assert_eq!((run.code, &*run.err), (0, ""));
        run.out
    };
    let all = [
        shown(&[]),
        shown(&["municipal/b.yaml", "--lang", "ar"]),
        shown(&["--no-config", "--select", "team/unsupervised", "x.yaml"]),
    ];
    let all = all.join("\n");
    for page in all.split_inclusive("\n\n") {
        let read: serde_yaml::Value = serde_yaml::from_str(page).unwrap();
        assert!(read.get("rules").is_some(), "{page}");
    }
    let expected = Data::read_from(&fixtures().join("../snapshots/settings.txt"), None);
    snapbox::assert_data_eq!(all, expected.raw());
    let json: serde_json::Value =
        serde_json::from_str(&shown(&["--format", "json", "municipal/b.yaml"])).unwrap();
    assert_eq!(json["rules"][0]["rule"], "handover/no-policy");
    assert_eq!(json["rules"][0]["severity"], serde_json::Value::Null);
    assert_eq!(json["rules"][0]["switched"]["start"]["line"], 3);
    assert_eq!(json["rules"][1]["options"][0]["place"]["start"]["line"], 2);
    assert_eq!(json["fail_on"]["place"]["path"], "spokeslint.yaml");
}
