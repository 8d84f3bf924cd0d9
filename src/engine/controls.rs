//! Characters in a file that show nothing and turn the reading direction: whoever reads the file sees
//! something else than what it says.

use std::sync::Arc;

use memchr::memchr_iter;

use crate::diagnostic::{Diagnostic, Label};
use crate::engine::finding::MAX_LABELS;
use crate::looks::{of_hidden, turns};
use crate::source::{Source, Span, to_offset};
use crate::text;

/// The first byte of all of them.
const FIRST: u8 = 0xe2;

/// The finding on the directional embeddings, overrides and isolates of a file, wherever they stand: in
/// values, keys or comments. Marks of the direction (U+200E, U+200F, U+061C) turn nothing but themselves.
pub(super) fn turned(source: &Arc<Source>) -> Option<Diagnostic> {
    let text = source.text();
    let character = |at: usize| text.get(at..)?.chars().next().filter(|one| turns(*one));
    let mut found = memchr_iter(FIRST, text.as_bytes())
        .filter_map(|at| character(at).map(|character| (at, character)));
    let label = |(at, character): (usize, char)| {
        let start = to_offset(at);
        let span = Span::new(start, start + to_offset(character.len_utf8()));
        Label::new(source, span).with_text(of_hidden(character))
    };
    let shown: Vec<(usize, char)> = found.by_ref().take(MAX_LABELS).collect();
    let (_, first) = *shown.first()?;
    let all = shown.len() + found.count();
    let message = if all == 1 {
        text!(
            "a hidden character turns the reading direction",
            "في الملف محرف خفي يقلب اتجاه القراءة",
        )
    } else {
        text!(
            "hidden characters turn the reading direction in {all} places",
            "في الملف محارف خفية تقلب اتجاه القراءة، وعدد مواضعها {all}",
            all = all,
        )
    };
    let help = text!(
        "delete it; where it is meant, write it as an escape between double quotes, such as `{escape}`",
        "احذفه، فإن كان مقصودًا فاكتبه رمزًا بين علامتي تنصيص مزدوجتين، مثل `{escape}`",
        escape = format!("\"\\u{:04x}\"", u32::from(first)),
    );
    let mut diagnostic = Diagnostic::error("yaml/hidden-direction", message).with_help(help);
    diagnostic.labels = shown.into_iter().map(label).collect();
    Some(diagnostic)
}
