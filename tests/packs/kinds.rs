//! Packs that bring kinds of documents. Each folder in `kinds/` holds packs with a mistake, and beside it
//! stands what their author is told.

use std::sync::Arc;

use spokeslint::engine::{Engine, Settings, check_examples, check_mutants};
use spokeslint::pack::{Packs, Rule};
use spokeslint::{Error, Source};

use super::{builtin, check_told, write};

const PACK: &str = "title: { en: Own, ar: خاص }\nabout: { en: own, ar: خاص }\n";

#[test]
fn mistakes_in_kinds_are_told_where_they_stand() {
    check_told("kinds", 20);
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

/// Conditions on each type of field that a schema can give, all of which load.
const CONDITIONS: [&str; 18] = [
    "has(thing.share) && thing.share / 2.0 > 3.0",
    "has(thing.share) && [thing.share].all(x, x * 2.0 > 8.0)",
    "has(thing.share) && thing.share in [5.0, 6.5]",
    "has(thing.shares) && thing.shares.all(s, s * 2.0 < 1.0)",
    "has(thing.shares) && size(thing.shares) > 0 && thing.shares[0] + 1.5 > 9.0",
    "has(thing.shares) && (thing.shares + [1.5]).exists(x, x + 1.5 > 9.0)",
    "has(thing.by) && thing.by.exists(k, thing.by[k] * 2.0 > 9.0)",
    "has(thing.by) && thing.by.all(_, v, v + 0.5 > 9.0)",
    "has(thing.by) && has(thing.by.a) && thing.by.a + 0.5 > 9.0",
    "has(thing.either) && thing.either == 'x'",
    "has(thing.open) && has(thing.open.a) && thing.open.a > 2",
    "has(thing.day) && thing.day + days(3) > today",
    "has(thing.span) && thing.span <= duration('48h')",
    "has(thing.days) && thing.days.exists(d, d > today)",
    "has(thing.days) && (thing.days + [today]).all(d, d < timestamp('2026-01-15'))",
    "has(thing.days) && thing.days == [timestamp('2026-01-01')] && thing.days != [today]",
    "thing.tree.all(t, has(t.below) && t.below.all(u, u.id != t.id))",
    "thing.kind.startsWith('Thing') && thing.apiVersion.startsWith('spokeslint/')",
];

const TYPES: &str = "type: object
required: [tree]
properties:
  share: { type: number }
  shares: { type: array, items: { type: number } }
  by: { type: object, additionalProperties: { type: number } }
  either: { type: [string, integer] }
  open: { type: object, properties: { a: { type: integer } } }
  day: { type: string, format: date }
  span: { type: string, format: duration }
  days: { type: array, items: { type: string, format: date } }
  tree: { type: array, items: { $ref: '#/$defs/Tree' } }
$defs:
  Tree:
    type: object
    required: [id]
    properties: { id: { type: string }, below: { type: array, items: { $ref: '#/$defs/Tree' } } }
";

/// Documents with whole numbers, with others, with hardly anything, and with errors of shape.
const THINGS: [&str; 4] = [
    "{ share: 5, shares: [1, 2], by: { a: 1, b: 2 }, either: 3, open: { a: 3, z: [] }, day: 2026-01, span: 2d, \
     days: [2026-01-01], tree: [{ id: a, below: [{ id: b, below: [] }] }] }",
    "{ share: 6.5, shares: [.5, 1e3], by: { c: -1.5 }, either: x, open: { z: 1 }, span: 90m, tree: [{ id: a }] }",
    "{ shares: [], by: {}, open: {}, days: [], tree: [] }",
    "{ share: much, shares: [a], by: { a: b }, either: [], day: soon, span: long, days: [x], tree: [{}] }",
];

/// The places of the conditions that are false of each.
const FOUND: [&[usize]; 4] = [
    &[0, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14],
    &[3, 4, 6, 7, 8, 10, 11, 13, 14, 15, 16],
    &[0, 1, 2, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15],
    &[10, 16],
];

#[test]
fn a_rule_that_loads_is_evaluated_whatever_the_type_of_its_fields() {
    let folder = tempfile::tempdir().unwrap();
    let kinds = "kinds:\n  Thing:\n    about: { en: a, ar: أ }\n    schema: thing.schema.yaml\n    \
                 smallest: { tree: [] }\n";
    write(folder.path(), "own/pack.yaml", &format!("{PACK}{kinds}"));
    write(folder.path(), "own/thing.schema.yaml", TYPES);
    for (number, condition) in CONDITIONS.iter().enumerate() {
        let rule = format!(
            "kind: Thing\nseverity: note\nsummary: {{ en: a, ar: أ }}\nwhy: {{ en: a, ar: أ }}\n\
             message: {{ en: a, ar: أ }}\nassert: \"{condition}\"\n"
        );
        write(folder.path(), &format!("own/r{number}.yaml"), &rule);
    }
    let mut packs = Packs::empty();
    packs.profiles = builtin().profiles;
    packs.load(folder.path()).unwrap();
    let day = spokeslint::date::Date::parse("2026-01-31").unwrap();
    let engine = Engine::new(&packs, &Settings::new(day)).unwrap();
    let mut seen = [0, 0, 0];
    let mut all_found = Vec::new();
    for thing in THINGS {
        let inner = thing.trim_start_matches('{');
        let text = format!("{{ apiVersion: spokeslint/v1, kind: Thing, {inner}");
        let report = engine.check(&Arc::new(Source::new("thing.yaml", text)), true);
        assert!(!report.broken, "{:?}", report.diagnostics);
        assert_eq!(report.tally.total(), CONDITIONS.len());
        let found = report.diagnostics.iter();
        let mut found: Vec<usize> = found
            .filter_map(|found| found.rule.strip_prefix("own/r")?.parse().ok())
            .collect();
        found.sort_unstable();
        all_found.push(found);
        let tally = report.tally;
        seen = [
            seen[0] + tally.held,
            seen[1] + tally.found,
            seen[2] + tally.not_evaluated,
        ];
    }
    assert_eq!(all_found, FOUND);
    assert!(seen.iter().all(|count| *count > 5), "{seen:?}");
}
