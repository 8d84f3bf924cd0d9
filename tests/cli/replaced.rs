//! Files that are written in the place of others: whole or not at all, by whoever owns them, and nothing beside them.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Child, Stdio};

use tempfile::TempDir;

use super::{command, put, run_in};

const RULE: &str = "integrity/handle-syntax";

const BEFORE: &str = "\
apiVersion: spokeslint/v1
kind: Agency
id: NAME
name: { en: Water Agency }
accounts:
  - { id: own, platform: x, handle: '@example_NAME', kind: agency }
";

fn before(name: &str) -> String {
    BEFORE.replace("NAME", name)
}

fn after(name: &str) -> String {
    before(name).replace("'@", "'")
}

/// A folder with that many files to fix.
fn folder(count: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..count {
        put(
            folder.path(),
            &format!("a{number}.yaml"),
            &before(&format!("a{number}")),
        );
    }
    folder
}

fn read(path: &Path) -> String {
    String::from_utf8(fs::read(path).unwrap()).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

const FIX: [&str; 4] = ["check", "--select", RULE, "--fix-only"];

/// The same text in each of the files, and nothing else in the folder.
fn assert_fixed(folder: &Path, count: usize) {
    assert_eq!(names(folder).len(), count, "{:?}", names(folder));
    for number in 0..count {
        let name = format!("a{number}");
        assert_eq!(read(&folder.join(format!("{name}.yaml"))), after(&name));
    }
}

/// Starts to fix all files on one thread, and kills that as soon as the first file has changed.
fn fix_and_kill(folder: &Path) {
    let mut child = start(folder);
    let first = folder.join("a0.yaml");
    while fs::read(&first).unwrap() == before("a0").as_bytes() {
        assert!(
            child.try_wait().unwrap().is_none(),
            "it ended without a fix"
        );
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

fn start(folder: &Path) -> Child {
    let arguments = [&FIX[..], &["--threads", "1"]].concat();
    let mut command = command(folder, &arguments);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

#[test]
fn a_killed_run_loses_nothing_and_the_next_one_leaves_nothing() {
    const COUNT: usize = 100;
    let folder = folder(COUNT);
    fix_and_kill(folder.path());
    for number in 0..COUNT {
        let (name, file) = (format!("a{number}"), format!("a{number}.yaml"));
        let text = read(&folder.path().join(file));
        assert!(text == before(&name) || text == after(&name), "{text}");
    }
    // What a run leaves that is killed while it writes, also an earlier version with any process number.
    let last = format!("a{}", COUNT - 1);
    let half: String = after(&last).chars().take(70).collect();
    put(folder.path(), ".spokeslint-Ab3dEf6hIj9l.new", &half);
    for process in [std::process::id(), 1, 4_194_304] {
        put(folder.path(), &format!("{last}.yaml.{process}.new"), &half);
    }
    let run = run_in(folder.path(), &FIX);
    assert_eq!((run.code, &*run.err), (0, ""), "{}", run.out);
    assert_fixed(folder.path(), COUNT);
}

#[test]
fn what_a_running_neighbour_or_anybody_else_has_stays() {
    let folder = folder(1);
    let kept = [
        ".spokeslint-Ab3dEf6hIj9l.new",
        ".spokeslint-notes.new",
        "a0.yaml.77.new",
        "a0.yaml.new",
    ];
    for name in kept {
        put(folder.path(), name, "mine");
    }
    let held = File::open(folder.path().join(kept[0])).unwrap();
    held.lock().unwrap();
    assert_eq!(run_in(folder.path(), &FIX).code, 0);
    assert_eq!(read(&folder.path().join("a0.yaml")), after("a0"));
    for name in kept {
        assert_eq!(read(&folder.path().join(name)), "mine", "{name}");
    }
}

#[test]
fn several_runs_at_once_lose_nothing() {
    const COUNT: usize = 40;
    let folder = folder(COUNT);
    let mut runs = [(); 3].map(|()| start(folder.path()));
    for run in &mut runs {
        run.wait().unwrap();
    }
    assert_fixed(folder.path(), COUNT);
}

#[test]
fn a_name_may_be_as_long_as_the_system_lets_it() {
    let folder = tempfile::tempdir().unwrap();
    let name = format!("{}.yaml", "a".repeat(250));
    put(folder.path(), &name, &before("long"));
    assert_eq!(run_in(folder.path(), &FIX).code, 0);
    assert_eq!(read(&folder.path().join(&name)), after("long"));
    let report = format!("--output=json={}.json", "r".repeat(250));
    let run = run_in(folder.path(), &["check", "--select", RULE, &report]);
    assert_eq!((run.code, &*run.err), (0, ""));
    assert_eq!(names(folder.path()).len(), 2);
}

#[test]
fn a_file_with_other_names_is_refused() {
    let folder = folder(1);
    let path = folder.path().join("a0.yaml");
    fs::hard_link(&path, folder.path().join("other")).unwrap();
    let run = run_in(folder.path(), &FIX);
    assert_eq!((run.code, &*run.out), (2, ""));
    assert!(
        run.err.contains("cannot update `") && run.err.contains("hard links"),
        "{}",
        run.err
    );
    assert_eq!(read(&path), before("a0"));
    assert_eq!(names(folder.path()), ["a0.yaml", "other"]);
    let report = run_in(
        folder.path(),
        &["check", "--select", RULE, "--output=json=other"],
    );
    assert_eq!(report.code, 2);
    assert_eq!(read(&path), before("a0"));
}

#[test]
fn owner_and_permissions_stay() {
    let folder = folder(1);
    let path = folder.path().join("a0.yaml");
    // Only the system's administrator can give a file away.
    let is_given = std::os::unix::fs::chown(&path, Some(12_345), Some(54_321)).is_ok();
    fs::set_permissions(&path, Permissions::from_mode(0o4640)).unwrap();
    let known = fs::metadata(&path).unwrap();
    assert_eq!(is_given, known.uid() == 12_345);
    let run = run_in(folder.path(), &FIX);
    assert_eq!((run.code, &*run.err), (0, ""));
    let now = fs::metadata(&path).unwrap();
    assert_eq!(
        (now.uid(), now.gid(), now.mode()),
        (known.uid(), known.gid(), known.mode())
    );
    assert_eq!(read(&path), after("a0"));
}

#[test]
fn nothing_to_fix_is_not_said_where_nothing_could_be_written() {
    let folder = folder(2);
    for number in 0..2 {
        let path = folder.path().join(format!("a{number}.yaml"));
        fs::hard_link(path, folder.path().join(format!("other{number}"))).unwrap();
    }
    for lang in ["en", "ar"] {
        let run = run_in(folder.path(), &[&FIX[..], &["--lang", lang]].concat());
        assert_eq!((run.code, &*run.out), (2, ""));
        assert_eq!(run.err.lines().count(), 2, "{}", run.err);
    }
}

#[test]
fn a_link_stays_and_new_files_are_as_readable_as_the_system_wants() {
    let folder = folder(1);
    let other = tempfile::tempdir().unwrap();
    symlink(
        folder.path().join("a0.yaml"),
        other.path().join("link.yaml"),
    )
    .unwrap();
    let run = run_in(other.path(), &[&FIX[..], &["link.yaml"]].concat());
    assert_eq!((run.code, &*run.err), (0, ""));
    assert!(other.path().join("link.yaml").is_symlink());
    assert_eq!(read(&folder.path().join("a0.yaml")), after("a0"));
    assert_eq!(names(other.path()), ["link.yaml"]);
    let probe = File::create(other.path().join("probe")).unwrap();
    let wanted = probe.metadata().unwrap().mode();
    run_in(
        other.path(),
        &[
            "check",
            "--select",
            RULE,
            "--output=json=new.json",
            "link.yaml",
        ],
    );
    run_in(other.path(), &["init", "new"]);
    for name in ["new.json", "new/spokeslint.yaml"] {
        let found = fs::metadata(other.path().join(name)).unwrap();
        assert_eq!(found.mode(), wanted, "{name}");
    }
}

#[test]
fn the_first_files_of_a_project_are_not_written_through_links_that_lead_out() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["elsewhere", "project", "project/inside", "inner"] {
        fs::create_dir(folder.path().join(name)).unwrap();
    }
    symlink("../elsewhere", folder.path().join("project/agencies")).unwrap();
    symlink("inside", folder.path().join("inner/agencies")).unwrap();
    fs::create_dir(folder.path().join("inner/inside")).unwrap();
    let refused = run_in(folder.path(), &["init", "project"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused
            .err
            .contains("a link leads outside the project folder"),
        "{}",
        refused.err
    );
    assert!(names(&folder.path().join("elsewhere")).is_empty());
    assert_eq!(
        names(&folder.path().join("project")),
        ["agencies", "inside"]
    );
    // The project's own folder may be a link, and links may lead about in it.
    symlink("inner", folder.path().join("link")).unwrap();
    assert_eq!(run_in(folder.path(), &["init", "link"]).code, 0);
    assert!(folder.path().join("inner/spokeslint.yaml").is_file());
    assert_eq!(names(&folder.path().join("inner/inside")).len(), 1);
}

#[test]
fn a_page_of_the_manual_replaces_one_whole() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "real", "old");
    fs::create_dir(folder.path().join("man1")).unwrap();
    let page = folder.path().join("man1/spokeslint.1");
    symlink("../real", &page).unwrap();
    assert_eq!(run_in(folder.path(), &["man", "man1"]).code, 0);
    assert!(page.is_symlink());
    assert!(read(&folder.path().join("real")).contains("spokeslint"));
    assert!(
        names(&folder.path().join("man1"))
            .iter()
            .all(|name| name.ends_with(".1"))
    );
}

#[test]
fn where_the_disk_has_no_room_nothing_is_lost() {
    let folder = folder(1);
    let long = format!("{}# {}\n", before("a0"), "long ".repeat(1_000));
    put(folder.path(), "a0.yaml", &long);
    // No file may grow beyond one block; a write that would is an error, as on a full disk.
    let mut limited = std::process::Command::new("sh");
    limited
        .current_dir(folder.path())
        .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_spokeslint"))
        .arg("--no-config")
        .args(FIX);
    let run = super::finish(limited);
    assert_eq!((run.code, &*run.out), (2, ""), "{}", run.err);
    assert!(run.err.contains("cannot update `a0.yaml`"), "{}", run.err);
    assert_eq!(read(&folder.path().join("a0.yaml")), long);
    assert_eq!(names(folder.path()), ["a0.yaml"]);
}
