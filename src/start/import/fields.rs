//! What a column of a table can be, and the names in English and Arabic by which that is guessed.

use std::sync::LazyLock;

use super::words::{compact, normal};

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
pub(super) type Entry = (
    Field,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

/// The fields in the order in which the report names them. Of names of one length the first counts, so what belongs to
/// an account stands before whose the account is.
#[rustfmt::skip]
pub(super) const FIELDS: [Entry; 22] = [
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
    pub(super) fn parse(name: &str) -> Option<Self> {
        let name = compact(name);
        let mut fields = FIELDS.iter();
        fields
            .find(|(_, known, ..)| compact(known) == name)
            .map(|(field, ..)| *field)
    }
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
pub(super) fn guess(name: &str) -> Option<(Field, usize)> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
