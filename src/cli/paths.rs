//! The files of a run: those that the command line names, with the settings of each, without those that settings
//! exclude.

use std::path::{Path, PathBuf};

use clap::Args;
use spokeslint::config::{Config, Exclusion};
use spokeslint::discover::{self, Cause, Discovery, Input, Origin, Unchecked};
use spokeslint::domains::{Chosen, Domain, Domains, Fate};
use spokeslint::engine::Report;
use spokeslint::source::display_name;
use spokeslint::{Diagnostic, Error};

use super::project::{Project, folder, lies_in};
use super::terminal::Terminal;

#[derive(Args)]
pub(super) struct PathArguments {
    /// Files, folders, quoted glob patterns, or `-` for standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Check standard input (`-`) as if it were this file: under its name and with its settings; the file need not
    /// exist
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,
    /// Treat files that are named as if found by walking: what is no document of ours is passed over, and
    /// nothing left to check is no error; for hooks that name every file that changed
    #[arg(long)]
    pub(super) as_found: bool,
}

/// The files that were found, with their effective settings.
pub(super) struct Found {
    pub(super) domains: Domains,
    /// The files to check, sorted by name.
    pub(super) taken: Vec<Input>,
    /// The files that settings exclude, although final rules may apply to them.
    pub(super) contested: Vec<(Input, Vec<Exclusion>)>,
    /// The names of what the settings exclude.
    pub(super) excluded: Vec<String>,
    /// The other files that were found, with the reason why each is not read.
    pub(super) unchecked: Vec<Unchecked>,
    pub(super) errors: Vec<Error>,
    /// The findings on patterns that match nothing, for each of the valid settings.
    pub(super) unmatched: Vec<Vec<Diagnostic>>,
}

impl PathArguments {
    /// Returns the reason why the arguments do not go together, if there is one.
    pub(super) fn misuse(&self) -> Option<&'static str> {
        let is_piped = self.paths.iter().any(|path| path.as_os_str() == "-");
        (self.stdin_filename.is_some() && !is_piped)
            .then_some("`--stdin-filename` requires standard input; add `-` to the paths")
    }

    /// Finds what is to be read, and the settings of each file. What is named is read whatever the settings
    /// exclude.
    pub(super) fn discover(&self, project: &Project, chosen: &Chosen) -> Found {
        let home = project.folder();
        let mut found = if self.as_found {
            discover::discover_as_found(&self.paths, &home)
        } else {
            discover::discover(&self.paths, &home)
        };
        if let Some(name) = &self.stdin_filename {
            rename(&mut found, name, project.finder().here());
        }
        let Discovery {
            inputs,
            unchecked,
            errors,
        } = found;
        let domains = Domains::open(project.finder(), chosen, &inputs);
        let unmatched = domains.iter().map(|domain| self.unmatched(domain, &inputs));
        let mut found = Found {
            unmatched: unmatched.collect(),
            domains,
            taken: Vec::with_capacity(inputs.len()),
            contested: Vec::new(),
            excluded: Vec::new(),
            unchecked,
            errors,
        };
        for input in inputs {
            found.sort(input);
        }
        let errors = found.domains.take_errors(&found.taken);
        if found.domains.iter().next().is_none() {
            // Without any rules nothing else matters.
            found.errors.clear();
        }
        found.errors.extend(errors);
        let domains = &found.domains;
        found.taken.retain(|input| domains.of(input).is_some());
        found
    }

    /// Returns the findings on patterns in settings that match nothing, if all files were looked at.
    fn unmatched(&self, domain: &Domain, inputs: &[Input]) -> Vec<Diagnostic> {
        let config = domain.config();
        let config = config.filter(|config| self.are_whole(Some(config)));
        let all = inputs.iter();
        let all = all.map(|input| (input.real.as_deref(), input.name.as_str()));
        config.map(|config| config.idle(all)).unwrap_or_default()
    }

    /// Returns whether the paths lead to all that there is under some settings: to their folder, or to that in which
    /// the command runs.
    pub(super) fn are_whole(&self, config: Option<&Config>) -> bool {
        let home = folder(config);
        let mut folders = self.paths.iter().filter(|path| path.is_dir());
        folders.any(|folder| lies_in(&home, folder))
    }
}

impl Found {
    /// The last of what is wrong with the settings, if none are sound; the others are told.
    pub(super) fn unsound(&mut self, terminal: &Terminal) -> Option<Error> {
        if self.domains.iter().next().is_some() {
            return None;
        }
        let last = self.errors.pop();
        for error in self.errors.drain(..) {
            terminal.complain(&error);
        }
        last
    }

    fn sort(&mut self, input: Input) {
        match self.domains.fate(&input) {
            Fate::Taken => self.taken.push(input),
            Fate::Excluded => self.excluded.push(input.name),
            Fate::Contested(exclusions) => self.contested.push((input, exclusions)),
        }
    }

    /// All files that may be read.
    pub(super) fn inputs(&self) -> impl Iterator<Item = &Input> {
        let contested = self.contested.iter().map(|(input, _)| input);
        self.taken.iter().chain(contested)
    }

    /// Tells apart, in what is not checked, what belongs to settings and is expected to be no document.
    pub(super) fn forget_own(&self, report: &mut Report) {
        for config in self.domains.iter().filter_map(Domain::config) {
            for one in &mut report.unchecked {
                if one.line.is_none() && config.is_own(&one.name) {
                    one.cause = Cause::Settings;
                }
            }
            report.excluded.retain(|name| !config.is_own(name));
        }
    }
}

/// Gives standard input the name and the place of a file. Where the file itself is checked as well, the name is
/// the file's.
fn rename(found: &mut Discovery, path: &Path, here: &Path) {
    let real = real(path, here);
    let is_taken = |input: &Input| input.real.as_ref() == Some(&real);
    let is_taken = found.inputs.iter().any(is_taken);
    let piped = |input: &&mut Input| input.origin == Origin::Stdin;
    if let Some(input) = found.inputs.iter_mut().find(piped) {
        if !is_taken {
            input.name = display_name(path);
        }
        input.real = Some(real);
    }
    found.inputs.sort_by(|a, b| a.name.cmp(&b.name));
}

/// The absolute path of a file without links, which need not exist.
pub(super) fn real(path: &Path, here: &Path) -> PathBuf {
    let path = here.join(path);
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    let mut steps = path.components();
    let Some(last) = steps.next_back() else {
        return path;
    };
    real(steps.as_path(), here).join(last)
}
