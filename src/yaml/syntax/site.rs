//! The place where the parser gave up, and a rough reading of the text before it.

use std::sync::Arc;

use crate::diagnostic::Label;
use crate::source::{Source, Span, to_offset};
use crate::yaml::trivia;

/// The innermost block collection that is open.
#[derive(Clone, Copy, Debug)]
pub(in crate::yaml) struct Block {
    pub(in crate::yaml) start: u32,
    pub(in crate::yaml) is_mapping: bool,
}

/// What is known when the parser gives up.
pub(in crate::yaml) struct Site<'a> {
    pub(in crate::yaml) source: &'a Arc<Source>,
    /// The opening brackets of the flow collections that are open in the tree, the innermost last.
    pub(in crate::yaml) brackets: Vec<u32>,
    pub(in crate::yaml) block: Option<Block>,
    /// The last node of the tree.
    pub(in crate::yaml) last: Span,
    /// Where the nodes of the tree end. The parser reads ahead, so brackets and quotes may have
    /// opened since.
    pub(in crate::yaml) last_end: u32,
}

/// What is open at a place, brackets and quotes that the tree does not know yet included.
#[derive(Default)]
pub(super) struct Open {
    /// The opening brackets, the innermost last.
    pub(super) brackets: Vec<usize>,
    /// The quote whose text the place stands in.
    pub(super) quote: Option<usize>,
    /// The quote that opened last, closed or not.
    pub(super) last_quote: Option<usize>,
}

impl Site<'_> {
    pub(super) fn text(&self) -> &str {
        self.source.text()
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.text().as_bytes().get(at).copied()
    }

    /// The offset itself, or the character boundary before it.
    pub(super) fn clamp(&self, at: usize) -> usize {
        self.text().floor_char_boundary(at.min(self.text().len()))
    }

    pub(super) fn label(&self, span: Span) -> Label {
        Label::new(self.source, span)
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let start = self.clamp(start);
        Span::new(to_offset(start), to_offset(self.clamp(end).max(start)))
    }

    pub(super) fn slice(&self, span: Span) -> &str {
        self.source.slice(span)
    }

    /// The character at a place; nothing at the end of the text.
    pub(super) fn character(&self, at: usize) -> Span {
        let next = self.text().get(at..).and_then(|rest| rest.chars().next());
        self.span(at, at + next.map_or(0, char::len_utf8))
    }

    /// The run of characters from a place to the next white space.
    pub(super) fn word(&self, at: usize) -> Span {
        self.span(at, trivia::word_end(self.text(), at).max(at))
    }

    /// The rest of the line without a comment.
    pub(super) fn line(&self, at: usize) -> Span {
        let end = trivia::line_end(self.text(), at);
        let rest = self.slice(self.span(at, end));
        let rest = rest.split(" #").next().unwrap_or(rest).trim_end();
        self.span(at, at + rest.len())
    }

    pub(super) fn line_start(&self, at: usize) -> usize {
        let before = self.text().as_bytes().get(..at).unwrap_or_default();
        memchr::memrchr2(b'\n', b'\r', before).map_or(0, |end| end + 1)
    }

    /// Whether only white space stands before a place on its line.
    pub(super) fn begins_line(&self, at: usize) -> bool {
        self.slice(self.span(self.line_start(at), at))
            .trim()
            .is_empty()
    }

    /// The tabs that indent the line of a place.
    pub(super) fn indenting_tabs(&self, at: usize) -> Option<Span> {
        let start = self.line_start(at);
        let line = self.slice(self.span(start, trivia::line_end(self.text(), start)));
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let tab = line.bytes().take(indent).position(|byte| byte == b'\t')?;
        let tabs = line
            .bytes()
            .skip(tab)
            .take_while(|byte| *byte == b'\t')
            .count();
        Some(self.span(start + tab, start + tab + tabs))
    }

    /// What is open at a place.
    pub(super) fn open_at(&self, at: usize) -> Open {
        let mut open = Open {
            brackets: self.brackets.iter().map(|start| *start as usize).collect(),
            ..Open::default()
        };
        let from = (self.last_end as usize).min(at);
        self.read(from, at, 0, &mut open);
        open
    }

    /// Where the bracket at a place is closed, by whatever closing bracket.
    pub(super) fn closing(&self, bracket: usize) -> Option<usize> {
        let mut open = Open {
            brackets: vec![bracket],
            ..Open::default()
        };
        self.read(bracket + 1, self.text().len(), 1, &mut open)
    }

    /// Reads on from a place that is neither in quotes nor in a comment, up to where fewer than
    /// `least` brackets are open.
    fn read(&self, from: usize, to: usize, least: usize, open: &mut Open) -> Option<usize> {
        let mut at = from;
        while at < to {
            let before = at.checked_sub(1).and_then(|at| self.byte(at));
            let before = before.unwrap_or(b'\n');
            let fresh = before.is_ascii_whitespace() || matches!(before, b'[' | b'{' | b',' | b':');
            let nested = !open.brackets.is_empty();
            match self.byte(at)? {
                b'#' if before.is_ascii_whitespace() => at = trivia::line_end(self.text(), at),
                b'[' | b'{' if fresh || nested => open.brackets.push(at),
                b']' | b'}' if nested => {
                    open.brackets.pop();
                    if open.brackets.len() < least {
                        return Some(at);
                    }
                }
                b'\'' | b'"' if fresh => {
                    open.last_quote = Some(at);
                    match self.quote_end(at) {
                        Some(end) if end <= to => at = end - 1,
                        _ => {
                            open.quote = Some(at);
                            return None;
                        }
                    }
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// One past the closing quote of the text that begins with a quote.
    pub(super) fn quote_end(&self, start: usize) -> Option<usize> {
        let quote = self.byte(start)?;
        let mut at = start + 1;
        loop {
            let byte = self.byte(at)?;
            let doubled = quote == b'\'' && byte == quote && self.byte(at + 1) == Some(quote);
            if doubled || (quote == b'"' && byte == b'\\') {
                at += 2;
            } else if byte == quote {
                return Some(at + 1);
            } else {
                at += 1;
            }
        }
    }
}
