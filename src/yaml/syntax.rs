//! Words for the parser's errors.

use std::sync::Arc;

use granit_parser::ScanError;

use crate::diagnostic::{Diagnostic, Label};
use crate::source::{Source, Span, to_offset};
use crate::text;

/// Where the parser stood when it gave up.
pub(super) struct Site<'a> {
    pub(super) source: &'a Arc<Source>,
}

/// The one diagnostic of a syntax error.
pub(super) fn diagnose(error: &ScanError, site: &Site<'_>) -> Diagnostic {
    let at = to_offset(error.marker().byte_offset().unwrap_or(0));
    let message = text!(
        "the YAML is broken here: {reason}",
        "صياغة YAML معطوبة هنا: {reason}",
        reason = error.kind(),
    );
    Diagnostic::error("yaml/syntax", message).with_label(Label::new(site.source, Span::new(at, at)))
}
