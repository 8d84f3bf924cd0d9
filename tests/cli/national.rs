//! `examples/national-repo`: it checks as its page says, and what it sets aside is sound.

use std::path::PathBuf;

use super::{Run, run_in};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/national-repo")
}

fn check(day: &str, more: &[&str]) -> Run {
    let fixed = [
        "check",
        "--config",
        "spokeslint.yaml",
        "--format",
        "concise",
        "--as-of",
        day,
    ];
    run_in(&folder(), &[&fixed, more].concat())
}

#[test]
fn it_is_clean_and_everything_that_sets_aside_is_needed() {
    let run = check("2026-01-31", &["--fail-on", "note"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let headline = "no problems in 5 agencies, 9 suppressed (1 by a comment, 1 by a waiver, 7 by the baseline)";
    assert_eq!(run.out.lines().next(), Some(headline));
    assert_eq!(
        run.out.lines().nth(1),
        Some("3 files excluded by the settings (shown with `--verbose`)"),
        "of its own nothing but its gates is passed over"
    );
    assert_eq!(run.out.lines().count(), 3, "{}", run.out);
}

#[test]
fn what_runs_out_is_announced_and_then_counts() {
    let ids = |day| {
        let run = check(day, &["-q"]);
        let ids = run
            .out
            .lines()
            .filter_map(|line| line.split_once('[')?.1.split_once(']'));
        let ids: Vec<String> = ids.map(|(id, _)| id.to_owned()).collect();
        (run.code, ids.join(" "))
    };
    assert_eq!(
        ids("2026-03-31"),
        (0, "suppression/expires-soon waiver/expires-soon".to_owned())
    );
    let (code, after) = ids("2026-05-01");
    assert_eq!(code, 1);
    for id in [
        "agency-account/unverified",
        "waiver/expired",
        "role-account/missing",
        "suppression/expired",
    ] {
        assert!(after.contains(id), "{id} in {after}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests read what they compare")]
fn its_owners_file_names_what_is_there() {
    let owners = std::fs::read_to_string(folder().join(".github/CODEOWNERS")).unwrap();
    let entries = owners.lines().filter(|line| line.starts_with('/'));
    let mut count = 0;
    for entry in entries {
        let path = entry.split_whitespace().next().unwrap();
        assert!(folder().join(path.trim_matches('/')).exists(), "{path}");
        count += 1;
    }
    assert!(count > 5);
}

#[test]
fn the_pack_of_its_regulator_proves_itself() {
    let run = run_in(&folder(), &["test", "--mutate", "regulator/circular"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("0 survive"), "{}", run.out);
}
