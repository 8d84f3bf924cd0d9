//! Values on their way through an evaluation: small, copied freely, each with the node it came from.

use jiff::{SignedDuration, Timestamp};

use crate::yaml::NodeId;

/// A value and where it stands in the document, if it stands there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Value<'a> {
    pub(crate) data: Data<'a>,
    /// The node that the value was read from.
    pub(crate) node: Option<NodeId>,
    /// The alias through which the node was reached last.
    pub(crate) via: Option<NodeId>,
}

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Data<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    Str(&'a str),
    Bytes(&'a [u8]),
    /// A type, by its name.
    Kind(&'static str),
    Timestamp(Timestamp),
    Duration(SignedDuration),
    /// A sequence of the document, whose items are read when they are asked for.
    Sequence(NodeId),
    /// A list that was computed.
    List(&'a [Value<'a>]),
    /// A mapping of the document.
    Mapping(NodeId),
    /// A map that was computed; no two keys are equal.
    Map(&'a [(Value<'a>, Value<'a>)]),
    /// A value that may be none.
    Optional(Option<&'a Value<'a>>),
}

/// The names of types that are values of their own.
pub(crate) const KINDS: [&str; 13] = [
    "bool",
    "bytes",
    "double",
    "google.protobuf.Duration",
    "google.protobuf.Timestamp",
    "int",
    "list",
    "map",
    "null_type",
    "optional_type",
    "string",
    "type",
    "uint",
];

impl<'a> Value<'a> {
    /// A value that stands nowhere.
    pub(crate) const fn new(data: Data<'a>) -> Self {
        Self {
            data,
            node: None,
            via: None,
        }
    }

    pub(crate) const fn bool(value: bool) -> Self {
        Self::new(Data::Bool(value))
    }
}

impl Data<'_> {
    /// The name of its type, as CEL has it.
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Null => "null_type",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Uint(_) => "uint",
            Self::Double(_) => "double",
            Self::Str(_) => "string",
            Self::Bytes(_) => "bytes",
            Self::Kind(_) => "type",
            Self::Timestamp(_) => "google.protobuf.Timestamp",
            Self::Duration(_) => "google.protobuf.Duration",
            Self::Sequence(_) | Self::List(_) => "list",
            Self::Mapping(_) | Self::Map(_) => "map",
            Self::Optional(_) => "optional_type",
        }
    }

    /// What to say of the value in a label; `None` for collections, which speak for themselves.
    pub(crate) fn to_words(self) -> Option<String> {
        Some(match self {
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Int(value) => value.to_string(),
            Self::Double(value) => value.to_string(),
            Self::Str(value) => value.to_owned(),
            Self::Timestamp(value) => value.strftime("%Y-%m-%d").to_string(),
            Self::Duration(value) => duration_words(value),
            Self::Uint(value) => value.to_string(),
            Self::Bytes(value) => value.escape_ascii().to_string(),
            Self::Kind(name) => name.to_owned(),
            Self::Optional(Some(value)) => return value.data.to_words(),
            Self::Optional(None) => "none".to_owned(),
            Self::Sequence(_) | Self::List(_) | Self::Mapping(_) | Self::Map(_) => return None,
        })
    }
}

/// A length of time in its largest whole unit, as documents write it.
fn duration_words(duration: SignedDuration) -> String {
    let seconds = duration.as_secs();
    let units = [(86_400, "d"), (3_600, "h"), (60, "m")];
    match units.iter().find(|(size, _)| seconds % size == 0) {
        Some((size, unit)) => format!("{}{unit}", seconds / size),
        None => format!("{seconds}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_four_words() {
        assert_eq!(size_of::<Value<'_>>(), 4 * size_of::<u64>());
    }
}
