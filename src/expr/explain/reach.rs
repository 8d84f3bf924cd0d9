//! Every element that decided, and not only the one that is shown: what is known of a result whatever the order
//! of what it went through.

use super::loops::Round;
use super::{Evidence, Explainer, settled};
use crate::expr::eval::Machine;
use crate::expr::program::{LoopOp, OpId, Program};
use crate::expr::value::Value;
use crate::yaml::{Document, NodeId};

/// How many of the elements of a list that decided count at most, and for how many of all it is asked what
/// decided in them.
const COUNTED: usize = 1_000;

/// Why a program came out as it did, whatever the order of what it went through.
pub(crate) struct Reach<'a> {
    /// The evidence; of several elements that decided, that for the one whose name comes first.
    pub(crate) evidence: Vec<Evidence>,
    /// All elements that decided.
    pub(crate) elements: Vec<Element<'a>>,
}

/// An element that decided. One in which other elements decided is only what leads to them.
pub(crate) struct Element<'a> {
    /// What leads to it, from the outermost, and itself.
    pub(crate) chain: Vec<Value<'a>>,
    /// What decided in it, with whether that only lacks something.
    pub(crate) cause: Option<(NodeId, bool)>,
}

/// What is kept of loops of which every deciding element counts.
pub(super) struct Wide<'m, 'a> {
    name: &'m dyn Fn(&Document, NodeId) -> String,
    /// The elements whose rounds are being explained.
    chain: Vec<Value<'a>>,
    elements: Vec<Element<'a>>,
    /// For how many more it is asked what decided in them.
    left: usize,
}

/// The evidence for a program's result, in which nothing depends on the order of elements, whose names are given.
pub(crate) fn reach<'a>(
    machine: &mut Machine<'a>,
    program: &'a Program,
    name: &dyn Fn(&Document, NodeId) -> String,
) -> Reach<'a> {
    let doc = machine.doc;
    let mut explainer = Explainer::new(machine, program);
    explainer.wide = Some(Wide {
        name,
        chain: Vec::new(),
        elements: Vec::new(),
        left: COUNTED,
    });
    explainer.because(program.root);
    let elements = explainer.wide.map_or_else(Vec::new, |wide| wide.elements);
    Reach {
        evidence: settled(doc, &explainer.found),
        elements,
    }
}

impl<'a> Explainer<'_, 'a> {
    /// How many rounds are looked for of which so many are shown.
    pub(super) fn most(&self, shown: usize) -> usize {
        if self.wide.is_some() { COUNTED } else { shown }
    }

    /// Sorts rounds by their elements' names, where every element counts.
    pub(super) fn in_order(&self, rounds: &mut [Round<'a>]) {
        let doc = self.machine.doc;
        if let Some(wide) = &self.wide {
            rounds.sort_by_cached_key(|round| round.1.node.map(|node| (wide.name)(doc, node)));
        }
    }

    /// How many elements have been taken down.
    pub(super) fn taken_down(&self) -> usize {
        self.wide.as_ref().map_or(0, |wide| wide.elements.len())
    }

    /// Does something without taking down any elements: those that it meets did not decide.
    pub(super) fn aside(&mut self, explain: impl FnOnce(&mut Self)) {
        let known = self.taken_down();
        explain(self);
        if let Some(wide) = &mut self.wide {
            wide.elements.truncate(known);
        }
    }

    /// Explains what decided in a round and, where every element counts, takes it down.
    pub(super) fn decided(&mut self, looped: &'a LoopOp, condition: OpId, round: Round<'a>) {
        let (start, known) = (self.found.len(), self.taken_down());
        if let Some(wide) = &mut self.wide {
            wide.chain.push(round.1);
        }
        self.within(looped, round, |explainer| explainer.because(condition));
        let doc = self.machine.doc;
        let Some(wide) = &mut self.wide else { return };
        wide.chain.pop();
        if wide.elements.len() == known {
            let found = self.found.get(start..).unwrap_or_default();
            let cause = settled(doc, found).into_iter().next();
            wide.take_down(round.1, cause.map(|cause| (cause.node, cause.lacks)));
        }
    }

    /// Takes down rounds that decided as well, and what decided in them.
    pub(super) fn rest(&mut self, looped: &'a LoopOp, condition: OpId, rounds: &[Round<'a>]) {
        for round in rounds {
            let Some(wide) = &mut self.wide else { return };
            if let Some(left) = wide.left.checked_sub(1) {
                wide.left = left;
                let start = self.found.len();
                self.decided(looped, condition, *round);
                self.found.truncate(start);
            } else {
                wide.take_down(round.1, None);
            }
        }
    }

    /// Takes down elements that decided together.
    pub(super) fn together(&mut self, rounds: &[Round<'a>]) {
        if let Some(wide) = &mut self.wide {
            for round in rounds {
                wide.take_down(round.1, None);
            }
        }
    }
}

impl<'a> Wide<'_, 'a> {
    fn take_down(&mut self, element: Value<'a>, cause: Option<(NodeId, bool)>) {
        let mut chain = self.chain.clone();
        chain.push(element);
        self.elements.push(Element { chain, cause });
    }
}
