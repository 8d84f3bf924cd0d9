//! Runs the examples of rules: a rule that cannot be shown to fire and to hold is a fault in its pack.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Label};
use crate::engine::finding::MAX_LABELS;
use crate::engine::mending::check_fixes;
use crate::engine::{Engine, Report};
use crate::pack::{Example, Packs, Rule, examples};
use crate::schema::is_marker;
use crate::source::{Source, Span, to_offset};
use crate::text;

/// What stands behind each line of an example on which the rule must find a fault.
pub(super) const MARK: &str = "# finding";

/// What running examples amounts to.
#[derive(Debug, Default)]
pub struct ExampleReport {
    /// How many rules were tried.
    pub rules: usize,
    /// How many examples were run.
    pub examples: usize,
    /// What is wrong, at its place in the rule files.
    pub diagnostics: Vec<Diagnostic>,
}

/// Runs the examples of the given rules.
pub fn check_examples<'r>(
    packs: &Packs,
    rules: impl IntoIterator<Item = &'r Rule>,
) -> ExampleReport {
    let rules: Vec<&Rule> = rules.into_iter().collect();
    let results: Vec<(usize, Vec<Diagnostic>)> = rules
        .par_iter()
        .map(|rule| check_rule(packs, rule))
        .collect();
    let mut report = ExampleReport {
        rules: rules.len(),
        ..ExampleReport::default()
    };
    for (examples, diagnostics) in results {
        report.examples += examples;
        report.diagnostics.extend(diagnostics);
    }
    report
        .diagnostics
        .sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    report
}

fn check_rule(packs: &Packs, rule: &Rule) -> (usize, Vec<Diagnostic>) {
    let examples = match examples(rule) {
        Ok(examples) => examples,
        Err(diagnostics) => return (0, diagnostics),
    };
    let mut diagnostics = Vec::new();
    let mut has_held = false;
    for example in &examples {
        match check_example(packs, rule, example) {
            Ok(held) => has_held |= held,
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    if diagnostics.is_empty() {
        diagnostics.extend(check_fixes(packs, rule, &examples));
    }
    let start = Label::new(&rule.source, Span::default());
    if !examples.iter().any(|example| example.fails) {
        let message = text!(
            "no example shows that `{rule}` can find a fault",
            "لا مثال يثبت أن القاعدة `{rule}` تكشف مخالفة",
            rule = rule.id,
        );
        let help = text!("add one under `fails`", "أضف مثالًا تحت `fails`");
        diagnostics.push(
            Diagnostic::error("pack/no-example", message)
                .with_label(start.clone())
                .with_help(help),
        );
    }
    if !has_held && diagnostics.is_empty() {
        let message = text!(
            "no example shows that `{rule}` can hold",
            "لا مثال يثبت أن القاعدة `{rule}` قد تُستوفى",
            rule = rule.id,
        );
        let help = text!(
            "add one under `passes` to which the rule applies",
            "أضف مثالًا تحت `passes` تنطبق عليه القاعدة",
        );
        diagnostics.push(
            Diagnostic::error("pack/no-example", message)
                .with_label(start)
                .with_help(help),
        );
    }
    (examples.len(), diagnostics)
}

/// Runs one example; whether the rule held there.
pub(super) fn check_example(
    packs: &Packs,
    rule: &Rule,
    example: &Example,
) -> Result<bool, Box<Diagnostic>> {
    let (source, report) = run_example(packs, rule, example);
    let misfit = report
        .diagnostics
        .iter()
        .find(|found| found.rule != rule.id);
    if let Some(found) = misfit {
        let line = found
            .labels
            .first()
            .map_or(0, |label| label.position().line);
        return Err(Box::new(
            Diagnostic::error(
                "pack/example",
                text!(
                    "this example is no sound document: {problem} (its line {line})",
                    "هذا المثال ليس مستندًا سليمًا: {problem} (السطر {line} منه)",
                    problem = found.message.plain(text::Lang::En),
                    line = line,
                ),
            )
            .with_label(example.label.clone()),
        ));
    }
    let found = found_lines(&report);
    let marked = marked_lines(&source);
    let marked = if example.fails {
        marked
    } else {
        BTreeSet::new()
    };
    if found != marked || (example.fails && found.is_empty()) {
        let mismatch = mismatch(rule, &found, &marked);
        let misplaced = misplaced(rule, example, &source, (&found, &marked));
        return Err(Box::new(Diagnostic {
            labels: misplaced.unwrap_or_else(|| vec![example.label.clone()]),
            ..mismatch
        }));
    }
    Ok(report.tally.held > 0)
}

/// The lines on which findings stand.
pub(super) fn found_lines(report: &Report) -> BTreeSet<u32> {
    let labels = report.diagnostics.iter();
    labels
        .filter_map(|diagnostic| diagnostic.labels.first())
        .map(|label| label.position().line)
        .collect()
}

/// The lines on which the example says that they should stand.
pub(super) fn marked_lines(source: &Source) -> BTreeSet<u32> {
    let is_marked = |line: &u32| {
        let span = source.line_span(*line);
        span.is_some_and(|span| source.slice(span).trim_end().ends_with(MARK))
    };
    (1..=source.line_count()).filter(is_marked).collect()
}

fn mismatch(rule: &Rule, found: &BTreeSet<u32>, marked: &BTreeSet<u32>) -> Diagnostic {
    let lines = |lines: &BTreeSet<u32>| {
        let words: Vec<String> = lines.iter().map(u32::to_string).collect();
        words.join(", ")
    };
    let message = match (found.is_empty(), marked.is_empty()) {
        (true, true) => text!(
            "`{rule}` should find something in this example, but finds nothing",
            "يُتوقع أن تكشف القاعدة `{rule}` مخالفة في هذا المثال، لكنها لا تكشف شيئًا",
            rule = rule.id,
        ),
        (true, false) => text!(
            "`{rule}` should find something on line {marked} of this example, but finds nothing",
            "يُتوقع أن تكشف القاعدة `{rule}` مخالفة في السطر {marked} من هذا المثال، لكنها لا تكشف شيئًا",
            rule = rule.id,
            marked = lines(marked),
        ),
        (false, true) => text!(
            "`{rule}` finds something on line {found} of this example, where nothing is marked",
            "تكشف القاعدة `{rule}` مخالفة في السطر {found} من هذا المثال، ولا علامة فيه",
            rule = rule.id,
            found = lines(found),
        ),
        (false, false) => text!(
            "`{rule}` should find something on line {marked} of this example, but does so on line {found}",
            "يُتوقع أن تكشف القاعدة `{rule}` مخالفة في السطر {marked} من هذا المثال، لكنها تكشفها في السطر {found}",
            rule = rule.id,
            found = lines(found),
            marked = lines(marked),
        ),
    };
    let help = text!(
        "end each line on which a finding begins with `{mark}`, and only those; an example that passes has none",
        "أنهِ كل سطر تبدأ فيه مخالفة بالتعليق `{mark}`، ولا شيء غيرها؛ والمثال المستوفي بلا علامات",
        mark = MARK,
    );
    Diagnostic::error("pack/example", message).with_help(help)
}

/// The lines that have a finding or a mark but not both, as far as they stand in the rule's file.
fn misplaced(
    rule: &Rule,
    example: &Example,
    source: &Source,
    (found, marked): (&BTreeSet<u32>, &BTreeSet<u32>),
) -> Option<Vec<Label>> {
    let label = |line: &u32| {
        let span = rule
            .source
            .line_span(place_in_rule(rule, example, source, *line)?)?;
        let text = if found.contains(line) {
            text!("a finding stands here", "هنا مخالفة")
        } else {
            text!("nothing is found here", "لا مخالفة هنا")
        };
        let written = rule.source.slice(span);
        let indent = to_offset(written.len() - written.trim_start().len());
        let span = Span::new(span.start + indent, span.end);
        Some(Label::new(&rule.source, span).with_text(text))
    };
    let differing = found.symmetric_difference(marked).take(MAX_LABELS);
    let labels: Option<Vec<Label>> = differing.map(label).collect();
    labels.filter(|labels| !labels.is_empty())
}

/// The line of the rule's file that a line of an example stands on; none for one that was added to
/// complete the example.
pub(super) fn place_in_rule(
    rule: &Rule,
    example: &Example,
    source: &Source,
    line: u32,
) -> Option<u32> {
    let inner = source.slice(source.line_span(line)?);
    let at = example.first_line? + line_in_fragment(example, source, line)? - 1;
    let written = rule.source.slice(rule.source.line_span(at)?);
    (written.trim() == inner.trim()).then_some(at)
}

/// The line of the fragment that a line of the completed example comes from. What was added stands before
/// the lines that begin a document, or at the end.
fn line_in_fragment(example: &Example, source: &Source, line: u32) -> Option<u32> {
    let mut fragment = (1..).zip(example.text.lines()).peekable();
    for number in 1..line {
        let inner = source.slice(source.line_span(number)?);
        fragment.next_if(|(_, own)| !is_marker(own) || is_marker(inner));
    }
    let inner = source.slice(source.line_span(line)?);
    let (own, text) = fragment.next()?;
    (!is_marker(text) || is_marker(inner)).then_some(own)
}

/// Checks an example with its rule alone, and hands out the completed document as well.
pub(crate) fn run_example(packs: &Packs, rule: &Rule, example: &Example) -> (Arc<Source>, Report) {
    let source = completed(packs, rule, (&example.name, &example.text));
    let report = engine_of(packs, rule, example).check(&source, true);
    (source, report)
}

/// An engine that knows a rule alone, on the day of an example.
pub(super) fn engine_of(packs: &Packs, rule: &Rule, example: &Example) -> Engine {
    Engine::with_rules(packs, vec![rule.clone()], example.as_of)
}

/// A fragment as a whole document.
pub(super) fn completed(packs: &Packs, rule: &Rule, (name, fragment): (&str, &str)) -> Arc<Source> {
    let pack = packs.packs.iter().find(|pack| pack.id == rule.pack());
    let others = pack.map_or(&[][..], |pack| &pack.smallest);
    Arc::new(Source::new(name, rule.kind.complete(fragment, others)))
}

/// The first failing example of a rule as real findings, for `explain`.
pub fn failing_example(packs: &Packs, rule: &Rule) -> Vec<Diagnostic> {
    let examples = examples(rule).unwrap_or_default();
    let failing = examples.iter().find(|example| example.fails);
    failing.map_or_else(Vec::new, |example| {
        run_example(packs, rule, example).1.diagnostics
    })
}
