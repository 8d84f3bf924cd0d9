//! Text without the differences that readers do not see as such: case, variants of Arabic letters, diacritics, tatweel,
//! digits of other scripts, and characters that stand for a letter in one of its shapes.

use unicode_normalization::UnicodeNormalization;

/// Text in one spelling out of those that mean the same to a reader.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    // Letters of the two scripts at hand have no compatibility forms; what has any is taken apart first.
    if text.chars().all(|c| c.is_ascii() || is_arabic(c)) {
        text.chars()
            .for_each(|character| fold_into(&mut folded, character));
    } else {
        text.nfkd()
            .for_each(|character| fold_into(&mut folded, character));
    }
    folded
}

/// Adds a character, taken apart where it has a compatibility form, as it is in a folded text.
pub(crate) fn fold_into(folded: &mut String, character: char) {
    if let Some(value) = digit(character) {
        folded.extend(char::from_digit(value, 10));
        return;
    }
    match character {
        'ـ' | '\u{200c}' | '\u{200d}' => {}
        _ if is_diacritic(character) => {}
        'آ' | 'أ' | 'إ' | '\u{671}'..='\u{673}' => folded.push('ا'),
        'ى' | 'ئ' | 'ی' | 'ې' => folded.push('ي'),
        'ة' | 'ۃ' | 'ە' | 'ہ' | 'ۀ' | 'ھ' => folded.push('ه'),
        'ؤ' => folded.push('و'),
        'ک' | 'ڪ' => folded.push('ك'),
        _ if is_arabic(character) => folded.push(character),
        // The small final sigma is a shape of its letter as well.
        'ς' => folded.push('σ'),
        _ => folded.extend(character.to_lowercase()),
    }
}

/// What a digit counts, in Western (0–9), Arabic-Indic (٠–٩) or extended Arabic-Indic (۰–۹) form.
pub(crate) fn digit(character: char) -> Option<u32> {
    let zero = zero_of(character)?;
    Some(u32::from(character) - u32::from(zero))
}

/// The zero of the digits that a digit belongs to.
pub(crate) const fn zero_of(digit: char) -> Option<char> {
    match digit {
        '0'..='9' => Some('0'),
        '\u{660}'..='\u{669}' => Some('\u{660}'),
        '\u{6f0}'..='\u{6f9}' => Some('\u{6f0}'),
        _ => None,
    }
}

/// Marks above and below letters, Latin and Arabic, and the choice of a glyph.
const fn is_diacritic(character: char) -> bool {
    matches!(
        character,
        '\u{300}'..='\u{36f}'
            | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{6d6}'..='\u{6dc}'
            | '\u{6df}'..='\u{6e4}'
            | '\u{6e7}'..='\u{6e8}'
            | '\u{6ea}'..='\u{6ed}'
            | '\u{8ca}'..='\u{8e1}'
            | '\u{8e3}'..='\u{8ff}'
            | '\u{fe00}'..='\u{fe0f}'
    )
}

/// The letters, marks and digits that Arabic is written with; none has a case.
pub(crate) const fn is_arabic(character: char) -> bool {
    matches!(character, '\u{620}'..='\u{669}' | '\u{670}' | '\u{671}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_sees_through_letter_variants() {
        assert_eq!(fold("إدَارَة الأمَانـــة"), fold("اداره الامانه"));
        assert_eq!(fold("Ministry ١٤٣٩ ۱۴۳۹"), "ministry 1439 1439");
        assert_eq!(fold("ﻻ ＡＢ É ى مؤسسة"), fold("لا ab é ي موسسه"));
    }

    #[test]
    fn what_is_folded_is_not_changed_by_folding_again() {
        for text in [
            "إدَارَة الأمَانـــة",
            "ﷲ ﻼ ﭐ ﷺ",
            "کلید یک ۀ ھ",
            "Ǆ ß ΣΑΣ İ",
            "١۲3",
        ] {
            let folded = fold(text);
            assert_eq!(fold(&folded), folded, "{text}");
        }
    }

    #[test]
    fn digits_count_the_same_in_three_forms() {
        for zero in ['0', '٠', '۰'] {
            let digits = (0..10).filter_map(|n| char::from_u32(u32::from(zero) + n));
            assert!(digits.map(digit).eq((0..10).map(Some)));
        }
        assert_eq!(
            ["a", "½", "෦"].map(|text| text.chars().find_map(digit)),
            [None; 3]
        );
    }
}
