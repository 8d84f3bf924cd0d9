//! Where the fields of each mapping stand, noted while a document is held against its shape, so that a
//! rule that asks for a field need not look for its key again.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::schema::ShapeId;
use crate::yaml::{Document, NodeId};

/// The fields of a document's mappings, by the places that their shapes give them.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// For each node where its slots begin, counted from 1; 0 for a node without any.
    starts: Vec<u32>,
    /// For each mapping its shape, then for each field of the shape the place of its entry among all
    /// entries of the document, counted from 1; 0 for an absent field.
    slots: Vec<u32>,
    /// The elements of the lists at the top of the document by the list's name and their `id`, once somebody asks.
    elements: OnceLock<HashMap<(String, String), Vec<NodeId>>>,
}

impl Layout {
    pub(super) fn new(doc: &Document) -> Self {
        Self {
            starts: vec![0; doc.len()],
            slots: Vec::with_capacity(doc.len()),
            elements: OnceLock::new(),
        }
    }

    /// Makes room for a mapping; one that is met again keeps the shape it was met under first.
    pub(super) fn open(&mut self, mapping: NodeId, shape: ShapeId, fields: usize) -> Option<usize> {
        let start = &mut self.starts[mapping.index()];
        if *start != 0 {
            return None;
        }
        let begin = self.slots.len();
        *start = crate::source::to_offset(begin + 1);
        self.slots.push(shape.0);
        self.slots.resize(begin + 1 + fields, 0);
        Some(begin + 1)
    }

    /// Notes where a field stands; of a duplicated key the first entry counts.
    pub(super) fn note(&mut self, begin: usize, field: usize, entry: u32) {
        let slot = &mut self.slots[begin + field];
        if *slot == 0 {
            *slot = entry + 1;
        }
    }

    /// The elements with an `id` of a list at the top of the document: one, unless an `id` is there twice.
    pub(crate) fn elements(&self, doc: &Document, list: &str, id: &str) -> &[NodeId] {
        let elements = self.elements.get_or_init(|| elements(doc));
        let found = elements.get(&(list.to_owned(), id.to_owned()));
        found.map_or(&[], Vec::as_slice)
    }

    /// The shape that a mapping was held against first.
    pub(crate) fn shape(&self, mapping: NodeId) -> Option<ShapeId> {
        let begin = (*self.starts.get(mapping.index())?).checked_sub(1)? as usize;
        self.slots.get(begin).copied().map(ShapeId)
    }

    /// The place of a field's entry: `None` when the mapping was not met under this shape, `Some(None)`
    /// when the field is absent.
    #[expect(clippy::option_option, reason = "unknown and absent are two answers")]
    pub(crate) fn find(&self, mapping: NodeId, shape: ShapeId, field: u32) -> Option<Option<u32>> {
        let begin = (*self.starts.get(mapping.index())?).checked_sub(1)? as usize;
        if *self.slots.get(begin)? != shape.0 {
            return None;
        }
        Some(self.slots.get(begin + 1 + field as usize)?.checked_sub(1))
    }
}

fn elements(doc: &Document) -> HashMap<(String, String), Vec<NodeId>> {
    let mut elements: HashMap<_, Vec<NodeId>> = HashMap::new();
    for entry in doc.entries(doc.root()) {
        let list = doc.text(entry.key).unwrap_or_default();
        for item in doc.items(entry.value) {
            let id = doc.get(*item, "id").and_then(|entry| doc.text(entry.value));
            if let Some(id) = id {
                let key = (list.to_owned(), id.to_owned());
                elements.entry(key).or_default().push(*item);
            }
        }
    }
    elements
}
