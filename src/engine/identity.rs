//! What a document is, by its `apiVersion` and `kind`, and what is said of one that is none of ours.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::schema::{API_VERSION, Kind};
use crate::source::{Source, Span};
use crate::text;
use crate::text::{Text, nearest};
use crate::yaml::{Document, NodeId, Value};

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
    let text = |key: &str| {
        let node = document.get(root, key)?.value;
        match document.value(node) {
            Value::Str(text) => Some((node, text)),
            _ => None,
        }
    };
    match (text("apiVersion"), text("kind")) {
        (Some((_, API_VERSION)), Some((node, name))) => {
            match kinds.iter().position(|kind| kind.name == name) {
                Some(place) => Identity::Ours(place),
                None if name == "Waivers" => Identity::Lenient(Box::new(waivers(document, node))),
                None if name == "Baseline" => Identity::Lenient(Box::new(baseline(document, node))),
                None => unusable(unknown_kind(document, node, name, kinds)),
            }
        }
        (Some((node, API_VERSION)), None) => unusable(no_kind(document, node, kinds)),
        (Some((node, version)), _) if version.starts_with("spokeslint/") => {
            let message = text!(
                "expected `apiVersion: {known}`, found `{version}`",
                "المتوقع `apiVersion: {known}`، والموجود `{version}`",
                known = API_VERSION,
                version = version,
            );
            let help = text!(
                "this release reads `{known}`; a file of a later version needs a later release",
                "يقرأ هذا الإصدار `{known}`، والملف المكتوب بنسخة أحدث يلزمه إصدار أحدث",
                known = API_VERSION,
            );
            let label = Label::new(document.source(), document.span(node));
            unusable(
                Diagnostic::error("schema/api-version", message)
                    .with_label(label)
                    .with_help(help),
            )
        }
        _ if document.value(root) == Value::Null && document.span(root).is_empty() => {
            Identity::Empty
        }
        _ => Identity::Foreign,
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
fn no_kind(document: &Document, version: NodeId, kinds: &[Arc<Kind>]) -> Diagnostic {
    let given = document.get(document.root(), "kind").map(|e| e.value);
    let lines = one_of(kinds);
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
        (version, message, ["add", "أضف"])
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
