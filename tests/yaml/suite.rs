//! The cases of the YAML test suite, when `YAML_TEST_SUITE` names the folder that holds them.

use std::path::PathBuf;

use serde_json::Value;
use spokeslint::Source;
use spokeslint::yaml::{Document, Kind, NodeId, Style, from_node};

use super::parsed;

#[derive(serde::Deserialize)]
struct Case {
    id: String,
    yaml: String,
    events: String,
    json: Option<String>,
    error: bool,
}

/// Valid YAML that is refused here on purpose: the diagnostics it gets.
const REFUSED: &[(&str, &str)] = &[
    // Two empty keys are one key given twice.
    ("2JQS", "yaml/duplicate-key"),
    // A list or a mapping as a key: no path, no rule and no schema could name the value.
    ("4FJ6", "yaml/key yaml/key"),
    ("6BFJ", "yaml/key"),
    ("6PBE", "yaml/key"),
    ("9MMW", "yaml/key"),
    ("KK5P", "yaml/key yaml/key yaml/key yaml/key"),
    ("LX3P", "yaml/key"),
    ("M2N8/00", "yaml/key"),
    ("M2N8/01", "yaml/key yaml/key"),
    ("M5DY", "yaml/key yaml/key"),
    ("Q9WF", "yaml/key"),
    ("RZP5", "yaml/key"),
    ("SBG9", "yaml/key"),
    ("V9D5", "yaml/key"),
    ("X38W", "yaml/key yaml/key"),
    ("XW4D", "yaml/key"),
];

/// Invalid YAML that is no syntax error here, but another diagnostic.
const OTHERWISE_INVALID: &[(&str, &str)] = &[];

fn cases() -> Vec<Case> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the suite is not part of the crate; whoever has it names its folder"
    )]
    let Ok(folder) = std::env::var("YAML_TEST_SUITE") else {
        return Vec::new();
    };
    let path = PathBuf::from(folder).join("cases.json");
    let source = Source::read(&path).unwrap().unwrap();
    serde_json::from_str(source.text()).unwrap()
}

#[test]
fn the_yaml_test_suite_agrees() {
    let faults: Vec<String> = cases().iter().filter_map(fault).collect();
    assert!(
        faults.is_empty(),
        "{} cases:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// What is wrong with a case.
fn fault(case: &Case) -> Option<String> {
    let parsed = parsed(&case.yaml);
    let rules: Vec<&str> = parsed.diagnostics.iter().map(|d| d.rule.as_str()).collect();
    let found = rules.join(" ");
    if case.error {
        let listed = OTHERWISE_INVALID.iter().find(|(id, _)| *id == case.id);
        let wanted = listed.map_or("yaml/syntax", |(_, rules)| rules);
        return (found != wanted)
            .then(|| format!("{}: expected `{wanted}`, found `{found}`", case.id));
    }
    let refused = REFUSED.iter().find(|(id, _)| *id == case.id);
    let wanted = refused.map_or("", |(_, rules)| rules);
    if found != wanted {
        return Some(format!("{}: expected `{wanted}`, found `{found}`", case.id));
    }
    let mut events = Vec::new();
    for document in &parsed.documents {
        events.push("DOC".to_owned());
        push_events(document, document.root(), &mut events);
    }
    let wanted = wanted_events(&case.events);
    if events != wanted {
        return Some(format!(
            "{}: expected {wanted:?}, found {events:?}",
            case.id
        ));
    }
    let wanted: Vec<Value> = serde_json::Deserializer::from_str(case.json.as_deref()?)
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let found: Vec<Value> = parsed.documents.iter().map(json).collect();
    let same = wanted.len() == found.len() && wanted.iter().zip(&found).all(|(a, b)| alike(a, b));
    (!same).then(|| format!("{}: expected {wanted:?}, found {found:?}", case.id))
}

fn json(document: &Document) -> Value {
    let value: Value = from_node(document, document.root()).unwrap();
    value
}

/// Whether two values are equal; `450` and `450.0` are one number in JSON.
fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| alike(a, b))
        }
        (Value::Object(one), Value::Object(other)) => {
            // The suite's JSON does not always keep the order of the keys.
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(key, a)| other.get(key).is_some_and(|b| alike(a, b)))
        }
        _ => one == other,
    }
}

/// The suite's events without document markers, styles of collections and names of tags.
fn wanted_events(events: &str) -> Vec<String> {
    let lines = events.lines().filter_map(|line| {
        let line = line.trim_start();
        let (head, rest) = line.split_at(4);
        let mut rest = rest.trim_start_matches(' ');
        rest = rest
            .trim_start_matches("[]")
            .trim_start_matches("{}")
            .trim_start_matches(' ');
        let mut properties = String::new();
        if rest.starts_with('&') {
            let (anchor, after) = rest.split_once(' ').unwrap_or((rest, ""));
            properties = format!(" {anchor}");
            rest = after;
        }
        if rest.starts_with('<') {
            let (_, after) = rest.split_once('>').unwrap();
            properties.push_str(" tagged");
            rest = after.trim_start_matches(' ');
        }
        Some(match head {
            "+DOC" => "DOC".to_owned(),
            "+SEQ" => format!("SEQ{properties}"),
            "+MAP" => format!("MAP{properties}"),
            "-SEQ" | "-MAP" => "END".to_owned(),
            "=ALI" => format!("ALI {rest}"),
            "=VAL" => {
                let text = rest.replace("\\\\", "\u{1}");
                let text = text
                    .replace("\\n", "\n")
                    .replace("\\t", "\t")
                    .replace("\\r", "\r");
                let text = text.replace("\\b", "\u{8}").replace('\u{1}', "\\");
                format!("VAL{properties} {text}")
            }
            _ => return None,
        })
    });
    lines.collect()
}

fn push_events(document: &Document, id: NodeId, events: &mut Vec<String>) {
    let node = document.node(id);
    let mut properties = String::new();
    if let Some(anchor) = node.anchor {
        properties = format!(" {}", document.source().slice(anchor));
    }
    if node.tag.is_some() {
        properties.push_str(" tagged");
    }
    match &node.kind {
        Kind::Alias(_) => events.push(format!("ALI {}", document.source().slice(node.span))),
        Kind::Scalar(style, ..) => {
            let mark = match style {
                Style::Plain => ':',
                Style::Single => '\'',
                Style::Double => '"',
                Style::Literal => '|',
                Style::Folded => '>',
            };
            events.push(format!(
                "VAL{properties} {mark}{}",
                document.text(id).unwrap()
            ));
        }
        Kind::Sequence(_) => {
            events.push(format!("SEQ{properties}"));
            for item in document.items(id) {
                push_events(document, *item, events);
            }
            events.push("END".to_owned());
        }
        Kind::Mapping(_) => {
            events.push(format!("MAP{properties}"));
            for entry in document.entries(id) {
                push_events(document, entry.key, events);
                push_events(document, entry.value, events);
            }
            events.push("END".to_owned());
        }
    }
}
