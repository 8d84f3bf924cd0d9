//! What the functions of our own do with text.

use crate::text::fold;

/// Whether a folded character belongs to a word.
fn is_of_a_word(character: char) -> bool {
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

/// Whether `text` holds a part of a person's name, both folded. A part of four letters or more may
/// stand anywhere, because handles run words together; a part of three must be a word of its own, so
/// that `Ali` is not found in `quality`; shorter parts (initials) say nothing.
pub(in crate::expr) fn contains_name(text: &str, name: &str) -> bool {
    let text = fold(text);
    let is_word = |part: &str| text.split(|c| !is_of_a_word(c)).any(|word| word == part);
    let squeezed: String = text.chars().filter(|c| is_of_a_word(*c)).collect();
    fold(name)
        .split(|c| !is_of_a_word(c))
        .map(|part| part.strip_prefix("ال").unwrap_or(part))
        .any(|part| match part.chars().take(4).count() {
            0..=2 => false,
            3 => is_word(part),
            _ => squeezed.contains(part),
        })
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

    #[test]
    fn a_name_is_found_in_a_handle_by_its_longer_parts() {
        assert!(contains_name("moh_khalid_spox", "Khalid A. Example"));
        assert!(contains_name("خالد_المتحدث", "خالد الأحمد"));
        assert!(contains_name("spokesman_alahmad", "Alahmad"));
        assert!(!contains_name("moh_spokesman", "Bo Li"));
        assert!(contains_name("ali_spokesman", "Ali Example"));
        assert!(!contains_name("water_quality", "Ali Bo"));
    }
}
