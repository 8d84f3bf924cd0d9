//! Conditions that are proven to decide nothing, those that are not, and random ones against brute force.

mod random;

use crate::expr::cases::{Asked, Use, Verdict, judge};
use crate::expr::{Demand, Scope, Strictness, check_first};
use crate::schema::Shapes;
use crate::schema::agency_shapes;
use crate::text::Lang;

/// A scope in which `a` is an account of the agency; guards are not demanded if it is `gradual`.
fn scope(shapes: &Shapes, strictness: Strictness) -> Scope<'_> {
    let mut scope = Scope::new(shapes, "agency");
    let accounts = check_first("agency.accounts", &mut scope, Demand::List).unwrap();
    let crate::expr::Type::List(account) = accounts.program.ty else {
        panic!("a list")
    };
    scope.variables.push(("a".into(), *account));
    scope.strictness = strictness;
    scope
}

/// A rule's `when` and `assert`, checked and judged.
fn judged(shapes: &Shapes, when: &str, assert: &str) -> Vec<Verdict> {
    let mut scope = scope(shapes, Strictness::Rule);
    let mut checked = |text: &str| {
        check_first(text, &mut scope, Demand::Condition)
            .unwrap_or_else(|found| panic!("{text}: {found:?}"))
    };
    let (first, second) = (checked(when), checked(assert));
    let asked = [(Use::When, &first), (Use::Assert, &second)];
    judge(
        shapes,
        &asked.map(|(role, checked)| Asked { role, checked }),
    )
}

/// `characters: message; label <- characters of what decided it`
fn told(verdict: &Verdict, texts: [&str; 2]) -> String {
    let slice = |part: usize, span: crate::source::Span| texts[part].get(span.range()).unwrap();
    let mistake = &verdict.mistake;
    let mut told = format!(
        "{}: {}",
        slice(verdict.part, mistake.span),
        mistake.message.plain(Lang::En)
    );
    if let Some(label) = &verdict.label {
        told = format!("{told}; {}", label.plain(Lang::En));
    }
    if let Some((part, span, _)) = &verdict.because {
        told = format!("{told} <- {}", slice(*part, *span));
    }
    told
}

const WHEN: &str = "has(a.followers) && has(a.bio)";

/// What is said of an `assert` behind [`WHEN`].
const PROVEN: &[(&str, &[&str])] = &[
    (
        "true",
        &["true: `assert` always holds: the rule can never find anything; this is always true"],
    ),
    (
        "false",
        &[
            "false: `assert` never holds: the rule objects to everything that it looks at; this is always false",
        ],
    ),
    (
        "has(a.owner) && true",
        &["true: this decides nothing: it is always true here"],
    ),
    (
        "has(a.owner) && !has(a.owner)",
        &[
            "has(a.owner): `assert` never holds: the rule objects to everything that it looks at; this is always true <- has(a.owner)",
        ],
    ),
    (
        "has(a.bio) && has(a.owner)",
        &["has(a.bio): this decides nothing: it is always true here <- has(a.bio)"],
    ),
    ("has(a.bio.text) && has(a.bio.links_to)", &[]),
    (
        "has(a.mfa) || has(a.bio.text) || has(a.bio)",
        &[
            "has(a.bio): `assert` always holds: the rule can never find anything; this is always true <- has(a.bio)",
        ],
    ),
    (
        "has(a.registration.email) && has(a.registration)",
        &[
            "has(a.registration): this decides nothing: it is always true here <- has(a.registration.email)",
        ],
    ),
    (
        "a.?owner.hasValue() && has(a.owner)",
        &["has(a.owner): this decides nothing: it is always true here <- a.?owner.hasValue()"],
    ),
    (
        "size(a.handle) >= 0 && has(a.owner)",
        &[
            "size(a.handle) >= 0: this decides nothing: it is always true here; this is always true: whatever the value is",
        ],
    ),
    (
        "a.followers > -1 && has(a.owner)",
        &[
            "a.followers > -1: this decides nothing: it is always true here; this is always true: whatever the value is",
        ],
    ),
    (
        "a.followers > 5 && a.followers > 3",
        &["a.followers > 3: this decides nothing: it is always true here <- a.followers > 5"],
    ),
    (
        "a.followers > 5 && 6 <= a.followers",
        &["6 <= a.followers: this decides nothing: it is always true here <- a.followers > 5"],
    ),
    (
        "a.followers > 5 && a.followers < 10 && a.followers != 12",
        &["a.followers != 12: this decides nothing: it is always true here <- a.followers < 10"],
    ),
    (
        "a.followers > 5 && a.followers < 7 && a.followers == 6",
        &["a.followers == 6: this decides nothing: it is always true here <- a.followers < 7"],
    ),
    (
        "a.kind == 'personal' || a.kind != 'personal'",
        &[
            "a.kind != 'personal': `assert` always holds: the rule can never find anything; this is always true <- a.kind == 'personal'",
        ],
    ),
    (
        "a.kind in ['agency', 'role'] && a.kind != 'support'",
        &[
            "a.kind != 'support': this decides nothing: it is always true here <- a.kind in ['agency', 'role']",
        ],
    ),
    (
        "a.kind in ['agency', 'role', 'support', 'personal'] && has(a.owner)",
        &[
            "a.kind in ['agency', 'role', 'support', 'personal']: this decides nothing: it is always true here; this is always true: the schema allows no other word",
        ],
    ),
    (
        "a.kind in ['role', 'role']",
        &["'role': this stands in the list twice <- 'role'"],
    ),
    (
        "a.kind in []",
        &[
            "a.kind in []: `assert` never holds: the rule objects to everything that it looks at; this is always false: the list is empty",
        ],
    ),
    (
        "a.id == 'Not A Slug' || has(a.owner)",
        &[
            "a.id == 'Not A Slug': this decides nothing: it is always false here; this is always false: whatever the value is",
        ],
    ),
    (
        "has(a.owner) && a.owner == a.id && a.id != a.owner",
        &[
            "a.id != a.owner: `assert` never holds: the rule objects to everything that it looks at; this is always false <- a.owner == a.id",
        ],
    ),
    (
        "has(a.created) && has(a.closed) && a.created < a.closed && a.closed >= a.created",
        &[
            "a.closed >= a.created: this decides nothing: it is always true here <- a.created < a.closed",
        ],
    ),
    (
        "has(a.created) && a.created < timestamp('2018-01-01') && timestamp('2019-01-01') > a.created",
        &[
            "timestamp('2019-01-01') > a.created: this decides nothing: it is always true here <- a.created < timestamp('2018-01-01')",
        ],
    ),
    (
        "has(a.replies_within) && a.replies_within > duration('2d') && a.replies_within > days(1)",
        &[
            "a.replies_within > days(1): this decides nothing: it is always true here <- a.replies_within > duration('2d')",
        ],
    ),
    (
        "has(a.replies_within) && a.replies_within > duration('1s')",
        &[
            "a.replies_within > duration('1s'): this decides nothing: it is always true here; this is always true: whatever the value is",
        ],
    ),
    (
        "a.handle == a.handle && has(a.owner)",
        &[
            "a.handle == a.handle: this decides nothing: it is always true here; this is always true: both sides are the same",
        ],
    ),
    (
        "'a' == 'b' || has(a.owner)",
        &[
            "'a' == 'b': this decides nothing: it is always false here; this is always false: both sides are written out here",
        ],
    ),
    (
        "has(a.verified) && a.verified && a.verified == true",
        &["a.verified: this decides nothing: it is always true here <- a.verified"],
    ),
    (
        "a.handle.startsWith('a') || !a.handle.startsWith('a')",
        &[
            "a.handle.startsWith('a'): `assert` always holds: the rule can never find anything; this is always false <- a.handle.startsWith('a')",
        ],
    ),
    (
        "has(a.uses) && ('replies' in a.uses || !('replies' in a.uses))",
        &[
            "('replies' in a.uses): this decides nothing: it is always false here <- 'replies' in a.uses",
        ],
    ),
    (
        "has(a.uses) && a.uses.exists(use, use == 'replies') && a.uses.exists(u, u == 'replies')",
        &[
            "a.uses.exists(u, u == 'replies'): this decides nothing: it is always true here <- a.uses.exists(use, use == 'replies')",
        ],
    ),
    (
        "has(a.uses) && a.uses.exists(use, use == 'replies' && use != 'media')",
        &["use != 'media': this decides nothing: it is always true here <- use == 'replies'"],
    ),
    (
        "a.kind == 'role' && has(a.uses) && a.uses.all(use, use == 'replies' || a.kind == 'agency')",
        &["a.kind == 'agency': this decides nothing: it is always false here <- a.kind == 'role'"],
    ),
    (
        "has(a.uses) && a.uses.exists(use, true)",
        &["true: every element meets the condition of `exists`; this is always true"],
    ),
    (
        "has(a.uses) && a.uses.filter(use, use == 'media' && use == 'replies').size() > 1",
        &[
            "use == 'replies': no element can meet the condition of `filter`; this is always false <- use == 'media'",
        ],
    ),
    (
        "[].exists(x, x == a.id)",
        &["[]: this list is empty: there is nothing to go through"],
    ),
    (
        "(has(a.owner) ? has(a.owner) : has(a.role)) && has(a.url)",
        &["has(a.owner): this decides nothing: it is always true here <- has(a.owner)"],
    ),
    (
        "size(has(a.bio) ? a.handle : a.id) > 3",
        &[
            "has(a.bio): the condition before `?` always holds: what stands behind `:` is never taken; this is always true <- has(a.bio)",
        ],
    ),
    (
        "cel.bind(n, size(a.handle), n > 3 && n > 2)",
        &["n > 2: this decides nothing: it is always true here <- n > 3"],
    ),
    (
        "has(a.owner) == (a.kind == 'role' && a.kind != 'agency')",
        &["a.kind != 'agency': this decides nothing: it is always true here <- a.kind == 'role'"],
    ),
    (
        "has(a.uses) && a.uses.exists(use, has(a.owner))",
        &["use: nothing reads the variable `use`"],
    ),
    (
        "has(a.uses) && a.uses.exists(i, use, use == 'media')",
        &["i: nothing reads the variable `i`"],
    ),
    ("has(a.uses) && a.uses.exists(_, use, use == 'media')", &[]),
    (
        "has(a.uses) && a.uses.exists(_i, use, use == 'media' && _i > 3)",
        &["_i: `_i` is read here, but its name says that nothing reads it"],
    ),
    (
        "has(a.uses) && a.uses.exists(_, use, has(a.owner))",
        &["_: nothing reads the variable `_`"],
    ),
    (
        "cel.bind(n, size(a.handle), has(a.owner))",
        &["n: nothing reads the variable `n`"],
    ),
    (
        "a.?owner.optMap(o, a.id).hasValue()",
        &["o: nothing reads the variable `o`"],
    ),
];

/// Conditions that can be both, of which nothing is said, behind [`WHEN`].
const SILENT: &[&str] = &[
    "a.kind == 'personal' && has(a.owner)",
    "has(a.bio.text) || has(a.owner)",
    "has(a.owner) && has(a.registration) && has(a.registration.email)",
    "a.followers > 3 && a.followers > 5",
    "a.followers >= 1 && a.followers > 1 || has(a.owner)",
    "a.followers > 5 || a.followers < 3",
    "a.followers != 3 && a.followers != 4 && a.followers != 5",
    "a.kind == 'agency' || a.kind == 'role' && has(a.role)",
    "a.kind in ['agency', 'role', 'support']",
    "a.handle == 'a' || a.handle == 'b'",
    "a.handle < 'b' || a.handle > 'b'",
    "a.handle != ''",
    "a.id == a.handle",
    "has(a.owner) && a.owner != a.id && a.owner != a.handle",
    "has(a.created) && has(a.closed) && a.created <= a.closed && a.closed <= a.created",
    "has(a.uses) && 'replies' in a.uses && 'media' in a.uses",
    "has(a.uses) && a.uses.exists(use, use == 'replies') && a.uses.exists(use, use == 'media')",
    "has(a.uses) && a.uses.exists(u, u == 'replies') && !a.uses.all(u, u == 'replies')",
    "has(agency.accounts) && agency.accounts.exists(b, b.id != a.id && b.kind == a.kind)",
    "agency.accounts.exists(b, b.kind == 'role') && agency.accounts.exists(b, b.kind == 'agency')",
    "agency.accounts.exists(b, b.kind == 'role' && agency.accounts.all(c, c.kind == 'agency' || c.id != b.id))",
    "has(a['x-any']) && a['x-any'] == a['x-any']",
    "has(a['x-any']) && dyn(a['x-any']) == 1 && a['x-any'] == 1.0",
    "has(a['x-any']) && type(a['x-any']) == int && a['x-any'] < 5 || has(a.owner)",
    "has(a['x-any']) && (type(a['x-any']) == int && a['x-any'] > 3 || a['x-any'] != 'b')",
    "has(a['x-any']) && (a['x-any'] == 'b' || type(a['x-any']) == int && a['x-any'] > 3)",
    "double(a.followers) / 3.0 < 1.5 || double(a.followers) / 3.0 >= 1.5",
    "a.?owner.orValue('x') == 'x' || a.?owner.orValue('y') == 'y'",
    "has(a.owner) ? true : has(a.role)",
    "cel.bind(n, size(a.handle), n > 3) && cel.bind(n, size(a.id), n > 2)",
    "(a.kind == 'role') == has(a.role)",
    "(a.followers > 3) != (a.followers > 5)",
    "today > timestamp('2018-01-01')",
    "a.handle.matches('a') && a.handle.matches('b')",
];

#[test]
fn what_is_always_the_same_is_told_with_what_decided_it() {
    let shapes = agency_shapes();
    for (assert, wanted) in PROVEN {
        let found = judged(&shapes, WHEN, assert);
        let found: Vec<String> = found
            .iter()
            .map(|found| told(found, [WHEN, assert]))
            .collect();
        assert_eq!(found, *wanted, "{assert}");
    }
}

#[test]
fn what_can_be_both_is_let_pass() {
    let shapes = agency_shapes();
    for assert in SILENT {
        let found = judged(&shapes, WHEN, assert);
        let found: Vec<String> = found
            .iter()
            .map(|found| told(found, [WHEN, assert]))
            .collect();
        assert_eq!(found, Vec::<String>::new(), "{assert}");
    }
}
