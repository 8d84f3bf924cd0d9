//! What is set aside, seen from the command line: what cannot be, what the formats say of it, and what fixes leave.

use std::path::Path;

use super::{Run, put, run_in};

const DAY: &str = "2026-11-28";

const RULE: &str = "personal-account/answers-the-public";

/// An agency with a kind of account that nobody knows, for the legacy of some register.
const BAD: &str = "\
apiVersion: spokeslint/v1
kind: Agency
id: fire
name: { en: Fire Service }
accounts:
  - id: own
    platform: x
    handle: example_fire
    kind: persona1
    uses: [replies]
";

/// A project whose own pack calls a rule final.
fn project(agency: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let words = "{ en: a, ar: أ }";
    let pack = format!("title: {words}\nabout: {words}\nfinal: [{RULE}]\n");
    put(folder.path(), "ours/pack.yaml", &pack);
    let rule = format!(
        "severity: note\nsummary: {words}\nwhy: {words}\nmessage: {words}\nassert: agency.id != \"none\"\n"
    );
    put(folder.path(), "ours/none.yaml", &rule);
    put(folder.path(), "spokeslint.yaml", "extends: [./ours]\n");
    put(folder.path(), "a.yaml", agency);
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Run {
    let select = format!("{RULE},ours");
    let fixed = [
        "--config",
        "spokeslint.yaml",
        "--as-of",
        DAY,
        "--select",
        &select,
    ];
    let (command, rest) = arguments.split_first().unwrap();
    let whole = [&[*command], &fixed[..], rest].concat();
    run_in(folder, &whole)
}

#[expect(clippy::disallowed_methods, reason = "tests read what they compare")]
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// The ids of what `check` finds.
fn ids(run: &Run) -> Vec<&str> {
    let lines = run.out.lines();
    let ids = lines.filter_map(|line| line.split_once('[')?.1.split_once(']'));
    ids.map(|(id, _)| id).collect()
}

#[test]
fn a_comment_cannot_silence_a_final_rule_by_an_error_of_shape() {
    let text = BAD.replace(
        "persona1\n",
        "persona1 # spokeslint: ignore schema/enum -- legacy\n",
    );
    let folder = project(&text);
    let wanted = [
        "engine/final-not-evaluated",
        "schema/enum",
        "suppression/not-evaluated",
    ];
    for fail_on in ["note", "warning", "error"] {
        let run = run(
            folder.path(),
            &["check", "-q", "--format", "concise", "--fail-on", fail_on],
        );
        assert_eq!(
            (ids(&run), run.code),
            (wanted.to_vec(), 1),
            "{}{}",
            run.out,
            run.err
        );
    }
    let run = run(folder.path(), &["check", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let found = &told["findings"][0];
    assert_eq!(found["rule"], "engine/final-not-evaluated", "{found}");
    assert_eq!(told["receipt"]["not_evaluated"], 1, "{}", told["receipt"]);
}

#[test]
fn a_baseline_takes_in_nothing_that_stops_a_rule_and_lets_go_of_what_is_in_it() {
    let folder = project(BAD);
    let first = run(folder.path(), &["baseline"]);
    assert_eq!(first.code, 1);
    for id in ["error[schema/enum]", "error[engine/final-not-evaluated]"] {
        assert!(first.out.contains(id), "{}", first.out);
    }
    let path = folder.path().join("spokeslint-baseline.yaml");
    let written = read(&path);
    assert!(written.ends_with("findings: []\n"), "{written}");
    // By the key that the formats tell, somebody writes the entry by hand.
    let shown = run(
        folder.path(),
        &["check", "--no-baseline", "--format", "json"],
    );
    let told: serde_json::Value = serde_json::from_str(&shown.out).unwrap();
    let all = told["findings"].as_array().unwrap();
    let key = &all.iter().find(|one| one["rule"] == "schema/enum").unwrap()["key"];
    let entry = format!(
        "findings:\n  - {{ rule: schema/enum, document: Agency/fire, path: {}, digest: {} }}\n",
        key["path"], key["digest"]
    );
    put(
        folder.path(),
        "spokeslint-baseline.yaml",
        &written.replace("findings: []\n", &entry),
    );
    let run_of = |arguments: &[&str]| run(folder.path(), arguments);
    let checked = run_of(&["check", "-q", "--format", "concise"]);
    assert_eq!(
        ids(&checked),
        [
            "engine/final-not-evaluated",
            "schema/enum",
            "baseline/not-evaluated"
        ],
        "{}",
        checked.out
    );
    for more in [
        &["baseline", "--update"][..],
        &["baseline", "--update", "--accept-new"],
    ] {
        let updated = run_of(more);
        assert_eq!(updated.code, 1, "{}{}", updated.out, updated.err);
        let left = read(&path);
        assert!(left.ends_with("findings: []\n"), "{left}");
    }
}

#[test]
fn a_baseline_entry_covers_no_other_account_that_took_over_the_id() {
    let text = BAD.replace("persona1", "personal");
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.yaml", &text);
    let select = ["--select", RULE];
    let written = run_in(folder.path(), &[&["baseline"], &select[..]].concat());
    assert_eq!(written.code, 0, "{}{}", written.out, written.err);
    let check = |text: &str| {
        put(folder.path(), "a.yaml", text);
        run_in(
            folder.path(),
            &[&["check", "-q", "--format", "concise"], &select[..]].concat(),
        )
    };
    assert_eq!(
        check(&text.replace("example_fire", "'@Example_Fire'")).code,
        0
    );
    let other = text
        .replace("platform: x", "platform: tiktok")
        .replace("example_fire", "minister_private");
    let run = check(&other);
    assert_eq!(
        (run.code, ids(&run)),
        (1, vec![RULE, "baseline/stale"]),
        "{}",
        run.out
    );
}

/// A finding with a fix, which something sets aside.
const MENDABLE: &str = "\
apiVersion: spokeslint/v1
kind: Agency
id: fire
name: { en: Fire Service }
accounts:
  - id: own
    platform: x
    handle: example_fire
    kind: personal
    uses: [replies, personal]
";

const COMMENT: &str = " # spokeslint: ignore personal-account/answers-the-public";

/// What `--fix` and its relatives make of an agency in a folder; the file must stay as it is where nothing is to be
/// mended.
fn fixes(text: &str, more: &[&str], prepare: &dyn Fn(&Path)) -> Vec<bool> {
    let modes: [&[&str]; 5] = [
        &["--fix"],
        &["--unsafe-fixes"],
        &["--unsafe-fixes", "--fix-only"],
        &["--unsafe-fixes", "--diff"],
        &["--fix-only"],
    ];
    let mut changed = Vec::new();
    for mode in modes {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "a.yaml", text);
        prepare(folder.path());
        let fixed = ["check", "--select", RULE, "--as-of", DAY];
        let run = run_in(
            folder.path(),
            &[&fixed[..], mode, more, &["a.yaml"]].concat(),
        );
        assert!(run.code < 2, "{}{}", run.out, run.err);
        let after = read(&folder.path().join("a.yaml"));
        let is_shown = mode.contains(&"--diff") && run.out.contains("+++");
        changed.push(after != text || is_shown);
    }
    changed
}

#[test]
fn no_fix_touches_what_is_set_aside_by_whatever_means() {
    let nothing = |_: &Path| {};
    // Alone, it is mended by whoever asks for what a person should look at.
    assert_eq!(
        fixes(MENDABLE, &[], &nothing),
        [false, true, true, true, false]
    );
    let behind = MENDABLE.replace("personal]\n", &format!("personal]{COMMENT} -- agreed\n"));
    assert_eq!(fixes(&behind, &[], &nothing), [false; 5]);
    let on_document = format!("{} -- agreed\n{MENDABLE}", COMMENT.trim_start());
    assert_eq!(fixes(&on_document, &[], &nothing), [false; 5]);
    let waivers = format!(
        "apiVersion: spokeslint/v1\nkind: Waivers\nwaivers:\n  - {{ rule: {RULE}, where: {{ document: fire }}, reason: a, \
         owner: b, issued: 2026-11-01, until: 2026-12-31 }}\n"
    );
    let waived = |folder: &Path| put(folder, "w.yaml", &waivers);
    assert_eq!(
        fixes(MENDABLE, &["--waivers", "w.yaml"], &waived),
        [false; 5]
    );
    let baselined = |folder: &Path| {
        let run = run_in(folder, &["baseline", "--select", RULE, "--as-of", DAY]);
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    };
    assert_eq!(fixes(MENDABLE, &[], &baselined), [false; 5]);
}

#[test]
fn what_does_not_hold_protects_nothing() {
    let nothing = |_: &Path| {};
    for comment in [
        "until 2026-11-27 -- agreed",
        "-- ",
        "until 2028-01-01 -- agreed",
    ] {
        let text = MENDABLE.replace("personal]\n", &format!("personal]{COMMENT} {comment}\n"));
        assert_eq!(
            fixes(&text, &[], &nothing),
            [false, true, true, true, false],
            "{comment}"
        );
    }
}

/// The account with the sign before its handle is mended, and the round after it knows the comment at its new place.
#[test]
fn a_comment_is_known_again_where_an_edit_above_moved_it() {
    let text = MENDABLE
        .replace("example_fire", "'https://x.com/example_fire'")
        .replace("personal]\n", &format!("personal]{COMMENT} -- agreed\n"));
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.yaml", &text);
    let select = format!("{RULE},integrity/handle-syntax");
    let run = run_in(
        folder.path(),
        &[
            "check",
            "--select",
            &select,
            "--as-of",
            DAY,
            "--unsafe-fixes",
            "a.yaml",
        ],
    );
    let after = read(&folder.path().join("a.yaml"));
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert_eq!(
        after,
        text.replace("https://x.com/example_fire", "example_fire")
    );
}

/// What mends one finding would mend another that somebody left on purpose: then nothing is done.
#[test]
fn no_fix_makes_a_comment_idle_that_was_needed() {
    let text = MENDABLE.replace(
        "personal]\n",
        "personal] # spokeslint: ignore personal-account/mixed-use -- agreed\n",
    );
    let select = format!("{RULE},personal-account/mixed-use");
    for mode in [&["--unsafe-fixes"][..], &["--unsafe-fixes", "--fix-only"]] {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "a.yaml", &text);
        let fixed = [
            "check", "--select", &select, "--as-of", DAY, "--format", "concise",
        ];
        let run = run_in(folder.path(), &[&fixed[..], mode, &["a.yaml"]].concat());
        let after = read(&folder.path().join("a.yaml"));
        assert_eq!(after, text, "{}{}", run.out, run.err);
        assert!(!run.out.contains("suppression/unused"), "{}", run.out);
    }
}
