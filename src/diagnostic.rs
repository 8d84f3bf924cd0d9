//! A finding, as plain data: what is wrong, where, why, and what to do.
//!
//! No type of a renderer appears here; `output` turns diagnostics into text.

use std::sync::Arc;

use crate::date::Date;
use crate::source::{Position, Source, Span};
use crate::text;
use crate::text::Text;

/// How much a finding weighs. The order is from light to heavy.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Should be mended.
    Warning,
    /// Must be mended.
    Error,
}

impl Severity {
    /// The word for it in English, as it is written in files and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place in a source, with a few words on what stands there.
#[derive(Clone, Debug)]
pub struct Label {
    /// The file that the span belongs to.
    pub source: Arc<Source>,
    /// The bytes that are underlined.
    pub span: Span,
    /// What stands there; without it the place is underlined only.
    pub text: Option<Text>,
}

impl Label {
    /// A label without words.
    pub fn new(source: &Arc<Source>, span: Span) -> Self {
        Self {
            source: Arc::clone(source),
            span,
            text: None,
        }
    }

    /// The same label with words.
    #[must_use]
    pub fn with_text(mut self, text: Text) -> Self {
        self.text = Some(text);
        self
    }

    /// The line and column where it begins.
    pub fn position(&self) -> Position {
        self.source.position(self.span.start)
    }
}

/// Who argued for and against a rule: ids of positions, as `rules/positions.yaml` lists them.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Positions {
    /// Positions that hold what the rule demands.
    #[serde(default, rename = "for")]
    pub in_favour: Vec<String>,
    /// Positions that hold the contrary.
    #[serde(default)]
    pub against: Vec<String>,
}

/// Whether a fix may change what a document means.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// It says the same thing better, or says what is certain: applied by `--fix`.
    Safe,
    /// It decides something that a person should look at: applied by `--unsafe-fixes` only.
    Unsafe,
}

/// A piece of a file, replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub span: Span,
    /// The text that comes in their place.
    pub replacement: String,
}

/// A step on the way from the top of a document to a value in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// To the value under a key of a mapping.
    Key(String),
    /// To an item of a list, counted from 0.
    Item(usize),
}

/// A value that a fix writes.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// A day or a length of time, which stand without quotes.
    Plain(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
}

/// What a fix does to the value at a path.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Another value stands there; the last step may be a key that the mapping does not have yet.
    Set(Literal),
    /// It goes, with its key or out of its list.
    Remove,
    /// A list has more items.
    Append(Vec<Literal>),
    /// It stands under another key.
    Rename(String),
}

/// What a fix does to the tree of a document, so that nothing else can happen to it unseen.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The number of the document in its file, from 0.
    pub document: u32,
    /// Where.
    pub path: Vec<Step>,
    /// What.
    pub action: Action,
}

/// A way to mend what a finding says. All its edits are made, or none.
#[derive(Clone, Debug)]
pub struct Fix {
    /// What is done, in the imperative.
    pub title: Text,
    /// Whether a person should look at it first.
    pub safety: Safety,
    /// The file that is changed: that of the finding's primary label.
    pub source: Arc<Source>,
    /// The edits, in order; they do not overlap.
    pub edits: Vec<Edit>,
    /// What the edits mean.
    pub changes: Vec<Change>,
}

/// What a finding is known by in another run. It holds no line and no name of a file, so that neither
/// moving things about nor renaming files changes it. Of a finding that several elements decided, one that fewer
/// of them decide is what mending leaves of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The document: its kind and its id, such as `Agency/water`.
    pub document: String,
    /// The place in it for people, elements of lists by what they are called: `accounts[own].uses`.
    pub path: String,
    /// A digest of what the rule was asked of and, unless elements decided, of the place and what stands
    /// there, in hexadecimal digits.
    pub digest: String,
    /// A digest of each element that decided, sorted; none where the rule goes through no list.
    pub elements: Vec<String>,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule's id (`personal-account/answers-the-public`), or `yaml/…`, `schema/…`, `pack/…`,
    /// `expr/…` for what is wrong with a file itself.
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: Text,
    /// Where; the first label is the primary one. Never empty for a finding in a file.
    pub labels: Vec<Label>,
    /// Why it matters.
    pub why: Option<Text>,
    /// What to do next.
    pub help: Option<Text>,
    /// Who argued for and against.
    pub positions: Positions,
    /// The first day on which the rule is in force, where that is still to come.
    pub in_force_from: Option<Date>,
    /// How the finding can be mended without a person's thought.
    pub fix: Option<Box<Fix>>,
    /// What the finding is known by in another run; none for a file that does not parse.
    pub key: Option<Box<Key>>,
    /// The rules that it keeps from a verdict. As long as there are any, it cannot be set aside.
    pub stops: Vec<Arc<str>>,
}

impl Diagnostic {
    /// A finding of severity error, without labels yet.
    pub fn error(rule: impl Into<String>, message: Text) -> Self {
        Self {
            rule: rule.into(),
            severity: Severity::Error,
            message,
            labels: Vec::new(),
            why: None,
            help: None,
            positions: Positions::default(),
            in_force_from: None,
            fix: None,
            key: None,
            stops: Vec::new(),
        }
    }

    /// The same finding with another severity.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same finding with one label more; the first one added is the primary one.
    #[must_use]
    pub fn with_label(mut self, label: Label) -> Self {
        self.labels.push(label);
        self
    }

    /// The same finding with advice on what to do.
    #[must_use]
    pub fn with_help(mut self, help: Text) -> Self {
        self.help = Some(help);
        self
    }

    /// Since when the rule is in force, where that is still to come.
    pub(crate) fn announcement(&self) -> Option<Text> {
        let from = self.in_force_from?;
        Some(text!(
            "from {from} on; until then a warning at most",
            "ابتداءً من {from}، وقبل ذلك تحذير على الأكثر",
            from = from,
        ))
    }

    /// What findings are sorted by: file, place, rule, and the words for findings that share all of these.
    pub fn sort_key(&self) -> (&str, Span, &str, &str) {
        let (name, span) = self.labels.first().map_or(("", Span::default()), |label| {
            (label.source.name(), label.span)
        });
        (name, span, &self.rule, &self.message.en)
    }
}
