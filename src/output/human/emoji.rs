//! Emoji of several characters in the width of one: what stands for them until a snippet is drawn.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Emoji of several characters that are drawn as one, such as a family. Where carets stand is counted by characters,
/// so one character as wide stands for each until all is drawn.
#[derive(Debug, Default)]
pub(super) struct StandIns(Vec<String>);

/// The first of the characters that stand for others: nothing is assigned there, and all of them take two columns.
const STAND_IN: u32 = 0x3_e000;
const MOST_STAND_INS: usize = 0x1000;

impl StandIns {
    /// The character that stands for an emoji.
    pub(super) fn take(&mut self, emoji: &str) -> Option<char> {
        let number = u32::try_from(self.0.len()).ok()?;
        let character =
            char::from_u32(STAND_IN + number).filter(|_| self.0.len() < MOST_STAND_INS)?;
        self.0.push(emoji.to_owned());
        Some(character)
    }

    /// What was drawn, with the emoji in their places.
    pub(super) fn restore(&self, drawn: String) -> String {
        if self.0.is_empty() {
            return drawn;
        }
        let mut restored = String::with_capacity(drawn.len() * 2);
        for character in drawn.chars() {
            let number = u32::from(character).checked_sub(STAND_IN);
            let emoji = number.and_then(|number| self.0.get(number as usize));
            match emoji {
                Some(emoji) => restored.push_str(emoji),
                None => restored.push(character),
            }
        }
        restored
    }
}

/// How long the emoji is that a text begins with, if it is one of several characters in two columns, or a character
/// that stands for one.
pub(super) fn emoji_length(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    let (_, first) = chars.next()?;
    if (STAND_IN..STAND_IN + 0x1000).contains(&u32::from(first)) {
        return Some(first.len_utf8());
    }
    let is_wide = |character: char| character.width() == Some(2);
    let is_sign =
        |character: char| matches!(character, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}');
    if !is_wide(first) && !is_sign(first) {
        return None;
    }
    let mut length = first.len_utf8();
    let mut is_joined = false;
    for (at, character) in chars {
        let goes_on = match character {
            '\u{200d}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' => true,
            _ => is_joined && (is_wide(character) || is_sign(character)),
        };
        if !goes_on {
            break;
        }
        is_joined = character == '\u{200d}';
        length = at + character.len_utf8();
    }
    let emoji = text.get(..length)?;
    let is_one = emoji.width() == 2 && emoji.chars().filter_map(char::width).sum::<usize>() != 2;
    is_one.then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::human::line::Line;
    use crate::output::words::columns;

    #[test]
    fn an_emoji_of_several_characters_is_one_cell() {
        for (text, length) in [("👩‍👩‍👧 x", 18), ("👍🏽", 8), ("❤️", 6), ("🏳️‍🌈", 14), ("👩‍⚕️a", 13)]
        {
            assert_eq!(emoji_length(text), Some(length), "{text}");
        }
        for text in [
            "",
            "a",
            "🚀",
            "教育",
            "ه\u{200d}",
            "→",
            "س\u{200d}🚀",
            "🚀🚀",
        ] {
            assert_eq!(emoji_length(text), None, "{text}");
        }
    }

    #[test]
    fn what_stands_for_an_emoji_is_put_back_and_a_file_cannot_pretend() {
        let mut stand_ins = StandIns::default();
        let text = "👩‍👩‍👧 \u{3e000} 👍🏽";
        let line = Line::new(text, &[], 80, false, &mut stand_ins).text;
        assert_eq!(line, "\u{3e000} \u{3e001} \u{3e002}");
        assert_eq!(columns(&line), 8);
        assert_eq!(stand_ins.restore(line), text);
    }
}
