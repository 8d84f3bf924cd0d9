//! A file of waivers: read from the tree, so that each fault is told at its own line.

mod file;
mod judge;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::{GlobBuilder, GlobMatcher};

use crate::date::{Date, Precision};
use crate::diagnostic::{Diagnostic, Label};
use crate::glob;
use crate::recognize::{Expected, recognize, withheld};
use crate::schema::{shapes, validate};
use crate::source::{Source, Span, display_name};
use crate::text;
use crate::text::Text;
use crate::yaml::{self, Document, NodeId};
pub use file::{WaiverEntry, WaiversFile, Where};
pub(crate) use judge::{Judged, Ledger};

/// The waivers of one file.
#[derive(Debug)]
pub struct Waivers {
    source: Arc<Source>,
    /// The folder from which the patterns of files are seen, absolute and without links.
    root: PathBuf,
    list: Vec<Waiver>,
    /// What is wrong with the file, whatever is found elsewhere.
    pub(super) faults: Vec<Diagnostic>,
}

/// One waiver, with the places of its parts.
#[derive(Debug)]
struct Waiver {
    rule: (String, Span),
    document: Option<String>,
    file: Option<(String, GlobMatcher)>,
    path: Option<String>,
    reason: (String, Span),
    owner: (String, Span),
    issued: (Date, Span),
    until: (Date, Span),
}

impl Waivers {
    /// Reads a file, whose patterns of files are relative to the folder `root`. A waiver that is not sound is a
    /// finding, and does not take effect; the others do.
    pub fn read(source: &Arc<Source>, root: &Path) -> Self {
        let parsed = yaml::parse(source);
        let mut read = Self {
            source: Arc::clone(source),
            root: root.canonicalize().unwrap_or_else(|_| root.to_owned()),
            list: Vec::new(),
            faults: parsed.diagnostics,
        };
        let expected = expected();
        let what = (&parsed.documents[..], &read.faults[..]);
        if let Err(foreign) = recognize(source, what, &expected) {
            read.faults = vec![foreign.finding(source, &expected)];
        }
        if !read.faults.is_empty() {
            return read;
        }
        let shapes = shapes::<WaiversFile>();
        for document in &parsed.documents {
            let validation = validate(document, document.root(), &shapes, shapes.root());
            let unsound: Vec<Span> = validation
                .diagnostics
                .iter()
                .filter_map(|found| found.labels.first())
                .map(|label| label.span)
                .collect();
            read.faults.extend(validation.diagnostics);
            let list = document.get(document.root(), "waivers");
            for item in list.map_or(&[][..], |list| document.items(list.value)) {
                let span = document.span(*item);
                if !unsound.iter().any(|fault| span.contains(*fault)) {
                    read.take(document, *item);
                }
            }
        }
        if parsed.documents.is_empty() {
            read.faults.push(no_waivers(source));
        }
        read
    }

    /// Returns the finding on bytes of a waivers file that are not text; it does not show the text if it is something
    /// else.
    pub fn unreadable(found: Box<Diagnostic>) -> Diagnostic {
        expected().of_bytes(found)
    }

    /// The name of the file.
    pub fn name(&self) -> &str {
        self.source.name()
    }

    fn take(&mut self, document: &Document, item: NodeId) {
        let entry: WaiverEntry = match yaml::from_node(document, item) {
            Ok(entry) => entry,
            Err(error) => {
                self.faults
                    .push(error.into_diagnostic(document, "schema/type"));
                return;
            }
        };
        let span = |node: NodeId| document.span(node);
        let mut sound = true;
        for (name, day) in [("issued", &entry.issued), ("until", &entry.until)] {
            if day.precision() != Precision::Day {
                sound = false;
                self.faults
                    .push(month(name, day.value, self.label(span(day.node))));
            }
        }
        let place = &entry.place;
        let glob = place.file.as_ref().map(|file| (compile(file), file));
        if let Some((Err(fault), file)) = &glob {
            sound = false;
            self.faults
                .push(no_pattern(fault, self.label(span(file.node))));
        }
        if place.document.is_none() && place.file.is_none() && place.path.is_none() {
            sound = false;
            let whole = document.get(item, "where").map_or(item, |e| e.key);
            self.faults.push(nowhere(self.label(span(whole))));
        }
        if sound {
            let file = glob.and_then(|(glob, file)| Some((file.value.clone(), glob.ok()?)));
            self.list.push(Waiver {
                file,
                document: place.document.clone(),
                path: place.path.clone(),
                rule: (entry.rule.value.clone(), span(entry.rule.node)),
                reason: (entry.reason.value.clone(), span(entry.reason.node)),
                owner: (entry.owner.value.clone(), span(entry.owner.node)),
                issued: (entry.issued.value, span(entry.issued.node)),
                until: (entry.until.value, span(entry.until.node)),
            });
        }
    }

    fn label(&self, span: Span) -> Label {
        Label::new(&self.source, span)
    }

    /// The path that patterns are compared with: from the root where the file lies there, or else the whole. It is
    /// the same wherever the program runs, and however the file was named.
    fn path_of(&self, source: &Source) -> String {
        let Some(real) = source.real() else {
            return source.name().to_owned();
        };
        display_name(real.strip_prefix(&self.root).unwrap_or(real))
    }
}

/// Returns the marks by which a waivers file is recognized.
fn expected() -> Expected {
    let what = ("a file with waivers", "ملف إعفاءات");
    Expected::header("waiver/other-kind", what, ("Waivers", "waivers"))
}

fn compile(pattern: &str) -> Result<GlobMatcher, globset::ErrorKind> {
    GlobBuilder::new(pattern)
        .literal_separator(true)
        .build()
        .map(|glob| glob.compile_matcher())
        .map_err(|error| error.kind().clone())
}

fn error(rule: &str, message: Text, label: Label, help: Text) -> Diagnostic {
    Diagnostic::error(rule, message)
        .with_label(label)
        .with_help(help)
}

fn month(name: &str, month: Date, label: Label) -> Diagnostic {
    let message = text!(
        "expected a day under `{name}`, found the month `{month}`",
        "المتوقع يوم في `{name}`، والموجود الشهر `{month}`",
        name = name,
        month = month,
    );
    let help = text!(
        "write the day as well, such as `2026-12-31` or `1448-06-12 AH`",
        "اكتب اليوم أيضًا، مثل `2026-12-31` أو `1448-06-12 AH`",
    );
    error("waiver/day", message, label, help)
}

fn no_pattern(fault: &globset::ErrorKind, label: Label) -> Diagnostic {
    let Text { en, ar } = glob::reason(fault);
    let message = Text::new(
        format!("this is no glob pattern: {en}"),
        format!("هذا ليس نمط مسارات صحيحًا: {ar}"),
    );
    let help = text!(
        "write it like `agencies/*.yaml`, relative to the folder of the settings",
        "اكتبه مثل `agencies/*.yaml`، نسبةً إلى مجلد ملف الإعدادات",
    );
    error("waiver/file", message, label, help)
}

fn nowhere(label: Label) -> Diagnostic {
    let message = text!(
        "the waiver does not say where it holds",
        "لا يذكر الإعفاء أين يسري",
    );
    let help = text!(
        "name at least one of `document`, `file` and `path` under `where`",
        "اذكر تحت `where` واحدًا على الأقل من `document` و`file` و`path`",
    );
    error("waiver/nowhere", message, label, help)
}

fn no_waivers(source: &Arc<Source>) -> Diagnostic {
    let message = text!("the file holds no waivers", "لا يحتوي الملف على أي إعفاء");
    let help = text!(
        "begin it with `apiVersion: spokeslint/v1` and `kind: Waivers`",
        "ابدأه بالسطرين `apiVersion: spokeslint/v1` و`kind: Waivers`",
    );
    error("waiver/empty", message, withheld(source, 1), help)
}
