//! Several `spokeslint.yaml` in one repository: the nearest one holds for each file, from wherever the file is looked
//! at, and final rules of outer ones stay on.

mod finals;
mod leniency;
mod stdin;

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::{Run, finish};
use crate::packs::write;

/// An agency with an account, whose `id` and handle are its own.
fn agency(id: &str) -> String {
    format!(
        "apiVersion: spokeslint/v1\nkind: Agency\nid: {id}\nname: {{ en: A }}\naccounts:\n  - {{ id: m, platform: x, handle: example_{id}, kind: agency }}\n"
    )
}

const PACK: &str = "title: { en: Own, ar: خاص }\nabout: { en: own, ar: خاص }\n";

/// A rule that finds a fault in every agency with accounts.
const TOO_MANY: &str = "\
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

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

/// Two folders, of which `inner` has settings of its own, below a root with a pack whose rule is final.
fn regulated(root: &str, inner: &str) -> TempDir {
    folder(&[
        ("packs/limit/pack.yaml", PACK),
        ("packs/limit/too-many.yaml", TOO_MANY),
        ("packs/limit/not-final.yaml", TOO_MANY),
        ("law/pack.yaml", &format!("{PACK}final: [limit/too-many]\n")),
        ("spokeslint.yaml", root),
        ("outer/a.yaml", &agency("outer")),
        ("inner/spokeslint.yaml", inner),
        ("inner/a.yaml", &agency("inner")),
    ])
}

const LAW: &str = "extends: [none, ./packs, ./law]\n";

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spokeslint"));
    command
        .current_dir(folder)
        .args(arguments)
        .env_remove("NO_COLOR")
        .env_remove("GITHUB_ACTIONS")
        .env_remove("GITLAB_CI")
        .stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Run {
    finish(command(folder, arguments))
}

fn check(folder: &Path, arguments: &[&str]) -> Run {
    let fixed = ["check", "--format", "concise", "--as-of", "2026-01-31"];
    run(folder, &[&fixed, arguments].concat())
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let fixed = ["check", "--format", "json", "--as-of", "2026-01-31"];
    let run = run(folder, &[&fixed, arguments].concat());
    assert!(run.code < 2, "{}{}", run.out, run.err);
    serde_json::from_str(&run.out).unwrap()
}

/// The findings, each with its file's name, severity and rule.
fn found(run: &Run) -> Vec<String> {
    let lines = run.out.lines().filter_map(|line| {
        let (place, rest) = line.split_once(']')?.0.split_once('[')?;
        let path = place.split(':').next()?;
        Some(format!("{path} {} {rest}", place.rsplit(' ').next()?))
    });
    lines.collect()
}

fn receipt(run: &Run) -> &str {
    run.out.lines().last().unwrap_or_default()
}

#[test]
fn a_file_has_the_same_settings_however_it_is_named_and_from_wherever() {
    let top = folder(&[
        (
            "repo/ministry/spokeslint.yaml",
            "extends: [none]\nrules: { publication/no-complaints-route: error }\n\
             overrides: [{ files: [agencies/b.yaml], rules: { publication/no-complaints-route: note } }]\n\
             exclude: [agencies/old]\n",
        ),
        ("repo/ministry/agencies/a.yaml", &agency("a")),
        ("repo/ministry/agencies/b.yaml", &agency("b")),
        ("repo/ministry/agencies/old/c.yaml", &agency("c")),
        ("elsewhere/notes.txt", ""),
    ]);
    let root = top.path().canonicalize().unwrap();
    let link =
        |to: &str, at: &str| std::os::unix::fs::symlink(root.join(to), root.join(at)).unwrap();
    link("repo/ministry", "elsewhere/folder");
    link("repo/ministry/agencies/a.yaml", "elsewhere/a.yaml");
    link("repo/ministry/agencies/b.yaml", "elsewhere/b.yaml");
    let whole = root.join("repo/ministry/agencies");
    let whole = whole.to_str().unwrap();
    let (a, b) = (format!("{whole}/a.yaml"), format!("{whole}/b.yaml"));
    for (place, paths) in [
        ("repo", vec!["."]),
        ("repo", vec!["ministry"]),
        ("repo", vec!["./ministry/../ministry/agencies/"]),
        (
            "repo",
            vec!["ministry/agencies/a.yaml", "ministry/agencies/b.yaml"],
        ),
        ("repo", vec!["ministry/agencies/*.yaml"]),
        ("repo/ministry", vec!["."]),
        (
            "repo/ministry",
            vec!["agencies/a.yaml", "../ministry/agencies/b.yaml"],
        ),
        ("repo/ministry/agencies", vec!["."]),
        ("repo/ministry/agencies", vec!["a.yaml", "b.yaml"]),
        (
            "repo/ministry/agencies/old",
            vec!["../a.yaml", ".././b.yaml"],
        ),
        ("elsewhere", vec![whole]),
        ("elsewhere", vec![&a, &b]),
        ("elsewhere", vec!["../repo"]),
        (
            "elsewhere",
            vec!["folder/agencies/a.yaml", "folder/agencies/b.yaml"],
        ),
        ("elsewhere", vec!["a.yaml", "b.yaml"]),
        ("elsewhere/folder", vec!["."]),
    ] {
        let run = check(&root.join(place), &paths);
        let told = found(&run);
        let mut verdicts: Vec<&str> = told
            .iter()
            .map(|line| line.split_once(' ').unwrap().1)
            .collect();
        verdicts.sort_unstable();
        assert_eq!(
            verdicts,
            [
                "error publication/no-complaints-route",
                "note publication/no-complaints-route"
            ],
            "{place} {paths:?}: {}{}",
            run.out,
            run.err
        );
        assert_eq!(run.code, 1);
        assert!(
            receipt(&run).starts_with("2 agencies × 1 rule = 2:"),
            "{}",
            run.out
        );
    }
}

#[test]
fn each_file_has_its_own_rules_severities_words_and_gate() {
    let root = folder(&[
        ("packs/limit/pack.yaml", PACK),
        ("packs/limit/too-many.yaml", TOO_MANY),
        (
            "spokeslint.yaml",
            "extends: [none, ./packs]\nfail_on: error\n",
        ),
        ("a.yaml", &agency("a")),
        (
            "strict/spokeslint.yaml",
            "extends: [../spokeslint.yaml]\nrules: { limit: note }\nfail_on: note\n",
        ),
        ("strict/b.yaml", &agency("b")),
        (
            "other/spokeslint.yaml",
            "extends: [none]\nrules: { publication/no-complaints-route: note }\n",
        ),
        ("other/c.yaml", &agency("c")),
        ("plain/document/spokeslint.yaml", &agency("d")),
        ("plain/document/e.yaml", &agency("e")),
    ]);
    let all = check(root.path(), &[]);
    assert_eq!(
        found(&all),
        [
            "a.yaml warning limit/too-many",
            "other/c.yaml note publication/no-complaints-route",
            "plain/document/e.yaml warning limit/too-many",
            "plain/document/spokeslint.yaml warning limit/too-many",
            "strict/b.yaml note limit/too-many"
        ],
        "{}{}",
        all.out,
        all.err
    );
    // The warning of the root lets the gate be, the note of `strict` does not.
    assert_eq!(all.code, 1);
    assert_eq!(check(root.path(), &["a.yaml"]).code, 0);
    assert_eq!(check(root.path(), &["strict"]).code, 1);
    assert_eq!(check(root.path(), &["other"]).code, 0);
    assert_eq!(
        check(root.path(), &["--fail-on", "warning", "strict"]).code,
        0
    );
    let named = check(root.path(), &["--config", "spokeslint.yaml", "strict"]);
    assert_eq!(found(&named), ["strict/b.yaml warning limit/too-many"]);
    let none = check(
        root.path(),
        &["--no-config", "--select", "publication", "other"],
    );
    assert!(none.out.contains("warning[publication/"), "{}", none.out);
    // A pack that only some settings know is no mistake for the others.
    let selected = check(root.path(), &["--select", "limit"]);
    assert_eq!(selected.code, 1, "{}", selected.err);
    assert_eq!(found(&selected).len(), 4, "{}", selected.out);
    assert_eq!(check(root.path(), &["--select", "limits"]).code, 2);
}

#[test]
fn the_receipt_adds_up_over_all_settings() {
    let root = folder(&[
        (
            "spokeslint.yaml",
            "extends: [none]\nrules: { publication/no-complaints-route: note, handover/no-policy: note }\n",
        ),
        ("a.yaml", &agency("a")),
        ("b.yaml", &agency("b")),
        (
            "inner/spokeslint.yaml",
            "extends: [none]\nrules: { publication/no-complaints-route: note }\n",
        ),
        ("inner/c.yaml", &agency("c")),
    ]);
    let run = check(root.path(), &["--fail-on", "error"]);
    assert_eq!(
        receipt(&run),
        "3 agencies, 1 to 2 rules each = 5: 0 held, 5 found, 0 not applicable, 0 not evaluated"
    );
    let arabic = check(root.path(), &["--lang", "ar"]);
    assert!(
        receipt(&arabic).starts_with("3 جهات، وعدد القواعد السارية من 1 إلى 2 = 5:"),
        "{}",
        arabic.out
    );
    let receipt = &json(root.path(), &[])["receipt"];
    let number = |value: &Value| value.as_u64().unwrap();
    let shares = receipt["settings"].as_array().unwrap();
    let pairs = shares
        .iter()
        .map(|share| number(&share["documents"]) * number(&share["rules"]));
    assert_eq!(pairs.sum::<u64>(), number(&receipt["pairs"]));
    let verdicts = ["held", "found", "not_applicable", "not_evaluated"];
    let verdicts = verdicts.iter().map(|name| number(&receipt[name]));
    assert_eq!(verdicts.sum::<u64>(), number(&receipt["pairs"]));
    let files: Vec<&Value> = shares.iter().map(|share| &share["settings"]).collect();
    assert_eq!(files, ["spokeslint.yaml", "inner/spokeslint.yaml"]);
    let verbose = check(root.path(), &["--verbose"]);
    assert!(
        verbose.out.contains(
            "settings used:\n  spokeslint.yaml: 2 documents, 2 rules\n  inner/spokeslint.yaml: 1 document, 1 rule\n"
        ),
        "{}",
        verbose.out
    );
}

#[test]
fn settings_with_mistakes_are_named_once_and_keep_no_other_file_from_being_checked() {
    let root = folder(&[
        (
            "spokeslint.yaml",
            "extends: [none]\nrules: { publication/no-complaints-route: note }\n",
        ),
        ("a.yaml", &agency("a")),
        ("shape/spokeslint.yaml", "extend: [none]\n"),
        ("shape/b.yaml", &agency("b")),
        ("shape/below/c.yaml", &agency("c")),
        ("syntax/spokeslint.yaml", "extends: [\n"),
        ("syntax/d.yaml", &agency("d")),
    ]);
    for place in ["", "shape"] {
        let up = if place.is_empty() { "." } else { ".." };
        let run = check(&root.path().join(place), &[up]);
        assert_eq!(run.code, 2, "{}", run.out);
        let told = found(&run);
        assert_eq!(told.len(), 1, "{}", run.out);
        assert!(told[0].ends_with("a.yaml note publication/no-complaints-route"));
        assert_eq!(
            run.err.matches("error[schema/unknown-key]").count(),
            1,
            "{}",
            run.err
        );
        assert_eq!(run.err.matches("error[yaml/").count(), 1, "{}", run.err);
        assert_eq!(
            run.err.matches("the settings are not sound").count(),
            2,
            "{}",
            run.err
        );
    }
    // What outer settings exclude as a whole has no settings that matter.
    write(
        root.path(),
        "spokeslint.yaml",
        "extends: [none]\nrules: { publication/no-complaints-route: note }\nexclude: [shape, syntax]\n",
    );
    let run = check(root.path(), &[]);
    assert_eq!((run.code, &*run.err), (0, ""), "{}", run.out);
    assert!(
        run.out.contains("5 files excluded by the settings"),
        "{}",
        run.out
    );
}

#[test]
fn what_must_be_unique_is_so_across_settings() {
    let rules = "extends: [none]\nrules: { integrity/duplicate-agency-id: error }\n";
    let root = folder(&[
        ("one/spokeslint.yaml", rules),
        ("one/a.yaml", &agency("water")),
        (
            "two/spokeslint.yaml",
            &format!("{rules}overrides: [{{ files: [off.yaml], rules: {{ integrity: off }} }}]\n"),
        ),
        ("two/a.yaml", &agency("water")),
        ("two/off.yaml", &agency("water")),
        (
            "three/spokeslint.yaml",
            "extends: [none]\nrules: { publication/no-complaints-route: note, integrity/duplicate-agency-id: warning }\n",
        ),
        ("three/a.yaml", &agency("water")),
        (
            "off/spokeslint.yaml",
            "extends: [none]\nrules: { publication/no-complaints-route: note }\n",
        ),
        ("off/a.yaml", &agency("water")),
    ]);
    let run = check(root.path(), &[]);
    let told = found(&run);
    let told: Vec<&String> = told
        .iter()
        .filter(|line| line.contains("duplicate"))
        .collect();
    assert_eq!(
        told,
        [
            "one/a.yaml error integrity/duplicate-agency-id",
            "three/a.yaml warning integrity/duplicate-agency-id",
            "two/a.yaml error integrity/duplicate-agency-id",
        ],
        "{}{}",
        run.out,
        run.err
    );
    let receipt = &json(root.path(), &[])["receipt"];
    assert_eq!(receipt["found"], 3 + 2, "{receipt}");
    assert_eq!(check(&root.path().join("one"), &[]).code, 0);
}

#[test]
fn patterns_that_fit_nothing_are_told_where_all_of_their_settings_was_looked_at() {
    let root = folder(&[
        (
            "spokeslint.yaml",
            "extends: [none]\nrules: { publication/no-complaints-route: note }\nexclude: [gone]\n",
        ),
        ("a.yaml", &agency("a")),
        (
            "inner/spokeslint.yaml",
            "extends: [../spokeslint.yaml]\nexclude: [away]\n",
        ),
        ("inner/b.yaml", &agency("b")),
    ]);
    let idle = |place: &str, paths: &[&str]| {
        let run = check(&root.path().join(place), paths);
        let lines = run
            .out
            .lines()
            .filter(|line| line.contains("config/matches-nothing"));
        lines
            .map(|line| line.split(':').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(idle("", &[]), ["inner/spokeslint.yaml", "spokeslint.yaml"]);
    assert_eq!(idle("", &["inner"]), ["inner/spokeslint.yaml"]);
    assert_eq!(idle("inner", &[]), ["spokeslint.yaml"]);
    assert_eq!(idle("", &["a.yaml", "inner/b.yaml"]), [""; 0]);
}
