//! `spokeslint check`: reads what was named, checks it in parallel, writes one report in the formats wanted.

mod fixes;
mod leniency;
mod outputs;
pub(super) mod work;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use spokeslint::config::Config;
use spokeslint::engine::Report;
use spokeslint::output::{self, Detail, Format};
use spokeslint::pack::Packs;
use spokeslint::{Diagnostic, Error, Severity, Source};

use crate::cli::chosen::ChosenArguments;
use crate::cli::paths::PathArguments;
use crate::cli::project::Project;
use crate::cli::terminal::{Terminal, print, print_aside};
use crate::cli::{FailOn, Verdict};
pub(super) use leniency::{LeniencyArguments, home};

use fixes::{FixArguments, Job, Mended};
use outputs::{Outputs, Protected};
use work::{Piped, Wanted, check, hindrances, in_pool, nothing_found};

const EXAMPLES: &str = "\
Examples:
  spokeslint check                            every YAML file below the current folder
  spokeslint check 'agencies/*.yaml' --lang ar
  spokeslint check --select handover --fail-on error agencies/
  cat a.yaml | spokeslint check -

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
    let threads = arguments.threads;
    let chosen = arguments
        .chosen
        .open(project, outputs.any(Format::tells_of_rules))?;
    let engine = &chosen.engine;
    let found = arguments.paths.discover(project);
    let leniency = arguments.leniency.read(project)?;
    let targets = outputs.targets(&Protected {
        inputs: &found.discovery.inputs,
        others: arguments.others(project),
    })?;
    let piped = Piped::default();
    let mut mended = Mended::default();
    if let Some(job) = arguments.fixes.job() {
        let judge = |source: &Arc<Source>, named: bool| {
            let mut report = engine.check_part(source, named);
            leniency.set_aside(&mut report, engine);
            report
        };
        mended = in_pool(threads, || {
            job.mend(&judge, &found.discovery.inputs, &piped)
        })?;
        if !matches!(job, Job::Fix(_)) {
            return job.show(mended, hindrances(found.discovery), terminal);
        }
    }
    let (mut report, mut errors) = in_pool(threads, || {
        check(engine, found.discovery, (&piped, arguments.wanted()))
    })?;
    errors.append(&mut mended.errors);
    report.fixed = mended.count();
    report.excluded = found.excluded;
    report.diagnostics.extend(chosen.idle);
    report.diagnostics.extend(found.unmatched);
    project.forget_own(&mut report);
    let waived = leniency.apply(&mut report, engine, arguments.paths.are_whole(project));
    errors.extend(nothing_found(&report, &errors).filter(|_| !arguments.paths.as_found));
    report.failures = errors.iter().map(Error::text).collect();
    for target in targets {
        let told = (terminal.lang, arguments.detail());
        errors.extend(target.write(&report, &chosen.packs, told).err());
    }
    arguments.tell((&report, &chosen.packs), mended.is_printed, terminal)?;
    for error in &errors {
        terminal.complain(error);
    }
    let waived = waived.filter(|_| !arguments.quiet);
    for said in outputs.caution(&report).into_iter().chain(waived) {
        terminal.mention(&said);
    }
    let fail_on = arguments.fail_on(project.config());
    let fails = |found: &Diagnostic| engine.fails(found, fail_on);
    Ok(if report.broken || !errors.is_empty() {
        Verdict::Failed
    } else if report.diagnostics.iter().any(fails) {
        Verdict::Found
    } else {
        Verdict::Clean
    })
}

impl Arguments {
    /// What is read besides the inputs, and so must not be written over.
    fn others(&self, project: &Project) -> Vec<PathBuf> {
        let named = self.chosen.folders().iter().chain(self.leniency.files());
        project.reads().into_iter().chain(named.cloned()).collect()
    }

    fn wanted(&self) -> Wanted {
        Wanted {
            quiet: self.quiet,
            names: self.outputs.any(Format::lists_files),
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
        let is_silent = report.files == 0 || (report.is_empty() && !report.failures.is_empty());
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

    /// The lightest finding that makes the exit code 1.
    fn fail_on(&self, config: Option<&Config>) -> Severity {
        let said = config
            .and_then(Config::fail_on)
            .map(|(severity, _)| severity);
        let flag = self.fail_on.map(Severity::from);
        flag.or(said).unwrap_or(Severity::Warning)
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
