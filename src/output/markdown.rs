//! Markdown for a comment on a pull request and for the summary of a job on GitHub and GitLab.
//!
//! What comes from files stands in code spans or is escaped, so that no mark, tag, link, mention or
//! reference in it acts. A page has at most [`LIMIT`] characters, which is less than a comment may have;
//! what does not fit is counted.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Report;
use crate::output::paint::severity_word;
use crate::output::words::safe;
use crate::output::{Style, summary, suppressed};
use crate::text::{ISOLATE, Lang, POP, Text};

/// How many characters a page may have. GitHub takes 65,536 in a comment, and 1 MiB in a summary.
const LIMIT: usize = 65_000;
/// What is kept for the lines behind the findings.
const RESERVE: usize = 2_000;

pub(super) fn render(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    // Reasons are the first thing to go, findings the last.
    let whole = Some(Page::filled(report, style, true)).filter(|page| page.left_out == 0);
    let page = whole.unwrap_or_else(|| Page::filled(report, style, false));
    out.write_all(page.end().as_bytes())
}

/// The heaviest first: what is cut off is the lightest.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

struct Page<'r> {
    report: &'r Report,
    style: &'r Style,
    text: String,
    length: usize,
    left_out: usize,
}

impl<'r> Page<'r> {
    /// The page with as many findings as fit, with their reasons or without.
    fn filled(report: &'r Report, style: &'r Style, reasons: bool) -> Self {
        let mut page = Self::begin(report, style);
        for severity in SEVERITIES {
            page.section(severity, reasons);
        }
        page
    }

    fn begin(report: &'r Report, style: &'r Style) -> Self {
        let mut page = Self {
            report,
            style,
            text: String::new(),
            length: 0,
            left_out: 0,
        };
        if style.lang == Lang::Ar {
            page.add("<div dir=\"rtl\">\n\n");
        }
        let problems = summary::headline(report, style.lang);
        page.add(&format!("### spokeslint\n\n**{problems}**\n"));
        page
    }

    fn add(&mut self, text: &str) {
        self.text.push_str(text);
        self.length += text.chars().count();
    }

    /// The findings of one severity, with their reasons folded away.
    fn section(&mut self, severity: Severity, reasons: bool) {
        let found = self.report.diagnostics.iter();
        let found: Vec<&Diagnostic> = found.filter(|one| one.severity == severity).collect();
        if found.is_empty() {
            return;
        }
        let word = severity_word(severity, self.style.lang);
        let heading = format!("\n#### {word} ({})\n\n", found.len());
        let mut heading = Some(heading);
        for diagnostic in found {
            let entry = entry(self.report, diagnostic, self.style, reasons);
            let length = entry.chars().count() + heading.as_ref().map_or(0, String::len);
            if self.left_out > 0 || self.length + length > LIMIT - RESERVE {
                self.left_out += 1;
                continue;
            }
            if let Some(heading) = heading.take() {
                self.add(&heading);
            }
            self.add(&entry);
        }
    }

    fn end(mut self) -> String {
        let lang = self.style.lang;
        if self.left_out > 0 {
            let more = summary::PROBLEM.count(self.left_out, lang);
            let words = match lang {
                Lang::En => format!("{more} more, for which there was no room here"),
                Lang::Ar => format!("ما لا متسع لعرضه هنا: {more}"),
            };
            self.add(&format!("\n**{words}**\n"));
        }
        for failure in &self.report.failures {
            let word = severity_word(Severity::Error, lang);
            let line = format!("\n**{word}**: {}\n", inline(failure, lang));
            if self.length + line.chars().count() < LIMIT - RESERVE / 2 {
                self.add(&line);
            }
        }
        self.aside();
        let receipt = summary::receipt(self.report, lang);
        self.add(&format!("\n<sub>{receipt}</sub>\n"));
        if lang == Lang::Ar {
            self.add("\n</div>\n");
        }
        self.text
    }

    /// What is set aside, folded away, where there is room for all of it.
    fn aside(&mut self) {
        let Some(counts) = suppressed::counts(self.report, self.style.lang) else {
            return;
        };
        let mut block = format!("\n<details><summary>{counts}</summary>\n\n");
        for one in &self.report.suppressed {
            let path = self.report.path_of(one.place.source.name());
            let reason = code_span(&suppressed::reason(one, path, &log(self.style)));
            let line = line(self.report, &one.diagnostic, self.style);
            let _ = writeln!(block, "- {line}\n  {reason}");
        }
        block.push_str("\n</details>\n");
        if self.length + block.chars().count() <= LIMIT - RESERVE / 4 {
            self.add(&block);
        }
    }
}

/// A style without isolates: for words that go into a code span.
fn log(style: &Style) -> Style {
    Style {
        terminal: false,
        ..*style
    }
}

fn entry(report: &Report, diagnostic: &Diagnostic, style: &Style, reasons: bool) -> String {
    let mut entry = format!("- {}\n", line(report, diagnostic, style));
    let parts = if reasons {
        parts(diagnostic, style)
    } else {
        Vec::new()
    };
    if !parts.is_empty() {
        let title = style.pick(["why, and what to do", "السبب والإجراء"]);
        let _ = write!(entry, "  <details><summary>{title}</summary>\n\n");
        for (name, words) in parts {
            let _ = write!(entry, "  **{name}**: {words}\n\n");
        }
        entry.push_str("  </details>\n\n");
    }
    entry
}

/// Where it is, what is wrong, and by which rule.
fn line(report: &Report, diagnostic: &Diagnostic, style: &Style) -> String {
    let rule = code(&diagnostic.rule, style.lang);
    let message = inline(&diagnostic.message, style.lang);
    // A code span at the beginning keeps the message from beginning a list or a heading.
    let Some(label) = diagnostic.labels.first() else {
        return format!("{rule} {message}");
    };
    let line = label.position().line;
    let path = report.path_of(label.source.name());
    let place = code(&format!("{path}:{line}"), style.lang);
    format!("{place} {message} ({rule})")
}

fn parts(diagnostic: &Diagnostic, style: &Style) -> Vec<(&'static str, String)> {
    let lang = style.lang;
    let announcement = diagnostic.announcement();
    let words = |text: Option<&Text>| text.map(|text| inline(text, lang));
    let ids = |ids: &[String]| {
        let comma = style.pick([", ", "، "]);
        let ids: Vec<String> = ids.iter().map(|id| code(id, lang)).collect();
        (!ids.is_empty()).then(|| ids.join(comma))
    };
    let positions = &diagnostic.positions;
    [
        (["in force", "السريان"], words(announcement.as_ref())),
        (["why", "السبب"], words(diagnostic.why.as_ref())),
        (["for", "المؤيدون"], ids(&positions.in_favour)),
        (["against", "المعارضون"], ids(&positions.against)),
        (["help", "الإجراء"], words(diagnostic.help.as_ref())),
    ]
    .into_iter()
    .filter_map(|(name, words)| Some((style.pick(name), words?)))
    .collect()
}

/// Words in a line: values and code in code spans, all else without effect.
pub(super) fn inline(text: &Text, lang: Lang) -> String {
    let mut shown = String::new();
    let mut piece = String::new();
    let (mut depth, mut open) = (0_usize, false);
    for character in text.isolated(lang).trim().chars() {
        let ends = match character {
            ISOLATE => depth == 0 && !open,
            POP => depth == 1 && !open,
            '`' => depth == 0,
            _ => false,
        };
        if ends {
            let words = std::mem::take(&mut piece);
            shown.push_str(&if open || character == POP {
                code(&words, lang)
            } else {
                inert(&words)
            });
        }
        match character {
            ISOLATE => depth += 1,
            POP => depth = depth.saturating_sub(1),
            '`' if depth == 0 => open = !open,
            '\n' | '\r' | '\t' => piece.push(' '),
            _ => piece.push(character),
        }
    }
    shown.push_str(&inert(&piece));
    shown
}

/// A code span; in Arabic, its direction is isolated from the sentence.
fn code(text: &str, lang: Lang) -> String {
    match lang {
        Lang::En => code_span(text),
        Lang::Ar => format!("{ISOLATE}{}{POP}", code_span(text)),
    }
}

/// A text in a code span that it cannot end: its fence is longer than any in the text.
pub(super) fn code_span(text: &str) -> String {
    let text = safe(text);
    let longest = text
        .split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let needs_room = text.is_empty() || text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let room = if needs_room { " " } else { "" };
    format!("{fence}{room}{text}{room}{fence}")
}

/// Words outside of code: marks are escaped, and what GitHub makes links of is broken by a space without
/// width, for it looks for mentions, references and addresses in what a reader would see.
fn inert(words: &str) -> String {
    const GAP: &str = "&#8203;";
    let words = safe(words);
    let mut shown = String::with_capacity(words.len());
    let mut before = ' ';
    for character in words.chars() {
        // `:name:` is a picture.
        if before == ':' && (character.is_alphanumeric() || matches!(character, '+' | '-')) {
            shown.push_str(GAP);
        }
        match character {
            '&' => shown.push_str("&amp;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '@' | '#' => {
                shown.push(character);
                shown.push_str(GAP);
            }
            '/' if before == '/' || before == ':' => {
                shown.push_str(GAP);
                shown.push('/');
            }
            '.' if before == 'w' || before == 'W' => {
                shown.push_str(GAP);
                shown.push('.');
            }
            '-' if before == 'H' || before == 'h' => {
                shown.push_str(GAP);
                shown.push('-');
            }
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '!' | '|' | '~' | '$' | '+' | '=' => {
                shown.push('\\');
                shown.push(character);
            }
            _ => shown.push(character),
        }
        before = character;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_span_cannot_be_ended_from_within() {
        assert_eq!(code_span("a"), "`a`");
        assert_eq!(code_span("a`b``c"), "```a`b``c```");
        assert_eq!(code_span("`a"), "`` `a ``");
        assert_eq!(code_span(""), "`  `");
        assert_eq!(code_span("a\n# b"), "`a\\n# b`");
    }

    #[test]
    fn values_are_code_wherever_they_stand() {
        let text = crate::text!("@{v} of `{v}` and `x`\n`", "", v = "a`*b*");
        assert_eq!(
            inline(&text, Lang::En),
            "@&#8203;``a`*b*`` of ``a`*b*`` and `x` "
        );
    }

    #[test]
    fn words_outside_of_code_do_nothing() {
        assert_eq!(
            inert("<b> & *x* [a](b)"),
            "&lt;b&gt; &amp; \\*x\\* \\[a\\](b)"
        );
        assert_eq!(inert("@x #1"), "@&#8203;x #&#8203;1");
        assert_eq!(inert("https://a"), "https:&#8203;/&#8203;/a");
        assert_eq!(inert(":x: a: b"), ":&#8203;x: a: b");
        assert_eq!(inert("www.a GH-1"), "www&#8203;.a GH&#8203;-1");
    }
}
