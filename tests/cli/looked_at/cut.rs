//! A file that cannot be read to its end gets its error and no verdict on anything in it.

use std::fmt::Write;

use super::{agency, report};
use crate::cli::{check_in, put, run_in};

/// What ends the reading of a file, behind a document of ours.
fn ends() -> Vec<(&'static str, String)> {
    let deep = format!("a: {}{}\n", "[".repeat(200), "]".repeat(200));
    let mut bomb = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n".to_owned();
    for level in 1..8 {
        let before = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(bomb, "a{level}: &a{level} [{before}]").unwrap();
    }
    let inner = (0..400).map(|at| format!("k{at}: 1"));
    let inner = inner.collect::<Vec<_>>().join(", ");
    let merges = (0..300).map(|at| format!("m{at}: {{ <<: *m }}\n"));
    vec![
        ("yaml/syntax", "a: [\n".to_owned()),
        ("yaml/too-deep", deep),
        ("yaml/alias-bomb", bomb),
        (
            "yaml/too-many-merged",
            format!("m: &m {{ {inner} }}\n{}", merges.collect::<String>()),
        ),
        (
            "yaml/too-many-comments",
            format!("a:\n{}  b: 1\n", "  #\n".repeat(100_002)),
        ),
        ("yaml/too-many-problems", "k: *b\n".repeat(1_002)),
    ]
}

#[test]
fn a_file_that_is_cut_gives_its_error_and_no_verdict() {
    for (rule, end) in ends() {
        let folder = tempfile::tempdir().unwrap();
        let comment = "# spokeslint: ignore ours/no-website -- not needed\n";
        let text = format!("{comment}{}---\n{}---\n{end}", agency("a"), agency("b"));
        put(folder.path(), "a.yaml", &text);
        let (run, report) = report(folder.path(), &["--fix"]);
        assert_eq!(run.code, 1, "{rule}: {}", run.err);
        let rules: Vec<&str> = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|found| found["rule"].as_str().unwrap())
            .collect();
        assert!(
            rules.iter().all(|rule| rule.starts_with("yaml/")),
            "{rule}: {rules:?}"
        );
        let is_syntax = rule == "yaml/syntax";
        assert!(rules.contains(&rule) || is_syntax, "{rule}: {rules:?}");
        let receipt = &report["receipt"];
        assert_eq!(receipt["documents"], 0, "{rule}");
        assert_eq!(receipt["pairs"], 0, "{rule}");
        assert_eq!(receipt["kinds"], serde_json::json!({}), "{rule}");
        assert_eq!(report["suppressed"], serde_json::json!([]), "{rule}");
        let after = std::fs::read(folder.path().join("a.yaml")).unwrap();
        assert_eq!(after, text.as_bytes(), "{rule}");
    }
}

#[test]
fn other_files_are_checked_beside_one_that_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.yaml", &format!("{}---\n'", agency("a")));
    put(folder.path(), "b.yaml", &agency("b"));
    let run = check_in(folder.path(), &["--format", "concise"]);
    assert!(run.out.starts_with("a.yaml:"), "{}", run.out);
    assert!(
        run.out.contains("\n2 problems in 1 agency (2 errors)\n"),
        "{}",
        run.out
    );
}

#[test]
fn nothing_of_a_file_that_is_cut_enters_or_leaves_the_baseline() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(root, "a.yaml", &agency("a"));
    put(root, "b.yaml", &agency("b"));
    put(root, "spokeslint.yaml", "{}\n");
    let rules = [
        "--select",
        "personal-account",
        "--config",
        "spokeslint.yaml",
    ];
    let run = |arguments: &[&str]| run_in(root, &[arguments, &rules].concat());
    assert_eq!(run(&["baseline"]).code, 0);
    let whole = std::fs::read(root.join("spokeslint-baseline.yaml")).unwrap();
    put(root, "a.yaml", &format!("{}---\n'", agency("a")));
    let checked = run(&["check", "--format", "concise", "-q"]);
    assert_eq!(checked.out.lines().count(), 1, "{}", checked.out);
    run(&["baseline", "--update"]);
    let after = std::fs::read(root.join("spokeslint-baseline.yaml")).unwrap();
    assert_eq!(after, whole);
}
