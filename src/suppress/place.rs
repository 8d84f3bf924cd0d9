//! What nodes are called by, so that neither order nor lines matter: `accounts[own].uses`.
//!
//! ```text
//! path  = [ key ] { "." key | "[" name "]" }
//! key   = word | text                     of a mapping
//! name  = word | text | "~" digest        the `id` of a list's element; a scalar itself; of anything else, and of
//!                                         what is long, a digest of the scalars that it holds directly
//! word  = characters other than `. [ ] " ~`, white space and what cannot be seen
//! text  = a JSON string
//! ```

use std::borrow::Cow;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::schema::{Layout, Shape, Shapes, is_secret};
use crate::text::is_unsafe;
use crate::yaml::{Document, Entry, Kind, NodeId, Value};

/// How many characters of a scalar are a name.
const LONGEST: usize = 40;
/// How many digits of a digest are shown in a path.
const SHOWN: usize = 8;

/// The path of a node, as people read and write it.
pub(crate) fn path(doc: &Document, node: NodeId) -> String {
    written(doc, node, SHOWN)
}

/// The names of the nodes of a document, where no two that differ may look alike.
#[derive(Clone, Copy)]
pub(crate) struct Names<'d> {
    pub(crate) doc: &'d Document,
    pub(crate) layout: &'d Layout,
    pub(crate) shapes: &'d Shapes,
}

impl Names<'_> {
    /// The path of a node with whole digests in it, and with what tells which things it leads through, whatever
    /// they are called in the file.
    pub(crate) fn whole_path(&self, node: NodeId) -> String {
        let mut path = written(self.doc, node, usize::MAX);
        let mut at = Some(node);
        while let Some(node) = at {
            if let Some(identity) = self.identity(node) {
                path.push('~');
                path.push_str(&digest(&identity));
            }
            at = self.doc.node(node).parent;
        }
        path
    }

    /// Returns the values that identify what a mapping describes, as far as its schema and the mapping say so; of what
    /// it refers to, what tells that.
    fn identity(&self, node: NodeId) -> Option<Vec<String>> {
        self.told(node, &|list, id| {
            let elements = self.layout.elements(self.doc, list, id).iter();
            let told = elements.filter_map(|element| self.told(*element, &|_, _| Vec::new()));
            let mut told: Vec<String> = told.map(|told| digest(&told)).collect();
            told.sort();
            told
        })
    }

    /// The same, by what tells the element of a list that has an `id`.
    fn told(
        &self,
        node: NodeId,
        element: &dyn Fn(&str, &str) -> Vec<String>,
    ) -> Option<Vec<String>> {
        let mapping = self.doc.resolve(node);
        let shape = self.layout.shape(mapping)?;
        let Shape::Object { identity, .. } = self.shapes.get(shape) else {
            return None;
        };
        let mut told = Vec::new();
        for field in identity {
            let Some(entry) = self.doc.get(mapping, field) else {
                continue;
            };
            told.push(field.clone());
            let scalars = scalars(self.doc, entry.value);
            told.extend(scalars.iter().map(|scalar| as_compared(scalar)));
            let field = self.shapes.field(shape, field);
            let list = field.and_then(|field| field.refers_to.as_deref());
            if let (Some(list), Some(id)) = (list, self.doc.text(entry.value)) {
                told.extend(element(list, id));
            }
        }
        (!told.is_empty()).then_some(told)
    }
}

/// The meaning of a scalar without what makes no difference to whose name it is: case, white space around it, and the
/// sign before a handle.
fn as_compared(meaning: &str) -> String {
    let text = meaning.strip_prefix('s').unwrap_or(meaning).trim();
    text.strip_prefix('@').unwrap_or(text).to_lowercase()
}

fn written(doc: &Document, node: NodeId, digits: usize) -> String {
    let mut steps = Vec::new();
    let mut at = node;
    while let Some(parent) = doc.node(at).parent {
        steps.push((parent, at));
        at = parent;
    }
    let mut path = String::new();
    for (parent, child) in steps.into_iter().rev() {
        if let Kind::Sequence(_) = doc.node(parent).kind {
            path.push('[');
            name(doc, child, digits, &mut path);
            path.push(']');
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            word(key(doc, parent, child), &mut path);
        }
    }
    path
}

/// The key that a node of a mapping stands under, or is.
fn key(doc: &Document, mapping: NodeId, child: NodeId) -> &str {
    let mut entries = doc.entries(mapping).iter();
    let own = entries.find(|entry| entry.merged.is_none() && is_part(entry, child));
    own.and_then(|entry| doc.text(entry.key)).unwrap_or("?")
}

fn is_part(entry: &Entry, child: NodeId) -> bool {
    entry.value == child || entry.key == child
}

/// What an element of a list is called by.
fn name(doc: &Document, element: NodeId, digits: usize, path: &mut String) {
    let id = doc.get(element, "id").map(|entry| entry.value);
    let named = id.filter(|id| doc.text(*id).is_some()).unwrap_or(element);
    match words(doc, named) {
        Some(text) if text.chars().nth(LONGEST).is_none() => word(&text, path),
        _ => {
            let digest = digest(&scalars(doc, named));
            path.push('~');
            path.push_str(digest.get(..digits).unwrap_or(&digest));
        }
    }
}

/// Writes a key or a name so that it can be told from what stands around it.
fn word(text: &str, path: &mut String) {
    let is_plain = |character: char| {
        !matches!(character, '.' | '[' | ']' | '"' | '~')
            && !character.is_whitespace()
            && !is_unsafe(character)
    };
    if !text.is_empty() && text.chars().all(is_plain) {
        path.push_str(text);
        return;
    }
    path.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => path.extend(['\\', character]),
            _ if is_unsafe(character) => {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    // Writing to a `String` cannot fail.
                    let _ = write!(path, "\\u{unit:04x}");
                }
            }
            _ => path.push(character),
        }
    }
    path.push('"');
}

/// The scalars that a collection holds directly, in an order of their own; a scalar's own meaning.
fn scalars(doc: &Document, node: NodeId) -> Vec<String> {
    if let Some(meaning) = meaning(doc, node) {
        return vec![meaning];
    }
    let keyed = |entry: &Entry| {
        // A digest of a secret is not to stand in any file.
        let key = doc.text(entry.key).filter(|key| !is_secret(key))?;
        Some(format!("{}:{key}{}", key.len(), meaning(doc, entry.value)?))
    };
    let items = doc.items(node).iter();
    let mut scalars: Vec<String> = items.filter_map(|item| meaning(doc, *item)).collect();
    scalars.extend(doc.entries(node).iter().filter_map(keyed));
    scalars.sort();
    scalars
}

/// What a scalar means, however it is written.
fn words(doc: &Document, node: NodeId) -> Option<Cow<'_, str>> {
    Some(match doc.value(node) {
        Value::Null => Cow::Borrowed("null"),
        Value::Bool(value) => Cow::Owned(value.to_string()),
        Value::Int(value) => Cow::Owned(value.to_string()),
        Value::Float(value) => Cow::Owned(value.to_string()),
        Value::Str(text) => Cow::Borrowed(text),
        Value::Sequence | Value::Mapping => return None,
    })
}

/// The same, so that no text means what something else does.
pub(crate) fn meaning(doc: &Document, node: NodeId) -> Option<String> {
    let words = words(doc, node)?;
    let mark = match doc.value(node) {
        Value::Str(_) => 's',
        _ => 'v',
    };
    Some(format!("{mark}{words}"))
}

/// The first half of the SHA-256 of texts, each behind its length in bytes, in hexadecimal digits.
pub(crate) fn digest<T: AsRef<str>>(texts: &[T]) -> String {
    let mut hasher = Sha256::new();
    for text in texts {
        let text = text.as_ref();
        hasher.update(format!("{}:", text.len()));
        hasher.update(text);
    }
    let mut digits = String::with_capacity(32);
    for byte in hasher.finalize().iter().take(16) {
        // Writing to a `String` cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}
