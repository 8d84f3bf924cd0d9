//! Hijri dates: what is read, the civil day that it means, and what is refused.

use jiff::{Span, civil};
use proptest::prelude::*;
use spokeslint::Lang;
use spokeslint::date::{Calendar, Date, DateError, HIJRI_YEARS, Precision};

/// The months of the years 1420 to 1450, long (30 days) or short (29 days), from a table of another origin: that of
/// hijridate 2.6, which was made from printed Umm al-Qura calendars.
const LENGTHS: [&str; 31] = [
    "slsslsllllsl",
    "sslsssllllsl",
    "lsslssslllsl",
    "lslslsslslsl",
    "lsllslsslsls",
    "lsllslsllsls",
    "slslsllsllsl",
    "sslslsllslls",
    "lsslsslllsll",
    "slsslssllsll",
    "sllsslslslsl",
    "sllslslslssl",
    "slllslslslss",
    "lsllsllslsls",
    "slslsllsllss",
    "lslslslsllsl",
    "slslslslslsl",
    "lsllsslslssl",
    "lslllsslssls",
    "lslllslslssl",
    "slslllslslss",
    "lslsllsllsls",
    "slslslsllsls",
    "lslslslslsll",
    "slsllsslslsl",
    "slllslsslssl",
    "slllsllsslss",
    "lslllslslsls",
    "slsllsllslsl",
    "sslslsllslls",
    "lslsslslslls",
];

fn hijri(year: i16, month: usize, day: u8) -> Result<Date, DateError> {
    Date::parse(&format!("{year:04}-{month:02}-{day:02} AH"))
}

#[test]
fn a_hijri_date_is_the_same_day_as_its_civil_date() {
    let cases = [
        // The day of the newspaper debate.
        ("1439-10-26 AH", (2018, 7, 10)),
        // The first of Shawwal, the feast, of that year.
        ("1439-10-01 AH", (2018, 6, 15)),
        ("1441-01-01 AH", (2019, 8, 31)),
        // The first of Ramadan.
        ("1447-09-01 AH", (2026, 2, 18)),
        ("1420-01-01 AH", (1999, 4, 17)),
        // The first and the last day that can be written.
        ("1318-01-01 AH", (1900, 4, 30)),
        ("1600-12-30 AH", (2174, 11, 25)),
    ];
    for (text, (year, month, day)) in cases {
        let date = Date::parse(text).unwrap();
        assert_eq!(date.day(), civil::date(year, month, day), "{text}");
        assert_eq!(date.precision(), Precision::Day);
    }
}

#[test]
fn all_forms_of_a_date_mean_one_day_and_are_shown_as_written() {
    for text in [
        "1439-10-26 AH",
        "1439-10-26AH",
        "1439/10/26 AH",
        "1439-10-26 هـ",
        "1439/10/26هـ",
        "1439/10/26 ه",
        "١٤٣٩/١٠/٢٦ هـ",
        "١٤٣٩-١٠-٢٦هـ",
        "۱۴۳۹-۱۰-۲۶ هـ",
        "2018-07-10",
        "٢٠١٨-٠٧-١٠",
        "۲۰۱۸-۰۷-۱۰",
    ] {
        let date = Date::parse(text).unwrap();
        assert_eq!(date.day(), civil::date(2018, 7, 10), "{text}");
        assert_eq!(date.to_string(), text);
        let written = serde_json::to_string(&date).unwrap();
        assert_eq!(serde_json::from_str::<Date>(&written).unwrap(), date);
    }
}

#[test]
fn a_hijri_month_stands_for_its_first_day() {
    for text in ["1441-01 هـ", "١٤٤١/٠١ هـ", "1441-01 AH"] {
        let month = Date::parse(text).unwrap();
        assert_eq!(month.precision(), Precision::Month);
        assert_eq!(month.day(), civil::date(2019, 8, 31));
        assert_eq!(month.to_string(), text);
    }
}

#[test]
fn months_are_as_long_as_in_a_table_of_another_origin() {
    let mut first = civil::date(1999, 4, 17);
    for (year, months) in (1420..).zip(LENGTHS) {
        for (month, length) in (1..).zip(months.chars()) {
            let days: u8 = if length == 'l' { 30 } else { 29 };
            assert_eq!(
                hijri(year, month, 1).unwrap().day(),
                first,
                "{year}-{month}"
            );
            assert_eq!(hijri(year, month, 30).is_ok(), days == 30, "{year}-{month}");
            first = first.saturating_add(Span::new().days(days));
        }
    }
    assert_eq!(first, civil::date(2029, 5, 14));
}

/// Every day of the calendar, one behind the other.
fn days() -> impl Iterator<Item = (i16, usize, u8, Date)> {
    HIJRI_YEARS.flat_map(|year| {
        (1..=12).flat_map(move |month| {
            (1..=30).filter_map(move |day| Some((year, month, day, hijri(year, month, day).ok()?)))
        })
    })
}

#[test]
fn every_civil_day_is_one_hijri_day_and_a_month_has_29_or_30() {
    let mut next = civil::date(1900, 4, 30);
    let mut last = 29;
    for (year, month, day, date) in days() {
        assert_eq!(date.day(), next, "{year}-{month}-{day}");
        assert!(day != 1 || last >= 29, "the month before {year}-{month}");
        next = date.day().tomorrow().unwrap();
        last = day;
    }
    assert_eq!(next, civil::date(2174, 11, 26));
}

#[test]
fn every_month_begins_with_a_new_moon() {
    // The mean conjunction of January 6th, 2000, 14:20 UTC, and the mean length of a lunation (Meeus, Astronomical
    // Algorithms, chapter 49). The true conjunction is at most 14 hours from it, the first evening of a month after it.
    let conjunction = civil::date(2000, 1, 6).at(14, 20, 0, 0);
    for (year, month, _, date) in days().filter(|(.., day, _)| *day == 1) {
        let hours = date
            .day()
            .at(0, 0, 0, 0)
            .duration_since(conjunction)
            .as_secs_f64()
            / 3_600.0;
        let age = (hours / 24.0).rem_euclid(29.530_588_861);
        let age = if age > 15.0 {
            age - 29.530_588_861
        } else {
            age
        };
        assert!((-1.5..3.5).contains(&age), "{year}-{month}: {age} days");
    }
}

#[test]
fn what_is_no_hijri_date_is_refused_for_its_reason() {
    let form = "expected a date such as `2018-07-10`, found";
    let marked = "write a Hijri date with its mark, such as `1439-10-26 AH` or `1439-10-26 هـ`";
    let cases = [
        (
            "1439-10-30 AH",
            "expected a day from `01` to `29` in Shawwal 1439 AH, found `30`".to_owned(),
            "by the Umm al-Qura calendar Shawwal 1439 AH has 29 days",
        ),
        (
            "1439-13-01 AH",
            "expected a month from `01` to `12`, found `13`".to_owned(),
            "write the year, the month and the day in digits with dashes between them, such as `2018-07-10`; \
             where only the month is known, `2011-09`",
        ),
        (
            "1250-01-01 AH",
            "expected a Hijri year from `1318` to `1600`, found `1250`".to_owned(),
            "write the Gregorian day, such as `2018-07-10`",
        ),
        (
            "2018-07-10 AH",
            "expected a Hijri year from `1318` to `1600`, found `2018`".to_owned(),
            "this looks like a Gregorian date: leave out `AH` or `هـ`",
        ),
        (
            "1439-10-26",
            "expected a year from `1900` to `2189`, found `1439`".to_owned(),
            "this looks like a Hijri date: mark it as one, `1439-10-26 AH` or `1439-10-26 هـ`",
        ),
        ("26/10/1439هـ", format!("{form} `26/10/1439هـ`"), marked),
        ("1439/10/26", format!("{form} `1439/10/26`"), marked),
    ];
    for (text, message, help) in cases {
        let error = Date::parse(text).unwrap_err();
        assert_eq!(error.text().plain(Lang::En), message);
        assert_eq!(error.help().plain(Lang::En), help);
    }
}

#[test]
fn a_refused_hijri_date_says_so_in_arabic() {
    let cases = [
        (
            "١٤٣٩/١٠/٣٠ هـ",
            "المتوقع يوم من `01` إلى `29` في شوال 1439 هـ، والموجود `30`",
            "عدد أيام شوال 1439 هـ في تقويم أم القرى 29 يومًا",
        ),
        (
            "1439-11-30 هـ",
            "المتوقع يوم من `01` إلى `29` في ذي القعدة 1439 هـ، والموجود `30`",
            "عدد أيام ذي القعدة 1439 هـ في تقويم أم القرى 29 يومًا",
        ),
        (
            "٢٠١٨-٠٧-١٠ هـ",
            "المتوقع سنة هجرية من `1318` إلى `1600`، والموجود `2018`",
            "يبدو أن هذا تاريخ ميلادي: احذف منه `هـ` أو `AH`",
        ),
        (
            "١٤٣٩-١٠-٢٦",
            "المتوقع سنة من `1900` إلى `2189`، والموجود `1439`",
            "يبدو أن هذا تاريخ هجري: أضف إليه علامته: `١٤٣٩-١٠-٢٦ هـ` أو `١٤٣٩-١٠-٢٦ AH`",
        ),
        (
            "1439.10.26",
            "المتوقع تاريخ مثل `2018-07-10`، والموجود `1439.10.26`",
            "اكتب التاريخ الهجري مع علامته، مثل `1439-10-26 هـ` أو `1439-10-26 AH`",
        ),
    ];
    for (text, message, help) in cases {
        let error = Date::parse(text).unwrap_err();
        assert_eq!(error.text().plain(Lang::Ar), message);
        assert_eq!(error.help().plain(Lang::Ar), help);
    }
}

#[test]
fn every_month_has_a_name_in_both_languages() {
    let name = |month: usize, lang| {
        let error = hijri(1441, month, 31).unwrap_err();
        assert!(matches!(
            error,
            DateError::Day {
                calendar: Calendar::Hijri,
                ..
            }
        ));
        let text = error.text().plain(lang).into_owned();
        let between = |before, after| {
            let (_, rest) = text.split_once(before)?;
            Some(rest.split_once(after)?.0.to_owned())
        };
        between("` in ", " 1441 AH")
            .or_else(|| between("` في ", " 1441 هـ"))
            .unwrap()
    };
    let english: Vec<String> = (1..=12).map(|month| name(month, Lang::En)).collect();
    let arabic: Vec<String> = (1..=12).map(|month| name(month, Lang::Ar)).collect();
    assert_eq!(
        english.join(", "),
        "Muharram, Safar, Rabi al-Awwal, Rabi al-Thani, Jumada al-Ula, Jumada al-Thaniyah, Rajab, Shaban, Ramadan, \
         Shawwal, Dhu al-Qadah, Dhu al-Hijjah"
    );
    assert_eq!(
        arabic.join("، "),
        "محرم، صفر، ربيع الأول، ربيع الآخر، جمادى الأولى، جمادى الآخرة، رجب، شعبان، رمضان، شوال، ذي القعدة، ذي الحجة"
    );
}

proptest! {
    #[test]
    fn numbers_that_form_no_day_are_refused_and_days_lie_in_the_range(
        year in 0_i16..3_000, month in 0_usize..20, day in 0_u8..40,
    ) {
        match hijri(year, month, day) {
            Ok(date) => prop_assert!((1900..=2189).contains(&date.day().year())),
            Err(DateError::Form(text)) => prop_assert!(false, "{text}"),
            Err(error) => prop_assert!(!error.help().ar.is_empty()),
        }
    }
}
