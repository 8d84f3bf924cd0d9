//! For how long settings let findings be set aside, and what becomes of a comment without an end.

use std::process::Command;

const RULE: &str = "personal-account/answers-the-public";
const AGENCY: &str = "\
apiVersion: spokeslint/v1
kind: Agency
id: water
name: { en: Water Agency }
accounts:
  - id: own
    platform: x
    handle: example_own
    kind: personal
";

/// A check of one agency on 2026-11-28, with a comment and with what settings say: their own, and those that they
/// build on. The exit code and the lines that are printed.
#[expect(clippy::disallowed_methods, reason = "lays out files")]
fn check(ours: &str, above: &str, comment: &str, lang: &str) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    let agency = format!("{AGENCY}    uses: [replies] # spokeslint: ignore {RULE} {comment}\n");
    for (name, text) in [
        (
            "spokeslint.yaml",
            format!("extends: [./above.yaml]\n{ours}\n"),
        ),
        (
            "above.yaml",
            format!("extends: [none]\nrules: {{ {RULE}: error }}\n{above}\n"),
        ),
        ("a/water.yaml", agency),
    ] {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let arguments = "check --as-of 2026-11-28 --format concise --quiet a --lang";
    let output = Command::new(env!("CARGO_BIN_EXE_spokeslint"))
        .current_dir(folder.path())
        .args(arguments.split(' '))
        .arg(lang)
        .output()
        .unwrap();
    let printed = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap(),
        String::from_utf8(printed).unwrap(),
    )
}

/// The ids of what is found.
fn found(ours: &str, above: &str, comment: &str) -> Vec<String> {
    let (_, printed) = check(ours, above, comment, "en");
    let ids = printed
        .lines()
        .filter_map(|line| line.split_once('[')?.1.split_once(']'));
    ids.map(|(id, _)| id.to_owned()).collect()
}

#[test]
fn a_comment_needs_an_end_where_settings_name_a_length_for_the_weight_of_the_finding() {
    let both = ["suppression/too-long", RULE];
    for (ours, above) in [
        ("horizon: { error: 180d }", ""),
        ("", "horizon: { error: 90d }"),
        ("horizon: { error: none }", "horizon: { error: 90d }"),
    ] {
        let mut ids = found(ours, above, "-- a");
        ids.sort();
        assert_eq!(ids, [both[1], both[0]], "{ours} {above}");
        assert!(found(ours, above, "until 2027-01-31 -- a").is_empty());
    }
    for ours in [
        "",
        "horizon: { error: none }",
        "horizon: { warning: 30d, note: 30d }",
    ] {
        assert!(found(ours, "", "-- a").is_empty(), "{ours}");
    }
}

#[test]
fn it_is_told_how_long_the_settings_allow_in_both_languages() {
    let said = |lang| {
        let (code, printed) = check("horizon: { error: 90d }", "", "-- a", lang);
        assert_eq!(code, 1);
        printed
            .lines()
            .find(|line| line.contains("too-long"))
            .unwrap()
            .to_owned()
    };
    insta::assert_snapshot!([said("en"), said("ar")].join("\n"), @r"
    a/water.yaml:10:21: error[suppression/too-long] the comment has no end, and the settings allow an error to be set aside for 90 days at most
    a/water.yaml:10:21: error[suppression/too-long] ليس للتعليق يوم ينتهي فيه، والإعدادات لا تسمح بأن يستثني خطأً لأكثر من 90 يومًا
    ");
}

#[test]
fn of_all_lengths_that_settings_name_the_shortest_holds() {
    let ids = |ours, above| found(ours, above, "until 2027-02-28 -- a").len();
    assert_eq!(
        ids("horizon: { error: 60d }", "horizon: { error: 120d }"),
        2
    );
    assert_eq!(
        ids("horizon: { error: 120d }", "horizon: { error: 60d }"),
        2
    );
    assert_eq!(
        ids("horizon: { error: 120d }", "horizon: { error: none }"),
        0
    );
}
