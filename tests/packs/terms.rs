//! Word lists. Each folder in `terms/` holds packs with mistakes in them, and beside it stands what their
//! author is told.

use std::sync::Arc;

use spokeslint::engine::{Engine, Settings, check_examples};
use spokeslint::{Lang, Source};

use super::{builtin, check_told, write};

#[test]
fn mistakes_in_word_lists_are_told_where_they_stand() {
    check_told("terms", 3);
}

const PACK: &str = "title: { en: Own, ar: خاص }\nabout: { en: own, ar: خاص }\n";

/// A rule that reads a list of another pack, which is loaded later, and a built-in one.
const RULE: &str = "\
severity: error
summary: { en: a handle out of a list, ar: معرّف من قائمة }
why: { en: a reason, ar: سبب }
each: account in agency.accounts
assert: '!(account.handle in terms.reserved) && !mentions(account.handle, terms.office_titles)'
message: { en: \"`{account.handle}` is out of {size(terms.reserved)}\", ar: \"`{account.handle}` من {size(terms.reserved)}\" }
---
examples:
  - fails: |
      accounts:
        - { id: a, platform: x, handle: example_root, kind: agency }  # finding
        - { id: b, platform: x, handle: example_spox, kind: agency }  # finding
  - passes: |
      accounts: [{ id: a, platform: x, handle: example_a, kind: agency }]
";

#[test]
fn a_rule_reads_the_lists_of_every_pack() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a/pack.yaml", PACK);
    write(folder.path(), "a/reserved-handle.yaml", RULE);
    let lists = "terms:\n  reserved:\n    about: { en: reserved, ar: محجوز }\n    words: [example_root, example_admin]\n";
    write(folder.path(), "b/pack.yaml", &format!("{PACK}{lists}"));
    let mut packs = builtin();
    packs.load(folder.path()).unwrap();
    let rule = packs.rules.iter().find(|rule| rule.pack() == "a").unwrap();
    let read: Vec<&str> = rule.terms.iter().map(String::as_str).collect();
    assert_eq!(read, ["office_titles", "reserved"]);
    let report = check_examples(&packs, [rule]);
    assert!(report.diagnostics.is_empty(), "{:?}", report.diagnostics);
    let mut settings = Settings::new(spokeslint::date::Date::parse("2026-01-01").unwrap());
    settings.select = vec!["a".to_owned()];
    let engine = Engine::new(&packs, &settings).unwrap();
    let document = "apiVersion: spokeslint/v1\nkind: Agency\nid: a\nname: { en: A }\naccounts:\n  - { id: a, platform: x, handle: example_root, kind: agency }\n";
    let report = engine.check(&Arc::new(Source::new("a.yaml", document)), true);
    let message = report.diagnostics[0].message.plain(Lang::En).into_owned();
    assert_eq!(message, "`example_root` is out of 2");
    let label = report.diagnostics[0].labels[0].text.as_ref().unwrap();
    assert_eq!(label.plain(Lang::En), "this is in the list `reserved`");
}
