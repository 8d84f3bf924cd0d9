//! `spokeslint check`: reads what was named, checks it in parallel, writes one report in the formats wanted.

mod fixes;
mod leniency;
mod outputs;
mod shared;
pub(super) mod work;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use spokeslint::discover::Input;
use spokeslint::engine::{Part, Report};
use spokeslint::output::{self, Detail, Format};
use spokeslint::pack::Packs;
use spokeslint::suppress::Ready;
use spokeslint::{Error, Severity, Source, repository};

use crate::cli::chosen::ChosenArguments;
use crate::cli::paths::{Found, PathArguments};
use crate::cli::project::{Project, reads};
use crate::cli::terminal::{Terminal, print, print_aside};
use crate::cli::{FailOn, Verdict};
pub(super) use leniency::{LeniencyArguments, Read};

use fixes::{FixArguments, Job, Mended};
use leniency::without_waivers;
use outputs::{Outputs, Protected};
use shared::agree;
use work::{Checked, Piped, Wanted, check, hindrances, in_pool, nothing_found};

const EXAMPLES: &str = "\
Examples:
  spokeslint check                            every YAML file below the current folder
  spokeslint check 'agencies/*.yaml' --lang ar
  spokeslint check --select handover --fail-on error agencies/
  cat a.yaml | spokeslint check -
  cat a.yaml | spokeslint check --stdin-filename agencies/a.yaml -

Exit codes: 0 no problems, 1 problems at or above --fail-on, 2 the tool could not do its job";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    paths: PathArguments,
    #[command(flatten)]
    outputs: Outputs,
    #[command(flatten)]
    fixes: FixArguments,
    #[command(flatten)]
    leniency: LeniencyArguments,
    #[command(flatten)]
    chosen: ChosenArguments,
    /// The lightest finding that makes the exit code 1 [default: that of the settings, or warning]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Print the findings and no summary
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Also list the files that were passed over
    #[arg(short, long)]
    verbose: bool,
    /// List every file found, with `checked` or the reason why it is not, and check nothing
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes", "diff", "fix_only"])]
    show_files: bool,
    /// How many threads to use [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

pub(super) fn run(
    arguments: &Arguments,
    project: &Project,
    terminal: &Terminal,
) -> Result<Verdict, Error> {
    let outputs = &arguments.outputs;
    let chosen = arguments.chosen.chosen(outputs.any(Format::tells_of_rules));
    let mut found = arguments.paths.discover(project, &chosen);
    if let Some(error) = found.unsound(terminal) {
        return Err(error);
    }
    let leniencies = arguments.leniency.read_all(&found.domains, project)?;
    let targets = outputs.targets(&Protected {
        inputs: found.inputs().collect(),
        holds_document: &|input| holds_document(&found, input),
        others: arguments.others(&found),
    })?;
    let piped = Piped::default();
    let mut mended = Mended::default();
    if let Some(job) = arguments.fixes.job() {
        mended = arguments.mend(job, (&found, &leniencies), &piped)?;
        if !matches!(job, Job::Fix(_)) {
            return job.show(mended, hindrances(found), terminal);
        }
    }
    let mut all = std::mem::take(&mut found.errors);
    let checked = in_pool(arguments.threads, || {
        check(&found, (&piped, arguments.wanted()))
    })?;
    let Checked {
        mut parts,
        excluded,
        errors,
    } = checked;
    let waived = arguments.set_aside(&mut parts, (&found, &leniencies));
    let fails = arguments.fails(&parts, &found);
    let packs = found.domains.packs();
    let mut report = joined(parts, &found, excluded);
    all.extend(errors);
    all.append(&mut mended.errors);
    report.fixed = mended.count();
    if arguments.show_files {
        return show_files(&report, &all, arguments.outputs.format(), terminal);
    }
    all.extend(nothing_found(&report, &all).filter(|_| !arguments.paths.as_found));
    report.failures = all.iter().map(Error::text).collect();
    repository::locate(&mut report);
    for target in targets {
        let told = (terminal.lang, arguments.detail());
        all.extend(target.write(&report, &packs, told).err());
    }
    arguments.tell((&report, &packs), mended.is_printed, terminal)?;
    for error in &all {
        terminal.complain(error);
    }
    let waived = waived.filter(|_| !arguments.quiet).map(without_waivers);
    for note in outputs.caution(&report).iter().chain(&waived) {
        terminal.mention(note);
    }
    Ok(match report.broken || !all.is_empty() {
        true => Verdict::Failed,
        false if fails => Verdict::Found,
        false => Verdict::Clean,
    })
}

/// Returns whether a file that was found holds a document, sound or not; true if nobody can tell.
fn holds_document(found: &Found, input: &Input) -> bool {
    let source = crate::cli::read(input).ok().and_then(Result::ok);
    let Some((source, domain)) = source.zip(found.domains.of(input)) else {
        return true;
    };
    let report = domain.engine.check_part(&Arc::new(source), false);
    report.documents > 0 || !report.diagnostics.is_empty()
}

/// Lists what becomes of each file, whatever is found in it.
fn show_files(
    report: &Report,
    errors: &[Error],
    format: Format,
    terminal: &Terminal,
) -> Result<Verdict, Error> {
    let style = terminal.style(format, Detail::Normal);
    print(|out| output::inventory(report, &style, out))?;
    for error in errors {
        terminal.complain(error);
    }
    Ok(if errors.is_empty() {
        Verdict::Clean
    } else {
        Verdict::Failed
    })
}

impl Arguments {
    /// Returns the reason why the arguments do not go together, if there is one.
    pub(super) fn misuse(&self) -> Option<&'static str> {
        self.paths.misuse()
    }

    /// Mends the files, each by its own settings.
    fn mend(
        &self,
        job: Job,
        (found, leniencies): (&Found, &[Read]),
        piped: &Piped,
    ) -> Result<Mended, Error> {
        let all = found.domains.iter().zip(leniencies);
        let ready: Vec<Ready<'_>> = all
            .map(|(domain, read)| read.leniency.ready(&domain.engine))
            .collect();
        let judge = |input: &Input, source: &Arc<Source>| {
            let place = found.domains.number(input).zip(found.domains.of(input));
            let Some((place, domain)) = place else {
                return Report::default();
            };
            let mut report = domain.engine.check_part(source, input.named);
            ready[place].set_aside(&mut report);
            report
        };
        in_pool(self.threads, || job.mend(&judge, &found.taken, piped))
    }

    /// What is read besides the inputs, and so must not be written over.
    fn others(&self, found: &Found) -> Vec<PathBuf> {
        let named = self.chosen.folders().iter().chain(self.leniency.files());
        let configs = found.domains.iter().flat_map(|domain| {
            let stack = &domain.stack;
            stack.own.iter().chain(&stack.outer)
        });
        let read = configs.flat_map(|config| reads(config));
        read.chain(named.cloned()).collect()
    }

    /// Sets aside in each part what its settings allow, and adds what is to be said of the settings; returns how many
    /// findings waivers would set aside that are not wanted.
    fn set_aside(
        &self,
        parts: &mut [Part<'_>],
        (found, leniencies): (&Found, &[Read]),
    ) -> Option<usize> {
        let mut waived = None;
        let domains = found.domains.iter().zip(leniencies).zip(&found.unmatched);
        for (part, ((domain, leniency), unmatched)) in parts.iter_mut().zip(domains) {
            let report = &mut part.report;
            if report.documents > 0 {
                report.diagnostics.extend(domain.idle.iter().cloned());
                report.diagnostics.extend(unmatched.iter().cloned());
            }
            report.shares = vec![domain.share(report.documents)];
            let is_complete = self.paths.are_whole(domain.config());
            if let Some(count) = leniency.apply(report, part.engine, is_complete) {
                waived = Some(waived.unwrap_or(0) + count);
            }
            // Files that set findings aside may lie under other settings than those that name them.
            for other in leniencies {
                other.forget(report);
            }
        }
        let named = self
            .leniency
            .files()
            .filter_map(|path| path.canonicalize().ok());
        agree(parts, (&found.domains, leniencies), &named.collect());
        waived
    }

    /// Returns whether a finding makes the check fail, by the settings of its file.
    fn fails(&self, parts: &[Part<'_>], found: &Found) -> bool {
        let flag = self.fail_on.map(Severity::from);
        let mut all = parts.iter().zip(found.domains.iter());
        all.any(|(part, domain)| {
            let fail_on = domain.fail_on(flag);
            let mut findings = part.report.diagnostics.iter();
            findings.any(|found| part.engine.fails(found, fail_on))
        })
    }

    fn wanted(&self) -> Wanted {
        Wanted {
            quiet: self.quiet,
            names: self.show_files || self.outputs.any(Format::lists_files),
        }
    }

    /// Prints a report, on standard error where a mended text stands on standard output.
    fn tell(
        &self,
        (report, packs): (&Report, &Packs),
        aside: bool,
        terminal: &Terminal,
    ) -> Result<(), Error> {
        let format = self.outputs.format();
        // "No problems" would be a strange thing to say of nothing.
        let is_bare = report.files == 0 && report.passed_over().next().is_none();
        let is_silent = is_bare || (report.is_empty() && !report.failures.is_empty());
        if is_silent && !self.verbose && !format.is_document() {
            return Ok(());
        }
        let style = terminal.style(format, self.detail());
        let render = |out: &mut dyn io::Write| output::render(report, packs, &style, out);
        if aside {
            print_aside(render)
        } else {
            print(render)
        }
    }

    fn detail(&self) -> Detail {
        if self.quiet {
            Detail::Quiet
        } else if self.verbose {
            Detail::Verbose
        } else {
            Detail::Normal
        }
    }
}

/// One report for the files of all settings.
fn joined(parts: Vec<Part<'_>>, found: &Found, excluded: Vec<String>) -> Report {
    let mut report = Report {
        unchecked: found.unchecked.clone(),
        excluded,
        ..Report::default()
    };
    report.excluded.extend(found.excluded.iter().cloned());
    for part in parts {
        report.merge(part.report);
    }
    report.sort();
    found.forget_own(&mut report);
    report
}
