//! `test --mutate`: changes that no example notices, and what an example would need.

use snapbox::{assert_data_eq, str};

use super::{fixture, put, run, run_in};

const LATE: &str = "\
severity: warning
summary: { en: an account answers late, ar: حساب يتأخر في الرد }
why: { en: a late answer is held against the agency, ar: تأخر الرد محسوب على الجهة }
each: account in agency.accounts.filter(a, a.kind != 'personal')
when: has(account.replies_within)
assert: >-
  account.replies_within <= days(1)
  || account.handle.endsWith('_slow')
message: { en: late, ar: متأخر }
---
examples:
  - fails: |
      accounts:
        - { id: a, platform: x, handle: a, kind: agency, replies_within: 2d }  # finding
  - passes: |
      accounts:
        - { id: a, platform: x, handle: a, kind: agency, replies_within: 1h }
        - { id: b, platform: x, handle: a, kind: personal, replies_within: 2d }
";

fn late() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "own/pack.yaml", &fixture("ours/pack.yaml"));
    put(folder.path(), "own/late.yaml", LATE);
    folder
}

#[test]
fn survivors_are_shown_with_the_example_that_would_kill_them() {
    let folder = late();
    let shown = run_in(folder.path(), &["test", "--mutate", "own"]);
    assert_eq!((shown.code, shown.err.as_str()), (1, ""));
    assert_data_eq!(
        shown.out,
        str![[r#"
1 rule, 2 examples: all hold
error[pack/survivor]: no example of `own/late` notices when `<=` becomes `<`
   ╭─[own/late.yaml:7:26]
 7 │   account.replies_within <= days(1)
   ·                          ──
   ╰────
  help: add an example in which both sides of `account.replies_within <= days(1)` are equal

error[pack/survivor]: no example of `own/late` notices when `account.handle.endsWith('_slow')` is dropped
   ╭─[own/late.yaml:8:6]
 8 │   || account.handle.endsWith('_slow')
   ·      ────────────────────────────────
   ╰────
  help: add an example in which only `account.handle.endsWith('_slow')` is true

error[pack/survivor]: no example of `own/late` notices when `'_slow'` becomes `"_slow-x"`
   ╭─[own/late.yaml:8:30]
 8 │   || account.handle.endsWith('_slow')
   ·                              ───────
   ╰────
  help: add an example for which it matters that here stands `'_slow'` and not `"_slow-x"`

15 mutants: 8 killed, 4 refused by the checker, 3 survive

"#]]
    );
}

#[test]
fn survivors_are_told_in_arabic_as_well() {
    let folder = late();
    let shown = run_in(folder.path(), &["test", "--mutate", "own", "--lang", "ar"]);
    let survivor = shown.out.lines().find(|line| line.contains("`<=`"));
    assert_data_eq!(
        survivor.unwrap(),
        str![
            "خطأ[pack/survivor]: لا يتأثر أي مثال من أمثلة القاعدة `own/late` إذا صار `<=` هكذا: `<`"
        ]
    );
    assert_data_eq!(
        shown.out.lines().last().unwrap(),
        str!["عدد التغييرات المجرَّبة 15: كشفت الأمثلة 8، ورفض المدقق 4، ولم يُكشف 3"]
    );
}

#[test]
fn a_rule_that_its_examples_prove_has_no_survivors() {
    let shown = run(&["test", "--mutate", "team"]);
    assert_eq!(shown.code, 0, "{}", shown.out);
    assert!(shown.out.ends_with(" refused by the checker, 0 survive\n"));
}

#[test]
fn a_rule_that_fails_its_examples_is_not_mutated() {
    let folder = late();
    put(
        folder.path(),
        "own/late.yaml",
        &LATE.replace("  # finding", ""),
    );
    let shown = run_in(folder.path(), &["test", "--mutate", "own"]);
    assert_eq!(shown.code, 1);
    assert!(!shown.out.contains("mutant"), "{}", shown.out);
}
