//! The official schemas, and how a report is held against them.

use std::path::Path;

use roxmltree::Node;
use serde_json::Value;

fn file(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/schemas");
    String::from_utf8(std::fs::read(folder.join(name)).unwrap()).unwrap()
}

/// What is wrong with a JSON document, by a schema.
pub(super) fn flaws(schema: &str, value: &Value) -> Vec<String> {
    // A bracket that stands alone in a pattern of the official schema is one only to lenient readers.
    let schema = file(schema).replace("{2}]?$", "{2}\\\\]?$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors = validator.iter_errors(value);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// What is wrong with an XML document, by the elements and attributes that a schema declares.
pub(super) fn xml_flaws(schema: &str, text: &str) -> Vec<String> {
    let schema = file(schema);
    let schema = roxmltree::Document::parse(&schema).unwrap();
    let document = roxmltree::Document::parse(text).unwrap();
    let elements = document.descendants().filter(Node::is_element);
    elements
        .flat_map(|element| {
            let name = element.tag_name().name();
            match declared(&schema, name) {
                Some(declaration) => element_flaws(element, declaration),
                None => vec![format!("no element `{name}` is declared")],
            }
        })
        .collect()
}

fn declared<'s>(schema: &'s roxmltree::Document<'_>, name: &str) -> Option<Node<'s, 's>> {
    let mut children = schema.root_element().children();
    children.find(|node| {
        node.has_tag_name(("http://www.w3.org/2001/XMLSchema", "element"))
            && node.attribute("name") == Some(name)
    })
}

fn element_flaws(element: Node<'_, '_>, declaration: Node<'_, '_>) -> Vec<String> {
    let name = element.tag_name().name();
    let inside = |kind: &'static str| {
        declaration
            .descendants()
            .skip(1)
            .filter(move |node| node.tag_name().name() == kind)
    };
    let mut flaws = Vec::new();
    for attribute in element.attributes() {
        if !inside("attribute").any(|known| known.attribute("name") == Some(attribute.name())) {
            flaws.push(format!("`{name}` may not have `{}`", attribute.name()));
        }
    }
    for known in inside("attribute").filter(|known| known.attribute("use") == Some("required")) {
        let wanted = known.attribute("name").unwrap();
        if element.attribute(wanted).is_none() {
            flaws.push(format!("`{name}` must have `{wanted}`"));
        }
    }
    for child in element.children().filter(Node::is_element) {
        let child = child.tag_name().name();
        if !inside("element").any(|known| known.attribute("ref") == Some(child)) {
            flaws.push(format!("`{name}` may not hold `{child}`"));
        }
    }
    let takes_text = declaration.attribute("type") == Some("xs:string")
        || inside("complexType").any(|known| known.attribute("mixed") == Some("true"));
    let has_text = element
        .children()
        .any(|node| node.text().is_some_and(|text| !text.trim().is_empty()) && node.is_text());
    if has_text && !takes_text {
        flaws.push(format!("`{name}` may not hold text"));
    }
    flaws
}

#[test]
fn the_schemas_refuse_what_is_wrong() {
    let bad = "<testsuites skipped='1'><testsuite name='a'><failure/>text</testsuite></testsuites>";
    let flaws_found = xml_flaws("junit-10.xsd", bad);
    assert_eq!(
        flaws_found,
        [
            "`testsuites` may not have `skipped`",
            "`testsuite` must have `tests`",
            "`testsuite` must have `failures`",
            "`testsuite` must have `errors`",
            "`testsuite` may not hold `failure`",
            "`testsuite` may not hold text",
        ]
    );
    assert!(
        !flaws(
            "sarif-2.1.0.json",
            &serde_json::json!({ "version": "2.1.0" })
        )
        .is_empty()
    );
    assert!(!flaws("gitlab-code-quality.json", &serde_json::json!([{}])).is_empty());
}
