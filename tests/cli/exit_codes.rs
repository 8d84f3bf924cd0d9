//! 0 no problems, 1 problems, 2 the tool could not do its job.

use std::process::Stdio;

use super::{check, check_in, command, fixture, fixtures, put, run};

#[test]
fn no_problems_are_0_and_problems_are_1() {
    let clean = check(&["agencies/clean.yaml"]);
    assert_eq!(clean.code, 0);
    assert!(
        clean.out.starts_with("no problems in 1 agency\n"),
        "{}",
        clean.out
    );
    let found = check(&["agencies/answers.yaml"]);
    assert_eq!((found.code, found.err.as_str()), (1, ""));
}

#[test]
fn fail_on_says_which_findings_count() {
    let code = |fail_on: &str| check(&["agencies/silent.yaml", "--fail-on", fail_on]).code;
    assert_eq!(check(&["agencies/silent.yaml"]).code, 0);
    assert_eq!([code("note"), code("warning"), code("error")], [1, 0, 0]);
    let code = |fail_on: &str| check(&["agencies/answers.yaml", "--fail-on", fail_on]).code;
    assert_eq!([code("note"), code("warning"), code("error")], [1, 1, 1]);
}

#[test]
fn a_document_that_cannot_be_read_as_yaml_is_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "a.yaml",
        "apiVersion: spokeslint/v1\nkind: [Agency\n",
    );
    let found = check_in(folder.path(), &[]);
    assert_eq!((found.code, found.err.as_str()), (1, ""));
    assert!(
        found.out.contains("1 problem in 1 file (1 error)\n"),
        "{}",
        found.out
    );
}

#[test]
fn wrong_arguments_are_2_and_say_what_was_meant() {
    let unknown = check(&["agencies", "--profile", "recomended"]);
    assert_eq!((unknown.code, unknown.out.as_str()), (2, ""));
    assert_eq!(
        unknown.err,
        "error: no profile is called `recomended`; did you mean `recommended`?\n"
    );
    let date = check(&["agencies", "--as-of", "yesterday"]);
    assert_eq!((date.code, date.out.as_str()), (2, ""));
    assert!(date.err.contains("yesterday"), "{}", date.err);
    assert_eq!(check(&["agencies", "--no-such-flag"]).code, 2);
    assert_eq!(check(&["agencies", "--threads", "0"]).code, 2);
    assert_eq!(run(&[]).code, 2);
}

#[test]
fn a_pack_that_does_not_load_is_2_and_its_faults_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "bad/pack.yaml", &fixture("ours/pack.yaml"));
    let rule = fixture("ours/no-website.yaml").replace("agency.website", "agency.webside");
    put(folder.path(), "bad/no-website.yaml", &rule);
    put(folder.path(), "a.yaml", &fixture("agencies/clean.yaml"));
    let broken = check_in(folder.path(), &["--pack", "bad"]);
    assert_eq!((broken.code, broken.out.as_str()), (2, ""));
    assert!(broken.err.contains("no-website.yaml:4:"), "{}", broken.err);
    let last = broken.err.lines().last().unwrap();
    assert_eq!(last, "error: the rule packs do not load (1 problem found)");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_2_and_the_others_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.yaml", &fixture("agencies/answers.yaml"));
    std::os::unix::fs::symlink("nowhere", folder.path().join("b.yaml")).unwrap();
    let run = check_in(
        folder.path(),
        &["b.yaml", "a.yaml", "c.yaml", "--format", "concise"],
    );
    assert_eq!(run.code, 2);
    assert!(
        run.out
            .starts_with("a.yaml:12:27: error[ours/answers-the-public] "),
        "{}",
        run.out
    );
    let errors: Vec<_> = run.err.lines().collect();
    assert_eq!(errors.len(), 2, "{}", run.err);
    assert!(
        errors[0].starts_with("error: cannot read `b.yaml`: "),
        "{}",
        run.err
    );
    assert!(
        errors[1].starts_with("error: cannot read `c.yaml`: "),
        "{}",
        run.err
    );
}

#[test]
fn a_gate_that_checks_nothing_does_not_pass() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "empty/README.md", "");
    put(folder.path(), "foreign/ci.yaml", "on: push\n");
    put(folder.path(), "foreign/deploy.yml", "kind: Deployment\n");
    put(folder.path(), "folder.yaml/README.md", "");
    let empty = check_in(folder.path(), &["empty"]);
    assert_eq!((empty.code, empty.out.as_str()), (2, ""));
    assert!(empty.err.contains("`empty`"), "{}", empty.err);
    assert_eq!(check_in(folder.path(), &["folder.yaml"]).code, 2);
    let foreign = check_in(folder.path(), &["foreign"]);
    assert_eq!((foreign.code, foreign.out.as_str()), (2, ""));
    assert_eq!(
        foreign.err,
        "error: no document found in 2 YAML files such as `foreign/ci.yaml`; \
         documents begin with `apiVersion: spokeslint/v1`\n"
    );
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    // More findings than a pipe holds, so that the program is still writing when the reader goes.
    let mut agency = fixture("agencies/answers.yaml");
    let account = agency.split("accounts:\n").nth(1).unwrap().to_owned();
    for index in 0..600 {
        agency.push_str(&account.replace("id: own", &format!("id: own-{index}")));
    }
    put(folder.path(), "a.yaml", &agency);
    let pack = fixtures().join("ours");
    let arguments = [
        "check",
        "--select",
        "ours",
        "--pack",
        pack.to_str().unwrap(),
    ];
    let mut child = command(folder.path(), &arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn output_that_cannot_be_written_is_2() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        return;
    };
    let output = command(&fixtures(), &["rules"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(
        words.starts_with("error: cannot write the output: "),
        "{words}"
    );
}

#[test]
fn what_stops_a_run_is_said_in_arabic_too() {
    let stopped = |arguments: &[&str]| run(&[arguments, &["--lang", "ar"]].concat());
    for (arguments, words) in [
        (
            &["check", "agencies", "--profile", "recomended"][..],
            "خطأ: لا وجود لمجموعة قواعد باسم `recomended`؛ هل تقصد `recommended`؟\n",
        ),
        (
            &["check", "nowhere"],
            "خطأ: تعذّرت قراءة `nowhere`: لا يوجد ملف أو مجلد بهذا الاسم\n",
        ),
        (
            &["check", "nowhere/*.yaml"],
            "خطأ: لا مستند في `nowhere/*.yaml`: لا يطابق النمط أي ملف\n",
        ),
        (
            &["test", "integrity", "--update"],
            "خطأ: تعذّر تحديث `integrity`: لا يمكن تغيير الحزم المضمنة، ولا يُغيَّر إلا مجلد فيه قواعدك\n",
        ),
    ] {
        let run = stopped(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert_eq!(run.err, words);
    }
}

#[test]
fn a_file_that_is_no_yaml_at_all_is_one_finding() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.toml", "[package]\nname = \"x\"\n");
    let found = check_in(folder.path(), &["a.toml", "--format", "concise"]);
    assert_eq!(found.code, 1);
    assert!(
        found.out.starts_with("a.toml:2:1: error[yaml/syntax]"),
        "{}",
        found.out
    );
    assert!(
        found.out.contains("\n1 problem in 1 file (1 error)\n"),
        "{}",
        found.out
    );
}
