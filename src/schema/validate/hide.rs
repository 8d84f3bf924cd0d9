//! Keeps secrets unseen: in the lines that diagnostics show and in what their messages quote.

use std::sync::Arc;

use super::secret::is_secret;
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::{Source, Span, to_offset};

/// Makes diagnostics show a source with its secrets blotted out. Labels keep their spans: each
/// character gives way to one of the same length, and line breaks stay. What a message quotes is
/// blotted out as well where it is the secret, which an alias can carry anywhere.
pub fn hide(diagnostics: &mut [Diagnostic], source: &Source, secrets: &[Span]) {
    if secrets.is_empty() {
        return;
    }
    let blotted = Arc::new(blot(source, secrets));
    for label in diagnostics.iter_mut().flat_map(|found| &mut found.labels) {
        if label.source.name() == source.name() {
            label.source = Arc::clone(&blotted);
        }
    }
    let words: Vec<&str> = secrets
        .iter()
        .flat_map(|span| secret_words(source.slice(*span)))
        .collect();
    let is_secret = |value: &str| words.iter().any(|word| value.contains(word));
    for found in diagnostics {
        if found.message.blot_values(is_secret) && found.rule != "schema/secret" {
            // What it advises to write is made from the secret.
            found.help = None;
        }
        // What a fix writes or moves about may be the secret itself.
        let tells = |fix: &Fix| fix.edits.iter().any(|edit| is_secret(&edit.replacement));
        let title_tells = found
            .fix
            .as_mut()
            .is_some_and(|fix| fix.title.blot_values(is_secret));
        if title_tells || found.fix.as_deref().is_some_and(tells) {
            found.fix = None;
        }
        let labels = found.labels.iter_mut().map(|label| label.text.as_mut());
        for text in labels.chain([found.help.as_mut()]).flatten() {
            text.blot_values(is_secret);
        }
    }
}

/// Hides what looks like a secret line by line: for diagnostics of a file that cannot be read as what it
/// was meant to be, so that nothing better than its lines is known.
pub(crate) fn hide_by_line(diagnostics: &mut [Diagnostic], source: &Source) {
    if !diagnostics.is_empty() {
        hide(diagnostics, source, &secrets_by_line(source));
    }
}

/// The text of a source with what looks like a secret blotted out, line by line.
pub(crate) fn blotted_by_line(source: &Source) -> Source {
    blot(source, &secrets_by_line(source))
}

/// What stands behind keys that name a secret, with the lines below that go on with it.
fn secrets_by_line(source: &Source) -> Vec<Span> {
    let mut secrets = Vec::new();
    // The indentation of the key whose value goes on.
    let mut open: Option<usize> = None;
    for number in 1..=source.line_count() {
        let line = source.line_span(number).unwrap_or_default();
        let text = source.slice(line);
        let indentation = text.len() - text.trim_start_matches([' ', '\t']).len();
        if open.is_some_and(|key| indentation > key || text.trim().is_empty()) {
            secrets.push(line);
            continue;
        }
        open = None;
        if let Some((start, end)) = secret_in_line(text) {
            let at = |offset: usize| line.start + to_offset(offset);
            secrets.push(Span::new(at(start), at(end)));
            let value = text.get(start..).unwrap_or("").trim();
            let quote = value
                .chars()
                .next()
                .filter(|first| matches!(first, '"' | '\''));
            let goes_on = value.is_empty()
                || value.starts_with(['|', '>', '[', '{'])
                || quote.is_some_and(|quote| value.matches(quote).count() < 2);
            open = goes_on.then_some(indentation);
        }
    }
    secrets
}

/// Where the value of the first key that names a secret begins, and where its line ends for it.
fn secret_in_line(line: &str) -> Option<(usize, usize)> {
    line.match_indices(':').find_map(|(at, colon)| {
        let from = line.floor_char_boundary(at.saturating_sub(LONGEST_KEY));
        let before = line.get(from..at)?;
        let key = before
            .rsplit(['{', '[', ',', '"', '\''])
            .find(|part| !part.trim().is_empty())?;
        let value = line.get(at + colon.len()..)?;
        let blank = value.len() - value.trim_start().len();
        is_secret(key).then_some((at + colon.len() + blank, line.len()))
    })
}

/// How many bytes before a colon are looked at.
const LONGEST_KEY: usize = 80;

/// The heads of the words that a secret is made of: a quoted value may be cut anywhere behind them.
fn secret_words(secret: &str) -> impl Iterator<Item = &str> {
    let parts = |character: char| {
        character.is_whitespace()
            || character.is_control()
            || matches!(character, '"' | '\'' | '\\' | ',' | '[' | ']' | '{' | '}')
    };
    secret
        .split(parts)
        .filter(|word| !word.ends_with(':'))
        .filter_map(|word| {
            let (last, character) = word.char_indices().take(16).last()?;
            word.get(..last + character.len_utf8())
        })
        .filter(|word| word.chars().nth(2).is_some())
}

fn blot(source: &Source, secrets: &[Span]) -> Source {
    let mut text = String::with_capacity(source.text().len());
    let mut spans = secrets.to_vec();
    spans.sort_unstable();
    let mut done = 0;
    for span in spans {
        let (start, end) = (span.start.max(done), span.end.max(done));
        text.push_str(source.slice(Span::new(done, start)));
        text.extend(source.slice(Span::new(start, end)).chars().map(blotted));
        done = end;
    }
    let length = to_offset(source.text().len());
    text.push_str(source.slice(Span::new(done, length)));
    source.with_text(text)
}

/// A character that says nothing and takes as many bytes.
fn blotted(character: char) -> char {
    match character.len_utf8() {
        1 if character == '\n' || character == '\r' => character,
        1 => '*',
        2 => '·',
        3 => '•',
        _ => '🔒',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blotted_source_keeps_its_lines_and_lengths() {
        let source = Source::new("a.yaml", "a: sé\nb: |\n  ل😀\n  y\nc: z\n");
        let blotted = blot(
            &source,
            &[Span::new(12, 24), Span::new(3, 6), Span::new(4, 6)],
        );
        assert_eq!(blotted.text(), "a: *·\nb: |\n**·🔒\n***\nc: z\n");
        assert_eq!(blotted.text().len(), source.text().len());
    }

    #[test]
    fn secrets_are_known_by_their_lines_alone() {
        let text = "password: a\nb: { 'api_key' : [c, d], e: f\ntoken:\n  - g\n\n  h\npin: \"i\n   j\nk: l\nx: y: my pin: z\n";
        let source = Source::new("a.yaml", text);
        let blotted = blot(&source, &secrets_by_line(&source));
        assert_eq!(
            blotted.text(),
            "password: *\nb: { 'api_key' : ************\ntoken:\n*****\n\n***\npin: **\n****\nk: l\nx: y: my pin: *\n"
        );
    }
}
