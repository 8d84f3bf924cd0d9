//! Inputs that are made rather than stored: very deep ones, very wide ones, and ones with a secret.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use spokeslint::engine::Engine;

use super::{DAY, assert_labels_fit, check, engine, outputs, settings};

const HEAD: &str =
    "apiVersion: spokeslint/v1\nkind: Agency\nid: example\nname: { en: Example Agency }\n";

fn recommended() -> Engine {
    engine(&settings("recommended", DAY))
}

/// The only finding's rule and line, and that it can be told in every format without delay.
fn told(text: String) -> (String, u32) {
    let start = Instant::now();
    let report = check(&recommended(), "a.yaml", text.into_bytes());
    let outputs = outputs(&report);
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
    assert!(outputs.iter().all(|out| out.len() < 10_000));
    assert_labels_fit(&report);
    assert_eq!(report.diagnostics.len(), 1);
    let found = &report.diagnostics[0];
    (found.rule.clone(), found.labels[0].position().line)
}

#[test]
fn ten_thousand_levels_are_one_finding_in_flow_and_in_block_style() {
    let flow = format!(
        "{HEAD}x-deep: {}{}\n",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    assert_eq!(told(flow), ("yaml/too-deep".to_owned(), 5));
    let open = format!("{HEAD}x-deep: {}\n", "{a: ".repeat(10_000));
    assert_eq!(told(open), ("yaml/too-deep".to_owned(), 5));
    let mut block = format!("{HEAD}x-deep:\n");
    for depth in 1..=2_000 {
        block.push_str(&" ".repeat(depth));
        block.push_str("a:\n");
    }
    let (rule, line) = told(block);
    assert_eq!(rule, "yaml/too-deep");
    assert!(line > 5);
    let dashes = format!("{HEAD}x-deep:\n{}a\n", "- ".repeat(10_000));
    assert_eq!(told(dashes), ("yaml/too-deep".to_owned(), 6));
}

#[test]
fn a_bomb_of_aliases_is_one_finding() {
    let mut bomb = format!("{HEAD}x-0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
    for level in 1..=9 {
        let below = format!("*a{}", level - 1);
        let row = [below.as_str(); 9].join(", ");
        writeln!(bomb, "x-{level}: &a{level} [{row}]").unwrap();
    }
    let (rule, line) = told(bomb);
    assert_eq!(rule, "yaml/alias-bomb");
    assert!((6..=14).contains(&line), "line {line}");
}

#[test]
fn a_value_with_a_shape_error_is_not_evaluated_and_other_rules_still_run() {
    let mut settings = settings("recommended", DAY);
    settings.select = [
        "personal-account/answers-the-public",
        "personal-account/uses-undeclared",
        "integrity/duplicate-account-id",
        "agency-account/missing",
        "handover/overdue",
    ]
    .map(str::to_owned)
    .to_vec();
    let text = format!(
        "{HEAD}accounts:\n  - {{ id: own, platform: x, handle: example_own, kind: persnal, uses: [replies] }}\n"
    );
    let report = check(&engine(&settings), "a.yaml", text.into_bytes());
    let rules: Vec<_> = report
        .diagnostics
        .iter()
        .map(|found| found.rule.as_str())
        .collect();
    assert_eq!(rules, ["schema/enum"]);
    let tally = report.tally;
    assert_eq!(
        [
            tally.held,
            tally.found,
            tally.not_applicable,
            tally.not_evaluated
        ],
        [1, 0, 1, 3],
        "the kind decides three of the rules"
    );
    let human = &outputs(&report)[0];
    assert!(
        human.ends_with("1 held, 0 found, 1 not applicable, 3 not evaluated\n"),
        "{human}"
    );
}

#[test]
fn a_finding_beside_a_value_with_a_shape_error_counts_as_found() {
    let mut settings = settings("recommended", DAY);
    settings.select = vec!["personal-account/answers-the-public".to_owned()];
    let text = format!(
        "{HEAD}accounts:\n  - {{ id: a, platform: x, handle: example_a, kind: persnal, uses: [replies] }}\n  \
         - {{ id: b, platform: x, handle: example_b, kind: personal, uses: [replies] }}\n"
    );
    let report = check(&engine(&settings), "a.yaml", text.into_bytes());
    assert_eq!((report.tally.found, report.tally.not_evaluated), (1, 0));
    assert_eq!(report.diagnostics.len(), 2);
}

#[test]
fn a_secret_is_shown_in_no_format() {
    const SECRET: &str = "zamurrud-9173-زمردة";
    let places = [
        "accounts:\n  - { id: own, platform: x, handle: example_own, kind: personal, password: S, uses: [replies] }\n",
        "accounts:\n  - { id: own, platform: x, handle: example_own, kind: personal, uses: [replies], api_key: 'S' }\n",
        "accounts:\n  - id: own\n    password: S\n    platform: x\n    handle: example_own\n    kind: persnal\n    uses: [replies]\n",
        "accounts:\n  - id: own\n    platform: x\n    handle: example_own\n    kind: personal\n    x-token: |\n      S\n    uses: [replies]\n",
        "x-vault: { recovery: [{ pin: \"S\" }] }\n",
        "x-secret: &shared S\npeople: [{ id: *shared, name: { en: *shared } }]\n",
        "password: { old: S, new: [S, S] }\n",
        "accounts:\n  - { id: own, platform: x, handle: example_own, kind: personal, password: S, password: S }\n",
        "accounts:\n  - { id: own, platform: x, password: S, password: S, id: \"S\n",
        "accounts:\n  - { id: own, platform: x, handle: &s S, kind: personal, uses: [replies], password: *s }\n",
        "accounts: {\n  password: S\n",
        "accounts: {\n  password: \u{1}S\n",
        "accounts:\n  password: \"S\nlevel: national\n",
        "accounts:\n  password: |\n    first\n    S\n  : ] }\n",
        "x-list:\n  - password: S: S\n",
    ];
    for place in places {
        let text = format!("{HEAD}{}", place.replace('S', SECRET));
        let bytes = text
            .bytes()
            .map(|byte| if byte == b'\x01' { 0xff } else { byte });
        let report = check(&recommended(), "a.yaml", bytes.collect());
        assert!(!report.diagnostics.is_empty(), "{place}");
        for out in outputs(&report) {
            for part in ["zamurrud", "9173", "زمردة"] {
                assert!(!out.contains(part), "{place}\n{out}");
            }
        }
    }
}
