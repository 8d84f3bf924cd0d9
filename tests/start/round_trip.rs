//! Whatever stands in a row: the files are sound, every row is counted, and every value that is placed is the row's.

use proptest::prelude::*;
use serde_yaml::Value;
use spokeslint::start::import::{Import, Options, import};

use super::misshapen;

/// A cell, quoted as tables are.
fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

fn table(rows: &[Vec<String>]) -> String {
    let mut text =
        "agency,platform,handle,display name,notes,created,followers,phone,extra\n".to_owned();
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

fn imported(rows: &[Vec<String>]) -> Import {
    import("t.csv", table(rows).as_bytes(), &Options::default()).unwrap()
}

/// Texts that are hard on whoever writes YAML, and any others.
fn word() -> impl Strategy<Value = String> {
    let hard = prop::sample::select(vec![
        "yes",
        "no",
        "~",
        "null",
        "0123",
        "1e3",
        "0x1F",
        "2018-07-10",
        "@x",
        "`x`",
        "- a",
        "a: b",
        "a #b",
        "#a",
        "'",
        "\"",
        "{a}",
        "[a]",
        "&a",
        "*a",
        "!a",
        "%a",
        "|",
        ">",
        "?",
        ":",
        "<<",
        "=",
        "هيئة: المياه",
        "نعم",
        "١٢٣",
        "a\nb",
        "\ta",
        "...",
        "---",
        "é",
        "ok",
        "\u{1b}[31m",
        "\u{202e}",
        "12:30",
        "+966 11",
        ".inf",
        "on",
    ]);
    prop_oneof![
        3 => hard.prop_map(str::to_owned),
        1 => "[ -~\u{621}-\u{64a}\n]{0,12}",
        1 => "\\PC{0,6}",
    ]
}

fn row() -> impl Strategy<Value = Vec<String>> {
    let agency = prop::sample::select(vec!["Water", "Roads", "هيئة", ""]);
    let platform = prop::sample::select(vec!["x", "تويتر", "insta", "Myspace", ""]);
    let handle = prop_oneof![4 => "example_[a-z]{1,3}", 1 => word()];
    let date = prop::sample::select(vec![
        "2018-07-10",
        "10/07/2018",
        "1439/10/26 هـ",
        "soon",
        "",
    ]);
    let count = prop::sample::select(vec!["716,000", "٧١٦ ألف", "716.000", "-1", ""]);
    (
        agency,
        platform,
        handle,
        word(),
        word(),
        date,
        count,
        word(),
        word(),
    )
        .prop_map(
            |(agency, platform, handle, display, notes, date, count, phone, extra)| {
                let texts = [agency, platform].map(str::to_owned).into_iter();
                let more = [
                    handle,
                    display,
                    notes,
                    date.to_owned(),
                    count.to_owned(),
                    phone,
                    extra,
                ];
                texts.chain(more).collect()
            },
        )
}

/// Words without what surrounds and parts them: blanks and marks of direction.
fn plain(text: &str) -> String {
    let is_around = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{61c}');
    let text = text.trim_matches(is_around);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_rows_become_sound_files_that_hold_their_values(rows in prop::collection::vec(row(), 1..12)) {
        let found = imported(&rows);
        let receipt = found.receipt;
        let blank = rows.iter().filter(|row| row.iter().all(|cell| cell.trim().is_empty())).count();
        prop_assert_eq!(receipt.rows, rows.len() - blank);
        prop_assert_eq!(receipt.rows, receipt.whole + receipt.with_rest + receipt.merged + receipt.lost);
        prop_assert_eq!(receipt.merged, found.merged.len());
        prop_assert_eq!(receipt.lost, found.lost.len());
        let mut accounts = 0;
        for agency in &found.agencies {
            let text = &agency.file.text;
            prop_assert_eq!(misshapen(text), Vec::<String>::new(), "{}", text);
            let value: Value = serde_yaml::from_str(text).unwrap();
            for account in value["accounts"].as_sequence().into_iter().flatten() {
                accounts += 1;
                let handle = account["handle"].as_str().unwrap();
                let of_account = |row: &&Vec<String>| row[2].trim().trim_start_matches('@').to_lowercase() == handle.to_lowercase();
                for (key, at) in [("display_name", 3), ("x-notes", 4)] {
                    if let Some(placed) = account.get(key) {
                        let placed = placed.as_str().unwrap();
                        let mut cells = rows.iter().filter(of_account).map(|row| plain(&row[at]));
                        prop_assert!(cells.any(|cell| cell == placed), "{placed:?} in {text}");
                    }
                }
            }
        }
        prop_assert_eq!(accounts, receipt.whole + receipt.with_rest);
    }
}
