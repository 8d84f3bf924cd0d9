//! `spokeslint check`: reads what was named, checks it in parallel, prints one report.

mod fixes;

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use clap::{Args, ValueEnum};
use rayon::prelude::*;
use spokeslint::config::{Config, FILE_NAME};
use spokeslint::date::Date;
use spokeslint::discover::{self, Discovery, Input, Origin};
use spokeslint::engine::{Engine, Report, Settings};
use spokeslint::output::{self, Detail, Format};
use spokeslint::text::Text;
use spokeslint::{Diagnostic, Error, Severity, Source};

use crate::cli::progress::Progress;
use crate::cli::project::Project;
use crate::cli::terminal::{Terminal, print, print_aside};
use fixes::{FixArguments, Job, Mended};

use crate::cli::{PackArguments, Verdict, parse_date, read, today};

const EXAMPLES: &str = "\
Examples:
  spokeslint check                            every YAML file below the current folder
  spokeslint check 'agencies/*.yaml' --lang ar
  spokeslint check --select handover --fail-on error agencies/
  spokeslint check --fix agencies/            mend what can be mended safely
  cat a.yaml | spokeslint check -

Exit codes: 0 no problems, 1 problems at or above --fail-on, 2 the tool could not do its job";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Files, folders, quoted glob patterns, or `-` for standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// How to print the findings
    #[arg(long, value_enum, default_value = "human")]
    format: OutputFormat,
    /// The choice of rules; `spokeslint rules` lists the profiles [default: that of the settings, or recommended]
    #[arg(long)]
    profile: Option<String>,
    #[command(flatten)]
    fixes: FixArguments,
    #[command(flatten)]
    packs: PackArguments,
    /// Rules or packs to check, instead of the profile's; separated by commas, may be repeated
    #[arg(long, value_name = "RULE|PACK", value_delimiter = ',')]
    select: Vec<String>,
    /// Rules or packs to leave out; separated by commas, may be repeated
    #[arg(long, value_name = "RULE|PACK", value_delimiter = ',')]
    ignore: Vec<String>,
    /// The day that counts as today, such as 2026-01-31 or '1447-08-12 AH' [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_of: Option<Date>,
    /// The lightest finding that makes the exit code 1
    #[arg(long, value_enum, default_value = "warning", value_name = "SEVERITY")]
    fail_on: FailOn,
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

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    /// Any finding
    Note,
    /// Warnings and errors
    Warning,
    /// Errors only
    Error,
}

pub(super) fn run(
    arguments: &Arguments,
    project: &Project,
    terminal: &Terminal,
) -> Result<Verdict, Error> {
    let engine = engine(arguments, project)?;
    let found = discover::discover(&arguments.paths);
    // Standard input can be read only once.
    let piped = OnceLock::new();
    let mended = match arguments.fixes.job() {
        None => Mended::default(),
        Some(job) => {
            let threads = arguments.threads;
            let mended = in_pool(threads, || job.mend(&engine, &found.inputs, &piped))?;
            match job {
                Job::Fix { .. } => mended,
                Job::FixOnly { .. } | Job::Diff { .. } => {
                    return job.show(mended, idle(found), terminal);
                }
            }
        }
    };
    let (mut report, errors) = in_pool(arguments.threads, || {
        check(&engine, found, (&piped, arguments.quiet))
    })?;
    report.fixed = mended.count();
    let errors: Vec<Error> = errors.into_iter().chain(mended.errors).collect();
    let nothing = nothing_found(&report, &errors);
    // "No problems" would be a strange thing to say of nothing.
    let silent = nothing.is_some() || report.files == 0;
    if !silent || arguments.verbose || arguments.format.is_for_programs() {
        let style = terminal.style(arguments.format.into(), arguments.detail());
        if mended.is_printed {
            print_aside(|out| output::render(&report, &style, out))?;
        } else {
            print(|out| output::render(&report, &style, out))?;
        }
    }
    let failed = report.broken || !errors.is_empty() || nothing.is_some();
    for error in errors.iter().chain(&nothing) {
        terminal.complain(error);
    }
    Ok(if failed {
        Verdict::Failed
    } else if report.worst() >= Some(arguments.fail_on.into()) {
        Verdict::Found
    } else {
        Verdict::Clean
    })
}

fn engine(arguments: &Arguments, project: &Project) -> Result<Engine, Error> {
    let config = project.config();
    let settings = arguments.settings(config);
    let packs = if config.is_none() && arguments.packs.folders.is_empty() {
        settings.builtin()?
    } else {
        arguments.packs.load(project)?
    };
    Engine::new(&packs, &settings).map_err(|error| {
        let chosen = config.filter(|_| !arguments.chooses());
        let blamed = match &error {
            Error::Contradiction(pairs) => chosen.and_then(|config| config.blame(pairs, &error)),
            _ => None,
        };
        blamed.unwrap_or(error)
    })
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

/// What was read from standard input, or what is wrong with it.
type Piped = OnceLock<Result<Arc<Source>, Box<Diagnostic>>>;

/// Checks all inputs. A file that cannot be read does not keep the others from being checked.
fn check(
    engine: &Engine,
    found: Discovery,
    (piped, quiet): (&Piped, bool),
) -> (Report, Vec<Error>) {
    let Discovery {
        inputs,
        passed_over,
        mut errors,
    } = found;
    let progress = Progress::new(inputs.len(), quiet);
    let done = AtomicUsize::new(0);
    let reports: Vec<Result<Report, Error>> = inputs
        .par_iter()
        .map(|input| {
            let report = check_one(engine, input, piped);
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
    let reopen = |name: &str| reopen(&inputs, name, piped);
    errors.extend(engine.check_workspace(&mut report, &reopen));
    (report, errors)
}

fn check_one(engine: &Engine, input: &Input, piped: &Piped) -> Result<Report, Error> {
    let source = match (&input.origin, piped.get()) {
        (Origin::Stdin, Some(known)) => known.clone(),
        (Origin::Stdin, None) => {
            let source = read(input)?.map(Arc::new);
            piped.get_or_init(|| source.clone());
            source
        }
        (Origin::File(_), _) => read(input)?.map(Arc::new),
    };
    let source = match source {
        Ok(source) => source,
        Err(diagnostic) => return Ok(Report::of_unreadable(*diagnostic)),
    };
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
        (Origin::Stdin, Some(Ok(source))) => Ok(Arc::clone(source)),
        (Origin::Stdin, _) => Err(changed()),
        (Origin::File(_), _) => read(input)?.map(Arc::new).map_err(|_| changed()),
    }
}

/// What keeps inputs from being mended, that there are none included.
fn idle(found: Discovery) -> Vec<Error> {
    let report = Report {
        passed_over: found.passed_over,
        ..Report::default()
    };
    let nothing = nothing_found(&report, &found.errors).filter(|_| found.inputs.is_empty());
    found.errors.into_iter().chain(nothing).collect()
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
    /// Whether the command line chooses the rules, whatever the settings say.
    fn chooses(&self) -> bool {
        self.profile.is_some() || !self.select.is_empty()
    }

    /// What the command line says, and the project's settings where it says nothing.
    fn settings(&self, config: Option<&Config>) -> Settings {
        let mut settings = Settings::new(self.as_of.unwrap_or_else(today));
        if let Some(config) = config {
            if let (Some(profile), false) = (config.profile(), self.chooses()) {
                profile.clone_into(&mut settings.profile);
            }
            if !self.chooses() {
                settings.select = config.select();
            }
            settings.ignore = config.ignore();
        }
        if let Some(profile) = &self.profile {
            settings.profile.clone_from(profile);
        }
        if !self.select.is_empty() {
            settings.select.clone_from(&self.select);
        }
        if !self.ignore.is_empty() {
            settings.ignore.clone_from(&self.ignore);
        }
        settings
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

impl From<FailOn> for Severity {
    fn from(fail_on: FailOn) -> Self {
        match fail_on {
            FailOn::Note => Self::Note,
            FailOn::Warning => Self::Warning,
            FailOn::Error => Self::Error,
        }
    }
}
