//! Handles, and the addresses of pages that say whose they are.

use super::cells::{clean, url};
use crate::schema::agency::Platform;
use crate::text;
use crate::text::{Text, digit};

/// What the address of a page says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// The address, with its scheme.
    pub(super) url: String,
    /// The platform, where its host is a known one.
    pub(super) platform: Option<Platform>,
    /// The handle, where the path holds one.
    pub(super) handle: Option<String>,
    /// Whether the handle is a name of the platform's own making, such as the id of a channel.
    pub(super) is_number: bool,
}

/// The platforms by their hosts.
const HOSTS: [(&str, Platform); 18] = [
    ("x.com", Platform::X),
    ("twitter.com", Platform::X),
    ("facebook.com", Platform::Facebook),
    ("fb.com", Platform::Facebook),
    ("instagram.com", Platform::Instagram),
    ("youtube.com", Platform::Youtube),
    ("youtu.be", Platform::Youtube),
    ("linkedin.com", Platform::Linkedin),
    ("snapchat.com", Platform::Snapchat),
    ("tiktok.com", Platform::Tiktok),
    ("t.me", Platform::Telegram),
    ("telegram.me", Platform::Telegram),
    ("wa.me", Platform::Whatsapp),
    ("whatsapp.com", Platform::Whatsapp),
    ("threads.net", Platform::Threads),
    ("threads.com", Platform::Threads),
    ("bsky.app", Platform::Bluesky),
    ("mastodon.social", Platform::Mastodon),
];

/// First parts of paths that lead to no account.
const PLACES: [&str; 22] = [
    "home", "search", "hashtag", "i", "intent", "share", "sharer", "explore", "p", "reel", "reels",
    "stories", "watch", "groups", "events", "joinchat", "shorts", "playlist", "login", "discover",
    "jobs", "posts",
];

/// What a cell says if it is the address of a page.
pub(super) fn address(cell: &str) -> Option<Address> {
    if cell.len() > 2_000 || cell.chars().any(char::is_whitespace) {
        return None;
    }
    let rest = without_scheme(cell);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = (rest.get(..end)?, rest.get(end..)?);
    let host = host.to_ascii_lowercase();
    let platform = HOSTS.iter().find(|(known, _)| {
        host.strip_suffix(known)
            .is_some_and(|before| before.is_empty() || before.ends_with('.'))
    });
    let platform = platform.map(|(_, platform)| *platform);
    // `example.agency` is a handle; an address has a scheme, a known host or a path.
    if platform.is_none() && rest.len() == cell.len() && !path.starts_with('/') {
        return None;
    }
    if platform.is_some() && path.is_empty() && rest.len() == cell.len() {
        return None;
    }
    if platform.is_none() && !host.contains('.') {
        return None;
    }
    let (handle, is_number) = platform.map_or_else(
        || on_own_host(&host, path),
        |platform| within(platform, path),
    );
    Some(Address {
        url: url(cell).ok()?,
        platform,
        handle: handle.filter(|handle| !handle.is_empty()),
        is_number,
    })
}

fn without_scheme(cell: &str) -> &str {
    let rest = cell.split_once("://").filter(|(scheme, _)| {
        scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
    });
    rest.map_or(cell, |(_, rest)| rest)
}

/// The account that a path on a platform's host leads to.
fn within(platform: Platform, path: &str) -> (Option<String>, bool) {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let path = path.split('#').next().unwrap_or_default();
    let query = query.split('#').next().unwrap_or_default();
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let (first, second, third) = (parts.next(), parts.next(), parts.next());
    let first = first.unwrap_or_default();
    let is_place = |part: &str| PLACES.contains(&part.to_ascii_lowercase().as_str());
    let named = match (platform, first) {
        (Platform::Youtube, "channel") => return (second.map(decoded), true),
        (Platform::Youtube, "c" | "user") => second,
        (Platform::Linkedin, "company" | "in" | "school" | "showcase") => second,
        (Platform::Linkedin, _) => None,
        (Platform::Snapchat, "add") => second,
        (Platform::Bluesky, "profile") => second,
        (Platform::Telegram, "s") => second,
        (Platform::Facebook, "pages") => return (third.map(decoded), true),
        (Platform::Facebook, "profile.php") => return (parameter(query, "id"), true),
        (Platform::Whatsapp, "send") => {
            return (parameter(query, "phone").map(|n| number(&n)), true);
        }
        (Platform::Whatsapp, "channel") => return (second.map(decoded), true),
        (Platform::Tiktok | Platform::Threads, name) => name.strip_prefix('@'),
        (Platform::Youtube, name) => name.strip_prefix('@').or(second.is_none().then_some(name)),
        (Platform::Whatsapp, name) => return (Some(number(name)), true),
        (_, name) => Some(name),
    };
    let named = named.filter(|name| !is_place(name) && !name.starts_with('+'));
    (
        named.map(|name| decoded(name.trim_start_matches('@'))),
        false,
    )
}

/// `@name` on a host of its own, as federated networks have it.
fn on_own_host(host: &str, path: &str) -> (Option<String>, bool) {
    let first = path.trim_matches('/').split(['/', '?', '#']).next();
    let name = first.and_then(|first| first.strip_prefix('@'));
    (name.map(|name| format!("{}@{host}", decoded(name))), false)
}

fn parameter(query: &str, name: &str) -> Option<String> {
    let value = query
        .split('&')
        .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    Some(decoded(value))
}

/// A part of a path with the bytes that `%` stands for.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes().iter();
    while let Some(&byte) = rest.next() {
        let ahead = rest.as_slice().first_chunk::<2>();
        let code = ahead
            .filter(|_| byte == b'%')
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if code.is_some() {
            rest.nth(1);
        }
        bytes.push(code.unwrap_or(byte));
    }
    String::from_utf8(bytes).unwrap_or_else(|_| part.to_owned())
}

/// A phone number as a handle: `+` and digits only.
fn number(text: &str) -> String {
    let digits = text.chars().filter_map(digit);
    let digits: String = digits
        .filter_map(|value| char::from_digit(value, 10))
        .collect();
    format!("+{}", digits.trim_start_matches("00"))
}

/// A handle as a document writes it: without `@`. Whether its platform allows it is for the rules to say.
pub(super) fn handle(cell: &str, platform: Platform) -> Result<String, Text> {
    let name = clean(cell.trim_start_matches(['@', '＠']).trim_end_matches('/'));
    let is_of_handles =
        |c: char| c.is_alphanumeric() || is_mark(c) || matches!(c, '_' | '.' | '-' | '·');
    let is_one = match platform {
        Platform::Whatsapp => return whatsapp(name),
        Platform::Mastodon => {
            name.matches('@').count() <= 1 && name.chars().all(|c| c == '@' || is_of_handles(c))
        }
        _ => name.chars().all(is_of_handles),
    };
    if is_one && name.chars().any(char::is_alphanumeric) && name.chars().count() <= 100 {
        return Ok(name.to_owned());
    }
    Err(text!(
        "it is no handle: expected one name such as `@example_agency`",
        "ليس معرّفًا: المتوقع اسم واحد مثل `@example_agency`",
    ))
}

const fn is_mark(character: char) -> bool {
    matches!(character, '\u{64b}'..='\u{652}' | '\u{300}'..='\u{36f}')
}

fn whatsapp(name: &str) -> Result<String, Text> {
    let digits = name.chars().filter(|c| digit(*c).is_some()).count();
    let is_of_numbers = |c: char| digit(c).is_some() || matches!(c, '+' | ' ' | '-' | '(' | ')');
    if (5..=16).contains(&digits) && name.chars().all(is_of_numbers) {
        let has_country = name.starts_with('+') || name.starts_with("00");
        let plain = number(name);
        return Ok(if has_country {
            plain
        } else {
            plain.trim_start_matches('+').to_owned()
        });
    }
    Err(text!(
        "it is no phone number, which is the handle on WhatsApp",
        "ليس رقم هاتف، وهو المعرّف في `WhatsApp`",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Addresses, their platforms and the handles in them.
    #[rustfmt::skip]
    const ADDRESSES: [(&str, Platform, Option<&str>); 22] = [
        ("https://twitter.com/example_a?lang=ar", Platform::X, Some("example_a")),
        ("x.com/example_a/", Platform::X, Some("example_a")),
        ("HTTPS://Mobile.Twitter.com/@example_a#top", Platform::X, Some("example_a")),
        ("https://x.com/search?q=a", Platform::X, None),
        ("https://www.youtube.com/@example-a/videos", Platform::Youtube, Some("example-a")),
        ("https://www.youtube.com/channel/UC0000000000000000000000", Platform::Youtube, Some("UC0000000000000000000000")),
        ("youtube.com/c/Example", Platform::Youtube, Some("Example")),
        ("youtube.com/user/Example", Platform::Youtube, Some("Example")),
        ("youtube.com/@%D8%AC%D9%87%D8%A9", Platform::Youtube, Some("جهة")),
        ("https://youtu.be/watch", Platform::Youtube, None),
        ("https://sa.linkedin.com/company/example-a/about/", Platform::Linkedin, Some("example-a")),
        ("https://www.snapchat.com/add/example-a", Platform::Snapchat, Some("example-a")),
        ("https://www.tiktok.com/@example.a", Platform::Tiktok, Some("example.a")),
        ("https://t.me/s/example_a", Platform::Telegram, Some("example_a")),
        ("https://t.me/+AbCd", Platform::Telegram, None),
        ("https://wa.me/966500000000", Platform::Whatsapp, Some("+966500000000")),
        ("https://api.whatsapp.com/send?phone=00966500000000&text=a", Platform::Whatsapp, Some("+966500000000")),
        ("https://www.facebook.com/profile.php?id=100001", Platform::Facebook, Some("100001")),
        ("fb.com/example.a", Platform::Facebook, Some("example.a")),
        ("https://bsky.app/profile/agency.example", Platform::Bluesky, Some("agency.example")),
        ("https://www.threads.net/@example_a", Platform::Threads, Some("example_a")),
        ("instagram.com/p/abc", Platform::Instagram, None),
    ];

    #[test]
    fn addresses_say_platform_and_handle() {
        for (cell, platform, wanted) in ADDRESSES {
            let found = address(cell).unwrap_or_else(|| panic!("{cell}"));
            let found = (found.platform, found.handle.as_deref().map(str::to_owned));
            assert_eq!(found, (Some(platform), wanted.map(str::to_owned)), "{cell}");
        }
        let own = address("https://social.example/@example_a").unwrap();
        assert_eq!(own.handle.as_deref(), Some("example_a@social.example"));
        for cell in [
            "@example_a",
            "example.agency",
            "example_a",
            "a b",
            "http://",
            "notx.com",
        ] {
            assert_eq!(address(cell), None, "{cell}");
        }
    }

    #[test]
    fn handles_are_taken_without_their_sign_and_other_texts_are_not() {
        let x = |cell| handle(cell, Platform::X).ok();
        assert_eq!(x("@example_a").as_deref(), Some("example_a"));
        assert_eq!(x("＠example_a/").as_deref(), Some("example_a"));
        for cell in [
            "=cmd()",
            "a\nb",
            "@a / @b",
            "",
            "@",
            "../../etc/x",
            "\u{1b}[31m",
            "example\u{202e}a",
        ] {
            assert_eq!(x(cell), None, "{cell:?}");
        }
        let whatsapp = |cell| handle(cell, Platform::Whatsapp).ok();
        assert_eq!(
            whatsapp("+966 50 000 0000").as_deref(),
            Some("+966500000000")
        );
        assert_eq!(whatsapp("٠٥٠ ٠٠٠ ٠٠٠٠").as_deref(), Some("0500000000"));
        assert_eq!(whatsapp("example_a"), None);
    }
}
