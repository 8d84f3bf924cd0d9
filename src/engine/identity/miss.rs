//! Documents that were meant for us and miss their mark: a misspelt header, a kind of ours without one, our schema, or
//! unmistakably our shape. Each is an error at what is wrong with it.

use std::sync::Arc;

use super::near::{is_kind_key, is_version, is_version_key, names_version, normal, words};
use super::recognizer::{Mark, schema_file};
use super::{LENIENT, nested, says};
use crate::diagnostic::{Diagnostic, Label};
use crate::pack::RuleFile;
use crate::schema::{API_VERSION, Kind};
use crate::source::Span;
use crate::text;
use crate::text::{Text, did_you_mean};
use crate::yaml::{Document, Entry, NodeId, Value, from_node};

/// Returns the error in a document that lacks our header but was meant for us; nothing for one of another tool.
pub(super) fn find(document: &Document, kinds: &[Arc<Kind>]) -> Option<Diagnostic> {
    let marks: Vec<(&Kind, Mark)> = kinds
        .iter()
        .filter_map(|kind| Some((&**kind, Mark::of(&kind.shapes)?)))
        .collect();
    of_version(document)
        .or_else(|| of_kind(document, kinds))
        .or_else(|| of_schema(document, kinds))
        .or_else(|| of_shape(document, document.root(), &marks).map(|kind| shaped(document, kind)))
        .or_else(|| nested::in_other(document, kinds, &marks))
        .or_else(|| of_scalar(document))
}

/// A header that is misspelt in its key, its name or its version, or no text.
fn of_version(document: &Document) -> Option<Diagnostic> {
    if let Some((entry, version)) = says(document, "apiVersion", names_version) {
        return Some(of_value(document, entry.value, version));
    }
    let key = |entry: &Entry| document.text(entry.key).unwrap_or_default();
    let entries = document.entries(document.root());
    let misspelt = entries.iter().find(|entry| {
        let value = document.text(entry.value).unwrap_or_default();
        is_version(value) || (is_version_key(key(entry)) && names_version(value))
    });
    if let Some(entry) = misspelt {
        return Some(match document.text(entry.key) {
            Some(_) => of_key(document, entry.key, "apiVersion"),
            None => missing(document, document.span(entry.value)),
        });
    }
    let is_wrapped =
        |entry: &&Entry| is_version_key(key(entry)) && wraps_version(document, entry.value);
    if let Some(entry) = entries.iter().find(is_wrapped) {
        return Some(no_text(document, entry));
    }
    let is_key = |entry: &&Entry| is_version(key(entry));
    let entry = entries.iter().find(is_key)?;
    Some(missing(document, document.span(entry.key)))
}

/// Returns whether a list or mapping holds a version of ours.
fn wraps_version(document: &Document, value: NodeId) -> bool {
    let items = document.items(value).iter().copied();
    let entries = document.entries(value).iter();
    let inside = entries.flat_map(|entry| [entry.key, entry.value]);
    let mut inside = items.chain(inside);
    inside.any(|node| document.text(node).is_some_and(names_version))
}

/// A kind of ours without a header.
fn of_kind(document: &Document, kinds: &[Arc<Kind>]) -> Option<Diagnostic> {
    let known = || kinds.iter().map(|kind| &*kind.name).chain(LENIENT);
    let entries = document.entries(document.root()).iter();
    let mut named = entries.filter(|entry| {
        let key = document.text(entry.key).unwrap_or_default();
        let kind = document.text(entry.value).unwrap_or_default();
        let mut words = words(kind);
        let (first, second) = (words.next().unwrap_or_default(), words.next());
        let read = normal(first);
        second.is_none() && is_kind_key(key) && known().any(|name| normal(name) == read)
    });
    let entry = named.next()?;
    // A rule says of which kind its documents are.
    if from_node::<RuleFile>(document, document.root()).is_ok() {
        return None;
    }
    let version = document.get(document.root(), "apiVersion");
    let Some(version) = version else {
        return Some(missing(document, document.span(entry.value)));
    };
    let found = match document.value(version.value) {
        Value::Str(_) | Value::Int(_) | Value::Float(_) => {
            let found = document.text(version.value).unwrap_or_default();
            of_value(document, version.value, found)
        }
        _ => no_text(document, version),
    };
    let kind = document.text(entry.value).unwrap_or_default();
    let said = text!(
        "`{kind}` is a spokeslint kind",
        "`{kind}` من أنواع مستندات spokeslint",
        kind = kind
    );
    let label = Label::new(document.source(), document.span(entry.value)).with_text(said);
    Some(found.with_label(label))
}

/// A document that names the schema of a kind, in a comment for editors or under `$schema`.
fn of_schema(document: &Document, kinds: &[Arc<Kind>]) -> Option<Diagnostic> {
    let names = kinds.iter().map(|kind| &*kind.name).chain(LENIENT);
    let files: Vec<String> = names.map(schema_file).collect();
    let is_ours = |text: &str| words(text).any(|word| files.iter().any(|file| file == word));
    let is_urn = |text: &str| text.contains("urn:spokeslint:schema:");
    let source = document.source();
    let mut comments = document.comments().iter().copied();
    let by_comment = comments.find(|comment| {
        let comment = source.slice(*comment);
        comment.contains("$schema") && (is_ours(comment) || is_urn(comment))
    });
    let by_key = || {
        let (entry, _) = says(document, "$schema", |text| is_ours(text) || is_urn(text))?;
        Some(document.span(entry.value))
    };
    by_comment
        .or_else(by_key)
        .map(|place| missing(document, place))
}

/// The kind of which a mapping has what is required, and nothing that the kind does not have.
pub(super) fn of_shape<'k>(
    document: &Document,
    root: NodeId,
    marks: &[(&'k Kind, Mark)],
) -> Option<&'k Kind> {
    let keys = |mapping| {
        let entries = document.entries(mapping).iter();
        entries.map(|entry| document.text(entry.key).unwrap_or_default())
    };
    let is_known = |kind: &Kind, key: &str| {
        let is_header = key == "$schema" || is_version_key(key) || is_kind_key(key);
        is_header || key.starts_with("x-") || kind.shapes.field(kind.shapes.root(), key).is_some()
    };
    let is_of = |kind: &Kind, mark: &Mark| {
        let strange = keys(root).filter(|key| !is_known(kind, key)).count();
        // Where all objects of a list have this many keys of ours, a header by another name hides nothing.
        let least = if strange == 0 { 1 } else { 4 };
        let has_list = |(list, inner): &(String, Vec<String>)| {
            let items = document
                .get(root, list)
                .map(|entry| document.items(entry.value));
            let items = items.unwrap_or_default();
            let fits = |item: &NodeId| {
                document.entries(*item).len() >= least
                    && keys(*item).all(|key| inner.iter().any(|known| known == key))
            };
            !items.is_empty() && items.iter().all(fits)
        };
        strange <= 2
            && mark
                .required
                .iter()
                .all(|key| document.get(root, key).is_some())
            && mark.lists.iter().any(has_list)
    };
    if document.entries(root).is_empty() {
        return None;
    }
    let found = marks.iter().find(|(kind, mark)| is_of(kind, mark));
    found.map(|(kind, _)| *kind)
}

/// The finding for a document that is ours by its shape.
fn shaped(document: &Document, kind: &Kind) -> Diagnostic {
    let message = text!(
        "this looks like `kind: {kind}` but has no `apiVersion: {known}`",
        "يبدو أن هذا المستند من النوع `{kind}`، لكن ينقصه `apiVersion: {known}`",
        kind = kind.name,
        known = API_VERSION,
    );
    let help = text!(
        "begin it with `apiVersion: {known}` and `kind: {kind}`; if it belongs to another tool, list it under `exclude` in `spokeslint.yaml`",
        "ابدأه بالسطرين `apiVersion: {known}` و`kind: {kind}`؛ وإن كان لأداة أخرى فأدرجه تحت `exclude` في `spokeslint.yaml`",
        kind = kind.name,
        known = API_VERSION,
    );
    fault(document, document.head(document.root()), message).with_help(help)
}

/// A document that is one text which names our version, such as `apiVersion:spokeslint/v1`.
fn of_scalar(document: &Document) -> Option<Diagnostic> {
    let root = document.root();
    let Value::Str(text) = document.value(root) else {
        return None;
    };
    let is_header = |word: &str| {
        is_version(word)
            || word
                .split_once(':')
                .is_some_and(|(key, version)| is_version_key(key) && names_version(version))
    };
    let is_ours = text.split_whitespace().any(is_header);
    is_ours.then(|| missing(document, document.span(root)))
}

/// The finding for a value of `apiVersion` that is not the one that is known.
fn of_value(document: &Document, value: NodeId, version: &str) -> Diagnostic {
    let message = text!(
        "expected `apiVersion: {known}`, found `{version}`",
        "المتوقع `apiVersion: {known}`، والموجود `{version}`",
        known = API_VERSION,
        version = version,
    );
    let later = version.strip_prefix("spokeslint/v");
    let is_later = later.is_some_and(|later| later.parse::<u32>().is_ok_and(|later| later > 1));
    let help = if is_later {
        text!(
            "this release reads `{known}`; a file of a later version needs a later release",
            "يقرأ هذا الإصدار `{known}`، والملف المكتوب بنسخة أحدث يلزمه إصدار أحدث",
            known = API_VERSION,
        )
    } else {
        did_you_mean(API_VERSION)
    };
    fault(document, document.span(value), message).with_help(help)
}

/// The finding for a key that is misspelt.
pub(super) fn of_key(document: &Document, key: NodeId, known: &str) -> Diagnostic {
    let message = text!(
        "expected the key `{known}`, found `{key}`",
        "المتوقع المفتاح `{known}`، والموجود `{key}`",
        known = known,
        key = document.text(key).unwrap_or_default(),
    );
    fault(document, document.span(key), message).with_help(did_you_mean(known))
}

/// The finding for an `apiVersion` that is a list, a mapping or the like.
fn no_text(document: &Document, entry: &Entry) -> Diagnostic {
    let value = document.span(entry.value);
    let place = if value.is_empty() {
        document.span(entry.key)
    } else {
        value
    };
    let message = text!(
        "the document's `apiVersion` is not text",
        "قيمة `apiVersion` في المستند ليست نصًا",
    );
    let help = text!(
        "write `apiVersion: {known}`",
        "اكتب `apiVersion: {known}`",
        known = API_VERSION,
    );
    fault(document, place, message).with_help(help)
}

/// The finding for a document that is ours by something else than its header, which is at this place.
fn missing(document: &Document, place: Span) -> Diagnostic {
    let message = text!(
        "the document does not say `apiVersion: {known}`",
        "لا يذكر المستند `apiVersion: {known}`",
        known = API_VERSION,
    );
    fault(document, place, message).with_help(exclude())
}

fn exclude() -> Text {
    text!(
        "add `apiVersion: {known}`; if the file belongs to another tool, list it under `exclude` in `spokeslint.yaml`",
        "أضف `apiVersion: {known}`؛ وإن كان الملف لأداة أخرى فأدرجه تحت `exclude` في `spokeslint.yaml`",
        known = API_VERSION,
    )
}

pub(super) fn fault(document: &Document, place: Span, message: Text) -> Diagnostic {
    let label = Label::new(document.source(), place);
    Diagnostic::error("schema/api-version", message).with_label(label)
}
