//! GitLab's Code Quality report: what it documents, and fingerprints that hold what they promise.

use std::collections::BTreeSet;

use serde_json::Value;
use spokeslint::engine::Report;
use spokeslint::output::Format;

use super::{ARABIC, TEXT, at, finding, json, reports, rich, schemas, source};

#[test]
fn every_report_is_as_the_documentation_says() {
    for report in reports() {
        let value = json(&report, Format::Gitlab);
        assert_eq!(schemas::flaws("gitlab-code-quality.json", &value), [""; 0]);
        assert_eq!(value.as_array().unwrap().len(), report.diagnostics.len());
    }
}

#[test]
fn a_finding_has_its_file_its_lines_and_its_weight() {
    let value = json(&rich(), Format::Gitlab);
    let issues = value.as_array().unwrap();
    let issue = issues
        .iter()
        .find(|one| one["check_name"] == super::CITING)
        .unwrap();
    assert_eq!(issue["location"]["path"], ARABIC);
    assert_eq!(issue["location"]["lines"]["begin"], 1);
    assert_eq!(issue["severity"], "minor");
    let told = "`😀` is wrong (from 2027-01-01 on; until then a warning at most)";
    assert_eq!(issue["description"], told);
}

fn prints(report: &Report) -> Vec<Value> {
    let value = json(report, Format::Gitlab);
    let issues = value.as_array().unwrap().iter();
    issues.map(|one| one["fingerprint"].clone()).collect()
}

#[test]
fn fingerprints_differ_within_a_report_and_outlive_a_moved_line() {
    let found = prints(&rich());
    let different: BTreeSet<String> = found.iter().map(Value::to_string).collect();
    assert_eq!(different.len(), found.len());
    // Without a key, the rule, the file and what is pointed at are all there is to go by.
    let report = |text: &str| Report {
        diagnostics: vec![finding("yaml/x", "v", at(&source("a", text), "replies", 0))],
        ..Report::default()
    };
    let moved = format!("# one line more\n{TEXT}");
    assert_eq!(prints(&report(TEXT)), prints(&report(&moved)));
}

#[test]
fn setting_a_finding_aside_does_not_change_the_others() {
    let whole = rich();
    let mut fewer = rich();
    let twins = |report: &Report| -> Vec<usize> {
        let all = report.diagnostics.iter().enumerate();
        all.filter(|(_, one)| one.rule == "p/twin")
            .map(|(at, _)| at)
            .collect()
    };
    let [first, second] = twins(&whole)[..] else {
        panic!("there are two twins")
    };
    let expected = prints(&whole)[second].clone();
    let known = fewer.diagnostics.remove(first);
    let place = known.labels[0].clone();
    fewer.suppressed.push(super::set_aside(
        spokeslint::engine::Means::Baseline,
        known,
        place,
    ));
    fewer.sort();
    let left = twins(&fewer)[0];
    assert_eq!(prints(&fewer)[left], expected);
}
