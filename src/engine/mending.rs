//! Tries the fix of a rule on its failing examples: a fix that cannot be shown to mend what the rule finds is
//! a fault in its pack.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Label, Safety};
use crate::engine::Report;
use crate::engine::examples::{MARK, completed, engine_of};
use crate::fix::{Fixed, fix};
use crate::pack::{Example, Packs, Rule};
use crate::source::Source;
use crate::text;
use crate::text::Text;

/// What is wrong with a rule's fix, tried on the rule's examples.
pub(super) fn check_fixes(packs: &Packs, rule: &Rule, examples: &[Example]) -> Vec<Diagnostic> {
    let failing = examples.iter().filter(|example| example.fails);
    if rule.fix().is_none() {
        let pinned = failing.filter_map(|example| example.fixed.as_ref());
        return pinned.map(|(_, place)| no_fix(rule, place)).collect();
    }
    let mut found = Vec::new();
    let mut is_shown = false;
    for example in failing {
        let (source, fixed) = fixed(packs, rule, example);
        is_shown |= fixed.is_changed();
        let problem = check_fix(packs, rule, (example, &source), &fixed);
        found.extend(problem);
    }
    if !is_shown && found.is_empty() {
        let start = Label::new(&rule.source, fix_span(rule));
        let message = text!(
            "no example shows that the fix of `{rule}` can be made",
            "لا مثال يثبت إمكان إجراء إصلاح القاعدة `{rule}`",
            rule = rule.id,
        );
        let help = text!(
            "add an example under `fails` that the fix applies to",
            "أضف مثالًا تحت `fails` ينطبق عليه الإصلاح",
        );
        found.push(
            Diagnostic::error("pack/no-example", message)
                .with_label(start)
                .with_help(help),
        );
    }
    found
}

/// An example as the rule's fix leaves it.
pub(super) fn fixed(packs: &Packs, rule: &Rule, example: &Example) -> (Arc<Source>, Fixed) {
    let source = completed(packs, rule, (&example.name, &example.text));
    let engine = engine_of(packs, rule, example);
    let check = |source: &Arc<Source>| engine.check(source, true);
    let fixed = fix(&source, &check, Safety::Unsafe);
    (source, fixed)
}

fn check_fix(
    packs: &Packs,
    rule: &Rule,
    (example, before): (&Example, &Arc<Source>),
    fixed: &Fixed,
) -> Option<Diagnostic> {
    if let Some(left) = fixed.left.first() {
        let line = left.labels.first().map_or(0, |label| label.position().line);
        let message = text!(
            "the fix of `{rule}` does not mend what it finds on line {line} of this example, or does more than it says",
            "إصلاح القاعدة `{rule}` لا يعالج ما تكشفه في السطر {line} من هذا المثال، أو يغيّر أكثر مما يعلن",
            rule = rule.id,
            line = line,
        );
        return Some(Diagnostic::error("pack/fix", message).with_label(example.label.clone()));
    }
    // What has no fix in the first place stays.
    let engine = engine_of(packs, rule, example);
    let (old, new) = (
        engine.check(before, true),
        engine.check(&fixed.source, true),
    );
    if fixable(&new) > 0
        || new.diagnostics.len() + fixed.applied.len().min(1) > old.diagnostics.len()
    {
        let message = text!(
            "after the fix of `{rule}` there is still something to be found in this example",
            "بعد إصلاح القاعدة `{rule}` تبقى في هذا المثال مخالفة",
            rule = rule.id,
        );
        return Some(Diagnostic::error("pack/fix", message).with_label(example.label.clone()));
    }
    let (pinned, place) = example.fixed.as_ref()?;
    let wanted = completed(packs, rule, (&example.name, pinned));
    differing_line(wanted.text(), fixed.source.text()).map(|lines| differs(rule, place, lines))
}

fn fixable(report: &Report) -> usize {
    report
        .diagnostics
        .iter()
        .filter(|one| one.fix.is_some())
        .count()
}

/// The first lines that differ, marks left out.
fn differing_line<'t>(wanted: &'t str, found: &'t str) -> Option<(&'t str, &'t str)> {
    let mut wanted = wanted.lines().map(unmarked);
    let mut found = found.lines().map(unmarked);
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => return None,
            (a, b) if a == b => {}
            (a, b) => return Some((a.unwrap_or(""), b.unwrap_or(""))),
        }
    }
}

/// A line without its mark.
pub(super) fn unmarked(line: &str) -> &str {
    line.strip_suffix(MARK).unwrap_or(line).trim_end()
}

fn differs(rule: &Rule, place: &Label, (wanted, found): (&str, &str)) -> Diagnostic {
    let message = text!(
        "the fix of `{rule}` leaves `{found}` where `{wanted}` is expected",
        "إصلاح القاعدة `{rule}` يترك `{found}` حيث يُتوقع `{wanted}`",
        rule = rule.id,
        found = found.trim(),
        wanted = wanted.trim(),
    );
    Diagnostic::error("pack/fix", message).with_label(place.clone())
}

fn no_fix(rule: &Rule, place: &Label) -> Diagnostic {
    let message: Text = text!(
        "`{rule}` has no `fix` that could lead to this",
        "ليس للقاعدة `{rule}` إصلاح `fix` يؤدي إلى هذا",
        rule = rule.id,
    );
    Diagnostic::error("pack/fix", message).with_label(place.clone())
}

/// The key `fix` in the rule's file.
fn fix_span(rule: &Rule) -> crate::source::Span {
    let parsed = crate::yaml::parse_first(&rule.source);
    let document = parsed.documents.first();
    let entry = document.and_then(|doc| Some((doc, doc.get(doc.root(), "fix")?)));
    entry.map_or_else(Default::default, |(doc, entry)| doc.span(entry.key))
}
