//! Keys that look as if a secret stood behind them, and the means to keep that secret unseen.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// Words that name a secret.
const WORDS: [&str; 19] = [
    "apikey",
    "credential",
    "credentials",
    "otp",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "passwords",
    "pin",
    "privatekey",
    "pwd",
    "secret",
    "secretkey",
    "secrets",
    "token",
    "tokens",
    "totp",
    "السري",
];
/// Pairs of words that name a secret.
const PAIRS: [(&str, &str); 12] = [
    ("access", "key"),
    ("api", "key"),
    ("backup", "code"),
    ("backup", "codes"),
    ("private", "key"),
    ("recovery", "code"),
    ("recovery", "codes"),
    ("security", "answer"),
    ("security", "answers"),
    ("signing", "key"),
    ("كلمة", "السر"),
    ("كلمة", "المرور"),
];
/// How longer words end or begin that name a secret; `secretary` is none.
const ENDS: [&str; 3] = ["password", "secret", "token"];
/// Last words of keys that tell something about a secret and not the secret itself.
const ABOUT: [&str; 20] = [
    "at",
    "by",
    "changed",
    "custodian",
    "date",
    "expires",
    "holder",
    "keeper",
    "location",
    "manager",
    "on",
    "owner",
    "policy",
    "ref",
    "reference",
    "required",
    "rotated",
    "rules",
    "updated",
    "vault",
];

/// Whether a key looks as if a secret stood behind it: `password`, `x-api_key`, `mfaToken`; but not
/// `x-password-policy`, `opinion` or `secretary`.
pub(super) fn is_secret(key: &str) -> bool {
    if !may_be_secret(key) {
        return false;
    }
    let words = words(key);
    if words.last().is_some_and(|last| ABOUT.contains(&&**last)) {
        return false;
    }
    let named = |word: &String| {
        WORDS.contains(&&**word)
            || word.starts_with("password")
            || ENDS.iter().any(|end| word.ends_with(end))
    };
    let paired = |pair: &[String]| PAIRS.contains(&(&*pair[0], &*pair[1]));
    words.iter().any(named) || words.windows(2).any(paired)
}

/// Whether a key holds three letters of a word that names a secret, or letters that are not ASCII:
/// most keys do not, and are passed without being taken apart.
fn may_be_secret(key: &str) -> bool {
    let is_stem = |letters: &[u8]| {
        let letters = [letters[0], letters[1], letters[2]].map(|byte| byte.to_ascii_lowercase());
        matches!(
            &letters,
            b"ans" | b"cod" | b"cre" | b"key" | b"otp" | b"pas" | b"pin" | b"pwd" | b"sec" | b"tok"
        )
    };
    !key.is_ascii() || key.as_bytes().windows(3).any(is_stem)
}

/// The words of a key, in lower case: parted by anything but letters and digits, and where a capital
/// follows a small letter.
fn words(key: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small = false;
    for character in key.chars() {
        if !character.is_alphanumeric() || (small && character.is_uppercase()) {
            words.push(String::new());
        }
        small = character.is_lowercase();
        if character.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(character.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Makes diagnostics show a source with its secrets blotted out. Labels keep their spans: each
/// character gives way to one of the same length, and line breaks stay.
pub fn hide(diagnostics: &mut [Diagnostic], source: &Source, secrets: &[Span]) {
    if secrets.is_empty() {
        return;
    }
    let blotted = Arc::new(blot(source, secrets));
    for label in diagnostics.iter_mut().flat_map(|found| &mut found.labels) {
        if label.source.name() == source.name() {
            label.source = Arc::clone(&blotted);
        }
    }
}

fn blot(source: &Source, secrets: &[Span]) -> Source {
    let mut text = String::with_capacity(source.text().len());
    let mut spans = secrets.to_vec();
    spans.sort_unstable();
    let mut done = 0;
    for span in spans {
        let (start, end) = (span.start.max(done), span.end.max(done));
        text.push_str(source.slice(Span::new(done, start)));
        text.extend(source.slice(Span::new(start, end)).chars().map(blotted));
        done = end;
    }
    let length = crate::source::to_offset(source.text().len());
    text.push_str(source.slice(Span::new(done, length)));
    Source::new(source.name(), text)
}

/// A character that says nothing and takes as many bytes.
fn blotted(character: char) -> char {
    match character.len_utf8() {
        1 if character == '\n' || character == '\r' => character,
        1 => '*',
        2 => '·',
        3 => '•',
        _ => '🔒',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_name_a_secret_are_known_and_others_are_not() {
        let secret = [
            "password",
            "Password",
            "x-api_key",
            "apiKey",
            "access_token",
            "accesstoken",
            "mfaToken",
            "otp",
            "x-pin",
            "private-key",
            "PRIVATE_KEY",
            "dbpassword",
            "password1",
            "client_secret",
            "x-recovery-codes",
            "كلمة المرور",
            "كلمة_السر",
            "الرقم السري",
        ];
        for key in secret {
            assert!(is_secret(key), "{key}");
        }
        let harmless = [
            "opinion",
            "pinned",
            "secretary",
            "secretariat",
            "footprint",
            "x-password-policy",
            "x-token-rotated",
            "credential_ref",
            "key",
            "keys",
            "x-",
            "",
            "المرور",
        ];
        for key in harmless {
            assert!(!is_secret(key), "{key}");
        }
    }

    #[test]
    fn every_word_that_names_a_secret_is_taken_apart() {
        let pairs = PAIRS
            .iter()
            .flat_map(|(first, second)| [format!("{first}{second}")]);
        for word in WORDS
            .iter()
            .chain(&ENDS)
            .map(|word| (*word).to_owned())
            .chain(pairs)
        {
            assert!(may_be_secret(&word), "{word}");
        }
        assert!(!may_be_secret("supervised_by"));
    }

    #[test]
    fn a_blotted_source_keeps_its_lines_and_lengths() {
        let source = Source::new("a.yaml", "a: sé\nb: |\n  ل😀\n  y\nc: z\n");
        let blotted = blot(
            &source,
            &[Span::new(12, 24), Span::new(3, 6), Span::new(4, 6)],
        );
        assert_eq!(blotted.text(), "a: *·\nb: |\n**·🔒\n***\nc: z\n");
        assert_eq!(blotted.text().len(), source.text().len());
    }
}
