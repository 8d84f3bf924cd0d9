//! Which agency each row belongs to: by an id, an English name, an Arabic name, or several of them, which then are of one
//! agency in all rows.

use std::collections::{HashMap, HashSet};

use super::cells;
use super::document::{Agency, key, local, unique};
use super::fields::Field;
use super::words::slug;
use crate::schema::agency::LocalName;
use crate::text;
use crate::text::Text;

/// The agency of rows that name none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fallback {
    /// Its short name.
    pub id: String,
    /// Its name.
    pub name: LocalName,
}

/// The agencies of a table by what they are called.
#[derive(Default)]
pub(super) struct Agencies {
    pub(super) list: Vec<Agency>,
    known: HashMap<String, usize>,
}

/// A cell that names an agency.
pub(super) struct Call<'r> {
    pub(super) field: Field,
    pub(super) cell: &'r str,
}

impl Call<'_> {
    fn key(&self) -> String {
        match self.field {
            Field::AgencyId => format!("id {}", key(self.cell)),
            _ => format!("name {}", key(self.cell)),
        }
    }
}

/// The agency of a row, and the cells that name another.
pub(super) type Found<'r> = (usize, Vec<(Field, &'r str)>);

impl Agencies {
    /// The agency of rows that name none.
    pub(super) fn add_fallback(&mut self, fallback: &Fallback) {
        let at = self.list.len();
        self.known.insert(String::new(), at);
        self.known.insert(format!("id {}", key(&fallback.id)), at);
        for name in [&fallback.name.en, &fallback.name.ar].into_iter().flatten() {
            self.known.insert(format!("name {}", key(name)), at);
        }
        let mut agency = Agency::new(usize::MAX);
        agency.id = Some(fallback.id.clone());
        agency.name = fallback.name.clone();
        self.list.push(agency);
    }

    /// The agency that these cells name, which is added if it is a new one.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub(super) fn find<'r>(&mut self, calls: &[Call<'r>], line: usize) -> Result<Found<'r>, Text> {
        if calls.is_empty() {
            let fallback = self.known.get("").copied();
            let at = fallback.ok_or_else(nameless)?;
            self.meet(at, line);
            return Ok((at, Vec::new()));
        }
        for call in calls {
            cells::name(call.cell)?;
        }
        let known = calls.iter().find_map(|call| self.known.get(&call.key()));
        let at = known.copied().unwrap_or_else(|| {
            self.list.push(Agency::new(line));
            self.list.len() - 1
        });
        self.meet(at, line);
        let mut others = Vec::new();
        for call in calls {
            let owner = *self.known.entry(call.key()).or_insert(at);
            if owner == at {
                self.name(at, call);
            } else {
                others.push((call.field, call.cell));
            }
        }
        Ok((at, others))
    }

    fn meet(&mut self, at: usize, line: usize) {
        if let Some(agency) = self.list.get_mut(at) {
            agency.line = agency.line.min(line);
        }
    }

    fn name(&mut self, at: usize, call: &Call<'_>) {
        let Some(agency) = self.list.get_mut(at) else {
            return;
        };
        let words = cells::words(call.cell).unwrap_or_default();
        match call.field {
            Field::AgencyId => {
                let id = slug(&words);
                agency.id = agency.id.take().or(id);
            }
            Field::AgencyEn => agency.name.en = agency.name.en.take().or(Some(words)),
            Field::AgencyAr => agency.name.ar = agency.name.ar.take().or(Some(words)),
            _ => {
                let LocalName { en, ar } = local(&words);
                agency.name.en = agency.name.en.take().or(en);
                agency.name.ar = agency.name.ar.take().or(ar);
            }
        }
    }

    /// The agencies in the order of their first rows, each with its id; those without rows are left out.
    pub(super) fn in_order(&self) -> Vec<(usize, String)> {
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        order.retain(|at| {
            self.list
                .get(*at)
                .is_some_and(|agency| agency.line != usize::MAX)
        });
        order.sort_by_key(|at| self.list.get(*at).map(|agency| agency.line));
        let mut ids = HashSet::new();
        let mut number = 0;
        let mut numbered = Vec::with_capacity(order.len());
        for at in order {
            let Some(agency) = self.list.get(at) else {
                continue;
            };
            let from_name = || agency.name.en.as_deref().and_then(slug);
            let wanted = agency.id.clone().or_else(from_name).unwrap_or_else(|| {
                number += 1;
                format!("agency-{number}")
            });
            numbered.push((at, unique(&wanted, &mut ids)));
        }
        numbered
    }
}

fn nameless() -> Text {
    text!(
        "it names no agency; `--id` gives such rows one",
        "لا يذكر الصف جهة؛ والخيار `--id` يحدد جهة لمثل هذه الصفوف",
    )
}
