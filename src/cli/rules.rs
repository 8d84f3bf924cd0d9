//! `spokeslint rules`: all rules with the profiles they belong to, or what they cover.

use clap::{Args, ValueEnum};
use spokeslint::Error;
use spokeslint::output::{self, Detail, Format};

use super::project::Project;
use super::terminal::{Terminal, print};
use super::{PackArguments, Verdict};

const EXAMPLES: &str = "\
Examples:
  spokeslint rules
  spokeslint rules --coverage     what the rules make of every position and every framework

Exit codes: 0 listed, 2 the rules do not load";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Instead list every position of the debate and every item of the frameworks, each with its rules or
    /// the reason why it has none
    #[arg(long)]
    coverage: bool,
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
    print(|out| {
        if arguments.coverage {
            output::coverage(&packs, &style, out)
        } else {
            output::list_rules(&packs, &style, out)
        }
    })?;
    Ok(Verdict::Clean)
}
