//! What single keywords of a JSON Schema say.

use serde_json::{Map, Value};

use crate::date::DATE_PATTERN;
use crate::schema::shape::{Format, Pattern, Shape};
use crate::schema::words;

pub(super) type Keywords = Map<String, Value>;

/// Keywords of draft 2020-12 and before that constrain and that shapes cannot express.
const UNSUPPORTED: [&str; 27] = [
    "$dynamicRef",
    "$recursiveRef",
    "additionalItems",
    "allOf",
    "contains",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "if",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "multipleOf",
    "not",
    "prefixItems",
    "propertyNames",
    "then",
    "uniqueItems",
];

/// Whether a keyword either only annotates or is one that shapes can express.
pub(super) fn is_supported(keyword: &str) -> bool {
    !UNSUPPORTED.contains(&keyword)
}

/// Whether a keyword says what a value may be, as far as shapes know.
pub(super) fn constrains(keyword: &str) -> bool {
    UNSUPPORTED.contains(&keyword)
        || matches!(
            keyword,
            "type"
                | "enum"
                | "const"
                | "oneOf"
                | "anyOf"
                | "items"
                | "properties"
                | "required"
                | "patternProperties"
                | "additionalProperties"
                | "pattern"
                | "minimum"
        )
}

pub(super) fn object<'s>(schema: &'s Value, at: &str) -> Result<&'s Keywords, String> {
    schema
        .as_object()
        .ok_or_else(|| format!("{at}: expected an object, found `{schema}`"))
}

pub(super) fn names<'s>(list: Option<&'s Value>, at: &str) -> Result<Vec<&'s str>, String> {
    let Some(list) = list else {
        return Ok(Vec::new());
    };
    let strings = list
        .as_array()
        .and_then(|items| items.iter().map(Value::as_str).collect());
    strings.ok_or_else(|| format!("{at}: expected a list of strings, found `{list}`"))
}

pub(super) fn types<'s>(keywords: &'s Keywords, at: &str) -> Result<Vec<&'s str>, String> {
    match keywords.get("type") {
        Some(Value::String(kind)) => Ok(vec![kind]),
        other => names(other, &format!("{at}/type")),
    }
}

/// The strings that `const`, `enum`, or a `oneOf` of these allows, if the schema is of that form.
pub(super) fn listed_values(keywords: &Keywords, at: &str) -> Result<Option<Vec<String>>, String> {
    if let Some(value) = keywords.get("const") {
        let value = value
            .as_str()
            .ok_or_else(|| format!("{at}/const: only strings are supported, found `{value}`"))?;
        return Ok(Some(vec![value.to_owned()]));
    }
    if let Some(list) = keywords.get("enum") {
        let values = names(Some(list), &format!("{at}/enum"))?;
        return Ok(Some(values.into_iter().map(str::to_owned).collect()));
    }
    let Some((keyword, choices)) = choices(keywords) else {
        return Ok(None);
    };
    let lists = |choice: &Value| choice.get("const").is_some() || choice.get("enum").is_some();
    if !choices.iter().all(lists) {
        return Ok(None);
    }
    let mut values = Vec::new();
    for (index, choice) in choices.iter().enumerate() {
        let at = format!("{at}/{keyword}/{index}");
        values.extend(listed_values(object(choice, &at)?, &at)?.unwrap_or_default());
    }
    Ok(Some(values))
}

pub(super) fn choices(keywords: &Keywords) -> Option<(&'static str, &[Value])> {
    ["oneOf", "anyOf"]
        .into_iter()
        .find_map(|keyword| Some((keyword, keywords.get(keyword)?.as_array()?.as_slice())))
}

/// Whether a schema takes `null` only.
pub(super) fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|kind| kind == "null")
}

/// What is behind `anyOf` or `oneOf` of one schema and `null`, with its pointer from there.
pub(super) fn nullable(schema: &Value) -> Option<(String, &Value)> {
    let (keyword, choices) = choices(schema.as_object()?)?;
    let mut others = choices
        .iter()
        .enumerate()
        .filter(|(_, choice)| !is_null(choice));
    let (index, only) = others.next()?;
    let alone = others.next().is_none() && choices.len() > 1;
    alone.then(|| (format!("{keyword}/{index}"), only))
}

/// The fields of which at least one must be there: `anyOf` of `required` with one name each.
pub(super) fn some_of<'s>(keywords: &'s Keywords, at: &str) -> Result<Vec<&'s str>, String> {
    let Some((keyword, choices)) = choices(keywords) else {
        return Ok(Vec::new());
    };
    let name = |choice: &'s Value| {
        let only = choice.as_object().filter(|choice| choice.len() == 1)?;
        match only.get("required")?.as_array()?.as_slice() {
            [name] => name.as_str(),
            _ => None,
        }
    };
    let fields: Option<Vec<_>> = choices.iter().map(name).collect();
    match fields {
        Some(fields) if keyword == "anyOf" => Ok(fields),
        _ => Err(format!(
            "{at}/{keyword}: beside `type: object`, only `anyOf` of one required name each is supported"
        )),
    }
}

pub(super) fn minimum(keywords: &Keywords, at: &str) -> Result<Option<i64>, String> {
    let Some(minimum) = keywords.get("minimum") else {
        return Ok(None);
    };
    let whole = minimum.as_i64();
    whole
        .map(Some)
        .ok_or_else(|| format!("{at}/minimum: expected an integer, found `{minimum}`"))
}

pub(super) fn string(keywords: &Keywords, at: &str) -> Result<Shape, String> {
    let format = match keywords.get("format").and_then(Value::as_str) {
        Some("spokeslint-date" | "date") => Format::Date,
        Some("spokeslint-duration" | "duration") => Format::Duration,
        Some("uri") => Format::Url,
        Some("email") => Format::Email,
        _ => Format::Text,
    };
    let pattern = match (format, keywords.get("pattern")) {
        (_, None) => None,
        (Format::Date, Some(pattern)) if pattern == DATE_PATTERN => None,
        (Format::Duration, Some(pattern)) if pattern == words::DURATION => None,
        (Format::Url, Some(pattern)) if pattern == words::URL => None,
        (_, Some(pattern)) => {
            let text = pattern
                .as_str()
                .ok_or_else(|| format!("{at}/pattern: expected a string, found `{pattern}`"))?;
            Some(Pattern::new(text).map_err(|error| format!("{at}/pattern: {error}"))?)
        }
    };
    Ok(Shape::String {
        format,
        values: Vec::new(),
        pattern,
    })
}

/// The type's name: its title, or its key among the definitions.
pub(super) fn name_of(keywords: &Keywords, at: &str) -> String {
    let title = keywords.get("title").and_then(Value::as_str);
    let key = at.rsplit_once("/$defs/").map(|(_, key)| key);
    title.or(key).unwrap_or_default().to_owned()
}
