//! Where a piece of a scalar's text stands in the file: the text may be quoted, indented or folded.

use std::iter::Peekable;
use std::str::CharIndices;

use crate::source::{Span, to_offset};
use crate::yaml::{Content, Document, Kind, NodeId, Style};

/// The bytes of the file behind a span of a scalar's text: the characters themselves, or the escapes that
/// stand for them.
pub(crate) fn inner_span(doc: &Document, node: NodeId, inner: Span) -> Span {
    let node = doc.resolve(node);
    let whole = doc.span(node);
    match &doc.node(node).kind {
        Kind::Scalar(_, _, Content::Verbatim(span)) => Span::new(
            (span.start + inner.start).min(span.end),
            (span.start + inner.end).min(span.end),
        ),
        Kind::Scalar(style, _, Content::Decoded(text)) => {
            align(text, doc.source().slice(whole), *style, inner).map_or(whole, |found| {
                Span::new(whole.start + found.start, whole.start + found.end)
            })
        }
        _ => whole,
    }
}

/// Goes through both texts by their visible characters, which quoting and folding leave alone.
fn align(text: &str, raw: &str, style: Style, inner: Span) -> Option<Span> {
    let mut written = Written::new(raw, style);
    let visible = |c: char| !c.is_whitespace();
    let (mut start, mut end) = (None, None);
    for (at, character) in text.char_indices().filter(|(_, c)| visible(*c)) {
        let found = written.find(character)?;
        if to_offset(at) >= inner.start && start.is_none() {
            start = Some(found.start);
        }
        if to_offset(at) < inner.end || end.is_none() {
            end = Some(found.end);
        }
    }
    let end = end?;
    let start = start.unwrap_or(end);
    Some(Span::new(start, end.max(start)))
}

/// The characters of a scalar as they are written, one after the other.
struct Written<'r> {
    rest: Peekable<CharIndices<'r>>,
    style: Style,
}

impl<'r> Written<'r> {
    fn new(raw: &'r str, style: Style) -> Self {
        let mut rest = raw.char_indices().peekable();
        if matches!(style, Style::Single | Style::Double) {
            rest.next();
        }
        Self { rest, style }
    }

    /// Where a character stands next.
    fn find(&mut self, wanted: char) -> Option<Span> {
        loop {
            let (span, character) = self.next()?;
            if character == Some(wanted) {
                return Some(span);
            }
        }
    }

    /// The next character with its bytes; none for an escape that stands for white space.
    fn next(&mut self) -> Option<(Span, Option<char>)> {
        let (at, first) = self.rest.next()?;
        let mut meant = Some(first);
        if self.style == Style::Single && first == '\'' {
            self.rest.next_if(|(_, second)| *second == '\'');
        }
        if self.style == Style::Double && first == '\\' {
            let (_, kind) = self.rest.next()?;
            meant = match kind {
                'x' => self.hex(2),
                'u' => self.hex(4),
                'U' => self.hex(8),
                '0' => Some('\0'),
                'a' => Some('\u{7}'),
                'b' => Some('\u{8}'),
                'e' => Some('\u{1b}'),
                '"' | '/' | '\\' => Some(kind),
                _ => None,
            };
        }
        let end = self
            .rest
            .peek()
            .map_or(at + first.len_utf8(), |(next, _)| *next);
        Some((Span::new(to_offset(at), to_offset(end)), meant))
    }

    fn hex(&mut self, digits: usize) -> Option<char> {
        let mut number = 0;
        for _ in 0..digits {
            let (_, digit) = self.rest.next()?;
            number = number * 16 + digit.to_digit(16)?;
        }
        char::from_u32(number)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::source::Source;
    use crate::yaml;

    /// What stands behind a part of the text of the key `a`.
    fn behind(yaml: &str, part: &str) -> String {
        let source = Arc::new(Source::new("a.yaml", yaml));
        let parsed = yaml::parse(&source);
        let document = &parsed.documents[0];
        let node = document.get(document.root(), "a").unwrap().value;
        let text = document.text(node).unwrap();
        let start = to_offset(text.find(part).unwrap());
        let inner = Span::new(start, start + to_offset(part.len()));
        source.slice(inner_span(document, node, inner)).to_owned()
    }

    #[test]
    fn a_part_of_a_text_is_found_however_the_text_is_written() {
        for (yaml, part, found) in [
            ("a: xаy\n", "а", "а"),
            ("a: 'x''аy'\n", "а", "а"),
            ("a: \"xаy\"\n", "а", "а"),
            ("a: \"x\\u0430y\"\n", "а", "\\u0430"),
            ("a: \"\\x41\\U00000430\\\"y\"\n", "а", "\\U00000430"),
            ("a: \"\\x41\\u0430\\\"y\"\n", "\"", "\\\""),
            ("a: \"\\t\\u200b\\_y\"\n", "\u{200b}", "\\u200b"),
            ("a: \"x\\\n  аy\"\n", "а", "а"),
            ("a: \"x\\nnаn\"\n", "nа", "nа"),
            ("a: |\n  x\n  yаz\n", "а", "а"),
            ("a: >\n  x\n  yаz\n", "yа", "yа"),
            ("b: &b \"\\u0430\"\na: *b\n", "а", "\\u0430"),
        ] {
            assert_eq!(behind(yaml, part), found, "{yaml}");
        }
    }
}
