//! Keys: what does not matter to a finding leaves its key alone, and another finding never has the same.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use proptest::sample::subsequence;
use serde_json::{Map, Value, json};
use spokeslint::date::Date;
use spokeslint::diagnostic::Key;
use spokeslint::engine::{Engine, Report, Settings};
use spokeslint::pack::Packs;
use spokeslint::suppress::baseline::Growth;
use spokeslint::suppress::{Baseline, Leniency};
use spokeslint::{Diagnostic, Source};

use super::{check, engine_of, repository};

/// How often each key was found.
type Keys = BTreeMap<(String, Key), usize>;

fn keys(report: &Report) -> Keys {
    let mut keys = Keys::new();
    for found in &report.diagnostics {
        *keys.entry(key(found)).or_default() += 1;
    }
    keys
}

fn key(found: &Diagnostic) -> (String, Key) {
    let key = found
        .key
        .as_deref()
        .unwrap_or_else(|| panic!("{} has no key", found.rule));
    (found.rule.clone(), key.clone())
}

/// Documents with much to find in them, as data.
static DOCUMENTS: LazyLock<Vec<(String, Value)>> = LazyLock::new(|| {
    let mut documents = Vec::new();
    for folder in [
        "examples/okaz-2018",
        "examples/frameworks",
        "tests/check/err",
    ] {
        let mut paths: Vec<_> = std::fs::read_dir(repository(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
            .collect();
        paths.sort();
        for path in paths {
            let Ok(text) = String::from_utf8(std::fs::read(&path).unwrap()) else {
                continue;
            };
            // What an alias stands for is another place once it is written out.
            let is_plain = !text.contains(['*', '&']) && !text.contains("\n---");
            if let (true, Ok(value)) = (is_plain, serde_yaml::from_str::<Value>(&text)) {
                let value: Value = value;
                if value.get("kind") == Some(&json!("Agency")) {
                    documents.push((text, value));
                }
            }
        }
    }
    assert!(documents.len() > 30, "{}", documents.len());
    documents
});

static STRICT: LazyLock<Engine> = LazyLock::new(|| {
    let mut settings = Settings::new(Date::parse("2026-01-01").unwrap());
    settings.select = super::PACKS
        .packs
        .iter()
        .map(|pack| pack.id.clone())
        .collect();
    // What demands the opposite of another rule, or rests on the order of a list.
    settings.ignore = vec!["moe-1441".to_owned(), "role-account/ruled-out".to_owned()];
    let mut left = super::PACKS.clone();
    let contrary: Vec<String> = left
        .rules
        .iter()
        .flat_map(|rule| rule.contradicts.clone())
        .collect();
    left.rules.retain(|rule| !contrary.contains(&rule.id));
    settings.ignore.retain(|id| {
        left.rules
            .iter()
            .any(|rule| rule.id == *id || rule.pack() == id)
    });
    Engine::new(&left, &settings).unwrap()
});

/// As many numbers as are asked for; all of them 0 for the seed 0.
fn numbers(seed: usize) -> impl Iterator<Item = usize> {
    let next = |last: &usize| {
        Some(
            last.wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(last & 1),
        )
    };
    std::iter::successors(Some(seed), next).map(|number| number >> 33)
}

/// The same data with keys and elements in an order that numbers decide.
fn shuffled(value: &Value, numbers: &mut impl Iterator<Item = usize>) -> Value {
    fn mixed<T>(mut rest: Vec<T>, numbers: &mut impl Iterator<Item = usize>) -> Vec<T> {
        let mut mixed = Vec::new();
        while !rest.is_empty() {
            let at = numbers.next().unwrap_or(0) % rest.len();
            mixed.push(rest.remove(at));
        }
        mixed
    }
    match value {
        Value::Object(fields) => {
            let fields: Vec<_> = fields
                .iter()
                .map(|(key, value)| (key.clone(), shuffled(value, numbers)))
                .collect();
            Value::Object(mixed(fields, numbers).into_iter().collect::<Map<_, _>>())
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| shuffled(item, numbers)).collect();
            Value::Array(mixed(items, numbers))
        }
        other => other.clone(),
    }
}

/// The data as text: in flow style with double quotes, or in block style with comments in between.
fn written(value: &Value, in_flow: bool) -> String {
    if in_flow {
        return serde_json::to_string_pretty(value).unwrap();
    }
    let text = serde_yaml::to_string(value).unwrap();
    let lines = text.lines().map(|line| format!("{line}\n"));
    format!(
        "# spokes\n\n{}# end\n",
        lines
            .collect::<String>()
            .replace("\naccounts:", "\n\n# accounts\naccounts:")
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn order_layout_names_of_files_and_what_stands_elsewhere_do_not_matter(
        which in any::<prop::sample::Index>(),
        seed in any::<usize>(),
        in_flow in any::<bool>(),
    ) {
        let (text, value) = which.get(&DOCUMENTS);
        let before = STRICT.check(&Arc::new(Source::new("a.yaml", text.as_str())), true);
        prop_assume!(before.diagnostics.iter().all(|found| found.key.is_some()));
        let mut value = value.clone();
        value["x-elsewhere"] = json!({ "a": [1, 2] });
        let after = written(&shuffled(&value, &mut numbers(seed)), in_flow);
        let after = STRICT.check(&Arc::new(Source::new("moved/b.yaml", after.as_str())), true);
        prop_assert_eq!(keys(&before), keys(&after));
    }
}

/// Rules of each form that a finding can come from, all on the same fault: an account that is personal.
const RULES: [(&str, &str); 12] = [
    (
        "each",
        "each: account in agency.accounts\nassert: account.kind != \"personal\"\n",
    ),
    (
        "pointed",
        "each: account in agency.accounts\nassert: account.kind != \"personal\"\npoint: account\n",
    ),
    (
        "elsewhere",
        "each: account in agency.accounts\nassert: account.kind != \"personal\"\npoint: agency.name\n",
    ),
    (
        "every",
        "when: has(agency.accounts)\nassert: agency.accounts.all(a, a.kind != \"personal\")\n",
    ),
    (
        "list",
        "when: has(agency.accounts)\nassert: agency.accounts.all(a, a.kind != \"personal\")\npoint: agency.accounts\n",
    ),
    (
        "some",
        "when: has(agency.accounts)\nassert: '!agency.accounts.exists(a, a.kind == \"personal\")'\n",
    ),
    (
        "nested",
        "when: has(agency.accounts)\nassert: agency.accounts.all(a, !has(a.operators) || a.operators.all(one, one.person == \"x\" || a.kind != \"personal\"))\n",
    ),
    (
        "twice",
        "when: has(agency.accounts)\nassert: agency.accounts.all(a, a.kind != \"personal\") && agency.accounts.all(a, a.kind == \"agency\" || a.platform != \"x\")\n",
    ),
    (
        "words",
        "when: has(agency.accounts)\nassert: '[\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"].all(id, agency.accounts.exists(a, a.id == id && a.kind == \"agency\"))'\n",
    ),
    (
        "words pointed",
        "when: has(agency.accounts)\nassert: '[\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"].all(id, !agency.accounts.exists(a, a.id == id && a.kind == \"personal\"))'\npoint: agency.id\n",
    ),
    (
        "several",
        "when: has(agency.accounts)\nassert: '!agency.accounts.exists(a, a.kind == \"personal\") || agency.accounts.exists_one(a, a.kind == \"personal\")'\n",
    ),
    (
        "shared",
        "each: account in agency.accounts\nwhen: account.kind == \"personal\"\nunique: account.kind\n",
    ),
];

/// How many accounts must be personal for a rule to find something.
fn least(name: &str) -> usize {
    if matches!(name, "several" | "shared") {
        2
    } else {
        1
    }
}

/// An engine with one rule.
#[expect(clippy::disallowed_methods, reason = "lays out a pack")]
fn engine_with(name: &str, body: &str) -> Engine {
    let folder = tempfile::tempdir().unwrap();
    let words = "{ en: a, ar: أ }";
    let pack = folder.path().join("own");
    std::fs::create_dir(&pack).unwrap();
    std::fs::write(
        pack.join("pack.yaml"),
        format!("title: {words}\nabout: {words}\n"),
    )
    .unwrap();
    let rule = format!("severity: error\nsummary: {words}\nwhy: {words}\nmessage: {words}\n{body}");
    std::fs::write(pack.join(format!("{name}.yaml")), rule).unwrap();
    let mut packs = Packs::empty();
    packs.load(folder.path()).unwrap();
    let mut settings = Settings::new(Date::parse("2026-01-01").unwrap());
    settings.select = vec!["own".to_owned()];
    packs.profiles = super::PACKS.profiles.clone();
    Engine::new(&packs, &settings).unwrap_or_else(|error| panic!("{name}: {error}"))
}

static ENGINES: LazyLock<Vec<(&str, Engine)>> = LazyLock::new(|| {
    RULES
        .iter()
        .map(|(name, body)| (*name, engine_with(name, body)))
        .collect()
});

const ACCOUNTS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// An agency of whose accounts these are personal; the others are the agency's.
fn agency(personal: &[&str], seed: usize) -> String {
    let account = |id: &&str| {
        let kind = if personal.contains(id) {
            "personal"
        } else {
            "agency"
        };
        json!({ "id": id, "platform": "x", "handle": format!("example_{id}"), "kind": kind,
                "operators": [{ "person": "person-a", "right": "publish" }, { "person": "person-b", "right": "publish" }] })
    };
    let accounts: Vec<Value> = ACCOUNTS.iter().map(account).collect();
    let value = json!({ "apiVersion": "spokeslint/v1", "kind": "Agency", "id": "water", "name": { "en": "Water" },
        "accounts": accounts });
    written(&shuffled(&value, &mut numbers(seed)), false)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever was personal before, and whatever was mended meanwhile: an account that is personal now and was
    /// not is new, and nothing else is; what was mended can be taken out, and is new when it comes back.
    #[test]
    fn a_new_violation_never_hides_behind_an_old_one_and_mending_never_looks_like_one(
        before in subsequence(ACCOUNTS.to_vec(), 0..=6),
        after in subsequence(ACCOUNTS.to_vec(), 0..=6),
        seed in any::<usize>(),
    ) {
        for (name, engine) in ENGINES.iter() {
            let (old, new) = (agency(&before, 0), agency(&after, seed));
            let known = baseline(engine, &old);
            let told = lenient(engine, &known, &new);
            let fresh = after.iter().filter(|id| !before.contains(id)).count();
            let expected = match *name {
                "each" | "pointed" | "elsewhere" => fresh,
                _ if fresh > 0 && after.len() >= least(name) => 1,
                _ => 0,
            };
            prop_assert_eq!(of_rule(&told), expected, "{}", name);
            if fresh == 0 {
                let smaller = updated(engine, &known, &new);
                prop_assert!(lenient(engine, &smaller, &new).is_empty(), "{}", name);
                let back = of_rule(&lenient(engine, &smaller, &old));
                let is_less = before.len() > after.len() && before.len() >= least(name);
                prop_assert_eq!(back > 0, is_less, "{}", name);
            }
            // What is new is refused, and once it is mended nothing else is left.
            let refused = updated(engine, &known, &new);
            let mended: Vec<&str> = after.iter().filter(|id| before.contains(id)).copied().collect();
            let told = lenient(engine, &refused, &agency(&mended, seed));
            prop_assert_eq!(of_rule(&told), 0, "{}", name);
        }
    }
}

/// A baseline of a document.
fn baseline(engine: &Engine, text: &str) -> String {
    Baseline::first(&check(engine, text), engine).text
}

fn leniency(baseline: &str) -> Leniency {
    let source = Arc::new(Source::new("b.yaml", baseline));
    Leniency {
        waivers: Vec::new(),
        baseline: Some(Baseline::read(&source).unwrap()),
    }
}

/// The rules of what is found in a document with a baseline.
fn lenient(engine: &Engine, baseline: &str, text: &str) -> Vec<String> {
    let mut report = check(engine, text);
    leniency(baseline).apply(&mut report, engine, true);
    let found = report.diagnostics.into_iter();
    found.map(|found| found.rule).collect()
}

/// A baseline from which what is no longer found is taken out.
fn updated(engine: &Engine, baseline: &str, text: &str) -> String {
    let mut report = check(engine, text);
    let leniency = leniency(baseline);
    leniency.apply(&mut report, engine, true);
    let baseline = leniency.baseline.unwrap();
    let tidied = baseline.updated(&report, engine, (Growth::Refused, true));
    tidied.text
}

fn of_rule(rules: &[String]) -> usize {
    rules.iter().filter(|rule| rule.starts_with("own/")).count()
}

/// An agency of accounts, each with its id, platform, kind, and the persons who post.
fn accounts(accounts: &[(&str, &str, &str, &[&str])]) -> String {
    let account = |(id, platform, kind, persons): &(&str, &str, &str, &[&str])| {
        let operators = persons
            .iter()
            .map(|person| json!({ "person": person, "right": "publish" }));
        json!({ "id": id, "platform": platform, "handle": format!("example_{id}"), "kind": kind,
                "operators": operators.collect::<Vec<_>>() })
    };
    let accounts: Vec<Value> = accounts.iter().map(account).collect();
    serde_json::to_string(
        &json!({ "apiVersion": "spokeslint/v1", "kind": "Agency", "id": "water",
        "name": { "en": "Water" }, "accounts": accounts }),
    )
    .unwrap()
}

#[test]
fn of_two_conditions_on_elements_what_is_left_is_old_and_another_fault_is_new() {
    let engine = engine_with(
        "both",
        "when: has(agency.accounts)\nassert: agency.accounts.all(a, a.kind != \"personal\") && agency.accounts.all(a, a.platform == \"x\")\n",
    );
    let old = accounts(&[
        ("a", "x", "personal", &[]),
        ("b", "x", "personal", &[]),
        ("c", "snapchat", "agency", &[]),
    ]);
    let old = baseline(&engine, &old);
    let told = |list: &[(&str, &str, &str, &[&str])]| lenient(&engine, &old, &accounts(list));
    let c: (_, _, _, &[&str]) = ("c", "snapchat", "agency", &[]);
    assert_eq!(told(&[c]), ["baseline/partly-mended"]);
    assert_eq!(
        told(&[("a", "x", "personal", &[])]),
        ["baseline/partly-mended"]
    );
    // The account was known, but not for this.
    let other = told(&[("a", "snapchat", "agency", &[]), c]);
    assert_eq!(other, ["own/both"]);
    let agency = [("a", "snapchat", "agency", &[][..])];
    assert_eq!(told(&agency), ["own/both", "baseline/stale"]);
}

#[test]
fn an_element_that_comes_nearer_is_not_new() {
    let engine = engine_with(
        "nearer",
        "when: has(agency.accounts)\nassert: agency.accounts.exists(a, a.kind == \"agency\" && a.handle == agency.id)\n",
    );
    let of = |kind| accounts(&[("a", "x", kind, &[]), ("b", "x", "personal", &[])]);
    let old = baseline(&engine, &of("personal"));
    assert!(lenient(&engine, &old, &of("agency")).is_empty());
}

#[test]
fn elements_of_elements_are_told_apart_and_so_are_twins() {
    let engine = engine_with(
        "nested",
        "when: has(agency.accounts)\nassert: agency.accounts.all(a, !has(a.operators) || a.operators.all(one, one.person == \"person-a\"))\n",
    );
    let text =
        |a: &[&str], b: &[&str]| accounts(&[("a", "x", "agency", a), ("b", "x", "agency", b)]);
    let old = baseline(&engine, &text(&["person-b", "person-c"], &["person-b"]));
    let told = |a: &[&str], b: &[&str]| lenient(&engine, &old, &text(a, b));
    assert!(told(&["person-c", "person-b"], &["person-b"]).is_empty());
    assert_eq!(
        told(&["person-c"], &["person-b"]),
        ["baseline/partly-mended"]
    );
    assert_eq!(told(&["person-b"], &[]), ["baseline/partly-mended"]);
    let new = ["own/nested"];
    assert_eq!(told(&["person-b"], &["person-c"]), new);
    assert_eq!(told(&["person-c"], &["person-b", "person-b"]), new);
}

#[test]
fn of_many_elements_any_can_be_mended() {
    let engine = engine_with(
        "many",
        "when: has(agency.accounts)\nassert: agency.accounts.all(a, !has(a.operators) || a.operators.all(one, one.person == \"person-a\"))\n",
    );
    let ids: Vec<String> = (0..80).map(|number| format!("a{number}")).collect();
    let text = |ids: &[String]| {
        let list: Vec<(&str, &str, &str, &[&str])> = ids
            .iter()
            .map(|id| (&**id, "x", "agency", &["person-b"][..]))
            .collect();
        accounts(&list)
    };
    let old = baseline(&engine, &text(&ids));
    for left in [&ids[1..], &ids[..79], &ids[30..32]] {
        let told = lenient(&engine, &old, &text(left));
        assert_eq!(told, ["baseline/partly-mended"], "{}", left.len());
    }
}

#[test]
fn each_rule_of_these_tests_finds_something() {
    for (name, engine) in ENGINES.iter() {
        let report = check(engine, &agency(&["b", "c"], 0));
        assert!(!report.diagnostics.is_empty(), "{name}");
        assert!(
            check(engine, &agency(&[], 0)).diagnostics.is_empty(),
            "{name}"
        );
    }
}

#[test]
fn a_key_names_the_document_and_the_place() {
    let text = "\
apiVersion: spokeslint/v1
kind: Agency
id: water
name: { en: Water }
accounts:
  - id: own
    platform: x
    handle: example_own
    kind: personal
    uses: [media, replies]
    operators: [{ person: person-a, right: post, from: never }]
    \"od.d\": 1
  - id: \"a [b]\"
    platform: x
    handle: example_b
    kind: personal
    uses: [replies]
";
    let report = check(
        &engine_of(&["personal-account/answers-the-public"], "2026-01-01"),
        text,
    );
    let shown: Vec<String> = report
        .diagnostics
        .iter()
        .map(|found| {
            let key = found.key.as_deref().unwrap();
            assert_eq!(key.digest.len(), 32);
            format!("{} {} {}", found.rule, key.document, key.path)
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    personal-account/answers-the-public Agency/water accounts[own].uses[replies]
    schema/enum Agency/water accounts[own].operators[~4de1c0da].right
    schema/date Agency/water accounts[own].operators[~4de1c0da].from
    schema/unknown-key Agency/water accounts[own]."od.d"
    schema/pattern Agency/water accounts["a [b]"].id
    personal-account/answers-the-public Agency/water accounts["a [b]"].uses[replies]
    "#);
}

/// A baseline entry for an account holds for that account, however its handle is written, and for no other one that is
/// called the same in the file.
#[test]
fn another_account_under_the_same_id_is_new() {
    let account = |platform: &str, handle: &str, kind: &str| {
        let mut text = json!({ "apiVersion": "spokeslint/v1", "kind": "Agency", "id": "water", "name": { "en": "Water" },
            "accounts": [{ "id": "own", "platform": platform, "handle": handle, "kind": kind, "uses": ["replies"] },
                         { "id": "twin", "platform": "x", "handle": "example_twin", "kind": kind, "uses": ["replies"] }] });
        text["accounts"][0]["operators"] = json!([{ "person": "person-a", "right": "publish" }]);
        serde_json::to_string(&text).unwrap()
    };
    for (name, engine) in ENGINES.iter() {
        let known = baseline(engine, &account("x", "example_own", "personal"));
        let told = |platform: &str, handle: &str| {
            of_rule(&lenient(
                engine,
                &known,
                &account(platform, handle, "personal"),
            ))
        };
        for handle in ["example_own", "Example_Own", "@example_own", "@EXAMPLE_OWN"] {
            assert_eq!(told("x", handle), 0, "{name}: {handle}");
        }
        // What these rules look at are words of their own, and not the accounts.
        let is_of_words = name.starts_with("words");
        for (platform, handle) in [("tiktok", "example_own"), ("x", "example_other")] {
            assert_eq!(
                told(platform, handle) > 0,
                !is_of_words,
                "{name}: {platform} {handle}"
            );
        }
    }
}

#[test]
fn what_is_in_an_account_is_of_that_account_and_another_person_is_another() {
    let engine = engine_of(&["personal-account/answers-the-public"], "2026-01-01");
    let text = |handle: &str| {
        format!(
            "apiVersion: spokeslint/v1\nkind: Agency\nid: water\nname: {{ en: Water }}\naccounts:\n  - {{ id: own, platform: x, handle: {handle}, kind: personal, uses: [media, replies] }}\n"
        )
    };
    let known = baseline(&engine, &text("example_own"));
    assert!(lenient(&engine, &known, &text("example_own")).is_empty());
    let other = lenient(&engine, &known, &text("example_other"));
    assert_eq!(
        other,
        ["personal-account/answers-the-public", "baseline/stale"]
    );
    let engine = engine_with(
        "people",
        "each: person in agency.people\nassert: has(person.joined)\n",
    );
    let text = |name: &str| {
        format!(
            "apiVersion: spokeslint/v1\nkind: Agency\nid: water\nname: {{ en: Water }}\npeople:\n  - {{ id: one{name} }}\n"
        )
    };
    let known = baseline(&engine, &text(", name: { en: Person A }"));
    assert!(
        lenient(
            &engine,
            &known,
            &text(", name: { en: person a }, spellings: [A]")
        )
        .is_empty()
    );
    assert_eq!(
        of_rule(&lenient(&engine, &known, &text(", name: { en: Person B }"))),
        1
    );
}

#[test]
fn a_handover_of_another_account_under_the_same_id_is_another_handover() {
    let engine = engine_with(
        "handed",
        "each: handover in agency.handovers\nassert: has(handover.on)\n",
    );
    let text = |handle: &str, purpose: &str| {
        format!(
            "apiVersion: spokeslint/v1\nkind: Agency\nid: water\nname: {{ en: Water }}\naccounts:\n  - {{ id: own, platform: x, handle: {handle}, kind: personal, display_name: {purpose} }}\nhandovers:\n  - {{ account: own, from: one }}\n"
        )
    };
    let known = baseline(&engine, &text("example_own", "a"));
    assert!(lenient(&engine, &known, &text("Example_own", "b")).is_empty());
    let other = lenient(&engine, &known, &text("example_other", "a"));
    assert_eq!(other, ["own/handed", "baseline/stale"]);
}

#[test]
fn two_faults_of_one_shape_in_one_place_have_two_keys() {
    let head =
        "apiVersion: spokeslint/v1\nkind: Agency\nid: water\nname: { en: Water }\naccounts:\n";
    let engine = engine_of(&["team/unsupervised"], "2026-01-01");
    let text = format!("{head}  - {{ id: own, handle: example_own }}\n");
    let lacks = keys(&check(&engine, &text));
    assert_eq!(lacks.len(), 2, "the platform and the kind");
}

#[test]
fn what_looks_like_a_secret_is_in_no_key() {
    let engine = engine_of(&["team/unsupervised"], "2026-01-01");
    let of = |secret: &str| {
        let text = format!(
            "apiVersion: spokeslint/v1\nkind: Agency\nid: water\nname: {{ en: W }}\naccounts: [{{ platform: x, handle: a, kind: agency, password: {secret}, colour: red }}]\n"
        );
        let report = check(&engine, &text);
        report.diagnostics.iter().map(key).collect::<Vec<_>>()
    };
    assert!(of("hunter2").len() >= 2);
    assert_eq!(of("hunter2"), of("hunter3"));
}
