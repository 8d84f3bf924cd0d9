//! The files of a pack as they are written: one rule a file, and what stands beside the rules.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::date::Date;
use crate::diagnostic::{Safety, Severity};
use crate::pack::terms::TermFile;
use crate::text::Text;
use crate::yaml::Spanned;

/// A rule, as `rules/<pack>/<rule>.yaml` holds it in its first YAML document. The second document holds
/// the rule's [`Examples`].
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Rule")]
pub struct RuleFile {
    /// How much a finding weighs.
    pub severity: Severity,
    /// The profiles that the rule belongs to, without those that include them; where it lists none, those of
    /// its pack. A rule without any is on whenever its pack is loaded.
    #[serde(default)]
    pub profiles: Vec<Spanned<String>>,
    /// The days on which the rule is in force; without it, those of its pack.
    pub effective: Option<PeriodFile>,
    /// Rules that demand the opposite, by their ids, so that they cannot be on together with this one.
    #[serde(default)]
    pub contradicts: Vec<Spanned<String>>,
    /// The fault, in one line.
    pub summary: Text,
    /// Why it matters.
    pub why: Text,
    /// What to do about it; may hold placeholders such as `{account.handle}`.
    pub help: Option<TemplateFile>,
    /// Who argued for and against the rule.
    #[serde(default)]
    pub positions: PositionsFile,
    /// The framework items that the rule rests on.
    #[serde(default)]
    pub sources: Vec<CitationFile>,
    /// The kind of document that the rule speaks of, `Agency` unless a pack defines others.
    pub kind: Option<Spanned<String>>,
    /// What the rule looks at, one by one: `account in agency.accounts`, or a list of such clauses, each
    /// of which may use the variables before it. Without it the rule looks at the document once.
    #[schemars(with = "Option<Clauses>")]
    pub each: Option<Spanned<IgnoredAny>>,
    /// A condition that must hold for the rule to apply.
    pub when: Option<Spanned<String>>,
    /// A condition that must hold where the rule applies.
    pub assert: Option<Spanned<String>>,
    /// A value that no two of the things looked at may share.
    pub unique: Option<Spanned<String>>,
    /// Beside `unique`: a value that is equal for entries of one and the same thing, which may share.
    pub same: Option<Spanned<String>>,
    /// Beside `unique`: where twins are looked for, if not within each document by itself.
    #[schemars(with = "Option<Across>")]
    pub across: Option<Spanned<Across>>,
    /// What a finding says; holds placeholders such as `{account.handle}`.
    pub message: TemplateFile,
    /// What a finding points at; without it, what made `assert` false.
    pub point: Option<Spanned<String>>,
    /// How the fault can be mended without a person's thought.
    #[schemars(with = "Option<FixFile>")]
    pub fix: Option<Spanned<IgnoredAny>>,
    /// Numbers and words that a user may set, read as `options.<name>`.
    #[serde(default)]
    pub options: BTreeMap<String, OptionFile>,
}

/// A way to mend what a rule finds. Its expressions know what `each` and `when` say, and that `assert` does
/// not hold.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FixFile {
    /// What is done, in the imperative; may hold placeholders.
    pub title: TemplateFile,
    /// `safe` if it says what is certain, so that nobody has to look at it; `unsafe` if it decides something.
    pub safety: Safety,
    /// A condition without which there is no fix.
    pub when: Option<Spanned<String>>,
    /// What is changed; all of it, or nothing.
    #[schemars(with = "Vec<EditFile>", length(min = 1))]
    pub edits: Vec<Spanned<EditFile>>,
}

/// One change: `set` with `to`, `remove` with or without `items`, `append` with `items`, or `rename` with `to`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditFile {
    /// The field that gets another value, or a value if it has none, such as `account.kind`.
    pub set: Option<Spanned<String>>,
    /// The field that goes, or a variable of `each` whose element goes; with `items`, the list that loses them.
    pub remove: Option<Spanned<String>>,
    /// The list that gets more items, or the field that becomes a list of them.
    pub append: Option<Spanned<String>>,
    /// The field that gets another name.
    pub rename: Option<Spanned<String>>,
    /// Beside `set`: the value, an expression such as `'"role"'`. Beside `rename`: the new name.
    pub to: Option<Spanned<String>>,
    /// Beside `remove` and `append`: an expression for one item or for a list of them.
    pub items: Option<Spanned<String>>,
}

/// Where twins are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Across {
    /// Among all the documents that are checked together.
    Documents,
}

/// One clause, or several.
#[derive(Debug, JsonSchema)]
#[serde(untagged)]
#[expect(
    dead_code,
    reason = "only its schema is used; the clauses are read from the tree, with spans"
)]
enum Clauses {
    /// One clause.
    One(String),
    /// Several, the outer ones first.
    Several(Vec<String>),
}

/// A message in both languages, with placeholders.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplateFile {
    /// The English words.
    pub en: Spanned<String>,
    /// The Arabic words.
    pub ar: Spanned<String>,
}

/// Ids of positions.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PositionsFile {
    /// Positions that hold what the rule demands.
    #[serde(default, rename = "for")]
    pub in_favour: Vec<Spanned<String>>,
    /// Positions that hold the contrary.
    #[serde(default)]
    pub against: Vec<Spanned<String>>,
}

/// An item of a framework.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CitationFile {
    /// The framework's id, which is the name of its file in `frameworks`.
    pub framework: Spanned<String>,
    /// The item, as the framework's `items` list it.
    pub item: Spanned<String>,
}

/// The days on which a rule is in force; the first and the last one count.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodFile {
    /// The day from which it was known; before it the rule is silent. Without it, the rule warns on every
    /// day before `from`.
    pub announced: Option<Spanned<Date>>,
    /// The first day; before it, a finding is a warning at most and names this day.
    pub from: Option<Spanned<Date>>,
    /// The last day; after it the rule is silent.
    pub until: Option<Spanned<Date>>,
}

/// The type of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OptionType {
    /// `true` or `false`.
    Bool,
    /// An integer.
    Int,
    /// Text.
    String,
    /// A length of time such as `7d`.
    Duration,
    /// A list of texts.
    List,
}

/// An option of a rule.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionFile {
    /// Its type.
    #[serde(rename = "type")]
    pub kind: OptionType,
    /// Its value unless a user sets another.
    #[schemars(with = "serde_json::Value")]
    pub default: Spanned<serde_json::Value>,
    /// What it is for.
    pub about: Text,
}

/// The second document of a rule file.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Examples")]
pub struct Examples {
    /// At least one example that fails and one that passes.
    pub examples: Vec<ExampleFile>,
}

/// A fragment of a document, completed to a whole one before it is checked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExampleFile {
    /// A fragment in which the rule finds a fault on each line that ends in `# finding`.
    pub fails: Option<Spanned<String>>,
    /// A fragment in which the rule finds nothing.
    pub passes: Option<Spanned<String>>,
    /// Beside `fails`: the fragment as the rule's fix leaves it.
    pub fixed: Option<Spanned<String>>,
    /// The day on which the example is checked. Unless it says otherwise, that is 2026-01-01, or the day
    /// nearest to it on which the rule is in force.
    pub as_of: Option<Spanned<String>>,
}

/// `pack.yaml`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Pack")]
pub struct PackFile {
    /// What the pack is called.
    pub title: Text,
    /// What it is about.
    pub about: Text,
    /// A condition that a document must meet for the pack's rules to apply to it.
    pub applies_when: Option<Spanned<String>>,
    /// The days on which the rules are in force that name none of their own.
    pub effective: Option<PeriodFile>,
    /// The profiles of the rules that list none of their own.
    #[serde(default)]
    pub profiles: Vec<Spanned<String>>,
    /// What completes the fragments in the examples of the pack, besides what every document has.
    #[schemars(with = "Option<serde_json::Map<String, serde_json::Value>>")]
    pub smallest: Option<Spanned<serde_json::Map<String, serde_json::Value>>>,
    /// Kinds of documents that the pack's rules speak of, by the names that documents give as `kind`.
    #[serde(default)]
    pub kinds: BTreeMap<String, KindFile>,
    /// Rules, or packs for all of their rules, that nothing may lower where this pack is loaded: they are on,
    /// and no settings, comment, waiver or baseline makes less of them.
    #[serde(default, rename = "final")]
    pub finals: Vec<Spanned<String>>,
    /// Word lists, by the names under which expressions read them: `terms.<name>`.
    #[serde(default)]
    pub terms: BTreeMap<String, TermFile>,
}

/// A kind of document.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KindFile {
    /// What such a document is for.
    pub about: Text,
    /// The file with the JSON Schema of such documents, in the pack's folder; JSON or YAML.
    pub schema: Spanned<String>,
    /// What rules call the document; without it, the name of the kind with a small first letter.
    pub variable: Option<Spanned<String>>,
    /// The smallest document, which completes the fragments in examples; `apiVersion` and `kind` are
    /// added to it.
    #[schemars(with = "Option<serde_json::Map<String, serde_json::Value>>")]
    pub smallest: Option<Spanned<serde_json::Map<String, serde_json::Value>>>,
}

/// A framework that rules cite: `frameworks/<id>.yaml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Framework")]
pub struct Framework {
    /// The id by which rules cite it, which is the name of its file.
    pub id: Spanned<String>,
    /// Its title.
    pub title: Text,
    /// Who published it.
    pub publisher: Text,
    /// When, as precisely as it is known.
    pub date: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// How sure the project is of what it says.
    pub status: Status,
    /// Where it was read.
    pub url: Option<String>,
    /// What it demands, item by item, as far as the project knows it.
    pub items: Vec<Item>,
}

/// An item of a framework.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its number; a short name where the framework gives it none.
    pub item: Spanned<String>,
    /// What it demands, paraphrased.
    pub text: Text,
    /// Why no rule rests on it; only where none does.
    pub none: Option<Text>,
    /// How sure the project is of it, where that differs from the framework.
    pub status: Option<Status>,
}

/// How sure the project is of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Read in the framework itself or its publisher's page.
    Confirmed,
    /// Known from newspapers or copies.
    Unconfirmed,
    /// No longer in force.
    Superseded,
}

/// `positions.yaml`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Positions")]
pub struct PositionList {
    /// The positions.
    pub positions: Vec<Position>,
}

/// What somebody argued in the debate, cited by office.
#[derive(Clone, Debug, Deserialize, serde::Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// The id by which rules cite it.
    pub id: String,
    /// The office that argued it.
    pub office: Text,
    /// What it holds, in one line.
    pub stance: Text,
    /// The argument, paraphrased.
    pub argument: Text,
    /// Why no rule is for or against it; only where none is.
    pub none: Option<Text>,
}

/// `profiles.yaml`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Profiles")]
pub struct ProfileList {
    /// The profiles.
    pub profiles: Vec<Profile>,
}

/// A choice of rules; each rule says which profiles it belongs to.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The name given to `--profile`.
    pub id: String,
    /// Profiles all of whose rules belong to this one as well.
    #[serde(default)]
    pub includes: Vec<Spanned<String>>,
    /// What it is called.
    pub title: Text,
    /// What it stands for.
    pub about: Text,
}
