//! The search for phrases in the words of a text, for work that grows with both no more than evenly.

use aho_corasick::AhoCorasick;

use super::names::{ARTICLE, Phrase, Words, bare};
use crate::work;

/// How many bytes are compared in one step.
const STRIDE: usize = 16;

/// The words of a text, ready to be searched.
pub(in crate::expr) struct Search<'w> {
    words: &'w Words,
    /// The words at which a phrase may begin, with their places, each in all its forms.
    beginnings: Vec<(usize, &'w str)>,
    /// All letters but those of articles.
    letters: String,
    /// Where in these letters a phrase may begin, and where it may end.
    starts: Vec<usize>,
    ends: Vec<usize>,
    /// The words that have an article.
    with_article: Vec<&'w str>,
}

impl<'w> Search<'w> {
    /// Takes the words, and the forms that each has besides itself: it without what it begins with.
    pub(super) fn new<F: IntoIterator<Item = &'w str>>(
        words: &'w Words,
        forms: impl Fn(&'w str) -> F,
    ) -> Self {
        let mut search = Self {
            words,
            beginnings: Vec::new(),
            letters: String::new(),
            starts: Vec::new(),
            ends: Vec::new(),
            with_article: Vec::new(),
        };
        for (place, word) in words.iter().enumerate() {
            let rest = bare(word);
            search.letters.push_str(rest);
            let end = search.letters.len();
            search.ends.push(end);
            if rest.len() < word.len() {
                search.with_article.push(word);
            }
            for form in std::iter::once(word).chain(forms(word)) {
                search.beginnings.push((place, form));
                if form.len() <= rest.len() {
                    search.starts.push(end - form.len());
                }
            }
        }
        search.starts.sort_unstable();
        search.with_article.sort_unstable();
        search.with_article.dedup();
        search
    }

    /// Whether a phrase begins at one of the words and goes on to the end of one, with whatever between its words.
    pub(in crate::expr) fn mentions<E>(
        &self,
        phrase: &Phrase,
        afford: impl Fn(usize) -> Result<(), E>,
    ) -> Result<bool, E> {
        self.finds(phrase.letters(), afford)
    }

    /// The same for the letters of a phrase.
    pub(super) fn finds<E>(
        &self,
        sought: &str,
        afford: impl Fn(usize) -> Result<(), E>,
    ) -> Result<bool, E> {
        let bytes = self.letters.len().saturating_add(sought.len());
        work::count(bytes);
        afford(self.ends.len() + bytes / STRIDE)?;
        if sought.is_empty() {
            return Ok(false);
        }
        if self.holds_an_article(sought) {
            return self.walk(sought, afford);
        }
        Ok(self.letters.contains(sought) && self.stands(sought))
    }

    /// Whether there is a word whose article may be one that is sought: then it is not known beforehand which articles
    /// are to be passed over.
    fn holds_an_article(&self, sought: &str) -> bool {
        if self.with_article.is_empty() || !sought.contains(ARTICLE) {
            return false;
        }
        // What is too long to be searched for all at once is looked at word by word.
        AhoCorasick::new(&self.with_article).map_or(true, |all| all.is_match(sought))
    }

    /// Whether the letters that are sought stand among those without articles, from where a phrase may begin to where
    /// it may end; each letter is looked at once, by the method of Knuth, Morris and Pratt.
    fn stands(&self, sought: &str) -> bool {
        let sought = sought.as_bytes();
        let mut borders = vec![0; sought.len()];
        let mut border = 0;
        for at in 1..sought.len() {
            border = longer(sought, &borders, border, sought[at]);
            borders[at] = border;
        }
        let (mut matched, mut ends) = (0, self.ends.iter().peekable());
        for (at, byte) in self.letters.bytes().enumerate() {
            if matched == sought.len() {
                matched = borders[matched - 1];
            }
            matched = longer(sought, &borders, matched, byte);
            let end = at + 1;
            let is_end = ends.next_if_eq(&&end).is_some();
            if is_end && matched == sought.len() {
                let start = end - matched;
                if self.starts.binary_search(&start).is_ok() {
                    return true;
                }
            }
        }
        false
    }

    /// Tries each beginning; every word that is looked at has to be afforded.
    fn walk<E>(&self, sought: &str, afford: impl Fn(usize) -> Result<(), E>) -> Result<bool, E> {
        for beginning in &self.beginnings {
            if self.goes_on(*beginning, sought, &afford)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether words, the first of which is given in some form, are the letters that are sought, and end
    /// where those end.
    fn goes_on<E>(
        &self,
        (place, form): (usize, &str),
        sought: &str,
        afford: impl Fn(usize) -> Result<(), E>,
    ) -> Result<bool, E> {
        let mut rest = sought.strip_prefix(form);
        let mut place = place;
        while let Some(left) = rest.filter(|left| !left.is_empty()) {
            place += 1;
            let Some(word) = self.words.get(place) else {
                return Ok(false);
            };
            work::count(1);
            afford(1 + word.len() / STRIDE)?;
            let whole = left.strip_prefix(word);
            rest = whole.or_else(|| left.strip_prefix(bare(word)));
        }
        Ok(rest.is_some())
    }
}

/// How many bytes of what is sought end at a byte, where so many ended before it.
fn longer(sought: &[u8], borders: &[usize], mut matched: usize, byte: u8) -> usize {
    while matched > 0 && sought[matched] != byte {
        matched = borders[matched - 1];
    }
    matched + usize::from(sought[matched] == byte)
}

/// A budget that has no end.
#[cfg(test)]
pub(super) const ALL: fn(usize) -> Result<(), std::convert::Infallible> = |_| Ok(());

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_found_is_what_a_walk_from_each_word_finds(
            text in "(a|b|ab| |و|لل|ال|بال|خالد|كت){0,12}",
            phrase in "(a|b|ab| |و|لل|ال|خالد|كت){1,5}",
        ) {
            let (words, phrase) = (Words::of(&text), Phrase::of(&phrase));
            let search = words.search();
            let Ok(found) = search.mentions(&phrase, ALL);
            let Ok(walked) = search.walk(phrase.letters(), ALL);
            prop_assert_eq!(found, walked && !phrase.letters().is_empty());
        }
    }

    #[test]
    fn what_keeps_its_article_is_found_and_every_word_of_the_walk_is_paid() {
        let words = Words::of(&"ab الكتاب ".repeat(500));
        let phrase = Phrase::of(&format!("{}بالكتابz", "ab كتاب ".repeat(200)));
        let search = words.search();
        let pays = |most: usize| {
            let left = std::cell::Cell::new(most);
            search.mentions(&phrase, |steps| {
                left.set(left.get().checked_sub(steps).ok_or(())?);
                Ok(())
            })
        };
        assert_eq!(pays(50_000), Err(()));
        assert_eq!(pays(5_000_000), Ok(false));
    }
}
