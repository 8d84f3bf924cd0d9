//! Every reason for which the evaluator fails: what leads there in CEL does not load in a rule.

use std::collections::BTreeSet;
use std::path::Path;

use bumpalo::Bump;

use super::{SHAPES, sound};
use crate::date::Date;
use crate::expr::{Demand, Machine, Scope, Strictness, compile};
use crate::source::Source;

/// Each reason, and an expression that ends in it.
const REFUSED: [(&str, &str); 39] = [
    ("`format` has more clauses than values", "'%s'.format([])"),
    ("`format` knows no such clause", "'%q'.format(['a'])"),
    (
        "a key is text, an integer, or true or false",
        "{dyn(1.5): 1}",
    ),
    (
        "a length of time has no such part",
        "dyn(duration('1h')).getFullYear()",
    ),
    ("a limit is an integer", "'a'.replace('a', 'b', dyn('c'))"),
    ("a map holds no key twice", "{'a': 1, 'a': 2}"),
    ("a place in a list is an integer", "[1][dyn('a')]"),
    ("a place is an integer", "'a'.substring(dyn('a'))"),
    ("a separator is text", "['a'].join(dyn(1))"),
    ("a time zone is text", "today.getHours(dyn(1))"),
    ("division by zero", "1 / 0"),
    (
        "no conversion leads from this type to that one",
        "int(dyn([]))",
    ),
    ("only a mapping has fields", "dyn(1).a"),
    ("only a number has a negative", "-dyn('a')"),
    ("only text can be mentioned", "mentions('a', [dyn(1)])"),
    ("only texts can be joined", "[dyn(1)].join()"),
    ("the end stands before the start", "'abc'.substring(2, 1)"),
    ("the list has no such place", "[1][1]"),
    ("the place is out of range", "'a'.charAt(2)"),
    ("the result is out of range", "9223372036854775807 + 1"),
    ("the value is out of the range of the type", "uint(-1)"),
    (
        "there is no such time zone",
        "today.getHours(dyn('Asia/Nowhere'))",
    ),
    (
        "these are more digits than `format` writes",
        "'%.1001f'.format([1.0])",
    ),
    ("these bytes are no UTF-8", "string(b'\\xff')"),
    ("these two cannot be put in order", "dyn(1) < 'a'"),
    ("this arithmetic has no meaning", "dyn(1) + 'a'"),
    (
        "this clause of `format` does not take such a value",
        "'%d'.format(['a'])",
    ),
    ("this function does not take such a value", "fold(dyn(1))"),
    (
        "this function does not take such values",
        "'a'.charAt(dyn('b'))",
    ),
    ("this has no size", "size(dyn(1))"),
    (
        "this is more days than a duration holds",
        "days(9223372036854775807)",
    ),
    ("this is neither true nor false", "!dyn(1)"),
    ("this is no date", "dyn(1).getDate()"),
    ("this is no map", "[1].transformMapEntry(i, n, dyn(n))"),
    ("this is no optional value", "dyn(1).hasValue()"),
    ("this is not a list", "dyn(1).all(x, true)"),
    ("this is not text", "dyn(1).matches('a')"),
    (
        "this optional value holds nothing",
        "optional.none().value()",
    ),
    ("this text does not hold a value of the type", "int('a')"),
];

/// Reasons that no rule can lead to, or that are the limits of an evaluation.
const ELSE: [&str; 3] = [
    // Lists stand as deep within others as an expression nests at most, and `%s` writes no open value.
    "this value is nested too deep",
    "this needs more memory than a rule may take",
    "this takes more steps than a rule may take",
];

/// The reasons that the sources of the evaluator hold: English ones.
fn reasons() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/expr/eval");
    let mut found = BTreeSet::new();
    let files = std::fs::read_dir(folder).unwrap();
    let paths = files.map(|entry| entry.unwrap().path());
    for path in paths.filter(|path| path.is_file()) {
        let source = Source::read(&path).unwrap().unwrap();
        let texts = source.text().split("Reason(").skip(1);
        let english = |text: &str| {
            Some(
                text.trim_start()
                    .strip_prefix('"')?
                    .split_once('"')?
                    .0
                    .to_owned(),
            )
        };
        found.extend(texts.filter_map(english));
    }
    found
}

#[test]
fn every_reason_is_known() {
    let known = REFUSED.iter().map(|(reason, _)| *reason).chain(ELSE);
    let known: BTreeSet<String> = known.map(str::to_owned).collect();
    assert_eq!(reasons(), known);
}

#[test]
fn what_leads_to_a_fault_in_cel_does_not_load() {
    let (document, validation) = sound(&SHAPES, "{n: 1, t: a, l: [], m: {}, two: [1, 2]}");
    let today = Date::FIRST.to_timestamp();
    let failed = REFUSED
        .iter()
        .map(|(reason, expr)| (format!("Failed(Reason({reason:?}"), *expr));
    for (want, expr) in failed.chain([("NoKey".to_owned(), "{1: 'a'}[2]")]) {
        let mut scope = Scope::new(&SHAPES, "r");
        let refused = compile(expr, &scope, Demand::Value).unwrap_err();
        assert_eq!(refused.len(), 1, "{expr}: {refused:?}");
        scope.strictness = Strictness::Cel;
        let program = compile(expr, &scope, Demand::Value).unwrap();
        let bump = Bump::new();
        let fault = Machine::new(&document, &validation, today, &bump).eval(&program);
        let fault = format!("{:?}", fault.unwrap_err());
        assert!(fault.starts_with(&want), "{expr}: {fault}, not {want}");
    }
}
