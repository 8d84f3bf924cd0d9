//! JUnit and Checkstyle, read by an XML parser and held against what defines them.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};
use spokeslint::Lang;
use spokeslint::engine::Report;
use spokeslint::output::Format;

use super::{ARABIC, rendered, reports, rich, schemas};

fn elements<'d>(document: &'d Document<'_>, name: &'static str) -> Vec<Node<'d, 'd>> {
    let all = document.descendants();
    all.filter(|node| node.has_tag_name(name)).collect()
}

fn count(node: Node<'_, '_>, name: &str) -> usize {
    node.attribute(name).unwrap().parse().unwrap()
}

#[test]
fn junit_keeps_to_the_schema_of_jenkins_and_its_counts_are_true() {
    for report in reports() {
        for lang in [Lang::En, Lang::Ar] {
            let text = rendered(&report, Format::Junit, lang);
            assert_eq!(schemas::xml_flaws("junit-10.xsd", &text), [""; 0]);
            let document = Document::parse(&text).unwrap();
            let root = document.root_element();
            for (counted, element) in [
                ("tests", "testcase"),
                ("failures", "failure"),
                ("errors", "error"),
            ] {
                assert_eq!(count(root, counted), elements(&document, element).len());
                let suites = elements(&document, "testsuite").into_iter();
                let sum: usize = suites.map(|suite| count(suite, counted)).sum();
                assert_eq!(count(root, counted), sum);
            }
            assert!(count(root, "tests") > 0);
        }
    }
}

#[test]
fn a_finding_fails_a_note_passes_what_is_set_aside_is_skipped_and_a_clean_file_is_there() {
    let text = rendered(&rich(), Format::Junit, Lang::En);
    let document = Document::parse(&text).unwrap();
    let told: Vec<(&str, Vec<&str>)> = elements(&document, "testsuite")
        .into_iter()
        .map(|suite| {
            let cases = suite.children().filter(Node::is_element);
            let what = cases.map(|case| {
                let inside = case.children().find(Node::is_element);
                inside.map_or("passed", |inside| inside.tag_name().name())
            });
            (suite.attribute("name").unwrap(), what.collect())
        })
        .collect();
    assert_eq!(
        told,
        [
            (".", vec!["failure"]),
            ("b,c:d.yaml", vec!["skipped", "skipped", "skipped"]),
            ("clean.yaml", vec!["passed"]),
            (
                ARABIC,
                vec!["failure", "system-out", "failure", "system-out"]
            ),
            ("spokeslint", vec!["error"]),
        ]
    );
    let skipped = elements(&document, "skipped")[1].attribute("message");
    let reason = "suppressed by a waiver (b,c:d.yaml:1) until 2026-12-31: agreed with the board";
    assert_eq!(skipped, Some(reason));
    let failure = elements(&document, "failure")[1].text().unwrap();
    assert!(
        failure.starts_with(&format!("{ARABIC}:1:8\nin force: ")),
        "{failure}"
    );
    // A case is known by its class and its name: no two of a file are alike, and no line is in them.
    let names: Vec<(Option<&str>, Option<&str>, &str)> = elements(&document, "testcase")
        .into_iter()
        .map(|case| {
            let suite = case.parent().unwrap().attribute("name").unwrap();
            (case.attribute("classname"), case.attribute("name"), suite)
        })
        .collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    assert!(names.contains(&(Some("p/twin"), Some("`t` is wrong (2)"), ARABIC)));
}

#[test]
fn checkstyle_has_what_its_own_program_writes_and_no_more() {
    for report in reports() {
        let text = rendered(&report, Format::Checkstyle, Lang::Ar);
        let document = Document::parse(&text).unwrap();
        assert!(document.root_element().has_tag_name("checkstyle"));
        assert!(document.root_element().attribute("version").is_some());
        for element in document.descendants().filter(Node::is_element).skip(1) {
            let parent = element.parent_element().unwrap();
            match element.tag_name().name() {
                "file" => {
                    assert!(parent.has_tag_name("checkstyle"));
                    assert!(!element.attribute("name").unwrap().is_empty());
                }
                "error" => {
                    assert!(parent.has_tag_name("file"));
                    assert!(count(element, "line") > 0 && count(element, "column") > 0);
                    let severity = element.attribute("severity").unwrap();
                    assert!(["info", "warning", "error"].contains(&severity));
                    assert!(element.attribute("message").is_some());
                    assert!(element.attribute("source").is_some());
                    assert_eq!(element.attributes().count(), 5);
                }
                other => panic!("{other}"),
            }
        }
        assert_eq!(elements(&document, "error").len(), report.diagnostics.len());
    }
    let text = rendered(&rich(), Format::Checkstyle, Lang::En);
    assert!(text.contains("<file name=\"clean.yaml\"/>"));
    assert!(text.contains(
        "<error line=\"2\" column=\"8\" severity=\"error\" message=\"`a` is wrong\" \
         source=\"personal-account/answers-the-public\"/>"
    ));
}

#[test]
fn a_report_on_nothing_is_a_document_all_the_same() {
    let text = rendered(&Report::default(), Format::Checkstyle, Lang::En);
    assert_eq!(
        text,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n</checkstyle>\n"
    );
}
