//! Departments, people, and the offices that speak.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::LocalName;
use crate::date::Date;
use crate::schema::words::Id;

/// A department that supervises or runs accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unit {
    /// The department's short name; accounts name it in `supervised_by`.
    pub id: Id,
    /// The department's name, such as "Corporate Communication".
    pub name: LocalName,
    /// The `id` of the person who leads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
    /// The `id`s of the people who work in it, the head included or not. A team stands behind an account:
    /// at least two authorised people each (NCA social media standard template, 2-13).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<String>>,
}

/// Someone whom other parts of the file refer to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// The person's short name; it need not be the real one: `spokesperson-2018` serves.
    pub id: Id,
    /// The person's name as the public knows it: needed only to tell whether an account of the office bears
    /// it, and left out where names do not belong in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<LocalName>,
    /// When the person entered the agency's service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joined: Option<Date>,
    /// When the person left the agency's service; absent while still there. Nobody keeps access past this
    /// day (UK NCSC, "Social media: protecting what you publish").
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<Date>,
}

/// An office that speaks for the agency, whoever holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Role {
    /// The office's short name, such as `spokesperson`; accounts name it in `role`.
    pub id: Id,
    /// The office's title, such as "Official Spokesperson" or "المتحدث الرسمي".
    pub title: LocalName,
    /// When the office was created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub established: Option<Date>,
    /// Who has held the office, and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenures: Option<Vec<Tenure>>,
    /// What authority to speak the office has been given, and by which document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delegation: Option<Delegation>,
}

/// One person's time in an office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tenure {
    /// The `id` of the person who holds or held the office.
    pub holder: String,
    /// The first day in office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day in office; absent while still in office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Whether the person stands in for a holder who is absent or not yet named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acting: Option<bool>,
}

/// The authority to speak: on what, and by which document. An official binds the institution where
/// authority to speak was really given (Lindke v. Freed, US Supreme Court, 15 March 2024).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Delegation {
    /// The subjects that the office may speak on, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<Vec<String>>,
    /// The document that gives the authority, such as the number of a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
    /// The first day of the authority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day of the authority; absent while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}
