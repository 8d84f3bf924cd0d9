//! A policy linter for who speaks for an institution: its official accounts, the offices that speak
//! through them, and what happens when their holders leave.
//!
//! A [`Source`] holds the text of a file. [`yaml`] turns it into documents whose every value knows its
//! place, and [`schema`] says what an agency may look like. [`pack`] reads rules: the built-in ones are
//! part of the crate. An [`engine::Engine`] holds documents against rules and returns a
//! [`engine::Report`]: plain [`Diagnostic`]s and a receipt. [`output`] renders it; the library itself
//! prints nothing, and looks neither at the clock nor at the environment.
//!
//! ```
//! use std::sync::Arc;
//!
//! use spokeslint::Source;
//! use spokeslint::date::Date;
//! use spokeslint::engine::{Engine, Settings};
//! use spokeslint::output::{self, Style};
//! use spokeslint::pack::Packs;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let packs = Packs::builtin()?;
//! let mut settings = Settings::new(Date::parse("2026-01-31")?);
//! settings.select = vec!["personal-account".to_owned()];
//! let engine = Engine::new(&packs, &settings)?;
//!
//! let text = "\
//! apiVersion: spokeslint/v1
//! kind: Agency
//! id: water
//! name: { en: Water Agency }
//! accounts:
//!   - { id: own, platform: x, handle: example_own, kind: personal, uses: [replies] }
//! ";
//! let report = engine.check(&Arc::new(Source::new("water.yaml", text)), true);
//!
//! let found = &report.diagnostics[0];
//! assert_eq!(found.rule, "personal-account/answers-the-public");
//! let place = found.labels[0].position();
//! assert_eq!((place.line, place.column), (6, 73));
//! assert_eq!(report.tally.held + report.tally.found + report.tally.not_applicable, report.rules);
//!
//! let mut page = Vec::new();
//! output::render(&report, &packs, &Style::default(), &mut page)?;
//! assert!(String::from_utf8(page)?.contains("1 problem in 1 agency (1 error)"));
//! # Ok(())
//! # }
//! ```

pub mod config;
pub mod confines;
pub mod date;
pub mod diagnostic;
pub mod discover;
pub mod domains;
pub mod edit;
pub mod engine;
pub mod error;
mod expr;
pub mod fix;
mod glob;
mod looks;
pub mod output;
pub mod pack;
pub mod read;
mod recognize;
pub mod repository;
pub mod schema;
pub mod source;
pub mod start;
pub mod suppress;
pub mod text;
mod work;
pub mod yaml;

pub use diagnostic::{Diagnostic, Label, Positions, Severity};
pub use error::Error;
pub use source::{Position, Source, Span};
pub use text::{Lang, Text};
