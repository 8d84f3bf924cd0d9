//! What a baseline becomes: a new one, or one from which what was mended is taken out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Baseline, Known};
use crate::diagnostic::Diagnostic;
use crate::engine::{Engine, Means, Report};
use crate::suppress::firm::is_firm;
use crate::text;
use crate::text::{Text, is_unsafe};

/// What the file begins with, behind what it says of itself.
const HEADER: &str = "apiVersion: spokeslint/v1\nkind: Baseline\nfindings:";

/// What the file says of itself, each a line.
fn comments() -> [Text; 2] {
    [
        text!(
            "Findings that were there when checking began. They are set aside until they are mended; others count.",
            "مخالفات كانت قائمة عند بدء الفحص، وهي مستثناة إلى أن تُصلَح، وما سواها محسوب.",
        ),
        text!(
            "`spokeslint baseline --update` takes out what has been mended. Do not add anything yourself.",
            "يحذف الأمر `spokeslint baseline --update` ما أُصلح منها، ولا يُضاف إليها شيء يدويًا.",
        ),
    ]
}

/// Whether a baseline may take in new findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Growth {
    /// What is found and not in it is left out, and counted.
    Refused,
    /// It is taken in.
    Accepted,
}

/// A baseline as it should be written, with what has changed.
#[derive(Clone, Debug)]
pub struct Tidied {
    /// The whole file.
    pub text: String,
    /// How many findings it holds.
    pub held: usize,
    /// How many were taken out.
    pub gone: usize,
    /// Of how many a part has been mended.
    pub smaller: usize,
    /// How many are found and were not in it.
    pub new: usize,
    /// How many of these were taken in.
    pub added: usize,
    /// Findings that cannot be in a baseline, because nothing tells them from others, because their rule is final,
    /// or because they keep rules from being evaluated.
    pub left_over: Vec<Diagnostic>,
}

/// The findings of a baseline, each with the place that is shown and how often it is there.
#[derive(Default)]
struct Kept(BTreeMap<Known, (String, u32)>);

impl Kept {
    fn add(&mut self, known: Known, path: &str, count: u32) {
        if count > 0 {
            let kept = self.0.entry(known);
            kept.or_insert_with(|| (path.to_owned(), 0)).1 += count;
        }
    }
}

impl Baseline {
    /// The first baseline of a report to which comments and waivers have been applied.
    pub fn first(report: &Report, engine: &Engine) -> Tidied {
        tidied(Kept::default(), report, engine, Growth::Accepted)
    }

    /// This baseline after a run with it, to whose report it has been applied.
    pub fn updated(
        &self,
        report: &Report,
        engine: &Engine,
        (growth, is_complete): (Growth, bool),
    ) -> Tidied {
        let catalog = engine.catalog();
        let judged = self.judge(&catalog);
        let mut tally = judged.tally();
        let mut covered = report.suppressed.iter();
        while let Some(one) = covered.find(|one| one.means == Means::Baseline) {
            tally.cover(&one.diagnostic);
        }
        if growth == Growth::Refused {
            for found in &report.diagnostics {
                tally.cover(found);
            }
        }
        let (stale, shrunk) = tally.excess(report, &catalog, is_complete);
        let sound = tally.sound();
        let mut kept = Kept::default();
        let (mut gone, mut smaller) = (0, 0);
        for (place, entry) in self.entries.iter().enumerate() {
            // What is not sound covers nothing.
            if !sound.contains(&place) {
                gone += entry.count as usize;
                continue;
            }
            let less = stale.get(&place).copied().unwrap_or(0);
            gone += less;
            let mut left = entry
                .count
                .saturating_sub(u32::try_from(less).unwrap_or(u32::MAX));
            if shrunk.contains(&place) {
                for key in tally.covered(place) {
                    smaller += usize::from(key.elements.len() < entry.known.elements.len());
                    kept.add(Known::new(&entry.known.rule, key), &key.path, 1);
                    left = left.saturating_sub(1);
                }
            }
            kept.add(entry.known.clone(), &entry.path, left);
        }
        Tidied {
            gone,
            smaller,
            ..tidied(kept, report, engine, growth)
        }
    }
}

fn tidied(mut kept: Kept, report: &Report, engine: &Engine, growth: Growth) -> Tidied {
    let catalog = engine.catalog();
    let mut left_over = Vec::new();
    let mut new = 0;
    for found in &report.diagnostics {
        let is_own = ["baseline/", "waiver/", "suppression/"];
        if is_own.iter().any(|own| found.rule.starts_with(own)) {
            continue;
        }
        match &found.key {
            Some(key)
                if catalog.is_known(&found.rule)
                    && catalog.finality(&found.rule).is_none()
                    && !is_firm(found) =>
            {
                new += 1;
                if growth == Growth::Accepted {
                    kept.add(Known::new(&found.rule, key), &key.path, 1);
                }
            }
            _ => left_over.push(catalog.with_finality(found.clone())),
        }
    }
    Tidied {
        held: kept.0.values().map(|(_, count)| *count as usize).sum(),
        text: written(&kept),
        gone: 0,
        smaller: 0,
        new,
        added: if growth == Growth::Accepted { new } else { 0 },
        left_over,
    }
}

/// The whole file: one line for each finding, sorted.
fn written(kept: &Kept) -> String {
    let mut text = String::new();
    let comments = comments();
    let (en, ar) = (
        comments.iter().map(|line| &line.en),
        comments.iter().map(|line| &line.ar),
    );
    for line in en.chain(ar) {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "# {line}");
    }
    text.push_str(HEADER);
    if kept.0.is_empty() {
        text.push_str(" []");
    }
    let mut entries: Vec<_> = kept.0.iter().collect();
    entries.sort_by_key(|(known, (path, _))| (&known.rule, &known.document, path, *known));
    for (known, (path, count)) in entries {
        entry(known, path, *count, &mut text);
    }
    text.push('\n');
    text
}

fn entry(known: &Known, path: &str, count: u32, text: &mut String) {
    let words = [&known.rule, &known.document, path, &known.digest];
    let [rule, document, path, digest] = words.map(quoted);
    // Writing to a `String` cannot fail.
    let _ = write!(
        text,
        "\n  - {{ rule: {rule}, document: {document}, path: {path}, digest: {digest}"
    );
    if !known.elements.is_empty() {
        let elements: Vec<String> = known.elements.iter().map(|one| quoted(one)).collect();
        let _ = write!(text, ", elements: [{}]", elements.join(", "));
    }
    if count > 1 {
        let _ = write!(text, ", count: {count}");
    }
    text.push_str(" }");
}

/// A text as YAML: as it is where nobody can misread it, or else between double quotes.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    let begins = word.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_word = !matches!(word, "null" | "true" | "false");
    if begins && is_word && word.chars().all(is_plain) {
        return word.to_owned();
    }
    let mut text = String::from("\"");
    for character in word.chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            _ if is_unsafe(character) => {
                let _ = write!(text, "\\U{:08x}", u32::from(character));
            }
            _ => text.push(character),
        }
    }
    text.push('"');
    text
}
