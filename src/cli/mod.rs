//! The command line: arguments in, exit code out. Only this module reads the clock, the environment
//! and standard input, and only it prints.

mod baseline;
mod check;
mod chosen;
mod completions;
mod config;
mod eval;
mod explain;
mod init;
mod leftovers;
mod man;
mod paths;
mod pipes;
mod progress;
mod project;
mod replace;
mod rules;
mod schema;
mod terminal;
mod test;
mod trace;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use spokeslint::date::Date;
use spokeslint::discover::{self, Input, Origin};
use spokeslint::engine::Recognizer;
use spokeslint::pack::{Packs, Rule};
use spokeslint::text::{Text, nearest};
use spokeslint::{Diagnostic, Error, Lang, Severity, Source, text};

use project::Project;
use terminal::{Color, Terminal};

/// What the program is called.
const NAME: &str = "spokeslint";

const EXAMPLES: &str = "\
Examples:
  spokeslint init                             settings, a first agency file and a hook
  spokeslint check agencies/                  check every YAML file below a folder
  spokeslint check --format concise a.yaml    one line per finding
  spokeslint explain handover/overdue         why a rule exists, and who argued against it
  spokeslint rules                            all rules and their profiles

Exit codes: 0 no problems, 1 problems, 2 the tool could not do its job";

/// A policy linter for who speaks for an institution: its accounts, the offices that speak, and what
/// happens when their holders leave
#[derive(Parser)]
#[command(name = NAME, version, after_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

impl Cli {
    /// The arguments, if they make sense together.
    fn checked(self) -> Result<Self, clap::Error> {
        let misuse = match &self.command {
            Command::Check(arguments) => arguments.misuse(),
            Command::Baseline(arguments) => arguments.misuse(),
            _ => None,
        };
        let error = |words| Self::command().error(ErrorKind::MissingRequiredArgument, words);
        misuse.map_or(Ok(self), |words| Err(error(words)))
    }
}

const SHARED: &str = "Options of every command";

#[derive(Args)]
struct Shared {
    /// The language of messages, English or Arabic [default: that of the settings, or en]
    #[arg(long, global = true, value_enum, help_heading = SHARED)]
    lang: Option<Language>,
    /// When to use colors; `auto` uses them on a terminal, unless `NO_COLOR` is set
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "auto",
        value_name = "WHEN",
        help_heading = SHARED
    )]
    color: Color,
    /// Use this settings file for all files [default: for each file, `spokeslint.yaml` in its folder or the nearest above]
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "no_config", help_heading = SHARED)]
    config: Option<PathBuf>,
    /// Read no settings
    #[arg(long, global = true, help_heading = SHARED)]
    no_config: bool,
    /// Let settings and links in packs lead to this folder outside the project; may be repeated
    #[arg(long, global = true, value_name = "DIR", help_heading = SHARED)]
    allow_outside: Vec<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Language {
    En,
    Ar,
}

#[derive(Subcommand)]
enum Command {
    /// Check agency files, and documents of other kinds that packs define, against the rules
    Check(check::Arguments),
    /// Write the findings of now into a baseline, or take out of it what has been mended
    Baseline(baseline::Arguments),
    /// Begin a project with settings, a first agency file and a hook, or from an inventory
    Init(init::Arguments),
    /// Explain a rule: its reasons, both sides of the debate, its sources and an example
    Explain(explain::Arguments),
    /// List the rules and the profiles they belong to
    Rules(rules::Arguments),
    /// Run the examples of rules: each must fail and pass exactly where it says
    Test(test::Arguments),
    /// Show the settings that hold for a file, and where each of them comes from
    Config(config::Arguments),
    /// Evaluate an expression: its value, its type, and where it came from
    Eval(eval::Arguments),
    /// Show what a rule looks at, and what each of its conditions says there
    Trace(trace::Arguments),
    /// Print the JSON Schema of a kind of file
    Schema(schema::Arguments),
    /// Print what a shell needs to complete commands and options
    Completions(completions::Arguments),
    /// Print the manual page, or write one for each command
    Man(man::Arguments),
}

impl Command {
    fn run(&self, project: &Project, terminal: &Terminal) -> Result<Verdict, Error> {
        match self {
            Self::Check(arguments) => check::run(arguments, project, terminal),
            Self::Baseline(arguments) => baseline::run(arguments, project, terminal),
            Self::Init(arguments) => init::run(arguments, terminal),
            Self::Explain(arguments) => explain::run(arguments, project, terminal),
            Self::Rules(arguments) => rules::run(arguments, project, terminal),
            Self::Test(arguments) => test::run(arguments, project, terminal),
            Self::Config(arguments) => config::run(arguments, project, terminal),
            Self::Eval(arguments) => eval::run(arguments, project, terminal),
            Self::Trace(arguments) => trace::run(arguments, project, terminal),
            Self::Schema(arguments) => schema::run(arguments, project),
            Self::Completions(arguments) => completions::run(arguments),
            Self::Man(arguments) => man::run(arguments),
        }
    }

    /// Whether settings matter: what helps to write them, or knows nothing of them, must not need
    /// sound ones.
    fn works_in_a_project(&self) -> bool {
        match self {
            Self::Schema(arguments) => !arguments.is_built_in(),
            Self::Completions(_) | Self::Man(_) => false,
            Self::Init(_) => false,
            _ => true,
        }
    }
}

/// The packs that a command works with, besides those that come with the tool and those of the settings.
#[derive(Args)]
struct PackArguments {
    /// A folder with rules of your own, in addition to the built-in packs; may be repeated
    #[arg(long = "pack", value_name = "DIR")]
    folders: Vec<PathBuf>,
}

impl PackArguments {
    fn load(&self, project: &Project) -> Result<Packs, Error> {
        project.load(&self.folders)
    }
}

fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|error| {
        let (message, help) = (error.text(), error.help());
        format!("{}; {}", message.plain(Lang::En), help.plain(Lang::En))
    })
}

/// The only look at the clock that a verdict can depend on.
fn today() -> Date {
    let now = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC);
    Date::parse(&now.date().to_string()).expect("the clock shows a day between 1970 and 2189")
}

/// The sources that these paths lead to, with their names; what is no text comes as a finding. Files found
/// by walking that are not ours are passed over, but a search that finds nothing is an error.
fn sources(
    paths: &[PathBuf],
    project: &Project,
    recognizer: &Recognizer,
) -> Result<Vec<NamedRead>, Error> {
    let found = discover::discover(paths, &project.folder());
    if let Some(error) = found.errors.into_iter().next() {
        return Err(error);
    }
    let mut sources = Vec::with_capacity(found.inputs.len());
    for input in &found.inputs {
        let read = read(input)?.map(Arc::new);
        let is_ours = match &read {
            Ok(source) => recognizer.holds_ours(source),
            Err(diagnostic) => recognizer.may_hold_unread(diagnostic),
        };
        if input.named || is_ours {
            sources.push((input.name.clone(), read));
        }
    }
    if sources.is_empty() {
        let names = paths.iter().map(|path| format!("`{}`", path.display()));
        let names: Vec<String> = names.collect();
        return Err(Error::NothingFound(Text::new(
            names.join(", "),
            names.join("، "),
        )));
    }
    Ok(sources)
}

/// The name of an input with its text.
type NamedRead = (String, Read<Arc<Source>>);

/// A text, or what is wrong with the bytes.
type Read<S = Source> = Result<S, Box<Diagnostic>>;

/// Reads an input; what is no text comes back as a finding.
fn read(input: &Input) -> Result<Read, Error> {
    match &input.origin {
        Origin::File(path) => {
            let source = pipes::read(path)?;
            Ok(placed(source, input))
        }
        Origin::Stdin => {
            let read = Source::from_reader(&input.name, io::stdin().lock());
            let read = read.map_err(|source| Error::Read {
                path: input.name.clone(),
                source,
            })?;
            Ok(placed(read, input))
        }
    }
}

/// Returns the text that was read, with the path of the file.
fn placed(text: Read, input: &Input) -> Read {
    text.map(|source| match &input.real {
        Some(real) => source.at(real),
        None => source,
    })
}

/// The rule of an id.
fn rule<'p>(packs: &'p Packs, id: &str) -> Result<&'p Rule, Error> {
    let known = || packs.rules.iter();
    known()
        .find(|rule| rule.id == id)
        .ok_or_else(|| Error::Unknown {
            what: text!("rule", "قاعدة"),
            name: id.to_owned(),
            suggestion: nearest(id, known().map(|rule| rule.id.as_str())).map(str::to_owned),
        })
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

impl From<FailOn> for Severity {
    fn from(fail_on: FailOn) -> Self {
        match fail_on {
            FailOn::Note => Self::Note,
            FailOn::Warning => Self::Warning,
            FailOn::Error => Self::Error,
        }
    }
}

/// What a run amounts to, as the exit code says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// Nothing to mend.
    Clean,
    /// There are findings that count.
    Found,
    /// The tool could not do its job, or not all of it.
    Failed,
}

impl From<Verdict> for ExitCode {
    fn from(verdict: Verdict) -> Self {
        Self::from(match verdict {
            Verdict::Clean => 0,
            Verdict::Found => 1,
            Verdict::Failed => 2,
        })
    }
}

/// Runs the command that the process was started with.
pub(crate) fn run() -> ExitCode {
    let cli = match Cli::try_parse().and_then(Cli::checked) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors; where nobody reads them any more, that is none either.
            let _ = error.print();
            return if error.use_stderr() {
                Verdict::Failed.into()
            } else {
                Verdict::Clean.into()
            };
        }
    };
    let project = if cli.command.works_in_a_project() {
        Project::open(&cli.shared)
    } else {
        Ok(Project::default())
    };
    let lang = match cli.shared.lang {
        Some(Language::En) => Lang::En,
        Some(Language::Ar) => Lang::Ar,
        None => project
            .as_ref()
            .ok()
            .and_then(Project::lang)
            .unwrap_or_default(),
    };
    let terminal = Terminal::new(lang, cli.shared.color);
    project
        .and_then(|project| cli.command.run(&project, &terminal))
        .unwrap_or_else(|error| {
            terminal.complain(&error);
            Verdict::Failed
        })
        .into()
}
