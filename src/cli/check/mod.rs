//! `spokeslint check`: reads what was named, checks it in parallel, prints one report.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use clap::{Args, ValueEnum};
use rayon::prelude::*;
use spokeslint::config::{Config, FILE_NAME};
use spokeslint::discover::{self, Discovery, Input, Origin};
use spokeslint::engine::{Engine, Report};
use spokeslint::output::{self, Detail, Format};
use spokeslint::text::Text;
use spokeslint::{Diagnostic, Error, Severity, Source};

use crate::cli::chosen::{Chosen, ChosenArguments};
use crate::cli::progress::Progress;
use crate::cli::project::Project;
use crate::cli::terminal::{Terminal, print};
use crate::cli::{FailOn, Verdict, read};

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
    /// Files, folders, quoted glob patterns, or `-` for standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Treat files that are named as if found by walking: what is no document of ours is passed over, and
    /// nothing left to check is no error; for hooks that name every file that changed
    #[arg(long)]
    as_found: bool,
    /// How to print the findings
    #[arg(long, value_enum, default_value = "human")]
    format: OutputFormat,
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

#[derive(Clone, Copy, ValueEnum)]
enum OutputFormat {
    /// Snippets with labels, reasons and advice
    Human,
    /// One line per finding
    Concise,
    /// Everything, in both languages, for programs
    Json,
}

pub(super) fn run(
    arguments: &Arguments,
    project: &Project,
    terminal: &Terminal,
) -> Result<Verdict, Error> {
    let Chosen {
        engine, mut idle, ..
    } = arguments.chosen.open(project, false)?;
    let mut found = arguments.discover();
    idle.extend(unmatched(arguments, &found, project.config()));
    let excluded = exclude(&mut found, project.config());
    let (mut report, errors) =
        in_pool(arguments.threads, || check(&engine, found, arguments.quiet))?;
    report.excluded = excluded;
    if let Some(config) = project.config() {
        // What belongs to the project is expected to be no document.
        report.passed_over.retain(|name| !config.is_own(name));
    }
    report.diagnostics.extend(idle);
    report.sort();
    let nothing = nothing_found(&report, &errors).filter(|_| !arguments.as_found);
    // "No problems" would be a strange thing to say of nothing.
    let silent = nothing.is_some() || report.files == 0;
    if !silent || arguments.verbose || arguments.format.is_for_programs() {
        let style = terminal.style(arguments.format.into(), arguments.detail());
        print(|out| output::render(&report, &style, out))?;
    }
    let failed = report.broken || !errors.is_empty() || nothing.is_some();
    for error in errors.iter().chain(&nothing) {
        terminal.complain(error);
    }
    let fails = |found: &Diagnostic| engine.fails(found, arguments.fail_on(project.config()));
    Ok(if failed {
        Verdict::Failed
    } else if report.diagnostics.iter().any(fails) {
        Verdict::Found
    } else {
        Verdict::Clean
    })
}

/// Takes out what the settings exclude; returns the names. What is named is checked all the same.
fn exclude(found: &mut Discovery, config: Option<&Config>) -> Vec<String> {
    let Some(config) = config else {
        return Vec::new();
    };
    let inputs = std::mem::take(&mut found.inputs);
    let (taken, excluded): (Vec<Input>, Vec<Input>) = inputs
        .into_iter()
        .partition(|input| input.named || config.takes(&input.name));
    found.inputs = taken;
    excluded.into_iter().map(|input| input.name).collect()
}

/// What is said of patterns in the settings that fit nothing, where everything was looked at.
fn unmatched(arguments: &Arguments, found: &Discovery, config: Option<&Config>) -> Vec<Diagnostic> {
    let config = config.filter(|config| config.is_covered(&arguments.paths));
    let names = found.inputs.iter().map(|input| input.name.as_str());
    config.map_or_else(Vec::new, |config| config.idle(names))
}

/// Runs on as many threads as asked for.
fn in_pool<T: Send>(threads: Option<u16>, work: impl FnOnce() -> T + Send) -> Result<T, Error> {
    let Some(threads) = threads else {
        return Ok(work());
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.into())
        .build()
        .map_err(|error| Error::Threads(io::Error::other(error)))?;
    Ok(pool.install(work))
}

/// What was read from standard input.
type Piped = OnceLock<Arc<Source>>;

/// Checks all inputs. A file that cannot be read does not keep the others from being checked.
fn check(engine: &Engine, found: Discovery, quiet: bool) -> (Report, Vec<Error>) {
    let Discovery {
        inputs,
        passed_over,
        mut errors,
    } = found;
    let progress = Progress::new(inputs.len(), quiet);
    let done = AtomicUsize::new(0);
    // Standard input can be read only once.
    let piped = OnceLock::new();
    let reports: Vec<Result<Report, Error>> = inputs
        .par_iter()
        .map(|input| {
            let report = check_one(engine, input, &piped);
            progress.update(done.fetch_add(1, Ordering::Relaxed) + 1);
            report
        })
        .collect();
    let mut report = Report {
        passed_over,
        ..Report::default()
    };
    for result in reports {
        match result {
            Ok(one) => report.merge(one),
            Err(error) => errors.push(error),
        }
    }
    let reopen = |name: &str| reopen(&inputs, name, &piped);
    errors.extend(engine.check_workspace(&mut report, &reopen));
    (report, errors)
}

fn check_one(engine: &Engine, input: &Input, piped: &Piped) -> Result<Report, Error> {
    let source = match read(input)? {
        Ok(source) => Arc::new(source),
        Err(diagnostic) => return Ok(Report::of_unreadable(*diagnostic)),
    };
    if input.origin == Origin::Stdin {
        piped.get_or_init(|| Arc::clone(&source));
    }
    Ok(engine.check_part(&source, input.named))
}

/// Opens an input that was checked before; the inputs are sorted by name.
fn reopen(inputs: &[Input], name: &str, piped: &Piped) -> Result<Arc<Source>, Error> {
    let changed = || Error::Changed {
        path: name.to_owned(),
    };
    let place = inputs.binary_search_by(|input| input.name.as_str().cmp(name));
    let input = &inputs[place.map_err(|_| changed())?];
    match (&input.origin, piped.get()) {
        (Origin::Stdin, Some(source)) => Ok(Arc::clone(source)),
        (Origin::Stdin, None) => Err(changed()),
        (Origin::File(_), _) => read(input)?.map(Arc::new).map_err(|_| changed()),
    }
}

/// The error that files were found, but nothing of ours in them.
fn nothing_found(report: &Report, errors: &[Error]) -> Option<Error> {
    if report.documents > 0 || !report.diagnostics.is_empty() || !errors.is_empty() {
        return None;
    }
    let first = report.passed_over.first().map_or("", String::as_str);
    let (en, ar) = match report.passed_over.len() {
        0 => (
            format!("`{FILE_NAME}`, which holds the settings"),
            format!("`{FILE_NAME}`، وهو ملف الإعدادات"),
        ),
        1 => (
            format!("`{first}`, the only YAML file"),
            format!("`{first}`، وهو ملف YAML الوحيد"),
        ),
        count => (
            format!("{count} YAML files such as `{first}`"),
            format!("ملفات YAML، وعددها {count}، ومنها `{first}`"),
        ),
    };
    Some(Error::NothingFound(Text::new(
        format!("{en}; documents begin with `apiVersion: spokeslint/v1`"),
        format!("{ar}؛ تبدأ المستندات بالسطر `apiVersion: spokeslint/v1`"),
    )))
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

    fn discover(&self) -> Discovery {
        if self.as_found {
            discover::discover_as_found(&self.paths)
        } else {
            discover::discover(&self.paths)
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

impl OutputFormat {
    fn is_for_programs(self) -> bool {
        matches!(self, Self::Json)
    }
}

impl From<OutputFormat> for Format {
    fn from(format: OutputFormat) -> Self {
        match format {
            OutputFormat::Human => Self::Human,
            OutputFormat::Concise => Self::Concise,
            OutputFormat::Json => Self::Json,
        }
    }
}
