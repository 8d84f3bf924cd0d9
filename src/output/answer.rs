//! What an expression gives, document by document: for people the value, its type and the lines it came
//! from; for programs the same as JSON.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::engine::{Answer, Reply};
use crate::output::human::{labelled, render_findings};
use crate::output::paint::BOLD;
use crate::output::words::{leading_path, one_line, safe};
use crate::output::{Format, Style, json};
use crate::text::{Lang, Text};

/// The version of the JSON form.
const VERSION: u32 = 1;

/// A reply with the name of the file it is about; without a document there is no file.
#[derive(Debug)]
pub struct Asked {
    /// The file, if there is one.
    pub path: Option<String>,
    /// What the expression gives there.
    pub reply: Reply,
}

/// Writes replies in the style's format.
pub fn answers(asked: &[Asked], style: &Style, out: &mut dyn Write) -> io::Result<()> {
    if style.format == Format::Json {
        let answers: Vec<Value> = asked.iter().map(entry).collect();
        return json::write(&json!({ "version": VERSION, "answers": answers }), out);
    }
    for (index, one) in asked.iter().enumerate() {
        if index > 0 {
            out.write_all(b"\n")?;
        }
        if let (Some(path), true) = (&one.path, asked.len() > 1) {
            let place = format!("{}:{}", leading_path(path), one.reply.line);
            writeln!(out, "{}", BOLD.on(&place, style))?;
        }
        match &one.reply.answer {
            Ok(answer) => out.write_all(shown(answer, style).as_bytes())?,
            Err(diagnostics) => render_findings(diagnostics, style, out)?,
        }
    }
    Ok(())
}

fn shown(answer: &Answer, style: &Style) -> String {
    let mut shown = format!("{}\n", BOLD.on(&safe(&answer.value.to_string()), style));
    let name = match style.lang {
        Lang::En => "type",
        Lang::Ar => "النوع",
    };
    let ty = one_line(&answer.ty, style);
    let _ = writeln!(shown, "  {}: {ty}", BOLD.on(name, style));
    shown.push_str(&labelled(&answer.labels, style));
    shown
}

fn entry(asked: &Asked) -> Value {
    let mut entry = match &asked.reply.answer {
        Ok(answer) => {
            let mut entry = answer.value.to_tagged();
            let labels = json::labels(&answer.labels);
            let (origin, because) = if answer.stands {
                (labels.get(0).cloned().unwrap_or_default(), json!([]))
            } else {
                (Value::Null, labels)
            };
            entry["type_text"] = json::text(&answer.ty);
            entry["origin"] = origin;
            entry["because"] = because;
            entry
        }
        Err(diagnostics) => json!({ "errors": json::findings(diagnostics) }),
    };
    entry["path"] = json!(asked.path);
    entry["line"] = json!(asked.path.is_some().then_some(asked.reply.line));
    entry
}

/// One line of `--jsonl`.
pub fn answer_line(answer: &Result<Answer, Text>, lang: Lang) -> String {
    let line = match answer {
        Ok(answer) => answer.value.to_tagged(),
        Err(text) => json!({ "error": text.plain(lang) }),
    };
    // A value without floats that JSON lacks can always be written.
    json::line(&line).unwrap_or_default()
}
