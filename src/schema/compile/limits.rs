//! Keywords that bound numbers and lengths.

use serde_json::Value;

use super::error::{SchemaError, below};
use super::keywords::Keywords;
use crate::schema::shape::{Bounds, Interval, Shape, ShapeId};
use crate::text;

/// A whole number between two others; an exclusive bound is the next number.
pub(super) fn integer(keywords: &Keywords, at: &str) -> Result<Shape, SchemaError> {
    let min = whole(keywords, "minimum", at)?;
    let above = whole(keywords, "exclusiveMinimum", at)?;
    let max = whole(keywords, "maximum", at)?;
    let under = whole(keywords, "exclusiveMaximum", at)?;
    Ok(Shape::Int {
        min: min.max(above.map(|above| above.saturating_add(1))),
        max: least(max, under.map(|under| under.saturating_sub(1))),
    })
}

/// A number between two others.
pub(super) fn number(keywords: &Keywords, at: &str) -> Result<Shape, SchemaError> {
    Ok(Shape::Float(Interval {
        min: real(keywords, "minimum", at)?,
        above: real(keywords, "exclusiveMinimum", at)?,
        max: real(keywords, "maximum", at)?,
        under: real(keywords, "exclusiveMaximum", at)?,
    }))
}

/// How long a text or a list may be.
pub(super) fn bounds(
    keywords: &Keywords,
    [least, most]: [&str; 2],
    at: &str,
) -> Result<Bounds, SchemaError> {
    Ok(Bounds {
        min: length(keywords, least, at)?.unwrap_or(0),
        max: length(keywords, most, at)?,
    })
}

/// `uniqueItems`, for items that are equal just when their words are.
pub(super) fn unique(keywords: &Keywords, at: &str) -> Result<bool, SchemaError> {
    match keywords.get("uniqueItems") {
        None => Ok(false),
        Some(Value::Bool(unique)) => Ok(*unique),
        Some(other) => Err(SchemaError::at(
            below(at, "uniqueItems"),
            text!(
                "expected `true` or `false`, found `{found}`",
                "المتوقع `true` أو `false`، والموجود `{found}`",
                found = other,
            ),
        )),
    }
}

/// Whether items of a shape can be told apart by their words.
pub(super) fn has_words(shapes: &[Shape], item: ShapeId) -> bool {
    matches!(
        shapes[item.0 as usize],
        Shape::String { .. } | Shape::Int { .. } | Shape::Bool
    )
}

fn least(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn whole(keywords: &Keywords, name: &str, at: &str) -> Result<Option<i64>, SchemaError> {
    let Some(value) = keywords.get(name) else {
        return Ok(None);
    };
    let found = value.as_i64().ok_or_else(|| {
        let message = text!(
            "expected a whole number, found `{found}`",
            "المتوقع عدد صحيح، والموجود `{found}`",
            found = value,
        );
        SchemaError::at(below(at, name), message)
    });
    found.map(Some)
}

fn real(keywords: &Keywords, name: &str, at: &str) -> Result<Option<f64>, SchemaError> {
    let Some(value) = keywords.get(name) else {
        return Ok(None);
    };
    let found = value.as_f64().ok_or_else(|| {
        let message = text!(
            "expected a number, found `{found}`",
            "المتوقع عدد، والموجود `{found}`",
            found = value,
        );
        SchemaError::at(below(at, name), message)
    });
    found.map(Some)
}

fn length(keywords: &Keywords, name: &str, at: &str) -> Result<Option<usize>, SchemaError> {
    let Some(value) = keywords.get(name) else {
        return Ok(None);
    };
    let found = value.as_u64().and_then(|value| usize::try_from(value).ok());
    let found = found.ok_or_else(|| {
        let message = text!(
            "expected a whole number of at least `0`, found `{found}`",
            "المتوقع عدد صحيح لا يقل عن `0`، والموجود `{found}`",
            found = value,
        );
        SchemaError::at(below(at, name), message)
    });
    found.map(Some)
}
