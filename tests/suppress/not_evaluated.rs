//! Whatever is wrong with the shape of a document and whoever sets it aside: either the run fails, or all rules that
//! are on were evaluated.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use spokeslint::date::Date;
use spokeslint::diagnostic::Key;
use spokeslint::engine::{Engine, Report, Settings};
use spokeslint::pack::Packs;
use spokeslint::suppress::{Baseline, Leniency, Waivers};
use spokeslint::{Diagnostic, Label, Lang, Severity, Source, Span};

use super::{check, line, repository};

const DAY: &str = "2026-01-01";

/// A document in which nothing is wrong.
static MODEL: LazyLock<String> = LazyLock::new(|| {
    let path = repository("examples/model-agency/agency.yaml");
    let source = Source::read(&path).unwrap().unwrap();
    source.text().to_owned()
});

/// The engine with all rules that find nothing in the model, and the same where all of them are final.
static ENGINES: LazyLock<[Engine; 2]> = LazyLock::new(|| {
    let engine = |is_final: bool, out: &[String]| {
        let mut packs = super::PACKS.clone();
        packs
            .rules
            .retain(|rule| !out.contains(&rule.id) && rule.contradicts.is_empty());
        let kept: Vec<String> = packs.rules.iter().map(|rule| rule.id.clone()).collect();
        let place = Arc::new(Source::new("pack.yaml", "final: [everything]\n"));
        for rule in &mut packs.rules {
            rule.contradicts.retain(|id| kept.contains(id));
            rule.finality = is_final.then(|| Label::new(&place, Span::new(8, 18)));
        }
        let mut settings = Settings::new(Date::parse(DAY).unwrap());
        settings.select = kept;
        Engine::new(&packs, &settings).unwrap()
    };
    let report = check(&engine(false, &[]), &MODEL);
    let found = report.diagnostics.into_iter().map(|found| found.rule);
    let out: Vec<String> = found.collect();
    [engine(false, &out), engine(true, &out)]
});

/// A way of setting aside.
#[derive(Clone, Copy, Debug)]
enum Way {
    Behind,
    Above,
    OnDocument,
    ByDocument,
    ByFile,
    ByPath,
    Written,
    ByHand,
}

const WAYS: [Way; 8] = [
    Way::Behind,
    Way::Above,
    Way::OnDocument,
    Way::ByDocument,
    Way::ByFile,
    Way::ByPath,
    Way::Written,
    Way::ByHand,
];

/// One text in place of another, for each thing that can be wrong with a shape.
const FAULTS: [(&str, &str, &str); 22] = [
    ("schema/date", "created: 2012-04-01", "created: 2012-04-31"),
    (
        "schema/duration",
        "replies_within: 12h",
        "replies_within: soon",
    ),
    (
        "schema/email",
        "contact: social@water.example",
        "contact: social",
    ),
    ("schema/enum", "kind: role\n", "kind: office\n"),
    (
        "schema/enum",
        "platform: x\n    handle: example_water\n",
        "platform: xx\n    handle: example_water\n",
    ),
    (
        "schema/missing",
        "    platform: x\n    handle: example_water\n",
        "    handle: example_water\n",
    ),
    ("schema/missing", "    kind: role\n", ""),
    ("schema/missing", "id: model-agency\n", ""),
    ("schema/pattern", "id: agency-x", "id: Agency X"),
    ("schema/pattern", "id: model-agency", "id: Model Agency"),
    (
        "schema/range",
        "alerts: true\n",
        "alerts: true\n    followers: -1\n",
    ),
    (
        "schema/secret",
        "sign_in: { shared: false,",
        "sign_in: { password: hunter2, shared: false,",
    ),
    ("schema/type", "verified: true", "verified: maybe"),
    (
        "schema/type",
        "accounts:\n",
        "accounts: none\nx-accounts:\n",
    ),
    (
        "schema/type",
        "    uses: [announcements, clarifications, replies]",
        "    uses: replies",
    ),
    ("schema/type", "people:\n", "people: 5\nx-people:\n"),
    (
        "schema/unknown-key",
        "    uses: [media]",
        "    usess: [media]",
    ),
    (
        "schema/unknown-key",
        "    uses: [media]",
        "    \u{443}\u{455}\u{435}\u{455}: [media]",
    ),
    ("schema/unknown-key", "accounts:\n", "acounts:\n"),
    (
        "schema/unknown-key",
        "    owner: agency\n",
        "    colour: red\n    owner: agency\n",
    ),
    (
        "schema/url",
        "url: https://x.com/example_water",
        "url: x.com/example_water",
    ),
    (
        "yaml/duplicate-key",
        "    kind: role\n",
        "    kind: role\n    kind: agency\n",
    ),
];

/// The model with one text in place of another.
fn with(old: &str, new: &str) -> String {
    assert!(MODEL.contains(old), "{old}");
    MODEL.replacen(old, new, 1)
}

/// The findings on the shape of a document.
fn of_shape(report: &Report) -> Vec<&Diagnostic> {
    let found = report.diagnostics.iter();
    found
        .filter(|found| found.rule.starts_with("schema/"))
        .collect()
}

/// A document in which somebody sets aside, in one way, all that is wrong with its shape; as a run ends.
fn set_aside(engine: &Engine, text: &str, way: Way) -> Report {
    let bare = check(engine, text);
    let wrong = of_shape(&bare);
    let mut rules: Vec<&str> = wrong.iter().map(|found| &*found.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    if rules.is_empty() {
        return bare;
    }
    let comment = format!("# spokeslint: ignore {} -- legacy", rules.join(", "));
    let lines = wrong
        .iter()
        .map(|found| found.labels[0].position().line as usize);
    let lines: Vec<usize> = lines.collect();
    let commented = |way: Way| {
        let mut told: Vec<String> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let is_here = lines.contains(&(number + 1));
            let indentation = " ".repeat(line.len() - line.trim_start().len());
            told.push(match way {
                Way::Behind if is_here => format!("{line} {comment}\n"),
                Way::Above if is_here => format!("{indentation}{comment}\n{line}\n"),
                Way::OnDocument if number == 0 => format!("{comment}\n{line}\n"),
                _ => format!("{line}\n"),
            });
        }
        told.concat()
    };
    let (mut report, leniency) = match way {
        Way::Behind | Way::Above | Way::OnDocument => {
            (check(engine, &commented(way)), Leniency::default())
        }
        Way::ByDocument | Way::ByFile | Way::ByPath => (bare, waivers(engine, text, way)),
        Way::Written => {
            let mut known = check(engine, text);
            Leniency::default().apply(&mut known, engine, true);
            let written = Baseline::first(&known, engine).text;
            (bare, baseline(&written))
        }
        Way::ByHand => {
            let keys = wrong
                .iter()
                .filter_map(|found| Some((&*found.rule, found.key.as_deref()?)));
            let mut entries: Vec<String> = keys.map(|(rule, key)| entry(rule, key)).collect();
            entries.sort();
            entries.dedup();
            let head = "apiVersion: spokeslint/v1\nkind: Baseline\nfindings:";
            let list = if entries.is_empty() {
                " []".to_owned()
            } else {
                entries.concat()
            };
            (bare, baseline(&format!("{head}{list}\n")))
        }
    };
    leniency.apply(&mut report, engine, true);
    report
}

fn entry(
    rule: &str,
    Key {
        document,
        path,
        digest,
        ..
    }: &Key,
) -> String {
    let path = path.replace('\'', "''");
    format!("\n  - {{ rule: {rule}, document: '{document}', path: '{path}', digest: '{digest}' }}")
}

fn baseline(text: &str) -> Leniency {
    let source = Arc::new(Source::new("b.yaml", text));
    Leniency {
        waivers: Vec::new(),
        baseline: Some(Baseline::read(&source).unwrap()),
    }
}

fn waivers(engine: &Engine, text: &str, way: Way) -> Leniency {
    let report = check(engine, text);
    let mut entries: Vec<String> = Vec::new();
    for found in of_shape(&report) {
        let key = found.key.as_deref();
        let place = match way {
            Way::ByPath => format!("path: {:?}", key.map_or("accounts", |key| &key.path)),
            Way::ByDocument => format!(
                "document: {:?}",
                key.map_or("model-agency", |key| &key.document)
            ),
            _ => "file: a.yaml".to_owned(),
        };
        entries.push(format!(
            "\n  - {{ rule: {}, where: {{ {place} }}, reason: a, owner: b, issued: 2025-12-01, until: 2026-02-01 }}",
            found.rule
        ));
    }
    entries.sort();
    entries.dedup();
    let text = format!(
        "apiVersion: spokeslint/v1\nkind: Waivers\nwaivers:{}\n",
        entries.concat()
    );
    Leniency {
        waivers: vec![Waivers::read(
            &Arc::new(Source::new("w.yaml", text)),
            Path::new("."),
        )],
        baseline: None,
    }
}

/// Whether a run fails that fails as late as can be asked for.
fn fails(engine: &Engine, report: &Report) -> bool {
    let mut found = report.diagnostics.iter();
    report.broken || found.any(|found| engine.fails(found, Severity::Error))
}

fn lines(report: &Report) -> String {
    let found = report.diagnostics.iter();
    let lines: Vec<String> = found.map(|found| line(found, Lang::En)).collect();
    lines.join("\n")
}

/// Holds a document against what is promised.
fn hold(engines: &[Engine; 2], text: &str, way: Way) -> Result<(), TestCaseError> {
    for (engine, is_final) in engines.iter().zip([false, true]) {
        let report = set_aside(engine, text, way);
        let is_evaluated = report.tally.not_evaluated == 0 && report.undecided.is_empty();
        prop_assert!(
            is_evaluated || fails(engine, &report),
            "{:?}: {} not evaluated, and no word of it:\n{}",
            way,
            report.tally.not_evaluated,
            lines(&report)
        );
        let mut found = report.diagnostics.iter();
        let is_said = found.any(|found| found.rule == "engine/final-not-evaluated");
        let is_due = is_final && !report.undecided.is_empty();
        prop_assert_eq!(is_said, is_due, "{:?}:\n{}", way, lines(&report));
    }
    Ok(())
}

#[test]
fn the_model_has_no_findings_and_all_its_rules_are_evaluated() {
    for engine in ENGINES.iter() {
        let report = check(engine, &MODEL);
        assert_eq!(
            (lines(&report), report.tally.not_evaluated),
            (String::new(), 0)
        );
        assert!(engine.rule_count() > 200, "{}", engine.rule_count());
    }
}

#[test]
fn no_way_of_setting_aside_any_error_of_shape_silences_a_rule() {
    for (code, old, new) in FAULTS {
        let text = with(old, new);
        let report = check(&ENGINES[0], &text);
        let mut found = report.diagnostics.iter();
        assert!(
            found.any(|found| found.rule == code),
            "{code}: {}",
            lines(&report)
        );
        for way in WAYS {
            hold(&ENGINES, &text, way).unwrap_or_else(|fault| panic!("{code}, {new:?}: {fault}"));
        }
    }
}

const KIND: &str = "\
type: object
required: [id, steps]
properties:
  id: { type: string }
  steps: { type: array, minItems: 1, uniqueItems: true, items: { type: string } }
  title: { type: string, minLength: 3 }
additionalProperties: false
";

/// A pack with a kind of document of its own, and with a rule for each field of that.
#[expect(clippy::disallowed_methods, reason = "lays out a pack")]
fn own_engines() -> [Engine; 2] {
    let folder = tempfile::tempdir().unwrap();
    let words = "{ en: a, ar: أ }";
    let pack = folder.path().join("own");
    std::fs::create_dir(&pack).unwrap();
    let put = |name: &str, text: &str| std::fs::write(pack.join(name), text).unwrap();
    put("plan.yaml.schema.yaml", KIND);
    for (name, asserted) in [
        ("title", "!has(plan.title) || plan.title != \"none\""),
        ("steps", "plan.steps.all(step, step != \"none\")"),
    ] {
        let text = format!(
            "kind: Plan\nseverity: error\nsummary: {words}\nwhy: {words}\nmessage: {words}\nassert: '{asserted}'\n"
        );
        put(&format!("{name}.yaml"), &text);
    }
    [false, true].map(|is_final| {
        let finality = if is_final { "final: [own]\n" } else { "" };
        let header = format!(
            "title: {words}\nabout: {words}\n{finality}kinds:\n  Plan:\n    about: {words}\n    schema: \
             plan.yaml.schema.yaml\n    smallest: {{ id: a, steps: [one] }}\n"
        );
        put("pack.yaml", &header);
        let mut packs = Packs::empty();
        packs.load(folder.path()).unwrap();
        packs.profiles = super::PACKS.profiles.clone();
        let mut settings = Settings::new(Date::parse(DAY).unwrap());
        settings.select = vec!["own".to_owned()];
        Engine::new(&packs, &settings).unwrap()
    })
}

#[test]
fn neither_does_one_in_a_kind_that_a_pack_brings() {
    let engines = own_engines();
    for (code, rest) in [
        ("schema/length", "steps: [one]\ntitle: a"),
        ("schema/length", "steps: []"),
        ("schema/unique", "steps: [one, two, one]"),
        ("schema/missing", "title: plan"),
        ("schema/unknown-key", "steps: [one]\ntitel: plan"),
        ("schema/type", "steps: [one, { a: 1 }]"),
    ] {
        let text = format!("apiVersion: spokeslint/v1\nkind: Plan\nid: a\n{rest}\n");
        let report = check(&engines[0], &text);
        assert_eq!(of_shape(&report)[0].rule, code);
        assert!(!report.undecided.is_empty(), "{code}");
        for way in WAYS {
            hold(&engines, &text, way).unwrap_or_else(|fault| panic!("{code}: {fault}"));
        }
    }
}

/// Something wrong with a line that says `key: value`; nothing for another line.
fn spoilt(line: &str, how: usize) -> Option<String> {
    let (key, value) = line.split_once(": ")?;
    let indentation = key.len() - key.trim_start_matches(['-', ' ']).len();
    let (indentation, key) = key.split_at(indentation);
    if key.starts_with('#') || key.starts_with('{') || matches!(key, "apiVersion" | "kind") {
        return None;
    }
    Some(match how {
        0 => format!("{indentation}{key}: [[{}]]", 1),
        1 => format!("{indentation}{key}: {{ a: 1 }}"),
        2 => format!("{indentation}{key}: '!'"),
        3 => format!("{indentation}{key}{}: {value}", key.chars().next_back()?),
        4 => format!("{indentation}x-{key}: {value}"),
        _ => format!("{indentation}{key}:"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nor_does_any_error_in_any_line_of_the_model(
        which in any::<prop::sample::Index>(),
        how in 0_usize..6,
        way in prop::sample::select(&WAYS[..]),
    ) {
        let all: Vec<&str> = MODEL.lines().collect();
        let places: Vec<usize> = (0..all.len()).filter(|at| spoilt(all[*at], how).is_some()).collect();
        let place = *which.get(&places);
        let mut lines: Vec<String> = all.iter().map(|line| (*line).to_owned()).collect();
        lines[place] = spoilt(all[place], how).unwrap();
        hold(&ENGINES, &(lines.join("\n") + "\n"), way)?;
    }
}

#[test]
fn who_tries_is_told_what_is_kept_from_a_verdict_and_where() {
    let text = with("    kind: role\n", "    kind: office\n");
    let engine = super::engine_of(
        &[
            "personal-account/answers-the-public",
            "personal-account/in-disguise",
            "personal-account/mixed-use",
        ],
        DAY,
    );
    let told = |way| {
        let report = set_aside(&engine, &text, way);
        assert!(report.suppressed.is_empty());
        lines(&report)
    };
    insta::assert_snapshot!(told(Way::Behind), @r"
    94:11 schema/enum expected `agency`, `role`, `support` or `personal`, found `office`
    94:39 suppression/not-evaluated `schema/enum` cannot be set aside here: it keeps `personal-account/answers-the-public` and `personal-account/in-disguise` from being evaluated
    ");
    insta::assert_snapshot!(told(Way::ByFile), @r"
    94:11 schema/enum expected `agency`, `role`, `support` or `personal`, found `office`
    4:13 waiver/not-evaluated `schema/enum` cannot be set aside here: it keeps `personal-account/answers-the-public` and `personal-account/in-disguise` from being evaluated
    ");
    insta::assert_snapshot!(told(Way::ByHand), @r"
    94:11 schema/enum expected `agency`, `role`, `support` or `personal`, found `office`
    4:5 baseline/not-evaluated `schema/enum` cannot be set aside here: it keeps `personal-account/answers-the-public` and `personal-account/in-disguise` from being evaluated
    ");
    let report = set_aside(&engine, &text, Way::Behind);
    let found = report
        .diagnostics
        .iter()
        .find(|found| found.rule == "suppression/not-evaluated");
    assert_eq!(found.unwrap().labels.len(), 2);
}

#[test]
fn what_stops_no_rule_that_is_on_can_still_be_set_aside() {
    let text = with(
        "    owner: agency\n",
        "    colour: red\n    owner: agency\n",
    );
    for way in WAYS {
        let report = set_aside(&ENGINES[0], &text, way);
        assert_eq!(
            (lines(&report), report.suppressed.len()),
            (String::new(), 1),
            "{way:?}"
        );
    }
    // The field is none that the rule looks at.
    let engine = super::engine_of(&["personal-account/answers-the-public"], DAY);
    let text = with("verified: true", "verified: maybe");
    let report = set_aside(&engine, &text, Way::Behind);
    assert_eq!(
        (lines(&report), report.suppressed.len()),
        (String::new(), 1)
    );
}

#[test]
fn a_final_rule_without_a_verdict_is_one_finding_for_each_document() {
    let engine = &ENGINES[1];
    let text = with("    kind: role\n", "    kind: office\n");
    let twice = format!(
        "{text}---\n{}",
        text.replace("id: model-agency", "id: other")
    );
    let report = check(engine, &twice);
    let finals = report
        .diagnostics
        .iter()
        .filter(|found| found.rule == "engine/final-not-evaluated");
    let places: Vec<(u32, usize)> = finals
        .map(|found| (found.labels[0].position().line, found.labels.len()))
        .collect();
    assert_eq!(places.len(), 2, "{}", lines(&report));
    assert!(places.iter().all(|(_, labels)| *labels == 2));
    assert!(report.tally.not_evaluated > 0);
    // Its words name the first few of the rules, and where the file says so.
    let found = report
        .diagnostics
        .iter()
        .find(|found| found.rule == "engine/final-not-evaluated")
        .unwrap();
    assert_eq!(found.labels[1].source.name(), "pack.yaml");
    assert!(found.message.en.contains(" more"));
}

/// A rule that found something and could not look at the rest has not looked at everything.
#[test]
fn a_final_rule_that_found_something_and_was_stopped_elsewhere_is_told_of_as_well() {
    let text = with(
        "    kind: role\n",
        "    kind: personal\n    uses: [replies]\n",
    )
    .replacen("    uses: [media]", "", 1);
    let text = text.replacen("    kind: support\n", "    kind: office\n", 1);
    let mut packs = super::PACKS.clone();
    let rule = "personal-account/answers-the-public";
    let place = Arc::new(Source::new("pack.yaml", "final: [everything]\n"));
    packs
        .rules
        .iter_mut()
        .find(|one| one.id == rule)
        .unwrap()
        .finality = Some(Label::new(&place, Span::new(8, 18)));
    let mut settings = Settings::new(Date::parse(DAY).unwrap());
    settings.select = vec![rule.to_owned()];
    let engine = Engine::new(&packs, &settings).unwrap();
    let report = check(&engine, &text);
    assert_eq!((report.tally.found, report.tally.not_evaluated), (1, 0));
    let rules: Vec<&str> = report
        .diagnostics
        .iter()
        .map(|found| &*found.rule)
        .collect();
    assert!(rules.contains(&"engine/final-not-evaluated"), "{rules:?}");
}

/// A rule across documents whose words rest on a value with an error of shape: what keeps it from a verdict is known
/// only when all files have been seen.
#[test]
#[expect(clippy::disallowed_methods, reason = "lays out a pack")]
fn what_stops_a_rule_across_documents_cannot_be_set_aside_either() {
    let folder = tempfile::tempdir().unwrap();
    let words = "{ en: a, ar: أ }";
    let pack = folder.path().join("own");
    std::fs::create_dir(&pack).unwrap();
    let header = format!("title: {words}\nabout: {words}\nfinal: [own]\n");
    std::fs::write(pack.join("pack.yaml"), header).unwrap();
    let rule = format!(
        "severity: note\nsummary: {words}\nwhy: {words}\nmessage: {{ en: \"{{account.id}}\", ar: \"{{account.id}}\" }}\n\
         each: account in agency.accounts\nunique: account.handle\nacross: documents\n"
    );
    std::fs::write(pack.join("twins.yaml"), rule).unwrap();
    let mut packs = Packs::empty();
    packs.load(folder.path()).unwrap();
    packs.profiles = super::PACKS.profiles.clone();
    let mut settings = Settings::new(Date::parse(DAY).unwrap());
    settings.select = vec!["own".to_owned()];
    let engine = Engine::new(&packs, &settings).unwrap();
    let source = |name: &str, account: &str| {
        let text = format!(
            "apiVersion: spokeslint/v1\nkind: Agency\nid: {name}\nname: {{ en: A }}\naccounts:\n  - id: {account} \
             # spokeslint: ignore schema/pattern -- legacy\n    platform: x\n    handle: example_a\n    kind: agency\n"
        );
        Arc::new(Source::new(format!("{name}.yaml"), text))
    };
    let sources = [source("a", "A-1"), source("b", "b-1")];
    let mut report = Report::default();
    for source in &sources {
        report.merge(engine.check_part(source, true));
    }
    let errors = engine.check_workspace(&mut report, &|name| {
        let mut known = sources.iter();
        Ok(Arc::clone(
            known.find(|source| source.name() == name).unwrap(),
        ))
    });
    assert!(errors.is_empty());
    let mut rules: Vec<(&str, &str)> = Vec::new();
    for found in &report.diagnostics {
        rules.push((found.labels[0].source.name(), &found.rule));
    }
    assert!(rules.contains(&("a.yaml", "schema/pattern")), "{rules:?}");
    assert!(
        rules.contains(&("a.yaml", "suppression/not-evaluated")),
        "{rules:?}"
    );
    assert!(
        rules.contains(&("a.yaml", "engine/final-not-evaluated")),
        "{rules:?}"
    );
    assert_eq!(report.tally.not_evaluated, 1);
}
