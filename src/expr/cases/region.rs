//! One condition among what is known before it is asked: whether it can be both true and false, and if
//! not, what of the known decides it.

use crate::expr::cases::rows::{Rows, Seen};
use crate::expr::cases::term::Term;
use crate::expr::cases::tree::{Form, NodeId, Tree};
use crate::schema::Shapes;

/// The number of facts before a condition that are looked at: the nearest ones.
const FACTS: usize = 64;

/// What is known where a condition is asked.
#[derive(Clone, Copy)]
pub(super) enum Fact<'c> {
    /// A condition is true, or false.
    Held(Term<'c>, bool),
    /// A path leads to something.
    There(Term<'c>),
}

impl<'c> Fact<'c> {
    /// Where it was asked.
    pub(super) const fn term(self) -> Term<'c> {
        match self {
            Self::Held(term, _) | Self::There(term) => term,
        }
    }
}

/// A condition, taken apart together with the facts that bear on it.
pub(super) struct Region<'c> {
    tree: Tree<'c>,
    pub(super) root: NodeId,
    facts: Vec<Known<'c>>,
    /// How often each subject is asked.
    uses: Vec<usize>,
}

/// A fact, taken apart.
struct Known<'c> {
    fact: Fact<'c>,
    node: NodeId,
    truth: bool,
    /// Its nodes begin here and end at `node`.
    first: NodeId,
}

impl<'c> Region<'c> {
    pub(super) fn new(shapes: &'c Shapes, term: Term<'c>, facts: &[Fact<'c>]) -> Self {
        let mut tree = Tree::new(shapes);
        let root = tree.grow(term);
        let own = tree.subjects.len();
        let mut known = Vec::with_capacity(facts.len().min(FACTS));
        for fact in &facts[facts.len().saturating_sub(FACTS)..] {
            let first = tree.nodes.len();
            let (node, truth) = match *fact {
                Fact::Held(term, truth) => (tree.grow(term), truth),
                Fact::There(term) => (tree.presence(term, term), true),
            };
            known.push(Known {
                fact: *fact,
                node,
                truth,
                first,
            });
        }
        let mut region = Self {
            tree,
            root,
            facts: known,
            uses: Vec::new(),
        };
        region.keep_what_bears(own);
        region.tree.settle();
        region
    }

    /// Counts the uses of subjects, and leaves out the facts that have no subject in common with the
    /// condition, not even by way of other facts. The first `own` subjects are the condition's.
    fn keep_what_bears(&mut self, own: usize) {
        self.uses = vec![0; self.tree.subjects.len()];
        count(&self.tree, 0..self.root + 1, &mut self.uses);
        debug_assert!(self.uses[own..].iter().all(|uses| *uses == 0), "all grown");
        let mut left = std::mem::take(&mut self.facts);
        loop {
            let bears = |known: &Known<'c>| {
                let nodes = &self.tree.nodes[known.first..=known.node];
                nodes.iter().any(|node| match &node.form {
                    Form::Leaf(subject, _) => self.uses[*subject] > 0,
                    Form::Fixed(_) => true,
                    _ => false,
                })
            };
            let (found, others): (Vec<_>, Vec<_>) = left.into_iter().partition(bears);
            if found.is_empty() {
                return;
            }
            for known in &found {
                count(&self.tree, known.first..known.node + 1, &mut self.uses);
            }
            self.facts.extend(found);
            left = others;
        }
    }

    /// What the parts of the condition are where they are asked.
    pub(super) fn judge(&self) -> Vec<Seen> {
        self.judge_with(&self.facts.iter().collect::<Vec<_>>())
    }

    fn judge_with(&self, facts: &[&Known<'c>]) -> Vec<Seen> {
        let facts: Vec<_> = facts
            .iter()
            .map(|known| (known.node, known.truth))
            .collect();
        Rows::new(&self.tree, &self.uses).judge(self.root, &facts)
    }

    /// Returns the number of nodes that one judgement goes through.
    fn work(&self) -> usize {
        Rows::new(&self.tree, &self.uses).work(self.tree.nodes.len())
    }

    /// Returns the number of nodes that it takes to take the condition apart and judge it.
    pub(super) fn work_of_judging(&self) -> usize {
        self.tree.nodes.len().saturating_add(self.work())
    }

    /// Returns the greatest number of nodes that it takes to find out what decides it.
    pub(super) fn work_of_deciders(&self) -> usize {
        let judgements = 2 * self.facts.len() + 1;
        self.work_of_judging().saturating_mul(judgements)
    }

    pub(super) fn term(&self, node: NodeId) -> Term<'c> {
        self.tree.nodes[node].term
    }

    pub(super) fn form(&self, node: NodeId) -> &Form<'c> {
        &self.tree.nodes[node].form
    }

    /// The facts that make the condition always the same: none when nothing needs to be known, one when
    /// one is enough, otherwise no more than are needed.
    pub(super) fn deciders(&self) -> Vec<Fact<'c>> {
        let decide = |facts: &[&Known<'c>]| {
            let seen = self.judge_with(facts)[self.root];
            seen.always().is_some() || !seen.is_asked()
        };
        if decide(&[]) {
            return Vec::new();
        }
        if let Some(known) = self.facts.iter().find(|known| decide(&[*known])) {
            return vec![known.fact];
        }
        let mut needed: Vec<&Known<'c>> = self.facts.iter().collect();
        for place in (0..needed.len()).rev() {
            let known = needed.remove(place);
            if !decide(&needed) {
                needed.insert(place, known);
            }
        }
        needed.into_iter().map(|known| known.fact).collect()
    }
}

fn count(tree: &Tree<'_>, nodes: std::ops::Range<NodeId>, uses: &mut [usize]) {
    for node in &tree.nodes[nodes] {
        if let Form::Leaf(subject, _) = &node.form {
            uses[*subject] += 1;
        }
    }
}
