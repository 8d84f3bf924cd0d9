//! Tags: those of the core schema decide what a node means, others are kept and decide nothing.

use std::sync::Arc;

use granit_parser::Tag;

use crate::diagnostic::{Diagnostic, Label};
use crate::source::{Source, Span};
use crate::text;
use crate::yaml::{Document, Kind, NodeId, Scalar, scalar};

/// Gives a node the meaning that its tag demands; the diagnostic says that it cannot have it.
pub(super) fn apply(doc: &mut Document, id: NodeId, tag: &Tag) -> Option<Diagnostic> {
    // `!` alone forbids any other meaning than the kind of node itself (YAML 1.2.2, section 6.9.1).
    let wanted = if tag.parts() == ("", "!") {
        "str"
    } else {
        tag.core_suffix()?
    };
    let meaning = match &doc.node(id).kind {
        Kind::Scalar(_, _, content) => scalar::resolve_as(wanted, doc.content(content)),
        Kind::Sequence(_) if wanted == "seq" || tag.suffix() == "!" => return None,
        Kind::Mapping(_) if wanted == "map" || tag.suffix() == "!" => return None,
        _ => None,
    };
    let node = &mut doc.nodes[id.index()];
    if let (Kind::Scalar(_, current, _), Some(meaning)) = (&mut node.kind, meaning) {
        *current = meaning;
        return None;
    }
    if let Kind::Scalar(_, current, _) = &mut node.kind {
        *current = Scalar::Str;
    }
    let at = node.tag.unwrap_or(node.span);
    let value = matches!(node.kind, Kind::Scalar(..)).then_some(node.span);
    Some(mismatch(&doc.source, at, value))
}

fn mismatch(source: &Arc<Source>, tag: Span, value: Option<Span>) -> Diagnostic {
    let message = text!(
        "the tag `{tag}` does not fit its value",
        "لا يلائم الوسم `{tag}` قيمته",
        tag = source.slice(tag),
    );
    let help = text!(
        "remove the tag, or write a value of that type",
        "احذف الوسم، أو اكتب قيمة من ذلك النوع",
    );
    let diagnostic = Diagnostic::error("yaml/tag", message).with_label(Label::new(source, tag));
    let diagnostic = match value.filter(|span| !span.is_empty()) {
        Some(span) => {
            diagnostic.with_label(Label::new(source, span).with_text(text!("the value", "القيمة")))
        }
        None => diagnostic,
    };
    diagnostic.with_help(help)
}
