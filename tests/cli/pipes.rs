//! Pipes: those that a shell hands over are read, and nobody waits at those that lie in a folder.

use std::path::Path;
use std::process::Command;

use super::{command, feed, put, run_in};

const AGENCY: &str = "\
apiVersion: spokeslint/v1
kind: Agency
id: water
name: { en: Water Agency }
accounts:
  - { id: own, platform: x, handle: '@example_own', kind: agency }
";

const RULE: [&str; 3] = ["check", "--select", "integrity/handle-syntax"];

fn pipe(folder: &Path, name: &str) {
    let made = Command::new("mkfifo").arg(folder.join(name)).status();
    assert!(made.unwrap().success());
}

#[test]
fn a_pipe_that_a_shell_hands_over_is_read() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["/dev/fd/0", "/dev/stdin", "/proc/self/fd/0"] {
        let arguments = [&RULE[..], &["--format", "concise", name]].concat();
        let run = feed(command(folder.path(), &arguments), AGENCY.as_bytes());
        assert_eq!((run.code, &*run.err), (1, ""), "{name}: {}", run.out);
        let place = format!("{name}:6:");
        assert!(run.out.starts_with(&place), "{name}: {}", run.out);
        // It is looked at twice, and cannot be written.
        let arguments = [&RULE[..], &["--fix", name]].concat();
        let run = feed(command(folder.path(), &arguments), AGENCY.as_bytes());
        assert_eq!(run.code, 2, "{name}: {}", run.out);
        assert!(run.err.contains("cannot update"), "{name}: {}", run.err);
        assert!(
            run.out.contains("1 problem in 1 agency"),
            "{name}: {}",
            run.out
        );
    }
    let arguments = [&RULE[..], &["--config", "/dev/fd/0", "a.yaml"]].concat();
    put(folder.path(), "a.yaml", AGENCY);
    let run = feed(
        command(folder.path(), &arguments),
        b"fail_on: error\nlang: ar\n",
    );
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("مخالفة"), "{}", run.out);
}

#[test]
fn nobody_waits_at_a_pipe_in_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["pipe", "pipe.yaml", "pack/pack.yaml", "walked/b.yaml"] {
        put(folder.path(), name, "");
        std::fs::remove_file(folder.path().join(name)).unwrap();
        pipe(folder.path(), name);
    }
    put(folder.path(), "a.yaml", AGENCY);
    put(folder.path(), "walked/a.yaml", AGENCY);
    std::os::unix::fs::symlink("pipe", folder.path().join("link")).unwrap();
    for named in [
        &["pipe"][..],
        &["link"],
        &["pipe.yaml", "--fix"],
        &["a.yaml", "--waivers", "pipe"],
        &["a.yaml", "--baseline", "pipe"],
        &["a.yaml", "--config", "link"],
    ] {
        let run = run_in(folder.path(), &[&RULE[..], named].concat());
        assert_eq!(run.code, 2, "{named:?}: {}", run.out);
        assert!(run.err.contains("named pipe"), "{named:?}: {}", run.err);
    }
    let import = run_in(folder.path(), &["init", "--from", "pipe", "new"]);
    assert!(import.err.contains("named pipe"), "{}", import.err);
    let walked = run_in(folder.path(), &[&RULE[..], &["walked"]].concat());
    assert_eq!((walked.code, &*walked.err), (1, ""));
    let pack = run_in(folder.path(), &["rules", "--pack", "pack"]);
    assert_eq!(pack.code, 2, "{}", pack.out);
    for settings in [
        "waivers: [pipe]\n",
        "baseline: link\n",
        "extends: [./pipe]\n",
    ] {
        put(folder.path(), "settings.yaml", settings);
        let arguments = [&RULE[..], &["--config", "settings.yaml", "a.yaml"]].concat();
        let run = run_in(folder.path(), &arguments);
        assert_eq!(run.code, 2, "{settings}");
        assert!(
            run.err.contains("not a regular file"),
            "{settings}: {}",
            run.err
        );
    }
    pipe(folder.path(), "spokeslint.yaml");
    let mut found = Command::new(env!("CARGO_BIN_EXE_spokeslint"));
    found.current_dir(folder.path()).args(["check", "a.yaml"]);
    let found = super::finish(found);
    assert_eq!(found.code, 2, "{}", found.out);
    assert!(found.err.contains("named pipe"), "{}", found.err);
}
