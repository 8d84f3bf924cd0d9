//! Comments that set findings aside: `# spokeslint: ignore RULE -- reason`.
//!
//! They are read with the file that they stand in. What they set aside is known once all findings are, those
//! across files too, so [`settle`] runs at the end.

mod read;
mod region;
mod settle;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Label};
use crate::schema::hide;
use crate::source::{Source, Span};
use crate::suppress::Catalog;
use crate::suppress::catalog::Unknown;
use crate::text;
use crate::text::Text;
use crate::yaml::Document;
use read::Ignore;
use region::Regions;

pub(crate) use settle::{cover, settle};

/// The code of the finding on a name in a comment that matches no rule.
const UNKNOWN: &str = "suppression/unknown-rule";

/// The comments of one file that set something aside.
#[derive(Debug)]
pub struct Ignores {
    /// The file, as it may be shown.
    pub(crate) source: Arc<Source>,
    /// Each comment with the bytes that it speaks of.
    list: Vec<(Ignore, Span)>,
    /// Rules that came to no verdict on a document of the file.
    pub(crate) undecided: BTreeSet<String>,
    /// Whether all of the file could be read.
    pub(crate) is_whole: bool,
    /// Names that are no rule's.
    unknown: Unknown,
}

impl Ignores {
    pub(crate) fn new(source: &Arc<Source>, is_whole: bool) -> Self {
        Self {
            source: Arc::clone(source),
            list: Vec::new(),
            undecided: BTreeSet::new(),
            is_whole,
            unknown: Unknown::default(),
        }
    }

    /// Returns the finding on unknown names that were only counted, once all documents are read.
    pub(crate) fn rest(&mut self) -> Option<Diagnostic> {
        self.unknown.rest(UNKNOWN)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Shows the file without what looks like a secret from now on.
    pub(crate) fn hide(&mut self, secrets: &[Span]) {
        let nothing = Diagnostic::error("", Text::default());
        let mut shown = [nothing.with_label(self.label(Span::default()))];
        hide(&mut shown, &self.source, secrets);
        if let Some(label) = shown[0].labels.first() {
            self.source = Arc::clone(&label.source);
        }
    }

    fn label(&self, span: Span) -> Label {
        Label::new(&self.source, span)
    }
}

/// Reads the comments of a document; returns what is wrong with them.
pub(crate) fn collect(
    document: &Document,
    is_first: bool,
    catalog: &dyn Fn() -> Arc<Catalog>,
    ignores: &mut Ignores,
) -> Vec<Diagnostic> {
    let source = document.source();
    let mut found = Vec::new();
    let mut regions = None;
    for comment in document.comments() {
        let mut ignore = match read::read(source, *comment) {
            None => continue,
            Some(Ok(ignore)) => ignore,
            Some(Err(fault)) => {
                found.push(*fault);
                continue;
            }
        };
        let regions = regions.get_or_insert_with(|| Regions::new(document, is_first));
        let Some(region) = regions.of(*comment) else {
            found.push(out_of_place(Label::new(source, *comment)));
            continue;
        };
        let catalog = catalog();
        ignore.rules.retain(|(id, span)| {
            let is_known = catalog.is_known(id);
            if !is_known {
                let label = Label::new(source, *span);
                let tell = || catalog.unknown(UNKNOWN, id, label.clone());
                found.extend(ignores.unknown.tell(tell, &label));
            }
            is_known
        });
        if !ignore.rules.is_empty() {
            ignores.list.push((ignore, region));
        }
    }
    found
}

fn out_of_place(label: Label) -> Diagnostic {
    let message = text!(
        "the comment stands where nothing begins that it could speak of",
        "التعليق في موضع لا يبدأ عنده شيء يمكن أن يخصه",
    );
    let help = text!(
        "put it at the end of the line on which that begins, or on a line of its own above",
        "ضعه في آخر السطر الذي يبدأ فيه المقصود، أو في سطر مستقل فوقه",
    );
    Diagnostic::error("suppression/syntax", message)
        .with_label(label)
        .with_help(help)
}
