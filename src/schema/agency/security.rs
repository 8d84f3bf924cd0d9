//! What an agency does for the security of its accounts, and who from outside takes part.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{LocalName, Platform};
use crate::date::Date;
use crate::schema::words::{Duration, Id, Url};

/// What the agency does for the security of its accounts (OSMACC-1:2021).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Security {
    /// What was done about risks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk: Option<Risk>,
    /// What the people who run accounts are made aware of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awareness: Option<Awareness>,
    /// How often programs are brought up to date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patching: Option<Patching>,
    /// Settings that were made safe.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hardening: Option<Hardening>,
    /// The devices from which accounts are used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub devices: Option<Vec<Device>>,
    /// The tools with which accounts are managed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tools: Option<Vec<Tool>>,
    /// Who watches the accounts, and for what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub monitoring: Option<Monitoring>,
    /// What is done when an account is lost or misused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovery_plan: Option<RecoveryPlan>,
}

/// What was done about the risks of accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Risk {
    /// When they were last assessed: at least once a year (OSMACC-1:2021, 1-2-1-1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessed: Option<Date>,
    /// The risk register in which they stand: its number or place (OSMACC-1:2021, 1-2-1-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub register: Option<String>,
    /// When the register was last reviewed: at least once a year (OSMACC-1:2021, 1-2-1-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub register_reviewed: Option<Date>,
}

/// What the people who run accounts are made aware of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Awareness {
    /// The topics (OSMACC-1:2021, 1-4-1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topics: Option<Vec<Topic>>,
    /// When they were last taught.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<Date>,
}

/// A topic of awareness (OSMACC-1:2021, 1-4-1-1 to 1-4-1-7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// Using devices set apart for official accounts (1-4-1-1).
    DedicatedDevices,
    /// Passwords and security questions (1-4-1-2).
    Passwords,
    /// The plan for winning an account back (1-4-1-3).
    RecoveryPlan,
    /// Safe use of the apps (1-4-1-4).
    Apps,
    /// No personal use of official accounts (1-4-1-5).
    NoPersonalUse,
    /// No devices or networks that are not trusted (1-4-1-6).
    UntrustedNetworks,
    /// Turning to the cybersecurity department at once (1-4-1-7).
    ReportingIncidents,
}

/// How often programs are brought up to date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Patching {
    /// The longest time between updates of the apps, such as `30d` (OSMACC-1:2021, 2-3-1-1: a
    /// month).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apps_every: Option<Duration>,
    /// The longest time between updates of the devices (OSMACC-1:2021, 2-4-1-2: a month).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub devices_every: Option<Duration>,
}

/// Settings that were made safe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hardening {
    /// When the settings were last reviewed: at least once a year (OSMACC-1:2021, 2-3-1-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Date>,
    /// Whether the settings that a platform begins with were looked at and changed where needed
    /// (OSMACC-1:2021, 2-3-1-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub defaults_changed: Option<bool>,
}

/// A device from which accounts are used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Device {
    /// The device's short name; operators name it in `devices`.
    pub id: Id,
    /// What it is, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the agency manages it centrally (OSMACC-1:2021, 2-4-1-1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub managed: Option<bool>,
    /// Whether classified data lie on it: they must not (OSMACC-1:2021, 2-5-1-1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classified_data: Option<bool>,
    /// Whether it is used for official accounts only (OSMACC-1:2021, 1-4-1-1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dedicated: Option<bool>,
}

/// A tool with which accounts are managed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// The tool's short name; accounts name it in `managed_with`.
    pub id: Id,
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether signing in to it asks for a second factor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mfa: Option<bool>,
    /// Whether it notes who did what and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logs: Option<bool>,
    /// When the people responsible for information security approved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assured: Option<Date>,
}

/// Who watches the accounts, and for what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Monitoring {
    /// The `id` of the department that watches for posts and sign-ins that nobody allowed
    /// (OSMACC-1:2021, 2-6-1-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Whether programs watch for changed patterns, takeovers and impostors (OSMACC-1:2021,
    /// 2-6-1-4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub automated: Option<bool>,
    /// Whether unused accounts are watched too (NCA social media standard template, 6-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unused_accounts: Option<bool>,
    /// What is done about impostors (OSMACC-1:2021, 2-6-1-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub impersonation: Option<Impersonation>,
}

/// What is done about accounts that pretend to be the agency's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Impersonation {
    /// The `id` of the department that looks for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// How they are reported and taken down: a document's title, number or place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub procedure: Option<String>,
}

/// What is done when an account is lost or misused (OSMACC-1:2021, 2-7-1-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecoveryPlan {
    /// The plan: its title, number or place.
    pub title: String,
    /// Where each platform is reached in an emergency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contacts: Option<Vec<PlatformContact>>,
    /// When the plan was last tried out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tested: Option<Date>,
}

/// Where a platform is reached in an emergency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlatformContact {
    /// The platform.
    pub platform: Platform,
    /// The address or the number, in quotes.
    pub address: String,
}

/// The list of accounts and of what belongs to them (OSMACC-1:2021, 2-1-1-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Inventory {
    /// When it was last brought up to date: at least once a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<Date>,
    /// What it lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub covers: Option<Vec<Asset>>,
    /// Where the public can read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
}

/// What an inventory lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Asset {
    /// The accounts.
    Accounts,
    /// The devices from which they are used.
    Devices,
    /// The apps and tools with which they are used.
    Apps,
    /// The people who have access.
    People,
}

/// A company that manages, monitors or protects accounts for the agency (OSMACC-1:2021, 3-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Supplier {
    /// The supplier's short name; people name it in `supplier`.
    pub id: Id,
    /// Its name.
    pub name: LocalName,
    /// What it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub services: Option<Vec<Service>>,
    /// When the need for it was assessed: before the contract (OSMACC-1:2021, 3-1-1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need_assessed: Option<Date>,
    /// When its risks were assessed: before the contract (OSMACC-1:2021, 3-1-1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk_assessed: Option<Date>,
    /// The first day of the contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day of the contract; absent while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The agreement on secrecy and on removing the agency's data at the end: its number or place
    /// (OSMACC-1:2021, 3-1-2-1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidentiality: Option<String>,
    /// How it reports incidents (OSMACC-1:2021, 3-1-2-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incident_channel: Option<String>,
    /// Whether the contract binds it to the agency's rules (OSMACC-1:2021, 3-1-2-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bound_by_policy: Option<bool>,
}

/// What a supplier does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Service {
    /// Runs accounts.
    Management,
    /// Watches accounts and what is said of the agency.
    Monitoring,
    /// Looks for impostors and has them taken down.
    BrandProtection,
}
