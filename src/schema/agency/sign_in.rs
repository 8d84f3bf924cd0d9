//! How an account is entered, and what has been given rights on it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Date;

/// How people sign in: where things are kept and when they were changed, never a password itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SignIn {
    /// Whether several people sign in with one password. Where they do, nobody can tell who wrote
    /// what (mayor of Rochester, January 2015).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared: Option<bool>,
    /// Where the password is kept: the entry of a vault, such as `vault/agency-x`. Another entry, for
    /// another password, with every account (OSMACC-1:2021, 2-2-1-4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept_in: Option<String>,
    /// When the password was last changed (OSMACC-1:2021, 2-2-1-4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<Date>,
    /// Whether people sign in once for all the agency's systems (NCA social media standard
    /// template, 2-9).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub single: Option<bool>,
    /// Where the answers to the platform's security questions are kept (OSMACC-1:2021, 2-2-1-6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub questions_kept_in: Option<String>,
    /// When these answers were last changed (OSMACC-1:2021, 2-2-1-6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub questions_changed: Option<Date>,
}

/// Why the second factor is off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MfaException {
    /// The reason.
    pub reason: String,
    /// The last day of the exception.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Who allowed it, as an office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<String>,
}

/// A feature of the platform that is turned on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Feature {
    /// What the platform calls it.
    pub name: String,
    /// Why it is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When its risks were assessed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk_assessed: Option<Date>,
}

/// An app that may act on an account. One such app posted in an agency's name from a game (EPA
/// Office of Water, 2014).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct App {
    /// Its name.
    pub name: String,
    /// Whether it may publish.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub may_publish: Option<bool>,
    /// Why it has the right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When its rights were last reviewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Date>,
}
