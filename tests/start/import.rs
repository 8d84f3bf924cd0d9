//! Three inventories of a hundred rows each, messy in different ways: every row is accounted for.

use std::collections::BTreeMap;
use std::path::Path;

use serde_yaml::Value;
use snapbox::{assert_data_eq, file};

use super::{agencies, init, misshapen, put, read, with_fixture};

/// Rows of a fixture, counted without the importer: lines after the names of the columns that hold anything but
/// delimiters, less those that go on with a quoted cell.
fn rows(bytes: &[u8], header: usize, delimiter: u8) -> usize {
    let lines = bytes.split(|byte| *byte == b'\n').skip(header);
    let mut open = false;
    let mut count = 0;
    for line in lines {
        let holds = line.iter().any(|byte| *byte != delimiter && *byte != b'\r');
        count += usize::from(!open && holds);
        if line.split(|byte| *byte == b'"').count() % 2 == 0 {
            open = !open;
        }
    }
    count
}

/// The numbers of the receipt.
fn receipt(out: &str) -> Vec<usize> {
    let line = out.lines().find(|line| line.contains(" rows: ")).unwrap();
    let numbers = line.split(|c: char| !c.is_ascii_digit());
    numbers.filter_map(|number| number.parse().ok()).collect()
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

const FIXTURES: [(&str, usize, u8); 3] =
    [("a.csv", 3, b';'), ("b.csv", 3, b','), ("c.csv", 1, b'\t')];

#[test]
fn every_row_of_three_messy_inventories_is_accounted_for() {
    for (name, header, delimiter) in FIXTURES {
        let folder = with_fixture(name);
        let made = init(folder.path(), &["--from", name, "--report", "report.json"]);
        assert_eq!((made.code, made.err.as_str()), (1, ""), "{name}");
        let counted = rows(&bytes(&folder.path().join(name)), header, delimiter);
        let numbers = receipt(&made.out);
        assert_eq!((counted, numbers[0]), (100, 100), "{name}");
        assert_eq!(
            numbers[1..].iter().sum::<usize>(),
            100,
            "{name}: {numbers:?}"
        );
        let mut placed = 0;
        for path in agencies(folder.path()) {
            let text = read(&path);
            assert_eq!(misshapen(&text), [""; 0], "{}", path.display());
            let value: Value = serde_yaml::from_str(&text).unwrap();
            placed += value["accounts"].as_sequence().map_or(0, Vec::len);
        }
        assert_eq!(placed, numbers[1] + numbers[2], "{name}");
        let report: Value =
            serde_yaml::from_str(&read(&folder.path().join("report.json"))).unwrap();
        assert_eq!(report["rows"]["all"], 100);
        assert_eq!(
            report["not_placed"].as_sequence().unwrap().len(),
            numbers[4]
        );
        assert_eq!(report["merged"].as_sequence().unwrap().len(), numbers[3]);
    }
}

/// All texts and numbers below a value.
fn leaves(value: &Value, seen: &mut Vec<String>) {
    match value {
        Value::Sequence(items) => items.iter().for_each(|item| leaves(item, seen)),
        Value::Mapping(mapping) => mapping.values().for_each(|item| leaves(item, seen)),
        Value::String(text) => seen.push(text.clone()),
        _ => {}
    }
}

#[test]
fn what_is_left_over_stands_in_the_files_and_in_the_report() {
    for (name, ..) in FIXTURES {
        let folder = with_fixture(name);
        let made = init(folder.path(), &["--from", name, "--report", "report.json"]);
        let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for path in agencies(folder.path()) {
            let name = format!("agencies/{}", path.file_name().unwrap().to_str().unwrap());
            let value: Value = serde_yaml::from_str(&read(&path)).unwrap();
            leaves(&value, files.entry(name).or_default());
        }
        let report: Value =
            serde_yaml::from_str(&read(&folder.path().join("report.json"))).unwrap();
        let mut count = 0;
        let mut kept = |file: &Value, value: &Value| {
            let value = value.as_str().unwrap();
            let visible = value.replace('\u{200f}', "\\u{200f}");
            let held = &files[file.as_str().unwrap()];
            assert!(held.contains(&visible), "{name}: {file:?} lacks {value}");
            count += 1;
        };
        for rest in report["left_over"].as_sequence().unwrap() {
            kept(&rest["file"], &rest["value"]);
        }
        for lost in report["not_placed"].as_sequence().unwrap() {
            for cell in lost["cells"].as_sequence().unwrap() {
                let value = cell["value"].as_str().unwrap();
                let shown: String = value.chars().take(20).collect();
                assert!(
                    made.out.contains(&shown) || value.contains('\u{200f}'),
                    "{name}: {value}"
                );
                if !lost["file"].is_null() {
                    kept(&lost["file"], &cell["value"]);
                }
            }
        }
        assert!(count > 10, "{name}: {count}");
    }
}

#[test]
fn the_reports_read_as_people_read_them() {
    let run = |name: &str, lang: &str| {
        let folder = with_fixture(name);
        init(folder.path(), &["--from", name, "--lang", lang]).out
    };
    assert_data_eq!(run("a.csv", "en"), file!["snapshots/a.txt"]);
    assert_data_eq!(run("b.csv", "ar"), file!["snapshots/b-ar.txt"]);
    assert_data_eq!(run("c.csv", "en"), file!["snapshots/c.txt"]);
    assert_data_eq!(run("c.csv", "ar"), file!["snapshots/c-ar.txt"]);
}

#[test]
fn columns_are_as_the_options_say() {
    let folder = tempfile::tempdir().unwrap();
    let table = "Acct,Netz,Cost,Password\nexample_a,x,12,hunter2\n";
    put(folder.path(), "t.csv", table);
    let refused = init(
        folder.path(),
        &[
            "--from",
            "t.csv",
            "--map",
            "Acct=handle",
            "--map",
            "Netz=platform",
        ],
    );
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("`Password`"), "{}", refused.err);
    assert!(!refused.err.contains("hunter2") && refused.out.is_empty());
    let maps = ["Acct=handle", "netz=platform", "Cost=-", "Password=-"];
    let maps = maps.iter().flat_map(|map| ["--map", map]);
    let options: Vec<&str> = ["--from", "t.csv", "--id", "water"]
        .into_iter()
        .chain(maps)
        .collect();
    let made = init(folder.path(), &options);
    assert_eq!(made.code, 0, "{}", made.err);
    let text = read(&folder.path().join("agencies/water.yaml"));
    assert!(
        text.contains("handle: example_a") && !text.contains("12"),
        "{text}"
    );
    assert!(!format!("{text}{}", made.out).contains("hunter2"));
    for wrong in ["Acct", "Acct=handel", "Nothing=handle"] {
        assert_eq!(
            init(folder.path(), &["--from", "t.csv", "--map", wrong]).code,
            2,
            "{wrong}"
        );
    }
}

#[test]
fn agency_files_that_are_there_are_left_alone_and_what_they_would_hold_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "t.csv",
        "agency,platform,handle,type\nWater,x,example_a,agency\n",
    );
    std::fs::create_dir(folder.path().join("agencies")).unwrap();
    put(folder.path(), "agencies/water.yaml", "mine\n");
    let made = init(folder.path(), &["--from", "t.csv"]);
    assert_eq!(made.code, 1);
    assert_eq!(read(&folder.path().join("agencies/water.yaml")), "mine\n");
    assert!(made.out.contains("  - id: x-example-a"), "{}", made.out);
}

#[test]
fn rows_of_one_account_are_one_and_what_they_say_differently_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let table = "agency,platform,handle,type,verified,followers\n\
        Water,X,@Example_a,agency,yes,\n\
        WATER,تويتر,https://twitter.com/example_A,agency,no,1.2M\n\
        Roads,x,example_a,agency,yes,\n";
    put(folder.path(), "t.csv", table);
    let made = init(folder.path(), &["--from", "t.csv"]);
    assert_eq!(receipt(&made.out), [3, 1, 1, 1, 0], "{}", made.out);
    let value: Value =
        serde_yaml::from_str(&read(&folder.path().join("agencies/water.yaml"))).unwrap();
    let account = &value["accounts"][0];
    assert_eq!(account["followers"], 1_200_000);
    assert_eq!(account["verified"], true);
    assert_eq!(account["x-import"][0]["value"], "no");
    assert!(
        made.out.contains("another agency has the same account"),
        "{}",
        made.out
    );
}

#[test]
fn two_names_of_an_agency_in_one_row_join_the_rows_with_either() {
    let folder = tempfile::tempdir().unwrap();
    let table = "Agency (EN),اسم الجهة بالعربية,platform,handle\n\
        ,هيئة المياه,x,example_a\n\
        Water,,x,example_b\n\
        Water,هَيئة المياة,x,example_c\n";
    put(folder.path(), "t.csv", table);
    let made = init(folder.path(), &["--from", "t.csv"]);
    assert!(
        made.out.contains("accounts: 3, agencies: 1"),
        "{}",
        made.out
    );
    assert!(folder.path().join("agencies/water.yaml").exists());
}
