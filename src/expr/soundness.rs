//! Expressions made at random: none makes the parser, the checker, the evaluator or the explanations panic,
//! what comes out has the type that the checker said, and what a rule may hold does not fault.

use std::sync::Arc;

use bumpalo::Bump;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use super::totality::is_limit;
use super::{Data, Demand, Machine, Scope, Strictness, Type, compile, explain};
use crate::date::Date;
use crate::schema::{Shapes, Validation, agency_shapes, validate};
use crate::source::Source;
use crate::yaml;

/// The document that random expressions are about.
pub(super) const DOC: &str = "apiVersion: spokeslint/v1
kind: Agency
id: example
name: { en: Example, ar: مثال }
level: unit
people: [{ id: a, left: 2018-07 }, { id: b }]
x-any: { a: [1, 2.5, null], b: { c: d } }
";

/// What random expressions begin with.
const LEAVES: &[&str] = &[
    "1",
    "-2",
    "0",
    "3u",
    "1.5",
    "''",
    "'كلمة a'",
    "'%s %d'",
    "b'\\xff'",
    "true",
    "false",
    "null",
    "[]",
    "{}",
    "[1, 2]",
    "['a', 'b']",
    "{'a': 1, 'b': 2}",
    "{1: 'a'}",
    "int",
    "today",
    "duration('90m')",
    "agency",
    "agency.id",
    "agency.level",
    "agency.people",
    "agency.?website",
    "agency.?people",
    "agency['x-any']",
    "optional.none()",
    "x",
    "y",
];

/// Forms with places for other expressions.
const FORMS: &[&str] = &[
    "(@ + @)",
    "(@ - @)",
    "(@ * @)",
    "(@ / @)",
    "(@ % @)",
    "(@ == @)",
    "(@ < @)",
    "(@ != @)",
    "(@ in @)",
    "(@ && @)",
    "(@ || @)",
    "!@",
    "-@",
    "(@ ? @ : @)",
    "[@, @]",
    "[?@, @]",
    "{@: @}",
    "{?'k': @, 'l': @}",
    "@[@]",
    "@[?@]",
    "@.a",
    "@.?a",
    "has(@.a)",
    "size(@)",
    "dyn(@)",
    "type(@)",
    "int(@)",
    "uint(@)",
    "double(@)",
    "string(@)",
    "bool(@)",
    "bytes(@)",
    "@.all(x, @)",
    "@.exists(x, @)",
    "@.exists_one(x, @)",
    "@.filter(x, @)",
    "@.map(x, @)",
    "@.map(x, @, @)",
    "@.all(x, y, @)",
    "@.exists(x, y, @)",
    "@.transformList(x, y, @)",
    "@.transformMap(x, y, @)",
    "@.transformMapEntry(x, y, {x: @})",
    "cel.bind(x, @, @)",
    "optional.of(@)",
    "optional.ofNonZeroValue(@)",
    "@.optMap(x, @)",
    "@.optFlatMap(x, @)",
    "@.hasValue()",
    "@.value()",
    "@.or(@)",
    "@.orValue(@)",
    "@.contains(@)",
    "@.indexOf(@, @)",
    "@.lastIndexOf(@, @)",
    "@.substring(@, @)",
    "@.charAt(@)",
    "@.replace(@, @)",
    "@.split(@)",
    "@.join(@)",
    "@.reverse()",
    "@.format([@, @])",
    "strings.quote(@)",
    "@.getDate()",
    "@.getHours('Asia/Riyadh')",
    "fold(@)",
    "skeleton(@)",
    "mixes_scripts(@)",
    "contains_hidden(@)",
    "contains_stray(@)",
    "@.matches('a+')",
];

fn expression() -> impl Strategy<Value = String> {
    let leaf = proptest::sample::select(LEAVES).prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 3, |inner| {
        let form = proptest::sample::select(FORMS);
        (form, proptest::collection::vec(inner, 3)).prop_map(|(form, parts)| {
            let mut parts = parts.into_iter().cycle();
            form.chars().fold(String::new(), |mut text, character| {
                match character {
                    '@' => text.extend(parts.next()),
                    _ => text.push(character),
                }
                text
            })
        })
    })
}

/// Whether a value may have a type.
fn has_type(value: Data<'_>, ty: &Type) -> bool {
    match ty {
        Type::Dyn | Type::Nothing => true,
        Type::Null => matches!(value, Data::Null),
        Type::Bool => matches!(value, Data::Bool(_)),
        Type::Int => matches!(value, Data::Int(_)),
        Type::Uint => matches!(value, Data::Uint(_)),
        Type::Double => matches!(value, Data::Double(_)),
        Type::String | Type::Enum(_) => matches!(value, Data::Str(_)),
        Type::Bytes => matches!(value, Data::Bytes(_)),
        Type::Kind => matches!(value, Data::Kind(_)),
        Type::Timestamp => matches!(value, Data::Timestamp(_)),
        Type::Duration => matches!(value, Data::Duration(_)),
        Type::List(item) => match value {
            Data::List(items) => items.iter().all(|value| has_type(value.data, item)),
            value => matches!(value, Data::Sequence(_)),
        },
        Type::Map(key, item) => match value {
            Data::Map(entries) => entries
                .iter()
                .all(|(k, v)| has_type(k.data, key) && has_type(v.data, item)),
            value => matches!(value, Data::Mapping(_)),
        },
        Type::Optional(item) => match value {
            Data::Optional(held) => held.is_none_or(|held| has_type(held.data, item)),
            _ => false,
        },
        Type::Object(_) => matches!(value, Data::Mapping(_)),
    }
}

fn check(
    expr: &str,
    doc: &yaml::Document,
    validation: &Validation,
    shapes: &Shapes,
) -> Result<(), String> {
    for strictness in [Strictness::Rule, Strictness::Cel, Strictness::Gradual] {
        let mut scope = Scope::new(shapes, "agency");
        scope.strictness = strictness;
        let Ok(program) = compile(expr, &scope, Demand::Value) else {
            continue;
        };
        let bump = Bump::new();
        let today = Date::parse("2026-01-01").unwrap().to_timestamp();
        let mut machine = Machine::new(doc, validation, today, &bump);
        match machine.eval(&program) {
            Ok(value) if !has_type(value.data, &program.ty) => {
                return Err(format!("{expr}\n  {:?}: {:?}", program.ty, value.data));
            }
            Err(fault) if strictness == Strictness::Rule && !is_limit(fault) => {
                return Err(format!("{expr}\n  {fault:?}"));
            }
            _ => {}
        }
        explain(&mut machine, &program);
    }
    Ok(())
}

/// Does something with the document.
pub(super) fn on_document<T>(run: impl FnOnce(&yaml::Document, &Validation, &Shapes) -> T) -> T {
    let source = Arc::new(Source::new("case.yaml", DOC.to_owned()));
    let parsed = yaml::parse(&source);
    let doc = &parsed.documents[0];
    let shapes = agency_shapes();
    let validation = validate(doc, doc.root(), &shapes, shapes.root());
    run(doc, &validation, &shapes)
}

#[test]
fn a_name_is_known_only_in_its_body_also_when_there_is_no_value() {
    for expr in [
        "cel.bind(x, 1, x).optMap(x, 1)",
        "agency.?people.optFlatMap(x, x[?9]).optMap(x, 1).hasValue()",
    ] {
        on_document(|doc, validation, shapes| check(expr, doc, validation, shapes)).unwrap();
    }
}

#[test]
fn a_value_has_the_type_that_the_checker_said() {
    let config = Config {
        cases: 10_000,
        failure_persistence: None,
        ..Config::default()
    };
    on_document(|doc, validation, shapes| {
        TestRunner::new(config).run(&expression(), |expr| {
            check(&expr, doc, validation, shapes).map_err(TestCaseError::fail)
        })
    })
    .unwrap();
}
