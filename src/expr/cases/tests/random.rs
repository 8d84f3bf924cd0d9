//! Random conditions, judged, and evaluated on accounts of every kind that they can tell apart.

use std::fmt::Write as _;
use std::sync::Arc;

use bumpalo::Bump;
use proptest::strategy::{Just, Strategy, Union};
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use super::{judged, scope};
use crate::date::Date;
use crate::expr::cases::Verdict;
use crate::expr::{Demand, Machine, Strictness, Value, check};
use crate::schema::{Shapes, Validation, agency_shapes, validate};
use crate::source::Source;
use crate::yaml;

/// Questions that speak of one subject each, and what has to be asked before them.
const ATOMS: &[(&str, &str)] = &[
    ("", "a.kind == 'agency'"),
    ("", "a.kind != 'role'"),
    ("", "'support' == a.kind"),
    ("", "a.kind in ['role', 'personal']"),
    ("", "a.kind in ['agency', 'support', 'personal']"),
    ("", "has(a.status)"),
    ("has(a.status)", "a.status == 'active'"),
    ("has(a.status)", "a.status in ['active', 'dormant']"),
    ("", "has(a.verified)"),
    ("has(a.verified)", "a.verified"),
    ("has(a.verified)", "a.verified == false"),
    ("", "has(a.followers)"),
    ("has(a.followers)", "a.followers > 0"),
    ("has(a.followers)", "1 >= a.followers"),
    ("has(a.followers)", "a.followers == 2"),
    ("has(a.followers)", "a.followers < 3"),
    ("has(a.followers)", "a.followers in [0, 2]"),
    ("", "has(a.bio)"),
    ("", "has(a.bio.text)"),
    ("", "has(a.id)"),
];

/// Questions that the proof sees only from outside, or that speak of several subjects.
const WIDE: &[(&str, &str)] = &[
    ("has(a.uses)", "'replies' in a.uses"),
    ("has(a.uses)", "a.uses.exists(u, u == 'media')"),
    (
        "has(a.uses)",
        "a.uses.exists(u, u == 'media' || a.kind == 'role')",
    ),
    (
        "has(a.uses)",
        "a.uses.all(u, u in ['media', 'replies'] && u != 'media')",
    ),
    ("has(a.uses)", "size(a.uses) > 1"),
    (
        "has(a.uses)",
        "a.uses.filter(u, a.kind != 'role' && u != 'media').size() < 2",
    ),
    ("has(a.owner)", "a.owner == a.handle"),
    ("has(a.owner)", "a.handle < a.owner"),
    ("has(a.owner)", "a.owner >= a.handle"),
    ("", "a.handle > 'b'"),
    ("", "a.handle.startsWith('a')"),
    ("", "size(a.handle) >= 2"),
    ("has(a['x-n'])", "a['x-n'] == 'b'"),
    ("has(a['x-n'])", "a['x-n'] == a['x-n']"),
    ("has(a['x-n'])", "a['x-n'] != 1"),
    (
        "",
        "agency.accounts.exists(b, b.kind == a.kind && b.handle != a.handle)",
    ),
    ("", "cel.bind(n, size(a.handle), n > 1 && n < 3)"),
];

/// A condition to be written and to be known part by part.
#[derive(Clone, Debug)]
enum Condition {
    Atom(&'static str),
    Not(Box<Self>),
    Is(Box<Self>, bool),
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Cond(Box<[Self; 3]>),
}

impl Condition {
    /// A question behind the guard that it needs.
    fn guarded((guard, question): (&'static str, &'static str), is_or: bool) -> Self {
        let question = Self::Atom(question);
        match (guard, is_or) {
            ("", _) => question,
            (guard, false) => Self::And(Box::new(Self::Atom(guard)), Box::new(question)),
            (guard, true) => {
                let absent = Self::Not(Box::new(Self::Atom(guard)));
                Self::Or(Box::new(absent), Box::new(question))
            }
        }
    }

    fn write(&self, text: &mut String) {
        let mut sides = |before: &str, parts: &[(&Self, &str)]| {
            text.push_str(before);
            for (part, after) in parts {
                part.write(text);
                text.push_str(after);
            }
        };
        match self {
            Self::Atom(atom) => text.push_str(atom),
            Self::Not(inner) => sides("!(", &[(inner, ")")]),
            Self::Is(inner, value) => {
                sides("((", &[(inner, ")")]);
                let _ = write!(text, " == {value})");
            }
            Self::And(left, right) => sides("(", &[(left, " && "), (right, ")")]),
            Self::Or(left, right) => sides("(", &[(left, " || "), (right, ")")]),
            Self::Cond(parts) => {
                let [condition, yes, no] = &**parts;
                sides("(", &[(condition, " ? "), (yes, " : "), (no, ")")]);
            }
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    /// What the condition is for each account, and whether some part is the same for all that it is asked of.
    fn truth(&self, world: &World<'_>, asked: &[bool]) -> (Vec<bool>, bool) {
        let with = |truth: &[bool], wanted: bool| -> Vec<bool> {
            asked
                .iter()
                .zip(truth)
                .map(|(asked, truth)| *asked && *truth == wanted)
                .collect()
        };
        let (truth, below) = match self {
            Self::Atom(atom) => (world.truth(atom, asked), false),
            Self::Not(inner) | Self::Is(inner, false) => {
                let (truth, below) = inner.truth(world, asked);
                (truth.iter().map(|truth| !truth).collect(), below)
            }
            Self::Is(inner, true) => inner.truth(world, asked),
            Self::And(left, right) | Self::Or(left, right) => {
                let goes_on = matches!(self, Self::And(..));
                let (first, a) = left.truth(world, asked);
                let (second, b) = right.truth(world, &with(&first, goes_on));
                let both = first.iter().zip(&second);
                let truth = both
                    .map(|(a, b)| if *a == goes_on { *b } else { *a })
                    .collect();
                (truth, a || b)
            }
            Self::Cond(parts) => {
                let (first, a) = parts[0].truth(world, asked);
                let (yes, b) = parts[1].truth(world, &with(&first, true));
                let (no, c) = parts[2].truth(world, &with(&first, false));
                let taken = first.iter().zip(yes.iter().zip(&no));
                let truth = taken.map(|(first, (yes, no))| if *first { *yes } else { *no });
                (truth.collect(), a || b || c)
            }
        };
        let here = is_constant(&truth, asked);
        (truth, below || here)
    }
}

/// Whether all are the same that are asked, and there are some.
fn is_constant(truth: &[bool], asked: &[bool]) -> bool {
    let mut found = truth
        .iter()
        .zip(asked)
        .filter(|(_, asked)| **asked)
        .map(|(truth, _)| truth);
    let first = found.next();
    first.is_some_and(|first| found.all(|truth| truth == first))
}

/// Accounts to evaluate conditions on.
struct World<'w> {
    doc: &'w yaml::Document,
    validation: &'w Validation,
    shapes: &'w Shapes,
}

impl World<'_> {
    /// What a condition is for each account; false where it is not asked or has no value.
    fn truth(&self, text: &str, asked: &[bool]) -> Vec<bool> {
        let scope = scope(self.shapes, Strictness::Cel);
        let program = check(text, &scope, Demand::Condition).unwrap().program;
        let bump = Bump::new();
        let today = Date::parse("2026-01-01").unwrap().to_timestamp();
        let mut machine = Machine::new(self.doc, self.validation, today, &bump);
        let root = machine.plain(self.doc.root());
        let accounts = self.doc.get(self.doc.root(), "accounts").unwrap().value;
        let accounts: Vec<Value<'_>> = self
            .doc
            .items(accounts)
            .iter()
            .map(|account| machine.plain(*account))
            .collect();
        let mut truth = Vec::with_capacity(accounts.len());
        for (account, asked) in accounts.iter().zip(asked) {
            machine.set_variables(&[root, *account]);
            truth.push(*asked && machine.holds(&program) == Ok(true));
        }
        truth
    }

    fn everywhere(&self) -> Vec<bool> {
        let accounts = self.doc.get(self.doc.root(), "accounts").unwrap().value;
        vec![true; self.doc.items(accounts).len()]
    }
}

/// An account of every kind that [`ATOMS`] can tell apart; what [`WIDE`] asks for changes along the way.
fn document() -> String {
    let choices: [&[&str]; 5] = [
        &["agency", "role", "support", "personal"],
        &["", "status: active", "status: dormant", "status: retired"],
        &["", "verified: true", "verified: false"],
        &[
            "",
            "followers: 0",
            "followers: 1",
            "followers: 2",
            "followers: 3",
        ],
        &["", "bio: {}", "bio: { text: t }"],
    ];
    let others = [
        "",
        "uses: [replies, media]",
        "uses: [replies], owner: ab, x-n: b",
        "owner: c, uses: []",
        "uses: [media], x-n: 1",
        "owner: a, x-n: .nan",
        "uses: [announcements], x-n: [1]",
    ];
    let handles = ["a", "ab", "b", "c", "cde"];
    let mut text = String::from(
        "apiVersion: spokeslint/v1\nkind: Agency\nid: example\nname: { en: Example }\naccounts:\n",
    );
    let count: usize = choices.iter().map(|choice| choice.len()).product();
    // The last one is like the first one, which a condition may leave out by its name.
    for number in 0..=count {
        let mut rest = number;
        let [kind, fields @ ..] = choices.map(|choice| {
            let chosen = choice[rest % choice.len()];
            rest /= choice.len();
            chosen
        });
        let handle = handles[number % handles.len()];
        let _ = write!(
            text,
            "  - {{ id: a{number}, platform: x, handle: {handle}, kind: {kind}"
        );
        let more = fields.into_iter().chain([others[number % others.len()]]);
        for field in more.filter(|field| !field.is_empty()) {
            let _ = write!(text, ", {field}");
        }
        text.push_str(" }\n");
    }
    text
}

fn conditions(atoms: Vec<(&'static str, &'static str)>) -> impl Strategy<Value = Condition> {
    let leaf = (proptest::sample::select(atoms), proptest::bool::ANY)
        .prop_map(|(atom, is_or)| Condition::guarded(atom, is_or));
    leaf.prop_recursive(3, 8, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        let and = pair
            .clone()
            .prop_map(|(a, b)| Condition::And(Box::new(a), Box::new(b)));
        let or = pair.prop_map(|(a, b)| Condition::Or(Box::new(a), Box::new(b)));
        let not = inner.clone().prop_map(|a| Condition::Not(Box::new(a)));
        let is = (inner.clone(), proptest::bool::ANY)
            .prop_map(|(a, value)| Condition::Is(Box::new(a), value));
        let cond = (inner.clone(), inner.clone(), inner)
            .prop_map(|(a, b, c)| Condition::Cond(Box::new([a, b, c])));
        Union::new_weighted(vec![
            (4, and.boxed()),
            (4, or.boxed()),
            (2, not.boxed()),
            (1, is.boxed()),
            (1, cond.boxed()),
        ])
    })
}

fn run(
    cases: u32,
    atoms: Vec<(&'static str, &'static str)>,
    test: impl Fn(&World<'_>, &Condition, &Condition) -> Result<(), String>,
) {
    let source = Arc::new(Source::new("case.yaml", document()));
    let parsed = yaml::parse(&source);
    let doc = &parsed.documents[0];
    let shapes = agency_shapes();
    let validation = validate(doc, doc.root(), &shapes, shapes.root());
    assert!(
        validation.diagnostics.is_empty(),
        "{:?}",
        validation.diagnostics
    );
    let world = World {
        doc,
        validation: &validation,
        shapes: &shapes,
    };
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let whens = Union::new_weighted(vec![
        (1, Just(Condition::Atom("a.id != 'a0'")).boxed()),
        (2, conditions(atoms.clone()).boxed()),
    ]);
    TestRunner::new(config)
        .run(&(whens, conditions(atoms)), |(when, assert)| {
            test(&world, &when, &assert).map_err(TestCaseError::fail)
        })
        .unwrap();
}

/// What a verdict says that its characters always are.
fn claimed(verdict: &Verdict) -> Option<bool> {
    let label = verdict.label.as_ref().map_or("", |label| &label.en);
    let said = |words: &str| verdict.mistake.message.en.contains(words) || label.contains(words);
    match (said("always true"), said("always false")) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Puts what a verdict claims in the place of its characters: nothing may change for any account.
fn holds_up(world: &World<'_>, verdict: &Verdict, texts: [&str; 2]) -> Result<(), String> {
    let claimed = claimed(verdict).ok_or_else(|| format!("{verdict:?} claims nothing"))?;
    let text = texts[verdict.part];
    let range = verdict.mistake.span.range();
    let (before, after) = (text.get(..range.start), text.get(range.end..));
    let changed = format!("{}{claimed}{}", before.unwrap(), after.unwrap());
    let everywhere = world.everywhere();
    let asked = match verdict.part {
        0 => everywhere,
        _ => world.truth(texts[0], &everywhere),
    };
    if world.truth(text, &asked) == world.truth(&changed, &asked) {
        return Ok(());
    }
    Err(format!("{text}\n  is not\n{changed}\n  when {}", texts[0]))
}

#[test]
fn no_verdict_is_refuted_by_an_account() {
    let atoms = ATOMS.iter().chain(WIDE).copied().collect();
    run(400, atoms, |world, when, assert| {
        let (when, assert) = (when.text(), assert.text());
        for verdict in judged(world.shapes, &when, &assert) {
            holds_up(world, &verdict, [&when, &assert])?;
        }
        Ok(())
    });
}

#[test]
fn whatever_is_the_same_for_all_accounts_is_found() {
    run(1_000, ATOMS.to_vec(), |world, when, assert| {
        let everywhere = world.everywhere();
        let (selected, first) = when.truth(world, &everywhere);
        let (_, second) = assert.truth(world, &selected);
        let texts = [when.text(), assert.text()];
        let found = judged(world.shapes, &texts[0], &texts[1]);
        let in_part = |part: usize| found.iter().any(|verdict| verdict.part == part);
        let is_reached = selected.contains(&true);
        if first == in_part(0) && (second == in_part(1) || !is_reached) {
            return Ok(());
        }
        Err(format!(
            "when {}\nassert {}\n{first} {second}\n{found:?}",
            texts[0], texts[1]
        ))
    });
}
