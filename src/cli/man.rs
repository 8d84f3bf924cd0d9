//! `spokeslint man`: manual pages, made of what `--help` says. They bear the version and no date, so that the
//! same program always writes the same pages.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Arg, Args, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use spokeslint::Error;

use super::replace::overwrite;
use super::terminal::print;
use super::{Cli, NAME, Verdict};

const EXAMPLES: &str = "\
Examples:
  spokeslint man > spokeslint.1        the page on the whole
  spokeslint man ~/.local/share/man/man1    a page for each command as well

Exit codes: 0 written, 2 a page cannot be written";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Where to write a page for each command, in place of those that are there; their names are printed
    /// [default: print the page on the whole]
    folder: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Error> {
    let whole = whole();
    let Some(folder) = &arguments.folder else {
        let text = page(&whole);
        print(|out| out.write_all(text.as_bytes()))?;
        return Ok(Verdict::Clean);
    };
    fs::create_dir_all(folder).map_err(|error| unwritten(folder, error))?;
    for command in std::iter::once(&whole).chain(shown(&whole)) {
        let path = folder.join(format!("{}.1", title(command)));
        overwrite(&path, &page(command))?;
        print(|out| writeln!(out, "{}", path.display()))?;
    }
    Ok(Verdict::Clean)
}

/// All commands, what they are given apart from what they can be told.
fn whole() -> Command {
    let apart = |argument: Arg| {
        if argument.is_positional() {
            argument.help_heading("Arguments")
        } else {
            argument
        }
    };
    let mut whole = Cli::command()
        .disable_help_subcommand(true)
        .mut_subcommands(|command| command.mut_args(apart));
    whole.build();
    whole
}

fn unwritten(path: &Path, source: io::Error) -> Error {
    Error::Update {
        path: path.display().to_string(),
        source,
    }
}

fn shown(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|one| !one.is_hide_set())
}

/// The name of a page, such as `spokeslint-check`.
fn title(command: &Command) -> &str {
    command
        .get_display_name()
        .unwrap_or_else(|| command.get_name())
}

fn page(command: &Command) -> String {
    let man = Man::new(command.clone());
    let is_whole = command.get_name() == NAME;
    let mut text = Vec::new();
    let mut render = || {
        heading(command, &mut text)?;
        man.render_name_section(&mut text)?;
        synopsis(command).to_writer(&mut text)?;
        man.render_description_section(&mut text)?;
        if is_whole {
            commands(command).to_writer(&mut text)?;
        }
        man.render_options_section(&mut text)?;
        closing(command).to_writer(&mut text)?;
        see_also(command, is_whole).to_writer(&mut text)
    };
    render().expect("memory can be written to");
    dressed(&String::from_utf8(text).expect("the pages are made of text"))
}

/// The first line, which has an empty place where others have a date.
fn heading(command: &Command, out: &mut dyn Write) -> io::Result<()> {
    Roff::new().to_writer(out)?;
    let (title, version) = (title(command), env!("CARGO_PKG_VERSION"));
    writeln!(
        out,
        ".TH {title} 1 \"\" \"{NAME} {version}\" \"{NAME} manual\""
    )
}

fn synopsis(command: &Command) -> Roff {
    let usage = command.clone().render_usage().to_string();
    let name = command.get_bin_name().unwrap_or(NAME);
    let rest = usage.split_once(name).map_or("", |(_, rest)| rest);
    let mut roff = Roff::new();
    roff.control("SH", ["SYNOPSIS"]);
    roff.text([bold(name), roman(rest)]);
    roff
}

fn commands(whole: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    for command in shown(whole) {
        roff.control("TP", []);
        roff.text([bold(title(command)), roman("(1)")]);
        let about = command.get_about().map(ToString::to_string);
        roff.text([roman(about.unwrap_or_default())]);
    }
    roff
}

/// What stands below the options in `--help`: examples, exit codes, and other paragraphs.
fn closing(command: &Command) -> Roff {
    let text = command.get_after_long_help().or(command.get_after_help());
    let text = text.map(ToString::to_string).unwrap_or_default();
    let mut roff = Roff::new();
    for paragraph in text.split("\n\n") {
        let (first, rest) = paragraph.split_once('\n').unwrap_or((paragraph, ""));
        if let Some(codes) = paragraph.strip_prefix("Exit codes: ") {
            exit_status(codes, &mut roff);
        } else if let Some(heading) = first.strip_suffix(':') {
            roff.control("SH", [heading.to_uppercase().as_str()]);
            roff.control("EX", []);
            for line in rest.lines() {
                roff.text([roman(line.trim_start())]);
            }
            roff.control("EE", []);
        } else if !paragraph.is_empty() {
            roff.control("SH", ["NOTES"]);
            roff.text([roman(paragraph)]);
        }
    }
    roff
}

/// The codes of `0 no problems, 1 problems, 2 …`, each with what it means.
fn exit_status(codes: &str, roff: &mut Roff) {
    roff.control("SH", ["EXIT STATUS"]);
    let mut rest = codes;
    for (code, next) in [("0", ", 1 "), ("1", ", 2 "), ("2", "")] {
        let Some(said) = rest.strip_prefix(code) else {
            continue;
        };
        // A command that never returns 1 goes on with 2.
        let end = [next, ", 2 "]
            .iter()
            .filter(|next| !next.is_empty())
            .find_map(|next| said.find(next));
        let (meaning, after) = said.split_at(end.unwrap_or(said.len()));
        roff.control("TP", []);
        roff.text([bold(code)]);
        roff.text([roman(meaning.trim().replace('\n', " "))]);
        rest = after.trim_start_matches(", ");
    }
}

fn see_also(command: &Command, is_whole: bool) -> Roff {
    let mut names: Vec<&str> = shown(command).map(title).collect();
    if !is_whole {
        names = vec![NAME];
    }
    let mut pages = Vec::new();
    for name in names {
        let comma = if pages.is_empty() { "" } else { ", " };
        pages.extend([roman(comma), bold(name), roman("(1)")]);
    }
    let mut roff = Roff::new();
    roff.control("SH", ["SEE ALSO"]);
    roff.text(pages);
    roff
}

/// The page with code in bold instead of between backquotes, and with what only a terminal shows as typed.
fn dressed(page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    let page = page.replace(".br\n\n.br\n", ".sp\n");
    for (number, line) in page.lines().enumerate() {
        let is_preamble = line.starts_with(".ie \\n(.g") || line.starts_with(".el .ds Aq");
        if is_preamble && number > 1 {
            continue;
        }
        match line {
            "" => text.push_str(".sp"),
            _ if line.starts_with('.') => text.push_str(line),
            _ => text.push_str(&dressed_line(line)),
        }
        text.push('\n');
    }
    text
}

fn dressed_line(line: &str) -> String {
    let line = line.replace('~', "\\(ti").replace('^', "\\(ha");
    let parts: Vec<&str> = line.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return line.replace('`', "\\(ga");
    }
    let mut text = String::new();
    for (number, part) in parts.iter().enumerate() {
        if number % 2 == 1 {
            text.push_str("\\fB");
            text.push_str(part);
            text.push_str("\\fR");
        } else {
            text.push_str(part);
        }
    }
    text
}
