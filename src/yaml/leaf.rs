//! Scalars, and the places that the parser leaves vague: values that are not there, block texts, the
//! first dash of a list.

use std::borrow::Cow;

use granit_parser::ScalarStyle;

use crate::source::{Span, to_offset};
use crate::yaml::build::{Breach, Builder, Frame};
use crate::yaml::{Content, Kind, NodeId, Scalar, Style, scalar, trivia};

impl Builder<'_> {
    pub(super) fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        span: Span,
        bare: bool,
    ) -> Result<NodeId, Breach> {
        let (style, span, content) = match style {
            // The parser writes `~` where there is nothing.
            ScalarStyle::Plain if span.is_empty() => {
                let span = if bare { self.nothing(span) } else { span };
                (Style::Plain, span, Content::Verbatim(span))
            }
            ScalarStyle::Plain => (Style::Plain, span, self.content(text, span.start)),
            ScalarStyle::SingleQuoted => (Style::Single, span, self.content(text, span.start + 1)),
            ScalarStyle::DoubleQuoted => (Style::Double, span, self.content(text, span.start + 1)),
            ScalarStyle::Literal => self.block_scalar(Style::Literal, text, span),
            ScalarStyle::Folded => self.block_scalar(Style::Folded, text, span),
        };
        let meaning = match style {
            Style::Plain => scalar::resolve(self.doc.content(&content)),
            _ => Scalar::Str,
        };
        self.push(Kind::Scalar(style, meaning, content), span)
    }

    fn content(&self, text: Cow<'_, str>, start: u32) -> Content {
        let span = Span::new(start, start + to_offset(text.len()));
        if self.source.text().get(span.range()) == Some(&*text) {
            Content::Verbatim(span)
        } else {
            Content::Decoded(text.into_owned().into_boxed_str())
        }
    }

    fn block_scalar(&self, style: Style, text: Cow<'_, str>, span: Span) -> (Style, Span, Content) {
        // Without any text there is nothing to show but the header.
        let is_empty = text.bytes().all(|byte| byte == b'\n');
        let content = self.content(text, span.start);
        if !is_empty {
            let lines = self.source.slice(span);
            let lines = lines.trim_end_matches([' ', '\t', '\n', '\r']);
            let end = span.start + to_offset(lines.len());
            return (style, Span::new(span.start, end), content);
        }
        let at = trivia::next_node(self.source.text(), self.last_end as usize);
        let end = trivia::word_end(self.source.text(), at);
        (style, Span::new(to_offset(at), to_offset(end)), content)
    }

    /// The place of a value that is not there: right behind the indicator that promises it.
    fn nothing(&self, given: Span) -> Span {
        let text = self.source.text();
        let at = trivia::skip(text, self.last_end as usize);
        let indicator = text.as_bytes().get(at);
        let behind = to_offset(at + 1);
        match self.frames.last() {
            Some(frame) if self.is_key_next(frame) => given,
            Some(frame) if frame.is_mapping && indicator == Some(&b':') => {
                Span::new(behind, behind)
            }
            Some(frame) if frame.is_mapping => Span::new(self.last_end, self.last_end),
            Some(_) if indicator == Some(&b'-') => Span::new(behind, behind),
            _ => given,
        }
    }

    /// Returns whether the next node of a collection is a key.
    pub(super) fn is_key_next(&self, frame: &Frame) -> bool {
        frame.is_mapping && (self.pending.len() - frame.first).is_multiple_of(2)
    }

    /// Where a block sequence begins. The parser gives the place behind the first `-` for one that
    /// is not indented below its key.
    pub(super) fn sequence_start(&self, given: u32) -> u32 {
        match self.frames.last() {
            Some(frame) if frame.is_mapping && !self.is_key_next(frame) => {
                let at = trivia::next_node(self.source.text(), self.last_end as usize);
                match self.source.text().as_bytes().get(at) {
                    Some(b'-') => to_offset(at),
                    _ => given,
                }
            }
            _ => given,
        }
    }
}
