//! The final rules of settings, which stay on for files under other settings further in.

use std::collections::BTreeMap;

use super::{Choice, Config, Scopes};
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::pack::{Packs, Rule};

/// The final rules of settings, and how these set them.
#[derive(Debug, Default)]
pub struct Finals {
    /// By the ids of the rules, the severity below which nothing may set them.
    pub(super) rules: BTreeMap<String, Severity>,
    /// The choices of the settings for them, each for one rule.
    pub(crate) choices: Vec<Choice>,
    /// The files that some of the choices are about.
    pub(crate) scopes: Scopes,
}

impl Finals {
    /// The ids of the rules.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.rules.keys().map(String::as_str)
    }

    /// The final rules of settings. Loads their packs, of which built-in ones call no rule final.
    pub(super) fn of(config: &Config) -> Result<Self, Error> {
        config.is_sound()?;
        if config.packs.is_empty() {
            return Ok(Self::default());
        }
        let mut packs = Packs::builtin()?;
        super::stack::load(&mut packs, &[config], (&[], &config.confines))?;
        config.apply(&mut packs, &[])?;
        let finals = packs.rules.iter().filter(|rule| rule.finality.is_some());
        let mut found = Self::default();
        for rule in finals {
            found.take(config, rule);
        }
        if !found.rules.is_empty() {
            found.scopes = config.scopes.clone();
        }
        Ok(found)
    }

    fn take(&mut self, config: &Config, rule: &Rule) {
        let mut least = rule.severity;
        let choices = config.choices.iter();
        for choice in choices.filter(|choice| choice.names(&rule.id)) {
            least = least.max(choice.severity().unwrap_or(least));
            self.choices.push(Choice {
                name: rule.id.clone(),
                ..choice.clone()
            });
        }
        self.rules.insert(rule.id.clone(), least);
    }
}
