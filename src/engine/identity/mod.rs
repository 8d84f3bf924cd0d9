//! What a document is, by its `apiVersion` and `kind`, and what is said of one that is none of ours.
//!
//! That is decided on parsed values, whatever their spelling. What was meant for us and misses its mark is an error,
//! whoever named the file: only what is surely of another tool is passed over.

mod miss;
mod near;
mod nested;
mod recognizer;

use std::sync::Arc;

pub(super) use nested::in_ours;
pub use recognizer::Recognizer;

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::schema::{API_VERSION, Kind};
use crate::source::{Source, Span};
use crate::text;
use crate::text::{Text, nearest};
use crate::yaml::{Document, Entry, NodeId, Value};

/// The kinds that set findings aside.
const LENIENT: [&str; 2] = ["Waivers", "Baseline"];

/// What a document turned out to be.
pub(super) enum Identity {
    /// One of ours, of the kind at this place, to be checked.
    Ours(usize),
    /// One that sets findings aside, with what is said of it unless it has been named as such.
    Lenient(Box<Diagnostic>),
    /// One of ours that cannot be checked: why.
    Unusable(Box<Diagnostic>),
    /// Somebody else's.
    Foreign,
    /// Nothing between two markers.
    Empty,
}

fn unusable(diagnostic: Diagnostic) -> Identity {
    Identity::Unusable(Box::new(diagnostic))
}

/// Tells what a document is by its `apiVersion` and `kind`.
pub(super) fn identify(document: &Document, kinds: &[Arc<Kind>]) -> Identity {
    let root = document.root();
    if document.value(root) == Value::Null && document.span(root).is_empty() {
        return Identity::Empty;
    }
    if says(document, "apiVersion", |version| version == API_VERSION).is_some() {
        return of_ours(document, kinds);
    }
    match miss::find(document, kinds) {
        Some(missed) => unusable(missed),
        None => Identity::Foreign,
    }
}

/// The entry of the document under a key whose text fulfils a condition. A key that stands there twice has its own
/// diagnostic; one of its values is enough here.
fn says<'d>(
    document: &'d Document,
    key: &str,
    is_wanted: impl Fn(&str) -> bool,
) -> Option<(&'d Entry, &'d str)> {
    let entries = document.entries(document.root()).iter();
    let own = entries.filter(|entry| document.text(entry.key) == Some(key));
    let mut texts = own.filter_map(|entry| match document.value(entry.value) {
        Value::Str(text) => Some((entry, text)),
        _ => None,
    });
    texts.find(|(_, text)| is_wanted(text))
}

/// Tells what a document with our header is by its `kind`.
fn of_ours(document: &Document, kinds: &[Arc<Kind>]) -> Identity {
    let Some((entry, name)) = says(document, "kind", |_| true) else {
        return unusable(no_kind(document, kinds));
    };
    match kinds.iter().position(|kind| kind.name == name) {
        Some(place) => Identity::Ours(place),
        None if name == "Waivers" => Identity::Lenient(Box::new(waivers(document, entry.value))),
        None if name == "Baseline" => Identity::Lenient(Box::new(baseline(document, entry.value))),
        None => unusable(unknown_kind(document, entry.value, name, kinds)),
    }
}

/// The finding for waivers that nobody has named.
fn waivers(document: &Document, kind: NodeId) -> Diagnostic {
    let message = text!(
        "these waivers do not take effect: nothing names this file",
        "هذه الإعفاءات غير سارية: لا شيء يذكر هذا الملف",
    );
    let help = text!(
        "name it under `waivers` in `spokeslint.yaml`, or with `--waivers FILE`",
        "اذكره تحت `waivers` في `spokeslint.yaml`، أو بالخيار `--waivers FILE`",
    );
    not_named("waiver/not-named", document, kind, (message, help))
}

/// The finding for a baseline that nobody has named.
fn baseline(document: &Document, kind: NodeId) -> Diagnostic {
    let message = text!(
        "this baseline does not take effect: nothing names this file",
        "خط الأساس هذا غير سارٍ: لا شيء يذكر هذا الملف",
    );
    let help = text!(
        "name it under `baseline` in `spokeslint.yaml`, or with `--baseline FILE`",
        "اذكره تحت `baseline` في `spokeslint.yaml`، أو بالخيار `--baseline FILE`",
    );
    not_named("baseline/not-named", document, kind, (message, help))
}

fn not_named(
    rule: &str,
    document: &Document,
    kind: NodeId,
    (message, help): (Text, Text),
) -> Diagnostic {
    let label = Label::new(document.source(), document.span(kind));
    Diagnostic::error(rule, message)
        .with_severity(Severity::Warning)
        .with_label(label)
        .with_help(help)
}

/// The finding for a document that names no `kind`, or gives something else than a name for it.
fn no_kind(document: &Document, kinds: &[Arc<Kind>]) -> Diagnostic {
    let root = document.root();
    let given = document.get(root, "kind").map(|e| e.value);
    let lines = one_of(kinds);
    let entries = || document.entries(root).iter();
    let is_near = |entry: &&Entry| document.text(entry.key).is_some_and(near::is_kind_key);
    if let (None, Some(misspelt)) = (given, entries().find(is_near)) {
        return Diagnostic {
            rule: "schema/kind".to_owned(),
            ..miss::of_key(document, misspelt.key, "kind")
        };
    }
    let (place, message, [en, ar]) = if let Some(node) = given {
        let message = text!(
            "the `kind` of the document is no text",
            "نوع المستند `kind` ليس نصًا"
        );
        (node, message, ["write", "اكتب"])
    } else {
        let message = text!(
            "the document does not say its `kind`",
            "لا يذكر المستند نوعه `kind`"
        );
        let version = document.get(root, "apiVersion");
        let place = version.map_or(root, |entry| entry.value);
        (place, message, ["add", "أضف"])
    };
    let help = Text::new(format!("{en} {}", lines.en), format!("{ar} {}", lines.ar));
    let label = Label::new(document.source(), document.span(place));
    Diagnostic::error("schema/kind", message)
        .with_label(label)
        .with_help(help)
}

/// What a document may write as its kind.
fn one_of(kinds: &[Arc<Kind>]) -> Text {
    let lines: Vec<String> = kinds
        .iter()
        .map(|kind| format!("`kind: {}`", kind.name))
        .collect();
    Text::new(lines.join(" or "), lines.join(" أو "))
}

fn unknown_kind(document: &Document, node: NodeId, kind: &str, kinds: &[Arc<Kind>]) -> Diagnostic {
    let message = text!(
        "there is no document kind `{kind}`",
        "لا يوجد نوع مستند باسم `{kind}`",
        kind = kind
    );
    let label = Label::new(document.source(), document.span(node));
    let known = || kinds.iter().map(|kind| kind.name.as_str());
    let help = if let Some(near) = nearest(kind, known()) {
        text::did_you_mean(&near)
    } else {
        text!(
            "known kinds: {kinds}; other kinds come with a pack, which `--pack DIR` loads",
            "الأنواع المعروفة: {kinds}؛ وتأتي الأنواع الأخرى مع حزمة تُحمَّل بالخيار `--pack DIR`",
            kinds = known().collect::<Vec<_>>().join(", ")
        )
    };
    Diagnostic::error("schema/kind", message)
        .with_label(label)
        .with_help(help)
}

/// The finding for a document of another tool that somebody named.
pub(super) fn not_ours(document: &Document) -> Diagnostic {
    let root = document.root();
    let message = if document.value(root) == Value::Sequence {
        text!(
            "this is no spokeslint document: it is a list, not a mapping that says `apiVersion: {known}`",
            "هذا ليس مستند spokeslint: فهو قائمة، لا خريطة تذكر `apiVersion: {known}`",
            known = API_VERSION,
        )
    } else {
        text!(
            "this is no spokeslint document: it does not say `apiVersion: {known}`",
            "هذا ليس مستند spokeslint: إذ لا يذكر `apiVersion: {known}`",
            known = API_VERSION,
        )
    };
    let help = text!(
        "begin it with `apiVersion: {known}` and `kind: Agency`, or leave it out; folders are searched for documents of ours only",
        "ابدأه بالسطرين `apiVersion: {known}` و`kind: Agency`، أو استبعده؛ فالمجلدات لا يُفحص فيها إلا مستنداتنا",
        known = API_VERSION,
    );
    let place = document
        .get(root, "apiVersion")
        .map_or_else(|| document.head(root), |e| document.span(e.value));
    let label = Label::new(document.source(), place);
    Diagnostic::error("schema/not-ours", message)
        .with_label(label)
        .with_help(help)
}

/// The finding for a file without a document.
pub(super) fn empty(source: &Arc<Source>) -> Diagnostic {
    let message = text!("the file holds no document", "لا يحتوي الملف على أي مستند");
    let help = text!(
        "begin it with `apiVersion: {known}` and `kind: Agency`",
        "ابدأه بالسطرين `apiVersion: {known}` و`kind: Agency`",
        known = API_VERSION,
    );
    let label = Label::new(source, Span::default());
    Diagnostic::error("schema/empty", message)
        .with_label(label)
        .with_help(help)
}

#[cfg(test)]
mod tests;
