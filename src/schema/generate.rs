//! Rust types → JSON Schema (draft 2020-12).

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use super::agency::Agency;
use super::shape::Shapes;

/// The file that a test keeps equal to [`agency`]; reading it takes half the time of deriving it.
const AGENCY: &str = include_str!("../../schemas/agency.schema.json");

/// The JSON Schema of `kind: Agency`.
pub fn agency() -> Value {
    generate::<Agency>("agency")
}

/// The shapes of `kind: Agency`, for start-up.
///
/// # Panics
///
/// Never with the schema file of this crate: a test holds that it compiles.
pub fn agency_shapes() -> Shapes {
    Shapes::from_json_schema(&agency_schema())
        .expect("the types need no more than shapes can express")
}

/// The same as [`agency`], read from the file.
pub(super) fn agency_schema() -> Value {
    serde_json::from_str(AGENCY).expect("the file is generated as JSON")
}

/// The JSON Schema of a type, named `urn:spokeslint:schema:<name>:v1`.
///
/// A field that may be absent is not thereby nullable, and an object whose type does not say
/// otherwise takes the fields of its type and extensions (`x-…`), nothing else.
pub fn generate<T: JsonSchema>(name: &str) -> Value {
    let generator = SchemaSettings::draft2020_12()
        .with_transform(RecursiveTransform(strip_null))
        .with_transform(RecursiveTransform(close))
        .with_transform(RecursiveTransform(unwrap_lines))
        .into_generator();
    let derived = generator.into_root_schema_for::<T>().to_value();
    let mut schema = Map::new();
    let Value::Object(mut derived) = derived else {
        return derived;
    };
    schema.extend(derived.shift_remove_entry("$schema"));
    schema.insert(
        "$id".to_owned(),
        json!(format!("urn:spokeslint:schema:{name}:v1")),
    );
    schema.extend(derived);
    Value::Object(schema)
}

/// Takes `null` out of what an optional field may be.
fn strip_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    let null = json!({ "type": "null" });
    let Some(Value::Array(choices)) = schema.get_mut("anyOf") else {
        return;
    };
    choices.retain(|choice| *choice != null);
    if let [Value::Object(only)] = choices.as_slice() {
        let only = only.clone();
        schema.remove("anyOf");
        schema.ensure_object().extend(only);
    }
}

/// Closes an object to all keys but its own and extensions.
fn close(schema: &mut Schema) {
    let own = schema.get("properties").is_some();
    if own && schema.get("additionalProperties").is_none() {
        schema.insert("patternProperties".to_owned(), json!({ "^x-": true }));
        schema.insert("additionalProperties".to_owned(), json!(false));
    }
}

/// Joins the lines that a doc comment was wrapped into; paragraphs stay apart.
fn unwrap_lines(schema: &mut Schema) {
    if let Some(Value::String(description)) = schema.get_mut("description") {
        let paragraphs: Vec<_> = description
            .split("\n\n")
            .map(|paragraph| paragraph.replace('\n', " "))
            .collect();
        *description = paragraphs.join("\n\n");
    }
}

/// The shapes of a type.
pub(crate) fn shapes<T: JsonSchema>() -> Shapes {
    Shapes::from_json_schema(&generate::<T>("type"))
        .expect("the types need no more than shapes can express")
}
