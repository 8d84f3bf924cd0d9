//! Holds documents against rules. Everything that wants a verdict calls the same [`Engine`].

mod again;
mod chapter;
mod check;
mod contradictions;
mod controls;
mod datum;
mod effective;
mod evaluate;
mod examples;
mod facts;
mod faults;
mod finding;
mod identity;
mod key;
mod marks;
mod mend;
mod mending;
mod mutants;
mod numbers;
mod report;
mod run;
mod settings;
mod stopped;
mod trace;
mod tuning;
mod twins;
mod workspace;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

pub use again::Ready;
pub use datum::Datum;
pub use effective::{Effective, EffectiveOption, Reason};
pub use evaluate::{Answer, Bindings, Evaluator, Expression, Reply};
pub use examples::{ExampleReport, check_examples, failing_example};
pub use facts::Facts;
pub use finding::MOST as MOST_FINDINGS;
pub use identity::Recognizer;
pub use marks::{Change, Remarked, move_marks};
pub use mutants::{MutationReport, check_mutants};
pub use numbers::Numbers;
pub use report::{Means, Report, Share, Suppressed, Tally};
pub use settings::{DEFAULT_PROFILE, Settings};
pub use stopped::Unjudged;
pub use trace::{Candidate, Condition, OnDocument, Outcome, PassedOver, Trace, trace};
pub use workspace::{Part, Reopen, check_across};

pub use crate::schema::API_VERSION;

use crate::config::Scopes;
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::expr::WordList;
use crate::pack::{Packs, Rule};
use crate::schema::Kind;
use crate::suppress::{Catalog, Horizon};
use chapter::Chapter;
use contradictions::contradictions;
use numbers::number;
use tuning::Tuned;

/// Rules, ready to run. Sharing one between threads is fine: checking changes nothing in it.
#[derive(Debug)]
pub struct Engine {
    /// The kinds of documents that are known.
    kinds: Vec<Arc<Kind>>,
    recognizer: Recognizer,
    /// The rules that are on for each of them.
    chapters: Vec<Chapter>,
    /// The places of the rules that look across documents, by their numbers: kind and place.
    across: BTreeMap<u32, (usize, usize)>,
    rule_count: usize,
    /// The word lists that the rules read.
    terms: Arc<[WordList]>,
    /// The files for which some rules are set otherwise.
    scopes: Scopes,
    as_of: Date,
    horizon: Horizon,
    /// The ids of all rules there are, those included that are off.
    known: Vec<String>,
    catalog: OnceLock<Arc<Catalog>>,
}

impl Engine {
    /// Takes the rules that the settings choose. What is silent on the day is decided here, once.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] for a profile, rule or pack that does not exist, [`Error::Contradiction`] for
    /// rules that demand the opposite of each other.
    pub fn new(packs: &Packs, settings: &Settings) -> Result<Self, Error> {
        let tuned = settings.choose(packs)?;
        let pairs = contradictions(&tuned, settings.scopes.count());
        if !pairs.is_empty() {
            return Err(Error::Contradiction(pairs));
        }
        let mut engine = Self::with_tuned(packs, tuned, settings.as_of);
        engine.scopes = settings.scopes.clone();
        engine.horizon = settings.horizon;
        Ok(engine)
    }

    fn with_rules(packs: &Packs, rules: Vec<Rule>, as_of: Date) -> Self {
        let tuned = rules.into_iter().map(|rule| Tuned::new(rule, true));
        Self::with_tuned(packs, tuned.collect(), as_of)
    }

    fn with_tuned(packs: &Packs, rules: Vec<Tuned>, as_of: Date) -> Self {
        let rule_count = rules.len();
        let mut kinds = packs.kinds.clone();
        let mut chapters: Vec<Chapter> = kinds.iter().map(|_| Chapter::default()).collect();
        for tuned in rules {
            let kind = &tuned.rule.kind;
            let known = kinds.iter().position(|known| known.name == kind.name);
            // A rule may come from elsewhere than these packs.
            let place = known.unwrap_or_else(|| {
                kinds.push(Arc::clone(kind));
                chapters.push(Chapter::default());
                kinds.len() - 1
            });
            chapters[place].add(tuned, as_of);
        }
        let across = number(&mut chapters, &mut Numbers::default());
        Self {
            recognizer: Recognizer::new(&kinds),
            kinds,
            chapters,
            across,
            rule_count,
            terms: packs.word_lists(),
            scopes: Scopes::default(),
            as_of,
            horizon: Horizon::default(),
            known: packs.rule_ids().map(str::to_owned).collect(),
            catalog: OnceLock::new(),
        }
    }

    /// The day of the run.
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// For how long findings may be set aside.
    pub fn horizon(&self) -> Horizon {
        self.horizon
    }

    /// The rules that the engine knows. Few runs ask for them.
    pub fn catalog(&self) -> Arc<Catalog> {
        let catalog = self.catalog.get_or_init(|| {
            let entries = self.chapters.iter().flat_map(|chapter| &chapter.entries);
            let on = entries.map(|entry| &entry.tuned.rule);
            Arc::new(Catalog::new(self.known.iter().cloned(), on))
        });
        Arc::clone(catalog)
    }

    /// How many rules are on.
    pub fn rule_count(&self) -> usize {
        self.rule_count
    }

    /// Gives the rules that look across documents the numbers that they have in a run with several engines.
    pub fn number(&mut self, numbers: &mut Numbers) {
        self.across = number(&mut self.chapters, numbers);
    }

    /// The rules that are final and not silent on the day, each with the kind of documents that it speaks of.
    pub fn finals(&self) -> impl Iterator<Item = (&str, &Rule)> {
        let chapters = self.kinds.iter().zip(&self.chapters);
        let rules = chapters.flat_map(|(kind, chapter)| {
            let entries = chapter.entries.iter();
            entries.map(|entry| (kind.name.as_str(), &entry.tuned.rule))
        });
        rules.filter(|(_, rule)| rule.finality.is_some())
    }

    /// Whether a finding makes a check fail that is to fail on findings of this severity. What is final may not
    /// be let through by asking for heavier ones: a warning is enough there.
    pub fn fails(&self, found: &Diagnostic, fail_on: Severity) -> bool {
        found.severity >= fail_on
            || (found.severity >= Severity::Warning
                && self.catalog().finality(&found.rule).is_some())
    }
}
