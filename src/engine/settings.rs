//! Which rules are on, and on which day.

use crate::date::Date;
use crate::error::Error;
use crate::pack::{Packs, Rule};
use crate::text;
use crate::text::{Text, nearest};

/// What a run is asked to do.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The profile whose rules are on.
    pub profile: String,
    /// The only rules or packs that are on, by id, whatever the profile; empty for no such choice.
    pub select: Vec<String>,
    /// Rules or packs that are off, by id; this wins over everything else.
    pub ignore: Vec<String>,
    /// The day of the run; the only time that enters it.
    pub as_of: Date,
}

impl Settings {
    /// The default profile on a day.
    pub fn new(as_of: Date) -> Self {
        Self {
            profile: "recommended".to_owned(),
            select: Vec::new(),
            ignore: Vec::new(),
            as_of,
        }
    }

    /// The rules that are on: the selected ones, or else those of the profile and those in no profile at
    /// all (a user's own); without the ignored ones.
    pub(super) fn choose(&self, packs: &Packs) -> Result<Vec<Rule>, Error> {
        let profiles = || packs.profiles.iter().map(|profile| profile.id.as_str());
        if !profiles().any(|profile| profile == self.profile) {
            return Err(unknown(
                text!("profile", "مجموعة قواعد"),
                &self.profile,
                profiles(),
            ));
        }
        let names = || {
            packs
                .rules
                .iter()
                .flat_map(|rule| [rule.id.as_str(), rule.pack()])
        };
        for name in self.select.iter().chain(&self.ignore) {
            if !names().any(|known| known == name) {
                return Err(unknown(
                    text!("rule or pack", "قاعدة أو حزمة"),
                    name,
                    names(),
                ));
            }
        }
        let names_it = |list: &[String], rule: &Rule| {
            list.iter()
                .any(|name| *name == rule.id || name == rule.pack())
        };
        let included = packs.included(&self.profile);
        let is_on = |rule: &&Rule| {
            let chosen = if self.select.is_empty() {
                let mut profiles = rule.profiles.iter();
                rule.profiles.is_empty() || profiles.any(|own| included.contains(&own.as_str()))
            } else {
                names_it(&self.select, rule)
            };
            chosen && !names_it(&self.ignore, rule)
        };
        Ok(packs.rules.iter().filter(is_on).cloned().collect())
    }
}

fn unknown<'a>(what: Text, name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    Error::Unknown {
        what,
        name: name.to_owned(),
        suggestion: nearest(name, known).map(str::to_owned),
    }
}
