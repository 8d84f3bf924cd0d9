//! The rules that a run knows: which names mean something, which rules are on, and which are final.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Label};
use crate::pack::{Rule, pack_of};
use crate::text;
use crate::text::{Noun, did_you_mean, nearest, nothing_called};

/// What can be wrong with the shape of a document and be set aside: a finding at a place of it.
const SHAPES: [&str; 13] = [
    "schema/date",
    "schema/duration",
    "schema/email",
    "schema/enum",
    "schema/length",
    "schema/missing",
    "schema/pattern",
    "schema/range",
    "schema/secret",
    "schema/type",
    "schema/unique",
    "schema/unknown-key",
    "schema/url",
];

/// What is wrong with a file itself, or with what was to set something aside: it cannot be set aside.
const FIRM: [&str; 8] = [
    "baseline",
    "config",
    "engine",
    "pack",
    "schema",
    "suppression",
    "waiver",
    "yaml",
];

/// The number of unknown names that are reported one by one, with the name that was meant; more are counted.
const TOLD: usize = 100;

/// The names in a file that are no rule's.
#[derive(Debug, Default)]
pub(crate) struct Unknown {
    told: usize,
    more: usize,
    /// The place of the first one that is not reported.
    first: Option<Label>,
}

const MORE: Noun = Noun {
    en: ["more name matches no rule", "more names match no rule"],
    ar: [
        "اسم آخر لا يطابق أي قاعدة",
        "اسمان آخران لا يطابقان أي قاعدة",
        "أسماء أخرى لا تطابق أي قاعدة",
        "اسمًا آخر لا يطابق أي قاعدة",
    ],
};

impl Unknown {
    /// The finding on a name, unless there are many of them already.
    pub(crate) fn tell(
        &mut self,
        found: impl FnOnce() -> Diagnostic,
        place: &Label,
    ) -> Option<Diagnostic> {
        if self.told < TOLD {
            self.told += 1;
            return Some(found());
        }
        self.more += 1;
        self.first.get_or_insert_with(|| place.clone());
        None
    }

    /// The finding on those that were not told, under the same rule.
    pub(crate) fn rest(&mut self, rule: &str) -> Option<Diagnostic> {
        let place = self.first.take()?;
        let help = text!(
            "fix the listed ones and check again",
            "صحّح المذكور منها ثم أعد الفحص",
        );
        let found = Diagnostic::error(rule, MORE.both(self.more));
        Some(found.with_label(place).with_help(help))
    }
}

/// The rules that a run knows.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    known: BTreeSet<String>,
    /// The rules that are on, with the place that says that they are final.
    on: BTreeMap<String, Option<Label>>,
    /// Those that look across documents.
    across: BTreeSet<String>,
}

impl Catalog {
    /// The ids of all rules there are, and the rules that are on.
    pub(crate) fn new<'r>(
        known: impl IntoIterator<Item = String>,
        on: impl IntoIterator<Item = &'r Rule>,
    ) -> Self {
        let mut across = BTreeSet::new();
        let on: BTreeMap<String, Option<Label>> = on
            .into_iter()
            .map(|rule| {
                across.extend(rule.is_across().then(|| rule.id.clone()));
                (rule.id.clone(), rule.finality.clone())
            })
            .collect();
        let mut all: BTreeSet<String> = known.into_iter().collect();
        all.extend(on.keys().cloned());
        all.extend(SHAPES.map(str::to_owned));
        Self {
            known: all,
            on,
            across,
        }
    }

    /// Whether what a rule finds in a document rests on other documents.
    pub(crate) fn is_across(&self, id: &str) -> bool {
        self.across.contains(id)
    }

    /// Whether findings under an id exist and can be set aside.
    pub(crate) fn is_known(&self, id: &str) -> bool {
        self.known.contains(id)
    }

    /// Whether an id is looked for in this run.
    pub(crate) fn is_on(&self, id: &str) -> bool {
        self.on.contains_key(id) || SHAPES.contains(&id)
    }

    /// Where it says that a rule is final.
    pub(crate) fn finality(&self, id: &str) -> Option<&Label> {
        self.on.get(id)?.as_ref()
    }

    /// The finding on a name that is no rule's; what it is called by, and where it stands, is given.
    pub(crate) fn unknown(&self, rule: &str, id: &str, label: Label) -> Diagnostic {
        let is_firm = FIRM.contains(&pack_of(id)) && id.contains('/');
        let known = self.known.iter().map(String::as_str);
        let found = |message| Diagnostic::error(rule, message).with_label(label);
        if is_firm && !id.starts_with("schema/") {
            let message = text!(
                "`{id}` cannot be set aside",
                "لا يجوز استثناء `{id}`",
                id = id,
            );
            let help = text!(
                "mend what it says; rules and what is wrong with the shape of a document can be set aside",
                "أصلح ما يشير إليه؛ فلا يُستثنى إلا ما تجده القواعد وما يخالف شكل المستند",
            );
            return found(message).with_help(help);
        }
        let message = nothing_called(("rule", "قاعدة"), id);
        let is_pack = self.known.iter().any(|known| pack_of(known) == id);
        let help = if is_pack {
            text!(
                "`{pack}` is a whole pack; name its rules one by one, as findings name them",
                "`{pack}` حزمة كاملة؛ فاذكر قواعدها واحدة واحدة كما تسميها المخالفات",
                pack = id,
            )
        } else if let Some(near) = nearest(id, known) {
            did_you_mean(near)
        } else {
            text!(
                "write the id that stands in the finding, such as `team/unsupervised`",
                "اكتب المعرّف كما هو في المخالفة، مثل `team/unsupervised`",
            )
        };
        found(message).with_help(help)
    }

    /// The finding on a rule that is final; what it is called by, and where the rule is named, is given.
    pub(crate) fn firm(&self, rule: &str, id: &str, label: Label) -> Option<Diagnostic> {
        self.finality(id)?;
        let message = text!(
            "`{id}` is final and cannot be set aside",
            "القاعدة `{id}` ملزمة، فلا يجوز استثناء ما تجده",
            id = id,
        );
        let help = text!(
            "mend what it finds, or turn to who keeps the pack",
            "أصلح ما تجده، أو ارجع إلى المسؤول عن الحزمة",
        );
        let found = Diagnostic::error(rule, message);
        Some(self.called_final(found.with_label(label).with_help(help), id))
    }

    /// A finding with the place that says that its rule is final, if one does.
    pub(crate) fn with_finality(&self, found: Diagnostic) -> Diagnostic {
        let id = found.rule.clone();
        self.called_final(found, &id)
    }

    fn called_final(&self, found: Diagnostic, id: &str) -> Diagnostic {
        let said = text!("called final here", "نُصّ هنا على أنها ملزمة");
        match self.finality(id) {
            Some(place) => found.with_label(place.clone().with_text(said)),
            None => found,
        }
    }
}
