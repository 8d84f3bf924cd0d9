//! Pages for people who ask: about a rule, about a position of the debate, about a framework, and about what
//! the rules make of all of these.

mod coverage;
mod rule;
mod topic;

pub use coverage::coverage;
pub use rule::explain;
pub use topic::{explain_framework, explain_position};

use std::fmt::Write as _;

use crate::output::Style;
use crate::output::paint::BOLD;
use crate::output::words::{columns, isolated, one_line, safe, wrap, wrap_after};
use crate::pack::{Framework, Status};
use crate::text::Text;

/// How far the lines below an entry are indented at most.
const DEEPEST: usize = 24;

struct Page<'a> {
    text: String,
    style: &'a Style,
}

impl<'a> Page<'a> {
    const fn new(style: &'a Style) -> Self {
        Self {
            text: String::new(),
            style,
        }
    }

    fn heading(&mut self, name: [&'static str; 2]) {
        let name = BOLD.on(self.style.pick(name), self.style);
        let _ = writeln!(self.text, "\n{name}");
    }

    /// `id: words`, where a page or a part of it begins.
    fn title(&mut self, id: &str, words: &str) {
        let used = columns(id) + 2;
        let words = wrap_after(used, 2, words, self.style.width);
        let id = BOLD.on(&isolated(id, self.style), self.style);
        let _ = writeln!(self.text, "{id}: {words}");
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

    fn words(&self, text: &Text) -> String {
        one_line(text, self.style)
    }

    fn list<'i>(&self, ids: impl IntoIterator<Item = &'i str>) -> String {
        let ids: Vec<String> = ids.into_iter().map(|id| isolated(id, self.style)).collect();
        ids.join(self.style.pick([", ", "، "]))
    }

    /// Title, publisher, version and date of a framework, how sure its text is, and where it was read.
    fn framework(&self, framework: &Framework, status: Status) -> String {
        let comma = self.style.pick([", ", "، "]);
        let mut words = self.words(&framework.title);
        let _ = write!(words, "{comma}{}", self.words(&framework.publisher));
        if let Some(version) = &framework.version {
            let name = self.style.pick(["version", "الإصدار"]);
            let _ = write!(words, "{comma}{name} {}", isolated(version, self.style));
        }
        if let Some(date) = &framework.date {
            let _ = write!(words, "{comma}{}", isolated(date, self.style));
        }
        if let Some(status) = doubt(status) {
            let _ = write!(words, " ({})", self.style.pick(status));
        }
        if let Some(url) = &framework.url {
            let _ = write!(words, " {}", safe(url));
        }
        words
    }
}

/// What is to be said of a text that is not known for certain, or not in force any more.
const fn doubt(status: Status) -> Option<[&'static str; 2]> {
    match status {
        Status::Confirmed => None,
        Status::Unconfirmed => Some(["not confirmed", "غير مؤكد"]),
        Status::Superseded => Some(["superseded", "حل محله غيره"]),
    }
}
