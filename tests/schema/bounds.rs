//! Bounds of numbers, texts and lists: what is within them is silent, what is not is told in both languages,
//! and an independent validator agrees on which is which.

use std::sync::Arc;

use serde_json::{Value, json};
use spokeslint::schema::{self, Shapes};
use spokeslint::{Lang, Source};

use super::under;

fn property(schema: &Value) -> Value {
    json!({ "type": "object", "properties": { "a": schema } })
}

/// The findings for a value under `a`: the rule, the text pointed at, and the message.
fn found(schema: &Value, value: &str, lang: Lang) -> Vec<String> {
    let shapes = Shapes::from_json_schema(&property(schema)).unwrap();
    let source = Arc::new(Source::new("a.yaml", format!("a: {value}")));
    let doc = spokeslint::yaml::parse(&source).documents.remove(0);
    let found = schema::validate(&doc, doc.root(), &shapes, shapes.root());
    assert_eq!(found.diagnostics.is_empty(), found.poison.is_empty());
    let line = |one: &spokeslint::Diagnostic| {
        format!(
            "{} | {} | {}",
            one.rule,
            under(one, 0),
            one.message.plain(lang)
        )
    };
    found.diagnostics.iter().map(line).collect()
}

/// A schema, a value, and its only finding in English and in Arabic.
type Case<'c> = (&'c Value, &'c str, &'c str, &'c str);

fn assert_found(cases: &[Case<'_>]) {
    for (schema, value, en, ar) in cases {
        assert_eq!(found(schema, value, Lang::En), [*en], "{schema} {value}");
        assert_eq!(found(schema, value, Lang::Ar), [*ar], "{schema} {value}");
    }
}

#[test]
fn numbers_and_texts_out_of_bounds_are_told() {
    let integer = json!({ "type": "integer", "minimum": 1, "exclusiveMaximum": 10 });
    let share = json!({ "type": "number", "exclusiveMinimum": 0, "maximum": 0.5 });
    let title = json!({ "type": "string", "minLength": 1, "maxLength": 4 });
    let code = json!({ "type": "string", "minLength": 3 });
    assert_found(&[
        (
            &integer,
            "0",
            "schema/range | 0 | expected a whole number of at least `1` and of at most `9`, found `0`",
            "schema/range | 0 | المتوقع عدد صحيح لا يقل عن `1` ولا يزيد على `9`، والموجود `0`",
        ),
        (
            &share,
            "0.75",
            "schema/range | 0.75 | expected a number greater than `0` and of at most `0.5`, found `0.75`",
            "schema/range | 0.75 | المتوقع عدد أكبر من `0` ولا يزيد على `0.5`، والموجود `0.75`",
        ),
        (
            &title,
            "''",
            "schema/length | '' | expected a text that is not empty",
            "schema/length | '' | المتوقع نص غير فارغ",
        ),
        (
            &title,
            "حملات",
            "schema/length | حملات | expected a text of at most `4` characters, found `5`",
            "schema/length | حملات | المتوقع نص لا يزيد عدد أحرفه على `4`، وعددها هنا `5`",
        ),
        (
            &code,
            "ab",
            "schema/length | ab | expected a text of at least `3` characters, found `2`",
            "schema/length | ab | المتوقع نص لا يقل عدد أحرفه عن `3`، وعددها هنا `2`",
        ),
    ]);
}

#[test]
fn numbers_that_json_does_not_know_are_none() {
    let number = json!({ "type": "number" });
    for value in [".inf", "-.INF", ".nan"] {
        let want = format!("schema/range | {value} | expected a finite number, found `{value}`");
        assert_eq!(found(&number, value, Lang::En), [want]);
    }
}

#[test]
fn lists_out_of_bounds_are_told() {
    let some = json!({ "type": "array", "minItems": 1, "maxItems": 2 });
    let pair = json!({ "type": "array", "minItems": 2 });
    let tags = json!({ "type": "array", "items": { "type": "string" }, "uniqueItems": true });
    assert_found(&[
        (
            &some,
            "[]",
            "schema/length | [] | expected a list that is not empty",
            "schema/length | [] | المتوقع قائمة غير فارغة",
        ),
        (
            &some,
            "[1, 2, 3]",
            "schema/length | [1, 2, 3] | expected a list of at most `2` items, found `3`",
            "schema/length | [1, 2, 3] | المتوقع قائمة لا يزيد عدد عناصرها على `2`، وعددها هنا `3`",
        ),
        (
            &pair,
            "[1]",
            "schema/length | [1] | expected a list of at least `2` items, found `1`",
            "schema/length | [1] | المتوقع قائمة لا يقل عدد عناصرها عن `2`، وعددها هنا `1`",
        ),
        (
            &tags,
            "[x, y, x]",
            "schema/unique | x | `x` stands in this list twice",
            "schema/unique | x | يتكرر `x` في هذه القائمة",
        ),
    ]);
}

#[test]
fn an_independent_validator_agrees() {
    let texts = ["''", "'a'", "'ab'", "'حملة'", "'😀😀'", "'abcde'"];
    let numbers = ["-1", "0", "0.5", "1", "1.5", "2", "9", "10", "1e3"];
    let whole = ["-1", "0", "1", "2", "9", "10", "9223372036854775807"];
    let lists = ["[]", "[1]", "[1, 1]", "[1, 2]", "[2, 1, 2]", "[1, 2, 3]"];
    let bounds = |least: &str, most: &str, kind: &str| {
        let bound = |key: &str, value: i64| json!({ "type": kind, key: value });
        [
            bound(least, 1),
            bound(least, 2),
            bound(most, 2),
            bound(most, 1),
        ]
    };
    let mut cases: Vec<(Value, &[&str])> = Vec::new();
    for (least, most) in [
        ("minimum", "maximum"),
        ("exclusiveMinimum", "exclusiveMaximum"),
    ] {
        cases.extend(bounds(least, most, "number").map(|schema| (schema, &numbers[..])));
        cases.extend(bounds(least, most, "integer").map(|schema| (schema, &whole[..])));
    }
    cases.extend(bounds("minLength", "maxLength", "string").map(|schema| (schema, &texts[..])));
    cases.extend(bounds("minItems", "maxItems", "array").map(|schema| (schema, &lists[..])));
    let unique = json!({ "type": "array", "items": { "type": "integer" }, "uniqueItems": true });
    cases.push((unique, &lists));
    let mut refused = 0;
    for (schema, values) in cases {
        let validator = jsonschema::validator_for(&property(&schema)).unwrap();
        for value in values {
            let json: Value = serde_yaml::from_str(&format!("a: {value}")).unwrap();
            let fits = found(&schema, value, Lang::En).is_empty();
            assert_eq!(fits, validator.is_valid(&json), "{schema} {value}");
            refused += usize::from(!fits);
        }
    }
    assert!(refused > 40, "{refused}");
}
