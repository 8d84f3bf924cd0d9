//! Text → rows of cells: which character parts the cells, which row names the columns, and on which line each row
//! stands. What the cells mean is not asked here, but for the names of columns.

use csv::{ReaderBuilder, StringRecord};

use super::columns;
use crate::text;
use crate::text::Text;

/// The characters that part cells, the likeliest first.
const DELIMITERS: [char; 6] = [',', ';', '\t', '|', '،', '؛'];
/// Stands in for a delimiter of more than one byte; no table of text holds it.
const UNIT: char = '\u{1f}';
/// Among how many rows the names of the columns are looked for.
const HEAD: usize = 25;

/// A row and the line on which it begins.
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) cells: StringRecord,
}

impl Row {
    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// A table.
pub(super) struct Table {
    pub(super) delimiter: char,
    /// The lines above the names of the columns that hold something.
    pub(super) above: Vec<usize>,
    pub(super) header: Row,
    pub(super) rows: Vec<Row>,
    /// How many rows hold nothing but delimiters.
    pub(super) blank: usize,
}

impl Table {
    /// Reads a table. `asked` are names of columns that an option gives.
    pub(super) fn read(
        text: &str,
        delimiter: Option<char>,
        asked: &[String],
    ) -> Result<Self, Text> {
        let (said, text, skipped) = without_separator_line(text);
        let delimiter = match delimiter.or(said) {
            Some(delimiter) => delimiter,
            None => guess(text, asked),
        };
        let mut rows = rows(text, delimiter, usize::MAX, skipped)?;
        closed(text, &rows)?;
        let count = rows.len();
        rows.retain(|row| !row.is_blank());
        let blank = count - rows.len();
        if rows.is_empty() {
            return Err(text!("it is empty", "الملف فارغ"));
        }
        let (at, score) = header(&rows, asked);
        if score == 0 {
            return Err(no_header());
        }
        let mut rows = rows.into_iter();
        let above = rows.by_ref().take(at).map(|row| row.line).collect();
        let header = rows.next().expect("the row was found among these");
        Ok(Self {
            delimiter,
            above,
            header,
            rows: rows.collect(),
            blank,
        })
    }
}

/// A quotation mark that opens a cell and is never closed swallows the rest of the table.
fn closed(text: &str, rows: &[Row]) -> Result<(), Text> {
    let Some(row) = rows.last() else {
        return Ok(());
    };
    let is_long = row
        .cells
        .iter()
        .next_back()
        .is_some_and(|cell| cell.contains('\n'));
    let quotes = memchr::memchr_iter(b'"', text.as_bytes()).count();
    if is_long && quotes % 2 == 1 {
        return Err(text!(
            "a quotation mark opens in the row on line {line} and is never closed",
            "علامة اقتباس تُفتح في الصف الذي في السطر {line} ولا تُغلق",
            line = row.line,
        ));
    }
    Ok(())
}

fn no_header() -> Text {
    text!(
        "no row with the names of the columns is found at its beginning: expected a row with names such as `platform`, `handle` or `url`",
        "لا يوجد في أوله صف بأسماء الأعمدة: المتوقع صف فيه أسماء مثل `المنصة` و`المعرف` و`الرابط`",
    )
}

/// Spreadsheets that export a table may say on its first line what parts the cells: `sep=;`.
fn without_separator_line(text: &str) -> (Option<char>, &str, usize) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let said = first.trim_matches(['\r', '"']).strip_prefix("sep=");
    match said.and_then(|said| said.chars().next()) {
        Some(delimiter) => (Some(delimiter), rest, 1),
        None => (None, text, 0),
    }
}

/// The delimiter with which the names of the most columns are known; where that does not decide, the one with which
/// most rows are equally long.
fn guess(text: &str, asked: &[String]) -> char {
    let score = |delimiter: char| {
        let rows = rows(text, delimiter, HEAD, 0).unwrap_or_default();
        let (_, known) = header(&rows, asked);
        let lengths: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
        let same = |length: &usize| lengths.iter().filter(|other| *other == length).count();
        let even = lengths.iter().filter(|length| **length > 1).map(same).max();
        (known, even.unwrap_or(0))
    };
    let likeliest_first = DELIMITERS.into_iter().rev();
    likeliest_first
        .max_by_key(|delimiter| score(*delimiter))
        .unwrap_or(',')
}

/// The row in which the names of the most columns are known, and of how many.
fn header(rows: &[Row], asked: &[String]) -> (usize, usize) {
    let known = |row: &Row| columns::count_known(&row.cells, asked);
    let counts = rows.iter().take(HEAD).map(known).enumerate();
    // Of equals the first.
    counts
        .rev()
        .max_by_key(|(_, count)| *count)
        .unwrap_or((0, 0))
}

fn rows(text: &str, delimiter: char, most: usize, skipped: usize) -> Result<Vec<Row>, Text> {
    let stand_in = (!delimiter.is_ascii()).then(|| text.replace(delimiter, "\u{1f}"));
    let text = stand_in.as_deref().unwrap_or(text);
    let byte = if delimiter.is_ascii() {
        delimiter
    } else {
        UNIT
    };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(byte).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records().take(most) {
        let mut cells = record.map_err(|error| unreadable(&error))?;
        let line = skipped + line(text, &cells);
        if stand_in.is_some() {
            let restored = cells
                .iter()
                .map(|cell| cell.replace(UNIT, &delimiter.to_string()));
            cells = restored.collect();
        }
        rows.push(Row { line, cells });
    }
    Ok(rows)
}

/// The line of a record, from 1. The reader counts from the end of the record before, empty lines included.
fn line(text: &str, cells: &StringRecord) -> usize {
    let Some(position) = cells.position() else {
        return 0;
    };
    let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let empty = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let breaks = empty.filter(|byte| **byte == b'\n').count();
    usize::try_from(position.line()).unwrap_or(usize::MAX) + breaks
}

fn unreadable(error: &csv::Error) -> Text {
    let line = error.position().map_or(0, csv::Position::line);
    text!(
        "line {line} cannot be read as a row of a table",
        "تعذّرت قراءة السطر {line} صفًّا في جدول",
        line = line,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table::read(text, None, &[]).unwrap()
    }

    fn lines(table: &Table) -> Vec<usize> {
        table.rows.iter().map(|row| row.line).collect()
    }

    #[test]
    fn delimiters_are_guessed_and_lines_counted_past_titles_blanks_and_breaks_in_cells() {
        for delimiter in DELIMITERS {
            let text =
                "Accounts, all of them\n\nplatform;handle;notes\nx;a;\"one\ntwo;\"\n;;\n\n\nx;b;\n"
                    .replace(';', &delimiter.to_string());
            let found = table(&text);
            assert_eq!(found.delimiter, delimiter);
            assert_eq!((found.above.as_slice(), found.header.line), (&[1][..], 3));
            assert_eq!((lines(&found), found.blank), (vec![4, 9], 1));
            assert_eq!(
                found.rows[0].cells.get(2),
                Some(format!("one\ntwo{delimiter}").as_str())
            );
        }
    }

    #[test]
    fn a_first_line_may_name_the_delimiter() {
        let found = table("sep=|\r\nplatform|handle\r\nx|a,b;c\r\n");
        assert_eq!((found.delimiter, lines(&found)), ('|', vec![3]));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for (text, words) in [
            ("", "empty"),
            ("\n;;\n", "empty"),
            ("1,2\n3,4\n", "no row"),
            ("platform,handle\nx,\"a\nx,b\n", "never closed"),
        ] {
            let refused = Table::read(text, None, &[]).err().unwrap();
            assert!(refused.en.contains(words), "{}", refused.en);
        }
    }
}
