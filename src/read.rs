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

    /// Decodes bytes: UTF-8, or UTF-16 announced by its byte-order mark.
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
        match bytes.as_slice() {
            [0xff, 0xfe, rest @ ..] => Self::from_utf16(name, encoding_rs::UTF_16LE, rest),
            [0xfe, 0xff, rest @ ..] => Self::from_utf16(name, encoding_rs::UTF_16BE, rest),
            [0xef, 0xbb, 0xbf, rest @ ..] => Self::from_utf8(name, rest.to_vec()),
            _ => Self::from_utf8(name, bytes),
        }
    }

    fn from_utf8(name: String, bytes: Vec<u8>) -> Result<Self, Box<Diagnostic>> {
        String::from_utf8(bytes)
            .map(|text| Self::new(name.clone(), text))
            .map_err(|error| {
                let valid = error.utf8_error().valid_up_to();
                let byte = error.as_bytes()[valid];
                let shown = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let source = Arc::new(Self::new(name, shown));
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

    fn from_utf16(
        name: String,
        encoding: &'static encoding_rs::Encoding,
        bytes: &[u8],
    ) -> Result<Self, Box<Diagnostic>> {
        let (text, bad) = encoding.decode_without_bom_handling(bytes);
        let source = Self::new(name, text);
        if !bad {
            return Ok(source);
        }
        let start = source.text().find('\u{fffd}').map_or(0, to_offset);
        let span = Span::new(start, start + to_offset('\u{fffd}'.len_utf8()));
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

/// Whether a path leads to a pipe that a process has opened and handed on, such as a shell's `<(…)`. It has no place in
/// any folder, and can be read once.
pub fn is_passed_pipe(path: &Path) -> bool {
    is_pipe(path) && !is_named_pipe(path)
}

/// Whether a path leads to a pipe in a folder. To open that waits until somebody writes, which may be never.
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
    match bytes {
        [0xff, 0xfe, ..] => {
            let units = text.encode_utf16().flat_map(u16::to_le_bytes);
            [0xff, 0xfe].into_iter().chain(units).collect()
        }
        [0xfe, 0xff, ..] => {
            let units = text.encode_utf16().flat_map(u16::to_be_bytes);
            [0xfe, 0xff].into_iter().chain(units).collect()
        }
        [0xef, 0xbb, 0xbf, ..] => [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat(),
        _ => text.as_bytes().to_vec(),
    }
}

fn save_as_utf8() -> Text {
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
    }
}
