//! The built program, run as a user runs it: arguments and files in, text and exit code out.

#[cfg(unix)]
mod canary;
mod commands;
mod config;
mod eval;
mod exit_codes;
mod fixes;
mod formats;
mod gate;
mod hostile;
mod inputs;
mod kinds;
mod limits;
mod looked_at;
mod monorepo;
mod mutate;
mod national;
mod outputs;
mod pages;
mod paths;
mod periods;
#[cfg(unix)]
mod pipes;
#[cfg(unix)]
mod replaced;
mod schemas;
mod set_aside;
mod trace;
mod update;
mod workspace;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run printed and returned.
struct Run {
    code: i32,
    out: String,
    err: String,
}

/// The folder with a pack of rules that only these tests use, and agencies to check.
fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/fixtures")
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spokeslint"));
    // Settings that lie about on the machine must not matter.
    let own = arguments.contains(&"--no-config") || arguments.contains(&"--config");
    command
        .current_dir(folder)
        .args((!own).then_some("--no-config"))
        .args(arguments)
        .env_remove("NO_COLOR")
        .env_remove("GITHUB_ACTIONS")
        .env_remove("GITLAB_CI")
        .stdin(Stdio::null());
    command
}

fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    finish(command(folder, arguments))
}

fn finish(mut command: Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs any command in the folder of fixtures.
fn run(arguments: &[&str]) -> Run {
    run_in(&fixtures(), arguments)
}

/// `check` in a folder with the rules of these tests only.
fn check_command(folder: &Path, arguments: &[&str]) -> Command {
    let pack = fixtures().join("ours");
    let mut whole = vec![
        "check",
        "--select",
        "ours",
        "--pack",
        pack.to_str().unwrap(),
    ];
    whole.extend(arguments);
    command(folder, &whole)
}

fn check_in(folder: &Path, arguments: &[&str]) -> Run {
    finish(check_command(folder, arguments))
}

fn check(arguments: &[&str]) -> Run {
    check_in(&fixtures(), arguments)
}

/// Runs `check` with the rules of these tests on standard input.
fn check_input(input: &str, arguments: &[&str]) -> Run {
    let mut whole = vec!["check", "--select", "ours", "--pack", "ours"];
    whole.extend(arguments);
    feed(command(&fixtures(), &whole), input.as_bytes())
}

/// Runs a command on standard input.
fn feed(mut command: Command, input: &[u8]) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    pipe.write_all(input).unwrap();
    drop(pipe);
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn fixture(name: &str) -> String {
    let bytes = std::fs::read(fixtures().join(name)).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Puts a file into a folder, with the folders it needs.
fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut file = std::fs::File::create(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}
