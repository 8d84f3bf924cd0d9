//! `spokeslint baseline`: writes down the findings of now, and takes out what has been mended since.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use spokeslint::domains::Domain;
use spokeslint::engine::Report;
use spokeslint::output::{self, Detail, Format};
use spokeslint::pack::Packs;
use spokeslint::source::display_name;
use spokeslint::suppress::Baseline;
use spokeslint::suppress::baseline::{Growth, Tidied};
use spokeslint::{Error, Source, Text, text};

use super::Verdict;
use super::check::LeniencyArguments;
use super::check::work::{Checked, Piped, Wanted, check, in_pool};
use super::chosen::ChosenArguments;
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

impl Arguments {
    /// Returns the reason why the arguments do not go together, if there is one.
    pub(super) fn misuse(&self) -> Option<&'static str> {
        self.paths.misuse()
    }
}

/// The baseline of the files under some settings.
struct Target<'t> {
    domain: &'t Domain,
    path: PathBuf,
    /// The file as it is, if it is there.
    old: Option<Arc<Source>>,
}

pub(super) fn run(
    arguments: &Arguments,
    project: &Project,
    terminal: &Terminal,
) -> Result<Verdict, Error> {
    let chosen = arguments.chosen.chosen(false);
    let mut found = arguments.paths.discover(project, &chosen);
    if let Some(last) = found.errors.pop() {
        found
            .errors
            .iter()
            .for_each(|error| terminal.complain(error));
        return Err(last);
    }
    let targets = arguments.targets(&found, project)?;
    let wanted = Wanted {
        quiet: true,
        ..Wanted::default()
    };
    let piped = Piped::default();
    let Checked { parts, errors, .. } = in_pool(None, || check(&found, (&piped, wanted)))?;
    if let Some(error) = errors.into_iter().next() {
        return Err(error);
    }
    let is_alone = targets.len() == 1;
    let mut verdict = Verdict::Clean;
    for (target, part) in targets.iter().zip(parts) {
        let is_empty = part.report.documents == 0 && part.report.diagnostics.is_empty();
        // Settings under which nothing is need no baseline.
        if is_alone || !is_empty || target.old.is_some() {
            let written = arguments.write(target, part.report, terminal)?;
            if written != Verdict::Clean {
                verdict = written;
            }
        }
    }
    Ok(verdict)
}

impl Arguments {
    /// Returns the baselines: one for the files under each of the settings.
    fn targets<'t>(&self, found: &'t Found, project: &Project) -> Result<Vec<Target<'t>>, Error> {
        let domains: Vec<&Domain> = found.domains.iter().collect();
        if let (Some(path), true) = (self.leniency.file(), domains.len() > 1) {
            return Err(Error::Untouchable {
                path: display_name(&path),
                reason: text!(
                    "these files have different settings, each with its own baseline; leave out \
                     `--baseline`, or name files that share the same settings",
                    "تخضع الملفات لإعدادات مختلفة، لكل منها خط أساس خاص بها؛ احذف `--baseline`، أو حدِّد ملفات تخضع للإعدادات نفسها",
                ),
            });
        }
        let target = |domain: &&'t Domain| {
            let path = self.leniency.file();
            let path = match path {
                Some(named) => named,
                None => project.baseline(domain.config())?,
            };
            let old = read(&path)?;
            if old.is_some() && !self.update {
                return Err(Error::BaselineExists(display_name(&path)));
            }
            Ok(Target { domain, path, old })
        };
        let targets: Vec<Target<'t>> = domains.iter().map(target).collect::<Result<_, _>>()?;
        for (place, one) in targets.iter().enumerate() {
            if targets[..place]
                .iter()
                .any(|other| is_same(&one.path, &other.path))
            {
                return Err(Error::Untouchable {
                    path: display_name(&one.path),
                    reason: text!(
                        "several settings files name it; give each its own `baseline`",
                        "يذكره أكثر من ملف إعدادات؛ حدِّد في كل ملف منها `baseline` خاصًا به",
                    ),
                });
            }
        }
        Ok(targets)
    }

    /// Writes a baseline, and says what became of it.
    fn write(
        &self,
        Target { domain, path, old }: &Target<'_>,
        mut report: Report,
        terminal: &Terminal,
    ) -> Result<Verdict, Error> {
        let engine = &domain.engine;
        let is_complete = self.paths.are_whole(domain.config());
        let mut lenient = self.leniency.read_waivers(domain.config())?;
        let baseline = old.as_ref().map(Baseline::read).transpose();
        lenient.leniency.baseline = baseline.map_err(Error::Baseline)?;
        lenient.apply(&mut report, engine, is_complete);
        let growth = if self.accept_new {
            Growth::Accepted
        } else {
            Growth::Refused
        };
        let tidied = match &lenient.leniency.baseline {
            None => Baseline::first(&report, engine),
            Some(baseline) => baseline.updated(&report, engine, (growth, is_complete)),
        };
        match old {
            None => create(path, &tidied.text)?,
            Some(source) if source.text() == tidied.text => {}
            Some(source) => replace(path, source.text(), &tidied.text)?,
        }
        let words = match old {
            None => tidied.first_words(&display_name(path)),
            Some(_) => tidied.update_words(&display_name(path)),
        };
        say(&tidied, &domain.packs, &words, terminal)?;
        let is_refused = self.update && !self.accept_new && tidied.new > 0;
        if is_refused {
            terminal.complain(&Error::BaselineGrows(display_name(path), tidied.new));
        }
        Ok(if is_refused || !tidied.left_over.is_empty() {
            Verdict::Found
        } else {
            Verdict::Clean
        })
    }
}

/// Returns whether two paths lead to one file, which need not be there.
fn is_same(one: &Path, other: &Path) -> bool {
    let folder = |path: &Path| {
        let folder = path.parent().unwrap_or(Path::new(""));
        Path::new(".").join(folder).canonicalize().ok()
    };
    one.file_name() == other.file_name() && folder(one) == folder(other)
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
