//! Rows → accounts in agencies. Each row is counted once: placed whole, placed with something left over, merged with an
//! earlier row of the same account, or not placed.

use std::collections::HashMap;

use super::agencies::{Agencies, Call};
use super::cells;
use super::columns::{Column, Use};
use super::days::First;
use super::document::{Account, Kept, key, word};
use super::fields::Field;
use super::identity::{Fault, Identity, identify};
use super::table::Row;
use super::values::{kind_assumed, value};
use crate::schema::agency::Platform;
use crate::text;
use crate::text::Text;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Whole,
    WithRest,
    /// Into the row that begins on this line.
    Merged(usize),
    NotPlaced,
}

/// A cell that is not in its field, with the agency in whose file it is kept.
pub(super) struct Rest {
    pub(super) agency: usize,
    pub(super) kept: Kept,
}

/// A row that is not placed, with its cells and the agency in whose file they are kept.
pub(super) struct Lost {
    pub(super) line: usize,
    pub(super) reason: Text,
    pub(super) cells: Vec<(String, String)>,
    pub(super) agency: Option<usize>,
}

pub(super) struct Placer<'t> {
    columns: &'t [Column],
    places: HashMap<Field, usize>,
    first: Option<First>,
    pub(super) agencies: Agencies,
    seen: HashMap<(String, String), (usize, usize)>,
    pub(super) rests: Vec<Rest>,
    pub(super) lost: Vec<Lost>,
}

impl<'t> Placer<'t> {
    pub(super) fn new(columns: &'t [Column], first: Option<First>, agencies: Agencies) -> Self {
        let place = |(at, column): (usize, &Column)| match column.used {
            Use::Field(field) => Some((field, at)),
            Use::Kept | Use::LeftOut => None,
        };
        Self {
            columns,
            places: columns.iter().enumerate().filter_map(place).collect(),
            first,
            agencies,
            seen: HashMap::new(),
            rests: Vec::new(),
            lost: Vec::new(),
        }
    }

    /// Places all rows.
    pub(super) fn place(&mut self, rows: &[Row], header: &Row) -> Vec<Outcome> {
        // What two names of one row join is known before rows with one name come.
        for row in rows {
            let calls = self.calls(row);
            if calls.len() > 1 {
                // What is wrong here is said when the row's turn comes.
                let _ = self.agencies.find(&calls, usize::MAX);
            }
        }
        rows.iter().map(|row| self.row(row, header)).collect()
    }

    /// A cell that says something.
    fn cell<'r>(&self, row: &'r Row, field: Field) -> Option<&'r str> {
        let at = *self.places.get(&field)?;
        let cell = cells::clean(row.cells.get(at)?);
        (!cells::is_nothing(cell)).then_some(cell)
    }

    fn calls<'r>(&self, row: &'r Row) -> Vec<Call<'r>> {
        let fields = [
            Field::AgencyId,
            Field::AgencyEn,
            Field::AgencyAr,
            Field::Agency,
        ];
        let call = |field| {
            Some(Call {
                field,
                cell: self.cell(row, field)?,
            })
        };
        fields.into_iter().filter_map(call).collect()
    }

    fn row(&mut self, row: &Row, header: &Row) -> Outcome {
        if is_header(row, header) {
            let reason = text!(
                "it repeats the names of the columns",
                "يكرر الصف أسماء الأعمدة",
            );
            return self.lose(row, None, reason);
        }
        let calls = self.calls(row);
        let (agency, others) = match self.agencies.find(&calls, row.line) {
            Ok(found) => found,
            Err(reason) => return self.lose(row, None, reason),
        };
        let mut faults: Vec<Fault> = others
            .into_iter()
            .map(|(field, _)| (field, of_another()))
            .collect();
        let fields = [Field::Platform, Field::Handle, Field::Url];
        match identify(fields.map(|field| self.cell(row, field)), &mut faults) {
            Ok(identity) => self.account(row, agency, identity, faults),
            Err(reason) => self.lose(row, Some(agency), reason),
        }
    }

    /// Adds an account, or what a row says more of one that is there already.
    fn account(
        &mut self,
        row: &Row,
        agency: usize,
        identity: Identity,
        mut faults: Vec<Fault>,
    ) -> Outcome {
        let mut account = Account {
            line: row.line,
            platform: identity.platform,
            handle: identity.handle,
            values: std::collections::BTreeMap::new(),
            kept: self.unknown(row),
        };
        if let Some(url) = identity.url {
            account.values.insert(Field::Url, url.into());
        }
        self.fill(row, agency, &mut account, &mut faults);
        let other = match account.platform {
            Platform::Other => self.cell(row, Field::Platform).unwrap_or_default(),
            _ => "",
        };
        let platform = format!("{}{}", word(account.platform), key(other));
        let known = (platform, account.handle.to_lowercase());
        match self.seen.get(&known).copied() {
            Some(place) if place.0 == agency => self.merge(row, place, account, faults),
            found => {
                if found.is_some() {
                    faults.push((
                        self.handle_field(row),
                        text!(
                            "another agency has the same account",
                            "لجهة أخرى الحساب نفسه",
                        ),
                    ));
                }
                let count = self
                    .agencies
                    .list
                    .get(agency)
                    .map_or(0, |found| found.accounts.len());
                self.seen.entry(known).or_insert((agency, count));
                self.push(row, agency, account, faults)
            }
        }
    }

    /// The column that a row's handle came from.
    fn handle_field(&self, row: &Row) -> Field {
        match self.cell(row, Field::Handle) {
            Some(_) => Field::Handle,
            None => Field::Url,
        }
    }

    fn push(
        &mut self,
        row: &Row,
        agency: usize,
        mut account: Account,
        faults: Vec<Fault>,
    ) -> Outcome {
        let outcome = if faults.is_empty() {
            Outcome::Whole
        } else {
            Outcome::WithRest
        };
        for (field, reason) in faults {
            account.kept.push(self.rest(row, agency, field, reason));
        }
        if let Some(agency) = self.agencies.list.get_mut(agency) {
            agency.accounts.push(account);
        }
        outcome
    }

    /// Joins a row to an earlier one: what that one does not say is added, what it says differently is kept beside.
    fn merge(
        &mut self,
        row: &Row,
        place: (usize, usize),
        account: Account,
        mut faults: Vec<Fault>,
    ) -> Outcome {
        let (agency, at) = place;
        let list = &mut self.agencies.list;
        let Some(earlier) = list
            .get_mut(agency)
            .and_then(|agency| agency.accounts.get_mut(at))
        else {
            return Outcome::Whole;
        };
        let line = earlier.line;
        for (field, value) in account.values {
            match earlier.values.get(&field) {
                None => {
                    earlier.values.insert(field, value);
                }
                Some(before) if *before == value => {}
                Some(_) => faults.push((
                    field,
                    text!(
                        "line {line} says something else of the same account",
                        "يذكر السطر {line} خلاف ذلك للحساب نفسه",
                        line = line,
                    ),
                )),
            }
        }
        earlier.kept.extend(account.kept);
        let kept: Vec<Kept> = faults
            .into_iter()
            .map(|(field, reason)| self.rest(row, agency, field, reason))
            .collect();
        let list = &mut self.agencies.list;
        if let Some(earlier) = list
            .get_mut(agency)
            .and_then(|agency| agency.accounts.get_mut(at))
        {
            earlier.kept.extend(kept);
        }
        Outcome::Merged(line)
    }

    /// Notes a cell that is not placed.
    fn rest(&mut self, row: &Row, agency: usize, field: Field, reason: Text) -> Kept {
        let at = self.places.get(&field).copied();
        let kept = Kept {
            line: row.line,
            column: at
                .and_then(|at| self.columns.get(at))
                .map_or_else(String::new, |column| column.name.clone()),
            value: at
                .and_then(|at| row.cells.get(at))
                .unwrap_or_default()
                .to_owned(),
            reason: Some(reason),
        };
        self.rests.push(Rest {
            agency,
            kept: kept.clone(),
        });
        kept
    }

    /// Everything else that a row says of an account.
    fn fill(&mut self, row: &Row, agency: usize, account: &mut Account, faults: &mut Vec<Fault>) {
        let fields = [
            Field::DisplayName,
            Field::Kind,
            Field::Owner,
            Field::Role,
            Field::SupervisedBy,
            Field::Manager,
            Field::Verified,
            Field::Status,
            Field::Followers,
            Field::Created,
            Field::Email,
            Field::Contact,
            Field::Phone,
            Field::Mfa,
            Field::Notes,
        ];
        for field in fields {
            let Some(cell) = self.cell(row, field) else {
                if field == Field::Kind && self.places.contains_key(&field) {
                    faults.push((field, kind_assumed()));
                }
                continue;
            };
            let Some(agency) = self.agencies.list.get_mut(agency) else {
                continue;
            };
            match value(field, cell, agency, self.first) {
                Ok(value) => {
                    account.values.insert(field, value);
                }
                Err(reason) => faults.push((field, reason)),
            }
        }
    }

    /// The cells of columns that are no field, and those beyond the last column.
    fn unknown(&self, row: &Row) -> Vec<Kept> {
        let kept = |(at, cell): (usize, &str)| {
            let name = match self.columns.get(at) {
                Some(Column {
                    used: Use::Kept,
                    name,
                    ..
                }) => name.clone(),
                Some(_) => return None,
                None => format!("#{}", at + 1),
            };
            (!cells::clean(cell).is_empty()).then(|| Kept {
                line: row.line,
                column: name,
                value: cell.trim().to_owned(),
                reason: None,
            })
        };
        row.cells.iter().enumerate().filter_map(kept).collect()
    }

    /// Notes a row that is not placed, with all its cells but those that are left out.
    fn lose(&mut self, row: &Row, agency: Option<usize>, reason: Text) -> Outcome {
        let cell = |(at, cell): (usize, &str)| {
            let column = self.columns.get(at);
            let is_left_out = column.is_some_and(|column| column.used == Use::LeftOut);
            let name = column.map_or_else(|| format!("#{}", at + 1), |column| column.name.clone());
            (!is_left_out && !cell.trim().is_empty()).then(|| (name, cell.trim().to_owned()))
        };
        let cells: Vec<(String, String)> = row.cells.iter().enumerate().filter_map(cell).collect();
        if let Some(agency) = agency.and_then(|at| self.agencies.list.get_mut(at)) {
            let kept = cells.iter().enumerate().map(|(at, (column, value))| Kept {
                line: row.line,
                column: column.clone(),
                value: value.clone(),
                reason: (at == 0).then(|| reason.clone()),
            });
            agency.kept.extend(kept);
        }
        self.lost.push(Lost {
            line: row.line,
            reason,
            cells,
            agency,
        });
        Outcome::NotPlaced
    }
}

fn is_header(row: &Row, header: &Row) -> bool {
    let cells = |row: &Row| -> Vec<String> {
        row.cells
            .iter()
            .map(|cell| cell.trim().to_lowercase())
            .collect()
    };
    row.cells.get(0).map(str::len) == header.cells.get(0).map(str::len)
        && cells(row) == cells(header)
}

fn of_another() -> Text {
    text!(
        "other rows call another agency so",
        "تطلق صفوف أخرى هذا الاسم على جهة أخرى",
    )
}
