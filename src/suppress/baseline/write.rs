//! What a baseline becomes: a new one, or one from which what was mended is taken out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Baseline, Known};
use crate::diagnostic::{Diagnostic, Key};
use crate::engine::{Engine, Means, Report};
use crate::text;
use crate::text::{Noun, Text, is_unsafe};

/// What the file begins with, behind what it says of itself.
const HEADER: &str = "apiVersion: spokeslint/v1\nkind: Baseline\nfindings:";

const FINDING: Noun = Noun {
    en: ["finding", "findings"],
    ar: ["مخالفة واحدة", "مخالفتان", "مخالفات", "مخالفة"],
};

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
    /// How many are found and were not in it.
    pub new: usize,
    /// How many of those were taken in.
    pub added: usize,
    /// Findings that cannot be in a baseline, because nothing tells them from others or their rule is final.
    pub left_over: Vec<Diagnostic>,
}

impl Tidied {
    /// What became of the file with this name, for people.
    pub fn summary(&self, name: &str, is_first: bool) -> Text {
        let held = FINDING.both(self.held);
        if is_first {
            return text!(
                "`{name}` holds {en}: from now on only what is new counts",
                "في `{name}` {ar}، ولا يُحسب من الآن إلا ما يستجد",
                name = name,
                en = held.en,
                ar = held.ar,
            );
        }
        text!(
            "`{name}` holds {en} now: {gone} taken out, {added} taken in",
            "في `{name}` الآن {ar}: عدد ما حُذف {gone}، وعدد ما أُضيف {added}",
            name = name,
            en = held.en,
            ar = held.ar,
            gone = self.gone,
            added = self.added,
        )
    }
}

impl Baseline {
    /// The first baseline of a report to which comments and waivers have been applied.
    pub fn first(report: &Report, engine: &Engine) -> Tidied {
        tidied(BTreeMap::new(), report, engine, Growth::Accepted)
    }

    /// This baseline after a run with it, to whose report it has been applied.
    pub fn updated(
        &self,
        report: &Report,
        engine: &Engine,
        (growth, is_complete): (Growth, bool),
    ) -> Tidied {
        let catalog = engine.catalog();
        let mut remaining = self.tally(&catalog);
        for found in report
            .suppressed
            .iter()
            .filter(|one| one.means == Means::Baseline)
        {
            remaining.cover(&found.diagnostic);
        }
        let stale = remaining.stale(report, &catalog, is_complete);
        let mut kept: BTreeMap<Known, u32> = BTreeMap::new();
        let mut gone = 0;
        for (place, (known, count, _)) in self.entries.iter().enumerate() {
            // What is not sound covers nothing.
            let is_sound = catalog.is_known(&known.0) && catalog.finality(&known.0).is_none();
            let less = stale.get(&place).copied().unwrap_or(0);
            let left = if is_sound && !kept.contains_key(known) {
                count - less
            } else {
                0
            };
            gone += (count - left) as usize;
            if left > 0 {
                kept.insert(known.clone(), left);
            }
        }
        Tidied {
            gone,
            ..tidied(kept, report, engine, growth)
        }
    }
}

fn tidied(
    mut kept: BTreeMap<Known, u32>,
    report: &Report,
    engine: &Engine,
    growth: Growth,
) -> Tidied {
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
                if catalog.is_known(&found.rule) && catalog.finality(&found.rule).is_none() =>
            {
                new += 1;
                if growth == Growth::Accepted {
                    *kept
                        .entry((found.rule.clone(), (**key).clone()))
                        .or_default() += 1;
                }
            }
            _ => left_over.push(catalog.with_finality(found.clone())),
        }
    }
    Tidied {
        held: kept.values().map(|count| *count as usize).sum(),
        text: written(&kept),
        gone: 0,
        new,
        added: if growth == Growth::Accepted { new } else { 0 },
        left_over,
    }
}

/// The whole file: one line for each finding, sorted.
fn written(entries: &BTreeMap<Known, u32>) -> String {
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
    if entries.is_empty() {
        text.push_str(" []");
    }
    for ((rule, key), count) in entries {
        let Key {
            document,
            path,
            digest,
        } = key;
        let [rule, document, path, digest] =
            [rule, document, path, digest].map(|word| quoted(word));
        let _ = write!(
            text,
            "\n  - {{ rule: {rule}, document: {document}, path: {path}, digest: {digest}"
        );
        if *count > 1 {
            let _ = write!(text, ", count: {count}");
        }
        text.push_str(" }");
    }
    text.push('\n');
    text
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
