//! A position or a framework, with the rules that bear on it.

use std::io::{self, Write};

use crate::output::Style;
use crate::output::explain::Page;
use crate::output::words::isolated;
use crate::pack::{Framework, Packs, Position, Rule};

/// Explains a position: who argued it and how, and which rules follow or oppose it.
pub fn explain_position(
    position: &Position,
    packs: &Packs,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut page = Page::new(style);
    page.title(&position.id, &page.words(&position.office));
    let parts = [
        (["holds", "الموقف"], &position.stance),
        (["argues", "الحجة"], &position.argument),
    ];
    for (name, text) in parts {
        let text = page.words(text);
        page.entry(style.pick(name), &text);
    }
    page.no_rule(position.none.as_ref());
    let cover = packs.cover_of_position(position);
    page.rules(["rules for it", "قواعد توافقه"], &cover.in_favour);
    page.rules(["rules against it", "قواعد تخالفه"], &cover.against);
    out.write_all(page.text.as_bytes())
}

/// Explains a framework: what it is, and which rules rest on each of its items.
pub fn explain_framework(
    framework: &Framework,
    packs: &Packs,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut page = Page::new(style);
    let words = page.framework(framework, framework.status);
    page.title(&framework.id, &words);
    page.heading(["items", "البنود"]);
    for cover in packs.cover_of_framework(framework) {
        page.item(&cover, framework);
    }
    out.write_all(page.text.as_bytes())
}

impl Page<'_> {
    /// Rules with their summaries, under a heading.
    fn rules(&mut self, name: [&'static str; 2], rules: &[&Rule]) {
        if rules.is_empty() {
            return;
        }
        self.heading(name);
        for rule in rules {
            let summary = self.words(&rule.summary);
            self.entry(&isolated(&rule.id, self.style), &summary);
        }
    }
}
