//! `spokeslint config`: the settings that hold for a file, and where each of them comes from.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use spokeslint::config::Config;
use spokeslint::discover::{Input, Origin};
use spokeslint::domains::{Domain, Domains, Fate};
use spokeslint::output::{self, Detail, EffectiveSettings, Format, Origin as Said, Outer};
use spokeslint::source::display_name;
use spokeslint::{Error, Lang, Severity};

use super::chosen::ChosenArguments;
use super::paths::real;
use super::project::Project;
use super::terminal::{Terminal, print};
use super::{FailOn, Verdict};

const EXAMPLES: &str = "\
Examples:
  spokeslint config                        the settings of the project
  spokeslint config agencies/water.yaml    those that hold for one file

Exit codes: 0 shown, 2 the settings are not sound";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The file; without it, what holds where nothing else is said
    file: Option<PathBuf>,
    #[command(flatten)]
    chosen: ChosenArguments,
    /// The lightest finding that makes a check fail
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// How to print the settings
    #[arg(long, value_enum, default_value = "human")]
    format: SettingsFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum SettingsFormat {
    /// YAML with comments
    Human,
    /// The same for programs
    Json,
}

pub(super) fn run(
    arguments: &Arguments,
    project: &Project,
    terminal: &Terminal,
) -> Result<Verdict, Error> {
    let here = project.finder().here();
    let real = arguments.file.as_deref().map(|file| real(file, here));
    let path = arguments.file.as_deref().map(display_name);
    let input = Input {
        name: path.clone().unwrap_or_default(),
        origin: Origin::Stdin,
        real: real.clone(),
        named: false,
    };
    let chosen = arguments.chosen.chosen(true);
    let mut domains = Domains::open(project.finder(), &chosen, std::slice::from_ref(&input));
    if let Some(error) = domains.take_errors([&input]).into_iter().next() {
        return Err(error);
    }
    let Some(domain) = domains.of(&input) else {
        return Ok(Verdict::Failed);
    };
    let file = path.as_deref().map(|path| (real.as_deref(), path));
    let config = domain.config();
    let effective = EffectiveSettings {
        excluded: path.is_some() && matches!(domains.fate(&input), Fate::Excluded),
        rules: domain.settings.effective(&domain.packs, file)?,
        files: config
            .into_iter()
            .flat_map(Config::files)
            .map(str::to_owned)
            .collect(),
        outer: outer(domain)?,
        lang: lang(project, terminal),
        fail_on: match (arguments.fail_on, config.and_then(Config::fail_on)) {
            (Some(flag), _) => (flag.into(), Said::CommandLine),
            (None, Some((severity, place))) => (severity, Said::Settings(place)),
            (None, None) => (Severity::Warning, Said::Default),
        },
        path,
    };
    let format = match arguments.format {
        SettingsFormat::Human => Format::Human,
        SettingsFormat::Json => Format::Json,
    };
    let style = terminal.style(format, Detail::Normal);
    print(|out| output::settings(&effective, &style, out))?;
    Ok(Verdict::Clean)
}

/// The outer files of settings with final rules, and these.
fn outer(domain: &Domain) -> Result<Vec<Outer>, Error> {
    let mut all = Vec::new();
    for config in &domain.stack.outer {
        let rules: Vec<String> = config.finals()?.ids().map(str::to_owned).collect();
        if !rules.is_empty() {
            let file = display_name(config.path());
            all.push(Outer { file, rules });
        }
    }
    Ok(all)
}

/// The language of messages, which is that of the folder in which the command runs.
fn lang(project: &Project, terminal: &Terminal) -> (Lang, Said) {
    let home = project.home().ok().and_then(|home| home.own);
    let named = home.as_deref().and_then(Config::lang);
    match named.filter(|(lang, _)| *lang == terminal.lang) {
        Some((lang, place)) => (lang, Said::Settings(place)),
        None if terminal.lang == Lang::default() => (terminal.lang, Said::Default),
        None => (terminal.lang, Said::CommandLine),
    }
}
