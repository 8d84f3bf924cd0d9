//! How a rule is set in the end, and who said so; and what settings say that changes nothing.

use std::path::Path;

use crate::config::{Choice, Level};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::engine::Settings;
use crate::engine::settings::is_named;
use crate::engine::tuning::Tuning;
use crate::error::Error;
use crate::pack::{Packs, Rule};
use crate::text;

/// Why a rule is on or off before a project's settings change that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A pack calls it final.
    Final,
    /// It is named by `--select`.
    Selected,
    /// It is named by `--ignore`.
    Ignored,
    /// The settings build on its pack.
    Pack,
    /// It is in this profile.
    Profile(String),
    /// It is in no profile, and so always on.
    Own,
    /// Nothing chooses it.
    NotChosen,
}

/// The value of an option.
#[derive(Clone, Debug)]
pub struct EffectiveOption {
    /// The option's name.
    pub name: String,
    /// The value, as it is written.
    pub written: String,
    /// Where the settings say so; the rule itself does where they do not.
    pub place: Option<Label>,
}

/// How a rule is set.
#[derive(Clone, Debug)]
pub struct Effective {
    /// The rule's id.
    pub rule: String,
    /// How much its findings weigh; none for a rule that is off.
    pub severity: Option<Severity>,
    /// Why it is on or off, unless the settings say so.
    pub reason: Reason,
    /// Where the settings switch it on or off.
    pub switched: Option<Label>,
    /// Where the settings say how much it weighs.
    pub weighed: Option<Label>,
    /// Where a pack says that it is final.
    pub finality: Option<Label>,
    /// Its options.
    pub options: Vec<EffectiveOption>,
}

impl Effective {
    pub(super) fn new(rule: &Rule, mut tuning: Tuning, reason: Reason) -> Self {
        let options = rule.options.iter().enumerate();
        let options = options.map(|(place, option)| {
            let said = tuning.places.options.remove(&place);
            let (written, place) = match said {
                Some((written, label)) => (written, Some(label)),
                None => (option.written.clone(), None),
            };
            EffectiveOption {
                name: option.name.clone(),
                written,
                place,
            }
        });
        Self {
            rule: rule.id.clone(),
            options: options.collect(),
            severity: tuning.is_on.then_some(tuning.severity),
            reason,
            switched: tuning.places.is_on,
            weighed: tuning.places.severity,
            finality: rule.finality.clone(),
        }
    }
}

impl Settings {
    /// Returns the settings of every rule for a file, by its path without links and the name that findings show, or for
    /// all files of which nothing else is said. Rules that are off and that nothing chose are left out.
    ///
    /// # Errors
    ///
    /// As for [`crate::engine::Engine::new`].
    pub fn effective(
        &self,
        packs: &Packs,
        file: Option<(Option<&Path>, &str)>,
    ) -> Result<Vec<Effective>, Error> {
        self.is_known(packs)?;
        self.spares_finals(packs)?;
        let bases = self.bases(packs);
        let active = file.and_then(|(real, name)| self.scopes.active(real, name));
        let effective = packs.rules.iter().filter_map(|rule| {
            let reason = self.reason(rule, packs, &bases);
            let tuned = self.tune(rule, &bases);
            let tuning = tuned.within(active.as_deref().unwrap_or_default());
            // Of what is off, only what would be on is worth a word.
            let was_on = tuned.general.is_on || reason != Reason::NotChosen;
            (tuning.is_on || was_on).then(|| Effective::new(rule, tuning, reason))
        });
        Ok(effective.collect())
    }

    /// Why a rule is on or off before the settings change that.
    fn reason(&self, rule: &Rule, packs: &Packs, bases: &[&str]) -> Reason {
        let id = &rule.id;
        let holds = |name: &&String| {
            let mut included = packs.included(name).into_iter();
            included.any(|name| rule.profiles.iter().any(|own| own == name))
        };
        if rule.finality.is_some() {
            Reason::Final
        } else if is_named(&self.ignore, id) {
            Reason::Ignored
        } else if is_named(&self.select, id) {
            Reason::Selected
        } else if !self.chooses(id, &rule.profiles, bases) {
            Reason::NotChosen
        } else if self.extends.iter().any(|name| name == rule.pack()) {
            Reason::Pack
        } else {
            let mut asked = self.profiles.iter().chain(&self.extends);
            let profile = asked.find(holds);
            profile.map_or(Reason::Own, |name| Reason::Profile(name.clone()))
        }
    }

    /// What is said of rules that changes nothing, because they are off: as findings in the settings.
    pub fn idle(&self, packs: &Packs) -> Vec<Diagnostic> {
        let bases = self.bases(packs);
        let scopes = self.scopes.count();
        let mut is_idle = vec![true; self.choices.len()];
        for rule in &packs.rules {
            let choices = self.choices.iter().enumerate();
            let choices = choices.filter(|(_, choice)| choice.names(&rule.id));
            let mut tuned = self.start(rule, &bases);
            for (place, choice) in choices.clone() {
                let active: Vec<bool> = (0..scopes).map(|at| choice.scope == Some(at)).collect();
                is_idle[place] &= match choice.level {
                    Some(Level::Off) => !tuned.within(&active).is_on,
                    Some(_) => false,
                    None => true,
                };
                tuned.change(choice.scope, self.change(choice, rule));
            }
            let is_on = tuned.is_ever_on();
            // Options matter wherever the rule is on.
            for (place, _) in choices.filter(|(_, choice)| is_on && choice.level.is_none()) {
                is_idle[place] = false;
            }
        }
        let choices = self.choices.iter().zip(is_idle);
        choices
            .filter(|(_, is_idle)| *is_idle)
            .map(|(choice, _)| changes_nothing(choice))
            .collect()
    }
}

fn changes_nothing(choice: &Choice) -> Diagnostic {
    let message = text!(
        "what is said of `{name}` changes nothing, because it is off anyway",
        "ما ذُكر عن `{name}` لا يغير شيئًا، فهي غير مفعّلة أصلًا",
        name = choice.name,
    );
    let help = text!(
        "take the entry out, or switch it on with a severity such as `warning`",
        "احذف القيد، أو فعّلها بذكر درجة مثل `warning`",
    );
    Diagnostic::error("config/matches-nothing", message)
        .with_severity(Severity::Warning)
        .with_label(choice.place.clone())
        .with_help(help)
}
