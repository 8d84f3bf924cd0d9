//! What output goes to: whether it is a terminal, how wide, in which colors and language.

use std::io::{self, BufWriter, IsTerminal, Write};

use clap::ValueEnum;
use spokeslint::output::{self, Detail, Format, Style};
use spokeslint::{Error, Lang, Text};

/// How wide a line is where nobody can say: in files and pipes.
pub(super) const WIDTH: usize = 100;

/// When to use colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

/// Standard output and standard error.
pub(super) struct Terminal {
    pub(super) lang: Lang,
    color: Color,
}

impl Terminal {
    pub(super) fn new(lang: Lang, color: Color) -> Self {
        Self { lang, color }
    }

    /// How to render for standard output.
    pub(super) fn style(&self, format: Format, detail: Detail) -> Style {
        let terminal = io::stdout().is_terminal();
        Style {
            format,
            lang: self.lang,
            color: self.colors(terminal),
            terminal,
            width: width(terminal, terminal_size::terminal_size_of(io::stdout())),
            detail,
        }
    }

    fn colors(&self, terminal: bool) -> bool {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        match self.color {
            Color::Always => true,
            Color::Never => false,
            // GitLab shows the colors of a job's log, which is no terminal.
            Color::Auto => ((terminal && !dumb) || is_set_to_true("GITLAB_CI")) && !set("NO_COLOR"),
        }
    }

    /// Says on standard error what is good to know beside the report.
    pub(super) fn mention(&self, words: &Text) {
        // There is no other place to say that this could not be said.
        let _ = writeln!(io::stderr().lock(), "{}", words.plain(self.lang));
    }

    /// Says on standard error what stopped the run.
    pub(super) fn complain(&self, error: &Error) {
        let terminal = io::stderr().is_terminal();
        let style = Style {
            format: Format::Human,
            lang: self.lang,
            color: self.colors(terminal),
            terminal,
            width: width(terminal, terminal_size::terminal_size_of(io::stderr())),
            detail: Detail::Normal,
        };
        // There is no other place to say that this could not be said.
        let _ = output::render_error(error, &style, &mut io::stderr().lock());
    }
}

/// Whether a variable of the environment says `true`, as build servers set theirs.
pub(super) fn is_set_to_true(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| value == "true")
}

/// Writes to standard output. That its reader has gone away is not an error.
pub(super) fn print(render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match render(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(Error::Write),
    }
}

/// Writes to standard error, where standard output is for something else.
pub(super) fn print_aside(
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Error> {
    let mut out = BufWriter::new(io::stderr().lock());
    render(&mut out)
        .and_then(|()| out.flush())
        .map_err(Error::Write)
}

fn width(terminal: bool, size: Option<(terminal_size::Width, terminal_size::Height)>) -> usize {
    match size {
        Some((width, _)) if terminal => usize::from(width.0).max(40),
        _ => WIDTH,
    }
}
