//! What `init` did: the files, and where they were made from a table, how it was read, what became of its columns and of
//! every row.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::output::paint::BOLD;
use crate::output::words::{columns, one_line, safe};
use crate::output::{Style, json as whole};
use crate::start::NewFile;
use crate::start::import::{Column, Ground, Import, Lost, Rest, Use};
use crate::text;
use crate::text::{Lang, Text};

/// The version of the JSON form.
const VERSION: u32 = 1;

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was written.
    Written,
    /// There is one of the name, which was left alone.
    Kept,
    /// It would be written.
    Planned,
}

/// A file and what became of it.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The file.
    pub file: NewFile,
    /// Where it stands, as it is shown.
    pub path: String,
    /// What became of it.
    pub fate: Fate,
}

/// Writes what became of files, one a line.
pub fn files(placed: &[Placed], style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for Placed { path, fate, .. } in placed {
        let line = match fate {
            Fate::Written => text!("wrote `{path}`", "كُتب `{path}`", path = path),
            Fate::Kept => text!(
                "left `{path}` alone: there is one already",
                "تُرك `{path}` كما هو: الملف موجود من قبل",
                path = path,
            ),
            Fate::Planned => text!("would write `{path}`", "سيُكتب `{path}`", path = path),
        };
        writeln!(out, "{}", one_line(&line, style))?;
    }
    Ok(())
}

/// Writes a text as it is, below a line that says what it is; what would act on a terminal is shown.
pub fn shown(head: &Text, text: &str, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "\n{}",
        BOLD.on(&format!("{}:", one_line(head, style)), style)
    )?;
    for line in text.lines() {
        let blank = line.len() - line.trim_start().len();
        let (indent, rest) = line.split_at_checked(blank).unwrap_or(("", line));
        writeln!(out, "  {indent}{}", leading(rest))?;
    }
    Ok(())
}

/// Writes commands to run next, each with what it is for.
pub fn next(commands: &[(String, Text)], style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let head = style.pick(["next:", "الخطوة التالية:"]);
    writeln!(out, "\n{}", BOLD.on(head, style))?;
    let widest = commands.iter().map(|(command, _)| columns(command)).max();
    for (command, about) in commands {
        let gap = widest.unwrap_or(0) - columns(command) + 2;
        let (command, about) = (safe(command), one_line(about, style));
        writeln!(out, "  {command}{:gap$}{about}", "")?;
    }
    Ok(())
}

/// Writes what a table came to, but for the files themselves.
pub fn import(import: &Import, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    reading(import, style, out)?;
    out.write_all(b"\n")?;
    column_table(&import.columns, style, out)?;
    if !import.assumed.is_empty() {
        out.write_all(b"\n")?;
    }
    for assumed in &import.assumed {
        let note = style.pick(["note", "تنبيه"]);
        writeln!(
            out,
            "{}: {}",
            BOLD.on(note, style),
            one_line(assumed, style)
        )?;
    }
    rests(&import.rests, style, out)?;
    merged(&import.merged, style, out)?;
    lost(&import.lost, style, out)
}

/// Writes the receipt.
pub fn receipt(import: &Import, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let receipt = import.receipt;
    let (rows, whole, with_rest) = (receipt.rows, receipt.whole, receipt.with_rest);
    let (merged, lost) = (receipt.merged, receipt.lost);
    let line = text!(
        "{rows} rows: {whole} placed whole, {with_rest} placed with something left over, {merged} merged with an earlier row, {lost} not placed",
        "عدد الصفوف {rows}: أُدرج كاملًا {whole}، وأُدرج مع بقية {with_rest}، ودُمج في صف سابق {merged}، ولم يُدرج {lost}",
        rows = rows,
        whole = whole,
        with_rest = with_rest,
        merged = merged,
        lost = lost,
    );
    writeln!(out, "{}", one_line(&line, style))?;
    let accounts: usize = import.agencies.iter().map(|agency| agency.accounts).sum();
    let line = text!(
        "accounts: {accounts}, agencies: {agencies}",
        "الحسابات: {accounts}، الجهات: {agencies}",
        accounts = accounts,
        agencies = import.agencies.len(),
    );
    writeln!(out, "{}", one_line(&line, style))
}

/// How the table was read.
fn reading(import: &Import, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let ground = match import.ground {
        Ground::Asked => text!("as you said", "كما حددت"),
        Ground::Marked => text!("by the mark at its beginning", "بدلالة العلامة في أوله"),
        Ground::Sound => text!("its bytes fit", "بايتاته صحيحة"),
        Ground::Assumed => text!(
            "assumed; if letters look wrong, name another with `--encoding`",
            "افتراضًا؛ إن بدت الحروف خاطئة فحدد غيره بالخيار `--encoding`",
        ),
    };
    let delimiter = match import.delimiter {
        '\t' => "\\t".to_owned(),
        other => other.to_string(),
    };
    let line = text!(
        "{table}: {encoding}, cells parted by `{delimiter}`, names of columns on line {header}",
        "{table}: الترميز {encoding}، والفاصل `{delimiter}`، وأسماء الأعمدة في السطر {header}",
        table = import.table,
        encoding = import.encoding,
        delimiter = delimiter,
        header = import.header,
    );
    writeln!(out, "{}", BOLD.on(&one_line(&line, style), style))?;
    let name = style.pick(["encoding", "الترميز"]);
    writeln!(out, "  {name}: {}", one_line(&ground, style))?;
    if !import.above.is_empty() {
        let lines: Vec<String> = import.above.iter().map(usize::to_string).collect();
        let line = text!(
            "passed over above the names of the columns, lines: {lines}",
            "أسطر فوق أسماء الأعمدة جرى تجاوزها: {lines}",
            lines = lines.join(" "),
        );
        writeln!(out, "  {}", one_line(&line, style))?;
    }
    if import.blank > 0 {
        let line = text!(
            "rows without any value: {blank}",
            "صفوف لا قيمة فيها: {blank}",
            blank = import.blank,
        );
        writeln!(out, "  {}", one_line(&line, style))?;
    }
    Ok(())
}

/// How wide a cell of the table of columns may be.
const WIDEST: usize = 40;

fn column_table(found: &[Column], style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let heads = [
        ["column", "العمود"],
        ["field", "الحقل"],
        ["examples", "أمثلة"],
    ];
    let heads = heads.map(|head| style.pick(head).to_owned());
    let row = |column: &Column| {
        let field = match (column.used, column.is_asked) {
            (Use::Field(field), false) => field.name().to_owned(),
            (Use::Field(field), true) => format!("{} (`--map`)", field.name()),
            (Use::Kept, _) => style
                .pick(["kept in `x-import`", "يُحفظ في `x-import`"])
                .to_owned(),
            (Use::LeftOut, _) => style
                .pick(["left out (`--map`)", "مستبعد (`--map`)"])
                .to_owned(),
        };
        let comma = style.pick([", ", "، "]);
        let samples: Vec<String> = column
            .samples
            .iter()
            .map(|sample| cut(sample, 24))
            .collect();
        [cut(&column.name, WIDEST), field, samples.join(comma)]
    };
    let rows: Vec<[String; 3]> = found.iter().map(row).collect();
    let wide = |at: usize| {
        let cells = rows.iter().map(|row| columns(&row[at]));
        cells.chain([columns(&heads[at])]).max().unwrap_or(0)
    };
    let (first, second) = (wide(0), wide(1));
    let mut line = |[name, field, samples]: &[String; 3], is_head: bool| {
        let gap = first - columns(name) + 2;
        let other = second - columns(field) + 2;
        let text = format!("{name}{:gap$}{field}{:other$}{samples}", "", "");
        let text = text.trim_end();
        let text = if is_head {
            BOLD.on(text, style)
        } else {
            text.to_owned()
        };
        writeln!(out, "{text}")
    };
    line(&heads, true)?;
    rows.iter().try_for_each(|row| line(row, false))
}

/// A stranger's text at the beginning of a line, where build servers look for `::command::`.
fn leading(text: &str) -> String {
    let safe = safe(text);
    match safe.strip_prefix("::") {
        Some(rest) => format!("\\u{{3a}}:{rest}"),
        None => safe,
    }
}

/// A stranger's text, made safe and cut to a length.
fn cut(text: &str, most: usize) -> String {
    let safe = leading(text);
    if safe.chars().count() <= most {
        return safe;
    }
    let head: String = safe.chars().take(most - 1).collect();
    format!("{head}…")
}

fn heading(en: &str, ar: &str, count: usize, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let words = match style.lang {
        Lang::En => en,
        Lang::Ar => ar,
    };
    writeln!(out, "\n{}", BOLD.on(&format!("{words} ({count}):"), style))
}

fn rests(rests: &[Rest], style: &Style, out: &mut dyn Write) -> io::Result<()> {
    if rests.is_empty() {
        return Ok(());
    }
    heading(
        "left over, and kept in `x-import` of the account",
        "بقايا محفوظة في `x-import` للحساب",
        rests.len(),
        style,
        out,
    )?;
    for rest in rests {
        let value = if rest.value.is_empty() {
            text!(
                "line {line}, {column}",
                "السطر {line}، {column}",
                line = rest.line,
                column = rest.column
            )
        } else {
            text!(
                "line {line}, {column}: `{value}`",
                "السطر {line}، {column}: `{value}`",
                line = rest.line,
                column = rest.column,
                value = rest.value,
            )
        };
        let (value, reason) = (one_line(&value, style), one_line(&rest.reason, style));
        writeln!(out, "  {value}: {reason}")?;
    }
    Ok(())
}

fn merged(merged: &[(usize, usize)], style: &Style, out: &mut dyn Write) -> io::Result<()> {
    if merged.is_empty() {
        return Ok(());
    }
    heading(
        "merged, since an earlier row has the same account",
        "صفوف مدمجة، لأن الحساب نفسه ورد في صف سابق",
        merged.len(),
        style,
        out,
    )?;
    for (line, into) in merged {
        let said = text!(
            "line {line} into line {into}",
            "السطر {line} في السطر {into}",
            line = line,
            into = into,
        );
        writeln!(out, "  {}", one_line(&said, style))?;
    }
    Ok(())
}

fn lost(lost: &[Lost], style: &Style, out: &mut dyn Write) -> io::Result<()> {
    if lost.is_empty() {
        return Ok(());
    }
    heading("not placed", "صفوف لم تُدرج", lost.len(), style, out)?;
    for row in lost {
        let line = text!("line {line}", "السطر {line}", line = row.line);
        let (line, reason) = (one_line(&line, style), one_line(&row.reason, style));
        writeln!(out, "  {line}: {reason}")?;
        let cells: Vec<String> = row
            .cells
            .iter()
            .map(|(column, value)| format!("{}={}", cut(column, WIDEST), cut(value, 80)))
            .collect();
        writeln!(out, "    {}", cells.join(" | "))?;
        let place = match &row.file {
            Some(file) => text!(
                "kept in `x-import` of `{file}`",
                "محفوظ في `x-import` ضمن `{file}`",
                file = file
            ),
            None => text!("kept in no file", "غير محفوظ في أي ملف"),
        };
        writeln!(out, "    {}", one_line(&place, style))?;
    }
    Ok(())
}

/// Writes everything that a table came to, for programs.
pub fn import_json(import: &Import, out: &mut dyn Write) -> io::Result<()> {
    let column = |column: &Column| {
        let used = match column.used {
            Use::Field(field) => json!(field.name()),
            Use::Kept => json!("x-import"),
            Use::LeftOut => Value::Null,
        };
        json!({ "name": column.name, "field": used, "by_option": column.is_asked })
    };
    let rest = |rest: &Rest| {
        json!({
            "line": rest.line, "column": rest.column, "value": rest.value, "reason": whole::text(&rest.reason), "file": rest.file,
        })
    };
    let lost = |lost: &Lost| {
        let cells: Vec<Value> = lost
            .cells
            .iter()
            .map(|(column, value)| json!({ "column": column, "value": value }))
            .collect();
        json!({ "line": lost.line, "reason": whole::text(&lost.reason), "cells": cells, "file": lost.file })
    };
    let receipt = import.receipt;
    let report = json!({
        "version": VERSION,
        "table": import.table,
        "encoding": import.encoding,
        "delimiter": import.delimiter.to_string(),
        "header_line": import.header,
        "passed_over": import.above,
        "blank_rows": import.blank,
        "columns": import.columns.iter().map(column).collect::<Vec<_>>(),
        "assumed": import.assumed.iter().map(whole::text).collect::<Vec<_>>(),
        "agencies": import.agencies.iter().map(|agency| json!({
            "name": agency.name, "file": agency.file.path, "accounts": agency.accounts,
        })).collect::<Vec<_>>(),
        "left_over": import.rests.iter().map(rest).collect::<Vec<_>>(),
        "merged": import.merged.iter().map(|(line, into)| json!({ "line": line, "into": into })).collect::<Vec<_>>(),
        "not_placed": import.lost.iter().map(lost).collect::<Vec<_>>(),
        "rows": {
            "all": receipt.rows, "whole": receipt.whole, "with_rest": receipt.with_rest, "merged": receipt.merged,
            "not_placed": receipt.lost,
        },
    });
    whole::write(&report, out)
}
