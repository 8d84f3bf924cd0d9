//! Random agencies: what the types can hold validates, and a random fault in it is found where it is.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use spokeslint::schema::agency::Agency;
use spokeslint::schema::{Format, Shape, ShapeId};
use spokeslint::yaml::{Document, NodeId};

use super::{Checked, SHAPES, check};

/// Texts that a writer of YAML must quote, and others.
const TEXTS: [&str; 16] = [
    "text",
    "حساب شخصي",
    "",
    "yes",
    "true",
    "null",
    "~",
    "7",
    "2018-07-10",
    "a: b",
    "# no",
    "- no",
    "two\nlines\n",
    "'",
    "x-",
    "*a",
];
const DATES: [&str; 7] = [
    "2018-07-10",
    "2011-09",
    "2020-02-29",
    "1900-01-01",
    "1439-10-26 AH",
    "١٤٤١/٠١ هـ",
    "۲۰۱۸-۰۷-۱۰",
];
const DURATIONS: [&str; 7] = [
    "7d",
    "24h",
    "2 weeks",
    "30 minutes",
    "1w",
    "٧ أيام",
    "أسبوعين",
];
const URLS: [&str; 3] = [
    "https://example.gov.sa",
    "http://x.com/a?b#c",
    "https://موقع.السعودية",
];
const EMAILS: [&str; 2] = ["media@example.gov.sa", "a.b+c@example.sa"];
const SLUGS: [&str; 3] = ["a", "1-b", "education-ministry"];

/// Choices read off a tape; a tape that is used up says 0, so that shorter tapes make smaller values.
struct Tape<'t>(std::slice::Iter<'t, u8>);

impl Tape<'_> {
    fn below(&mut self, limit: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % limit
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn value(&mut self, id: ShapeId) -> Value {
        match SHAPES.get(id) {
            Shape::Bool => json!(self.below(2) == 1),
            Shape::Int { min, .. } => {
                json!(min.unwrap_or(-5) + i64::try_from(self.below(256)).unwrap())
            }
            Shape::String { values, .. } if !values.is_empty() => {
                json!(values[self.below(values.len())])
            }
            Shape::String {
                format, pattern, ..
            } => json!(match (format, pattern) {
                (Format::Date, _) => self.pick(&DATES),
                (Format::Duration, _) => self.pick(&DURATIONS),
                (Format::Url, _) => self.pick(&URLS),
                (Format::Email, _) => self.pick(&EMAILS),
                (Format::Text, None) => self.pick(&TEXTS),
                (Format::Text, Some(pattern)) if pattern.is_match("SA") => "SA",
                (Format::Text, Some(pattern)) if !pattern.is_match("a") => self.pick(&["ar", "en"]),
                (Format::Text, Some(_)) => self.pick(&SLUGS),
            }),
            Shape::List { item, .. } => (0..self.below(4)).map(|_| self.value(*item)).collect(),
            Shape::Object {
                fields, some_of, ..
            } => {
                let needed = some_of.get(self.below(2));
                let mut object = Map::new();
                for field in fields {
                    if field.required || Some(&field.name) == needed || self.below(2) == 1 {
                        object.insert(field.name.clone(), self.value(field.shape));
                    }
                }
                Value::Object(object)
            }
            other => panic!("the agency schema has no {other:?}"),
        }
    }
}

fn agency() -> impl Strategy<Value = Value> {
    prop::collection::vec(any::<u8>(), 0..4_000)
        .prop_map(|tape| Tape(tape.iter()).value(SHAPES.root()))
}

fn to_yaml(value: &Value) -> String {
    serde_yaml::to_string(value).unwrap()
}

/// All objects in a value, each with the steps that lead to it and its shape.
fn objects(value: &Value, id: ShapeId, path: &[String], found: &mut Vec<(Vec<String>, ShapeId)>) {
    let step = |step: String| [path, &[step]].concat();
    match (value, SHAPES.get(id)) {
        (Value::Object(object), Shape::Object { fields, .. }) => {
            found.push((path.to_vec(), id));
            for field in fields {
                if let Some(inner) = object.get(&field.name) {
                    objects(inner, field.shape, &step(field.name.clone()), found);
                }
            }
        }
        (Value::Array(items), Shape::List { item, .. }) => {
            for (index, inner) in items.iter().enumerate() {
                objects(inner, *item, &step(index.to_string()), found);
            }
        }
        _ => {}
    }
}

fn node(doc: &Document, path: &[String]) -> NodeId {
    path.iter()
        .fold(doc.root(), |node, step| match step.parse::<usize>() {
            Ok(index) => doc.items(node)[index],
            Err(_) => doc.get(node, step).unwrap().value,
        })
}

/// A random object, out of those that qualify, of an agency: the agency, the steps to the object, and
/// its shape. The agency itself always qualifies.
fn object(
    qualifies: fn(&Value, ShapeId) -> bool,
) -> impl Strategy<Value = (Value, Vec<String>, ShapeId)> {
    (agency(), any::<prop::sample::Index>()).prop_map(move |(value, index)| {
        let mut found = Vec::new();
        objects(&value, SHAPES.root(), &[], &mut found);
        found.retain(|(path, id)| qualifies(value.pointer(&pointer(path)).unwrap(), *id));
        let (path, id) = found.swap_remove(index.index(found.len()));
        (value, path, id)
    })
}

fn required(id: ShapeId) -> Vec<&'static str> {
    let Shape::Object { fields, .. } = SHAPES.get(id) else {
        panic!("an object");
    };
    let required = fields.iter().filter(|field| field.required);
    required.map(|field| &*field.name).collect()
}

fn long_keys(object: &Value) -> Vec<String> {
    let keys = object.as_object().unwrap().keys();
    keys.filter(|key| key.len() >= 4).cloned().collect()
}

fn pointer(path: &[String]) -> String {
    path.iter().flat_map(|step| ["/", step]).collect()
}

fn keys<'v>(value: &'v mut Value, path: &[String]) -> &'v mut Map<String, Value> {
    value
        .pointer_mut(&pointer(path))
        .unwrap()
        .as_object_mut()
        .unwrap()
}

/// Whether one of the errors is of a rule and points at a text inside a node.
fn points_at(checked: &Checked, rule: &str, text: &str, inside: NodeId) -> bool {
    checked.found.diagnostics.iter().any(|found| {
        let span = found.labels[0].span;
        found.rule == rule
            && checked.doc.source().slice(span) == text
            && checked.doc.span(inside).contains(span)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_the_types_can_hold_validates(value in agency()) {
        let typed: Agency = serde_json::from_value(value.clone()).unwrap();
        prop_assert_eq!(serde_json::to_value(&typed).unwrap(), value);
        let text = serde_yaml::to_string(&typed).unwrap();
        let checked = check(&text);
        prop_assert_eq!(checked.lines(), Vec::<String>::new(), "{}", text);
        prop_assert!(checked.found.poison.is_empty());
    }

    #[test]
    fn a_dropped_key_is_missed_where_it_was(
        (mut value, path, id) in object(|_, id| !required(id).is_empty()),
        index in any::<prop::sample::Index>(),
    ) {
        let required = required(id);
        let name = required[index.index(required.len())];
        keys(&mut value, &path).shift_remove(name);
        let checked = check(&to_yaml(&value));
        let mapping = node(&checked.doc, &path);
        let missing = checked.found.diagnostics.iter().any(|found| {
            found.rule == "schema/missing"
                && found.message.en.contains(name)
                && found.labels[0].span == checked.doc.head(mapping)
        });
        prop_assert!(missing, "{:?}", checked.lines());
        prop_assert!(checked.found.poison.field(mapping, name));
    }

    #[test]
    fn an_added_key_is_pointed_at(
        (mut value, path, _) in object(|_, _| true),
        key in "[q-z]{3}-[0-9]{2}",
    ) {
        keys(&mut value, &path).insert(key.clone(), json!(1));
        let checked = check(&to_yaml(&value));
        let mapping = node(&checked.doc, &path);
        prop_assert!(points_at(&checked, "schema/unknown-key", &key, mapping), "{:?}", checked.lines());
        prop_assert_eq!(checked.lines().len(), 1);
    }

    #[test]
    fn a_mistyped_key_is_pointed_at_with_the_one_meant(
        (mut value, path, _) in object(|object, _| !long_keys(object).is_empty()),
        index in any::<prop::sample::Index>(),
    ) {
        let object = keys(&mut value, &path);
        let long: Vec<_> = object.keys().filter(|key| key.len() >= 4).cloned().collect();
        let name = &long[index.index(long.len())];
        let mistyped: String = name.chars().enumerate().filter(|(at, _)| *at != 2).map(|(_, c)| c).collect();
        let inner = object.shift_remove(name).unwrap();
        object.insert(mistyped.clone(), inner);
        let checked = check(&to_yaml(&value));
        let mapping = node(&checked.doc, &path);
        prop_assert!(points_at(&checked, "schema/unknown-key", &mistyped, mapping), "{:?}", checked.lines());
        prop_assert!(checked.found.poison.field(mapping, name));
    }
}
