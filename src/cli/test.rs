//! `spokeslint test`: runs the examples that rules carry.

use std::path::{Path, PathBuf};

use clap::Args;
use spokeslint::Error;
use spokeslint::engine::{Remarked, check_examples, check_mutants, move_marks};
use spokeslint::output::{self, Detail, Format};
use spokeslint::pack::{Packs, Rule};
use spokeslint::text;
use spokeslint::text::nearest;

use super::Verdict;
use super::project::{Project, lies_in};
use super::replace::replace;
use super::terminal::{Terminal, print};

const EXAMPLES: &str = "\
Examples:
  spokeslint test                 the built-in rules
  spokeslint test handover        one built-in pack
  spokeslint test ./our-rules     rules of your own
  spokeslint test --update ./our-rules   the same, with the marks where the findings stand
  spokeslint test --mutate        whether the examples notice when a rule changes

Exit codes: 0 all examples hold, 1 some do not or a mutant survives, 2 the rules do not load";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A folder with rules of your own, or the name of a pack that is built in or that the settings load
    /// [default: all packs]
    pack: Option<String>,
    /// Also change each condition of each rule in small ways, one at a time, and report the changes that
    /// no example notices
    #[arg(long)]
    mutate: bool,
    /// First move the `# finding` marks of failing examples to where the findings stand now, in a folder
    /// with rules of your own
    #[arg(long, requires = "pack")]
    update: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    project: &Project,
    terminal: &Terminal,
) -> Result<Verdict, Error> {
    let mut packs = Packs::builtin()?;
    let mut rules = choose(&mut packs, arguments.pack.as_deref(), project)?;
    if arguments.update {
        let folder = arguments.pack.as_deref().unwrap_or_default();
        rules = update(&packs, rules, Path::new(folder), terminal)?;
    }
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

/// Moves marks in the files of a folder, says what changed, and returns the rules as they are now.
fn update(
    packs: &Packs,
    rules: Vec<Rule>,
    folder: &Path,
    terminal: &Terminal,
) -> Result<Vec<Rule>, Error> {
    if !folder.is_dir() {
        return Err(Error::Untouchable {
            path: folder.display().to_string(),
            reason: text!(
                "the built-in packs cannot be changed, only a folder with rules of your own",
                "لا يمكن تغيير الحزم المضمنة، ولا يُغيَّر إلا مجلد فيه قواعدك",
            ),
        });
    }
    let mut current = Vec::with_capacity(rules.len());
    for rule in rules {
        let Some(Remarked { rule: new, changes }) = move_marks(packs, &rule) else {
            current.push(rule);
            continue;
        };
        let path = Path::new(rule.source.name());
        replace(path, rule.source.text(), new.source.text())?;
        let style = terminal.style(Format::Human, Detail::Normal);
        print(|out| output::changes(rule.source.name(), &changes, &style, out))?;
        current.push(new);
    }
    Ok(current)
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
fn choose(packs: &mut Packs, pack: Option<&str>, project: &Project) -> Result<Vec<Rule>, Error> {
    let folder = pack.map(Path::new).filter(|path| path.is_dir());
    let built_in: Vec<String> = packs.rules.iter().map(|rule| rule.id.clone()).collect();
    let folders: Vec<PathBuf> = folder.into_iter().map(Path::to_owned).collect();
    project.home()?.add(packs, &folders)?;
    let Some(pack) = pack else {
        return Ok(packs.rules.clone());
    };
    if let Some(folder) = folder {
        // The settings may name other packs, or a folder that holds this one among others.
        let lies_there = |rule: &Rule| lies_in(Path::new(rule.source.name()), folder);
        let own = |rule: &&Rule| !built_in.contains(&rule.id) && lies_there(rule);
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
            what: text!("pack or folder", "حزمة أو مجلد"),
            name: pack.to_owned(),
            suggestion: nearest(pack, names).map(str::to_owned),
        });
    }
    Ok(rules)
}
