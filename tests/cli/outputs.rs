//! Where findings go: the format of standard output by where the program runs, and files besides.

use std::fs;
use std::path::Path;

use spokeslint::output::Format;

use super::{Run, check_command, check_in, finish, fixture, put};

/// A folder with an agency that has problems and one that has none.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "answers.yaml",
        &fixture("agencies/answers.yaml"),
    );
    put(folder.path(), "clean.yaml", &fixture("agencies/clean.yaml"));
    folder
}

fn read(path: &Path) -> String {
    String::from_utf8(fs::read(path).unwrap()).unwrap()
}

/// A check with the rules of these tests, on a build server.
fn check_on(server: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let folder = folder();
    let mut command = check_command(folder.path(), arguments);
    command.env(server, "true").envs(variables.iter().copied());
    finish(command)
}

#[test]
fn github_gets_annotations_unless_a_format_is_named() {
    let run = check_on("GITHUB_ACTIONS", &["."], &[]);
    assert!(
        run.out.starts_with("::error file=answers.yaml,"),
        "{}",
        run.out
    );
    assert!(run.out.contains(" in 2 agencies ("), "{}", run.out);
    let run = check_on("GITHUB_ACTIONS", &[".", "--format", "concise"], &[]);
    assert!(run.out.starts_with("answers.yaml:"), "{}", run.out);
    let run = check_on("SOME_OTHER_SERVER", &["."], &[]);
    assert!(run.out.contains("─[answers.yaml:"), "{}", run.out);
}

#[test]
fn gitlab_gets_colors_unless_they_are_unwanted() {
    let is_colored = |arguments: &[&str], variables: &[(&str, &str)]| {
        check_on("GITLAB_CI", arguments, variables)
            .out
            .contains('\u{1b}')
    };
    assert!(is_colored(&["."], &[]));
    assert!(!is_colored(&["."], &[("NO_COLOR", "1")]));
    assert!(!is_colored(&[".", "--color", "never"], &[]));
    assert!(!check_on("OTHER_CI", &["."], &[]).out.contains('\u{1b}'));
}

#[test]
fn a_file_holds_what_standard_output_would() {
    for format in Format::ALL.map(Format::as_str) {
        let folder = folder();
        let output = format!("{format}=out.txt");
        let run = check_in(
            folder.path(),
            &[".", "--output", &output, "--format", format],
        );
        assert_eq!((run.code, run.err.as_str()), (1, ""), "{format}");
        assert_eq!(read(&folder.path().join("out.txt")), run.out, "{format}");
        assert!(run.out.contains("answers.yaml"), "{format}");
    }
}

#[test]
fn many_files_are_written_in_one_run_and_also_when_nothing_is_wrong() {
    let folder = folder();
    let arguments = [
        "clean.yaml",
        "--quiet",
        "--output",
        "junit=a.xml",
        "--output",
        "checkstyle=b.xml",
        "--output",
        "gitlab=c.json",
        "--output",
        "sarif=d.sarif",
        "--output",
        "markdown=e.md",
    ];
    let run = check_in(folder.path(), &arguments);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    let text = |name: &str| read(&folder.path().join(name));
    assert!(text("a.xml").contains("<testsuite name=\"clean.yaml\" tests=\"1\" failures=\"0\""));
    assert!(text("b.xml").contains("<file name=\"clean.yaml\"/>"));
    assert_eq!(text("c.json"), "[]\n");
    assert!(text("d.sarif").contains("\"results\": []"));
    assert!(text("e.md").contains("**no problems in 1 agency**"));
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 7, "{left:?}");
}

/// A refused output: nothing is checked, nothing is written, and the message names the file.
fn is_refused(folder: &Path, outputs: &[&str], expected: &str) {
    let before = read(&folder.join("answers.yaml"));
    let outputs = outputs.iter().flat_map(|output| ["--output", output]);
    let arguments: Vec<&str> = ["."].into_iter().chain(outputs).collect();
    let run = check_in(folder, &arguments);
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
    assert!(run.err.contains(expected), "{}", run.err);
    assert_eq!(read(&folder.join("answers.yaml")), before);
}

#[test]
fn what_is_checked_is_never_written_over() {
    let folder = folder();
    let path = folder.path();
    let input = "it is one of the files to check";
    is_refused(path, &["json=answers.yaml"], input);
    is_refused(path, &["json=./sub/../answers.yaml"], "cannot write");
    is_refused(path, &["sarif=fine.sarif", "json=./answers.yaml"], input);
    assert!(!path.join("fine.sarif").exists());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("answers.yaml", path.join("link.sarif")).unwrap();
        is_refused(path, &["sarif=link.sarif"], input);
    }
}

#[test]
fn the_reports_of_an_earlier_run_are_replaced_and_are_no_documents() {
    let folder = folder();
    let path = folder.path();
    let outputs = ["json", "sarif", "gitlab"].map(|format| format!("{format}={format}.json"));
    let outputs = outputs.iter().flat_map(|output| ["--output", output]);
    let arguments: Vec<&str> = [".", "-q", "--format", "concise"]
        .into_iter()
        .chain(outputs)
        .collect();
    let first = check_in(path, &arguments);
    assert_eq!((first.code, &*first.err), (1, ""));
    let reports = || ["json.json", "sarif.json", "gitlab.json"].map(|name| read(&path.join(name)));
    let before = reports();
    let second = check_in(path, &arguments);
    assert_eq!((second.code, &*second.err), (1, ""), "{}", second.out);
    assert_eq!(second.out, first.out);
    // They differ in what they say of files that are not checked, which they are now themselves.
    assert_eq!(reports()[2], before[2]);
    // A document is not replaced, whatever its suffix.
    put(path, "gitlab.json", &read(&path.join("answers.yaml")));
    is_refused(
        path,
        &["gitlab=gitlab.json"],
        "it is one of the files to check",
    );
}

#[test]
fn two_outputs_are_two_files() {
    let folder = folder();
    let expected = "another `--output` names the same file";
    is_refused(folder.path(), &["json=a.json", "sarif=./a.json"], expected);
}

#[test]
fn a_file_needs_a_folder_and_a_name_and_a_format() {
    let folder = folder();
    let path = folder.path();
    put(path, "sub/x.txt", "");
    is_refused(path, &["json=gone/a.json"], "cannot write `gone/a.json`: ");
    is_refused(path, &["json=sub"], "it is a folder");
    is_refused(
        path,
        &["json=-"],
        "for standard output write `--format json`",
    );
    is_refused(path, &["json="], "expected a file behind `json=`");
    is_refused(path, &["a.json"], "expected FORMAT=FILE");
    is_refused(path, &["sarfi=a.json"], "did you mean `sarif`?");
    is_refused(
        path,
        &["x=a.json"],
        "formats are human, concise, json, sarif,",
    );
    assert!(!path.join("gone").exists());
    #[cfg(unix)]
    is_refused(path, &["json=/dev/null"], "it is no ordinary file");
}

#[test]
fn neither_settings_nor_rules_are_written_over() {
    let folder = folder();
    let path = folder.path();
    put(path, "set/spokeslint.yaml", "lang: en\n");
    put(path, "own/pack.yaml", &fixture("ours/pack.yaml"));
    let run = |output: &str| {
        let arguments = [
            "check",
            "answers.yaml",
            "--config",
            "set/spokeslint.yaml",
            "--pack",
            "own",
            "--output",
            output,
        ];
        super::run_in(path, &arguments)
    };
    for output in ["json=set/spokeslint.yaml", "json=own/pack.yaml"] {
        let run = run(output);
        assert_eq!(run.code, 2);
        let expected = "the settings or the rules are read from there";
        assert!(run.err.contains(expected), "{}", run.err);
    }
    assert!(read(&path.join("set/spokeslint.yaml")).starts_with("lang"));
    assert_eq!(run("json=set/report.json").code, 1);
}

#[test]
#[cfg(unix)]
fn an_existing_file_keeps_its_permissions_and_a_link_stays_one() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder();
    let path = folder.path();
    put(path, "real.json", "old");
    fs::set_permissions(path.join("real.json"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.json", path.join("link.json")).unwrap();
    assert_eq!(
        check_in(path, &["clean.yaml", "--output", "gitlab=link.json"]).code,
        0
    );
    assert_eq!(read(&path.join("real.json")), "[]\n");
    let mode = fs::metadata(path.join("real.json"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
    assert!(
        fs::symlink_metadata(path.join("link.json"))
            .unwrap()
            .is_symlink()
    );
}

#[test]
fn a_run_that_could_not_do_its_job_says_so_in_its_files_or_leaves_none() {
    let folder = folder();
    let path = folder.path();
    put(path, "other/x.yaml", "a: 1\n");
    let outputs = ["--output", "junit=a.xml", "--output", "sarif=a.sarif"];
    let run = check_in(path, &[&["other"], &outputs[..]].concat());
    assert_eq!(run.code, 2);
    assert!(read(&path.join("a.xml")).contains("<error message=\"no document found in "));
    assert!(read(&path.join("a.sarif")).contains("\"executionSuccessful\": false"));
    let run = check_in(
        path,
        &["answers.yaml", "gone.yaml", "--output", "junit=b.xml"],
    );
    assert_eq!(run.code, 2);
    let told = read(&path.join("b.xml"));
    assert!(told.contains("<testsuite name=\"answers.yaml\"") && told.contains("gone.yaml"));
    let broken = [
        "--pack",
        "no-such-pack",
        "answers.yaml",
        "--output",
        "junit=c.xml",
    ];
    assert_eq!(check_in(path, &broken).code, 2);
    assert!(!path.join("c.xml").exists());
}

#[test]
fn sarif_knows_the_frameworks_that_built_in_rules_rest_on() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments = [
        "check",
        "--profile",
        "saudi",
        "--as-of",
        "2026-01-31",
        "--format",
        "sarif",
        "examples/okaz-2018/education.yaml",
    ];
    let run = super::run_in(root, &arguments);
    let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let taxonomies = value["runs"][0]["taxonomies"].as_array().unwrap();
    assert!(taxonomies.iter().any(|one| one["name"] == "moe-2026"));
}
