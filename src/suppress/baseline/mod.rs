//! The baseline: the findings that were there when an agency began to check. It may only shrink.

mod tally;
mod words;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::confines::{self, Confines};
use crate::diagnostic::{Diagnostic, Key, Label};
use crate::error::Error;
use crate::pack::decode_node;
use crate::recognize::{Expected, recognize, withheld};
use crate::schema::agency::ApiVersion;
use crate::schema::shapes;
use crate::source::{Source, Span, display_name};
use crate::text;
use crate::text::Text;
use crate::yaml::{self, Spanned};

pub(in crate::suppress) use tally::{Judged, Tally};
pub use write::{Growth, Tidied};

/// What the file is called that is looked for beside the settings.
pub const FILE_NAME: &str = "spokeslint-baseline.yaml";

/// The path of the baseline in a folder, whether or not it is there.
///
/// # Errors
///
/// [`Error::Baseline`] where a link in its place leads out of these confines.
pub fn beside(folder: &Path, confines: &Confines) -> Result<PathBuf, Error> {
    let path = folder.join(FILE_NAME);
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    if confines.follow(&real, Path::new(FILE_NAME)).is_ok() {
        return Ok(path);
    }
    let place = confines::place_of(&path);
    let found = confines::outside("baseline/outside", &display_name(&path), place);
    Err(Error::Baseline(vec![found]))
}

/// `spokeslint-baseline.yaml`, which `spokeslint baseline` writes.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Baseline")]
pub struct BaselineFile {
    /// The version of the document format: `spokeslint/v1`.
    #[serde(rename = "apiVersion")]
    pub api_version: ApiVersion,
    /// The kind of the document: `Baseline`.
    pub kind: BaselineKind,
    /// The findings.
    pub findings: Vec<Spanned<BaselineEntry>>,
}

/// The kind of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum BaselineKind {
    /// A baseline.
    Baseline,
}

/// A finding that is known, or several that nothing tells apart.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BaselineEntry {
    /// The id of the rule.
    pub rule: String,
    /// The document: its kind and its `id`.
    pub document: String,
    /// The place in the document, for people.
    pub path: String,
    /// A digest of what the rule was asked of and, unless elements decided, of the place and what stands there.
    pub digest: String,
    /// A digest of each element of a list that decided. A finding that fewer of them decide is covered as well.
    #[serde(default)]
    pub elements: Vec<String>,
    /// How many there are, if not one.
    #[schemars(range(min = 2))]
    pub count: Option<u32>,
}

/// A finding as the baseline knows it, wherever it is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    rule: String,
    document: String,
    digest: String,
    /// Sorted, each once.
    elements: Vec<String>,
}

impl Known {
    fn new(rule: &str, key: &Key) -> Self {
        Self {
            rule: rule.to_owned(),
            document: key.document.clone(),
            digest: key.digest.clone(),
            elements: key.elements.clone(),
        }
    }

    /// Whether all of some elements are among its own.
    fn holds(&self, elements: &[String]) -> bool {
        let mut elements = elements.iter();
        elements.all(|one| self.elements.binary_search(one).is_ok())
    }

    /// Whether any of some elements is among its own.
    fn shares(&self, elements: &[String]) -> bool {
        let mut elements = elements.iter();
        elements.any(|one| self.elements.binary_search(one).is_ok())
    }
}

/// An entry that was read.
#[derive(Debug)]
struct Entry {
    known: Known,
    path: String,
    count: u32,
    span: Span,
}

/// A baseline that was read.
#[derive(Debug)]
pub struct Baseline {
    source: Arc<Source>,
    entries: Vec<Entry>,
}

impl Baseline {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Every mistake in its form: a gate must not guess what it holds.
    pub fn read(source: &Arc<Source>) -> Result<Self, Vec<Diagnostic>> {
        let parsed = yaml::parse(source);
        let expected = expected();
        let what = (&parsed.documents[..], &parsed.diagnostics[..]);
        if let Err(foreign) = recognize(source, what, &expected) {
            return Err(vec![foreign.finding(source, &expected)]);
        }
        if !parsed.diagnostics.is_empty() {
            return Err(parsed.diagnostics);
        }
        let Some(document) = parsed.documents.first() else {
            let message = text!("the file holds no baseline", "لا يحتوي الملف على خط أساس");
            let found = Diagnostic::error("baseline/empty", message);
            return Err(vec![found.with_label(withheld(source, 1))]);
        };
        let file: BaselineFile = decode_node(document, document.root(), &shapes::<BaselineFile>())?;
        let entry = |entry: Spanned<BaselineEntry>| {
            let span = document.span(entry.node);
            let mut read = entry.value;
            read.elements.sort_unstable();
            read.elements.dedup();
            Entry {
                known: Known {
                    rule: read.rule,
                    document: read.document,
                    digest: read.digest,
                    elements: read.elements,
                },
                path: read.path,
                count: read.count.unwrap_or(1),
                span,
            }
        };
        Ok(Self {
            source: Arc::clone(source),
            entries: file.findings.into_iter().map(entry).collect(),
        })
    }

    /// Returns the finding on bytes of a baseline that are not text; it does not show the text if it is something else.
    pub fn unreadable(found: Box<Diagnostic>) -> Diagnostic {
        expected().of_bytes(found)
    }

    /// The name of the file.
    pub fn name(&self) -> &str {
        self.source.name()
    }

    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.entries.iter().map(|entry| entry.count as usize).sum()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Returns the marks by which a baseline is recognized.
fn expected() -> Expected {
    let what = ("a baseline", "خط أساس");
    Expected::header("baseline/other-kind", what, ("Baseline", "findings"))
}

fn found(rule: &str, message: Text, label: Label, help: Text) -> Diagnostic {
    Diagnostic::error(rule, message)
        .with_label(label)
        .with_help(help)
}
