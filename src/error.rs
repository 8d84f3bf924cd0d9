//! What stops a run. What is wrong inside a user's file is a [`crate::Diagnostic`] instead.

use std::io;

use crate::diagnostic::Diagnostic;

/// A reason why the tool cannot do its job; the command line answers with exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder that was named cannot be read. The file system's fault, or a wrong path.
    #[error("cannot read `{path}`: {source}")]
    Read {
        /// The path as it was named.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The output cannot be written. The fault of what it is piped into, or of a full disk.
    #[error("cannot write the output: {0}")]
    Write(#[from] io::Error),
    /// A file that was to be changed and cannot be. The file system's fault, or a wrong path.
    #[error("cannot update `{path}`: {source}")]
    Update {
        /// The path as it was named.
        path: String,
        /// What stands in the way.
        source: io::Error,
    },
    /// A glob pattern that does not parse. The caller's fault.
    #[error("`{pattern}` is not a glob pattern: {reason}")]
    Glob {
        /// The pattern as it was given.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A path or a glob that leads to no document. The caller's fault: a gate that checks nothing
    /// must not pass.
    #[error("no document found in {0}")]
    NothingFound(String),
    /// A rule pack that does not load. The fault of the pack's author; each diagnostic has its span.
    #[error("the rule packs do not load ({} found)", problems(.0.len()))]
    Packs(Vec<Diagnostic>),
    /// An expression that does not check. The caller's fault; each diagnostic has its span.
    #[error("the expression is not sound ({} found)", problems(.0.len()))]
    Expression(Vec<Diagnostic>),
    /// A name given to an option that nothing bears, with the nearest one that exists.
    #[error("no {what} is called `{name}`{}", suggestion.as_ref().map_or(String::new(), |s| format!("; did you mean `{s}`?")))]
    Unknown {
        /// What was looked for: a rule, a profile, a pack, …
        what: &'static str,
        /// The name as it was given.
        name: String,
        /// The nearest name that exists.
        suggestion: Option<String>,
    },
}

fn problems(count: usize) -> String {
    format!(
        "{count} {}",
        if count == 1 { "problem" } else { "problems" }
    )
}
