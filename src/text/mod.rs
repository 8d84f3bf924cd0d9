//! Words in the project's two languages, and the safe way to put a stranger's words among them.
//!
//! A [`Text`] is English and Arabic side by side; the output chooses. Whatever comes from a file
//! enters a text through [`Shown`], which shows control characters instead of sending them and
//! isolates the value's direction from the sentence around it.

mod count;
mod fold;

use std::borrow::Cow;
use std::fmt;

use crate::work;
pub(crate) use count::Noun;
pub(crate) use fold::{digit, fold, fold_into, is_arabic, zero_of};

/// A language of the output.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Arabic.
    Ar,
}

/// The same words in English and in Arabic.
///
/// Inserted values stand between U+2068 and U+2069 (first strong isolate, pop directional isolate:
/// Unicode Standard Annex #9, section 2.4.2); [`Text::plain`] leaves these out. A file's own
/// isolates are escaped before they enter, so no others occur.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The English words.
    pub en: String,
    /// The Arabic words.
    pub ar: String,
}

impl Text {
    /// Puts the two side by side.
    pub fn new(en: impl Into<String>, ar: impl Into<String>) -> Self {
        Self {
            en: en.into(),
            ar: ar.into(),
        }
    }

    /// The words in one language, with isolates around inserted values: for terminals and pages.
    pub fn isolated(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Ar => &self.ar,
        }
    }

    /// The words in one language without isolates, in logical order: for logs and data formats.
    pub fn plain(&self, lang: Lang) -> Cow<'_, str> {
        let words = self.isolated(lang);
        if words.contains([ISOLATE, POP]) {
            Cow::Owned(words.replace([ISOLATE, POP], ""))
        } else {
            Cow::Borrowed(words)
        }
    }
}

impl Text {
    /// Whether these words hold all of the others.
    pub(crate) fn holds(&self, other: &Self) -> bool {
        self.en.contains(&other.en) && self.ar.contains(&other.ar)
    }

    /// Blots out the inserted values that must not be read; whether there were any.
    pub(crate) fn blot_values(&mut self, is_hidden: impl Fn(&str) -> bool) -> bool {
        let mut found = false;
        for words in [&mut self.en, &mut self.ar] {
            let shown = words
                .split_inclusive(POP)
                .map(|part| match part.split_once(ISOLATE) {
                    Some((before, value)) if is_hidden(value) => {
                        found = true;
                        Cow::Owned(format!("{before}{ISOLATE}********{POP}"))
                    }
                    _ => Cow::Borrowed(part),
                });
            *words = shown.collect();
        }
        found
    }
}

/// First strong isolate.
pub(crate) const ISOLATE: char = '\u{2068}';
/// Pop directional isolate.
pub(crate) const POP: char = '\u{2069}';
/// How many characters of one inserted value are shown.
const SHOWN_CHARS: usize = 80;

/// A [`Text`] from one English and one Arabic format string and the values for both.
///
/// ```
/// let text = spokeslint::text!("unknown key `{key}`", "المفتاح `{key}` غير معروف", key = "acounts");
/// assert_eq!(text.plain(spokeslint::Lang::En), "unknown key `acounts`");
/// ```
#[macro_export]
macro_rules! text {
    ($en:literal, $ar:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        $(let $name = $crate::text::Shown(&$value);)*
        $crate::text::Text::new(format!($en), format!($ar))
    }};
}

/// A value on its way into a text: escaped, cut to a readable length, and isolated.
pub struct Shown<'a, T: ?Sized>(pub &'a T);

impl<T: fmt::Display + ?Sized> fmt::Display for Shown<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.0.to_string();
        let escaped = escape(&value);
        let mut chars = escaped.chars();
        let head: String = chars.by_ref().take(SHOWN_CHARS).collect();
        let cut = if chars.next().is_some() { "…" } else { "" };
        write!(f, "{ISOLATE}{head}{cut}{POP}")
    }
}

/// A whole value on its way into a text, however long: escaped and isolated.
pub(crate) fn isolate(value: &str) -> String {
    format!("{ISOLATE}{}{POP}", escape(value))
}

/// Text with every character that could act on a terminal, a log or the reading direction shown as
/// `\u{…}`, line breaks and tabs as `\n`, `\r`, `\t`.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_unsafe(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// Whether a character does something instead of showing something: controls, line and paragraph
/// separators, bidirectional embeddings, overrides and isolates, and other invisible characters but those
/// that words and emoji are made with.
pub fn is_unsafe(character: char) -> bool {
    let is_of_words = matches!(character, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}')
        || (is_hidden(character) && !is_of_words)
}

/// Whether a character shows nothing and is no white space: controls, those of the reading direction, and
/// what Unicode calls ignorable by default.
pub fn is_hidden(character: char) -> bool {
    (character.is_control() && !character.is_whitespace())
        || matches!(
            character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
                | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
        )
}

/// That nothing has a name; what it should be the name of stands in both languages.
pub(crate) fn nothing_called((en, ar): (&str, &str), name: &str) -> Text {
    text!(
        "there is no {en} called `{name}`",
        "لا وجود ل{ar} باسم `{name}`",
        en = en,
        ar = ar,
        name = name,
    )
}

/// The number of names that are listed before the rest is counted.
const FEW: usize = 3;

/// Names in a row, the first few of them, and how many more there are.
pub(crate) fn few<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> Text {
    let more = names.len().saturating_sub(FEW);
    let names: Vec<String> = names
        .take(FEW)
        .map(|name| format!("`{}`", Shown(name)))
        .collect();
    match names.split_last() {
        _ if more > 0 => Text::new(
            format!("{} and {more} more", names.join(", ")),
            format!("{} و{more} غيرها", names.join("، ")),
        ),
        Some((last, first)) if !first.is_empty() => Text::new(
            format!("{} and {last}", first.join(", ")),
            format!("{} و{last}", first.join("، ")),
        ),
        _ => Text::new(names.concat(), names.concat()),
    }
}

/// The question that comes with the nearest name.
pub(crate) fn did_you_mean(name: &(impl fmt::Display + ?Sized)) -> Text {
    text!("did you mean `{name}`?", "هل تقصد `{name}`؟", name = *name)
}

/// The number of characters that a name may have for similar ones to be looked for.
const LONGEST_NAME: usize = 64;

/// The candidate nearest to `name`, if it is near enough to be what was meant. What is too long or too
/// short to be near is not compared, so a candidate costs no more than so many characters, however long it is.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = length_up_to(name, LONGEST_NAME)?;
    let wanted = name.to_lowercase();
    let most = (length / 3).max(1);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            Some((
                distance((name, length), &wanted, candidate, most)?,
                candidate,
            ))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// Returns the distance of a candidate from a name, unless that is more than `most`.
fn distance(
    (name, length): (&str, usize),
    wanted: &str,
    candidate: &str,
    most: usize,
) -> Option<usize> {
    work::count(1);
    let pairs = name.chars().zip(candidate.chars());
    let shared = pairs.take_while(|(a, b)| a == b).count();
    let stems = shared >= 4 && shared + 1 >= length;
    // In small letters a character can become three.
    let Some(own) = length_up_to(candidate, 3 * (LONGEST_NAME + most)) else {
        return stems.then_some(1);
    };
    let is_plain = wanted.is_ascii() && candidate.is_ascii();
    if is_plain && own.abs_diff(length) > most {
        return stems.then_some(1);
    }
    work::count(length + own);
    let distance = strsim::damerau_levenshtein(wanted, &candidate.to_lowercase());
    let distance = if stems { distance.min(1) } else { distance };
    (distance <= most).then_some(distance)
}

/// Returns the number of characters in a text; nothing if that is more than `most`.
fn length_up_to(text: &str, most: usize) -> Option<usize> {
    let length = text.chars().take(most + 1).count();
    (length <= most).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inserted_values_are_escaped_isolated_and_cut() {
        let text = text!(
            "key `{key}`",
            "المفتاح `{key}`",
            key = "a\u{1b}[31m\u{202e}"
        );
        assert_eq!(text.en, "key `\u{2068}a\\u{1b}[31m\\u{202e}\u{2069}`");
        assert_eq!(text.plain(Lang::Ar), "المفتاح `a\\u{1b}[31m\\u{202e}`");
        let text = text!("{long}", "{long}", long = "x".repeat(500));
        assert_eq!(text.plain(Lang::En).chars().count(), SHOWN_CHARS + 1);
    }

    #[test]
    fn a_file_cannot_bring_its_own_isolates() {
        let text = text!("{value}", "{value}", value = "\u{2069}out");
        assert_eq!(text.plain(Lang::En), "\\u{2069}out");
    }

    #[test]
    fn the_nearest_name_is_near() {
        let names = ["accounts", "people", "handovers"];
        assert_eq!(nearest("acounts", names), Some("accounts"));
        assert_eq!(nearest("Accounts", names), Some("accounts"));
        assert_eq!(nearest("handover", names), Some("handovers"));
        assert_eq!(nearest("reply", ["media", "replies"]), Some("replies"));
        assert_eq!(nearest("Agncy", ["Agency"]), Some("Agency"));
        assert_eq!(nearest("zebra", names), None);
        let (short, long) = ("acc".repeat(20), "account".repeat(10_000));
        assert_eq!(nearest(&short, [long.as_str()]), None);
        assert_eq!(nearest("account", [long.as_str()]), Some(long.as_str()));
        assert_eq!(nearest(&long, names), None);
    }
}
