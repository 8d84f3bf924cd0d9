//! The packs that come with the tool, inside the program.
//!
//! The project's tests load them whole and prove them. A run that only checks documents takes that as given and
//! loads no more than the rules that are on.

use std::collections::HashMap;
use std::sync::Arc;

use include_dir::{Dir, DirEntry, File, include_dir};

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::pack::Packs;
use crate::pack::load::{self, Files, Trust, folder, rule_id};
use crate::schema::Kind;
use crate::source::{Source, display_name};

static BUILTIN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// What can be said of a built-in rule without reading its file to the end.
pub(crate) struct Outline<'o> {
    /// Its id.
    pub(crate) id: String,
    /// The profiles that it lists, or those of its pack.
    pub(crate) profiles: Vec<&'o str>,
}

impl Packs {
    /// The packs that come with the tool.
    ///
    /// # Errors
    ///
    /// [`Error::Packs`] when one of them does not load, which the project's own tests rule out.
    pub fn builtin() -> Result<Self, Error> {
        let (kind, files) = rayon::join(Kind::agency, || load::read(files()));
        let mut packs = Self::with_kind(kind);
        load::load(&mut packs, files, &embedded_file, Trust::None).map_err(Error::Packs)?;
        Ok(packs)
    }

    /// The rules that `choose` takes of them, ready to run, without what only explanations need: positions
    /// and frameworks. `choose` is told what is known of all the rules, and of the profiles.
    pub(crate) fn builtin_part(
        choose: impl FnOnce(&Self, &[Outline<'_>]) -> Vec<bool>,
    ) -> Result<Self, Error> {
        let (heads, rules): (Files, Files) = files()
            .into_iter()
            .filter(|(path, _)| path != "positions.yaml" && folder(path) != "frameworks")
            .partition(|(path, _)| path == "profiles.yaml" || path.ends_with("/pack.yaml"));
        let (kind, heads) = rayon::join(Kind::agency, || load::read(heads));
        let mut packs = Self::with_kind(kind);
        load::load(&mut packs, heads, &embedded_file, Trust::Tested).map_err(Error::Packs)?;
        let outlines = outlines(&packs, &rules);
        let chosen = choose(&packs, &outlines);
        let left_out = outlines.iter().zip(&chosen).filter(|(_, chosen)| !**chosen);
        let left_out = left_out.map(|(outline, _)| outline.id.clone()).collect();
        let rules = rules.iter().zip(chosen).filter(|(_, chosen)| *chosen);
        let rules = load::read(rules.map(|(file, _)| file.clone()).collect());
        load::load(&mut packs, rules, &embedded_file, Trust::Tested).map_err(Error::Packs)?;
        packs.left_out = left_out;
        Ok(packs)
    }
}

fn outlines<'o>(packs: &'o Packs, rules: &'o Files) -> Vec<Outline<'o>> {
    let packs: HashMap<&str, Vec<&str>> = packs
        .packs
        .iter()
        .map(|pack| {
            let profiles = pack.profiles.iter().map(String::as_str);
            (pack.id.as_str(), profiles.collect())
        })
        .collect();
    let outline = |(path, source): &'o (String, Arc<Source>)| Outline {
        id: rule_id(path),
        profiles: own_profiles(source.text())
            .or_else(|| packs.get(folder(path)).cloned())
            .unwrap_or_default(),
    };
    rules.iter().map(outline).collect()
}

/// The profiles that a rule file lists. In a mapping in block style, as all built-in rules are, a line that
/// begins with a key is that key's.
fn own_profiles(text: &str) -> Option<Vec<&str>> {
    let mut lines = text.lines().take_while(|line| *line != "---");
    let list = lines.find_map(|line| line.strip_prefix("profiles: ["))?;
    let (list, _) = list.split_once(']')?;
    Some(list.split(',').map(str::trim).collect())
}

/// All files of the packs, sorted.
fn files() -> Files {
    let mut files = Files::new();
    embedded(&BUILTIN, &mut files);
    files
}

/// A file of the built-in packs that is no rule.
fn embedded_file(path: &str) -> Result<Result<Source, Box<Diagnostic>>, Error> {
    let text = BUILTIN.get_file(path).and_then(File::contents_utf8);
    let missing = || Error::Read {
        path: path.to_owned(),
        source: std::io::ErrorKind::NotFound.into(),
    };
    let text = text.ok_or_else(missing)?;
    Ok(Ok(Source::new(format!("rules/{path}"), text)))
}

fn embedded(dir: &Dir<'_>, files: &mut Files) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => embedded(dir, files),
            DirEntry::File(file) => {
                let path = display_name(file.path());
                if let (Some(text), true) = (
                    file.contents_utf8(),
                    file.path().extension().is_some_and(|end| end == "yaml"),
                ) {
                    files.push((
                        path.clone(),
                        Arc::new(Source::new(format!("rules/{path}"), text)),
                    ));
                }
            }
        }
    }
}
