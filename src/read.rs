//! Files and bytes → [`Source`]s: the one place that reads and decodes what is checked.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Label};
use crate::error::Error;
use crate::source::{Source, Span, display_name, to_offset};
use crate::text;
use crate::text::Text;

/// The largest file that is read, in bytes. A larger one is a diagnostic, not half a verdict.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

impl Source {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// The outer error is the reader's ([`Error::Read`]: missing, unreadable); the inner one is the
    /// file's own fault ([`Source::from_bytes`]).
    pub fn read(path: &Path) -> Result<Result<Self, Box<Diagnostic>>, Error> {
        let name = display_name(path);
        let file = open(path)?;
        Self::from_reader(&name, file).map_err(|source| Error::Read { path: name, source })
    }

    /// Reads until the end, or until there is more than [`MAX_BYTES`], also where the end never comes.
    ///
    /// # Errors
    ///
    /// The outer error is the reader's, the inner one the text's own fault ([`Source::from_bytes`]).
    pub fn from_reader(name: &str, reader: impl Read) -> io::Result<Result<Self, Box<Diagnostic>>> {
        let mut bytes = Vec::new();
        reader.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        Ok(Self::from_bytes(name, bytes))
    }

    /// Decodes bytes: UTF-8, UTF-16 or UTF-32, with a byte-order mark or without.
    ///
    /// # Errors
    ///
    /// A diagnostic at the first bad byte (`yaml/encoding`), or one that the file is larger than
    /// [`MAX_BYTES`] (`yaml/too-large`).
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Box<Diagnostic>> {
        let name = name.into();
        if bytes.len() > MAX_BYTES {
            let source = Arc::new(Self::new(name, ""));
            let message = text!(
                "the file is larger than {limit} bytes, the most that is read",
                "حجم الملف يتجاوز {limit} بايت، وهو أقصى ما يُقرأ",
                limit = MAX_BYTES,
            );
            let label = Label::new(&source, Span::default());
            return Err(Box::new(
                Diagnostic::error("yaml/too-large", message).with_label(label),
            ));
        }
        let (encoding, mark) = Encoding::of(&bytes);
        match encoding {
            Encoding::Utf8 if mark == 0 => Self::from_utf8(name, bytes),
            Encoding::Utf8 => Self::from_utf8(name, bytes.get(mark..).unwrap_or_default().to_vec()),
            _ => Self::from_units(name, encoding, (&bytes, mark)),
        }
    }

    /// What the bytes of the file may say besides its text, where nobody can be sure of their encoding: where a byte is
    /// zero, there is a mark of UTF-16 or UTF-32, or not all of it is UTF-8. Nothing for ordinary text.
    pub(crate) fn readings(&self) -> impl Iterator<Item = String> {
        let text = self.text().as_bytes();
        let has_zeros = |bytes: &[u8]| bytes.contains(&0);
        let bytes = self.raw().or_else(|| has_zeros(text).then_some(text));
        let bytes = bytes.unwrap_or_default();
        let without_zeros: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
        let of_bytes = (!bytes.is_empty())
            .then(|| String::from_utf8_lossy(&without_zeros).into_owned())
            .into_iter()
            .chain(has_zeros(bytes).then(|| String::from_utf8_lossy(bytes).into_owned()));
        let encodings = Encoding::WIDE
            .into_iter()
            .filter(move |_| has_zeros(bytes))
            .flat_map(|(encoding, width)| (0..width).map(move |skipped| (encoding, skipped)));
        let of_units = encodings.map(move |(encoding, skipped)| {
            let (text, _) = encoding.decode(bytes.get(skipped..).unwrap_or_default());
            text
        });
        of_bytes.chain(of_units)
    }

    fn from_utf8(name: String, bytes: Vec<u8>) -> Result<Self, Box<Diagnostic>> {
        String::from_utf8(bytes)
            .map(|text| Self::new(name.clone(), text))
            .map_err(|error| {
                let valid = error.utf8_error().valid_up_to();
                let byte = error.as_bytes()[valid];
                let shown = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let source = Arc::new(Self::new(name, shown).of_raw(error.as_bytes()));
                let start = to_offset(valid);
                let end = start + to_offset('\u{fffd}'.len_utf8());
                let message = text!(
                    "the file is not valid UTF-8: the byte {byte} makes no character here",
                    "الملف ليس بترميز UTF-8 صحيح: البايت {byte} لا يكوّن محرفًا هنا",
                    byte = format_args!("0x{byte:02X}"),
                );
                let label = Label::new(&source, Span::new(start, end));
                Box::new(
                    Diagnostic::error("yaml/encoding", message)
                        .with_label(label)
                        .with_help(save_as_utf8()),
                )
            })
    }

    fn from_units(
        name: String,
        encoding: Encoding,
        (bytes, mark): (&[u8], usize),
    ) -> Result<Self, Box<Diagnostic>> {
        let (text, bad) = encoding.decode(bytes.get(mark..).unwrap_or_default());
        let source = Self::new(name, text).of_raw(bytes);
        let Some(bad) = bad else {
            return Ok(source);
        };
        let span = Span::new(bad, bad + to_offset('\u{fffd}'.len_utf8()));
        let message = text!(
            "the file is not valid {encoding}: half a character stands alone here",
            "الملف ليس بترميز {encoding} صحيح: نصف محرف يقف وحده هنا",
            encoding = encoding.name(),
        );
        let label = Label::new(&Arc::new(source), span);
        Err(Box::new(
            Diagnostic::error("yaml/encoding", message)
                .with_label(label)
                .with_help(save_as_utf8()),
        ))
    }
}

/// Opens a file for reading.
///
/// # Errors
///
/// [`Error::Read`] where the system does not let it be opened, [`Error::NamedPipe`] where nobody may ever write to it.
pub fn open(path: &Path) -> Result<File, Error> {
    if is_named_pipe(path) {
        return Err(Error::NamedPipe(display_name(path)));
    }
    File::open(path).map_err(|source| Error::Read {
        path: display_name(path),
        source,
    })
}

/// Returns whether a path leads to a pipe that a process has opened and handed on, such as a shell's `<(…)`. It has no
/// place in any folder, and can be read once.
pub fn is_passed_pipe(path: &Path) -> bool {
    is_pipe(path) && !is_named_pipe(path)
}

/// Returns whether a path leads to a pipe in a folder. To open that waits until somebody writes, which may be never.
fn is_named_pipe(path: &Path) -> bool {
    let is_among_open_files =
        |real: &Path| real.starts_with("/dev/fd") || real.starts_with("/proc");
    is_pipe(path)
        && path
            .canonicalize()
            .is_ok_and(|real| !is_among_open_files(&real))
}

#[cfg(unix)]
fn is_pipe(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    path.metadata()
        .is_ok_and(|found| found.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_pipe(_: &Path) -> bool {
    false
}

/// A text as bytes in the encoding of other bytes, with the byte-order mark that they begin with.
pub fn encode_like(bytes: &[u8], text: &str) -> Vec<u8> {
    let (encoding, mark) = Encoding::of(bytes);
    let mut encoded = bytes.get(..mark).unwrap_or_default().to_vec();
    match encoding {
        Encoding::Utf8 => encoded.extend_from_slice(text.as_bytes()),
        Encoding::Utf16Le => encoded.extend(text.encode_utf16().flat_map(u16::to_le_bytes)),
        Encoding::Utf16Be => encoded.extend(text.encode_utf16().flat_map(u16::to_be_bytes)),
        Encoding::Utf32Le => encoded.extend(text.chars().flat_map(|c| u32::from(c).to_le_bytes())),
        Encoding::Utf32Be => encoded.extend(text.chars().flat_map(|c| u32::from(c).to_be_bytes())),
    }
    encoded
}

/// The encoding of a text, as YAML 1.2.2 detects it (section 5.2): by the byte-order mark, and without one by
/// where the zeros of the first character stand, which is of ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
}

impl Encoding {
    /// Those with units of several bytes, and of how many.
    const WIDE: [(Self, usize); 4] = [
        (Self::Utf16Le, 2),
        (Self::Utf16Be, 2),
        (Self::Utf32Le, 4),
        (Self::Utf32Be, 4),
    ];

    /// The encoding of these bytes, and how many of them are the byte-order mark.
    const fn of(bytes: &[u8]) -> (Self, usize) {
        match bytes {
            [0, 0, 0xfe, 0xff, ..] => (Self::Utf32Be, 4),
            [0, 0, 0, 1..=255, ..] => (Self::Utf32Be, 0),
            [0xff, 0xfe, 0, 0, ..] => (Self::Utf32Le, 4),
            [1..=255, 0, 0, 0, ..] => (Self::Utf32Le, 0),
            [0xfe, 0xff, ..] => (Self::Utf16Be, 2),
            [0, 1..=255, ..] => (Self::Utf16Be, 0),
            [0xff, 0xfe, ..] => (Self::Utf16Le, 2),
            [1..=255, 0, ..] => (Self::Utf16Le, 0),
            [0xef, 0xbb, 0xbf, ..] => (Self::Utf8, 3),
            _ => (Self::Utf8, 0),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Utf32Le => "UTF-32LE",
            Self::Utf32Be => "UTF-32BE",
        }
    }

    /// The text that units of two or four bytes stand for, and where the first one is that makes no character.
    fn decode(self, bytes: &[u8]) -> (String, Option<u32>) {
        let wide = |four: fn([u8; 4]) -> u32| {
            let (units, rest) = bytes.as_chunks::<4>();
            let characters = units.iter().map(|unit| char::from_u32(four(*unit)));
            gather(characters.chain((!rest.is_empty()).then_some(None)))
        };
        let narrow = |two: fn([u8; 2]) -> u16| {
            let (units, rest) = bytes.as_chunks::<2>();
            let units = units.iter().map(|unit| two(*unit));
            let characters = char::decode_utf16(units).map(Result::ok);
            gather(characters.chain((!rest.is_empty()).then_some(None)))
        };
        match self {
            Self::Utf8 => (String::from_utf8_lossy(bytes).into_owned(), None),
            Self::Utf16Le => narrow(u16::from_le_bytes),
            Self::Utf16Be => narrow(u16::from_be_bytes),
            Self::Utf32Le => wide(u32::from_le_bytes),
            Self::Utf32Be => wide(u32::from_be_bytes),
        }
    }
}

/// Characters as a text, a mark in the place of each that is none, and where the first of those is.
fn gather(characters: impl Iterator<Item = Option<char>>) -> (String, Option<u32>) {
    let mut text = String::new();
    let mut bad = None;
    for character in characters {
        if character.is_none() {
            bad = bad.or(Some(to_offset(text.len())));
        }
        text.push(character.unwrap_or('\u{fffd}'));
    }
    (text, bad)
}

/// What to do about a file whose encoding is in doubt.
pub(crate) fn save_as_utf8() -> Text {
    text!(
        "save the file as UTF-8; editors offer a choice of encodings when saving",
        "احفظ الملف بترميز UTF-8؛ تعرضه المحررات ضمن خيارات الترميز عند الحفظ",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_goes_back_into_the_bytes_that_it_came_from() {
        for bytes in [
            "a: هيئة\r\n".as_bytes().to_vec(),
            "\u{feff}a: هيئة\n".as_bytes().to_vec(),
            b"\xff\xfea\0:\0=\xd8\x00\xde".to_vec(),
            b"\xfe\xff\0a\0:\xd8=\xde\x00".to_vec(),
            b"a\0:\0=\xd8\x00\xde".to_vec(),
            b"\0a\0:\xd8=\xde\x00".to_vec(),
            b"a\0\0\0:\0\0\0\x00\xf6\x01\0".to_vec(),
            b"\xff\xfe\0\0a\0\0\0".to_vec(),
            b"\0\0\0a\0\x01\xf6\0".to_vec(),
            b"\0\0\xfe\xff\0\0\0a".to_vec(),
            Vec::new(),
        ] {
            let source = Source::from_bytes("a", bytes.clone()).unwrap();
            assert_eq!(encode_like(&bytes, source.text()), bytes);
        }
    }

    #[test]
    fn a_source_without_an_end_is_too_large() {
        let endless = Source::from_reader("endless", io::repeat(b'a')).unwrap();
        assert_eq!(endless.unwrap_err().rule, "yaml/too-large");
    }

    #[test]
    fn utf16_and_byte_order_marks_are_read_and_bad_bytes_are_located() {
        let source = Source::from_bytes("a", b"\xff\xfea\0:\0".to_vec()).unwrap();
        assert_eq!(source.text(), "a:");
        let source = Source::from_bytes("a", b"\xef\xbb\xbfa: 1".to_vec()).unwrap();
        assert_eq!(source.text(), "a: 1");
        let diagnostic = Source::from_bytes("a", b"a: \xff\n".to_vec()).unwrap_err();
        assert_eq!(diagnostic.rule, "yaml/encoding");
        assert_eq!(diagnostic.labels[0].span, Span::new(3, 6));
        assert!(Source::from_bytes("a", b"\xff\xfea".to_vec()).is_err());
        let lone = b"\xff\xfea\0\x00\xde:\0".to_vec();
        let diagnostic = Source::from_bytes("a", lone).unwrap_err();
        assert_eq!(diagnostic.labels[0].span, Span::new(1, 4));
        let beyond = Source::from_bytes("a", b"a\0\0\0\0\0\x11\0".to_vec());
        assert_eq!(beyond.unwrap_err().rule, "yaml/encoding");
    }
}
