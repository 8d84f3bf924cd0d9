//! Strings with a form of their own, as types, so that the JSON Schema says the form once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The pattern of an [`Id`].
pub(crate) const SLUG: &str = "^[a-z0-9][a-z0-9-]*$";
/// The pattern of a [`Country`].
pub(crate) const COUNTRY: &str = "^[A-Z]{2}$";
/// The pattern of a [`Language`].
pub(crate) const LANGUAGE: &str = "^[a-z]{2}$";
/// What an editor that knows no formats can still say of a [`Url`].
pub(crate) const URL: &str = "^https?://";
/// What an editor that knows no formats can still say of a [`Duration`].
pub(crate) const DURATION: &str =
    "^(([0-9]+|[٠-٩]+|[۰-۹]+) ?([a-z]+|[\\u0621-\\u0652]+)|[\\u0621-\\u0652]+)$";

/// A short name by which other parts of the file refer to this one: lower-case letters `a` to `z`,
/// digits and dashes, beginning with a letter or a digit, such as `education-ministry`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("pattern" = SLUG))]
pub struct Id(pub String);

/// A country: two capital letters of ISO 3166-1 alpha-2, such as `SA`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("pattern" = COUNTRY))]
pub struct Country(pub String);

/// A language: two small letters of ISO 639-1, such as `ar`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("pattern" = LANGUAGE))]
pub struct Language(pub String);

/// An absolute address that begins with `https://` or `http://`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("format" = "uri", "pattern" = URL))]
pub struct Url(pub String);

/// An email address, such as `media@example.gov.sa`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("format" = "email"))]
pub struct Email(pub String);

/// A length of time: a whole number and a unit out of minutes, hours, days and weeks, such as `24h`,
/// `7d` or `2 weeks`, at most 100 years; in Arabic as well, such as `7 أيام`, `٢٤ ساعة` or `أسبوعين`. Months and
/// years have no fixed length, so they are no units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("format" = "spokeslint-duration", "pattern" = DURATION))]
pub struct Duration(pub String);
