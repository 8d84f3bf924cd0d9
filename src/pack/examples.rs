//! The examples of a rule, from the second document of its file.

use std::sync::Arc;

use crate::date::Date;
use crate::diagnostic::{Diagnostic, Label};
use crate::pack::decode_node;
use crate::pack::model::{ExampleFile, Examples};
use crate::pack::rule::Rule;
use crate::schema::shapes;
use crate::source::Span;
use crate::text;
use crate::yaml::{self, Document, Kind, NodeId, Style};

/// The day on which examples are checked unless they name another, or the rule is not in force on it.
const DEFAULT_DAY: &str = "2026-01-01";

/// A fragment of a document with what the rule is to make of it.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    /// What diagnostics in it show as its file.
    pub(crate) name: String,
    /// The fragment.
    pub(crate) text: String,
    /// Whether the rule is to find a fault in it.
    pub(crate) fails: bool,
    /// What the rule's fix is to make of it, with its place.
    pub(crate) fixed: Option<(String, Label)>,
    /// The day of the check.
    pub(crate) as_of: Date,
    /// Where it stands in the rule file.
    pub(crate) label: Label,
    /// The line of the rule file on which its first line stands, if its lines stand there as they are.
    pub(crate) first_line: Option<u32>,
}

/// Reads the examples of a rule; a rule file without a second document has none.
pub(crate) fn examples(rule: &Rule) -> Result<Vec<Example>, Vec<Diagnostic>> {
    let parsed = yaml::parse(&rule.source);
    if !parsed.diagnostics.is_empty() {
        return Err(parsed.diagnostics);
    }
    let Some(document) = parsed.documents.get(1) else {
        return Ok(Vec::new());
    };
    let file: Examples = decode_node(document, document.root(), &shapes::<Examples>())?;
    let mut diagnostics = Vec::new();
    let mut examples = Vec::with_capacity(file.examples.len());
    for (index, example) in file.examples.into_iter().enumerate() {
        match read(rule, document, index, example) {
            Ok(example) => examples.push(example),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    if diagnostics.is_empty() {
        Ok(examples)
    } else {
        Err(diagnostics)
    }
}

fn read(
    rule: &Rule,
    document: &Document,
    index: usize,
    file: ExampleFile,
) -> Result<Example, Box<Diagnostic>> {
    let at = |node| Label::new(&Arc::clone(document.source()), document.head(node));
    let (fragment, fails) = match (file.fails, file.passes) {
        (Some(fragment), None) => (fragment, true),
        (None, Some(fragment)) => (fragment, false),
        _ => {
            let message = text!(
                "an example has either `fails` or `passes`",
                "يحمل المثال إما `fails` وإما `passes`",
            );
            let items = document
                .get(document.root(), "examples")
                .map(|entry| document.items(entry.value));
            let node = items.and_then(|items| items.get(index)).copied();
            let span = node.map_or_else(Span::default, |node| document.head(node));
            let label = Label::new(document.source(), span);
            return Err(Box::new(
                Diagnostic::error("pack/example", message).with_label(label),
            ));
        }
    };
    let day = file.as_of.as_ref().map(|day| day.value.as_str());
    let as_of = Date::parse(day.unwrap_or(DEFAULT_DAY)).map_err(|error| {
        let span = file
            .as_of
            .as_ref()
            .map_or_else(Span::default, |day| document.span(day.node));
        let label = Label::new(document.source(), span);
        Box::new(Diagnostic::error("pack/example", error.text()).with_label(label))
    })?;
    if let (Some(fixed), false) = (&file.fixed, fails) {
        let message = text!(
            "only an example that `fails` can be `fixed`",
            "لا يُذكر `fixed` إلا مع مثال تحت `fails`",
        );
        return Err(Box::new(
            Diagnostic::error("pack/example", message).with_label(at(fixed.node)),
        ));
    }
    Ok(Example {
        fixed: file.fixed.map(|fixed| (fixed.value, at(fixed.node))),
        name: format!("{} (example {})", rule.id, index + 1),
        label: at(fragment.node),
        first_line: first_line(document, fragment.node),
        text: fragment.value,
        fails,
        as_of: match day {
            Some(_) => as_of,
            None => rule.effective.nearest(as_of),
        },
    })
}

/// Where the text of a literal block scalar begins.
fn first_line(document: &Document, node: NodeId) -> Option<u32> {
    let Kind::Scalar(Style::Literal, ..) = document.node(node).kind else {
        return None;
    };
    let blank = document
        .text(node)?
        .chars()
        .take_while(|c| *c == '\n')
        .count();
    let line = document.source().line(document.span(node).start);
    line.checked_sub(crate::source::to_offset(blank))
}
