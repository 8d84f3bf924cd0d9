//! The proof that a rule which loads cannot fault: random documents of the schema, the built-in rules on
//! thousands of them, and random expressions that the checker accepts on all of them.

mod documents;
mod expressions;
mod sites;
mod tables;

use std::sync::{Arc, LazyLock};

use bumpalo::Bump;
use proptest::prelude::{any, prop};
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::date::Date;
use crate::engine::{Engine, Settings};
use crate::expr::{
    Constant, Demand, Fault, Machine, Program, Reason, Scope, check_first, compile, explain,
};
use crate::pack::Packs;
use crate::schema::{Shapes, Validation, agency_shapes, validate};
use crate::source::Source;
use crate::yaml::{self, Document};
use documents::{broken, document, tape};
use expressions::expression;

/// A schema with every shape that there is.
static SHAPES: LazyLock<Shapes> = LazyLock::new(|| {
    let schema = serde_json::json!({
        "$defs": {
            "item": {
                "type": "object",
                "required": ["n", "t"],
                "properties": {
                    "n": { "type": "integer" },
                    "t": { "type": "string" },
                    "d": { "type": "string", "format": "spokeslint-date" },
                    "f": { "type": "number" },
                    "items": { "type": "array", "items": { "$ref": "#/$defs/item" } },
                },
                "patternProperties": { "^x-": {} },
                "additionalProperties": false,
            },
        },
        "type": "object",
        "required": ["n", "t", "l", "m", "two"],
        "properties": {
            "n": { "type": "integer" },
            "p": { "type": "integer", "minimum": 0 },
            "q": { "type": "integer", "minimum": 1, "maximum": 100 },
            "f": { "type": "number" },
            "b": { "type": "boolean" },
            "t": { "type": "string" },
            "w": { "enum": ["a", "b"] },
            "d": { "type": "string", "format": "spokeslint-date" },
            "s": { "type": "string", "format": "spokeslint-duration" },
            "e": { "anyOf": [{ "type": "string" }, { "type": "integer" }, { "type": "array" }] },
            "any": {},
            "l": { "type": "array", "items": { "type": "integer" } },
            "two": {
                "type": "array",
                "items": { "type": "integer", "maximum": 9 },
                "minItems": 2,
                "maxItems": 4,
            },
            "ts": { "type": "array", "items": { "type": "string" } },
            "ds": { "type": "array", "items": { "type": "string", "format": "spokeslint-date" } },
            "fs": { "type": "array", "items": { "type": "number" } },
            "items": { "type": "array", "items": { "$ref": "#/$defs/item" } },
            "m": { "type": "object", "additionalProperties": { "type": "integer", "minimum": 0 } },
            "md": {
                "type": "object",
                "additionalProperties": { "type": "string", "format": "spokeslint-date" },
            },
        },
        "patternProperties": { "^x-": {} },
        "additionalProperties": false,
    });
    Shapes::from_json_schema(&schema).unwrap()
});

/// A document, and what is wrong with its shape.
fn read(shapes: &Shapes, text: &str) -> (Document, Validation) {
    let source = Arc::new(Source::new("random.yaml", text.to_owned()));
    let mut parsed = yaml::parse(&source);
    assert!(
        parsed.diagnostics.is_empty(),
        "{text}: {:?}",
        parsed.diagnostics
    );
    let document = parsed.documents.remove(0);
    let validation = validate(&document, document.root(), shapes, shapes.root());
    (document, validation)
}

/// The same of one that has nothing wrong.
fn sound(shapes: &Shapes, text: &str) -> (Document, Validation) {
    let (document, validation) = read(shapes, text);
    let found: Vec<_> = validation
        .diagnostics
        .iter()
        .map(|found| &found.message.en)
        .collect();
    assert!(found.is_empty(), "{text}: {found:?}");
    (document, validation)
}

#[test]
fn random_documents_have_no_error_of_shape() {
    let agency = agency_shapes();
    for seed in 0..300 {
        sound(&agency, &document(&agency, &tape(seed)));
        sound(&SHAPES, &document(&SHAPES, &tape(seed)));
    }
}

/// All built-in rules.
fn engine() -> Engine {
    let packs = Packs::builtin().unwrap();
    let mut settings = Settings::new(Date::parse("2026-01-01").unwrap());
    settings.select = packs.rules.iter().map(|rule| rule.id.clone()).collect();
    Engine::new(&packs, &settings).unwrap()
}

#[test]
fn no_built_in_rule_fails_on_a_document_of_another_shape() {
    let (engine, shapes) = (engine(), agency_shapes());
    let mut lost = 0;
    for seed in 0..300 {
        let (document, _) = read(&shapes, &broken(&shapes, &tape(seed)));
        let report = engine.check(document.source(), true);
        let tally = report.tally;
        assert!(!report.broken, "{}", document.source().text());
        if report.documents == 0 {
            // Its kind is not known.
            continue;
        }
        let verdicts = [
            tally.held,
            tally.found,
            tally.not_applicable,
            tally.not_evaluated,
        ];
        assert_eq!(verdicts.iter().sum::<usize>(), engine.rule_count());
        lost += tally.not_evaluated;
    }
    assert!(lost > 300, "{lost} of the verdicts rest on errors of shape");
}

#[test]
fn every_built_in_rule_comes_to_a_verdict_on_every_document() {
    let engine = engine();
    let shapes = agency_shapes();
    let mut total = [0; 3];
    for seed in 0..2_000 {
        let text = document(&shapes, &tape(seed));
        let source = Arc::new(Source::new("random.yaml", text));
        let report = engine.check(&source, true);
        let tally = report.tally;
        let faults = report.diagnostics.iter().filter(|found| {
            found.rule == "engine/rule-failed" || found.rule.starts_with("schema/")
        });
        let faults: Vec<_> = faults.map(|found| &found.message.en).collect();
        assert!(faults.is_empty(), "{faults:?}\n{}", source.text());
        assert_eq!(
            (tally.not_evaluated, report.broken),
            (0, false),
            "{}",
            source.text()
        );
        let verdicts = [tally.held, tally.found, tally.not_applicable];
        assert_eq!(verdicts.iter().sum::<usize>(), engine.rule_count());
        for (sum, count) in total.iter_mut().zip(verdicts) {
            *sum += count;
        }
    }
    // A rule that asks for much seldom holds on a random document.
    let least = 2_000 * engine.rule_count() / 50;
    assert!(total.iter().all(|sum| *sum > least), "{total:?}");
}

/// Whether it is one of the two limits of an evaluation, which no checker foresees.
pub(super) fn is_limit(fault: Fault) -> bool {
    matches!(fault, Fault::Failed(Reason(limit, _)) if limit.ends_with("than a rule may take"))
}

/// What faulted, if anything did but for the two limits of an evaluation, and values with an error of shape.
fn faulted(
    program: &Program,
    documents: &[(Document, Validation)],
    settings: &[Constant],
) -> Option<String> {
    let days = [Date::FIRST, Date::LAST].into_iter().cycle();
    for ((document, validation), day) in documents.iter().zip(days) {
        let bump = Bump::new();
        let mut machine = Machine::new(document, validation, day.to_timestamp(), &bump);
        machine.settings = settings;
        match machine.eval(program) {
            Ok(_) => {}
            Err(fault) if is_limit(fault) => {}
            Err(Fault::Poisoned(..)) if !validation.diagnostics.is_empty() => {}
            Err(fault) => return Some(format!("{fault:?} on {}", document.source().text())),
        }
        explain(&mut machine, program);
    }
    None
}

/// Options with the largest values that they can have.
fn options() -> (Vec<(Box<str>, crate::expr::Type)>, Vec<Constant>) {
    use crate::expr::Type;
    let types = vec![("k".into(), Type::Int), ("within".into(), Type::Duration)];
    let values = vec![
        Constant::Int(i64::MAX),
        Constant::Duration(crate::date::LENGTHS[1]),
    ];
    (types, values)
}

#[test]
fn what_a_condition_proves_holds_in_the_expressions_behind_it() {
    let when = "has(r.p) && r.p != 0 && size(r.l) > 1 && has(r.any) && type(r.any) == list";
    for expr in ["10 / r.p > 1", "r.l[1] == 2", "r.any.all(x, x == r.p)"] {
        let mut scope = Scope::new(&SHAPES, "r");
        assert!(compile(expr, &scope, Demand::Condition).is_err(), "{expr}");
        check_first(when, &mut scope, Demand::Condition).unwrap();
        assert!(compile(expr, &scope, Demand::Condition).is_ok(), "{expr}");
    }
}

#[test]
fn of_a_condition_made_to_be_hard_only_so_many_facts_are_kept() {
    let mut hard = vec!["size(r.l) > 1"; 100].join(" && ");
    for level in 0..20 {
        let sign = if level % 2 == 0 { "&&" } else { "||" };
        hard = format!("({hard}) {sign} ({})", vec!["r.n != 0"; 100].join(" && "));
    }
    let mut scope = Scope::new(&SHAPES, "r");
    check_first(&hard, &mut scope, Demand::Condition).unwrap();
    assert!(
        (1..=256).contains(&scope.facts.len()),
        "{}",
        scope.facts.len()
    );
    assert!(compile("1 / r.n > 0", &scope, Demand::Condition).is_ok());
    assert!(compile("r.l[1] > 0", &scope, Demand::Condition).is_err());
}

#[test]
fn what_the_checker_accepts_never_faults() {
    let texts = (0..40).map(|seed| document(&SHAPES, &tape(seed)));
    let mut documents: Vec<_> = texts.map(|text| sound(&SHAPES, &text)).collect();
    let texts = (0..16).map(|seed| broken(&SHAPES, &tape(seed)));
    documents.extend(texts.map(|text| read(&SHAPES, &text)));
    let (types, values) = options();
    let counts = std::cell::Cell::new((0, 0));
    let config = Config {
        cases: 6_000,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&prop::collection::vec(any::<u8>(), 0..60), |tape| {
            let text = expression(&tape);
            let mut scope = Scope::new(&SHAPES, "r");
            scope.options.clone_from(&types);
            let (seen, accepted) = counts.get();
            let program = compile(&text, &scope, Demand::Value);
            counts.set((seen + 1, accepted + usize::from(program.is_ok())));
            let Ok(program) = program else { return Ok(()) };
            match faulted(&program, &documents, &values) {
                Some(fault) => Err(TestCaseError::fail(format!("{text}\n{fault}"))),
                None => Ok(()),
            }
        })
        .unwrap();
    let (seen, accepted) = counts.get();
    assert!(
        accepted * 5 > seen,
        "{accepted} of {seen} expressions are accepted"
    );
}
