//! A project's own settings, `spokeslint.yaml`, and those that it builds on: read from the tree, so that each
//! mistake is told where it stands. What the command line says instead is settled by `cli`.

mod access;
mod apply;
mod chain;
mod choice;
mod exclusion;
mod file;
mod finals;
mod finder;
mod horizon;
mod names;
mod scopes;
mod stack;

use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

pub use access::{Access, project};
pub use choice::Choice;
pub use exclusion::Exclusion;
pub use file::{ConfigFile, HorizonFile, Level};
pub use finals::Finals;
pub use finder::{Files, Finder, Lookup};
pub(crate) use scopes::plain;
pub use scopes::{Ground, Scope, Scopes};
pub use stack::Stack;

use crate::confines::Confines;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::error::Error;
use crate::schema::too_many;
use crate::source::{Source, display_name};
use crate::suppress::{Horizon, baseline};
use crate::text::{Lang, Text};
use crate::yaml::{Document, NodeId, Spanned, limits};
use chain::Chain;
use exclusion::Patterns;

/// What the file is called that is looked for.
pub const FILE_NAME: &str = "spokeslint.yaml";

/// The name under `extends` that stands for no rules.
const NONE: &str = "none";

/// A name or a path in the settings, and where it stands.
#[derive(Clone, Debug)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Where it stands.
    pub place: Label,
}

/// A folder with packs that the settings name.
#[derive(Clone, Debug)]
struct PackFolder {
    /// As it is written.
    named: Named,
    /// The folder of the file that names it.
    from: PathBuf,
    /// The name of that file in findings.
    layer: String,
}

impl PackFolder {
    fn path(&self) -> PathBuf {
        joined(&self.from, &self.named.name)
    }
}

/// A path from a folder, without the `.` that it may be written with, and without a step into a folder and out again
/// where no link makes that lead elsewhere.
fn joined(folder: &Path, path: &str) -> PathBuf {
    let whole: PathBuf = folder.join(path).components().collect();
    let mut short = PathBuf::new();
    for step in whole.components() {
        let last = short.components().next_back();
        match (step, last) {
            (Component::ParentDir, Some(Component::Normal(_))) => {
                short.pop();
            }
            _ => short.push(step),
        }
    }
    let real = |path: &Path| Path::new(".").join(path).canonicalize().ok();
    if short != whole && real(&short).is_some() && real(&short) == real(&whole) {
        short
    } else {
        whole
    }
}

/// One file of settings.
#[derive(Debug)]
struct Layer {
    file: ConfigFile,
    /// None for a file that holds nothing.
    document: Option<Document>,
    /// What findings call it.
    name: String,
}

impl Layer {
    fn label(&self, node: NodeId) -> Option<Label> {
        let document = self.document.as_ref()?;
        Some(Label::new(document.source(), document.span(node)))
    }

    /// The names of the word lists that it adds to, each with its place.
    fn terms(&self) -> impl Iterator<Item = (&str, Option<Label>)> {
        let document = self.document.as_ref();
        let lists = document.and_then(|document| document.get(document.root(), "terms"));
        self.file.terms.keys().map(move |name| {
            let entry = document
                .zip(lists)
                .and_then(|(document, lists)| document.get(lists.value, name));
            (name.as_str(), entry.and_then(|entry| self.label(entry.key)))
        })
    }

    /// A value with its place.
    fn placed<T: Copy>(&self, value: Option<&Spanned<T>>) -> Option<(T, Label)> {
        let value = value?;
        Some((value.value, self.label(value.node)?))
    }
}

/// A project's settings: its own file, and those that it builds on.
#[derive(Debug)]
pub struct Config {
    /// The files, those that others build on first.
    layers: Vec<Layer>,
    /// The profiles and packs that they name.
    extends: Vec<Named>,
    packs: Vec<PackFolder>,
    choices: Vec<Choice>,
    scopes: Scopes,
    include: Option<Patterns>,
    exclude: Vec<Patterns>,
    waivers: Vec<PathBuf>,
    baseline: Option<PathBuf>,
    horizon: Horizon,
    /// The confines of the paths in the files.
    confines: Confines,
    /// What is wrong with the form of the files.
    mistakes: Vec<Diagnostic>,
    /// The path of the project's own file, as it was found.
    path: PathBuf,
    finals: OnceLock<Finals>,
}

/// Whether a file that was found beside documents is one with settings, by its name.
pub(crate) fn is_named(path: &str) -> bool {
    path.rsplit('/').next() == Some(FILE_NAME)
}

impl Config {
    /// Reads a file and those that it extends, for a run in a folder whose absolute path is `here`. What is
    /// wrong with their form is kept for [`Stack::add`], so that their language is known by then.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] for a file that cannot be read, [`Error::Config`] for one that is no text or no YAML.
    pub fn read(path: &Path, here: &Path, access: &Access) -> Result<Self, Error> {
        let confines = access.confines(path, here)?;
        let source = Source::read(path)?
            .map_err(|found| Error::Config(vec![chain::unreadable_bytes(found)]))?;
        let mut chain = Chain::new(here, &confines);
        chain.read(path, source, None);
        let Chain {
            layers,
            extends,
            packs,
            waivers,
            baseline,
            mut mistakes,
            ..
        } = chain;
        if mistakes.iter().any(|found| found.rule.starts_with("yaml/")) {
            return Err(Error::Config(mistakes));
        }
        let root = here.join(path.parent().unwrap_or(Path::new("")));
        let mut scopes = Scopes {
            ground: Ground {
                here: here.to_owned(),
                root: root.canonicalize().unwrap_or(root),
            },
            ..Scopes::default()
        };
        let choices = chain::choices(&layers, &mut scopes, &mut mistakes);
        let include = layers.iter().enumerate().rev().find_map(|(at, layer)| {
            let patterns = layer.file.include.as_ref()?;
            let scope = chain::scope(layer, patterns, &mut mistakes)?;
            Some(Patterns::new(scope, &layers, at, "include"))
        });
        let numbered = layers.iter().enumerate();
        let excluding = numbered.filter(|(_, layer)| !layer.file.exclude.is_empty());
        let exclude = excluding
            .filter_map(|(at, layer)| {
                let scope = chain::scope(layer, &layer.file.exclude, &mut mistakes)?;
                Some(Patterns::new(scope, &layers, at, "exclude"))
            })
            .collect();
        let horizon = horizon::horizon(&layers, &mut mistakes);
        Ok(Self {
            layers,
            extends,
            packs,
            choices,
            scopes,
            include,
            exclude,
            waivers,
            baseline,
            horizon,
            confines,
            mistakes,
            path: path.to_owned(),
            finals: OnceLock::new(),
        })
    }

    /// The files of settings, those that others build on first.
    pub fn files(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.layers.iter().map(|layer| layer.name.as_str())
    }

    /// The path of the project's own file, from where the run began.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder of the project's own file, as an absolute path without links.
    pub fn root(&self) -> &Path {
        &self.scopes.ground.root
    }

    /// Returns whether something is said in the project's own file, and not in one that it builds on.
    pub fn is_own_place(&self, place: &Label) -> bool {
        let own = self.layers.last();
        own.is_some_and(|own| own.name == place.source.name())
    }

    /// The final rules of its packs.
    ///
    /// # Errors
    ///
    /// The errors in the settings or their packs.
    pub fn finals(&self) -> Result<&Finals, Error> {
        if let Some(known) = self.finals.get() {
            return Ok(known);
        }
        let found = Finals::of(self)?;
        Ok(self.finals.get_or_init(|| found))
    }

    /// What the last file says that says it.
    fn last<T: Copy>(
        &self,
        field: impl Fn(&ConfigFile) -> Option<&Spanned<T>>,
    ) -> Option<(T, Label)> {
        let mut layers = self.layers.iter().rev();
        layers.find_map(|layer| layer.placed(field(&layer.file)))
    }

    /// The language of messages, if the files name one, and where.
    pub fn lang(&self) -> Option<(Lang, Label)> {
        self.last(|file| file.lang.as_ref())
    }

    /// The lightest finding that makes a check fail, if the files name one, and where.
    pub fn fail_on(&self) -> Option<(Severity, Label)> {
        self.last(|file| file.fail_on.as_ref())
    }

    /// The profiles and packs by name whose rules are on, without the name that stands for none; nothing at
    /// all where the files name nothing.
    pub fn extends(&self) -> Option<Vec<&Named>> {
        let named = self.extends.iter();
        let named = named.filter(|named| named.name != NONE).collect();
        (!self.extends.is_empty()).then_some(named)
    }

    /// What the files say of rules, in the order in which it holds.
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// The files that overrides speak of.
    pub fn scopes(&self) -> &Scopes {
        &self.scopes
    }

    /// The folders with packs that the files name, as paths from where the run began.
    pub fn packs(&self) -> Vec<PathBuf> {
        self.packs.iter().map(PackFolder::path).collect()
    }

    /// The files with waivers, as paths from where the run began.
    pub fn waivers(&self) -> &[PathBuf] {
        &self.waivers
    }

    /// The file with the baseline, if the files name one, as a path from where the run began. It may not be there
    /// yet.
    pub fn baseline(&self) -> Option<&Path> {
        self.baseline.as_deref()
    }

    /// For how long findings may be set aside.
    pub fn horizon(&self) -> Horizon {
        self.horizon
    }

    /// Whether a file is one of the settings, or what they name (waivers, the baseline, a folder with packs), so
    /// that it is no document to be checked; by the name that findings show.
    pub fn is_own(&self, name: &str) -> bool {
        let ground = &self.scopes.ground;
        let Some(path) = ground.path(name) else {
            return false;
        };
        let is_same = |own: &str| ground.path(own).is_some_and(|own| own == path);
        let lies_in = |folder: PathBuf| {
            let folder = folder.to_str().and_then(|folder| ground.path(folder));
            folder.is_some_and(|folder| Path::new(&path).starts_with(folder))
        };
        let mut named = self.waivers.iter().chain(&self.baseline);
        path == baseline::FILE_NAME
            || self.files().any(is_same)
            || named.any(|own| is_same(&display_name(own)))
            || self.packs().into_iter().any(lies_in)
    }

    /// The patterns of the project's own file that fit none of these files, which are all that there are in the
    /// project, each by its path without links and the name that findings show. What it builds on may speak of
    /// files that other projects have.
    pub fn idle<'n>(
        &self,
        files: impl IntoIterator<Item = (Option<&'n Path>, &'n str)>,
    ) -> Vec<Diagnostic> {
        let ground = &self.scopes.ground;
        let files = files.into_iter();
        let paths: Vec<String> = files
            .filter_map(|(real, name)| ground.path_at(real, name))
            .collect();
        let patterns = self.include.iter().chain(&self.exclude);
        let scopes = patterns.map(|patterns| &patterns.scope);
        let mut idle: Vec<Diagnostic> = scopes
            .chain(&self.scopes.all)
            .flat_map(|scope| scope.idle(&paths))
            .collect();
        idle.retain(|found| found.labels.iter().all(|place| self.is_own_place(place)));
        idle
    }

    /// Whether the files have the form that they should have.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] with every mistake.
    pub fn is_sound(&self) -> Result<(), Error> {
        fail_on(self.mistakes.clone())
    }

    /// A contradiction of rules that these settings have switched on, as a mistake in them: at what they say of
    /// the rules, or else at the profiles and packs that they name.
    pub fn blame(&self, pairs: &[[String; 2]], error: &Error) -> Option<Error> {
        let chose = |choice: &&Choice| {
            let mut rules = pairs.iter().flatten();
            choice.switches_on() && rules.any(|rule| choice.names(rule))
        };
        let mut places: Vec<Label> = self
            .choices
            .iter()
            .filter(chose)
            .map(|choice| choice.place.clone())
            .collect();
        if places.is_empty() {
            places.extend(self.extends.iter().map(|named| named.place.clone()));
        }
        if places.is_empty() {
            return None;
        }
        let mut found = Diagnostic::error("config/contradiction", error.text());
        found.labels = places;
        Some(Error::Config(vec![found]))
    }
}

/// Finds mistakes to be told, the first thousand of them.
fn fail_on(mut mistakes: Vec<Diagnostic>) -> Result<(), Error> {
    if mistakes.is_empty() {
        return Ok(());
    }
    if mistakes.len() > limits::PROBLEMS {
        let last = mistakes.drain(limits::PROBLEMS..).next();
        mistakes.extend(last.map(|last| Diagnostic {
            rule: "config/too-many-problems".to_owned(),
            ..too_many(last)
        }));
    }
    Err(Error::Config(mistakes))
}

fn mistake(place: &Label, message: Text) -> Diagnostic {
    Diagnostic::error("config/reference", message).with_label(place.clone())
}
