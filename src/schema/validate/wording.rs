//! Shapes and values in the words of both languages.

use crate::schema::{Format, Shape, ShapeId, Shapes};
use crate::text;
use crate::text::{Shown, Text};
use crate::yaml::{Document, NodeId, Value};

/// How many values of a list are named before the rest is left to the help.
pub(super) const FEW: usize = 6;
/// How many keys or values a help lists.
pub(super) const LISTED: usize = 16;

/// `expected …, found …`.
pub(super) fn expected(wanted: &Text, found: &Text) -> Text {
    Text::new(
        format!("expected {}, found {}", wanted.en, found.en),
        format!("المتوقع {}، والموجود {}", wanted.ar, found.ar),
    )
}

/// `expected …, found` and the string itself.
pub(super) fn misfit(wanted: &Text, found: &str) -> Text {
    expected(wanted, &text!("`{found}`", "`{found}`", found = found))
}

/// Two pieces of advice in a row.
pub(super) fn both(first: Option<Text>, second: Option<Text>) -> Option<Text> {
    match (first, second) {
        (Some(first), Some(second)) => {
            let is_question = first.en.ends_with('?');
            let (en, ar) = if is_question { ("", "") } else { (";", "؛") };
            Some(Text::new(
                format!("{}{en} {}", first.en, second.en),
                format!("{}{ar} {}", first.ar, second.ar),
            ))
        }
        (first, second) => first.or(second),
    }
}

/// Names in a row, the last one after `or`.
pub(super) fn any_of<'n>(names: impl IntoIterator<Item = &'n str>) -> Text {
    let names: Vec<_> = names
        .into_iter()
        .map(|name| format!("`{}`", Shown(name)))
        .collect();
    let en = match names.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        few => few.concat(),
    };
    Text::new(en, names.join(" أو "))
}

/// Names in a row.
pub(super) fn row<'n>(names: impl IntoIterator<Item = &'n str>) -> Text {
    let names: Vec<_> = names
        .into_iter()
        .map(|name| format!("`{}`", Shown(name)))
        .collect();
    Text::new(names.join(", "), names.join("، "))
}

/// What a value of a shape is, such as "a list".
pub(super) fn shape(shapes: &Shapes, id: ShapeId) -> Text {
    match shapes.get(id) {
        Shape::Any => text!("a value", "قيمة"),
        Shape::Bool => text!("`true` or `false`", "`true` أو `false`"),
        Shape::Int { .. } => text!("a whole number", "عدد صحيح"),
        Shape::Float(_) => text!("a number", "عدد"),
        Shape::String { values, .. } if values.len() > FEW => {
            text!("one of the known values", "إحدى القيم المعروفة")
        }
        Shape::String { values, .. } if !values.is_empty() => any_of(values.iter().map(|v| &**v)),
        Shape::String { format, .. } => match format {
            Format::Text => text!("a text", "نص"),
            Format::Date => text!("a date such as `2018-07-10`", "تاريخ مثل `2018-07-10`"),
            Format::Duration => text!("a length of time such as `7d`", "مدة زمنية مثل `7d`"),
            Format::Url => an_address(),
            Format::Email => an_email(),
        },
        Shape::List { .. } => text!("a list", "قائمة"),
        Shape::Object { .. } => text!("a mapping", "خريطة"),
        Shape::Either(choices) => {
            let words: Vec<_> = choices
                .iter()
                .map(|choice| shape(shapes, *choice))
                .collect();
            let join = |or: &str, side: fn(&Text) -> &str| {
                words.iter().map(side).collect::<Vec<_>>().join(or)
            };
            Text::new(join(" or ", |w| &w.en), join(" أو ", |w| &w.ar))
        }
    }
}

pub(super) fn an_address() -> Text {
    text!(
        "an address such as `https://example.gov.sa`",
        "عنوان إلكتروني مثل `https://example.gov.sa`",
    )
}

pub(super) fn an_email() -> Text {
    text!("an email address", "عنوان بريد إلكتروني")
}

/// What stands at a node, such as "the number `5`".
pub(super) fn value(doc: &Document, node: NodeId) -> Text {
    let written = doc.text(node).unwrap_or_default();
    match doc.value(node) {
        Value::Null => text!("nothing", "لا شيء"),
        Value::Bool(_) => text!("`{written}`", "`{written}`", written = written),
        Value::Int(_) | Value::Float(_) => text!(
            "the number `{written}`",
            "العدد `{written}`",
            written = written
        ),
        Value::Str(_) => text!(
            "the text `{written}`",
            "النص `{written}`",
            written = written
        ),
        Value::Sequence => text!("a list", "قائمة"),
        Value::Mapping => text!("a mapping", "خريطة"),
    }
}
