//! `spokeslint init`: the files that a project begins with, written where there are none.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use encoding_rs::Encoding;
use spokeslint::confines::Confines;
use spokeslint::output::{self, Detail, Fate, Format, Placed};
use spokeslint::read::{self, MAX_BYTES};
use spokeslint::schema::agency::LocalName;
use spokeslint::source::display_name;
use spokeslint::start::import::{self, Fallback, First, Import, Mapping, Options};
use spokeslint::start::{self, About, HOOK_FILE, NewFile};
use spokeslint::text::{Text, is_hidden};
use spokeslint::{Error, Lang, text};

use super::Verdict;
use super::replace::create;
use super::terminal::{Terminal, print};

const EXAMPLES: &str = "\
Examples:
  spokeslint init                                     settings, a first agency file and a hook, here
  spokeslint init --id water --name-en 'Water Agency' ministry/
  spokeslint init --from inventory.csv --dry-run      what an inventory of accounts would come to
  spokeslint init --from inventory.csv --map 'Acct=handle' --map 'Cost=-'

Nothing is ever overwritten.

Exit codes: 0 all is placed, 1 something of the table is left for you to see to, 2 the tool could not do its job";

const TABLE: &str = "From a table";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The folder of the project; it is made if need be
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// The short name of the agency; with --from, of the agency of rows that name none
    #[arg(long, value_parser = parse_id)]
    id: Option<String>,
    /// Its name in English
    #[arg(long, value_name = "NAME", value_parser = parse_name)]
    name_en: Option<String>,
    /// Its name in Arabic
    #[arg(long, value_name = "NAME", value_parser = parse_name)]
    name_ar: Option<String>,
    /// The country whose law binds it, or all agencies of a table, such as SA
    #[arg(long, value_name = "COUNTRY", value_parser = parse_country)]
    jurisdiction: Option<String>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    table: TableArguments,
}

#[derive(Args)]
struct TableArguments {
    /// An inventory of accounts (CSV), which becomes one file for each agency
    #[arg(long, value_name = "FILE", help_heading = TABLE)]
    from: Option<PathBuf>,
    /// What a column is, such as 'Acct=handle'; 'Cost=-' leaves a column out; may be repeated
    #[arg(long = "map", value_name = "COLUMN=FIELD", value_parser = parse_mapping, requires = "from", help_heading = TABLE)]
    columns: Vec<Mapping>,
    /// The encoding of the table, such as windows-1256 or utf-16le [default: guessed, and said]
    #[arg(long, value_parser = parse_encoding, requires = "from", help_heading = TABLE)]
    encoding: Option<&'static Encoding>,
    /// What parts the cells of the table; `tab` for a tab [default: guessed, and said]
    #[arg(long, value_name = "CHARACTER", value_parser = parse_delimiter, requires = "from", help_heading = TABLE)]
    delimiter: Option<char>,
    /// Which part of 10/07/2018 comes first [default: such days are left over]
    #[arg(long, value_enum, value_name = "ORDER", requires = "from", help_heading = TABLE)]
    dates: Option<Order>,
    /// Also write what became of the table as JSON to a new file
    #[arg(long, value_name = "FILE", requires = "from", conflicts_with = "dry_run", help_heading = TABLE)]
    report: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Order {
    DayFirst,
    MonthFirst,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Verdict, Error> {
    let import = match &arguments.table.from {
        Some(path) => Some(read_table(path, arguments, terminal.lang)?),
        None => None,
    };
    let about = About {
        id: arguments.id.clone(),
        name_en: arguments.name_en.clone(),
        name_ar: arguments.name_ar.clone(),
        jurisdiction: arguments.jurisdiction.clone(),
        lang: terminal.lang,
    };
    let mut files = start::project(&about, import.is_none());
    files.extend(
        import
            .iter()
            .flat_map(|import| import.agencies.iter().map(|agency| agency.file.clone())),
    );
    files
        .iter()
        .try_for_each(|file| stays_inside(file, arguments))?;
    if let (Some(path), Some(import)) = (&arguments.table.report, &import) {
        write_report(path, import)?;
    }
    let mut placed = Vec::with_capacity(files.len());
    for file in files {
        placed.push(place(file, arguments)?);
    }
    say(&placed, import.as_ref(), arguments, terminal)?;
    let is_kept =
        |placed: &Placed| placed.fate == Fate::Kept && placed.file.path.starts_with("agencies/");
    let is_whole = import
        .as_ref()
        .is_none_or(|import| import.is_whole() && !placed.iter().any(is_kept));
    Ok(if is_whole {
        Verdict::Clean
    } else {
        Verdict::Found
    })
}

fn say(
    placed: &[Placed],
    import: Option<&Import>,
    arguments: &Arguments,
    terminal: &Terminal,
) -> Result<(), Error> {
    let style = terminal.style(Format::Human, Detail::Normal);
    print(|out| {
        if let Some(import) = import {
            output::import(import, &style, out)?;
            writeln!(out)?;
        }
        output::files(placed, &style, out)?;
        for placed in placed {
            let is_table = import.is_some() && placed.file.path.starts_with("agencies/");
            let is_hook = placed.file.path == HOOK_FILE;
            match placed.fate {
                Fate::Planned => {
                    output::shown(&would_hold(placed), &placed.file.text, &style, out)?;
                }
                Fate::Kept if is_table || is_hook => {
                    output::shown(&to_add(placed), &placed.file.text, &style, out)?;
                }
                _ => {}
            }
        }
        if let Some(import) = import {
            writeln!(out)?;
            output::receipt(import, &style, out)?;
        }
        output::next(&commands(arguments, import.is_some()), &style, out)
    })
}

fn would_hold(placed: &Placed) -> Text {
    text!("`{path}` would hold", "سيحوي `{path}`", path = placed.path)
}

fn to_add(placed: &Placed) -> Text {
    text!(
        "to add to `{path}` by hand",
        "مما يُضاف يدويًّا إلى `{path}`",
        path = placed.path,
    )
}

/// The two commands that come next.
fn commands(arguments: &Arguments, is_table: bool) -> Vec<(String, Text)> {
    let folder = quoted(&display_name(&arguments.folder));
    let there = match folder.as_str() {
        "." | "" => String::new(),
        _ => format!("cd {folder} && "),
    };
    let check = text!(
        "what is missing, and why it matters",
        "ما ينقص، وسبب أهميته"
    );
    let hook = text!("check before every commit", "الفحص قبل كل إيداع");
    let again = text!(
        "with your other options: the same, and the files are written",
        "مع خياراتك الأخرى: الأمر نفسه، وتُكتب الملفات"
    );
    let check = (format!("{there}spokeslint check"), check);
    if !arguments.dry_run {
        return vec![check, (format!("{there}pre-commit install"), hook)];
    }
    let from = arguments
        .table
        .from
        .as_deref()
        .map(|path| quoted(&display_name(path)));
    let command = match from.filter(|_| is_table) {
        Some(from) => format!("spokeslint init --from {from} {folder}"),
        None => format!("spokeslint init {folder}"),
    };
    vec![(command, again), check]
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    if path.chars().all(is_plain) {
        return path.to_owned();
    }
    format!("'{}'", path.replace('\'', "'\\''"))
}

fn read_table(path: &Path, arguments: &Arguments, lang: Lang) -> Result<Import, Error> {
    let name = display_name(path);
    let mut bytes = Vec::new();
    read::open(path)?
        .take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|source| Error::Read {
            path: name.clone(),
            source,
        })?;
    let table = &arguments.table;
    let options = Options {
        encoding: table.encoding,
        delimiter: table.delimiter,
        columns: table.columns.clone(),
        first: table.dates.map(|order| match order {
            Order::DayFirst => First::Day,
            Order::MonthFirst => First::Month,
        }),
        agency: fallback(arguments),
        jurisdiction: arguments.jurisdiction.clone(),
        lang,
    };
    import::import(&name, &bytes, &options)
}

/// The agency that the options name.
fn fallback(arguments: &Arguments) -> Option<Fallback> {
    let (en, ar) = (arguments.name_en.clone(), arguments.name_ar.clone());
    let id = arguments.id.clone();
    if id.is_none() && en.is_none() && ar.is_none() {
        return None;
    }
    let id = id.unwrap_or_else(|| "agency-1".to_owned());
    let en = en.or_else(|| ar.is_none().then(|| id.clone()));
    Some(Fallback {
        name: LocalName { en, ar },
        id,
    })
}

/// Checks that a file would be in the folder of the project, which may be a link itself: links below it must not lead
/// out.
fn stays_inside(file: &NewFile, arguments: &Arguments) -> Result<(), Error> {
    let Ok(folder) = arguments.folder.canonicalize() else {
        return Ok(());
    };
    let inside = Confines::only(&folder);
    let parent = Path::new(&file.path).parent().unwrap_or(Path::new(""));
    inside
        .follow(&folder, parent)
        .map(|_| ())
        .map_err(|_| Error::Untouchable {
            path: display_name(&arguments.folder.join(&file.path)),
            reason: text!(
                "a link leads outside the project folder",
                "يشير أحد الروابط إلى خارج مجلد المشروع",
            ),
        })
}

/// Writes a file unless there is one of its name.
fn place(file: NewFile, arguments: &Arguments) -> Result<Placed, Error> {
    let target = arguments.folder.join(&file.path);
    let path = display_name(&target);
    // A link that leads nowhere is there as well.
    let fate = if target.symlink_metadata().is_ok() {
        Fate::Kept
    } else if arguments.dry_run {
        Fate::Planned
    } else {
        let folder = target.parent().map_or(Ok(()), fs::create_dir_all);
        folder.map_err(|source| Error::Update {
            path: path.clone(),
            source,
        })?;
        create(&target, &file.text)?;
        Fate::Written
    };
    Ok(Placed { file, path, fate })
}

fn write_report(path: &Path, import: &Import) -> Result<(), Error> {
    let mut text = Vec::new();
    output::import_json(import, &mut text)?;
    create(path, &String::from_utf8_lossy(&text))
}

fn said(text: &Text) -> String {
    text.plain(Lang::En).into_owned()
}

fn parse_id(id: &str) -> Result<String, String> {
    let is_of_ids = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.chars().all(is_of_ids) && id.len() <= 60 && !id.starts_with('-') && !id.is_empty() {
        return Ok(id.to_owned());
    }
    Err("expected small letters a to z, digits and dashes, such as water-agency".to_owned())
}

fn parse_name(name: &str) -> Result<String, String> {
    if name.trim().is_empty() || name.contains(|c: char| c.is_control() || is_hidden(c)) {
        return Err("expected a name without control characters".to_owned());
    }
    Ok(name.trim().to_owned())
}

fn parse_country(code: &str) -> Result<String, String> {
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Ok(code.to_owned());
    }
    Err("expected two capital letters of ISO 3166-1, such as SA".to_owned())
}

fn parse_mapping(option: &str) -> Result<Mapping, String> {
    Mapping::parse(option).map_err(|reason| said(&reason))
}

fn parse_encoding(label: &str) -> Result<&'static Encoding, String> {
    let known = Encoding::for_label(label.as_bytes());
    known.ok_or_else(|| "expected an encoding such as utf-8, utf-16le or windows-1256".to_owned())
}

fn parse_delimiter(text: &str) -> Result<char, String> {
    let mut characters = text.chars();
    match (text, characters.next(), characters.next()) {
        ("tab" | "\\t", ..) => Ok('\t'),
        (_, Some(character), None) if !matches!(character, '"' | '\r' | '\n') => Ok(character),
        _ => Err("expected one character, or `tab`".to_owned()),
    }
}
