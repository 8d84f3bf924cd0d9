//! The forms of dates, durations, addresses and email addresses.

use super::wording;
use crate::date::{Date, parse_duration};
use crate::diagnostic::{Literal, Safety};
use crate::schema::Format;
use crate::text;
use crate::text::Text;

/// What is wrong with a value, and what to do about it.
pub(super) struct Misfit {
    /// The id that the diagnostic gets.
    pub(super) rule: &'static str,
    pub(super) message: Text,
    pub(super) help: Option<Text>,
    /// Whether the value may hold a password.
    pub(super) is_secret: bool,
    /// The value that was meant, and whether that is certain.
    pub(super) meant: Option<(Literal, Safety)>,
}

impl Misfit {
    pub(super) const fn new(rule: &'static str, message: Text, help: Option<Text>) -> Self {
        Self {
            rule,
            message,
            help,
            is_secret: false,
            meant: None,
        }
    }
}

/// Why a text is not of a format, if it is not.
pub(super) fn check(format: Format, text: &str) -> Option<Misfit> {
    match format {
        Format::Text => None,
        Format::Date => {
            let error = Date::parse(text).err()?;
            Some(Misfit::new("schema/date", error.text(), Some(error.help())))
        }
        Format::Duration => {
            let error = parse_duration(text).err()?;
            let help = Some(error.help());
            Some(Misfit::new("schema/duration", error.text(), help))
        }
        Format::Url => url(text),
        Format::Email => email(text),
    }
}

/// Whether a text is an absolute `http` or `https` address.
pub(crate) fn is_url(text: &str) -> bool {
    url(text).is_none()
}

/// Whether a text is an email address.
pub(crate) fn is_email(text: &str) -> bool {
    email(text).is_none()
}

/// Why a text is no absolute `http` or `https` address, if it is none.
fn url(text: &str) -> Option<Misfit> {
    let rest = ["https://", "http://"]
        .into_iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    let Some(rest) = rest else {
        return Some(no_scheme(text));
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Some(with_password());
    }
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    if is_host(host) && !rest.chars().any(is_forbidden) {
        return None;
    }
    let help = text!(
        "write the scheme, the host and the path without spaces",
        "اكتب البروتوكول ثم المضيف ثم المسار دون مسافات",
    );
    let message = wording::misfit(&wording::an_address(), text);
    Some(Misfit::new("schema/url", message, Some(help)))
}

fn with_password() -> Misfit {
    let message = text!(
        "expected an address without a user name or a password before `{at}`",
        "المتوقع عنوان إلكتروني بلا اسم مستخدم أو كلمة مرور قبل `{at}`",
        at = "@",
    );
    let help = text!(
        "write the address that the public sees",
        "اكتب العنوان الذي يراه الجمهور",
    );
    Misfit {
        is_secret: true,
        ..Misfit::new("schema/url", message, Some(help))
    }
}

fn no_scheme(text: &str) -> Misfit {
    let bare = text.trim_start_matches('/');
    let host = bare.split(['/', '?', '#']).next().unwrap_or_default();
    let https = format!("https://{bare}");
    let help = if host.contains('.') && url(&https).is_none() {
        text!("write `{https}`", "اكتب `{https}`", https = https)
    } else {
        text!(
            "begin it with `{scheme}`",
            "ابدأه بـ `{scheme}`",
            scheme = "https://",
        )
    };
    let message = wording::misfit(&wording::an_address(), text);
    Misfit::new("schema/url", message, Some(help))
}

/// Why a text is no email address, if it is none.
fn email(text: &str) -> Option<Misfit> {
    let fits = text.split_once('@').is_some_and(|(name, host)| {
        let plain =
            |c: char| !is_forbidden(c) && !matches!(c, '(' | ')' | ',' | ':' | ';' | '[' | ']');
        !name.is_empty() && name.chars().all(plain) && host.contains('.') && is_host(host)
    });
    if fits {
        return None;
    }
    let help = text!(
        "write one address such as `{example}`",
        "اكتب عنوانًا واحدًا مثل `{example}`",
        example = "media@example.gov.sa",
    );
    let message = wording::misfit(&wording::an_email(), text);
    Some(Misfit::new("schema/email", message, Some(help)))
}

/// A host name: labels of letters (of any script), digits and dashes with dots between them; or an
/// address in brackets.
fn is_host(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[') {
        let address = inner.strip_suffix(']');
        return address.is_some_and(|ip| ip.parse::<std::net::Ipv6Addr>().is_ok());
    }
    let in_label = |c: char| c == '-' || c == '_' || c.is_alphanumeric() || is_mark(c);
    host.split('.')
        .all(|label| !label.is_empty() && label.chars().all(in_label))
}

/// Combining marks, which names in many scripts need.
fn is_mark(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}

/// Characters that stand in no address.
fn is_forbidden(character: char) -> bool {
    character.is_whitespace()
        || text::is_unsafe(character)
        || matches!(
            character,
            '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_texts() {
        for text in [
            "https://example.gov.sa",
            "http://example.gov.sa:8080/a?b=c#d",
            "https://موقع.السعودية/خدمات",
            "https://x.com/example_a",
            "https://mastodon.example/@example",
            "https://[::1]/",
        ] {
            assert!(url(text).is_none(), "{text}");
        }
        for text in [
            "",
            "example.gov.sa",
            "ftp://example.gov.sa",
            "https://",
            "https:///a",
            "https://a b.sa",
            "https://.sa",
            "https://example.gov.sa/a b",
            "https://user:word@example.gov.sa",
            "https://example.gov.sa/\u{202e}",
        ] {
            assert!(url(text).is_some(), "{text}");
        }
    }

    #[test]
    fn email_addresses_are_told_from_other_texts() {
        for text in [
            "a@example.gov.sa",
            "media.office+x@example.sa",
            "إعلام@مثال.السعودية",
        ] {
            assert!(email(text).is_none(), "{text}");
        }
        for text in [
            "",
            "a",
            "@example.sa",
            "a@",
            "a@b",
            "a@b@c.sa",
            "mailto:a@b.sa",
            "a@b.sa, c@d.sa",
            "A <a@b.sa>",
        ] {
            assert!(email(text).is_some(), "{text}");
        }
    }
}
