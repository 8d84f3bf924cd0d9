//! Words on their way into a line of text: made safe, put in the style's language, wrapped.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

use crate::date::Date;
use crate::output::Style;
use crate::pack::Period;
use crate::text::{ISOLATE, Lang, POP, Text, escape, is_unsafe};

/// A name, an id or another stranger's text as it may stand in a line: what would act instead of
/// show is escaped, line breaks too.
///
/// ```
/// assert_eq!(spokeslint::output::safe("a\u{1b}[31m\nb"), "a\\u{1b}[31m\\nb");
/// ```
pub fn safe(text: &str) -> String {
    break_commands(&escape(text))
}

/// A file name at the beginning of a line, where build servers look for `::command::`.
pub(super) fn leading_path(name: &str) -> String {
    let name = safe(name);
    if name.trim_start().starts_with("::") {
        format!("./{name}")
    } else {
        name
    }
}

/// The words of a text in the style's language, in one line, with isolates only for a terminal.
pub(super) fn one_line(text: &Text, style: &Style) -> String {
    let mut shown = String::new();
    let mut open = 0_usize;
    let words = text.isolated(style.lang).trim();
    let words = if style.terminal && style.lang == Lang::Ar {
        Cow::Owned(with_isolated_code(words))
    } else {
        Cow::Borrowed(words)
    };
    for character in words.chars() {
        match character {
            ISOLATE if style.terminal => {
                open += 1;
                shown.push(character);
            }
            POP if style.terminal && open > 0 => {
                open -= 1;
                shown.push(character);
            }
            ISOLATE | POP => {}
            '\n' | '\r' | '\t' if shown.ends_with(' ') => {}
            '\n' | '\r' | '\t' => shown.push(' '),
            _ if is_unsafe(character) => shown.extend(character.escape_default()),
            _ => shown.push(character),
        }
    }
    shown.extend(std::iter::repeat_n(POP, open));
    break_commands(&shown)
}

/// Words with isolates around each piece of code that is not an inserted value as a whole: `a.b: c` reads from left
/// to right in an Arabic sentence as well.
pub(super) fn with_isolated_code(words: &str) -> String {
    let is_value = |code: &str| code.starts_with(ISOLATE) && code.ends_with(POP);
    let mut parts = words.split('`').enumerate().peekable();
    let mut shown = String::with_capacity(words.len());
    while let Some((number, part)) = parts.next() {
        let is_code = number % 2 == 1 && parts.peek().is_some();
        if is_code && !is_value(part) && !part.is_empty() {
            shown.extend([ISOLATE].into_iter().chain(part.chars()).chain([POP]));
        } else {
            shown.push_str(part);
        }
        if parts.peek().is_some() {
            shown.push('`');
        }
    }
    shown
}

/// An id or a path inside a sentence: safe, and isolated where the sentence runs the other way.
pub(super) fn isolated(text: &str, style: &Style) -> String {
    let text = safe(text);
    if style.terminal && style.lang == Lang::Ar {
        format!("{ISOLATE}{text}{POP}")
    } else {
        text
    }
}

/// From which day until which day something is in force.
pub(super) fn days(period: &Period, style: &Style) -> String {
    let [from, until] = [("from", "من"), ("until", "إلى")].map(|(en, ar)| style.pick([en, ar]));
    let part = |word: &str, day: Option<Date>| {
        day.map(|day| format!("{word} {}", isolated(&day.to_string(), style)))
    };
    let parts = [part(from, period.from), part(until, period.until)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        style.pick(["always", "دائمة"]).to_owned()
    } else {
        parts.join(" ")
    }
}

/// Whether `text` begins with what a build server takes for a command wherever it stands in a line:
/// `##[…]` (GitHub Actions), `##vso[…]` (Azure Pipelines), `##teamcity[…]`.
pub(super) fn opens_command(text: &str) -> bool {
    text.strip_prefix("##").is_some_and(|rest| {
        rest.trim_start_matches(|character: char| character.is_ascii_alphabetic())
            .starts_with('[')
    })
}

/// The `#` that would open a command, as it is shown instead.
pub(super) const HASH: &str = "\\u{23}";

fn break_commands(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        if character == '#' && text.get(at..).is_some_and(opens_command) {
            shown.push_str(HASH);
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Whether a text holds a character of a right-to-left script.
pub(super) fn is_right_to_left(text: &str) -> bool {
    text.chars().any(|character| {
        matches!(
            character,
            '\u{590}'..='\u{8ff}'
                | '\u{fb1d}'..='\u{fdff}'
                | '\u{fe70}'..='\u{fefe}'
                | '\u{10800}'..='\u{10fff}'
                | '\u{1e800}'..='\u{1efff}'
        )
    })
}

/// A line that keeps its place among drawn lines on a terminal even if it runs from right to left.
pub(super) fn embedded(line: &str, style: &Style) -> String {
    if style.terminal && is_right_to_left(line) {
        format!("{ISOLATE}{line}{POP}")
    } else {
        line.to_owned()
    }
}

/// How many columns a text takes, counted per character, as carets are.
pub(super) fn columns(text: &str) -> usize {
    text.chars()
        .map(|character| character.width().unwrap_or(0))
        .sum()
}

/// Breaks a line between words so that it fits `width` columns. The first line begins with `head`,
/// whose own width is `indent`; the others are indented as far. A longer word stays whole.
pub(super) fn wrap(head: &str, indent: usize, text: &str, width: usize) -> String {
    let text = wrap_after(indent, indent, text, width);
    format!("{head}{text}")
}

/// Breaks a line that goes on after `used` columns of a first line; further ones are indented.
pub(super) fn wrap_after(used: usize, indent: usize, text: &str, width: usize) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut at = used;
    let mut fresh = true;
    for word in text.split_whitespace() {
        let wide = columns(word);
        // A line may not begin with what a build server would take for a command.
        let breaks = at + 1 + wide > width && !word.starts_with("::");
        if fresh {
            fresh = false;
        } else if breaks {
            shown.push('\n');
            shown.extend(std::iter::repeat_n(' ', indent));
            at = indent;
        } else {
            shown.push(' ');
            at += 1;
        }
        shown.push_str(word);
        at += wide;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terminal() -> Style {
        Style {
            terminal: true,
            ..Style::default()
        }
    }

    #[test]
    fn a_name_cannot_end_its_line_or_steer_a_terminal_or_a_build_server() {
        assert_eq!(
            safe("a\n::error::\u{1b}[2J\u{202e}"),
            "a\\n::error::\\u{1b}[2J\\u{202e}"
        );
        assert_eq!(
            safe("###[group]x ##vso[task]"),
            "#\\u{23}#[group]x \\u{23}#vso[task]"
        );
        assert_eq!(safe("## [a] #[b] ##"), "## [a] #[b] ##");
        assert_eq!(leading_path("::error::x.yaml"), "./::error::x.yaml");
        assert_eq!(leading_path(" ::error::x.yaml"), "./ ::error::x.yaml");
        assert_eq!(leading_path("a/b.yaml"), "a/b.yaml");
    }

    #[test]
    fn a_text_is_one_line_and_its_isolates_are_balanced() {
        let text = Text::new("a\n\n  b \u{2068}v\u{2069} \u{2069}\u{1b} \u{2068}open", "");
        assert_eq!(
            one_line(&text, &terminal()),
            "a   b \u{2068}v\u{2069} \\u{1b} \u{2068}open\u{2069}"
        );
        assert_eq!(one_line(&text, &Style::default()), "a   b v \\u{1b} open");
    }

    #[test]
    fn code_in_an_arabic_sentence_is_isolated_once() {
        let words = "اكتب `owner: agency` للحساب `@\u{2068}a\u{2069}` أو `\u{2068}b\u{2069}` ثم `";
        let text = Text::new("write `a: b`", words);
        let arabic = Style {
            lang: Lang::Ar,
            ..terminal()
        };
        assert_eq!(
            one_line(&text, &arabic),
            "اكتب `\u{2068}owner: agency\u{2069}` للحساب `\u{2068}@\u{2068}a\u{2069}\u{2069}` أو \
             `\u{2068}b\u{2069}` ثم `"
        );
        assert_eq!(one_line(&text, &terminal()), "write `a: b`");
        let log = Style {
            terminal: false,
            ..arabic
        };
        assert!(!one_line(&text, &log).contains([ISOLATE, POP]));
    }

    #[test]
    fn lines_break_between_words_and_never_before_a_command() {
        let text = "one two three ::error::x عربي";
        assert_eq!(
            wrap("  h: ", 5, text, 14),
            "  h: one two\n     three ::error::x\n     عربي"
        );
        assert_eq!(
            wrap("h ", 2, "longer-than-the-line b", 8),
            "h longer-than-the-line\n  b"
        );
    }
}
