//! What a rule names: profiles, positions, framework items and other rules must be there.

use crate::diagnostic::{Diagnostic, Label};
use crate::pack::compile::{Compiler, Env};
use crate::pack::model::{CitationFile, RuleFile};
use crate::text;
use crate::text::nearest;
use crate::yaml::{Document, Spanned};

/// What a name is the name of, in both languages.
type What = (&'static str, &'static str);

impl Compiler<'_> {
    pub(super) fn references(&mut self, id: &str, file: &RuleFile) {
        let (document, env) = (self.document, self.env);
        let mut found = Vec::new();
        for profile in &file.profiles {
            found.extend(reference(document, profile, &env.profiles, PROFILE));
        }
        let positions = file.positions.in_favour.iter();
        for position in positions.chain(&file.positions.against) {
            let what = ("position", "موقف");
            found.extend(reference(document, position, &env.positions, what));
        }
        for source in &file.sources {
            found.extend(cited(document, source, env));
        }
        for rule in &file.contradicts {
            found.extend(contradicted(document, rule, id, env));
        }
        self.diagnostics.extend(found);
    }
}

/// Profiles by their names.
pub(in crate::pack) const PROFILE: What = ("profile", "مجموعة قواعد");

/// A framework's item.
fn cited(document: &Document, source: &CitationFile, env: &Env<'_>) -> Option<Diagnostic> {
    let frameworks = || env.frameworks.iter();
    let known = frameworks().find(|framework| *framework.id == *source.framework);
    let Some(framework) = known else {
        let ids: Vec<&str> = frameworks().map(|framework| &**framework.id).collect();
        let what = ("framework", "إطار تنظيمي");
        return reference(document, &source.framework, &ids, what);
    };
    let items: Vec<&str> = framework.items.iter().map(|item| &**item.item).collect();
    if items.contains(&source.item.as_str()) {
        return None;
    }
    let message = text!(
        "the framework `{framework}` has no item `{item}`",
        "ليس في الإطار التنظيمي `{framework}` بند باسم `{item}`",
        framework = source.framework.value,
        item = source.item.value,
    );
    Some(unknown(document, &source.item, &items, message))
}

/// A rule that demands the opposite.
fn contradicted(
    document: &Document,
    rule: &Spanned<String>,
    own: &str,
    env: &Env<'_>,
) -> Option<Diagnostic> {
    if rule.value != own {
        return reference(document, rule, &env.rules, ("rule", "قاعدة"));
    }
    let message = text!(
        "a rule cannot contradict itself",
        "لا يمكن أن تناقض القاعدة نفسها",
    );
    let label = Label::new(document.source(), document.span(rule.node));
    Some(Diagnostic::error("pack/reference", message).with_label(label))
}

/// What to say of a name that is not known.
pub(in crate::pack) fn reference(
    document: &Document,
    name: &Spanned<String>,
    known: &[&str],
    what: What,
) -> Option<Diagnostic> {
    if known.contains(&name.as_str()) {
        return None;
    }
    let message = text::nothing_called(what, name);
    Some(unknown(document, name, known, message))
}

fn unknown(
    document: &Document,
    name: &Spanned<String>,
    known: &[&str],
    message: text::Text,
) -> Diagnostic {
    let label = Label::new(document.source(), document.span(name.node));
    let diagnostic = Diagnostic::error("pack/reference", message).with_label(label);
    match nearest(name, known.iter().copied()) {
        Some(near) => diagnostic.with_help(text::did_you_mean(near)),
        None => diagnostic,
    }
}
