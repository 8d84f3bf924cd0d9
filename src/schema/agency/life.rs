//! The life of an account: how it was allowed, listed and kept, and what it was called before.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::schema::words::{Duration, Url};

/// The decision by which an account was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Approval {
    /// Who took it, as an office, such as "Head of communications".
    pub by: String,
    /// The day of the decision: not after the account was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// The document: its number or place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
    /// What the account is for, and for whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// The `id` of the person who is to run it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manager: Option<String>,
}

/// An entry in a public registry of official accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RegistryEntry {
    /// The registry, such as "U.S. Digital Registry".
    pub name: String,
    /// The address of the entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// When the entry was last confirmed: at least once a year (U.S. Digital Registry).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Date>,
}

/// How posts are kept as records: social posts about the business of an agency are presumed to be
/// records (US National Archives).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Records {
    /// How they are captured: a system, a service, an export.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captured_by: Option<String>,
    /// How long they are kept, such as `520 weeks`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention: Option<Duration>,
    /// The schedule or authority that says so: its number or title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schedule: Option<String>,
    /// When the capture was last seen to work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<Date>,
}

/// A handle that an account had before. A handle that was given up can be taken by an impostor
/// (office of the Prime Minister of India, May 2014).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FormerHandle {
    /// The handle, without `@`.
    pub handle: String,
    /// The last day on which the account had it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Whether the agency still holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<bool>,
}

/// A piece of official business done on a personal account, and its copy to the agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfficialMessage {
    /// The day on which it was written or received.
    pub on: Date,
    /// The day on which it was copied or forwarded to an official account; absent while it is
    /// not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forwarded: Option<Date>,
    /// What it was about, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}
