//! What to do about a value of the wrong type.

use super::wording;
use crate::date::DateError;
use crate::schema::{Field, Format, Shape, ShapeId, Shapes};
use crate::text;
use crate::text::Text;
use crate::yaml::{Document, Kind, NodeId, Value};

/// What to do about a node that is not of a shape's type.
pub(super) fn on_type(doc: &Document, node: NodeId, shapes: &Shapes, id: ShapeId) -> Option<Text> {
    let shape = shapes.get(id);
    let written = doc.text(node).unwrap_or_default();
    match (shape, doc.value(node)) {
        (Shape::String { values, .. }, Value::Null) if values.len() > wording::FEW => {
            wording::both(Some(fill(doc, node)), values_are(values))
        }
        (_, Value::Null) => Some(fill(doc, node)),
        (Shape::List { .. }, Value::Mapping) => Some(text!(
            "begin each item of the list with `{dash}`",
            "ابدأ كل عنصر من القائمة بـ `{dash}`",
            dash = "- ",
        )),
        (Shape::List { .. }, _) => Some(text!(
            "write it as a list: `{list}`",
            "اكتبه في صورة قائمة: `{list}`",
            list = format_args!("[{written}]"),
        )),
        (Shape::Object { fields, .. }, _) => wording::both(
            Some(text!("write it as a mapping", "اكتبه في صورة خريطة")),
            Some(keys_are(fields)),
        ),
        (Shape::Either(_), _) => None,
        (_, Value::Sequence) => Some(alone(doc, node)),
        (Shape::Bool, Value::Str(text)) => boolean(text, is_quoted(doc, node)),
        (Shape::Int { .. }, Value::Str(text)) => digits(text, is_quoted(doc, node)),
        (Shape::String { values, .. }, _) if !values.is_empty() => values_are(values),
        (Shape::String { format, .. }, value) => string(*format, value, written),
        _ => None,
    }
}

/// A value is wanted, and nothing is there.
fn fill(doc: &Document, node: NodeId) -> Text {
    let parent = doc.node(node).parent.map(|parent| &doc.node(parent).kind);
    if let Some(Kind::Sequence(_)) = parent {
        return text!(
            "write a value, or remove the item",
            "اكتب قيمة، أو احذف العنصر",
        );
    }
    text!(
        "write a value, or remove the key if there is nothing to say",
        "اكتب قيمة، أو احذف المفتاح إن لم يكن ثمة ما يقال",
    )
}

/// One value is wanted, and a list is there.
fn alone(doc: &Document, list: NodeId) -> Text {
    match doc.items(list) {
        [only] if doc.text(*only).is_some() => text!(
            "write the value alone: `{only}`",
            "اكتب القيمة وحدها: `{only}`",
            only = doc.text(*only).unwrap_or_default(),
        ),
        _ => text!("only one value can stand here", "لا تصح هنا إلا قيمة واحدة",),
    }
}

fn is_quoted(doc: &Document, node: NodeId) -> bool {
    let written = doc.source().slice(doc.span(doc.resolve(node)));
    written.starts_with(['"', '\''])
}

/// What a word means to those who write it for true or false.
pub(super) fn meant_by(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "on" | "true" | "نعم" => Some(true),
        "no" | "n" | "off" | "false" | "لا" => Some(false),
        _ => None,
    }
}

fn boolean(text: &str, quoted: bool) -> Option<Text> {
    let meant = meant_by(text)?;
    Some(if quoted {
        text!(
            "write `{meant}`, without quotes",
            "اكتب `{meant}` دون علامتي اقتباس",
            meant = meant,
        )
    } else {
        text!("write `{meant}`", "اكتب `{meant}`", meant = meant)
    })
}

/// A number with separators, or in Arabic-Indic digits.
fn digits(text: &str, quoted: bool) -> Option<Text> {
    let is_separator = |c: &char| {
        matches!(
            c,
            ',' | '_' | ' ' | '\'' | '٬' | '،' | '\u{a0}' | '\u{202f}'
        )
    };
    let digits: Option<String> = text
        .chars()
        .filter(|c| !is_separator(c))
        .map(ascii_digit)
        .collect();
    let digits = digits.filter(|digits| !digits.is_empty())?;
    Some(if quoted {
        text!(
            "write the digits alone, without quotes: `{digits}`",
            "اكتب الأرقام وحدها دون علامتي اقتباس: `{digits}`",
            digits = digits,
        )
    } else {
        text!(
            "write the digits alone: `{digits}`",
            "اكتب الأرقام وحدها: `{digits}`",
            digits = digits,
        )
    })
}

fn ascii_digit(character: char) -> Option<char> {
    char::from_digit(text::digit(character)?, 10)
}

/// A string is wanted, and a number or a boolean is there.
fn string(format: Format, value: Value<'_>, written: &str) -> Option<Text> {
    match (format, value) {
        (_, Value::Mapping) => None,
        (Format::Text, _) => Some(text!(
            "put it in quotes to make it a text: `{quoted}`",
            "ضعه بين علامتي اقتباس ليكون نصًا: `{quoted}`",
            quoted = format_args!("\"{written}\""),
        )),
        (Format::Date, _) => Some(DateError::Form(written.to_owned()).help()),
        (Format::Duration, Value::Int(number)) => Some(text!(
            "add a unit, such as `{days}` or `{hours}`",
            "أضف وحدة، مثل `{days}` أو `{hours}`",
            days = format_args!("{number}d"),
            hours = format_args!("{number}h"),
        )),
        _ => None,
    }
}

/// All keys that a mapping may have, or those that it must have where all would be too many to read.
pub(super) fn keys_are(fields: &[Field]) -> Text {
    let row = |fields: &mut dyn Iterator<Item = &Field>| {
        let names: Vec<_> = fields.map(|field| &*field.name).collect();
        wording::row(names)
    };
    let needed = row(&mut fields.iter().filter(|field| field.required));
    if fields.len() > wording::LISTED && !needed.en.is_empty() {
        return Text::new(
            format!("it needs {}", needed.en),
            format!("ولا بد فيها من {}", needed.ar),
        );
    }
    let keys = row(&mut fields.iter());
    Text::new(
        format!("its keys are {}", keys.en),
        format!("ومفاتيحها {}", keys.ar),
    )
}

/// All values that are allowed, if they are not too many to read.
pub(super) fn values_are(values: &[String]) -> Option<Text> {
    if values.len() > wording::LISTED {
        return None;
    }
    let values = wording::row(values.iter().map(|value| &**value));
    Some(Text::new(
        format!("the values are {}", values.en),
        format!("القيم هي {}", values.ar),
    ))
}
