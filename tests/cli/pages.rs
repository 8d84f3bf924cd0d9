//! What is made of the command line itself: completions for shells and manual pages.

use std::process::Command;

use super::{put, run, run_in};

/// The names of the commands, as `--help` lists them.
fn commands() -> Vec<String> {
    let help = run(&["--help"]).out;
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let (list, _) = list.split_once("\n\n").unwrap();
    let starts = list.lines().filter(|line| !line.starts_with("   "));
    let names = starts.map(|line| line.split_whitespace().next().unwrap().to_owned());
    let names: Vec<String> = names.filter(|name| name != "help").collect();
    assert!(names.len() > 5, "{names:?}");
    names
}

#[test]
fn each_shell_learns_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(&["completions", shell]);
        assert_eq!((script.code, script.err.as_str()), (0, ""), "{shell}");
        for name in commands() {
            assert!(script.out.contains(&name), "{shell}: {name}");
        }
        assert!(script.out.contains("as-found"), "{shell}");
    }
}

#[cfg(unix)]
#[test]
fn bash_completes_a_command_and_an_option() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "script", &run(&["completions", "bash"]).out);
    let completed = |words: &str, at: usize| {
        let call = format!(
            "source ./script; COMP_WORDS=({words}); COMP_CWORD={at}; \
             _spokeslint spokeslint \"${{COMP_WORDS[{at}]}}\" spokeslint; echo \"${{COMPREPLY[@]}}\""
        );
        let mut bash = Command::new("bash");
        let done = bash.current_dir(folder.path()).args(["-c", &call]);
        let output = done.output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(completed("spokeslint expl", 1), "explain\n");
    assert_eq!(completed("spokeslint check --as-f", 2), "--as-found\n");
}

#[test]
fn each_command_has_a_page_with_its_examples_and_exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    let written = run_in(folder.path(), &["man", "pages/man1"]);
    assert_eq!((written.code, written.err.as_str()), (0, ""));
    let expected = commands().into_iter().map(|name| format!("-{name}"));
    let titles: Vec<String> = std::iter::once(String::new()).chain(expected).collect();
    let named = written.out.lines().map(str::to_owned);
    let paths = titles
        .iter()
        .map(|end| format!("pages/man1/spokeslint{end}.1"));
    assert_eq!(named.collect::<Vec<_>>(), paths.collect::<Vec<_>>());
    for path in written.out.lines() {
        let bytes = std::fs::read(folder.path().join(path)).unwrap();
        let page = String::from_utf8(bytes).unwrap();
        for heading in ["NAME", "SYNOPSIS", "OPTIONS", "EXAMPLES", "\"EXIT STATUS\""] {
            assert!(
                page.contains(&format!("\n.SH {heading}\n")),
                "{path}: {heading}"
            );
        }
        for code in ["0", "2"] {
            let entry = format!("\n.TP\n\\fB{code}\\fR\n");
            assert_eq!(page.matches(&entry).count(), 1, "{path}: {code}");
        }
        assert!(
            !page.contains('`'),
            "{path}: code stands between backquotes"
        );
        assert!(!page.contains("\n\n"), "{path}: a blank line");
        let version = env!("CARGO_PKG_VERSION");
        assert!(
            page.contains(&format!(" 1 \"\" \"spokeslint {version}\" ")),
            "{path}"
        );
    }
}

#[test]
fn an_exit_code_stands_with_its_meaning() {
    let folder = tempfile::tempdir().unwrap();
    run_in(folder.path(), &["man", "."]);
    let bytes = std::fs::read(folder.path().join("spokeslint-trace.1")).unwrap();
    let page = String::from_utf8(bytes).unwrap();
    assert!(
        page.contains(
            "\\fB0\\fR\nthe rule found nothing\n\
             .TP\n\\fB1\\fR\nit found something or could not be evaluated\n\
             .TP\n\\fB2\\fR\nthe tool could not do its job\n"
        ),
        "{page}"
    );
}

#[test]
fn the_page_on_the_whole_is_the_one_that_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        run_in(folder.path(), &["man", "."]);
        let bytes = std::fs::read(folder.path().join("spokeslint.1")).unwrap();
        assert_eq!(run(&["man"]).out, String::from_utf8(bytes).unwrap());
    }
}

#[test]
fn settings_that_are_not_sound_keep_neither_from_working() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "bad.yaml", "a: [\n");
    for command in [&["man"][..], &["completions", "bash"]] {
        let run = run_in(
            folder.path(),
            &[command, &["--config", "bad.yaml"]].concat(),
        );
        assert_eq!((run.code, run.err.as_str()), (0, ""));
    }
}

#[test]
fn a_page_that_cannot_be_written_is_said() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "file", "");
    let refused = run_in(folder.path(), &["man", "file/man1"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert!(
        refused.err.starts_with("error: cannot update `file/man1`"),
        "{}",
        refused.err
    );
}
