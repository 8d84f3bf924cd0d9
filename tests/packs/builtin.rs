//! Every built-in rule is shown to fire and to hold, by its own examples.

use std::sync::Arc;

use spokeslint::engine::{check_examples, check_mutants};
use spokeslint::pack::Packs;
use spokeslint::yaml;

use super::{builtin, read, write};

#[test]
fn every_example_of_every_rule_holds() {
    let packs = builtin();
    let report = check_examples(&packs, &packs.rules);
    let problems: Vec<String> = report
        .diagnostics
        .iter()
        .map(|found| format!("{}: {}", found.labels[0].source.name(), found.message.en))
        .collect();
    assert_eq!(problems, Vec::<String>::new());
    assert!(report.rules >= 24 && report.examples >= 2 * report.rules);
}

/// The text of a rule file with another value under one of its top keys.
fn with(source: &Arc<spokeslint::Source>, key: &str, value: &str) -> Option<String> {
    let parsed = yaml::parse_first(source);
    let document = &parsed.documents[0];
    let entry = document.get(document.root(), key)?;
    let span = document.span(document.root());
    let value_span = document.span(entry.value);
    // A block scalar begins at its content: cut from behind the key to the value's end.
    let key_end = document.span(entry.key).end as usize;
    assert!(span.contains(value_span));
    let text = source.text();
    Some(format!(
        "{}: {value}{}",
        text.get(..key_end)?,
        text.get(value_span.end as usize..)?
    ))
}

/// Loads a changed rule beside all others, in the place of the one that it was, and runs its examples.
fn survives(packs: &Packs, id: &str, text: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let pack = id.split('/').next().unwrap();
    let header = format!("{pack}/pack.yaml");
    let from = format!("{}/rules/{header}", env!("CARGO_MANIFEST_DIR"));
    write(folder.path(), &header, &read(from.as_ref()));
    write(folder.path(), &format!("{id}.yaml"), text);
    let mut changed = packs.clone();
    changed.packs.retain(|known| known.id != pack);
    changed.rules.retain(|known| known.id != id);
    changed.terms.retain(|known| known.pack != pack);
    if changed.load(folder.path()).is_err() {
        return false;
    }
    let rule = changed.rules.iter().filter(|rule| rule.id == id);
    check_examples(&changed, rule).diagnostics.is_empty()
}

/// What holds on every day on which examples are checked; `true` itself would not load.
const ALWAYS: &str = "today > timestamp('1900-01-01')";
/// What holds on none of them.
const NEVER: &str = "today < timestamp('1900-01-01')";

#[test]
fn no_rule_survives_without_its_check() {
    let packs = builtin();
    let mut survivors = Vec::new();
    for rule in &packs.rules {
        let (key, _) = rule.check();
        assert!(
            survives(&packs, &rule.id, rule.source.text()),
            "{} as it is",
            rule.id
        );
        for value in [ALWAYS, NEVER] {
            let changed = with(&rule.source, key, value).unwrap();
            if survives(&packs, &rule.id, &changed) {
                survivors.push(format!("{}: {key}: {value}", rule.id));
            }
        }
        if let Some(changed) = with(&rule.source, "when", ALWAYS)
            && survives(&packs, &rule.id, &changed)
        {
            survivors.push(format!("{}: when: {ALWAYS}", rule.id));
        }
    }
    assert_eq!(survivors, Vec::<String>::new());
}

#[test]
fn no_mutant_of_a_rule_survives_its_examples() {
    let packs = builtin();
    let report = check_mutants(&packs, &packs.rules);
    let survivors: Vec<&str> = report
        .survivors
        .iter()
        .map(|found| found.message.en.as_str())
        .collect();
    assert_eq!(survivors, Vec::<&str>::new());
    assert_eq!(report.mutants, report.killed + report.refused);
    assert!(report.killed > 10 * packs.rules.len(), "{report:?}");
}
