//! The rules of a run: what the command line says, whatever the settings of files say.

use std::path::PathBuf;

use clap::Args;
use spokeslint::date::Date;
use spokeslint::domains::Chosen;

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

impl ChosenArguments {
    /// Returns the choice of rules. `whole` asks for everything about rules, including those that are off.
    pub(super) fn chosen(&self, whole: bool) -> Chosen {
        Chosen {
            profile: self.profile.clone(),
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            packs: self.packs.folders.clone(),
            as_of: self.as_of.unwrap_or_else(today),
            whole,
        }
    }

    /// The folders with packs that the command line names.
    pub(super) fn folders(&self) -> &[PathBuf] {
        &self.packs.folders
    }
}
