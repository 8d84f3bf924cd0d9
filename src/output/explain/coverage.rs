//! What the rules make of every position and every item of the frameworks.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::output::explain::{Page, doubt};
use crate::output::paint::{BOLD, Paint};
use crate::output::summary::{ITEM, Noun, POSITION};
use crate::output::words::{isolated, wrap_after};
use crate::output::{Format, Style, json};
use crate::pack::{Cover, Framework, ItemCover, Packs, Position, PositionCover, Rule, Status};
use crate::text::Text;

/// The version of the JSON form.
const VERSION: u32 = 1;

/// Writes the rules of every position and item, or why it has none, in the style's format.
pub fn coverage(packs: &Packs, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let positions: Vec<PositionCover<'_>> = packs
        .positions
        .iter()
        .map(|position| packs.cover_of_position(position))
        .collect();
    let frameworks: Vec<(&Framework, Vec<ItemCover<'_>>)> = packs
        .frameworks
        .iter()
        .map(|framework| (framework, packs.cover_of_framework(framework)))
        .collect();
    if style.format == Format::Json {
        let listing = Listing {
            version: VERSION,
            totals: Totals::of(positions.iter().map(PositionCover::cover)),
            positions: positions.iter().map(position).collect(),
            frameworks: frameworks.iter().map(framework).collect(),
        };
        return json::write(&listing, out);
    }
    let mut page = Page::new(style);
    page.positions(&positions);
    for (framework, items) in &frameworks {
        page.coverage_of(framework, items);
    }
    page.totals(&positions, &frameworks);
    out.write_all(page.text.as_bytes())
}

impl Page<'_> {
    fn positions(&mut self, positions: &[PositionCover<'_>]) {
        let name = self.style.pick(["positions", "المواقف"]);
        let _ = writeln!(self.text, "{}", BOLD.on(name, self.style));
        for cover in positions {
            let office = self.words(&cover.position.office);
            self.entry(&isolated(&cover.position.id, self.style), &office);
            let sides = [
                (["for", "قواعد توافقه"], &cover.in_favour),
                (["against", "قواعد تخالفه"], &cover.against),
            ];
            for (side, rules) in sides {
                if !rules.is_empty() {
                    let rules = self.list(ids(rules));
                    self.below(self.style.pick(side), &rules);
                }
            }
            self.unless_covered(cover.cover(), cover.position.none.as_ref());
        }
    }

    fn coverage_of(&mut self, framework: &Framework, items: &[ItemCover<'_>]) {
        self.text.push('\n');
        let words = self.words(&framework.title);
        self.title(&framework.id, &words);
        for cover in items {
            self.item(cover, framework);
        }
    }

    /// An item with its rules, or the reason why it has none.
    pub(super) fn item(&mut self, cover: &ItemCover<'_>, framework: &Framework) {
        let item = cover.item;
        let mut words = self.words(&item.text);
        let status = item.status.filter(|status| *status != framework.status);
        if let Some(status) = status.and_then(doubt) {
            let _ = write!(words, " ({})", self.style.pick(status));
        }
        self.entry(&isolated(&item.item, self.style), &words);
        if !cover.rules.is_empty() {
            let rules = self.list(ids(&cover.rules));
            self.below(self.style.pick(["rules", "القواعد"]), &rules);
        }
        self.unless_covered(cover.cover(), item.none.as_ref());
    }

    /// The reason why something has no rule, under its page's head.
    pub(super) fn no_rule(&mut self, reason: Option<&Text>) {
        if let Some(reason) = reason {
            let reason = self.words(reason);
            self.entry(self.style.pick(["no rule", "بلا قاعدة"]), &reason);
        }
    }

    fn unless_covered(&mut self, cover: Cover, reason: Option<&Text>) {
        let name = self.style.pick(["none", "بلا قاعدة"]);
        if let Some(reason) = reason {
            let reason = self.words(reason);
            self.below(name, &reason);
        } else if cover == Cover::Neither {
            let words = self.style.pick(["no reason is given", "ولم يُذكر السبب"]);
            let words = Paint::of(Severity::Error).on(words, self.style);
            self.below(name, &words);
        }
    }

    /// A line further in, wrapped there.
    fn below(&mut self, name: &str, text: &str) {
        let text = wrap_after(8 + name.chars().count(), 8, text, self.style.width);
        let _ = writeln!(self.text, "      {name}: {text}");
    }

    fn totals(
        &mut self,
        positions: &[PositionCover<'_>],
        frameworks: &[(&Framework, Vec<ItemCover<'_>>)],
    ) {
        self.heading(["in all", "المجموع"]);
        let covers = positions.iter().map(PositionCover::cover);
        let words = self.counted(&POSITION, &Totals::of(covers));
        self.entry(self.style.pick(["positions", "المواقف"]), &words);
        for (framework, items) in frameworks {
            let totals = Totals::of(items.iter().map(ItemCover::cover));
            let words = self.counted(&ITEM, &totals);
            self.entry(&isolated(&framework.id, self.style), &words);
        }
        let all = frameworks.iter().flat_map(|(_, items)| items);
        let totals = Totals::of(all.map(ItemCover::cover));
        let words = self.counted(&ITEM, &totals);
        self.entry(self.style.pick(["frameworks", "الأطر التنظيمية"]), &words);
    }

    fn counted(&self, noun: &Noun, totals: &Totals) -> String {
        let all = noun.count(totals.all, self.style.lang);
        let [with, without, gaps] = match self.style.lang {
            crate::text::Lang::En => ["with rules", "without, for a reason", "without a reason"],
            crate::text::Lang::Ar => ["لها قواعد", "بلا قواعد لسبب مبيَّن", "بلا قواعد ولا سبب"],
        };
        let comma = self.style.pick([", ", "، "]);
        let colon = self.style.pick(["{n} {words}", "{words}: {n}"]);
        let part = |words: &str, n: usize| {
            colon
                .replace("{words}", words)
                .replace("{n}", &n.to_string())
        };
        let mut parts = vec![part(with, totals.with_rules), part(without, totals.without)];
        if totals.gaps > 0 {
            parts.push(part(gaps, totals.gaps));
        }
        format!("{all}{comma}{}", parts.join(comma))
    }
}

fn ids<'r>(rules: &'r [&'r Rule]) -> impl Iterator<Item = &'r str> {
    rules.iter().map(|rule| rule.id.as_str())
}

/// How many there are of each sort.
#[derive(Default, Serialize)]
struct Totals {
    all: usize,
    with_rules: usize,
    without: usize,
    gaps: usize,
}

impl Totals {
    fn of(covers: impl Iterator<Item = Cover>) -> Self {
        let mut totals = Self::default();
        for cover in covers {
            totals.all += 1;
            *match cover {
                Cover::Rules | Cover::Both => &mut totals.with_rules,
                Cover::Reason => &mut totals.without,
                Cover::Neither => &mut totals.gaps,
            } += 1;
        }
        totals
    }
}

#[derive(Serialize)]
struct Listing<'a> {
    version: u32,
    totals: Totals,
    positions: Vec<PositionEntry<'a>>,
    frameworks: Vec<FrameworkEntry<'a>>,
}

#[derive(Serialize)]
struct PositionEntry<'a> {
    #[serde(flatten)]
    position: &'a Position,
    #[serde(rename = "for")]
    in_favour: Vec<&'a str>,
    against: Vec<&'a str>,
}

#[derive(Serialize)]
struct FrameworkEntry<'a> {
    id: &'a str,
    title: &'a Text,
    publisher: &'a Text,
    version: Option<&'a str>,
    date: Option<&'a str>,
    status: Status,
    url: Option<&'a str>,
    totals: Totals,
    items: Vec<ItemEntry<'a>>,
}

#[derive(Serialize)]
struct ItemEntry<'a> {
    item: &'a str,
    text: &'a Text,
    status: Status,
    rules: Vec<&'a str>,
    none: Option<&'a Text>,
}

fn position<'a>(cover: &'a PositionCover<'a>) -> PositionEntry<'a> {
    PositionEntry {
        position: cover.position,
        in_favour: ids(&cover.in_favour).collect(),
        against: ids(&cover.against).collect(),
    }
}

fn framework<'a>(
    (framework, items): &'a (&'a Framework, Vec<ItemCover<'a>>),
) -> FrameworkEntry<'a> {
    let item = |cover: &'a ItemCover<'a>| ItemEntry {
        item: &cover.item.item,
        text: &cover.item.text,
        status: cover.item.status.unwrap_or(framework.status),
        rules: ids(&cover.rules).collect(),
        none: cover.item.none.as_ref(),
    };
    FrameworkEntry {
        id: &framework.id,
        title: &framework.title,
        publisher: &framework.publisher,
        version: framework.version.as_deref(),
        date: framework.date.as_deref(),
        status: framework.status,
        url: framework.url.as_deref(),
        totals: Totals::of(items.iter().map(ItemCover::cover)),
        items: items.iter().map(item).collect(),
    }
}
