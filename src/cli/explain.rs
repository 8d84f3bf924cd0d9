//! `spokeslint explain`: a rule with both sides of the debate, a position, or a framework.

use clap::Args;
use spokeslint::Error;
use spokeslint::engine::failing_example;
use spokeslint::output::{self, Detail, Format};
use spokeslint::text;
use spokeslint::text::nearest;

use super::project::Project;
use super::terminal::{Terminal, print};
use super::{PackArguments, Verdict};

const EXAMPLES: &str = "\
Examples:
  spokeslint explain personal-account/answers-the-public
  spokeslint explain handover/overdue --lang ar
  spokeslint explain osmacc-1-2021                the rules that rest on each item of a framework
  spokeslint explain chamber-independence         a position of the debate

Exit codes: 0 explained, 2 nothing is called so, or the rules do not load";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The id of a rule, as findings show it in brackets, or of a position or a framework
    #[arg(value_name = "RULE|POSITION|FRAMEWORK")]
    name: String,
    #[command(flatten)]
    packs: PackArguments,
}

pub(super) fn run(
    arguments: &Arguments,
    project: &Project,
    terminal: &Terminal,
) -> Result<Verdict, Error> {
    let packs = arguments.packs.load(project)?;
    let name = arguments.name.as_str();
    let style = terminal.style(Format::Human, Detail::Normal);
    let rules = || packs.rules.iter();
    let positions = || packs.positions.iter();
    let frameworks = || packs.frameworks.iter();
    if let Some(rule) = rules().find(|rule| rule.id == name) {
        let example = failing_example(&packs, rule);
        print(|out| output::explain(rule, &packs, &example, &style, out))?;
    } else if let Some(position) = positions().find(|position| position.id == name) {
        print(|out| output::explain_position(position, &packs, &style, out))?;
    } else if let Some(framework) = frameworks().find(|framework| *framework.id == name) {
        print(|out| output::explain_framework(framework, &packs, &style, out))?;
    } else {
        let known = rules()
            .map(|rule| rule.id.as_str())
            .chain(positions().map(|position| position.id.as_str()))
            .chain(frameworks().map(|framework| framework.id.as_str()));
        return Err(Error::Unknown {
            what: text!(
                "rule, position or framework",
                "قاعدة أو موقف أو إطار تنظيمي"
            ),
            name: name.to_owned(),
            suggestion: nearest(name, known).map(str::to_owned),
        });
    }
    Ok(Verdict::Clean)
}
