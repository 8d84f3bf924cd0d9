//! What the `cel` crate does otherwise than the specification of CEL ([langdef]), or where the specification is
//! silent and the two have chosen differently. Each entry has examples that really differ, so that an entry goes
//! when the crate changes.
//!
//! [langdef]: https://github.com/google/cel-spec/blob/master/doc/langdef.md

use super::{Difference, Sides, children};
use crate::expr::ast::{BinaryOp, Comparison, Expr, Kind};
use crate::expr::parse::parse;

/// A way in which the crate differs.
pub(super) struct Exclusion {
    pub(super) name: &'static str,
    /// Where the specification speaks of it, and what it says.
    pub(super) because: &'static str,
    /// Expressions that differ in this way and no other.
    pub(super) examples: &'static [&'static str],
    /// Whether a difference is of this kind; it is the smallest part of an expression that differs.
    pub(super) covers: fn(&Sides, &Difference, &Expr) -> bool,
}

pub(super) const EXCLUSIONS: &[Exclusion] = &[
    Exclusion {
        name: "the milliseconds of a length of time are all of it",
        because: "Standard Definitions, getMilliseconds: the milliseconds portion of the duration",
        examples: &["duration('1.5s').getMilliseconds()", "r.getMilliseconds()"],
        covers: |_, found, root| {
            let number = |words: &str| words.strip_prefix("int ")?.parse::<i64>().ok();
            let (ours, theirs) = found.values();
            is_method(root, "getMilliseconds")
                && number(ours).is_some()
                && number(ours) == number(theirs).map(|all| all % 1_000)
        },
    },
    Exclusion {
        name: "a moment keeps the offset that it was written with",
        because: "Standard Definitions, getDate and its sisters: without a time zone, in UTC",
        examples: &["timestamp('2018-07-10T00:00:00+03:00').getHours()"],
        covers: |_, found, root| {
            let (ours, theirs) = found.values();
            matches!(&root.kind, Kind::Method(_, name, args)
                if name.text.starts_with("get") && args.is_empty())
                && found.expr.contains("+03:00")
                && ours.starts_with("int ")
                && theirs.starts_with("int ")
        },
    },
    Exclusion {
        name: "infinity is written in another way",
        because: "Standard Definitions, string(double): the text is not specified; strings.format writes Infinity",
        examples: &["string(1.0 / 0.0)", "string(-1.0 / 0.0)"],
        covers: |_, found, _| {
            let (ours, theirs) = found.values();
            ours.contains("Infinity") && ours.replace("Infinity", "inf") == theirs
        },
    },
    Exclusion {
        name: "what is no number is not put in order",
        because: "Ordering is defined for double, which follows IEEE 754: a comparison with NaN is false",
        examples: &["0.0 / 0.0 < 1.0", "1 >= 0.0 / 0.0"],
        covers: |sides, found, root| {
            let is_nan = |side: &Expr| sides.part(found, side) == Ok("double NaN".to_owned());
            found.ours == Ok("bool false".to_owned())
                && matches!(&root.kind, Kind::Binary(BinaryOp::Compare(comparison), _, left, right)
                    if *comparison != Comparison::Equal && (is_nan(left) || is_nan(right)))
        },
    },
    Exclusion {
        name: "what can be no key is not looked for among keys",
        because: "Standard Definitions, `A in map(A, B)` asks whether a key exists; no map has such a one",
        examples: &["null in {'a': 1}", "b'' in {}", "[1] in m"],
        covers: |_, found, root| {
            matches!(&root.kind, Kind::Binary(BinaryOp::In, ..))
                && found.ours == Ok("bool false".to_owned())
                && found.is_their_error(", map)'")
        },
    },
    Exclusion {
        name: "what has no fields or places has none of them",
        because: "Field Selection, 4: in all other cases `e.f` evaluates to an error; `e.?f` only forgives absence",
        examples: &[
            "optional.of(1).?a",
            "m.?a[?0]",
            "l[?'a']",
            "optional.of('a').optFlatMap(i, [][?i])",
            "['a'].all(i, i != [][?i])",
        ],
        covers: |_, found, root| {
            // Within a macro, what comes of none is not to be seen.
            let is_within = matches!(root.kind, Kind::Loop(_) | Kind::Bind(_));
            looks_for_what_may_be_absent(root)
                && (is_within || found.values().1.contains("none"))
                && found.is_our_fault(&[
                    "only a mapping has fields",
                    "this is not a list",
                    "a place in a list is an integer",
                ])
        },
    },
    Exclusion {
        name: "the index of what is none is not looked at",
        because: "Evaluation, Normal functions: if an argument results in an error, so does the call",
        examples: &["optional.none()[?1 / 0]"],
        covers: |sides, found, root| {
            let fails = match &root.kind {
                Kind::MaybeIndex(_, index) => sides.part(found, index).is_err(),
                _ => looks_for_what_may_be_absent(root),
            };
            fails && found.ours.is_err() && found.values().1.contains("none")
        },
    },
    Exclusion {
        name: "the other value is looked at though there is a first one",
        because: "optional values are an extension; in its reference `or` and `orValue` stop at the first value",
        examples: &["optional.of(1).orValue(1 / 0)", "optional.of(1).or(1 / 0)"],
        covers: |_, found, root| {
            (is_method(root, "or") || is_method(root, "orValue"))
                && found.ours.is_ok()
                && found.theirs.is_err()
        },
    },
    Exclusion {
        name: "none is a value that is not zero",
        because: "optional values are an extension, which does not say whether none is the zero of its type",
        examples: &["optional.ofNonZeroValue(optional.none())"],
        covers: |_, found, root| {
            is_method(root, "ofNonZeroValue") && found.values() == ("none", "some none")
        },
    },
    Exclusion {
        name: "two signs cancel out before the number is read",
        because: "Syntax, INT_LIT: the sign belongs to the literal, so that the least integer can be written",
        examples: &["true ? 1 : --9223372036854775808"],
        covers: |_, found, _| {
            found.expr.contains("--9223372036854775808")
                && found.is_their_error("invalid int literal")
        },
    },
    Exclusion {
        name: "a search from the end of the text or from beyond it",
        because: "extensions/strings does not say where a search may begin; a place after the last letter is one",
        examples: &[
            "'aba'.lastIndexOf('b', 3)",
            "''.lastIndexOf('', 3)",
            "'a'.indexOf('b', 1)",
        ],
        covers: |_, found, root| {
            (is_method(root, "indexOf") || is_method(root, "lastIndexOf"))
                && (found.is_our_fault(&["the place is out of range"])
                    || found.is_their_error("index out of range"))
        },
    },
    Exclusion {
        name: "a type comes out as text",
        because: "the crate's result has no form for types; within expressions it knows them",
        examples: &["type(1)", "[type('a')]"],
        covers: |_, found, _| {
            let (ours, theirs) = found.values();
            let mut words = ours.split("type ");
            let head = words.next().unwrap_or("").to_owned();
            let as_text = words.fold(head, |text, rest| {
                let end = rest.find([',', ']', '}']).unwrap_or(rest.len());
                let (name, rest) = rest.split_at_checked(end).unwrap_or((rest, ""));
                format!("{text}string {name:?}{rest}")
            });
            ours.contains("type ") && as_text == theirs
        },
    },
];

/// The exclusion that a difference falls under.
pub(super) fn exclusion(sides: &Sides, found: &Difference) -> Option<&'static Exclusion> {
    let root = parse(&found.expr).ok()?;
    EXCLUSIONS
        .iter()
        .find(|exclusion| (exclusion.covers)(sides, found, &root))
}

fn is_method(root: &Expr, wanted: &str) -> bool {
    matches!(&root.kind, Kind::Method(_, name, _) if &*name.text == wanted)
}

/// Whether it is `.?` or `[?…]`, or a macro whose body, which no one can run alone, holds one.
fn looks_for_what_may_be_absent(root: &Expr) -> bool {
    match &root.kind {
        Kind::MaybeField(..) | Kind::MaybeIndex(..) => true,
        Kind::Bind(_) | Kind::Loop(_) => children(root).into_iter().any(holds_optional_access),
        _ => false,
    }
}

fn holds_optional_access(expr: &Expr) -> bool {
    matches!(&expr.kind, Kind::MaybeField(..) | Kind::MaybeIndex(..))
        || children(expr).into_iter().any(holds_optional_access)
}
