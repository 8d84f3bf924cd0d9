//! Twins in several files, on the command line: every file has its finding and shows the others.

#![expect(clippy::needless_raw_string_hashes, reason = "snapbox writes them so")]

use snapbox::{assert_data_eq, str};

use super::{Run, check_input, put, run_in};

fn agency(id: &str, name: &str) -> String {
    let account =
        format!("{{ id: a, platform: x, handle: example_a, kind: agency, display_name: {name} }}");
    format!(
        "apiVersion: spokeslint/v1\nkind: Agency\nid: {id}\nname: {{ en: A }}\naccounts:\n  - {account}\n"
    )
}

fn both(arguments: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "roads.yaml",
        &agency("roads", "Water Agency"),
    );
    put(
        folder.path(),
        "water.yaml",
        &agency("water", "Wаter Agency"),
    );
    run_in(folder.path(), arguments)
}

#[test]
fn each_file_has_a_finding_that_shows_the_other_one() {
    let shown = both(&["check", "--select", "impersonation/look-alike-name", "."]);
    assert_eq!((shown.code, shown.err.as_str()), (1, ""));
    assert_data_eq!(
        shown.out,
        str![[r#"
warning[impersonation/look-alike-name]: `@example_a` shows a name that looks like another agency's
   ╭─[roads.yaml:6:74]
 6 │   - { id: a, platform: x, handle: example_a, kind: agency, display_name: Water Agency }
   ·                                                                          ──────┬─────
   ·                                                                                ╰─┤ this one,
   ·                                                                                  │ with `a`
   ╰────
   ╭─[water.yaml:6:74]
 6 │   - { id: a, platform: x, handle: example_a, kind: agency, display_name: Wаter Agency }
   ·                                                                          ──────┬─────
   ·                                                                                ╰─┤ and this
   ·                                                                                  │ one, with
   ·                                                                                  │ U+0430
   ·                                                                                  │ CYRILLIC
   ·                                                                                  │ SMALL LETTER
   ·                                                                                  │ A
   ╰────
  why: people tell accounts apart by the name that they show; an account that shows another agency's
       name speaks for it
  help: add to the name of `@example_a` what tells the two agencies apart

warning[impersonation/look-alike-name]: `@example_a` shows a name that looks like another agency's
   ╭─[water.yaml:6:74]
 6 │   - { id: a, platform: x, handle: example_a, kind: agency, display_name: Wаter Agency }
   ·                                                                          ──────┬─────
   ·                                                                                ╰─┤ this one,
   ·                                                                                  │ with U+0430
   ·                                                                                  │ CYRILLIC
   ·                                                                                  │ SMALL LETTER
   ·                                                                                  │ A
   ╰────
   ╭─[roads.yaml:6:74]
 6 │   - { id: a, platform: x, handle: example_a, kind: agency, display_name: Water Agency }
   ·                                                                          ──────┬─────
   ·                                                                                ╰─┤ and this
   ·                                                                                  │ one, with
   ·                                                                                  │ `a`
   ╰────
  why: people tell accounts apart by the name that they show; an account that shows another agency's
       name speaks for it
  help: add to the name of `@example_a` what tells the two agencies apart

2 problems in 2 agencies (2 warnings)
2 agencies × 1 rule = 2: 0 held, 2 found, 0 not applicable, 0 not evaluated

"#]]
    );
}

#[test]
fn a_line_of_a_log_names_the_other_file() {
    let rules = "impersonation/look-alike-name,integrity/account-declared-twice";
    let shown = both(&["check", "--select", rules, "--format", "concise", "."]);
    assert_data_eq!(
        shown.out,
        str![[r#"
roads.yaml:6:35: error[integrity/account-declared-twice] `@example_a` on x is declared more than once; see water.yaml:6:35
roads.yaml:6:74: warning[impersonation/look-alike-name] `@example_a` shows a name that looks like another agency's; see water.yaml:6:74
water.yaml:6:35: error[integrity/account-declared-twice] `@example_a` on x is declared more than once; see roads.yaml:6:35
water.yaml:6:74: warning[impersonation/look-alike-name] `@example_a` shows a name that looks like another agency's; see roads.yaml:6:74
4 problems in 2 agencies (2 errors, 2 warnings)
2 agencies × 2 rules = 4: 0 held, 4 found, 0 not applicable, 0 not evaluated

"#]]
    );
}

#[test]
fn one_file_alone_has_no_twin() {
    let shown = both(&[
        "check",
        "--select",
        "integrity/account-declared-twice",
        "water.yaml",
    ]);
    assert_eq!(shown.code, 0, "{}", shown.out);
}

#[test]
fn standard_input_can_hold_twins() {
    let text = agency("roads", "A") + "---\n" + &agency("water", "A");
    let arguments = [
        "--select",
        "integrity/account-declared-twice",
        "--format",
        "concise",
        "-",
    ];
    let shown = check_input(&text, &arguments);
    assert_data_eq!(
        shown.out,
        str![[r#"
<stdin>:3:5: note[ours/no-website] the website is not declared
<stdin>:10:5: note[ours/no-website] the website is not declared
<stdin>:13:35: error[integrity/account-declared-twice] `@example_a` on x is declared more than once
3 problems in 2 agencies (1 error, 2 notes)
2 agencies × 3 rules = 6: 0 held, 4 found, 2 not applicable, 0 not evaluated

"#]]
    );
}

#[test]
fn trace_tells_a_twin_in_another_file() {
    let rule = "impersonation/look-alike-name";
    let shown = both(&["trace", rule, "roads.yaml", "water.yaml"]);
    assert_eq!(shown.code, 1);
    assert_data_eq!(
        shown.out,
        str![[r#"
roads.yaml:1: impersonation/look-alike-name: found

roads.yaml:6: accounts[0]: found
  when    true            has(account.display_name)
                          6:74 `Water Agency`: declared here
  when    true            account.kind != "personal"
                          6:52 `agency`: this is not `personal`
  unique  "water agency"  skeleton(account.display_name)
                          6:74 `Water Agency`: this gives `water agency`
  same    "roads"         agency.id
                          3:5 `roads`

water.yaml:1: impersonation/look-alike-name: found

water.yaml:6: accounts[0]: found
  when    true            has(account.display_name)
                          6:74 `Wаter Agency`: declared here
  when    true            account.kind != "personal"
                          6:52 `agency`: this is not `personal`
  unique  "water agency"  skeleton(account.display_name)
                          6:74 `Wаter Agency`: this gives `water agency`
  same    "water"         agency.id
                          3:5 `water`

"#]]
    );
    let alone = both(&["trace", rule, "roads.yaml"]);
    assert_eq!(alone.code, 0, "{}", alone.out);
}
