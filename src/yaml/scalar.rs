//! What a scalar means: the core schema of YAML 1.2.2, section 10.3.2.
//!
//! ```text
//! null   null Null NULL ~ (nothing)
//! bool   true True TRUE false False FALSE
//! int    [-+]? [0-9]+   0o [0-7]+   0x [0-9a-fA-F]+
//! float  [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
//!        [-+]? \. (inf | Inf | INF)   \. (nan | NaN | NAN)
//! ```

use crate::yaml::Scalar;

/// The meaning of a plain scalar without a tag.
pub(crate) fn resolve(text: &str) -> Scalar {
    let Some(first) = text.as_bytes().first() else {
        return Scalar::Null;
    };
    match first {
        b'0'..=b'9' | b'+' | b'-' | b'.' => number(text).unwrap_or(Scalar::Str),
        b'n' | b'N' | b'~' | b't' | b'T' | b'f' | b'F' => word(text),
        _ => Scalar::Str,
    }
}

fn word(text: &str) -> Scalar {
    match text {
        "null" | "Null" | "NULL" | "~" => Scalar::Null,
        "true" | "True" | "TRUE" => Scalar::Bool(true),
        "false" | "False" | "FALSE" => Scalar::Bool(false),
        _ => Scalar::Str,
    }
}

/// The meaning of a scalar under a tag of the core schema, by the tag's last part; `None` if the
/// text is no such thing.
pub(super) fn resolve_as(tag: &str, text: &str) -> Option<Scalar> {
    let plain = resolve(text);
    match (tag, plain) {
        ("str", _) => Some(Scalar::Str),
        ("null", Scalar::Null) | ("bool", Scalar::Bool(_)) | ("float", Scalar::Float(_)) => {
            Some(plain)
        }
        ("int", Scalar::Int(_)) => Some(plain),
        // An integer beyond `i64` is one all the same.
        ("int", Scalar::Float(_)) if is_integer(text) => Some(plain),
        ("float", Scalar::Int(_)) => text.parse().ok().map(Scalar::Float),
        _ => None,
    }
}

/// Returns whether a float is what is written: no integer beyond `i64`, unless a float `is_wanted`, nothing that became
/// infinite, and nothing that became zero. `.inf` and `.nan` are as they are.
pub(super) fn is_kept(text: &str, value: f64, is_wanted: bool) -> bool {
    let is_word = text.ends_with(['f', 'F', 'n', 'N']) && !text.starts_with("0x");
    let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
    let is_lost = value == 0.0 && mantissa.contains(|digit| matches!(digit, '1'..='9'));
    is_word || (value.is_finite() && !is_lost && (is_wanted || !is_integer(text)))
}

/// The first number of a JSON text that 64 bits cannot hold: an integer beyond `i64`, or another number that
/// would become infinite or zero.
pub fn number_beyond(json: &str) -> Option<&str> {
    let mut rest = json;
    loop {
        let at = rest.find(|c: char| c == '"' || c == '-' || c.is_ascii_digit())?;
        rest = rest.get(at..)?;
        if let Some(inner) = rest.strip_prefix('"') {
            rest = behind_string(inner)?;
            continue;
        }
        let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        let length = rest.find(|c| !is_of_number(c)).unwrap_or(rest.len());
        let (number, behind) = rest.split_at_checked(length)?;
        if let Some(Scalar::Float(value)) = self::number(number)
            && !is_kept(number, value, false)
        {
            return Some(number);
        }
        rest = behind;
    }
}

/// Returns the text after a JSON string whose opening quote has been read.
fn behind_string(inner: &str) -> Option<&str> {
    let mut is_escaped = false;
    let end = inner.find(|c| {
        let ends = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends
    })?;
    inner.get(end + 1..)
}

fn number(text: &str) -> Option<Scalar> {
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if is_digits(unsigned) {
        return text
            .parse()
            .map(Scalar::Int)
            .or_else(|_| text.parse().map(Scalar::Float))
            .ok();
    }
    let negative = text.starts_with('-');
    match unsigned {
        ".inf" | ".Inf" | ".INF" if negative => return Some(Scalar::Float(f64::NEG_INFINITY)),
        ".inf" | ".Inf" | ".INF" => return Some(Scalar::Float(f64::INFINITY)),
        ".nan" | ".NaN" | ".NAN" if unsigned.len() == text.len() => {
            return Some(Scalar::Float(f64::NAN));
        }
        _ => {}
    }
    is_decimal(unsigned)
        .then(|| text.parse().ok().map(Scalar::Float))
        .flatten()
}

fn is_integer(text: &str) -> bool {
    text.starts_with("0x")
        || text.starts_with("0o")
        || is_digits(text.strip_prefix(['+', '-']).unwrap_or(text))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether it has the shape of a float without its sign; what `f64` reads beyond that (`inf`, `1e`)
/// is no number here.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mantissa_holds = (is_digits(whole) && (fraction.is_empty() || is_digits(fraction)))
        || (whole.is_empty() && is_digits(fraction));
    mantissa_holds
        && exponent
            .is_none_or(|digits| is_digits(digits.strip_prefix(['+', '-']).unwrap_or(digits)))
}

fn radix(digits: &str, radix: u32) -> Option<Scalar> {
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    if let Ok(value) = i64::from_str_radix(digits, radix) {
        return Some(Scalar::Int(value));
    }
    let value = digits
        .chars()
        .filter_map(|digit| digit.to_digit(radix))
        .fold(0.0, |value, digit| {
            value * f64::from(radix) + f64::from(digit)
        });
    Some(Scalar::Float(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        let table = [
            ("", Scalar::Null),
            ("~", Scalar::Null),
            ("NULL", Scalar::Null),
            ("nULL", Scalar::Str),
            ("no", Scalar::Str),
            ("on", Scalar::Str),
            ("True", Scalar::Bool(true)),
            ("FALSE", Scalar::Bool(false)),
            ("12", Scalar::Int(12)),
            ("-0", Scalar::Int(0)),
            ("+7", Scalar::Int(7)),
            ("007", Scalar::Int(7)),
            ("0o17", Scalar::Int(15)),
            ("0x1F", Scalar::Int(31)),
            ("0o8", Scalar::Str),
            ("0x", Scalar::Str),
            ("-0x1", Scalar::Str),
            ("0b1", Scalar::Str),
            ("1_000", Scalar::Str),
            ("9223372036854775807", Scalar::Int(i64::MAX)),
            ("-9223372036854775808", Scalar::Int(i64::MIN)),
            (
                "9223372036854775808",
                Scalar::Float(9_223_372_036_854_775_808.0),
            ),
            (
                "0xFFFFFFFFFFFFFFFF",
                Scalar::Float(18_446_744_073_709_551_615.0),
            ),
            ("1.", Scalar::Float(1.0)),
            (".5", Scalar::Float(0.5)),
            ("-1.5e+3", Scalar::Float(-1500.0)),
            ("1e3", Scalar::Float(1000.0)),
            ("1e", Scalar::Str),
            (".", Scalar::Str),
            ("-", Scalar::Str),
            ("+.e3", Scalar::Str),
            (".inf", Scalar::Float(f64::INFINITY)),
            ("-.INF", Scalar::Float(f64::NEG_INFINITY)),
            ("inf", Scalar::Str),
            ("nan", Scalar::Str),
            ("-.nan", Scalar::Str),
            ("2018-07-10", Scalar::Str),
            ("2011-09", Scalar::Str),
            ("1.2.3", Scalar::Str),
            ("نعم", Scalar::Str),
        ];
        for (text, want) in table {
            assert_eq!(resolve(text), want, "{text:?}");
        }
        assert!(matches!(resolve(".NaN"), Scalar::Float(value) if value.is_nan()));
    }

    #[test]
    fn numbers_that_are_not_what_is_written_are_told() {
        for text in [
            "9223372036854775808",
            "-9223372036854775809",
            "0xFFFFFFFFFFFFFFFF",
            "1e400",
            "-1E400",
            "1e-400",
        ] {
            let Scalar::Float(value) = resolve(text) else {
                panic!("{text}")
            };
            assert!(!is_kept(text, value, false), "{text}");
        }
        for text in [
            ".inf", "-.INF", ".NaN", "1.5", "0.0", "0e9", "1e300", "4.9e-324",
        ] {
            let Scalar::Float(value) = resolve(text) else {
                panic!("{text}")
            };
            assert!(is_kept(text, value, false), "{text}");
        }
        assert!(is_kept("99999999999999999999", 1e20, true));
        let json =
            r#"{"a\"9": "99999999999999999999\\", "b": [1, -2.5, {"c": -99999999999999999999}]}"#;
        assert_eq!(number_beyond(json), Some("-99999999999999999999"));
        assert_eq!(
            number_beyond(r#"["99999999999999999999", 9223372036854775807]"#),
            None
        );
    }

    #[test]
    fn core_tags_decide_or_refuse() {
        assert_eq!(resolve_as("str", "12"), Some(Scalar::Str));
        assert_eq!(resolve_as("int", "12"), Some(Scalar::Int(12)));
        assert_eq!(resolve_as("int", "1.5"), None);
        assert_eq!(
            resolve_as("int", "99999999999999999999"),
            Some(Scalar::Float(1e20))
        );
        assert_eq!(resolve_as("float", "1"), Some(Scalar::Float(1.0)));
        assert_eq!(resolve_as("bool", "yes"), None);
        assert_eq!(resolve_as("null", ""), Some(Scalar::Null));
        assert_eq!(resolve_as("seq", "x"), None);
    }
}
