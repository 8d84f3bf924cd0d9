//! Findings that nothing can set aside, because they keep rules from a verdict; who tries is told so.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Label};
use crate::text;
use crate::text::{Text, few};

/// The findings that somebody tried to set aside with one name, in vain.
#[derive(Clone, Default)]
pub(super) struct Firm {
    /// The first of the findings.
    place: Option<Label>,
    /// The rules that they keep from a verdict.
    rules: BTreeSet<Arc<str>>,
}

/// Returns whether a finding keeps rules from a verdict, so that nothing can set it aside.
pub(super) fn is_firm(found: &Diagnostic) -> bool {
    !found.stops.is_empty()
}

impl Firm {
    /// Adds a finding.
    pub(super) fn add(&mut self, found: &Diagnostic) {
        if self.place.is_none() {
            self.place = found.labels.first().cloned();
        }
        self.rules.extend(found.stops.iter().cloned());
    }

    /// The finding on the attempt: what it is called by, what was to be set aside, and where that is tried.
    pub(super) fn said(&self, code: &str, id: &str, label: Label) -> Option<Diagnostic> {
        let place = self.place.clone()?;
        let rules = few(self.rules.iter().map(|rule| &**rule));
        let message = Text::new(
            format!(
                "{} cannot be set aside here: it keeps {} from being evaluated",
                name(id),
                rules.en
            ),
            format!(
                "لا يجوز استثناء {} هنا، لأنها تحول دون تطبيق {}",
                name(id),
                rules.ar
            ),
        );
        let help = text!(
            "fix the value shown; only errors that keep no rule from being evaluated can be set aside",
            "صحّح القيمة المشار إليها؛ فلا تُستثنى إلا الأخطاء التي لا تحول دون تطبيق القواعد",
        );
        let stops = text!(
            "this keeps rules from being evaluated",
            "يحول هذا دون تطبيق قواعد"
        );
        let found = Diagnostic::error(code, message).with_label(label);
        Some(found.with_label(place.with_text(stops)).with_help(help))
    }
}

fn name(id: &str) -> String {
    few(std::iter::once(id)).en
}
