//! Which rules are on, and on which day.

use crate::date::Date;
use crate::error::Error;
use crate::pack::{Packs, Rule, pack_of};
use crate::suppress::Horizon;
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
    /// For how long findings may be set aside.
    pub horizon: Horizon,
}

impl Settings {
    /// The default profile on a day.
    pub fn new(as_of: Date) -> Self {
        Self {
            profile: "recommended".to_owned(),
            select: Vec::new(),
            ignore: Vec::new(),
            as_of,
            horizon: Horizon::default(),
        }
    }

    /// The built-in packs, as far as these settings need them for checking: the rules that are on or are named,
    /// without positions and frameworks. Whatever else is done with packs needs [`Packs::builtin`].
    ///
    /// # Errors
    ///
    /// [`Error::Packs`] when a pack does not load, which the project's own tests rule out.
    pub fn builtin(&self) -> Result<Packs, Error> {
        let mut is_known = true;
        let part = Packs::builtin_part(|packs, outlines| {
            let mut profiles = packs.profiles.iter();
            let names = || {
                outlines
                    .iter()
                    .flat_map(|rule| [&*rule.id, pack_of(&rule.id)])
            };
            let mut asked = self.select.iter().chain(&self.ignore);
            is_known = profiles.any(|profile| profile.id == self.profile)
                && asked.all(|name| names().any(|known| known == name));
            let included = packs.included(&self.profile);
            let wanted = outlines.iter().map(|rule| {
                is_named(&self.ignore, &rule.id)
                    || self.chooses(&rule.id, &rule.profiles, &included)
            });
            wanted.collect()
        })?;
        // Only all names together tell what was meant by one that does not exist.
        if is_known { Ok(part) } else { Packs::builtin() }
    }

    /// Whether a rule is selected, or else belongs to the profile or to none.
    fn chooses(&self, id: &str, profiles: &[impl AsRef<str>], included: &[&str]) -> bool {
        if self.select.is_empty() {
            let mut own = profiles.iter().map(AsRef::as_ref);
            profiles.is_empty() || own.any(|own| included.contains(&own))
        } else {
            is_named(&self.select, id)
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
        let included = packs.included(&self.profile);
        let is_on = |rule: &&Rule| {
            self.chooses(&rule.id, &rule.profiles, &included) && !is_named(&self.ignore, &rule.id)
        };
        Ok(packs.rules.iter().filter(is_on).cloned().collect())
    }
}

/// Whether a list names a rule or its pack.
fn is_named(names: &[String], id: &str) -> bool {
    names.iter().any(|name| name == id || name == pack_of(id))
}

fn unknown<'a>(what: Text, name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    Error::Unknown {
        what,
        name: name.to_owned(),
        suggestion: nearest(name, known).map(str::to_owned),
    }
}
