//! Days as tables write them. A day that can be read in two ways is read in none, unless an option says which part comes
//! first.

use super::vocabulary::MONTHS;
use super::words::with_plain_digits;
use crate::date::Date;
use crate::text;
use crate::text::Text;

/// Which part of `10/07/2018` comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// The day.
    Day,
    /// The month.
    Month,
}

/// Days between the first of January 1900, as spreadsheets count, and that of 1970.
const EPOCH: i64 = 25_569;

/// The day that a cell says.
pub(super) fn day(cell: &str, first: Option<First>) -> Result<Date, Text> {
    if cell.len() > 60 {
        return Err(unclear());
    }
    if let Ok(date) = Date::parse(cell) {
        return Ok(date);
    }
    let plain = with_plain_digits(cell);
    if let Some(serial) = plain.parse().ok().filter(|n| (20_000..80_000).contains(n)) {
        return Err(serial_number(serial));
    }
    let (plain, is_hijri) = without_mark(without_time(&plain));
    let parts: Vec<&str> = plain
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '.' | ',' | '،'))
        .filter(|part| !part.is_empty())
        .collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => date([year, month, day], is_hijri),
        [one, other, year] if year.len() == 4 => ordered([one, other, year], is_hijri, first),
        [month, year] if year.len() == 4 => date([year, month, ""], is_hijri),
        [year, month] if year.len() == 4 => date([year, month, ""], is_hijri),
        [_, _, year] if year.len() == 2 => {
            Err(text!("its year has two digits", "السنة مكتوبة برقمين",))
        }
        _ => Err(unclear()),
    }
}

fn unclear() -> Text {
    text!(
        "it is no day, such as `2018-07-10` or `1439-10-26 AH`",
        "ليس يومًا مثل `2018-07-10` أو `1439-10-26 هـ`",
    )
}

/// A day that a spreadsheet saved as a number: which one depends on its settings.
fn serial_number(serial: i64) -> Text {
    let seconds = (serial - EPOCH) * 24 * 60 * 60;
    let day = jiff::Timestamp::from_second(seconds)
        .map(|moment| moment.to_string().chars().take(10).collect::<String>())
        .unwrap_or_default();
    text!(
        "it is the number of a day in a spreadsheet, `{day}` if that counts from 1900; save the column as dates",
        "هو رقم يوم في جدول بيانات، ويوافق `{day}` إن كان العد من سنة 1900؛ احفظ العمود بصيغة تاريخ",
        day = day,
    )
}

/// `2018-07-10 00:00:00` and `2018-07-10T00:00` without the time.
fn without_time(text: &str) -> &str {
    match text.split_once(['T', ' ']) {
        Some((day, time)) if time.contains(':') && !day.is_empty() => day,
        _ => text,
    }
}

fn without_mark(text: &str) -> (&str, bool) {
    let text = text.trim();
    for mark in ["AH", "A.H.", "هـ", "ه", "H"] {
        if let Some(rest) = text.strip_suffix(mark) {
            return (rest.trim_end(), true);
        }
    }
    let text = text.strip_suffix('م').unwrap_or(text);
    (text.trim_end(), false)
}

/// A day whose year comes last: which of the other two is the day is known where only one can be.
fn ordered(
    [one, other, year]: [&str; 3],
    is_hijri: bool,
    first: Option<First>,
) -> Result<Date, Text> {
    let number = |part: &str| part.parse::<u8>().ok();
    match (number(one), number(other)) {
        (Some(day), Some(month)) if day != month && day <= 12 && month <= 12 => match first {
            Some(First::Day) => date([year, other, one], is_hijri),
            Some(First::Month) => date([year, one, other], is_hijri),
            None => Err(text!(
                "either number can be the month; `--dates` says which it is",
                "يصح أن يكون كل من العددين شهرًا؛ والخيار `--dates` يحدد أيهما هو",
            )),
        },
        (Some(_), Some(month)) if month <= 12 => date([year, other, one], is_hijri),
        (Some(_), Some(_)) => date([year, one, other], is_hijri),
        (Some(_), None) => date([year, other, one], is_hijri),
        _ => date([year, one, other], is_hijri),
    }
}

/// A day of its parts. A year that only the Hijri calendar has reached needs no mark.
fn date([year, month, day]: [&str; 3], is_hijri: bool) -> Result<Date, Text> {
    let number = |part: &str| part.parse::<u8>().ok();
    let year: u16 = year.parse().map_err(|_| unclear())?;
    let month = number(month)
        .or_else(|| MONTHS.get(month))
        .ok_or_else(unclear)?;
    let day = match day {
        "" => String::new(),
        day => format!("-{:02}", number(day).ok_or_else(unclear)?),
    };
    let mut written = format!("{year:04}-{month:02}{day}");
    if is_hijri || (1300..=1500).contains(&year) {
        written.push_str(" AH");
    }
    Date::parse(&written).map_err(|error| error.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_where_they_can_be_read_in_one_way_only() {
        for (cell, wanted) in [
            ("2018-07-10", Some("2018-07-10")),
            ("٢٠١٨-٠٧-١٠", Some("٢٠١٨-٠٧-١٠")),
            ("1439-10-26 هـ", Some("1439-10-26 هـ")),
            ("26/10/1439هـ", Some("1439-10-26 AH")),
            ("1439/10/26", Some("1439-10-26 AH")),
            ("2018/7/10", Some("2018-07-10")),
            ("2018-07-10 00:00:00", Some("2018-07-10")),
            ("2018-07-10T08:00Z", Some("2018-07-10")),
            ("25/07/2018", Some("2018-07-25")),
            ("07/25/2018", Some("2018-07-25")),
            ("07.07.2018", Some("2018-07-07")),
            ("10 July 2018", Some("2018-07-10")),
            ("Jul 10, 2018", Some("2018-07-10")),
            ("١٠ يوليو ٢٠١٨م", Some("2018-07-10")),
            ("March 2014", Some("2014-03")),
            ("10/07/2018", None),
            ("10/07/18", None),
            ("43291", None),
            ("2018", None),
            ("31/02/2018", None),
            ("soon", None),
            ("", None),
        ] {
            let found = day(cell, None).ok().map(|date| date.to_string());
            assert_eq!(found.as_deref(), wanted, "{cell}");
        }
        let read = |first| day("10/07/2018", Some(first)).unwrap().to_string();
        assert_eq!(read(First::Day), "2018-07-10");
        assert_eq!(read(First::Month), "2018-10-07");
        let serial = day("43291", None).unwrap_err();
        assert!(serial.en.contains("2018-07-10"), "{}", serial.en);
    }
}
