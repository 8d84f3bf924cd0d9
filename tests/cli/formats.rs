//! What a report looks like, in each format and language.

use snapbox::{assert_data_eq, file};
use spokeslint::output::Format;

use super::{check, check_in, fixture, put};

#[test]
fn for_people() {
    assert_data_eq!(check(&["agencies"]).out, file!["snapshots/people.txt"]);
}

#[test]
fn for_people_in_arabic() {
    assert_data_eq!(
        check(&["agencies", "--lang", "ar"]).out,
        file!["snapshots/people-ar.txt"]
    );
}

#[test]
fn for_logs() {
    assert_data_eq!(
        check(&["agencies", "--format", "concise"]).out,
        file!["snapshots/log.txt"]
    );
    assert_data_eq!(
        check(&["agencies", "--format", "concise", "--lang", "ar"]).out,
        file!["snapshots/log-ar.txt"]
    );
}

#[test]
fn for_programs() {
    let run = check(&["agencies/answers.yaml", "--format", "json"]);
    assert_data_eq!(run.out, file!["snapshots/report.json.txt"]);
}

#[test]
fn colors_come_only_when_they_are_asked_for() {
    let is_colored = |color: &str| {
        check(&["agencies", "--color", color])
            .out
            .contains('\u{1b}')
    };
    assert_eq!(
        ["auto", "never", "always"].map(is_colored),
        [false, false, true]
    );
}

#[test]
fn any_number_of_threads_prints_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for index in 0..60 {
        let name = ["answers", "silent", "clean"][index % 3];
        let text = fixture(&format!("agencies/{name}.yaml"));
        put(folder.path(), &format!("{}/{index}.yaml", index % 7), &text);
    }
    put(folder.path(), "foreign.yaml", "a: 1\n");
    for format in Format::ALL.map(Format::as_str) {
        let out = |threads| {
            let arguments = ["--format", format, "--threads", threads, "--verbose"];
            check_in(folder.path(), &arguments).out
        };
        let one = out("1");
        assert!(one.contains("answers the public"));
        assert_eq!(one, out("2"), "{format}");
        assert_eq!(one, out("7"), "{format}");
    }
}
