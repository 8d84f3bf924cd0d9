//! Words for the parser's errors: one diagnostic each, on the characters that are wrong, with a
//! second label at the bracket, quote or block that they belong to.
//!
//! The parser names a kind of error and one place, which is where it gave up; the rest is found by
//! reading the text around that place again ([`site`]).

mod brackets;
mod layout;
mod quotes;
mod site;
mod tokens;

use granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::text;
use crate::text::Text;
use crate::yaml::limits;

pub(super) use site::{Block, Site};

/// The one diagnostic of a syntax error.
pub(super) fn diagnose(error: &ScanError, site: &Site<'_>) -> Diagnostic {
    let at = site.clamp(error.marker().byte_offset().unwrap_or(0));
    let kind = error.kind();
    if *kind == ErrorKind::RecursionLimitExceeded {
        return limits::too_deep(site.source, site.character(at));
    }
    if *kind == ErrorKind::TooManyComments {
        return limits::too_many_comments(site.source, site.line(at));
    }
    layout::diagnose(kind, site, at)
        .or_else(|| brackets::diagnose(kind, site, at))
        .or_else(|| quotes::diagnose(kind, site, at))
        .or_else(|| tokens::diagnose(kind, site, at))
        .unwrap_or_else(|| other(kind, site, at))
}

/// An error for which there are no words of our own.
fn other(kind: &ErrorKind, site: &Site<'_>, at: usize) -> Diagnostic {
    let message = text!(
        "this is not valid YAML: {reason}",
        "هذا ليس YAML صحيحًا: {reason}",
        reason = kind,
    );
    broken(site, site.word(at), message)
}

fn broken(site: &Site<'_>, span: Span, message: Text) -> Diagnostic {
    Diagnostic::error("yaml/syntax", message).with_label(site.label(span))
}
