//! Why a condition is what it is: the nodes that decided it, in the order in which a person would look
//! at them, with words for each. Runs only after a rule has fired, so files that pass pay nothing.

mod absence;

use crate::expr::ast::{BindKind, LoopKind};
use crate::expr::eval::Machine;
use crate::expr::program::{Function, LoopOp, Op, OpId, Program};
use crate::expr::value::{Data, Value};
use crate::text;
use crate::text::Text;
use crate::yaml::NodeId;

/// A node that had a part in the result.
#[derive(Clone, Debug)]
pub(crate) struct Evidence {
    pub(crate) node: NodeId,
    /// The alias through which it was reached.
    pub(crate) via: Option<NodeId>,
    /// What is to be said of it.
    pub(crate) text: Option<Text>,
    /// Whether the point is what the node lacks, so that its head stands for it.
    pub(crate) lacks: bool,
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
    let mut explainer = Explainer {
        machine,
        program,
        found: Vec::new(),
        present: Vec::new(),
    };
    explainer.because(part);
    if explainer.found.is_empty() {
        explainer.present
    } else {
        explainer.found
    }
}

struct Explainer<'m, 'a> {
    machine: &'m mut Machine<'a>,
    program: &'a Program,
    found: Vec<Evidence>,
    /// What `has` found. That counts only where nothing else does: mostly it guards another condition.
    present: Vec<Evidence>,
}

impl<'a> Explainer<'_, 'a> {
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
            Op::And(left, right) => self.logic(id, *left, *right, false),
            Op::Or(left, right) => self.logic(id, *left, *right, true),
            Op::Has(operand) => self.presence(*operand),
            Op::Compare(_, left, right) => {
                self.operand(*left);
                self.operand(*right);
            }
            Op::In(needle, list, load) => match self.machine.find(program, *needle, *list, *load) {
                Ok(Some(element)) if element.node.is_some() => self.note(element),
                Ok(None) => self.not_in(*needle, *list),
                _ => self.operand(*needle),
            },
            Op::Cond(condition, yes, no) => {
                let branch = if self.truth(*condition) == Some(true) {
                    yes
                } else {
                    no
                };
                self.because(*branch);
                self.because(*condition);
            }
            Op::Loop(looped) => self.looped(id, looped),
            Op::Bind {
                kind,
                slot,
                value,
                body,
            } => self.bound(*kind, *slot, (*value, *body)),
            Op::Call(Function::HasValue, args) if self.truth(id) == Some(false) => {
                self.presence(args[0]);
            }
            _ => self.operand(id),
        }
    }

    /// `&&` and `||`: the side that decided, or both when it took both.
    fn logic(&mut self, id: OpId, left: OpId, right: OpId, decides: bool) {
        if self.truth(id) != Some(decides) {
            self.because(left);
            self.because(right);
        } else if self.truth(left) == Some(decides) {
            self.because(left);
        } else {
            self.because(right);
        }
    }

    /// The size of a list or a text, beside it.
    fn size(&mut self, id: OpId, list_op: OpId) {
        let Some(list) = self.value(list_op) else {
            return;
        };
        let count = self
            .value(id)
            .and_then(|value| value.data.to_words())
            .unwrap_or_default();
        if list.node.is_some() {
            let is_empty = count == "0" && !matches!(list.data, Data::Str(_));
            let text = if is_empty {
                text!("this list is empty", "هذه القائمة خالية")
            } else {
                text!("its size is {count}", "العدد هنا {count}", count = count)
            };
            return self.push(list, Some(text), true);
        }
        self.operand(list_op);
    }

    /// Explains what was made of a value that has a name.
    fn bound(&mut self, kind: BindKind, slot: usize, (value, body): (OpId, OpId)) {
        let Some(bound) = self.value(value) else {
            return;
        };
        let inner = match (kind, bound.data) {
            (BindKind::Plain, _) => bound,
            (_, Data::Optional(Some(inner))) => *inner,
            _ => return self.missing(value),
        };
        self.machine.slots.push(inner);
        self.because(body);
        self.machine.slots.truncate(slot);
    }

    /// Explains a value by the nodes it was made from.
    fn operand(&mut self, id: OpId) {
        let program = self.program;
        match self.value(id) {
            Some(value) if value.node.is_some() => return self.note(value),
            None => return,
            Some(_) => {}
        }
        match program.op(id) {
            Op::Call(Function::Size, args) => self.size(id, args[0]),
            Op::Call(_, args) | Op::List(args) => args.iter().for_each(|arg| self.operand(*arg)),
            Op::Matches(operand, _) | Op::Glob(operand, _) | Op::Negate(operand) => {
                self.operand(*operand);
            }
            Op::Arithmetic(_, left, right) => {
                self.operand(*left);
                self.operand(*right);
            }
            Op::Cond(_, yes, no) => {
                self.operand(*yes);
                self.operand(*no);
            }
            Op::Gather(items) => items.iter().for_each(|(_, item)| self.operand(*item)),
            Op::MaybeField(..) => self.missing(id),
            Op::MaybeIndex(list, ..) => self.operand(*list),
            Op::Bind {
                kind,
                slot,
                value,
                body,
            } => self.bound(*kind, *slot, (*value, *body)),
            Op::Loop(looped) if looped.kind.yields_collection() => {
                self.outer(looped, looped.slot);
                self.whole_list(looped);
            }
            Op::Has(_)
            | Op::Not(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::Compare(..)
            | Op::In(..)
            | Op::Loop(_) => {
                self.because(id);
            }
            _ => {}
        }
    }

    fn looped(&mut self, id: OpId, looped: &'a LoopOp) {
        let Some(held) = self.truth(id) else { return };
        match (looped.kind, held) {
            (LoopKind::All, false) | (LoopKind::Exists, true) => self.deciding(looped, held),
            (LoopKind::ExistsOne, false) if self.fitting(looped).len() > 1 => {
                for (place, element) in self.fitting(looped).into_iter().enumerate() {
                    let text = match place {
                        0 => text!("this one fits", "هذا ينطبق عليه الشرط"),
                        _ => text!("and this one too", "وهذا أيضًا"),
                    };
                    self.push(element, Some(text), true);
                }
            }
            _ => {
                self.outer(looped, looped.slot);
                self.whole_list(looped);
            }
        }
    }

    /// The elements for which the condition holds.
    fn fitting(&mut self, looped: &'a LoopOp) -> Vec<Value<'a>> {
        self.rounds(looped)
            .into_iter()
            .filter_map(|(held, (_, element))| held.then_some(element))
            .collect()
    }

    /// Each round's condition and variables.
    fn rounds(&mut self, looped: &'a LoopOp) -> Vec<(bool, (Value<'a>, Value<'a>))> {
        let Some(range) = self.value(looped.range) else {
            return Vec::new();
        };
        let Ok(elements) = self.machine.elements(range, looped.load) else {
            return Vec::new();
        };
        let elements = (0..).map_while(|index| self.machine.round(elements, looped, index));
        let elements: Vec<_> = elements.filter_map(Result::ok).collect();
        let step = |element| {
            Some((
                self.machine.step(self.program, looped, element).ok()?.0,
                element,
            ))
        };
        elements.into_iter().filter_map(step).collect()
    }

    /// The first element whose condition came out as the whole did, and why.
    fn deciding(&mut self, looped: &'a LoopOp, held: bool) {
        let Some((_, element)) = self
            .rounds(looped)
            .into_iter()
            .find(|round| round.0 == held)
        else {
            return;
        };
        let before = self.found.len();
        if let Some(condition) = looped.condition {
            self.machine.open(looped, element);
            self.because(condition);
            self.machine.slots.truncate(looped.slot);
        }
        if self.found.len() == before {
            self.push(element.1, None, true);
        }
    }

    fn whole_list(&mut self, looped: &'a LoopOp) {
        let Some(range) = self.value(looped.range) else {
            return;
        };
        if range.node.is_none() {
            return self.operand(looped.range);
        }
        let text = match self.rounds(looped).len() {
            0 => text!("this list is empty", "هذه القائمة خالية"),
            1 => text!(
                "the one entry here does not fit",
                "العنصر الوحيد هنا لا ينطبق عليه الشرط"
            ),
            count => text!(
                "none of the {count} entries here fits",
                "لا ينطبق الشرط على أي من العناصر هنا وعددها {count}",
                count = count
            ),
        };
        let text = (self.fitting(looped).is_empty()).then_some(text);
        self.push(range, text, true);
    }

    /// What a loop's condition looks at outside the loop.
    fn outer(&mut self, looped: &'a LoopOp, slot: usize) {
        for id in [looped.condition, looped.result].into_iter().flatten() {
            self.outer_paths(id, slot);
        }
    }

    fn outer_paths(&mut self, id: OpId, slot: usize) {
        if let Some(root) = self.root_slot(id) {
            if root < slot
                && let Some(value) = self.value(id)
                && value.data.to_words().is_some()
            {
                self.note(value);
            }
            return;
        }
        match self.program.op(id) {
            Op::Loop(inner) => {
                self.outer_paths(inner.range, slot);
                self.outer(inner, slot);
            }
            op => op
                .children()
                .into_iter()
                .for_each(|child| self.outer_paths(child, slot)),
        }
    }

    /// The variable that an access path starts from.
    fn root_slot(&self, id: OpId) -> Option<usize> {
        match self.program.op(id) {
            Op::Slot(slot) => Some(*slot),
            Op::Field(object, _) => self.root_slot(*object),
            _ => None,
        }
    }

    /// "this is …" for a scalar that is not written as it is, the place alone for everything else.
    fn note(&mut self, value: Value<'a>) {
        let doc = self.machine.doc;
        let written = value.node.map(|node| doc.source().slice(doc.span(node)));
        let text = self
            .words(value)
            .filter(|words| written.map(unquoted) != Some(words))
            .map(|words| text!("this is `{words}`", "القيمة هنا `{words}`", words = words));
        self.push(value, text, false);
    }

    /// A value as it is written, where it is written.
    fn words(&self, value: Value<'a>) -> Option<String> {
        let written = match value.data {
            Data::Timestamp(_) | Data::Duration(_) => {
                value.node.and_then(|node| self.machine.doc.text(node))
            }
            _ => None,
        };
        written.map(str::to_owned).or_else(|| value.data.to_words())
    }

    fn push(&mut self, value: Value<'a>, text: Option<Text>, lacks: bool) {
        let says_as_much = |evidence: &Evidence| {
            text.is_none() || evidence.text.is_none() || evidence.text == text
        };
        if let Some(node) = value.node
            && !(self.found.iter()).any(|found| found.node == node && says_as_much(found))
        {
            self.found.push(Evidence {
                node,
                via: value.via,
                text,
                lacks,
            });
        }
    }
}

/// What stands between a pair of quotes, or the text itself.
fn unquoted(written: &str) -> &str {
    ['"', '\'']
        .into_iter()
        .find_map(|quote| written.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(written)
}
