//! JSON Schema → shapes.

use serde_json::{Value, json};
use spokeslint::schema::{self, Extra, Format, Shape, ShapeId, Shapes};

fn shapes() -> Shapes {
    Shapes::from_json_schema(&schema::agency()).unwrap()
}

/// The shape at a path of fields; `[]` stands for the items of a list.
fn at(shapes: &Shapes, path: &str) -> ShapeId {
    path.split('.')
        .fold(shapes.root(), |id, step| match shapes.get(id) {
            Shape::List { item } if step == "[]" => *item,
            _ => shapes.field(id, step).unwrap().shape,
        })
}

#[test]
fn fields_stand_in_the_order_of_the_schema_with_their_descriptions() {
    let shapes = shapes();
    let Shape::Object { name, fields, .. } = shapes.get(shapes.root()) else {
        panic!("the root is an object");
    };
    assert_eq!(name, "Agency");
    let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(
        names[..5],
        ["apiVersion", "kind", "id", "name", "jurisdiction"]
    );
    assert!(fields[..4].iter().all(|field| field.required));
    assert!(fields[4..].iter().all(|field| !field.required));
    let account = at(&shapes, "accounts.[]");
    let mfa = shapes.field(account, "mfa").unwrap();
    assert!(mfa.about.contains("OSMACC-1:2021, 2-2-1-5"));
}

#[test]
fn strings_keep_their_format_values_and_pattern() {
    let shapes = shapes();
    let format = |path: &str| match shapes.get(at(&shapes, path)) {
        Shape::String { format, .. } => *format,
        other => panic!("{path} is {other:?}"),
    };
    assert_eq!(format("accounts.[].created"), Format::Date);
    assert_eq!(format("policies.replies.within"), Format::Duration);
    assert_eq!(format("accounts.[].bio.links_to.[]"), Format::Url);
    assert_eq!(format("accounts.[].registration.email"), Format::Email);
    assert_eq!(format("accounts.[].owner"), Format::Text);
    let Shape::String { values, .. } = shapes.get(at(&shapes, "accounts.[].uses.[]")) else {
        panic!("a use is a string");
    };
    assert_eq!(
        values[..],
        [
            "announcements",
            "clarifications",
            "replies",
            "service-requests",
            "media",
            "personal"
        ]
    );
    let Shape::String {
        pattern: Some(pattern),
        ..
    } = shapes.get(at(&shapes, "id"))
    else {
        panic!("an id has a pattern");
    };
    assert_eq!(pattern.as_str(), "^[a-z0-9][a-z0-9-]*$");
    for (text, fits) in [
        ("a", true),
        ("2-a", true),
        ("-a", false),
        ("", false),
        ("a_b", false),
        ("é", false),
    ] {
        assert_eq!(pattern.is_match(text), fits, "{text}");
    }
}

#[test]
fn a_country_is_two_capital_letters() {
    let shapes = shapes();
    let Shape::String {
        pattern: Some(pattern),
        ..
    } = shapes.get(at(&shapes, "jurisdiction"))
    else {
        panic!("a country has a pattern");
    };
    for (text, fits) in [
        ("SA", true),
        ("sa", false),
        ("S", false),
        ("KSA", false),
        ("", false),
    ] {
        assert_eq!(pattern.is_match(text), fits, "{text}");
    }
}

#[test]
fn the_generated_file_compiles_to_the_shapes_of_the_types() {
    let from_file = format!("{:?}", schema::agency_shapes());
    assert_eq!(from_file, format!("{:?}", shapes()));
}

#[test]
fn names_need_one_of_two_languages_and_objects_take_extensions() {
    let shapes = shapes();
    let Shape::Object { some_of, extra, .. } = shapes.get(at(&shapes, "name")) else {
        panic!("a name is an object");
    };
    assert_eq!(some_of[..], ["en", "ar"]);
    assert_eq!(*extra, Extra::Extensions);
    let followers = shapes.get(at(&shapes, "accounts.[].followers"));
    assert!(matches!(followers, Shape::Int { min: Some(0) }));
}

#[test]
fn recursion_unions_and_null_compile() {
    let schema = json!({
        "type": "object",
        "properties": {
            "each": { "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] },
            "size": { "type": ["integer", "null"], "minimum": 1 },
            "child": { "anyOf": [{ "$ref": "#/$defs/Node" }, { "type": "null" }] },
        },
        "additionalProperties": { "type": "number" },
        "$defs": { "Node": { "type": "object", "properties": { "child": { "$ref": "#/$defs/Node" } } } },
    });
    let shapes = Shapes::from_json_schema(&schema).unwrap();
    assert!(matches!(shapes.get(at(&shapes, "each")), Shape::Either(ids) if ids.len() == 2));
    assert!(matches!(
        shapes.get(at(&shapes, "size")),
        Shape::Int { min: Some(1) }
    ));
    assert_eq!(at(&shapes, "child.child"), at(&shapes, "child"));
}

fn refusal(schema: &Value) -> String {
    Shapes::from_json_schema(schema).unwrap_err()
}

#[test]
fn what_cannot_be_expressed_is_refused_by_keyword_and_place() {
    let property = |schema: Value| json!({ "type": "object", "properties": { "a": schema } });
    let cases = [
        (
            property(json!({ "not": {} })),
            "#/properties/a: `not` is not supported",
        ),
        (
            property(json!({ "type": "string", "maxLength": 3 })),
            "#/properties/a: `maxLength` is not supported",
        ),
        (
            property(json!({ "$ref": "#/$defs/B" })),
            "#/properties/a/$ref: nothing is at `#/$defs/B` in this schema",
        ),
        (
            property(json!({ "type": "string", "pattern": "(" })),
            "#/properties/a/pattern: ",
        ),
        (
            property(json!({ "enum": [1] })),
            "#/properties/a/enum: expected a list of strings, found `[1]`",
        ),
        (
            property(json!({ "minimum": 1 })),
            "#/properties/a: `minimum` without `type` is not supported",
        ),
        (
            json!({ "type": "object", "required": ["b"] }),
            "#/required: `b` is not among the properties",
        ),
        (
            json!({ "type": "object", "patternProperties": { "^y": {} } }),
            "#/patternProperties: `^y` is not supported, only `^x-`",
        ),
        (
            json!({ "anyOf": [{ "type": "integer" }, { "type": "number" }] }),
            "#: the choices are not told apart by their type",
        ),
        (json!(false), "#: expected a schema, found `false`"),
    ];
    for (schema, want) in cases {
        let got = refusal(&schema);
        assert!(got.starts_with(want), "{schema}\n  {got}");
    }
}

#[test]
fn annotations_are_passed_over() {
    let schema = json!({
        "title": "T", "$comment": "c", "examples": [1], "x-docs": true, "deprecated": false, "type": "boolean",
    });
    let shapes = Shapes::from_json_schema(&schema).unwrap();
    assert!(matches!(shapes.get(shapes.root()), Shape::Bool));
}
