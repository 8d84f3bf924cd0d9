//! The words of the built-in texts, in both languages: nothing is missing, nothing is left untranslated, and none of the
//! slips that are easily made in typing Arabic.

mod files;
mod rust;
mod slips;

use slips::{HAMZA, LAST_LETTER};

/// Latin words that stand in Arabic sentences as they are.
const NAMES: [(&str, &str); 17] = [
    ("spokeslint", "the name of the program"),
    ("YAML", "the name of a format"),
    ("JSON", "the name of a format"),
    ("HTML", "the name of a format"),
    ("UTF", "the name of an encoding, UTF-8"),
    ("Unicode", "the name of a standard"),
    ("ISO", "the name of a standard"),
    ("UTS", "the name of a standard, UTS 39"),
    ("CEL", "the name of the rule language"),
    (
        "OSMACC",
        "the number of a framework, as its publisher writes it",
    ),
    (
        "ECC",
        "the number of a framework, as its publisher writes it",
    ),
    ("NARA", "the number of a bulletin begins with it"),
    (
        "NCA",
        "the mark of an authority in the numbers of its documents",
    ),
    ("GSA", "an agency that is known by its letters"),
    ("MFA", "known by its letters"),
    ("SMS", "known by its letters"),
    ("X", "the name of a platform"),
];

/// What is wrong with a text, in words; nothing if all is well.
pub(crate) fn faults(en: &str, ar: &str) -> Vec<String> {
    let mut found = in_english(en);
    found.extend(in_arabic(ar));
    if prose(en).contains(char::is_alphabetic) && !ar.contains(is_arabic) {
        found.push("no Arabic".to_owned());
    }
    if placeholders(en) != placeholders(ar) {
        found.push("the placeholders differ".to_owned());
    }
    found
}

/// What is wrong with an English text.
pub(crate) fn in_english(en: &str) -> Vec<String> {
    let prose = prose(en);
    let mut found = Vec::new();
    let bare = without_quotes(&prose);
    if en.trim().is_empty() {
        found.push("no English".to_owned());
    }
    if bare.contains(is_arabic) || bare.contains(['،', '؛', '؟']) {
        found.push("Arabic in English".to_owned());
    }
    if prose.contains("  ") {
        found.push("two blanks".to_owned());
    }
    found
}

/// What is wrong with an Arabic text.
pub(crate) fn in_arabic(ar: &str) -> Vec<String> {
    let prose = prose(ar);
    let mut found: Vec<String> = latin_words(&prose)
        .map(|word| format!("`{word}` is not Arabic"))
        .collect();
    let mut fault = |is_found: bool, words: &str| {
        if is_found {
            found.push(words.to_owned());
        }
    };
    fault(prose.contains("  "), "two blanks");
    fault(prose.contains(['"', '“', '”']), "quotes other than «»");
    fault(
        prose.matches('«').count() != prose.matches('»').count(),
        "a quote without its partner",
    );
    fault(
        has_latin_marks(&prose),
        "a Latin comma, semicolon or question mark",
    );
    fault(
        prose.contains([' ']) && prose.contains(" ،"),
        "a blank before a comma",
    );
    fault(
        prose.contains(|c| matches!(c, '٠'..='٩' | '۰'..='۹')),
        "digits other than those of all our texts",
    );
    fault(
        has_bare_day(&prose),
        "a date that stands bare, which the sentence turns around",
    );
    fault(has_tatweel(ar), "a tatweel");
    fault(
        ar.contains(|c| matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | 'ی' | 'ک' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')),
        "a character that is not seen or only looks Arabic",
    );
    let words = prose.split(|c: char| !(is_arabic(c) || is_vowel(c)));
    for word in words {
        let bare: String = word.chars().filter(|c| !is_vowel(*c)).collect();
        let stem = bare.strip_prefix('و').unwrap_or(&bare);
        let known = |list: &[(&'static str, &'static str)]| {
            list.iter()
                .copied()
                .find(|(slip, _)| *slip == bare || *slip == stem)
        };
        if let Some((slip, right)) = known(&HAMZA).or_else(|| known(&LAST_LETTER)) {
            found.push(format!("«{slip}» is written «{right}»"));
        }
    }
    found
}

/// A text without its code and its placeholders.
fn prose(text: &str) -> String {
    let mut prose = String::new();
    let mut is_code = false;
    let mut depth = 0;
    for character in text.chars() {
        match character {
            '`' => is_code = !is_code,
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if !is_code && depth <= 0 => {
                prose.push(character);
                continue;
            }
            _ => continue,
        }
        // Something stands there.
        if !prose.ends_with('\u{fffc}') {
            prose.push('\u{fffc}');
        }
    }
    prose
}

/// A text without what stands between quotes or brackets.
fn without_quotes(text: &str) -> String {
    let mut close = None;
    let mut bare = String::new();
    for character in text.chars() {
        match (close, character) {
            (Some(end), found) if found == end => close = None,
            (Some(_), _) => {}
            (None, '"') => close = Some('"'),
            (None, '“') => close = Some('”'),
            (None, '«') => close = Some('»'),
            (None, '(') => close = Some(')'),
            (None, other) => bare.push(other),
        }
    }
    bare
}

/// The `{…}` placeholders of a text, sorted; a name that says its language stands for both.
fn placeholders(text: &str) -> Vec<String> {
    let mut found: Vec<String> = text
        .replace("{{", "")
        .replace("}}", "")
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .map(|name| match name {
            "en" | "ar" => String::new(),
            name => name
                .trim_end_matches("_en")
                .trim_end_matches("_ar")
                .to_owned(),
        })
        .collect();
    found.sort_unstable();
    found
}

fn latin_words(prose: &str) -> impl Iterator<Item = &str> {
    prose
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty() && NAMES.iter().all(|(name, _)| name != word))
}

/// A comma, semicolon or question mark of the other script; between digits a comma parts the thousands.
fn has_latin_marks(prose: &str) -> bool {
    let characters: Vec<char> = prose.chars().collect();
    let is_digit = |at: Option<usize>| {
        at.and_then(|at| characters.get(at))
            .is_some_and(char::is_ascii_digit)
    };
    characters
        .iter()
        .enumerate()
        .any(|(at, character)| match character {
            ',' => !(is_digit(at.checked_sub(1)) && is_digit(at.checked_add(1))),
            ';' | '?' => true,
            _ => false,
        })
}

/// Whether something like `2018-07` stands outside of code.
fn has_bare_day(prose: &str) -> bool {
    prose.as_bytes().windows(7).any(|window| {
        let (digits, dash): (Vec<u8>, u8) = ([&window[..4], &window[5..]].concat(), window[4]);
        dash == b'-' && digits.iter().all(u8::is_ascii_digit)
    })
}

/// Whether a word is drawn out: the stroke belongs behind a letter that stands for a word (بـ) or in the mark of a date.
fn has_tatweel(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    characters.iter().enumerate().any(|(at, character)| {
        let before = at.checked_sub(1).and_then(|at| characters.get(at));
        let after = characters.get(at + 1);
        *character == 'ـ'
            && (!matches!(before, Some('ب' | 'ل' | 'ك' | 'ه'))
                || after.is_some_and(|c| is_arabic(*c)))
    })
}

fn is_arabic(character: char) -> bool {
    matches!(character, '\u{621}'..='\u{63f}' | '\u{641}'..='\u{64a}' | '\u{671}'..='\u{6d3}')
}

const fn is_vowel(character: char) -> bool {
    matches!(character, '\u{64b}'..='\u{652}' | '\u{670}')
}

/// A text with each fault: English, Arabic, and what is said of it.
const FAULTY: [(&str, &str, &str); 23] = [
    ("", "حساب", "no English"),
    ("an account", "`code`", "no Arabic"),
    ("the account حساب", "حساب", "Arabic in English"),
    ("an account،", "حساب", "Arabic in English"),
    ("an  account", "حساب", "two blanks"),
    ("an account", "حساب  رسمي", "two blanks"),
    ("an account", "حساب account", "`account` is not Arabic"),
    ("an `a` and {b}", "حساب `a`", "the placeholders differ"),
    ("an account", "حساب \"رسمي\"", "quotes other than «»"),
    ("an account", "حساب «رسمي", "a quote without its partner"),
    (
        "an account",
        "حساب, رسمي",
        "a Latin comma, semicolon or question mark",
    ),
    (
        "an account",
        "هل هو حساب?",
        "a Latin comma, semicolon or question mark",
    ),
    ("an account", "حساب ، رسمي", "a blank before a comma"),
    (
        "7 days",
        "٧ أيام",
        "digits other than those of all our texts",
    ),
    (
        "on 2018-07-10",
        "في 2018-07-10",
        "a date that stands bare, which the sentence turns around",
    ),
    ("an account", "حســاب", "a tatweel"),
    (
        "an account",
        "حساب\u{200f}",
        "a character that is not seen or only looks Arabic",
    ),
    (
        "an account",
        "حساب رسمی",
        "a character that is not seen or only looks Arabic",
    ),
    ("to the agency", "الى الجهة", "«الى» is written «إلى»"),
    ("and that", "وان الحساب", "«ان» is written «أن»"),
    ("an agreement", "إتفاق", "«إتفاق» is written «اتفاق»"),
    ("the agency", "الجهه", "«الجهه» is written «الجهة»"),
    ("in it", "فية حساب", "«فية» is written «فيه»"),
];

#[test]
fn each_fault_is_seen() {
    for (en, ar, fault) in FAULTY {
        assert!(
            faults(en, ar).contains(&fault.to_owned()),
            "{en} / {ar}: {:?}",
            faults(en, ar)
        );
    }
    for (en, ar) in [
        ("`code`", "`code`"),
        ("36,525 days", "36,525 يومًا"),
        ("\"حساب شخصي\" is {en}", "«حساب شخصي» {ar}"),
        ("begins with `a` in 1441 AH", "يبدأ بـ `a` في 1441 هـ"),
        ("YAML, UTF-8", "بصيغة YAML وترميز UTF-8"),
        ("OSMACC-1:2021", "الضوابط OSMACC-1:2021"),
    ] {
        assert_eq!(faults(en, ar), Vec::<String>::new(), "{en} / {ar}");
    }
}
