//! Workflow commands, read as the runner of GitHub Actions reads them.

use std::collections::BTreeMap;

use spokeslint::engine::Report;
use spokeslint::output::Format;
use spokeslint::{Diagnostic, Lang, Text};

use super::{ARABIC, rendered, rich};

/// A command: its name, its properties and its words.
pub(super) struct Command {
    pub(super) name: String,
    pub(super) properties: BTreeMap<String, String>,
    pub(super) words: String,
}

/// The commands in a log. A line is one where it begins with `::` behind blanks, as for the runner.
pub(super) fn commands(log: &str) -> Vec<Command> {
    let lines = log.split(['\n', '\r']).map(str::trim_start);
    lines
        .filter_map(|line| line.strip_prefix("::"))
        .map(|line| {
            let (head, words) = line.split_once("::").unwrap();
            let (name, properties) = head.split_once(' ').unwrap();
            let properties = properties.split(',').map(|one| {
                let (name, value) = one.split_once('=').unwrap();
                let value = value.replace("%3A", ":").replace("%2C", ",");
                (name.to_owned(), decoded(&value))
            });
            Command {
                name: name.to_owned(),
                properties: properties.collect(),
                words: decoded(words),
            }
        })
        .collect()
}

fn decoded(text: &str) -> String {
    let text = text.replace("%0D", "\r").replace("%0A", "\n");
    text.replace("%25", "%")
}

#[test]
fn a_finding_is_a_command_with_its_place_and_its_advice() {
    let log = rendered(&rich(), Format::Github, Lang::En);
    let all = commands(&log);
    let names: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["error", "error", "warning", "notice", "notice"]);
    let found = &all[1];
    let expected = [
        ("col", "8"),
        ("endColumn", "15"),
        ("endLine", "2"),
        ("file", ARABIC),
        ("line", "2"),
        ("title", "spokeslint personal-account/answers-the-public"),
    ];
    let told: Vec<(&str, &str)> = found
        .properties
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(told, expected);
    assert_eq!(
        found.words,
        format!("{ARABIC}:2:8: `a` is wrong\nhelp: take it out")
    );
    assert!(log.contains("3 suppressed (1 by a comment, 1 by a waiver, 1 by the baseline)"));
}

#[test]
fn that_not_all_are_shown_is_said() {
    let many = |count| Report {
        diagnostics: vec![Diagnostic::error("p/r", Text::new("x", "س")); count],
        ..Report::default()
    };
    let is_said = |count| rendered(&many(count), Format::Github, Lang::En).contains("at most 10");
    assert_eq!([10, 11].map(is_said), [false, true]);
    let log = rendered(&many(11), Format::Github, Lang::En);
    assert_eq!(commands(&log).len(), 11);
}
