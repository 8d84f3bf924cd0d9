//! The list of rules: an aligned table for people, JSON for programs.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Positions, Severity};
use crate::output::paint::{BOLD, Paint, severity_word};
use crate::output::words::{columns, days, isolated, one_line};
use crate::output::{Format, Style, json};
use crate::pack::{Citation, Packs, Period, Rule};
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
    effective: Option<Period>,
    applies_when: Option<&'a str>,
    contradicts: Vec<&'a str>,
    summary: &'a Text,
    why: &'a Text,
    positions: &'a Positions,
    sources: &'a [Citation],
    terms: &'a [String],
}

/// Writes all rules in the style's format.
pub fn list_rules(packs: &Packs, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    match style.format {
        Format::Json => json::write(&listing(packs), out),
        _ => out.write_all(table(packs, style).as_bytes()),
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
        effective: (!rule.effective.is_always()).then_some(rule.effective),
        applies_when: rule.applies_when(),
        contradicts: packs.contrary_to(rule),
        summary: &rule.summary,
        why: &rule.why,
        positions: &rule.positions,
        sources: &rule.citations,
        terms: &rule.terms,
    }
}

fn table(packs: &Packs, style: &Style) -> String {
    let dated = packs.rules.iter().any(|rule| !rule.effective.is_always());
    let heads = [
        Some(["rule", "القاعدة"]),
        Some(["severity", "الدرجة"]),
        Some(["profiles", "مجموعات القواعد"]),
        dated.then_some(["in force", "السريان"]),
        Some(["finds", "ما تكشفه"]),
    ];
    let heads: Vec<String> = heads
        .into_iter()
        .flatten()
        .map(|head| style.pick(head).to_owned())
        .collect();
    let rows: Vec<(Severity, Vec<String>)> = packs
        .rules
        .iter()
        .map(|rule| (rule.severity, cells(rule, packs, dated, style)))
        .collect();
    let mut widths: Vec<usize> = heads.iter().map(|head| columns(head)).collect();
    for (_, row) in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(columns(cell));
        }
    }
    let mut table = String::new();
    line(&mut table, &heads, &widths, |_, cell| BOLD.on(cell, style));
    for (severity, row) in &rows {
        line(&mut table, row, &widths, |column, cell| {
            if column == 1 {
                Paint::of(*severity).on(cell, style)
            } else {
                cell.to_owned()
            }
        });
    }
    let count = crate::output::summary::RULE.count(rows.len(), style.lang);
    let _ = writeln!(table, "\n{count}");
    table
}

/// The cells of a rule; with the days on which it is in force where some rule is not always.
fn cells(rule: &Rule, packs: &Packs, dated: bool, style: &Style) -> Vec<String> {
    let cells = [
        Some(isolated(&rule.id, style)),
        Some(severity_word(rule.severity, style.lang).to_owned()),
        Some(profiles(rule, packs, style)),
        dated.then(|| days(&rule.effective, style)),
        Some(one_line(&rule.summary, style)),
    ];
    cells.into_iter().flatten().collect()
}

/// The profiles of a rule.
fn profiles(rule: &Rule, packs: &Packs, style: &Style) -> String {
    let ids = packs.profiles_of(rule);
    match (ids.len(), style.lang) {
        (0, _) => "–".to_owned(),
        (count, Lang::En) if count == packs.profiles.len() => "all".to_owned(),
        (count, Lang::Ar) if count == packs.profiles.len() => "جميعها".to_owned(),
        _ => {
            let ids: Vec<String> = ids.into_iter().map(|id| isolated(id, style)).collect();
            ids.join(" ")
        }
    }
}

/// One row; the last cell is not padded.
fn line(
    table: &mut String,
    cells: &[String],
    widths: &[usize],
    paint: impl Fn(usize, &str) -> String,
) {
    for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
        table.push_str(&paint(column, cell));
        if column + 1 < cells.len() {
            let blank = width + 2 - columns(cell);
            table.extend(std::iter::repeat_n(' ', blank));
        }
    }
    table.push('\n');
}
