//! `kind: Waivers`, as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::date::Date;
use crate::schema::agency::ApiVersion;
use crate::yaml::Spanned;

/// Findings that somebody answers for until a day.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Waivers")]
pub struct WaiversFile {
    /// The version of the document format: `spokeslint/v1`.
    #[serde(rename = "apiVersion")]
    pub api_version: ApiVersion,
    /// The kind of the document: `Waivers`.
    pub kind: WaiversKind,
    /// The waivers.
    pub waivers: Vec<WaiverEntry>,
}

/// The kind of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum WaiversKind {
    /// Waivers.
    Waivers,
}

/// One waiver: what is waived, where, why, by whom and until when.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaiverEntry {
    /// The id of the rule, as it stands in the finding.
    pub rule: Spanned<String>,
    /// Where it is waived. What is named must all be true of a place.
    #[serde(rename = "where")]
    pub place: Where,
    /// Why that is acceptable.
    pub reason: Spanned<String>,
    /// Who answers for it: an office rather than a person.
    pub owner: Spanned<String>,
    /// The day on which it was decided, and from which it holds.
    pub issued: Spanned<Date>,
    /// The last day on which it holds.
    pub until: Spanned<Date>,
}

/// A place, by at least one of its names.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Where {
    /// The `id` of the document.
    pub document: Option<String>,
    /// A glob pattern for files, relative to the folder of the settings or, without settings, of this file.
    pub file: Option<Spanned<String>>,
    /// The place in the document and all below it, elements of lists by their `id`: `accounts[own].uses`.
    pub path: Option<String>,
}
