//! The lines of a text, as whoever takes some of them out or puts some in sees them.

use crate::source::{Span, to_offset};

/// A text with its lines.
#[derive(Clone, Copy)]
pub(super) struct Lines<'t>(pub(super) &'t str);

impl<'t> Lines<'t> {
    pub(super) fn slice(self, from: u32, to: u32) -> &'t str {
        self.0.get(from as usize..to as usize).unwrap_or("")
    }

    pub(super) fn len(self) -> u32 {
        to_offset(self.0.len())
    }

    /// The first byte of the line of a place.
    pub(super) fn start(self, at: u32) -> u32 {
        let before = self.slice(0, at);
        before
            .rfind(['\n', '\r'])
            .map_or(0, |found| to_offset(found + 1))
    }

    /// The end of the line of a place, before its line break.
    pub(super) fn end(self, at: u32) -> u32 {
        let rest = self.slice(at, self.len());
        rest.find(['\n', '\r'])
            .map_or(self.len(), |found| at + to_offset(found))
    }

    /// The first byte of the line behind that of a place; the end of the text if there is none.
    pub(super) fn next(self, at: u32) -> u32 {
        let end = self.end(at);
        let rest = self.slice(end, self.len());
        end + if rest.starts_with("\r\n") {
            2
        } else {
            u32::from(!rest.is_empty())
        }
    }

    /// Where the line break before a line begins; nothing for the first line.
    pub(super) fn before(self, start: u32) -> Option<u32> {
        let before = self.slice(0, start);
        let bare = before
            .strip_suffix("\r\n")
            .or_else(|| before.strip_suffix(['\n', '\r']))?;
        Some(to_offset(bare.len()))
    }

    /// The line break of the text, which is that of its first line.
    pub(super) fn line_break(self) -> &'static str {
        let end = self.end(0);
        match self.slice(end, self.next(0)) {
            "\r\n" => "\r\n",
            "\r" => "\r",
            _ => "\n",
        }
    }

    /// What stands before a place on its line.
    pub(super) fn prefix(self, at: u32) -> &'t str {
        self.slice(self.start(at), at)
    }

    /// Whether nothing but spaces stands before a place on its line.
    pub(super) fn begins(self, at: u32) -> bool {
        self.prefix(at).bytes().all(|byte| byte == b' ')
    }

    /// Whether nothing but white space and a comment stands behind a place on its line.
    pub(super) fn ends(self, at: u32) -> bool {
        let rest = self.slice(at, self.end(at));
        let bare = rest.trim_start_matches([' ', '\t']);
        bare.is_empty() || (bare.starts_with('#') && (bare.len() < rest.len() || self.begins(at)))
    }

    /// The column of the comment that a line consists of.
    pub(super) fn comment_column(self, start: u32) -> Option<usize> {
        let line = self.slice(start, self.end(start));
        let bare = line.trim_start_matches(' ');
        bare.starts_with('#').then_some(line.len() - bare.len())
    }

    /// The first byte at or behind a place that is neither white space nor in a comment.
    pub(super) fn skip(self, from: u32) -> u32 {
        let mut at = from;
        let mut fresh = true;
        for character in self.slice(from, self.len()).chars() {
            match character {
                '\n' | '\r' => fresh = true,
                _ if !fresh => {}
                ' ' | '\t' => {}
                '#' => fresh = false,
                _ => break,
            }
            at += to_offset(character.len_utf8());
        }
        at
    }

    /// The sign that stands next to a place, with its byte.
    pub(super) fn sign(self, from: u32, sign: char) -> Option<u32> {
        let at = self.skip(from);
        self.slice(at, self.len()).starts_with(sign).then_some(at)
    }
}

/// The bytes from one place to another.
pub(super) fn span(from: u32, to: u32) -> Span {
    Span::new(from, to.max(from))
}
