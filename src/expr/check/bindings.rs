//! The variables of macros: made known, hidden again, and noted when they are read. Whether all of them
//! are used, `cases` judges.

use crate::expr::ast::Name;
use crate::expr::check::{Checker, Strictness};
use crate::expr::mark::Binding;
use crate::expr::{Mistake, Type};
use crate::source::Span;
use crate::text;

impl Checker<'_> {
    /// Makes a macro's variable known; `body` is where it can be read.
    pub(super) fn open(&mut self, variable: &Name, ty: Type, body: Span) {
        let taken = |(known, _): &(Box<str>, Type)| *known == variable.text;
        let hides = self.scope.variables.iter().any(taken)
            || ["today", "options", "terms"].contains(&&*variable.text);
        if hides && self.scope.strictness == Strictness::Rule {
            self.mistake(Mistake::new(
                variable.span,
                text!(
                    "`{name}` already means something here; choose another name",
                    "للاسم `{name}` معنى آخر هنا؛ اختر اسمًا غيره",
                    name = variable.text,
                ),
            ));
        }
        self.scope.variables.push((variable.text.clone(), ty));
        self.scope.inner += 1;
        self.open.push(self.bindings.len());
        self.bindings.push(Binding {
            name: variable.clone(),
            body,
            read: None,
            pair: None,
        });
    }

    /// Notes that the two variables that were opened last belong to one macro.
    pub(super) fn pair(&mut self) {
        if let [.., first, second] = *self.open {
            self.bindings[first].pair = Some(second);
            self.bindings[second].pair = Some(first);
        }
    }

    /// Hides the variables that were opened last, and what has been known since there were so many facts.
    pub(super) fn close(&mut self, count: usize, facts: usize) {
        let left = self.scope.variables.len() - count;
        self.scope.variables.truncate(left);
        self.scope.facts.truncate(facts);
        self.scope.inner -= count;
        self.open.truncate(self.open.len() - count);
    }

    /// Notes that the variable in a slot is read.
    pub(super) fn note_reading(&mut self, slot: usize, span: Span) {
        let outer = self.scope.variables.len() - self.scope.inner;
        let binding = slot
            .checked_sub(outer)
            .and_then(|place| self.open.get(place));
        if let Some(binding) = binding.copied() {
            self.bindings[binding].read.get_or_insert(span);
        }
    }
}
