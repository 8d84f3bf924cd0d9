//! A pack's `applies_when`: a condition on the document, asked once for all rules of the pack, which know
//! that it holds.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Label};
use crate::expr::{Checked, Demand, Fact, Program, Scope, Use, check_first};
use crate::pack::judge::{Kept, judge_kept};
use crate::pack::locate::inner_span;
use crate::schema::Kind;
use crate::source::Span;
use crate::yaml::{Document, NodeId, Spanned};

/// The condition, compiled for documents of one kind.
#[derive(Debug)]
pub(crate) struct Applies {
    /// The name of the kind.
    pub(crate) kind: String,
    /// Its text.
    pub(crate) text: String,
    /// Its program, and what the checker knows of it.
    pub(super) checked: Checked,
    /// What is known where it holds.
    pub(super) facts: Vec<Fact>,
    /// `pack.yaml`, and where the text stands in it.
    document: Arc<Document>,
    node: NodeId,
}

impl Applies {
    pub(crate) fn program(&self) -> &Program {
        &self.checked.program
    }

    /// Where a part of the text stands.
    pub(super) fn label(&self, span: Span) -> Label {
        let span = inner_span(&self.document, self.node, span);
        Label::new(self.document.source(), span)
    }
}

/// Compiles the condition for a kind, with the word lists of these names, and judges whether it decides anything.
pub(super) fn applies(
    condition: &Spanned<String>,
    document: &Arc<Document>,
    (kind, terms): (&Kind, &Arc<[Box<str>]>),
) -> Result<Applies, Vec<Diagnostic>> {
    let (checked, facts) = checked(condition, document, (kind, terms))?;
    let kept = Kept {
        role: Use::Applies,
        checked,
        node: condition.node,
        shift: 0,
    };
    let diagnostics = judge_kept(document, None, std::slice::from_ref(&kept), &kind.shapes);
    if diagnostics.is_empty() {
        Ok(compiled(condition, document, kind, (kept.checked, facts)))
    } else {
        Err(diagnostics)
    }
}

/// Compiles a changed condition. It is not judged: a mutant may well decide nothing.
pub(super) fn mutant(
    condition: &Spanned<String>,
    document: &Arc<Document>,
    (kind, terms): (&Kind, &Arc<[Box<str>]>),
) -> Result<Applies, Vec<Diagnostic>> {
    let checked = checked(condition, document, (kind, terms))?;
    Ok(compiled(condition, document, kind, checked))
}

fn checked(
    condition: &Spanned<String>,
    document: &Document,
    (kind, terms): (&Kind, &Arc<[Box<str>]>),
) -> Result<(Checked, Vec<Fact>), Vec<Diagnostic>> {
    let mut scope = Scope::new(&kind.shapes, &kind.variable);
    scope.terms = Arc::clone(terms);
    match check_first(condition, &mut scope, Demand::Condition) {
        Ok(checked) => Ok((checked, scope.facts)),
        Err(mistakes) => {
            let place = |span| inner_span(document, condition.node, span);
            let told = mistakes.into_iter();
            let told = told.map(|mistake| {
                mistake.into_diagnostic("pack/expression", document.source(), place)
            });
            Err(told.collect())
        }
    }
}

fn compiled(
    condition: &Spanned<String>,
    document: &Arc<Document>,
    kind: &Kind,
    (checked, facts): (Checked, Vec<Fact>),
) -> Applies {
    Applies {
        kind: kind.name.clone(),
        text: condition.value.clone(),
        checked,
        facts,
        document: Arc::clone(document),
        node: condition.node,
    }
}
