//! Each file in `ok/` is silent under the profile that its first line names; beside each file in `err/`
//! stands what its author is told. A file's first line says `# profile: NAME` or `# rules: ID, …`.

use std::path::Path;

use snapbox::Data;
use spokeslint::diagnostic::Label;
use spokeslint::engine::{Report, Settings};
use spokeslint::output::{Detail, Style, render, render_findings};
use spokeslint::pack::Packs;
use spokeslint::{Lang, Source};
use unicode_width::UnicodeWidthChar;

use super::{DAY, check, engine, files, settings, stem};

/// The settings that a file's first line asks for; the defaults for a file that has no such line.
fn asked(bytes: &[u8]) -> Settings {
    let text = Source::from_bytes("", bytes.to_vec()).map_or_else(
        |_| {
            let utf16 = bytes.starts_with(&[0xff, 0xfe]);
            let bytes = bytes.iter().filter(|byte| !utf16 || **byte != 0);
            String::from_utf8_lossy(&bytes.copied().collect::<Vec<_>>()).into_owned()
        },
        |source| source.text().to_owned(),
    );
    let first = text.split(['\n', '\r']).next().unwrap();
    let mut settings = settings("recommended", DAY);
    if let Some((_, profile)) = first.split_once("# profile: ") {
        settings.profiles = vec![profile.to_owned()];
    }
    if let Some((_, rules)) = first.split_once("# rules: ") {
        settings.select = rules.split(", ").map(str::to_owned).collect();
    }
    settings
}

fn report(file: &Path) -> Report {
    let bytes = std::fs::read(file).unwrap();
    let name = format!("{}.yaml", stem(file));
    check(&engine(&asked(&bytes)), &name, bytes)
}

fn shown(report: &Report, lang: Lang) -> String {
    let style = Style {
        lang,
        detail: Detail::Quiet,
        ..Style::default()
    };
    let mut out = Vec::new();
    render(report, &Packs::empty(), &style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn sound_files_are_silent_however_they_are_written() {
    let files = files("tests/check/ok", "yaml");
    assert!(files.len() >= 17, "{} files", files.len());
    for file in files {
        let report = report(&file);
        assert_eq!(shown(&report, Lang::En), "", "{}", file.display());
        assert!(report.documents > 0, "{}", file.display());
        assert!(
            report.tally.held >= 25 * report.documents,
            "{}: {:?}",
            file.display(),
            report.tally
        );
        assert_eq!(report.tally.not_evaluated, 0, "{}", file.display());
    }
}

#[test]
fn each_faulty_file_is_told_what_is_wrong_with_it() {
    let files = files("tests/check/err", "yaml");
    assert!(files.len() >= 50, "{} files", files.len());
    for file in files {
        let report = report(&file);
        assert!(!report.diagnostics.is_empty(), "{}", file.display());
        let expected = Data::read_from(&file.with_extension("txt"), None);
        snapbox::assert_data_eq!(shown(&report, Lang::En), expected.raw());
    }
}

#[test]
fn every_snapshot_belongs_to_a_file() {
    let names = |end| -> Vec<String> {
        let files = files("tests/check/err", end);
        files.iter().map(|file| stem(file)).collect()
    };
    assert_eq!(names("txt"), names("yaml"));
}

/// The columns that a text takes from a column on, as terminals count them: character by character.
fn columns(text: &str, from: usize) -> usize {
    text.chars().fold(0, |at, character| match character {
        '\t' => at + 4 - (from + at) % 4,
        _ => at + character.width().unwrap_or(0),
    })
}

/// Whether under the label's line there is an underline of the label's own columns.
fn is_underlined(label: &Label, told: &str) -> Option<bool> {
    let place = label.position();
    let line = label.source.line_span(place.line)?;
    let text = label.source.slice(line);
    let before = text.get(..(label.span.start - line.start) as usize)?;
    let under = label.source.slice(label.span);
    if under.contains(['\n', '\r']) {
        return None;
    }
    let head = format!("{} │ ", place.line);
    let lines: Vec<&str> = told.lines().collect();
    let at = lines
        .iter()
        .position(|line| line.trim_start().starts_with(&head) && line.ends_with(text.trim_end()))?;
    let gutter = lines[at].split('│').next()?.chars().count() + 2;
    let start = columns(before, 0);
    let width = columns(under, start).max(1);
    let marks: Vec<char> = lines.get(at + 1)?.chars().skip(gutter).collect();
    let marks = marks.get(start..start + width);
    let is_mark = |mark: &char| matches!(mark, '─' | '┬' | '▲');
    Some(marks.is_some_and(|marks| marks.iter().all(is_mark)))
}

#[test]
fn marks_stand_under_the_words_that_they_are_about() {
    let mut seen = 0;
    let folders = ["tests/check/err", "examples/okaz-2018"];
    for file in folders.into_iter().flat_map(|folder| files(folder, "yaml")) {
        for finding in report(&file).diagnostics {
            let mut out = Vec::new();
            render_findings(std::slice::from_ref(&finding), &Style::default(), &mut out).unwrap();
            let told = String::from_utf8(out).unwrap();
            let primary = &finding.labels[0];
            // A place without words gives way to one with words inside it.
            let within = |label: &&Label| {
                primary.text.is_none() && label.text.is_some() && primary.span.contains(label.span)
            };
            let seen_first = finding.labels.iter().find(within).unwrap_or(primary);
            if let Some(right) = is_underlined(seen_first, &told) {
                assert!(right, "{}\n{told}", file.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "only {seen} marks were looked at");
}

#[test]
fn what_is_told_stands_in_both_languages() {
    for file in files("tests/check/err", "yaml") {
        let report = report(&file);
        let arabic = shown(&report, Lang::Ar);
        assert!(arabic.contains("خطأ["), "{arabic}");
        for finding in &report.diagnostics {
            let texts = [
                Some(&finding.message),
                finding.why.as_ref(),
                finding.help.as_ref(),
            ];
            let labels = finding.labels.iter().map(|label| label.text.as_ref());
            for text in texts.into_iter().chain(labels).flatten() {
                let is_arabic = |c: char| ('\u{600}'..='\u{6ff}').contains(&c);
                assert!(
                    text.ar.contains(is_arabic),
                    "{}: {}",
                    file.display(),
                    text.ar
                );
            }
        }
    }
}
