//! Texts that people take for a word of our header: misspelt, in another case, with look-alike letters.

use unicode_normalization::UnicodeNormalization;

use crate::looks;

/// Returns whether a character belongs to a word, wherever that stands in YAML. What is not of ASCII always does: it
/// may be a look-alike, or of no width.
pub(super) const fn is_of_word(character: char) -> bool {
    !character.is_ascii()
        || character.is_ascii_alphanumeric()
        || matches!(character, '_' | '.' | '-')
}

/// The words of a text, none of them empty.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character| !is_of_word(character))
        .filter(|word| !word.is_empty())
}

/// A text as people read it: letters and digits, without case, one for all that look like it.
pub(super) fn normal(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    normal_into(text, &mut read);
    read
}

/// [`normal`], into a text that is at hand.
pub(super) fn normal_into(text: &str, read: &mut String) {
    read.clear();
    if text.is_ascii() {
        plain(text, read);
    } else {
        let wide: String = text.chars().map(large).nfkc().collect();
        plain(&looks::skeleton(&wide, str::to_owned), read);
    }
}

/// The letter that a small capital stands for.
fn large(character: char) -> char {
    const SMALL: &str = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ";
    const LARGE: &str = "ABCDEFGHIJKLMNOPQRSTUVWYZ";
    let mut letters = SMALL.chars().zip(LARGE.chars());
    let letter = letters.find(|(small, _)| *small == character);
    letter.map_or(character, |(_, large)| large)
}

fn plain(text: &str, read: &mut String) {
    for character in text.chars().filter(|character| character.is_alphanumeric()) {
        match character {
            '0' => read.push('o'),
            '1' | 'i' | 'I' => read.push('l'),
            'm' | 'M' => read.push_str("rn"),
            _ => read.extend(character.to_lowercase()),
        }
    }
}

/// Returns whether a word begins with the name of our versions, or is a misspelling of it; as [`normal`] has it.
pub(super) fn is_name(read: &str) -> bool {
    // What `normal` makes of the name of `API_VERSION`.
    const READ: &str = "spokesllnt";
    // Two changes leave one of its three parts as it is.
    let may_be = read.len() >= READ.len() - 2
        && ["spo", "kes", "llnt"]
            .iter()
            .any(|part| read.contains(part));
    let is_near = || read.len() <= READ.len() * 2 && strsim::levenshtein(read, READ) <= 2;
    may_be && (read.starts_with(READ) || is_near())
}

/// Returns whether a text names a version of ours, or means to.
pub(super) fn names_version(text: &str) -> bool {
    words(text).any(|word| is_name(&normal(word)))
}

/// Returns whether a text is nothing but a version of ours, well or badly spelt, such as `spokelint/v1`.
pub(super) fn is_version(text: &str) -> bool {
    let Some((name, version)) = text.trim().split_once('/') else {
        return false;
    };
    let digits = version.trim_start_matches(['v', 'V']);
    name.chars().all(is_of_word)
        && is_name(&normal(name))
        && digits.starts_with(|first: char| first.is_ascii_digit())
        && digits
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '.')
}

/// Returns whether a key means `apiVersion`.
pub(super) fn is_version_key(key: &str) -> bool {
    key.len() <= 64 && strsim::damerau_levenshtein(&normal(key), "aplverslon") <= 2
}

/// Returns whether a key means `kind`.
pub(super) fn is_kind_key(key: &str) -> bool {
    key.len() <= 64 && strsim::damerau_levenshtein(&normal(key), "klnd") <= 1
}

/// A text whose escapes of double-quoted scalars are written out, for a look at what does not parse.
pub(super) fn unescaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        written.push_str(before);
        rest = match escape(after) {
            Some((character, rest)) => {
                written.push(character);
                rest
            }
            // A line break that is escaped, with the indentation behind it, is none.
            None if after.starts_with(['\n', '\r']) => after.trim_start(),
            None => after,
        };
    }
    written.push_str(rest);
    written
}

/// The character that an escape stands for, and what follows it.
fn escape(after: &str) -> Option<(char, &str)> {
    let (first, rest) = (after.chars().next()?, after.get(1..)?);
    let length = match first {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        '/' => return Some(('/', rest)),
        _ => return None,
    };
    let (digits, rest) = (rest.get(..length)?, rest.get(length..)?);
    let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    Some((character, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_known_in_many_spellings_and_others_are_not() {
        assert_eq!(normal("spokeslint"), "spokesllnt");
        assert_eq!(normal("apiVersion"), "aplverslon");
        assert_eq!(normal("kind"), "klnd");
        for text in [
            "spokeslint/v1",
            "Spokeslint/v1",
            "SPOKESLINT/V1",
            "spokelint/v1",
            "spokes-lint/v1",
            "sp0kes1int/v1",
            "spоkeslint/v1",
            "ｓｐｏｋｅｓｌｉｎｔ/v1",
            "spokes\u{200b}lint/v1",
            "spokeslint／v1",
            "ꜱᴘᴏᴋᴇꜱʟɪɴᴛ/v1",
            "spokeslint",
            " spokeslint/v1 ",
            "spokseilnt/v1",
            "spokeslint.io/v1",
        ] {
            assert!(names_version(text), "{text}");
        }
        for text in [
            "v1",
            "apps/v1",
            "eslint",
            "stylelint/v1",
            "spokesperson",
            "spotless",
            "makeslint",
        ] {
            assert!(!names_version(text), "{text}");
        }
    }

    #[test]
    fn escapes_are_written_out_and_anything_else_is_left() {
        assert_eq!(unescaped(r"spokes\x6cint\/v1"), "spokeslint/v1");
        assert_eq!(unescaped(r"\u0073\U0000006Bé\u00"), "skéu00");
        assert_eq!(unescaped("spokes\\\n  lint \\"), "spokeslint ");
    }
}
