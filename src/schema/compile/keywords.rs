//! What single keywords of a JSON Schema say.

use serde_json::{Map, Value};

use super::error::{SchemaError, below};
use super::limits;
use crate::date::DATE_PATTERN;
use crate::schema::shape::{Format, Pattern, Shape};
use crate::schema::words;
use crate::text;
use crate::text::{Text, nearest};

pub(super) type Keywords = Map<String, Value>;

/// Lists the properties of an object that tell which thing it describes.
pub(super) const IDENTITY: &str = "x-identity";

/// Names the list at the top of a document of which a value names an element by its `id`.
const REFERS_TO: &str = "x-refers-to";

/// Keywords of draft 2020-12 and before that constrain and that shapes cannot express.
const UNSUPPORTED: [&str; 20] = [
    "$dynamicRef",
    "$recursiveRef",
    "additionalItems",
    "contains",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "maxProperties",
    "minContains",
    "minProperties",
    "multipleOf",
    "not",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Keywords that say what a value may be, as far as shapes know.
const CONSTRAINING: [&str; 21] = [
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "oneOf",
    "pattern",
    "patternProperties",
    "properties",
    "required",
    "type",
    "uniqueItems",
];

/// Keywords that only annotate, and `format`, which has a meaning for few values only.
const ANNOTATING: [&str; 20] = [
    "$anchor",
    "$comment",
    "$defs",
    "$id",
    "$ref",
    "$schema",
    "$vocabulary",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "default",
    "definitions",
    "deprecated",
    "description",
    "example",
    "examples",
    "format",
    "readOnly",
    "title",
    "writeOnly",
];

/// Keywords of our own.
const OWN: [&str; 2] = [IDENTITY, REFERS_TO];

/// The types that a schema may name.
const TYPES: [&str; 7] = [
    "array", "boolean", "integer", "null", "number", "object", "string",
];

/// Refuses what shapes cannot express, and what is nearly a keyword: an unknown one would be passed over.
pub(super) fn check(keywords: &Keywords, at: &str) -> Result<(), SchemaError> {
    for keyword in keywords.keys().map(String::as_str) {
        if UNSUPPORTED.contains(&keyword) {
            return Err(unsupported(keyword, at));
        }
        if CONSTRAINING.contains(&keyword)
            || ANNOTATING.contains(&keyword)
            || OWN.contains(&keyword)
        {
            continue;
        }
        let known = CONSTRAINING.into_iter().chain(ANNOTATING);
        let meant = if keyword.starts_with("x-") {
            // Other keywords of this form are the author's own.
            let is_near = keyword.starts_with("x-iden") || keyword.starts_with("x-refer");
            nearest(keyword, OWN).filter(|_| is_near)
        } else {
            nearest(keyword, known)
        };
        if let Some(meant) = meant {
            let message = text!(
                "there is no keyword `{keyword}` in JSON Schema",
                "لا توجد في مخططات JSON كلمة مفتاحية باسم `{keyword}`",
                keyword = keyword,
            );
            let help = text::did_you_mean(meant);
            return Err(SchemaError::of(at, keyword, message).with_help(help));
        }
    }
    if keywords.contains_key(IDENTITY) && !keywords.contains_key("properties") {
        let beside = ["without `properties`", "دون `properties`"];
        return Err(misplaced(IDENTITY, at, beside));
    }
    Ok(())
}

/// Whether a keyword says what a value may be, as far as shapes know.
pub(super) fn constrains(keyword: &str) -> bool {
    UNSUPPORTED.contains(&keyword) || CONSTRAINING.contains(&keyword)
}

pub(super) fn unsupported(keyword: &str, at: &str) -> SchemaError {
    let message = text!(
        "`{keyword}` is not supported",
        "الكلمة المفتاحية `{keyword}` غير مدعومة",
        keyword = keyword,
    );
    SchemaError::of(at, keyword, message).with_help(text!(
        "leave it out and write a rule that asks for the same",
        "احذفها واكتب قاعدة تشترط ما تشترطه",
    ))
}

/// A keyword that is not supported beside another, or without it.
pub(super) fn misplaced(keyword: &str, at: &str, [en, ar]: [&str; 2]) -> SchemaError {
    let message = Text::new(
        format!("`{keyword}` is not supported {en}"),
        format!("الكلمة المفتاحية `{keyword}` غير مدعومة {ar}"),
    );
    SchemaError::of(at, keyword, message)
}

/// Refuses what constrains besides these keywords, because it would be dropped.
pub(super) fn alone(
    keywords: &Keywords,
    known: &[&str],
    at: &str,
    beside: [&str; 2],
) -> Result<(), SchemaError> {
    let mut others = keywords.keys().filter(|key| constrains(key));
    match others.find(|key| !known.contains(&key.as_str())) {
        Some(other) => Err(misplaced(other, at, beside)),
        None => Ok(()),
    }
}

/// Whether keys that begin with `x-` may hold anything, as `patternProperties` says.
pub(super) fn extensions(keywords: &Keywords, at: &str) -> Result<bool, SchemaError> {
    let Some(patterns) = keywords.get("patternProperties") else {
        return Ok(false);
    };
    let at = below(at, "patternProperties");
    for (pattern, schema) in object(patterns, &at)? {
        let is_free = *schema == Value::Bool(true) || *schema == Value::Object(Map::new());
        if pattern == "^x-" && is_free {
            continue;
        }
        let message = text!(
            "this pattern is not supported, only `{known}`",
            "هذا النمط غير مدعوم، ولا يُدعم إلا `{known}`",
            known = "^x-: true",
        );
        return Err(SchemaError::of(&at, pattern, message));
    }
    Ok(patterns.as_object().is_some_and(|all| !all.is_empty()))
}

/// The value at a place is of another kind than a schema wants.
pub(super) fn expected(wanted: [&str; 2], found: &Value, at: &str) -> SchemaError {
    let message = text!(
        "expected {en}, found `{found}`",
        "المتوقع {ar}، والموجود `{found}`",
        en = wanted[0],
        ar = wanted[1],
        found = found,
    );
    SchemaError::at(at, message)
}

/// The list of which a property names an element.
pub(super) fn reference(property: &Value, at: &str) -> Result<Option<String>, SchemaError> {
    let Some(list) = property.get(REFERS_TO) else {
        return Ok(None);
    };
    let name = list.as_str().map(str::to_owned);
    let wrong = || expected(["a string", "نص"], list, &below(at, REFERS_TO));
    name.map(Some).ok_or_else(wrong)
}

pub(super) fn object<'s>(schema: &'s Value, at: &str) -> Result<&'s Keywords, SchemaError> {
    schema
        .as_object()
        .ok_or_else(|| expected(["an object", "كائن"], schema, at))
}

pub(super) fn names<'s>(list: Option<&'s Value>, at: &str) -> Result<Vec<&'s str>, SchemaError> {
    let Some(list) = list else {
        return Ok(Vec::new());
    };
    let strings = list
        .as_array()
        .and_then(|items| items.iter().map(Value::as_str).collect());
    strings.ok_or_else(|| expected(["a list of strings", "قائمة نصوص"], list, at))
}

pub(super) fn types<'s>(keywords: &'s Keywords, at: &str) -> Result<Vec<&'s str>, SchemaError> {
    let at = below(at, "type");
    let types = match keywords.get("type") {
        Some(Value::String(kind)) => vec![kind.as_str()],
        other => names(other, &at)?,
    };
    let Some(unknown) = types.iter().find(|kind| !TYPES.contains(kind)) else {
        return Ok(types);
    };
    let message = text!(
        "there is no type `{name}` in JSON Schema",
        "لا يوجد في مخططات JSON نوع باسم `{name}`",
        name = unknown,
    );
    let help = nearest(unknown, TYPES).map_or_else(
        || {
            text!(
                "the types are {types}",
                "الأنواع هي {types}",
                types = TYPES.join(", ")
            )
        },
        text::did_you_mean,
    );
    Err(SchemaError::at(at, message).with_help(help))
}

/// The strings that `const`, `enum`, or a `oneOf` of these allows, if the schema is of that form.
pub(super) fn listed_values(
    keywords: &Keywords,
    at: &str,
) -> Result<Option<Vec<String>>, SchemaError> {
    if let Some(value) = keywords.get("const") {
        let value = value
            .as_str()
            .ok_or_else(|| expected(["a string", "نص"], value, &below(at, "const")))?;
        return Ok(Some(vec![value.to_owned()]));
    }
    if let Some(list) = keywords.get("enum") {
        let values = names(Some(list), &below(at, "enum"))?;
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

/// The only schema of an `allOf` beside which nothing constrains, with its pointer from there.
pub(super) fn wrapped(schema: &Value) -> Option<(String, &Value)> {
    let keywords = schema.as_object()?;
    let [only] = keywords.get("allOf")?.as_array()?.as_slice() else {
        return None;
    };
    alone(keywords, &["allOf"], "", ["", ""]).ok()?;
    Some(("allOf/0".to_owned(), only))
}

/// What is behind `anyOf` or `oneOf` of one schema and `null`, with its pointer from there.
pub(super) fn nullable(schema: &Value) -> Option<(String, &Value)> {
    let keywords = schema.as_object()?;
    let (keyword, choices) = choices(keywords)?;
    alone(keywords, &[keyword], "", ["", ""]).ok()?;
    let mut others = choices
        .iter()
        .enumerate()
        .filter(|(_, choice)| !is_null(choice));
    let (index, only) = others.next()?;
    let alone = others.next().is_none() && choices.len() > 1;
    alone.then(|| (format!("{keyword}/{index}"), only))
}

/// The fields of which at least one must be there: `anyOf` of `required` with one name each.
pub(super) fn some_of<'s>(keywords: &'s Keywords, at: &str) -> Result<Vec<&'s str>, SchemaError> {
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
    fields.filter(|_| keyword == "anyOf").ok_or_else(|| {
        let message = text!(
            "beside `type: object`, only `anyOf` of one required name each is supported",
            "لا يُدعم مع `type: object` إلا `anyOf` في كل خيار منه اسم واحد مطلوب",
        );
        SchemaError::of(at, keyword, message)
    })
}

pub(super) fn string(keywords: &Keywords, at: &str) -> Result<Shape, SchemaError> {
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
        (_, Some(pattern)) => Some(regex(pattern, &below(at, "pattern"))?),
    };
    Ok(Shape::String {
        format,
        values: Vec::new(),
        pattern,
        length: limits::bounds(keywords, ["minLength", "maxLength"], at)?,
    })
}

fn regex(pattern: &Value, at: &str) -> Result<Pattern, SchemaError> {
    let text = pattern
        .as_str()
        .ok_or_else(|| expected(["a string", "نص"], pattern, at))?;
    Pattern::new(text).map_err(|reason| {
        let message = text!(
            "this is not a regular expression: {reason}",
            "هذا ليس تعبيرًا نمطيًا صحيحًا: {reason}",
            reason = reason,
        );
        SchemaError::at(at, message)
    })
}

/// The type's name: its title, or what it is called where it stands.
pub(super) fn name_of(keywords: &Keywords, at: &str) -> String {
    let title = keywords.get("title").and_then(Value::as_str);
    let steps: Vec<&str> = at.split('/').collect();
    let mut pairs = steps.windows(2).rev();
    let named = pairs.find(|pair| matches!(pair[0], "properties" | "$defs" | "definitions"));
    title
        .or(named.map(|pair| pair[1]))
        .unwrap_or_default()
        .to_owned()
}
