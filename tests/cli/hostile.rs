//! Names and texts that would do something if they were sent as they are.

#![cfg(unix)]

use spokeslint::output::Format;

use super::{check_in, fixture, put};

const NAME: &str = "::error::x\n\u{1b}[31m\u{202e}##[group].yaml";

fn is_sent(character: char) -> bool {
    (character.is_control() && character != '\n') || matches!(character, '\u{202a}'..='\u{202e}')
}

#[test]
fn nothing_from_a_file_acts_on_a_terminal_or_a_build_server() {
    let folder = tempfile::tempdir().unwrap();
    let text = fixture("agencies/answers.yaml");
    let text = text.replace(
        "example_spokesman",
        "\"::error::\\e[31m\\n::error::##[group]\\u202e\"",
    );
    put(
        folder.path(),
        NAME,
        &text.replace("uses:", "uses:  # \u{202e} ##[x]\n     "),
    );
    put(folder.path(), "sub/##vso[x].yaml", "a: 1\n");
    for format in Format::ALL.map(Format::as_str) {
        for lang in ["en", "ar"] {
            let run = check_in(folder.path(), &["--format", format, "--lang", lang, "-v"]);
            assert_eq!(run.code, 1, "{format}: {}", run.err);
            assert!(!run.out.contains(is_sent), "{format}: {:?}", run.out);
            assert!(!run.out.contains("##["), "{format}: {}", run.out);
            assert!(!run.out.contains("##vso["), "{format}: {}", run.out);
            let lines = run.out.lines().map(str::trim_start);
            let commands = lines.filter(|line| line.starts_with("::")).count();
            let findings = check_in(folder.path(), &["--format", "concise", "-q"]);
            let expected = if format == "github" {
                findings.out.lines().count()
            } else {
                0
            };
            assert_eq!(commands, expected, "{format}: {}", run.out);
        }
    }
}

#[test]
fn errors_show_names_and_do_not_send_them() {
    let folder = tempfile::tempdir().unwrap();
    let run = check_in(folder.path(), &[NAME]);
    assert_eq!(run.code, 2);
    assert_eq!(run.err.lines().count(), 1);
    assert!(!run.err.contains(is_sent), "{:?}", run.err);
    let unknown = check_in(folder.path(), &["--profile", NAME]);
    assert_eq!(unknown.code, 2);
    assert!(!unknown.err.contains(is_sent), "{:?}", unknown.err);
}
