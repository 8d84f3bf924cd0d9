//! Rules that are final: nothing sets them aside, and who tries is told where it says so.

use std::path::Path;
use std::sync::Arc;

use spokeslint::date::Date;
use spokeslint::engine::{Engine, Report, Settings};
use spokeslint::suppress::{Baseline, Leniency, Waivers};
use spokeslint::{Label, Lang, Source, Span};

const RULE: &str = "personal-account/answers-the-public";

/// An engine in which the rule is final by a pack of somebody's own.
fn engine() -> Engine {
    let mut packs = super::PACKS.clone();
    let pack = Arc::new(Source::new("ours/pack.yaml", "final: [personal-account]\n"));
    let said = Label::new(&pack, Span::new(8, 24));
    let rule = packs.rules.iter_mut().find(|rule| rule.id == RULE).unwrap();
    rule.finality = Some(said);
    let mut settings = Settings::new(Date::parse("2026-11-28").unwrap());
    settings.select = vec![RULE.to_owned()];
    Engine::new(&packs, &settings).unwrap()
}

fn agency(comment: &str) -> String {
    format!(
        "apiVersion: spokeslint/v1\nkind: Agency\nid: water\nname: {{ en: Water }}\naccounts:\n  - {{ id: own, \
         platform: x, handle: example_own, kind: personal, uses: [replies] }}{comment}\n"
    )
}

/// The ids that are found, with the two places of what is said of the attempt.
fn outcome(report: &Report) -> Vec<String> {
    assert!(report.suppressed.is_empty());
    let told = |found: &spokeslint::Diagnostic| {
        let places = found.labels.iter().map(|label| {
            let line = label.position().line;
            format!("{}:{line}", label.source.name())
        });
        let places: Vec<String> = places.collect();
        format!(
            "{} {} {}",
            found.rule,
            places.join(" "),
            found.message.plain(Lang::En)
        )
    };
    let found = report.diagnostics.iter().filter(|found| found.rule != RULE);
    found.map(told).collect()
}

#[test]
fn no_comment_sets_a_final_rule_aside() {
    let report = super::check(
        &engine(),
        &agency(&format!(" # spokeslint: ignore {RULE} -- a")),
    );
    assert_eq!(report.diagnostics.len(), 2);
    insta::assert_snapshot!(outcome(&report).join("\n"), @"suppression/final a.yaml:6 ours/pack.yaml:1 `personal-account/answers-the-public` is final and cannot be set aside");
}

#[test]
fn no_waiver_and_no_baseline_sets_a_final_rule_aside() {
    let engine = engine();
    let mut report = super::check(&engine, &agency(""));
    let key = report.diagnostics[0].key.clone().unwrap();
    let baseline = format!(
        "apiVersion: spokeslint/v1\nkind: Baseline\nfindings:\n  - {{ rule: {RULE}, document: {}, path: '{}', digest: '{}' }}\n",
        key.document, key.path, key.digest
    );
    let waivers = format!(
        "apiVersion: spokeslint/v1\nkind: Waivers\nwaivers:\n  - {{ rule: {RULE}, where: {{ document: water }}, reason: a, \
         owner: b, issued: 2026-11-01, until: 2026-12-31 }}\n"
    );
    let leniency = Leniency {
        waivers: vec![Waivers::read(
            &Arc::new(Source::new("w.yaml", waivers)),
            Path::new("."),
        )],
        baseline: Some(Baseline::read(&Arc::new(Source::new("b.yaml", baseline))).unwrap()),
    };
    leniency.apply(&mut report, &engine, true);
    assert_eq!(report.diagnostics.len(), 3);
    insta::assert_snapshot!(outcome(&report).join("\n"), @r"
    baseline/final b.yaml:4 ours/pack.yaml:1 `personal-account/answers-the-public` is final and cannot be set aside
    waiver/final w.yaml:4 ours/pack.yaml:1 `personal-account/answers-the-public` is final and cannot be set aside
    ");
    // What cannot be in a baseline is said, and not written.
    let mut report = super::check(&engine, &agency(""));
    Leniency::default().apply(&mut report, &engine, true);
    let first = Baseline::first(&report, &engine);
    assert_eq!((first.held, first.left_over.len()), (0, 1));
}
