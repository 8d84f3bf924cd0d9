//! Channels besides social media, and accounts that change hands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Date;

/// A way to reach the agency, or for the agency to speak, besides social media.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Channel {
    /// What it is.
    pub kind: ChannelKind,
    /// Whom it serves.
    pub serves: Vec<Audience>,
    /// Where it is: a number (in quotes), an address, a site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// When it is open, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
}

/// What a channel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChannelKind {
    /// A phone number.
    Phone,
    /// An email address.
    Email,
    /// Press conferences.
    PressConference,
    /// Television and radio.
    Broadcast,
    /// A site.
    Website,
    /// A counter or an office.
    InPerson,
}

/// Whom a channel serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Journalists.
    Media,
    /// Everyone.
    Public,
}

/// An account that passed, or is to pass, into other hands. What was built in office stays with the
/// office; followers do not move to the one who leaves (US National Archives, guidance of 2017 and
/// 2024 on departing officials).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-identity" = ["account"]))]
pub struct Handover {
    /// The `id` of the account.
    #[schemars(extend("x-refers-to" = "accounts"))]
    pub account: String,
    /// The `id` of the person who hands it over.
    pub from: String,
    /// Who receives it: the `id` of a person, or `agency`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// The day by which it is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// The day on which it was done; absent while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// The signed record of it (محضر تسليم واستلام): its number or place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// What has been done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<Step>>,
}

/// What a handover rests on, from weak to strong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The holder's word.
    Promise,
    /// An agreement made with the holder beforehand.
    Agreement,
    /// The agency's written policy.
    Policy,
}

/// A step of a handover. The steps follow GSA's cyber-vandalism toolkit, the UK NCSC and the US
/// National Archives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// The password is changed, and the one who leaves does not know the new one.
    Credentials,
    /// The recovery email and phone are the agency's or the successor's.
    Recovery,
    /// The second factor is bound to the successor.
    Mfa,
    /// All open sessions and connected apps are ended.
    Sessions,
    /// The profile no longer names the one who leaves.
    Bio,
    /// What was published is archived.
    Archive,
    /// A closing message is published.
    SignOff,
}
