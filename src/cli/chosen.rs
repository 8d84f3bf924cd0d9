//! The rules of a run: what the command line says, and the project's settings where it says nothing.

use std::path::PathBuf;

use clap::Args;
use spokeslint::config::Config;
use spokeslint::date::Date;
use spokeslint::engine::{Engine, Settings};
use spokeslint::pack::Packs;
use spokeslint::{Diagnostic, Error};

use super::project::Project;
use super::{PackArguments, parse_date, today};

#[derive(Args)]
pub(super) struct ChosenArguments {
    /// The choice of rules; `spokeslint rules` lists the profiles [default: those of the settings, or recommended]
    #[arg(long)]
    profile: Option<String>,
    #[command(flatten)]
    packs: PackArguments,
    /// Rules or packs to check, instead of the profile's; separated by commas, may be repeated
    #[arg(long, value_name = "RULE|PACK", value_delimiter = ',')]
    select: Vec<String>,
    /// Rules or packs to leave out; separated by commas, may be repeated
    #[arg(long, value_name = "RULE|PACK", value_delimiter = ',')]
    ignore: Vec<String>,
    /// The day that counts as today, such as 2026-01-31 or '1447-08-12 AH' [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_of: Option<Date>,
}

/// What a run works with.
pub(super) struct Chosen {
    pub(super) packs: Packs,
    pub(super) settings: Settings,
    pub(super) engine: Engine,
    /// What the settings say of rules that changes nothing.
    pub(super) idle: Vec<Diagnostic>,
}

impl ChosenArguments {
    /// Loads the packs and chooses among their rules. `whole` asks for all that there is to say of rules, also of
    /// those that are off.
    pub(super) fn open(&self, project: &Project, whole: bool) -> Result<Chosen, Error> {
        let config = project.config();
        let settings = self.settings(config);
        let is_bare = self.packs.folders.is_empty() && project.has_no_packs();
        let packs = if is_bare && !whole {
            let mut packs = settings.builtin()?;
            project.apply(&mut packs)?;
            packs
        } else {
            self.packs.load(project)?
        };
        let engine = Engine::new(&packs, &settings).map_err(|error| {
            let chosen = config.filter(|_| !self.chooses());
            let blamed = match &error {
                Error::Contradiction(pairs) => {
                    chosen.and_then(|config| config.blame(pairs, &error))
                }
                _ => None,
            };
            blamed.unwrap_or(error)
        })?;
        let idle = if self.chooses() {
            // They may matter where the command line says nothing.
            Vec::new()
        } else {
            settings.idle(&packs)
        };
        Ok(Chosen {
            packs,
            settings,
            engine,
            idle,
        })
    }

    /// The folders with packs that the command line names.
    pub(super) fn folders(&self) -> &[PathBuf] {
        &self.packs.folders
    }

    /// Whether the command line chooses the rules, whatever the settings name.
    fn chooses(&self) -> bool {
        self.profile.is_some() || !self.select.is_empty()
    }

    fn settings(&self, config: Option<&Config>) -> Settings {
        let mut settings = Settings::new(self.as_of.unwrap_or_else(today));
        if let Some(config) = config {
            settings.take(config);
        }
        if let Some(profile) = &self.profile {
            settings.profiles = vec![profile.clone()];
            settings.extends.clear();
        }
        settings.select.clone_from(&self.select);
        settings.ignore.clone_from(&self.ignore);
        settings
    }
}
