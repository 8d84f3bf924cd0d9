//! More findings of one rule than are listed: whatever sets the listed ones aside lets no other through.

use std::sync::Arc;

use spokeslint::date::Date;
use spokeslint::engine::{Engine, MOST_FINDINGS, Report, Settings};
use spokeslint::pack::Packs;
use spokeslint::suppress::{Baseline, Leniency, Waivers};
use spokeslint::{Lang, Severity, Source};

const MORE: &str = "engine/more-findings";
const DAY: &str = "2026-11-28";

/// An engine with one rule of its own.
#[expect(clippy::disallowed_methods, reason = "lays out a pack of its own")]
fn engine(rest: &str) -> Engine {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own");
    std::fs::create_dir(&own).unwrap();
    let words = "title: { en: a, ar: أ }\nabout: { en: a, ar: أ }\n";
    std::fs::write(own.join("pack.yaml"), words).unwrap();
    let rule = format!(
        "severity: warning\nsummary: {{ en: a, ar: أ }}\nwhy: {{ en: a, ar: أ }}\n\
         message: {{ en: a, ar: أ }}\n{rest}\n"
    );
    std::fs::write(own.join("rule.yaml"), rule).unwrap();
    let mut packs = Packs::empty();
    packs.load(folder.path()).unwrap();
    let mut settings = Settings::new(Date::parse(DAY).unwrap());
    settings.profiles.clear();
    Engine::new(&packs, &settings).unwrap()
}

fn pairs() -> Engine {
    engine("each: [a in agency.accounts, b in agency.accounts]\nassert: a.id == b.id")
}

/// An agency with so many accounts.
fn agency(id: &str, accounts: usize) -> String {
    let account = |n: usize| format!("  - {{ id: a{n}, platform: x, handle: h, kind: agency }}\n");
    let accounts: String = (0..accounts).map(account).collect();
    format!(
        "apiVersion: spokeslint/v1\nkind: Agency\nid: {id}\nname: {{ en: W }}\naccounts:\n{accounts}"
    )
}

fn source(name: &str, text: &str) -> Arc<Source> {
    Arc::new(Source::new(name, text))
}

/// What is said of the findings that are not listed, which still fails the check.
fn more(engine: &Engine, report: &Report) -> Vec<String> {
    let found = report.diagnostics.iter().filter(|one| one.rule == MORE);
    found
        .map(|one| {
            assert!(engine.fails(one, Severity::Warning));
            one.message.plain(Lang::En).into_owned()
        })
        .collect()
}

#[test]
fn findings_beyond_those_that_are_listed_are_counted_and_said() {
    let engine = pairs();
    let report = engine.check(&source("a.yaml", &agency("w", 100)), true);
    let listed = report
        .diagnostics
        .iter()
        .filter(|one| one.rule == "own/rule");
    assert_eq!(listed.count(), MOST_FINDINGS);
    assert_eq!(
        more(&engine, &report),
        ["`own/rule` found 8900 more problems here, not listed"]
    );
    let found = report
        .diagnostics
        .iter()
        .find(|one| one.rule == MORE)
        .unwrap();
    assert_eq!(
        found.message.plain(Lang::Ar),
        "وجدت القاعدة `own/rule` هنا 8900 مخالفة أخرى لم تُعرض"
    );
    assert_eq!(found.severity, Severity::Warning);
    assert_eq!(report.unlisted["own/rule"], 8_900);
    assert_eq!(report.tally.found, 1);
    let few = engine.check(&source("a.yaml", &agency("w", 32)), true);
    assert_eq!((few.diagnostics.len(), few.unlisted.len()), (992, 0));
}

#[test]
fn no_comment_sets_aside_what_is_not_listed() {
    let engine = pairs();
    let comment = format!("# spokeslint: ignore own/rule, {MORE} -- all of them\n");
    let report = engine.check(&source("a.yaml", &(comment + &agency("w", 100))), true);
    assert_eq!(report.suppressed.len(), MOST_FINDINGS);
    assert_eq!(more(&engine, &report).len(), 1);
    let refused = report
        .diagnostics
        .iter()
        .find(|one| one.rule == "suppression/unknown-rule");
    assert_eq!(
        refused.unwrap().message.plain(Lang::En),
        format!("`{MORE}` cannot be set aside")
    );
}

#[test]
fn neither_a_waiver_nor_the_baseline_sets_aside_what_is_not_listed() {
    let engine = pairs();
    let document = source("a.yaml", &agency("w", 100));
    let waivers = format!(
        "apiVersion: spokeslint/v1\nkind: Waivers\nwaivers:\n  - {{ rule: own/rule, where: {{ document: w }}, \
         reason: r, owner: o, issued: {DAY}, until: {DAY} }}\n"
    );
    let waivers = Waivers::read(&source("w.yaml", &waivers), std::path::Path::new("."));
    let first = Baseline::first(&engine.check(&document, true), &engine);
    assert_eq!(first.held, MOST_FINDINGS);
    assert_eq!(first.left_over.len(), 1);
    let baseline = Baseline::read(&source("b.yaml", &first.text)).unwrap();
    let leniency = [
        Leniency {
            waivers: vec![waivers],
            baseline: None,
        },
        Leniency {
            waivers: Vec::new(),
            baseline: Some(baseline),
        },
    ];
    for leniency in leniency {
        let mut report = engine.check(&document, true);
        leniency.apply(&mut report, &engine, true);
        assert_eq!(report.suppressed.len(), MOST_FINDINGS);
        assert_eq!(more(&engine, &report).len(), 1);
        let listed = report.diagnostics.iter();
        assert!(listed.map(|one| &one.rule).all(|rule| rule != "own/rule"));
    }
}

#[test]
fn the_same_holds_for_keys_within_a_document_and_across_files() {
    let twice = |rest: &str| format!("each: a in agency.accounts\nunique: a.id{rest}");
    let ids = |count: usize| {
        let text = agency("w", count);
        let (head, accounts) = text.split_once("accounts:\n").unwrap();
        format!("{head}accounts:\n{accounts}{accounts}")
    };
    let within = engine(&twice(""));
    let report = within.check(&source("a.yaml", &ids(1_500)), true);
    assert_eq!(
        more(&within, &report),
        ["`own/rule` found 500 more problems here, not listed"]
    );

    let across = engine(&twice("\nacross: documents"));
    let files = ["a", "b"].map(|id| source(id, &agency(id, 1_500)));
    let mut whole = Report::default();
    for file in &files {
        whole.merge(across.check_part(file, true));
    }
    let reopen = |name: &str| {
        Ok(Arc::clone(
            files.iter().find(|file| file.name() == name).unwrap(),
        ))
    };
    assert!(across.check_workspace(&mut whole, &reopen).is_empty());
    let said = "`own/rule` found 500 more problems here, not listed";
    assert_eq!(more(&across, &whole), [said, said]);
    assert_eq!(whole.unlisted["own/rule"], 1_000);
}

#[test]
fn fixes_go_on_with_those_that_were_not_listed() {
    let rule = "each: a in agency.accounts\nassert: has(a.verified)\n\
                fix: { title: { en: a, ar: أ }, safety: unsafe, edits: [{ set: a.verified, to: 'false' }] }";
    let engine = engine(rule);
    let text = agency("w", 1_100);
    let check = |source: &Arc<Source>| engine.check(source, true);
    let fixed = spokeslint::fix::fix(
        &source("a.yaml", &text),
        &check,
        spokeslint::diagnostic::Safety::Unsafe,
    );
    assert_eq!((fixed.applied.len(), fixed.rounds), (1_100, 2));
}
