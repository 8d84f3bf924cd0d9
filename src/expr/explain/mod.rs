//! Why a condition is what it is: the nodes that decided it, in the order in which a person would look
//! at them, with words for each. Runs only after a rule has fired, so files that pass pay nothing.

mod absence;
mod entries;
mod loops;
mod members;
mod operands;
mod reach;
mod relation;
mod survey;
mod terms;
#[cfg(test)]
mod tests;
mod words;

use crate::expr::ast::BindKind;
use crate::expr::eval::Machine;
use crate::expr::program::{Function, Op, OpId, Program};
use crate::expr::value::{Data, Value};
use crate::source::Span;
use crate::text::Text;
use crate::yaml::{Document, NodeId};
use reach::Wide;
pub(crate) use reach::{Element, reach};

/// A node that had a part in the result.
#[derive(Clone, Debug)]
pub(crate) struct Evidence {
    pub(crate) node: NodeId,
    /// The alias through which it was reached.
    pub(crate) via: Option<NodeId>,
    /// The bytes of its text that are meant, if not all.
    pub(crate) within: Option<Span>,
    /// What is to be said of it.
    pub(crate) text: Option<Text>,
    /// Whether the point is what the node lacks or holds, so that its head stands for it.
    pub(crate) lacks: bool,
    /// Whether it only had to be there.
    asked: bool,
    weight: Weight,
}

/// What a node has to do with the result. A person looks at the first ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// It decided.
    Cause,
    /// It led to what decided.
    Link,
    /// It chose what was looked at.
    Aside,
}

impl Evidence {
    /// A node without words.
    pub(crate) fn bare(node: NodeId, via: Option<NodeId>) -> Self {
        Self {
            node,
            via,
            within: None,
            text: None,
            lacks: false,
            asked: false,
            weight: Weight::Cause,
        }
    }

    /// The same for a node that its head stands for.
    pub(crate) fn head(node: NodeId, via: Option<NodeId>) -> Self {
        Self {
            lacks: true,
            ..Self::bare(node, via)
        }
    }

    fn with_text(mut self, text: Text) -> Self {
        self.text = Some(text);
        self
    }

    /// The same for a node that only had to be there.
    fn asked(mut self) -> Self {
        self.asked = true;
        self
    }
}

/// The evidence for a program's result, whatever it is.
pub(crate) fn explain<'a>(machine: &mut Machine<'a>, program: &'a Program) -> Vec<Evidence> {
    explain_part(machine, program, program.root)
}

/// The evidence for a part of a program.
pub(crate) fn explain_part<'a>(
    machine: &mut Machine<'a>,
    program: &'a Program,
    part: OpId,
) -> Vec<Evidence> {
    let doc = machine.doc;
    let mut explainer = Explainer::new(machine, program);
    explainer.because(part);
    settled(doc, &explainer.found)
}

struct Explainer<'m, 'a> {
    machine: &'m mut Machine<'a>,
    program: &'a Program,
    found: Vec<Evidence>,
    origins: Vec<Origin>,
    /// How many macros have been explained so far.
    loops: usize,
    /// Set where every deciding element counts, and not only the first one.
    wide: Option<Wide<'m, 'a>>,
}

/// Where the value of a variable was computed.
#[derive(Clone, Copy)]
struct Origin {
    slot: usize,
    /// How many variables were known there.
    outside: usize,
    op: OpId,
}

impl<'m, 'a> Explainer<'m, 'a> {
    fn new(machine: &'m mut Machine<'a>, program: &'a Program) -> Self {
        Self {
            machine,
            program,
            found: Vec::new(),
            origins: Vec::new(),
            loops: 0,
            wide: None,
        }
    }

    fn truth(&mut self, id: OpId) -> Option<bool> {
        self.machine.truth(self.program, id).ok()
    }

    fn value(&mut self, id: OpId) -> Option<Value<'a>> {
        self.machine.run(self.program, id).ok()
    }

    /// Explains a condition.
    fn because(&mut self, id: OpId) {
        let program = self.program;
        match program.op(id) {
            Op::Not(operand) => self.because(*operand),
            Op::And(left, right) => self.logic(id, (*left, *right), false),
            Op::Or(left, right) => self.logic(id, (*left, *right), true),
            Op::Has(operand) => self.presence(*operand),
            Op::Compare(comparison, left, right) => self.compare(id, *comparison, (*left, *right)),
            Op::In(needle, list, load) => self.member(*needle, *list, *load),
            Op::Cond(condition, yes, no) => self.chosen(*condition, (*yes, *no), Self::because),
            Op::Loop(looped) if !looped.kind.yields_collection() => self.looped(id, looped),
            Op::Bind {
                kind,
                slot,
                value,
                body,
            } => self.bound(*kind, *slot, (*value, *body), Self::because),
            Op::Matches(operand, regex) => self.tested(id, *operand, regex.as_str()),
            Op::Glob(operand, glob) => self.tested(id, *operand, &glob.written),
            Op::Call(Function::HasValue, args) => self.presence(args[0]),
            Op::Call(Function::Mentions, args) => self.mentions(args[0], args[1]),
            Op::Call(function, args) if words::is_of_characters(*function) => {
                self.characters(id, *function, args[0]);
            }
            Op::Call(function, args) if words::is_predicate(*function) => {
                self.predicate(id, *function, (args[0], args[1]));
            }
            _ => self.yielded(id),
        }
    }

    /// `&&` and `||`: the side that decided, or both when it took both.
    fn logic(&mut self, id: OpId, (left, right): (OpId, OpId), decides: bool) {
        if self.truth(id) != Some(decides) {
            self.because(left);
            self.because(right);
        } else if self.truth(left) == Some(decides) {
            let known = self.taken_down();
            self.because(left);
            // What elements decide there does not come up only when these are mended.
            if self.taken_down() > known && self.truth(right) == Some(decides) {
                self.because(right);
            }
        } else {
            self.because(right);
        }
    }

    /// `? :`: the branch that was taken, and behind it what chose it.
    fn chosen(&mut self, condition: OpId, branches: (OpId, OpId), explain: fn(&mut Self, OpId)) {
        let branch = self.taken(condition, branches);
        explain(self, branch);
        let start = self.found.len();
        self.because(condition);
        self.weigh(start, Weight::Aside);
    }

    fn taken(&mut self, condition: OpId, (yes, no): (OpId, OpId)) -> OpId {
        if self.truth(condition) == Some(true) {
            yes
        } else {
            no
        }
    }

    /// Explains what was made of a value that has a name.
    fn bound(
        &mut self,
        kind: BindKind,
        slot: usize,
        (value, body): (OpId, OpId),
        explain: fn(&mut Self, OpId),
    ) {
        let Some(bound) = self.value(value) else {
            return;
        };
        let inner = match (kind, bound.data) {
            (BindKind::Plain, _) => bound,
            (_, Data::Optional(Some(inner))) => *inner,
            _ => return self.missing(value),
        };
        self.machine.slots.push(inner);
        self.origins.push(Origin {
            slot,
            outside: slot,
            op: value,
        });
        explain(self, body);
        self.origins.pop();
        self.machine.slots.truncate(slot);
    }

    /// Where the value of a variable was computed, if that is known.
    fn origin(&self, slot: usize) -> Option<Origin> {
        let mut known = self.origins.iter().rev();
        known.find(|origin| origin.slot == slot).copied()
    }

    /// Does something among the variables that were known where a value was computed.
    fn at<T>(&mut self, origin: Origin, explain: impl FnOnce(&mut Self, OpId) -> T) -> T {
        let slots = self.machine.slots.to_vec();
        self.machine.slots.truncate(origin.outside);
        let done = explain(self, origin.op);
        self.machine.set_variables(&slots);
        done
    }

    fn push(&mut self, value: Value<'a>, evidence: impl FnOnce(Evidence) -> Evidence) {
        if let Some(node) = value.node {
            self.found.push(evidence(Evidence::bare(node, value.via)));
        }
    }

    /// Words for the first node found since `start` that has none.
    fn say(&mut self, start: usize, text: Option<Text>) {
        let mut found = self.found.iter_mut().skip(start);
        if let Some(evidence) = found.find(|evidence| evidence.text.is_none()) {
            evidence.text = text;
        }
    }

    /// Gives what was found since `start` less weight.
    fn weigh(&mut self, start: usize, weight: Weight) {
        for evidence in self.found.iter_mut().skip(start) {
            evidence.weight = evidence.weight.max(weight);
        }
    }
}

/// Puts the evidence in order, without guards and repetitions.
fn settled(doc: &Document, found: &[Evidence]) -> Vec<Evidence> {
    let mut kept: Vec<Evidence> = Vec::with_capacity(found.len());
    let needed = found.iter().filter(|one| !is_guard(doc, one, found));
    let mut needed: Vec<Evidence> = needed.cloned().collect();
    needed.sort_by_key(|evidence| (evidence.weight, evidence.asked));
    for evidence in needed {
        let says_as_much = |known: &&mut Evidence| {
            let says = |text: &Text| known.text.as_ref().is_some_and(|known| known.holds(text));
            let is_less = known.text.is_none() || evidence.text.as_ref().is_none_or(says);
            (known.node, known.within) == (evidence.node, evidence.within) && is_less
        };
        match kept.iter_mut().find(says_as_much) {
            Some(known) if known.text.is_none() => {
                known.text = evidence.text;
                known.lacks = evidence.lacks;
            }
            Some(_) => {}
            None => kept.push(evidence),
        }
    }
    for evidence in &mut kept {
        if evidence.text.is_none() && !evidence.lacks {
            evidence.text = words::unseen(doc, evidence.node);
        }
    }
    kept
}

/// Whether a node was only asked for because something in it was to be looked at.
fn is_guard(doc: &Document, evidence: &Evidence, found: &[Evidence]) -> bool {
    let whole = doc.span(evidence.node);
    let is_within = |node: NodeId| whole.contains(doc.span(node));
    let rests_on = |other: &Evidence| {
        let same = other.node == evidence.node;
        if other.asked {
            return !same && is_within(other.node);
        }
        same || is_within(other.node) || other.via.is_some_and(is_within)
    };
    evidence.asked && found.iter().any(rests_on)
}
