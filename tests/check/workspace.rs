//! Rules that look across documents: what they find is what a plain comparison of everything with
//! everything finds, in whatever order and on however many threads.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Arc;

use proptest::prelude::*;
use spokeslint::engine::{Engine, Report};
use spokeslint::output::{Format, Style, render};
use spokeslint::pack::Packs;
use spokeslint::{Error, Lang, Severity, Source};

use super::{engine, settings};

fn engine_of(rules: &[&str]) -> Engine {
    let mut settings = settings("recommended", "2026-01-01");
    settings.select = rules.iter().map(|&rule| rule.to_owned()).collect();
    engine(&settings)
}

const TWICE: &str = "integrity/account-declared-twice";

/// Checks files as the program does.
fn check_all(engine: &Engine, files: &[Arc<Source>]) -> (Report, Vec<Error>) {
    let mut report = Report::default();
    for file in files {
        report.merge(engine.check_part(file, true));
    }
    let reopen = |name: &str| {
        let file = files.iter().find(|file| file.name() == name);
        Ok(Arc::clone(file.unwrap()))
    };
    let errors = engine.check_workspace(&mut report, &reopen);
    let tally = report.tally;
    assert_eq!(tally.total(), engine.rule_count() * report.documents);
    (report, errors)
}

fn shown(report: &Report) -> String {
    let mut out = Vec::new();
    let style = Style {
        format: Format::Json,
        ..Style::default()
    };
    render(report, &Packs::empty(), &style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// An account as a platform and a handle; an agency as its accounts; a file as its agencies.
type Accounts = Vec<(usize, usize)>;

const PLATFORMS: [&str; 2] = ["x", "youtube"];
const HANDLES: [&str; 5] = [
    "example_a",
    "EXAMPLE_A",
    "example_b",
    "Example_B",
    "example_c",
];

fn written(agencies: &[Accounts]) -> String {
    let mut text = String::new();
    for (number, accounts) in agencies.iter().enumerate() {
        let _ = writeln!(
            text,
            "---\napiVersion: spokeslint/v1\nkind: Agency\nid: agency-{number}\nname: {{ en: A, ar: أ }}"
        );
        if !accounts.is_empty() {
            text.push_str("accounts:\n");
        }
        for (number, (platform, handle)) in accounts.iter().enumerate() {
            let (platform, handle) = (PLATFORMS[*platform], HANDLES[*handle]);
            let _ = writeln!(
                text,
                "  - {{ id: a{number}, platform: {platform}, handle: {handle}, kind: agency }}"
            );
        }
    }
    text
}

/// A platform and a handle that are one account's.
type Key = (usize, String);

fn key((platform, handle): (usize, usize)) -> Key {
    (platform, HANDLES[handle].to_lowercase())
}

/// What must be found: for each file the keys that stand in it and anywhere else once more, and how many
/// of all documents hold such a key.
fn by_hand(files: &[Vec<Accounts>]) -> (BTreeSet<(usize, Key)>, usize) {
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for account in files.iter().flatten().flatten() {
        *counts.entry(key(*account)).or_default() += 1;
    }
    let is_twin = |account: &(usize, usize)| counts[&key(*account)] > 1;
    let all = files.iter().enumerate();
    let found = all.flat_map(|(file, agencies)| {
        let twins = agencies.iter().flatten().filter(|one| is_twin(one));
        twins.map(move |one| (file, key(*one)))
    });
    let agencies = files.iter().flatten();
    let documents = agencies.filter(|accounts| accounts.iter().any(is_twin));
    (found.collect(), documents.count())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn twins_are_what_a_plain_comparison_finds(
        files in prop::collection::vec(
            prop::collection::vec(
                prop::collection::vec((0..2_usize, 0..5_usize), 0..4),
                1..4,
            ),
            1..5,
        ),
        turn in 0..4_usize,
    ) {
        let engine = engine_of(&[TWICE]);
        let sources: Vec<_> = files
            .iter()
            .enumerate()
            .map(|(number, agencies)| {
                Arc::new(Source::new(format!("{number}.yaml"), written(agencies)))
            })
            .collect();
        let (report, errors) = check_all(&engine, &sources);
        prop_assert!(errors.is_empty());
        let (expected, documents) = by_hand(&files);
        let found: Vec<_> = report.diagnostics.iter().map(|finding| {
            let label = &finding.labels[0];
            let file = label.source.name().trim_end_matches(".yaml").parse::<usize>().unwrap();
            let handle = label.source.slice(label.span).to_lowercase();
            let platform = PLATFORMS.iter().position(|name| {
                finding.message.plain(Lang::En).contains(&format!(" on {name} "))
            });
            (file, (platform.unwrap(), handle))
        }).collect();
        prop_assert_eq!(found.len(), expected.len(), "one finding for each key and file");
        prop_assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
        prop_assert_eq!(report.tally.found, documents);

        // The order of the files and the number of threads do not show.
        let mut turned = sources.clone();
        turned.rotate_left(turn % sources.len());
        turned.reverse();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
        let (again, _) = pool.install(|| check_all(&engine, &turned));
        prop_assert_eq!(shown(&again), shown(&report));
    }
}

const NAMES: [&str; 4] = ["Water Agency", "wаter agency", "Roads", "R0ads"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Agencies as a file, an id and the places of the names that their accounts show.
    #[test]
    fn what_is_the_same_is_no_twin(
        agencies in prop::collection::vec(
            (0..3_usize, 0..3_usize, prop::collection::vec(0..4_usize, 0..4)),
            1..7,
        ),
    ) {
        let mut texts = vec![String::new(); 3];
        let mut holders: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (file, id, names) in &agencies {
            let mut text = agency(&format!("a{id}"), "");
            if !names.is_empty() {
                text.push_str("accounts:\n");
            }
            for (place, name) in names.iter().enumerate() {
                let shown = NAMES[*name];
                let _ = writeln!(text, "  - {{ id: a{place}, platform: x, handle: h, kind: agency, display_name: {shown} }}");
                holders.entry(name / 2).or_default().insert(*id);
            }
            texts[*file].push_str("---\n");
            texts[*file].push_str(&text);
        }
        let sources: Vec<_> = (0..).zip(&texts)
            .filter(|(_, text)| !text.is_empty())
            .map(|(file, text)| Arc::new(Source::new(format!("{file}.yaml"), text.as_str())))
            .collect();
        let (report, _) = check_all(&engine_of(&["impersonation/look-alike-name"]), &sources);
        let is_twin = |name: &usize| holders[&(name / 2)].len() > 1;
        let expected: BTreeSet<(usize, usize)> = agencies
            .iter()
            .flat_map(|(file, _, names)| {
                names.iter().filter(|name| is_twin(name)).map(|name| (*file, name / 2))
            })
            .collect();
        let found: Vec<(usize, usize)> = report.diagnostics.iter().map(|finding| {
            let label = &finding.labels[0];
            let file = label.source.name().trim_end_matches(".yaml").parse().unwrap();
            let shown = label.source.slice(label.span);
            (file, NAMES.iter().position(|name| *name == shown).unwrap() / 2)
        }).collect();
        prop_assert_eq!(found.len(), expected.len(), "one finding for each key and file");
        prop_assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
        let documents = agencies.iter().filter(|(_, _, names)| names.iter().any(is_twin));
        prop_assert_eq!(report.tally.found, documents.count());
    }
}

/// An engine with one rule of a pack of its own, on a day.
fn engine_of_own(rule: &str, day: &str) -> Engine {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("own");
    let title = "title: { en: Own, ar: خاصة }\nabout: { en: own rules, ar: قواعد خاصة }\napplies_when: has(agency.jurisdiction)\n";
    let words = "summary: { en: a, ar: أ }\nwhy: { en: a, ar: أ }\n";
    let rule = format!("severity: error\n{words}{rule}");
    std::fs::create_dir(&pack).unwrap();
    for (name, text) in [("pack.yaml", title), ("twice.yaml", &*rule)] {
        let mut file = std::fs::File::create(pack.join(name)).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }
    let mut packs = Packs::builtin().unwrap();
    packs.load(&pack).unwrap();
    let mut settings = settings("recommended", day);
    settings.select = vec!["own/twice".to_owned()];
    Engine::new(&packs, &settings).unwrap()
}

const OWN: &str = "each: account in agency.accounts\nunique: account.handle\nacross: documents\npoint: account.handle\nmessage: { en: \"`{account.kind}`\", ar: \"`{account.kind}`\" }\n";

fn of_kinds(kinds: [&str; 2]) -> [Arc<Source>; 2] {
    let mut names = ["a.yaml", "b.yaml"].into_iter();
    kinds.map(|kind| {
        let account = format!("{{ id: a, platform: x, handle: h, kind: {kind} }}");
        let text = agency("a", &format!("jurisdiction: SA\naccounts: [{account}]\n"));
        Arc::new(Source::new(names.next().unwrap(), text))
    })
}

#[test]
fn a_rule_that_is_not_yet_in_force_says_so_of_twins() {
    let rule = format!("{OWN}effective: {{ announced: 2025-01-01, from: 2027-01-01 }}\n");
    let files = of_kinds(["agency", "role"]);
    let (report, _) = check_all(&engine_of_own(&rule, "2026-01-01"), &files);
    let told = report.diagnostics.iter();
    let told: Vec<_> = told
        .map(|found| (found.severity, found.in_force_from.is_some()))
        .collect();
    assert_eq!(told, [(Severity::Warning, true); 2]);
    let (report, _) = check_all(&engine_of_own(&rule, "2024-01-01"), &files);
    assert_eq!(
        (report.diagnostics.len(), report.tally.not_applicable),
        (0, 2)
    );
}

#[test]
fn where_a_pack_does_not_apply_there_is_no_twin() {
    let [file, _] = of_kinds(["agency", "role"]);
    let text = agency(
        "b",
        "accounts: [{ id: a, platform: x, handle: h, kind: agency }]\n",
    );
    let elsewhere = Arc::new(Source::new("c.yaml", text));
    let (report, _) = check_all(&engine_of_own(OWN, "2026-01-01"), &[file, elsewhere]);
    assert_eq!((report.tally.held, report.tally.not_applicable), (1, 1));
}

#[test]
fn a_finding_that_cannot_be_worded_is_no_verdict_and_its_twin_is_found() {
    let files = of_kinds(["agency", "wrong"]);
    let (report, _) = check_all(&engine_of_own(OWN, "2026-01-01"), &files);
    assert_eq!((report.tally.found, report.tally.not_evaluated), (1, 1));
    assert!(!report.broken);
    let twins = report
        .diagnostics
        .iter()
        .find(|found| found.rule == "own/twice");
    let [label] = &twins.unwrap().labels[..] else {
        panic!("{twins:?}");
    };
    let words = label.text.as_ref().unwrap().plain(Lang::En);
    assert_eq!(words, "given here, and in 1 more place");
}

fn agency(id: &str, rest: &str) -> String {
    format!("apiVersion: spokeslint/v1\nkind: Agency\nid: {id}\nname: {{ en: A, ar: أ }}\n{rest}")
}

fn account(handle: &str) -> String {
    format!("accounts:\n  - {{ id: a, platform: x, handle: {handle}, kind: agency }}\n")
}

#[test]
fn thousands_of_twins_are_one_finding_with_a_few_labels() {
    let text = (0..3_000).fold(String::new(), |text, number| {
        text + "---\n" + &agency(&format!("a{number}"), &account("example_a"))
    });
    let engine = engine_of(&[TWICE]);
    let report = engine.check(&Arc::new(Source::new("all.yaml", text)), true);
    assert_eq!(report.tally.found, 3_000);
    let [finding] = &report.diagnostics[..] else {
        panic!("{} findings", report.diagnostics.len());
    };
    assert_eq!(finding.labels.len(), 4);
    let last = finding.labels[3].text.as_ref().unwrap();
    assert_eq!(
        last.plain(Lang::En),
        "given again here, and in 2996 more places"
    );
    assert_eq!(last.plain(Lang::Ar), "وتكرر هنا، وفي 2996 موضعًا آخر");
}

#[test]
fn a_file_that_changes_meanwhile_is_an_error_and_keeps_its_verdicts() {
    let engine = engine_of(&[TWICE]);
    let source =
        |name: &str, handle: &str| Arc::new(Source::new(name, agency("a", &account(handle))));
    let mut report = Report::default();
    for name in ["a.yaml", "b.yaml"] {
        report.merge(engine.check_part(&source(name, "example_a"), true));
    }
    let reopen = |name: &str| {
        let handle = if name == "a.yaml" {
            "example_a"
        } else {
            "example_b"
        };
        Ok(source(name, handle))
    };
    let errors = engine.check_workspace(&mut report, &reopen);
    let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["`b.yaml` changed while it was checked; check again"]);
    assert_eq!((report.tally.held, report.tally.found), (2, 0));
}

#[test]
fn a_twin_is_found_beside_a_value_with_a_shape_error() {
    let engine = engine_of(&[TWICE]);
    let broken = "accounts:\n  - { id: a, platform: x, handle: example_a, kind: agency }\n  - { id: b, platform: x, handle: [], kind: agency }\n";
    let sound = Arc::new(Source::new("a.yaml", agency("a", &account("example_a"))));
    let broken = Arc::new(Source::new("b.yaml", agency("b", broken)));
    let alone = engine.check(&broken, true);
    assert_eq!(alone.tally.not_evaluated, 1);
    let (report, _) = check_all(&engine, &[sound, broken]);
    assert_eq!((report.tally.found, report.tally.not_evaluated), (2, 0));
}

#[test]
fn no_label_in_another_file_shows_a_secret() {
    let engine = engine_of(&[TWICE]);
    let handle = "{ id: a, platform: x, handle: example_a, kind: agency, password: hunter2 }";
    let files = ["a.yaml", "b.yaml"].map(|name| {
        let text = agency(
            name.trim_end_matches(".yaml"),
            &format!("accounts: [{handle}]\n"),
        );
        Arc::new(Source::new(name, text))
    });
    let (report, _) = check_all(&engine, &files);
    let twins = report
        .diagnostics
        .iter()
        .filter(|found| found.rule == TWICE);
    let texts: Vec<&str> = twins
        .flat_map(|found| &found.labels)
        .map(|label| label.source.text())
        .collect();
    assert_eq!(texts.len(), 4);
    assert!(texts.iter().all(|text| !text.contains("hunter2")));
}
