//! `spokeslint schema`, the generated files in `schemas/`, and that files keep to them.

use std::path::Path;

use serde_json::Value;

use super::{check, run};

const KINDS: [&str; 11] = [
    "agency",
    "rule",
    "examples",
    "pack",
    "positions",
    "profiles",
    "framework",
    "config",
    "waivers",
    "baseline",
    "report",
];

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the test writes generated files when the environment asks for it"
)]
fn the_schema_files_are_what_the_command_prints() {
    let update = std::env::var("UPDATE_SCHEMAS").is_ok_and(|value| value == "1");
    for kind in KINDS {
        let printed = run(&["schema", kind]);
        assert_eq!((printed.code, printed.err.as_str()), (0, ""));
        let name = format!("schemas/{kind}.schema.json");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&name);
        if update {
            std::fs::write(&path, &printed.out).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == printed.out,
            "{name} is out of date; run `UPDATE_SCHEMAS=1 cargo test schema` and commit it"
        );
    }
}

#[test]
fn every_schema_is_a_valid_schema_with_its_own_name() {
    for kind in KINDS {
        let schema: Value = serde_json::from_str(&run(&["schema", kind]).out).unwrap();
        jsonschema::meta::validate(&schema).unwrap();
        assert_eq!(schema["$id"], format!("urn:spokeslint:schema:{kind}:v1"));
    }
}

#[test]
fn reports_keep_to_their_schema() {
    let schema: Value = serde_json::from_str(&run(&["schema", "report"]).out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for path in ["agencies", "agencies/clean.yaml"] {
        let report = check(&[path, "--format", "json"]).out;
        let report: Value = serde_json::from_str(&report).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(&report)
            .map(|e| e.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}
