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
            Shape::List { item, .. } if step == "[]" => *item,
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
    assert!(matches!(followers, Shape::Int { min: Some(0), .. }));
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
        Shape::Int { min: Some(1), .. }
    ));
    assert_eq!(at(&shapes, "child.child"), at(&shapes, "child"));
}

fn refusal(schema: &Value) -> String {
    Shapes::from_json_schema(schema).unwrap_err().to_string()
}

fn property(schema: &Value) -> Value {
    json!({ "type": "object", "properties": { "a/b": schema } })
}

fn assert_refused(cases: &[(Value, &str)]) {
    for (schema, want) in cases {
        let got = refusal(schema);
        assert!(got.starts_with(want), "{schema}\n  {got}");
    }
}

#[test]
fn what_cannot_be_expressed_is_refused_by_keyword_and_place() {
    assert_refused(&[
        (
            property(&json!({ "not": {} })),
            "#/properties/a~1b/not: `not` is not supported",
        ),
        (
            property(&json!({ "type": "integer", "multipleOf": 3 })),
            "#/properties/a~1b/multipleOf: `multipleOf` is not supported",
        ),
        (
            property(&json!({ "type": "string", "minLenght": 3 })),
            "#/properties/a~1b/minLenght: there is no keyword `minLenght` in JSON Schema",
        ),
        (
            property(&json!({ "type": "text" })),
            "#/properties/a~1b/type: there is no type `text` in JSON Schema",
        ),
        (
            property(&json!({ "type": "string", "minLength": -1 })),
            "#/properties/a~1b/minLength: expected a whole number of at least `0`, found `-1`",
        ),
        (
            property(&json!({ "type": "integer", "maximum": 1.5 })),
            "#/properties/a~1b/maximum: expected a whole number, found `1.5`",
        ),
        (
            property(&json!({ "type": "number", "exclusiveMinimum": true })),
            "#/properties/a~1b/exclusiveMinimum: expected a number, found `true`",
        ),
        (
            property(
                &json!({ "type": "array", "items": { "type": "object" }, "uniqueItems": true }),
            ),
            "#/properties/a~1b/uniqueItems: `uniqueItems` is supported for lists of texts",
        ),
        (
            property(&json!({ "allOf": [{ "type": "string" }, { "minLength": 1 }] })),
            "#/properties/a~1b/allOf: `allOf` is not supported here",
        ),
    ]);
}

#[test]
fn what_is_wrong_with_a_schema_is_told_at_its_place() {
    assert_refused(&[
        (
            property(&json!({ "$ref": "#/$defs/B" })),
            "#/properties/a~1b/$ref: nothing is at `#/$defs/B` in this schema",
        ),
        (
            property(&json!({ "type": "string", "pattern": "(" })),
            "#/properties/a~1b/pattern: this is not a regular expression: unclosed group",
        ),
        (
            property(&json!({ "enum": [1] })),
            "#/properties/a~1b/enum: expected a list of strings, found `[1]`",
        ),
        (
            property(&json!({ "minimum": 1 })),
            "#/properties/a~1b/minimum: `minimum` is not supported without `type`",
        ),
        (
            json!({ "type": "object", "required": ["b"] }),
            "#/required: `b` is not among the properties",
        ),
        (
            json!({ "type": "object", "patternProperties": { "^y": {} } }),
            "#/patternProperties/^y: this pattern is not supported, only `^x-: true`",
        ),
        (
            json!({ "anyOf": [{ "type": "integer" }, { "type": "number" }] }),
            "#: the choices are not told apart by their type",
        ),
        (
            json!({ "$ref": "#/$defs/A", "$defs": { "A": {} } }),
            "#/$ref: `$ref` is not supported here",
        ),
        (json!(false), "#: expected a schema, found `false`"),
    ]);
}

#[test]
fn annotations_are_passed_over() {
    let schema = json!({
        "title": "T", "$comment": "c", "examples": [1], "x-docs": true, "deprecated": false, "type": "boolean",
    });
    let shapes = Shapes::from_json_schema(&schema).unwrap();
    assert!(matches!(shapes.get(shapes.root()), Shape::Bool));
}

#[test]
fn a_schema_that_holds_only_itself_is_refused() {
    let defined = |name: &str, schema: Value| {
        json!({
            "type": "object",
            "properties": { "a": { "$ref": format!("#/$defs/{name}") } },
            "$defs": { name: schema },
        })
    };
    let list = json!({ "type": "array", "items": { "$ref": "#/$defs/L" } });
    let map = json!({ "type": "object", "additionalProperties": { "$ref": "#/$defs/M" } });
    for schema in [defined("L", list), defined("M", map)] {
        let got = refusal(&schema);
        assert!(
            got.ends_with("this holds nothing but itself, which is not supported"),
            "{got}"
        );
    }
    let tree = json!({
        "type": "object",
        "properties": { "below": { "type": "array", "items": { "$ref": "#/$defs/T" } } },
    });
    assert!(Shapes::from_json_schema(&defined("T", tree)).is_ok());
}

#[test]
fn a_schema_that_is_too_deep_is_one_error() {
    let deep = |levels: usize| {
        (1..levels).fold(
            json!({ "type": "string" }),
            |inner, _| json!({ "type": "array", "items": inner }),
        )
    };
    assert!(Shapes::from_json_schema(&deep(128)).is_ok());
    assert!(refusal(&deep(129)).contains("more than 128 deep"));
}

#[test]
fn all_of_one_schema_is_that_schema() {
    let schema = json!({
        "type": "object",
        "properties": { "a": { "description": "d", "allOf": [{ "$ref": "#/$defs/N" }] } },
        "$defs": { "N": { "type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 10 } },
    });
    let shapes = Shapes::from_json_schema(&schema).unwrap();
    let Shape::Int { min, max } = shapes.get(at(&shapes, "a")) else {
        panic!("a whole number");
    };
    assert_eq!((*min, *max), (Some(1), Some(9)));
}

#[test]
fn no_demand_is_dropped_in_silence() {
    let texts = || json!([{ "type": "string" }, { "type": "array", "items": {} }]);
    assert_refused(&[
        (
            property(&json!({ "enum": ["a", ""], "minLength": 1 })),
            "#/properties/a~1b/minLength: `minLength` is not supported beside a list of texts",
        ),
        (
            property(&json!({ "anyOf": texts(), "pattern": "a" })),
            "#/properties/a~1b/pattern: `pattern` is not supported beside a choice of schemas",
        ),
        (
            property(&json!({ "anyOf": texts(), "oneOf": texts() })),
            "#/properties/a~1b/anyOf: `anyOf` is not supported beside `oneOf`",
        ),
        (
            property(
                &json!({ "anyOf": [{ "type": "string" }, { "type": "null" }], "minLength": 2 }),
            ),
            "#/properties/a~1b/minLength: `minLength` is not supported beside a choice of schemas",
        ),
        (
            json!({ "type": "object", "patternProperties": { "^x-": { "type": "string" } } }),
            "#/patternProperties/^x-: this pattern is not supported, only `^x-: true`",
        ),
        (
            json!({
                "type": "object",
                "patternProperties": { "^x-": true },
                "additionalProperties": { "type": "string" },
            }),
            "#/patternProperties: `patternProperties` is not supported beside `additionalProperties`",
        ),
        (
            json!({
                "type": "object",
                "properties": { "a": {} },
                "anyOf": [{ "required": ["a"] }],
                "oneOf": [{ "required": ["a"] }],
            }),
            "#/anyOf: `anyOf` is not supported beside `oneOf`",
        ),
    ]);
}

#[test]
fn an_identity_names_properties_and_a_misspelt_one_is_not_passed_over() {
    let compiled = |more: Value| {
        let mut schema =
            json!({ "type": "object", "properties": { "handle": { "type": "string" } } });
        schema
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        Shapes::from_json_schema(&schema)
    };
    let shapes = compiled(json!({ "x-identity": ["handle"] })).unwrap();
    let Shape::Object { identity, .. } = shapes.get(shapes.root()) else {
        panic!("the root is an object");
    };
    assert_eq!(identity[..], ["handle"]);
    for (wrong, pointer) in [
        (json!({ "x-identity": ["handel"] }), "#/x-identity"),
        (json!({ "x-identity": "handle" }), "#/x-identity"),
        (json!({ "x-identiy": ["handle"] }), "#/x-identiy"),
    ] {
        let error = compiled(wrong.clone()).unwrap_err();
        assert_eq!(error.pointer, pointer, "{wrong}");
    }
    let text = json!({ "type": "string", "x-identity": ["handle"] });
    assert!(Shapes::from_json_schema(&text).is_err());
    // Other keywords of this form are the author's own.
    assert!(compiled(json!({ "x-idea": 1, "x-order": ["handle"] })).is_ok());
}
