//! Every fix of every built-in rule, on the rule's own failing examples, written in all the ways that mean the
//! same: it mends what the rule finds, changes what it says and nothing else, and takes no comment along that
//! belongs to something else.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_yaml::{Mapping, Value};
use spokeslint::Source;
use spokeslint::date::Date;
use spokeslint::diagnostic::{Change, Fix, Safety, Step};
use spokeslint::edit::apply;
use spokeslint::engine::{Engine, Report, Settings};
use spokeslint::fix::fix;
use spokeslint::pack::{Packs, Rule};

use super::edit::{changed, comments, may_go, parsed};
use super::format::{Dice, write};

/// How many ways of writing each example is tried in.
const WAYS: u64 = 40;

struct Example {
    value: Value,
    as_of: Date,
}

/// The failing examples of a rule, completed, each of one document.
fn failing(rule: &Rule, packs: &Packs) -> Vec<Example> {
    let text = rule.source.text();
    let second = text.split("\n---\n").nth(1).unwrap();
    let examples: Value = serde_yaml::from_str(second).unwrap();
    let pack = packs
        .packs
        .iter()
        .find(|pack| pack.id == rule.pack())
        .unwrap();
    let header: Value = serde_yaml::from_str(pack.source.text()).unwrap();
    let all = examples["examples"].as_sequence().unwrap().iter();
    let read = all.filter_map(|example| {
        let fragment = example.get("fails")?.as_str()?;
        if fragment.contains("\n---") {
            return None;
        }
        let Value::Mapping(mut map) = serde_yaml::from_str::<Value>(fragment).unwrap() else {
            panic!("{}: no mapping", rule.id);
        };
        let mut complete = |key: &str, value: Value| {
            map.entry(key.into()).or_insert(value);
        };
        complete("apiVersion", "spokeslint/v1".into());
        complete("kind", "Agency".into());
        complete("id", "example".into());
        complete("name", serde_yaml::from_str("{ en: Example }").unwrap());
        if let Some(Value::Mapping(smallest)) = header.get("smallest") {
            for (key, value) in smallest {
                complete(key.as_str().unwrap(), value.clone());
            }
        }
        complete("x-ملاحظة", "نص لا شأن لأحد به".into());
        let day = example
            .get("as_of")
            .and_then(Value::as_str)
            .unwrap_or("2026-01-01");
        let day = Date::parse(day).unwrap();
        let from = rule
            .effective
            .from
            .filter(|from| from.to_string() > day.to_string());
        let until = rule
            .effective
            .until
            .filter(|until| until.to_string() < day.to_string());
        Some(Example {
            value: Value::Mapping(map),
            as_of: from.or(until).unwrap_or(day),
        })
    });
    read.collect()
}

/// The same with the entries of its mappings in another order.
fn shuffled(value: &Value, dice: &mut Dice) -> Value {
    match value {
        Value::Mapping(map) => {
            let mut entries: Vec<(&Value, &Value)> = map.iter().collect();
            let mut mixed = Mapping::new();
            while !entries.is_empty() {
                let (key, inner) = entries.remove(if dice.one_in(3) {
                    dice.roll(entries.len())
                } else {
                    0
                });
                mixed.insert(key.clone(), shuffled(inner, dice));
            }
            Value::Mapping(mixed)
        }
        Value::Sequence(items) => items.iter().map(|item| shuffled(item, dice)).collect(),
        other => other.clone(),
    }
}

/// The changes in an order in which the later ones still find their places.
fn after_all(root: &Value, changes: &[Change]) -> Value {
    let mut changes: Vec<&Change> = changes.iter().collect();
    changes.sort_by(|a, b| match (a.path.last(), b.path.last()) {
        (Some(Step::Item(a)), Some(Step::Item(b))) => b.cmp(a),
        _ => std::cmp::Ordering::Equal,
    });
    changes
        .into_iter()
        .fold(root.clone(), |root, change| changed(&root, change))
}

fn counts(report: &Report) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for found in &report.diagnostics {
        *counts.entry(found.rule.as_str()).or_default() += 1;
    }
    counts
}

/// One fix by itself.
fn holds(text: &str, root: &Value, fix: &Fix) -> String {
    let after = apply(text, &fix.edits);
    let told = || format!("{:?}\n{text}\n---\n{after}", fix.changes);
    let found: Value =
        serde_yaml::from_str(&after).unwrap_or_else(|error| panic!("{error}: {}", told()));
    assert_eq!(found, after_all(root, &fix.changes), "{}", told());
    let (before, now) = (parsed(text).unwrap(), parsed(&after).unwrap());
    let kept = comments(&now);
    let excused: Vec<String> = fix
        .changes
        .iter()
        .flat_map(|change| may_go(&before, change))
        .collect();
    let lost = comments(&before)
        .into_iter()
        .find(|one| !kept.contains(one) && !excused.contains(one));
    assert_eq!(lost, None, "{}", told());
    after
}

fn engine(packs: &Packs, rule: &Rule, as_of: Date) -> Engine {
    let mut settings = Settings::new(as_of);
    settings.select = vec![rule.id.clone()];
    Engine::new(packs, &settings).unwrap()
}

/// One way of writing an example; how many fixes were offered.
fn tried(rule: &Rule, alone: &Engine, (root, text): (&Value, &str)) -> usize {
    let source = Arc::new(Source::new("a.yaml", text));
    let report = alone.check(&source, true);
    let found = report.diagnostics.len();
    for one in report
        .diagnostics
        .iter()
        .filter_map(|found| found.fix.as_deref())
    {
        let after = Arc::new(Source::new("a.yaml", holds(text, root, one)));
        let left = alone.check(&after, true).diagnostics.len();
        assert!(left < found, "{}: {text}\n---\n{}", rule.id, after.text());
    }
    let fixed = fix(&source, &|source| alone.check(source, true), Safety::Unsafe);
    assert!(
        fixed.left.is_empty(),
        "{}: {:?}\n{text}",
        rule.id,
        fixed.left
    );
    let after = alone.check(&fixed.source, true);
    assert_eq!(after.fixable(), (0, 0), "{}: {text}", rule.id);
    report.fixable().0
}

/// All fixes of all rules at once leave no finding that was not there.
fn adds_nothing(strict: &Engine, text: &str) {
    let source = Arc::new(Source::new("a.yaml", text));
    let before = strict.check(&source, true);
    let fixed = fix(
        &source,
        &|source| strict.check(source, true),
        Safety::Unsafe,
    );
    let after = strict.check(&fixed.source, true);
    let before = counts(&before);
    for (rule, count) in counts(&after) {
        let known = before.get(rule).copied().unwrap_or(0);
        assert!(count <= known, "{rule}: {text}");
    }
}

#[test]
fn every_fix_mends_its_finding_however_the_document_is_written() {
    let packs = Packs::builtin().unwrap();
    let rules = packs.rules.iter().filter(|rule| rule.fix().is_some());
    let rules: Vec<&Rule> = rules.collect();
    assert!(rules.len() >= 24, "{} rules carry a fix", rules.len());
    let (mut offered, mut wanted) = (0, 0);
    for rule in rules {
        let before = offered;
        for (number, example) in (0..).zip(failing(rule, &packs)) {
            let alone = engine(&packs, rule, example.as_of);
            let mut strict = Settings::new(example.as_of);
            strict.profiles = vec!["strict".to_owned()];
            let strict = Engine::new(&packs, &strict).unwrap();
            let plain = serde_yaml::to_string(&example.value).unwrap();
            let plain = Arc::new(Source::new("plain.yaml", plain));
            let most = alone.check(&plain, true).fixable().0;
            for way in 0..WAYS {
                let mut dice = Dice::new(way * 1000 + number);
                let root = shuffled(&example.value, &mut dice);
                let text = write(&root, &mut dice);
                assert_eq!(
                    serde_yaml::from_str::<Value>(&text).unwrap(),
                    root,
                    "{text}"
                );
                wanted += most;
                offered += tried(rule, &alone, (&root, &text));
                if way % 10 == 0 {
                    adds_nothing(&strict, &text);
                }
            }
        }
        assert!(offered > before, "{} was never fixed", rule.id);
    }
    assert!(
        offered * 10 > wanted * 8,
        "{offered} of {wanted} fixes were offered"
    );
}
