//! The words that cells are written with, in English and Arabic, and what each means. Spellings that differ in case,
//! blanks, marks, articles or variants of letters count as one.

use std::sync::LazyLock;

use super::words::Words;
use crate::schema::agency::{AccountKind, MfaMethod, Platform, Status};

type Table<T> = &'static [(T, &'static [&'static str])];

fn lookup<T: Copy>(table: Table<T>) -> Words<T> {
    Words::new(table)
}

pub(super) static NOTHING: LazyLock<Words<()>> = LazyLock::new(|| lookup(NOTHING_WORDS));
pub(super) static TRUTH: LazyLock<Words<bool>> = LazyLock::new(|| lookup(TRUTH_WORDS));
pub(super) static METHODS: LazyLock<Words<MfaMethod>> = LazyLock::new(|| lookup(METHOD_WORDS));
pub(super) static PLATFORMS: LazyLock<Words<Platform>> = LazyLock::new(|| lookup(PLATFORM_WORDS));
pub(super) static KINDS: LazyLock<Words<AccountKind>> = LazyLock::new(|| lookup(KIND_WORDS));
pub(super) static STATUSES: LazyLock<Words<Status>> = LazyLock::new(|| lookup(STATUS_WORDS));
pub(super) static UNITS: LazyLock<Words<i64>> = LazyLock::new(|| lookup(UNIT_WORDS));
pub(super) static MONTHS: LazyLock<Words<u8>> = LazyLock::new(|| lookup(MONTH_WORDS));

#[rustfmt::skip]
const NOTHING_WORDS: Table<()> = &[
    ((), &["n/a", "na", "#n/a", "none", "nil", "null", "not available", "لا يوجد", "غير متوفر", "لا ينطبق", "بدون"]),
];

#[rustfmt::skip]
const TRUTH_WORDS: Table<bool> = &[
    (true, &["yes", "y", "true", "1", "verified", "on", "enabled", "نعم", "موثق", "موثقة", "مفعل", "مفعلة", "صح", "تم"]),
    (false, &["no", "n", "false", "0", "not verified", "unverified", "off", "disabled", "not enabled", "لا", "غير موثق", "غير موثقة", "غير مفعل", "غير مفعلة", "معطل"]),
];

#[rustfmt::skip]
const METHOD_WORDS: Table<MfaMethod> = &[
    (MfaMethod::App, &["app", "authenticator", "authenticator app", "تطبيق", "تطبيق مصادقة"]),
    (MfaMethod::Key, &["key", "security key", "hardware key", "مفتاح", "مفتاح أمان"]),
    (MfaMethod::Sms, &["sms", "text message", "رسالة نصية", "رسائل نصية"]),
];

#[rustfmt::skip]
const PLATFORM_WORDS: Table<Platform> = &[
    (Platform::X, &["x", "twitter", "x twitter", "x formerly twitter", "twitter x", "tweeter", "tw", "x.com", "twitter.com", "تويتر", "تويتير", "إكس", "منصة إكس", "منصة تويتر", "إكس تويتر", "منصة X"]),
    (Platform::Facebook, &["facebook", "fb", "face book", "facebook.com", "فيسبوك", "فيس بوك", "الفيسبوك", "فيس"]),
    (Platform::Instagram, &["instagram", "insta", "ig", "instgram", "instagram.com", "انستقرام", "إنستغرام", "انستجرام", "انستا", "انستغرام", "إنستقرام"]),
    (Platform::Youtube, &["youtube", "yt", "you tube", "youtube.com", "youtube channel", "يوتيوب", "اليوتيوب", "قناة يوتيوب", "قناة اليوتيوب"]),
    (Platform::Linkedin, &["linkedin", "linked in", "li", "linkedin.com", "لينكدإن", "لينكد إن", "لينكدان", "لنكد إن", "لينكدين"]),
    (Platform::Snapchat, &["snapchat", "snap", "sc", "snap chat", "snapchat.com", "سناب", "سناب شات", "سنابشات"]),
    (Platform::Tiktok, &["tiktok", "tik tok", "tt", "tiktok.com", "تيك توك", "تيكتوك", "التيك توك"]),
    (Platform::Telegram, &["telegram", "tg", "telegram channel", "t.me", "تيليجرام", "تلجرام", "تيليغرام", "تليجرام", "تلغرام", "قناة تيليجرام"]),
    (Platform::Whatsapp, &["whatsapp", "whats app", "wa", "whatsapp business", "whatsup", "واتساب", "واتس اب", "الواتساب", "واتس", "قناة واتساب"]),
    (Platform::Threads, &["threads", "threads.net", "ثريدز", "ثردز"]),
    (Platform::Mastodon, &["mastodon", "ماستودون"]),
    (Platform::Bluesky, &["bluesky", "blue sky", "bsky", "بلوسكاي", "بلو سكاي"]),
];

#[rustfmt::skip]
const KIND_WORDS: Table<AccountKind> = &[
    (AccountKind::Agency, &["agency", "official", "main", "corporate", "institutional", "organization", "official account", "main account", "agency account", "رسمي", "رئيسي", "حساب رسمي", "الحساب الرسمي", "الحساب الرئيسي", "حساب الجهة", "جهة", "مؤسسي"]),
    (AccountKind::Role, &["role", "office", "spokesperson", "official spokesperson", "role account", "spokesman", "spokesperson account", "وظيفي", "حساب وظيفي", "متحدث رسمي", "المتحدث الرسمي", "حساب المتحدث الرسمي", "حساب المتحدث", "متحدث"]),
    (AccountKind::Support, &["support", "care", "customer care", "customer service", "help desk", "service", "support account", "beneficiary care", "خدمة", "دعم", "خدمة العملاء", "خدمة المستفيدين", "العناية بالمستفيدين", "حساب الدعم", "الدعم الفني", "خدمات"]),
    (AccountKind::Personal, &["personal", "private", "personal account", "individual", "شخصي", "حساب شخصي", "الحساب الشخصي", "خاص", "فردي"]),
];

#[rustfmt::skip]
const STATUS_WORDS: Table<Status> = &[
    (Status::Active, &["active", "in use", "yes", "live", "running", "نشط", "نشطة", "فعال", "فعالة", "مستخدم", "يعمل", "نعم"]),
    (Status::Dormant, &["dormant", "inactive", "not active", "idle", "unused", "not used", "خامل", "غير نشط", "غير فعال", "غير مستخدم", "متوقف"]),
    (Status::Retired, &["retired", "closed", "deleted", "archived", "shut down", "مغلق", "محذوف", "مؤرشف", "ملغى", "مقفل"]),
];

#[rustfmt::skip]
const UNIT_WORDS: Table<i64> = &[
    (1_000, &["k", "thousand", "ألف", "آلاف"]),
    (1_000_000, &["m", "mn", "million", "مليون", "ملايين", "م"]),
];

#[rustfmt::skip]
const MONTH_WORDS: Table<u8> = &[
    (1, &["january", "jan", "يناير"]),
    (2, &["february", "feb", "فبراير"]),
    (3, &["march", "mar", "مارس"]),
    (4, &["april", "apr", "أبريل", "إبريل"]),
    (5, &["may", "مايو"]),
    (6, &["june", "jun", "يونيو"]),
    (7, &["july", "jul", "يوليو"]),
    (8, &["august", "aug", "أغسطس"]),
    (9, &["september", "sep", "sept", "سبتمبر"]),
    (10, &["october", "oct", "أكتوبر"]),
    (11, &["november", "nov", "نوفمبر"]),
    (12, &["december", "dec", "ديسمبر"]),
];

/// Words by which a department or an office is told from a person.
#[rustfmt::skip]
pub(super) const BODIES: &[&str] = &[
    "department", "unit", "office", "directorate", "division", "team", "centre", "center",
    "إدارة", "قسم", "وحدة", "مكتب", "فريق", "مركز", "وكالة",
];

/// What an owner is called that is the agency itself.
pub(super) const ITSELF: &[&str] = &[
    "agency",
    "the agency",
    "entity",
    "organization",
    "الجهة",
    "الوزارة",
    "الهيئة",
];
