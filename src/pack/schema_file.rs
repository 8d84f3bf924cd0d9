//! The files with the schemas of kinds: which they are, and what is said of a file that holds none.

use std::path::Path;
use std::sync::Arc;

use super::load::first_document;
use crate::diagnostic::{Diagnostic, Label};
use crate::recognize::withheld;
use crate::source::Source;
use crate::text;
use crate::yaml::Document;

/// The document that a schema stands in. Of a file that is no schema, by its name or by what it holds, no text is
/// shown.
pub(super) fn schema_document(source: &Arc<Source>) -> Result<Document, Vec<Diagnostic>> {
    match first_document(source) {
        Ok(document) if is_called_schema(source) || is_like_schema(&document) => Ok(document),
        Ok(document) => {
            let line = source.line(document.span(document.root()).start);
            Err(vec![unlike_schema(source, line)])
        }
        Err(found) => Err(found
            .into_iter()
            .map(|found| *shown(Box::new(found)))
            .collect()),
    }
}

/// A fault of a file that should hold a schema, without its text if its name does not say that it does.
pub(super) fn shown(found: Box<Diagnostic>) -> Box<Diagnostic> {
    match found.labels.first() {
        Some(label) if !is_called_schema(&label.source) => {
            let line = label.position().line;
            Box::new(unlike_schema(&label.source, line))
        }
        _ => found,
    }
}

fn is_called_schema(source: &Source) -> bool {
    let path = source.real().unwrap_or(Path::new(source.name()));
    let name = path
        .file_stem()
        .and_then(|stem| Path::new(stem).extension());
    name.is_some_and(|end| end == "schema")
}

fn is_like_schema(document: &Document) -> bool {
    let root = document.root();
    let text = |key| document.text(document.get(root, key)?.value);
    let is_object = text("type") == Some("object");
    is_object || text("$schema").is_some_and(|uri| uri.contains("json-schema.org/"))
}

pub(super) fn no_schema(label: Label) -> Diagnostic {
    let message = text!(
        "a JSON Schema is a mapping that begins with keys such as `type` and `properties`",
        "مخطط JSON خريطة تبدأ بمفاتيح مثل `type` و`properties`",
    );
    Diagnostic::error("pack/schema", message).with_label(label)
}

/// That a file holds no schema, without its text.
fn unlike_schema(source: &Source, line: u32) -> Diagnostic {
    no_schema(withheld(source, line)).with_help(text!(
        "add `type: object` to the schema, or name the file like `{example}`",
        "أضف `type: object` إلى المخطط، أو سمِّ الملف باسم مثل `{example}`",
        example = "campaign.schema.json",
    ))
}
