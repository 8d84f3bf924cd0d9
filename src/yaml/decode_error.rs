//! Why a node could not be decoded, in both languages and with the node it arose at.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

use crate::diagnostic::{Diagnostic, Label};
use crate::text;
use crate::text::{Lang, Text, nearest};
use crate::yaml::{Document, NodeId};

/// How many of the names that would have been right are listed.
const LISTED: usize = 12;

/// Why a node could not be decoded. The fault of the file's author.
#[derive(Clone, Debug)]
pub struct DecodeError {
    /// The innermost node that it arose at: a key for an unknown key, the mapping for a missing one.
    pub node: NodeId,
    /// What is wrong.
    pub message: Text,
    /// What to do about it.
    pub help: Option<Text>,
}

impl DecodeError {
    /// The diagnostic under the id of a rule such as `config/shape`, at [`Document::head`] of the node.
    pub fn into_diagnostic(self, document: &Document, rule: &str) -> Diagnostic {
        let span = document.head(self.node);
        let mut diagnostic =
            Diagnostic::error(rule, self.message).with_label(Label::new(document.source(), span));
        diagnostic.help = self.help;
        diagnostic
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message.plain(Lang::En))
    }
}

impl std::error::Error for DecodeError {}

/// A [`DecodeError`] whose node may not be known yet: the nearest deserializer on the way out adds
/// its own.
#[derive(Debug)]
pub(super) struct Fault {
    node: Option<NodeId>,
    message: Text,
    help: Option<Text>,
}

impl Fault {
    fn new(message: Text) -> Self {
        Self {
            node: None,
            message,
            help: None,
        }
    }

    fn with_help(mut self, help: Text) -> Self {
        self.help = Some(help);
        self
    }

    /// The same fault at a node, if it has none yet.
    pub(super) fn at(mut self, node: NodeId) -> Self {
        self.node.get_or_insert(node);
        self
    }

    /// The error, at `root` if no deserializer placed it deeper.
    pub(super) fn settle(self, root: NodeId) -> DecodeError {
        DecodeError {
            node: self.node.unwrap_or(root),
            message: self.message,
            help: self.help,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message.plain(Lang::En))
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(text!(
            "{message}",
            "القيمة غير مقبولة: {message}",
            message = message
        ))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let (wanted, wanted_ar) = expectation(expected);
        let (given, given_ar) = finding(found);
        let fault = Self::new(Text::new(
            format!("expected {wanted}, found {given}"),
            format!("المتوقع {wanted_ar}، والموجود {given_ar}"),
        ));
        let scalar = matches!(
            found,
            Unexpected::Bool(_)
                | Unexpected::Signed(_)
                | Unexpected::Unsigned(_)
                | Unexpected::Float(_)
        );
        if scalar && wanted == A_STRING {
            return fault.with_help(text!(
                "put it in quotes to make it a text",
                "ضعه بين علامتي اقتباس ليكون نصًا",
            ));
        }
        fault
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::new(text!(
            "a list of {length} items does not fit here: expected {expected}",
            "لا تلائم هنا قائمة عدد عناصرها {length}: المتوقع {expected}",
            length = length,
            expected = expected,
        ))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let fault = Self::new(text!(
            "`{variant}` is not one of the values allowed here",
            "القيمة `{variant}` ليست من القيم المسموح بها هنا",
            variant = variant,
        ));
        fault.with_help(suggestion(variant, expected))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let fault = Self::new(text!(
            "unknown key `{key}`",
            "المفتاح `{key}` غير معروف",
            key = field
        ));
        fault.with_help(suggestion(field, expected))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(text!(
            "the key `{key}` is missing",
            "المفتاح `{key}` ناقص",
            key = field
        ))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(text!(
            "the key `{key}` is given twice",
            "المفتاح `{key}` مذكور مرتين",
            key = field,
        ))
    }
}

const A_STRING: &str = "a text";

/// What serde expects, in a file author's words.
fn expectation(expected: &dyn Expected) -> (String, String) {
    let words = expected.to_string();
    let (en, ar) = match words.as_str() {
        "a string" | "a borrowed string" | "str" | "string" => (A_STRING, "نص"),
        "a boolean" => ("`true` or `false`", "`true` أو `false`"),
        "i8" | "i16" | "i32" | "i64" | "isize" => ("a whole number", "عدد صحيح"),
        "u8" | "u16" | "u32" | "u64" | "usize" => {
            ("a whole number of 0 or more", "عدد صحيح لا يقل عن 0")
        }
        "f32" | "f64" => ("a number", "عدد"),
        "a sequence" => ("a list", "قائمة"),
        "a map" => ("a mapping", "خريطة"),
        "unit" => ("nothing", "لا شيء"),
        "variant identifier" => ("a name", "اسم"),
        "a name, or a mapping with one key" => (&*words, "اسم، أو خريطة ذات مفتاح واحد"),
        other if other.starts_with("struct ") => ("a mapping", "خريطة"),
        other if other.starts_with("enum ") => ("a name", "اسم"),
        other if other.starts_with("a tuple") => ("a list", "قائمة"),
        other => (other, other),
    };
    (en.to_owned(), ar.to_owned())
}

/// What was found, in a file author's words.
fn finding(found: Unexpected<'_>) -> (String, String) {
    let shown = match found {
        Unexpected::Bool(value) => value.to_string(),
        Unexpected::Signed(value) => value.to_string(),
        Unexpected::Unsigned(value) => value.to_string(),
        Unexpected::Float(value) => value.to_string(),
        Unexpected::Str(value) => value.to_owned(),
        Unexpected::Seq => return ("a list".to_owned(), "قائمة".to_owned()),
        Unexpected::Map => return ("a mapping".to_owned(), "خريطة".to_owned()),
        Unexpected::Unit | Unexpected::Option => return ("nothing".to_owned(), "لا شيء".to_owned()),
        other => other.to_string(),
    };
    let both = text!("`{value}`", "`{value}`", value = shown);
    (both.en, both.ar)
}

/// The nearest name that would have been right, else the first few of them.
fn suggestion(name: &str, expected: &'static [&'static str]) -> Text {
    if let Some(meant) = nearest(name, expected.iter().copied()) {
        return text::did_you_mean(&meant);
    }
    let mut names: Vec<_> = expected
        .iter()
        .take(LISTED)
        .map(|name| format!("`{name}`"))
        .collect();
    if expected.len() > LISTED {
        names.push("…".to_owned());
    }
    Text::new(
        format!("expected one of: {}", names.join(", ")),
        format!("المتوقع إحدى القيم: {}", names.join("، ")),
    )
}
