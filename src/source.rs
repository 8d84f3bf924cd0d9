//! Text that came from somewhere, and the only arithmetic on its bytes.
//!
//! A [`Source`] knows its name and its lines; a [`Span`] is a range of its bytes. Everything else
//! in the crate keeps spans and asks here for lines, columns and slices.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A range of bytes of a [`Source`], always on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `start..end`, in bytes.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Whether `other` lies wholly inside this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// How many bytes it covers.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range of `usize`, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place as a reader counts it: both numbers start at 1, the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters (Unicode scalar values), from 1.
    pub column: u32,
}

/// A file's text under the name that diagnostics show. A leading byte-order mark is not part of it.
#[derive(Debug)]
pub struct Source {
    name: String,
    /// The file itself, whatever links or spelling led to it.
    real: Option<PathBuf>,
    /// The bytes that the text was made of, where they are not the text's own.
    raw: Option<Box<[u8]>>,
    text: String,
    lines: OnceLock<Vec<u32>>,
    /// The number of characters that begin before each block of [`BLOCK`] bytes; only long lines need to know.
    blocks: OnceLock<Vec<u32>>,
}

/// The number of bytes of a line that are gone through to count their characters.
const BLOCK: usize = 4_096;

impl Source {
    /// Wraps text that is already in memory. `name` is what diagnostics show as the file.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            real: None,
            raw: None,
            text: text.into(),
            lines: OnceLock::new(),
            blocks: OnceLock::new(),
        }
    }

    /// Another text in the place of this one: of the same name and file.
    #[must_use]
    pub fn with_text(&self, text: impl Into<String>) -> Self {
        Self {
            name: self.name.clone(),
            real: self.real.clone(),
            raw: None,
            text: text.into(),
            lines: OnceLock::new(),
            blocks: OnceLock::new(),
        }
    }

    /// The name that diagnostics show: a path with `/` separators, or `<stdin>`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same text, known to be that of the file at this absolute path without links.
    #[must_use]
    pub fn at(mut self, real: &Path) -> Self {
        self.real = Some(real.to_owned());
        self
    }

    /// The same text, known to be made of these bytes.
    #[must_use]
    pub(crate) fn of_raw(mut self, raw: &[u8]) -> Self {
        self.raw = Some(raw.into());
        self
    }

    /// The bytes that the text was made of, where they are not the text's own.
    pub(crate) fn raw(&self) -> Option<&[u8]> {
        self.raw.as_deref()
    }

    /// The absolute path of the file without links, if the text is a file's and that is known: one path for one
    /// file, whatever folder the program runs in and however the file was named.
    pub fn real(&self) -> Option<&Path> {
        self.real.as_deref()
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty when the span does not fit this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// The line and the column in characters of a byte offset. An offset past the end counts as
    /// the end.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line_index(offset);
        let start = self.line_starts()[line];
        let end = offset.min(to_offset(self.text.len()));
        Position {
            line: to_offset(line) + 1,
            column: self.characters(Span::new(start, end)) + 1,
        }
    }

    /// Returns the number of characters in a span. In a long one those of whole blocks are counted once for all spans.
    fn characters(&self, span: Span) -> u32 {
        if span.len() <= 2 * BLOCK {
            return to_offset(self.slice(span).chars().count());
        }
        let bytes = self.text.as_bytes();
        let begin = |bytes: &[u8]| {
            let begins = |byte: &&u8| !matches!(**byte, 0x80..=0xbf);
            to_offset(bytes.iter().filter(begins).count())
        };
        let blocks = self.blocks.get_or_init(|| {
            let counts = bytes.chunks(BLOCK).scan(0, |before, block| {
                let count = *before;
                *before += begin(block);
                Some(count)
            });
            counts.collect()
        });
        let before = |offset: u32| {
            let block = (offset as usize / BLOCK).min(blocks.len().saturating_sub(1));
            let counted = blocks.get(block).copied().unwrap_or(0);
            let rest = bytes.get(block * BLOCK..offset as usize);
            counted + begin(rest.unwrap_or_default())
        };
        before(span.end) - before(span.start)
    }

    /// The line of a byte offset, from 1, without a look at its characters.
    pub fn line(&self, offset: u32) -> u32 {
        to_offset(self.line_index(offset)) + 1
    }

    /// The bytes of a line, counted from 1, without its line break; `None` past the last line.
    pub fn line_span(&self, line: u32) -> Option<Span> {
        let starts = self.line_starts();
        let index = (line as usize).checked_sub(1)?;
        let start = *starts.get(index)?;
        let end = starts
            .get(index + 1)
            .copied()
            .unwrap_or(to_offset(self.text.len()));
        let text = self
            .slice(Span::new(start, end))
            .trim_end_matches(['\n', '\r']);
        Some(Span::new(start, start + to_offset(text.len())))
    }

    /// How many lines the text has, at least 1; a final line break opens no further line.
    pub fn line_count(&self) -> u32 {
        to_offset(self.line_starts().len())
    }

    /// The offset in UTF-16 code units from the start of its line, as editors count columns.
    pub fn utf16_column(&self, offset: u32) -> u32 {
        let start = self.line_starts()[self.line_index(offset)];
        let before = self.slice(Span::new(start, offset));
        to_offset(before.chars().map(char::len_utf16).sum())
    }

    fn line_index(&self, offset: u32) -> usize {
        self.line_starts()
            .partition_point(|start| *start <= offset)
            .saturating_sub(1)
    }

    fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let breaks = memchr::memchr2_iter(b'\n', b'\r', bytes).filter_map(|at| {
                let lone = bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
                (lone && at + 1 < bytes.len()).then(|| to_offset(at + 1))
            });
            std::iter::once(0).chain(breaks).collect()
        })
    }
}

/// A length or index as an offset. Sources are at most [`MAX_BYTES`](crate::read::MAX_BYTES) long, so it always fits; text
/// from memory that is longer saturates, and no slice is found for it.
pub fn to_offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// A path as it is shown: with `/` on every system and without a leading `./`. Bytes that are no text are written
/// `\xE9`, and so is a backslash where it separates nothing, so that no two paths are shown alike.
pub fn display_name(path: &Path) -> String {
    let mut name = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\\' if std::path::is_separator('\\') => name.push('/'),
                '\\' => name.push_str("\\x5C"),
                _ => name.push(character),
            }
        }
        for byte in chunk.invalid() {
            // Writing to a text cannot fail.
            let _ = write!(name, "\\x{byte:02X}");
        }
    }
    name.strip_prefix("./")
        .map_or_else(|| name.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_every_kind_of_line_break() {
        let source = Source::new("a.yaml", "اسم: قيمة\r\nb: 1\rc\n\nd\n");
        assert_eq!(source.line_count(), 5);
        let offset = to_offset(source.text().find("قيمة").unwrap());
        assert_eq!(source.position(offset), Position { line: 1, column: 6 });
        let last = to_offset(source.text().find('d').unwrap());
        assert_eq!(source.position(last), Position { line: 5, column: 1 });
        assert_eq!((source.line(offset), source.line(last)), (1, 5));
        assert_eq!(source.slice(source.line_span(1).unwrap()), "اسم: قيمة");
        assert_eq!(source.slice(source.line_span(2).unwrap()), "b: 1");
        assert_eq!(source.slice(source.line_span(4).unwrap()), "");
        assert_eq!(source.line_span(6), None);
    }

    #[test]
    fn utf16_columns_count_code_units() {
        let source = Source::new("a.yaml", "x: 😀y");
        let offset = to_offset(source.text().find('y').unwrap());
        assert_eq!(source.utf16_column(offset), 5);
        assert_eq!(source.position(offset).column, 5);
    }

    #[test]
    fn columns_of_a_long_line_are_those_of_a_short_one() {
        let text = format!("a\n{}\nb", "é😀x ".repeat(5_000));
        let source = Source::new("a.yaml", &*text);
        for (number, (at, _)) in text.char_indices().enumerate().step_by(997) {
            let column = to_offset(number) - if at < 2 { 0 } else { 2 } + 1;
            if at < text.len() - 2 {
                assert_eq!(source.position(to_offset(at)).column, column, "{at}");
            }
        }
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        let source = Source::new("a.yaml", "ab\n");
        assert_eq!(source.position(3), Position { line: 1, column: 4 });
        assert_eq!(source.position(900), Position { line: 1, column: 4 });
    }
    #[cfg(unix)]
    #[test]
    fn no_two_paths_are_shown_alike() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let shown = |bytes: &[u8]| display_name(Path::new(OsStr::from_bytes(bytes)));
        assert_eq!(shown(b"./caf\xe9.yaml"), "caf\\xE9.yaml");
        assert_eq!(shown(b"caf\xe8.yaml"), "caf\\xE8.yaml");
        assert_eq!(shown(b"caf\\xE9.yaml"), "caf\\x5CxE9.yaml");
        assert_eq!(shown("هيئة/a.yaml".as_bytes()), "هيئة/a.yaml");
    }
}
