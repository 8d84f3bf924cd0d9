//! The cases of a condition, side by side: every subject that is asked more than once is a few bits of a
//! row's number, and 64 rows are judged at a time. What is asked once can go either way in every row.
//!
//! Rows may hold what no document can bring about, but never lack what one can: what is the same in all
//! of them is so in all documents.

use crate::expr::cases::tree::{Form, NodeId, Subject, Test, Tree};
use crate::work;

/// How many bits a row's number has at most: 4,096 rows. Subjects for which there is no room count as
/// asked once.
const BITS: usize = 12;

/// The number of nodes that one judgement goes through, counted in every chunk of 64 rows: large conditions have
/// fewer rows.
const NODES: usize = 1 << 14;

/// The bits of the first six digits in a word of 64 rows.
const DIGITS: [u64; 6] = [
    0xAAAA_AAAA_AAAA_AAAA,
    0xCCCC_CCCC_CCCC_CCCC,
    0xF0F0_F0F0_F0F0_F0F0,
    0xFF00_FF00_FF00_FF00,
    0xFFFF_0000_FFFF_0000,
    0xFFFF_FFFF_0000_0000,
];

/// What a node was in some row in which it was asked.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) is_true: bool,
    pub(super) is_false: bool,
}

impl Seen {
    /// What the node always is, if it is always the same.
    pub(super) const fn always(self) -> Option<bool> {
        match (self.is_true, self.is_false) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }

    /// Whether the node is asked at all.
    pub(super) const fn is_asked(self) -> bool {
        self.is_true || self.is_false
    }
}

/// The bits of a row's number that are a subject's; none for one that is asked once.
#[derive(Clone, Copy, Default)]
struct Field {
    first: usize,
    width: usize,
    is_shared: bool,
}

/// The table of a tree's cases.
pub(super) struct Rows<'t, 'c> {
    tree: &'t Tree<'c>,
    fields: Vec<Field>,
    bits: usize,
}

impl<'t, 'c> Rows<'t, 'c> {
    /// Returns the number of nodes that a judgement of so many goes through.
    pub(super) fn work(&self, nodes: usize) -> usize {
        nodes.saturating_mul((1_usize << self.bits).div_ceil(64))
    }

    /// A table in which the subjects with more than one use are told apart.
    pub(super) fn new(tree: &'t Tree<'c>, uses: &[usize]) -> Self {
        let chunks = (NODES / tree.nodes.len().max(1)).clamp(1, 1 << (BITS - 6));
        let most = 6 + chunks.ilog2() as usize;
        let mut bits = 0;
        let fields = tree.subjects.iter().zip(uses).map(|(subject, uses)| {
            let width = usize::BITS - subject.places.len().saturating_sub(1).leading_zeros();
            let width = width as usize;
            if *uses < 2 || bits + width > most {
                return Field::default();
            }
            let first = bits;
            bits += width;
            Field {
                first,
                width,
                is_shared: true,
            }
        });
        let fields = fields.collect();
        Self { tree, fields, bits }
    }

    /// What the parts of a condition are, each where it is asked, in the rows in which the facts hold.
    pub(super) fn judge(&self, root: NodeId, facts: &[(NodeId, bool)]) -> Vec<Seen> {
        let mut seen = vec![Seen::default(); self.tree.nodes.len()];
        for chunk in 0..(1_usize << self.bits).div_ceil(64) {
            let mut known = self.possible(chunk);
            for (fact, truth) in facts {
                let (held, failed) = self.run(*fact, known, chunk, &mut |_, _, _| {});
                known = if *truth { held } else { failed };
            }
            self.run(root, known, chunk, &mut |node, held, failed| {
                seen[node].is_true |= held != 0;
                seen[node].is_false |= failed != 0;
            });
        }
        seen
    }

    /// The rows of a node that is asked in `asked` in which it can be true, and those in which it can be false.
    fn run(
        &self,
        node: NodeId,
        asked: u64,
        chunk: usize,
        record: &mut dyn FnMut(NodeId, u64, u64),
    ) -> (u64, u64) {
        work::count(1);
        let (held, failed) = match &self.tree.nodes[node].form {
            Form::Fixed(true) => (asked, 0),
            Form::Fixed(false) => (0, asked),
            Form::Leaf(subject, test) => self.leaf(*subject, test, asked, chunk),
            Form::Not(inner) => {
                let (held, failed) = self.run(*inner, asked, chunk, record);
                (failed, held)
            }
            Form::And(left, right) | Form::Path(left, right) => {
                let (first, failed) = self.run(*left, asked, chunk, record);
                let (held, then) = self.run(*right, first, chunk, record);
                (held, failed | then)
            }
            Form::Or(left, right) => {
                let (held, first) = self.run(*left, asked, chunk, record);
                let (then, failed) = self.run(*right, first, chunk, record);
                (held | then, failed)
            }
            Form::Cond(condition, yes, no) => {
                let (chosen, other) = self.run(*condition, asked, chunk, record);
                let (held, failed) = self.run(*yes, chosen, chunk, record);
                let (also_held, also_failed) = self.run(*no, other, chunk, record);
                (held | also_held, failed | also_failed)
            }
        };
        record(node, held, failed);
        (held, failed)
    }

    fn leaf(&self, subject: usize, test: &Test<'c>, asked: u64, chunk: usize) -> (u64, u64) {
        let places = &self.tree.subjects[subject].places;
        let field = self.fields[subject];
        if field.is_shared {
            let holds = |code: usize| {
                let place = places.get(code);
                place.is_some_and(|place| Subject::holds(test, *place))
            };
            let held = rows_where(field, chunk, holds);
            return (held & asked, !held & asked);
        }
        let (can_hold, can_fail) = Subject::outcomes(test, places);
        let rows = |can: bool| if can { asked } else { 0 };
        (rows(can_hold), rows(can_fail))
    }

    /// The rows of a chunk in which every subject has one of its places.
    fn possible(&self, chunk: usize) -> u64 {
        let lanes = 1_u32.checked_shl(u32::try_from(self.bits).unwrap_or(6));
        let mut rows = match lanes {
            Some(lanes @ 0..64) => (1 << lanes) - 1,
            _ => u64::MAX,
        };
        for (field, subject) in self.fields.iter().zip(&self.tree.subjects) {
            if field.is_shared {
                rows &= rows_where(*field, chunk, |code| code < subject.places.len());
            }
        }
        rows
    }
}

/// The rows of a chunk in which a field has a number such as wanted.
fn rows_where(field: Field, chunk: usize, is_wanted: impl Fn(usize) -> bool) -> u64 {
    // The digits that differ within a chunk; the others have one value in all of it.
    let low = DIGITS.len().saturating_sub(field.first).min(field.width);
    let high = chunk >> (field.first + low).saturating_sub(DIGITS.len());
    let high = high & ((1 << (field.width - low)) - 1);
    (0..1 << low)
        .filter(|code| is_wanted(high << low | code))
        .fold(0, |found, code| found | rows_of(field.first, low, code))
}

/// The rows of a chunk whose numbers have these digits from the first one on.
fn rows_of(first: usize, width: usize, code: usize) -> u64 {
    (0..width).fold(u64::MAX, |rows, digit| {
        let ones = DIGITS[first + digit];
        rows & if code >> digit & 1 == 1 { ones } else { !ones }
    })
}
