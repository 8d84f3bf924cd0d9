//! Runs the conformance cases of CEL, in the folder that `CEL_CONFORMANCE` names, through the parser, the
//! checker and the evaluator. Cases that are expected to fail stand one by one in `docs/expressions.md`.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use bumpalo::Bump;
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::Value as Json;

use super::{Data, Demand, Load, Machine, Scope, Strictness, Type, Value, compile};
use crate::schema::{Shapes, agency_shapes, validate};
use crate::source::Source;
use crate::yaml;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    file: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    section: String,
    name: String,
    expr: String,
    #[serde(default)]
    bindings: serde_json::Map<String, Json>,
    #[serde(default)]
    env: Vec<String>,
    #[serde(default)]
    disable_check: bool,
    want: Option<Json>,
    #[serde(default)]
    want_error: Vec<String>,
}

#[test]
#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a variable says where the suite is; the figures are for those who ask with --nocapture"
)]
fn the_conformance_cases_hold_but_for_those_that_are_listed() {
    let Ok(folder) = std::env::var("CEL_CONFORMANCE") else {
        return;
    };
    let shapes = agency_shapes();
    let listed = listed();
    let mut failed = BTreeSet::new();
    let mut report = Vec::new();
    let mut wrong = Vec::new();
    for path in files(Path::new(&folder)) {
        let source = Source::read(&path).unwrap().unwrap();
        let file: File = serde_json::from_str(source.text()).unwrap();
        let total = file.cases.len();
        let mut passed = total;
        for case in file.cases {
            let id = format!("{}/{}/{}", file.file, case.section, case.name);
            if let Err(got) = run(&case, &shapes) {
                passed -= 1;
                if !listed.contains(&id) {
                    wrong.push(format!("{id}\n  {}\n  {got}", case.expr));
                }
                failed.insert(id);
            }
        }
        report.push(format!("{}: {passed} of {total}", file.file));
    }
    println!("{}", report.join("\n"));
    let passing: Vec<_> = listed.difference(&failed).collect();
    assert!(
        wrong.is_empty() && passing.is_empty(),
        "{} fail:\n{}\nlisted, but they hold: {passing:?}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(!report.is_empty(), "there are cases in {folder}");
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    });
    paths.sort();
    paths
}

/// The exceptions: the rows of the table under the heading that begins so.
fn listed() -> BTreeSet<String> {
    let page = include_str!("../../docs/expressions.md");
    let (_, section) = page.split_once("\n### Conformance\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter_map(|line| {
        let (id, reason) = line.strip_prefix("| `")?.split_once("` | ")?;
        assert!(reason.len() > 10, "{id} has a reason");
        Some(id.to_owned())
    });
    rows.collect()
}

fn run(case: &Case, shapes: &Shapes) -> Result<(), String> {
    let mut scope = Scope::new(shapes, "");
    scope.strictness = if case.disable_check {
        Strictness::Gradual
    } else {
        Strictness::Cel
    };
    scope.variables.clear();
    let bump = Bump::new();
    let mut values = Vec::new();
    for (name, value) in &case.bindings {
        let declared = case
            .env
            .iter()
            .find(|text| text.contains(&format!("\"{name}\" ident")));
        let ty = declared.map_or(Type::Dyn, |text| {
            type_of(text.split_once("type {").unwrap().1)
        });
        scope.variables.push((name.as_str().into(), ty));
        values.push(bound(value, &bump));
    }
    let errs = !case.want_error.is_empty();
    let program = match compile(&case.expr, &scope, Demand::Value) {
        Ok(program) => program,
        Err(_) if errs => return Ok(()),
        Err(mistakes) => return Err(format!("refused: {}", mistakes[0].message.en)),
    };
    let source = Arc::new(Source::new("case.yaml", "a: 1".to_owned()));
    let parsed = yaml::parse(&source);
    let doc = &parsed.documents[0];
    let validation = validate(doc, doc.root(), shapes, shapes.root());
    let mut machine = Machine::new(doc, &validation, jiff::Timestamp::UNIX_EPOCH, &bump);
    machine.set_variables(&values);
    match (machine.eval(&program), &case.want) {
        (Err(_), _) if errs => Ok(()),
        (Ok(value), Some(want)) if !errs && is(&machine, value, want) => Ok(()),
        (got, want) => Err(format!("want: {want:?}\n  got:  {got:?}")),
    }
}

/// A type as the cases declare it, from what stands behind `type {`.
fn type_of(text: &str) -> Type {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix("primitive: ") {
        return match rest.split(' ').next().unwrap() {
            "INT64" => Type::Int,
            "UINT64" => Type::Uint,
            "STRING" => Type::String,
            "BOOL" => Type::Bool,
            "BYTES" => Type::Bytes,
            _ => Type::Double,
        };
    }
    if let Some(rest) = text.strip_prefix("list_type { elem_type {") {
        return Type::List(Box::new(type_of(rest)));
    }
    if let Some(rest) = text.strip_prefix("map_type { key_type {") {
        let (key, value) = rest.split_once("value_type {").unwrap();
        return Type::Map(Box::new(type_of(key)), Box::new(type_of(value)));
    }
    if text.starts_with("null:") {
        return Type::Null;
    }
    assert!(text.contains("google.protobuf.Duration"), "{text}");
    Type::Duration
}

fn bound<'a>(value: &Json, bump: &'a Bump) -> Value<'a> {
    let (kind, value) = tagged(value);
    Value::new(match kind {
        "null" => Data::Null,
        "bool" => Data::Bool(value.as_bool().unwrap()),
        "int" => Data::Int(text(value).parse().unwrap()),
        "uint" => Data::Uint(text(value).parse().unwrap()),
        "double" => Data::Double(text(value).parse().unwrap()),
        "string" => Data::Str(bump.alloc_str(text(value))),
        "bytes_base64" => Data::Bytes(bump.alloc_slice_copy(&base64(text(value)))),
        "duration" => Data::Duration(SignedDuration::new(
            value[0].as_i64().unwrap(),
            i32::try_from(value[1].as_i64().unwrap()).unwrap(),
        )),
        "list" => {
            let items = value.as_array().unwrap().iter();
            let items: Vec<_> = items.map(|item| bound(item, bump)).collect();
            Data::List(bump.alloc_slice_copy(&items))
        }
        _ => {
            let entries = value.as_array().unwrap().iter();
            let entries: Vec<_> = entries
                .map(|entry| (bound(&entry[0], bump), bound(&entry[1], bump)))
                .collect();
            Data::Map(bump.alloc_slice_copy(&entries))
        }
    })
}

fn tagged(value: &Json) -> (&str, &Json) {
    let (kind, value) = value.as_object().unwrap().iter().next().unwrap();
    (kind, value)
}

fn text(value: &Json) -> &str {
    value.as_str().unwrap()
}

/// Whether a value is what a case wants, of the same type.
fn is<'a>(machine: &Machine<'a>, value: Value<'a>, want: &Json) -> bool {
    let (kind, want) = tagged(want);
    let elements = |value| {
        let elements = machine.elements(value, Load::Plain).unwrap();
        (0..).map_while(move |index| machine.entry_at(elements, index).map(Result::unwrap))
    };
    match (kind, value.data) {
        ("null", Data::Null) => true,
        ("bool", Data::Bool(value)) => want.as_bool() == Some(value),
        ("int", Data::Int(value)) => text(want) == value.to_string(),
        ("uint", Data::Uint(value)) => text(want) == value.to_string(),
        ("double", Data::Double(value)) => {
            let want: f64 = text(want).parse().unwrap();
            value.to_bits() == want.to_bits() || (value.is_nan() && want.is_nan())
        }
        ("string", Data::Str(value)) => text(want) == value,
        ("bytes_base64", Data::Bytes(value)) => base64(text(want)) == value,
        ("type", Data::Kind(name)) => text(want) == name,
        ("list", Data::List(items)) => {
            let wanted = want.as_array().unwrap();
            wanted.len() == items.len()
                && elements(value)
                    .zip(wanted)
                    .all(|((_, item), want)| is(machine, item, want))
        }
        ("map", Data::Map(entries)) => {
            let wanted = want.as_array().unwrap();
            wanted.len() == entries.len()
                && wanted.iter().all(|want| {
                    elements(value).any(|(key, value)| {
                        is(machine, key, &want[0]) && is(machine, value, &want[1])
                    })
                })
        }
        _ => false,
    }
}

fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut held, mut count) = (0_u32, 0);
    for letter in text.trim_end_matches('=').chars() {
        held = (held << 6) | u32::try_from(LETTERS.find(letter).unwrap()).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((held >> count) & 0xFF).unwrap());
        }
    }
    bytes
}
