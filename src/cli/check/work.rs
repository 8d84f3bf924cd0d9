//! Reads and checks what was found, on as many threads as wanted.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use spokeslint::config::{Exclusion, FILE_NAME};
use spokeslint::discover::{Cause, Input, Origin, Unchecked};
use spokeslint::domains::{Domain, Refusals};
use spokeslint::engine::{Engine, Part, Report, check_across};
use spokeslint::text::Text;
use spokeslint::{Diagnostic, Error, Lang, Source, text};

use crate::cli::paths::Found;
use crate::cli::progress::Progress;
use crate::cli::read;

/// What is wanted besides the findings.
#[derive(Clone, Copy, Default)]
pub(in crate::cli) struct Wanted {
    /// No sign of progress.
    pub(in crate::cli) quiet: bool,
    /// The names of all files that were checked.
    pub(in crate::cli) names: bool,
}

/// Runs on as many threads as asked for.
pub(in crate::cli) fn in_pool<T: Send>(
    threads: Option<u16>,
    work: impl FnOnce() -> T + Send,
) -> Result<T, Error> {
    let Some(threads) = threads else {
        return Ok(work());
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.into())
        .build()
        .map_err(|error| Error::Threads(io::Error::other(error)))?;
    Ok(pool.install(work))
}

/// What was read from standard input, which can be read only once, or what is wrong with it.
pub(in crate::cli) type Piped = OnceLock<Result<Arc<Source>, Box<Diagnostic>>>;

/// The result of a run: the reports on the files of each of the settings, in the order of [`Domains::iter`], and what
/// kept files from being checked.
///
/// [`Domains::iter`]: spokeslint::domains::Domains::iter
pub(in crate::cli) struct Checked<'f> {
    pub(in crate::cli) parts: Vec<Part<'f>>,
    /// The names of files that the settings exclude and of which that is known only now.
    pub(in crate::cli) excluded: Vec<String>,
    pub(in crate::cli) errors: Vec<Error>,
}

/// Checks all inputs. A file that cannot be read does not keep the others from being checked.
pub(in crate::cli) fn check<'f>(
    found: &'f Found,
    (piped, wanted): (&Piped, Wanted),
) -> Checked<'f> {
    let taken = found.taken.iter().map(|input| (input, None));
    let contested = found.contested.iter();
    let contested = contested.map(|(input, exclusions)| (input, Some(&exclusions[..])));
    let mut inputs: Vec<(&Input, Option<&[Exclusion]>)> = taken.chain(contested).collect();
    inputs.sort_by(|a, b| a.0.name.cmp(&b.0.name));
    let progress = Progress::new(inputs.len(), wanted.quiet);
    let done = AtomicUsize::new(0);
    let reports: Vec<Option<Result<Report, Error>>> = inputs
        .par_iter()
        .map(|(input, _)| {
            let domain = found.domains.of(input)?;
            let report = check_one(&domain.engine, input, piped);
            progress.update(done.fetch_add(1, Ordering::Relaxed) + 1);
            Some(report)
        })
        .collect();
    let domains: Vec<_> = found.domains.iter().collect();
    let part = |domain: &&'f Domain| Part {
        engine: &domain.engine,
        report: Report::default(),
    };
    let mut checked = Checked {
        parts: domains.iter().map(part).collect(),
        excluded: Vec::new(),
        errors: Vec::new(),
    };
    let mut refusals: Vec<Refusals> = domains.iter().map(|_| Refusals::default()).collect();
    for ((input, exclusions), result) in inputs.iter().zip(reports) {
        let (Some(result), Some(place)) = (result, found.domains.number(input)) else {
            continue;
        };
        let one = match result {
            Ok(one) => one,
            Err(error) => {
                checked.errors.push(error);
                continue;
            }
        };
        let mut add =
            |exclusions| refusals[place].add(domains[place], exclusions, &one, &input.name);
        if exclusions.is_some_and(|exclusions| !add(exclusions)) {
            checked.excluded.push(input.name.clone());
            continue;
        }
        let report = &mut checked.parts[place].report;
        if wanted.names && one.files > 0 && !one.is_of_unchecked() {
            report.names.push(input.name.clone());
        }
        report.merge(one);
    }
    for (part, refusals) in checked.parts.iter_mut().zip(&refusals) {
        part.report.diagnostics.extend(refusals.findings());
    }
    let reopen = |name: &str| reopen(&inputs, name, piped);
    let errors = check_across(&mut checked.parts, &reopen);
    checked.errors.extend(errors);
    checked
}

fn check_one(engine: &Engine, input: &Input, piped: &Piped) -> Result<Report, Error> {
    let source = match (&input.origin, piped.get()) {
        (Origin::Stdin, Some(known)) => known.clone(),
        (Origin::Stdin, None) => {
            let source = read(input)?.map(Arc::new);
            piped.get_or_init(|| source.clone());
            source
        }
        (Origin::File(_), _) => read(input)?.map(Arc::new),
    };
    let source = match source {
        Ok(source) => source,
        Err(diagnostic) => return Ok(engine.unreadable(*diagnostic, input.named)),
    };
    Ok(engine.check_part(&source, input.named))
}

/// Opens an input that was checked before; the inputs are sorted by name.
fn reopen(
    inputs: &[(&Input, Option<&[Exclusion]>)],
    name: &str,
    piped: &Piped,
) -> Result<Arc<Source>, Error> {
    let changed = || Error::Changed {
        path: name.to_owned(),
    };
    let place = inputs.binary_search_by(|(input, _)| input.name.as_str().cmp(name));
    let (input, _) = &inputs[place.map_err(|_| changed())?];
    match (&input.origin, piped.get()) {
        (Origin::Stdin, Some(Ok(source))) => Ok(Arc::clone(source)),
        (Origin::Stdin, _) => Err(changed()),
        (Origin::File(_), _) => read(input)?.map(Arc::new).map_err(|_| changed()),
    }
}

/// What keeps inputs from being mended, that there are none included.
pub(super) fn hindrances(found: Found) -> Vec<Error> {
    let is_empty = found.inputs().next().is_none();
    let report = Report {
        unchecked: found.unchecked,
        ..Report::default()
    };
    let nothing = nothing_found(&report, &found.errors).filter(|_| is_empty);
    found.errors.into_iter().chain(nothing).collect()
}

/// The error that files were found, but nothing of ours in them.
pub(in crate::cli) fn nothing_found(report: &Report, errors: &[Error]) -> Option<Error> {
    if !report.is_empty() || !errors.is_empty() {
        return None;
    }
    let passed_over: Vec<&Unchecked> = report.passed_over().collect();
    // Of files that may hold documents, those that were excluded matter more than hidden ones.
    let is_foreign = |one: &&Unchecked| one.cause == Cause::NotOurs;
    if let (Some(first), false) = (report.excluded.first(), passed_over.iter().any(is_foreign)) {
        return Some(all_excluded(first, report.excluded.len()));
    }
    let Some(first) = passed_over.first() else {
        return Some(only_settings());
    };
    let first = first.name.as_str();
    let (en, ar) = match passed_over.len() {
        _ if passed_over.iter().any(|one| one.cause != Cause::NotOurs) => reasons(&passed_over),
        1 => (
            format!("`{first}`, the only YAML file"),
            format!("`{first}`، وهو ملف YAML الوحيد"),
        ),
        count => (
            format!("{count} YAML files such as `{first}`"),
            format!("ملفات YAML، وعددها {count}، ومنها `{first}`"),
        ),
    };
    Some(Error::NothingFound(Text::new(
        format!("{en}; documents begin with `apiVersion: spokeslint/v1`"),
        format!("{ar}؛ تبدأ المستندات بالسطر `apiVersion: spokeslint/v1`"),
    )))
}

/// The error that nothing was found but settings.
fn only_settings() -> Error {
    Error::NothingFound(text!(
        "`{name}`, the settings file; documents begin with `apiVersion: spokeslint/v1`",
        "`{name}`، وهو ملف الإعدادات؛ تبدأ المستندات بالسطر `apiVersion: spokeslint/v1`",
        name = FILE_NAME,
    ))
}

/// Returns the reasons why nothing was checked, with the first few files by name.
fn reasons(passed_over: &[&Unchecked]) -> (String, String) {
    const SHOWN: usize = 5;
    let shown = || passed_over.iter().take(SHOWN);
    let more = passed_over.len().saturating_sub(SHOWN);
    let join = |lang: Lang, comma: &str| {
        let each = shown().map(|one| {
            let cause = one.cause.text();
            format!("`{}` ({})", one.name, cause.plain(lang))
        });
        each.collect::<Vec<_>>().join(comma)
    };
    let (en, ar) = (join(Lang::En, ", "), join(Lang::Ar, "، "));
    if more == 0 {
        return (en, ar);
    }
    (
        format!("{en} and {more} more (`--show-files` lists all)"),
        format!("{ar} و{more} غيرها (للاطلاع عليها كلها: `--show-files`)"),
    )
}

/// The error that files were found, and all of them are excluded.
fn all_excluded(first: &str, count: usize) -> Error {
    Error::NothingFound(if count == 1 {
        text!(
            "`{first}`, the only file, which the settings exclude",
            "`{first}`، وهو الملف الوحيد، وقد استبعدته الإعدادات",
            first = first,
        )
    } else {
        text!(
            "{count} files such as `{first}`, all of which the settings exclude",
            "الملفات التي وُجدت، وعددها {count}، ومنها `{first}`، فقد استبعدتها الإعدادات جميعها",
            count = count,
            first = first,
        )
    })
}
