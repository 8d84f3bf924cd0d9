//! `spokeslint test`: runs the examples that rules carry.

use std::path::Path;

use clap::Args;
use spokeslint::Error;
use spokeslint::engine::{check_examples, check_mutants};
use spokeslint::output::{self, Detail, Format};
use spokeslint::pack::{Packs, Rule};
use spokeslint::text::nearest;

use super::Verdict;
use super::terminal::{Terminal, print};

const EXAMPLES: &str = "\
Examples:
  spokeslint test                 the built-in rules
  spokeslint test handover        one built-in pack
  spokeslint test ./our-rules     rules of your own
  spokeslint test --mutate        whether the examples notice when a rule changes

Exit codes: 0 all examples hold, 1 some do not or a mutant survives, 2 the rules do not load";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A folder with rules of your own, or the name of a built-in pack [default: all built-in packs]
    pack: Option<String>,
    /// Also change each condition of each rule in small ways, one at a time, and report the changes that
    /// no example notices
    #[arg(long)]
    mutate: bool,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Verdict, Error> {
    let mut packs = Packs::builtin()?;
    let rules = choose(&mut packs, arguments.pack.as_deref())?;
    let report = check_examples(&packs, &rules);
    let style = terminal.style(Format::Human, Detail::Normal);
    let faults = report.diagnostics.len();
    let summary = output::examples_summary(report.rules, report.examples, faults, terminal.lang);
    print(|out| {
        output::render_findings(&report.diagnostics, &style, out)?;
        let gap = if faults > 0 { "\n" } else { "" };
        writeln!(out, "{gap}{summary}")
    })?;
    // Rules that fail their examples would kill every mutant.
    if arguments.mutate && faults == 0 {
        return mutate(&packs, &rules, terminal);
    }
    Ok(if faults > 0 {
        Verdict::Found
    } else {
        Verdict::Clean
    })
}

fn mutate(packs: &Packs, rules: &[Rule], terminal: &Terminal) -> Result<Verdict, Error> {
    let report = check_mutants(packs, rules);
    let style = terminal.style(Format::Human, Detail::Normal);
    let summary = output::mutants_summary(&report, terminal.lang);
    let survive = !report.survivors.is_empty();
    print(|out| {
        output::render_findings(&report.survivors, &style, out)?;
        let gap = if survive { "\n" } else { "" };
        writeln!(out, "{gap}{summary}")
    })?;
    Ok(if survive {
        Verdict::Found
    } else {
        Verdict::Clean
    })
}

/// The rules whose examples are to be run. A folder's rules are loaded beside the built-in ones, since
/// they may cite their positions and profiles.
fn choose(packs: &mut Packs, pack: Option<&str>) -> Result<Vec<Rule>, Error> {
    let Some(pack) = pack else {
        return Ok(packs.rules.clone());
    };
    if Path::new(pack).is_dir() {
        let known: Vec<String> = packs.rules.iter().map(|rule| rule.id.clone()).collect();
        packs.load(Path::new(pack))?;
        let own = |rule: &&Rule| !known.contains(&rule.id);
        return Ok(packs.rules.iter().filter(own).cloned().collect());
    }
    let rules: Vec<Rule> = packs
        .rules
        .iter()
        .filter(|rule| rule.pack() == pack)
        .cloned()
        .collect();
    if rules.is_empty() {
        let names = packs.packs.iter().map(|pack| pack.id.as_str());
        return Err(Error::Unknown {
            what: "pack or folder",
            name: pack.to_owned(),
            suggestion: nearest(pack, names).map(str::to_owned),
        });
    }
    Ok(rules)
}
