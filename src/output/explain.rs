//! A rule for people who ask about it: its reasons, both sides of the debate, its sources, what it
//! demands in so many words, and what it finds in its own example.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Positions};
use crate::output::Style;
use crate::output::human::render_findings;
use crate::output::paint::{BOLD, DIM, Paint, severity_word};
use crate::output::words::{columns, isolated, one_line, safe, wrap, wrap_after};
use crate::pack::{Framework, Packs, Rule, Status};

/// Explains a rule; `example` is what it finds in its own failing example.
pub fn explain(
    rule: &Rule,
    packs: &Packs,
    example: &[Diagnostic],
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut page = Page {
        text: String::new(),
        style,
    };
    page.headline(rule, packs);
    page.debate(rule, packs);
    page.sources(rule, packs);
    page.demands(rule);
    page.options(rule);
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

/// How far the lines below an entry are indented at most.
const DEEPEST: usize = 24;

struct Page<'a> {
    text: String,
    style: &'a Style,
}

impl Page<'_> {
    fn heading(&mut self, name: [&'static str; 2]) {
        let name = BOLD.on(self.style.pick(name), self.style);
        let _ = writeln!(self.text, "\n{name}");
    }

    /// `  name: text`, wrapped below where the text begins.
    fn entry(&mut self, name: &str, text: &str) {
        let head = format!("  {}: ", BOLD.on(name, self.style));
        let used = columns(name) + 4;
        let indent = if used > DEEPEST { 6 } else { used };
        let text = wrap_after(used, indent, text, self.style.width);
        let _ = writeln!(self.text, "{head}{text}");
    }

    fn paragraph(&mut self, text: &str) {
        let text = wrap("    ", 4, text, self.style.width);
        let _ = writeln!(self.text, "{text}");
    }

    fn headline(&mut self, rule: &Rule, packs: &Packs) {
        let word = severity_word(rule.severity, self.style.lang);
        let id = isolated(&rule.id, self.style);
        let word = Paint::of(rule.severity).on(&format!("{word}[{id}]"), self.style);
        let summary = BOLD.on(&one_line(&rule.summary, self.style), self.style);
        let _ = writeln!(self.text, "{word}: {summary}");
        let why = one_line(&rule.why, self.style);
        self.entry(self.style.pick(["why", "السبب"]), &why);
        let profiles = packs.profiles_of(rule);
        if !profiles.is_empty() {
            let profiles = self.list(&profiles);
            self.entry(self.style.pick(["profiles", "مجموعات القواعد"]), &profiles);
        }
    }

    fn list(&self, ids: &[&str]) -> String {
        let ids: Vec<String> = ids.iter().map(|id| isolated(id, self.style)).collect();
        ids.join(self.style.pick([", ", "، "]))
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
            let mut frameworks = packs.frameworks.iter();
            let framework = frameworks.find(|framework| *framework.id == citation.framework);
            let name = isolated(&citation.framework, self.style);
            let item = isolated(&citation.item, self.style);
            self.entry(&name, &item);
            if let Some(framework) = framework {
                let words = self.framework(framework);
                self.paragraph(&words);
            }
        }
    }

    fn framework(&self, framework: &Framework) -> String {
        let comma = self.style.pick([", ", "، "]);
        let mut words = one_line(&framework.title, self.style);
        let publisher = one_line(&framework.publisher, self.style);
        let _ = write!(words, "{comma}{publisher}");
        for part in [&framework.version, &framework.date].into_iter().flatten() {
            let _ = write!(words, "{comma}{}", isolated(part, self.style));
        }
        let status = match framework.status {
            Status::Confirmed => None,
            Status::Unconfirmed => Some(["not confirmed", "غير مؤكد"]),
            Status::Superseded => Some(["superseded", "حل محله غيره"]),
        };
        if let Some(status) = status {
            let _ = write!(words, " ({})", self.style.pick(status));
        }
        if let Some(url) = &framework.url {
            let _ = write!(words, " {}", safe(url));
        }
        words
    }

    /// The kind of document, where a pack defines others, and the rule's own expressions, aligned. They are
    /// code, the same in every language.
    fn demands(&mut self, rule: &Rule) {
        self.heading(["rule", "نص القاعدة"]);
        let kind = (rule.kind.name != "Agency").then_some(("kind", &*rule.kind.name));
        let clauses = rule.each().map(|clause| ("each", clause));
        let when = rule.when().map(|when| ("when", when));
        for (key, expression) in kind
            .into_iter()
            .chain(clauses)
            .chain(when)
            .chain([rule.check()])
            .chain(rule.same().map(|same| ("same", same)))
            .chain(rule.is_across().then_some(("across", "documents")))
        {
            let key = DIM.on(&format!("{key:<6}"), self.style);
            for (index, line) in expression.lines().enumerate() {
                let line = safe(line);
                let head = if index == 0 { &*key } else { "      " };
                let indent = 9;
                let line = if columns(&line) + indent > self.style.width {
                    wrap_after(indent, indent, &line, self.style.width)
                } else {
                    line
                };
                let _ = writeln!(self.text, "  {head} {line}");
            }
        }
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
}
