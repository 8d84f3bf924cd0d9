//! `spokeslint baseline`: writes down the findings of now, and takes out what has been mended since.

use std::path::Path;
use std::sync::Arc;

use clap::Args;
use spokeslint::engine::Report;
use spokeslint::output::{self, Detail, Format};
use spokeslint::pack::Packs;
use spokeslint::source::display_name;
use spokeslint::suppress::Baseline;
use spokeslint::suppress::baseline::{Growth, Tidied};
use spokeslint::{Error, Source, Text, text};

use super::Verdict;
use super::check::LeniencyArguments;
use super::check::work::{Piped, Wanted, check, in_pool};
use super::chosen::{Chosen, ChosenArguments};
use super::paths::{Found, PathArguments};
use super::project::Project;
use super::replace::{create, replace};
use super::terminal::{Terminal, print};

const EXAMPLES: &str = "\
Examples:
  spokeslint baseline                         what is found now no longer counts; anything new does
  spokeslint baseline --update                take out what has been mended
  spokeslint baseline --update --accept-new   take in what is new as well

Exit codes: 0 written, 1 findings are left that are not in the baseline, 2 the tool could not do its job";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    paths: PathArguments,
    #[command(flatten)]
    chosen: ChosenArguments,
    #[command(flatten)]
    leniency: LeniencyArguments,
    /// Change a baseline that is there: take out what is no longer found
    #[arg(long)]
    update: bool,
    /// With `--update`, take in what is found and not in it
    #[arg(long, requires = "update")]
    accept_new: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    project: &Project,
    terminal: &Terminal,
) -> Result<Verdict, Error> {
    let Chosen { packs, engine, .. } = arguments.chosen.open(project, false)?;
    let path = match arguments.leniency.file() {
        Some(named) => named,
        None => project.baseline()?,
    };
    let old = read(&path)?;
    if old.is_some() && !arguments.update {
        return Err(Error::BaselineExists(display_name(&path)));
    }
    let Found { discovery, .. } = arguments.paths.discover(project);
    let wanted = Wanted {
        quiet: true,
        ..Wanted::default()
    };
    let piped = Piped::default();
    let (mut report, errors) = in_pool(None, || check(&engine, discovery, (&piped, wanted)))?;
    if let Some(error) = errors.into_iter().next() {
        return Err(error);
    }
    let is_complete = arguments.paths.are_whole(project);
    let mut lenient = arguments.leniency.read_waivers(project)?;
    let baseline = old.as_ref().map(Baseline::read).transpose();
    lenient.leniency.baseline = baseline.map_err(Error::Baseline)?;
    lenient.apply(&mut report, &engine, is_complete);
    let growth = if arguments.accept_new {
        Growth::Accepted
    } else {
        Growth::Refused
    };
    let tidied = match &lenient.leniency.baseline {
        None => Baseline::first(&report, &engine),
        Some(baseline) => baseline.updated(&report, &engine, (growth, is_complete)),
    };
    match &old {
        None => create(&path, &tidied.text)?,
        Some(source) if source.text() == tidied.text => {}
        Some(source) => replace(&path, source.text(), &tidied.text)?,
    }
    let words = match &old {
        None => tidied.first_words(&display_name(&path)),
        Some(_) => tidied.update_words(&display_name(&path)),
    };
    say(&tidied, &packs, &words, terminal)?;
    let is_refused = arguments.update && !arguments.accept_new && tidied.new > 0;
    if is_refused {
        terminal.complain(&Error::BaselineGrows(display_name(&path), tidied.new));
    }
    Ok(if is_refused || !tidied.left_over.is_empty() {
        Verdict::Found
    } else {
        Verdict::Clean
    })
}

fn read(path: &Path) -> Result<Option<Arc<Source>>, Error> {
    if !path.is_file() {
        return Ok(None);
    }
    let source = Source::read(path)?;
    let source = source.map_err(|found| Error::Baseline(vec![Baseline::unreadable(found)]))?;
    Ok(Some(Arc::new(source)))
}

/// Prints what cannot be in a baseline, and what became of the file.
fn say(tidied: &Tidied, packs: &Packs, words: &Text, terminal: &Terminal) -> Result<(), Error> {
    let left_over = Report {
        diagnostics: tidied.left_over.clone(),
        ..Report::default()
    };
    let style = terminal.style(Format::Human, Detail::Quiet);
    print(|out| {
        output::render(&left_over, packs, &style, out)?;
        if !left_over.diagnostics.is_empty() {
            let words = text!(
                "the findings above cannot be in a baseline: they are to be mended",
                "لا مكان للمخالفات أعلاه في خط الأساس، فيلزم إصلاحها",
            );
            writeln!(out, "\n{}", words.plain(terminal.lang))?;
        }
        writeln!(out, "{}", words.plain(terminal.lang))
    })
}
