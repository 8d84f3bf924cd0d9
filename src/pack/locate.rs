//! Where a piece of a scalar's text stands in the file: the text may be quoted, indented or folded.

use crate::source::{Span, to_offset};
use crate::yaml::{Content, Document, Kind, NodeId, Style};

/// The bytes of the file behind a span of a scalar's text. Exact for plain, quoted and block scalars
/// without escapes; a scalar with escapes is pointed at as a whole.
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
    if style == Style::Double && raw.contains('\\') {
        return None;
    }
    let quote = match style {
        Style::Single => Some('\''),
        Style::Double => Some('"'),
        Style::Plain | Style::Literal | Style::Folded => None,
    };
    let mut raw_chars = raw
        .char_indices()
        .skip(usize::from(quote.is_some()))
        .peekable();
    let visible = |c: char| !c.is_whitespace();
    let (mut start, mut end) = (None, None);
    for (at, character) in text.char_indices().filter(|(_, c)| visible(*c)) {
        let (found, _) = raw_chars.find(|(_, c)| *c == character)?;
        if style == Style::Single && character == '\'' {
            raw_chars.next_if(|(_, c)| *c == '\'');
        }
        if to_offset(at) >= inner.start && start.is_none() {
            start = Some(to_offset(found));
        }
        if to_offset(at) < inner.end || end.is_none() {
            end = Some(to_offset(found + character.len_utf8()));
        }
    }
    let end = end?;
    let start = start.unwrap_or(end);
    Some(Span::new(start, end.max(start)))
}
