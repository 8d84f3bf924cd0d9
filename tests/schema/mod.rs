//! The document kinds, their JSON Schemas, and what is said of a document that does not fit.

mod agree;
mod aliases;
mod bounds;
mod compile;
mod generated;
mod poison;
mod random;
mod validate;

use std::sync::{Arc, LazyLock};

use spokeslint::schema::{self, Shapes, Validation};
use spokeslint::yaml::{Document, parse};
use spokeslint::{Diagnostic, Lang, Source};

static SHAPES: LazyLock<Shapes> = LazyLock::new(schema::agency_shapes);

/// A document and what is wrong with it.
struct Checked {
    doc: Document,
    found: Validation,
}

/// Holds the first document of a text against the agency schema.
fn check(text: &str) -> Checked {
    let source = Arc::new(Source::new("agency.yaml", text));
    let doc = parse(&source).documents.remove(0);
    let found = schema::validate(&doc, doc.root(), &SHAPES, SHAPES.root());
    Checked { doc, found }
}

/// The same of a fragment, completed to an agency.
fn check_part(fragment: &str) -> Checked {
    check(&format!(
        "{fragment}\napiVersion: spokeslint/v1\nkind: Agency\nid: example\nname: {{ en: Example Agency }}\n"
    ))
}

impl Checked {
    /// For each error the rule, the text under its first label, and the English message.
    fn lines(&self) -> Vec<String> {
        self.found.diagnostics.iter().map(line).collect()
    }

    /// The only error.
    fn only(&self) -> &Diagnostic {
        assert_eq!(self.lines().len(), 1, "{:#?}", self.lines());
        &self.found.diagnostics[0]
    }
}

fn line(diagnostic: &Diagnostic) -> String {
    format!(
        "{} | {} | {}",
        diagnostic.rule,
        under(diagnostic, 0),
        diagnostic.message.plain(Lang::En)
    )
}

/// The text under a label.
fn under(diagnostic: &Diagnostic, label: usize) -> &str {
    let label = &diagnostic.labels[label];
    label.source.slice(label.span)
}

fn help(diagnostic: &Diagnostic, lang: Lang) -> String {
    let help = diagnostic.help.as_ref();
    help.map_or(String::new(), |help| help.plain(lang).into_owned())
}
