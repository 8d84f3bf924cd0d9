//! `spokeslint.yaml` as it is written. What `rules` says is read from the tree by [`super::choice`], since
//! an entry has two forms.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::diagnostic::Severity;
use crate::text::Lang;
use crate::yaml::Spanned;

/// `spokeslint.yaml`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Config")]
pub struct ConfigFile {
    /// What these settings build on, one after the other: profiles and packs by name, whose rules are on;
    /// folders with packs of rules, and other files of settings or the folders that hold them, relative
    /// to this file (`./rules`, `../ministry/spokeslint.yaml`) and inside the project. Where no profile or pack is
    /// named, that is the profile `recommended`; `none` stands for no rules at all.
    #[serde(default)]
    pub extends: Vec<Spanned<String>>,
    /// The only files that are checked among those found in folders, as patterns from the folder of the
    /// project's settings. Final rules apply to the other files as well, unless the settings that name the pack
    /// leave them out.
    pub include: Option<Vec<Spanned<String>>>,
    /// Files and folders that are left out, as patterns from the folder of the project's settings. Final rules
    /// apply to them as well, unless the settings that name the pack leave them out.
    #[serde(default)]
    pub exclude: Vec<Spanned<String>>,
    /// What is different for rules, by their ids, and for all rules of a pack, by its name.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, RuleEntry>")]
    pub rules: Option<Spanned<IgnoredAny>>,
    /// What is different for some files.
    #[serde(default)]
    pub overrides: Vec<OverrideFile>,
    /// Words to add to the word lists of packs, by the names of the lists.
    #[serde(default)]
    pub terms: BTreeMap<String, Vec<Spanned<String>>>,
    /// The language of messages, `en` or `ar`.
    pub lang: Option<Spanned<Lang>>,
    /// The lightest finding that makes a check fail.
    pub fail_on: Option<Spanned<Severity>>,
    /// Files with waivers, relative to this file and inside the project.
    #[serde(default)]
    pub waivers: Vec<Spanned<String>>,
    /// The file with the baseline, relative to this file and inside the project; without it,
    /// `spokeslint-baseline.yaml` beside the project's settings.
    pub baseline: Option<Spanned<String>>,
    /// For how long comments and waivers may set findings aside, by their severity. Of several files, the shortest
    /// time holds. Where a time is named, a comment needs a last day.
    #[serde(default)]
    pub horizon: HorizonFile,
}

/// Lengths of time such as `180d`, or `none` for no limit.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Horizon")]
pub struct HorizonFile {
    /// For errors; 180 days where no file says otherwise.
    pub error: Option<Spanned<String>>,
    /// For warnings; 365 days where no file says otherwise.
    pub warning: Option<Spanned<String>>,
    /// For notes; no limit where no file says otherwise.
    pub note: Option<Spanned<String>>,
}

/// Rules that are different for some files. What it does not name is as it is elsewhere.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Override")]
pub struct OverrideFile {
    /// The files, as patterns from the folder of the project's settings.
    pub files: Vec<Spanned<String>>,
    /// What is different there.
    #[schemars(with = "BTreeMap<String, RuleEntry>")]
    pub rules: Spanned<IgnoredAny>,
}

/// How much a finding of a rule weighs, or that the rule is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The rule is not asked.
    Off,
    /// Worth knowing.
    Note,
    /// Should be mended.
    Warning,
    /// Must be mended.
    Error,
}

impl Level {
    /// The severity; none for a rule that is off.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// What is said of a rule: how much its findings weigh, or that and more.
#[derive(JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "RuleSetting")]
#[expect(
    dead_code,
    reason = "only its schema is used; the entries are read from the tree, with spans"
)]
pub(super) enum RuleEntry {
    /// How much a finding weighs; a rule that was off is on.
    Level(Level),
    /// That, and the values of options.
    Tuned(TunedFile),
}

/// What is said of a rule, in full.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TunedRule")]
pub(super) struct TunedFile {
    /// How much a finding weighs; without it, as before.
    pub(super) severity: Option<Spanned<Level>>,
    /// Values for the options of the rule, by their names.
    #[serde(default)]
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    pub(super) options: BTreeMap<String, Spanned<serde_json::Value>>,
}
