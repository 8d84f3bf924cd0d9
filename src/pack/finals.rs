//! `final` in `pack.yaml`: the rules that nothing may lower, in whichever pack they stand.

use crate::diagnostic::{Diagnostic, Label};
use crate::pack::{Packs, pack_of};
use crate::text;
use crate::text::nearest;

/// A rule or a pack that a `pack.yaml` calls final.
pub(super) struct Final {
    /// Its name.
    pub(super) name: String,
    /// Where it says so.
    pub(super) place: Label,
}

/// Marks the rules, and tells of names that nothing bears. Who said it first is the one who says it.
pub(super) fn mark(finals: &[Final], packs: &mut Packs) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for Final { name, place } in finals {
        let mut is_known = false;
        for rule in &mut packs.rules {
            if rule.id == *name || pack_of(&rule.id) == name {
                rule.finality.get_or_insert_with(|| place.clone());
                is_known = true;
            }
        }
        if !is_known {
            diagnostics.push(unknown(name, place, packs));
        }
    }
    diagnostics
}

fn unknown(name: &str, place: &Label, packs: &Packs) -> Diagnostic {
    let message = text::nothing_called(("rule or pack", "قاعدة أو حزمة"), name);
    let found = Diagnostic::error("pack/reference", message).with_label(place.clone());
    let rules = packs.rules.iter();
    let known = rules.flat_map(|rule| [rule.id.as_str(), rule.pack()]);
    match nearest(name, known) {
        Some(near) => found.with_help(text::did_you_mean(near)),
        None => found,
    }
}
