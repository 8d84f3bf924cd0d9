//! What the command line says of waivers and the baseline.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use spokeslint::config::Config;
use spokeslint::domains::{Domain, Domains};
use spokeslint::engine::{Engine, Report};
use spokeslint::source::display_name;
use spokeslint::suppress::{Baseline, Leniency, Waivers};
use spokeslint::text;
use spokeslint::{Error, Source, Text};

use crate::cli::project::{Project, folder, lies_in};

/// Above the flags of this file in the help.
const HEADING: &str = "Suppressions";

#[derive(Args)]
pub(in crate::cli) struct LeniencyArguments {
    /// A file with waivers; may be repeated
    #[arg(long, help_heading = HEADING, value_name = "FILE")]
    waivers: Vec<PathBuf>,
    /// Show what waivers set aside
    #[arg(long, help_heading = HEADING)]
    no_waivers: bool,
    /// The file with the baseline [default: `spokeslint-baseline.yaml` beside the settings, if it is there]
    #[arg(long, help_heading = HEADING, value_name = "FILE", conflicts_with = "no_baseline")]
    baseline: Option<PathBuf>,
    /// Show what the baseline sets aside
    #[arg(long, help_heading = HEADING)]
    no_baseline: bool,
}

/// What sets findings aside, as far as the command line wants it.
pub(in crate::cli) struct Read {
    pub(in crate::cli) leniency: Leniency,
    /// Waivers that are named and not wanted.
    left_aside: Vec<Waivers>,
    /// The baseline that is there and not wanted.
    left_out: Option<PathBuf>,
}

impl LeniencyArguments {
    /// The files that are named.
    pub(in crate::cli) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.waivers.iter().chain(&self.baseline)
    }

    /// The file with the baseline, if one is named.
    pub(in crate::cli) fn file(&self) -> Option<PathBuf> {
        self.baseline.clone()
    }

    /// Reads what holds for the files under each of the settings.
    pub(in crate::cli) fn read_all(
        &self,
        domains: &Domains,
        project: &Project,
    ) -> Result<Vec<Read>, Error> {
        let read = |domain: &Domain| self.read(domain.config(), project);
        domains.iter().map(read).collect()
    }

    /// Reads the files that are named, and the baseline that is there, for files under these settings.
    fn read(&self, config: Option<&Config>, project: &Project) -> Result<Read, Error> {
        let mut read = self.read_waivers(config)?;
        let baseline = match &self.baseline {
            Some(named) => Some(named.clone()),
            None => Some(project.baseline(config)?).filter(|found| found.is_file()),
        };
        let (baseline, left_out) = if self.no_baseline {
            (None, baseline)
        } else {
            (baseline, None)
        };
        read.left_out = left_out;
        read.leniency.baseline = baseline.as_deref().map(read_baseline).transpose()?;
        Ok(read)
    }

    /// Reads the files of waivers.
    pub(in crate::cli) fn read_waivers(&self, config: Option<&Config>) -> Result<Read, Error> {
        let known = config.map_or(&[][..], Config::waivers);
        let home = config.map(|_| folder(config));
        let is_new = |path: &&PathBuf| !known.iter().any(|known| lies_in(path, known));
        let more = self.waivers.iter().filter(is_new);
        let waivers = known.iter().chain(more).map(|path| {
            let source = Source::read(path)?;
            let source = source.map_err(|found| Error::Config(vec![Waivers::unreadable(found)]))?;
            let own = path.parent().map(|folder| Path::new(".").join(folder));
            let root = home.clone().or(own).unwrap_or_default();
            Ok(Waivers::read(&Arc::new(source), &root))
        });
        let waivers = waivers.collect::<Result<Vec<_>, Error>>()?;
        let (waivers, left_aside) = if self.no_waivers {
            (Vec::new(), waivers)
        } else {
            (waivers, Vec::new())
        };
        Ok(Read {
            leniency: Leniency {
                waivers,
                baseline: None,
            },
            left_aside,
            left_out: None,
        })
    }
}

impl Read {
    /// Applies all that is wanted; returns how many findings waivers would set aside that are not.
    pub(in crate::cli) fn apply(
        &self,
        report: &mut Report,
        engine: &Engine,
        is_complete: bool,
    ) -> Option<usize> {
        self.leniency.apply(report, engine, is_complete);
        if self.left_aside.is_empty() {
            return None;
        }
        self.forget(report);
        Some(Leniency::covered(&self.left_aside, report, engine))
    }

    /// The names of the files that are read.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let baseline = self.leniency.baseline.as_ref().map(Baseline::name);
        let waivers = self.leniency.waivers.iter();
        waivers.map(Waivers::name).chain(baseline)
    }

    /// Takes out what the engine says of files that nobody has named: these have been.
    pub(in crate::cli) fn forget(&self, report: &mut Report) {
        let left_out = self.left_out.as_deref().map(display_name);
        let left_aside = self.left_aside.iter().map(Waivers::name);
        let names = self.names().chain(left_aside);
        let names: Vec<&str> = names.chain(left_out.as_deref()).collect();
        Leniency::forget(&names, report);
    }
}

/// Returns the message about findings that waivers would set aside.
pub(in crate::cli) fn without_waivers(count: usize) -> Text {
    text!(
        "without `--no-waivers`, waivers would set {count} of these findings aside",
        "لولا `--no-waivers` لاستثنت الإعفاءات من هذه المخالفات: {count}",
        count = count,
    )
}

fn read_baseline(path: &Path) -> Result<Baseline, Error> {
    let source = Source::read(path)?;
    let source = source.map_err(|found| Error::Baseline(vec![Baseline::unreadable(found)]))?;
    Baseline::read(&Arc::new(source)).map_err(Error::Baseline)
}
