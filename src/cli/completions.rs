//! `spokeslint completions`: what a shell needs to complete our commands and options.

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};
use spokeslint::Error;

use super::terminal::print;
use super::{Cli, NAME, Verdict};

const EXAMPLES: &str = "\
Examples:
  spokeslint completions bash > ~/.local/share/bash-completion/completions/spokeslint
  spokeslint completions zsh > ~/.zfunc/_spokeslint      a folder of the variable `fpath`
  spokeslint completions fish > ~/.config/fish/completions/spokeslint.fish
  spokeslint completions powershell >> $PROFILE

Exit codes: 0 printed, 2 the tool could not do its job";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The shell that is to complete
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Error> {
    let mut script = Vec::new();
    generate(arguments.shell, &mut Cli::command(), NAME, &mut script);
    print(|out| out.write_all(&script))?;
    Ok(Verdict::Clean)
}
