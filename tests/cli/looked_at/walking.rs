//! Which files a walk reads: what git tracks, and what links inside the project lead to.

use std::path::{Path, PathBuf};

use super::{agency, clean, found, git, not_checked, put_bytes, report};
use crate::cli::{check_in, put};

fn reason(passed: &[(String, String)], name: &str) -> Option<String> {
    let mut all = passed.iter();
    Some(all.find(|(path, _)| path == name)?.1.clone())
}

/// A repository with files of every sort, tracked and not.
fn repository(root: &Path) {
    git(root, &["init", "-q"]);
    for name in [
        "ignored.yaml",
        "drafts/deep/a.yaml",
        ".hidden.yaml",
        ".github/agency.yaml",
        "old/.old/b.json",
    ] {
        put(root, name, &agency(&format!("a{}", name.len())));
    }
    git(root, &["add", "-A"]);
    put(
        root,
        ".gitignore",
        "ignored.yaml\nuntracked.yaml\ndrafts/\nbuild/\n!build/keep.yaml\n",
    );
    put(root, "untracked.yaml", &agency("u"));
    put(root, "drafts/new.yaml", &agency("n"));
    put(root, ".github/new.yaml", &agency("m"));
    put(root, "build/a.yaml", &agency("b"));
    put(root, ".cache/a.yaml", &agency("c"));
    put(root, "sub/.gitignore", "*.yaml\n!b.yaml\n");
    put(root, "sub/a.yaml", &agency("d"));
    put(root, "sub/b.yaml", &agency("e"));
    put(root, "notes.txt", &agency("f"));
    put(root, "a.yaml.bak", &agency("g"));
}

#[test]
fn what_git_tracks_is_checked_whatever_its_name_and_gitignore() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    repository(root);
    let (run, report) = report(root, &[]);
    assert_eq!(run.code, 1, "{}", run.err);
    let checked: Vec<String> = found(&report).into_keys().collect();
    assert_eq!(
        checked,
        [
            ".github/agency.yaml",
            ".hidden.yaml",
            "drafts/deep/a.yaml",
            "ignored.yaml",
            "old/.old/b.json",
            "sub/b.yaml"
        ]
    );
    let passed: Vec<(String, String)> = not_checked(&report);
    let passed: Vec<(&str, &str)> = passed.iter().map(|(a, b)| (&**a, &**b)).collect();
    assert_eq!(
        passed,
        [
            (".cache/", "hidden"),
            (".github/new.yaml", "hidden"),
            ("a.yaml.bak", "other-suffix"),
            ("build/", "ignored"),
            ("drafts/new.yaml", "ignored"),
            ("sub/a.yaml", "ignored"),
            ("untracked.yaml", "ignored"),
        ]
    );
    let counts = &report["not_checked_by_reason"];
    assert_eq!(counts["ignored"], 4);
    // `.gitignore` itself, twice, and the notes.
    assert_eq!(counts["other-type"], 3);
    let human = check_in(root, &["--format", "concise"]);
    let said = "\n7 files passed over: hidden (2), ignored by git (4), other file extension (1) (shown with `--verbose`)\n";
    assert!(human.out.contains(said), "{}", human.out);
}

#[test]
fn an_ignored_folder_is_checked_when_asked_for_and_a_hook_gets_what_a_walk_would() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    repository(root);
    let below = check_in(&root.join("drafts"), &["--format", "concise", "-q"]);
    assert!(below.out.starts_with("deep/a.yaml:7:"), "{}", below.out);
    assert_eq!(below.out.lines().count(), 2, "{}", below.out);
    let all = [
        "ignored.yaml",
        ".github/agency.yaml",
        "untracked.yaml",
        "drafts/new.yaml",
        ".cache/a.yaml",
        "notes.txt",
    ];
    let hook = check_in(
        root,
        &[&["--as-found", "--format", "concise", "-q"], &all[..]].concat(),
    );
    assert_eq!(hook.out.lines().count(), 2, "{}", hook.out);
}

#[test]
fn where_the_index_cannot_be_read_all_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    git(root, &["init", "-q"]);
    put(root, ".gitignore", "a.yaml\n");
    put(root, "a.yaml", &agency("a"));
    put(root, ".github/b.yaml", &agency("b"));
    assert_eq!(check_in(root, &[]).code, 2);
    put_bytes(root, ".git/index", b"DIRC\0\0\0\x09 no index");
    let (run, report) = report(root, &[]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert_eq!(found(&report).len(), 2, "{}", run.out);
}

#[test]
fn every_form_of_index_is_read() {
    for arguments in [
        &["update-index", "--index-version", "2"][..],
        &["update-index", "--index-version", "3"],
        &["update-index", "--index-version", "4"],
        &["update-index", "--split-index"],
        &["update-index", "--untracked-cache"],
    ] {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        git(root, &["init", "-q"]);
        put(root, ".x/a.yaml", &agency("a"));
        put(root, ".x/b.yaml", &agency("b"));
        git(root, &["add", "-A"]);
        git(root, &["commit", "-qm", "x"]);
        git(root, arguments);
        put(root, ".x/c.yaml", &agency("c"));
        let checked = || {
            let (_, report) = report(root, &[]);
            found(&report).into_keys().collect::<Vec<_>>()
        };
        assert_eq!(checked(), [".x/a.yaml", ".x/b.yaml"], "{arguments:?}");
        git(root, &["rm", "-q", "--cached", ".x/b.yaml"]);
        assert_eq!(checked(), [".x/a.yaml"], "{arguments:?}");
    }
}

#[test]
fn a_worktree_a_submodule_and_sha256_have_an_index_too() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("main");
    std::fs::create_dir(&root).unwrap();
    git(&root, &["init", "-q", "--object-format=sha256"]);
    put(&root, ".x/a.yaml", &agency("a"));
    git(&root, &["add", "-A"]);
    git(&root, &["commit", "-qm", "x"]);
    assert_eq!(check_in(&root, &[]).code, 1);
    git(&root, &["worktree", "add", "-q", "../other"]);
    let other = folder.path().join("other");
    put(&other, ".y/b.yaml", &agency("b"));
    let (_, report) = report(&other, &[]);
    assert_eq!(
        found(&report).into_keys().collect::<Vec<_>>(),
        [".x/a.yaml"]
    );
    // A repository inside another knows its own files.
    put(&root, "inner/.z/c.yaml", &agency("c"));
    put(&root, "inner/.z/d.yaml", &agency("d"));
    git(&root.join("inner"), &["init", "-q"]);
    git(&root.join("inner"), &["add", ".z/c.yaml"]);
    let (_, report) = super::report(&root, &[]);
    let checked: Vec<String> = found(&report).into_keys().collect();
    assert_eq!(checked, [".x/a.yaml", "inner/.z/c.yaml"]);
}

#[test]
fn a_repository_cannot_make_the_tool_run_anything() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    git(root, &["init", "-q"]);
    put(root, "a.yaml", &clean("a"));
    git(root, &["add", "-A"]);
    let hook = "[core]\n\tfsmonitor = \"touch ran; false\"\n\tsshCommand = touch ran\n[filter \"x\"]\n\tclean = touch ran\n";
    put(root, ".git/config", hook);
    put(root, ".gitattributes", "* filter=x\n");
    assert_eq!(check_in(root, &[]).code, 0);
    assert!(!root.join("ran").exists());
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    /// A repository with links to everywhere, beside what is not to be shown.
    fn linked(folder: &Path) -> PathBuf {
        let root = folder.join("project");
        put(&root, "common/shared.yaml", &agency("shared"));
        put(&root, "common/more/b.yaml", &agency("more"));
        put(&root, "agencies/own.yaml", &agency("own"));
        put(folder, "secret.yaml", "canary: 1\nkind: Agency\n");
        put(folder, "secrets/c.yaml", &agency("canary"));
        let link =
            |target: &str, name: &str| symlink(target, root.join("agencies").join(name)).unwrap();
        link("../common/shared.yaml", "a-link.yaml");
        link("../common/shared.yaml", "b-link.yaml");
        link("../common/more", "folder");
        link("own.yaml", "own-link.yaml");
        link("..", "up");
        link(".", "loop");
        link("self", "self");
        link("none.yaml", "nowhere.yaml");
        link("../../secret.yaml", "out.yaml");
        link("../../secrets", "outside");
        link("/etc/passwd", "passwd.yaml");
        link("/dev/zero", "zero.json");
        git(&root, &["init", "-q"]);
        root
    }

    #[test]
    fn links_are_followed_inside_the_project_each_target_once() {
        let folder = tempfile::tempdir().unwrap();
        let root = linked(folder.path());
        let (run, report) = report(&root, &["agencies"]);
        assert_eq!(run.code, 1, "{}", run.err);
        let checked: Vec<String> = found(&report).into_keys().collect();
        assert_eq!(
            checked,
            [
                "agencies/a-link.yaml",
                "agencies/folder/b.yaml",
                "agencies/own.yaml"
            ]
        );
        let passed = not_checked(&report);
        for (name, why) in [
            ("agencies/b-link.yaml", "link-repeated"),
            ("agencies/own-link.yaml", "link-repeated"),
            ("agencies/loop", "link-repeated"),
            ("agencies/nowhere.yaml", "link-broken"),
            ("agencies/out.yaml", "link-outside"),
            ("agencies/outside", "link-outside"),
            ("agencies/passwd.yaml", "link-outside"),
            ("agencies/zero.json", "link-outside"),
        ] {
            assert_eq!(
                reason(&passed, name).as_deref(),
                Some(why),
                "{name}: {passed:?}"
            );
        }
        assert!(
            !run.out.contains("canary") && !run.out.contains("root:"),
            "{}",
            run.out
        );
    }

    #[test]
    fn a_hook_that_names_links_gets_the_answers_of_a_walk() {
        let folder = tempfile::tempdir().unwrap();
        let root = linked(folder.path());
        let named = [
            "agencies/out.yaml",
            "agencies/outside",
            "agencies/outside/c.yaml",
            "agencies/passwd.yaml",
            "agencies/nowhere.yaml",
            "agencies/a-link.yaml",
        ];
        let hook = check_in(
            &root,
            &[&["--as-found", "--format", "concise", "-v"], &named[..]].concat(),
        );
        assert!(hook.out.contains("agencies/a-link.yaml:7:"), "{}", hook.out);
        assert!(
            hook.out
                .contains("\n5 files passed over: link out of the project (4), broken link (1):\n"),
            "{}",
            hook.out
        );
        assert!(
            !hook.out.contains("canary") && !hook.out.contains("root:"),
            "{}",
            hook.out
        );
    }

    #[test]
    fn without_a_repository_the_project_is_the_folder_of_the_run() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        put(root, "common/shared.yaml", &agency("shared"));
        put(root, ".keys/a.yaml", &agency("canary"));
        put(root, "agencies/own.yaml", &clean("own"));
        symlink("../common/shared.yaml", root.join("agencies/link.yaml")).unwrap();
        symlink("../.keys/a.yaml", root.join("agencies/keys.yaml")).unwrap();
        let run = check_in(root, &["agencies", "--format", "concise", "-q"]);
        assert!(run.out.starts_with("agencies/link.yaml:7:"), "{}", run.out);
        assert!(!run.out.contains("canary"), "{}", run.out);
        let inside = check_in(&root.join("agencies"), &["--format", "concise"]);
        assert_eq!(inside.code, 0, "{}", inside.out);
        assert!(
            inside
                .out
                .contains("\n2 files passed over, link out of the project ("),
            "{}",
            inside.out
        );
    }

    #[test]
    fn names_that_differ_in_bytes_that_are_no_text_are_two_files() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        for (byte, text) in [(b'\xe8', agency("a")), (b'\xe9', agency("b"))] {
            let name = [b"caf", &[byte][..], b".yaml"].concat();
            // One handle of two agencies, so that both files are opened once more.
            put_bytes(folder.path(), OsStr::from_bytes(&name), text.as_bytes());
        }
        let run = check_in(
            folder.path(),
            &["--format", "concise", "-q", "--select", "ours,integrity"],
        );
        assert_eq!((run.code, run.err.as_str()), (1, ""), "{}", run.out);
        for (name, other) in [("caf\\xE8", "caf\\xE9"), ("caf\\xE9", "caf\\xE8")] {
            let own = run.out.lines().filter(|line| line.starts_with(name));
            let own: Vec<&str> = own.collect();
            assert!(
                own.iter().any(|line| line.contains("ours/answers")),
                "{name}: {}",
                run.out
            );
            assert!(
                own.iter()
                    .any(|line| line.contains(other) || line.contains("handle")),
                "{name}: {}",
                run.out
            );
        }
    }
}

#[test]
fn a_document_in_a_file_that_is_called_like_settings_is_checked_and_settings_are_none() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a/spokeslint.yaml", &agency("a"));
    put(
        folder.path(),
        "b/spokeslint.yaml",
        "extends: [recommended]\n",
    );
    put(
        folder.path(),
        "c/spokeslint.yaml",
        &agency("c").replace("apiV", "apiv"),
    );
    let (_, report) = report(folder.path(), &[]);
    let checked: Vec<String> = found(&report).into_keys().collect();
    assert_eq!(checked, ["a/spokeslint.yaml", "c/spokeslint.yaml"]);
    assert_eq!(
        not_checked(&report),
        [("b/spokeslint.yaml".to_owned(), "settings".to_owned())]
    );
}

#[test]
fn show_files_lists_every_file_with_what_becomes_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(root, "a.yaml", &agency("a"));
    put(
        root,
        "b.yaml",
        &format!("{}---\nkind: Service\n", clean("b")),
    );
    put(root, "ci.yaml", "on: push\n");
    put(root, ".x/a.yaml", &agency("x"));
    put(root, "README.md", "");
    put(root, "drafts/a.yaml", &agency("d"));
    put(root, "spokeslint.yaml", "exclude: [drafts]\n");
    let listed = check_in(root, &["--config", "spokeslint.yaml", "--show-files"]);
    assert_eq!((listed.code, listed.err.as_str()), (0, ""));
    insta::assert_snapshot!(listed.out, @r"
    .x/: hidden
    README.md: other type
    a.yaml: checked
    b.yaml: checked
    b.yaml:9: no spokeslint document
    ci.yaml: no spokeslint document
    drafts/a.yaml: excluded by the settings
    spokeslint.yaml: settings
    ");
    let json = check_in(
        root,
        &[
            "--config",
            "spokeslint.yaml",
            "--show-files",
            "--format",
            "json",
        ],
    );
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["files"][2]["status"], "checked");
    assert_eq!(json["files"].as_array().unwrap().len(), 8);
    let arabic = check_in(root, &["--show-files", "--lang", "ar", "a.yaml"]);
    assert_eq!(arabic.out, "a.yaml: يُفحص\n");
}
