//! Word lists: which one a word was looked for in, and what a text mentions.

use super::{Explainer, entries, words};
use crate::expr::program::{Op, OpId};
use crate::expr::value::Data;
use crate::text::Text;

impl Explainer<'_, '_> {
    /// The name of the word list that an operation gives, or goes through as a variable of a macro.
    pub(super) fn word_list(&mut self, id: OpId) -> Option<String> {
        match self.program.op(id) {
            Op::Term(place) => {
                let list = self.machine.terms.get(*place)?;
                Some(list.name.to_string())
            }
            Op::Slot(slot) => {
                let origin = self.origin(*slot)?;
                self.at(origin, Self::word_list)
            }
            _ => None,
        }
    }

    /// A word, with the list that it is taken from.
    pub(super) fn out_of_list(&mut self, word: Text, id: OpId) -> Text {
        match self.word_list(id) {
            Some(list) => entries::out_of(&word, &list),
            None => word,
        }
    }

    /// `mentions`: the phrase that stands in the text, or that none does.
    pub(super) fn mentions(&mut self, text: OpId, sought: OpId) {
        let (Some(whole), Some(phrases)) = (self.value(text), self.value(sought)) else {
            return;
        };
        let Data::Str(read) = whole.data else { return };
        let Ok(found) = self.machine.mentioned(read, phrases) else {
            return;
        };
        let written = found.and_then(|found| self.written(found));
        let phrase = match (written, self.word_list(sought)) {
            (Some(written), _) => {
                let phrase = self.out_of_list(words::quoted(&written), sought);
                words::mentions(&phrase)
            }
            (None, Some(list)) => words::mentions_nothing_of(&list),
            (None, None) => {
                let one = self.written(phrases).map(|one| vec![one]);
                let all = one.or_else(|| self.items(phrases)).unwrap_or_default();
                words::mentions_none_of(&entries::several(&all))
            }
        };
        let start = self.found.len();
        self.operand(text);
        self.describe(text, start, &phrase);
        match found {
            Some(found) if found.node.is_some() => {
                self.push(found, |evidence| evidence);
            }
            _ => self.operand(sought),
        }
    }
}
