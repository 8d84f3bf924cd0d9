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
    /// What it is in the agency's structure. Guides allow only some kinds an account of their own
    /// (Saudi Ministry of Education, guides of 1441H and 2026).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<UnitKind>,
    /// The `id` of the person who leads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
    /// The `id`s of the people who work in it, the head included or not. A team stands behind an account:
    /// at least two authorised people each (NCA social media standard template, 2-13).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<String>>,
    /// The `id` of the person through whom the department's news reach the agency's accounts
    /// (المنسق الإعلامي; Saudi Ministry of Education, guide of 1441H).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coordinator: Option<String>,
    /// What the department contributes to the team behind the accounts (GSA, cyber-vandalism
    /// toolkit).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub functions: Option<Vec<Function>>,
}

/// Someone whom other parts of the file refer to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-identity" = ["name"]))]
pub struct Person {
    /// The person's short name; it need not be the real one: `spokesperson-2018` serves.
    pub id: Id,
    /// The person's name as the public knows it: needed only to tell whether an account of the office bears
    /// it, and left out where names do not belong in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<LocalName>,
    /// Other spellings of the name, in any script, as they occur in handles and display names:
    /// declared, never guessed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spellings: Option<Vec<String>>,
    /// The `id` of the supplier whose employee the person is; absent for the agency's own staff
    /// (OSMACC-1:2021, 2-2-1-8).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplier: Option<String>,
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
    /// What office it is. Guides allow only some offices an account of their own (Saudi Ministry of
    /// Education, guides of 1441H and 2026).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<RoleKind>,
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

/// What a department is in the agency's structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UnitKind {
    /// A sub-ministry led by a deputy or an under-secretary (وكالة).
    Deputyship,
    /// A department or a general department.
    Department,
    /// A programme.
    Programme,
    /// An initiative.
    Initiative,
    /// A regional directorate.
    Directorate,
    /// A local office.
    Office,
    /// A school, a college or an institute.
    School,
    /// A centre.
    Centre,
    /// A club.
    Club,
    /// The office of a cultural attaché.
    CulturalAttache,
    /// A school abroad.
    SchoolAbroad,
    /// A scholarship agency.
    ScholarshipAgency,
}

/// What an office that speaks is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RoleKind {
    /// The head of the agency: a minister, a governor, a president.
    Head,
    /// A deputy of the head, or an assistant with the same rank.
    Deputy,
    /// An under-secretary (وكيل).
    UnderSecretary,
    /// A director-general.
    DirectorGeneral,
    /// An adviser.
    Adviser,
    /// The official spokesperson.
    Spokesperson,
    /// A media coordinator (منسق إعلامي).
    MediaCoordinator,
    /// A cultural attaché.
    CulturalAttache,
}

/// What a department contributes to the team behind the accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Function {
    /// Communication.
    Communication,
    /// Legal advice.
    Legal,
    /// Cybersecurity.
    Cybersecurity,
    /// Care for beneficiaries.
    BeneficiaryCare,
    /// Somebody on duty outside working hours.
    DutyOfficer,
}
