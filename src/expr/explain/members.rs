//! `in`: the entry that was found, or the list in which it was not.

use super::operands::length;
use super::{Evidence, Explainer, entries, words};
use crate::expr::program::{Load, Op, OpId};
use crate::expr::value::{Data, Value};
use crate::text::Text;

impl<'a> Explainer<'_, 'a> {
    pub(super) fn member(&mut self, needle: OpId, list: OpId, load: Load) {
        match self.machine.find(self.program, needle, list, load) {
            Ok(Some(element)) => self.listed(element, needle, list),
            Ok(None) => self.not_listed(needle, list),
            Err(_) => {}
        }
    }

    /// An entry that equals what was looked for.
    fn listed(&mut self, element: Value<'a>, needle: OpId, list: OpId) {
        let stands = element.node.is_some();
        let in_map = self.value(list).is_some_and(is_map);
        let text = if in_map {
            words::declared()
        } else {
            entries::listed()
        };
        self.push(element, |evidence| evidence.with_text(text));
        let Some(value) = self.value(needle) else {
            return;
        };
        self.belongs(list, element);
        if stands && value.node == element.node {
            return;
        }
        let start = self.found.len();
        self.operand(needle);
        let text = match (self.subject(needle, value, start), self.written(value)) {
            (subject, _) if let Some(name) = self.word_list(list) => Some(match subject {
                Some(subject) => entries::and_in_list(&subject.text, &name),
                None => entries::is_in_list(&name),
            }),
            (Some(subject), _) => Some(subject.text),
            (None, _) if stands => Some(entries::is_listed()),
            (None, written) => written.map(|written| words::is(&written)),
        };
        self.say(start, text);
        if !stands {
            self.source(list, None);
        }
    }

    /// What was looked for, and where it is not.
    fn not_listed(&mut self, needle: OpId, list: OpId) {
        let (Some(sought), Some(whole)) = (self.value(needle), self.value(list)) else {
            return;
        };
        let start = self.found.len();
        self.operand(needle);
        let items = match whole.node {
            None => self.items(whole),
            Some(_) => None,
        };
        let subject = self.subject(needle, sought, start);
        let text = match (subject, &items) {
            (subject, _) if let Some(name) = self.word_list(list) => match subject {
                Some(subject) => entries::but_not_in_list(&subject.text, &name),
                None => entries::not_in_list(&name),
            },
            (Some(subject), Some(items)) => entries::but_none_of(&subject.text, items),
            (Some(subject), None) => entries::but_not_listed(&subject.text),
            (None, Some(items)) => entries::none_of(items),
            (None, None) => entries::not_listed(),
        };
        self.say(start, Some(text));
        let Some(wanted) = self.shown(needle, sought) else {
            return self.source(list, None);
        };
        if whole.node.is_none() {
            return self.source(list, Some(entries::none_gives(&wanted)));
        }
        let text = match length(self.machine, whole) {
            Some(0) => entries::empty(),
            _ if is_map(whole) => entries::no_key(&wanted),
            _ => entries::none_equals(&wanted),
        };
        self.push(whole, |evidence| Evidence {
            lacks: true,
            ..evidence.with_text(text)
        });
    }

    /// What a list that was computed was made from.
    fn source(&mut self, list: OpId, text: Option<Text>) {
        let start = self.found.len();
        self.operand(list);
        if !matches!(self.program.op(list), Op::List(_)) {
            self.say(start, text);
        }
    }

    /// The items of a list that is not in the document, in words.
    pub(super) fn items(&self, list: Value<'a>) -> Option<Vec<String>> {
        let elements = self.machine.elements(list, Load::Plain).ok()?;
        let items = (0..).map_while(|index| self.machine.element(elements, index));
        let words = items.map(|item| item.ok().and_then(|item| self.written(item)));
        let words: Option<Vec<String>> = words.collect();
        words.filter(|words| !words.is_empty())
    }
}

fn is_map(value: Value<'_>) -> bool {
    matches!(value.data, Data::Mapping(_) | Data::Map(_))
}
