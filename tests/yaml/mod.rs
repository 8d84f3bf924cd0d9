//! The YAML front door: trees, spans, limits, errors.

#![cfg(test)]

mod decode;
mod flaws;
mod limits;
mod properties;
mod spans;
mod suite;
mod syntax;

use std::fmt::Write as _;
use std::sync::Arc;

use spokeslint::Source;
use spokeslint::yaml::{Document, Kind, NodeId, Parsed, Scalar, Style, parse};

/// Parses a text under the name `t.yaml`.
fn parsed(text: &str) -> Parsed {
    parse(&Arc::new(Source::new("t.yaml", text)))
}

/// All documents as indented lines `kind span-text`, each followed by its comments.
fn rendered(text: &str) -> String {
    let parsed = parsed(text);
    assert!(parsed.diagnostics.is_empty(), "{:#?}", parsed.diagnostics);
    let mut out = String::new();
    for document in &parsed.documents {
        out.push_str("document\n");
        render(document, document.root(), 1, &mut out);
        for comment in document.comments() {
            let _ = writeln!(out, "  comment {:?}", document.source().slice(*comment));
        }
    }
    out
}

fn render(document: &Document, id: NodeId, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let node = document.node(id);
    let source = document.source();
    let _ = write!(out, "{indent}{} ", kind(&node.kind));
    let _ = write!(
        out,
        "{}..{} {:?}",
        node.span.start,
        node.span.end,
        source.slice(node.span)
    );
    if let Kind::Scalar(_, Scalar::Str, _) = node.kind {
        let text = document.text(id).unwrap();
        if text != source.slice(node.span) {
            let _ = write!(out, " = {text:?}");
        }
    }
    for property in [node.anchor, node.tag].into_iter().flatten() {
        let _ = write!(out, " {}", source.slice(property));
    }
    out.push('\n');
    if let Kind::Alias(_) = node.kind {
        return;
    }
    for item in document.items(id) {
        render(document, *item, depth + 1, out);
    }
    for entry in document.entries(id) {
        if let Some(via) = entry.merged {
            let _ = writeln!(
                out,
                "{indent}  merged {} from {}",
                document.text(entry.key).unwrap(),
                source.slice(document.span(via))
            );
            continue;
        }
        render(document, entry.key, depth + 1, out);
        render(document, entry.value, depth + 2, out);
    }
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Scalar(style, scalar, _) => {
            let style = match style {
                Style::Plain => "plain",
                Style::Single => "single",
                Style::Double => "double",
                Style::Literal => "literal",
                Style::Folded => "folded",
            };
            match scalar {
                Scalar::Str => style.to_owned(),
                scalar => format!("{style} {scalar:?}"),
            }
        }
        Kind::Sequence(_) => "seq".to_owned(),
        Kind::Mapping(_) => "map".to_owned(),
        Kind::Alias(_) => "alias".to_owned(),
    }
}

/// Each diagnostic as `rule line:column message`, one a line.
fn problems(text: &str) -> String {
    let lines = parsed(text).diagnostics.into_iter().map(|diagnostic| {
        let at = diagnostic.labels[0].position();
        let message = diagnostic.message.plain(spokeslint::Lang::En).into_owned();
        format!("{} {}:{} {message}\n", diagnostic.rule, at.line, at.column)
    });
    lines.collect()
}
