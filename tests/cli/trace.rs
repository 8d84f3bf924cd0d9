//! `trace`: what a rule looked at, condition by condition.

use serde_json::Value;
use snapbox::{assert_data_eq, str};

use super::{Run, fixtures, put, run_in};

const WATER: &str = "\
apiVersion: spokeslint/v1
kind: Agency
id: water
name: { en: Water Agency }
accounts:
  - { id: main, platform: x, handle: a, kind: agency, uses: [replies] }
  - { id: own, platform: x, handle: b, kind: personal, uses: [replies] }
  - { id: own, platform: x, handle: c, kind: personal }
  - { id: wrong, platform: x, handle: d, kind: personel, uses: [] }
---
apiVersion: spokeslint/v1
kind: Agency
id: gas
name: { en: Gas Agency }
";

fn trace(rule: &str, more: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "water.yaml", WATER);
    let pack = fixtures().join("ours");
    let pack = ["--pack", pack.to_str().unwrap()];
    let whole = [&["trace", rule, "water.yaml"][..], &pack, more].concat();
    run_in(folder.path(), &whole)
}

#[test]
fn every_candidate_is_told_with_its_conditions() {
    let shown = trace("ours/answers-the-public", &[]);
    assert_eq!((shown.code, shown.err.as_str()), (1, ""));
    assert_data_eq!(
        shown.out,
        str![[r#"
water.yaml:1: ours/answers-the-public: found

water.yaml:6: accounts[0]: not selected
  when    false  account.kind == options.kind
                 6:47 `agency`: this is not `personal`
  when    true   has(account.uses)
                 6:61 `[replies]`: declared here

water.yaml:7: accounts[1]: found
  when    true   account.kind == options.kind
                 7:46 this is `personal`
  when    true   has(account.uses)
                 7:62 `[replies]`: declared here
  assert  false  !("replies" in account.uses)
                 7:63 `replies`: listed here

water.yaml:8: accounts[2]: not selected
  when    true   account.kind == options.kind
                 8:46 this is `personal`
  when    false  has(account.uses)
                 8:11 `own`: `uses` is missing here

water.yaml:9: accounts[3]: not evaluated
  when    –     account.kind == options.kind
  when    true  has(account.uses)
                9:64 `[]`: declared here

error[expr/not-evaluated]: there is no value: it rests on something that has a shape error
   ╭─[water.yaml:9:48]
 9 │   - { id: wrong, platform: x, handle: d, kind: personel, uses: [] }
   ·                                                ────┬───
   ·                                                    ╰─┤ expected `agency`, `role`, `support` or
   ·                                                      │ `personal`, found `personel`
   ╰────

water.yaml:11: ours/answers-the-public: not applicable
  `each` selects nothing here

"#]]
    );
}

#[test]
fn it_is_told_in_arabic_as_well() {
    let shown = trace("ours/no-website", &["--lang", "ar"]);
    assert_data_eq!(
        shown.out,
        str![[r"
water.yaml:1: ours/no-website: خولفت

water.yaml:3: المستند: خولفت
  assert  false  has(agency.website)
                 3:5 `water`: الحقل `website` غير مذكور هنا

water.yaml:11: ours/no-website: خولفت

water.yaml:13: المستند: خولفت
  assert  false  has(agency.website)
                 13:5 `gas`: الحقل `website` غير مذكور هنا

"]]
    );
}

#[test]
fn the_later_of_two_that_share_a_key_is_at_fault() {
    let shown = trace("integrity/duplicate-account-id", &["--format", "json"]);
    let value: Value = serde_json::from_str(&shown.out).unwrap();
    let candidates = value["traces"][0]["candidates"].as_array().unwrap();
    let outcomes: Vec<&str> = candidates
        .iter()
        .map(|one| one["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(outcomes, ["held", "held", "found", "held"]);
    assert_eq!(candidates[2]["node"], "accounts[2]");
    assert_eq!(candidates[2]["conditions"][0]["value"]["value"], "own");
    assert_eq!(value["traces"][1]["verdict"], "not_applicable");
}

#[test]
fn a_trace_agrees_with_the_check_and_is_colored_only_on_request() {
    let held = trace("integrity/unit-unknown", &[]);
    assert_eq!(held.code, 0, "{}", held.out);
    assert!(!held.out.contains('\u{1b}'));
    let colored = trace("ours/no-website", &["--color", "always"]);
    assert!(colored.out.contains("\u{1b}[1;31mfound\u{1b}[0m"));
    let unknown = trace("ours/no-websit", &[]);
    assert_eq!(
        unknown.err,
        "error: no rule is called `ours/no-websit`; did you mean `ours/no-website`?\n"
    );
    assert_eq!(unknown.code, 2);
}
