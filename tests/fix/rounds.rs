//! The loop: which fixes are made together, which are refused, and when it ends.

use std::cell::Cell;
use std::sync::Arc;

use spokeslint::diagnostic::{Action, Change, Edit, Fix, Literal, Safety, Step};
use spokeslint::edit::edits;
use spokeslint::engine::Report;
use spokeslint::fix::{Fixed, fix};
use spokeslint::text::Text;
use spokeslint::yaml::{self, Document};
use spokeslint::{Diagnostic, Label, Source};

/// Something wrong with the value under a key, and what is done about it.
fn finding(document: &Document, key: &str, action: Option<Action>) -> Option<Diagnostic> {
    let entry = document.get(document.root(), key)?;
    let label = Label::new(document.source(), document.span(entry.key));
    let mut found = Diagnostic::error("a/bad", Text::new(key, key)).with_label(label);
    if let Some(action) = action {
        let changes = vec![Change {
            document: 0,
            path: vec![Step::Key(key.to_owned())],
            action,
        }];
        found.fix = Some(Box::new(Fix {
            title: Text::new(key, key),
            safety: if key.starts_with('u') {
                Safety::Unsafe
            } else {
                Safety::Safe
            },
            source: Arc::clone(document.source()),
            edits: edits(document, &changes)?,
            changes,
        }));
    }
    Some(found)
}

fn report(source: &Arc<Source>, find: impl Fn(&Document) -> Vec<Option<Diagnostic>>) -> Report {
    let parsed = yaml::parse(source);
    Report {
        diagnostics: parsed.documents.iter().flat_map(find).flatten().collect(),
        documents: 1,
        ..Report::default()
    }
}

fn run(text: &str, safety: Safety, find: &dyn Fn(&Document) -> Vec<Option<Diagnostic>>) -> Fixed {
    let source = Arc::new(Source::new("a.yaml", text));
    fix(&source, &|source| report(source, find), safety)
}

fn removal(document: &Document, key: &str) -> Option<Diagnostic> {
    finding(document, key, Some(Action::Remove))
}

#[test]
fn what_does_not_overlap_is_done_in_one_round() {
    let all = |doc: &Document| vec![removal(doc, "b"), removal(doc, "d")];
    let fixed = run("a: 1\nb: 2\nc: 3\nd: 4\n", Safety::Safe, &all);
    assert_eq!(fixed.source.text(), "a: 1\nc: 3\n");
    assert_eq!(
        (fixed.applied.len(), fixed.rounds, fixed.left.len()),
        (2, 1, 0)
    );
}

#[test]
fn what_overlaps_waits_for_the_next_round() {
    let all = |doc: &Document| vec![removal(doc, "a"), removal(doc, "b")];
    let fixed = run("{a: 1, b: 2, c: 3}\n", Safety::Safe, &all);
    assert_eq!((fixed.source.text(), fixed.applied.len()), ("{c: 3}\n", 2));
    let fixed = run("{c: 3, a: 1, b: 2}\n", Safety::Safe, &all);
    assert_eq!((fixed.source.text(), fixed.rounds), ("{c: 3}\n", 2));
}

#[test]
fn unsafe_fixes_are_made_only_when_asked_for() {
    let all = |doc: &Document| vec![removal(doc, "u"), removal(doc, "b")];
    assert_eq!(
        run("u: 1\nb: 2\nc: 3\n", Safety::Safe, &all).source.text(),
        "u: 1\nc: 3\n"
    );
    assert_eq!(
        run("u: 1\nb: 2\nc: 3\n", Safety::Unsafe, &all)
            .source
            .text(),
        "c: 3\n"
    );
}

#[test]
fn a_fix_that_does_more_than_it_says_is_refused_and_does_not_block_the_others() {
    let all = |doc: &Document| {
        let mut liar = removal(doc, "b");
        if let Some(fix) = liar.as_mut().and_then(|liar| liar.fix.as_mut()) {
            // It takes its neighbour along.
            let end = fix.edits[0].span.end + 5;
            fix.edits[0].span.end = end;
        }
        vec![
            removal(doc, "a"),
            liar,
            removal(doc, "d"),
            removal(doc, "e"),
        ]
    };
    let fixed = run("a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n", Safety::Safe, &all);
    assert_eq!(fixed.source.text(), "b: 2\nc: 3\n");
    assert_eq!(fixed.applied.len(), 3);
    assert_eq!(fixed.left.len(), 1);
    assert_eq!(fixed.left[0].message.en, "b");
}

#[test]
fn a_fix_that_breaks_the_text_is_refused() {
    let all = |doc: &Document| {
        let mut broken = removal(doc, "b");
        if let Some(fix) = broken.as_mut().and_then(|broken| broken.fix.as_mut()) {
            fix.edits = vec![Edit {
                span: fix.edits[0].span,
                replacement: "b: [\n".to_owned(),
            }];
        }
        vec![broken]
    };
    let fixed = run("a: 1\nb: 2\n", Safety::Safe, &all);
    assert!(!fixed.is_changed());
    assert_eq!((fixed.source.text(), fixed.left.len()), ("a: 1\nb: 2\n", 1));
}

#[test]
fn a_fix_that_adds_a_finding_is_refused() {
    let all = |doc: &Document| {
        let is_missing = doc.get(doc.root(), "b").is_none();
        let other = is_missing.then(|| finding(doc, "a", None)).flatten();
        let more = is_missing.then(|| finding(doc, "c", None)).flatten();
        vec![removal(doc, "b"), other, more]
    };
    assert!(!run("a: 1\nb: 2\nc: 3\n", Safety::Safe, &all).is_changed());
    // Neither does it help that as many findings are left.
    let all = |doc: &Document| {
        let is_missing = doc.get(doc.root(), "b").is_none();
        let other = is_missing.then(|| finding(doc, "a", None)).flatten();
        vec![removal(doc, "b"), removal(doc, "c"), other]
    };
    let fixed = run("a: 1\nb: 2\nc: 3\n", Safety::Safe, &all);
    assert_eq!(fixed.source.text(), "a: 1\nb: 2\n");
    assert_eq!(fixed.left.len(), 1);
}

#[test]
fn a_circle_ends() {
    let rounds = Cell::new(0);
    let all = |doc: &Document| {
        rounds.set(rounds.get() + 1);
        let value = Literal::Int(i64::from(rounds.get()));
        vec![finding(doc, "a", Some(Action::Set(value)))]
    };
    let fixed = run("a: 0\n", Safety::Safe, &all);
    assert!(!fixed.is_changed());
    assert!(rounds.get() < 20, "{}", rounds.get());
}

#[test]
fn a_text_that_does_not_parse_is_left_alone() {
    let all = |doc: &Document| vec![removal(doc, "b")];
    let text = "a: 1\nb: 2\n---\nc: [\n";
    let fixed = run(text, Safety::Safe, &all);
    assert_eq!((fixed.source.text(), fixed.left.len()), (text, 1));
}

#[test]
fn each_document_of_a_file_is_fixed_by_itself() {
    let text = "a: 1\nb: 2\n--- # c\nb: 3\nc: 4\n";
    let source = Arc::new(Source::new("a.yaml", text));
    let check = |source: &Arc<Source>| {
        let parsed = yaml::parse(source);
        let found = parsed.documents.iter().filter_map(|doc| {
            let mut found = removal(doc, "b")?;
            let fix = found.fix.as_mut()?;
            fix.changes[0].document = doc.number();
            Some(found)
        });
        Report {
            diagnostics: found.collect(),
            ..Report::default()
        }
    };
    // The edits are made for the document that a change names.
    let changes = vec![Change {
        document: 1,
        path: vec![Step::Key("b".into())],
        action: Action::Remove,
    }];
    let parsed = yaml::parse(&source);
    assert!(edits(&parsed.documents[0], &changes).is_none());
    let second = edits(&parsed.documents[1], &changes).unwrap();
    assert_eq!(
        spokeslint::edit::apply(text, &second),
        "a: 1\nb: 2\n--- # c\nc: 4\n"
    );
    let fixed = fix(&source, &check, Safety::Safe);
    assert_eq!(fixed.source.text(), "a: 1\n--- # c\nb: 3\nc: 4\n");
}
