//! The baseline: the findings that were there when an agency began to check. It may only shrink.

mod write;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Catalog;
use crate::diagnostic::{Diagnostic, Key, Label, Severity};
use crate::engine::{Means, Report, Suppressed};
use crate::pack::decode_node;
use crate::schema::agency::ApiVersion;
use crate::schema::shapes;
use crate::source::{Source, Span};
use crate::text;
use crate::text::Text;
use crate::yaml::{self, Spanned};

pub use write::{Growth, Tidied};

/// What the file is called that is looked for beside the settings.
pub const FILE_NAME: &str = "spokeslint-baseline.yaml";

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
    /// The place in the document.
    pub path: String,
    /// A digest of what the rule looked at there.
    pub digest: String,
    /// How many there are, if not one.
    #[schemars(range(min = 2))]
    pub count: Option<u32>,
}

/// A finding as the baseline knows it: its rule and its key.
type Known = (String, Key);

/// A baseline that was read.
#[derive(Debug)]
pub struct Baseline {
    source: Arc<Source>,
    entries: Vec<(Known, u32, Span)>,
}

impl Baseline {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Every mistake in its form: a gate must not guess what it holds.
    pub fn read(source: &Arc<Source>) -> Result<Self, Vec<Diagnostic>> {
        let parsed = yaml::parse(source);
        if !parsed.diagnostics.is_empty() {
            return Err(parsed.diagnostics);
        }
        let Some(document) = parsed.documents.first() else {
            let message = text!("the file holds no baseline", "لا يحتوي الملف على خط أساس");
            let label = Label::new(source, Span::default());
            return Err(vec![
                Diagnostic::error("baseline/empty", message).with_label(label),
            ]);
        };
        let file: BaselineFile = decode_node(document, document.root(), &shapes::<BaselineFile>())?;
        let entry = |entry: Spanned<BaselineEntry>| {
            let span = document.span(entry.node);
            let BaselineEntry {
                rule,
                document,
                path,
                digest,
                count,
            } = entry.value;
            let key = Key {
                document,
                path,
                digest,
            };
            ((rule, key), count.unwrap_or(1), span)
        };
        Ok(Self {
            source: Arc::clone(source),
            entries: file.findings.into_iter().map(entry).collect(),
        })
    }

    /// The name of the file.
    pub fn name(&self) -> &str {
        self.source.name()
    }

    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.entries
            .iter()
            .map(|(_, count, _)| *count as usize)
            .sum()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What each entry still has to give. Entries that are not sound give nothing.
    pub(super) fn tally(&self, catalog: &Catalog) -> Remaining<'_> {
        let mut left = HashMap::new();
        let mut faults = Vec::new();
        let mut seen: BTreeMap<&Known, Span> = BTreeMap::new();
        for (place, (known, count, span)) in self.entries.iter().enumerate() {
            let label = Label::new(&self.source, *span);
            if !catalog.is_known(&known.0) {
                faults.push(catalog.unknown("baseline/unknown-rule", &known.0, label));
            } else if let Some(found) = catalog.firm("baseline/final", &known.0, label.clone()) {
                faults.push(found);
            } else if let Some(first) = seen.get(known) {
                faults.push(duplicate(label, Label::new(&self.source, *first)));
            } else {
                seen.insert(known, *span);
                left.insert(known.clone(), (place, *count));
            }
        }
        Remaining {
            baseline: self,
            left,
            faults,
        }
    }
}

/// What the entries of a baseline have not given yet.
pub(super) struct Remaining<'b> {
    baseline: &'b Baseline,
    /// By what is known, the place of the entry and how many findings it still covers.
    left: HashMap<Known, (usize, u32)>,
    faults: Vec<Diagnostic>,
}

impl Remaining<'_> {
    /// Sets a finding aside, if one like it is left.
    pub(super) fn cover(&mut self, found: &Diagnostic) -> Option<Suppressed> {
        let known = (found.rule.clone(), found.key.as_deref()?.clone());
        let (place, count) = self.left.get_mut(&known)?;
        *count = count.checked_sub(1)?;
        let (.., span) = self.baseline.entries[*place];
        Some(Suppressed {
            diagnostic: found.clone(),
            means: Means::Baseline,
            reason: None,
            until: None,
            place: Label::new(&self.baseline.source, span),
        })
    }

    /// The places of entries of which less is found than they hold, with how much less.
    pub(super) fn stale(
        &self,
        report: &Report,
        catalog: &Catalog,
        is_complete: bool,
    ) -> BTreeMap<usize, u32> {
        let is_certain = |(rule, key): &Known| {
            let pair = (key.document.clone(), rule.clone());
            catalog.is_on(rule)
                && !report.undecided.contains(&pair)
                && (is_complete
                    || (report.checked.contains(&key.document) && !catalog.is_across(rule)))
        };
        let entries = self.baseline.entries.iter();
        let left = entries.filter_map(|(known, ..)| Some((known, self.left.get(known)?)));
        left.filter(|(known, (_, count))| *count > 0 && is_certain(known))
            .map(|(_, (place, count))| (*place, *count))
            .collect()
    }

    /// Adds what is to be said of the entries.
    pub(super) fn say(self, report: &mut Report, catalog: &Catalog, is_complete: bool) {
        for (place, count) in self.stale(report, catalog, is_complete) {
            let ((rule, _), held, span) = &self.baseline.entries[place];
            let label = Label::new(&self.baseline.source, *span);
            report.diagnostics.push(stale(rule, (count, *held), label));
        }
        report.diagnostics.extend(self.faults);
    }
}

fn stale(rule: &str, (fewer, all): (u32, u32), label: Label) -> Diagnostic {
    let message = if all == 1 {
        text!(
            "`{rule}` no longer finds this: the baseline can shrink",
            "لم تعد القاعدة `{rule}` تجد هذه المخالفة: يمكن تقليص خط الأساس",
            rule = rule,
        )
    } else {
        text!(
            "`{rule}` no longer finds {count} of these {held}: the baseline can shrink",
            "لم تعد القاعدة `{rule}` تجد {count} من {held} مخالفات: يمكن تقليص خط الأساس",
            rule = rule,
            count = fewer,
            held = all,
        )
    };
    let help = text!(
        "run `{command}`",
        "شغّل `{command}`",
        command = "spokeslint baseline --update",
    );
    found("baseline/stale", message, label, help).with_severity(Severity::Warning)
}

fn duplicate(label: Label, first: Label) -> Diagnostic {
    let message = text!(
        "this finding stands in the baseline twice",
        "هذه المخالفة مكررة في خط الأساس",
    );
    let help = text!(
        "delete one of the two; several alike are one entry with a `count`",
        "احذف إحداهما؛ فالمخالفات المتماثلة مدخل واحد له `count`",
    );
    let said = text!("first listed here", "وردت أولًا هنا");
    found("baseline/duplicate", message, label, help).with_label(first.with_text(said))
}

fn found(rule: &str, message: Text, label: Label, help: Text) -> Diagnostic {
    Diagnostic::error(rule, message)
        .with_label(label)
        .with_help(help)
}
