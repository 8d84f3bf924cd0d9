//! One cell → one value: numbers, yes and no, addresses, words. What is not understood comes back with the reason.

use super::vocabulary::{KINDS, METHODS, NOTHING, PLATFORMS, STATUSES, TRUTH, UNITS};
use super::words::with_plain_digits;
use crate::schema::agency::{AccountKind, Mfa, Platform, Status};
use crate::schema::{is_email, is_url};
use crate::text;
use crate::text::{Text, digit, is_hidden};

/// A cell without what surrounds its value: blanks, marks of direction, and the formula by which spreadsheets keep a
/// number as text (`="0123"`).
pub(super) fn clean(cell: &str) -> &str {
    let is_around = |c: char| c.is_whitespace() || is_mark(c);
    let cell = cell.trim_matches(is_around);
    let text = cell
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'));
    text.map_or(cell, |text| text.trim_matches(is_around))
}

/// Marks that come along when a handle or a name is copied from a page. An override of the direction is none of them.
const fn is_mark(character: char) -> bool {
    matches!(
        character,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202c}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

/// Whether a cell says that there is nothing to say.
pub(super) fn is_nothing(cell: &str) -> bool {
    let has_word = cell
        .chars()
        .any(|c| c.is_alphanumeric() || matches!(c, '✓' | '✔' | '✗' | '✘' | '☑' | '✅' | '❌'));
    !has_word && cell.chars().count() <= 3 || NOTHING.get(cell).is_some()
}

/// A text that a document may hold as it is.
pub(super) fn words(cell: &str) -> Result<String, Text> {
    let acts =
        |c: char| is_hidden(c) && !matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    if cell.contains(acts) {
        return Err(text!(
            "it holds characters that nobody sees",
            "فيه محارف لا تُرى",
        ));
    }
    Ok(cell.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A name that is not longer than names are.
pub(super) fn name(cell: &str) -> Result<String, Text> {
    if cell.chars().count() > 200 {
        return Err(text!("it is too long for a name", "أطول من أن يكون اسمًا"));
    }
    words(cell)
}

/// Yes or no.
pub(super) fn truth(cell: &str) -> Result<bool, Text> {
    match cell.trim_end_matches('\u{fe0f}') {
        "✓" | "✔" | "☑" | "✅" => return Ok(true),
        "✗" | "✘" | "❌" | "☐" => return Ok(false),
        _ => {}
    }
    TRUTH.get(cell).ok_or_else(|| {
        text!(
            "it says neither yes nor no",
            "لا تدل القيمة على «نعم» ولا على «لا»",
        )
    })
}

/// Multi-factor authentication: whether it is on, or by which factor.
pub(super) fn mfa(cell: &str) -> Result<Mfa, Text> {
    let method = METHODS.get(cell);
    let enabled = if method.is_some() { true } else { truth(cell)? };
    Ok(Mfa {
        enabled,
        method,
        exception: None,
    })
}

/// A platform by one of the names that people give it.
pub(super) fn platform(cell: &str) -> Option<Platform> {
    PLATFORMS.get(cell)
}

/// For whom an account speaks.
pub(super) fn kind(cell: &str) -> Result<AccountKind, Text> {
    KINDS.get(cell).ok_or_else(|| {
        text!(
            "it is no kind of account: expected the agency's, an office's, a service's or a person's",
            "ليس نوعًا من أنواع الحسابات: المتوقع حساب جهة أو منصب أو خدمة أو حساب شخصي",
        )
    })
}

/// Whether an account is in use.
pub(super) fn status(cell: &str) -> Result<Status, Text> {
    STATUSES.get(cell).ok_or_else(|| {
        text!(
            "it is no status: expected in use, unused or closed",
            "ليست حالة معروفة: المتوقع نشط أو خامل أو مغلق",
        )
    })
}

/// How many: `716,000`, `٧١٦ ألف`, `1.2M`.
pub(super) fn count(cell: &str) -> Result<i64, Text> {
    let unclear = || text!("it is no whole number", "ليست عددًا صحيحًا");
    if cell.len() > 60 {
        return Err(unclear());
    }
    let is_number = |c: char| {
        digit(c).is_some() || matches!(c, ',' | '.' | '،' | '٬' | '٫' | ' ' | '\u{a0}' | '\u{202f}')
    };
    let end = cell.find(|c: char| !is_number(c)).unwrap_or(cell.len());
    let (number, unit) = (cell.get(..end), cell.get(end..));
    let (number, unit) = (
        number.unwrap_or_default().trim(),
        unit.unwrap_or_default().trim(),
    );
    let unit = if unit.is_empty() {
        1
    } else {
        UNITS.get(unit).ok_or_else(unclear)?
    };
    scaled(number, unit)?.ok_or_else(unclear)
}

/// A number with its thousands and its fraction, times its unit.
fn scaled(number: &str, unit: i64) -> Result<Option<i64>, Text> {
    let plain: String = with_plain_digits(number)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '٬' | '،' => ',',
            '٫' => '.',
            other => other,
        })
        .collect();
    let marks: Vec<char> = plain.chars().filter(|c| !c.is_ascii_digit()).collect();
    let groups: Vec<&str> = plain.split([',', '.']).collect();
    let in_threes = groups.iter().skip(1).all(|group| group.len() == 3)
        && groups
            .first()
            .is_some_and(|first| (1..=3).contains(&first.len()));
    let one_mark = marks.windows(2).all(|pair| pair[0] == pair[1]);
    if groups.iter().any(|group| group.is_empty()) {
        return Ok(None);
    }
    match marks.as_slice() {
        [] => Ok(plain
            .parse()
            .ok()
            .and_then(|count: i64| count.checked_mul(unit))),
        ['.'] if in_threes && unit == 1 && number.contains('.') => Err(text!(
            "the point may part thousands or a fraction",
            "قد تكون النقطة فاصلًا للآلاف أو فاصلًا عشريًّا",
        )),
        [_] if unit > 1 && groups.last().is_some_and(|last| last.len() <= 3) => {
            Ok(fraction(&groups, unit))
        }
        _ if in_threes && one_mark && unit == 1 => Ok(groups.concat().parse().ok()),
        _ => Ok(None),
    }
}

/// `1.2` million.
fn fraction(groups: &[&str], unit: i64) -> Option<i64> {
    let [whole, part] = groups else { return None };
    let places = u32::try_from(part.len()).ok()?;
    let scale = 10_i64.checked_pow(places)?;
    let number: i64 = whole.parse::<i64>().ok()?.checked_mul(scale)?;
    let number = number.checked_add(part.parse().ok()?)?.checked_mul(unit)?;
    (number % scale == 0).then_some(number / scale)
}

/// An email address.
pub(super) fn email(cell: &str) -> Result<String, Text> {
    let address = cell.strip_prefix("mailto:").unwrap_or(cell);
    if address.len() <= 254 && is_email(address) {
        return Ok(address.to_owned());
    }
    Err(text!("it is no email address", "ليس عنوان بريد إلكتروني"))
}

/// The address of a page; where the scheme is missing it is added.
pub(super) fn url(cell: &str) -> Result<String, Text> {
    let address = match cell.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => format!("https://{rest}"),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => format!("http://{rest}"),
        _ => format!("https://{}", cell.trim_start_matches('/')),
    };
    if address.len() <= 2_000 && is_url(&address) {
        return Ok(address);
    }
    Err(text!("it is no web address", "ليس عنوانًا إلكترونيًّا"))
}

/// A phone number: its digits, grouped as they were.
pub(super) fn phone(cell: &str) -> Result<String, Text> {
    let plain = with_plain_digits(cell);
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    let is_of_numbers = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')');
    let rest = plain.strip_prefix('+').unwrap_or(&plain);
    if (3..=20).contains(&digits) && plain.len() <= 40 && rest.chars().all(is_of_numbers) {
        return Ok(plain);
    }
    Err(text!("it is no phone number", "ليس رقم هاتف"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_people_are_read_and_unclear_ones_are_not() {
        for (cell, wanted) in [
            ("716,000", Some(716_000)),
            ("716K", Some(716_000)),
            ("٧١٦ ألف", Some(716_000)),
            ("٧١٦٬٠٠٠", Some(716_000)),
            ("1.2M", Some(1_200_000)),
            ("١٫٢ مليون", Some(1_200_000)),
            ("1,234,567", Some(1_234_567)),
            ("1.234.567", Some(1_234_567)),
            ("12 500", Some(12_500)),
            ("0", Some(0)),
            ("716.000", None),
            ("1.2345", None),
            ("500+", None),
            ("-3", None),
            ("~10k", None),
            ("1,2,3", None),
            ("99999999999999999999", None),
            ("9999999999999 million", None),
            ("", None),
            (",", None),
        ] {
            assert_eq!(count(cell).ok(), wanted, "{cell}");
        }
    }

    #[test]
    fn platforms_are_known_by_what_people_call_them() {
        for (cell, wanted) in [
            ("X", Platform::X),
            ("X (formerly Twitter)", Platform::X),
            ("منصة إكس", Platform::X),
            ("منصّة اكس (تويتر)", Platform::X),
            ("انستقرام", Platform::Instagram),
            ("سناب", Platform::Snapchat),
            ("تيك توك", Platform::Tiktok),
            ("لينكدإن", Platform::Linkedin),
            ("YouTube", Platform::Youtube),
            ("Whats App", Platform::Whatsapp),
        ] {
            let found = platform(cell).or_else(|| platform(cell.split(" (").next().unwrap()));
            assert_eq!(found, Some(wanted), "{cell}");
        }
        assert_eq!(platform("Myspace"), None);
    }

    #[test]
    fn nothing_is_said_in_many_ways() {
        for cell in ["", "-", "—", "N/A", "#N/A", "لا يوجد", "...", "?"] {
            assert!(is_nothing(cell), "{cell}");
        }
        for cell in ["✓", "0", "لا", "no", "x"] {
            assert!(!is_nothing(cell), "{cell}");
        }
        assert_eq!(clean("\u{200f} =\"0123\" \u{a0}"), "0123");
    }

    #[test]
    fn phones_and_addresses_are_told_from_other_texts() {
        assert_eq!(phone("+٩٦٦ ١١ ٠٠٠ ٠٠٠٠").unwrap(), "+966 11 000 0000");
        assert!(phone("9.66E+11").is_err() && phone("n/a").is_err());
        assert_eq!(url("x.com/example").unwrap(), "https://x.com/example");
        assert_eq!(url("HTTP://x.com/a").unwrap(), "http://x.com/a");
        assert!(url("http://a b").is_err() && email("a@").is_err());
    }
}
