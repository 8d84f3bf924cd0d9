//! A project's own settings, `spokeslint.yaml`: read from the tree, so that each mistake is told where it
//! stands. What the command line says instead is settled by `cli`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Label};
use crate::error::Error;
use crate::pack::{Packs, decode_node};
use crate::schema::{shapes, too_many};
use crate::source::{Source, display_name};
use crate::text;
use crate::text::{Lang, Text, nearest};
use crate::yaml::{self, Document, NodeId, Spanned, limits};

/// What the file is called that is looked for.
pub const FILE_NAME: &str = "spokeslint.yaml";

/// `spokeslint.yaml`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Config")]
pub struct ConfigFile {
    /// The choice of rules; `spokeslint rules` lists the profiles.
    pub profile: Option<Spanned<String>>,
    /// Folders with packs of rules, in addition to the built-in ones; relative to this file.
    #[serde(default)]
    pub packs: Vec<Spanned<String>>,
    /// Rules or packs to check, by id, instead of the profile's.
    #[serde(default)]
    pub select: Vec<Spanned<String>>,
    /// Rules or packs to leave out, by id.
    #[serde(default)]
    pub ignore: Vec<Spanned<String>>,
    /// The language of messages, `en` or `ar`.
    pub lang: Option<Lang>,
    /// Words to add to the word lists of packs, by the names of the lists.
    #[serde(default)]
    pub terms: BTreeMap<String, Vec<Spanned<String>>>,
}

/// A project's settings, and where they stand.
#[derive(Debug)]
pub struct Config {
    file: ConfigFile,
    /// None for a file that holds nothing.
    document: Option<Document>,
    folder: PathBuf,
    /// What is wrong with the form of the file.
    mistakes: Vec<Diagnostic>,
}

/// The file that is nearest: in a folder or in one of those above it. Its path leads there from the folder,
/// whose own absolute path says how many there are.
pub fn find(folder: &Path) -> Option<PathBuf> {
    let mut way = PathBuf::new();
    for _ in folder.ancestors() {
        let path = way.join(FILE_NAME);
        if folder.join(&path).is_file() {
            return Some(path);
        }
        way.push("..");
    }
    None
}

/// Whether a file that was found beside documents is one with settings, by its name.
pub(crate) fn is_named(path: &str) -> bool {
    path.rsplit('/').next() == Some(FILE_NAME)
}

impl Config {
    /// Reads a file. What is wrong with its form is kept for [`Config::apply`], so that its language is known
    /// by then.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] for a file that cannot be read, [`Error::Config`] for one that is no text or no YAML.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let source = Source::read(path)?.map_err(|found| Error::Config(vec![*found]))?;
        let parsed = yaml::parse(&Arc::new(source));
        if !parsed.diagnostics.is_empty() {
            return Err(Error::Config(parsed.diagnostics));
        }
        let mut documents = parsed.documents.into_iter();
        let document = documents.next().filter(|first| !is_blank(first));
        let mut config = Self {
            file: ConfigFile::default(),
            document: None,
            folder,
            mistakes: documents.next().iter().map(second_document).collect(),
        };
        if let Some(document) = document {
            match decode_node(&document, document.root(), &shapes::<ConfigFile>()) {
                Ok(file) => config.file = file,
                Err(found) => {
                    config.file.lang = lang(&document);
                    config.mistakes.splice(0..0, found);
                }
            }
            config.document = Some(document);
        }
        Ok(config)
    }

    /// The language of messages, if the file names one.
    pub fn lang(&self) -> Option<Lang> {
        self.file.lang
    }

    /// The profile, if the file names one.
    pub fn profile(&self) -> Option<&str> {
        self.file.profile.as_ref().map(|profile| profile.as_str())
    }

    /// The rules and packs that the file selects.
    pub fn select(&self) -> Vec<String> {
        values(&self.file.select)
    }

    /// The rules and packs that the file leaves out.
    pub fn ignore(&self) -> Vec<String> {
        values(&self.file.ignore)
    }

    /// The folders with packs that the file names, as paths from where the run began.
    pub fn packs(&self) -> Vec<PathBuf> {
        let folders = self.file.packs.iter();
        folders
            .map(|pack| self.folder.join(pack.as_str()))
            .collect()
    }

    /// Loads the packs that the file names, those excepted that `is_loaded` says are there already.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] with every mistake in the file's form, and for a folder without a pack;
    /// [`Error::Packs`] for a pack that does not load.
    pub fn load(&self, packs: &mut Packs, is_loaded: impl Fn(&Path) -> bool) -> Result<(), Error> {
        if !self.mistakes.is_empty() {
            return Err(Error::Config(self.mistakes.clone()));
        }
        let mut mistakes = Vec::new();
        for (pack, path) in self.file.packs.iter().zip(self.packs()) {
            if is_loaded(&path) {
                continue;
            }
            match packs.load(&path) {
                Ok(()) => {}
                Err(Error::Read { .. }) if !path.is_dir() => {
                    mistakes.extend(self.no_folder(pack));
                }
                Err(Error::NothingFound(_)) => mistakes.extend(self.no_pack(pack)),
                Err(error) => return Err(error),
            }
        }
        fail_on(mistakes)
    }

    /// Adds the file's words to the lists of the packs, and looks whether everything that it names is there.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] with every mistake, at its characters.
    pub fn apply(&self, packs: &mut Packs) -> Result<(), Error> {
        let Some(document) = &self.document else {
            return Ok(());
        };
        let mut mistakes = Vec::new();
        if let Some(profile) = &self.file.profile {
            let known: BTreeSet<&str> = packs.profiles.iter().map(|known| &*known.id).collect();
            mistakes.extend(self.unknown(profile, &known, PROFILE));
        }
        let rules = packs.rules.iter();
        let known: BTreeSet<&str> = rules.flat_map(|rule| [&*rule.id, rule.pack()]).collect();
        let names = self.file.select.iter().chain(&self.file.ignore);
        let unknown = names.filter_map(|name| self.unknown(name, &known, RULE));
        // The nearest name is costly to find, and one mistake too many is enough to say so.
        mistakes.extend(unknown.take(limits::PROBLEMS + 1));
        let lists = document.get(document.root(), "terms");
        for (name, words) in &self.file.terms {
            let entry = lists.and_then(|lists| document.get(lists.value, name));
            let key = entry.map_or(document.root(), |entry| entry.key);
            let found = packs.add_words((name, key), words, document).into_iter();
            mistakes.extend(found.map(|found| Diagnostic {
                rule: "config/terms".to_owned(),
                ..found
            }));
        }
        mistakes.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        fail_on(mistakes)
    }

    /// A contradiction of rules that this file's choice has switched on, as a mistake in it: at the ids that
    /// chose them, or else at the profile.
    pub fn blame(&self, pairs: &[[String; 2]], error: &Error) -> Option<Error> {
        let chose = |name: &&Spanned<String>| {
            let mut rules = pairs.iter().flatten();
            rules.any(|rule| {
                let pack = rule.split_once('/').map_or(rule.as_str(), |(pack, _)| pack);
                *rule == name.value || pack == name.value
            })
        };
        let mut places: Vec<&Spanned<String>> = self.file.select.iter().filter(chose).collect();
        if places.is_empty() {
            places.extend(&self.file.profile);
        }
        let mut found = Diagnostic::error("config/contradiction", error.text());
        found.labels = places
            .into_iter()
            .filter_map(|place| self.label(place.node))
            .collect();
        (!found.labels.is_empty()).then(|| Error::Config(vec![found]))
    }

    fn label(&self, node: NodeId) -> Option<Label> {
        let document = self.document.as_ref()?;
        Some(Label::new(document.source(), document.span(node)))
    }

    fn mistake(&self, node: NodeId, message: Text) -> Option<Diagnostic> {
        let label = self.label(node)?;
        Some(Diagnostic::error("config/reference", message).with_label(label))
    }

    fn unknown(
        &self,
        name: &Spanned<String>,
        known: &BTreeSet<&str>,
        what: (&str, &str),
    ) -> Option<Diagnostic> {
        if known.contains(name.as_str()) {
            return None;
        }
        let found = self.mistake(name.node, text::nothing_called(what, name))?;
        Some(match nearest(name, known.iter().copied()) {
            Some(near) => found.with_help(text::did_you_mean(near)),
            None => found.with_help(text!(
                "`{command}` lists what there is",
                "يعرض الأمر `{command}` ما هو موجود",
                command = "spokeslint rules",
            )),
        })
    }

    fn no_folder(&self, pack: &Spanned<String>) -> Option<Diagnostic> {
        let message = text!(
            "there is no folder `{path}`",
            "لا يوجد مجلد باسم `{path}`",
            path = pack.value,
        );
        let found = self.mistake(pack.node, message)?;
        let near = self.nearest_folder(Path::new(pack.as_str()));
        Some(match near {
            Some(near) => found.with_help(text::did_you_mean(&near)),
            None => found.with_help(text!(
                "the folders under `packs` are named as they lie from this file",
                "تُكتب المجلدات تحت `packs` بمواضعها من هذا الملف",
            )),
        })
    }

    /// The path with another name in place of the first one that leads nowhere, if one is near.
    fn nearest_folder(&self, path: &Path) -> Option<String> {
        let mut steps = path.components();
        let mut way = PathBuf::new();
        let missing = loop {
            let step = steps.next()?;
            if !self.folder.join(&way).join(step).is_dir() {
                break step.as_os_str().to_str()?;
            }
            way.push(step);
        };
        let here = self.folder.join(&way);
        let here = std::fs::read_dir(Path::new(".").join(here)).ok()?;
        let folders = here.flatten().filter(|entry| entry.path().is_dir());
        let names: BTreeSet<String> = folders
            .filter_map(|folder| folder.file_name().into_string().ok())
            .collect();
        let near = nearest(missing, names.iter().map(String::as_str))?;
        let near = way.join(near).join(steps.as_path());
        self.folder
            .join(&near)
            .is_dir()
            .then(|| display_name(&near))
    }

    fn no_pack(&self, pack: &Spanned<String>) -> Option<Diagnostic> {
        let message = text!(
            "the folder `{path}` holds no pack",
            "لا توجد حزمة في المجلد `{path}`",
            path = pack.value,
        );
        let help = text!(
            "a pack is a folder with a file `pack.yaml`",
            "الحزمة مجلد فيه ملف `pack.yaml`",
        );
        Some(self.mistake(pack.node, message)?.with_help(help))
    }
}

/// What a name may stand for, in both languages.
const PROFILE: (&str, &str) = ("profile", "مجموعة قواعد");
const RULE: (&str, &str) = ("rule or pack", "قاعدة أو حزمة");

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

fn values(names: &[Spanned<String>]) -> Vec<String> {
    names.iter().map(|name| name.value.clone()).collect()
}

fn is_blank(document: &Document) -> bool {
    document.value(document.root()) == yaml::Value::Null
}

/// The language that a file names whose form is not sound.
fn lang(document: &Document) -> Option<Lang> {
    let entry = document.get(document.root(), "lang")?;
    match document.text(entry.value)? {
        "ar" => Some(Lang::Ar),
        "en" => Some(Lang::En),
        _ => None,
    }
}

fn second_document(document: &Document) -> Diagnostic {
    let message = text!(
        "settings are one document, and this is a second one",
        "الإعدادات مستند واحد، وهذا مستند ثانٍ",
    );
    let label = Label::new(document.source(), document.head(document.root()));
    Diagnostic::error("config/documents", message)
        .with_label(label)
        .with_help(text!(
            "put everything into the first one",
            "اجمع كل شيء في المستند الأول"
        ))
}
