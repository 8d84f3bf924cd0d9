//! Documents of a kind that a pack brings: every command treats them as it treats agencies.

use std::path::Path;

use serde_json::Value;
use snapbox::{assert_data_eq, str};

use super::{Run, put, run_in};

const PACK: &str = "\
title: { en: Campaigns, ar: حملات }
about: { en: campaigns, ar: حملات }
kinds:
  Campaign:
    about: { en: a campaign, ar: حملة }
    schema: campaign.schema.json
    variable: drive
    smallest: { id: example, starts: 2026-03-01, \"the end\": 2026-03-31 }
";

const SCHEMA: &str = r#"{
  "type": "object",
  "required": ["id", "starts", "the end"],
  "properties": {
    "id": { "type": "string" },
    "starts": { "type": "string", "format": "date" },
    "the end": { "type": "string", "format": "date" },
    "share": { "type": "number", "minimum": 0 },
    "posts": { "type": "array", "items": { "type": "object", "properties": { "id": { "type": "string" } } } }
  },
  "patternProperties": { "^x-": true },
  "additionalProperties": false
}
"#;

const TOO_LONG: &str = "\
kind: Campaign
severity: warning
summary: { en: too long, ar: طويلة }
why: { en: a reason, ar: سبب }
assert: drive[\"the end\"] - drive.starts <= days(90)
point: drive[\"the end\"]
message: { en: \"`{drive.id}` is too long\", ar: \"`{drive.id}` طويلة\" }
---
examples:
  - fails: |
      id: long  # finding
      the end: 2026-05-31
  - passes: |
      the end: 2026-05-30
";

const TWICE: &str = "\
kind: Campaign
severity: error
summary: { en: a post twice, ar: منشور متكرر }
why: { en: a reason, ar: سبب }
each: post in drive.posts
when: has(post.id)
unique: post.id
message: { en: twice, ar: متكرر }
";

const SHARED: &str = "\
kind: Campaign
severity: note
summary: { en: half is shared, ar: نصف مشترك }
why: { en: a reason, ar: سبب }
when: has(drive.share)
assert: drive.share / 2.0 < 1.5
message: { en: \"half of {drive.share} is shared\", ar: \"نصف {drive.share} مشترك\" }
";

const MIXED: &str = "\
apiVersion: spokeslint/v1
kind: Campaign
id: spring
starts: 2026-03-01
the end: 2026-09-01
share: 3
posts: [{ id: a }, {}, { id: a }]
---
apiVersion: spokeslint/v1
kind: Agency
id: water
name: { en: Water Agency }
---
apiVersion: spokeslint/v1
kind: Campaign
id: autumn
starts: 2026-03-01
the end: 2026-03-02
share: much
";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| put(folder.path(), name, text);
    file("own/pack.yaml", PACK);
    file("own/campaign.schema.json", SCHEMA);
    file("own/too-long.yaml", TOO_LONG);
    file("own/post-twice.yaml", TWICE);
    file("own/shared.yaml", SHARED);
    file("all/mixed.yaml", MIXED);
    file(
        "all/water.yaml",
        "apiVersion: spokeslint/v1\nkind: Agency\nid: gas\nname: { en: Gas }\n",
    );
    file("all/other.yaml", "steps: []\n");
    folder
}

fn check(folder: &Path, more: &[&str]) -> Run {
    let whole = ["check", "--pack", "own", "--as-of", "2026-01-31"];
    run_in(folder, &[&whole, more].concat())
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap()
}

#[test]
fn a_mixed_folder_is_held_against_the_rules_of_each_kind() {
    let folder = folder();
    let select = ["--select", "own,agency-account/missing"];
    let more = [&select[..], &["--verbose", "--format", "concise", "all"]].concat();
    let shown = check(folder.path(), &more);
    assert_eq!((shown.code, shown.err.as_str()), (1, ""));
    assert_data_eq!(
        shown.out,
        str![[r"
all/mixed.yaml:5:10: warning[own/too-long] `spring` is too long
all/mixed.yaml:6:8: note[own/shared] half of 3 is shared
all/mixed.yaml:7:30: error[own/post-twice] twice
all/mixed.yaml:11:5: warning[agency-account/missing] no account of the agency itself is declared
all/mixed.yaml:19:8: error[schema/type] expected a number, found the text `much`
all/water.yaml:3:5: warning[agency-account/missing] no account of the agency itself is declared
6 problems in 4 documents (2 errors, 3 warnings, 1 note)
1 file passed over, no spokeslint document:
  all/other.yaml
4 documents × 4 rules = 16: 1 held, 5 found, 9 not applicable, 1 not evaluated

"]]
    );
}

#[test]
fn the_receipt_for_programs_adds_up_over_all_kinds() {
    let folder = folder();
    let report = json(&check(folder.path(), &["--format", "json", "all"]));
    let receipt = &report["receipt"];
    assert_eq!(receipt["kinds"]["Agency"], 2);
    assert_eq!(receipt["kinds"]["Campaign"], 2);
    let count = |key: &str| receipt[key].as_u64().unwrap();
    assert_eq!(count("pairs"), count("rules") * count("documents"));
    let verdicts = ["held", "found", "not_applicable", "not_evaluated"];
    assert_eq!(count("pairs"), verdicts.map(count).iter().sum::<u64>());
    for (files, kind) in [
        (["all/water.yaml"], "Agency"),
        (["all/mixed.yaml"], "Campaign"),
    ] {
        let report = json(&check(folder.path(), &["--format", "json", files[0]]));
        assert!(
            report["receipt"]["kinds"][kind].as_u64() > Some(0),
            "{report}"
        );
    }
}

#[test]
fn a_secret_in_a_document_of_any_kind_is_not_shown() {
    let folder = folder();
    let secret = MIXED.replace("share: 3", "x-note: { password: swordfish }");
    put(folder.path(), "all/mixed.yaml", &secret);
    for format in ["human", "json", "concise"] {
        let shown = check(folder.path(), &["--format", format, "all/mixed.yaml"]);
        assert!(shown.out.contains("schema/secret"), "{}", shown.out);
        assert!(!shown.out.contains("swordfish"), "{}", shown.out);
    }
}

#[test]
fn an_unknown_kind_is_told_the_nearest_of_all_that_are_loaded() {
    let folder = folder();
    put(
        folder.path(),
        "a.yaml",
        "apiVersion: spokeslint/v1\nkind: Campain\n",
    );
    let shown = check(folder.path(), &["--quiet", "a.yaml"]);
    assert!(
        shown.out.contains("did you mean `Campaign`?"),
        "{}",
        shown.out
    );
    put(
        folder.path(),
        "a.yaml",
        "apiVersion: spokeslint/v1\nid: a\n",
    );
    for (lang, help) in [
        ("en", "add `kind: Agency` or `kind: Campaign`"),
        ("ar", "أضف `kind: Agency` أو `kind: Campaign`"),
    ] {
        let shown = check(folder.path(), &["--quiet", "--lang", lang, "a.yaml"]);
        assert!(shown.out.contains(help), "{}", shown.out);
    }
}

#[test]
fn an_expression_is_checked_for_the_kind_of_each_document() {
    let folder = folder();
    let eval =
        |expr: &str, file: &str| run_in(folder.path(), &["eval", "--pack", "own", expr, file]);
    let shown = eval("drive.starts", "all/mixed.yaml");
    assert_eq!((shown.code, shown.err.as_str()), (1, ""));
    assert_data_eq!(
        shown.out,
        str![[r"
all/mixed.yaml:1
2026-03-01
  type: a date
   ╭─[all/mixed.yaml:4:9]
 4 │ starts: 2026-03-01
   ·         ──────────
   ╰────

all/mixed.yaml:9
error[expr/kind]: the expression is not sound for `kind: Agency`: nothing is called `drive` here
    ╭─[all/mixed.yaml:10:7]
 10 │ kind: Agency
    ·       ──────
    ╰────

all/mixed.yaml:14
2026-03-01
  type: a date
    ╭─[all/mixed.yaml:17:9]
 17 │ starts: 2026-03-01
    ·         ──────────
    ╰────

"]]
    );
    let misspelt = eval("drive.strats", "all/mixed.yaml");
    assert_eq!(misspelt.code, 2);
    assert!(
        misspelt.err.contains("did you mean `starts`?"),
        "{}",
        misspelt.err
    );
    assert_eq!(eval("size([kind(1)])", "all/mixed.yaml").code, 2);
    assert_eq!(eval("agency.id", "all/water.yaml").code, 0);
}

#[test]
fn a_rule_says_of_which_kind_it_speaks() {
    let folder = folder();
    let trace = |more: &[&str]| {
        let whole = ["trace", "own/too-long", "--pack", "own", "all/water.yaml"];
        run_in(folder.path(), &[&whole, more].concat())
    };
    for (lang, words) in [
        (
            "en",
            "not applicable\n  the rule speaks of `kind: Campaign`\n",
        ),
        (
            "ar",
            "لم تنطبق\n  هذه القاعدة خاصة بالمستندات من `kind: Campaign`\n",
        ),
    ] {
        let shown = trace(&["--lang", lang]);
        assert_eq!(shown.code, 0);
        assert!(shown.out.ends_with(words), "{}", shown.out);
    }
    let traced = json(&trace(&["--format", "json"]));
    assert_eq!(traced["traces"][0]["verdict"], "not_applicable");
    let rules = run_in(
        folder.path(),
        &["rules", "--pack", "own", "--format", "json"],
    );
    let rules = json(&rules);
    let kind = |id: &str| {
        let mut rules = rules["rules"].as_array().unwrap().iter();
        rules.find(|rule| rule["id"] == id).unwrap()["kind"].clone()
    };
    assert_eq!(kind("own/too-long"), "Campaign");
    assert_eq!(kind("team/unsupervised"), "Agency");
    let explained = run_in(folder.path(), &["explain", "own/too-long", "--pack", "own"]);
    assert!(
        explained.out.contains("\n  kind   Campaign\n"),
        "{}",
        explained.out
    );
    let built_in = run_in(folder.path(), &["explain", "team/unsupervised"]);
    assert!(!built_in.out.contains("\n  kind "), "{}", built_in.out);
}

#[test]
fn the_schema_of_a_kind_is_printed_for_editors() {
    let folder = folder();
    let shown = run_in(folder.path(), &["schema", "Campaign", "--pack", "own"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    let schema = json(&shown);
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (document, is_valid) in MIXED.split("---\n").zip([true, false, false]) {
        let document: Value = serde_yaml::from_str(document).unwrap();
        assert_eq!(validator.is_valid(&document), is_valid, "{document}");
    }
    let misspelt = run_in(folder.path(), &["schema", "Campain", "--pack", "own"]);
    assert_eq!(misspelt.code, 2);
    assert!(
        misspelt.err.contains("did you mean `Campaign`?"),
        "{}",
        misspelt.err
    );
    assert_eq!(run_in(folder.path(), &["schema", "Campaign"]).code, 2);
}

#[test]
fn the_marks_of_examples_move_whatever_the_kind() {
    let folder = folder();
    for silent in ["own/post-twice.yaml", "own/shared.yaml"] {
        std::fs::remove_file(folder.path().join(silent)).unwrap();
    }
    assert_eq!(run_in(folder.path(), &["test", "own"]).code, 1);
    let moved = run_in(folder.path(), &["test", "--update", "own"]);
    assert_eq!((moved.code, moved.err.as_str()), (0, ""));
    let rule = std::fs::read(folder.path().join("own/too-long.yaml")).unwrap();
    let wanted = TOO_LONG
        .replace("id: long  # finding", "id: long")
        .replace("2026-05-31", "2026-05-31  # finding");
    assert_eq!(String::from_utf8(rule).unwrap(), wanted);
    let mutants = run_in(folder.path(), &["test", "--mutate", "own"]);
    assert_eq!(mutants.code, 0, "{}", mutants.out);
}
