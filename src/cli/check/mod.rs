//! `spokeslint check`: reads what was named, checks it in parallel, writes one report in the formats wanted.

mod fixes;
mod leniency;
mod outputs;
pub(super) mod work;

use std::io;
use std::sync::Arc;

use clap::Args;
use spokeslint::config::Config;
use spokeslint::output::{self, Detail, Format};
use spokeslint::{Diagnostic, Error, Severity, Source};

use crate::cli::chosen::{Chosen, ChosenArguments};
use crate::cli::paths::{Found, PathArguments};
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
    let chosen = &arguments.chosen;
    let Chosen {
        packs,
        engine,
        idle,
        ..
    } = chosen.open(project, outputs.any(Format::tells_of_rules))?;
    let Found {
        discovery,
        excluded,
        unmatched,
    } = arguments.paths.discover(project);
    let targets = outputs.targets(&Protected {
        inputs: &discovery.inputs,
        others: [project.reads(), chosen.folders().to_vec()].concat(),
    })?;
    let wanted = Wanted {
        quiet: arguments.quiet,
        names: outputs.any(Format::lists_files),
    };
    let leniency = arguments.leniency.read(project)?;
    let piped = Piped::default();
    let threads = arguments.threads;
    let mut mended = Mended::default();
    if let Some(job) = arguments.fixes.job() {
        let judge = |source: &Arc<Source>, named: bool| {
            let mut report = engine.check_part(source, named);
            leniency.set_aside(&mut report, &engine);
            report
        };
        mended = in_pool(threads, || job.mend(&judge, &discovery.inputs, &piped))?;
        if !matches!(job, Job::Fix(_)) {
            return job.show(mended, hindrances(discovery), terminal);
        }
    }
    let (mut report, mut errors) =
        in_pool(threads, || check(&engine, discovery, (&piped, wanted)))?;
    report.fixed = mended.count();
    errors.extend(mended.errors);
    report.excluded = excluded;
    report.diagnostics.extend(idle.into_iter().chain(unmatched));
    report.sort();
    project.forget_own(&mut report);
    let waived = leniency.apply(&mut report, &engine, arguments.paths.are_whole(project));
    let nothing = nothing_found(&report, &errors).filter(|_| !arguments.paths.as_found);
    // "No problems" would be a strange thing to say of nothing.
    let silent = nothing.is_some() || report.files == 0;
    errors.extend(nothing);
    report.failures = errors.iter().map(Error::text).collect();
    let told = (terminal.lang, arguments.detail());
    for target in targets {
        errors.extend(target.write(&report, &packs, told).err());
    }
    let format = outputs.format();
    if !silent || arguments.verbose || format.is_document() {
        let style = terminal.style(format, arguments.detail());
        let render = |out: &mut dyn io::Write| output::render(&report, &packs, &style, out);
        if mended.is_printed {
            print_aside(render)?;
        } else {
            print(render)?;
        }
    }
    for error in &errors {
        terminal.complain(error);
    }
    if let (Some(waived), false) = (waived, arguments.quiet) {
        terminal.mention(&waived);
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
