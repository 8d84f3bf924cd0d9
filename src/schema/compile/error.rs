//! What a JSON Schema says that shapes cannot express, at the keyword that says it.

use std::fmt;

use crate::text::{Lang, Text};

/// Why a JSON Schema cannot be used.
#[derive(Clone, Debug)]
pub struct SchemaError {
    /// The JSON pointer of what is at fault, such as `#/properties/a/not`.
    pub pointer: String,
    /// What is wrong there.
    pub message: Text,
    /// What to do about it.
    pub help: Option<Box<Text>>,
    /// Whether the keyword itself is at fault, not its value.
    pub(crate) is_keyword: bool,
}

impl SchemaError {
    /// The value at a place is wrong.
    pub(in crate::schema) fn at(pointer: impl Into<String>, message: Text) -> Self {
        Self {
            pointer: pointer.into(),
            message,
            help: None,
            is_keyword: false,
        }
    }

    /// A keyword of the schema at a place is wrong.
    pub(super) fn of(pointer: &str, keyword: &str, message: Text) -> Self {
        Self {
            is_keyword: true,
            ..Self::at(below(pointer, keyword), message)
        }
    }

    pub(super) fn with_help(self, help: Text) -> Self {
        Self {
            help: Some(Box::new(help)),
            ..self
        }
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.pointer, self.message.plain(Lang::En))
    }
}

impl std::error::Error for SchemaError {}

/// The pointer of a key below a place.
pub(super) fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}
