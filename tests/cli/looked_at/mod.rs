//! Nothing of ours is passed over in silence: which documents, files and folders a walk looks at.

mod bytes;
mod cut;
mod foreign;
mod inside;
mod spellings;
mod walking;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::{Run, check_in};

/// The rest of an agency that breaks a rule.
const REST: &str = "\
name: { en: A }
website: https://a.example
accounts:
  - { id: own, platform: x, handle: example_own, kind: personal, uses: [replies] }
";

/// An agency that breaks a rule.
fn agency(id: &str) -> String {
    format!("apiVersion: spokeslint/v1\nkind: Agency\nid: {id}\n{REST}")
}

/// An agency without a fault.
fn clean(id: &str) -> String {
    agency(id).replace("[replies]", "[personal]")
}

fn put_bytes(folder: &Path, name: impl AsRef<Path>, bytes: &[u8]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    #[expect(clippy::disallowed_methods, reason = "a fixture")]
    std::fs::write(path, bytes).unwrap();
}

fn report(folder: &Path, arguments: &[&str]) -> (Run, Value) {
    let run = check_in(folder, &[&["--format", "json"], arguments].concat());
    let report =
        serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}{}", run.out, run.err));
    (run, report)
}

/// The rules of the findings in each file, with their lines.
fn found(report: &Value) -> BTreeMap<String, Vec<(String, u64)>> {
    let mut found: BTreeMap<String, Vec<(String, u64)>> = BTreeMap::new();
    for finding in report["findings"].as_array().unwrap() {
        let label = &finding["labels"][0];
        let path = label["path"].as_str().unwrap().to_owned();
        let rule = finding["rule"].as_str().unwrap().to_owned();
        let line = label["start"]["line"].as_u64().unwrap();
        found.entry(path).or_default().push((rule, line));
    }
    found
}

/// What is not checked, each with its reason.
fn not_checked(report: &Value) -> Vec<(String, String)> {
    let all = report["not_checked"].as_array().unwrap().iter();
    all.map(|one| {
        let path = one["path"].as_str().unwrap();
        let path = match one["line"].as_u64() {
            Some(line) => format!("{path}:{line}"),
            None => path.to_owned(),
        };
        (path, one["reason"].as_str().unwrap().to_owned())
    })
    .collect()
}

fn git(folder: &Path, arguments: &[&str]) {
    let run = std::process::Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.email=a@example", "-c", "user.name=a"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "git {arguments:?}: {said}");
}
