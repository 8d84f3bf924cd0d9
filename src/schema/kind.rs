//! A kind of document: what it may hold, what rules call it, and what completes a fragment of it.

use serde_json::{Map, Value, json};

use super::compile::SchemaError;
use super::generate::agency_schema;
use super::shape::{Shape, Shapes};
use crate::diagnostic::Label;
use crate::text;
use crate::text::Text;

/// The version that documents name as their `apiVersion`.
pub const API_VERSION: &str = "spokeslint/v1";

/// A kind of document.
#[derive(Clone, Debug)]
pub struct Kind {
    /// What documents name as their `kind`.
    pub name: String,
    /// What rules call the document.
    pub variable: String,
    /// What it is for.
    pub about: Text,
    /// Its JSON Schema.
    pub schema: Value,
    pub(crate) shapes: Shapes,
    /// The keys that every document has besides `apiVersion` and `kind`, each with a value as YAML.
    pub(crate) smallest: Vec<(String, String)>,
    /// Where it is defined; nowhere for the kind that the tool itself knows.
    pub(crate) place: Option<Label>,
}

impl Kind {
    /// `kind: Agency`.
    ///
    /// # Panics
    ///
    /// Never with the schema file of this crate: a test holds that it compiles.
    pub fn agency() -> Self {
        let schema = agency_schema();
        let shapes = Shapes::from_json_schema(&schema)
            .expect("the types need no more than shapes can express");
        let own = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        Self {
            name: "Agency".to_owned(),
            variable: "agency".to_owned(),
            about: text!(
                "an agency: who it is, who speaks for it, and through which accounts",
                "جهة: هويتها، ومن يتحدث باسمها، والحسابات التي تتحدث منها",
            ),
            schema,
            shapes,
            smallest: vec![
                own("id", "example"),
                own("name", "{ en: Example Agency, ar: جهة المثال }"),
            ],
            place: None,
        }
    }

    /// The kind of a name whose documents fit a JSON Schema. They have `apiVersion` and `kind` whether
    /// or not the schema lists them.
    ///
    /// # Errors
    ///
    /// What shapes cannot express.
    pub fn new(name: &str, schema: Map<String, Value>) -> Result<Self, SchemaError> {
        let schema = identified(schema, name);
        let shapes = Shapes::from_json_schema(&schema)?;
        if !matches!(shapes.get(shapes.root()), Shape::Object { .. }) {
            let message = text!(
                "a document is a mapping, so its schema must be `type: object`",
                "المستند خريطة، فيجب أن يكون مخططه `type: object`",
            );
            return Err(SchemaError::at("#/type", message));
        }
        Ok(Self {
            name: name.to_owned(),
            variable: small(name),
            about: Text::default(),
            schema,
            shapes,
            smallest: Vec::new(),
            place: None,
        })
    }

    /// The shapes of a document without its `apiVersion` and `kind`.
    pub(crate) fn shapes_of_the_rest(&self) -> Shapes {
        let mut schema = self.schema.clone();
        if let Some(Value::Array(required)) = schema.get_mut("required") {
            required.retain(|name| name != "apiVersion" && name != "kind");
        }
        Shapes::from_json_schema(&schema).expect("with more demands it compiled")
    }

    /// A fragment with the keys that every document must have, and with others, which may stand for those;
    /// `---` begins another document. They go to the end of each, so that the lines of the first keep their
    /// numbers.
    pub(crate) fn complete(&self, fragment: &str, others: &[(String, String)]) -> String {
        let mut whole = String::with_capacity(fragment.len() + 128);
        let mut document = String::new();
        for line in fragment.split_inclusive('\n') {
            if is_marker(line) && !document.trim().is_empty() {
                self.complete_one(&document, others, &mut whole);
                document.clear();
            }
            document.push_str(line);
        }
        self.complete_one(&document, others, &mut whole);
        whole
    }

    fn complete_one(&self, fragment: &str, others: &[(String, String)], whole: &mut String) {
        whole.push_str(fragment);
        if !whole.is_empty() && !whole.ends_with('\n') {
            whole.push('\n');
        }
        let identity = [("apiVersion", API_VERSION), ("kind", &self.name)];
        let is_other = |name: &str| others.iter().any(|(other, _)| other == name);
        let own = self.smallest.iter().filter(|(key, _)| !is_other(key));
        let rest = own
            .chain(others)
            .map(|(key, value)| (key.as_str(), value.as_str()));
        for (key, value) in identity.into_iter().chain(rest) {
            if !fragment.lines().any(|line| begins(line, key)) {
                whole.push_str(&written(key));
                whole.push_str(": ");
                whole.push_str(value);
                whole.push('\n');
            }
        }
    }
}

/// Whether a line begins a document.
pub(crate) fn is_marker(line: &str) -> bool {
    let rest = line.strip_prefix("---");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
}

/// Whether a line begins with a key, plain or in quotes.
fn begins(line: &str, key: &str) -> bool {
    let quote = line.chars().next().filter(|c| matches!(c, '"' | '\''));
    let line = quote.map_or(line, |quote| line.trim_start_matches(quote));
    let rest = line.strip_prefix(key);
    let rest = rest.map(|rest| quote.map_or(rest, |quote| rest.trim_start_matches(quote)));
    rest.is_some_and(|rest| rest.starts_with(':'))
}

/// A key as YAML.
fn written(key: &str) -> String {
    let mut letters = key.chars();
    let is_plain = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.all(|c| c == '_' || c == '-' || c.is_ascii_alphanumeric());
    if is_plain {
        key.to_owned()
    } else {
        Value::from(key).to_string()
    }
}

/// The name with a small first letter.
pub(crate) fn small(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// The schema with the two keys by which documents say what they are.
fn identified(mut schema: Map<String, Value>, name: &str) -> Value {
    let about = |words: &str, value: &str| json!({ "description": words, "const": value });
    let mut properties = Map::new();
    let version = about("The version of the document format.", API_VERSION);
    properties.insert("apiVersion".to_owned(), version);
    properties.insert("kind".to_owned(), about("The kind of the document.", name));
    let mut required = vec![json!("apiVersion"), json!("kind")];
    // What is of another type is left as it is, to be refused where it stands.
    match schema.get("properties") {
        None => {}
        Some(Value::Object(own)) => {
            for (key, property) in own {
                properties
                    .entry(key.clone())
                    .or_insert_with(|| property.clone());
            }
        }
        Some(_) => return Value::Object(schema),
    }
    match schema.get("required") {
        None => {}
        Some(Value::Array(own)) => {
            let others = own.iter().filter(|name| !required.contains(name)).cloned();
            required = required.iter().cloned().chain(others).collect();
        }
        Some(_) => return Value::Object(schema),
    }
    schema.insert("properties".to_owned(), Value::Object(properties));
    schema.insert("required".to_owned(), Value::Array(required));
    schema
        .entry("title")
        .or_insert_with(|| Value::String(name.to_owned()));
    Value::Object(schema)
}
