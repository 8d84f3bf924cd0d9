//! Days and lengths of time as a document writes them.

mod hijri;

use jiff::SignedDuration;
use proptest::prelude::*;
use spokeslint::Lang;
use spokeslint::date::{Date, DateError, Precision, parse_duration};

#[test]
fn a_day_and_a_month_are_read_and_shown_as_written() {
    let day = Date::parse("2018-07-10").unwrap();
    assert_eq!(day.precision(), Precision::Day);
    assert_eq!(day.to_timestamp().to_string(), "2018-07-10T00:00:00Z");
    let month = Date::parse("2011-09").unwrap();
    assert_eq!(month.precision(), Precision::Month);
    assert_eq!(month.day(), jiff::civil::date(2011, 9, 1));
    assert_eq!(month.to_string(), "2011-09");
    assert!(Date::parse("2020-02-29").is_ok());
}

#[test]
fn every_day_of_the_range_has_a_timestamp() {
    for (text, want) in [
        ("1900-01-01", "1900-01-01T00:00:00Z"),
        ("2189-12-31", "2189-12-31T00:00:00Z"),
    ] {
        assert_eq!(Date::parse(text).unwrap().to_timestamp().to_string(), want);
    }
}

#[test]
fn the_time_between_two_days_is_a_length_of_time_of_cel() {
    let [first, last] = ["1900-01-01", "2189-12-31"].map(|day| Date::parse(day).unwrap());
    let between = last.to_timestamp().duration_since(first.to_timestamp());
    assert!(i64::try_from(between.as_nanos()).is_ok());
}

#[test]
fn a_year_of_another_calendar_or_without_end_is_refused_with_what_to_write() {
    let cases = [
        (
            "1439-10-26",
            "this looks like a Hijri date: mark it as one, `1439-10-26 AH` or `1439-10-26 هـ`",
        ),
        (
            "9999-12-31",
            "leave the date out if there is no end to speak of",
        ),
        (
            "2190-01",
            "leave the date out if there is no end to speak of",
        ),
    ];
    for (text, help) in cases {
        let error = Date::parse(text).unwrap_err();
        let year = text.split('-').next().unwrap();
        let want = format!("expected a year from `1900` to `2189`, found `{year}`");
        assert_eq!(error.text().plain(Lang::En), want);
        assert_eq!(error.help().plain(Lang::En), help);
    }
    let old = Date::parse("1899-12-31").unwrap_err();
    assert!(old.help().plain(Lang::En).starts_with("write the year"));
}

#[test]
fn what_is_no_date_is_refused_for_its_reason() {
    let cases = [
        (
            "2018-06-31",
            "expected a day from `01` to `30` in June 2018, found `31`",
            "المتوقع يوم من `01` إلى `30` في يونيو 2018، والموجود `31`",
        ),
        (
            "2019-02-29",
            "expected a day from `01` to `28` in February 2019, found `29`",
            "المتوقع يوم من `01` إلى `28` في فبراير 2019، والموجود `29`",
        ),
        (
            "2018-07-00",
            "expected a day from `01` to `31` in July 2018, found `00`",
            "المتوقع يوم من `01` إلى `31` في يوليو 2018، والموجود `00`",
        ),
        (
            "2018-13",
            "expected a month from `01` to `12`, found `13`",
            "المتوقع شهر من `01` إلى `12`، والموجود `13`",
        ),
        (
            "2018-00-10",
            "expected a month from `01` to `12`, found `00`",
            "المتوقع شهر من `01` إلى `12`، والموجود `00`",
        ),
        (
            "0000-01-01",
            "expected a year from `1900` to `2189`, found `0000`",
            "المتوقع سنة من `1900` إلى `2189`، والموجود `0000`",
        ),
    ];
    for (text, en, ar) in cases {
        let message = Date::parse(text).unwrap_err().text();
        assert_eq!(message.plain(Lang::En), en);
        assert_eq!(message.plain(Lang::Ar), ar);
    }
}

#[test]
fn what_is_not_written_like_a_date_is_refused() {
    for text in [
        "",
        "2018",
        "2018-7-1",
        "2018/07/10",
        "10-07-2018",
        "2018-07-10T00:00",
        " 2018-07-10",
        "2018-07-1x",
        "-018-07-10",
        "+018-07-10",
        "12018-07-10",
        "2018-07-",
        "2018-٠٧-10",
        "٢٠١٨-۰۷-١٠",
        "1439-10/26 AH",
        "1439-10-26  AH",
        "1439-10-26 ah",
        "1439-10-26 A.H.",
        "1439 AH",
        "AH 1439-10-26",
        "26/10/1439 هـ",
        "1439-10-26 \u{200f}هـ",
        "هـ",
    ] {
        assert_eq!(Date::parse(text), Err(DateError::Form(text.to_owned())));
    }
}

#[test]
fn a_date_passes_through_serde_as_written() {
    let dates: Vec<Date> = serde_json::from_str(r#"["2018-07-10", "2011-09"]"#).unwrap();
    assert_eq!(
        serde_json::to_string(&dates).unwrap(),
        r#"["2018-07-10","2011-09"]"#
    );
    let error = serde_json::from_str::<Date>(r#""2018-13""#)
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("expected a month from `01` to `12`, found `13`"),
        "{error}"
    );
}

#[test]
fn durations_are_a_number_and_a_unit() {
    let cases = [
        ("7d", 7 * 24 * 60),
        ("24h", 24 * 60),
        ("2w", 14 * 24 * 60),
        ("30m", 30),
        ("2 weeks", 14 * 24 * 60),
        ("90 days", 90 * 24 * 60),
        ("1 hour", 60),
        ("1 minute", 1),
        ("٧d", 7 * 24 * 60),
        ("۷ d", 7 * 24 * 60),
        ("7 أيام", 7 * 24 * 60),
        ("٧ ايام", 7 * 24 * 60),
        ("١٤ يومًا", 14 * 24 * 60),
        ("14 يوماً", 14 * 24 * 60),
        ("1 يوم", 24 * 60),
        ("٢٤ ساعة", 24 * 60),
        ("3 ساعات", 3 * 60),
        ("30 دقيقة", 30),
        ("10 دقائق", 10),
        ("3 أسابيع", 21 * 24 * 60),
        ("12 أسبوعًا", 84 * 24 * 60),
        ("أسبوعين", 14 * 24 * 60),
        ("اسبوعان", 14 * 24 * 60),
        ("يومين", 2 * 24 * 60),
        ("ساعتين", 2 * 60),
        ("دقيقتين", 2),
    ];
    for (text, minutes) in cases {
        assert_eq!(
            parse_duration(text),
            Ok(SignedDuration::from_mins(minutes)),
            "{text}"
        );
    }
}

const FORM: &str = "write one whole number and one unit, such as `30m`, `24h`, `7d` or `2 weeks`";

#[test]
fn what_is_no_duration_is_refused_for_its_reason() {
    for text in [
        "7",
        "-7d",
        "1.5h",
        "1h30m",
        "d",
        "",
        " 7d",
        "7  d",
        "7d ",
        "٧2d",
        "يوم",
        "٧",
        "أيام 7",
        "سبعة أيام",
    ] {
        let error = parse_duration(text).unwrap_err();
        let want = format!("expected a length of time such as `7d`, found `{text}`");
        assert_eq!(error.text().plain(Lang::En), want);
        assert_eq!(error.help().plain(Lang::En), FORM);
    }
    let unit = "expected a unit of time out of minutes, hours, days and weeks, found";
    let fixed = "expected a unit of fixed length, found";
    let differ = "months and years differ in length";
    let days = "write the number of days, such as `90 days`";
    let long = "expected at most 100 years (36,525 days), found";
    let cases = [
        (
            "0d",
            "expected a length of time above zero, found zero".to_owned(),
            FORM,
        ),
        ("2 weks", format!("{unit} `weks`"), "did you mean `weeks`?"),
        ("7D", format!("{unit} `D`"), "did you mean `d`?"),
        ("7 fortnights", format!("{unit} `fortnights`"), FORM),
        ("3 months", format!("{fixed} `months`: {differ}"), days),
        ("1y", format!("{fixed} `y`: {differ}"), days),
        ("3 أشهر", format!("{fixed} `أشهر`: {differ}"), days),
        ("٢ سنة", format!("{fixed} `سنة`: {differ}"), days),
        (
            "99999999999999999999d",
            format!("{long} `99999999999999999999d`"),
            FORM,
        ),
        ("36526d", format!("{long} `36526d`"), FORM),
        (
            "18446744073709551615w",
            format!("{long} `18446744073709551615w`"),
            FORM,
        ),
    ];
    for (text, message, help) in cases {
        let error = parse_duration(text).unwrap_err();
        assert_eq!(error.text().plain(Lang::En), message);
        assert_eq!(error.help().plain(Lang::En), help);
    }
}

#[test]
fn a_refused_duration_says_so_in_arabic() {
    let error = parse_duration("3 months").unwrap_err();
    assert_eq!(
        error.text().plain(Lang::Ar),
        "المتوقع وحدة زمنية ثابتة الطول، والموجود `months`: فالشهور والسنوات تتفاوت في الطول"
    );
    assert_eq!(
        error.help().plain(Lang::Ar),
        "اكتب عدد الأيام، مثل `90 days`"
    );
}

proptest! {
    #[test]
    fn no_text_breaks_the_readers(text in any::<String>()) {
        let _ = Date::parse(&text);
        let _ = parse_duration(&text);
    }

    #[test]
    fn a_date_that_is_read_shows_itself(
        text in "(2[0-9]{3}|[٠-٢]{4}|[۰-۲]{4}|1[3-5][0-9]{2})-[01٠١۰۱][0-9٠-٩۰-۹](-[0-3٠-٣][0-9٠-٩])?( ?(AH|هـ|ه))?"
    ) {
        if let Ok(date) = Date::parse(&text) {
            prop_assert_eq!(date.to_string(), text);
        }
    }

    #[test]
    fn a_duration_that_is_read_is_above_zero(text in "[0-9]{1,22} ?(m|h|d|w|weeks)") {
        if let Ok(duration) = parse_duration(&text) {
            prop_assert!(duration > SignedDuration::ZERO);
        }
    }
}
