//! `spokeslint schema`: the JSON Schemas, for editors and other tools.

use clap::{Args, ValueEnum};
use serde_json::Value;
use spokeslint::Error;
use spokeslint::output::json;
use spokeslint::pack::{Examples, FrameworkList, PackFile, PositionList, ProfileList, RuleFile};
use spokeslint::schema;

use super::Verdict;
use super::terminal::print;

const EXAMPLES: &str = "\
Examples:
  spokeslint schema agency > agency.schema.json";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The kind of file
    #[arg(value_enum)]
    kind: Kind,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// An agency: the document that is checked
    Agency,
    /// A rule: the first document of a rule file
    Rule,
    /// A rule's examples: the second document of a rule file
    Examples,
    /// `pack.yaml`
    Pack,
    /// `positions.yaml`
    Positions,
    /// `profiles.yaml`
    Profiles,
    /// `frameworks.yaml`
    Frameworks,
    /// What `check --format json` prints
    Report,
}

pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Error> {
    let schema = arguments.kind.schema();
    print(|out| json::write(&schema, out))?;
    Ok(Verdict::Clean)
}

impl Kind {
    fn schema(self) -> Value {
        match self {
            Self::Agency => schema::agency(),
            Self::Rule => schema::generate::<RuleFile>("rule"),
            Self::Examples => schema::generate::<Examples>("examples"),
            Self::Pack => schema::generate::<PackFile>("pack"),
            Self::Positions => schema::generate::<PositionList>("positions"),
            Self::Profiles => schema::generate::<ProfileList>("profiles"),
            Self::Frameworks => schema::generate::<FrameworkList>("frameworks"),
            Self::Report => json::schema(),
        }
    }
}
