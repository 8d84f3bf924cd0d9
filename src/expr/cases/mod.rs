//! Conditions that decide nothing: a proof by cases over the expressions of a rule. `term` says which
//! operations have the same value, `domain` which values there are, `tree` takes conditions apart, `rows`
//! goes through the cases, `region` adds what is known, `walk` finds every condition, `words` says it.
//!
//! A fault is no outcome here: a rule that ends in one is not judged by its result.

mod bindings;
mod domain;
mod region;
mod rows;
mod term;
#[cfg(test)]
mod tests;
mod tree;
mod walk;
mod words;

use crate::expr::Mistake;
use crate::expr::mark::Checked;
use crate::schema::Shapes;
use crate::source::Span;
use crate::text::Text;
use term::Term;
use walk::Walk;

/// What an expression is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// What must hold for a pack to apply to a document.
    Applies,
    /// The same before a rule of the pack, where it has been judged.
    Given,
    /// A list to go through: behind it, the list is there.
    Clause,
    /// What must hold for the rule to apply.
    When,
    /// What must hold where the rule applies.
    Assert,
    /// A value that is read when all this is settled.
    Value,
}

/// An expression of a rule.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'c> {
    pub(crate) role: Use,
    pub(crate) checked: &'c Checked,
}

/// What is wrong with an expression, the first or another one of those that were judged.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// Which expression the mistake is in.
    pub(crate) part: usize,
    pub(crate) mistake: Mistake,
    /// What to say at its characters.
    pub(crate) label: Option<Text>,
    /// What decided it: the expression, its characters, and words for them.
    pub(crate) because: Option<(usize, Span, Text)>,
}

/// Judges the conditions of a rule, whose expressions stand in the order in which they are asked.
pub(crate) fn judge(shapes: &Shapes, asked: &[Asked<'_>]) -> Vec<Verdict> {
    let mut walk = Walk::new(shapes);
    for (part, asked) in asked.iter().enumerate() {
        walk.expression(asked.role, Term::root(part, asked.checked));
    }
    let mut verdicts = walk.into_verdicts();
    for (part, asked) in asked.iter().enumerate() {
        bindings::unused(part, asked.checked, &mut verdicts);
    }
    verdicts.sort_by_key(|verdict| (verdict.part, verdict.mistake.span));
    verdicts
}
