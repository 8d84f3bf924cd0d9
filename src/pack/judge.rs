//! What is wrong with a rule whose expressions are all sound one by one: conditions that decide nothing,
//! variables and options that nothing reads.

use crate::diagnostic::{Diagnostic, Label};
use crate::expr::{Asked, Checked, Mistake, Use, Verdict, judge};
use crate::pack::applies::Applies;
use crate::pack::locate::inner_span;
use crate::pack::rule::Rule;
use crate::schema::Shapes;
use crate::source::{Span, to_offset};
use crate::text;
use crate::yaml::{Document, NodeId};

/// An expression of a rule and where it stands: its text begins `shift` bytes behind the node's.
pub(super) struct Kept {
    pub(super) role: Use,
    pub(super) checked: Checked,
    pub(super) node: NodeId,
    pub(super) shift: u32,
}

/// Judges a rule by its expressions, which stand in the order in which they are asked.
pub(super) fn judge_rule(rule: &Rule, document: &Document, kept: &[Kept]) -> Vec<Diagnostic> {
    let applies = rule.applies.as_deref();
    let told = judge_kept(document, applies, kept, &rule.kind.shapes);
    told.into_iter()
        .chain(idle_variables(document, kept))
        .chain(idle_options(rule, document, kept))
        .collect()
}

/// Judges expressions in the order in which they are asked, behind the condition of their pack, which has
/// been judged.
pub(super) fn judge_kept(
    document: &Document,
    applies: Option<&Applies>,
    kept: &[Kept],
    shapes: &Shapes,
) -> Vec<Diagnostic> {
    let first = applies.map(|applies| Asked {
        role: Use::Given,
        checked: &applies.checked,
    });
    let own = kept.iter().map(|kept| Asked {
        role: kept.role,
        checked: &kept.checked,
    });
    let asked: Vec<Asked<'_>> = first.into_iter().chain(own).collect();
    let foreign = usize::from(applies.is_some());
    let label = |part: usize, span: Span| match (part.checked_sub(foreign), applies) {
        (None, Some(applies)) => applies.label(span),
        (own, _) => {
            let Kept { node, shift, .. } = kept[own.unwrap_or(part)];
            let span = Span::new(span.start + shift, span.end + shift);
            Label::new(document.source(), inner_span(document, node, span))
        }
    };
    judge(shapes, &asked)
        .into_iter()
        .filter(|verdict| verdict.part >= foreign)
        .map(|verdict| diagnostic(document, &label, verdict))
        .collect()
}

fn diagnostic(
    document: &Document,
    label: &impl Fn(usize, Span) -> Label,
    verdict: Verdict,
) -> Diagnostic {
    let place = |span| label(verdict.part, span).span;
    let mistake = verdict.mistake;
    let mut diagnostic = mistake.into_diagnostic("pack/expression", document.source(), place);
    if let (Some(text), Some(label)) = (verdict.label, diagnostic.labels.first_mut()) {
        label.text = Some(text);
    }
    match verdict.because {
        Some((part, span, words)) => diagnostic.with_label(label(part, span).with_text(words)),
        None => diagnostic,
    }
}

/// Variables of `each` that no later expression reads. Those before them are the document's own.
fn idle_variables(document: &Document, kept: &[Kept]) -> Vec<Diagnostic> {
    let clauses = kept.iter().take_while(|kept| kept.role == Use::Clause);
    let idle = clauses.enumerate().filter(|(number, _)| {
        let mut later = kept[number + 1..].iter();
        !later.any(|kept| kept.checked.reads_variable(number + 1))
    });
    idle.map(|(_, clause)| {
        let text = document.text(clause.node).unwrap_or("");
        let name = text.split_whitespace().next().unwrap_or("");
        let mistake = Mistake::new(
            Span::new(0, to_offset(name.len())),
            text!(
                "nothing reads the variable `{name}`",
                "لا شيء يقرأ المتغير `{name}`",
                name = name,
            ),
        );
        let mistake = mistake.with_help(text!(
            "say something of `{name}`, or leave out what names it",
            "اذكر شيئًا عن `{name}`، أو احذف ما يعرّفه",
            name = name,
        ));
        let place = |span| inner_span(document, clause.node, span);
        mistake.into_diagnostic("pack/expression", document.source(), place)
    })
    .collect()
}

/// Options that no expression reads.
fn idle_options(rule: &Rule, document: &Document, kept: &[Kept]) -> Vec<Diagnostic> {
    let names = rule.options.iter().map(|option| &option.name).enumerate();
    let idle = names.filter(|(place, _)| {
        let mut all = kept.iter();
        !all.any(|kept| kept.checked.reads_option(*place))
    });
    idle.filter_map(|(_, name)| {
        let options = document.get(document.root(), "options")?.value;
        let key = document.get(options, name)?.key;
        let message = text!(
            "nothing reads the option `{name}`",
            "لا شيء يقرأ الخيار `{name}`",
            name = name,
        );
        let label = Label::new(document.source(), document.span(key));
        let help = text!(
            "read it as `options.{name}`, or leave it out",
            "اقرأه هكذا: `options.{name}`، أو احذفه",
            name = name,
        );
        Some(
            Diagnostic::error("pack/option", message)
                .with_label(label)
                .with_help(help),
        )
    })
    .collect()
}
