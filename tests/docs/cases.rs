//! Tables of expressions in `docs/expressions.md`, made from `tests/expr/manual-*.yaml`, whose cases the
//! unit tests of the rule language run.

use std::fmt::Write as _;

use serde::Deserialize;

use super::markdown::cell;
use super::{read, repository};

#[derive(Deserialize)]
struct Case {
    name: String,
    expr: String,
    #[serde(default)]
    doc: String,
    want: Option<String>,
    because: Option<Vec<String>>,
    mistake: Option<String>,
    decided: Option<String>,
    fault: Option<String>,
}

/// The names of the files without `manual-` and `.yaml`, sorted.
pub(super) fn names() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(repository("tests/expr"))
        .unwrap()
        .filter_map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let name = name.strip_prefix("manual-")?.strip_suffix(".yaml")?;
            Some(name.to_owned())
        })
        .collect();
    names.sort();
    names
}

fn cases(name: &str) -> Vec<Case> {
    let path = repository("tests/expr").join(format!("manual-{name}.yaml"));
    serde_yaml::from_str(&read(&path)).unwrap()
}

/// The table of one file.
pub(super) fn table(name: &str) -> String {
    let cases = cases(name);
    let with_documents = cases.iter().any(|case| !case.doc.is_empty());
    let mut table = if with_documents {
        String::from("| what | document | expression | gives |\n|---|---|---|---|\n")
    } else {
        String::from("| what | expression | gives |\n|---|---|---|\n")
    };
    for case in &cases {
        let _ = write!(table, "| {} |", cell(&case.name));
        if with_documents {
            let doc: Vec<String> = case.doc.lines().map(code).collect();
            let _ = write!(table, " {} |", doc.join("<br>"));
        }
        let _ = writeln!(table, " {} | {} |", code(&case.expr), result(case));
    }
    table
}

fn result(case: &Case) -> String {
    if let Some(labels) = &case.because {
        let labels: Vec<String> = labels.iter().map(|label| labelled(label)).collect();
        return labels.join("<br>");
    }
    if let Some(mistake) = case.mistake.as_ref().or(case.decided.as_ref()) {
        // `characters: message`; the characters are shown by the message's own words.
        let message = mistake
            .split_once(": ")
            .map_or(&**mistake, |(_, rest)| rest);
        return format!("refused: {}", cell(message));
    }
    match &case.want {
        Some(want) => code(want),
        None => format!("a fault: {}", case.fault.as_deref().unwrap_or_default()),
    }
}

/// `node: words` as the node and, if there are any, its words.
fn labelled(label: &str) -> String {
    let (node, words) = label.split_once(": ").unwrap_or((label, ""));
    if words.is_empty() {
        code(node)
    } else {
        format!("{}: {}", code(node), cell(words))
    }
}

fn code(text: &str) -> String {
    format!("`{}`", cell(&text.replace('\n', "⏎")))
}

#[test]
fn every_deviation_has_a_reason_and_a_case() {
    let page = read(&repository("docs/expressions.md"));
    let (_, section) = page.split_once("\n## Deviations from CEL\n").unwrap();
    let mut listed: Vec<&str> = section
        .lines()
        .filter_map(|line| line.strip_prefix("| *")?.split_once("* |"))
        .map(|(names, _)| names)
        .flat_map(|names| names.split("*, *"))
        .collect();
    let deviations = cases("deviations");
    let mut known: Vec<&str> = deviations.iter().map(|case| &*case.name).collect();
    listed.sort_unstable();
    known.sort_unstable();
    assert_eq!(listed, known);
}
