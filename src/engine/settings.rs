//! Which rules are on, how much they weigh, and on which day.

use std::collections::BTreeSet;

use crate::config::{Choice, Level, Scopes, Stack};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Label};
use crate::engine::tuning::{Change, Tuned};
use crate::error::Error;
use crate::pack::{Packs, Rule, pack_of};
use crate::suppress::Horizon;
use crate::text;
use crate::text::{Text, nearest};

/// The profile that is on unless something else is chosen.
pub const DEFAULT_PROFILE: &str = "recommended";

/// What a run is asked to do.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The profiles whose rules are on.
    pub profiles: Vec<String>,
    /// Profiles or packs whose rules are on as well.
    pub extends: Vec<String>,
    /// The only rules or packs that are on, by id, whatever the profile; empty for no such choice.
    pub select: Vec<String>,
    /// Rules or packs that are off, by id; this wins over everything else but what is final.
    pub ignore: Vec<String>,
    /// What is different for rules, in the order in which it holds.
    pub choices: Vec<Choice>,
    /// The files that some of the choices are about.
    pub scopes: Scopes,
    /// The day of the run; the only time that enters it.
    pub as_of: Date,
    /// For how long findings may be set aside.
    pub horizon: Horizon,
    /// Names of profiles, rules and packs that only other settings of the run know: they stand for nothing here.
    pub elsewhere: BTreeSet<String>,
}

impl Settings {
    /// The default profile on a day.
    pub fn new(as_of: Date) -> Self {
        Self {
            profiles: vec![DEFAULT_PROFILE.to_owned()],
            extends: Vec::new(),
            select: Vec::new(),
            ignore: Vec::new(),
            choices: Vec::new(),
            scopes: Scopes::default(),
            as_of,
            horizon: Horizon::default(),
            elsewhere: BTreeSet::new(),
        }
    }

    /// Takes over what the settings of a file say, and what outer ones say of the rules that are final by them.
    ///
    /// # Errors
    ///
    /// The errors in the outer settings.
    pub fn take(&mut self, stack: &Stack) -> Result<(), Error> {
        let mut outer = Vec::new();
        let mut count = 0;
        for finals in stack.finals()? {
            let moved = |scope: usize| scope + count;
            let choices = finals.choices.iter().cloned();
            self.choices.extend(choices.map(|choice| Choice {
                scope: choice.scope.map(moved),
                ..choice
            }));
            count += finals.scopes.count();
            outer.push(finals.scopes.clone());
        }
        if let Some(config) = &stack.own {
            if let Some(names) = config.extends() {
                self.profiles.clear();
                self.extends = names.into_iter().map(|named| named.name.clone()).collect();
            }
            self.horizon = config.horizon();
            let choices = config.choices().iter().cloned();
            self.choices.extend(choices.map(|choice| Choice {
                scope: choice.scope.map(|scope| scope + count),
                ..choice
            }));
            self.scopes = config.scopes().clone();
        }
        self.scopes.outer = outer;
        Ok(())
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
            let is_profile = |name: &String| packs.profiles.iter().any(|known| known.id == *name);
            let is_pack = |name: &str| outlines.iter().any(|rule| pack_of(&rule.id) == name);
            let is_rule = |name: &str| is_pack(name) || outlines.iter().any(|r| r.id == name);
            let mut bases = self.extends.iter();
            let choices = self.choices.iter().map(|choice| &choice.name);
            let mut asked = self.select.iter().chain(&self.ignore).chain(choices);
            is_known = self.profiles.iter().all(is_profile)
                && bases.all(|name| is_profile(name) || is_pack(name))
                && asked.all(|name| is_rule(name));
            let bases = self.bases(packs);
            let wanted = outlines.iter().map(|rule| {
                let is_tuned = self.choices.iter().any(|choice| choice.names(&rule.id));
                is_named(&self.ignore, &rule.id)
                    || is_tuned
                    || self.chooses(&rule.id, &rule.profiles, &bases)
            });
            wanted.collect()
        })?;
        // Only all names together tell what was meant by one that does not exist.
        if is_known { Ok(part) } else { Packs::builtin() }
    }

    /// The names of the profiles whose rules are on, and of the packs all of whose rules are.
    pub(super) fn bases<'s>(&'s self, packs: &'s Packs) -> Vec<&'s str> {
        let named = self.profiles.iter().chain(&self.extends);
        named.flat_map(|name| packs.included(name)).collect()
    }

    /// Whether a rule is selected, or else belongs to a pack or a profile that is on, or to no profile at all.
    pub(super) fn chooses(&self, id: &str, profiles: &[impl AsRef<str>], bases: &[&str]) -> bool {
        if self.select.is_empty() {
            let mut own = profiles.iter().map(AsRef::as_ref);
            let is_extended = self.extends.iter().any(|name| name == pack_of(id));
            is_extended || profiles.is_empty() || own.any(|own| bases.contains(&own))
        } else {
            is_named(&self.select, id)
        }
    }

    /// The rules that are on, for some files at least: the selected ones, or else those of the profiles and
    /// those in no profile at all (a user's own), as the choices change that; without the ignored ones. What
    /// is final is on in any case.
    pub(super) fn choose(&self, packs: &Packs) -> Result<Vec<Tuned>, Error> {
        self.is_known(packs)?;
        self.spares_finals(packs)?;
        let bases = self.bases(packs);
        let rules = packs.rules.iter();
        let tuned = rules.map(|rule| self.tune(rule, &bases));
        Ok(tuned.filter(Tuned::is_ever_on).collect())
    }

    pub(super) fn tune(&self, rule: &Rule, bases: &[&str]) -> Tuned {
        let mut tuned = self.start(rule, bases);
        for choice in self.choices.iter().filter(|choice| choice.names(&rule.id)) {
            tuned.change(choice.scope, self.change(choice, rule));
        }
        tuned
    }

    /// How a rule is set before the choices change that.
    pub(super) fn start(&self, rule: &Rule, bases: &[&str]) -> Tuned {
        let is_chosen = self.chooses(&rule.id, &rule.profiles, bases);
        let is_on = is_chosen && !is_named(&self.ignore, &rule.id);
        Tuned::new(rule.clone(), is_on || rule.finality.is_some())
    }

    /// What a choice changes in a rule that it names. What the command line chooses is not chosen again by what
    /// holds everywhere.
    pub(super) fn change(&self, choice: &Choice, rule: &Rule) -> Change {
        let mut change = change(choice, rule);
        let is_selected = !self.select.is_empty();
        let is_settled = is_selected && (choice.scope.is_none() || change.is_on == Some(true));
        if is_settled || is_named(&self.ignore, &rule.id) {
            change.is_on = None;
        }
        change
    }

    /// A rule that is on whatever these settings say, with the options that they say.
    pub(super) fn force(&self, rule: &Rule) -> Tuned {
        let mut tuned = Tuned::new(rule.clone(), true);
        for choice in self.choices.iter().filter(|choice| choice.names(&rule.id)) {
            let change = change(choice, rule);
            tuned.change(
                choice.scope,
                Change {
                    is_on: None,
                    ..change
                },
            );
        }
        tuned
    }

    pub(super) fn is_known(&self, packs: &Packs) -> Result<(), Error> {
        let profiles = || packs.profiles.iter().map(|profile| profile.id.as_str());
        for name in &self.profiles {
            if !profiles().any(|profile| profile == name) && !self.elsewhere.contains(name) {
                let what = text!("profile", "مجموعة قواعد");
                return Err(unknown(what, name, profiles()));
            }
        }
        let names = || {
            packs
                .rules
                .iter()
                .flat_map(|rule| [rule.id.as_str(), rule.pack()])
        };
        for name in self.select.iter().chain(&self.ignore) {
            if !names().any(|known| known == name) && !self.elsewhere.contains(name) {
                let what = text!("rule or pack", "قاعدة أو حزمة");
                return Err(unknown(what, name, names()));
            }
        }
        Ok(())
    }

    /// Nothing that is final is ignored.
    pub(super) fn spares_finals(&self, packs: &Packs) -> Result<(), Error> {
        let finals = packs
            .rules
            .iter()
            .filter(|rule| is_named(&self.ignore, &rule.id));
        let refused: Vec<Diagnostic> = finals
            .filter_map(|rule| Some(not_ignored(rule, rule.finality.as_ref()?)))
            .collect();
        if refused.is_empty() {
            Ok(())
        } else {
            Err(Error::Config(refused))
        }
    }
}

/// What a choice changes in a rule that it names.
fn change(choice: &Choice, rule: &Rule) -> Change {
    let options = rule.options.iter().enumerate();
    let options = options.filter_map(|(place, option)| {
        let (value, label) = choice.options.get(&option.name)?;
        let written = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        Some((place, option.read(value)?, (written, label.clone())))
    });
    Change {
        is_on: choice.level.map(|level| level != Level::Off),
        severity: choice.severity(),
        options: options.collect(),
        place: choice.place.clone(),
    }
}

fn not_ignored(rule: &Rule, place: &Label) -> Diagnostic {
    let message = text!(
        "`--ignore` names `{rule}`, which is final",
        "يذكر الخيار `--ignore` القاعدة `{rule}`، وهي ملزمة",
        rule = rule.id,
    );
    let help = text!(
        "leave the rule on; only those who keep the pack can change that",
        "أبقِ القاعدة مفعّلة؛ فلا يغير ذلك إلا القائمون على الحزمة",
    );
    Diagnostic::error("config/final", message)
        .with_label(place.clone())
        .with_help(help)
}

/// Whether a list names a rule or its pack.
pub(super) fn is_named(names: &[String], id: &str) -> bool {
    names.iter().any(|name| name == id || name == pack_of(id))
}

fn unknown<'a>(what: Text, name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    Error::Unknown {
        what,
        name: name.to_owned(),
        suggestion: nearest(name, known).map(str::to_owned),
    }
}
