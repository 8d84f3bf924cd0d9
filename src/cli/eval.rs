//! `spokeslint eval`: what an expression gives, and where that came from.

use std::io::{self, BufRead};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Deserialize;
use spokeslint::date::Date;
use spokeslint::engine::{Answer, Bindings, Evaluator, Reply};
use spokeslint::output::{self, Asked, Detail, Format};
use spokeslint::yaml::number_beyond;
use spokeslint::{Diagnostic, Error, Text};

use super::project::Project;
use super::terminal::{Terminal, print};
use super::{PackArguments, Verdict, parse_date, sources, today};

const EXAMPLES: &str = "\
Examples:
  spokeslint eval 'agency.accounts.map(a, a.handle)' agencies/water.yaml
  spokeslint eval 'has(agency.website)' agencies/
  spokeslint eval 'campaign.ends - campaign.starts' --pack campaigns spring.yaml
  spokeslint eval 'today - days(n)' --bind n=30 --as-of 2026-01-31
  echo '{\"expr\": \"x + 1\", \"bindings\": {\"x\": 1}}' | spokeslint eval --jsonl

Exit codes: 0 there is a value everywhere, 1 somewhere there is none, 2 the expression is not sound
or a file cannot be read";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The expression, in the language of the rules
    #[arg(required_unless_present = "jsonl")]
    expr: Option<String>,
    /// Files, folders, quoted glob patterns, or `-` for standard input; without any, `agency` is unknown, and
    /// so is what documents of other kinds are called
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A variable with its value; may be repeated
    #[arg(long, value_name = "NAME=JSON", value_parser = parse_binding)]
    bind: Vec<(String, serde_json::Value)>,
    #[command(flatten)]
    packs: PackArguments,
    /// The day that counts as today, such as 2026-01-31 or '1447-08-12 AH' [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_of: Option<Date>,
    /// How to print the values
    #[arg(long, value_enum, default_value = "human")]
    format: AnswerFormat,
    /// Read lines such as `{"expr": "x + 1", "bindings": {"x": 1}}` from standard input, and write a
    /// line for each: its type and value, or its error
    #[arg(long, conflicts_with_all = ["expr", "files", "bind", "folders", "format"])]
    jsonl: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum AnswerFormat {
    /// The value, its type, and the lines it came from
    Human,
    /// The same for programs; integers are decimal strings
    Json,
}

fn parse_binding(text: &str) -> Result<(String, serde_json::Value), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or("expected NAME=JSON, such as limit=3")?;
    let mut letters = name.chars();
    let is_name = letters
        .next()
        .is_some_and(|c| c == '_' || c.is_ascii_alphabetic())
        && letters.all(|c| c == '_' || c.is_ascii_alphanumeric());
    if !is_name {
        return Err(format!("`{name}` is no name for a variable"));
    }
    if let Some(number) = number_beyond(value) {
        return Err(format!("`{number}` is not a number that fits into 64 bits"));
    }
    let value = serde_json::from_str(value).map_err(|error| {
        format!("`{value}` is not JSON ({error}); text stands in quotes: {name}='\"text\"'")
    })?;
    Ok((name.to_owned(), value))
}

pub(super) fn run(
    arguments: &Arguments,
    project: &Project,
    terminal: &Terminal,
) -> Result<Verdict, Error> {
    let packs = arguments.packs.load(project)?;
    let evaluator = Evaluator::new(&packs, arguments.as_of.unwrap_or_else(today));
    let Some(text) = &arguments.expr else {
        return lines(&evaluator, terminal);
    };
    let asked = if arguments.files.is_empty() {
        let expression = evaluator.check(text, arguments.bind.clone());
        vec![Asked {
            path: None,
            reply: Reply {
                line: 1,
                answer: expression.map_err(Error::Expression)?.alone(),
            },
        }]
    } else {
        on_files(&evaluator, text, (arguments, project))?
    };
    let format = match arguments.format {
        AnswerFormat::Human => Format::Human,
        AnswerFormat::Json => Format::Json,
    };
    let style = terminal.style(format, Detail::Normal);
    print(|out| output::answers(&asked, &style, out))?;
    Ok(if asked.iter().all(|one| one.reply.answer.is_ok()) {
        Verdict::Clean
    } else {
        Verdict::Found
    })
}

fn on_files(
    evaluator: &Evaluator,
    text: &str,
    (arguments, project): (&Arguments, &Project),
) -> Result<Vec<Asked>, Error> {
    let read = sources(&arguments.files, project, &evaluator.recognizer())?;
    let sound = read.iter().filter_map(|(_, source)| source.as_ref().ok());
    let expression = evaluator
        .check_on(text, arguments.bind.clone(), sound)
        .map_err(Error::Expression)?;
    let mut asked = Vec::new();
    for (path, source) in read {
        let replies = match source {
            Ok(source) => expression.on_source(&source),
            Err(diagnostic) => vec![Reply {
                line: 1,
                answer: Err(vec![*diagnostic]),
            }],
        };
        asked.extend(replies.into_iter().map(|reply| Asked {
            path: Some(path.clone()),
            reply,
        }));
    }
    Ok(asked)
}

/// A line of `--jsonl`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    expr: String,
    #[serde(default)]
    bindings: serde_json::Map<String, serde_json::Value>,
}

/// One answer for each line of standard input; a bad line gets an answer like any other.
fn lines(evaluator: &Evaluator, terminal: &Terminal) -> Result<Verdict, Error> {
    let mut input = io::BufReader::new(io::stdin().lock());
    let mut unread = None;
    print(|out| {
        let mut line = Vec::new();
        loop {
            line.clear();
            match input.read_until(b'\n', &mut line) {
                Ok(0) => return Ok(()),
                Ok(_) => {
                    let answer = output::answer_line(&answer(evaluator, &line), terminal.lang);
                    writeln!(out, "{answer}")?;
                }
                Err(error) => {
                    unread = Some(error);
                    return Ok(());
                }
            }
            // Who writes line by line waits for the answer.
            if input.buffer().is_empty() {
                out.flush()?;
            }
        }
    })?;
    match unread {
        None => Ok(Verdict::Clean),
        Some(source) => Err(Error::Read {
            path: "<stdin>".to_owned(),
            source,
        }),
    }
}

/// How deep values may be nested in JSON, as `serde_json` has it.
const JSON_DEPTH: usize = 127;

fn answer(evaluator: &Evaluator, line: &[u8]) -> Result<Answer, Text> {
    let question: Question = serde_json::from_slice(line).map_err(|error| {
        if error.to_string().starts_with("recursion limit") {
            return spokeslint::text!(
                "the values in this line are nested too deep: more than {limit} levels",
                "تداخل القيم في هذا السطر أعمق من الحد المسموح، وهو {limit} مستوى",
                limit = JSON_DEPTH,
            );
        }
        let (en, ar) = (
            "this line is not `{\"expr\": …, \"bindings\": {…}}`",
            "هذا السطر ليس بالصيغة `{\"expr\": …, \"bindings\": {…}}`",
        );
        Text::new(format!("{en}: {error}"), format!("{ar}: {error}"))
    })?;
    if let Some(number) = std::str::from_utf8(line).ok().and_then(number_beyond) {
        return Err(spokeslint::text!(
            "`{number}` is not a number that fits into 64 bits",
            "`{number}` ليس عددًا تسعه 64 بتًّا",
            number = number,
        ));
    }
    let bindings: Bindings = question.bindings.into_iter().collect();
    let expression = evaluator.check(&question.expr, bindings);
    let answer = expression.and_then(|expression| expression.alone());
    answer.map_err(|found| in_one_line(&found))
}

/// Messages, one behind another.
fn in_one_line(found: &[Diagnostic]) -> Text {
    let join = |words: fn(&Diagnostic) -> &str, comma: &str| {
        let words: Vec<&str> = found.iter().map(words).collect();
        words.join(comma)
    };
    Text::new(
        join(|one| one.message.en.as_str(), "; "),
        join(|one| one.message.ar.as_str(), "؛ "),
    )
}
