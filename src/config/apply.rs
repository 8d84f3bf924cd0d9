//! Settings and the packs that they speak of: the words that they add to lists, and whether everything that they name
//! is there and may be changed.

use std::path::PathBuf;

use super::{Config, Finals, fail_on, names};
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::pack::Packs;
use crate::yaml::Spanned;

impl Config {
    /// Adds the files' words to the lists of the packs, and looks whether everything that they name is there and
    /// may be changed, in view of what outer settings call final.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] with every mistake, at its characters.
    pub(super) fn apply(&self, packs: &mut Packs, finals: &[&Finals]) -> Result<(), Error> {
        let mut mistakes = names::unknown(self, packs);
        mistakes.extend(names::faulty(self, packs, finals));
        mistakes.extend(names::reworded(self, packs));
        mistakes.extend(self.add_words(packs));
        mistakes.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        fail_on(mistakes)
    }

    /// Adds the files' words to the lists of the packs; returns what is wrong with them.
    pub(super) fn add_words(&self, packs: &mut Packs) -> Vec<Diagnostic> {
        let mut mistakes = Vec::new();
        for layer in &self.layers {
            let Some(document) = &layer.document else {
                continue;
            };
            let lists = document.get(document.root(), "terms");
            for (name, words) in &layer.file.terms {
                let entry = lists.and_then(|lists| document.get(lists.value, name));
                let key = entry.map_or(document.root(), |entry| entry.key);
                let found = packs.add_words((name, key), words, document).into_iter();
                mistakes.extend(found.map(|found| Diagnostic {
                    rule: "config/terms".to_owned(),
                    ..found
                }));
            }
        }
        mistakes
    }

    /// Returns a text that is equal for settings with the same effect on rules; nothing where some of it is
    /// about files, which depends on where the settings are.
    pub(crate) fn meaning(&self) -> Option<String> {
        if self.scopes.count() > 0 || !self.mistakes.is_empty() {
            return None;
        }
        let extends: Vec<&str> = self.extends.iter().map(|named| &*named.name).collect();
        let packs: Vec<PathBuf> = self
            .packs
            .iter()
            .map(|folder| folder.path().canonicalize())
            .collect::<Result<_, _>>()
            .ok()?;
        let choices = self.choices.iter().map(|choice| {
            let options = choice
                .options
                .iter()
                .map(|(name, (value, _))| (name, value));
            (&choice.name, choice.level, options.collect::<Vec<_>>())
        });
        let terms = self.layers.iter().map(|layer| {
            let lists = layer.file.terms.iter();
            let words = |words: &[Spanned<String>]| {
                words
                    .iter()
                    .map(|word| word.value.clone())
                    .collect::<Vec<_>>()
            };
            lists
                .map(|(name, list)| (name, words(list)))
                .collect::<Vec<_>>()
        });
        let (choices, terms) = (choices.collect::<Vec<_>>(), terms.collect::<Vec<_>>());
        Some(format!(
            "{extends:?} {packs:?} {choices:?} {terms:?} {:?}",
            self.horizon
        ))
    }
}
