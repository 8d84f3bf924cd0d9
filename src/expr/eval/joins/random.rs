//! Random documents and random loops with equalities: an index changes nothing but the cost.

use proptest::sample::select;
use proptest::strategy::{BoxedStrategy, Just, Strategy};
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use super::compare;
use crate::schema::agency_shapes;

/// A form whose places `@kind` are filled with one of the texts of that kind.
fn filled(form: &'static str, depth: u32) -> BoxedStrategy<String> {
    let Some((before, rest)) = form.split_once('@') else {
        return Just(form.to_owned()).boxed();
    };
    let end = rest.find(|c: char| !c.is_ascii_lowercase());
    let (kind, after) = rest.split_at(end.unwrap_or(rest.len()));
    let choices = KINDS.iter().find(|(known, _)| *known == kind).unwrap().1;
    let choices = if depth == 0 { &choices[..2] } else { choices };
    let inner = select(choices).prop_flat_map(move |form| filled(form, depth.saturating_sub(1)));
    (inner, filled(after, depth))
        .prop_map(move |(inner, after)| format!("{before}{inner}{after}"))
        .boxed()
}

/// What the places of forms are filled with; the first two of each kind end a nest.
const KINDS: &[(&str, &[&str])] = &[
    (
        "whole",
        &[
            "agency.people.map(o, @test)",
            "agency['x-list'].map(o, @test)",
            "agency.people.all(o, @test)",
            "agency.people.filter(o, @test)",
            "@test",
            "@many",
            "cel.bind(o, agency.people[0], [@test, @test])",
        ],
    ),
    (
        "test",
        &[
            "@list.exists(p, @cond)",
            "@list.all(p, @cond)",
            "@list.exists_one(p, @cond)",
            "size(@many) == 1",
            "@list.exists(i, p, @cond)",
            "@list.all(i, p, @cond)",
            "@out in @list",
            "@out in @list.map(p, @key)",
            "@out in @many",
            "(@list.exists(p, @cond) && @test)",
            "@list.exists(p, @key == @out && @rest)",
            "@list.all(p, @key != @out || @rest)",
        ],
    ),
    (
        "many",
        &[
            "@list.filter(p, @cond)",
            "@list.map(p, @cond, @key)",
            "@list.transformList(i, p, @cond, @key)",
            "@list.transformMap(i, p, @cond, @key)",
        ],
    ),
    (
        "list",
        &[
            "agency.people",
            "agency['x-list']",
            "agency['x-any']",
            "agency.people.filter(q, has(q.left))",
            "agency.people.map(q, q.id)",
            "[1, 2.0, 'a', null]",
            "x",
        ],
    ),
    (
        "cond",
        &[
            "@key == @out",
            "@out != @key",
            "@key == @out && @rest",
            "@rest && @out == @key",
            "@rest && (@rest && @key == @out) && @rest",
            "@rest || @key != @out",
            "!(@key == @out) || @rest",
            "!(@rest && @key == @out)",
            "!(@rest || @key != @out)",
            "@key == @out || @rest",
            "@key == @out && @key == @out",
            "(@key == @out) == @rest",
            "@rest ? @key == @out : @rest",
            "@rest",
        ],
    ),
    (
        "key",
        &[
            "p.id",
            "p",
            "p.left",
            "p.name.en",
            "p['x-n']",
            "fold(p.id)",
            "p.id.lowerAscii()",
            "p.?left.orValue(today)",
            "p.?id",
            "[p.id]",
            "p['x-n'] + 1",
            "p['x-n'] + o['x-n']",
            "p['x-n'] + i",
            "(has(p.left) ? p.left : today)",
        ],
    ),
    (
        "out",
        &[
            "o.id",
            "'a'",
            "x",
            "o",
            "o.left",
            "o['x-n']",
            "agency.id",
            "agency.website",
            "fold(o.id)",
            "1",
            "1.0",
            "1u",
            "null",
            "today",
            "agency['x-list'][0]",
            "agency.people.filter(r, r.id == 'a')[0].id",
            "cel.bind(r, o.id, r)",
            "optional.of('a')",
        ],
    ),
    (
        "rest",
        &[
            "has(p.left)",
            "true",
            "p.left < today",
            "p['x-n'] > 0",
            "1 / 0 > 1",
            "p.id != 'b'",
            "agency.people.exists(r, r.id == p.id)",
        ],
    ),
];

fn people() -> impl Strategy<Value = String> {
    let id = select(&["a", "b", "A", "'c'", "*one", "7", "[a]", "~"][..]);
    let left = select(
        &[
            "",
            "",
            ", left: 2018-07",
            ", left: 2018-07-01",
            ", left: soon",
        ][..],
    );
    let number = select(NUMBERS);
    let name = select(&["", ", name: { en: a }", ", name: { en: a }, nmae: a"][..]);
    let person = (id, left, number, name).prop_map(|(id, left, number, name)| {
        format!("  - {{ id: {id}{left}, x-n: {number}{name} }}\n")
    });
    let odd = select(&["  - a\n", "  - *first\n"][..]).prop_map(str::to_owned);
    let person = proptest::prop_oneof![12 => person, 1 => odd];
    proptest::collection::vec(person, 0..7).prop_map(|people| people.concat())
}

const NUMBERS: &[&str] = &[
    "1",
    "1.0",
    "a",
    "-0.0",
    "0",
    ".nan",
    "9007199254740993",
    "9007199254740992.0",
    "true",
    "~",
    "[1]",
    "{ a: 1 }",
];

fn documents() -> impl Strategy<Value = String> {
    let number = select(NUMBERS).prop_map(|number| format!(", {number}"));
    let list = proptest::collection::vec(number, 0..6);
    (people(), list, select(NUMBERS)).prop_map(|(people, list, any)| {
        let first = "  - &first { id: &one a, left: 2019-01-01, x-n: 1 }\n";
        format!(
            "people:\n{first}{people}x-list: [{{ id: a, x-n: 1 }}{}]\nx-any: {any}\n",
            list.concat()
        )
    })
}

#[test]
fn indexes_change_no_value_no_fault_and_no_explanation() {
    let shapes = agency_shapes();
    let config = Config {
        cases: 2_000,
        failure_persistence: None,
        ..Config::default()
    };
    let indexed = std::cell::Cell::new(0);
    TestRunner::new(config)
        .run(&(filled("@whole", 5), documents()), |(expr, text)| {
            let held = compare(&expr, &text, &shapes).map_err(TestCaseError::fail)?;
            indexed.set(indexed.get() + usize::from(held > 0));
            Ok(())
        })
        .unwrap();
    assert!(indexed.get() > 250, "{} cases used one", indexed.get());
}
