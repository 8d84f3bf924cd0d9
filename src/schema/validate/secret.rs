//! Keys that look as if a secret stood behind them.

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
pub(crate) fn is_secret(key: &str) -> bool {
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
}
