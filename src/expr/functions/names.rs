//! Names and phrases in texts, in handles too: what `contains_name` and `mentions` look for.
//!
//! Words are compared, so that `Ali` is not found in `quality`. A word ends at a blank or a mark, at `_` and
//! `.`, where letters and digits meet, and before a capital letter, as in `alexSpeaks`. What is run together,
//! as in `alexexample`, is one word, and a name or a phrase has to fill it.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::search::Search;
use super::words::is_of_a_word;
use crate::text::{fold_into, is_arabic};

/// What stands in names, folded, beside what tells people apart; shorter words do that in no case.
const PARTICLES: [&str; 31] = [
    "abd",
    "abdel",
    "abdul",
    "abou",
    "abu",
    "and",
    "ben",
    "bin",
    "bint",
    "del",
    "den",
    "der",
    "eng",
    "for",
    "ibn",
    "prof",
    "sheikh",
    "the",
    "umm",
    "van",
    "von",
    "ابا",
    "ابن",
    "ابنه",
    "ابو",
    "ابي",
    "استاذ",
    "بنت",
    "دكتور",
    "شيخ",
    "عبد",
];

/// The shortest part of a name that tells people apart, in letters.
const SHORTEST: usize = 3;

/// How many parts of a name, and how many bytes of a word, are looked at where words may be run together.
const MOST_PARTS: usize = 16;
const MOST_BYTES: usize = 128;

/// The Arabic article.
pub(super) const ARTICLE: &str = "ال";

/// What else may be written together with an Arabic word that it stands before.
const PREFIXES: [&str; 6] = ["وال", "فال", "بال", "كال", "لل", "و"];

/// The words of a text, folded.
#[derive(Default)]
pub(in crate::expr) struct Words {
    letters: String,
    ends: Vec<usize>,
}

impl Words {
    /// Takes a text apart.
    pub(in crate::expr) fn of(text: &str) -> Self {
        let mut words = Self::default();
        // Letters of the two scripts at hand have no compatibility forms; what has any is taken apart first.
        if text.chars().all(|c| c.is_ascii() || is_arabic(c)) {
            words.read(text.chars());
        } else {
            words.read(text.nfkd());
        }
        words
    }

    fn read(&mut self, characters: impl Iterator<Item = char>) {
        let mut characters = characters.filter(|c| !is_silent(*c)).peekable();
        let mut before = ' ';
        while let Some(character) = characters.next() {
            let next = characters.peek().copied().unwrap_or(' ');
            if ends_word(before, character, next) {
                self.end(before);
            }
            if is_of_a_word(character) {
                fold_into(&mut self.letters, character);
            }
            before = character;
        }
        self.end(before);
    }

    /// Ends the word whose last letter was read, if there is one.
    fn end(&mut self, last: char) {
        let start = self.ends.last().copied().unwrap_or(0);
        let word = self.letters.get(start..).unwrap_or("");
        // Folded, the preposition `على` would be the name `علي`.
        if word == "علي" && last == 'ى' {
            self.letters.truncate(start);
        } else if !word.is_empty() {
            self.ends.push(self.letters.len());
        }
    }

    pub(super) fn get(&self, place: usize) -> Option<&str> {
        let start = match place.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.letters.get(start..*self.ends.get(place)?)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).filter_map(|place| self.get(place))
    }

    /// Makes these words ready to be searched for phrases, which may begin at a word with and without what Arabic
    /// writes together with it.
    pub(in crate::expr) fn search(&self) -> Search<'_> {
        let all = PREFIXES.iter().chain([&ARTICLE]);
        Search::new(self, |word| {
            all.clone().filter_map(move |prefix| without(word, prefix))
        })
    }
}

/// What may stand in a text: its words folded, without articles and without what is between them.
#[derive(Clone, Debug)]
pub(crate) struct Phrase(String);

impl Phrase {
    /// Takes a phrase apart.
    pub(crate) fn of(phrase: &str) -> Self {
        Self(Words::of(phrase).iter().map(bare).collect())
    }

    /// Its letters.
    pub(super) fn letters(&self) -> &str {
        &self.0
    }
}

/// Whether a text holds a part of a name that tells people apart, or several of its parts run together, in
/// their order: a handle may leave some of them out. What that costs has to be afforded.
pub(in crate::expr) fn contains_name<E>(
    text: &str,
    name: &str,
    afford: impl Fn(usize) -> Result<(), E>,
) -> Result<bool, E> {
    // A handle in Latin letters is held against names in Arabic ones, too, and most are of one script.
    if (text.is_ascii() && is_plain_arabic(name)) || (name.is_ascii() && is_plain_arabic(text)) {
        return Ok(false);
    }
    shares_words(&Words::of(text), &Words::of(name), afford)
}

fn shares_words<E>(
    text: &Words,
    name: &Words,
    afford: impl Fn(usize) -> Result<(), E>,
) -> Result<bool, E> {
    let parts: Vec<&str> = name.iter().map(bare).collect();
    let telling: BTreeSet<&str> = parts.iter().copied().filter(|part| tells(part)).collect();
    let search = Search::new(text, |word| without(word, ARTICLE));
    for part in telling {
        if search.finds(part, &afford)? {
            return Ok(true);
        }
    }
    Ok(text.iter().any(|word| is_run_together(word, &parts)))
}

/// Whether no letter or digit of a text can be folded into one of ASCII.
fn is_plain_arabic(text: &str) -> bool {
    text.chars().all(|character| match character {
        '\0'..='\x7f' => !character.is_ascii_alphanumeric(),
        '٠'..='٩' => false,
        _ => is_arabic(character),
    })
}

/// Whether a word is made of parts of a name, in their order, of which one at least tells people apart.
fn is_run_together(word: &str, parts: &[&str]) -> bool {
    if word.len() > MOST_BYTES {
        return false;
    }
    // Two parts that say nothing alone are a name together, as in `عبدالله`.
    let is_long = word.chars().nth(2 * SHORTEST - 1).is_some();
    // How far the parts so far can reach into the word, and whether one of them tells.
    let mut reached = vec![(word, false)];
    for part in parts.iter().take(MOST_PARTS) {
        for place in 0..reached.len() {
            let (rest, told) = reached[place];
            for rest in [Some(rest), rest.strip_prefix(ARTICLE)] {
                if let Some(rest) = rest.and_then(|rest| rest.strip_prefix(part)) {
                    let found = (rest, told || tells(part) || (is_long && place > 0));
                    if found == ("", true) {
                        return true;
                    }
                    if !reached.contains(&found) {
                        reached.push(found);
                    }
                }
            }
        }
    }
    false
}

/// Whether a part of a name tells people apart.
fn tells(part: &str) -> bool {
    part.chars().nth(SHORTEST - 1).is_some() && !PARTICLES.contains(&part)
}

/// A word without the Arabic article.
pub(super) fn bare(word: &str) -> &str {
    without(word, ARTICLE).unwrap_or(word)
}

/// A word without what is written together with it, if that leaves a word.
fn without<'w>(word: &'w str, prefix: &str) -> Option<&'w str> {
    let rest = word.strip_prefix(prefix)?;
    rest.chars().nth(1).map(|_| rest)
}

/// Whether a character belongs to the word around it without being one of its letters: marks, apostrophes,
/// and what is not seen.
const fn is_silent(character: char) -> bool {
    matches!(
        character,
        '\'' | '`' | '\u{2018}' | '\u{2019}' | '\u{2b9}'..='\u{2bf}'
            | 'ـ' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{300}'..='\u{36f}'
            | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

/// Whether a word ends between two characters; `next` stands behind the second.
fn ends_word(before: char, character: char, next: char) -> bool {
    let is_capital = character.is_uppercase()
        && (before.is_lowercase() || (before.is_uppercase() && next.is_lowercase()));
    is_capital
        || !is_of_a_word(character)
        || (is_of_a_word(before) && before.is_numeric() != character.is_numeric())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::search::ALL;
    use super::*;

    fn contains_name(text: &str, name: &str) -> bool {
        let Ok(found) = super::contains_name(text, name, ALL);
        found
    }

    proptest! {
        #[test]
        fn texts_of_two_scripts_share_no_words(
            latin in "([a-zA-Z_. -]|1){0,6}",
            other in "([ء-ي ـً-ٟ.-]|عبد|الله|١|1){0,6}",
        ) {
            for (text, name) in [(&latin, &other), (&other, &latin)] {
                let Ok(shared) = shares_words(&Words::of(text), &Words::of(name), ALL);
                prop_assert_eq!(contains_name(text, name), shared);
            }
        }
    }

    /// Handles and display names, with names of which a part stands there.
    const FOUND: [(&str, &str); 37] = [
        ("moh_khalid_spox", "Khalid A. Example"),
        ("alex_speaks", "Alex Example"),
        ("alexSpeaks", "Alex Example"),
        ("alex.speaks", "Alex Example"),
        ("alex2026", "Alex Example"),
        ("2026alex", "Alex Example"),
        ("MOHAlex", "Alex Example"),
        ("ALEX_MOH", "alex example"),
        ("ali_spokesman", "Ali Example"),
        ("alexexample", "Alex Example"),
        ("alexmexample", "Alex M. Example"),
        ("aexample", "A. Example"),
        ("khalidalahmad", "Khalid bin Saad Al-Ahmad"),
        ("khalidahmad", "Khalid bin Saad Al-Ahmad"),
        ("khalidbinsaad", "Khalid bin Saad Al-Ahmad"),
        ("fulanAlFulani", "Fulan Al-Fulani"),
        ("AlFulani", "Alfulani"),
        ("alfulani", "Al Fulani"),
        ("spokesman_alahmad", "Alahmad"),
        ("mcdonald_moh", "Pat McDonald"),
        ("McDonald", "Pat Mcdonald"),
        ("saadi", "Sa'adi"),
        ("Sa‘adi", "Saadi"),
        ("hamad", "Ḥamad"),
        ("ｈａｍａｄ", "Hamad"),
        ("Jose_press", "José"),
        ("خالد_المتحدث", "خالد الأحمد"),
        ("المتحدث خالد", "خَالِد بن سعد"),
        ("القحطاني", "فلان القحطاني"),
        ("قحطاني_رسمي", "فلان القحطاني"),
        ("خالدالقحطاني", "خالد بن سعد القحطاني"),
        ("أحمــد", "احمد"),
        ("حساب احمد ١٤٤٧", "أحمد"),
        ("عبدالله_المتحدث", "عبد الله بن فلان"),
        ("عبد الله", "عبدالله"),
        ("فاطمه", "فاطمة"),
        ("علي_المتحدث", "علي فلان"),
    ];

    /// The same without any.
    const NOT_FOUND: [(&str, &str); 21] = [
        ("water_quality", "Ali Bo"),
        ("quality", "Ali Example"),
        ("moh_spokesman", "Bo Li"),
        ("supreme_court", "Prem Example"),
        ("rashidiyah_centre", "Rashid Example"),
        ("abu_dhabi_media", "Khalid Abu Bakr"),
        ("bin_office", "Khalid bin Saad"),
        ("al_media", "Fulan Al-Fulani"),
        ("albin", "Al Bin Example"),
        ("example_office", "Alex Other"),
        ("exampleoffice", "Example Other"),
        ("The agency", "Keeper of the Seal"),
        ("", "Alex"),
        ("alex", ""),
        ("المشرف العام على الإعلام", "علي فلان"),
        ("خالدية", "خالد فلان"),
        ("الرياض", "فلان بن ريا"),
        ("أبو ظبي", "خالد أبو بكر"),
        ("مكتب ابن", "خالد ابن سعد"),
        ("المتحدث الرسمي", "فلان بن فلان"),
        ("khalid", "خالد"),
    ];

    #[test]
    fn a_name_is_found_in_handles_and_display_names_of_both_scripts() {
        for (text, name) in FOUND {
            assert!(contains_name(text, name), "{name} in {text}");
        }
    }

    #[test]
    fn a_name_is_not_found_within_longer_words_nor_by_what_many_names_share() {
        for (text, name) in NOT_FOUND {
            assert!(!contains_name(text, name), "{name} in {text}");
        }
    }

    fn mentions(text: &str, phrase: &str) -> bool {
        let text = Words::of(text);
        let Ok(found) = text.search().mentions(&Phrase::of(phrase), ALL);
        found
    }

    #[test]
    fn a_phrase_is_found_from_the_beginning_of_a_word_to_the_end_of_one() {
        for (text, phrase) in [
            ("Spokesperson of the Water Agency", "spokesperson"),
            ("moh_spokesperson", "spokesperson"),
            ("mohSpokesperson", "spokesperson"),
            ("MOHSpokesperson2", "spokesperson"),
            ("Director General, Media", "director general"),
            ("DirectorGeneral", "director-general"),
            ("directorgeneral", "Director General"),
            ("under-secretary", "undersecretary"),
            ("under secretary", "undersecretary"),
            ("المتحدث الرسمي للوزارة", "المتحدث الرسمي"),
            ("متحدث رسمي", "المتحدث الرسمي"),
            ("كاتب ومتحدث رسمي", "المتحدث الرسمي"),
            ("مكتب للمتحدث الرسمي", "متحدث رسمي"),
            ("#المتحدث_الرسمي", "متحدث رسمي"),
            ("وَكِيل الوزارة", "وكيل وزارة"),
            ("وزير سابق", "الوزير"),
            ("هذا حساب شخصي.", "حساب شخصي"),
            ("الحساب الشخصي", "حساب شخصي"),
            ("المشرف على الإعلام", "مشرف على إعلام"),
        ] {
            assert!(mentions(text, phrase), "{phrase} in {text}");
        }
    }

    #[test]
    fn a_phrase_is_not_found_within_words_nor_in_parts() {
        for (text, phrase) in [
            ("administers", "minister"),
            ("mohspokesperson", "spokesperson"),
            ("director of a general store", "director general"),
            ("general director", "director general"),
            ("director", "director general"),
            ("حسابات شخصية", "حساب شخصي"),
            ("وزيرة", "وزير"),
            ("مستشارية", "مستشار"),
            ("متحدث", "متحدث رسمي"),
            ("any", ""),
            ("any", "…"),
            ("", "any"),
        ] {
            assert!(!mentions(text, phrase), "{phrase} in {text}");
        }
    }

    #[test]
    fn long_names_and_words_are_looked_at_in_a_bounded_way() {
        let name = "a ".repeat(50_000);
        let word = "a".repeat(50_000) + "b";
        assert!(!contains_name(&word, &name));
        assert!(!contains_name(&"ab ".repeat(1_000), &"ab ".repeat(1_000)));
    }
}
