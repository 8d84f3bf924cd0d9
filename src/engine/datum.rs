//! What an expression gives, free of the document it was read from.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value as Json, json};

use crate::expr::{Data, Load, Machine, Value};
use crate::text;
use crate::text::Text;
use crate::yaml::NodeId;

/// How deep a value is taken along; what lies deeper is left out. Documents do not nest deeper.
const DEEPEST: usize = 128;
/// How many values are taken along: aliases can make a small document stand for a huge value.
const MOST: usize = 100_000;

/// A value by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum {
    /// `null`.
    Null,
    /// True or false.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// An integer without a sign.
    Uint(u64),
    /// Any other number.
    Double(f64),
    /// Text.
    String(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A type, by its name.
    Kind(&'static str),
    /// A day.
    Timestamp(String),
    /// A length of time.
    Duration(String),
    /// A list.
    List(Vec<Self>),
    /// A mapping, in the order of the document.
    Map(Vec<(Self, Self)>),
    /// A value that may be none.
    Optional(Option<Box<Self>>),
    /// Something with a shape error, which has no value, or more than can be shown.
    Unknown,
}

/// Takes a value out of its document.
pub(super) fn of<'a>(machine: &Machine<'a>, value: Value<'a>) -> Datum {
    let mut taker = Taker {
        machine,
        left: MOST,
    };
    taker.take(value, 0)
}

struct Taker<'m, 'a> {
    machine: &'m Machine<'a>,
    left: usize,
}

impl<'a> Taker<'_, 'a> {
    fn take(&mut self, value: Value<'a>, depth: usize) -> Datum {
        if depth > DEEPEST || self.left == 0 {
            return Datum::Unknown;
        }
        self.left -= 1;
        match value.data {
            Data::Null => Datum::Null,
            Data::Bool(value) => Datum::Bool(value),
            Data::Int(value) => Datum::Int(value),
            Data::Uint(value) => Datum::Uint(value),
            Data::Bytes(value) => Datum::Bytes(value.to_owned()),
            Data::Kind(name) => Datum::Kind(name),
            Data::Optional(value) => {
                let inner = value.map(|value| Box::new(self.take(*value, depth + 1)));
                Datum::Optional(inner)
            }
            Data::Map(entries) => self.computed(entries, depth),
            Data::Double(value) => Datum::Double(value),
            Data::Str(value) => Datum::String(value.to_owned()),
            Data::Timestamp(at) => Datum::Timestamp(timestamp(value.data, at)),
            Data::Duration(length) => Datum::Duration(duration(value.data, length)),
            Data::Sequence(_) | Data::List(_) => self.list(value, depth),
            Data::Mapping(node) => self.map(node, depth),
        }
    }

    fn list(&mut self, list: Value<'a>, depth: usize) -> Datum {
        let machine = self.machine;
        let Ok(elements) = machine.elements(list, Load::Plain) else {
            return Datum::Unknown;
        };
        let mut items = Vec::new();
        for found in (0..).map_while(|index| machine.element(elements, index)) {
            items.push(found.map_or(Datum::Unknown, |item| self.take(item, depth + 1)));
            if self.left == 0 {
                break;
            }
        }
        Datum::List(items)
    }

    fn computed(&mut self, map: &[(Value<'a>, Value<'a>)], depth: usize) -> Datum {
        let mut entries = Vec::new();
        for (key, value) in map {
            let key = self.take(*key, depth + 1);
            entries.push((key, self.take(*value, depth + 1)));
            if self.left == 0 {
                break;
            }
        }
        Datum::Map(entries)
    }

    fn map(&mut self, node: NodeId, depth: usize) -> Datum {
        let machine = self.machine;
        let mut entries = Vec::new();
        for entry in machine.doc.entries(node) {
            let key = machine.doc.text(entry.key).unwrap_or("?").to_owned();
            let value = machine.trusted_plain(entry.value);
            let value = value.map_or(Datum::Unknown, |value| self.take(value, depth + 1));
            entries.push((Datum::String(key), value));
            if self.left == 0 {
                break;
            }
        }
        Datum::Map(entries)
    }
}

/// A day if it is one, and otherwise the day with the time, as RFC 3339 has it.
fn timestamp(data: Data<'_>, at: Timestamp) -> String {
    let day = at.as_nanosecond().rem_euclid(86_400_000_000_000) == 0;
    let words = data.to_words().filter(|_| day);
    words.unwrap_or_else(|| at.to_string())
}

/// A length of time as documents write it, or in seconds with all their digits.
fn duration(data: Data<'_>, length: SignedDuration) -> String {
    if length.subsec_nanos() == 0 {
        return data.to_words().unwrap_or_default();
    }
    let nanos = length.as_nanos();
    let sign = if nanos < 0 { "-" } else { "" };
    let (seconds, rest) = (
        nanos.unsigned_abs() / 1_000_000_000,
        nanos.unsigned_abs() % 1_000_000_000,
    );
    let digits = format!("{rest:09}");
    format!("{sign}{seconds}.{}s", digits.trim_end_matches('0'))
}

impl Datum {
    /// The name of its type, as programs know it.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Uint(_) => "uint",
            Self::Bytes(_) => "bytes",
            Self::Kind(_) => "type",
            Self::Optional(_) => "optional_type",
            Self::Double(_) => "double",
            Self::String(_) => "string",
            Self::Timestamp(_) => "timestamp",
            Self::Duration(_) => "duration",
            Self::List(_) => "list",
            Self::Map(_) => "map",
            Self::Unknown => "unknown",
        }
    }

    /// The type in words, when nothing more exact is known of it.
    pub(super) fn kind_text(&self) -> Text {
        match self {
            Self::Null => text!("null", "قيمة فارغة"),
            Self::Bool(_) => text!("true or false", "قيمة منطقية"),
            Self::Int(_) => text!("an integer", "عدد صحيح"),
            Self::Uint(_) => text!("an integer without a sign", "عدد صحيح بلا إشارة"),
            Self::Bytes(_) => text!("bytes", "بايتات"),
            Self::Kind(_) => text!("a type", "نوع"),
            Self::Optional(_) => text!("an optional value", "قيمة اختيارية"),
            Self::Double(_) => text!("a number", "عدد"),
            Self::String(_) => text!("text", "نص"),
            Self::Timestamp(_) => text!("a date", "تاريخ"),
            Self::Duration(_) => text!("a length of time", "مدة زمنية"),
            Self::List(_) => text!("a list", "قائمة"),
            Self::Map(_) => text!("a mapping", "خريطة مفاتيح وقيم"),
            Self::Unknown => text!("unknown", "غير معروف"),
        }
    }

    /// The value with its type beside it, all the way down, so that nothing is lost: integers are decimal
    /// strings, and a mapping is a list of pairs.
    pub fn to_tagged(&self) -> Json {
        let value = match self {
            Self::Null | Self::Unknown => Json::Null,
            Self::Bool(value) => json!(value),
            Self::Int(value) => json!(value.to_string()),
            Self::Uint(value) => json!(value.to_string()),
            Self::Bytes(bytes) => json!(bytes),
            Self::Kind(name) => json!(name),
            Self::Optional(value) => value.as_ref().map_or(Json::Null, |value| value.to_tagged()),
            Self::Double(value) if value.is_finite() => json!(value),
            Self::Double(value) if value.is_nan() => json!("NaN"),
            Self::Double(value) if *value > 0.0 => json!("Infinity"),
            Self::Double(_) => json!("-Infinity"),
            Self::String(text) | Self::Timestamp(text) | Self::Duration(text) => json!(text),
            Self::List(items) => items.iter().map(Self::to_tagged).collect(),
            Self::Map(entries) => entries
                .iter()
                .map(|(key, value)| Json::Array(vec![key.to_tagged(), value.to_tagged()]))
                .collect(),
        };
        // `json!` would copy the value at each level.
        let fields = [
            ("type".to_owned(), json!(self.kind())),
            ("value".to_owned(), value),
        ];
        Json::Object(fields.into_iter().collect())
    }
}

/// The value in one line, as it is written in an expression or a document.
impl std::fmt::Display for Datum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::Uint(value) => write!(f, "{value}u"),
            Self::Bytes(bytes) => write!(f, "b\"{}\"", bytes.escape_ascii()),
            Self::Kind(name) => f.write_str(name),
            Self::Optional(None) => f.write_str("optional.none()"),
            Self::Optional(Some(value)) => write!(f, "optional.of({value})"),
            Self::Double(value) => write!(f, "{value:?}"),
            Self::String(text) => write!(f, "{}", json!(text)),
            Self::Timestamp(text) | Self::Duration(text) => f.write_str(text),
            Self::List(items) => {
                f.write_str("[")?;
                for (place, item) in items.iter().enumerate() {
                    let comma = if place > 0 { ", " } else { "" };
                    write!(f, "{comma}{item}")?;
                }
                f.write_str("]")
            }
            Self::Map(entries) => {
                f.write_str("{")?;
                for (place, (key, value)) in entries.iter().enumerate() {
                    let comma = if place > 0 { ", " } else { "" };
                    write!(f, "{comma}{key}: {value}")?;
                }
                f.write_str("}")
            }
            Self::Unknown => f.write_str("…"),
        }
    }
}
