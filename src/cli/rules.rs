//! `spokeslint rules`: all rules, with the profiles they belong to.

use clap::{Args, ValueEnum};
use spokeslint::Error;
use spokeslint::output::{self, Detail, Format};

use super::project::Project;
use super::terminal::{Terminal, print};
use super::{PackArguments, Verdict};

#[derive(Args)]
pub(super) struct Arguments {
    /// How to print the list
    #[arg(long, value_enum, default_value = "human")]
    format: ListFormat,
    #[command(flatten)]
    packs: PackArguments,
}

#[derive(Clone, Copy, ValueEnum)]
enum ListFormat {
    /// A table
    Human,
    /// In both languages, for programs
    Json,
}

pub(super) fn run(
    arguments: &Arguments,
    project: &Project,
    terminal: &Terminal,
) -> Result<Verdict, Error> {
    let packs = arguments.packs.load(project)?;
    let format = match arguments.format {
        ListFormat::Human => Format::Human,
        ListFormat::Json => Format::Json,
    };
    let style = terminal.style(format, Detail::Normal);
    print(|out| output::list_rules(&packs, &style, out))?;
    Ok(Verdict::Clean)
}
