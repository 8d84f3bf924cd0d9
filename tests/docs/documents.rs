//! `docs/documents.md`, made from the JSON Schema of an agency.

use std::fmt::Write as _;

use serde_json::Value;
use spokeslint::schema;

use super::keep;
use super::markdown::cell;

const INTRODUCTION: &str = "\
# The agency document

Made from the JSON Schema by the test suite: do not edit. The schema comes from the Rust types in `src/schema/agency`;
`spokeslint schema agency` prints it.

A file holds one or more YAML documents. Each begins with `apiVersion: spokeslint/v1` and `kind: Agency`. Keys that begin with
`x-` may stand in every object and hold whatever you like; every other key that is not listed here is an error. No secret
belongs in a file: a key that looks like one is an error too. A field that may be absent is undeclared when it is, not false.
";

#[test]
fn the_page_of_the_document_is_what_the_schema_says() {
    let schema = schema::agency();
    let mut page = INTRODUCTION.to_owned();
    object(&mut page, "Agency", &schema);
    let definitions = schema["$defs"].as_object().unwrap();
    for (name, part) in definitions {
        if part.get("properties").is_some() {
            object(&mut page, name, part);
        }
    }
    page.push_str("\n## Words to choose from\n");
    for (name, part) in definitions {
        if let Some(choices) = part.get("oneOf").and_then(Value::as_array) {
            words(&mut page, name, part, choices);
        }
    }
    page.push_str("\n## Forms\n\n| form | what it is | pattern |\n|---|---|---|\n");
    for (name, part) in definitions {
        if part.get("properties").is_none() && part.get("oneOf").is_none() {
            form(&mut page, name, part);
        }
    }
    keep("docs/documents.md", &page);
}

fn object(page: &mut String, name: &str, part: &Value) {
    let _ = write!(
        page,
        "\n## {name}\n\n{}\n\n| field | form | what it is |\n|---|---|---|\n",
        text(part)
    );
    let required: Vec<&str> = part["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    for (field, property) in part["properties"].as_object().unwrap() {
        let mark = if required.contains(&field.as_str()) {
            " (required)"
        } else {
            ""
        };
        let _ = writeln!(
            page,
            "| `{field}`{mark} | {} | {} |",
            kind(property),
            cell(text(property))
        );
    }
    if let Some(least) = part.get("minProperties") {
        let _ = writeln!(page, "\nAt least {least} of them must be there.");
    }
}

fn words(page: &mut String, name: &str, part: &Value, choices: &[Value]) {
    let _ = write!(
        page,
        "\n### {name}\n\n{}\n\n| word | what it means |\n|---|---|\n",
        text(part)
    );
    for choice in choices {
        let word = choice["const"].as_str().unwrap();
        let _ = writeln!(page, "| `{word}` | {} |", cell(text(choice)));
    }
}

fn form(page: &mut String, name: &str, part: &Value) {
    let pattern = part.get("pattern").and_then(Value::as_str);
    let pattern = pattern.map_or_else(String::new, |pattern| format!("`{}`", cell(pattern)));
    let _ = writeln!(
        page,
        "| <a id=\"{}\"></a>{name} | {} | {pattern} |",
        name.to_lowercase(),
        cell(text(part))
    );
}

fn text(part: &Value) -> &str {
    part["description"].as_str().unwrap_or("")
}

/// What may stand in a field, with a link to its description.
fn kind(property: &Value) -> String {
    if let Some(reference) = property.get("$ref").and_then(Value::as_str) {
        let name = reference.rsplit('/').next().unwrap();
        return format!("[{name}](#{})", name.to_lowercase());
    }
    match property["type"].as_str() {
        Some("array") => format!("list of {}", kind(&property["items"])),
        Some("string") => "text".to_owned(),
        Some("integer") => "whole number".to_owned(),
        Some("boolean") => "`true` or `false`".to_owned(),
        other => panic!("{other:?} has no name for readers: {property}"),
    }
}
