//! `include` and `exclude`: which files they leave out, and which packs the file that says so may leave files
//! out of.

use std::path::{Path, PathBuf};

use super::scopes::{Ground, Scope};
use super::{Config, FILE_NAME, Layer};
use crate::diagnostic::Label;

/// A pattern that leaves a file out.
#[derive(Clone, Debug)]
pub struct Exclusion {
    /// The key of the settings, `include` or `exclude`.
    pub key: &'static str,
    /// The place of the pattern.
    pub place: Label,
    /// The folders of the packs, without links, from whose final rules it may take files.
    packs: Vec<PathBuf>,
}

/// Returns whether a file of settings belongs to those who keep a pack: it is the `spokeslint.yaml` of the pack's folder
/// or of the folder that holds it. Any other file that names the pack may be by those for whom its rules are final.
fn is_kept_with(settings: &str, pack: &Path) -> bool {
    let Ok(path) = Path::new(settings).canonicalize() else {
        return false;
    };
    let folder = path.parent();
    path.ends_with(FILE_NAME) && (folder == Some(pack) || folder == pack.parent())
}

impl Exclusion {
    /// Returns whether it may take files from rules that a file of packs calls final, by the path of that file.
    pub fn may_leave_out(&self, finality: &Label) -> bool {
        let path = Path::new(finality.source.name()).canonicalize();
        path.is_ok_and(|path| self.packs.iter().any(|pack| path.starts_with(pack)))
    }
}

/// `include` or `exclude` of one file of settings.
#[derive(Debug)]
pub(super) struct Patterns {
    pub(super) scope: Scope,
    /// The place of the file among all.
    pub(super) layer: usize,
    /// The key.
    pub(super) key: Option<Label>,
}

impl Patterns {
    pub(super) fn new(scope: Scope, layers: &[Layer], layer: usize, key: &str) -> Self {
        let document = layers[layer].document.as_ref();
        let entry = document.and_then(|document| document.get(document.root(), key));
        let key = entry.and_then(|entry| layers[layer].label(entry.key));
        Self { scope, layer, key }
    }
}

impl Config {
    /// Returns whether a file that was found in a folder is to be checked. A file that lies outside the project is none
    /// of its settings' business.
    pub fn takes(&self, real: Option<&Path>, name: &str) -> bool {
        self.exclusions(real, name).is_empty()
    }

    /// The patterns that leave a file out which was found in a folder.
    pub(super) fn exclusions(&self, real: Option<&Path>, name: &str) -> Vec<Exclusion> {
        let Some(path) = self.ground().path_at(real, name) else {
            return Vec::new();
        };
        let include = self.include.iter();
        let not_in = include.filter(|include| !include.scope.holds(&path));
        let not_in = not_in.filter_map(|include| {
            let place = include.key.clone()?;
            Some(self.exclusion("include", place, include.layer))
        });
        let out = self.excluding(|scope| scope.first(&path).cloned());
        not_in.chain(out).collect()
    }

    /// The patterns that leave out a folder in which a file lies.
    pub(super) fn folder_exclusions(&self, real: Option<&Path>, name: &str) -> Vec<Exclusion> {
        let path = self.ground().path_at(real, name);
        let Some(folder) = path.as_deref().and_then(|path| path.rsplit_once('/')) else {
            return Vec::new();
        };
        self.excluding(|scope| scope.first(folder.0).cloned())
            .collect()
    }

    fn excluding(
        &self,
        place: impl Fn(&Scope) -> Option<Label>,
    ) -> impl Iterator<Item = Exclusion> {
        self.exclude.iter().filter_map(move |exclude| {
            Some(self.exclusion("exclude", place(&exclude.scope)?, exclude.layer))
        })
    }

    fn exclusion(&self, key: &'static str, place: Label, layer: usize) -> Exclusion {
        // The project's own file may leave nothing out, whatever packs it names: it is what rules are final for.
        let is_own = layer + 1 == self.layers.len();
        let name = &self.layers[layer].name;
        let packs = self.packs.iter();
        let named = packs.filter(|folder| !is_own && folder.layer == *name);
        let named = named.filter_map(|folder| folder.path().canonicalize().ok());
        Exclusion {
            key,
            place,
            packs: named.filter(|pack| is_kept_with(name, pack)).collect(),
        }
    }

    fn ground(&self) -> &Ground {
        &self.scopes.ground
    }
}
