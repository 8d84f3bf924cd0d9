//! What is checked: files, folders, patterns, standard input.

use super::{check, check_in, check_input, fixture, put};

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("")
}

#[test]
fn standard_input_is_checked_under_its_own_name() {
    let run = check_input(
        &fixture("agencies/answers.yaml"),
        &["-", "--format", "concise"],
    );
    assert_eq!(run.code, 1);
    assert_eq!(
        first_line(&run.out),
        "<stdin>:12:27: error[ours/answers-the-public] `example_spokesman` answers the public"
    );
    let foreign = check_input("kind: Deployment\n", &["-", "--format", "concise"]);
    assert_eq!(foreign.code, 1);
    assert!(
        foreign.out.starts_with("<stdin>:1:1: error[schema/"),
        "{}",
        foreign.out
    );
}

#[test]
fn the_current_folder_is_checked_unless_something_is_named() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a/b.yaml", &fixture("agencies/silent.yaml"));
    let run = check_in(folder.path(), &["--format", "concise"]);
    assert_eq!(
        run.out,
        "a/b.yaml:3:5: note[ours/no-website] the website is not declared\n\
         1 problem in 1 agency (1 note)\n\
         1 agency × 2 rules = 2: 0 held, 1 found, 1 not applicable, 0 not evaluated\n"
    );
}

#[test]
fn quoted_patterns_are_matched_by_the_tool_itself() {
    let run = check(&["agencies/{clean,si*}.yaml", "--format", "concise"]);
    assert_eq!(
        first_line(&run.out),
        "agencies/silent.yaml:3:5: note[ours/no-website] the website is not declared"
    );
    assert!(run.out.contains("1 problem in 2 agencies"), "{}", run.out);
    let run = check(&["agencies/*.yml"]);
    assert_eq!(run.code, 2);
    assert_eq!(
        run.err,
        "error: no document found in `agencies/*.yml`: the pattern matches no file\n"
    );
}

#[test]
fn a_foreign_file_is_a_finding_when_named_and_passed_over_when_found() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.yaml", &fixture("agencies/clean.yaml"));
    put(folder.path(), "ci.yaml", "on: push\n");
    let found = check_in(folder.path(), &[]);
    assert_eq!(found.code, 0);
    assert!(
        found
            .out
            .contains("\n1 file passed over, no spokeslint document (shown with `--verbose`)\n"),
        "{}",
        found.out
    );
    let verbose = check_in(folder.path(), &["--verbose"]);
    assert!(
        verbose
            .out
            .contains("\n1 file passed over, no spokeslint document:\n  ci.yaml\n"),
        "{}",
        verbose.out
    );
    let named = check_in(folder.path(), &["ci.yaml", "--format", "concise"]);
    assert_eq!(named.code, 1);
    assert!(
        named.out.starts_with("ci.yaml:1:1: error[schema/"),
        "{}",
        named.out
    );
}

#[test]
fn files_named_as_found_are_checked_if_they_are_ours_and_passed_over_if_not() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.yaml", &fixture("agencies/answers.yaml"));
    put(folder.path(), "ci.yaml", "on: push\n");
    put(folder.path(), "broken.yaml", "a: [\n");
    put(
        folder.path(),
        ".old/a.yaml",
        &fixture("agencies/answers.yaml"),
    );
    let named = |files: &[&str]| {
        let flags = ["--as-found", "--format", "concise"];
        check_in(folder.path(), &[&flags[..], files].concat())
    };
    let both = named(&["a.yaml", "ci.yaml", "./.old/a.yaml"]);
    assert_eq!(both.code, 1);
    assert!(
        both.out.starts_with("a.yaml:12:27: error[ours/"),
        "{}",
        both.out
    );
    assert!(both.out.contains("\n2 files passed over"), "{}", both.out);
    let foreign = named(&["ci.yaml", "broken.yaml"]);
    assert_eq!((foreign.code, foreign.err.as_str()), (0, ""));
    assert_eq!(
        foreign.out,
        "2 files passed over, no spokeslint documents (shown with `--verbose`)\n"
    );
    let missing = named(&["ci.yaml", "no.yaml"]);
    assert_eq!(missing.code, 2);
    assert!(
        missing.err.starts_with("error: cannot read `no.yaml`"),
        "{}",
        missing.err
    );
}

#[test]
fn quiet_leaves_only_findings() {
    let quiet = check(&["agencies", "--quiet", "--format", "concise"]);
    assert_eq!(quiet.out.lines().count(), 2);
    assert_eq!(check(&["agencies/clean.yaml", "-q"]).out, "");
}

#[test]
fn the_day_is_what_as_of_says() {
    let folder = tempfile::tempdir().unwrap();
    let rule = fixture("ours/no-website.yaml").replace(
        "assert: has(agency.website)",
        "assert: today < timestamp(\"2024-05-01T00:00:00Z\")",
    );
    put(folder.path(), "timed/pack.yaml", &fixture("ours/pack.yaml"));
    put(folder.path(), "timed/too-late.yaml", &rule);
    put(folder.path(), "a.yaml", &fixture("agencies/clean.yaml"));
    let problems = |day: &str| {
        let arguments = [
            "--pack", "timed", "--select", "timed", "--as-of", day, "a.yaml",
        ];
        let run = check_in(folder.path(), &arguments);
        run.out.contains("too-late")
    };
    assert!(!problems("2024-04-30"));
    assert!(problems("2024-05-01"));
}
