//! A rule, checked and compiled, with the words that explain it.

use std::sync::{Arc, OnceLock};

use crate::diagnostic::{Label, Positions, Safety, Severity};
use crate::expr::{Constant, Program, Target};
use crate::pack::applies::Applies;
use crate::pack::compile::late_fix;
use crate::pack::model::OptionType;
use crate::pack::period::Period;
use crate::pack::template::Template;
use crate::schema::Kind;
use crate::source::Source;
use crate::text::Text;

/// A rule that has been loaded. It cannot fail to evaluate on a document that its schema allows.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `<pack>/<rule>`, naming the fault.
    pub id: String,
    /// How much a finding weighs.
    pub severity: Severity,
    /// The kind of document that it speaks of.
    pub kind: Arc<Kind>,
    /// The profiles that it belongs to, its own or its pack's; [`crate::pack::Packs::profiles_of`] adds those
    /// that include them.
    pub profiles: Vec<String>,
    /// The days on which it is in force.
    pub effective: Period,
    /// Where a pack says that the rule is final: that nothing may lower it.
    pub finality: Option<Label>,
    /// The ids of rules that demand the opposite; each of them contradicts this one as well.
    pub contradicts: Vec<String>,
    /// The fault, in one line.
    pub summary: Text,
    /// Why it matters.
    pub why: Text,
    /// Who argued for and against.
    pub positions: Positions,
    /// The framework items that it rests on.
    pub citations: Vec<Citation>,
    /// What it says, with its placeholders.
    pub message_text: Text,
    /// What it advises, with its placeholders.
    pub help_text: Option<Text>,
    /// What a user may set.
    pub options: Vec<RuleOption>,
    /// The names of the word lists that it reads.
    pub terms: Vec<String>,
    /// The file that it was read from; its second document holds the examples.
    pub source: Arc<Source>,
    /// What its pack demands of a document before it applies.
    pub(crate) applies: Option<Arc<Applies>>,
    pub(crate) each: Vec<Clause>,
    pub(crate) when: Option<(String, Program)>,
    pub(crate) check: Check,
    pub(crate) point: Option<(String, Program)>,
    pub(crate) message: Template,
    pub(crate) help: Option<Template>,
    pub(crate) fix: Option<LateFix>,
}

/// How the findings of a rule can be mended.
#[derive(Debug)]
pub struct RuleFix {
    /// What is done, with its placeholders.
    pub title_text: Text,
    /// Whether a person should look at it first.
    pub safety: Safety,
    pub(crate) title: Template,
    pub(crate) when: Option<Program>,
    pub(crate) edits: Vec<FixEdit>,
}

/// One change that a fix makes.
#[derive(Debug)]
pub(crate) enum FixEdit {
    Set(Target, Program),
    Remove(Target),
    RemoveItems(Target, Program),
    Append(Target, Program),
    Rename(Target, Box<str>),
}

/// A fix that is compiled when the rule finds something for the first time: of most rules it never is.
#[derive(Debug, Clone)]
pub(crate) struct LateFix {
    /// The names of the word lists, which its expressions may read.
    pub(crate) terms: Arc<[Box<str>]>,
    /// The fix; nothing if it is not sound, which only the fix of a trusted rule can turn out to be.
    pub(crate) compiled: Arc<OnceLock<Option<RuleFix>>>,
}

/// An item of a framework.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Citation {
    /// The framework's id.
    pub framework: String,
    /// The item's number or name.
    pub item: String,
}

/// What a user may set for a rule.
#[derive(Clone, Debug)]
pub struct RuleOption {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: OptionType,
    /// Its value unless set otherwise, as it is written.
    pub written: String,
    /// What it is for.
    pub about: Text,
    pub(crate) default: Constant,
}

/// `variable in list`.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    pub(crate) text: String,
    pub(crate) range: Program,
}

/// What is demanded of what a rule looks at, with its text.
#[derive(Clone, Debug)]
pub(crate) enum Check {
    /// A condition that must hold.
    Assert(String, Program),
    /// A value that no two may share.
    Unique(Box<Unique>),
}

/// A value that no two may share, with its text.
#[derive(Clone, Debug)]
pub(crate) struct Unique {
    pub(crate) text: String,
    pub(crate) key: Program,
    /// A value that is equal for entries of one and the same thing, which may share.
    pub(crate) same: Option<(String, Program)>,
    /// Whether the twin may stand in any document of the run.
    pub(crate) across: bool,
}

/// The pack of the rule with an id.
pub(crate) fn pack_of(id: &str) -> &str {
    id.split_once('/').map_or(id, |(pack, _)| pack)
}

impl Rule {
    /// The pack that the rule belongs to.
    pub fn pack(&self) -> &str {
        pack_of(&self.id)
    }

    /// The clauses of `each`, as they are written.
    pub fn each(&self) -> impl Iterator<Item = &str> {
        self.each.iter().map(|clause| clause.text.as_str())
    }

    /// The condition under which its pack applies to a document.
    pub fn applies_when(&self) -> Option<&str> {
        self.applies.as_ref().map(|applies| applies.text.as_str())
    }

    /// The text of `when`.
    pub fn when(&self) -> Option<&str> {
        self.when.as_ref().map(|(text, _)| text.as_str())
    }

    /// The check, as the key it stands under (`assert` or `unique`) and its text.
    pub fn check(&self) -> (&'static str, &str) {
        match &self.check {
            Check::Assert(text, _) => ("assert", text),
            Check::Unique(unique) => ("unique", &unique.text),
        }
    }

    /// The text of `same`.
    pub fn same(&self) -> Option<&str> {
        let (text, _) = self.unique()?.same.as_ref()?;
        Some(text)
    }

    /// Whether twins are looked for among all documents of the run.
    pub fn is_across(&self) -> bool {
        self.unique().is_some_and(|unique| unique.across)
    }

    /// How its findings can be mended.
    pub fn fix(&self) -> Option<&RuleFix> {
        let fix = self.fix.as_ref()?;
        let compiled = fix.compiled.get_or_init(|| late_fix(self, &fix.terms));
        compiled.as_ref()
    }

    pub(crate) fn unique(&self) -> Option<&Unique> {
        match &self.check {
            Check::Unique(unique) => Some(unique),
            Check::Assert(..) => None,
        }
    }
}
