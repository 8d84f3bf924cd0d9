//! Runs the commands that the documentation shows and compares what they print with what it says.
//!
//! A `console` block holds commands behind `$ `, each followed by its output; a line that is only `…`
//! stands for one or more lines. Commands in `sh` blocks are run as well, without a look at their output.
//! A `yaml` or `csv` block whose first line is `# some/path.yaml` or `# path.csv` is written to that file first.
//! Of other commands, `cat`, `cp -r`, `cd` and `echo $?` are known. Behind `cd` the settings there hold.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::generated::filled;
use super::markdown::{Block, blocks};
use super::{keep, read, repository};

/// The pages whose examples are run.
const PAGES: &[&str] = &[
    "README.md",
    "README.ar.md",
    "CONTRIBUTING.md",
    "docs/adopting.md",
    "docs/diagnostics.ar.md",
    "docs/expressions.md",
    "docs/formats.md",
    "docs/gates.md",
    "docs/own-kinds.md",
    "docs/starting.md",
    "docs/suppressing.md",
    "docs/writing-rules.md",
    "examples/campaign/README.md",
    "examples/okaz-2018/README.md",
    "examples/frameworks/README.md",
    "examples/model-agency/README.md",
    "examples/national-repo/README.md",
    "examples/saudi-2026/README.md",
    "benches/README.md",
];

/// What stands for lines that are left out.
const ELISION: &str = "…";

#[test]
fn what_the_pages_show_is_what_the_program_prints() {
    for page in PAGES {
        let text = read(&repository(page));
        assert!(!text.is_empty(), "{page} is missing");
        keep(page, &checked(&filled(&text)));
    }
}

/// The page with the real output in place of what differs from it.
fn checked(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut folder = Folder::new();
    let mut result = Vec::new();
    let mut copied = 0;
    for block in blocks(&lines) {
        let Block {
            language,
            lines: at,
        } = block;
        let inside = &lines[at.clone()];
        match language.as_str() {
            "yaml" | "csv" => {
                folder.write(inside);
                if folder.has_rules() {
                    folder.prove_rules();
                }
            }
            "sh" => inside.iter().for_each(|line| folder.try_out(line)),
            "console" => {
                result.extend_from_slice(&lines[copied..at.start]);
                result.extend(folder.session(inside));
                copied = at.end;
            }
            _ => {}
        }
    }
    result.extend_from_slice(&lines[copied..]);
    joined(&result)
}

/// Lines, each with its end.
fn joined(lines: &[String]) -> String {
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

/// A folder of its own with a copy of the examples, in which commands are run.
struct Folder {
    root: tempfile::TempDir,
    /// Where a page has gone, seen from there.
    at: PathBuf,
}

impl Folder {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        copy(&repository("examples"), &root.path().join("examples"));
        // Whoever follows a page does so in a repository, in which settings may name files of other folders.
        std::fs::create_dir(root.path().join(".git")).unwrap();
        let at = PathBuf::new();
        Self { root, at }
    }

    fn here(&self) -> PathBuf {
        self.root.path().join(&self.at)
    }

    /// Whether settings of the page hold here: those beside the examples must be named.
    fn has_settings(&self) -> bool {
        let below = self.at.ancestors().filter(|at| *at != Path::new(""));
        below
            .map(|at| self.root.path().join(at).join("spokeslint.yaml"))
            .any(|settings| settings.is_file())
    }

    fn go(&mut self, to: &str) {
        for step in to.split('/') {
            match step {
                ".." => assert!(self.at.pop(), "`cd {to}` leaves the folder of the page"),
                step => self.at.push(step),
            }
        }
        assert!(self.here().is_dir(), "there is no folder `{to}`");
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "lays out the files that a page shows"
    )]
    fn write(&self, lines: &[String]) {
        let name = lines.first().and_then(|line| line.strip_prefix("# "));
        let Some(name) =
            name.filter(|name| matches!(name.rsplit('.').next(), Some("yaml" | "csv")))
        else {
            return;
        };
        // Who follows the page to the letter has the rule built in already.
        if name.starts_with("rules/") && repository(name).is_file() {
            return;
        }
        let path = self.here().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, joined(lines)).unwrap();
    }

    /// Runs the examples of the rules that a page shows as built in. The program does not hold them, so
    /// they are loaded as a folder of their own.
    fn prove_rules(&self) {
        let pack = "# rules/pack.yaml\ntitle: { en: a, ar: أ }\nabout: { en: a, ar: أ }";
        self.write(&pack.lines().map(str::to_owned).collect::<Vec<_>>());
        let (code, printed) = self.run(&["test".to_owned(), "rules".to_owned()]);
        assert_eq!(code, 0, "{printed}");
    }

    fn has_rules(&self) -> bool {
        self.here().join("rules").is_dir()
    }

    /// Runs one of our own commands in a `sh` block: it must be able to do its job.
    fn try_out(&self, line: &str) {
        let line = line.trim_start();
        let line = line.split(" > ").next().unwrap_or(line);
        if let Some(mut arguments) = own(line) {
            if self.has_rules() && arguments[0] == "explain" {
                arguments.extend(["--pack".to_owned(), "rules".to_owned()]);
            }
            let (code, printed) = self.run(&arguments);
            assert!(code < 2, "`{line}` returns {code}:\n{printed}");
        }
    }

    /// Commands and outputs, each output as it should be shown.
    fn session(&mut self, lines: &[String]) -> Vec<String> {
        let mut result = Vec::new();
        let mut code = 0;
        let mut rest = lines;
        while let Some((command, after)) = rest.split_first() {
            let words = command
                .strip_prefix("$ ")
                .unwrap_or_else(|| panic!("expected `$ ` before a command: {command}"));
            let end = after.iter().position(|line| line.starts_with("$ "));
            let (shown, next) = after.split_at(end.unwrap_or(after.len()));
            let printed = if words == "echo $?" {
                code.to_string()
            } else if let Some(printed) = self.other(words) {
                printed
            } else {
                let arguments = own(words).unwrap_or_else(|| panic!("cannot run `{words}`"));
                let (own_code, printed) = self.run(&arguments);
                code = own_code;
                printed
            };
            let printed: Vec<&str> = printed.lines().collect();
            result.push(command.clone());
            result.extend(fitted(shown, &printed));
            rest = next;
        }
        result
    }

    /// What a command prints that does not start our program; nothing for one that is not known.
    fn other(&mut self, words: &str) -> Option<String> {
        let (command, rest) = words.split_once(' ')?;
        match command {
            "cat" => return Some(read(&self.here().join(rest))),
            "cd" => self.go(rest),
            "cp" => {
                let (from, to) = rest.strip_prefix("-r ")?.split_once(' ')?;
                copy(&self.here().join(from), &self.here().join(to));
            }
            _ => return None,
        }
        Some(String::new())
    }

    fn run(&self, arguments: &[String]) -> (i32, String) {
        run_in(&self.here(), self.has_settings(), arguments)
    }
}

/// Copies a folder with everything below it.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let from = entry.unwrap().path();
        let to = to.join(from.file_name().unwrap());
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(&from, &to).unwrap();
        }
    }
}

fn run_in(folder: &Path, has_settings: bool, arguments: &[String]) -> (i32, String) {
    // Settings that lie about on the machine must not matter.
    let own = has_settings || arguments.iter().any(|argument| argument == "--config");
    let output = Command::new(env!("CARGO_BIN_EXE_spokeslint"))
        .current_dir(folder)
        .args((!own).then_some("--no-config"))
        .args(arguments)
        .env_remove("NO_COLOR")
        .env_remove("GITHUB_ACTIONS")
        .env_remove("GITLAB_CI")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap(),
        String::from_utf8(text).unwrap(),
    )
}

/// The arguments of a command line that starts our program; `None` for other programs.
fn own(line: &str) -> Option<Vec<String>> {
    let starts = &[
        "spokeslint ",
        "cargo run --release -- ",
        "cargo run --release --locked -- ",
        "cargo run -- ",
    ];
    let rest = starts.iter().find_map(|start| line.strip_prefix(start))?;
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in rest.chars() {
        match character {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().unwrap().push(other),
        }
    }
    Some(words.into_iter().filter(|word| !word.is_empty()).collect())
}

/// What to show of an output: what is shown, if it is true, or else the real lines at the same places.
fn fitted(shown: &[String], printed: &[&str]) -> Vec<String> {
    let parts: Vec<&[String]> = shown.split(|line| line == ELISION).collect();
    if parts.len() == 1 {
        return printed.iter().map(|line| (*line).to_owned()).collect();
    }
    let mut result: Vec<String> = Vec::new();
    let mut at = 0;
    for (number, part) in parts.iter().enumerate() {
        let start = place(part, number, parts.len(), &printed[at..]).map(|found| at + found);
        let Some(start) = start else {
            // What is no longer printed is left out, so that the difference shows.
            continue;
        };
        if number > 0 && start > at {
            result.push(ELISION.to_owned());
        }
        let mut end = (start + part.len()).min(printed.len());
        // A finding that has become shorter does not take the blank line behind it along.
        if number + 1 < parts.len() && !part.iter().any(String::is_empty) {
            let blank = printed[start..end].iter().position(|line| line.is_empty());
            end = blank.map_or(end, |blank| start + blank);
        }
        result.extend(printed[start..end].iter().map(|line| (*line).to_owned()));
        at = end;
    }
    result
}

/// Where a part stands: the first at the start, the last at the end, the others where their first line is,
/// preferably where all their lines are.
fn place(part: &[String], number: usize, count: usize, printed: &[&str]) -> Option<usize> {
    if number == 0 {
        return Some(0);
    }
    if number + 1 == count {
        return printed.len().checked_sub(part.len());
    }
    let whole = printed
        .windows(part.len())
        .position(|window| window.iter().zip(part).all(|(a, b)| a == b));
    whole.or_else(|| printed.iter().position(|line| *line == part[0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn an_elision_stands_for_lines_and_hides_no_change() {
        let printed = ["a", "b", "c", "d", "e"];
        for same in ["a\n…\ne", "a\nb\n…\nd\ne", "…\nc\n…", "…\ne", "a\n…\nc\n…"] {
            assert_eq!(fitted(&lines(same), &printed), lines(same), "{same}");
        }
        for (wrong, right) in [
            ("a\n…\nx", "a\n…\ne"),
            ("x\n…\ne", "a\n…\ne"),
            ("…\nc\nx\n…", "…\nc\nd\n…"),
            ("a\n…\nx\n…\ne", "a\n…\ne"),
            ("a\nb\nc\nd\n…\ne", "a\nb\nc\nd\ne"),
            ("a\n…\nc\nx\n…\ne", "a\n…\nc\nd\ne"),
            ("a", "a\nb\nc\nd\ne"),
            ("", "a\nb\nc\nd\ne"),
        ] {
            assert_eq!(fitted(&lines(wrong), &printed), lines(right), "{wrong}");
        }
    }

    #[test]
    fn words_are_split_at_blanks_outside_quotes() {
        assert_eq!(own("ls -l"), None);
        let words = own("spokeslint check 'a b' -q").unwrap();
        assert_eq!(words, ["check", "a b", "-q"]);
    }
}
