//! SARIF: its schema, and that every part means what it should.

use serde_json::{Value, json};
use spokeslint::Lang;
use spokeslint::engine::Report;
use spokeslint::output::{self, Format};

use super::{CITING, DISPUTED, rendered, reports, rich, schemas};

fn sarif(report: &Report, lang: Lang) -> Value {
    serde_json::from_str(&rendered(report, Format::Sarif, lang)).unwrap()
}

fn run() -> Value {
    sarif(&rich(), Lang::En)["runs"][0].take()
}

/// The result with a rule that is not set aside.
fn result<'r>(run: &'r Value, rule: &str) -> &'r Value {
    let mut results = run["results"].as_array().unwrap().iter();
    results
        .find(|one| one["ruleId"] == rule && one["suppressions"] == json!([]))
        .unwrap()
}

#[test]
fn every_report_keeps_to_the_official_schema() {
    for report in reports() {
        for lang in [Lang::En, Lang::Ar] {
            let value = sarif(&report, lang);
            assert_eq!(schemas::flaws("sarif-2.1.0.json", &value), [""; 0]);
        }
    }
}

#[test]
fn more_results_than_github_accepts_are_said() {
    let mut report = rich();
    let one = report.diagnostics[0].clone();
    let set_aside = report.suppressed.len();
    report.diagnostics = vec![one; 25_000 - set_aside];
    report.failures.clear();
    let notes = |report: &Report| {
        let invocation = sarif(report, Lang::En)["runs"][0]["invocations"][0].take();
        invocation["toolExecutionNotifications"].clone()
    };
    assert_eq!(output::caution(&report, Format::Sarif), None);
    assert_eq!(notes(&report), Value::Null);
    report.diagnostics.push(report.diagnostics[0].clone());
    let said = output::caution(&report, Format::Sarif).unwrap();
    assert!(said.en.contains("25001") && said.ar.contains("25001"));
    assert_eq!(output::caution(&report, Format::Json), None);
    let notes = notes(&report);
    assert_eq!(notes[0]["level"], "warning");
    assert_eq!(notes[0]["message"]["text"], said.plain(Lang::En).as_ref());
}

#[test]
fn regions_are_exact_and_files_are_addresses() {
    let run = run();
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let place = &result(&run, CITING)["locations"][0]["physicalLocation"];
    assert_eq!(
        place["region"],
        json!({ "startLine": 1, "startColumn": 8, "endLine": 1, "endColumn": 12 })
    );
    let file = &place["artifactLocation"];
    assert_eq!(
        file["uri"],
        "my%20files/%D8%AC%D9%87%D8%A9%20%D8%A7%D9%84%D9%85%D9%8A%D8%A7%D9%87.yaml"
    );
    assert_eq!(file["uriBaseId"], "%SRCROOT%");
    let index = usize::try_from(file["index"].as_u64().unwrap()).unwrap();
    assert_eq!(run["artifacts"][index]["location"]["uri"], file["uri"]);
    assert!(run["originalUriBaseIds"]["%SRCROOT%"].is_object());
}

#[test]
fn other_labels_sides_fixes_and_announcements_are_told() {
    let run = run();
    let found = result(&run, DISPUTED);
    let related = &found["relatedLocations"][0];
    assert_eq!(related["message"]["text"], "declared here");
    assert_eq!(
        related["physicalLocation"]["artifactLocation"]["uri"],
        "b%2Cc%3Ad.yaml"
    );
    let change = &found["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(change["insertedContent"]["text"], "ردود");
    assert_eq!(
        change["deletedRegion"],
        json!({ "startLine": 2, "startColumn": 8, "endLine": 2, "endColumn": 15 })
    );
    assert_eq!(
        found["properties"]["positions"]["against"],
        json!(["health-case"])
    );
    assert_eq!(found["properties"]["message"]["ar"], "`a` غير صحيح");
    assert_eq!(
        result(&run, CITING)["properties"]["inForceFrom"],
        "2027-01-01"
    );
    assert_eq!(result(&run, CITING)["level"], "warning");
    assert_eq!(result(&run, "schema/unknown-key").get("locations"), None);
}

#[test]
fn what_is_set_aside_says_by_what_and_everything_else_that_it_is_not() {
    let run = run();
    let results = run["results"].as_array().unwrap();
    let told: Vec<Value> = results
        .iter()
        .filter_map(|one| one["suppressions"].as_array().unwrap().first())
        .map(|one| json!([one["kind"], one["justification"], one["properties"]]))
        .collect();
    let reason = "agreed with the board";
    assert_eq!(
        told,
        [
            json!(["inSource", reason, { "means": "comment" }]),
            json!(["external", reason, { "means": "waiver", "until": "2026-12-31" }]),
            json!(["external", null, { "means": "baseline" }]),
        ]
    );
    let bare = sarif(
        &Report {
            suppressed: Vec::new(),
            ..rich()
        },
        Lang::En,
    );
    let bare = bare["runs"][0]["results"].as_array().unwrap();
    assert!(bare.iter().all(|one| one.get("suppressions").is_none()));
}

#[test]
fn rules_have_help_in_both_languages_and_rest_on_framework_items() {
    for (lang, other) in [(Lang::En, "ar"), (Lang::Ar, "en")] {
        let run = sarif(&rich(), lang)["runs"][0].take();
        let driver = &run["tool"]["driver"];
        let rules = driver["rules"].as_array().unwrap();
        for found in run["results"].as_array().unwrap() {
            let index = usize::try_from(found["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], found["ruleId"]);
        }
        let disputed = rules.iter().find(|rule| rule["id"] == DISPUTED).unwrap();
        let help = disputed["help"]["markdown"].as_str().unwrap();
        assert!(help.contains("chamber-independence") && help.contains("spokeslint explain"));
        assert_eq!(disputed["defaultConfiguration"]["level"], "error");
        let translation = &run["translations"][0];
        assert_eq!(translation["language"], other);
        let ids = |rules: &Value| -> Vec<Value> {
            let rules = rules.as_array().unwrap().iter();
            rules.map(|rule| rule["id"].clone()).collect()
        };
        assert_eq!(ids(&translation["rules"]), ids(&driver["rules"]));
        assert_ne!(translation["rules"][0]["help"], rules[0]["help"]);
        let citing = rules.iter().find(|rule| rule["id"] == CITING).unwrap();
        let target = &citing["relationships"][0]["target"];
        let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        let taxonomy = &run["taxonomies"][number(&target["toolComponent"]["index"])];
        assert_eq!(taxonomy["name"], target["toolComponent"]["name"]);
        assert_eq!(
            taxonomy["taxa"][number(&target["index"])]["id"],
            target["id"]
        );
    }
}

#[test]
fn a_run_that_could_not_do_its_job_says_so() {
    let invocation = &run()["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let told = &invocation["toolExecutionNotifications"][0]["message"]["text"];
    assert_eq!(*told, "cannot read `gone.yaml`");
    let sound = &sarif(&Report::default(), Lang::En)["runs"][0]["invocations"][0];
    assert_eq!(*sound, json!({ "executionSuccessful": true }));
    // GitHub refuses a tool without a list of rules.
    let clean = sarif(&Report::default(), Lang::En);
    assert_eq!(clean["runs"][0]["tool"]["driver"]["rules"], json!([]));
}

#[test]
fn fingerprints_are_the_same_in_all_formats_that_have_them() {
    let prints: Vec<Value> = run()["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["partialFingerprints"]["spokeslint/v1"].clone())
        .collect();
    let report = super::json(&rich(), Format::Json);
    let found = report["findings"].as_array().unwrap().iter();
    let aside = report["suppressed"].as_array().unwrap().iter();
    let all = found.chain(aside.map(|one| &one["finding"]));
    let told: Vec<Value> = all.map(|one| one["fingerprint"].clone()).collect();
    assert_eq!(prints, told);
}
