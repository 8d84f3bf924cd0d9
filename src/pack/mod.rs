//! Rule packs: files → checked, compiled [`Rule`]s. The built-in packs are embedded; a user's folder of
//! the same layout is loaded the same way.

mod applies;
mod builtin;
mod compile;
mod coverage;
mod demand;
mod examples;
mod files;
mod finals;
mod frameworks;
mod headers;
mod judge;
mod kinds;
mod load;
mod locate;
mod model;
mod mutate;
mod options;
mod parts;
mod period;
mod profiles;
mod rule;
mod schema_file;
mod template;
mod terms;

use std::path::Path;
use std::sync::Arc;

pub use coverage::{Cover, ItemCover, PositionCover};
pub use model::{
    Across, EditFile, Examples, FixFile, Framework, Item, KindFile, OptionType, PackFile, Position,
    PositionList, Profile, ProfileList, RuleFile, Status,
};
pub use period::Period;
pub use rule::{Citation, Rule, RuleFix, RuleOption};
pub use terms::{Term, TermFile};

pub(crate) use applies::Applies;
pub(crate) use examples::{Example, examples};
pub(crate) use load::decode_node;
pub(crate) use locate::inner_span;
pub(crate) use mutate::{Mutant, PackMutant, mutants, pack_mutants};
pub(crate) use period::Standing;
pub(crate) use rule::{Check, FixEdit, Unique, pack_of};

use crate::confines::Confines;
use crate::error::Error;
use crate::schema::Kind;
use crate::source::{Source, display_name};
use crate::text::{Text, isolate};
use files::Folder;
use load::Trust;

/// A pack without its rules, which stand in [`Packs::rules`].
#[derive(Clone, Debug)]
pub struct Pack {
    /// The folder's name.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// What it is about.
    pub about: Text,
    /// The condition that a document must meet for its rules to apply.
    pub applies_when: Option<String>,
    /// The days on which the rules are in force that name none of their own.
    pub effective: Period,
    /// The profiles of the rules that list none of their own.
    pub profiles: Vec<String>,
    /// Its `pack.yaml`.
    pub source: Arc<Source>,
    /// The condition, for each kind of document that its rules speak of.
    pub(crate) applies: Vec<Arc<Applies>>,
    /// What completes the fragments in its examples: keys, each with a value as YAML.
    pub(crate) smallest: Vec<(String, String)>,
}

impl Pack {
    /// The condition for documents of a kind.
    pub(crate) fn applies_to(&self, kind: &str) -> Option<&Arc<Applies>> {
        self.applies.iter().find(|applies| applies.kind == kind)
    }
}

/// All packs that are loaded.
#[derive(Clone, Debug)]
pub struct Packs {
    /// The packs, sorted by id.
    pub packs: Vec<Pack>,
    /// Their rules, sorted by id.
    pub rules: Vec<Rule>,
    /// The profiles that rules may belong to.
    pub profiles: Vec<Profile>,
    /// The positions of the debate.
    pub positions: Vec<Position>,
    /// The frameworks that rules cite.
    pub frameworks: Vec<Framework>,
    /// The kinds of documents that the rules speak of, `Agency` first.
    pub kinds: Vec<Arc<Kind>>,
    /// The word lists, in the order in which they were loaded.
    pub terms: Vec<Term>,
    /// The ids of the rules that were not loaded, because they are off.
    pub(crate) left_out: Vec<String>,
}

impl Packs {
    /// The ids of all rules there are, those that were not loaded included.
    pub(crate) fn rule_ids(&self) -> impl Iterator<Item = &str> {
        let loaded = self.rules.iter().map(|rule| rule.id.as_str());
        loaded.chain(self.left_out.iter().map(String::as_str))
    }

    /// Adds what others hold and these do not, for what is said of rules.
    pub(crate) fn join(&mut self, others: &Self) {
        fn add<T: Clone, K: PartialEq + ?Sized>(
            own: &mut Vec<T>,
            more: &[T],
            key: impl Fn(&T) -> &K,
        ) {
            for one in more {
                if !own.iter().any(|known| key(known) == key(one)) {
                    own.push(one.clone());
                }
            }
        }
        add(&mut self.packs, &others.packs, |pack| pack.id.as_str());
        add(&mut self.rules, &others.rules, |rule| rule.id.as_str());
        add(&mut self.profiles, &others.profiles, |one| one.id.as_str());
        add(&mut self.positions, &others.positions, |one| {
            one.id.as_str()
        });
        add(&mut self.frameworks, &others.frameworks, |one| &**one.id);
        self.packs.sort_by(|a, b| a.id.cmp(&b.id));
        self.rules.sort_by(|a, b| a.id.cmp(&b.id));
    }

    /// No packs: for loading a folder alone.
    pub fn empty() -> Self {
        Self::with_kind(Kind::agency())
    }

    fn with_kind(kind: Kind) -> Self {
        Self {
            packs: Vec::new(),
            rules: Vec::new(),
            profiles: Vec::new(),
            positions: Vec::new(),
            frameworks: Vec::new(),
            kinds: vec![Arc::new(kind)],
            terms: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// Adds a user's packs: a folder that holds `pack.yaml`, or a folder of such folders.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] for a folder or file that cannot be read, [`Error::NothingFound`] for a folder
    /// without a pack, [`Error::Packs`] with every mistake in the pack's files, and for a link that leads out of
    /// the folder and its repository.
    pub fn load(&mut self, folder: &Path) -> Result<(), Error> {
        self.load_within(folder, &Confines::default())
    }

    /// The same, where links may lead anywhere within these confines as well.
    ///
    /// # Errors
    ///
    /// As [`Packs::load`].
    pub fn load_within(&mut self, folder: &Path, confines: &Confines) -> Result<(), Error> {
        let read = Folder::open(folder, confines)?;
        let files = read.files()?;
        if !files.iter().any(|(path, _)| path.ends_with("pack.yaml")) {
            let name = isolate(&display_name(folder));
            return Err(Error::NothingFound(Text::new(
                format!("{name}: it has no `pack.yaml`"),
                format!("{name}: لا يحتوي على `pack.yaml`"),
            )));
        }
        let open = |path: &str| read.read(path);
        load::load(
            self,
            parts::recognized(load::read(files)),
            &open,
            Trust::None,
        )
        .map_err(Error::Packs)
    }
}
