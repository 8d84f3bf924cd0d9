//! What the functions of our own do with text.

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
    use super::*;

    #[test]
    fn hosts_and_domains_are_lower_case_and_bare() {
        assert_eq!(host("https://WWW.Example.sa:443/a?b"), "example.sa");
        assert_eq!(host("https://user@x.com"), "x.com");
        assert_eq!(host("x.com/a"), "");
        assert_eq!(domain("Press@MOE.example"), "moe.example");
        assert_eq!(domain("press"), "");
    }
}
