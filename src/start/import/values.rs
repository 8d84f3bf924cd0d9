//! The cells of a row that say something of its account → values as a document writes them.

use serde_yaml::Value;

use super::cells;
use super::days::{self, First};
use super::document::{Agency, key, word};
use super::fields::Field;
use super::vocabulary::{BODIES, ITSELF};
use super::words::normal;
use crate::schema::agency::AccountKind;
use crate::text;
use crate::text::Text;

/// What a cell says, as a document writes it.
pub(super) fn value(
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

/// Whose account it is: the agency's, or a person's.
fn owner(cell: &str, agency: &mut Agency) -> Result<String, Text> {
    let name = cells::name(cell)?;
    let known = key(&name);
    let own_names = [&agency.name.en, &agency.name.ar, &agency.id]
        .into_iter()
        .flatten();
    let is_agency = ITSELF
        .iter()
        .copied()
        .chain(own_names.map(String::as_str))
        .any(|word| key(word) == known);
    if is_agency {
        return Ok("agency".to_owned());
    }
    let words = format!(" {} ", normal(&name));
    let is_named = |body: &&'static str| words.contains(&format!(" {} ", normal(body)));
    if BODIES.iter().any(is_named) {
        return Err(text!(
            "it is no person; write `owner: agency` if the account is the agency's",
            "ليس شخصًا؛ اكتب `owner: agency` إن كان الحساب للجهة",
        ));
    }
    Ok(agency.people.id(&name))
}

/// What is assumed where a row does not say for whom its account speaks.
pub(super) fn kind_assumed() -> Text {
    text!(
        "the kind is not given, so `kind: agency` is assumed",
        "نوع الحساب غير مذكور، فافتُرض `kind: agency`",
    )
}
