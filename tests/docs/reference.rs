//! Pages that people write, held against the code: no command, crate or case may be missing or invented.

use std::collections::BTreeSet;
use std::process::Command;

use super::{read, repository};

/// The code spans in the first column of the table under a heading.
fn first_column(page: &str, heading: &str) -> BTreeSet<String> {
    let (_, section) = page
        .split_once(&format!("\n## {heading}\n"))
        .unwrap_or_else(|| panic!("no heading `{heading}`"));
    let section = section.split("\n## ").next().unwrap_or(section);
    section
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_readme_gives_a_reason_for_every_crate() {
    let manifest = read(&repository("Cargo.toml"));
    let mut crates = BTreeSet::new();
    let mut inside = false;
    for line in manifest.lines() {
        if let Some(section) = line.strip_prefix('[') {
            inside = section.ends_with("dependencies]");
        } else if inside && let Some((name, _)) = line.split_once(" = ") {
            crates.insert(name.to_owned());
        }
    }
    assert!(crates.len() > 20, "{crates:?}");
    let listed = first_column(&read(&repository("README.md")), "Dependencies");
    assert_eq!(listed, crates);
}

#[test]
fn the_readme_lists_every_command() {
    let output = Command::new(env!("CARGO_BIN_EXE_spokeslint"))
        .arg("--help")
        .output()
        .unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let commands: BTreeSet<String> = commands
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect();
    assert!(commands.contains("check"), "{help}");
    let listed: BTreeSet<String> = first_column(&read(&repository("README.md")), "Commands")
        .iter()
        .filter_map(|command| command.strip_prefix("spokeslint ")?.split(' ').next())
        .map(str::to_owned)
        .collect();
    assert_eq!(listed, commands);
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    let pages = [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/documents.md",
        "docs/expressions.md",
        "docs/own-kinds.md",
        "docs/rules/README.md",
        "docs/rules/README.ar.md",
        "docs/rules/handover.md",
        "docs/rules/handover.ar.md",
        "docs/writing-rules.md",
        "benches/README.md",
        "examples/campaign/README.md",
        "examples/okaz-2018/README.md",
        "examples/model-agency/README.md",
    ];
    let mut lost = Vec::new();
    let mut count = 0;
    for page in pages {
        let text = read(&repository(page));
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            count += 1;
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let found = if link.starts_with("https://") {
                true
            } else if path.is_empty() {
                has_anchor(&text, anchor)
            } else {
                let target = repository(page).parent().unwrap().join(path);
                target.is_file() && (anchor.is_empty() || has_anchor(&read(&target), anchor))
            };
            if !found {
                lost.push(format!("{page}: {link}"));
            }
        }
    }
    assert_eq!(lost, Vec::<String>::new());
    assert!(count > 50, "links are found: {count}");
}

/// Whether a page has a heading, or a mark of its own, that a link can lead to.
fn has_anchor(page: &str, anchor: &str) -> bool {
    let heading = |line: &str| {
        let words = line.trim_start_matches('#').trim().to_lowercase();
        let kept = words.replace(' ', "-");
        kept.replace(|c: char| !c.is_alphanumeric() && c != '-' && c != '_', "")
    };
    page.contains(&format!("<a id=\"{anchor}\"></a>"))
        || page
            .lines()
            .any(|line| line.starts_with('#') && heading(line) == anchor)
}
