//! How text looks to people: which texts they take for each other (UTS 39, "Unicode Security Mechanisms"),
//! which characters show nothing, and which belong to another script than their neighbours.

use unicode_script::{Script, UnicodeScript as _};
use unicode_security::confusable_detection;
use unicode_security::mixed_script::AugmentedScriptSet;

use crate::source::{Span, to_offset};
use crate::text;
use crate::text::{Text, is_hidden};

/// A character of a text that deserves a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// Its bytes in the text.
    pub(crate) span: Span,
    /// The character.
    pub(crate) character: char,
}

impl Spot {
    fn new((at, character): (usize, char)) -> Self {
        let start = to_offset(at);
        Self {
            span: Span::new(start, start + to_offset(character.len_utf8())),
            character,
        }
    }
}

/// A text that is equal for texts that look alike. Case, variants of Arabic letters and the script of digits
/// do not count; `fold` says what an Arabic letter is a variant of. Beyond that it is the skeleton of UTS 39,
/// section 4. Separators count once in a row and not at the ends, where they are overlooked.
pub(crate) fn skeleton(text: &str, fold: impl Fn(&str) -> String) -> String {
    let mut prepared = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let is_within = is_small(before) && is_small(rest.peek().copied());
        if looks_like_capital_i(character) {
            // Between small letters it reads as a small L.
            prepared.push(if is_within { 'l' } else { 'i' });
        } else if is_arabic(character) || is_digit(character) {
            prepared.push_str(&fold(character.encode_utf8(&mut [0; 4])));
        } else {
            prepared.push(character);
        }
        before = Some(character);
    }
    // Capitals look like other letters than their small ones do: В is a B, в is none.
    let capitals: String = confusable_detection::skeleton(&prepared).collect();
    let small = capitals.to_lowercase();
    let small: String = confusable_detection::skeleton(&small).collect();
    without_idle_separators(&small.to_lowercase())
}

fn is_small(character: Option<char>) -> bool {
    character.is_some_and(char::is_lowercase)
}

/// The letters, marks and digits of Arabic with their forms. Some of them have no script of their own.
const fn is_arabic(character: char) -> bool {
    matches!(
        character,
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}'
            | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
    )
}

/// A digit of any script but the one of ASCII.
fn is_digit(character: char) -> bool {
    !character.is_ascii() && character.is_numeric()
}

/// Whether a capital letter looks like a small L.
fn looks_like_capital_i(character: char) -> bool {
    character == 'I'
        || (character.is_uppercase()
            && confusable_detection::skeleton(character.encode_utf8(&mut [0; 4])).eq(['l']))
}

fn without_idle_separators(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for character in text.trim_matches(is_separator).chars() {
        if !is_separator(character) || !kept.ends_with(character) {
            kept.push(character);
        }
    }
    kept
}

fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, '_' | '.' | '-')
}

/// What a character of another script looks like, if that is a letter or digit of ASCII.
pub(crate) fn twin_in_ascii(character: char) -> Option<char> {
    let mut skeleton = confusable_detection::skeleton(character.encode_utf8(&mut [0; 4]))
        .collect::<Vec<_>>()
        .into_iter();
    let twin = skeleton.next().filter(char::is_ascii_alphanumeric)?;
    (skeleton.next().is_none() && !character.is_ascii()).then_some(twin)
}

/// The characters that make a word mix scripts: those that are not of the script that most of it is written
/// in. Words stand between white space. Latin beside one other script in common use is no mixture, unless
/// that is Cyrillic or Greek, whose letters pass for Latin ones ("moderately restrictive" in UTS 39, section
/// 5.2).
pub(crate) fn mixed(text: &str) -> Vec<Spot> {
    let mut found = Vec::new();
    if text.is_ascii() {
        return found;
    }
    let mut at = 0;
    for part in text.split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        if mixes(word) {
            let main = main_script(word);
            let is_other = |(_, character): &(usize, char)| {
                let extension = unicode_script::ScriptExtension::from(*character);
                let is_of_any = extension.is_common() || extension.is_inherited();
                !is_of_any && main.is_some_and(|main| !extension.contains_script(main))
            };
            let others = word.char_indices().filter(is_other);
            found.extend(others.map(|(place, character)| Spot::new((at + place, character))));
        }
        at += part.len();
    }
    found
}

fn mixes(word: &str) -> bool {
    if !AugmentedScriptSet::for_str(word).is_empty() {
        return false;
    }
    let mut others = AugmentedScriptSet::default();
    for character in word.chars() {
        let set = AugmentedScriptSet::for_char(character);
        if !set.base.contains_script(Script::Latin) {
            others.intersect_with(set);
        }
    }
    let in_use = |script: Script| {
        script.is_recommended() && !matches!(script, Script::Cyrillic | Script::Greek)
    };
    let is_one = others.base.len() == 1 && others.base.iter().all(in_use);
    !(others.kore || others.hanb || others.jpan || is_one)
}

/// The script of most characters of a word; of several the one that comes first.
fn main_script(word: &str) -> Option<Script> {
    let mut counts: Vec<(Script, usize)> = Vec::new();
    for script in word.chars().map(|character| character.script()) {
        if matches!(script, Script::Common | Script::Inherited | Script::Unknown) {
            continue;
        }
        match counts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count += 1,
            None => counts.push((script, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max();
    let first = counts.iter().find(|(_, count)| Some(*count) == most);
    first.map(|(script, _)| *script)
}

/// The characters that show nothing.
pub(crate) fn hidden(text: &str) -> impl Iterator<Item = Spot> + '_ {
    let hidden = text
        .char_indices()
        .filter(|(_, character)| is_hidden(*character));
    hidden.map(Spot::new)
}

/// The characters that show nothing and are of no use where they stand.
pub(crate) fn stray(text: &str) -> impl Iterator<Item = Spot> + '_ {
    hidden(text).filter(|spot| !is_of_use(text, *spot))
}

/// Whether a character opens or closes a stretch of text that is read in another direction than it stands.
pub(crate) const fn turns(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a hidden character does what it is there for: joiners in scripts that need them and in emoji,
/// selectors of emoji and of ideographs, marks of the direction where a text has letters of both.
fn is_of_use(text: &str, spot: Spot) -> bool {
    let before = text.get(..spot.span.start as usize).unwrap_or("");
    let last = before.chars().next_back();
    let next = text
        .get(spot.span.end as usize..)
        .and_then(|after| after.chars().next());
    match spot.character {
        '\u{200c}' => needs_joiners(last) && needs_joiners(next),
        '\u{200d}' => needs_joiners(last) || (is_symbol(last) && is_symbol(next)),
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => last.is_some_and(takes_selector),
        '\u{180b}'..='\u{180f}' => last.is_some_and(|last| last.script() == Script::Mongolian),
        '\u{200e}' | '\u{200f}' | '\u{61c}' => text.chars().any(is_right_to_left),
        // Flags of regions are a black flag with hidden letters.
        '\u{e0020}'..='\u{e007f}' => before
            .trim_end_matches(|tag| matches!(tag, '\u{e0020}'..='\u{e007f}'))
            .ends_with('\u{1f3f4}'),
        _ => false,
    }
}

fn needs_joiners(character: Option<char>) -> bool {
    let Some(character) = character else {
        return false;
    };
    let script = character.script();
    matches!(
        script,
        Script::Arabic
            | Script::Bengali
            | Script::Devanagari
            | Script::Gujarati
            | Script::Gurmukhi
            | Script::Kannada
            | Script::Khmer
            | Script::Malayalam
            | Script::Mongolian
            | Script::Myanmar
            | Script::Nko
            | Script::Oriya
            | Script::Sinhala
            | Script::Syriac
            | Script::Tamil
            | Script::Telugu
    )
}

fn is_symbol(character: Option<char>) -> bool {
    character.is_some_and(|character| {
        character >= '\u{2190}' && !character.is_alphanumeric() && takes_selector(character)
            || character == '\u{fe0f}'
    })
}

/// Symbols, digits and ideographs come in variants; letters of alphabets do not.
fn takes_selector(character: char) -> bool {
    let is_letter = character.is_alphabetic() && character.script() != Script::Han;
    !is_letter && !is_hidden(character) && !character.is_whitespace()
}

fn is_right_to_left(character: char) -> bool {
    matches!(
        character.script(),
        Script::Arabic | Script::Hebrew | Script::Nko | Script::Syriac | Script::Thaana
    )
}

/// A character by its number and its name, such as `U+0430 CYRILLIC SMALL LETTER A`.
pub(crate) fn name(character: char) -> String {
    let number = format!("U+{:04X}", u32::from(character));
    match unicode_names2::name(character) {
        Some(name) => format!("{number} {name}"),
        None => number,
    }
}

/// What is said of a hidden character.
pub(crate) fn of_hidden(character: char) -> Text {
    if turns(character) {
        text!(
            "{name} turns the reading direction and shows nothing",
            "المحرف {name} يقلب اتجاه القراءة ولا يظهر",
            name = name(character),
        )
    } else {
        text!(
            "{name} shows nothing",
            "المحرف {name} لا يظهر",
            name = name(character),
        )
    }
}

/// What is said of a character among those of another script.
pub(crate) fn of_mixed(character: char) -> Text {
    if let Some(twin) = twin_in_ascii(character) {
        text!(
            "{name} looks like the Latin `{twin}`",
            "الحرف {name} يشبه الحرف اللاتيني `{twin}`",
            name = name(character),
            twin = twin,
        )
    } else {
        text!(
            "{name} stands among letters of another script",
            "الحرف {name} وارد بين حروف كتابة أخرى",
            name = name(character),
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn letters(spots: &[Spot]) -> String {
        spots.iter().map(|spot| spot.character).collect()
    }

    #[test]
    fn scripts_are_mixed_where_one_passes_for_another() {
        for (text, found) in [
            ("Wаter", "а"),
            ("ехаmрlе", "ml"),
            ("example_мой", "мой"),
            ("αlpha", "α"),
            ("هيئةвода", "вода"),
            ("Water هيئة", ""),
            ("Waterهيئة", ""),
            ("Вода Water", ""),
            ("東京タワーTokyo", ""),
            ("서울Seoul", ""),
            ("Água 12 ١٢", ""),
            ("example_agency.1", ""),
        ] {
            assert_eq!(letters(&mixed(text)), found, "{text}");
        }
    }

    #[test]
    fn hidden_characters_are_stray_unless_something_needs_them() {
        for (text, all, stray_ones) in [
            ("a\u{200b}b", 1, 1),
            ("\u{202e}abc", 1, 1),
            ("هيئة\u{202b}", 1, 1),
            ("می\u{200c}خواهم", 1, 0),
            ("wa\u{200c}ter", 1, 1),
            ("1447 ه\u{200d}", 1, 0),
            ("👨\u{200d}👩\u{200d}👧", 2, 0),
            ("❤\u{fe0f}\u{200d}🔥 1\u{fe0f}\u{20e3}", 3, 0),
            ("a\u{fe0f}", 1, 1),
            ("هيئة\u{200f} (Water)", 1, 0),
            ("Water\u{200e}", 1, 1),
            ("🏴\u{e0067}\u{e0062}\u{e007f}", 3, 0),
            ("a\u{e0067}", 1, 1),
            ("co\u{ad}operate", 1, 1),
            ("a b\tc\u{a0}d", 0, 0),
        ] {
            assert_eq!(hidden(text).count(), all, "{text:?}");
            assert_eq!(stray(text).count(), stray_ones, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn spots_are_the_characters_that_stand_there(text in "[a-zа-яα-ωا-ي \u{200b}-\u{200f}\u{fe0f}🏴]{0,24}") {
            let spots = mixed(&text).into_iter().chain(hidden(&text)).chain(stray(&text));
            for spot in spots {
                let at = text.get(spot.span.range());
                prop_assert_eq!(at, Some(&*spot.character.to_string()));
            }
        }
    }
}
