//! The generated JSON Schema: it is the file in `schemas/`, it is valid, and it tells right from wrong.

use std::path::Path;

use serde_json::{Value, json};
use spokeslint::schema;

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the test reads and, when asked by the environment, writes a generated file"
)]
fn the_schema_file_is_what_the_types_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/agency.schema.json");
    let mut text = serde_json::to_string_pretty(&schema::agency()).unwrap();
    text.push('\n');
    if std::env::var("UPDATE_SCHEMAS").is_ok_and(|value| value == "1") {
        std::fs::write(&path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "schemas/agency.schema.json is out of date; run `UPDATE_SCHEMAS=1 cargo test schema` and commit it"
    );
}

#[test]
fn the_schema_is_a_valid_schema() {
    let schema = schema::agency();
    jsonschema::meta::validate(&schema).unwrap();
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert_eq!(schema["$id"], "urn:spokeslint:schema:agency:v1");
}

fn minimal() -> Value {
    json!({
        "apiVersion": "spokeslint/v1",
        "kind": "Agency",
        "id": "education",
        "name": { "en": "Ministry of Education" },
    })
}

#[test]
fn the_schema_accepts_what_a_document_may_be() {
    let validator = jsonschema::validator_for(&schema::agency()).unwrap();
    let mut document = minimal();
    assert!(validator.is_valid(&document));
    document["jurisdiction"] = json!("SA");
    document["x-note"] = json!({ "free": [1, null] });
    document["accounts"] = json!([{
        "id": "main", "platform": "x", "handle": "example_moe", "kind": "agency", "x-team": 4,
        "created": "2011-09", "replies_within": "2 weeks", "uses": ["service-requests"],
        "url": "https://x.com/example_moe", "followers": 0,
    }]);
    document["policies"] = json!({ "origins": { "service-requests": "main" } });
    let errors: Vec<_> = validator
        .iter_errors(&document)
        .map(|e| e.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
}

/// The validator for a value of a type of the schema.
fn validator_of(name: &str) -> jsonschema::Validator {
    let mut schema = schema::agency();
    let definition = schema["$defs"][name].take();
    jsonschema::validator_for(&definition).unwrap()
}

#[test]
fn the_pattern_of_a_date_admits_what_is_read_and_refuses_what_is_not_written_like_a_date() {
    let validator = validator_of("Date");
    let dates = [
        "2018-07-10",
        "2011-09",
        "1900-01",
        "2189-12-31",
        "٢٠١٨-٠٧-١٠",
        "٢٠١١-٠٩",
        "۲۰۱۸-۰۷-۱۰",
        "1439-10-26 AH",
        "1439-10-26AH",
        "1318-01 AH",
        "1600-12-30 هـ",
        "1439/10/26هـ",
        "1439/10/26 ه",
        "١٤٣٩/١٠/٢٦ هـ",
        "۱۴۴۱-۰۱ هـ",
    ];
    for text in dates {
        assert!(spokeslint::date::Date::parse(text).is_ok(), "{text}");
        assert!(validator.is_valid(&json!(text)), "{text}");
    }
    let others = [
        "",
        "2018",
        "1439-10-26",
        "2190-01-01",
        "2018/07/10",
        "2018-07-10 AH",
        "2018-٠٧-10",
        "1439-10-26 ah",
        "1439-10-26 H",
        "26/10/1439 هـ",
        "1439 هـ",
        "٢٠١٨-٠٧-١٠ هـ",
        "tomorrow",
        " 2018-07-10",
        "2018-07-10\n",
    ];
    for text in others {
        assert!(spokeslint::date::Date::parse(text).is_err(), "{text}");
        assert!(!validator.is_valid(&json!(text)), "{text:?}");
    }
}

#[test]
fn the_pattern_of_a_length_of_time_admits_what_is_read() {
    let validator = validator_of("Duration");
    for text in [
        "7d",
        "2 weeks",
        "٧d",
        "٧ أيام",
        "۲۴ ساعة",
        "١٤ يومًا",
        "أسبوعين",
        "7 ايام",
    ] {
        assert!(spokeslint::date::parse_duration(text).is_ok(), "{text}");
        assert!(validator.is_valid(&json!(text)), "{text}");
    }
    for text in ["", "7", "d", "-7d", "1.5h", "7  d", "٧"] {
        assert!(spokeslint::date::parse_duration(text).is_err(), "{text}");
        assert!(!validator.is_valid(&json!(text)), "{text}");
    }
}

#[test]
fn the_schema_refuses_what_a_document_may_not_be() {
    let validator = jsonschema::validator_for(&schema::agency()).unwrap();
    let cases = [
        ("/id", json!("Education")),
        ("/name", json!({})),
        ("/name", json!("Education")),
        ("/kind", json!("Agencies")),
        ("/level", json!("state")),
        ("/level", json!(null)),
        ("/jurisdiction", json!("sa")),
        ("/website", json!("example.gov.sa")),
        ("/acounts", json!([])),
        ("/accounts", json!(null)),
        (
            "/accounts",
            json!([{ "id": "main", "handle": "a", "kind": "agency" }]),
        ),
        (
            "/people",
            json!([{ "id": "p", "name": { "ar": "فلان" }, "left": "10/07/2018" }]),
        ),
        (
            "/handovers",
            json!([{ "account": "a", "from": "p", "steps": ["signoff"] }]),
        ),
    ];
    for (pointer, value) in cases {
        let mut document = minimal();
        document[pointer.trim_start_matches('/')] = value.clone();
        assert!(!validator.is_valid(&document), "{pointer}: {value}");
    }
}

#[test]
fn every_property_says_what_it_is() {
    fn visit(schema: &Value, at: &str, silent: &mut Vec<String>) {
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            for (name, property) in properties {
                if property.get("description").is_none() {
                    silent.push(format!("{at}/{name}"));
                }
            }
        }
        for choice in schema
            .get("oneOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            if choice.get("description").is_none() {
                silent.push(format!("{at}: {}", choice["const"]));
            }
        }
    }
    let schema = schema::agency();
    let mut silent = Vec::new();
    visit(&schema, "", &mut silent);
    for (name, part) in schema["$defs"].as_object().unwrap() {
        if part.get("description").is_none() {
            silent.push(name.clone());
        }
        visit(part, name, &mut silent);
    }
    assert_eq!(silent, Vec::<String>::new());
}
