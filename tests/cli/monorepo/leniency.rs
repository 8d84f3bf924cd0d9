//! What sets findings aside holds for the files under the settings that name it.

use tempfile::TempDir;

use super::{PACK, TOO_MANY, agency, check, folder, found, run};
use crate::cli::Run;
use crate::packs::write;

#[cfg(unix)]
/// A waiver of the rule that finds a fault everywhere.
const WAIVERS: &str = "\
apiVersion: spokeslint/v1
kind: Waivers
waivers:
  - { rule: limit/too-many, where: { path: accounts }, reason: a b, owner: us, issued: 2026-01-01, until: 2026-06-01 }
  - { rule: limit/too-many, where: { document: gone }, reason: a b, owner: us, issued: 2026-01-01, until: 2026-06-01 }
";

/// Files under settings at the root and in `one` and `two`, all of which find the same fault.
fn three(one: &str) -> TempDir {
    folder(&[
        ("packs/limit/pack.yaml", PACK),
        ("packs/limit/too-many.yaml", TOO_MANY),
        ("spokeslint.yaml", "extends: [none, ./packs]\n"),
        ("a.yaml", &agency("a")),
        ("one/spokeslint.yaml", one),
        ("one/b.yaml", &agency("b")),
        ("two/spokeslint.yaml", "extends: [none, ../packs]\n"),
        ("two/c.yaml", &agency("c")),
    ])
}

#[test]
fn waivers_and_baselines_set_aside_only_what_is_under_the_settings_that_name_them() {
    let root = three("extends: [none, ../packs]\nwaivers: [../shared/waivers.yaml]\n");
    write(root.path(), "shared/waivers.yaml", WAIVERS);
    let files = |run: &Run| {
        let told = found(run).into_iter();
        let told = told.filter(|line| line.ends_with("limit/too-many"));
        told.map(|line| line.split(' ').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let run_all = check(root.path(), &[]);
    assert_eq!(files(&run_all), ["a.yaml", "two/c.yaml"], "{}", run_all.out);
    assert!(!run_all.out.contains("not-named"), "{}", run_all.out);
    let flag = check(root.path(), &["--waivers", "shared/waivers.yaml"]);
    assert_eq!(files(&flag), [""; 0], "{}", flag.out);
    let needless = flag.out.lines().filter(|line| line.contains("waiver/"));
    let needless: Vec<&str> = needless.collect();
    assert_eq!(
        needless.len(),
        1,
        "what no part of the files needs, once: {}",
        flag.out
    );
    assert!(
        needless[0].contains("shared/waivers.yaml:5:"),
        "{needless:?}"
    );

    let root = three("extends: [none, ../packs]\n");
    let written = run(&root.path().join("one"), &["baseline"]);
    assert_eq!(written.code, 0, "{}", written.err);
    let run_all = check(root.path(), &[]);
    assert_eq!(files(&run_all), ["a.yaml", "two/c.yaml"], "{}", run_all.out);
    // The same agency elsewhere is another one.
    write(root.path(), "two/c.yaml", &agency("b"));
    assert_eq!(files(&check(root.path(), &[])), ["a.yaml", "two/c.yaml"]);
}

#[test]
fn a_baseline_is_written_beside_each_of_the_settings() {
    let root = three("extends: [none, ../packs]\n");
    let one_file = run(root.path(), &["baseline", "--baseline", "all.yaml"]);
    assert_eq!(one_file.code, 2);
    assert!(
        one_file.err.contains("different settings"),
        "{}",
        one_file.err
    );
    let written = run(root.path(), &["baseline"]);
    assert_eq!((written.code, &*written.err), (0, ""));
    for file in [
        "spokeslint-baseline.yaml",
        "one/spokeslint-baseline.yaml",
        "two/spokeslint-baseline.yaml",
    ] {
        assert!(
            written.out.contains(&format!("`{file}` holds 1 finding")),
            "{}",
            written.out
        );
        assert!(root.path().join(file).is_file());
    }
    assert!(!root.path().join("packs/spokeslint-baseline.yaml").exists());
    let clean = check(root.path(), &[]);
    assert_eq!((clean.code, &*clean.err), (0, ""), "{}", clean.out);
    assert!(
        clean.out.contains("3 suppressed by the baseline"),
        "{}",
        clean.out
    );
    for place in ["one", "two"] {
        assert_eq!(check(&root.path().join(place), &[]).code, 0);
    }
    let updated = run(root.path(), &["baseline", "--update"]);
    assert_eq!(updated.code, 0, "{}{}", updated.out, updated.err);
}

#[test]
fn a_file_that_several_settings_name_is_needless_only_where_none_needs_an_entry() {
    let root = three("extends: [../spokeslint.yaml]\n");
    write(
        root.path(),
        "spokeslint.yaml",
        "extends: [none, ./packs]\nwaivers: [waivers.yaml]\nbaseline: known.yaml\n",
    );
    let waivers = WAIVERS
        .replace("path: accounts", "document: a")
        .replace("document: gone", "document: b");
    write(root.path(), "waivers.yaml", &waivers);
    for (place, code) in [("", 1), ("one", 0)] {
        let run = check(&root.path().join(place), &[]);
        assert_eq!(run.code, code, "{place}: {}{}", run.out, run.err);
        assert!(!run.out.contains("waiver/"), "{place}: {}", run.out);
    }
    let written = run(root.path(), &["baseline"]);
    assert_eq!(written.code, 2);
    assert!(
        written.err.contains("several settings files name it"),
        "{}",
        written.err
    );
}
