//! The columns of a table: which field of an account each is, guessed from its name in English or Arabic, or as an
//! option says. A column that names a secret is refused.

use std::sync::LazyLock;

use csv::StringRecord;

use super::table::Row;
use super::words::{compact, normal};
use crate::schema::is_secret;
use crate::text;
use crate::text::{Text, nearest};

/// What a column can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The agency's short name.
    AgencyId,
    /// The agency's name in English.
    AgencyEn,
    /// The agency's name in Arabic.
    AgencyAr,
    /// The agency's name in either language.
    Agency,
    /// The platform.
    Platform,
    /// The handle.
    Handle,
    /// The address of the account's page.
    Url,
    /// The name that the platform shows.
    DisplayName,
    /// For whom the account speaks.
    Kind,
    /// Whose account it is.
    Owner,
    /// The office that it belongs to.
    Role,
    /// The department that answers for it.
    SupervisedBy,
    /// Who runs it.
    Manager,
    /// Whether the platform has verified it.
    Verified,
    /// Whether it is in use.
    Status,
    /// How many follow it.
    Followers,
    /// When it was opened.
    Created,
    /// The email address that it was registered with.
    Email,
    /// The email address that it shows to the public.
    Contact,
    /// The phone number that it was registered with.
    Phone,
    /// Whether signing in is protected by a second factor, or by which.
    Mfa,
    /// Anything else in words.
    Notes,
}

/// A field, its name, and the names of columns that mean it: those that mean it wherever they occur in a longer name,
/// and those that do only alone.
type Entry = (
    Field,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

/// The fields in the order in which the report names them. Of names of one length the first counts, so what belongs to
/// an account stands before whose the account is.
#[rustfmt::skip]
const FIELDS: [Entry; 22] = [
    (Field::Platform, "platform",
        &["platform", "network", "social media", "channel", "المنصة", "الشبكة", "التطبيق", "منصة التواصل", "وسيلة التواصل", "موقع التواصل"],
        &["site", "app", "service", "القناة", "الموقع", "النوع منصة"]),
    (Field::Handle, "handle",
        &["handle", "user name", "username", "screen name", "account name", "account handle", "المعرف", "معرف الحساب", "اسم المستخدم", "اسم الحساب", "يوزر", "اليوزر"],
        &["account", "user", "الحساب", "accounts", "الحسابات"]),
    (Field::Url, "url",
        &["url", "link", "address of page", "web address", "account link", "account url", "profile link", "الرابط", "رابط الحساب", "عنوان الحساب"],
        &["href", "web", "page", "profile"]),
    (Field::DisplayName, "display_name",
        &["display name", "shown name", "profile name", "title of account", "الاسم الظاهر", "اسم العرض", "الاسم المعروض"],
        &["name", "الاسم"]),
    (Field::Kind, "kind",
        &["account type", "account kind", "type of account", "kind", "category", "نوع الحساب", "تصنيف الحساب", "فئة الحساب"],
        &["type", "النوع", "التصنيف", "الفئة"]),
    (Field::Owner, "owner",
        &["owner", "account owner", "owned by", "account holder", "custodian", "مالك الحساب", "المالك", "صاحب الحساب", "عهدة الحساب"],
        &["holder", "person", "الشخص"]),
    (Field::Role, "role",
        &["office", "role", "position of holder", "job title", "post held", "المنصب", "المسمى الوظيفي", "الوظيفة", "الصفة الوظيفية"],
        &["position", "title", "الصفة"]),
    (Field::SupervisedBy, "supervised_by",
        &["supervising unit", "supervising department", "supervised by", "department", "unit", "directorate", "division", "الإدارة المشرفة", "الجهة المشرفة", "جهة الإشراف", "الإدارة", "القسم", "الوحدة"],
        &["supervisor", "المشرف"]),
    (Field::Manager, "manager",
        &["account manager", "manager", "managed by", "operator", "administrator", "responsible", "contact person", "responsible person", "مدير الحساب", "مسؤول الحساب", "المسؤول", "مشغل الحساب", "القائم على الحساب"],
        &["admin", "المدير", "المشغل"]),
    (Field::Verified, "verified",
        &["verified", "verification", "blue tick", "verified account", "موثق", "التوثيق", "حالة التوثيق", "موثق الحساب", "الحساب موثق", "توثيق الحساب"],
        &["badge"]),
    (Field::Status, "status",
        &["status", "account status", "activity", "active", "الحالة", "حالة الحساب", "نشط", "نشاط الحساب"],
        &["state"]),
    (Field::Followers, "followers",
        &["followers", "follower", "number of followers", "subscribers", "audience", "fans", "المتابعين", "المتابعون", "عدد المتابعين", "المشتركين"],
        &["reach"]),
    (Field::Created, "created",
        &["created", "creation date", "date created", "opened", "opening date", "date opened", "launch date", "launched", "start date", "تاريخ الإنشاء", "تاريخ إنشاء الحساب", "الإنشاء", "تاريخ الافتتاح", "تاريخ الإطلاق", "تاريخ التأسيس"],
        &["date", "التاريخ", "since", "منذ"]),
    (Field::Contact, "contact",
        &["contact email", "public email", "email for the public", "البريد المعلن", "بريد التواصل"],
        &[]),
    (Field::Email, "registration.email",
        &["email", "e mail", "mail", "registration email", "registered email", "email address", "البريد", "البريد الإلكتروني", "الإيميل", "بريد التسجيل"],
        &[]),
    (Field::Phone, "registration.phone",
        &["phone", "mobile", "telephone", "phone number", "mobile number", "registered phone", "الجوال", "الهاتف", "رقم الجوال", "رقم الهاتف"],
        &["tel", "cell"]),
    (Field::Mfa, "mfa",
        &["mfa", "2fa", "two factor", "multi factor", "two step", "second factor", "two factor authentication", "المصادقة الثنائية", "التحقق الثنائي", "التحقق بخطوتين", "متعدد العناصر", "التحقق من الهوية متعدد العناصر"],
        &[]),
    (Field::Notes, "notes",
        &["notes", "note", "comments", "comment", "remarks", "remark", "ملاحظات", "ملاحظة", "الملاحظات"],
        &[]),
    (Field::AgencyId, "agency.id",
        &["agency id", "entity id", "organization id", "agency code", "entity code", "رمز الجهة", "رقم الجهة"],
        &[]),
    (Field::AgencyEn, "agency.en",
        &["agency english", "agency name english", "agency name en", "agency en", "entity en", "english agency name", "name of agency english", "اسم الجهة بالإنجليزية", "الجهة بالإنجليزية", "الجهة إنجليزي"],
        &["english name", "name en", "الاسم بالإنجليزية"]),
    (Field::AgencyAr, "agency.ar",
        &["agency arabic", "agency name arabic", "agency name ar", "agency ar", "entity ar", "arabic agency name", "name of agency arabic", "اسم الجهة بالعربية", "الجهة بالعربية", "الجهة عربي"],
        &["arabic name", "name ar", "الاسم بالعربية"]),
    (Field::Agency, "agency",
        &["agency", "agency name", "entity", "entity name", "organization", "organisation", "ministry", "government body", "الجهة", "اسم الجهة", "الجهة الحكومية", "الوزارة", "الهيئة", "المنشأة"],
        &["body", "institution", "المؤسسة"]),
];

impl Field {
    /// The name that reports and options call it by.
    pub fn name(self) -> &'static str {
        let entry = FIELDS.iter().find(|(field, ..)| *field == self);
        entry.map_or("", |(_, name, ..)| name)
    }

    /// The field of a name, however it is typed.
    fn parse(name: &str) -> Option<Self> {
        let name = compact(name);
        let mut fields = FIELDS.iter();
        fields
            .find(|(_, known, ..)| compact(known) == name)
            .map(|(field, ..)| *field)
    }
}

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

/// A known name of a column, normal, with its field; how much it counts in a longer name, and whether it counts there.
struct Known {
    words: String,
    field: Field,
    is_whole: bool,
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let known = |field, is_whole| {
        move |words: &&'static str| Known {
            words: normal(words),
            field,
            is_whole,
        }
    };
    let of = |(field, name, parts, wholes): &Entry| {
        let parts = parts.iter().map(known(*field, false));
        let wholes = wholes.iter().chain([name]).map(known(*field, true));
        parts.chain(wholes).collect::<Vec<_>>()
    };
    FIELDS.iter().flat_map(of).collect()
});

/// The field that a name means, and how surely: the longer the part of it that is known, the more.
fn guess(name: &str) -> Option<(Field, usize)> {
    // Nobody reads a longer name.
    if name.len() > 300 {
        return None;
    }
    let spellings = [normal(name), normal(&with_gaps(name))];
    let score = |known: &Known| {
        let scores = spellings.iter().filter_map(|spelling| {
            let length = known.words.chars().count();
            if *spelling == known.words {
                return Some(1000 + length);
            }
            let whole = format!(" {spelling} ");
            let is_part = !known.is_whole && whole.contains(&format!(" {} ", known.words));
            is_part.then_some(length)
        });
        scores.max()
    };
    let scored = KNOWN.iter().rev();
    scored
        .filter_map(|known| Some((known.field, score(known)?)))
        .max_by_key(|(_, score)| *score)
}

/// `accountHandle` as two words.
fn with_gaps(name: &str) -> String {
    let mut gapped = String::with_capacity(name.len() + 4);
    let mut is_small = false;
    for character in name.chars() {
        if is_small && character.is_uppercase() {
            gapped.push(' ');
        }
        is_small = character.is_lowercase();
        gapped.push(character);
    }
    gapped
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
    match nearest(field, names()) {
        Some(near) => text!(
            "no field is called `{field}`; did you mean `{near}`?",
            "لا وجود لحقل باسم `{field}`؛ هل تقصد `{near}`؟",
            field = field,
            near = near,
        ),
        None => {
            let listed = names().map(|name| format!("`{name}`")).collect::<Vec<_>>();
            let mut said = text!(
                "no field is called `{field}`; the fields are",
                "لا وجود لحقل باسم `{field}`؛ الحقول هي",
                field = field,
            );
            said.en.push_str(&format!(" {}", listed.join(", ")));
            said.ar.push_str(&format!(" {}", listed.join("، ")));
            said
        }
    }
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
    match nearest(name, names) {
        Some(near) => text!(
            "no column is called `{name}`; did you mean `{near}`?",
            "لا وجود لعمود باسم `{name}`؛ هل تقصد `{near}`؟",
            name = name,
            near = near,
        ),
        None => text!(
            "no column is called `{name}`",
            "لا وجود لعمود باسم `{name}`",
            name = name,
        ),
    }
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
    fn every_known_name_means_its_field_alone_and_no_name_two_fields() {
        for (field, name, parts, wholes) in &FIELDS {
            assert_eq!(Field::parse(name), Some(*field));
            for words in parts.iter().chain(*wholes) {
                assert_eq!(
                    guess(words).map(|(field, _)| field),
                    Some(*field),
                    "{words}"
                );
            }
        }
        assert_eq!(FIELDS.map(|(field, ..)| field.name()).len(), 22);
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
