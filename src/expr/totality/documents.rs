//! Random documents straight from their shapes: every optional field there or not, empty lists, the extremes of
//! numbers and dates, every listed word, aliases, and extensions of any type.

use std::collections::HashMap;

use crate::schema::{Extra, Field, Format, Shape, ShapeId, Shapes};

const INTS: [&str; 10] = [
    "0",
    "1",
    "2",
    "3",
    "-1",
    "-4",
    "7",
    "1000000",
    "9223372036854775807",
    "-9223372036854775808",
];
/// Those of the schema are finite; what may be anything need not be.
const FLOATS: [&str; 9] = [
    "0",
    "0.0",
    "-1.5",
    "2",
    "1e308",
    "9007199254740993",
    "1e19",
    ".nan",
    "-.inf",
];
const DATES: [&str; 9] = [
    "1900-01-01",
    "2189-12-31",
    "2189-12",
    "2018-07",
    "2020-02-29",
    "2026-01-01",
    "1318-01-01 AH",
    "1600-12 هـ",
    "١٤٣٩/١٠/٢٦ هـ",
];
const LENGTHS: [&str; 8] = [
    "1m",
    "36525d",
    "5217 weeks",
    "24h",
    "7d",
    "52596000m",
    "٣٦٥٢٥ يومًا",
    "دقيقتين",
];
const TEXTS: [&str; 10] = [
    "''",
    "'a'",
    "'ab'",
    "حساب",
    "'إدارة الاتصال المؤسسي'",
    "'12'",
    "'-'",
    "'true'",
    "'a b-c/d'",
    "\"\\u0000\\n\"",
];
const URLS: [&str; 3] = [
    "https://example.gov.sa",
    "'http://x.com/a?b#c'",
    "https://موقع.السعودية",
];
const EMAILS: [&str; 2] = ["media@example.gov.sa", "a.b+c@example.sa"];
const SLUGS: [&str; 3] = ["a", "b", "education-ministry"];
/// The names of extensions.
const EXTENSIONS: [&str; 2] = ["x-any", "x-n"];
/// The keys of open maps.
const KEYS: [&str; 5] = ["a", "b", "1", "true", "~"];
/// How deep extensions nest.
const DEEPEST: usize = 3;

/// Choices read off a tape; a tape that is used up says 0, so that shorter tapes make smaller values.
pub(super) struct Tape<'t>(std::slice::Iter<'t, u8>);

impl<'t> Tape<'t> {
    pub(super) fn new(bytes: &'t [u8]) -> Self {
        Self(bytes.iter())
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % limit
    }

    pub(super) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// A tape of its own for each number.
pub(super) fn tape(seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1);
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    let length = 20 + usize::from(next()) * 8;
    (0..length).map(|_| next()).collect()
}

/// Writes one document, in flow style.
pub(super) struct Writer<'w> {
    shapes: &'w Shapes,
    tape: Tape<'w>,
    /// Whether values of any shape stand where others belong, and required fields are left out.
    is_broken: bool,
    /// The anchors of each shape.
    anchors: HashMap<ShapeId, Vec<usize>>,
    count: usize,
}

/// A document of the shapes.
pub(super) fn document(shapes: &Shapes, tape: &[u8]) -> String {
    written(shapes, tape, false)
}

/// A document some of whose values are of other shapes.
pub(super) fn broken(shapes: &Shapes, tape: &[u8]) -> String {
    written(shapes, tape, true)
}

fn written(shapes: &Shapes, tape: &[u8], is_broken: bool) -> String {
    let mut writer = Writer {
        shapes,
        tape: Tape::new(tape),
        is_broken,
        anchors: HashMap::new(),
        count: 0,
    };
    let text = writer.plain(shapes.root());
    format!("{text}\n")
}

impl Writer<'_> {
    /// A value of a shape; now and then an anchor stands before it, or an alias in its place.
    fn value(&mut self, id: ShapeId) -> String {
        let known = self.anchors.get(&id).cloned().unwrap_or_default();
        match self.tape.below(12) {
            1 if !known.is_empty() => format!("*a{} ", known[self.tape.below(known.len())]),
            2 => {
                self.count += 1;
                let name = self.count;
                let text = self.plain(id);
                self.anchors.entry(id).or_default().push(name);
                format!("&a{name} {text}")
            }
            3 | 4 if self.is_broken => self.any(0),
            _ => self.plain(id),
        }
    }

    fn plain(&mut self, id: ShapeId) -> String {
        let shapes = self.shapes;
        match shapes.get(id) {
            Shape::Any => self.any(0),
            Shape::Bool => self.tape.pick(&["true", "false"]).to_owned(),
            Shape::Int { min, max } => {
                let value: i64 = self.tape.pick(&INTS).parse().unwrap();
                let (min, max) = (min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX));
                value.clamp(min, max).to_string()
            }
            Shape::Float(_) => self.tape.pick(&FLOATS[..7]).to_owned(),
            Shape::String { values, .. } if !values.is_empty() => {
                values[self.tape.below(values.len())].clone()
            }
            Shape::String {
                format, pattern, ..
            } => self
                .tape
                .pick(match (format, pattern) {
                    (Format::Date, _) => &DATES,
                    (Format::Duration, _) => &LENGTHS,
                    (Format::Url, _) => &URLS,
                    (Format::Email, _) => &EMAILS,
                    (Format::Text, None) => &TEXTS,
                    (Format::Text, Some(pattern)) if pattern.is_match("SA") => &["SA"],
                    (Format::Text, Some(pattern)) if !pattern.is_match("a") => &["ar", "en"],
                    (Format::Text, Some(_)) => &SLUGS,
                })
                .to_owned(),
            Shape::List { item, length, .. } => {
                let most = length.max.unwrap_or(length.min + 3);
                let count = length.min + self.tape.below(most - length.min + 1);
                let items: Vec<String> = (0..count).map(|_| self.value(*item)).collect();
                format!("[{}]", items.join(", "))
            }
            Shape::Object {
                fields,
                some_of,
                extra,
                ..
            } => self.object(fields, some_of, *extra),
            Shape::Either(choices) => {
                let choice = choices[self.tape.below(choices.len())];
                self.plain(choice)
            }
        }
    }

    fn object(&mut self, fields: &[Field], some_of: &[String], extra: Extra) -> String {
        let needed = some_of.get(self.tape.below(2));
        let mut entries = Vec::new();
        for field in fields {
            let is_required = field.required && !(self.is_broken && self.tape.below(8) == 1);
            if is_required || Some(&field.name) == needed || self.tape.below(2) == 1 {
                let value = self.value(field.shape);
                entries.push(format!("{}: {value}", field.name));
            }
        }
        match extra {
            Extra::Closed => {}
            Extra::Extensions => {
                for name in EXTENSIONS {
                    if self.tape.below(3) == 1 {
                        entries.push(format!("{name}: {}", self.any(0)));
                    }
                }
            }
            Extra::Any(shape) => {
                for name in KEYS {
                    if self.tape.below(3) == 1 {
                        entries.push(format!("{name}: {}", self.value(shape)));
                    }
                }
            }
        }
        format!("{{{}}}", entries.join(", "))
    }

    fn any(&mut self, depth: usize) -> String {
        match self.tape.below(if depth < DEEPEST { 9 } else { 6 }) {
            0 => "null".to_owned(),
            1 => self.tape.pick(&["true", "false"]).to_owned(),
            2 => self.tape.pick(&INTS).to_owned(),
            3 => self.tape.pick(&FLOATS).to_owned(),
            4 => self.tape.pick(&TEXTS).to_owned(),
            5 => self.tape.pick(&DATES).to_owned(),
            6 => {
                let items: Vec<String> = (0..self.tape.below(4))
                    .map(|_| self.any(depth + 1))
                    .collect();
                format!("[{}]", items.join(", "))
            }
            _ => {
                let keys = KEYS.iter().filter(|_| self.tape.below(2) == 1);
                let keys: Vec<&&str> = keys.collect();
                let entries: Vec<String> = keys
                    .into_iter()
                    .map(|key| format!("{key}: {}", self.any(depth + 1)))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }
}
