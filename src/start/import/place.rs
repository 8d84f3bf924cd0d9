//! Rows → accounts in agencies. Each row is counted once: placed whole, placed with something left over, merged with an
//! earlier row of the same account, or not placed.

use std::collections::HashMap;

use serde_yaml::Value;

use super::addresses::{self, Address, address};
use super::agencies::{Agencies, Call};
use super::cells;
use super::columns::{Column, Field, Use};
use super::days::{self, First};
use super::document::{Account, Agency, Kept, key, word};
use super::table::Row;
use crate::schema::agency::{AccountKind, Platform};
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

/// What identifies an account.
struct Identity {
    platform: Platform,
    handle: String,
    url: Option<String>,
}

/// A cell whose value is not placed, and why.
type Fault = (Field, Text);

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
        match self.identity(row, &mut faults) {
            Ok(identity) => self.account(row, agency, identity, faults),
            Err(reason) => self.lose(row, Some(agency), reason),
        }
    }

    /// The platform, the handle and the address of a row.
    fn identity(&self, row: &Row, faults: &mut Vec<Fault>) -> Result<Identity, Text> {
        let platform_cell = self.cell(row, Field::Platform);
        let handle_cell = self.cell(row, Field::Handle);
        let url_cell = self.cell(row, Field::Url);
        // An address may stand in the column of handles, and a handle in that of addresses.
        let in_handle = handle_cell.and_then(address);
        let in_url = url_cell.and_then(address);
        let own = handle_cell.filter(|_| in_handle.is_none());
        let (page, page_field) = match (&in_url, &in_handle) {
            (Some(page), _) => (Some(page), Field::Url),
            (None, Some(page)) => (Some(page), Field::Handle),
            (None, None) => (None, Field::Url),
        };
        let stray = url_cell.filter(|_| in_url.is_none());
        let stray = stray.filter(|cell| own.is_none() && page.is_none() && cell.starts_with('@'));
        if url_cell.is_some() && in_url.is_none() && stray.is_none() {
            faults.push((
                Field::Url,
                text!("it is no web address", "ليس عنوانًا إلكترونيًّا"),
            ));
        }
        let own = own.or(stray);
        let platform = chosen(platform_cell, page, own.is_some(), faults)?;
        let handle = handle(own, page, in_handle.as_ref(), platform)?;
        let url = fitting(page, page_field, platform, &handle, faults);
        Ok(Identity {
            platform,
            handle,
            url,
        })
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

fn kind_assumed() -> Text {
    text!(
        "the kind is not given, so `kind: agency` is assumed",
        "نوع الحساب غير مذكور، فافتُرض `kind: agency`",
    )
}

/// The platform that the cell of platforms and the address of the page agree on.
fn chosen(
    cell: Option<&str>,
    page: Option<&Address>,
    has_handle: bool,
    faults: &mut Vec<Fault>,
) -> Result<Platform, Text> {
    let of_page = page.and_then(|page| page.platform);
    let named = cell.map(|cell| {
        let before_brackets = cell.split(['(', '/', '\u{2013}']).next().unwrap_or(cell);
        cells::platform(cell)
            .or_else(|| cells::platform(before_brackets))
            .or_else(|| address(&format!("{cell}/")).and_then(|found| found.platform))
    });
    match (named, of_page) {
        (Some(Some(named)), Some(of_page)) if named != of_page && !has_handle => {
            faults.push((
                Field::Platform,
                text!(
                    "the address leads to another platform",
                    "الرابط يقود إلى منصة أخرى",
                ),
            ));
            Ok(of_page)
        }
        (Some(Some(named)), _) => Ok(named),
        (Some(None), Some(of_page)) => {
            faults.push((Field::Platform, unknown_platform()));
            Ok(of_page)
        }
        (Some(None), None) => {
            faults.push((Field::Platform, unknown_platform()));
            Ok(Platform::Other)
        }
        (None, Some(of_page)) => Ok(of_page),
        (None, None) => Err(text!(
            "it names no platform, and no address shows one",
            "لا يذكر الصف منصة، ولا رابط يدل عليها",
        )),
    }
}

fn unknown_platform() -> Text {
    text!("the platform is not known", "المنصة غير معروفة")
}

/// The handle that the row gives, or the one in the address of the page.
fn handle(
    own: Option<&str>,
    page: Option<&Address>,
    in_handle: Option<&Address>,
    platform: Platform,
) -> Result<String, Text> {
    if let Some(own) = own {
        return addresses::handle(own, platform);
    }
    let with_handle = |page: &&Address| page.handle.is_some();
    let page = in_handle.filter(with_handle).or(page);
    match page.map(|page| (page.handle.as_deref(), page.is_number)) {
        Some((Some(handle), true)) => Ok(handle.to_owned()),
        Some((Some(handle), false)) => addresses::handle(handle, platform),
        Some((None, _)) => Err(text!(
            "it gives no handle, and its address leads to no account",
            "لا يذكر الصف معرّفًا، ورابطه لا يقود إلى حساب",
        )),
        None => Err(text!("it gives no handle", "لا يذكر الصف معرّفًا")),
    }
}

/// The address of the page, unless it is another account's.
fn fitting(
    page: Option<&Address>,
    field: Field,
    platform: Platform,
    handle: &str,
    faults: &mut Vec<Fault>,
) -> Option<String> {
    let page = page?;
    if page.platform.is_some_and(|of_page| of_page != platform) {
        faults.push((
            field,
            text!("it leads to another platform", "يقود إلى منصة أخرى",),
        ));
        return None;
    }
    match &page.handle {
        Some(other) if !page.is_number && other.to_lowercase() != handle.to_lowercase() => {
            faults.push((
                field,
                text!(
                    "it leads to `@{other}` and not to `@{handle}`",
                    "يقود إلى `@{other}` لا إلى `@{handle}`",
                    other = other,
                    handle = handle,
                ),
            ));
            None
        }
        _ => Some(page.url.clone()),
    }
}

/// What a cell says, as a document writes it.
fn value(
    field: Field,
    cell: &str,
    agency: &mut Agency,
    first: Option<First>,
) -> Result<Value, Text> {
    Ok(match field {
        Field::Kind => word(kind(cell)?).into(),
        Field::Owner => owner(cell, agency)?.into(),
        Field::Role => agency.roles.id(&cells::name(cell)?).into(),
        Field::SupervisedBy => agency.units.id(&cells::name(cell)?).into(),
        Field::Manager => agency.people.id(&cells::name(cell)?).into(),
        Field::Verified => cells::truth(cell)?.into(),
        Field::Status => word(cells::status(cell)?).into(),
        Field::Followers => cells::count(cell)?.into(),
        Field::Created => days::day(cell, first)?.to_string().into(),
        Field::Email | Field::Contact => cells::email(cell)?.into(),
        Field::Phone => cells::phone(cell)?.into(),
        Field::Mfa => serde_yaml::to_value(cells::mfa(cell)?).unwrap_or_default(),
        _ => cells::words(cell)?.into(),
    })
}

fn kind(cell: &str) -> Result<AccountKind, Text> {
    cells::kind(cell).map_err(|reason| {
        Text::new(
            format!("{}; `kind: agency` is assumed", reason.en),
            format!("{}؛ وافتُرض `kind: agency`", reason.ar),
        )
    })
}

/// Words by which a department or an office is told from a person.
const BODIES: [&str; 16] = [
    "department",
    "unit",
    "office",
    "directorate",
    "division",
    "team",
    "centre",
    "center",
    "إدارة",
    "قسم",
    "وحدة",
    "مكتب",
    "فريق",
    "مركز",
    "وكالة",
    "الإدارة العامة",
];

/// Whose account it is: the agency's, or a person's.
fn owner(cell: &str, agency: &mut Agency) -> Result<String, Text> {
    let name = cells::name(cell)?;
    let known = key(&name);
    let own_names = [&agency.name.en, &agency.name.ar, &agency.id]
        .into_iter()
        .flatten();
    let is_agency = [
        "agency",
        "the agency",
        "entity",
        "organization",
        "الجهة",
        "جهة",
        "الوزارة",
        "الهيئة",
    ]
    .into_iter()
    .chain(own_names.map(String::as_str))
    .any(|word| key(word) == known);
    if is_agency {
        return Ok("agency".to_owned());
    }
    let words = format!(" {} ", super::words::normal(&name));
    let is_body = |body: &&str| words.contains(&format!(" {} ", super::words::normal(body)));
    if BODIES.iter().any(|body| is_body(&body)) {
        return Err(text!(
            "it is no person; write `owner: agency` if the account is the agency's",
            "ليس شخصًا؛ اكتب `owner: agency` إن كان الحساب للجهة",
        ));
    }
    Ok(agency.people.id(&name))
}
