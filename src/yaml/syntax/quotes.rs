//! Quoted texts: quotes that do not close, text behind them, escapes that mean nothing.

use granit_parser::ErrorKind;

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::text;
use crate::yaml::syntax::broken;
use crate::yaml::syntax::site::Site;
use crate::yaml::trivia;

pub(super) fn diagnose(kind: &ErrorKind, site: &Site<'_>, at: usize) -> Option<Diagnostic> {
    Some(match kind {
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => {
            unclosed(site, at, None)
        }
        ErrorKind::InvalidQuotedScalarIndent => indent(site, at),
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => trailing(site, at),
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => escape(site, at),
        _ => return None,
    })
}

/// The quote never closes; `stop` is the line that it would swallow next.
pub(super) fn unclosed(site: &Site<'_>, quote: usize, stop: Option<usize>) -> Diagnostic {
    let span = site.character(quote);
    let mark = site.slice(span);
    let message = text!(
        "the quote `{mark}` is never closed",
        "علامة الاقتباس `{mark}` لا يقابلها إغلاق",
        mark = mark,
    );
    let help = text!(
        "write `{mark}` where the text ends",
        "اكتب `{mark}` حيث ينتهي النص",
        mark = mark,
    );
    let diagnostic = broken(site, span, message).with_help(help);
    match stop
        .map(|stop| site.line(stop))
        .filter(|line| !line.is_empty())
    {
        Some(line) => {
            let here = text!("the text runs on to here", "يمتد النص إلى هنا");
            diagnostic.with_label(site.label(line).with_text(here))
        }
        None => diagnostic,
    }
}

fn indent(site: &Site<'_>, at: usize) -> Diagnostic {
    let Some(quote) = site.open_at(at).quote else {
        let message = text!(
            "this line of a quoted text is not indented enough",
            "هذا السطر من نص مقتبس مسافته البادئة غير كافية",
        );
        return broken(site, site.line(at), message);
    };
    if looks_like_an_entry(site, at) || site.quote_end(quote).is_none() {
        return unclosed(site, quote, Some(at));
    }
    let message = text!(
        "this line of a quoted text is not indented enough",
        "هذا السطر من نص مقتبس مسافته البادئة غير كافية",
    );
    let there = text!("the text begins here", "يبدأ النص هنا");
    let help = text!(
        "indent the line further than the key, or close the quote before it",
        "زد المسافة البادئة للسطر على مسافة المفتاح، أو أغلق علامة الاقتباس قبله",
    );
    broken(site, site.line(at), message)
        .with_label(site.label(site.character(quote)).with_text(there))
        .with_help(help)
}

/// Whether a line is more likely a new key or list item than the rest of a quoted text.
fn looks_like_an_entry(site: &Site<'_>, at: usize) -> bool {
    let line = site
        .slice(site.span(at, trivia::line_end(site.text(), at)))
        .trim_end();
    line.ends_with(':') || line.contains(": ") || line.starts_with("- ") || line.starts_with("---")
}

fn trailing(site: &Site<'_>, at: usize) -> Diagnostic {
    let quote = site.open_at(at).last_quote;
    let mark = quote.map_or(String::new(), |at| {
        site.slice(site.character(at)).to_owned()
    });
    if site.byte(at) == Some(b':') {
        let message = text!(
            "a key in quotes must begin and end on one line",
            "المفتاح المقتبس يبدأ وينتهي في سطر واحد",
        );
        let help = text!(
            "write it on one line, `\\n` for a line break",
            "اكتبه في سطر واحد، و`\\n` موضع كسر السطر"
        );
        return broken(site, site.character(at), message).with_help(help);
    }
    let message = text!(
        "unexpected text behind the closing quote",
        "نص غير متوقع بعد علامة الاقتباس الختامية",
    );
    let runs_on = quote.is_some_and(|quote| quote < site.line_start(at));
    let help = match mark.as_str() {
        _ if runs_on => text!(
            "close the quote on the line where the text ends",
            "أغلق علامة الاقتباس في السطر الذي ينتهي فيه النص",
        ),
        "'" => text!(
            "write a single quote inside single quotes as `''`; separate values in brackets by commas",
            "اكتب علامة الاقتباس المفردة داخل مثلها هكذا `''`؛ وافصل القيم داخل الأقواس بفواصل",
        ),
        _ => text!(
            "write a double quote inside double quotes as `\\\"`; separate values in brackets by commas",
            "اكتب علامة الاقتباس المزدوجة داخل مثلها هكذا `\\\"`؛ وافصل القيم داخل الأقواس بفواصل",
        ),
    };
    let diagnostic = broken(site, site.line(at), message).with_help(help);
    match quote {
        Some(quote) => {
            let there = text!("the text in quotes begins here", "يبدأ النص المقتبس هنا");
            diagnostic.with_label(site.label(site.character(quote)).with_text(there))
        }
        None => diagnostic,
    }
}

fn escape(site: &Site<'_>, quote: usize) -> Diagnostic {
    let span = bad_escape(site, quote).unwrap_or(site.character(quote));
    let message = text!(
        "`{escape}` is not an escape that YAML knows",
        "التسلسل `{escape}` ليس من تسلسلات الإفلات في YAML",
        escape = site.slice(span),
    );
    let there = text!(
        "in this text in double quotes",
        "في هذا النص ذي الاقتباس المزدوج"
    );
    let help = text!(
        "write a backslash as `\\\\`, or put the text in single quotes",
        "اكتب الشرطة المائلة العكسية هكذا `\\\\`، أو ضع النص بين علامتي اقتباس مفردتين",
    );
    broken(site, span, message)
        .with_label(site.label(site.character(quote)).with_text(there))
        .with_help(help)
}

/// The first escape of a double-quoted text that has no meaning.
fn bad_escape(site: &Site<'_>, quote: usize) -> Option<Span> {
    let mut at = quote + 1;
    loop {
        if site.byte(at)? != b'\\' {
            at += 1;
            continue;
        }
        let letter = site.character(site.clamp(at + 1));
        let digits = match site.slice(letter) {
            "x" => 2,
            "u" => 4,
            "U" => 8,
            "0" | "a" | "b" | "t" | "\t" | "n" | "v" | "f" | "r" | "e" | " " | "\"" | "/"
            | "\\" | "N" | "_" | "L" | "P" | "\n" | "\r" => 0,
            _ => return Some(site.span(at, letter.end as usize)),
        };
        let from = letter.end as usize;
        let end = from + hex_digits(site, from, digits);
        let number = u32::from_str_radix(site.slice(site.span(from, end)), 16);
        let low = site.slice(site.span(end, end + 2)) == "\\u" && hex_digits(site, end + 2, 4) == 4;
        match number {
            _ if digits == 0 => at = from,
            // A pair of surrogates is one character.
            Ok(0xd800..=0xdbff) if low && is_low_surrogate(site, end + 2) => at = end + 6,
            Ok(number) if end - from == digits && char::from_u32(number).is_some() => at = end,
            _ => return Some(site.span(at, end)),
        }
    }
}

fn is_low_surrogate(site: &Site<'_>, from: usize) -> bool {
    let digits = site.slice(site.span(from, from + 4));
    u32::from_str_radix(digits, 16).is_ok_and(|number| (0xdc00..=0xdfff).contains(&number))
}

fn hex_digits(site: &Site<'_>, from: usize, most: usize) -> usize {
    let is_digit = |at: &usize| site.byte(*at).is_some_and(|byte| byte.is_ascii_hexdigit());
    (from..from + most).take_while(is_digit).count()
}
