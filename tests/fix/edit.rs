//! The edit layer by itself: random documents, random changes at random places. What comes out must mean what
//! an independent reader of YAML says it has to mean, and must have every comment that nobody took out.

use std::slice::from_ref;
use std::sync::Arc;

use proptest::prelude::*;
use serde_yaml::{Mapping, Value};
use spokeslint::Source;
use spokeslint::diagnostic::{Action, Change, Literal, Step};
use spokeslint::edit::{apply, edits, is_changed_so};
use spokeslint::yaml::{self, Document, NodeId};

use super::format::{Dice, write};

const TEXTS: [&str; 14] = [
    "agency",
    "هيئة المياه",
    "a b",
    "",
    "@x",
    "yes",
    "12",
    "2018-07-10",
    "a: b",
    "it's",
    "x #y",
    "a, [b]",
    "tab\there",
    "two\nlines",
];

fn value(dice: &mut Dice, depth: usize) -> Value {
    match dice.roll(if depth == 0 { 5 } else { 9 }) {
        0 => Value::Null,
        1 => Value::Bool(dice.one_in(2)),
        2 => Value::Number(dice.roll(100).into()),
        3 | 4 => Value::String((*dice.pick(&TEXTS)).to_owned()),
        5 | 6 => Value::Sequence((0..dice.roll(4)).map(|_| value(dice, depth - 1)).collect()),
        _ => Value::Mapping(mapping(dice, depth)),
    }
}

fn mapping(dice: &mut Dice, depth: usize) -> Mapping {
    let keys = ["id", "uses", "kind", "اسم", "a b", "x-y", "12", "no"];
    let mut map = Mapping::new();
    for _ in 0..dice.roll(5) {
        map.insert(
            (*dice.pick(&keys)).into(),
            value(dice, depth.saturating_sub(1)),
        );
    }
    map
}

fn literal(dice: &mut Dice) -> Literal {
    match dice.roll(5) {
        0 => Literal::Bool(true),
        1 => Literal::Int(-7),
        2 => Literal::List(vec![Literal::Text("a, b".into()), Literal::Int(3)]),
        3 => Literal::Plain("2026-01-31".into()),
        _ => Literal::Text((*dice.pick(&TEXTS)).to_owned()),
    }
}

fn as_value(literal: &Literal) -> Value {
    match literal {
        Literal::Bool(value) => (*value).into(),
        Literal::Int(value) => (*value).into(),
        Literal::Float(value) => (*value).into(),
        Literal::Plain(text) | Literal::Text(text) => text.as_str().into(),
        Literal::List(items) => Value::Sequence(items.iter().map(as_value).collect()),
    }
}

/// A change somewhere in a value.
fn change(dice: &mut Dice, root: &Value) -> Option<Change> {
    let mut path = Vec::new();
    let mut at = root;
    loop {
        let stop = dice.one_in(3);
        match at {
            Value::Mapping(map) if !map.is_empty() => {
                let (key, inner) = map.iter().nth(dice.roll(map.len()))?;
                let key = key.as_str()?.to_owned();
                if stop && dice.one_in(3) {
                    path.push(Step::Key("new key".into()));
                    return Some(with(path, Action::Set(literal(dice))));
                }
                path.push(Step::Key(key));
                at = inner;
            }
            Value::Sequence(items) if !items.is_empty() => {
                if stop && dice.one_in(2) {
                    return Some(with(
                        path,
                        Action::Append(vec![literal(dice), literal(dice)]),
                    ));
                }
                let place = dice.roll(items.len());
                path.push(Step::Item(place));
                at = &items[place];
            }
            Value::Sequence(_) => return Some(with(path, Action::Append(vec![literal(dice)]))),
            Value::Mapping(_) => {
                path.push(Step::Key("new key".into()));
                return Some(with(path, Action::Set(literal(dice))));
            }
            _ => break,
        }
        if stop {
            break;
        }
    }
    let is_key = matches!(path.last()?, Step::Key(_));
    let action = match dice.roll(4) {
        0 if is_key => Action::Rename("renamed: to".into()),
        1 => Action::Set(literal(dice)),
        _ => Action::Remove,
    };
    Some(with(path, action))
}

fn with(path: Vec<Step>, action: Action) -> Change {
    Change {
        document: 0,
        path,
        action,
    }
}

/// What a value has to be after a change.
pub(crate) fn changed(root: &Value, change: &Change) -> Value {
    let mut root = root.clone();
    let mut at = &mut root;
    let (last, above) = change
        .path
        .split_last()
        .map_or((None, &[][..]), |(last, above)| (Some(last), above));
    let is_append = matches!(change.action, Action::Append(_));
    let steps = if is_append { &change.path[..] } else { above };
    for step in steps {
        at = match step {
            Step::Key(key) => at.get_mut(key.as_str()).unwrap(),
            Step::Item(place) => at.get_mut(*place).unwrap(),
        };
    }
    match (&change.action, last, at) {
        (Action::Append(new), _, Value::Sequence(items)) => {
            items.extend(new.iter().map(as_value));
        }
        (Action::Set(value), Some(Step::Key(key)), Value::Mapping(map)) => {
            map.insert(key.as_str().into(), as_value(value));
        }
        (Action::Set(value), Some(Step::Item(place)), Value::Sequence(items)) => {
            items[*place] = as_value(value);
        }
        (Action::Remove, Some(Step::Key(key)), Value::Mapping(map)) => {
            map.remove(key.as_str()).unwrap();
        }
        (Action::Remove, Some(Step::Item(place)), Value::Sequence(items)) => {
            items.remove(*place);
        }
        (Action::Rename(to), Some(Step::Key(key)), Value::Mapping(map)) => {
            let value = map.remove(key.as_str()).unwrap();
            map.insert(to.as_str().into(), value);
        }
        other => panic!("{other:?}"),
    }
    root
}

pub(crate) fn parsed(text: &str) -> Option<Document> {
    let parsed = yaml::parse(&Arc::new(Source::new("a.yaml", text)));
    assert!(
        parsed.diagnostics.len() + parsed.documents.len() == 1,
        "{text}\n{:?}",
        parsed.diagnostics
    );
    parsed.documents.into_iter().next()
}

/// The comments that may go with what a change takes out: on its lines, right above it in its column, right
/// below it and deeper.
pub(crate) fn may_go(document: &Document, change: &Change) -> Vec<String> {
    if change.action != Action::Remove {
        return Vec::new();
    }
    let mut at = document.root();
    let mut key: Option<NodeId> = None;
    for step in &change.path {
        key = None;
        at = match step {
            Step::Item(place) => document.items(at)[*place],
            Step::Key(name) => {
                let entry = document.get(at, name).unwrap();
                key = Some(entry.key);
                entry.value
            }
        };
    }
    let source = document.source();
    let start = document
        .span(key.unwrap_or(at))
        .start
        .min(document.span(at).start);
    let (mut first, mut last) = (source.line(start), source.line(document.span(at).end));
    let text = |line: u32| source.line_span(line).map_or("", |span| source.slice(span));
    // The dash of an item may stand on a line before it.
    if let (None, Some(Step::Item(place))) = (key, change.path.last()) {
        let outer = document.node(at).parent.unwrap();
        let before = place
            .checked_sub(1)
            .map(|before| document.items(outer)[before]);
        let from = before.map_or(document.span(outer).start, |before| {
            document.span(before).end + 1
        });
        let is_alone = document.source().slice(document.span(at)).starts_with('-');
        while first > source.line(from) && (is_alone || !text(first).trim_start().starts_with('-'))
        {
            first -= 1;
        }
    }
    while first > 1 && text(first - 1).trim_start().starts_with('#') {
        first -= 1;
    }
    while text(last + 1).trim_start().starts_with('#') {
        last += 1;
    }
    let comments = document.comments().iter();
    let within = comments.filter(|comment| (first..=last).contains(&source.line(comment.start)));
    within
        .map(|comment| source.slice(*comment).trim_end().to_owned())
        .collect()
}

pub(crate) fn comments(document: &Document) -> Vec<String> {
    let source = document.source();
    let comments = document.comments().iter();
    comments
        .map(|comment| source.slice(*comment).trim_end().to_owned())
        .collect()
}

fn is_written(root: &Value, text: &str) -> Result<(), TestCaseError> {
    let Ok(read) = serde_yaml::from_str::<Value>(text) else {
        panic!("the writer wrote no YAML:\n{text}");
    };
    prop_assert_eq!(&read, root, "the writer wrote something else:\n{}", text);
    Ok(())
}

fn attempt(seed: u64) -> Result<bool, TestCaseError> {
    let mut dice = Dice::new(seed);
    let root = Value::Mapping(mapping(&mut dice, 4));
    let text = write(&root, &mut dice);
    is_written(&root, &text)?;
    let Some(change) = change(&mut dice, &root) else {
        return Ok(false);
    };
    let before = parsed(&text).unwrap();
    let Some(edits) = edits(&before, from_ref(&change)) else {
        return Ok(false);
    };
    let after = apply(&text, &edits);
    let wanted = changed(&root, &change);
    let found = serde_yaml::from_str::<Value>(&after);
    prop_assert!(found.is_ok(), "{:?}\n{}\n---\n{}", change, text, after);
    prop_assert_eq!(
        found.unwrap(),
        wanted,
        "{:?}\n{}\n---\n{}",
        change,
        text,
        after
    );
    let document = parsed(&after).unwrap();
    prop_assert!(
        is_changed_so(from_ref(&before), from_ref(&document), &[&change]),
        "{:?}\n{}\n---\n{}",
        change,
        text,
        after
    );
    let kept = comments(&document);
    let lost: Vec<String> = comments(&before)
        .into_iter()
        .filter(|one| !kept.contains(one))
        .collect();
    let excused = may_go(&before, &change);
    prop_assert!(
        lost.iter().all(|one| excused.contains(one)),
        "{:?} loses {:?}\n{}\n---\n{}",
        change,
        lost,
        text,
        after
    );
    let breaks = |text: &str| text.matches('\n').count() == text.matches("\r\n").count();
    prop_assert!(
        !text.contains('\n') || !breaks(&text) || breaks(&after),
        "line breaks differ\n{:?}\n---\n{:?}",
        text,
        after
    );
    prop_assert_eq!(
        text.ends_with('\n'),
        after.ends_with('\n') || after.is_empty(),
        "{:?}\n{:?}",
        text,
        after
    );
    Ok(true)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6000, ..ProptestConfig::default() })]
    #[test]
    fn an_edit_does_what_it_says_and_nothing_else(seed in any::<u64>()) {
        attempt(seed)?;
    }
}

#[test]
fn most_changes_can_be_made() {
    let made = (0..3000).filter(|seed| attempt(*seed).unwrap()).count();
    assert!(made > 1800, "{made} of 3000");
}
