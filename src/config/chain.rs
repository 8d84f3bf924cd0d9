//! Follows `extends` from a project's file to those that it builds on, each read once.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::choice::{Choice, choices as choices_of};
use super::file::TunedFile;
use super::{ConfigFile, FILE_NAME, Layer, Named, PackFolder, Scope, Scopes, joined, names};
use crate::confines::{self, Confines};
use crate::diagnostic::{Diagnostic, Label};
use crate::error::Error;
use crate::pack::decode_node;
use crate::recognize::{Expected, recognize};
use crate::schema::{Shapes, shapes};
use crate::source::{Source, display_name};
use crate::text;
use crate::text::Lang;
use crate::yaml::{self, Document, NodeId, Spanned, Value};

/// What was read so far.
pub(super) struct Chain<'c> {
    /// The folder in which the run began, and how far paths may lead.
    here: &'c Path,
    confines: &'c Confines,
    pub(super) layers: Vec<Layer>,
    pub(super) extends: Vec<Named>,
    pub(super) packs: Vec<PackFolder>,
    /// The files with waivers, and the one with the baseline.
    pub(super) waivers: Vec<PathBuf>,
    pub(super) baseline: Option<PathBuf>,
    pub(super) mistakes: Vec<Diagnostic>,
    /// The files that led to the one being read, by their true paths.
    open: Vec<PathBuf>,
    /// The files that have been read.
    done: Vec<PathBuf>,
}

impl<'c> Chain<'c> {
    pub(super) fn new(here: &'c Path, confines: &'c Confines) -> Self {
        Self {
            here,
            confines,
            layers: Vec::new(),
            extends: Vec::new(),
            packs: Vec::new(),
            waivers: Vec::new(),
            baseline: None,
            mistakes: Vec::new(),
            open: Vec::new(),
            done: Vec::new(),
        }
    }

    /// Reads a file, after those that it extends; `named` is the entry that names it, if one does.
    pub(super) fn read(&mut self, path: &Path, source: Source, named: Option<&Named>) {
        let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let name = source.name().to_owned();
        // What bears our name says that it is ours, unless something else is there through a link.
        let is_ours = named.is_none() && whole.ends_with(FILE_NAME);
        let (file, document) = self.decode(&Arc::new(source), named, is_ours);
        let layer = Layer {
            file,
            document,
            name,
        };
        self.open.push(whole);
        for entry in &layer.file.extends {
            self.with_place(&layer, entry, |chain, named| chain.extend(named, &folder));
        }
        for entry in &layer.file.waivers {
            self.with_place(&layer, entry, |chain, named| {
                chain.take_waivers(&named, &folder);
            });
        }
        if let Some(entry) = &layer.file.baseline {
            self.with_place(&layer, entry, |chain, named| {
                chain.take_baseline(&named, &folder);
            });
        }
        self.done.extend(self.open.pop());
        self.layers.push(layer);
    }

    fn with_place(
        &mut self,
        layer: &Layer,
        entry: &Spanned<String>,
        take: impl FnOnce(&mut Self, Named),
    ) {
        if let Some(place) = layer.label(entry.node) {
            let name = entry.value.clone();
            take(self, Named { name, place });
        }
    }

    /// Returns the target of an entry in a file of this folder: the path to show, and the same without links.
    /// That it leads outside is noted.
    fn locate(&mut self, named: &Named, folder: &Path) -> Option<(PathBuf, PathBuf)> {
        let path = joined(folder, &named.name);
        let found = self.confines.follow(self.here, &path).ok();
        if let Some(real) = found.filter(|_| !confines::begins_elsewhere(&named.name)) {
            return Some((path, real));
        }
        self.mistakes.push(outside(named, &named.name));
        None
    }

    /// Takes an entry of `extends` in a file of this folder.
    fn extend(&mut self, named: Named, folder: &Path) {
        if !is_path(&named.name) {
            self.extends.push(named);
            return;
        }
        let Some((mut path, mut real)) = self.locate(&named, folder) else {
            return;
        };
        if real.is_dir() {
            let inside = path.join(FILE_NAME);
            let Ok(file) = self.confines.follow(&real, Path::new(FILE_NAME)) else {
                let shown = display_name(&Path::new(&named.name).join(FILE_NAME));
                self.mistakes.push(outside(&named, &shown));
                return;
            };
            if !file.is_file() {
                let from = folder.to_owned();
                let layer = named.place.source.name().to_owned();
                self.packs.push(PackFolder { named, from, layer });
                return;
            }
            (path, real) = (inside, file);
        }
        self.follow((&path, real), &named, folder);
    }

    fn take_waivers(&mut self, named: &Named, folder: &Path) {
        let Some((path, real)) = self.locate(named, folder) else {
            return;
        };
        if real.is_file() {
            self.waivers.push(path);
        } else {
            self.mistakes.push(self.no_file(named, &real, folder));
        }
    }

    fn take_baseline(&mut self, named: &Named, folder: &Path) {
        let Some((path, real)) = self.locate(named, folder) else {
            return;
        };
        // It may not be there yet.
        if real.is_file() || real.symlink_metadata().is_err() {
            self.baseline = Some(path);
        } else {
            self.mistakes.push(no_ordinary_file(named));
        }
    }

    fn no_file(&self, named: &Named, real: &Path, folder: &Path) -> Diagnostic {
        if real.symlink_metadata().is_ok() {
            no_ordinary_file(named)
        } else {
            names::no_path(named, folder, |path| {
                self.confines.follow(self.here, path).is_ok()
            })
        }
    }

    /// Reads a file of settings that another one names, by its path and the same without links.
    fn follow(&mut self, (path, whole): (&Path, PathBuf), named: &Named, folder: &Path) {
        if !whole.is_file() {
            self.mistakes.push(self.no_file(named, &whole, folder));
        } else if self.open.last() == Some(&whole) {
            self.mistakes.push(itself(named));
        } else if self.open.contains(&whole) {
            self.mistakes.push(in_a_circle(named));
        } else if !self.done.contains(&whole) {
            match Source::read(path) {
                Ok(Ok(source)) => self.read(path, source, Some(named)),
                Ok(Err(found)) => {
                    let place = (&named.place, &*named.name);
                    self.mistakes.push(settings().of_bytes_at(found, place));
                }
                Err(error) => self.mistakes.push(unreadable(named, &error)),
            }
        }
    }

    /// What a file says, as far as it has the right form.
    fn decode(
        &mut self,
        source: &Arc<Source>,
        named: Option<&Named>,
        is_ours: bool,
    ) -> (ConfigFile, Option<Document>) {
        let parsed = yaml::parse(source);
        let expected = settings();
        let what = (&parsed.documents[..], &parsed.diagnostics[..]);
        if let (false, Err(foreign)) = (is_ours, recognize(source, what, &expected)) {
            self.mistakes.push(match named {
                Some(named) => foreign.finding_at(&named.place, &named.name, &expected),
                None => foreign.finding(source, &expected),
            });
            return (ConfigFile::default(), None);
        }
        if !parsed.diagnostics.is_empty() {
            self.mistakes.extend(parsed.diagnostics);
            return (ConfigFile::default(), None);
        }
        let mut documents = parsed.documents.into_iter();
        let first = documents.next().filter(|first| !is_blank(first));
        self.mistakes
            .extend(documents.next().iter().map(second_document));
        let Some(document) = first else {
            return (ConfigFile::default(), None);
        };
        let file = decode_node(&document, document.root(), &shapes::<ConfigFile>());
        let file = file.unwrap_or_else(|found: Vec<Diagnostic>| {
            self.mistakes.splice(0..0, found);
            ConfigFile {
                lang: lang(&document),
                ..ConfigFile::default()
            }
        });
        (file, Some(document))
    }
}

/// Returns the marks by which settings are recognized.
fn settings() -> Expected {
    Expected::keys_of::<ConfigFile>("config/other-kind", ("a file with settings", "ملف إعدادات"))
}

/// Returns the finding on bytes of settings that are not text; it does not show their text if they are something else.
pub(super) fn unreadable_bytes(found: Box<Diagnostic>) -> Diagnostic {
    settings().of_bytes(found)
}

/// Whether an entry of `extends` is a path, and no name.
fn is_path(entry: &str) -> bool {
    let ends = |end| {
        let extension = Path::new(entry).extension();
        extension.is_some_and(|found| found.eq_ignore_ascii_case(end))
    };
    entry.contains(['/', '\\']) || entry.starts_with('.') || ends("yaml") || ends("yml")
}

/// Everything that is said of rules, by all files.
pub(super) fn choices(
    layers: &[Layer],
    scopes: &mut Scopes,
    mistakes: &mut Vec<Diagnostic>,
) -> Vec<Choice> {
    let tuned = shapes::<TunedFile>();
    let mut choices = Vec::new();
    for layer in layers {
        let general = layer.file.rules.as_ref().map(|rules| (rules.node, None));
        let mut all: Vec<(NodeId, Option<usize>)> = general.into_iter().collect();
        for own in &layer.file.overrides {
            if let Some(found) = scope(layer, &own.files, mistakes) {
                all.push((own.rules.node, Some(scopes.all.len())));
                scopes.all.push(found);
            }
        }
        for (rules, scope) in all {
            let place = (rules, scope);
            choices.extend(read_choices(layer, place, &tuned, mistakes));
        }
    }
    choices
}

fn read_choices(
    layer: &Layer,
    (rules, scope): (NodeId, Option<usize>),
    tuned: &Shapes,
    mistakes: &mut Vec<Diagnostic>,
) -> Vec<Choice> {
    let Some(document) = &layer.document else {
        return Vec::new();
    };
    choices_of(document, rules, scope, tuned).unwrap_or_else(|found| {
        mistakes.extend(found);
        Vec::new()
    })
}

/// Patterns of a file, ready to be held against names.
pub(super) fn scope(
    layer: &Layer,
    patterns: &[Spanned<String>],
    mistakes: &mut Vec<Diagnostic>,
) -> Option<Scope> {
    let placed = patterns.iter().filter_map(|pattern| {
        let place = layer.label(pattern.node)?;
        Some((pattern.as_str(), place))
    });
    Scope::new(placed)
        .map_err(|found| mistakes.extend(found))
        .ok()
}

fn is_blank(document: &Document) -> bool {
    document.value(document.root()) == Value::Null
}

/// The language that a file names whose form is not sound.
fn lang(document: &Document) -> Option<Spanned<Lang>> {
    let node = document.get(document.root(), "lang")?.value;
    let value = match document.text(node)? {
        "ar" => Lang::Ar,
        "en" => Lang::En,
        _ => return None,
    };
    Some(Spanned { value, node })
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

fn itself(named: &Named) -> Diagnostic {
    let message = text!(
        "`{path}` is this file itself",
        "`{path}` هو هذا الملف نفسه",
        path = named.name,
    );
    Diagnostic::error("config/circle", message)
        .with_label(named.place.clone())
        .with_help(text!("take the entry out", "احذف القيد"))
}

fn in_a_circle(named: &Named) -> Diagnostic {
    let message = text!(
        "`{path}` builds on these settings itself",
        "تستند `{path}` نفسها إلى هذه الإعدادات",
        path = named.name,
    );
    let help = text!(
        "take the entry out of one of the two files",
        "احذف القيد من أحد الملفين",
    );
    Diagnostic::error("config/circle", message)
        .with_label(named.place.clone())
        .with_help(help)
}

fn outside(named: &Named, path: &str) -> Diagnostic {
    confines::outside("config/outside", path, named.place.clone())
}

fn no_ordinary_file(named: &Named) -> Diagnostic {
    let message = text!(
        "`{path}` is not a regular file",
        "`{path}` ليس ملفًا عاديًّا",
        path = named.name,
    );
    let help = text!(
        "name a regular file; folders, pipes and devices are not read",
        "حدِّد ملفًا عاديًّا؛ فالمجلدات والأنابيب والأجهزة لا تُقرأ",
    );
    Diagnostic::error("config/reference", message)
        .with_label(named.place.clone())
        .with_help(help)
}

fn unreadable(named: &Named, error: &Error) -> Diagnostic {
    let path = display_name(Path::new(&named.name));
    let reason = error.text();
    let message = text!(
        "the settings `{path}` cannot be read",
        "تعذّرت قراءة الإعدادات `{path}`",
        path = path,
    );
    Diagnostic::error("config/reference", message)
        .with_label(named.place.clone())
        .with_help(reason)
}
