//! The kinds of documents that a pack brings: `kinds` in `pack.yaml`, each with a JSON Schema in a file
//! of its own. Every mistake is a diagnostic where it stands, in either file.

use std::collections::BTreeSet;
use std::path::{Component, Path};
use std::sync::Arc;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Label};
use crate::error::Error;
use crate::expr;
use crate::pack::finals::Final;
use crate::pack::headers::{Header, written};
use crate::pack::load::misfits;
use crate::pack::model::{KindFile, PackFile, RuleFile};
use crate::pack::schema_file::{no_schema, schema_document, shown};
use crate::schema::{Kind, SchemaError, Shape, small};
use crate::source::{Source, Span};
use crate::text;
use crate::text::{Text, nearest};
use crate::yaml::{self, Document, NodeId, Spanned};

/// Opens a file of the folder of packs by its path below it.
pub(super) type Open<'o> = dyn Fn(&str) -> Result<Result<Source, Box<Diagnostic>>, Error> + 'o;

/// What the packs of one folder define.
#[derive(Default)]
pub(super) struct Defined {
    /// The kinds that are sound.
    pub(super) kinds: Vec<Arc<Kind>>,
    /// The names of the others.
    broken: BTreeSet<String>,
    /// Whether a `pack.yaml` could not be read, which may define any kind.
    pub(super) is_partial: bool,
    /// The files that hold their schemas.
    pub(super) schemas: BTreeSet<String>,
    /// What the packs say of themselves.
    pub(super) headers: Vec<Header>,
    /// The rules that they call final.
    pub(super) finals: Vec<Final>,
    /// The packs whose condition is not sound.
    pub(super) unsound: BTreeSet<String>,
}

impl Defined {
    /// Takes in the kinds of one `pack.yaml`; `known` are those that were there before.
    pub(super) fn take(
        &mut self,
        path: &str,
        (file, document): (&PackFile, &Document),
        known: &[Arc<Kind>],
        open: &Open<'_>,
    ) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let kinds = document.get(document.root(), "kinds");
        for (name, kind) in &file.kinds {
            let entry = kinds.and_then(|kinds| document.get(kinds.value, name));
            let reader = Reader {
                document,
                folder: path.rsplit_once('/').map_or("", |(folder, _)| folder),
                name,
                key: entry.map_or(document.root(), |entry| entry.key),
                open,
            };
            let schema = format!("{}/{}", reader.folder, kind.schema.value);
            self.schemas.insert(schema);
            let twin = known.iter().chain(&self.kinds).find(|k| k.name == *name);
            let read = match twin {
                Some(twin) => Err(vec![reader.twice(twin)]),
                None => reader.kind(kind),
            };
            match read {
                Ok(kind) => self.kinds.push(Arc::new(kind)),
                Err(found) => {
                    diagnostics.extend(found);
                    // The kind of that name is there, whatever becomes of this one.
                    if twin.is_none() {
                        self.broken.insert(name.clone());
                    }
                }
            }
        }
        diagnostics
    }

    /// Whether a kind is missing because of a mistake that has been told.
    pub(super) fn lacks(&self, name: &str, kinds: &[Arc<Kind>]) -> bool {
        let is_known = || kinds.iter().any(|kind| kind.name == name);
        self.broken.contains(name) || (self.is_partial && !is_known())
    }
}

/// The kind of document that a rule speaks of.
pub(super) fn kind_of<'e>(
    file: &RuleFile,
    document: &Document,
    kinds: &'e [Arc<Kind>],
) -> Result<&'e Arc<Kind>, Vec<Diagnostic>> {
    let name = file.kind.as_ref().map_or("Agency", |kind| kind.as_str());
    if let Some(kind) = kinds.iter().find(|kind| kind.name == name) {
        return Ok(kind);
    }
    let message = text!(
        "there is no document kind `{kind}`",
        "لا يوجد نوع مستند باسم `{kind}`",
        kind = name,
    );
    let known = || kinds.iter().map(|kind| kind.name.as_str());
    let help = nearest(name, known()).map_or_else(
        || {
            text!(
                "known kinds: {kinds}; a kind of your own is defined under `kinds` in `pack.yaml`",
                "الأنواع المعروفة: {kinds}؛ والنوع الخاص بك يُعرَّف تحت `kinds` في `pack.yaml`",
                kinds = known().collect::<Vec<_>>().join(", "),
            )
        },
        text::did_you_mean,
    );
    let node = file.kind.as_ref().map_or(document.root(), |kind| kind.node);
    let label = Label::new(document.source(), document.span(node));
    let diagnostic = Diagnostic::error("pack/kind", message).with_label(label);
    Err(vec![diagnostic.with_help(help)])
}

/// Reads one kind.
struct Reader<'r> {
    document: &'r Document,
    /// The pack's folder, below the folder of packs.
    folder: &'r str,
    name: &'r str,
    /// The key that names the kind.
    key: NodeId,
    open: &'r Open<'r>,
}

impl Reader<'_> {
    fn kind(&self, file: &KindFile) -> Result<Kind, Vec<Diagnostic>> {
        let mut diagnostics: Vec<Diagnostic> = self.check_name().into_iter().collect();
        diagnostics.extend(match &file.variable {
            Some(name) => self.variable(name, name.node),
            None if diagnostics.is_empty() => self.variable(&small(self.name), self.key),
            None => None,
        });
        let kind = self.schema(&file.schema).and_then(|mut kind| {
            self.smallest(file, &kind)?;
            kind.about = file.about.clone();
            kind.place = Some(self.label(self.key));
            if let Some(variable) = &file.variable {
                kind.variable.clone_from(variable);
            }
            kind.smallest = written(file.smallest.as_ref());
            Ok(kind)
        });
        match kind {
            Ok(kind) if diagnostics.is_empty() => Ok(kind),
            Ok(_) => Err(diagnostics),
            Err(found) => {
                diagnostics.extend(found);
                Err(diagnostics)
            }
        }
    }

    fn label(&self, node: NodeId) -> Label {
        Label::new(self.document.source(), self.document.span(node))
    }

    fn fault(&self, node: NodeId, message: Text) -> Diagnostic {
        Diagnostic::error("pack/kind", message).with_label(self.label(node))
    }

    fn twice(&self, twin: &Kind) -> Diagnostic {
        let Some(place) = &twin.place else {
            let message = text!(
                "`{name}` is a kind of spokeslint itself and cannot be defined again",
                "النوع `{name}` من أنواع spokeslint نفسها ولا يُعرَّف مرة أخرى",
                name = self.name,
            );
            return self.fault(self.key, message).with_help(another_name());
        };
        let message = text!(
            "the document kind `{name}` is defined twice",
            "نوع المستند `{name}` معرَّف مرتين",
            name = self.name,
        );
        let mut found = self.fault(self.key, message);
        for label in &mut found.labels {
            label.text = Some(text!("this one", "هذا"));
        }
        found
            .with_label(place.clone().with_text(text!("and this one", "وهذا")))
            .with_help(another_name())
    }

    fn check_name(&self) -> Option<Diagnostic> {
        let mut letters = self.name.chars();
        let is_sound = letters.next().is_some_and(|c| c.is_ascii_uppercase())
            && letters.all(|c| c.is_ascii_alphanumeric());
        if is_sound {
            return None;
        }
        let message = text!(
            "`{name}` is no name for a document kind",
            "`{name}` لا يصلح اسمًا لنوع مستندات",
            name = self.name,
        );
        let help = text!(
            "write a capital letter, then letters and digits, such as `{example}`",
            "اكتب حرفًا لاتينيًا كبيرًا تليه أحرف وأرقام، مثل `{example}`",
            example = "Campaign",
        );
        Some(self.fault(self.key, message).with_help(help))
    }

    /// What is wrong with what rules are to call the document, which stands or is implied at a node.
    fn variable(&self, name: &str, node: NodeId) -> Option<Diagnostic> {
        if expr::can_be_variable(name) {
            return None;
        }
        let message = text!(
            "`{name}` cannot be what rules call the document",
            "لا يصلح `{name}` اسمًا تسمي به القواعد المستند",
            name = name,
        );
        let help = text!(
            "give another name under `variable`: letters, digits and underscores, and no word that already has a meaning in rules, such as `{today}` or `{options}`",
            "اختر اسمًا آخر تحت `variable` من أحرف لاتينية وأرقام وشرطات سفلية، ليس له معنى في القواعد مثل `{today}` و`{options}`",
            today = "today",
            options = "options",
        );
        Some(self.fault(node, message).with_help(help))
    }

    /// The kind as its schema alone makes it.
    fn schema(&self, path: &Spanned<String>) -> Result<Kind, Vec<Diagnostic>> {
        let source = self.open(path).map_err(|found| vec![*found])?;
        let document = schema_document(&Arc::new(source))?;
        let whole: Value = yaml::from_node(&document, document.root()).map_err(|error| {
            let label = Label::new(document.source(), document.span(error.node));
            vec![Diagnostic::error("pack/schema", error.message).with_label(label)]
        })?;
        let Value::Object(schema) = whole else {
            let label = Label::new(document.source(), document.head(document.root()));
            return Err(vec![no_schema(label)]);
        };
        Kind::new(self.name, schema).map_err(|error| vec![in_schema(&document, error)])
    }

    fn open(&self, path: &Spanned<String>) -> Result<Source, Box<Diagnostic>> {
        let mut steps = Path::new(path.as_str()).components().peekable();
        let is_below = steps.peek().is_some()
            && !path.contains('\\')
            && steps.all(|step| matches!(step, Component::Normal(_)));
        if !is_below {
            let message = text!(
                "the schema must be a file in the pack's own folder",
                "يجب أن يكون المخطط ملفًا في مجلد الحزمة نفسه",
            );
            let help = text!(
                "put it beside `pack.yaml` and write its name, such as `{example}`",
                "ضعه بجانب `pack.yaml` واكتب اسمه، مثل `{example}`",
                example = "campaign.schema.json",
            );
            return Err(Box::new(self.fault(path.node, message).with_help(help)));
        }
        match (self.open)(&format!("{}/{}", self.folder, path.value)) {
            Ok(Ok(source)) => Ok(source),
            Ok(Err(unreadable)) => Err(shown(unreadable)),
            Err(error) => Err(Box::new(self.unopened(path, &error))),
        }
    }

    fn unopened(&self, path: &Spanned<String>, error: &Error) -> Diagnostic {
        let is_missing = matches!(
            error,
            Error::Read { source, .. } if source.kind() == std::io::ErrorKind::NotFound
        );
        if is_missing {
            let message = text!(
                "there is no file `{path}` in the pack's folder",
                "لا يوجد في مجلد الحزمة ملف باسم `{path}`",
                path = path.value,
            );
            let help = text!(
                "write the JSON Schema of `{name}` into it, or correct the name",
                "اكتب فيه مخطط JSON للنوع `{name}`، أو صحّح اسم الملف",
                name = self.name,
            );
            return self.fault(path.node, message).with_help(help);
        }
        let message = text!(
            "the schema cannot be read: {reason}",
            "تعذرت قراءة المخطط: {reason}",
            reason = error,
        );
        self.fault(path.node, message)
    }

    /// Holds the smallest document against the schema.
    fn smallest(&self, file: &KindFile, kind: &Kind) -> Result<(), Vec<Diagnostic>> {
        let shapes = kind.shapes_of_the_rest();
        if let Some(smallest) = &file.smallest {
            return match misfits(self.document, smallest.node, &shapes) {
                none if none.is_empty() => Ok(()),
                some => Err(some),
            };
        }
        let Shape::Object {
            fields, some_of, ..
        } = shapes.get(shapes.root())
        else {
            return Ok(());
        };
        let required = fields.iter().filter(|field| field.required);
        let required = required.map(|field| &field.name).chain(some_of.first());
        let names: Vec<String> = required.map(|name| format!("`{name}`")).collect();
        if names.is_empty() {
            return Ok(());
        }
        let message = text!(
            "the kind `{name}` needs `smallest`: every document has {en}",
            "يحتاج النوع `{name}` إلى `smallest`: ففي كل مستند منه {ar}",
            name = self.name,
            en = names.join(", "),
            ar = names.join("، "),
        );
        let help = text!(
            "give each a value under `smallest`; examples may then be fragments",
            "أعطِ كلًا منها قيمة تحت `smallest`، فتكفي الأمثلةَ أجزاءٌ من المستند",
        );
        Err(vec![self.fault(self.key, message).with_help(help)])
    }
}

fn another_name() -> Text {
    text!("choose another name", "اختر اسمًا آخر")
}

/// What is wrong with a schema, in its file.
fn in_schema(document: &Document, error: SchemaError) -> Diagnostic {
    let label = Label::new(document.source(), place(document, &error));
    let mut diagnostic = Diagnostic::error("pack/schema", error.message).with_label(label);
    diagnostic.help = error.help.map(|help| *help);
    diagnostic
}

/// Where a JSON pointer leads in the file.
fn place(document: &Document, error: &SchemaError) -> Span {
    let mut node = document.root();
    let mut key = None;
    for step in error.pointer.split('/').skip(1) {
        let name = step.replace("~1", "/").replace("~0", "~");
        node = document.resolve(node);
        let item = || document.items(node).get(name.parse::<usize>().ok()?);
        if let Some(entry) = document.get(node, &name) {
            key = Some(entry.key);
            node = entry.value;
        } else if let Some(item) = item() {
            key = None;
            node = *item;
        } else {
            break;
        }
    }
    let key = key.filter(|_| error.is_keyword);
    key.map_or_else(|| document.head(node), |key| document.span(key))
}
