//! `options.<name>` and `terms.<name>`: what a rule's own options and the packs' word lists are read by.

use crate::expr::ast::Name;
use crate::expr::check::Checker;
use crate::expr::program::{Op, OpId};
use crate::expr::{Mistake, Type};
use crate::source::Span;
use crate::text;
use crate::text::{Text, nearest};

impl Checker<'_> {
    /// `options` or `terms` alone, which only names stand in.
    pub(super) fn space(&mut self, space: &str, span: Span) -> (OpId, Type) {
        let message = text!(
            "`{space}` stands for no value by itself",
            "لا قيمة لكلمة `{space}` وحدها",
            space = space,
        );
        let names: Vec<&str> = if space == "terms" {
            self.scope.terms.iter().map(|name| &**name).collect()
        } else {
            let options = self.scope.options.iter();
            options.map(|(name, _)| &**name).collect()
        };
        let help = text!(
            "write `{space}.<name>`",
            "اكتب `{space}.<name>`",
            space = space
        );
        let help = match names[..] {
            [] => help,
            _ => Text::new(
                format!("{}: {}", help.en, text::Shown(&names.join(", "))),
                format!("{}: {}", help.ar, text::Shown(&names.join("، "))),
            ),
        };
        self.mistake(Mistake::new(span, message).with_help(help));
        self.unknown()
    }

    /// `options.name`
    pub(super) fn setting(&mut self, name: &Name) -> (OpId, Type) {
        if let Some(place) = self
            .scope
            .options
            .iter()
            .position(|(known, _)| *known == name.text)
        {
            let ty = self.scope.options[place].1.clone();
            return (self.push(Op::Setting(place)), ty);
        }
        let names = self.scope.options.iter().map(|(known, _)| &**known);
        let suggestion = nearest(&name.text, names).map(str::to_owned);
        let mut mistake = Mistake::new(
            name.span,
            text!(
                "this rule has no option `{name}`",
                "لا يوجد في هذه القاعدة خيار باسم `{name}`",
                name = name.text
            ),
        );
        if let Some(name) = suggestion {
            mistake = mistake.with_help(text::did_you_mean(&name));
        }
        self.mistake(mistake);
        self.unknown()
    }

    /// `terms.name`
    pub(super) fn term(&mut self, name: &Name) -> (OpId, Type) {
        let mut names = self.scope.terms.iter();
        if let Some(place) = names.position(|known| *known == name.text) {
            let op = self.push(Op::Term(place));
            return (op, Type::List(Box::new(Type::String)));
        }
        let mut mistake = Mistake::new(name.span, no_word_list(&name.text));
        let names = self.scope.terms.iter().map(|known| &**known);
        if let Some(name) = nearest(&name.text, names) {
            mistake = mistake.with_help(text::did_you_mean(name));
        }
        self.mistake(mistake);
        self.unknown()
    }
}

/// That no word list has a name.
pub(crate) fn no_word_list(name: &str) -> Text {
    text!(
        "there is no word list called `{name}`",
        "لا توجد قائمة مفردات باسم `{name}`",
        name = name,
    )
}
