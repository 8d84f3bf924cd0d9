//! Lines of a file that the tool changed, as they were and as they are.

use std::io::{self, Write};

use crate::diagnostic::Severity;
use crate::engine::Change;
use crate::output::Style;
use crate::output::paint::{BOLD, DIM, Paint};
use crate::output::words::{leading_path, safe};

/// Writes the changes of a file, each with its place.
pub fn changes(
    path: &str,
    changes: &[Change],
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    for change in changes {
        let place = format!("{}:{}", leading_path(path), change.line);
        writeln!(out, "{}", BOLD.on(&place, style))?;
        let before = format!("- {}", safe(&change.before));
        writeln!(out, "{}", DIM.on(before.trim_end(), style))?;
        let after = format!("+ {}", safe(&change.after));
        writeln!(out, "{}", Paint::of(Severity::Note).on(&after, style))?;
    }
    Ok(())
}
