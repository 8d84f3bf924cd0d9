//! Every file that a run found, with what becomes of it: checked, or why not.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::discover::Cause;
use crate::engine::Report;
use crate::output::words::leading_path;
use crate::output::{Format, Style, json};

/// Writes a line for each file, sorted by name; with [`Format::Json`], one document.
pub fn inventory(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let checked = report.names.iter().map(|name| ((&**name, None), None));
    let excluded = report.excluded.iter();
    let excluded = excluded.map(|name| ((&**name, None), Some(Cause::Excluded)));
    let others = report.unchecked.iter();
    let others = others.map(|one| ((&*one.name, one.line), Some(one.cause)));
    // Each place once: what is named first of a place that is named twice, as a file that is checked and linked.
    let all: BTreeMap<(&str, Option<u32>), Option<Cause>> =
        others.chain(excluded).chain(checked).collect();
    if style.format == Format::Json {
        let files = all.iter().map(|((path, line), cause)| {
            let status = cause.map_or("checked", Cause::as_str);
            json!({ "path": path, "line": line, "status": status })
        });
        let files: Vec<Value> = files.collect();
        return json::write(&json!({ "version": 1, "files": files }), out);
    }
    for ((name, line), cause) in all {
        let line = line.map(|line| format!(":{line}")).unwrap_or_default();
        let name = leading_path(name);
        match cause.map(Cause::text) {
            Some(cause) => writeln!(out, "{name}{line}: {}", cause.plain(style.lang))?,
            None => writeln!(out, "{name}{line}: {}", style.pick(["checked", "يُفحص"]))?,
        }
    }
    Ok(())
}
