//! The other commands, and help.

use snapbox::{assert_data_eq, file};

use super::{fixture, put, run, run_in};

#[test]
fn help() {
    let help = run(&["--help"]);
    assert_eq!(help.code, 0);
    assert_data_eq!(help.out, file!["snapshots/help.txt"]);
}

#[test]
fn help_on_check() {
    let help = run(&["check", "--help"]);
    assert_eq!(help.code, 0);
    assert_data_eq!(help.out, file!["snapshots/help-check.txt"]);
}

#[test]
fn a_rule_is_explained_with_both_sides_and_an_example() {
    let rule = ["explain", "ours/answers-the-public", "--pack", "ours"];
    let shown = run(&rule);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    assert_data_eq!(shown.out, file!["snapshots/explain.txt"]);
    let shown = run(&[&rule[..], &["--lang", "ar"]].concat());
    assert_data_eq!(shown.out, file!["snapshots/explain-ar.txt"]);
}

#[test]
fn an_unknown_rule_is_not_explained_but_the_nearest_is_named() {
    let unknown = run(&["explain", "handover/overdu"]);
    assert_eq!((unknown.code, unknown.out.as_str()), (2, ""));
    assert_eq!(
        unknown.err,
        "error: no rule, position or framework is called `handover/overdu`; did you mean `handover/overdue`?\n"
    );
}

#[test]
fn rules_are_listed_for_people_and_for_programs() {
    let table = run(&["rules", "--pack", "ours"]);
    assert_eq!(table.code, 0);
    let own = table
        .out
        .lines()
        .find(|line| line.starts_with("ours/no-website "))
        .unwrap();
    let cells: Vec<_> = own
        .split("  ")
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect();
    assert_eq!(
        cells,
        [
            "ours/no-website",
            "note",
            "–",
            "always",
            "the agency names no website"
        ]
    );
    let everywhere = table
        .out
        .lines()
        .find(|line| line.starts_with("handover/overdue "));
    assert!(everywhere.unwrap().contains("  all  "), "{}", table.out);
    let list = run(&["rules", "--pack", "ours", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&list.out).unwrap();
    assert_eq!(list["version"], 1);
    let rules = list["rules"].as_array().unwrap();
    let own = rules
        .iter()
        .find(|rule| rule["id"] == "ours/answers-the-public")
        .unwrap();
    assert_eq!(own["severity"], "error");
    assert_eq!(own["positions"]["against"][0], "our-reader");
    assert_eq!(own["summary"]["ar"], "حساب شخصي يجيب الجمهور");
}

#[test]
fn examples_that_hold_are_counted_and_others_are_shown() {
    let hold = run(&["test", "ours"]);
    assert_eq!(
        (hold.code, hold.out.as_str()),
        (0, "2 rules, 4 examples: all hold\n")
    );
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "bad/pack.yaml", &fixture("ours/pack.yaml"));
    let rule = fixture("ours/no-website.yaml").replace("  # finding", "");
    put(folder.path(), "bad/no-website.yaml", &rule);
    let broken = run_in(folder.path(), &["test", "bad"]);
    assert_eq!(broken.code, 1);
    assert!(
        broken.out.starts_with("error[pack/example]: "),
        "{}",
        broken.out
    );
    assert!(
        broken.out.ends_with("\n1 rule, 2 examples: 1 problem\n"),
        "{}",
        broken.out
    );
    let unknown = run(&["test", "handovr"]);
    assert_eq!(unknown.code, 2);
    assert_eq!(
        unknown.err,
        "error: no pack or folder is called `handovr`; did you mean `handover`?\n"
    );
}
