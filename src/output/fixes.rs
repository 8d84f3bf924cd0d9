//! What fixes did to files, and what they would do: one line for each, or a unified diff.

use std::fmt::Write as _;
use std::io::{self, Write};

use similar::{ChangeTag, TextDiff};

use crate::fix::Applied;
use crate::output::paint::{ADDED, Paint, REMOVED};
use crate::output::words::{leading_path, one_line, safe};
use crate::output::{Style, summary};
use crate::schema::blotted_by_line;
use crate::source::Source;

/// How many unchanged lines stand around a change.
const AROUND: usize = 3;

/// Lists the fixes that were made, and how many in how many files.
pub fn fixed(
    applied: &[Applied],
    files: usize,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut shown = String::new();
    for fix in applied {
        let position = fix.place.position();
        let path = leading_path(fix.place.source.name());
        let rule = safe(&fix.rule);
        let title = one_line(&fix.title, style);
        let word = style.pick(["fixed", "أُصلح"]);
        let _ = writeln!(
            shown,
            "{path}:{}:{}: {word}[{rule}] {title}",
            position.line, position.column
        );
    }
    shown.push_str(&summary::fixed(applied.len(), files, style.lang));
    shown.push('\n');
    out.write_all(shown.as_bytes())
}

/// Shows two states of a file as a unified diff. Secrets are blotted out, and what could act on a terminal is
/// shown escaped, so that a file with such characters has no diff that a program could apply.
pub fn diff(before: &Source, after: &Source, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let (before, after) = (blotted_by_line(before), blotted_by_line(after));
    let diff = TextDiff::from_lines(before.text(), after.text());
    let name = leading_path(before.name());
    let mut shown = format!("--- {name}\n+++ {name}\n");
    for group in diff.grouped_ops(AROUND) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            continue;
        };
        let (old_from, old_to) = (first.old_range().start, last.old_range().end);
        let (new_from, new_to) = (first.new_range().start, last.new_range().end);
        let _ = writeln!(
            shown,
            "@@ -{} +{} @@",
            range(old_from, old_to),
            range(new_from, new_to)
        );
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            let line = change.value().trim_end_matches(['\n', '\r']);
            let row = format!("{sign}{}", safe(line));
            let row = paint(sign).map_or_else(|| row.clone(), |paint| paint.on(&row, style));
            let _ = writeln!(shown, "{row}");
            if !change.value().ends_with(['\n', '\r']) {
                shown.push_str("\\ No newline at end of file\n");
            }
        }
    }
    out.write_all(shown.as_bytes())
}

fn range(from: usize, to: usize) -> String {
    match to - from {
        0 => format!("{from},0"),
        1 => format!("{}", from + 1),
        length => format!("{},{length}", from + 1),
    }
}

fn paint(sign: char) -> Option<Paint> {
    match sign {
        '-' => Some(REMOVED),
        '+' => Some(ADDED),
        _ => None,
    }
}
