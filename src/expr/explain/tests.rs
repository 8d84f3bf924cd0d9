//! Conditions made at random: nothing beside the evidence for one can change how it comes out.

use std::sync::Arc;

use bumpalo::Bump;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::date::Date;
use crate::expr::soundness::{DOC, on_document};
use crate::expr::{Data, Demand, Machine, Scope, Strictness, compile, explain};
use crate::schema::{Shapes, Validation, validate};
use crate::source::Source;
use crate::yaml;

/// What conditions about the document are made of.
const CLAUSES: &[&str] = &[
    "agency.id == @",
    "agency.level != @",
    "@ in agency['x-any'].a",
    "agency.people.@(x, x.id == @)",
    "agency.people.@(x, has(x.left) && x.left < today)",
    "agency.people.@(x, x.id == @ || agency.level == @)",
    "agency.people.@(x, agency.people.@(y, x.id < y.id))",
    "agency.people.@(x, agency.id == @ && x.id != @)",
    "agency.people.filter(x, x.id == @).@(y, has(y.left))",
    "size(agency.people.filter(x, x.id == @)) > 0",
    "agency.people.map(x, x.id + 'a').@(y, y == 'aa')",
    "@ in agency.people.map(x, x.id)",
    "agency.?people[?0].id.orValue('a') == @",
    "agency.?website.orValue(agency.id) == @",
    "(agency.level == @ ? agency.id : 'a') == @",
    "cel.bind(x, agency.level, x == @ || agency.id == x)",
    "agency.?level.optMap(x, x + 'a').orValue('a') == @",
    "agency.id.startsWith(@)",
    "fold(agency.id).matches('a+')",
    "[agency.id, agency.level] == ['example', @]",
    "{'a': agency.id}.a == @",
    "agency['x-any'].b.c == @",
    "agency['x-any'].a.@(x, x == 1)",
    "agency.people[size(agency.id) - 7].id == @",
    "has(agency['x-any'].@)",
    "@ in agency.people.filter(x, has(x.left)).map(x, x.id)",
    "agency.people.filter(x, x.id != @)[?0].id.orValue('b') == @",
    "agency['x-any'].a.@(x, y, x == 0 || y == 1)",
    "agency['x-any'].a.transformList(x, y, x > 0, y).@(z, z == 2.5)",
    "cel.bind(x, agency.people.filter(y, y.id < @), x.@(y, y.id == @))",
    "(agency.level == @ ? agency.people : []).@(x, x.id == @)",
    "agency.people.@(x, cel.bind(y, x.id + agency.id, y == @))",
    "(agency.people + agency.people).@(x, x.id == @)",
    "agency.id.split('a').@(x, x == @)",
    "(agency.id + agency.level).contains(@)",
    "agency.people.exists_one(x, has(x.left) && x.left < today)",
];

/// Words, and what stands for a macro or a field where one is due.
const WORDS: &[&str] = &[
    "'example'",
    "'unit'",
    "'a'",
    "'b'",
    "'d'",
    "'z'",
    "agency.id",
];
const MACROS: &[&str] = &["all", "exists", "exists_one"];

fn condition() -> impl Strategy<Value = String> {
    use proptest::collection::vec;
    use proptest::sample::select;
    let parts = (
        select(CLAUSES),
        vec(select(WORDS), 3),
        vec(select(MACROS), 3),
        select(&["a", "b", "e"][..]),
    );
    let clause = parts.prop_map(|(form, words, macros, field)| {
        let (mut words, mut macros) = (words.into_iter().cycle(), macros.into_iter().cycle());
        let mut text = String::new();
        for part in form.split_inclusive('@') {
            let Some(before) = part.strip_suffix('@') else {
                text.push_str(part);
                continue;
            };
            text.push_str(before);
            text.push_str(match before {
                _ if before.ends_with("x-any'].") => field,
                _ if before.ends_with('.') => macros.next().unwrap(),
                _ => words.next().unwrap(),
            });
        }
        text
    });
    clause.prop_recursive(3, 12, 3, |inner| {
        let form = select(&["(@ && @)", "(@ || @)", "!@", "(@ ? @ : @)", "(@ == @)"][..]);
        (form, vec(inner, 3)).prop_map(|(form, parts)| {
            let mut parts = parts.into_iter();
            form.split_inclusive('@')
                .fold(String::new(), |text, part| match part {
                    _ if part.ends_with('@') => {
                        format!(
                            "{text}{}({})",
                            part.trim_end_matches('@'),
                            parts.next().unwrap()
                        )
                    }
                    _ => text + part,
                })
        })
    })
}

/// Scalars of the document, each with another that may stand in its place.
const CHANGES: &[(&str, &str)] = &[
    ("id: example", "id: others"),
    ("en: Example", "en: Other"),
    ("level: unit", "level: regional"),
    ("id: a,", "id: y,"),
    ("left: 2018-07", "left: 2026-07"),
    ("id: b }", "id: z }"),
    ("a: [1,", "a: [2,"),
    ("2.5", "1.5"),
    ("null]", "7]"),
    ("c: d", "c: e"),
];

/// The program's truth on a document in which one scalar is another.
fn truth_on(text: &str, shapes: &Shapes, expr: &str, strictness: Strictness) -> Option<bool> {
    let source = Arc::new(Source::new("case.yaml", text));
    let parsed = yaml::parse(&source);
    let doc = parsed.documents.first()?;
    let validation = validate(doc, doc.root(), shapes, shapes.root());
    assert!(validation.diagnostics.is_empty(), "{text}");
    let mut scope = Scope::new(shapes, "agency");
    scope.strictness = strictness;
    let program = compile(expr, &scope, Demand::Value).ok()?;
    let bump = Bump::new();
    let today = Date::parse("2026-01-01").unwrap().to_timestamp();
    match Machine::new(doc, &validation, today, &bump).eval(&program) {
        Ok(value) => match value.data {
            Data::Bool(held) => Some(held),
            _ => None,
        },
        Err(_) => None,
    }
}

/// Changes every scalar that the explanation does not name: none of them may make a difference.
fn only_the_evidence_decides(
    expr: &str,
    doc: &yaml::Document,
    validation: &Validation,
    shapes: &Shapes,
) -> Result<usize, String> {
    let mut changed = 0;
    for strictness in [Strictness::Rule, Strictness::Gradual] {
        let Some(held) = truth_on(DOC, shapes, expr, strictness) else {
            continue;
        };
        let mut scope = Scope::new(shapes, "agency");
        scope.strictness = strictness;
        let program = compile(expr, &scope, Demand::Value).unwrap();
        let bump = Bump::new();
        let today = Date::parse("2026-01-01").unwrap().to_timestamp();
        let mut machine = Machine::new(doc, validation, today, &bump);
        let evidence = explain(&mut machine, &program);
        for (before, after) in CHANGES {
            let start = DOC.find(before).unwrap();
            let end = start + before.len();
            let is_named = evidence.iter().any(|found| {
                let named = doc.span(found.node).range();
                named.start < end && start < named.end
            });
            if is_named {
                continue;
            }
            changed += 1;
            let text = DOC.replacen(before, after, 1);
            let now = truth_on(&text, shapes, expr, strictness);
            if now != Some(held) {
                return Err(format!(
                    "{expr}\n  {after}: {held}, then {now:?}\n  {evidence:?}"
                ));
            }
        }
    }
    Ok(changed)
}

#[test]
fn nothing_beside_the_evidence_makes_a_difference() {
    let config = Config {
        cases: 800,
        failure_persistence: None,
        ..Config::default()
    };
    let changed = std::cell::Cell::new(0);
    on_document(|doc, validation, shapes| {
        TestRunner::new(config).run(&condition(), |expr| {
            let count = only_the_evidence_decides(&expr, doc, validation, shapes)
                .map_err(TestCaseError::fail)?;
            changed.set(changed.get() + count);
            Ok(())
        })
    })
    .unwrap();
    assert!(
        changed.get() > 1_000,
        "conditions that have a value: {changed:?}"
    );
}
