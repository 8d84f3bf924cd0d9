//! A rule for people who ask about it: its reasons, both sides of the debate, its sources, what it
//! demands in so many words, and what it finds in its own example.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Positions, Safety};
use crate::output::Style;
use crate::output::explain::Page;
use crate::output::human::render_findings;
use crate::output::paint::{BOLD, DIM, Paint, severity_word};
use crate::output::words::{columns, days, isolated, one_line, safe, wrap_after};
use crate::pack::{Packs, Rule, Term};

/// Explains a rule; `example` is what it finds in its own failing example.
pub fn explain(
    rule: &Rule,
    packs: &Packs,
    example: &[Diagnostic],
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut page = Page::new(style);
    page.headline(rule);
    page.scope(rule, packs);
    page.debate(rule, packs);
    page.sources(rule, packs);
    page.demands(rule);
    page.fix(rule);
    page.options(rule);
    page.terms(rule, packs);
    if !example.is_empty() {
        page.heading(["example", "مثال"]);
    }
    out.write_all(page.text.as_bytes())?;
    render_findings(&bare(example), style, out)
}

/// Findings without what the page says above them.
fn bare(example: &[Diagnostic]) -> Vec<Diagnostic> {
    let bare = |diagnostic: &Diagnostic| Diagnostic {
        why: None,
        positions: Positions::default(),
        ..diagnostic.clone()
    };
    example.iter().map(bare).collect()
}

impl Page<'_> {
    fn headline(&mut self, rule: &Rule) {
        let word = severity_word(rule.severity, self.style.lang);
        let id = isolated(&rule.id, self.style);
        let word = Paint::of(rule.severity).on(&format!("{word}[{id}]"), self.style);
        let summary = BOLD.on(&one_line(&rule.summary, self.style), self.style);
        let _ = writeln!(self.text, "{word}: {summary}");
        let why = one_line(&rule.why, self.style);
        self.entry(self.style.pick(["why", "السبب"]), &why);
    }

    /// Where, when and beside which rules it is on.
    fn scope(&mut self, rule: &Rule, packs: &Packs) {
        let pack = packs.packs.iter().find(|pack| pack.id == rule.pack());
        if let Some(pack) = pack {
            let title = self.words(&pack.title);
            self.entry(self.style.pick(["pack", "الحزمة"]), &title);
        }
        let all = packs.profiles_of(rule);
        if !all.is_empty() {
            let (own, through): (Vec<&str>, Vec<&str>) = all
                .into_iter()
                .partition(|id| rule.profiles.iter().any(|own| own == id));
            let mut profiles = self.list(own);
            if !through.is_empty() {
                let words = ["; included in", "؛ وهي مضمَّنة في"];
                let _ = write!(
                    profiles,
                    "{} {}",
                    self.style.pick(words),
                    self.list(through)
                );
            }
            self.entry(self.style.pick(["profiles", "مجموعات القواعد"]), &profiles);
        }
        if !rule.effective.is_always() {
            let mut period = days(&rule.effective, self.style);
            if let Some(day) = rule.effective.announced {
                let words = ["; announced", "؛ وأُعلنت في"];
                let day = isolated(&day.to_string(), self.style);
                let _ = write!(period, "{} {day}", self.style.pick(words));
            }
            self.entry(self.style.pick(["in force", "السريان"]), &period);
        }
        let contrary = packs.contrary_to(rule);
        if !contrary.is_empty() {
            let contrary = self.list(contrary);
            self.entry(self.style.pick(["contradicts", "تناقض"]), &contrary);
        }
    }

    fn debate(&mut self, rule: &Rule, packs: &Packs) {
        let sides = [
            (["for", "المؤيدون"], &rule.positions.in_favour),
            (["against", "المعارضون"], &rule.positions.against),
        ];
        for (name, ids) in sides {
            if ids.is_empty() {
                continue;
            }
            self.heading(name);
            for id in ids {
                let shown = isolated(id, self.style);
                let position = packs.positions.iter().find(|position| position.id == *id);
                let Some(position) = position else {
                    let _ = writeln!(self.text, "  {shown}");
                    continue;
                };
                let office = one_line(&position.office, self.style);
                self.entry(&shown, &office);
                self.paragraph(&one_line(&position.stance, self.style));
                self.paragraph(&one_line(&position.argument, self.style));
            }
        }
    }

    fn sources(&mut self, rule: &Rule, packs: &Packs) {
        if rule.citations.is_empty() {
            return;
        }
        self.heading(["sources", "المراجع"]);
        for citation in &rule.citations {
            let name = isolated(&citation.framework, self.style);
            let number = isolated(&citation.item, self.style);
            let mut frameworks = packs.frameworks.iter();
            let framework = frameworks.find(|framework| *framework.id == citation.framework);
            let Some(framework) = framework else {
                self.entry(&name, &number);
                continue;
            };
            let mut items = framework.items.iter();
            let item = items.find(|item| *item.item == citation.item);
            let text = item.map_or_else(String::new, |item| self.words(&item.text));
            self.entry(&format!("{name} {number}"), &text);
            let status = item.and_then(|item| item.status);
            let words = self.framework(framework, status.unwrap_or(framework.status));
            self.paragraph(&words);
        }
    }

    /// The kind of document, where a pack defines others, and the rule's own expressions, aligned. They are
    /// code, the same in every language.
    fn demands(&mut self, rule: &Rule) {
        self.heading(["rule", "نص القاعدة"]);
        let applies = rule.applies_when().map(|applies| ("applies_when", applies));
        let kind = (rule.kind.name != "Agency").then_some(("kind", &*rule.kind.name));
        let clauses = rule.each().map(|clause| ("each", clause));
        let when = rule.when().map(|when| ("when", when));
        let parts: Vec<(&str, &str)> = applies
            .into_iter()
            .chain(kind)
            .chain(clauses)
            .chain(when)
            .chain([rule.check()])
            .chain(rule.same().map(|same| ("same", same)))
            .chain(rule.is_across().then_some(("across", "documents")))
            .collect();
        let widest = parts.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
        for (key, expression) in &parts {
            let blank = " ".repeat(widest);
            let key = DIM.on(&format!("{key:<widest$}"), self.style);
            let indent = widest + 3;
            for (index, line) in expression.lines().enumerate() {
                let line = safe(line);
                let head = if index == 0 { &key } else { &blank };
                let line = if columns(&line) + indent > self.style.width {
                    wrap_after(indent, indent, &line, self.style.width)
                } else {
                    line
                };
                let _ = writeln!(self.text, "  {head} {line}");
            }
        }
    }

    /// What is done about its findings, and what has it done.
    fn fix(&mut self, rule: &Rule) {
        let Some(fix) = rule.fix() else {
            return;
        };
        self.heading(["fix", "الإصلاح"]);
        let (safety, flag) = match fix.safety {
            Safety::Safe => (["safe", "آمن"], "--fix"),
            Safety::Unsafe => (["unsafe", "يحتاج إلى مراجعة"], "--unsafe-fixes"),
        };
        let title = one_line(&fix.title_text, self.style);
        let with = self.style.pick(["with", "بالخيار"]);
        let words = format!("{title} ({with} `{flag}`)");
        self.entry(self.style.pick(safety), &words);
    }

    fn options(&mut self, rule: &Rule) {
        if rule.options.is_empty() {
            return;
        }
        self.heading(["options", "الخيارات"]);
        for option in &rule.options {
            let about = one_line(&option.about, self.style);
            let written = isolated(&option.written, self.style);
            let default = self.style.pick(["unless set", "ما لم يُحدَّد غيره"]);
            let comma = self.style.pick(["; ", "؛ "]);
            let words = format!("{about}{comma}`{written}` {default}");
            self.entry(&isolated(&option.name, self.style), &words);
        }
    }

    /// The word lists that the rule reads, with their words.
    fn terms(&mut self, rule: &Rule, packs: &Packs) {
        let read = |term: &&Term| rule.terms.contains(&term.name);
        let read: Vec<&Term> = packs.terms.iter().filter(read).collect();
        if read.is_empty() {
            return;
        }
        self.heading(["word lists", "قوائم المفردات"]);
        for term in read {
            let about = one_line(&term.about, self.style);
            self.entry(&isolated(&term.name, self.style), &about);
            let words = self.list(term.words.iter().map(String::as_str));
            self.paragraph(&words);
        }
    }
}
