//! `spokeslint config`: the settings that hold for a file, and where each of them comes from.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use spokeslint::config::Config;
use spokeslint::output::{self, Detail, EffectiveSettings, Format, Origin};
use spokeslint::source::display_name;
use spokeslint::{Error, Lang, Severity};

use super::chosen::{Chosen, ChosenArguments};
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
    let config = project.config();
    let Chosen {
        packs, settings, ..
    } = arguments.chosen.open(project, true)?;
    let path = arguments.file.as_deref().map(display_name);
    let named = config.and_then(Config::lang);
    let lang = match named.filter(|(lang, _)| *lang == terminal.lang) {
        Some((lang, place)) => (lang, Origin::Settings(place)),
        None if terminal.lang == Lang::default() => (terminal.lang, Origin::Default),
        None => (terminal.lang, Origin::CommandLine),
    };
    let said = config.and_then(Config::fail_on);
    let fail_on = match (arguments.fail_on, said) {
        (Some(flag), _) => (flag.into(), Origin::CommandLine),
        (None, Some((severity, place))) => (severity, Origin::Settings(place)),
        (None, None) => (Severity::Warning, Origin::Default),
    };
    let files = config.into_iter().flat_map(Config::files);
    let effective = EffectiveSettings {
        excluded: config
            .zip(path.as_deref())
            .is_some_and(|(config, path)| !config.takes(path)),
        rules: settings.effective(&packs, path.as_deref())?,
        files: files.map(str::to_owned).collect(),
        path,
        lang,
        fail_on,
    };
    let format = match arguments.format {
        SettingsFormat::Human => Format::Human,
        SettingsFormat::Json => Format::Json,
    };
    let style = terminal.style(format, Detail::Normal);
    print(|out| output::settings(&effective, &style, out))?;
    Ok(Verdict::Clean)
}
