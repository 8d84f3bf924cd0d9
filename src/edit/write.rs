//! Values as YAML text: plain where every reader takes it for the same text, in quotes where not.

use std::fmt::Write as _;

use crate::diagnostic::Literal;
use crate::text::is_unsafe;
use crate::yaml::{Scalar, Style, plain_meaning};

/// Where a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Between brackets.
    Flow,
    /// Outside of them.
    Block,
}

/// A value as text; a text keeps the quotes of what it replaces where they can hold it.
pub(super) fn written(value: &Literal, place: Place, style: Style) -> String {
    match value {
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) => number(*value),
        Literal::Plain(day) if style == Style::Plain && is_plain(day, place) => day.clone(),
        Literal::Plain(text) => quoted(text, style),
        Literal::Text(text) => scalar(text, place, style),
        Literal::List(items) => {
            let items = items.iter();
            let items: Vec<String> = items
                .map(|item| written(item, Place::Flow, Style::Plain))
                .collect();
            format!("[{}]", items.join(", "))
        }
    }
}

/// A text as a scalar, also for keys.
pub(super) fn scalar(text: &str, place: Place, style: Style) -> String {
    let is_quoted = matches!(style, Style::Single | Style::Double);
    if !is_quoted && is_plain(text, place) && !is_ambiguous(text) {
        text.to_owned()
    } else {
        quoted(text, style)
    }
}

fn number(value: f64) -> String {
    if value.is_nan() {
        return ".nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    // `{:?}` keeps the point that makes it no integer.
    format!("{value:?}")
}

/// Whether a text can stand without quotes and is a text then.
fn is_plain(text: &str, place: Place) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    let inner = text.chars().any(|character| {
        is_invisible(character)
            || (place == Place::Flow && matches!(character, ',' | '[' | ']' | '{' | '}'))
    });
    let starts = matches!(
        first,
        '-' | '?'
            | ':'
            | ','
            | '['
            | ']'
            | '{'
            | '}'
            | '#'
            | '&'
            | '*'
            | '!'
            | '|'
            | '>'
            | '\''
            | '"'
            | '%'
            | '@'
            | '`'
            | '='
    );
    !inner
        && !starts
        && !text.starts_with("...")
        && !text.starts_with("<<")
        && text.trim() == text
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains('\t')
        && !text.ends_with(':')
        && plain_meaning(text) == Scalar::Str
}

/// Whether other readers of YAML take a plain text for something else: YAML 1.1 knew more words for true
/// and false, more numbers, and days.
fn is_ambiguous(text: &str) -> bool {
    let word = text.to_ascii_lowercase();
    let is_word = matches!(
        word.as_str(),
        "y" | "n" | "yes" | "no" | "on" | "off" | "null" | "true" | "false"
    );
    let begins_number = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '.'));
    let is_number = text.chars().all(|c| {
        c.is_ascii_hexdigit() || matches!(c, '+' | '-' | '.' | '_' | ':' | 'o' | 'x' | 'T' | 'Z')
    });
    is_word || (begins_number && is_number)
}

fn is_invisible(character: char) -> bool {
    is_unsafe(character) || matches!(character, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn quoted(text: &str, style: Style) -> String {
    if style == Style::Single && !text.chars().any(|c| is_invisible(c) || c == '\t') {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            _ if is_invisible(character) => {
                // Writing to a `String` cannot fail.
                let _ = match u32::from(character) {
                    code @ ..=0xff => write!(quoted, "\\x{code:02x}"),
                    code @ ..=0xffff => write!(quoted, "\\u{code:04x}"),
                    code => write!(quoted, "\\U{code:08x}"),
                };
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str, place: Place, style: Style) -> String {
        scalar(value, place, style)
    }

    #[test]
    fn a_text_is_in_quotes_where_it_would_mean_something_else() {
        for (value, shown) in [
            ("agency", "agency"),
            ("هيئة المياه", "هيئة المياه"),
            ("", "\"\""),
            ("@x", "\"@x\""),
            ("a: b", "\"a: b\""),
            ("a #b", "\"a #b\""),
            ("a#b:c", "a#b:c"),
            ("yes", "\"yes\""),
            ("No", "\"No\""),
            ("null", "\"null\""),
            ("12", "\"12\""),
            ("1_000", "\"1_000\""),
            ("0x1f", "\"0x1f\""),
            ("1e3", "\"1e3\""),
            ("2018-07-10", "\"2018-07-10\""),
            ("12:30", "\"12:30\""),
            ("7d", "\"7d\""),
            (" a", "\" a\""),
            ("a:", "\"a:\""),
            ("- a", "\"- a\""),
            ("...", "\"...\""),
            ("a\nb\u{202e}\u{1}\"\\", "\"a\\nb\\u202e\\x01\\\"\\\\\""),
            ("a, b", "a, b"),
        ] {
            assert_eq!(text(value, Place::Block, Style::Plain), shown);
        }
        assert_eq!(text("a, b", Place::Flow, Style::Plain), "\"a, b\"");
        assert_eq!(text("it's", Place::Block, Style::Single), "'it''s'");
        assert_eq!(text("a\u{85}", Place::Block, Style::Single), "\"a\\x85\"");
        assert_eq!(text("a", Place::Block, Style::Double), "\"a\"");
        assert_eq!(text("a", Place::Block, Style::Literal), "a");
        let day = Literal::Plain("2018-07-10".to_owned());
        assert_eq!(written(&day, Place::Block, Style::Plain), "2018-07-10");
        let list = Literal::List(vec![day, Literal::Text("a]".into()), Literal::Float(2.0)]);
        assert_eq!(
            written(&list, Place::Block, Style::Plain),
            "[2018-07-10, \"a]\", 2.0]"
        );
    }
}
