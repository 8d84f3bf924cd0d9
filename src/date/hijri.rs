//! The Umm al-Qura calendar, by which Saudi documents are dated: Hijri days to civil days, and the names of its months.
//!
//! The lengths of its months are published, not computed. The table of `icu_calendar` agrees with what was printed in
//! the years 1420 to 1450 AH (1999 to 2029); before and after, published tables differ by a day or two.

use std::ops::RangeInclusive;

use icu_calendar::cal::Hijri;
use icu_calendar::{Date, Iso};
use jiff::civil;

use crate::text::Text;

/// The Hijri years that the table holds and that begin within the years of a date.
pub const HIJRI_YEARS: RangeInclusive<i16> = 1318..=1600;

/// The civil day of the first day of a month, and how long the month is; none if there is no such month.
pub(super) fn month(year: i16, month: i8) -> Option<(civil::Date, i8)> {
    let month = u8::try_from(month).ok()?;
    let calendar = Hijri::new_umm_al_qura();
    let first = Date::try_new_hijri_with_calendar(year.into(), month, 1, calendar).ok()?;
    let length = i8::try_from(first.days_in_month()).ok()?;
    let civil = first.to_calendar(Iso);
    let day = civil::Date::new(
        i16::try_from(civil.year().extended_year()).ok()?,
        i8::try_from(civil.month().ordinal).ok()?,
        i8::try_from(civil.day_of_month().0).ok()?,
    );
    Some((day.ok()?, length))
}

/// The name of a month, in Arabic as it stands behind a preposition.
pub(super) fn month_name(month: i8) -> Text {
    let names = [
        ("Muharram", "محرم"),
        ("Safar", "صفر"),
        ("Rabi al-Awwal", "ربيع الأول"),
        ("Rabi al-Thani", "ربيع الآخر"),
        ("Jumada al-Ula", "جمادى الأولى"),
        ("Jumada al-Thaniyah", "جمادى الآخرة"),
        ("Rajab", "رجب"),
        ("Shaban", "شعبان"),
        ("Ramadan", "رمضان"),
        ("Shawwal", "شوال"),
        ("Dhu al-Qadah", "ذي القعدة"),
        ("Dhu al-Hijjah", "ذي الحجة"),
    ];
    super::error::name_of(&names, month)
}
