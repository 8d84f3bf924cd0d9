//! `spokeslint check`: reads what was named, checks it in parallel, prints one report.

mod outputs;

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
use spokeslint::pack::Packs;
use spokeslint::text::Text;
use spokeslint::{Error, Severity, Source};

use outputs::{Outputs, Protected};

use crate::cli::progress::Progress;
use crate::cli::project::Project;
use crate::cli::terminal::{Terminal, print};
use crate::cli::{PackArguments, Verdict, parse_date, read, today};

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
    #[command(flatten)]
    outputs: Outputs,
    /// The choice of rules; `spokeslint rules` lists the profiles [default: that of the settings, or recommended]
    #[arg(long)]
    profile: Option<String>,
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
    let packs = packs(arguments, project)?;
    let engine = engine(arguments, project, &packs)?;
    let found = discover::discover(&arguments.paths);
    let targets = arguments.outputs.targets(&Protected {
        inputs: &found.inputs,
        others: [project.reads(), arguments.packs.folders.clone()].concat(),
    })?;
    let (mut report, mut errors) = in_pool(arguments.threads, || check(&engine, found, arguments))?;
    let nothing = nothing_found(&report, &errors);
    // "No problems" would be a strange thing to say of nothing.
    let silent = nothing.is_some() || report.files == 0;
    errors.extend(nothing);
    report.failures = errors.iter().map(Error::text).collect();
    let told = (terminal.lang, arguments.detail());
    for target in targets {
        errors.extend(target.write(&report, &packs, told).err());
    }
    let format = arguments.outputs.format();
    if !silent || arguments.verbose || format.is_document() {
        let style = terminal.style(format, arguments.detail());
        print(|out| output::render(&report, &packs, &style, out))?;
    }
    for error in &errors {
        terminal.complain(error);
    }
    Ok(if report.broken || !errors.is_empty() {
        Verdict::Failed
    } else if report.worst() >= Some(arguments.fail_on.into()) {
        Verdict::Found
    } else {
        Verdict::Clean
    })
}

/// As much of the packs as is needed.
fn packs(arguments: &Arguments, project: &Project) -> Result<Packs, Error> {
    let is_plain = project.config().is_none() && arguments.packs.folders.is_empty();
    if is_plain && !arguments.outputs.any(Format::tells_of_rules) {
        arguments.settings(None).builtin()
    } else {
        arguments.packs.load(project)
    }
}

fn engine(arguments: &Arguments, project: &Project, packs: &Packs) -> Result<Engine, Error> {
    let config = project.config();
    let settings = arguments.settings(config);
    Engine::new(packs, &settings).map_err(|error| {
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

/// What was read from standard input.
type Piped = OnceLock<Arc<Source>>;

/// Checks all inputs. A file that cannot be read does not keep the others from being checked.
fn check(engine: &Engine, found: Discovery, arguments: &Arguments) -> (Report, Vec<Error>) {
    let Discovery {
        inputs,
        passed_over,
        mut errors,
    } = found;
    let progress = Progress::new(inputs.len(), arguments.quiet);
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
    let keeps_names = arguments.outputs.any(Format::lists_files);
    for (input, result) in inputs.iter().zip(reports) {
        match result {
            Ok(one) => {
                if keeps_names && one.files > 0 && one.passed_over.is_empty() {
                    report.checked.push(input.name.clone());
                }
                report.merge(one);
            }
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

impl From<FailOn> for Severity {
    fn from(fail_on: FailOn) -> Self {
        match fail_on {
            FailOn::Note => Self::Note,
            FailOn::Warning => Self::Warning,
            FailOn::Error => Self::Error,
        }
    }
}
