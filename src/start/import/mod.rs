//! An inventory of accounts, as a table → agency files. Nothing is guessed that can be read in two ways, and nothing is
//! dropped: every row is counted once, and what has no place is listed and kept.

mod addresses;
mod agencies;
mod cells;
mod columns;
mod days;
mod decode;
mod document;
mod fields;
mod identity;
mod place;
mod table;
mod values;
mod vocabulary;
mod words;

use encoding_rs::Encoding;

use crate::error::Error;
use crate::schema::agency::LocalName;
use crate::start::NewFile;
use crate::text;
use crate::text::{Lang, Text};

pub use agencies::Fallback;
pub use columns::{Column, Mapping, Use};
pub use days::First;
pub use decode::Ground;
pub use fields::Field;

use agencies::Agencies;
use place::{Outcome, Placer};
use table::{Row, Table};

/// How a table is to be read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Its encoding; absent, it is guessed.
    pub encoding: Option<&'static Encoding>,
    /// What parts its cells; absent, it is guessed.
    pub delimiter: Option<char>,
    /// What columns are, where that is not left to their names.
    pub columns: Vec<Mapping>,
    /// Which part of `10/07/2018` comes first; absent, such days are left over.
    pub first: Option<First>,
    /// The agency of rows that name none.
    pub agency: Option<Fallback>,
    /// The country whose law binds the agencies.
    pub jurisdiction: Option<String>,
    /// The language of the comments and reasons in the files.
    pub lang: Lang,
}

/// What a table came to.
#[derive(Clone, Debug)]
pub struct Import {
    /// The table's name.
    pub table: String,
    /// The encoding that it was read in.
    pub encoding: &'static str,
    /// How the encoding is known.
    pub ground: Ground,
    /// What parts its cells.
    pub delimiter: char,
    /// The lines above the names of the columns that were passed over.
    pub above: Vec<usize>,
    /// The line of the names of the columns.
    pub header: usize,
    /// How many rows hold nothing.
    pub blank: usize,
    /// The columns, and what became of each.
    pub columns: Vec<Column>,
    /// What is assumed of all rows.
    pub assumed: Vec<Text>,
    /// The agencies in the order of their first rows.
    pub agencies: Vec<Imported>,
    /// Cells that are not in their fields, in the order of the rows.
    pub rests: Vec<Rest>,
    /// Rows that were joined to earlier ones: the line of each, and that of the earlier.
    pub merged: Vec<(usize, usize)>,
    /// Rows that are not placed.
    pub lost: Vec<Lost>,
    /// What became of the rows; it adds up.
    pub receipt: Receipt,
}

/// An agency and its file.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Its file.
    pub file: NewFile,
    /// Its name, in Arabic where there is no English one.
    pub name: String,
    /// How many accounts it has.
    pub accounts: usize,
}

/// A cell that is not in its field.
#[derive(Clone, Debug)]
pub struct Rest {
    /// The line of its row.
    pub line: usize,
    /// The name of its column.
    pub column: String,
    /// What it holds.
    pub value: String,
    /// Why it is not in its field.
    pub reason: Text,
    /// The file in which it is kept.
    pub file: String,
}

/// A row that is not placed.
#[derive(Clone, Debug)]
pub struct Lost {
    /// The line of the row.
    pub line: usize,
    /// Why it is not placed.
    pub reason: Text,
    /// What it holds: the names of columns and their cells.
    pub cells: Vec<(String, String)>,
    /// The file in which it is kept, if its agency is known.
    pub file: Option<String>,
}

/// What became of the rows: the last four add up to the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// All rows that hold something, below the names of the columns.
    pub rows: usize,
    /// Those of which every cell is placed.
    pub whole: usize,
    /// Those of which something is left over.
    pub with_rest: usize,
    /// Those that were joined to an earlier row.
    pub merged: usize,
    /// Those that are not placed.
    pub lost: usize,
}

impl Import {
    /// Whether nothing is left to see to.
    pub fn is_whole(&self) -> bool {
        self.rests.is_empty() && self.lost.is_empty()
    }
}

/// Makes agency files from a table.
///
/// # Errors
///
/// [`Error::Table`]: why it cannot be read as a table of accounts.
pub fn import(table: &str, bytes: &[u8], options: &Options) -> Result<Import, Error> {
    read(table, bytes, options).map_err(|reason| Error::Table {
        path: table.to_owned(),
        reason,
    })
}

fn read(name: &str, bytes: &[u8], options: &Options) -> Result<Import, Text> {
    let decoded = decode::decode(bytes, options.encoding)?;
    let asked: Vec<String> = options
        .columns
        .iter()
        .map(|asked| asked.column.clone())
        .collect();
    let table = Table::read(&decoded.text, options.delimiter, &asked)?;
    let mut columns = columns::choose(&table.header.cells, &table.rows, &options.columns)?;
    sample(&mut columns, &table.rows);
    let mut agencies = Agencies::default();
    let fallback = options
        .agency
        .clone()
        .or_else(|| whole_table(name, &columns));
    if let Some(fallback) = &fallback {
        agencies.add_fallback(fallback);
    }
    let mut placer = Placer::new(&columns, options.first, agencies);
    let outcomes = placer.place(&table.rows, &table.header);
    for agency in &mut placer.agencies.list {
        agency.jurisdiction.clone_from(&options.jurisdiction);
    }
    let order = placer.agencies.in_order();
    let agencies = files(&placer, &order, name, options.lang);
    let (rests, lost) = listed(&placer, &order);
    let assumed = assumed(&columns, fallback.filter(|_| options.agency.is_none()));
    Ok(Import {
        table: name.to_owned(),
        encoding: decoded.encoding.name(),
        ground: decoded.ground,
        delimiter: table.delimiter,
        above: table.above,
        header: table.header.line,
        blank: table.blank,
        assumed,
        agencies,
        rests,
        lost,
        merged: merged(&table.rows, &outcomes),
        receipt: count(&outcomes),
        columns,
    })
}

/// A few values of each column that is read.
fn sample(columns: &mut [Column], rows: &[Row]) {
    for (at, column) in columns.iter_mut().enumerate() {
        if column.used == Use::LeftOut {
            continue;
        }
        for row in rows.iter().take(200) {
            let cell = cells::clean(row.cells.get(at).unwrap_or_default());
            let cell: String = cell.chars().take(80).collect();
            if column.samples.len() < 3 && !cell.is_empty() && !column.samples.contains(&cell) {
                column.samples.push(cell);
            }
        }
    }
}

/// The agency of a table that has no column of agencies: it is called like the table.
fn whole_table(name: &str, columns: &[Column]) -> Option<Fallback> {
    let names_agencies = columns.iter().any(|column| {
        matches!(
            column.used,
            Use::Field(Field::AgencyId | Field::AgencyEn | Field::AgencyAr | Field::Agency)
        )
    });
    if names_agencies {
        return None;
    }
    let file = file_name(name);
    let stem = file.split_once('.').map_or(file, |(stem, _)| stem);
    let called = cells::words(cells::clean(stem))
        .ok()
        .filter(|stem| !stem.is_empty());
    let called = called.unwrap_or_else(|| "agency-1".to_owned());
    Some(Fallback {
        id: words::slug(&called).unwrap_or_else(|| "agency-1".to_owned()),
        name: document::local(&called),
    })
}

/// The last part of a path.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn assumed(columns: &[Column], agency: Option<Fallback>) -> Vec<Text> {
    let mut assumed = Vec::new();
    if let Some(agency) = agency {
        assumed.push(text!(
            "no column names an agency, so all accounts are those of one, `{id}`; `--id`, `--name-en` and `--name-ar` say which",
            "لا عمود يسمي الجهة، فعُدّت الحسابات كلها لجهة واحدة هي `{id}`؛ والخيارات `--id` و`--name-en` و`--name-ar` تحددها",
            id = agency.id,
        ));
    }
    let kept = columns
        .iter()
        .find(|column| column.used == Use::Kept && !column.samples.is_empty());
    if let Some(kept) = kept {
        assumed.push(text!(
            "columns that are no known field are kept in `x-import`; `--map '{name}=-'` leaves one out, and `--map` says what one is",
            "الأعمدة التي ليست حقولًا معروفة تُحفظ في `x-import`؛ والخيار `--map '{name}=-'` يستبعد عمودًا، و`--map` يحدد حقله",
            name = kept.name,
        ));
    }
    let has_kind = columns
        .iter()
        .any(|column| column.used == Use::Field(Field::Kind));
    if !has_kind {
        assumed.push(text!(
            "no column says for whom an account speaks, so `kind: agency` is assumed of all; correct those of an office, a service or a person",
            "لا عمود يبيّن باسم من يتحدث الحساب، فافتُرض `kind: agency` للجميع؛ صحِّح ما كان لمنصب أو خدمة أو شخص",
        ));
    }
    assumed
}

fn path(id: &str) -> String {
    format!("agencies/{id}.yaml")
}

fn files(placer: &Placer<'_>, order: &[(usize, String)], table: &str, lang: Lang) -> Vec<Imported> {
    let from = file_name(table);
    let file = |(at, id): &(usize, String)| {
        let agency = placer.agencies.list.get(*at)?;
        let LocalName { en, ar } = &agency.name;
        Some(Imported {
            file: NewFile {
                path: path(id),
                text: agency.file(id, from, lang),
            },
            name: en
                .clone()
                .or_else(|| ar.clone())
                .unwrap_or_else(|| id.clone()),
            accounts: agency.accounts.len(),
        })
    };
    order.iter().filter_map(file).collect()
}

fn listed(placer: &Placer<'_>, order: &[(usize, String)]) -> (Vec<Rest>, Vec<Lost>) {
    let paths: std::collections::HashMap<usize, String> =
        order.iter().map(|(at, id)| (*at, path(id))).collect();
    let rests = placer.rests.iter().map(|rest| Rest {
        line: rest.kept.line,
        column: rest.kept.column.clone(),
        value: rest.kept.value.trim().to_owned(),
        reason: rest.kept.reason.clone().unwrap_or_default(),
        file: paths.get(&rest.agency).cloned().unwrap_or_default(),
    });
    let lost = placer.lost.iter().map(|lost| Lost {
        line: lost.line,
        reason: lost.reason.clone(),
        cells: lost.cells.clone(),
        file: lost.agency.and_then(|at| paths.get(&at).cloned()),
    });
    (rests.collect(), lost.collect())
}

fn merged(rows: &[Row], outcomes: &[Outcome]) -> Vec<(usize, usize)> {
    let pairs = rows.iter().zip(outcomes);
    pairs
        .filter_map(|(row, outcome)| match outcome {
            Outcome::Merged(line) => Some((row.line, *line)),
            _ => None,
        })
        .collect()
}

fn count(outcomes: &[Outcome]) -> Receipt {
    let mut receipt = Receipt {
        rows: outcomes.len(),
        ..Receipt::default()
    };
    for outcome in outcomes {
        match outcome {
            Outcome::Whole => receipt.whole += 1,
            Outcome::WithRest => receipt.with_rest += 1,
            Outcome::Merged(_) => receipt.merged += 1,
            Outcome::NotPlaced => receipt.lost += 1,
        }
    }
    receipt
}
