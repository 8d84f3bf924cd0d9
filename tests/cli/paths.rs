//! One path for one file: in reports for other programs from the top of the repository, in waivers from the folder
//! of the settings, whatever folder the program runs in and however the file is named.

use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::{Run, finish};
use crate::packs::write;

const AGENCY: &str = "\
apiVersion: spokeslint/v1
kind: Agency
id: water
name: { en: Water Agency }
accounts:
  - { id: own, platform: x, handle: example_own, kind: personal, uses: [replies] }
";

const RULE: &str = "personal-account/answers-the-public";
const SETTINGS: &str = "extends: [none]\nrules: { personal-account/answers-the-public: error }\nwaivers: [rules/waivers.yaml]\n";

/// A waiver for files of this pattern.
fn waiver(pattern: &str) -> String {
    format!(
        "apiVersion: spokeslint/v1\nkind: Waivers\nwaivers:\n  - {{ rule: {RULE}, where: {{ file: \"{pattern}\" }}, \
         reason: until May, owner: press office, issued: 2026-10-01, until: 2027-01-31 }}\n"
    )
}

/// A repository with a ministry in it.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    write(folder.path(), "ministry/agencies/a.yaml", AGENCY);
    folder
}

fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spokeslint"));
    command
        .current_dir(folder)
        .args(["check", "--as-of", "2026-11-28"])
        .args(arguments)
        .env_remove("GITHUB_ACTIONS")
        .stdin(Stdio::null());
    finish(command)
}

#[test]
fn reports_for_programs_name_paths_from_the_top_of_the_repository() {
    let folder = repository();
    let ministry = folder.path().join("ministry");
    let whole = ministry.join("agencies/a.yaml");
    let elsewhere = tempfile::tempdir().unwrap();
    for (here, path) in [
        (folder.path(), "."),
        (&ministry, "."),
        (&ministry, "agencies/a.yaml"),
        (&ministry.join("agencies"), "../agencies"),
        (elsewhere.path(), whole.to_str().unwrap()),
    ] {
        for (format, expected) in [
            ("github", "file=ministry/agencies/a.yaml,"),
            ("sarif", "\"uri\": \"ministry/agencies/a.yaml\""),
            ("gitlab", "\"path\": \"ministry/agencies/a.yaml\""),
            ("checkstyle", "<file name=\"ministry/agencies/a.yaml\">"),
            ("junit", "file=\"ministry/agencies/a.yaml\""),
            ("markdown", "`ministry/agencies/a.yaml:6`"),
        ] {
            let run = run_in(
                here,
                &["--no-config", "--select", RULE, "--format", format, path],
            );
            assert_eq!(run.code, 1, "{format} {path}: {}", run.err);
            assert!(run.out.contains(expected), "{format} {path}: {}", run.out);
        }
    }
}

#[test]
fn what_is_wrong_with_a_waiver_is_annotated_at_its_path_from_the_top_as_well() {
    let folder = repository();
    let ministry = folder.path().join("ministry");
    write(&ministry, "spokeslint.yaml", SETTINGS);
    let expired = waiver("agencies/*.yaml").replace("2027-01-31", "2026-11-01");
    write(&ministry, "rules/waivers.yaml", &expired);
    let run = run_in(&ministry, &["--format", "github", "."]);
    let annotated = "file=ministry/rules/waivers.yaml,";
    assert!(run.out.contains(annotated), "{}", run.out);
}

#[test]
fn a_report_outside_of_a_repository_names_paths_as_they_were_given() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "agencies/a.yaml", AGENCY);
    let arguments = ["--no-config", "--select", RULE, "--format", "github"];
    let run = run_in(folder.path(), &[&arguments[..], &["agencies"]].concat());
    assert!(run.out.contains("file=agencies/a.yaml,"), "{}", run.out);
}

#[test]
fn a_waiver_by_file_holds_for_every_spelling_of_the_path_and_every_working_folder() {
    let folder = repository();
    let ministry = folder.path().join("ministry");
    write(&ministry, "spokeslint.yaml", SETTINGS);
    #[cfg(unix)]
    std::os::unix::fs::symlink(&ministry, folder.path().join("link")).unwrap();
    let whole = ministry.join("agencies/a.yaml");
    let whole = whole.to_str().unwrap();
    let settings = ministry.join("spokeslint.yaml");
    let settings = settings.to_str().unwrap();
    let runs = [
        (&*ministry, "agencies/a.yaml"),
        (&ministry, "./agencies/../agencies/a.yaml"),
        (&ministry, "."),
        (&ministry, "../ministry/agencies"),
        (&ministry, "agencies/*.yaml"),
        (&ministry, whole),
        (folder.path(), "ministry/agencies/a.yaml"),
        (folder.path(), "ministry"),
        #[cfg(unix)]
        (folder.path(), "link/agencies/a.yaml"),
        (Path::new("/"), whole),
    ];
    for (pattern, holds) in [
        ("agencies/a.yaml", true),
        ("agencies/*", true),
        ("**/a.yaml", true),
        ("ministry/agencies/a.yaml", false),
        ("a.yaml", false),
        ("agencies/b.yaml", false),
    ] {
        write(&ministry, "rules/waivers.yaml", &waiver(pattern));
        for (here, path) in runs {
            let run = run_in(here, &["--config", settings, "-q", path]);
            assert_eq!(
                run.code,
                i32::from(!holds),
                "{path}: {}{}",
                run.out,
                run.err
            );
            let is_found = run.out.contains("answers the public");
            assert_eq!(is_found, !holds, "{pattern} {path}: {}", run.out);
        }
    }
}
