//! `spokeslint trace`: what a rule looked at, and what each of its conditions said there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use spokeslint::config::Files;
use spokeslint::date::Date;
use spokeslint::engine::{self, OnDocument, Outcome, Recognizer, Settings};
use spokeslint::output::{self, Detail, Format, Traced};
use spokeslint::pack::Packs;
use spokeslint::{Error, Source};

use super::project::Project;
use super::terminal::{Terminal, print};
use super::{PackArguments, Verdict, parse_date, sources, today};

const EXAMPLES: &str = "\
Examples:
  spokeslint trace personal-account/answers-the-public agencies/water.yaml
  spokeslint trace our-rules/no-website --pack our-rules agencies/

Exit codes: 0 the rule found nothing, 1 it found something or could not be evaluated, 2 the tool could \
not do its job";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The rule's id, as findings show it in brackets
    rule: String,
    /// Files, folders, quoted glob patterns, or `-` for standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    packs: PackArguments,
    /// The day that counts as today, such as 2026-01-31 or '1447-08-12 AH' [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_of: Option<Date>,
    /// How to print what the rule did
    #[arg(long, value_enum, default_value = "human")]
    format: TraceFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum TraceFormat {
    /// A few lines for each thing that the rule looked at
    Human,
    /// The same for programs
    Json,
}

pub(super) fn run(
    arguments: &Arguments,
    project: &Project,
    terminal: &Terminal,
) -> Result<Verdict, Error> {
    let kinds = arguments.packs.load(project)?.kinds;
    let given = sources(&arguments.files, project, &Recognizer::new(&kinds))?;
    let mut sources = Vec::with_capacity(given.len());
    let mut unread = Vec::new();
    for (path, read) in given {
        match read {
            Ok(source) => sources.push(source),
            Err(diagnostic) => unread.push((path, vec![(1, Err(vec![*diagnostic]))])),
        }
    }
    let mut all = arguments.trace(project, &sources)?;
    all.extend(unread);
    all.sort_by(|a, b| a.0.cmp(&b.0));
    let traced = all.into_iter().flat_map(|(path, found)| {
        found.into_iter().map(move |(line, trace)| Traced {
            path: path.clone(),
            line,
            trace,
        })
    });
    let traced: Vec<Traced> = traced.collect();
    let format = match arguments.format {
        TraceFormat::Human => Format::Human,
        TraceFormat::Json => Format::Json,
    };
    let style = terminal.style(format, Detail::Normal);
    print(|out| output::traces(&arguments.rule, &traced, &style, out))?;
    let is_quiet = |one: &Traced| {
        let trace = one.trace.as_ref();
        trace.is_ok_and(|trace| matches!(trace.outcome, Outcome::Held | Outcome::NotSelected))
    };
    Ok(if traced.iter().all(is_quiet) {
        Verdict::Clean
    } else {
        Verdict::Found
    })
}

impl Arguments {
    /// Returns the trace of the rule in each source, with the rule as the effective settings configure it.
    fn trace(
        &self,
        project: &Project,
        sources: &[Arc<Source>],
    ) -> Result<Vec<(String, Vec<OnDocument>)>, Error> {
        let finder = project.finder();
        let mut groups: BTreeMap<Files, Vec<Arc<Source>>> = BTreeMap::new();
        for source in sources {
            let folder = source.real().and_then(Path::parent);
            let files = finder.files(folder.unwrap_or(finder.here()));
            groups.entry(files).or_default().push(Arc::clone(source));
        }
        let mut all = Vec::new();
        for (files, sources) in groups {
            let stack = finder.stack(&files)?;
            let mut packs = Packs::builtin()?;
            stack.add(&mut packs, &self.packs.folders)?;
            let rule = super::rule(&packs, &self.rule)?;
            let mut settings = Settings::new(self.as_of.unwrap_or_else(today));
            settings.take(&stack)?;
            let found = engine::trace(&packs, rule, &settings, &sources);
            let names = sources.iter().map(|source| source.name().to_owned());
            all.extend(names.zip(found));
        }
        Ok(all)
    }
}
