//! Packs that bring kinds of documents. Each folder in `kinds/` holds packs with a mistake, and beside it
//! stands what their author is told.

use std::path::{Path, PathBuf};

use snapbox::Data;
use spokeslint::engine::{check_examples, check_mutants};
use spokeslint::output::{Detail, Format, Style, render_findings};
use spokeslint::pack::{Packs, Rule};
use spokeslint::{Error, Lang};

use super::{builtin, write};

const PACK: &str = "title: { en: Own, ar: خاص }\nabout: { en: own, ar: خاص }\n";

fn folders() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/kinds");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_dir());
    paths.sort();
    paths
}

fn told(folder: &Path, lang: Lang) -> String {
    let diagnostics = match builtin().load(folder) {
        Ok(()) => return "the pack loads\n".to_owned(),
        Err(Error::Packs(diagnostics)) => diagnostics,
        Err(error) => return format!("{error}\n"),
    };
    let style = Style {
        format: Format::Human,
        lang,
        color: false,
        terminal: false,
        width: 100,
        detail: Detail::Quiet,
    };
    let mut told = Vec::new();
    render_findings(&diagnostics, &style, &mut told).unwrap();
    let place = format!("{}/", folder.display()).replace('\\', "/");
    String::from_utf8(told).unwrap().replace(&place, "")
}

#[test]
fn mistakes_in_kinds_are_told_where_they_stand() {
    let folders = folders();
    assert!(folders.len() >= 20, "{} fixtures", folders.len());
    for folder in folders {
        let expected = Data::read_from(&folder.with_extension("txt"), None);
        snapbox::assert_data_eq!(told(&folder, Lang::En), expected.raw());
        let arabic = told(&folder, Lang::Ar);
        assert!(arabic.starts_with("خطأ["), "{arabic}");
    }
}

#[test]
fn every_snapshot_belongs_to_a_folder() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/kinds");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        assert!(path.with_extension("").is_dir(), "{}", path.display());
    }
}

/// Packs with one kind whose schema and further keys are these.
fn with_kind(schema: &str, keys: &str) -> Result<Packs, Error> {
    let folder = tempfile::tempdir().unwrap();
    let kinds = "kinds:\n  Campaign:\n    about: { en: a, ar: أ }\n    schema: s.schema.json\n";
    write(
        folder.path(),
        "own/pack.yaml",
        &format!("{PACK}{kinds}{keys}"),
    );
    write(folder.path(), "own/s.schema.json", schema);
    let mut packs = Packs::empty();
    packs.load(folder.path()).map(|()| packs)
}

#[test]
fn a_document_says_its_version_and_kind_whether_or_not_the_schema_lists_them() {
    let closed = r#""properties": { "id": {} }, "additionalProperties": false"#;
    let listed = r#""properties": { "kind": { "type": "integer" } }, "required": ["kind"]"#;
    for rest in [closed, listed, r#""title": "T""#] {
        let packs = with_kind(&format!(r#"{{ "type": "object", {rest} }}"#), "").unwrap();
        let schema = &packs.kinds[1].schema;
        jsonschema::meta::validate(schema).unwrap();
        let validator = jsonschema::validator_for(schema).unwrap();
        let document = |kind: &str| {
            let version = spokeslint::engine::API_VERSION;
            serde_json::json!({ "apiVersion": version, "kind": kind })
        };
        assert!(validator.is_valid(&document("Campaign")), "{rest}");
        assert!(!validator.is_valid(&document("Agency")), "{rest}");
        assert!(!validator.is_valid(&serde_json::json!({})), "{rest}");
    }
}

#[test]
fn what_rules_call_a_document_is_its_kind_with_a_small_letter_unless_the_pack_says_otherwise() {
    let object = r#"{ "type": "object" }"#;
    assert_eq!(with_kind(object, "").unwrap().kinds[1].variable, "campaign");
    let named = with_kind(object, "    variable: drive\n").unwrap();
    assert_eq!(named.kinds[1].variable, "drive");
    for taken in ["options", "in", "as", "int", "size(x)", "\"'a'\"", "cel"] {
        let keys = format!("    variable: {taken}\n");
        let Err(Error::Packs(found)) = with_kind(object, &keys) else {
            panic!("{taken} is taken")
        };
        assert_eq!(found.len(), 1, "{taken}");
        assert_eq!(found[0].rule, "pack/kind");
    }
}

#[test]
fn a_kind_is_known_to_packs_that_are_loaded_later() {
    let schema = r#"{ "type": "object", "properties": { "title": { "type": "string" } } }"#;
    let mut packs = with_kind(schema, "").unwrap();
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "more/pack.yaml", PACK);
    let rule = "kind: Campaign\nseverity: note\nsummary: { en: a, ar: أ }\nwhy: { en: a, ar: أ }\n\
                message: { en: a, ar: أ }\nassert: has(campaign.title)\n";
    write(folder.path(), "more/rule.yaml", rule);
    packs.load(folder.path()).unwrap();
    assert_eq!(packs.rules[0].kind.name, "Campaign");
}

#[test]
fn the_example_proves_itself() {
    let mut packs = builtin();
    let known = packs.rules.len();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/campaign/packs");
    packs.load(folder.as_ref()).unwrap();
    let own: Vec<&Rule> = packs
        .rules
        .iter()
        .filter(|rule| rule.kind.name == "Campaign")
        .collect();
    assert_eq!(own.len(), packs.rules.len() - known);
    assert_eq!(
        check_examples(&packs, own.iter().copied())
            .diagnostics
            .len(),
        0
    );
    let mutants = check_mutants(&packs, own.iter().copied());
    assert_eq!(mutants.survivors.len(), 0);
    assert!(mutants.killed > 20, "{mutants:?}");
}
