//! `test --update`: marks move to where the findings stand, and nothing else changes.

use std::path::Path;

use snapbox::{assert_data_eq, str};

use super::{fixture, put, run, run_in};

const LATE: &str = "\
severity: warning
summary: { en: an account answers late, ar: حساب يتأخر في الرد }
why: { en: a late answer is held against the agency, ar: تأخر الرد محسوب على الجهة }
each: account in agency.accounts
when: has(account.replies_within)
assert: account.replies_within <= days(1)
message: { en: late, ar: متأخر }
---
# A comment of the author's.
examples:
  - fails: |

      accounts:
        - id: a  # finding
          platform: x
          handle: a
          kind:   agency
          replies_within: 2d   # slow
        - { id: b, platform: x, handle: b, kind: agency, replies_within: 2d } 
        - { id: c, platform: x, handle: c, kind: agency, replies_within: 1d }# finding
  - passes: |
      accounts:
        - { id: a, platform: x, handle: a, kind: agency, replies_within: 1h }
";

fn rules(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "own/pack.yaml", &fixture("ours/pack.yaml"));
    put(folder.path(), "own/late.yaml", text);
    folder
}

fn now(folder: &Path) -> String {
    String::from_utf8(std::fs::read(folder.join("own/late.yaml")).unwrap()).unwrap()
}

#[test]
fn marks_move_and_every_other_byte_stays() {
    let text = LATE.replace(
        "kind: agency, replies_within: 1d }# finding",
        "kind: agency, replies_within: 1d } # finding",
    );
    let folder = rules(&text);
    assert_eq!(run_in(folder.path(), &["test", "own"]).code, 1);
    let shown = run_in(folder.path(), &["test", "--update", "own"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    assert_data_eq!(
        shown.out,
        str![[r"
own/late.yaml:14
-         - id: a  # finding
+         - id: a
own/late.yaml:18
-           replies_within: 2d   # slow
+           replies_within: 2d   # slow  # finding
own/late.yaml:19
-         - { id: b, platform: x, handle: b, kind: agency, replies_within: 2d }
+         - { id: b, platform: x, handle: b, kind: agency, replies_within: 2d }  # finding
own/late.yaml:20
-         - { id: c, platform: x, handle: c, kind: agency, replies_within: 1d } # finding
+         - { id: c, platform: x, handle: c, kind: agency, replies_within: 1d }
1 rule, 2 examples: all hold

"]]
    );
    let expected = text
        .replace("id: a  # finding", "id: a")
        .replace("# slow", "# slow  # finding")
        .replace("2d } ", "2d }  # finding")
        .replace("1d } # finding", "1d }");
    assert_eq!(now(folder.path()), expected);
    let again = run_in(folder.path(), &["test", "--update", "own"]);
    assert_eq!(again.out, "1 rule, 2 examples: all hold\n");
}

#[test]
fn a_line_with_a_wrong_mark_is_shown() {
    let text = LATE.replace("1d }# finding", "1d } # finding");
    let folder = rules(&text.replace("replies_within: 1h", "replies_within: 1w"));
    let shown = run_in(folder.path(), &["test", "own"]);
    assert_data_eq!(
        shown.out,
        str![[r"
error[pack/example]: `own/late` should find something on line 3, 9 of this example, but does so on line 7, 8
    ╭─[own/late.yaml:14:9]
 14 │         - id: a  # finding
    ·         ─────────┬────────
    ·                  ╰── nothing is found here
    ╰────
    ╭─[own/late.yaml:18:11]
 18 │           replies_within: 2d   # slow
    ·           ─────────────┬─────────────
    ·                        ╰── a finding stands here
 19 │         - { id: b, platform: x, handle: b, kind: agency, replies_within: 2d }
    ·         ──────────────────────────────────┬──────────────────────────────────
    ·                                           ╰── a finding stands here
 20 │         - { id: c, platform: x, handle: c, kind: agency, replies_within: 1d } # finding
    ·         ───────────────────────────────────────┬───────────────────────────────────────
    ·                                                ╰── nothing is found here
    ╰────
  help: end each line on which a finding begins with `# finding`, and only those; an example that
        passes has none

error[pack/example]: `own/late` finds something on line 2 of this example, where nothing is marked
    ╭─[own/late.yaml:23:9]
 23 │         - { id: a, platform: x, handle: a, kind: agency, replies_within: 1w }
    ·         ──────────────────────────────────┬──────────────────────────────────
    ·                                           ╰── a finding stands here
    ╰────
  help: end each line on which a finding begins with `# finding`, and only those; an example that
        passes has none

1 rule, 2 examples: 2 problems

"]]
    );
}

#[test]
fn line_breaks_of_another_system_stay() {
    let text = LATE.replace("1d }# finding", "1d }").replace('\n', "\r\n");
    let folder = rules(&text);
    let shown = run_in(folder.path(), &["test", "--update", "own"]);
    assert_eq!(shown.code, 0, "{}", shown.out);
    assert_eq!(
        now(folder.path()).matches('\n').count(),
        text.matches("\r\n").count()
    );
    assert_eq!(
        now(folder.path()).matches("\r\n").count(),
        text.matches("\r\n").count()
    );
}

#[test]
fn an_example_in_which_nothing_is_found_is_not_touched() {
    let text = LATE
        .replace("<= days(1)", "<= days(9)")
        .replace("1d }# finding", "1d }");
    let folder = rules(&text);
    let shown = run_in(folder.path(), &["test", "--update", "own"]);
    assert_eq!(shown.code, 1, "{}", shown.out);
    assert!(!shown.out.contains("\n+ "), "{}", shown.out);
    assert_eq!(now(folder.path()), text);
}

#[test]
fn a_finding_on_a_line_that_only_completes_the_example_cannot_be_marked() {
    let rule = fixture("ours/no-website.yaml").replace("id: example  # finding", "level: national");
    let folder = rules(&rule);
    let shown = run_in(folder.path(), &["test", "--update", "own"]);
    assert_eq!(shown.code, 1, "{}", shown.out);
    assert_eq!(now(folder.path()), rule);
}

#[test]
fn built_in_packs_are_not_updated() {
    let shown = run(&["test", "--update", "team"]);
    assert_eq!((shown.code, shown.out.as_str()), (2, ""));
    assert_eq!(
        shown.err,
        "error: cannot update `team`: the built-in packs cannot be changed, only a folder with rules of your own\n"
    );
    assert_eq!(run(&["test", "--update"]).code, 2);
}
