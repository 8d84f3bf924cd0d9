//! Events of the YAML parser → the arena tree of [`Document`].

use std::sync::Arc;

use granit_parser::{Event, Options, Parser};

use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::yaml::build::Builder;
use crate::yaml::{Document, limits, syntax};

/// What a source holds.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The documents, in order; after a syntax error or a breached limit those before it.
    pub documents: Vec<Document>,
    /// Syntax errors, duplicate keys, breached limits: `yaml/…`.
    pub diagnostics: Vec<Diagnostic>,
    /// True if a syntax error or a breached limit ended the parsing, so that nobody knows what the rest holds.
    pub is_cut: bool,
}

/// Parses all documents of a source. A source of nothing but white space and comments has none, and
/// that is no problem here.
pub fn parse(source: &Arc<Source>) -> Parsed {
    run(source, usize::MAX)
}

/// Parses the first document only, and reads no further.
pub fn parse_first(source: &Arc<Source>) -> Parsed {
    run(source, 1)
}

fn run(source: &Arc<Source>, most: usize) -> Parsed {
    let mut parser = Parser::new_from_str_with_options(source.text(), options());
    let mut builder = Builder::new(source);
    let mut parsed = Parsed::default();
    while let Some(next) = parser.next_event() {
        let (event, span) = match next {
            Ok(event) => event,
            Err(error) => {
                parsed
                    .diagnostics
                    .push(syntax::diagnose(&error, &builder.site()));
                parsed.is_cut = true;
                break;
            }
        };
        if matches!(event, Event::StreamEnd) {
            if let Some(last) = parsed.documents.last_mut() {
                last.comments.append(&mut builder.take_comments());
            }
            break;
        }
        match builder.event(event, &span) {
            Ok(None) => {}
            Ok(Some(document)) => {
                parsed.diagnostics.append(&mut builder.take_diagnostics());
                parsed.documents.push(document);
                if parsed.documents.len() >= most {
                    break;
                }
            }
            Err(breach) => {
                parsed.diagnostics.append(&mut builder.take_diagnostics());
                parsed.diagnostics.push(*breach);
                parsed.is_cut = true;
                break;
            }
        }
    }
    parsed
}

fn options() -> Options {
    granit_parser::options! {
        strict_indentation: true,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        max_buffered_comment_events: limits::COMMENTS_IN_A_ROW,
        flow_nesting_limit: limits::NESTING,
        block_nesting_limit: limits::NESTING,
    }
}
