//! `kind: Agency`: who an institution is, who speaks for it, and through which accounts.
//!
//! The doc comments here become the descriptions in `schemas/agency.schema.json`, so they are
//! written for the author of a document: what a field is, its unit or form, and where a rule on it
//! comes from. An absent field is undeclared, which is neither `false` nor `null`.

mod account;
mod contact;
mod life;
mod people;
mod policies;
mod security;
mod sign_in;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use account::{
    Account, AccountKind, Bio, Endorsement, Mfa, MfaMethod, Operator, Platform, ProfileType,
    Recovery, Registration, Right, Status, Use,
};
pub use contact::{Audience, Basis, Channel, ChannelKind, Handover, Step};
pub use life::{Approval, FormerHandle, OfficialMessage, Records, RegistryEntry};
pub use people::{Delegation, Function, Person, Role, RoleKind, Tenure, Unit, UnitKind};
pub use policies::{
    Agreement, Complaints, Crisis, Cybersecurity, Decision, Direction, HandoverPolicy,
    MediaRequests, Origins, PersonalAccounts, Policies, Publishing, Replies, RoleAccount,
    Transparency,
};
pub use security::{
    Asset, Awareness, Device, Hardening, Impersonation, Inventory, Monitoring, Patching,
    PlatformContact, RecoveryPlan, Risk, Security, Service, Supplier, Tool, Topic,
};
pub use sign_in::{App, Feature, MfaException, SignIn};

use super::words::{Country, Id, Url};

/// The version of the document format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum ApiVersion {
    /// The first version.
    #[serde(rename = "spokeslint/v1")]
    V1,
}

/// The kind of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum DocumentKind {
    /// One agency and its communication setup.
    Agency,
}

/// One agency's communication setup: who it is, the offices that speak for it and who holds them,
/// its accounts, its other channels, what happens when people leave, and what it has decided.
///
/// A document is the agency's inventory of accounts (OSMACC-1:2021, 2-1-1-1). Keys that begin with
/// `x-` are the author's own, anywhere. Passwords, tokens and other secrets have no place in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Agency {
    /// The version of the document format: `spokeslint/v1`.
    #[serde(rename = "apiVersion")]
    pub api_version: ApiVersion,
    /// The kind of the document: `Agency`.
    pub kind: DocumentKind,
    /// The agency's short name, unique among all documents that are checked together.
    pub id: Id,
    /// The agency's official name.
    pub name: LocalName,
    /// The country whose law binds the agency, such as `SA`: two letters of ISO 3166-1 alpha-2. Rule
    /// packs of one country look at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<Country>,
    /// Where the agency stands in the state. Guides allow different accounts at different levels (Saudi
    /// Ministry of Education, guides of 1441H and 2026).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// What the agency is for, by the United Nations' Classification of the Functions of Government
    /// (COFOG, 1999). Packs of one sector look at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
    /// The agency's own site, as an absolute address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<Url>,
    /// Domain names that belong to the agency, such as `example.gov.sa`, without `https://` and without
    /// `@`. Official registration uses addresses at these (OSMACC-1:2021, 2-2-1-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domains: Option<Vec<String>>,
    /// Departments that supervise or run accounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<Vec<Unit>>,
    /// People whom other parts of the file refer to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<Vec<Person>>,
    /// Offices that speak for the agency, such as the spokesperson's, whoever holds them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<Role>>,
    /// Social media accounts: the agency's, its offices', and personal ones that bear on it. Retired
    /// accounts stay in the list and are marked (NCA social media standard template, 1-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accounts: Option<Vec<Account>>,
    /// Ways to reach the agency besides social media.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channels: Option<Vec<Channel>>,
    /// The list of accounts and of what belongs to them, as it is kept up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inventory: Option<Inventory>,
    /// Companies that manage, monitor or protect accounts for the agency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppliers: Option<Vec<Supplier>>,
    /// What the agency does for the security of its accounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security: Option<Security>,
    /// Accounts that passed, or are to pass, from one person to another or to the agency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handovers: Option<Vec<Handover>>,
    /// What the agency has decided and written down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policies: Option<Policies>,
}

/// A name in English, in Arabic, or in both; at least one of the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("anyOf" = [{ "required": ["en"] }, { "required": ["ar"] }]))]
pub struct LocalName {
    /// The name in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// The name in Arabic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ar: Option<String>,
}

/// Where an agency stands in the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// A ministry, authority or commission of the whole country.
    National,
    /// A directorate or an authority of one region.
    Regional,
    /// A municipality.
    Municipal,
    /// A part of another agency, such as a school, an office or a centre.
    Unit,
}

/// What an agency is for: the divisions of the United Nations' Classification of the Functions of
/// Government (COFOG, 1999).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sector {
    /// Executive and legislative bodies, finance, foreign affairs, statistics, civil service
    /// (01).
    GeneralPublicServices,
    /// Defence (02).
    Defence,
    /// Police, fire protection, courts, prisons (03).
    PublicOrderAndSafety,
    /// Commerce, labour, agriculture, energy, industry, transport, communication (04).
    EconomicAffairs,
    /// Waste, waste water, pollution, nature (05).
    EnvironmentalProtection,
    /// Housing, community development, water supply, street lighting (06).
    HousingAndCommunity,
    /// Health (07).
    Health,
    /// Recreation, culture, media, religion (08).
    RecreationCultureReligion,
    /// Education (09).
    Education,
    /// Social protection (10).
    SocialProtection,
}
