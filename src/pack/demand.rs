//! What a rule demands: `assert`, or `unique` with the keys that go with it.

use crate::diagnostic::{Diagnostic, Label};
use crate::expr::{Demand, Mistake, Use};
use crate::pack::compile::Compiler;
use crate::pack::model::RuleFile;
use crate::pack::rule::{Check, Unique};
use crate::source::{Span, to_offset};
use crate::text;
use crate::text::Text;
use crate::yaml::{NodeId, Spanned};

impl Compiler<'_> {
    pub(super) fn check(&mut self, file: &RuleFile) -> Option<Check> {
        self.stray_keys(file);
        match (&file.assert, &file.unique) {
            (Some(assert), None) => {
                let program = self.program(assert, Demand::Condition, Use::Assert)?;
                Some(Check::Assert(assert.value.clone(), program))
            }
            (None, Some(unique)) => self.unique(file, unique),
            (Some(assert), Some(_)) => {
                let message = text!(
                    "a rule has either `assert` or `unique`, not both",
                    "تحمل القاعدة إما `assert` وإما `unique`، لا كليهما",
                );
                self.refuse(assert.node, message);
                None
            }
            (None, None) => {
                let message = text!(
                    "a rule needs `assert` or `unique`: without one it cannot find anything",
                    "تحتاج القاعدة إلى `assert` أو `unique`: فبدونهما لا تجد شيئًا",
                );
                self.refuse(self.document.root(), message);
                None
            }
        }
    }

    fn unique(&mut self, file: &RuleFile, unique: &Spanned<String>) -> Option<Check> {
        if file.each.is_none() && file.across.is_none() {
            let message = text!(
                "`unique` needs `each`: one thing alone is always unique",
                "تحتاج `unique` إلى `each`: الشيء الواحد فريد دائمًا",
            );
            let help = text!(
                "name what to compare under `each`, or compare documents with `across: documents`",
                "اذكر ما يُقارَن تحت `each`، أو قارن المستندات بإضافة `across: documents`",
            );
            let mistake = Mistake::new(Span::new(0, to_offset(unique.len())), message);
            self.report(unique.node, mistake.with_help(help));
        }
        let key = self.program(unique, Demand::Value, Use::Value);
        let same = file.same.as_ref().map(|same| {
            let program = self.program(same, Demand::Value, Use::Value)?;
            Some((same.value.clone(), program))
        });
        Some(Check::Unique(Box::new(Unique {
            text: unique.value.clone(),
            key: key?,
            same: match same {
                Some(compiled) => Some(compiled?),
                None => None,
            },
            across: file.across.is_some(),
        })))
    }

    /// Refuses what goes with `unique` where there is none.
    fn stray_keys(&mut self, file: &RuleFile) {
        if file.unique.is_some() {
            return;
        }
        let same = file.same.as_ref().map(|same| ("same", same.node));
        let across = file.across.as_ref().map(|across| ("across", across.node));
        for (name, node) in [same, across].into_iter().flatten() {
            let message = text!(
                "`{name}` goes with `unique`, which this rule does not have",
                "لا تأتي `{name}` إلا مع `unique`، وليست في هذه القاعدة",
                name = name,
            );
            self.refuse(node, message);
        }
    }

    fn refuse(&mut self, node: NodeId, message: Text) {
        let label = Label::new(self.document.source(), self.document.head(node));
        self.diagnostics
            .push(Diagnostic::error("pack/check", message).with_label(label));
    }
}
