//! `spokeslint schema`: the JSON Schemas, for editors and other tools.

use clap::Args;
use serde_json::Value;
use spokeslint::Error;
use spokeslint::config::ConfigFile;
use spokeslint::output::json;
use spokeslint::pack::{Examples, Framework, PackFile, PositionList, ProfileList, RuleFile};
use spokeslint::schema;
use spokeslint::suppress::baseline::BaselineFile;
use spokeslint::suppress::waiver::WaiversFile;
use spokeslint::text;
use spokeslint::text::nearest;

use super::project::Project;
use super::terminal::print;
use super::{PackArguments, Verdict};

const EXAMPLES: &str = "\
Examples:
  spokeslint schema agency > agency.schema.json
  spokeslint schema Campaign --pack campaigns > campaign.schema.json

Exit codes: 0 printed, 2 there is no such kind of file";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// `agency`, `rule`, `examples`, `pack`, `positions`, `profiles`, `framework`, `config` (the settings
    /// in `spokeslint.yaml`), `waivers`, `baseline` or `report` (what `check --format json` prints); or a kind of documents that a pack of your own defines
    kind: String,
    #[command(flatten)]
    packs: PackArguments,
}

impl Arguments {
    /// Whether the kind needs no pack but those that come with the tool.
    pub(super) fn is_built_in(&self) -> bool {
        KINDS.iter().any(|(known, _)| *known == self.kind)
    }
}

/// A kind of file and what makes its schema.
type FileKind = (&'static str, fn() -> Value);

/// The kinds of files that need no pack of one's own.
const KINDS: [FileKind; 11] = [
    ("agency", schema::agency),
    ("rule", || schema::generate::<RuleFile>("rule")),
    ("examples", || schema::generate::<Examples>("examples")),
    ("pack", || schema::generate::<PackFile>("pack")),
    ("positions", || {
        schema::generate::<PositionList>("positions")
    }),
    ("profiles", || schema::generate::<ProfileList>("profiles")),
    ("framework", || schema::generate::<Framework>("framework")),
    ("config", || schema::generate::<ConfigFile>("config")),
    ("waivers", || schema::generate::<WaiversFile>("waivers")),
    ("baseline", || schema::generate::<BaselineFile>("baseline")),
    ("report", json::schema),
];

pub(super) fn run(arguments: &Arguments, project: &Project) -> Result<Verdict, Error> {
    let schema = schema(&arguments.kind, &arguments.packs, project)?;
    print(|out| json::write(&schema, out))?;
    Ok(Verdict::Clean)
}

fn schema(name: &str, packs: &PackArguments, project: &Project) -> Result<Value, Error> {
    if let Some((_, schema)) = KINDS.iter().find(|(known, _)| *known == name) {
        return Ok(schema());
    }
    let packs = packs.load(project)?;
    if let Some(kind) = packs.kinds.iter().find(|kind| kind.name == name) {
        return Ok(kind.schema.clone());
    }
    let kinds = packs.kinds.iter().map(|kind| kind.name.as_str());
    let known = KINDS.iter().map(|(known, _)| *known).chain(kinds);
    Err(Error::Unknown {
        what: text!("kind of file", "نوع ملفات"),
        name: name.to_owned(),
        suggestion: nearest(name, known).map(str::to_owned),
    })
}
