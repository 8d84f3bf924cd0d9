//! The list of rules: an aligned table for people, JSON for programs.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Positions, Severity};
use crate::output::paint::{BOLD, Paint, severity_word};
use crate::output::words::{columns, isolated, one_line};
use crate::output::{Format, Style, json};
use crate::pack::{Citation, Packs, Rule};
use crate::text::{Lang, Text};

/// The version of the JSON form.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Listing<'a> {
    version: u32,
    rules: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    severity: Severity,
    kind: &'a str,
    profiles: Vec<&'a str>,
    summary: &'a Text,
    why: &'a Text,
    positions: &'a Positions,
    sources: &'a [Citation],
}

/// Writes all rules in the style's format.
pub fn list_rules(packs: &Packs, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    match style.format {
        Format::Json => json::write(&listing(packs), out),
        Format::Human | Format::Concise => out.write_all(table(packs, style).as_bytes()),
    }
}

fn listing(packs: &Packs) -> Listing<'_> {
    let entry = |rule| entry(packs, rule);
    Listing {
        version: VERSION,
        rules: packs.rules.iter().map(entry).collect(),
    }
}

fn entry<'p>(packs: &'p Packs, rule: &'p Rule) -> Entry<'p> {
    Entry {
        id: &rule.id,
        severity: rule.severity,
        kind: &rule.kind.name,
        profiles: packs.profiles_of(rule),
        summary: &rule.summary,
        why: &rule.why,
        positions: &rule.positions,
        sources: &rule.citations,
    }
}

fn table(packs: &Packs, style: &Style) -> String {
    let heads = match style.lang {
        Lang::En => ["rule", "severity", "profiles", "finds"],
        Lang::Ar => ["القاعدة", "الدرجة", "مجموعات القواعد", "ما تكشفه"],
    };
    let rows: Vec<(Severity, [String; 4])> = packs
        .rules
        .iter()
        .map(|rule| (rule.severity, cells(rule, packs, style)))
        .collect();
    let mut widths = heads.map(columns);
    for (_, row) in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(columns(cell));
        }
    }
    let mut table = String::new();
    let heads = heads.map(str::to_owned);
    line(&mut table, &heads, widths, |_, cell| BOLD.on(cell, style));
    for (severity, row) in &rows {
        line(&mut table, row, widths, |column, cell| {
            if column == 1 {
                Paint::of(*severity).on(cell, style)
            } else {
                cell.to_owned()
            }
        });
    }
    let _ = writeln!(table, "\n{}", count(rows.len(), style.lang));
    table
}

fn count(rules: usize, lang: Lang) -> String {
    crate::output::summary::RULE.count(rules, lang)
}

fn cells(rule: &Rule, packs: &Packs, style: &Style) -> [String; 4] {
    let known = packs.profiles.len();
    let profiles = packs.profiles_of(rule).into_iter();
    let profiles: Vec<String> = profiles.map(|id| isolated(id, style)).collect();
    let profiles = match (profiles.len(), style.lang) {
        (0, _) => "–".to_owned(),
        (count, Lang::En) if count == known => "all".to_owned(),
        (count, Lang::Ar) if count == known => "جميعها".to_owned(),
        _ => profiles.join(" "),
    };
    [
        isolated(&rule.id, style),
        severity_word(rule.severity, style.lang).to_owned(),
        profiles,
        one_line(&rule.summary, style),
    ]
}

/// One row; the last cell is not padded.
fn line(
    table: &mut String,
    cells: &[String; 4],
    widths: [usize; 4],
    paint: impl Fn(usize, &str) -> String,
) {
    for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
        table.push_str(&paint(column, cell));
        if column < 3 {
            let blank = width + 2 - columns(cell);
            table.extend(std::iter::repeat_n(' ', blank));
        }
    }
    table.push('\n');
}
