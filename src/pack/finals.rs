//! `final` in `pack.yaml`: the rules that nothing may lower, in whichever pack they stand.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Label};
use crate::pack::compile::reference;
use crate::pack::{Packs, pack_of};
use crate::yaml::{Document, Spanned};

/// A rule or a pack that a `pack.yaml` calls final.
pub(super) struct Final {
    /// Its name.
    pub(super) name: Spanned<String>,
    /// The `pack.yaml`.
    pub(super) document: Arc<Document>,
}

/// Marks the rules, and tells of names that nothing bears. Who said it first is the one who says it.
pub(super) fn mark(finals: &[Final], packs: &mut Packs) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for Final { name, document } in finals {
        let rules = packs.rules.iter();
        let known: Vec<&str> = rules.flat_map(|rule| [&*rule.id, rule.pack()]).collect();
        diagnostics.extend(reference(document, name, &known, RULE));
        for rule in &mut packs.rules {
            if rule.id == **name || pack_of(&rule.id) == **name {
                let place = || Label::new(document.source(), document.span(name.node));
                rule.finality.get_or_insert_with(place);
            }
        }
    }
    diagnostics
}

/// What a name may stand for, in both languages.
const RULE: (&str, &str) = ("rule or pack", "قاعدة أو حزمة");
