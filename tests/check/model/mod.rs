//! The model agency: clean as it is, and whatever is left out of it, an answer.

mod demands;

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use spokeslint::engine::Engine;
use spokeslint::source::Source;
use spokeslint::yaml::{self, Document, Kind, NodeId};

use super::{DAY, PACKS, assert_labels_fit, check, engine, outputs, path, settings};

const FILE: &str = "examples/model-agency/agency.yaml";

fn text() -> String {
    String::from_utf8(std::fs::read(path(FILE)).unwrap()).unwrap()
}

fn document() -> Document {
    let source = Arc::new(Source::new("a.yaml", text()));
    yaml::parse(&source).documents.remove(0)
}

#[test]
fn it_is_clean_under_every_profile_all_year() {
    let days = [
        "2026-01-01",
        "2026-04-15",
        "2026-07-10",
        "2026-11-22",
        "2026-12-31",
    ];
    assert!(PACKS.profiles.len() >= 3);
    for profile in &PACKS.profiles {
        for day in days {
            let report = check(
                &engine(&settings(&profile.id, day)),
                "a.yaml",
                text().into(),
            );
            let found: Vec<_> = report
                .diagnostics
                .iter()
                .map(|found| &found.message.en)
                .collect();
            assert!(found.is_empty(), "{} on {day}: {found:?}", profile.id);
            assert!(report.tally.held > 70, "{}: {:?}", profile.id, report.tally);
            assert_eq!(report.tally.not_evaluated, 0, "{}", profile.id);
        }
    }
}

/// What a reader of the file could take out: an entry of a mapping, or an item of a list.
fn removable(document: &Document, id: NodeId, found: &mut Vec<(NodeId, NodeId)>) {
    for entry in document.entries(id) {
        found.push((entry.key, entry.value));
        removable(document, entry.value, found);
    }
    for item in document.items(id) {
        found.push((*item, *item));
        removable(document, *item, found);
    }
}

/// The document written out again as JSON, which is YAML too, without some parts.
fn without(document: &Document, id: NodeId, gone: &[NodeId]) -> String {
    match &document.node(id).kind {
        Kind::Mapping(_) => {
            let entries = document
                .entries(id)
                .iter()
                .filter(|entry| !gone.contains(&entry.key));
            let entries: Vec<String> = entries
                .map(|entry| {
                    let key = document.text(entry.key).unwrap();
                    format!("{key:?}: {}", without(document, entry.value, gone))
                })
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        Kind::Sequence(_) => {
            let items = document
                .items(id)
                .iter()
                .filter(|item| !gone.contains(item));
            let items: Vec<String> = items.map(|item| without(document, *item, gone)).collect();
            format!("[{}]", items.join(", "))
        }
        _ => {
            let written = document.source().slice(document.span(id));
            if written.contains(',') {
                format!("{written:?}")
            } else {
                written.to_owned()
            }
        }
    }
}

/// Every way to leave one part out, with the part's path.
static CUT: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let document = document();
    let mut parts = Vec::new();
    removable(&document, document.root(), &mut parts);
    parts
        .into_iter()
        .map(|(part, value)| {
            let cut = without(&document, document.root(), &[part]);
            (document.path(value), format!("{cut}\n"))
        })
        .collect()
});

static ENGINES: LazyLock<Vec<Engine>> = LazyLock::new(|| {
    let profiles = PACKS.profiles.iter();
    profiles
        .map(|profile| engine(&settings(&profile.id, DAY)))
        .collect()
});

#[test]
fn it_can_be_written_in_one_line_and_stays_clean() {
    let document = document();
    let whole = without(&document, document.root(), &[]);
    for engine in ENGINES.iter() {
        let report = check(engine, "a.yaml", whole.clone().into_bytes());
        let found: Vec<_> = report
            .diagnostics
            .iter()
            .map(|found| &found.message.en)
            .collect();
        assert!(found.is_empty(), "{found:?}");
    }
    assert!(CUT.len() > 300, "{} parts", CUT.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_left_out_only_a_missing_key_is_an_error_of_shape(
        part in 0..CUT.len(),
        profile in 0..ENGINES.len(),
    ) {
        let (path, text) = &CUT[part];
        let report = check(&ENGINES[profile], "a.yaml", text.clone().into_bytes());
        assert_labels_fit(&report);
        prop_assert!(outputs(&report).iter().all(|out| !out.is_empty()));
        for found in &report.diagnostics {
            let rule = found.rule.as_str();
            let is_rule = PACKS.rules.iter().any(|known| known.id == rule);
            let is_missing = rule == "schema/missing"
                || (rule == "schema/kind" && path == "kind")
                || (rule == "schema/api-version" && path == "apiVersion");
            prop_assert!(is_rule || is_missing, "without {}: {}", path, rule);
        }
        prop_assert!(report.diagnostics.len() < 30, "without {}", path);
    }
}
