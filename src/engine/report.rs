//! What a run found, sorted, with a receipt that adds up.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;
use std::sync::Arc;

use crate::date::Date;
use crate::diagnostic::{Diagnostic, Label, Safety, Severity};
use crate::discover::{Cause, Unchecked};
use crate::engine::facts::Facts;
use crate::engine::stopped::Unjudged;
use crate::schema::hide_by_line;
use crate::source::Source;
use crate::suppress::Ignores;
use crate::text::Text;

/// The verdicts on pairs of one rule and one document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// The rule looked at something and found no fault.
    pub held: usize,
    /// The rule found at least one fault.
    pub found: usize,
    /// There was nothing in the document that the rule speaks of, or it speaks of another kind of document.
    pub not_applicable: usize,
    /// The rule touched a value that has a shape error, so there is no verdict.
    pub not_evaluated: usize,
}

impl Tally {
    /// Returns the number of pairs: always rules × documents, added over the settings of the run.
    pub const fn total(self) -> usize {
        self.held + self.found + self.not_applicable + self.not_evaluated
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.held += other.held;
        self.found += other.found;
        self.not_applicable += other.not_applicable;
        self.not_evaluated += other.not_evaluated;
    }
}

/// By what a finding is set aside.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Means {
    /// A comment in the file itself.
    Comment,
    /// An entry in a file of waivers.
    Waiver,
    /// The baseline.
    Baseline,
}

/// A finding that is known and does not count.
#[derive(Clone, Debug)]
pub struct Suppressed {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// By what it is set aside.
    pub means: Means,
    /// Why, in the words of who did it.
    pub reason: Option<String>,
    /// The last day on which that holds.
    pub until: Option<Date>,
    /// Where it says so.
    pub place: Label,
}

/// The files of a run that are under the same settings.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Share {
    /// The nearest file of settings; none where there are no settings.
    pub settings: Option<String>,
    /// The outer files of settings whose final rules stay on.
    pub finals_of: Vec<String>,
    /// The number of documents that were checked.
    pub documents: usize,
    /// The number of rules that were on.
    pub rules: usize,
}

/// What one source, or a whole run, amounts to.
#[derive(Debug, Default)]
pub struct Report {
    /// The findings, sorted by file, place and rule.
    pub diagnostics: Vec<Diagnostic>,
    /// The findings that are set aside, sorted in the same way.
    pub suppressed: Vec<Suppressed>,
    /// By rule, how many findings were counted and are not listed.
    pub unlisted: BTreeMap<String, usize>,
    /// How many findings were mended before the files were checked once more.
    pub fixed: usize,
    /// How many files were read.
    pub files: usize,
    /// How many documents were held against the rules.
    pub documents: usize,
    /// How many of them there were of each kind.
    pub kinds: BTreeMap<String, usize>,
    /// The number of rules that were on; the most, where files are under several settings.
    pub rules: usize,
    /// The settings of the run, if it was told of them.
    pub shares: Vec<Share>,
    /// The verdicts.
    pub tally: Tally,
    /// The number of files that could not be read to their end, so that nothing in them was checked.
    pub unread: usize,
    /// The files that were found by walking and are not checked, with the reasons, sorted.
    pub unchecked: Vec<Unchecked>,
    /// Names of files found by walking that the settings exclude, sorted.
    pub excluded: Vec<String>,
    /// The names of the files that were checked, sorted, where somebody asked for them.
    pub names: Vec<String>,
    /// The paths of files from the top of their repository, by the names that differ from them; see
    /// [`crate::repository::locate`].
    pub paths: BTreeMap<String, String>,
    /// What kept the run from checking everything, such as a file that cannot be read.
    pub failures: Vec<Text>,
    /// Whether a rule failed to evaluate, which is a fault of the tool or of its packs.
    pub broken: bool,
    /// What the sources add to the checks across files, until these are made.
    pub facts: Vec<Facts>,
    /// The comments that set something aside, until all findings are known.
    pub ignores: Vec<Ignores>,
    /// What the documents are called that were held against the rules: kind and id.
    pub checked: BTreeSet<String>,
    /// Documents with rules that could not look at everything in them.
    pub undecided: BTreeSet<(String, String)>,
    /// Final rules without a verdict, until all of them are known.
    pub unjudged: Vec<Unjudged>,
}

impl Report {
    /// The report on a file whose bytes are no text.
    pub fn of_unreadable(diagnostic: Diagnostic) -> Self {
        let mut diagnostics = vec![diagnostic];
        let label = diagnostics.first().and_then(|found| found.labels.first());
        if let Some(source) = label.map(|label| Arc::clone(&label.source)) {
            hide_by_line(&mut diagnostics, &source);
        }
        Self {
            diagnostics,
            files: 1,
            unread: 1,
            ..Self::default()
        }
    }

    /// The path by which reports for other programs call a file.
    pub fn path_of<'r>(&'r self, name: &'r str) -> &'r str {
        self.paths.get(name).map_or(name, String::as_str)
    }

    /// The sources that findings speak of, those set aside included.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &Source> {
        let aside = self.suppressed.iter();
        let places = aside.clone().map(|one| &*one.place.source);
        let all = self.diagnostics.iter();
        all.chain(aside.map(|one| &one.diagnostic))
            .flat_map(|found| &found.labels)
            .map(|label| &*label.source)
            .chain(places)
    }

    /// The report on a file that was found by walking and is not checked.
    pub fn of_unchecked(name: &str, cause: Cause) -> Self {
        Self {
            files: usize::from(cause != Cause::Settings),
            unchecked: vec![Unchecked {
                name: name.to_owned(),
                line: None,
                cause,
            }],
            ..Self::default()
        }
    }

    /// Returns the unchecked files and folders that a reader is told about, without those that everybody expects.
    pub fn passed_over(&self) -> impl Iterator<Item = &Unchecked> {
        let all = self.unchecked.iter();
        all.filter(|one| one.line.is_none() && one.cause.is_told())
    }

    /// Returns whether this is the report on a file that is not checked.
    pub fn is_of_unchecked(&self) -> bool {
        self.unchecked.iter().any(|one| one.line.is_none())
    }

    /// Whether nothing of ours was seen, sound or not.
    pub fn is_empty(&self) -> bool {
        self.documents == 0 && self.diagnostics.is_empty()
    }

    /// The fewest and the most rules that a document was held against.
    pub fn rules_each(&self) -> (usize, usize) {
        let shares = self.shares.iter().filter(|share| share.documents > 0);
        let counts = || shares.clone().map(|share| share.rules);
        let least = counts().min().unwrap_or(self.rules);
        (least, counts().max().unwrap_or(self.rules))
    }

    /// Counts findings of a rule that are not listed.
    pub(crate) fn count_unlisted(&mut self, rule: &str, count: usize) {
        if count > 0 {
            *self.unlisted.entry(rule.to_owned()).or_default() += count;
        }
    }

    /// How many findings there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// How many findings carry a fix, and how many of these a fix that a person should look at first.
    pub fn fixable(&self) -> (usize, usize) {
        let fixes = self
            .diagnostics
            .iter()
            .filter_map(|found| found.fix.as_deref());
        fixes.fold((0, 0), |(all, risky), fix| {
            (all + 1, risky + usize::from(fix.safety == Safety::Unsafe))
        })
    }

    /// The heaviest severity among the findings.
    pub fn worst(&self) -> Option<Severity> {
        self.diagnostics
            .iter()
            .map(|diagnostic| diagnostic.severity)
            .max()
    }

    /// Adds another report; the order of additions does not show after [`Report::sort`].
    pub fn merge(&mut self, other: Self) {
        self.diagnostics.extend(other.diagnostics);
        self.suppressed.extend(other.suppressed);
        for (rule, count) in other.unlisted {
            *self.unlisted.entry(rule).or_default() += count;
        }
        self.fixed += other.fixed;
        self.files += other.files;
        self.documents += other.documents;
        for (kind, count) in other.kinds {
            *self.kinds.entry(kind).or_default() += count;
        }
        self.rules = self.rules.max(other.rules);
        self.shares.extend(other.shares);
        self.tally += other.tally;
        self.unread += other.unread;
        self.unchecked.extend(other.unchecked);
        self.excluded.extend(other.excluded);
        self.names.extend(other.names);
        self.paths.extend(other.paths);
        self.failures.extend(other.failures);
        self.broken |= other.broken;
        self.facts.extend(other.facts);
        self.ignores.extend(other.ignores);
        self.checked.extend(other.checked);
        self.undecided.extend(other.undecided);
        self.unjudged.extend(other.unjudged);
    }

    /// Puts findings and names in their one order.
    pub fn sort(&mut self) {
        self.diagnostics
            .sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        self.suppressed
            .sort_by(|a, b| a.diagnostic.sort_key().cmp(&b.diagnostic.sort_key()));
        self.unchecked.sort();
        self.excluded.sort();
        self.names.sort();
    }
}
