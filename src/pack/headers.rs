//! `pack.yaml` → [`Pack`]: what a pack says of all its rules, once everything is known that it may name.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Label};
use crate::pack::applies::{Applies, applies};
use crate::pack::compile::{PROFILE, reference};
use crate::pack::finals::Final;
use crate::pack::kinds::Defined;
use crate::pack::load::{folder, misfits};
use crate::pack::model::PackFile;
use crate::pack::period::period;
use crate::pack::{Pack, Packs, Period};
use crate::schema::Kind;
use crate::text;
use crate::yaml::{Document, Spanned};

/// A `pack.yaml` that has been read.
pub(super) struct Header {
    id: String,
    file: PackFile,
    document: Arc<Document>,
}

impl Header {
    pub(super) fn new(id: &str, file: PackFile, document: Document) -> Self {
        Self {
            id: id.to_owned(),
            file,
            document: Arc::new(document),
        }
    }
}

/// Takes in the packs whose headers and rule files were read.
pub(super) fn finish(
    packs: &mut Packs,
    defined: &mut Defined,
    rule_files: &[(String, Document)],
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for Header { id, file, document } in std::mem::take(&mut defined.headers) {
        let known: Vec<&str> = packs.profiles.iter().map(|profile| &*profile.id).collect();
        for profile in &file.profiles {
            diagnostics.extend(reference(&document, profile, &known, PROFILE));
        }
        let effective = file
            .effective
            .as_ref()
            .map_or_else(Period::default, |effective| {
                period(effective, &document, &mut diagnostics)
            });
        let own = rule_files.iter().filter(|(path, _)| folder(path) == id);
        let kinds = kinds_of(&file, own.map(|(_, document)| document), &packs.kinds);
        let conditions =
            conditions(&file, &document, &kinds, &packs.term_names()).unwrap_or_else(|found| {
                diagnostics.extend(found);
                defined.unsound.insert(id.clone());
                Vec::new()
            });
        diagnostics.extend(unfit(&file, &document, &kinds));
        let finals = file.finals.iter();
        defined.finals.extend(finals.map(|name| Final {
            name: name.clone(),
            document: Arc::clone(&document),
        }));
        if packs.packs.iter().any(|known| known.id == id) {
            diagnostics.push(twice(&id, &document));
        }
        packs.packs.push(Pack {
            id,
            title: file.title,
            about: file.about,
            applies_when: file.applies_when.map(|condition| condition.value),
            effective,
            profiles: file.profiles.into_iter().map(|id| id.value).collect(),
            source: Arc::clone(document.source()),
            applies: conditions,
            smallest: written(file.smallest.as_ref()),
        });
    }
    diagnostics
}

fn twice(id: &str, document: &Document) -> Diagnostic {
    let message = text!(
        "there are two packs called `{id}`",
        "توجد حزمتان باسم `{id}`",
        id = id,
    );
    let label = Label::new(document.source(), document.head(document.root()));
    let help = text!("rename the folder of one", "غيِّر اسم مجلد إحداهما");
    Diagnostic::error("pack/duplicate-pack", message)
        .with_label(label)
        .with_help(help)
}

/// The kinds of documents that the rules of a pack speak of, as far as they are known, each once. For no rules
/// at all they are those that the pack defines, or the one that rules speak of unless they say otherwise.
fn kinds_of<'k>(
    file: &'k PackFile,
    rules: impl Iterator<Item = &'k Document>,
    known: &'k [Arc<Kind>],
) -> Vec<&'k Arc<Kind>> {
    let mut kinds: Vec<&Arc<Kind>> = Vec::new();
    let mut names: Vec<&str> = rules
        .map(|rule| {
            let kind = rule.get(rule.root(), "kind");
            kind.and_then(|kind| rule.text(kind.value))
                .unwrap_or("Agency")
        })
        .collect();
    if names.is_empty() {
        names.extend(file.kinds.keys().map(String::as_str));
    }
    if names.is_empty() {
        names.push("Agency");
    }
    for name in names {
        let kind = known.iter().find(|kind| kind.name == name);
        let is_new = |kind: &&Arc<Kind>| !kinds.iter().any(|other| other.name == kind.name);
        kinds.extend(kind.filter(is_new));
    }
    kinds
}

/// The pack's condition for each of these kinds.
fn conditions(
    file: &PackFile,
    document: &Arc<Document>,
    kinds: &[&Arc<Kind>],
    terms: &Arc<[Box<str>]>,
) -> Result<Vec<Arc<Applies>>, Vec<Diagnostic>> {
    let Some(condition) = &file.applies_when else {
        return Ok(Vec::new());
    };
    let mut conditions = Vec::with_capacity(kinds.len());
    for kind in kinds {
        let compiled = applies(condition, document, (kind, terms));
        let compiled = compiled.map_err(|found| match kinds.len() {
            1 => found,
            _ => found.into_iter().map(|one| of_kind(one, kind)).collect(),
        })?;
        conditions.push(Arc::new(compiled));
    }
    Ok(conditions)
}

/// The same finding, which says for which kind of document it holds.
fn of_kind(mut found: Diagnostic, kind: &Kind) -> Diagnostic {
    if let Some(label) = found.labels.first_mut() {
        label.text.get_or_insert_with(|| {
            text!(
                "asked of documents of `kind: {kind}` too",
                "يُطبَّق هذا الشرط على مستندات `kind: {kind}` أيضًا",
                kind = kind.name,
            )
        });
    }
    found
}

/// What is wrong with what completes the examples of a pack, besides that it is no whole document.
fn unfit(file: &PackFile, document: &Document, kinds: &[&Arc<Kind>]) -> Vec<Diagnostic> {
    let Some(smallest) = &file.smallest else {
        return Vec::new();
    };
    let shapes = kinds.iter().map(|kind| &kind.shapes);
    let found = shapes.flat_map(|shapes| misfits(document, smallest.node, shapes));
    found
        .filter(|found| found.rule != "schema/missing")
        .collect()
}

/// The keys of a mapping with their values as YAML.
pub(super) fn written(mapping: Option<&Spanned<Map<String, Value>>>) -> Vec<(String, String)> {
    let entries = mapping.into_iter().flat_map(|mapping| &mapping.value);
    entries
        .map(|(key, value)| (key.clone(), value.to_string()))
        .collect()
}
