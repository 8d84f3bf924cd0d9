//! Moves the marks of failing examples to where the findings stand, and leaves every other byte alone.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::engine::examples::{
    MARK, check_example, found_lines, marked_lines, place_in_rule, run_example,
};
use crate::pack::{Example, Packs, Rule, examples};
use crate::source::Source;

/// A rule with its marks where its findings stand.
#[derive(Debug)]
pub struct Remarked {
    /// The rule, whose source holds the new text.
    pub rule: Rule,
    /// The lines that changed, in order.
    pub changes: Vec<Change>,
}

/// A line that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its number.
    pub line: u32,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

/// Moves the marks in a rule's failing examples; `None` if none can be moved. An example in which nothing
/// is found is left as it is, for then it is the rule or the example that is wrong, and so is one that
/// holds although it is meant to pass.
pub fn move_marks(packs: &Packs, rule: &Rule) -> Option<Remarked> {
    let all = examples(rule).ok()?;
    let mut changes = Vec::new();
    let mut touched = Vec::new();
    for (place, example) in all.iter().enumerate().filter(|(_, one)| one.fails) {
        if let Some(moved) = moved(packs, rule, example).filter(|moved| !moved.is_empty()) {
            changes.extend(moved);
            touched.push(place);
        }
    }
    if changes.is_empty() {
        return None;
    }
    let text = rewritten(&rule.source, &changes);
    let source = Arc::new(Source::new(rule.source.name(), text));
    let rule = Rule {
        source,
        ..rule.clone()
    };
    // A mark where no comment can be would change what the example says.
    let now = examples(&rule).ok()?;
    let holds = |place: usize| {
        now.get(place)
            .is_some_and(|example| check_example(packs, &rule, example).is_ok())
    };
    let all_hold = touched.into_iter().all(holds);
    all_hold.then_some(Remarked { rule, changes })
}

/// What has to change in one example, if its marks stand on other lines than its findings.
fn moved(packs: &Packs, rule: &Rule, example: &Example) -> Option<Vec<Change>> {
    let (source, report) = run_example(packs, rule, example);
    if report.diagnostics.iter().any(|found| found.rule != rule.id) {
        return None;
    }
    let (found, marked) = (found_lines(&report), marked_lines(&source));
    if found.is_empty() {
        return None;
    }
    let differ: BTreeSet<u32> = found.symmetric_difference(&marked).copied().collect();
    let change = |line: u32| {
        let at = place_in_rule(rule, example, &source, line)?;
        let before = rule.source.slice(rule.source.line_span(at)?);
        let bare = before.trim_end();
        let after = if found.contains(&line) {
            format!("{bare}  {MARK}")
        } else {
            let unmarked = bare.strip_suffix(MARK).unwrap_or(bare);
            unmarked.trim_end().to_owned()
        };
        Some(Change {
            line: at,
            before: before.to_owned(),
            after,
        })
    };
    differ.into_iter().map(change).collect()
}

fn rewritten(source: &Source, changes: &[Change]) -> String {
    let mut text = String::with_capacity(source.text().len() + 64);
    let mut copied = 0;
    for change in changes {
        let Some(span) = source.line_span(change.line) else {
            continue;
        };
        let range = span.range();
        text.push_str(source.text().get(copied..range.start).unwrap_or(""));
        text.push_str(&change.after);
        copied = range.end;
    }
    text.push_str(source.text().get(copied..).unwrap_or(""));
    text
}
