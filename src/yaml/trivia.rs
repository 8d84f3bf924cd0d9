//! Finds the indicator that belongs to a node: what stands between two nodes is white space, line
//! breaks, comments, properties and one indicator, and nothing else.

/// The first byte at or after `from` that is neither white space nor part of a comment.
pub(super) fn skip(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => at += 1,
            b'#' => at = line_end(text, at),
            _ => break,
        }
    }
    at
}

/// [`skip`], and past anchors and tags as well.
fn skip_properties(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = skip(text, from);
    while let Some(b'&' | b'!') = bytes.get(at) {
        at = skip(text, word_end(text, at));
    }
    at
}

/// Where the next node begins: behind its indicator and its properties.
pub(super) fn next_node(text: &str, from: usize) -> usize {
    let at = skip(text, from);
    match text.as_bytes().get(at) {
        Some(b':' | b'-' | b'?') => skip_properties(text, at + 1),
        _ => skip_properties(text, at),
    }
}

/// The end of the line that `from` stands on, before its line break.
pub(super) fn line_end(text: &str, from: usize) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    memchr::memchr2(b'\n', b'\r', rest).map_or(text.len(), |length| from + length)
}

/// The end of the run of characters that are not white space.
pub(super) fn word_end(text: &str, from: usize) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    rest.iter()
        .position(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
        .map_or(text.len(), |length| from + length)
}
