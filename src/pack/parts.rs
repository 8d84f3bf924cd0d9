//! Recognizes the files of a pack, so that the text of other files among them is not shown.

use super::load::{Read, folder, name};
use super::model::{Examples, Framework, PackFile, PositionList, ProfileList, RuleFile};
use crate::diagnostic::Diagnostic;
use crate::recognize::{Expected, recognize};
use crate::schema::{Shapes, shapes};
use crate::yaml::Document;

/// Files as they were read; the text of one that is no part of a pack shows in no finding.
pub(super) fn recognized(files: Vec<Read>) -> Vec<Read> {
    let parts = Parts::new();
    let files = files.into_iter();
    files
        .map(|(path, read)| {
            let read = parts.recognized(&path, read);
            (path, read)
        })
        .collect()
}

/// Returns the finding on bytes of a file that are not text; it does not show the text if it is not part of a pack.
pub(super) fn unreadable(path: &str, found: Box<Diagnostic>) -> Diagnostic {
    Parts::new().of(path).of_bytes(found)
}

/// The marks by which the files of a pack are recognized.
struct Parts {
    header: Expected,
    rule: Expected,
    positions: Expected,
    profiles: Expected,
    framework: Expected,
}

impl Parts {
    fn new() -> Self {
        let known =
            |what, shapes: &[Shapes]| Expected::most_keys_of("pack/other-kind", what, shapes);
        Self {
            header: known(
                ("the header of a pack", "ملف تعريف حزمة"),
                &[shapes::<PackFile>()],
            ),
            rule: known(
                ("a rule", "قاعدة"),
                &[shapes::<RuleFile>(), shapes::<Examples>()],
            ),
            positions: known(
                ("a list of positions", "قائمة مواقف"),
                &[shapes::<PositionList>()],
            ),
            profiles: known(
                ("a list of profiles", "قائمة مجموعات قواعد"),
                &[shapes::<ProfileList>()],
            ),
            framework: known(("a framework", "إطارًا تنظيميًّا"), &[shapes::<Framework>()]),
        }
    }

    fn of(&self, path: &str) -> &Expected {
        match name(path) {
            "pack.yaml" => &self.header,
            "positions.yaml" => &self.positions,
            "profiles.yaml" => &self.profiles,
            _ if folder(path) == "frameworks" => &self.framework,
            _ => &self.rule,
        }
    }

    fn recognized(
        &self,
        path: &str,
        read: Result<Document, Vec<Diagnostic>>,
    ) -> Result<Document, Vec<Diagnostic>> {
        let (documents, faults) = match &read {
            Ok(document) => (std::slice::from_ref(document), &[][..]),
            Err(faults) => (&[][..], &faults[..]),
        };
        let fault = faults.first().and_then(|fault| fault.labels.first());
        let source = documents.first().map(Document::source);
        let Some(source) = source.or(fault.map(|label| &label.source)) else {
            return read;
        };
        let expected = self.of(path);
        match recognize(source, (documents, faults), expected) {
            Ok(()) => read,
            Err(foreign) => Err(vec![foreign.finding(source, expected)]),
        }
    }
}
