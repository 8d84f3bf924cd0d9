//! Look-ups in lists: the same values, faults and explanations as without indexes, for steps that grow with
//! the lists and not with their product.

mod random;

use std::sync::Arc;

use bumpalo::Bump;

use super::Machine;
use crate::date::Date;
use crate::expr::program::{Op, Program};
use crate::expr::{Data, Demand, Fault, Load, Scope, Strictness, Type, Value, compile, explain};
use crate::schema::{Shapes, agency_shapes, validate};
use crate::source::Source;
use crate::yaml::{self, Document};

const HEAD: &str =
    "apiVersion: spokeslint/v1\nkind: Agency\nid: a\nname: { en: b, ar: ب }\nlevel: unit\n";

fn document(text: &str) -> Document {
    let source = Arc::new(Source::new("case.yaml", format!("{HEAD}{text}")));
    yaml::parse(&source).documents.swap_remove(0)
}

fn today() -> jiff::Timestamp {
    Date::parse("2026-01-01").unwrap().to_timestamp()
}

fn compiled(text: &str, shapes: &Shapes, strictness: Strictness) -> Option<Program> {
    let mut scope = Scope::new(shapes, "agency");
    scope.strictness = strictness;
    scope.variables.push(("x".into(), Type::Dyn));
    compile(text, &scope, Demand::Value).ok()
}

/// The program without keys, and without anything that is remembered.
fn slow(program: &Program) -> Program {
    let strip = |op: &Op| {
        let mut op = op.clone();
        if let Op::Loop(looped) = &mut op {
            (looped.key, looped.is_fixed) = (None, false);
        }
        op
    };
    Program {
        ops: program.ops.iter().map(strip).collect(),
        ..program.clone()
    }
}

/// Runs a program some times on one machine, so that its lists are asked again.
fn answers<'a>(machine: &mut Machine<'a>, program: &'a Program, xs: &[Value<'a>]) -> Vec<String> {
    let mut answers = Vec::new();
    for x in xs {
        machine.set_variables(&[machine.plain(machine.doc.root()), *x]);
        let value = machine.eval(program);
        let why = explain(machine, program);
        answers.push(format!("{value:?} because {why:?}"));
    }
    answers
}

/// Whether an expression gives the same with indexes as without, and how many elements were indexed.
fn compare(expr: &str, text: &str, shapes: &Shapes) -> Result<usize, String> {
    let doc = document(text);
    let validation = validate(&doc, doc.root(), shapes, shapes.root());
    let mut held = 0;
    for strictness in [Strictness::Rule, Strictness::Cel, Strictness::Gradual] {
        let Some(program) = compiled(expr, shapes, strictness) else {
            continue;
        };
        let (slow, bump) = (slow(&program), Bump::new());
        let mut machine = Machine::new(&doc, &validation, today(), &bump);
        let people = doc.get(doc.root(), "people").unwrap().value;
        let people = machine.plain(people);
        let mut xs = vec![people; 2];
        let elements = machine.elements(people, Load::Plain).unwrap();
        for place in 0..elements.len() {
            xs.extend(machine.element(elements, place).and_then(Result::ok));
        }
        machine.long = usize::MAX;
        let want = answers(&mut machine, &slow, &xs);
        let mut machine = Machine::new(&doc, &validation, today(), &bump);
        machine.long = 1;
        let got = answers(&mut machine, &program, &xs);
        if got != want {
            return Err(format!("{expr}\n{text}\nwant: {want:#?}\ngot: {got:#?}"));
        }
        let indexes = [&machine.indexes, &machine.own_indexes];
        held += indexes
            .into_iter()
            .flatten()
            .map(|indexes| indexes.held)
            .sum::<usize>();
    }
    Ok(held)
}

/// A document with so many people and as many accounts, of which the first belongs to the last person.
fn agency(count: usize) -> Document {
    let people = (0..count).map(|n| format!("  - {{ id: p{n}, joined: 2019-01-01 }}\n"));
    let accounts = (0..count).rev().enumerate();
    let accounts = accounts.map(|(n, owner)| {
        format!("  - {{ id: a{n}, platform: x, handle: h{n}, kind: agency, owner: p{owner} }}\n")
    });
    let (people, accounts): (String, String) = (people.collect(), accounts.collect());
    document(&format!("people:\n{people}accounts:\n{accounts}"))
}

/// The steps that a condition and why it holds take on all accounts together.
fn steps(expr: &str, count: usize, shapes: &Shapes) -> u64 {
    let doc = agency(count);
    let validation = validate(&doc, doc.root(), shapes, shapes.root());
    assert!(validation.diagnostics.is_empty());
    let program = compiled(expr, shapes, Strictness::Cel).unwrap();
    let bump = Bump::new();
    let mut machine = Machine::new(&doc, &validation, today(), &bump);
    let root = machine.plain(doc.root());
    let accounts = doc.get(doc.root(), "accounts").unwrap().value;
    for account in doc.items(accounts) {
        let account = machine.plain(*account);
        machine.set_variables(&[root, account]);
        assert_eq!(machine.holds(&program), Ok(true), "{expr}");
        if !expr.contains(".all(") {
            // Why nothing contradicts cannot be told from one element.
            explain(&mut machine, &program);
        }
    }
    machine.steps.get()
}

#[test]
fn the_steps_of_look_ups_grow_with_the_lists_and_not_with_their_product() {
    let shapes = agency_shapes();
    for expr in [
        "agency.people.exists(p, p.id == x.owner)",
        "agency.people.exists(p, has(p.joined) && (p.joined < today && x.owner == p.id))",
        "agency.people.exists_one(p, p.id == x.owner)",
        "agency.people.all(p, p.id != x.owner || has(p.joined))",
        "agency.people.all(p, !(p.id == x.owner && has(p.left)))",
        "agency.people.filter(p, p.id == x.owner).size() == 1",
        "agency.people.map(p, fold(p.id) == fold(x.owner), p.joined)[0] < today",
        "agency.people.exists(i, p, i >= 0 && p.id == x.owner)",
        "agency.people.transformList(i, p, p.id == x.owner, p.id)[0] == x.owner",
        "x.owner in agency.people.map(p, p.id)",
        "agency.people.filter(p, has(p.joined)).exists(q, q.id == x.owner)",
        "cel.bind(ids, agency.people.map(p, p.id), !(x.id in ids) && x.owner in ids)",
        "agency.people.exists(p, p.joined < today && size(p.id) > 9) || x.id != ''",
    ] {
        let counts = [500, 1_000, 2_000, 4_000].map(|count| steps(expr, count, &shapes));
        for pair in counts.windows(2) {
            assert!(pair[1] * 10 < pair[0] * 22, "{expr}: {counts:?}");
        }
    }
}

/// Whether a loop through the people has a key.
fn has_key(looped: &str, shapes: &Shapes) -> bool {
    let program = compiled(&format!("agency.people.{looped}"), shapes, Strictness::Cel).unwrap();
    let Op::Loop(looped) = program.op(program.root) else {
        panic!("{looped} is a loop")
    };
    looped.key.is_some()
}

#[test]
fn a_key_is_an_equality_that_decides_by_being_false() {
    let shapes = agency_shapes();
    for condition in [
        "p.id == x",
        "x.owner == p.id",
        "has(p.left) && (p.id == x && p.left < today)",
        "!(p.id != x)",
        "!(p.id != x || has(p.left))",
        "fold(p.id).lowerAscii() == x",
        "p.name.en == agency.id",
        "p.?left.orValue(today) == today",
        "p == x",
        "(has(p.left) ? p.left : today) - days(1) == x",
        "p.id == cel.bind(y, x, y)",
    ] {
        for looped in [
            "exists(p, @)",
            "filter(p, @)",
            "exists(i, p, @)",
            "map(p, @, p.id)",
        ] {
            let looped = looped.replace('@', condition);
            assert!(has_key(&looped, &shapes), "{looped}");
        }
    }
    for looped in [
        "all(p, p.id != x)",
        "all(p, !(p.id == x) || has(p.left))",
        "all(p, has(p.left) || p.id != x)",
        "all(p, !(p.id == x && has(p.left)))",
    ] {
        assert!(has_key(looped, &shapes), "{looped}");
    }
    for looped in [
        "all(p, p.id == x)",
        "all(p, p.id != x && has(p.left))",
        "exists(p, p.id != x)",
        "exists(p, p.id == x || has(p.left))",
        "exists(p, p.id == p.name.en)",
        "exists(p, agency.id == x)",
        "exists(p, p.id + x == x)",
        "exists(i, p, i == x)",
        "exists(i, p, p.id == string(i))",
        "exists(p, (p.id == x) == has(p.left))",
        "exists(p, has(p.left) ? p.id == x : false)",
        "map(p, p.id == x)",
        "exists(p, p.id == [p.id].filter(o, o == 'a')[0])",
    ] {
        assert!(!has_key(looped, &shapes), "{looped}");
    }
}

#[test]
fn numbers_are_found_by_size_whatever_their_types() {
    let shapes = agency_shapes();
    let numbers = [
        "-0.0",
        "1",
        "9007199254740993",
        "9007199254740992.0",
        "true",
        "a",
    ];
    let text = format!("people: [{{ id: a }}]\nx-list: [{}]\n", numbers.join(", "));
    for wanted in [
        "0",
        "0u",
        "0.0",
        "-0.0",
        "1u",
        "1.0",
        "9007199254740992",
        "true",
        "'a'",
    ] {
        for expr in [
            format!("[0, 1, 2].map(i, agency['x-list'].filter(p, p == {wanted} && i >= 0).size())"),
            format!("[0, 1, 2].map(i, {wanted} in agency['x-list'])"),
        ] {
            assert_eq!(
                compare(&expr, &text, &shapes).map(|held| held > 0),
                Ok(true)
            );
        }
    }
}

#[test]
fn a_loop_within_a_loop_is_not_mistaken_for_one_that_reads_the_document_alone() {
    let shapes = agency_shapes();
    let mut scope = Scope::new(&shapes, "agency");
    scope.variables.clear();
    let program = compile("[1, 2].map(a, [3].map(b, a + b))", &scope, Demand::Value).unwrap();
    let doc = document("");
    let (validation, bump) = (crate::schema::Validation::default(), Bump::new());
    let mut machine = Machine::new(&doc, &validation, today(), &bump);
    machine.set_variables(&[]);
    let value = machine.eval(&program).unwrap();
    let want = "[[4], [5]]";
    let elements = |value| machine.elements(value, Load::Plain).unwrap();
    let lists = (0..2).map(|place| {
        let inner = machine.element(elements(value), place).unwrap().unwrap();
        let item = machine.element(elements(inner), 0).unwrap().unwrap();
        format!("[{}]", item.data.to_words().unwrap())
    });
    assert_eq!(format!("[{}]", lists.collect::<Vec<_>>().join(", ")), want);
}

#[test]
fn an_evaluation_that_ran_out_of_steps_leaves_nothing_wrong_behind() {
    let shapes = agency_shapes();
    let doc = agency(5);
    let validation = validate(&doc, doc.root(), &shapes, shapes.root());
    let expr = "agency.people.exists(p, [p.id] == ['p4']) && agency.people.exists(p, p.id == x)";
    let program = compiled(expr, &shapes, Strictness::Cel).unwrap();
    for left in 0..200 {
        let bump = Bump::new();
        let mut machine = Machine::new(&doc, &validation, today(), &bump);
        let variables = [machine.plain(doc.root()), Value::new(Data::Str("p4"))];
        machine.set_variables(&variables);
        machine.long = 1;
        for _ in 0..3 {
            machine.steps.set(super::limits::BUDGET - left);
            let _ = machine.truth(&program, program.root);
        }
        machine.restart();
        assert_eq!(machine.holds(&program), Ok(true), "{left} steps");
    }
}

#[test]
fn a_budget_that_is_spent_ends_all_loops() {
    let shapes = agency_shapes();
    let doc = agency(100);
    let validation = validate(&doc, doc.root(), &shapes, shapes.root());
    let (list, body) = ("agency.people", "a == b && b == c || true");
    let expr = format!("{list}.all(a, {list}.all(b, {list}.all(c, {body})))");
    let program = compiled(&expr, &shapes, Strictness::Cel).unwrap();
    let bump = Bump::new();
    let mut machine = Machine::new(&doc, &validation, today(), &bump);
    let root = machine.plain(doc.root());
    machine.set_variables(&[root, root]);
    machine.steps.set(super::limits::BUDGET - 10_000);
    let before = crate::work::done();
    let found = machine.holds(&program);
    assert!(matches!(found, Err(Fault::Failed(_))), "{found:?}");
    assert!(crate::work::done() - before < 10_100);
}

#[test]
fn a_look_up_in_a_short_list_takes_no_room() {
    let shapes = agency_shapes();
    let doc = agency(4);
    let validation = validate(&doc, doc.root(), &shapes, shapes.root());
    let expr = "agency.people.exists(p, p.id == x.owner) && agency.people.all(p, has(p.joined))
        && x.owner in ['p0', 'p3']";
    let program = compiled(expr, &shapes, Strictness::Cel).unwrap();
    let bump = Bump::new();
    let mut machine = Machine::new(&doc, &validation, today(), &bump);
    let before = bump.allocated_bytes();
    let accounts = doc.get(doc.root(), "accounts").unwrap().value;
    let account = machine.plain(doc.items(accounts)[0]);
    let root = machine.plain(doc.root());
    for _ in 0..9 {
        machine.set_variables(&[root, account]);
        assert_eq!(machine.holds(&program), Ok(true));
    }
    assert_eq!(bump.allocated_bytes(), before, "no new room in the arena");
    assert!(machine.indexes.is_none() && machine.own_indexes.is_none());
}
