//! Schemas made at random out of what is supported, held against values made at random: what is accepted
//! and refused is what an independent validator accepts and refuses.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde_json::{Map, Value, json};
use spokeslint::Source;
use spokeslint::schema::{self, Shapes};

const KEYS: [&str; 4] = ["a", "b", "c", "x-d"];
const WORDS: [&str; 5] = ["", "a", "ab", "حملة", "abcabc"];

/// Choices read off a tape; a tape that is used up says 0.
struct Tape<'t>(std::slice::Iter<'t, u8>);

impl Tape<'_> {
    fn below(&mut self, limit: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % limit
    }

    fn flips(&mut self) -> bool {
        self.below(2) == 1
    }

    /// Adds some of these keywords.
    fn some(&mut self, schema: &mut Value, keywords: &[(&str, Value)]) {
        for (keyword, value) in keywords {
            if self.below(3) == 1 {
                schema[keyword] = value.clone();
            }
        }
    }

    fn schema(&mut self, depth: usize) -> Value {
        let kinds = if depth == 0 { 5 } else { 10 };
        match self.below(kinds) {
            0 => json!({ "type": "boolean" }),
            1 => self.number("integer"),
            2 => self.number("number"),
            3 => self.text(),
            4 => json!({ "enum": [WORDS[1], WORDS[self.below(5)]] }),
            5 => self.list(depth - 1),
            6 => json!({ "allOf": [self.schema(depth - 1)], "description": "d" }),
            7 => json!({ "anyOf": [self.text(), self.number("number"), self.object(depth - 1)] }),
            8 => json!({ "oneOf": [self.list(depth - 1), { "type": "boolean" }] }),
            _ => self.object(depth - 1),
        }
    }

    fn number(&mut self, kind: &str) -> Value {
        let mut schema = json!({ "type": kind });
        let (low, high) = (self.below(4), self.below(8));
        self.some(
            &mut schema,
            &[
                ("minimum", json!(low)),
                ("maximum", json!(high)),
                ("exclusiveMinimum", json!(low)),
                ("exclusiveMaximum", json!(high)),
            ],
        );
        schema
    }

    fn text(&mut self) -> Value {
        let mut schema = json!({ "type": "string" });
        let (low, high) = (self.below(3), self.below(5));
        self.some(
            &mut schema,
            &[
                ("minLength", json!(low)),
                ("maxLength", json!(high)),
                ("pattern", json!("^[a-c]*$")),
            ],
        );
        schema
    }

    fn list(&mut self, depth: usize) -> Value {
        let unique = self.below(3) == 1;
        let items = if unique {
            self.number("integer")
        } else {
            self.schema(depth)
        };
        let mut schema = json!({ "type": "array", "items": items });
        let (low, high) = (self.below(3), self.below(4));
        self.some(
            &mut schema,
            &[("minItems", json!(low)), ("maxItems", json!(high))],
        );
        if unique {
            schema["uniqueItems"] = json!(true);
        }
        schema
    }

    fn object(&mut self, depth: usize) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for key in KEYS {
            if self.flips() {
                properties.insert(key.to_owned(), self.schema(depth));
                if self.flips() {
                    required.push(key);
                }
            }
        }
        let names: Vec<&str> = properties.keys().map(String::as_str).collect();
        let some_of: Vec<Value> = names
            .iter()
            .map(|name| json!({ "required": [name] }))
            .collect();
        let mut schema = json!({ "type": "object", "required": required });
        if !some_of.is_empty() && self.below(3) == 1 {
            schema["anyOf"] = json!(some_of);
        }
        schema["properties"] = Value::Object(properties);
        match self.below(4) {
            0 => schema["additionalProperties"] = json!(false),
            1 => {
                schema["additionalProperties"] = json!(false);
                schema["patternProperties"] = json!({ "^x-": true });
            }
            2 => schema["additionalProperties"] = self.schema(0),
            _ => {}
        }
        schema
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 4 } else { 6 }) {
            0 => json!(self.flips()),
            1 => json!(self.below(9)),
            2 => json!([0.5, 2.5, 7.25][self.below(3)]),
            3 => json!(WORDS[self.below(5)]),
            4 => (0..self.below(4)).map(|_| self.value(depth - 1)).collect(),
            _ => self.mapping(depth - 1),
        }
    }

    fn mapping(&mut self, depth: usize) -> Value {
        let keys = KEYS.iter().filter(|_| self.flips()).collect::<Vec<_>>();
        let entry = |key: &&str| ((*key).to_owned(), self.value(depth));
        Value::Object(keys.into_iter().map(entry).collect())
    }

    /// A value that has a good chance to fit.
    fn fitting(&mut self, schema: &Value) -> Value {
        if self.below(12) == 1 {
            return self.value(1);
        }
        let inner = ["allOf", "anyOf", "oneOf"].into_iter().find_map(|key| {
            schema
                .get(key)?
                .as_array()
                .filter(|all| all[0].get("required").is_none() || all[0].get("type").is_some())
        });
        if let Some(choices) = inner {
            let choice = self.below(choices.len());
            return self.fitting(&choices[choice]);
        }
        match schema["type"].as_str() {
            Some("boolean") => json!(self.flips()),
            Some("integer") => json!(self.below(9)),
            Some("number") => json!([0.5, 2.0, 2.5, 7.25][self.below(4)]),
            Some("array") => (0..self.below(4))
                .map(|_| self.fitting(&schema["items"]))
                .collect(),
            Some("object") => {
                let mut object = Map::new();
                for (key, property) in schema["properties"].as_object().unwrap() {
                    if self.below(4) != 1 {
                        object.insert(key.clone(), self.fitting(property));
                    }
                }
                Value::Object(object)
            }
            _ => json!(WORDS[self.below(5)]),
        }
    }
}

/// Whether nothing is wrong with a value, in our eyes.
fn accepts(shapes: &Shapes, value: &Value) -> bool {
    let source = Arc::new(Source::new("a.yaml", value.to_string()));
    let doc = spokeslint::yaml::parse(&source).documents.remove(0);
    let found = schema::validate(&doc, doc.root(), shapes, shapes.root());
    found.diagnostics.is_empty()
}

#[test]
fn an_independent_validator_agrees_on_random_schemas() {
    let mut accepted = 0;
    let mut refused = 0;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let tapes = prop::collection::vec(any::<u8>(), 40..400);
    for _ in 0..600 {
        let tape = tapes.new_tree(&mut runner).unwrap().current();
        let mut tape = Tape(tape.iter());
        let schema = tape.object(2);
        let shapes =
            Shapes::from_json_schema(&schema).unwrap_or_else(|error| panic!("{schema}\n{error}"));
        let validator = jsonschema::validator_for(&schema).unwrap();
        for _ in 0..8 {
            let value = tape.fitting(&schema);
            let is_valid = validator.is_valid(&value);
            assert_eq!(accepts(&shapes, &value), is_valid, "{schema}\n{value}");
            accepted += usize::from(is_valid);
            refused += usize::from(!is_valid);
        }
    }
    assert!(accepted > 500 && refused > 500, "{accepted} and {refused}");
}
