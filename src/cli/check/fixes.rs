//! `--fix` and its relatives: mends files before they are checked, or shows what that would change.

use std::io;
use std::sync::Arc;

use clap::Args;
use rayon::prelude::*;
use spokeslint::diagnostic::Safety;
use spokeslint::discover::{Input, Origin};
use spokeslint::engine::Report;
use spokeslint::fix::{Applied, Fixed, fix};
use spokeslint::output::{self, Detail, Format};
use spokeslint::read::encode_like;
use spokeslint::{Diagnostic, Error, Source};

use super::work::Piped;
use crate::cli::replace::replace;
use crate::cli::terminal::{Terminal, print, print_aside};
use crate::cli::{Verdict, placed, read};

/// Above the flags of this file in the help.
const HEADING: &str = "Fixes";

#[derive(Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(super) struct FixArguments {
    /// Mend what can be mended safely, in the files themselves, and report what is left; `-` goes to standard
    /// output as mended, and the report to standard error
    #[arg(long, help_heading = HEADING)]
    fix: bool,
    /// Also make the fixes that decide something, which a person should look at; implies --fix
    #[arg(long, help_heading = HEADING)]
    unsafe_fixes: bool,
    /// Change nothing, and print what --fix would change; exit code 1 if there is anything
    #[arg(long, help_heading = HEADING, conflicts_with = "fix_only")]
    diff: bool,
    /// Mend, and report nothing but what was mended; exit code 0 whatever is left
    #[arg(long, help_heading = HEADING)]
    fix_only: bool,
}

/// What is to be done about fixes.
#[derive(Clone, Copy)]
pub(super) enum Job {
    Fix(Safety),
    FixOnly(Safety),
    Diff(Safety),
}

/// Tells what is found in a source that stands for an input.
pub(super) type Judge<'j> = dyn Fn(&Input, &Arc<Source>) -> Report + Sync + 'j;

/// What became of the inputs.
#[derive(Default)]
pub(super) struct Mended {
    changed: Vec<Changed>,
    pub(super) errors: Vec<Error>,
    /// Whether a mended text stands on standard output.
    pub(super) is_printed: bool,
}

struct Changed {
    before: Arc<Source>,
    after: Arc<Source>,
    applied: Vec<Applied>,
}

impl FixArguments {
    pub(super) fn job(&self) -> Option<Job> {
        let safety = if self.unsafe_fixes {
            Safety::Unsafe
        } else {
            Safety::Safe
        };
        match self {
            Self { diff: true, .. } => Some(Job::Diff(safety)),
            Self { fix_only: true, .. } => Some(Job::FixOnly(safety)),
            Self { fix: true, .. }
            | Self {
                unsafe_fixes: true, ..
            } => Some(Job::Fix(safety)),
            _ => None,
        }
    }
}

impl Job {
    /// Mends the inputs, each by itself. One that cannot be written does not keep the others from it.
    pub(super) fn mend(self, judge: &Judge<'_>, inputs: &[Input], piped: &Piped) -> Mended {
        let results: Vec<Result<Option<Changed>, Error>> = inputs
            .par_iter()
            .map(|input| self.mend_one(judge, input, piped))
            .collect();
        let is_piped = inputs.iter().any(|input| input.origin == Origin::Stdin);
        let mut mended = Mended {
            is_printed: is_piped && !matches!(self, Self::Diff(_)),
            ..Mended::default()
        };
        for result in results {
            match result {
                Ok(changed) => mended.changed.extend(changed),
                Err(error) => mended.errors.push(error),
            }
        }
        mended
    }

    const fn safety(self) -> Safety {
        match self {
            Self::Fix(safety) | Self::FixOnly(safety) | Self::Diff(safety) => safety,
        }
    }

    fn mend_one(
        self,
        judge: &Judge<'_>,
        input: &Input,
        piped: &Piped,
    ) -> Result<Option<Changed>, Error> {
        let (bytes, source) = match &input.origin {
            Origin::File(_) => (Vec::new(), read(input)?),
            Origin::Stdin => {
                let bytes = stdin(input)?;
                let source = Source::from_bytes(&*input.name, bytes.clone());
                (bytes, placed(source, input))
            }
        };
        let source = match source {
            Ok(source) => Arc::new(source),
            // The check that follows says what is wrong with it.
            Err(diagnostic) => return self.pass_on(input, &bytes, diagnostic, piped),
        };
        let check = |source: &Arc<Source>| judge(input, source);
        let fixed = fix(&source, &check, self.safety());
        let is_changed = fixed.is_changed();
        let Fixed {
            source: after,
            applied,
            ..
        } = fixed;
        match (&input.origin, self) {
            (_, Self::Diff(_)) => {}
            (Origin::File(path), _) if is_changed => replace(path, source.text(), after.text())?,
            (Origin::File(_), _) => {}
            (Origin::Stdin, _) => {
                print(|out| out.write_all(&encode_like(&bytes, after.text())))?;
                piped.get_or_init(|| Ok(Arc::clone(&after)));
            }
        }
        Ok(is_changed.then_some(Changed {
            before: source,
            after,
            applied,
        }))
    }

    /// What cannot be read goes on as it is.
    fn pass_on(
        self,
        input: &Input,
        bytes: &[u8],
        diagnostic: Box<Diagnostic>,
        piped: &Piped,
    ) -> Result<Option<Changed>, Error> {
        if input.origin == Origin::Stdin {
            piped.get_or_init(|| Err(diagnostic));
            if !matches!(self, Self::Diff(_)) {
                print(|out| out.write_all(bytes))?;
            }
        }
        Ok(None)
    }

    /// Says what was done, or what would be, and nothing else.
    pub(super) fn show(
        self,
        mut mended: Mended,
        errors: Vec<Error>,
        terminal: &Terminal,
    ) -> Result<Verdict, Error> {
        let style = terminal.style(Format::Human, Detail::Normal);
        let is_hindered = mended.changed.is_empty() && !mended.errors.is_empty();
        mended.errors.extend(errors);
        let changed = &mended.changed;
        if let Self::Diff(_) = self {
            print(|out| {
                let mut files = changed.iter();
                files.try_for_each(|file| output::diff(&file.before, &file.after, &style, out))
            })?;
        } else if !is_hindered {
            let applied: Vec<Applied> = changed
                .iter()
                .flat_map(|file| file.applied.clone())
                .collect();
            let show =
                |out: &mut dyn io::Write| output::fixed(&applied, changed.len(), &style, out);
            if mended.is_printed {
                print_aside(show)?;
            } else {
                print(show)?;
            }
        }
        for error in &mended.errors {
            terminal.complain(error);
        }
        Ok(match self {
            _ if !mended.errors.is_empty() => Verdict::Failed,
            Self::Diff(_) if !changed.is_empty() => Verdict::Found,
            _ => Verdict::Clean,
        })
    }
}

impl Mended {
    /// How many fixes were made.
    pub(super) fn count(&self) -> usize {
        self.changed.iter().map(|file| file.applied.len()).sum()
    }
}

fn stdin(input: &Input) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let most = spokeslint::read::MAX_BYTES as u64 + 1;
    io::Read::read_to_end(&mut io::Read::take(io::stdin().lock(), most), &mut bytes).map_err(
        |source| Error::Read {
            path: input.name.clone(),
            source,
        },
    )?;
    Ok(bytes)
}
