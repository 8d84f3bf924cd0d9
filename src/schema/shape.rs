//! What a document may look like, compiled from its JSON Schema.
//!
//! One [`Shapes`] serves both the shape diagnostics and the types of the rule language, so a rule
//! can only speak of fields that a document can have.

use super::words;
use crate::yaml::key_hash;

/// A shape, by its place in [`Shapes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShapeId(pub(crate) u32);

/// What a string must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Any text.
    Text,
    /// A day or a month: `spokeslint-date`, or `date`, which thereby takes months too (a timestamp at
    /// midnight UTC in the rule language).
    Date,
    /// A length of time: `spokeslint-duration`, or `duration`, which is then written `7d` and not `P7D`.
    Duration,
    /// An absolute `http` or `https` address: `uri`.
    Url,
    /// `email`.
    Email,
}

/// A regular expression that must match somewhere in a string, as JSON Schema's `pattern`.
#[derive(Clone, Debug)]
pub struct Pattern {
    written: String,
    test: Test,
}

/// How a [`Pattern`] is tried: those of the agency's schema are written out by hand.
#[derive(Clone, Debug)]
enum Test {
    Slug,
    Country,
    Language,
    Regex(regex::Regex),
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in the words of the regex parser.
    pub fn new(written: &str) -> Result<Self, String> {
        let test = match written {
            words::SLUG => Test::Slug,
            words::COUNTRY => Test::Country,
            words::LANGUAGE => Test::Language,
            _ => Test::Regex(regex::Regex::new(written).map_err(|error| reason(&error))?),
        };
        Ok(Self {
            written: written.to_owned(),
            test,
        })
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Whether it matches.
    pub fn is_match(&self, text: &str) -> bool {
        match &self.test {
            Test::Slug => is_slug(text),
            Test::Country => text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase()),
            Test::Language => text.len() == 2 && text.bytes().all(|b| b.is_ascii_lowercase()),
            Test::Regex(regex) => regex.is_match(text),
        }
    }
}

/// The last line of the parser's words; those before it draw what the caller shows better.
fn reason(error: &regex::Error) -> String {
    let words = error.to_string();
    let last = words.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ").to_owned()
}

/// How many characters or items there may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The fewest.
    pub min: usize,
    /// The most; none for any number.
    pub max: Option<usize>,
}

/// Between which numbers a number may lie.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Interval {
    /// It is at least this.
    pub min: Option<f64>,
    /// It is more than this.
    pub above: Option<f64>,
    /// It is at most this.
    pub max: Option<f64>,
    /// It is less than this.
    pub under: Option<f64>,
}

impl Bounds {
    /// Whether a number of characters or items is allowed.
    pub fn admits(self, count: usize) -> bool {
        count >= self.min && self.max.is_none_or(|max| count <= max)
    }
}

impl Interval {
    /// Whether a number is allowed.
    pub fn admits(self, value: f64) -> bool {
        self.min.is_none_or(|min| value >= min)
            && self.above.is_none_or(|above| value > above)
            && self.max.is_none_or(|max| value <= max)
            && self.under.is_none_or(|under| value < under)
    }
}

fn is_slug(text: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.bytes().next().is_some_and(word) && text.bytes().all(|byte| word(byte) || byte == b'-')
}

/// One field of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its key.
    pub name: String,
    /// What the schema says of it, for people.
    pub about: String,
    /// What its value must look like.
    pub shape: ShapeId,
    /// Whether it must be there.
    pub required: bool,
    /// The list at the top of the document of which it names an element by its `id`, where the schema says so.
    pub refers_to: Option<String>,
    /// [`key_hash`] of its key.
    pub(crate) hash: u32,
}

/// What keys an object may have besides its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extra {
    /// None.
    Closed,
    /// Keys that begin with `x-`, with any value.
    Extensions,
    /// Any key, with values of this shape.
    Any(ShapeId),
}

/// One shape.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Anything.
    Any,
    /// `true` or `false`.
    Bool,
    /// An integer.
    Int {
        /// The smallest value allowed.
        min: Option<i64>,
        /// The largest value allowed.
        max: Option<i64>,
    },
    /// A number.
    Float(Interval),
    /// A string of a format; `values` lists the only ones allowed (empty: all), `pattern` is a regular
    /// expression that must match.
    String {
        /// What it must look like.
        format: Format,
        /// The only values allowed; empty for all.
        values: Vec<String>,
        /// A pattern that must match.
        pattern: Option<Pattern>,
        /// How many characters it may have.
        length: Bounds,
    },
    /// A list.
    List {
        /// What each item must look like.
        item: ShapeId,
        /// How many items it may have.
        length: Bounds,
        /// Whether no two items may be equal.
        unique: bool,
    },
    /// An object.
    Object {
        /// The type's name in the schema, such as `Account`.
        name: String,
        /// The known fields, in the schema's order.
        fields: Vec<Field>,
        /// Names of fields of which at least one must be there; empty if there is no such demand.
        some_of: Vec<String>,
        /// What other keys are allowed.
        extra: Extra,
        /// Names of fields that tell which thing it describes, whatever it is called in the file.
        identity: Vec<String>,
    },
    /// One of several shapes, told apart by the kind of node (string, list, object, …).
    Either(Vec<ShapeId>),
}

/// The shapes of one document kind.
#[derive(Clone, Debug)]
pub struct Shapes {
    all: Vec<Shape>,
    /// For each object shape the hashes of its fields' keys, packed for fast look-up.
    hashes: Vec<Box<[u32]>>,
    root: ShapeId,
}

impl Shapes {
    pub(super) fn new(shapes: Vec<Shape>, root: ShapeId) -> Self {
        let hashes = shapes
            .iter()
            .map(|shape| match shape {
                Shape::Object { fields, .. } => fields.iter().map(|field| field.hash).collect(),
                _ => Box::default(),
            })
            .collect();
        Self {
            all: shapes,
            hashes,
            root,
        }
    }

    /// The shape of the whole document.
    pub fn root(&self) -> ShapeId {
        self.root
    }

    /// One shape.
    pub fn get(&self, id: ShapeId) -> &Shape {
        &self.all[id.0 as usize]
    }

    /// For each list of allowed words that holds `word` the word behind it, the last one's being the first.
    pub(crate) fn neighbours(&self, word: &str) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for shape in &self.all {
            let Shape::String { values, .. } = shape else {
                continue;
            };
            let place = values.iter().position(|value| value == word);
            let next = place.and_then(|place| values.iter().cycle().nth(place + 1));
            found.extend(next.map(String::as_str).filter(|next| *next != word));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The field of an object shape.
    pub fn field(&self, id: ShapeId, name: &str) -> Option<&Field> {
        let place = self.place_hashed(id, name, key_hash(name))?;
        match self.get(id) {
            Shape::Object { fields, .. } => fields.get(place),
            _ => None,
        }
    }

    /// The place of a field among those of its object, by the key and its hash.
    pub(crate) fn place_hashed(&self, id: ShapeId, name: &str, hash: u32) -> Option<usize> {
        let Shape::Object { fields, .. } = self.get(id) else {
            return None;
        };
        let first = self.hashes[id.0 as usize]
            .iter()
            .position(|known| *known == hash)?;
        let bears = |field: &Field| field.hash == hash && field.name == name;
        Some(first + fields.get(first..)?.iter().position(bears)?)
    }
}
