//! Where the findings go: the format of standard output, and the files that are written besides.
//!
//! Everything that can be wrong with a file is found before anything is checked, and nothing is written until
//! everything is checked. A file is there whole or not at all.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use spokeslint::discover::{Input, Origin};
use spokeslint::engine::Report;
use spokeslint::output::{self, Detail, Format, Style};
use spokeslint::pack::Packs;
use spokeslint::text::nearest;
use spokeslint::{Error, Lang, Text, text};

use crate::cli::replace::{Fault, put};
use crate::cli::terminal::{WIDTH, is_set_to_true};

#[derive(Args)]
pub(super) struct Outputs {
    /// How to print the findings
    #[arg(long, value_enum, default_value = "auto")]
    format: OutputFormat,
    /// Also write the findings to a file, in any format but `auto`; may be repeated
    #[arg(long = "output", value_name = "FORMAT=FILE", value_parser = parse_output)]
    files: Vec<OutputFile>,
}

#[derive(Clone, Copy, ValueEnum)]
enum OutputFormat {
    /// `github` in GitHub Actions, else `human`
    Auto,
    /// Snippets with labels, reasons and advice
    Human,
    /// One line per finding
    Concise,
    /// Everything, in both languages, for programs
    Json,
    /// SARIF 2.1.0, for code scanning and viewers
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// The Code Quality report of GitLab
    Gitlab,
    /// JUnit XML, for build servers
    Junit,
    /// The XML of Checkstyle
    Checkstyle,
    /// For a comment on a pull request or the summary of a job
    Markdown,
}

#[derive(Clone)]
struct OutputFile {
    format: Format,
    path: PathBuf,
}

fn parse_output(text: &str) -> Result<OutputFile, String> {
    let (name, path) = text
        .split_once('=')
        .ok_or("expected FORMAT=FILE, such as sarif=report.sarif")?;
    let known = || Format::ALL.into_iter().map(Format::as_str);
    let format = Format::ALL
        .into_iter()
        .find(|format| format.as_str() == name);
    let format = format.ok_or_else(|| {
        let near = nearest(name, known()).map(|near| format!("; did you mean `{near}`?"));
        let all: Vec<&str> = known().collect();
        let help = near.unwrap_or_else(|| format!("; formats are {}", all.join(", ")));
        format!("no format is called `{name}`{help}")
    })?;
    match path {
        "" => Err(format!("expected a file behind `{name}=`")),
        "-" => Err(format!(
            "`-` is no file; for standard output write `--format {name}`"
        )),
        _ => Ok(OutputFile {
            format,
            path: path.into(),
        }),
    }
}

/// A file that may be written.
pub(super) struct Target {
    format: Format,
    /// As it was named.
    name: String,
    /// Without links.
    path: PathBuf,
}

/// What must not be written over.
pub(super) struct Protected<'p> {
    pub(super) inputs: Vec<&'p Input>,
    /// Returns whether a file that was found in a folder holds a document, sound or not.
    pub(super) holds_document: &'p dyn Fn(&Input) -> bool,
    /// The settings, and the folders with packs.
    pub(super) others: Vec<PathBuf>,
}

impl Outputs {
    /// The format of standard output.
    pub(super) fn format(&self) -> Format {
        match self.format {
            OutputFormat::Auto if is_set_to_true("GITHUB_ACTIONS") => Format::Github,
            OutputFormat::Auto | OutputFormat::Human => Format::Human,
            OutputFormat::Concise => Format::Concise,
            OutputFormat::Json => Format::Json,
            OutputFormat::Sarif => Format::Sarif,
            OutputFormat::Github => Format::Github,
            OutputFormat::Gitlab => Format::Gitlab,
            OutputFormat::Junit => Format::Junit,
            OutputFormat::Checkstyle => Format::Checkstyle,
            OutputFormat::Markdown => Format::Markdown,
        }
    }

    /// Whether some format is such that this holds.
    pub(super) fn any(&self, holds: impl Fn(Format) -> bool) -> bool {
        holds(self.format()) || self.files.iter().any(|file| holds(file.format))
    }

    /// Returns the warning that goes with the report, if there is one.
    pub(super) fn caution(&self, report: &Report) -> Option<Text> {
        let formats = self.files.iter().map(|file| file.format);
        let mut formats = formats.chain([self.format()]);
        formats.find_map(|format| output::caution(report, format))
    }

    /// The files to write, once it is certain that they may be.
    pub(super) fn targets(&self, protected: &Protected<'_>) -> Result<Vec<Target>, Error> {
        let mut targets: Vec<Target> = Vec::with_capacity(self.files.len());
        for file in &self.files {
            let target = Target::new(file)?;
            if targets.iter().any(|known| known.path == target.path) {
                let reason = text!(
                    "another `--output` names the same file",
                    "خيار `--output` آخر يسمّي الملف نفسه",
                );
                return Err(target.refused(reason));
            }
            targets.push(target);
        }
        if !targets.is_empty() {
            protected.refuse(&targets)?;
        }
        Ok(targets)
    }
}

impl Target {
    fn new(file: &OutputFile) -> Result<Self, Error> {
        let name = file.path.display().to_string();
        let path = real(&file.path).map_err(|error| Error::unwritable(&name, &error))?;
        let target = Self {
            format: file.format,
            name,
            path,
        };
        let found = target.path.metadata();
        if found.as_ref().is_ok_and(std::fs::Metadata::is_dir) {
            return Err(target.refused(text!("it is a folder", "هذا مجلد لا ملف")));
        }
        if found.is_ok_and(|found| !found.is_file()) {
            return Err(target.refused(text!("it is no ordinary file", "ليس ملفًا عاديًا")));
        }
        Ok(target)
    }

    fn refused(&self, reason: Text) -> Error {
        Error::Output {
            path: self.name.clone(),
            reason,
        }
    }

    /// Writes the report; formats for people as they are for a log.
    pub(super) fn write(
        &self,
        report: &Report,
        packs: &Packs,
        (lang, detail): (Lang, Detail),
    ) -> Result<(), Error> {
        let style = Style {
            format: self.format,
            lang,
            color: false,
            terminal: false,
            width: WIDTH,
            detail,
        };
        put(&self.path, |out| output::render(report, packs, &style, out)).map_err(|fault| {
            match fault {
                Fault::System(error) => Error::unwritable(&self.name, &error),
                Fault::Refused(reason) => self.refused(reason),
            }
        })
    }
}

impl Protected<'_> {
    /// Returns whether a file is no input but a report of an earlier run, which is found in its folder as any JSON file.
    fn is_former_report(&self, input: &Input) -> bool {
        let suffix = Path::new(&input.name).extension();
        let is_json = suffix.is_some_and(|suffix| suffix.eq_ignore_ascii_case("json"));
        is_json && !input.named && !(self.holds_document)(input)
    }

    fn refuse(&self, targets: &[Target]) -> Result<(), Error> {
        for input in &self.inputs {
            let Origin::File(path) = &input.origin else {
                continue;
            };
            // Through links a file may have any name.
            let target = path.canonicalize().ok().and_then(|path| of(targets, &path));
            if let Some(target) = target.filter(|_| !self.is_former_report(input)) {
                return Err(target.refused(text!(
                    "it is one of the files to check",
                    "هو من الملفات المطلوب فحصها",
                )));
            }
        }
        for path in &self.others {
            let Ok(path) = path.canonicalize() else {
                continue;
            };
            if let Some(target) = of(targets, &path) {
                return Err(target.refused(text!(
                    "the settings or the rules are read from there",
                    "تُقرأ منه الإعدادات أو القواعد",
                )));
            }
        }
        Ok(())
    }
}

/// The target that is this file, or that would overwrite a file in this folder.
fn of<'t>(targets: &'t [Target], path: &Path) -> Option<&'t Target> {
    let mut targets = targets.iter();
    targets.find(|target| {
        target.path == path || (target.path.starts_with(path) && target.path.exists())
    })
}

/// The path without links; its last part need not exist, but its folder must.
fn real(path: &Path) -> std::io::Result<PathBuf> {
    if let Ok(real) = path.canonicalize() {
        return Ok(real);
    }
    let name = path.file_name().ok_or(std::io::ErrorKind::IsADirectory)?;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize()?;
    Ok(folder.join(name))
}
