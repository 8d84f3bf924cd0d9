//! The columns of a table: which field of an account each is, guessed from its name in English or Arabic, or as an
//! option says. A column that names a secret is refused.

use csv::StringRecord;

use super::fields::{FIELDS, Field, guess};
use super::table::Row;
use super::words::{compact, normal};
use crate::schema::is_secret;
use crate::text;
use crate::text::{Text, nearest};

/// What becomes of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Its cells are this field.
    Field(Field),
    /// Its cells are kept as they are, in `x-import`.
    Kept,
    /// Its cells are left out, as an option says.
    LeftOut,
}

/// A column of the table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name, or its number where it has none; no two are equal.
    pub name: String,
    /// What becomes of it.
    pub used: Use,
    /// Whether an option says so.
    pub is_asked: bool,
    /// A few of its values.
    pub samples: Vec<String>,
}

/// How many cells of a row are names of columns: known ones, those that options name, and those of secrets.
pub(super) fn count_known(cells: &StringRecord, asked: &[String]) -> usize {
    let is_known = |cell: &&str| {
        let cell = cell.trim();
        asked.iter().any(|name| same(name, cell))
            || guess(cell).is_some_and(|(_, score)| score > 1000 || cell.chars().count() < 40)
            || (cell.len() < 100 && names_secret(cell))
    };
    cells.iter().filter(is_known).count()
}

fn same(one: &str, other: &str) -> bool {
    one == other
        || (other.len() <= 300 && !compact(one).is_empty() && compact(one) == compact(other))
}

/// Whether a column's name says that a secret stands below it.
fn names_secret(name: &str) -> bool {
    // Tables write the letters of a name in other ways than keys do.
    let plain = normal(name);
    let arabic = [
        "كلمة السر",
        "كلمة المرور",
        "الرقم السري",
        "الرمز السري",
        "رمز الدخول",
    ];
    is_secret(name)
        || arabic
            .iter()
            .any(|secret| format!(" {plain} ").contains(&format!(" {} ", normal(secret))))
}

/// An option that says what a column is: `Column=field`, or `Column=-` to leave it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// The column, as it was named.
    pub column: String,
    /// The field; nothing leaves the column out.
    pub field: Option<Field>,
}

impl Mapping {
    /// Reads an option.
    ///
    /// # Errors
    ///
    /// What was expected instead.
    pub fn parse(option: &str) -> Result<Self, Text> {
        let Some((column, field)) = option.rsplit_once('=') else {
            return Err(text!(
                "expected `{form}`, found `{option}`",
                "المتوقع `{form}`، والموجود `{option}`",
                form = "Column=field",
                option = option,
            ));
        };
        let column = column.trim().to_owned();
        if field.trim() == "-" {
            return Ok(Self {
                column,
                field: None,
            });
        }
        match Field::parse(field) {
            Some(field) => Ok(Self {
                column,
                field: Some(field),
            }),
            None => Err(unknown_field(field)),
        }
    }
}

fn unknown_field(field: &str) -> Text {
    let names = || FIELDS.iter().map(|(_, name, ..)| *name);
    if let Some(near) = nearest(field, names()) {
        return text!(
            "no field is called `{field}`; did you mean `{near}`?",
            "لا وجود لحقل باسم `{field}`؛ هل تقصد `{near}`؟",
            field = field,
            near = near,
        );
    }
    let said = text!(
        "no field is called `{field}`; the fields are",
        "لا وجود لحقل باسم `{field}`؛ الحقول هي",
        field = field,
    );
    let listed: Vec<String> = names().map(|name| format!("`{name}`")).collect();
    Text::new(
        format!("{} {}", said.en, listed.join(", ")),
        format!("{} {}", said.ar, listed.join("، ")),
    )
}

/// What becomes of each column of a header. Of two columns that mean a field, one that is nearly empty yields.
pub(super) fn choose(
    header: &StringRecord,
    rows: &[Row],
    asked: &[Mapping],
) -> Result<Vec<Column>, Text> {
    let mut columns = named(header, rows);
    for mapping in asked {
        let Some(column) = columns
            .iter_mut()
            .find(|column| same(&mapping.column, &column.name))
        else {
            return Err(unknown_column(&mapping.column, &columns));
        };
        column.used = mapping.field.map_or(Use::LeftOut, Use::Field);
        column.is_asked = true;
    }
    let secrets = columns
        .iter()
        .filter(|column| column.used != Use::LeftOut && names_secret(&column.name));
    let secrets: Vec<&str> = secrets.map(|column| column.name.as_str()).collect();
    if let Some(first) = secrets.first() {
        return Err(refused(&secrets, first));
    }
    twice(&columns)?;
    assign(&mut columns, rows);
    Ok(columns)
}

/// The columns with their names, which are told apart where they are equal: those of the header, and those without a name
/// that rows go on with.
fn named(header: &StringRecord, rows: &[Row]) -> Vec<Column> {
    let widest = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let beyond = widest
        .min(header.len() + MOST_BEYOND)
        .saturating_sub(header.len());
    let mut seen = std::collections::HashMap::new();
    let name = |(index, cell): (usize, &str)| {
        let cell: String = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        let cell: String = super::cells::clean(&cell).chars().take(100).collect();
        let name = if cell.is_empty() {
            format!("#{}", index + 1)
        } else {
            cell
        };
        let count = seen.entry(name.clone()).or_insert(0);
        *count += 1;
        let name = if *count > 1 {
            format!("{name} (#{})", index + 1)
        } else {
            name
        };
        Column {
            name,
            used: Use::Kept,
            is_asked: false,
            samples: Vec::new(),
        }
    };
    let names = header.iter().chain(std::iter::repeat_n("", beyond));
    names.enumerate().map(name).collect()
}

/// How many columns without a name are listed; the cells of others are kept all the same.
const MOST_BEYOND: usize = 20;

fn unknown_column(name: &str, columns: &[Column]) -> Text {
    let names = columns.iter().map(|column| column.name.as_str());
    if let Some(near) = nearest(name, names) {
        return text!(
            "no column is called `{name}`; did you mean `{near}`?",
            "لا وجود لعمود باسم `{name}`؛ هل تقصد `{near}`؟",
            name = name,
            near = near,
        );
    }
    text!(
        "no column is called `{name}`",
        "لا وجود لعمود باسم `{name}`",
        name = name,
    )
}

fn refused(names: &[&str], first: &str) -> Text {
    let names = names.join("`, `");
    text!(
        "the column `{names}` looks as if it held secrets, and no secret belongs in a table or in an agency file: delete it from the table, change those secrets, and run this again; `--map '{first}=-'` leaves the column out unread",
        "يبدو أن العمود `{names}` يحوي معلومات سرية، ولا مكان لها في جدول ولا في ملف جهة: احذف العمود من الجدول وغيِّر تلك المعلومات ثم أعد التشغيل؛ والخيار `--map '{first}=-'` يستبعد العمود دون قراءته",
        names = names,
        first = first,
    )
}

/// Options may not make one field out of two columns.
fn twice(columns: &[Column]) -> Result<(), Text> {
    let asked = |column: &&Column| matches!(column.used, Use::Field(_));
    let mut seen: Vec<&Column> = Vec::new();
    for column in columns.iter().filter(asked) {
        if let Some(before) = seen.iter().find(|before| before.used == column.used) {
            return Err(text!(
                "`{one}` and `{other}` cannot both be the same field",
                "لا يصح أن يكون العمودان `{one}` و`{other}` حقلًا واحدًا",
                one = before.name,
                other = column.name,
            ));
        }
        seen.push(column);
    }
    Ok(())
}

/// Whether more than one of ten rows, out of the first, has something in a column.
fn is_filled(at: usize, rows: &[Row]) -> bool {
    let sample = rows.iter().take(200);
    let has_value = |row: &&Row| {
        row.cells
            .get(at)
            .is_some_and(|cell| !cell.trim().is_empty())
    };
    sample.clone().filter(has_value).count() * 10 > sample.len()
}

/// Gives each field the column whose name means it most surely; of equals the first.
fn assign(columns: &mut [Column], rows: &[Row]) {
    let mut guesses: Vec<(usize, Field, (bool, usize))> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| !column.is_asked)
        .filter_map(|(index, column)| {
            let (field, score) = guess(&column.name)?;
            Some((index, field, (is_filled(index, rows), score)))
        })
        .collect();
    guesses.sort_by_key(|(_, _, score)| std::cmp::Reverse(*score));
    for (index, field, _) in guesses {
        let is_taken = columns
            .iter()
            .any(|column| column.used == Use::Field(field));
        if !is_taken && let Some(column) = columns.get_mut(index) {
            column.used = Use::Field(field);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(header: &[&str]) -> Vec<String> {
        let columns = choose(&StringRecord::from(header.to_vec()), &[], &[]).unwrap();
        let name = |column: &Column| match column.used {
            Use::Field(field) => field.name().to_owned(),
            other => format!("{other:?}"),
        };
        columns.iter().map(name).collect()
    }

    #[test]
    fn messy_names_in_two_languages_are_understood() {
        let header = [
            "Agency  Name",
            "Social_Media PLATFORM",
            "accountHandle",
            "URL",
            "Account Type",
            "No. of Followers",
            "Verified?",
            "Registered e-mail",
            "Created on (date)",
            "Budget",
        ];
        let wanted = [
            "agency",
            "platform",
            "handle",
            "url",
            "kind",
            "followers",
            "verified",
            "registration.email",
            "created",
            "Kept",
        ];
        assert_eq!(uses(&header), wanted);
        let header = [
            "إسم الجهه",
            "المنصّة",
            "مُعَرِّف الحســاب",
            "رابط الحساب",
            "نوع الحساب",
            "عدد المتابعين",
            "موثّق؟",
            "الإدارة المشرفة",
            "الميزانية",
        ];
        let wanted = [
            "agency",
            "platform",
            "handle",
            "url",
            "kind",
            "followers",
            "verified",
            "supervised_by",
            "Kept",
        ];
        assert_eq!(uses(&header), wanted);
    }

    #[test]
    fn a_field_goes_to_the_surest_column_and_the_other_is_kept() {
        assert_eq!(
            uses(&["Old handle", "Handle", "Handle", ""]),
            ["Kept", "handle", "Kept", "Kept"]
        );
        let columns = choose(&StringRecord::from(vec!["handle", "handle", ""]), &[], &[]).unwrap();
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["handle", "handle (#2)", "#3"]);
    }

    #[test]
    fn columns_of_secrets_are_refused_in_any_spelling() {
        for name in [
            "Password",
            "passwords",
            "كلمه المرور",
            "كلمة مرور الحساب",
            "رقم سري",
            "API key",
            "account_password",
        ] {
            let header = StringRecord::from(vec!["platform", "handle", name]);
            assert!(choose(&header, &[], &[]).is_err(), "{name}");
            let asked = |option: &str| [Mapping::parse(&format!("{name}={option}")).unwrap()];
            assert!(choose(&header, &[], &asked("notes")).is_err(), "{name}");
            let columns = choose(&header, &[], &asked("-")).unwrap();
            assert_eq!(columns[2].used, Use::LeftOut);
        }
    }
}
