//! Words of a table in one spelling out of those that mean the same: case, marks, articles, spaces and underscores do
//! not count.

use std::collections::HashMap;

use crate::text::{digit, fold};

/// The words of a text, folded, without the Arabic article, one blank between each two.
pub(super) fn normal(text: &str) -> String {
    let folded = fold(text);
    let words = folded
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut normal = String::with_capacity(folded.len());
    for word in words {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.push_str(without_article(word));
    }
    normal
}

fn without_article(word: &str) -> &str {
    word.strip_prefix("ال")
        .filter(|rest| rest.chars().count() > 2)
        .unwrap_or(word)
}

/// The same without the blanks: `Linked In` is `LinkedIn`.
pub(super) fn compact(text: &str) -> String {
    let mut compact = normal(text);
    compact.retain(|character| character != ' ');
    compact
}

/// What each of some words means.
pub(super) struct Words<T>(HashMap<String, T>);

impl<T: Copy> Words<T> {
    pub(super) fn new(table: &[(T, &[&str])]) -> Self {
        let entries = table
            .iter()
            .flat_map(|(meaning, words)| words.iter().map(|word| (compact(word), *meaning)));
        Self(entries.collect())
    }

    /// What a cell means; `None` where it is none of the words.
    pub(super) fn get(&self, cell: &str) -> Option<T> {
        // No word is that long, and a cell may hold megabytes.
        (cell.len() <= 200)
            .then(|| self.0.get(&compact(cell)).copied())
            .flatten()
    }
}

/// A short name out of a text's Latin letters and digits; `None` where it has none.
pub(super) fn slug(text: &str) -> Option<String> {
    let mut slug = String::new();
    for character in fold(text).chars().take(400) {
        if character.is_ascii_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') && !is_apostrophe(character) {
            slug.push('-');
        }
        if slug.len() >= LONGEST_SLUG {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// A file is named after it, and file systems allow 255 bytes.
const LONGEST_SLUG: usize = 60;

const fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}')
}

/// A text with its digits as 0 to 9.
pub(super) fn with_plain_digits(text: &str) -> String {
    let plain = |c: char| digit(c).and_then(|value| char::from_digit(value, 10));
    text.chars().map(|c| plain(c).unwrap_or(c)).collect()
}

/// Whether a text holds a letter of the Arabic script.
pub(super) fn is_arabic(text: &str) -> bool {
    text.chars()
        .any(|character| matches!(character, '\u{620}'..='\u{64a}' | '\u{671}'..='\u{6d3}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_word_are_one() {
        for other in ["اسم_الجهة", " إسم  الجِهـــة ", "أسم جهه"] {
            assert_eq!(normal(other), normal("اسم الجهة"), "{other}");
        }
        assert_eq!(compact("Linked-In"), compact("LINKEDIN"));
        assert_eq!(normal("ألف"), "الف");
    }

    #[test]
    fn a_slug_is_a_sound_file_name_whatever_it_is_made_from() {
        assert_eq!(
            slug("Water & Power Agency (2018)").as_deref(),
            Some("water-power-agency-2018")
        );
        assert_eq!(slug("../../etc/passwd").as_deref(), Some("etc-passwd"));
        assert_eq!(slug("People's Agency").as_deref(), Some("peoples-agency"));
        assert_eq!(slug("هيئة المياه"), None);
        assert!(slug(&"é".repeat(1_000_000)).unwrap().len() <= LONGEST_SLUG);
    }
}
