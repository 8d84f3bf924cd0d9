//! Finds every condition of an expression, with what is known where it is asked: what stands before it in
//! the rule, to its left, and around it.

use std::collections::HashMap;

use crate::expr::Mistake;
use crate::expr::ast::{BindKind, LoopKind};
use crate::expr::cases::region::{Fact, Region};
use crate::expr::cases::rows::Seen;
use crate::expr::cases::term::{Term, print, same};
use crate::expr::cases::tree::{Form, NodeId};
use crate::expr::cases::words;
use crate::expr::cases::{Use, Verdict};
use crate::expr::mark::Sort;
use crate::expr::program::{Constant, LoopOp, Op, OpId};
use crate::schema::Shapes;
use crate::text;

/// What a condition is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Applies,
    When,
    Assert,
    /// What a macro asks of each element.
    Test(LoopKind),
    /// What stands before `?`.
    Choice,
    /// A part of a condition, or a condition that is read as a value.
    Part,
}

/// The number of nodes that the proof may go through for one rule. What is then left is taken for conditions that can
/// be both: nothing is reported that is not proven.
pub(super) const WORK: usize = 2_000_000;

/// A way through the expressions of a rule.
pub(super) struct Walk<'c> {
    shapes: &'c Shapes,
    facts: Vec<Fact<'c>>,
    verdicts: Vec<Verdict>,
    /// The work that is left.
    left: usize,
}

impl<'c> Walk<'c> {
    pub(super) const fn new(shapes: &'c Shapes) -> Self {
        Self {
            shapes,
            facts: Vec::new(),
            verdicts: Vec::new(),
            left: WORK,
        }
    }

    /// Takes so much work; whether there was as much.
    fn afford(&mut self, work: usize) -> bool {
        let is_enough = work <= self.left;
        self.left = self.left.saturating_sub(work);
        is_enough
    }

    pub(super) fn into_verdicts(self) -> Vec<Verdict> {
        self.verdicts
    }

    /// Judges the next expression and takes note of what it settles for those behind it.
    pub(super) fn expression(&mut self, role: Use, term: Term<'c>) {
        match role {
            Use::Applies => self.condition(term, Role::Applies),
            Use::Given => self.assume(term, true),
            Use::Clause => {
                self.range(term);
                if term.step().is_some() {
                    self.facts.push(Fact::There(term));
                }
            }
            Use::When => {
                self.condition(term, Role::When);
                self.assume(term, true);
            }
            Use::Assert => {
                self.condition(term, Role::Assert);
                self.assume(term, false);
            }
            Use::Value => self.value(term),
        }
    }

    /// Takes note of what a condition was, part by part where that is certain.
    fn assume(&mut self, term: Term<'c>, truth: bool) {
        match (term.op(), truth) {
            (Op::Not(inner), _) => self.assume(term.at(*inner), !truth),
            (Op::And(left, right), true) | (Op::Or(left, right), false) => {
                self.assume(term.at(*left), truth);
                self.assume(term.at(*right), truth);
            }
            _ => self.facts.push(Fact::Held(term, truth)),
        }
    }

    /// Goes on where a condition is known.
    fn under(&mut self, term: Term<'c>, truth: bool, go: impl FnOnce(&mut Self)) {
        let outside = self.facts.len();
        self.assume(term, truth);
        go(self);
        self.facts.truncate(outside);
    }

    fn condition(&mut self, term: Term<'c>, role: Role) {
        if let Op::Bind {
            kind: BindKind::Plain,
            value,
            body,
            ..
        } = term.op()
        {
            self.value(term.at(*value));
            return self.condition(term.at(*body), role);
        }
        if self.left == 0 {
            return;
        }
        let region = Region::new(self.shapes, term, &self.facts);
        if !self.afford(region.work_of_judging()) {
            return;
        }
        let seen = region.judge();
        match seen[region.root].always() {
            Some(_) if role == Role::Part && is_literal(term) => {}
            Some(_) => self.report(&region, &seen, region.root, role),
            None => self.parts(&region, &seen, region.root),
        }
    }

    /// Judges the parts of a condition that is not always the same.
    fn parts(&mut self, region: &Region<'c>, seen: &[Seen], node: NodeId) {
        if !seen[node].is_asked() {
            return;
        }
        if seen[node].always().is_some() {
            return self.report(region, seen, node, Role::Part);
        }
        match *region.form(node) {
            Form::Not(inner) => self.parts(region, seen, inner),
            Form::And(left, right) => {
                self.parts(region, seen, left);
                self.under(region.term(left), true, |walk| {
                    walk.parts(region, seen, right);
                });
            }
            Form::Or(left, right) => {
                self.parts(region, seen, left);
                self.under(region.term(left), false, |walk| {
                    walk.parts(region, seen, right);
                });
            }
            Form::Cond(condition, yes, no) => {
                self.parts(region, seen, condition);
                for (branch, truth) in [(yes, true), (no, false)] {
                    if !is_literal(region.term(branch)) {
                        let term = region.term(condition);
                        self.under(term, truth, |walk| walk.parts(region, seen, branch));
                    }
                }
            }
            Form::Fixed(_) | Form::Leaf(..) | Form::Path(..) => self.inside(region.term(node)),
        }
    }

    /// Judges the conditions in a value.
    fn value(&mut self, term: Term<'c>) {
        match term.op() {
            Op::And(..)
            | Op::Or(..)
            | Op::Not(_)
            | Op::Compare(..)
            | Op::In(..)
            | Op::Has(_)
            | Op::Matches(..)
            | Op::Glob(..) => self.condition(term, Role::Part),
            Op::Cond(..) if term.sort() == Sort::Bool => self.condition(term, Role::Part),
            Op::Cond(condition, yes, no) => {
                let condition = term.at(*condition);
                self.condition(condition, Role::Choice);
                self.under(condition, true, |walk| walk.value(term.at(*yes)));
                self.under(condition, false, |walk| walk.value(term.at(*no)));
            }
            _ => self.inside(term),
        }
    }

    /// Judges the conditions below a term that is none, or one that is not taken apart.
    fn inside(&mut self, term: Term<'c>) {
        match term.op() {
            Op::Const(_) | Op::Slot(_) | Op::Today | Op::Setting(_) | Op::Term(_) => {}
            Op::Field(object, _) | Op::MaybeField(object, _) => self.inside(term.at(*object)),
            Op::Has(operand) => self.inside(term.at(*operand)),
            Op::Loop(looped) => self.looped(term, looped),
            Op::Bind { value, body, .. } => {
                self.value(term.at(*value));
                self.value(term.at(*body));
            }
            Op::In(_, list, _) => {
                self.repeated(term.at(*list));
                self.below(term);
            }
            _ => self.below(term),
        }
    }

    fn below(&mut self, term: Term<'c>) {
        for child in term.op().children() {
            self.value(term.at(child));
        }
    }

    fn looped(&mut self, term: Term<'c>, looped: &'c LoopOp) {
        self.range(term.at(looped.range));
        let at = |id: OpId| term.at(id);
        if let Some(condition) = looped.condition.map(at) {
            self.condition(condition, Role::Test(looped.kind));
            if let Some(result) = looped.result.map(at) {
                self.under(condition, true, |walk| walk.value(result));
            }
        } else if let Some(result) = looped.result.map(at) {
            self.value(result);
        }
    }

    /// Judges what is gone through.
    fn range(&mut self, term: Term<'c>) {
        if term.items().is_some_and(|mut items| items.next().is_none()) {
            let mistake = Mistake::new(
                term.span(),
                text!(
                    "this list is empty: there is nothing to go through",
                    "هذه القائمة فارغة: لا شيء فيها يُنظر فيه",
                ),
            );
            let help = text!("name a list of the document", "اذكر قائمة من المستند");
            self.verdict(term.part, mistake.with_help(help));
        }
        self.value(term);
    }

    /// Reports what stands twice in a list that something is looked for in.
    fn repeated(&mut self, list: Term<'c>) {
        let mut known: HashMap<u64, Vec<Term<'c>>> = HashMap::new();
        for item in list.items().into_iter().flatten() {
            let alike = known.entry(print(item)).or_default();
            let twin = alike.iter().copied().find(|known| same(*known, item));
            if twin.is_none() {
                alike.push(item);
            }
            if let Some(twin) = twin {
                let mistake = Mistake::new(
                    item.span(),
                    text!(
                        "this stands in the list twice",
                        "هذا مذكور في القائمة مرتين"
                    ),
                );
                let help = text!("leave one of the two out", "احذف أحد الموضعين");
                self.verdict(list.part, mistake.with_help(help));
                if let Some(verdict) = self.verdicts.last_mut() {
                    let words = text!("here already", "ورد هنا من قبل");
                    verdict.because = Some((twin.part, twin.span(), words));
                }
            }
        }
    }

    /// Reports a condition that is always the same, at the part of it that makes it so.
    fn report(&mut self, region: &Region<'c>, seen: &[Seen], node: NodeId, role: Role) {
        let outside = self.facts.len();
        let culprit = self.culprit(region, seen, node);
        let term = region.term(culprit);
        let alone = Region::new(self.shapes, term, &self.facts);
        self.facts.truncate(outside);
        if !self.afford(alone.work_of_deciders()) {
            return;
        }
        let deciders = alone.deciders();
        let (Some(whole), Some(own)) = (seen[node].always(), seen[culprit].always()) else {
            return;
        };
        let is_part = role == Role::Part;
        let found = if is_part { own } else { whole };
        let mistake = Mistake::new(term.span(), words::message(role, found));
        let reason = words::reason(term, &deciders);
        let label = (!is_part || reason.is_some()).then(|| words::label(own, reason));
        let because = deciders.last().map(|fact| {
            let words = words::because(deciders.len() > 1);
            (fact.term().part, fact.term().span(), words)
        });
        self.verdicts.push(Verdict {
            part: term.part,
            mistake: mistake.with_help(words::help(role, found)),
            label,
            because,
        });
    }

    /// The smallest part that alone makes a node what it always is; what is known there is noted.
    fn culprit(&mut self, region: &Region<'c>, seen: &[Seen], node: NodeId) -> NodeId {
        let always = |node: NodeId| seen[node].always();
        match *region.form(node) {
            Form::Not(inner) => self.culprit(region, seen, inner),
            Form::And(left, right) | Form::Or(left, right) => {
                let goes_on = matches!(region.form(node), Form::And(..));
                let decided = always(node) == Some(!goes_on);
                if decided && always(left) == Some(!goes_on) {
                    self.culprit(region, seen, left)
                } else if decided && always(right) == Some(!goes_on) {
                    self.assume(region.term(left), goes_on);
                    self.culprit(region, seen, right)
                } else {
                    node
                }
            }
            _ => node,
        }
    }

    fn verdict(&mut self, part: usize, mistake: Mistake) {
        self.verdicts.push(Verdict {
            part,
            mistake,
            label: None,
            because: None,
        });
    }
}

fn is_literal(term: Term<'_>) -> bool {
    matches!(term.constant(), Some(Constant::Bool(_)))
}
