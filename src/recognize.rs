//! Checks whether a file is what it was named for: settings, waivers, a baseline, a part of a pack. The text of one
//! that is something else, such as keys or the settings of another program, appears in no message.

use std::sync::Arc;

use schemars::JsonSchema;

use crate::diagnostic::{Diagnostic, Label};
use crate::schema::{API_VERSION, Shape, Shapes, shapes};
use crate::source::{Source, Span};
use crate::text;
use crate::text::{Text, nearest};
use crate::yaml::{Document, Entry, Kind, Value};

/// The kind that a file is expected to be.
pub(crate) struct Expected {
    /// The code of the finding that it is something else.
    rule: &'static str,
    /// The name of the kind, in both languages.
    what: (&'static str, &'static str),
    sign: Sign,
}

/// The mark by which a file of a kind is recognized.
enum Sign {
    /// Every document is a mapping with `apiVersion` and this `kind`; what it holds is under this key.
    Header(&'static str, &'static str),
    /// Every document is a mapping whose keys are these, or near to one of them.
    Keys(Vec<String>),
    /// The first document is a mapping, more of whose keys are these than are not.
    MostKeys(Vec<String>),
}

impl Expected {
    /// A document of ours with this `kind`, which has a list under this key.
    pub(crate) const fn header(
        rule: &'static str,
        what: (&'static str, &'static str),
        (kind, list): (&'static str, &'static str),
    ) -> Self {
        let sign = Sign::Header(kind, list);
        Self { rule, what, sign }
    }

    /// A mapping with the keys of a type and no others.
    pub(crate) fn keys_of<T: JsonSchema>(
        rule: &'static str,
        what: (&'static str, &'static str),
    ) -> Self {
        let sign = Sign::Keys(keys(&[shapes::<T>()]));
        Self { rule, what, sign }
    }

    /// A mapping with the keys of a type, or of several, whose author may have misspelt some.
    pub(crate) fn most_keys_of(
        rule: &'static str,
        what: (&'static str, &'static str),
        shapes: &[Shapes],
    ) -> Self {
        let sign = Sign::MostKeys(keys(shapes));
        Self { rule, what, sign }
    }

    /// Returns the finding on a file whose bytes are not text; it does not show the text if the file is something else.
    pub(crate) fn of_bytes(&self, found: Box<Diagnostic>) -> Diagnostic {
        match self.foreign_bytes(&found) {
            Some((foreign, source)) => foreign.finding(&source, self),
            None => *found,
        }
    }

    /// The same for a file that an entry names.
    pub(crate) fn of_bytes_at(
        &self,
        found: Box<Diagnostic>,
        (place, name): (&Label, &str),
    ) -> Diagnostic {
        match self.foreign_bytes(&found) {
            Some((foreign, _)) => foreign.finding_at(place, name, self),
            None => *found,
        }
    }

    fn foreign_bytes(&self, found: &Diagnostic) -> Option<(Foreign, Arc<Source>)> {
        let source = &found.labels.first()?.source;
        let foreign = recognize(source, (&[], std::slice::from_ref(found)), self).err()?;
        // Of a file that is too large nothing is shown.
        (!source.text().is_empty()).then(|| (foreign, Arc::clone(source)))
    }
}

/// The keys that the roots of some schemas have.
fn keys(shapes: &[Shapes]) -> Vec<String> {
    let fields = shapes
        .iter()
        .flat_map(|shapes| match shapes.get(shapes.root()) {
            Shape::Object { fields, .. } => &fields[..],
            _ => &[],
        });
    fields.map(|field| field.name.clone()).collect()
}

/// That a file is something else, going by one of its lines.
pub(crate) struct Foreign {
    line: u32,
    is_yaml: bool,
}

/// Returns whether what was parsed of a file is of a kind. Where the syntax is not sound, the lines that begin without
/// indentation decide: they hold all keys of the root.
pub(crate) fn recognize(
    source: &Source,
    (documents, faults): (&[Document], &[Diagnostic]),
    expected: &Expected,
) -> Result<(), Foreign> {
    let sign = &expected.sign;
    if let Some(fault) = faults.first() {
        return if opens_like(source, sign) {
            Ok(())
        } else {
            let line = fault
                .labels
                .first()
                .map_or(1, |label| label.position().line);
            Err(Foreign {
                line,
                is_yaml: false,
            })
        };
    }
    let is_blank = |document: &&Document| document.value(document.root()) == Value::Null;
    // Of a rule, the second document holds examples.
    let is_first_only = matches!(sign, Sign::MostKeys(_));
    let looked_at = documents
        .iter()
        .take(if is_first_only { 1 } else { usize::MAX });
    let mut strange = looked_at
        .filter(|document| !is_blank(document))
        .filter_map(|document| stranger(document, sign));
    match strange.next() {
        Some(line) => Err(Foreign {
            line,
            is_yaml: true,
        }),
        None => Ok(()),
    }
}

/// The line by which a document is known to be something else.
fn stranger(document: &Document, sign: &Sign) -> Option<u32> {
    let root = document.root();
    let line = |node| document.source().line(document.span(node).start);
    if !matches!(
        document.node(document.resolve(root)).kind,
        Kind::Mapping(..)
    ) {
        return Some(line(root));
    }
    let key = |node| document.text(node).unwrap_or("");
    let entries = document.entries(root);
    match sign {
        Sign::Header(kind, _) => {
            let says = |name, wanted| {
                let entry = document.get(root, name);
                entry.and_then(|entry| document.text(entry.value)) == Some(wanted)
            };
            let is_ours = says("apiVersion", API_VERSION) && says("kind", kind);
            (!is_ours).then(|| line(root))
        }
        Sign::Keys(known) => {
            let is_near = |name: &str| nearest(name, known.iter().map(String::as_str)).is_some();
            let strange = entries.iter().find(|entry| !is_near(key(entry.key)));
            strange.map(|entry| line(entry.key))
        }
        Sign::MostKeys(known) => {
            let (ours, others): (Vec<&Entry>, Vec<&Entry>) = entries
                .iter()
                .partition(|entry| is_among(known, key(entry.key)));
            let first = others.first().filter(|_| ours.len() <= others.len());
            first.map(|entry| line(entry.key))
        }
    }
}

/// Returns whether all lines without indentation are such as a file of the kind has.
fn opens_like(source: &Source, sign: &Sign) -> bool {
    let (header, known) = match sign {
        Sign::Header(kind, list) => (
            vec![
                format!("apiVersion: {API_VERSION}"),
                format!("kind: {kind}"),
            ],
            &vec![(*list).to_owned()],
        ),
        Sign::Keys(known) | Sign::MostKeys(known) => (Vec::new(), known),
    };
    let mut missing: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut is_ours = !header.is_empty();
    for line in source.text().lines() {
        let end = line.trim_end();
        let is_inner = line.starts_with([' ', '\t', '#']) || line.starts_with("- ");
        if end.is_empty() || is_inner || matches!(end, "---" | "..." | "]" | "}" | "-") {
            continue;
        }
        if header.iter().any(|own| own == end) {
            missing.retain(|own| *own != end);
            continue;
        }
        let (key, rest) = line.split_once(':').unwrap_or((line, "?"));
        let is_entry = rest.is_empty() || rest.starts_with([' ', '\t']);
        if !is_entry || !is_among(known, key.trim_end()) {
            return false;
        }
        is_ours = true;
    }
    is_ours && missing.is_empty()
}

fn is_among(known: &[String], key: &str) -> bool {
    known.iter().any(|known| known == key)
}

impl Foreign {
    /// That the file is something else, at its line and without its text.
    pub(crate) fn finding(&self, source: &Source, expected: &Expected) -> Diagnostic {
        let message = self.message(source.name(), expected);
        Diagnostic::error(expected.rule, message)
            .with_label(withheld(source, self.line))
            .with_help(help(&expected.sign))
    }

    /// The same at the place that names the file.
    pub(crate) fn finding_at(&self, place: &Label, name: &str, expected: &Expected) -> Diagnostic {
        Diagnostic::error(expected.rule, self.message(name, expected))
            .with_label(place.clone())
            .with_help(help(&expected.sign))
    }

    fn message(&self, name: &str, expected: &Expected) -> Text {
        let (en, ar) = expected.what;
        if self.is_yaml {
            text!(
                "`{path}` is not {en}; see line {line}",
                "الملف `{path}` ليس {ar}؛ انظر السطر {line}",
                path = name,
                line = self.line,
                en = en,
                ar = ar,
            )
        } else {
            text!(
                "`{path}` is not {en}: line {line} is not valid YAML",
                "الملف `{path}` ليس {ar}، فالسطر {line} منه ليس بصيغة YAML صحيحة",
                path = name,
                line = self.line,
                en = en,
                ar = ar,
            )
        }
    }
}

fn help(sign: &Sign) -> Text {
    match sign {
        Sign::Header(kind, _) => text!(
            "begin it with `apiVersion: spokeslint/v1` and `kind: {kind}`; its text is not shown because it may be secret",
            "ابدأه بالسطرين `apiVersion: spokeslint/v1` و`kind: {kind}`؛ ولم يُعرض نصه لأنه قد يكون سريًّا",
            kind = kind,
        ),
        Sign::Keys(known) | Sign::MostKeys(known) => text!(
            "expected only keys such as {keys}; its text is not shown because it may be secret",
            "المتوقع مفاتيح مثل {keys} دون غيرها؛ ولم يُعرض نصه لأنه قد يكون سريًّا",
            keys = quoted(known),
        ),
    }
}

/// The first few of some keys.
fn quoted(keys: &[String]) -> String {
    let keys: Vec<String> = keys.iter().take(4).map(|key| format!("`{key}`")).collect();
    keys.join(", ")
}

/// A line of a file without what is written there.
pub(crate) fn withheld(source: &Source, line: u32) -> Label {
    let blank = "\n".repeat(line as usize);
    let start = line.saturating_sub(1);
    Label::new(&Arc::new(source.with_text(blank)), Span::new(start, start))
}
