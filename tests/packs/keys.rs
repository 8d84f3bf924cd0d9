//! What packs, profiles and frameworks say of themselves. Each folder in `headers/` holds packs with a mistake,
//! and beside it stands what their author is told.

use std::path::Path;
use std::sync::Arc;

use spokeslint::date::Date;
use spokeslint::engine::{Engine, Report, Settings, check_examples, check_mutants};
use spokeslint::pack::{Packs, Rule};
use spokeslint::{Error, Lang, Severity, Source};

use super::{builtin, check_told, write};

#[test]
fn mistakes_in_headers_are_told_where_they_stand() {
    check_told("headers", 14);
}

const PACK: &str = "title: { en: Own, ar: خاص }\nabout: { en: own, ar: خاص }\n";
const SCOPE: &str = "applies_when: has(agency.jurisdiction) && agency.jurisdiction == \"SA\"\n";
const RULE: &str = "severity: error\nsummary: { en: a, ar: أ }\nwhy: { en: a, ar: أ }\n\
                    message: { en: a, ar: أ }\nassert: has(agency.accounts)\n";

/// The built-in packs with one more, whose `pack.yaml` has these keys and whose rules these texts.
fn with(folder: &Path, keys: &str, rules: &[(&str, &str)]) -> Result<Packs, Error> {
    write(folder, "own/pack.yaml", &format!("{PACK}{keys}"));
    for (name, text) in rules {
        write(folder, &format!("own/{name}.yaml"), text);
    }
    let mut packs = builtin();
    packs.load(folder).map(|()| packs)
}

fn own(keys: &str, rules: &[(&str, &str)]) -> Packs {
    with(tempfile::tempdir().unwrap().path(), keys, rules).unwrap()
}

fn settings(day: &str) -> Settings {
    Settings {
        select: vec!["own".to_owned()],
        ..Settings::new(Date::parse(day).unwrap())
    }
}

fn check(packs: &Packs, day: &str, keys: &str) -> Report {
    let text = format!("apiVersion: spokeslint/v1\nkind: Agency\nid: a\nname: {{ en: a }}\n{keys}");
    let engine = Engine::new(packs, &settings(day)).unwrap();
    engine.check(&Arc::new(Source::new("a.yaml", text)), true)
}

#[test]
fn what_a_pack_asks_for_is_known_to_its_rules() {
    let rule = format!(
        "{RULE}when: agency.jurisdiction.startsWith(options.of)\n\
                        options: {{ of: {{ type: string, default: S, about: {{ en: a, ar: أ }} }} }}\n"
    );
    let folder = tempfile::tempdir().unwrap();
    assert!(with(folder.path(), "", &[("rule", &rule)]).is_err());
    own(
        "applies_when: has(agency.jurisdiction)\n",
        &[("rule", &rule)],
    );
}

#[test]
fn the_rules_of_a_pack_that_does_not_apply_are_not_applicable() {
    let packs = own(SCOPE, &[("first", RULE), ("second", RULE)]);
    let tally = |keys| check(&packs, "2026-01-01", keys).tally;
    assert_eq!(tally("jurisdiction: SA\n").found, 2);
    for keys in ["", "jurisdiction: KW\n"] {
        assert_eq!(
            (tally(keys).found, tally(keys).not_applicable),
            (0, 2),
            "{keys}"
        );
    }
    assert_eq!(tally("jurisdiction: [SA]\n").not_evaluated, 2);
}

#[test]
fn examples_and_mutants_know_when_a_pack_applies() {
    let examples = "---\nexamples:\n  - fails: |\n      website: https://a.example  # finding\n  \
                    - passes: |\n      accounts: []\n";
    let rule = format!(
        "{RULE}when: has(agency.website)\npoint: agency.website\n{}",
        examples.replace(
            "accounts: []",
            "website: https://a.example\n      accounts: []"
        )
    );
    let elsewhere = format!(
        "{rule}  - passes: |\n      website: https://a.example\n      jurisdiction: KW\n  - passes: |\n      accounts: []\n"
    );
    let keys = format!("{SCOPE}smallest: {{ jurisdiction: SA }}\n");
    for (rule, is_proven) in [(&rule, false), (&elsewhere, true)] {
        let packs = own(&keys, &[("rule", rule)]);
        let own = || packs.rules.iter().filter(|rule| rule.pack() == "own");
        let report = check_examples(&packs, own());
        assert!(report.diagnostics.is_empty(), "{:?}", report.diagnostics);
        let report = check_mutants(&packs, own());
        let of_the_pack = report.survivors.iter();
        let of_the_pack = of_the_pack.filter(|found| found.message.en.contains("in the pack"));
        assert_eq!(of_the_pack.count() == 0, is_proven, "{report:?}");
    }
}

#[test]
fn a_rule_finds_warns_or_is_silent_by_the_day() {
    let rule = format!(
        "{RULE}effective: {{ announced: 2025-01-01, from: 2025-03-27, until: 2025-12-31 }}\n"
    );
    let packs = own(
        "effective: { until: 2019-12-31 }\n",
        &[("dated", &rule), ("old", RULE)],
    );
    for (day, found) in [
        ("2024-12-31", None),
        ("2025-01-01", Some((Severity::Warning, true))),
        ("2025-03-26", Some((Severity::Warning, true))),
        ("2025-03-27", Some((Severity::Error, false))),
        ("2025-12-31", Some((Severity::Error, false))),
        ("2026-01-01", None),
    ] {
        let report = check(&packs, day, "");
        let seen: Vec<_> = report
            .diagnostics
            .iter()
            .map(|found| (found.severity, found.in_force_from.is_some()))
            .collect();
        assert_eq!(seen, Vec::from_iter(found), "{day}");
        assert_eq!(report.rules, 2, "{day}");
        assert_eq!(report.tally.total(), 2, "{day}");
        assert_eq!(report.tally.not_applicable, 2 - seen.len(), "{day}");
    }
    assert_eq!(check(&packs, "2019-12-31", "").tally.found, 1);
}

#[test]
fn two_rules_that_contradict_each_other_cannot_be_on_together() {
    let against = |when: &str| format!("{RULE}contradicts: [agency-account/missing]\n{when}");
    let both = |rule: &str| {
        let packs = own("", &[("rule", rule)]);
        let mut settings = settings("2026-01-01");
        settings.select = vec!["own".to_owned(), "agency-account".to_owned()];
        Engine::new(&packs, &settings).map(|_| ())
    };
    let Err(error @ Error::Contradiction(_)) = both(&against("")) else {
        panic!("both are on")
    };
    for text in [error.text().plain(Lang::En), error.text().plain(Lang::Ar)] {
        assert!(text.contains("`agency-account/missing`"), "{text}");
        assert!(text.contains("`--ignore own/rule`"), "{text}");
    }
    let Error::Contradiction(pairs) = error else {
        panic!("it was one")
    };
    assert_eq!(pairs, [["agency-account/missing", "own/rule"]]);
    // A contradiction does not depend on the day of the run: in 2030 both would be in force.
    assert!(both(&against("effective: { from: 2030-01-01 }\n")).is_err());
}

#[test]
fn rules_whose_periods_do_not_meet_may_contradict_each_other() {
    let rules = |until: &str| {
        let old = format!("{RULE}contradicts: [own/new]\neffective: {{ until: {until} }}\n");
        let new = format!("{RULE}effective: {{ from: 2026-01-28 }}\n");
        let packs = own("", &[("old", &old), ("new", &new)]);
        Engine::new(&packs, &settings("2026-01-01")).is_ok()
    };
    assert!(rules("2026-01-27"));
    assert!(!rules("2026-01-28"));
}

#[test]
fn no_built_in_profile_holds_rules_that_contradict_each_other() {
    let packs = builtin();
    for profile in &packs.profiles {
        let settings = Settings {
            profiles: vec![profile.id.clone()],
            ..Settings::new(Date::parse("2026-01-01").unwrap())
        };
        Engine::new(&packs, &settings).unwrap();
    }
}

#[test]
fn a_profile_holds_the_rules_of_those_that_it_includes() {
    let packs = builtin();
    assert_eq!(packs.included("strict"), ["strict", "recommended"]);
    let on = |id: &str| {
        packs
            .rules
            .iter()
            .filter(|rule| packs.profiles_of(rule).contains(&id))
            .count()
    };
    assert!(on("strict") > on("recommended"));
    let lists_more = |rule: &&Rule| {
        rule.profiles.iter().any(|id| {
            packs
                .included(id)
                .iter()
                .skip(1)
                .any(|more| rule.profiles.iter().any(|own| own == more))
        })
    };
    let twice: Vec<&str> = packs
        .rules
        .iter()
        .filter(lists_more)
        .map(|rule| rule.id.as_str())
        .collect();
    assert_eq!(
        twice,
        Vec::<&str>::new(),
        "what a profile includes need not be listed"
    );
}

#[test]
fn a_rule_without_profiles_of_its_own_belongs_to_those_of_its_pack() {
    let rule = format!("{RULE}profiles: [strict]\n");
    let packs = own("profiles: [saudi]\n", &[("own", &rule), ("inherits", RULE)]);
    let profiles = |id: &str| {
        packs
            .rules
            .iter()
            .find(|rule| rule.id == id)
            .unwrap()
            .profiles
            .clone()
    };
    assert_eq!(profiles("own/own"), ["strict"]);
    assert_eq!(profiles("own/inherits"), ["saudi"]);
}

#[test]
fn a_pack_brings_frameworks_and_cites_built_in_items() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "frameworks/our-guide.yaml",
        "id: our-guide\ntitle: { en: a, ar: أ }\n\
           publisher: { en: a, ar: أ }\nstatus: confirmed\nitems:\n  - item: \"4\"\n    text: { en: a, ar: أ }\n",
    );
    let rule = format!(
        "{RULE}sources: [{{ framework: our-guide, item: \"4\" }}, {{ framework: osmacc-1-2021, item: 1-4-2 }}]\n"
    );
    let packs = with(folder.path(), "", &[("rule", &rule)]).unwrap();
    let rule = packs
        .rules
        .iter()
        .find(|rule| rule.id == "own/rule")
        .unwrap();
    assert_eq!(rule.citations.len(), 2);
}
