//! What a run is to look at: paths of the command line, without what the settings exclude.

use std::path::PathBuf;

use clap::Args;
use spokeslint::Diagnostic;
use spokeslint::discover::{self, Discovery, Input};

use super::project::{Project, lies_in};

#[derive(Args)]
pub(super) struct PathArguments {
    /// Files, folders, quoted glob patterns, or `-` for standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Treat files that are named as if found by walking: what is no document of ours is passed over, and
    /// nothing left to check is no error; for hooks that name every file that changed
    #[arg(long)]
    pub(super) as_found: bool,
}

/// What was found.
pub(super) struct Found {
    pub(super) discovery: Discovery,
    /// The names of what the settings exclude.
    pub(super) excluded: Vec<String>,
    /// What is said of patterns in the settings that fit nothing, where everything was looked at.
    pub(super) unmatched: Vec<Diagnostic>,
}

impl PathArguments {
    /// Finds what is to be read. What is named is read whatever the settings exclude.
    pub(super) fn discover(&self, project: &Project) -> Found {
        let mut discovery = if self.as_found {
            discover::discover_as_found(&self.paths, &project.folder())
        } else {
            discover::discover(&self.paths, &project.folder())
        };
        let Some(config) = project.config() else {
            return Found {
                discovery,
                excluded: Vec::new(),
                unmatched: Vec::new(),
            };
        };
        let mut unmatched = Vec::new();
        if self.are_whole(project) {
            let names = discovery.inputs.iter().map(|input| input.name.as_str());
            unmatched = config.idle(names);
        }
        let (taken, excluded): (Vec<Input>, Vec<Input>) = discovery
            .inputs
            .into_iter()
            .partition(|input| input.named || config.takes(&input.name));
        discovery.inputs = taken;
        Found {
            discovery,
            excluded: excluded.into_iter().map(|input| input.name).collect(),
            unmatched,
        }
    }

    /// Whether the paths lead to all that there is in the project: to the folder of its settings, or to that in
    /// which the command runs.
    pub(super) fn are_whole(&self, project: &Project) -> bool {
        let home = project.folder();
        let mut folders = self.paths.iter().filter(|path| path.is_dir());
        folders.any(|folder| lies_in(&home, folder))
    }
}
