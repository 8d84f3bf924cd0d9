//! What the agency has decided and written down.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Step;
use crate::date::Date;
use crate::schema::words::{Duration, Language, Url};

/// What the agency has decided and written down on speaking for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Policies {
    /// The written direction that tells people which accounts to use. Where there is none, the fault lies
    /// with the institution (a lawyer and legal adviser, Okaz, 10 July 2018).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// The standards that published material follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publishing: Option<Publishing>,
    /// Who answers the public, and how soon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replies: Option<Replies>,
    /// What happens to accounts when their holder leaves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handover: Option<HandoverPolicy>,
    /// What holders may do on accounts of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub personal_accounts: Option<PersonalAccounts>,
    /// What was decided on a fixed account for the office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_account: Option<RoleAccount>,
    /// The cybersecurity policy, as far as it speaks of accounts (OSMACC-1:2021, 1-1-1-1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cybersecurity: Option<Cybersecurity>,
    /// What journalists can rely on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media: Option<MediaRequests>,
    /// Through what the agency speaks in a crisis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crisis: Option<Crisis>,
    /// What the public is told about how the agency uses social media (New Zealand Public Service
    /// Commission).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transparency: Option<Transparency>,
    /// How the public complains about an official account (New Zealand Public Service Commission).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complaints: Option<Complaints>,
    /// The time after its last post from which an account counts as unused, and somebody has to
    /// decide whether to keep, archive or close it (UK control sheet on the NCSC principles, 1.5).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unused_after: Option<Duration>,
    /// The languages in which the public is to be served.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub languages: Option<Vec<Language>>,
    /// Where each type of content first appears.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origins: Option<Origins>,
}

/// A written direction by the agency on official accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Direction {
    /// Its title.
    pub title: String,
    /// The day of issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued: Option<Date>,
    /// Who approved it, as an office or a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<String>,
    /// The `id`s of the people whom it was sent to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipients: Option<Vec<String>>,
    /// The `id`s of the people who have confirmed that they read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledged_by: Option<Vec<String>>,
    /// The day by which it is to be reviewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_by: Option<Date>,
}

/// Written standards for what is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Publishing {
    /// Their title.
    pub title: String,
    /// The day of issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued: Option<Date>,
    /// Where they can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// The day by which they are to be reviewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_by: Option<Date>,
    /// The `id`s of the people who approve what is published: somebody else than who wrote it (NCA
    /// social media standard template, 5-7).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approvers: Option<Vec<String>>,
    /// Whether sensitive content needs a written approval (NCA social media standard template,
    /// 5-6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sensitive_in_writing: Option<bool>,
}

/// Who answers the public, and how soon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Replies {
    /// The `id`s of the accounts that answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Vec<String>>,
    /// The time within which an answer is given, such as `24h`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Duration>,
    /// The `id` of the department that takes what the accounts cannot answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalate_to: Option<String>,
    /// Who answers outside working hours, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub out_of_hours: Option<String>,
}

/// What happens to accounts when their holder leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HandoverPolicy {
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The time after the last day in office within which a handover is done, such as `7d`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Duration>,
    /// The steps that every handover takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<Step>>,
    /// Agreements that holders have signed beforehand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreements: Option<Vec<Agreement>>,
}

/// One holder's agreement to hand over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Agreement {
    /// The `id` of the person who signed.
    pub by: String,
    /// The day of the signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<Date>,
}

/// What holders may do on accounts of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PersonalAccounts {
    /// The policy's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Whether a personal profile may name the post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub may_state_position: Option<bool>,
    /// Whether a personal account may answer the public on the agency's business.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub may_answer: Option<bool>,
}

/// What was decided on a fixed account for the office, which is disputed: for it the General
/// Directorate of Prisons, against it the General Authority for Statistics (Okaz, 10 July 2018).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RoleAccount {
    /// The decision.
    pub decision: Decision,
    /// The day of the decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided: Option<Date>,
    /// The reason for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The document that it rests on, such as the title of the guide that forbids an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
    /// The day on which the account's use was evaluated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluated: Option<Date>,
}

/// A decision on a fixed account for the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// There must be one.
    Required,
    /// There may be one.
    Optional,
    /// None is needed.
    NotNeeded,
    /// A rule that binds the agency forbids one (Saudi Ministry of Education, guide of 2026).
    Forbidden,
}

/// For each type of content, the `id` of the account where it first appears; all others repeat it.
/// The agency's account is the basis of any message, clarification or announcement (Ministry of
/// Commerce, Okaz, 10 July 2018).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Origins {
    /// News and decisions: the `id` of an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announcements: Option<String>,
    /// Explanations and corrections: the `id` of an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clarifications: Option<String>,
    /// Answers to the public: the `id` of an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replies: Option<String>,
    /// Requests for services: the `id` of an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_requests: Option<String>,
    /// Answers to journalists: the `id` of an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media: Option<String>,
}

/// The cybersecurity policy, as far as it speaks of accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cybersecurity {
    /// Its title.
    pub title: String,
    /// The day of its approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved: Option<Date>,
    /// Whether it holds the requirements for social media accounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub covers_accounts: Option<bool>,
}

/// What journalists can rely on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MediaRequests {
    /// The time within which a journalist's request is answered, such as `24h` (Saudi Ministry of
    /// Education, guide of 2026).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Duration>,
}

/// Through what the agency speaks in a crisis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Crisis {
    /// The `id`s of the accounts that alone speak then (Saudi Ministry of Education, guide of
    /// 2026).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accounts: Option<Vec<String>>,
}

/// A statement on how the agency uses social media.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Transparency {
    /// Where it can be read.
    pub url: Url,
    /// When it was last reviewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Date>,
}

/// How the public complains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Complaints {
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// The time within which a complaint is answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Duration>,
}
