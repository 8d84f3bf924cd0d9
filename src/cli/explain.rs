//! `spokeslint explain`: one rule, with both sides of the debate.

use clap::Args;
use spokeslint::Error;
use spokeslint::engine::failing_example;
use spokeslint::output::{self, Detail, Format};

use super::project::Project;
use super::terminal::{Terminal, print};
use super::{PackArguments, Verdict};

const EXAMPLES: &str = "\
Examples:
  spokeslint explain personal-account/answers-the-public
  spokeslint explain handover/overdue --lang ar";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The rule's id, as findings show it in brackets
    rule: String,
    #[command(flatten)]
    packs: PackArguments,
}

pub(super) fn run(
    arguments: &Arguments,
    project: &Project,
    terminal: &Terminal,
) -> Result<Verdict, Error> {
    let packs = arguments.packs.load(project)?;
    let rule = super::rule(&packs, &arguments.rule)?;
    let example = failing_example(&packs, rule);
    let style = terminal.style(Format::Human, Detail::Normal);
    print(|out| output::explain(rule, &packs, &example, &style, out))?;
    Ok(Verdict::Clean)
}
