//! Rule files → checked, compiled [`Rule`]s. Every mistake is a diagnostic in its file, and a pack is
//! read to its end before they are reported.

use std::sync::Arc;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Diagnostic, Label};
use crate::pack::compile::{Env, compile_rule};
use crate::pack::headers::{self, Header};
use crate::pack::kinds::{Defined, Open};
use crate::pack::model::{
    Framework, PackFile, Position, PositionList, Profile, ProfileList, RuleFile,
};
use crate::pack::{Packs, Rule, finals, frameworks, profiles, terms};
use crate::recognize::withheld;
use crate::schema::{Shapes, shapes, validate};
use crate::source::{Source, Span};
use crate::text;
use crate::text::Text;
use crate::yaml::{self, Document, NodeId};

/// The files of one folder of packs, by their paths below it, sorted.
pub(super) type Files = Vec<(String, Arc<Source>)>;

/// A file's path with its first document, or with what is wrong with it.
pub(super) type Read = (String, Result<Document, Vec<Diagnostic>>);

/// What is known of files before they are loaded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::pack) enum Trust {
    /// Nothing: every mistake is looked for.
    None,
    /// They have no mistakes: the project's tests have loaded them without trust.
    Tested,
}

impl Trust {
    /// What a file is held against, unless it is trusted.
    fn shapes<T: JsonSchema>(self) -> Option<Shapes> {
        (self == Self::None).then(shapes::<T>)
    }
}

/// Parses the first document of each file.
pub(super) fn read(files: Files) -> Vec<Read> {
    let files = files.into_par_iter().filter(|(path, _)| is_of_a_pack(path));
    files
        .map(|(path, source)| (path, first_document(&source)))
        .collect()
}

/// Takes what was read into `packs`, in addition to what it holds.
pub(super) fn load(
    packs: &mut Packs,
    files: Vec<Read>,
    open: &Open<'_>,
    trust: Trust,
) -> Result<(), Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let (pack_files, files): (Vec<Read>, Vec<Read>) = files
        .into_iter()
        .partition(|(path, _)| name(path) == "pack.yaml");
    let mut defined = pack_headers(packs, pack_files, (open, trust), &mut diagnostics);
    let framework_shapes = trust.shapes::<Framework>();
    let mut rule_files = Vec::with_capacity(files.len());
    for (path, document) in files {
        if defined.schemas.contains(&path) {
            continue;
        }
        let Some(document) = keep(document, &mut diagnostics) else {
            continue;
        };
        match name(&path) {
            "positions.yaml" => {
                let position_shapes = trust.shapes::<PositionList>();
                let list = decode::<PositionList>(&document, position_shapes.as_ref());
                let list = keep(list, &mut diagnostics);
                packs
                    .positions
                    .extend(list.into_iter().flat_map(|list| list.positions));
            }
            "profiles.yaml" => {
                let profile_shapes = trust.shapes::<ProfileList>();
                let list = decode::<ProfileList>(&document, profile_shapes.as_ref());
                let list = keep(list, &mut diagnostics);
                let known = packs.profiles.len();
                packs
                    .profiles
                    .extend(list.into_iter().flat_map(|list| list.profiles));
                diagnostics.extend(profiles::check(&packs.profiles, known, &document));
            }
            _ if folder(&path) == "frameworks" => {
                let framework = decode::<Framework>(&document, framework_shapes.as_ref());
                if let Some(framework) = keep(framework, &mut diagnostics) {
                    diagnostics.extend(frameworks::take(packs, &path, (framework, &document)));
                }
            }
            _ => rule_files.push((path, document)),
        }
    }
    diagnostics.extend(headers::finish(packs, &mut defined, &rule_files));
    let rules = rules(packs, &rule_files, (&defined, trust), &mut diagnostics);
    for rule in rules {
        if let Some(twin) = packs.rules.iter().find(|known| known.id == rule.id) {
            diagnostics.push(twice(&rule, twin));
        }
        packs.rules.push(rule);
    }
    diagnostics.extend(finals::mark(&defined.finals, packs));
    packs.rules.sort_by(|a, b| a.id.cmp(&b.id));
    packs.packs.sort_by(|a, b| a.id.cmp(&b.id));
    if diagnostics.is_empty() {
        Ok(())
    } else {
        Err(diagnostics)
    }
}

/// Takes in every `pack.yaml`, before the rules that may speak of the kinds it defines.
fn pack_headers(
    packs: &mut Packs,
    files: Vec<Read>,
    (open, trust): (&Open<'_>, Trust),
    diagnostics: &mut Vec<Diagnostic>,
) -> Defined {
    let pack_shapes = trust.shapes::<PackFile>();
    let mut defined = Defined::default();
    for (path, document) in files {
        let decoded = document.and_then(|document| {
            let file = decode::<PackFile>(&document, pack_shapes.as_ref())?;
            Ok((file, document))
        });
        let Some((mut file, document)) = keep(decoded, diagnostics) else {
            defined.is_partial = true;
            continue;
        };
        diagnostics.extend(defined.take(&path, (&file, &document), &packs.kinds, open));
        diagnostics.extend(terms::take(packs, folder(&path), &mut file, &document));
        defined
            .headers
            .push(Header::new(folder(&path), file, document));
    }
    packs.kinds.extend(defined.kinds.iter().cloned());
    defined
}

fn rules(
    packs: &Packs,
    files: &[(String, Document)],
    (defined, trust): (&Defined, Trust),
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Rule> {
    let rule_shapes = trust.shapes::<RuleFile>();
    let ids: Vec<String> = files.iter().map(|(path, _)| rule_id(path)).collect();
    let mut env = env(packs);
    env.rules.extend(ids.iter().map(String::as_str));
    env.trust = trust;
    let loaded: Vec<Result<Rule, Vec<Diagnostic>>> = files
        .par_iter()
        .map(|(path, document)| {
            // What is wrong with the condition of its pack has been said.
            if defined.unsound.contains(folder(path)) {
                return Err(Vec::new());
            }
            let file = decode::<RuleFile>(document, rule_shapes.as_ref())?;
            // What is wrong with its kind has been said.
            if file
                .kind
                .as_ref()
                .is_some_and(|kind| defined.lacks(kind, &packs.kinds))
            {
                return Err(Vec::new());
            }
            compile_rule(&rule_id(path), file, document, &env)
        })
        .collect();
    loaded
        .into_iter()
        .filter_map(|result| keep(result, diagnostics))
        .collect()
}

/// What the rules of these packs may refer to.
pub(super) fn env(packs: &Packs) -> Env<'_> {
    Env {
        kinds: &packs.kinds,
        profiles: packs
            .profiles
            .iter()
            .map(|profile: &Profile| profile.id.as_str())
            .collect(),
        positions: packs
            .positions
            .iter()
            .map(|position: &Position| position.id.as_str())
            .collect(),
        frameworks: &packs.frameworks,
        rules: packs.rules.iter().map(|rule| rule.id.as_str()).collect(),
        packs: &packs.packs,
        terms: packs.term_names(),
        trust: Trust::None,
    }
}

/// Decodes the first document of a file, which comes along.
pub(super) fn decode_with<T: DeserializeOwned>(
    source: &Arc<Source>,
    shapes: &Shapes,
) -> Result<(T, Document), Vec<Diagnostic>> {
    let document = first_document(source)?;
    decode_node(&document, document.root(), shapes).map(|file| (file, document))
}

/// The first document of a file, if nothing is wrong with it.
pub(super) fn first_document(source: &Arc<Source>) -> Result<Document, Vec<Diagnostic>> {
    let parsed = yaml::parse_first(source);
    if !parsed.diagnostics.is_empty() {
        return Err(parsed.diagnostics);
    }
    parsed.documents.into_iter().next().ok_or_else(|| {
        let message = text!("the file holds no document", "لا يحتوي الملف على أي مستند");
        vec![Diagnostic::error("pack/empty", message).with_label(withheld(source, 1))]
    })
}

/// Decodes a file after holding it against its schema, unless it is trusted.
fn decode<T: DeserializeOwned>(
    document: &Document,
    shapes: Option<&Shapes>,
) -> Result<T, Vec<Diagnostic>> {
    match shapes {
        Some(shapes) => decode_node(document, document.root(), shapes),
        None => decode_sound(document, document.root()),
    }
}

/// Decodes a node after holding it against its schema.
pub(crate) fn decode_node<T: DeserializeOwned>(
    document: &Document,
    node: NodeId,
    shapes: &Shapes,
) -> Result<T, Vec<Diagnostic>> {
    let found = misfits(document, node, shapes);
    if found.is_empty() {
        decode_sound(document, node)
    } else {
        Err(found)
    }
}

/// What is wrong with the shape of a node in a file of a pack, which nobody has fixed by the tool.
pub(super) fn misfits(document: &Document, node: NodeId, shapes: &Shapes) -> Vec<Diagnostic> {
    let mut found = validate(document, node, shapes, shapes.root()).diagnostics;
    for one in &mut found {
        one.fix = None;
    }
    found
}

fn decode_sound<T: DeserializeOwned>(
    document: &Document,
    node: NodeId,
) -> Result<T, Vec<Diagnostic>> {
    yaml::from_node(document, node).map_err(|error| {
        let label = Label::new(document.source(), document.span(error.node));
        vec![Diagnostic::error("pack/value", error.message).with_label(label)]
    })
}

fn keep<T>(result: Result<T, Vec<Diagnostic>>, diagnostics: &mut Vec<Diagnostic>) -> Option<T> {
    result.map_err(|found| diagnostics.extend(found)).ok()
}

/// Whether a file below a folder of packs is one of theirs: a list of its own, or `<pack>/…`; a schema is
/// read for the kind that names it.
fn is_of_a_pack(path: &str) -> bool {
    let is_list = matches!(path, "positions.yaml" | "profiles.yaml");
    is_list || (path.contains('/') && !path.ends_with(".schema.yaml"))
}

/// The last step of a path.
pub(super) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The name of a file without its ending.
pub(super) fn stem(path: &str) -> &str {
    let name = name(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The folder that a file stands in: of a file of a pack, the pack's id.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit('/').nth(1).unwrap_or("")
}

/// `<pack>/<rule>.yaml` → `<pack>/<rule>`.
pub(super) fn rule_id(path: &str) -> String {
    format!("{}/{}", folder(path), stem(path))
}

fn twice(rule: &Rule, twin: &Rule) -> Diagnostic {
    let message = text!(
        "there are two rules called `{id}`",
        "توجد قاعدتان باسم `{id}`",
        id = rule.id,
    );
    let mark = |rule: &Rule, text: Text| Label::new(&rule.source, Span::default()).with_text(text);
    Diagnostic::error("pack/duplicate-rule", message)
        .with_label(mark(rule, text!("this one", "هذه")))
        .with_label(mark(twin, text!("and this one", "وهذه")))
        .with_help(text!(
            "rename the folder or the file of one",
            "غيِّر اسم مجلد إحداهما أو ملفها"
        ))
}
