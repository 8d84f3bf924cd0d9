//! Waivers and baselines that several settings of a run name: what is said of them is true of all the files that they
//! may speak of, and is said once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use spokeslint::config::Config;
use spokeslint::domains::Domains;
use spokeslint::engine::Part;
use spokeslint::{Diagnostic, Span};

use super::Read;

/// The codes of findings about entries that nothing needs.
const NEEDLESS: [&str; 3] = ["waiver/unused", "baseline/stale", "baseline/partly-mended"];

/// A finding in a file that sets others aside.
type Said = (PathBuf, Span, String, String);

/// Takes out what is said a second time, and what one part of the files does not need if another part needs it, or
/// other files may that are not in the run.
pub(super) fn agree(
    parts: &mut [Part<'_>],
    (domains, leniencies): (&Domains, &[Read]),
    named: &BTreeSet<PathBuf>,
) {
    let mut real = BTreeMap::new();
    let mut users: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for leniency in leniencies {
        for name in leniency.names() {
            let Ok(path) = Path::new(name).canonicalize() else {
                continue;
            };
            *users.entry(path.clone()).or_default() += 1;
            real.insert(name.to_owned(), path);
        }
    }
    let said = |found: &Diagnostic| -> Option<Said> {
        let label = found.labels.first()?;
        let path = real.get(label.source.name())?;
        let words = (found.rule.clone(), found.message.en.clone());
        Some((path.clone(), label.span, words.0, words.1))
    };
    let mut counts: BTreeMap<Said, usize> = BTreeMap::new();
    let findings = parts.iter().flat_map(|part| &part.report.diagnostics);
    for said in findings.filter_map(said) {
        *counts.entry(said).or_default() += 1;
    }
    let mut told = BTreeSet::new();
    for (part, domain) in parts.iter_mut().zip(domains.iter()) {
        let root = domain.config().map(Config::root);
        part.report.diagnostics.retain(|found| {
            let Some(said) = said(found) else {
                return true;
            };
            let users = users.get(&said.0).copied().unwrap_or_default();
            let is_ours = || root.is_none_or(|root| said.0.starts_with(root));
            let is_certain = counts.get(&said) == Some(&users)
                && (users > 1 || named.contains(&said.0) || is_ours());
            (is_certain || !NEEDLESS.contains(&&*found.rule)) && told.insert(said)
        });
    }
}
