//! Comparisons and tests of text: how each side stands to what it was held against.

use super::operands::length;
use super::{Evidence, Explainer, Weight, entries, words};
use crate::expr::ast::Comparison;
use crate::expr::functions;
use crate::expr::program::{Function, Op, OpId};
use crate::expr::value::{Data, Value};
use crate::text::Text;

/// How many characters of one text are pointed at.
const MOST_SPOTS: usize = 4;

/// How a value stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Same,
    Differs,
    Before,
    After,
    NotBefore,
    NotAfter,
}

impl Relation {
    /// How two values stand to each other when a comparison of them came out as `held`.
    fn of(comparison: Comparison, held: bool, equal: bool) -> Self {
        match (comparison, held, equal) {
            (Comparison::Equal | Comparison::NotEqual, _, true) => Self::Same,
            (Comparison::Equal | Comparison::NotEqual, _, false) => Self::Differs,
            (Comparison::Less, false, true) | (Comparison::GreaterOrEqual, true, true) => {
                Self::NotBefore
            }
            (Comparison::Greater, false, true) | (Comparison::LessOrEqual, true, true) => {
                Self::NotAfter
            }
            (Comparison::Less | Comparison::LessOrEqual, true, _)
            | (Comparison::Greater | Comparison::GreaterOrEqual, false, _) => Self::Before,
            _ => Self::After,
        }
    }

    /// How the other value stands to the first one.
    const fn mirrored(self) -> Self {
        match self {
            Self::Before => Self::After,
            Self::After => Self::Before,
            Self::NotBefore => Self::NotAfter,
            Self::NotAfter => Self::NotBefore,
            same => same,
        }
    }
}

impl<'a> Explainer<'_, 'a> {
    pub(super) fn compare(
        &mut self,
        id: OpId,
        comparison: Comparison,
        (left, right): (OpId, OpId),
    ) {
        let program = self.program;
        if let (Op::List(left), Op::List(right)) = (program.op(left), program.op(right))
            && left.len() == right.len()
        {
            return self.compare_items(left, right);
        }
        let (Some(a), Some(b), Some(held)) = (self.value(left), self.value(right), self.truth(id))
        else {
            return;
        };
        let is_nan = |value: Value<'_>| matches!(value.data, Data::Double(n) if n.is_nan());
        let relation = if is_nan(a) || is_nan(b) {
            Relation::Differs
        } else {
            Relation::of(comparison, held, self.machine.equal(a.data, b.data))
        };
        self.side((left, a), relation, (right, b));
        self.side((right, b), relation.mirrored(), (left, a));
    }

    /// Two lists that are written out: the items that differ, or all of them.
    fn compare_items(&mut self, left: &'a [OpId], right: &'a [OpId]) {
        let mut pairs = Vec::with_capacity(left.len());
        for (left, right) in left.iter().zip(right) {
            if let (Some(a), Some(b)) = (self.value(*left), self.value(*right)) {
                let relation =
                    Relation::of(Comparison::Equal, true, self.machine.equal(a.data, b.data));
                pairs.push(((*left, a), relation, (*right, b)));
            }
        }
        let all_same = pairs
            .iter()
            .all(|(_, relation, _)| *relation == Relation::Same);
        for (left, relation, right) in pairs {
            if all_same || relation == Relation::Differs {
                self.side(left, relation, right);
                self.side(right, relation, left);
            }
        }
    }

    /// One side of a comparison.
    fn side(
        &mut self,
        (id, value): (OpId, Value<'a>),
        relation: Relation,
        (other_id, other): (OpId, Value<'a>),
    ) {
        let start = self.found.len();
        self.operand(id);
        if value.node.is_some() && value.node == other.node {
            return;
        }
        if relation == Relation::Same && self.stands(value) && self.stands(other) {
            let text = self.written(value).map(|words| words::both(&words));
            self.say(start, text);
            return self.weigh(start, Weight::Link);
        }
        let text = match (self.subject(id, value, start), self.shown(other_id, other)) {
            (Some(subject), _) if subject.is_complete || relation == Relation::Same => {
                Some(subject.text)
            }
            (_, None) if relation == Relation::Differs => Some(self.unlike(other)),
            (Some(subject), Some(other)) => {
                Some(words::stands(&subject.text, value.data, relation, &other))
            }
            (None, Some(other)) => self.alone(value, relation, &other),
            (_, None) if length(self.machine, value) == Some(0) => Some(entries::empty()),
            _ => None,
        };
        self.say(start, text);
    }

    /// Words for a value that stands in the document.
    fn alone(&self, value: Value<'a>, relation: Relation, other: &Text) -> Option<Text> {
        let written = self.written(value)?;
        Some(match relation {
            Relation::Same => words::is(&written),
            Relation::Differs if self.is_seen(value) => words::is_not(other),
            Relation::Differs => words::is_but_not(&written, other),
            _ if self.is_seen(value) => words::order(value.data, relation, other),
            _ => words::stands(&words::is(&written), value.data, relation, other),
        })
    }

    /// Words for what differs from a list or a map.
    fn unlike(&self, other: Value<'a>) -> Text {
        match length(self.machine, other) {
            Some(0) => entries::not_empty(),
            _ => words::unlike(),
        }
    }

    /// What a value was held against, in words.
    pub(super) fn shown(&mut self, id: OpId, value: Value<'a>) -> Option<Text> {
        let written = self.written(value)?;
        Some(match (self.program.op(id), value.data) {
            (Op::Today, _) => words::today(&written),
            (_, Data::Int(_) | Data::Uint(_) | Data::Double(_)) => words::number(&written),
            _ => words::quoted(&written),
        })
    }

    /// A value as it is written, where it is written; none for a list or a map.
    pub(super) fn written(&self, value: Value<'a>) -> Option<String> {
        let doc = self.machine.doc;
        let written = match value.data {
            Data::Timestamp(_) | Data::Duration(_) => value.node.and_then(|node| doc.text(node)),
            _ => None,
        };
        written.map(str::to_owned).or_else(|| value.data.to_words())
    }

    /// Whether the place of a value shows what it is.
    fn is_seen(&self, value: Value<'a>) -> bool {
        let doc = self.machine.doc;
        value
            .node
            .is_some_and(|node| words::unseen(doc, node).is_none())
    }

    /// Whether a value stands in the document itself.
    pub(super) fn stands(&self, value: Value<'a>) -> bool {
        let doc = self.machine.doc;
        value.node.is_some_and(|node| !doc.span(node).is_empty())
    }

    /// `matches` and `glob`.
    pub(super) fn tested(&mut self, id: OpId, operand: OpId, pattern: &str) {
        let Some(held) = self.truth(id) else { return };
        let start = self.found.len();
        let phrase = words::matches(held, &words::quoted(pattern));
        self.operand(operand);
        self.describe(operand, start, &phrase);
    }

    /// `startsWith` and its sisters.
    pub(super) fn predicate(&mut self, id: OpId, function: Function, (text, part): (OpId, OpId)) {
        let (Some(held), Some(whole), Some(piece)) =
            (self.truth(id), self.value(text), self.value(part))
        else {
            return;
        };
        let start = self.found.len();
        self.operand(text);
        let alone = self.found.len() == start;
        if let Some(against) = self.shown(part, piece) {
            let against = self.out_of_list(against, part);
            self.describe(text, start, &words::predicate(function, held, &against));
        }
        let start = self.found.len();
        self.operand(part);
        if let Some(against) = self.shown(text, whole)
            && (alone || function == Function::ContainsName)
        {
            let phrase = words::part(function, held, &against);
            self.describe(part, start, &phrase);
        }
    }

    /// Whether a text has certain characters: each of the first few where it stands.
    pub(super) fn characters(&mut self, id: OpId, function: Function, text: OpId) {
        let (Some(held), Some(value)) = (self.truth(id), self.value(text)) else {
            return;
        };
        let Data::Str(whole) = value.data else { return };
        if !held {
            let start = self.found.len();
            self.operand(text);
            self.describe(text, start, &words::no_characters(function));
            return;
        }
        for spot in functions::spots(function, whole, MOST_SPOTS) {
            let words = words::character(function, spot.character);
            if value.node.is_some() {
                self.push(value, |evidence| Evidence {
                    within: Some(spot.span),
                    ..evidence.with_text(words)
                });
            } else {
                let start = self.found.len();
                self.operand(text);
                self.say(start, Some(words));
                break;
            }
        }
    }

    /// What is true of a text, for the nodes found since `start`.
    pub(super) fn describe(&mut self, id: OpId, start: usize, phrase: &Text) {
        let Some(value) = self.value(id) else { return };
        let text = match self.subject(id, value, start) {
            Some(subject) => words::and(&subject.text, phrase),
            None if self.is_seen(value) => phrase.clone(),
            None => match self.written(value) {
                Some(written) => words::and(&words::is(&written), phrase),
                None => phrase.clone(),
            },
        };
        self.say(start, Some(text));
    }
}
