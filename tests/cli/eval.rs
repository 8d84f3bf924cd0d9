//! `eval`: values with their types and origins, and why there is none.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use super::{Run, command, feed, fixtures, put, run, run_in};

const WATER: &str = "\
apiVersion: spokeslint/v1
kind: Agency
id: water
name: { en: Water Agency }
accounts:
  - { id: main, platform: x, handle: example_water, kind: agency, uses: [replies] }
  - { id: own, platform: x, handle: example_own, kind: personel, followers: 12 }
x-note: { limit: 10, password: geheim }
";

/// Runs `eval` on an agency.
fn eval(expr: &str, more: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "water.yaml", WATER);
    let whole = [&["eval", expr, "water.yaml"][..], more].concat();
    run_in(folder.path(), &whole)
}

#[test]
fn a_value_is_shown_with_its_type_and_its_place() {
    let shown = eval("agency.accounts[0].kind", &[]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    assert_data_eq!(
        shown.out,
        str![[r#"
"agency"
  type: one of a few words
   ╭─[water.yaml:6:59]
 6 │   - { id: main, platform: x, handle: example_water, kind: agency, uses: [replies] }
   ·                                                           ──────
   ╰────

"#]]
    );
}

#[test]
fn a_condition_is_shown_with_its_evidence() {
    let expr = "agency.accounts.exists(a, has(a.followers) && a.followers > limit)";
    let shown = eval(expr, &["--bind", "limit=10", "--lang", "ar"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    assert_data_eq!(
        shown.out,
        str![[r"
true
  النوع: قيمة منطقية
   ╭─[water.yaml:7:77]
 7 │   - { id: own, platform: x, handle: example_own, kind: personel, followers: 12 }
   ·                                                                             ─┬
   ·                                                                              ╰── أكثر من 10
   ╰────

"]]
    );
}

#[test]
fn bindings_hold_anything_and_the_day_is_given() {
    let shown = run(&[
        "eval",
        "[today - days(x.days), x.name + '!', x.list[1] == 2]",
        "--bind",
        r#"x={"days": 2, "name": "a", "list": [1, 2]}"#,
        "--as-of",
        "2026-01-31",
    ]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    assert!(
        shown.out.starts_with("[2026-01-29, \"a!\", true]\n"),
        "{}",
        shown.out
    );
    assert_eq!(run(&["eval", "x", "--bind", "x=a"]).code, 2);
    assert_eq!(run(&["eval", "x", "--bind", "1x=2"]).code, 2);
}

#[test]
fn no_number_is_taken_for_another() {
    for number in ["99999999999999999999", "9223372036854775808", "-1e-400"] {
        let bound = run(&["eval", "x", "--bind", &format!("x=[{number}]")]);
        assert_eq!(bound.code, 2);
        let said = format!("`{number}` is not a number that fits into 64 bits");
        assert!(bound.err.contains(&said), "{}", bound.err);
        let line = format!("{{\"expr\": \"x\", \"bindings\": {{\"x\": {number}}}}}\n");
        let answer = feed(command(&fixtures(), &["eval", "--jsonl"]), line.as_bytes());
        assert!(answer.out.contains(&said), "{}", answer.out);
    }
    for number in ["1e400", "99999999999999999999", "0x1ffffffffffffffff"] {
        let written = run(&["eval", number]);
        assert_eq!(written.code, 2);
        let said = format!("`{number}` is not a number that fits into 64 bits");
        assert!(written.err.contains(&said), "{}", written.err);
    }
    assert_eq!(
        run(&["eval", "x", "--bind", "x=\"99999999999999999999\""]).code,
        0
    );
}

#[test]
fn times_keep_all_their_digits() {
    let expr = "[today - days(1) + duration('1500ms'), today - days(1)]";
    let shown = run(&["eval", expr, "--as-of", "2026-01-31"]);
    let expected = "[2026-01-30T00:00:01.5Z, 2026-01-30]\n";
    assert!(
        shown.out.starts_with(expected),
        "{}{}",
        shown.out,
        shown.err
    );
}

#[test]
fn mistakes_are_shown_in_the_expression() {
    let shown = eval("agency.accounts.all(a, a.kind == 'personl')", &[]);
    assert_eq!((shown.code, shown.out.as_str()), (2, ""));
    assert_data_eq!(
        shown.err,
        str![[r"
error[expr/mistake]: this can never be `personl`: the schema does not allow it
   ╭─[<expression>:1:34]
 1 │ agency.accounts.all(a, a.kind == 'personl')
   ·                                  ─────────
   ╰────
  help: did you mean `personal`?

error: the expression is not sound (1 problem found)

"]]
    );
    assert_eq!(run(&["eval", "agency.id"]).code, 2);
}

#[test]
fn a_value_with_a_shape_error_says_where_it_stands() {
    let shown = eval("agency.accounts[1].kind", &[]);
    assert_eq!((shown.code, shown.err.as_str()), (1, ""));
    assert!(
        shown
            .out
            .contains("it rests on something that has a shape error")
    );
    assert!(shown.out.contains("[water.yaml:7:56]"), "{}", shown.out);
    let absent = eval("agency.accounts[0].followers", &[]);
    assert_eq!(absent.code, 1);
    assert!(absent.out.contains("`followers` is missing\n"));
}

#[test]
fn no_value_shows_a_secret() {
    for expr in [
        "agency",
        "agency['x-note'].password",
        "agency['x-note'].limit",
    ] {
        let shown = eval(expr, &[]);
        assert!(!shown.out.contains("geheim"), "{expr}: {}", shown.out);
    }
}

#[test]
fn programs_get_the_type_the_value_and_the_place() {
    let shown = eval("agency.accounts[0].uses", &["--format", "json"]);
    let value: Value = serde_json::from_str(&shown.out).unwrap();
    let answer = &value["answers"][0];
    assert_eq!(answer["type"], "list");
    let items = json!([{ "type": "string", "value": "replies" }]);
    assert_eq!(answer["value"], items);
    assert_eq!(answer["origin"]["start"]["line"], 6);
    assert_eq!(answer["type_text"]["ar"], "قائمة من: كلمة من قائمة محددة");
}

#[test]
fn lines_are_answered_one_by_one_and_a_bad_one_stops_nothing() {
    let input = concat!(
        r#"{"expr": "x + 1", "bindings": {"x": 41}}"#,
        "\nno JSON\n\n",
        r#"{"expr": "9223372036854775807 + 1"}"#,
        "\n",
        r#"{"expr": "x.b", "bindings": {"x": {"a": 1}}}"#,
        "\n",
        r#"{"expr": "1 +"}"#,
        "\n\u{0}\n",
        r#"{"expr": "[1.5, 2.5]"}"#,
    );
    let mut child = command(&fixtures(), &["eval", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    pipe.write_all(input.as_bytes()).unwrap();
    pipe.write_all(b"\n\xff\xfe\n").unwrap();
    drop(pipe);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 9, "{text}");
    assert_eq!(lines[0], json!({ "type": "int", "value": "42" }));
    for bad in [1, 2, 3, 4, 5, 6, 8] {
        assert!(lines[bad]["error"].is_string(), "{}", lines[bad]);
    }
    let items = json!([{ "type": "double", "value": 1.5 }, { "type": "double", "value": 2.5 }]);
    assert_eq!(lines[7], json!({ "type": "list", "value": items }));
}

#[test]
fn a_value_that_aliases_make_huge_is_shown_in_part() {
    let folder = tempfile::tempdir().unwrap();
    let mut bomb = "x-0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]\n".to_owned();
    for level in 1..6 {
        let alias = format!("*a{}", level - 1);
        let items = [alias.as_str(); 9].join(", ");
        bomb = format!("{bomb}x-{level}: &a{level} [{items}]\n");
    }
    let text = format!("apiVersion: spokeslint/v1\nkind: Agency\nid: a\nname: {{ en: A }}\n{bomb}");
    put(folder.path(), "bomb.yaml", &text);
    let shown = run_in(folder.path(), &["eval", "agency", "bomb.yaml"]);
    assert_eq!(shown.code, 0);
    assert!(shown.out.len() < 1_000_000, "{}", shown.out.len());
}

#[test]
fn a_search_that_finds_no_document_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "ci/other.yaml", "a: 1\n");
    for arguments in [
        ["eval", "agency.id", "ci"],
        ["trace", "handover/missing", "ci"],
    ] {
        let shown = run_in(folder.path(), &arguments);
        assert_eq!((shown.code, shown.out.as_str()), (2, ""));
        assert_eq!(shown.err, "error: no document found in `ci`\n");
    }
    assert!(
        run(&["eval", "x"])
            .err
            .contains("help: only `today` is known here")
    );
}

#[test]
fn why_there_is_no_value_is_said_in_arabic_too() {
    for (expr, words) in [
        ("1 / 0", "قسمة على صفر"),
        ("[1][3]", "لا يوجد هذا الموضع في القائمة"),
    ] {
        let run = run(&["eval", expr, "--lang", "ar"]);
        assert_eq!(run.code, 1);
        let shown = run.out + &run.err;
        assert_eq!(
            shown.trim_end(),
            format!("خطأ[expr/failed]: لا قيمة للتعبير: {words}")
        );
    }
}
