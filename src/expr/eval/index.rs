//! Hash indexes of long lists: which elements may be equal to what a loop looks for.
//!
//! An index only leaves out elements that certainly differ; the loop still asks its condition of the others,
//! in their order, so that values, faults and explanations are those of a loop that asks every element.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use crate::expr::Program;
use crate::expr::eval::loops::Elements;
use crate::expr::eval::{Machine, operate};
use crate::expr::key::{Attribute, Key};
use crate::expr::program::LoopOp;
use crate::expr::value::{Data, Value};

/// From how many elements on a look-up costs less than going through the list.
pub(super) const LONG: usize = 10;

/// How many elements the indexes of one document may hold together, at 16 bytes each.
const MOST: usize = 1 << 24;

/// How many loops of a rule are remembered that give the same wherever the rule looks.
const MOST_FIXED: usize = 32;

/// The indexes of a document's lists, or of the lists that a rule computes once. There are none before a
/// long list is met.
#[derive(Debug, Default)]
pub(crate) struct Indexes {
    /// For each list its first entry, counted from 1; 0 for a list that was not looked into.
    first: Vec<u32>,
    entries: Vec<Entry>,
    /// How many elements are held.
    pub(super) held: usize,
}

/// A list that was looked into by an attribute.
#[derive(Debug)]
struct Entry {
    by: Attribute,
    /// There from the second look on: one look alone costs less without.
    index: Option<Rc<Index>>,
    /// The list's next entry, counted from 1.
    next: u32,
}

impl Indexes {
    /// The place of an entry; none when the list is looked into for the first time, which is noted.
    fn entry(&mut self, list: usize, by: &Attribute) -> Option<usize> {
        if list >= self.first.len() {
            self.first.resize(list + 1, 0);
        }
        let mut next = self.first[list];
        while let Some(place) = (next as usize).checked_sub(1) {
            let entry = &self.entries[place];
            if entry.by == *by {
                return Some(place);
            }
            next = entry.next;
        }
        self.entries.push(Entry {
            by: by.clone(),
            index: None,
            next: self.first[list],
        });
        self.first[list] = crate::source::to_offset(self.entries.len());
        None
    }
}

/// The elements of a list by a hash of what is compared.
#[derive(Debug)]
struct Index {
    /// For each remainder of a hash the first element, counted from 1; 0 for none.
    buckets: Vec<u32>,
    links: Vec<Link>,
    /// The first element that must always be asked: nothing is known of what it holds.
    unknown: u32,
}

/// An element in the chain of its bucket, or of the elements that must always be asked.
#[derive(Clone, Copy, Debug)]
struct Link {
    hash: u64,
    next: u32,
}

impl Index {
    fn new(hashes: &[Option<u64>]) -> Self {
        let mut index = Self {
            buckets: vec![0; hashes.len().next_power_of_two()],
            links: vec![Link { hash: 0, next: 0 }; hashes.len()],
            unknown: 0,
        };
        for (place, hash) in hashes.iter().enumerate().rev() {
            let bucket = hash.map(|hash| index.bucket(hash));
            let first = bucket.map_or(&mut index.unknown, |bucket| &mut index.buckets[bucket]);
            index.links[place] = Link {
                hash: hash.unwrap_or_default(),
                next: *first,
            };
            *first = crate::source::to_offset(place + 1);
        }
        index
    }

    #[expect(clippy::cast_possible_truncation, reason = "the low bits are meant")]
    fn bucket(&self, hash: u64) -> usize {
        hash as usize & (self.buckets.len() - 1)
    }

    /// The next element of a bucket that has this very hash, from the given one on.
    fn equal(&self, hash: u64, mut from: u32) -> u32 {
        while let Some(place) = (from as usize).checked_sub(1) {
            let link = self.links[place];
            if link.hash == hash {
                break;
            }
            from = link.next;
        }
        from
    }
}

/// The elements that may be equal to what is looked for, in their order.
pub(in crate::expr) struct Candidates {
    index: Rc<Index>,
    hash: u64,
    /// The next ones, counted from 1; 0 when there is none.
    equal: u32,
    unknown: u32,
}

impl Candidates {
    fn new(index: Rc<Index>, wanted: Data<'_>) -> Self {
        let (hash, equal) = match hash_of(wanted) {
            Some(hash) => (hash, index.equal(hash, index.buckets[index.bucket(hash)])),
            None => (0, 0),
        };
        Self {
            hash,
            equal,
            unknown: index.unknown,
            index,
        }
    }
}

impl Iterator for Candidates {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let is_equal = self.equal != 0 && (self.unknown == 0 || self.equal < self.unknown);
        let chain = if is_equal {
            &mut self.equal
        } else {
            &mut self.unknown
        };
        let place = (*chain as usize).checked_sub(1)?;
        *chain = self.index.links[place].next;
        if is_equal {
            self.equal = self.index.equal(self.hash, self.equal);
        }
        Some(place)
    }
}

/// A hash that equal values share; nothing for values that are never looked up.
fn hash_of(data: Data<'_>) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    match data {
        Data::Str(text) => text.hash(&mut hasher),
        Data::Bool(value) => value.hash(&mut hasher),
        Data::Timestamp(value) => value.hash(&mut hasher),
        Data::Duration(value) => value.hash(&mut hasher),
        // Numbers are equal by size, whatever their types; adding zero makes one of the two zeros.
        data => (operate::number(data)? + 0.0).to_bits().hash(&mut hasher),
    }
    Some(hasher.finish())
}

/// A loop that gives the same wherever a rule looks, and what it gives.
pub(super) struct Fixed<'a> {
    looped: &'a LoopOp,
    value: Value<'a>,
}

impl<'a> Machine<'a> {
    /// What a loop gave before, if it gives the same wherever the rule looks.
    #[inline]
    pub(super) fn known(&self, looped: &'a LoopOp) -> Option<Value<'a>> {
        if !looped.is_fixed {
            return None;
        }
        let mut known = self.fixed.iter();
        known
            .find(|fixed| std::ptr::eq(fixed.looped, looped))
            .map(|fixed| fixed.value)
    }

    /// Remembers what a loop gives, if it gives the same wherever the rule looks. An evaluation that has
    /// taken too many steps gives nothing that is worth it.
    #[inline]
    pub(super) fn remember(&mut self, looped: &'a LoopOp, value: Value<'a>) {
        if looped.is_fixed && self.fixed.len() < MOST_FIXED && self.afford(0).is_ok() {
            self.fixed.push(Fixed { looped, value });
        }
    }

    /// The elements that may have what a loop looks for.
    pub(super) fn candidates(
        &mut self,
        (program, looped, key): (&'a Program, &'a LoopOp, &Key),
        (list, elements): (Data<'a>, Elements<'a>),
        wanted: Data<'a>,
    ) -> Option<Candidates> {
        let index = self.index_by(list, elements, &key.attribute, |machine, place| {
            let round = machine.round(elements, looped, place)?.ok()?;
            machine.open(looped, round);
            let value = machine.run(program, key.of);
            machine.slots.truncate(looped.slot);
            hash_of(value.ok()?.data)
        })?;
        Some(Candidates::new(index, wanted))
    }

    /// The elements that may be equal to a value.
    pub(super) fn members(
        &mut self,
        list: Data<'a>,
        elements: Elements<'a>,
        wanted: Data<'a>,
    ) -> Option<Candidates> {
        let by = Attribute::itself(elements.load());
        let index = self.index_by(list, elements, &by, |machine, place| {
            hash_of(machine.element(elements, place)?.ok()?.data)
        })?;
        Some(Candidates::new(index, wanted))
    }

    /// The index of a list, if it is long, may be asked again, and was asked before. What makes the hashes
    /// costs steps.
    fn index_by(
        &mut self,
        list: Data<'a>,
        elements: Elements<'a>,
        by: &Attribute,
        hash: impl Fn(&mut Self, usize) -> Option<u64>,
    ) -> Option<Rc<Index>> {
        let count = elements.len();
        if count < self.long {
            return None;
        }
        let (is_shared, list) = match list {
            Data::Sequence(node) => (true, node.index()),
            Data::List(items) => (false, self.place_of(items)?),
            _ => return None,
        };
        let place = self.indexes_of(is_shared).entry(list, by)?;
        let known = &self.indexes_of(is_shared).entries[place].index;
        if let Some(index) = known {
            return Some(Rc::clone(index));
        }
        if self.indexes_of(is_shared).held + count > MOST {
            return None;
        }
        let mut hashes = Vec::with_capacity(count);
        for place in 0..count {
            hashes.push(hash(self, place));
            self.step_on().ok()?;
        }
        let index = Rc::new(Index::new(&hashes));
        let indexes = self.indexes_of(is_shared);
        indexes.held += count;
        indexes.entries[place].index = Some(Rc::clone(&index));
        Some(index)
    }

    fn indexes_of(&mut self, is_shared: bool) -> &mut Indexes {
        let indexes = if is_shared {
            &mut self.indexes
        } else {
            &mut self.own_indexes
        };
        indexes.get_or_insert_default()
    }

    /// Which of the remembered lists this is.
    fn place_of(&self, items: &'a [Value<'a>]) -> Option<usize> {
        let is_it = |fixed: &Fixed<'a>| matches!(fixed.value.data, Data::List(known) if std::ptr::eq(known, items));
        self.fixed.iter().position(is_it)
    }
}
