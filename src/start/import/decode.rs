//! Bytes of a table → text. What no mark and no option says is guessed, and the guess is named.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};

use super::words::is_arabic;
use crate::read::MAX_BYTES;
use crate::text;
use crate::text::Text;

/// How the encoding of a table is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// An option says so.
    Asked,
    /// The mark at its beginning says so.
    Marked,
    /// Its bytes make sense in no other of those that are tried first.
    Sound,
    /// It is the likeliest of several in which the bytes make sense.
    Assumed,
}

/// Text that was decoded, and how.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: &'static Encoding,
    pub(super) ground: Ground,
}

/// How many bytes are looked at for a guess.
const SAMPLE: usize = 64 * 1024;

pub(super) fn decode(bytes: &[u8], asked: Option<&'static Encoding>) -> Result<Decoded, Text> {
    refuse(bytes)?;
    let (encoding, ground, rest) = choose(bytes, asked)?;
    let (text, is_bad) = encoding.decode_without_bom_handling(rest);
    if is_bad {
        let before = text.split('\u{fffd}').next().unwrap_or_default();
        return Err(not_sound(encoding, before.matches('\n').count() + 1));
    }
    let mut text = text.into_owned();
    if let Some(at) = text.find('\0') {
        let line = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        return Err(text!(
            "line {line} holds a NUL character, so the file is no table of text, or `--encoding` is needed",
            "في السطر {line} محرف صفري، فالملف ليس جدولًا نصيًّا، أو يلزم تحديد الترميز بالخيار `--encoding`",
            line = line,
        ));
    }
    if !text.contains('\n') {
        text = text.replace('\r', "\n");
    }
    Ok(Decoded {
        text,
        encoding,
        ground,
    })
}

/// What is no text at all.
fn refuse(bytes: &[u8]) -> Result<(), Text> {
    if bytes.len() > MAX_BYTES {
        return Err(text!(
            "it is larger than {limit} bytes, the most that is read",
            "حجمه يتجاوز {limit} بايت، وهو أقصى ما يُقرأ",
            limit = MAX_BYTES,
        ));
    }
    let is_workbook =
        bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    if is_workbook {
        return Err(text!(
            "it is a workbook and not a table of text; open it and save the sheet as `CSV UTF-8`",
            "هو مصنف جداول وليس جدولًا نصيًّا؛ افتحه واحفظ الورقة بصيغة `CSV UTF-8`",
        ));
    }
    Ok(())
}

type Choice<'b> = (&'static Encoding, Ground, &'b [u8]);

fn choose<'b>(bytes: &'b [u8], asked: Option<&'static Encoding>) -> Result<Choice<'b>, Text> {
    let marked = Encoding::for_bom(bytes);
    let rest = marked.map_or(bytes, |(_, length)| bytes.get(length..).unwrap_or_default());
    if let Some(encoding) = asked {
        return Ok((encoding, Ground::Asked, rest));
    }
    if let Some((encoding, _)) = marked {
        return Ok((encoding, Ground::Marked, rest));
    }
    if let Some(encoding) = wide(bytes) {
        return Ok((encoding, Ground::Assumed, bytes));
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => Ok((UTF_8, Ground::Sound, bytes)),
        Err(error) if is_mostly_utf8(bytes) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Err(not_sound(
                UTF_8,
                memchr::memchr_iter(b'\n', before).count() + 1,
            ))
        }
        Err(_) => Ok((narrow(bytes), Ground::Assumed, bytes)),
    }
}

/// UTF-16 without a mark: of Latin and Arabic letters, one byte of two is 0 or 6.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(SAMPLE))?;
    let (pairs, _) = sample.as_chunks::<2>();
    let is_high = |byte: u8| matches!(byte, 0 | 6);
    let share = |side: usize| {
        let high = pairs.iter().filter(|pair| is_high(pair[side])).count();
        high * 10 >= pairs.len() * 9
    };
    if pairs.is_empty() || !sample.contains(&0) {
        None
    } else if share(1) {
        Some(UTF_16LE)
    } else {
        share(0).then_some(UTF_16BE)
    }
}

/// Whether most of what is not ASCII is sound UTF-8: then the rest is damage, not another encoding.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    sound > bad * 4
}

/// The code page of Arabic Windows, unless that makes few Arabic letters.
fn narrow(bytes: &[u8]) -> &'static Encoding {
    let sample = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or_default();
    let (text, _) = WINDOWS_1256.decode_without_bom_handling(sample);
    let foreign: Vec<char> = text.chars().filter(|c| !c.is_ascii()).collect();
    let arabic = foreign
        .iter()
        .filter(|c| is_arabic(c.encode_utf8(&mut [0; 4])) || **c == '،')
        .count();
    // Beyond the sample it is the same file.
    if arabic * 2 >= foreign.len() {
        WINDOWS_1256
    } else {
        WINDOWS_1252
    }
}

fn not_sound(encoding: &'static Encoding, line: usize) -> Text {
    text!(
        "line {line} is not valid {encoding}; save the file as `CSV UTF-8`, or name its encoding with `--encoding`",
        "السطر {line} ليس بترميز {encoding} صحيح؛ احفظ الملف بصيغة `CSV UTF-8`، أو اذكر ترميزه بالخيار `--encoding`",
        line = line,
        encoding = encoding.name(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, &'static str, Ground) {
        let decoded = decode(bytes, None).unwrap();
        (decoded.text, decoded.encoding.name(), decoded.ground)
    }

    #[test]
    fn encodings_are_told_by_mark_and_by_sense() {
        let text = "الجهة;x\nهيئة المياه;1\n";
        let wide = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(to_bytes).collect()
        };
        let (windows, _, _) = WINDOWS_1256.encode(text);
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        let marked_wide = [b"\xff\xfe".to_vec(), wide(u16::to_le_bytes)].concat();
        for (bytes, name, ground) in [
            (text.as_bytes(), "UTF-8", Ground::Sound),
            (&marked, "UTF-8", Ground::Marked),
            (&windows, "windows-1256", Ground::Assumed),
            (&marked_wide, "UTF-16LE", Ground::Marked),
            (&wide(u16::to_le_bytes), "UTF-16LE", Ground::Assumed),
            (&wide(u16::to_be_bytes), "UTF-16BE", Ground::Assumed),
        ] {
            assert_eq!(decoded(bytes), (text.to_owned(), name, ground));
        }
        assert_eq!(decoded(b"Caf\xe9;Z\xfcrich").0, "Café;Zürich");
        assert_eq!(decoded(b"a\rb").0, "a\nb");
    }

    #[test]
    fn damage_is_not_taken_for_another_encoding() {
        let mut bytes = "هيئة المياه الوطنية\n".repeat(3).into_bytes();
        bytes.push(0xff);
        let refused = decode(&bytes, None).err().unwrap();
        assert!(refused.en.contains("line \u{2068}4\u{2069} is not valid"));
        assert!(decode(b"a\0b", None).is_err());
        assert!(decode(b"PK\x03\x04", None).is_err());
    }
}
