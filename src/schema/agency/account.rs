//! Accounts, and what is known of each.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::schema::words::{Duration, Email, Id, Language, Url};

use super::life::{Approval, FormerHandle, OfficialMessage, Records, RegistryEntry};
use super::sign_in::{App, Feature, MfaException, SignIn};

/// One account on a platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-identity" = ["platform", "handle"]))]
pub struct Account {
    /// The account's short name in this file; handovers and policies refer to it.
    pub id: Id,
    /// Where the account is.
    pub platform: Platform,
    /// The name by which the platform knows it, without `@`.
    pub handle: String,
    /// The address of its page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// The name that the platform shows beside the handle. Official accounts keep one identity everywhere
    /// (OSMACC-1:2021, 2-2-1-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// For whom the account speaks.
    pub kind: AccountKind,
    /// Whether the platform counts it as an organization's account or as a person's (OSMACC-1:2021,
    /// 2-2-1-1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_type: Option<ProfileType>,
    /// The `id` of the department, programme or initiative whose account it is; absent where it is
    /// the account of the agency as such. Guides allow only some units an account of their own
    /// (Saudi Ministry of Education, guides of 1441H and 2026).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Whose account it is, so who keeps it in the end: `agency`, or the `id` of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The `id` of the office that the account belongs to or whose holder uses it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The `id` of the department that answers for what it publishes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supervised_by: Option<String>,
    /// Who has access to it, and with which right (OSMACC-1:2021, 2-2-1-7).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operators: Option<Vec<Operator>>,
    /// What it is used for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uses: Option<Vec<Use>>,
    /// The languages that it publishes in. Both publics are served alike where a state has two
    /// official languages (Canada).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub languages: Option<Vec<Language>>,
    /// The `id` of the account that publishes the same in another language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counterpart: Option<String>,
    /// Who allowed it to be opened, when and what for: before it is opened (Canada, Directive on
    /// the Management of Communications and Federal Identity, C.2.2.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<Approval>,
    /// When its risks were assessed: before it is first used (OSMACC-1:2021, 1-2-1-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk_assessed: Option<Date>,
    /// When it was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Date>,
    /// Whether it existed before its holder took the office: for when one of the two dates is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub predates_appointment: Option<bool>,
    /// Whether the platform has verified whose it is (OSMACC-1:2021, 2-2-1-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
    /// Why the platform has not verified it, where that is so for a reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unverified_because: Option<String>,
    /// Whether it is in use. Unused accounts are watched too (NCA social media standard template, 6-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// The day of its last post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_post: Option<Date>,
    /// What it was registered with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration: Option<Registration>,
    /// How people sign in to it: never a secret itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in: Option<SignIn>,
    /// How signing in is protected beyond the password (OSMACC-1:2021, 2-2-1-5).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mfa: Option<Mfa>,
    /// How it is won back when access is lost (OSMACC-1:2021, 2-7-1-1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovery: Option<Recovery>,
    /// Features of the platform that were turned on: only where they are needed (OSMACC-1:2021,
    /// 2-3-1-4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub features: Option<Vec<Feature>>,
    /// Apps and games that were given rights on it; rights given to third parties are watched (NCA
    /// social media standard template, 6-4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apps: Option<Vec<App>>,
    /// The `id` of the tool that it is managed with, out of `security.tools` (Canada, C.2.2.3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub managed_with: Option<String>,
    /// Whether all its alerts and notifications are on (OSMACC-1:2021, 2-6-1-1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alerts: Option<bool>,
    /// Whether its posts tell where they were written (NCA social media standard template, 5-5:
    /// off).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geolocation: Option<bool>,
    /// What its profile says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bio: Option<Bio>,
    /// The email address that it shows to the public: a function's, not a person's (NCA social
    /// media standard template, 2-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Email>,
    /// The address of the notice that tells the public how the account is run (Canada, C.2.2.4; New
    /// Zealand Public Service Commission).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<Url>,
    /// What its posts, links or reposts promote besides the agency. Official accounts carry nothing
    /// party-political (UK Government Communication Service, propriety).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endorses: Option<Vec<Endorsement>>,
    /// Addresses of the agency's pages that name it, so that the public can tell it from an impostor's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listed_at: Option<Vec<Url>>,
    /// Its entry in a public registry of official accounts (U.S. Digital Registry).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry: Option<RegistryEntry>,
    /// How many follow it: a whole number, 0 or more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0))]
    pub followers: Option<i64>,
    /// Within what time it answers, such as `24h`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replies_within: Option<Duration>,
    /// When it answers, in words, such as "Sunday to Thursday, 8:00 to 16:00, Riyadh".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// Where the public can ask outside these hours, or about what the account does not answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask_at: Option<Url>,
    /// How what it publishes is kept as records (US National Archives).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub records: Option<Records>,
    /// Handles that it had before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub former_handles: Option<Vec<FormerHandle>>,
    /// Official business that was done on it although it is personal: copied to the agency within
    /// 20 days (44 U.S.C. 2911).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub official_messages: Option<Vec<OfficialMessage>>,
    /// When its posts were archived. An account is archived before it is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<Date>,
    /// When it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<Date>,
    /// Whether the handle is kept from others after the account was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handle_held: Option<bool>,
    /// When the rights on it were last reviewed; at least once a year (OSMACC-1:2021, 2-2-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Date>,
}

/// A platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Platform {
    /// X, formerly Twitter.
    X,
    /// Facebook.
    Facebook,
    /// Instagram.
    Instagram,
    /// YouTube.
    Youtube,
    /// LinkedIn.
    Linkedin,
    /// Snapchat.
    Snapchat,
    /// TikTok.
    Tiktok,
    /// Telegram.
    Telegram,
    /// WhatsApp.
    Whatsapp,
    /// Threads.
    Threads,
    /// Mastodon.
    Mastodon,
    /// Bluesky.
    Bluesky,
    /// Any other platform.
    Other,
}

/// What a platform takes an account for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProfileType {
    /// An organization.
    Organization,
    /// A person.
    Individual,
}

/// What an account promotes besides the agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Endorsement {
    /// A party, or somebody's standing in one.
    Party,
    /// An election campaign.
    Campaign,
    /// A product or a business.
    Commercial,
    /// Collecting money.
    Fundraising,
}

/// For whom an account speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AccountKind {
    /// The agency as such.
    Agency,
    /// An office, such as the spokesperson's, whoever holds it.
    Role,
    /// The agency's service for enquiries and requests.
    Support,
    /// A person in their own name.
    Personal,
}

/// What an account is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// Announcing the agency's news and decisions.
    Announcements,
    /// Explaining and correcting what is said of the agency.
    Clarifications,
    /// Answering the public.
    Replies,
    /// Taking requests for services and following them up.
    ServiceRequests,
    /// Answering journalists.
    Media,
    /// The holder's own matters.
    Personal,
}

/// Whether an account is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// In use.
    Active,
    /// Held, but not used.
    Dormant,
    /// Given up for good; the entry stays.
    Retired,
}

/// One person's access to an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Operator {
    /// The `id` of the person.
    pub person: String,
    /// What the person may do.
    pub right: Right,
    /// The first day of the access.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day of the access; absent while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// When the person was trained for it (OSMACC-1:2021, 1-4-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trained: Option<Date>,
    /// When the person confirmed having read the rules for official accounts (OSMACC-1:2021,
    /// 1-3-1-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledged: Option<Date>,
    /// The `id`s of the devices from which the person uses it, out of `security.devices`
    /// (OSMACC-1:2021, 2-2-1-9).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub devices: Option<Vec<String>>,
    /// Why the person needs it: rights follow the need (OSMACC-1:2021, 2-2-1-7).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What an operator may do; each right includes those below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// Everything, transferring or deleting the account included.
    Owner,
    /// Settings and the rights of others.
    Admin,
    /// Publishing in the account's name.
    Publish,
    /// Answering in the account's name.
    Reply,
    /// Reading messages and figures only.
    View,
}

/// What an account was registered with: official details only, nothing of a person's own
/// (OSMACC-1:2021, 2-2-1-2), and another address for every account (NCA social media standard
/// template, 2-4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Registration {
    /// The email address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// The phone number, in quotes, such as `"+966110000000"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// Multi-factor authentication (OSMACC-1:2021, 2-2-1-5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mfa {
    /// Whether it is on.
    pub enabled: bool,
    /// The second factor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<MfaMethod>,
    /// Why it is off for a while, where it is: an exception ends (US SEC's account, 9 January
    /// 2024).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exception: Option<MfaException>,
}

/// A second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MfaMethod {
    /// An authenticator app.
    App,
    /// A security key.
    Key,
    /// A code by text message: the weakest, for whoever takes over the phone number receives it
    /// (US SEC's account, 9 January 2024).
    Sms,
}

/// How an account is won back when access is lost (OSMACC-1:2021, 2-7-1-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Recovery {
    /// The plan: its title, number or place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// The email address that the platform sends recovery messages to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// The phone number that the platform sends recovery messages to, in quotes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// When the plan was last tried out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tested: Option<Date>,
}

/// What a profile says of its account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Bio {
    /// The words of the profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Whether it names the holder's post. The guides of the Saudi Ministry of Education (1441H and 2026)
    /// forbid that on personal accounts; the Eastern Province Chamber's committee vice-chair (2018) allows
    /// it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub states_position: Option<bool>,
    /// Whether it says that the account is personal: "حساب شخصي" (Saudi Ministry of Education, guide of
    /// 1441H).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says_personal: Option<bool>,
    /// The addresses that it links to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub links_to: Option<Vec<Url>>,
}
