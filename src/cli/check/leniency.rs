//! What the command line says of waivers and the baseline.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use spokeslint::config::Config;
use spokeslint::engine::{Engine, Report};
use spokeslint::source::display_name;
use spokeslint::suppress::{Baseline, Leniency, Waivers};
use spokeslint::text;
use spokeslint::{Error, Source, Text};

use crate::cli::project::Project;

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

    /// Reads the files that are named, and the baseline that is there.
    pub(in crate::cli) fn read(&self, project: &Project) -> Result<Read, Error> {
        let mut read = self.read_waivers(project)?;
        let baseline = match &self.baseline {
            Some(named) => Some(named.clone()),
            None => Some(project.baseline()?).filter(|found| found.is_file()),
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
    pub(in crate::cli) fn read_waivers(&self, project: &Project) -> Result<Read, Error> {
        let known = project.config().map_or(&[][..], Config::waivers);
        let home = project.config().map(|_| project.folder());
        let waivers = known.iter().chain(&self.waivers).map(|path| {
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
    /// Sets aside what is wanted and says nothing of it: for one file on the way.
    pub(in crate::cli) fn set_aside(&self, report: &mut Report, engine: &Engine) {
        self.leniency.set_aside(report, engine);
    }

    /// Applies all that is wanted; returns what is to be said of what is not.
    pub(in crate::cli) fn apply(
        &self,
        report: &mut Report,
        engine: &Engine,
        is_complete: bool,
    ) -> Option<Text> {
        self.leniency.apply(report, engine, is_complete);
        let left_out = self.left_out.as_deref().map(display_name);
        let waivers = self.left_aside.iter().map(Waivers::name);
        let names: Vec<&str> = waivers.chain(left_out.as_deref()).collect();
        Leniency::forget(&names, report);
        if self.left_aside.is_empty() {
            return None;
        }
        let count = Leniency::covered(&self.left_aside, report, engine);
        Some(text!(
            "without `--no-waivers`, waivers would set {count} of these findings aside",
            "لولا `--no-waivers` لاستثنت الإعفاءات من هذه المخالفات: {count}",
            count = count,
        ))
    }
}

fn read_baseline(path: &Path) -> Result<Baseline, Error> {
    let source = Source::read(path)?;
    let source = source.map_err(|found| Error::Baseline(vec![Baseline::unreadable(found)]))?;
    Baseline::read(&Arc::new(source)).map_err(Error::Baseline)
}
