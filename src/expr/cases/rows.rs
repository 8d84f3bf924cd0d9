//! The cases of a condition, side by side: every subject that is asked more than once is a few bits of a
//! row's number, and 64 rows are judged at a time. What is asked once can go either way in every row.
//!
//! Rows may hold what no document can bring about, but never lack what one can: what is the same in all
//! of them is so in all documents.

use crate::expr::cases::tree::{Form, NodeId, Test, Tree};

/// How many bits a row's number has at most: 4,096 rows. Subjects for which there is no room count as
/// asked once.
const BITS: usize = 12;

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
    /// A table in which the subjects with more than one use are told apart.
    pub(super) fn new(tree: &'t Tree<'c>, uses: &[usize]) -> Self {
        let mut bits = 0;
        let fields = tree.subjects.iter().zip(uses).map(|(subject, uses)| {
            let width = usize::BITS - subject.places.len().saturating_sub(1).leading_zeros();
            let width = width as usize;
            if *uses < 2 || bits + width > BITS {
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
        let tested = &self.tree.subjects[subject];
        let (mut held, mut failed) = (0, 0);
        for (code, place) in tested.places.iter().enumerate() {
            let rows = self.rows_of(subject, code, chunk);
            if tested.holds(test, *place) {
                held |= rows;
            } else {
                failed |= rows;
            }
        }
        (held & asked, failed & asked)
    }

    /// The rows of a chunk in which a subject has the place of this number.
    fn rows_of(&self, subject: usize, code: usize, chunk: usize) -> u64 {
        let field = self.fields[subject];
        (0..field.width).fold(u64::MAX, |rows, digit| {
            let ones = ones(field.first + digit, chunk);
            rows & if code >> digit & 1 == 1 { ones } else { !ones }
        })
    }

    /// The rows of a chunk in which every subject has one of its places.
    fn possible(&self, chunk: usize) -> u64 {
        let lanes = 1_u32.checked_shl(u32::try_from(self.bits).unwrap_or(6));
        let mut rows = match lanes {
            Some(lanes @ 0..64) => (1 << lanes) - 1,
            _ => u64::MAX,
        };
        for (subject, field) in self.fields.iter().enumerate() {
            if field.is_shared {
                let codes = 0..self.tree.subjects[subject].places.len();
                rows &= codes.fold(0, |found, code| found | self.rows_of(subject, code, chunk));
            }
        }
        rows
    }
}

/// The rows of a chunk whose numbers have a one at a digit.
fn ones(digit: usize, chunk: usize) -> u64 {
    match DIGITS.get(digit) {
        Some(rows) => *rows,
        None if chunk >> (digit - DIGITS.len()) & 1 == 1 => u64::MAX,
        None => 0,
    }
}
