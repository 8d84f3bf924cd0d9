//! Where places are, in every unit that a program may count in.

use schemars::JsonSchema;
use serde::Serialize;

use crate::source::{Source, Span, to_offset};

/// A place in a file.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub(super) struct Place {
    /// The offset in bytes of the text as UTF-8, without a byte-order mark.
    pub(super) byte: u32,
    /// The line, from 1.
    pub(super) line: u32,
    /// The column in characters, from 1.
    pub(super) column: u32,
    /// The column in UTF-16 code units, from 1.
    pub(super) utf16_column: u32,
}

/// Measures places. It remembers the last one, since the next is often near, so that a file whose
/// only line is long does not cost its length for every place in it.
#[derive(Default)]
pub(super) struct Ruler<'a> {
    last: Option<(&'a Source, Place)>,
}

impl<'a> Ruler<'a> {
    /// The place of a byte; one past the end counts as the end.
    pub(super) fn place(&mut self, source: &'a Source, byte: u32) -> Place {
        let byte = byte.min(to_offset(source.text().len()));
        let line = source.line(byte);
        let start = source.line_span(line).map_or(byte, |line| line.start);
        let mut place = Place {
            byte: start,
            line,
            column: 1,
            utf16_column: 1,
        };
        if let Some((known, last)) = &self.last
            && std::ptr::eq(*known, source)
            && last.line == line
            && last.byte.abs_diff(byte) < byte.abs_diff(start)
        {
            place = *last;
        }
        place.move_to(source, byte);
        self.last = Some((source, place));
        place
    }
}

impl Place {
    /// Goes to another byte of the same line.
    fn move_to(&mut self, source: &Source, byte: u32) {
        let (from, to) = (self.byte.min(byte), self.byte.max(byte));
        let text = source.slice(Span::new(from, to));
        let columns = to_offset(text.chars().count());
        let units = to_offset(text.chars().map(char::len_utf16).sum());
        if byte < self.byte {
            self.column -= columns;
            self.utf16_column -= units;
        } else {
            self.column += columns;
            self.utf16_column += units;
        }
        self.byte = byte;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_what_the_source_says_in_whatever_order_they_come() {
        let source = Source::new("a", "ab: [😀, قيمة]\nb: é\n😀😀\n");
        let mut ruler = Ruler::default();
        let text = source.text();
        let offsets: Vec<u32> = text.char_indices().map(|(at, _)| to_offset(at)).collect();
        for step in [1, 7, 5, 11] {
            for index in (0..offsets.len()).map(|index| index * step % offsets.len()) {
                let place = ruler.place(&source, offsets[index]);
                let expected = source.position(offsets[index]);
                assert_eq!((place.line, place.column), (expected.line, expected.column));
                assert_eq!(place.utf16_column, source.utf16_column(offsets[index]) + 1);
            }
        }
    }
}
