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
