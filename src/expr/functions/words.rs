//! What the functions of our own do with text.

use unicode_normalization::UnicodeNormalization;

use crate::expr::program::Function;
use crate::looks::{self, Spot};

/// Text without the differences that readers do not see as such: case, Arabic letter variants (alef
/// with its hamzas, final ya and ta marbuta), diacritics, tatweel, digits of other scripts.
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

pub(super) fn fold_into(folded: &mut String, character: char) {
    match character {
        'ـ' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{300}'..='\u{36f}' => {}
        'آ' | 'أ' | 'إ' | 'ٱ' => folded.push('ا'),
        'ى' | 'ئ' => folded.push('ي'),
        'ة' => folded.push('ه'),
        'ؤ' => folded.push('و'),
        '٠'..='٩' | '۰'..='۹' => {
            let zero = if character < '۰' { '٠' } else { '۰' };
            let digit = u32::from(character) - u32::from(zero);
            folded.extend(char::from_digit(digit, 10));
        }
        _ if is_arabic(character) => folded.push(character),
        _ => folded.extend(character.to_lowercase()),
    }
}

/// Text that is equal for texts that look alike.
pub(in crate::expr) fn skeleton(text: &str) -> String {
    looks::skeleton(text, fold)
}

/// The first few characters for which a function says that a text has such.
pub(in crate::expr) fn spots(function: Function, text: &str, most: usize) -> Vec<Spot> {
    match function {
        Function::MixesScripts => looks::mixed(text).into_iter().take(most).collect(),
        Function::ContainsHidden => looks::hidden(text).take(most).collect(),
        Function::ContainsStray => looks::stray(text).take(most).collect(),
        _ => Vec::new(),
    }
}

/// The letters, marks and digits that Arabic is written with; none has a case.
pub(super) const fn is_arabic(character: char) -> bool {
    matches!(character, '\u{620}'..='\u{669}' | '\u{670}' | '\u{671}')
}

/// Whether a character belongs to a word.
pub(super) fn is_of_a_word(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || matches!(character, '\u{620}'..='\u{64a}')
        || (!character.is_ascii() && character.is_alphanumeric())
}

/// The host of an address, in lower case and without `www.`; empty when it has none.
pub(in crate::expr) fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = authority.rsplit('@').next().unwrap_or("");
    let host = host.split(':').next().unwrap_or("").to_ascii_lowercase();
    host.strip_prefix("www.")
        .map_or_else(|| host.clone(), str::to_owned)
}

/// What stands behind the `@` of an address, in lower case; empty when there is none.
pub(in crate::expr) fn domain(email: &str) -> String {
    email
        .rsplit_once('@')
        .map_or_else(String::new, |(_, domain)| domain.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folding_sees_through_letter_variants() {
        assert_eq!(fold("إدَارَة الأمَانـــة"), fold("اداره الامانه"));
        assert_eq!(fold("Ministry ١٤٣٩ ۱۴۳۹"), "ministry 1439 1439");
        assert_eq!(fold("ﻻ ＡＢ É ى مؤسسة"), fold("لا ab é ي موسسه"));
    }

    #[test]
    fn hosts_and_domains_are_lower_case_and_bare() {
        assert_eq!(host("https://WWW.Example.sa:443/a?b"), "example.sa");
        assert_eq!(host("https://user@x.com"), "x.com");
        assert_eq!(host("x.com/a"), "");
        assert_eq!(domain("Press@MOE.example"), "moe.example");
        assert_eq!(domain("press"), "");
    }

    #[test]
    fn what_looks_alike_has_one_skeleton() {
        for (one, other) in [
            ("example_moh", "ехаmрlе_mоh"),
            ("example_moh", "exarnple_m0h"),
            ("EXAMPLE_MOH", "example_moh"),
            ("MOH_SA", "МОН_SA"),
            ("MOI_SA", "moi_sa"),
            ("MOI_SA", "МОІ_SA"),
            ("example", "exampIe"),
            ("example1", "examplel"),
            ("example_a", "_example__a_"),
            ("exam\u{200b}ple\u{202e}", "example"),
            ("ｅｘａｍｐｌｅ", "example"),
            ("𝐞𝐱𝐚𝐦𝐩𝐥𝐞", "example"),
            ("هيئة المياه", "هیئه المیاه"),
            ("كتاب", "کتاب"),
            ("سفارة ھنا", "سفارة هنا"),
            ("إدارة ١٤٤٧", "ادارة ۱۴۴۷"),
            ("ادارة 1447", "إدارة ١٤٤٧"),
            ("الـميـاه", "المياه"),
        ] {
            assert_eq!(skeleton(one), skeleton(other), "{one} {other}");
        }
    }

    #[test]
    fn what_is_told_apart_has_two_skeletons() {
        for (one, other) in [
            ("moi_sa", "mol_sa"),
            ("example_a", "examplea"),
            ("example_a", "example.a"),
            ("example5", "exampleo"),
            ("مياه", "مياة1"),
            ("example_sa", "example_as"),
        ] {
            assert_ne!(skeleton(one), skeleton(other), "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn case_and_ends_do_not_show_in_a_skeleton(text in "[a-hj-z0-9_.]{1,16}") {
            prop_assert_eq!(skeleton(&text.to_uppercase()), skeleton(&text));
            prop_assert_eq!(skeleton(&format!("_{text}__")), skeleton(&text));
        }
    }
}
