//! Files and places: each file once, under an address in which no character acts.

use std::collections::HashMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::model::{Artifact, ArtifactLocation, Location, PhysicalLocation, Region};
use super::{ROOT, message};
use crate::diagnostic::Label;
use crate::engine::Report;
use crate::output::ruler::Ruler;
use crate::source::{Source, Span};
use crate::text::Lang;

/// What stands for itself in a path: the unreserved characters of RFC 3986, and what parts folders.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// The files that have been mentioned, in the order in which they were.
pub(super) struct Places<'a> {
    report: &'a Report,
    files: Vec<ArtifactLocation>,
    known: HashMap<&'a str, usize>,
    ruler: Ruler<'a>,
}

impl<'a> Places<'a> {
    /// The files of all findings, in the order in which these mention them.
    pub(super) fn of(report: &'a Report) -> Self {
        let mut places = Self {
            report,
            files: Vec::new(),
            known: HashMap::new(),
            ruler: Ruler::default(),
        };
        let found = report.diagnostics.iter().map(|found| (found, None));
        let aside = report.suppressed.iter();
        let aside = aside.map(|one| (&one.diagnostic, Some(&one.place)));
        for (found, place) in found.chain(aside) {
            for label in &found.labels {
                places.file(&label.source);
            }
            if let Some(fix) = &found.fix {
                places.file(&fix.source);
            }
            if let Some(place) = place {
                places.file(&place.source);
            }
        }
        places
    }

    pub(super) fn file(&mut self, source: &'a Source) -> ArtifactLocation {
        let next = self.files.len();
        let path = self.report.path_of(source.name());
        let index = *self.known.entry(path).or_insert(next);
        if index == next {
            self.files.push(address(path));
        }
        ArtifactLocation {
            index: Some(index),
            ..self.files[index].clone()
        }
    }

    pub(super) fn location(&mut self, label: &'a Label, lang: Lang) -> Location {
        Location {
            id: None,
            place: PhysicalLocation {
                artifact_location: self.file(&label.source),
                region: self.region(&label.source, label.span),
            },
            message: label.text.as_ref().map(|text| message(text, lang)),
        }
    }

    pub(super) fn region(&mut self, source: &'a Source, span: Span) -> Region {
        let start = self.ruler.place(source, span.start);
        let end = self.ruler.place(source, span.end);
        Region {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }

    pub(super) fn artifacts(&self) -> Vec<Artifact> {
        let artifact = |location| Artifact {
            location,
            mime_type: "application/yaml",
        };
        self.files.iter().cloned().map(artifact).collect()
    }
}

/// The address of a file by its name: relative to the root, unless the name is a path from the top.
fn address(name: &str) -> ArtifactLocation {
    let path = utf8_percent_encode(name, KEPT).to_string();
    let mut letters = name.chars();
    let has_drive = letters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && letters.as_str().starts_with(":/");
    let (uri, base) = if has_drive {
        (format!("file:///{}", path.replacen("%3A", ":", 1)), None)
    } else if name.starts_with('/') {
        (format!("file://{path}"), None)
    } else {
        (path, Some(ROOT))
    };
    ArtifactLocation {
        uri,
        uri_base_id: base,
        index: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_nothing_but_harmless_characters() {
        let uri = |name| (address(name).uri, address(name).uri_base_id);
        assert_eq!(uri("a/b-1.yaml"), ("a/b-1.yaml".into(), Some(ROOT)));
        assert_eq!(
            uri("my files/جهة.yaml").0,
            "my%20files/%D8%AC%D9%87%D8%A9.yaml"
        );
        assert_eq!(
            uri("::error::\n%0A.yaml").0,
            "%3A%3Aerror%3A%3A%0A%250A.yaml"
        );
        assert_eq!(
            uri("/tmp/a b.yaml"),
            ("file:///tmp/a%20b.yaml".into(), None)
        );
        assert_eq!(uri("C:/a.yaml"), ("file:///C:/a.yaml".into(), None));
        assert_eq!(uri("<stdin>").0, "%3Cstdin%3E");
    }
}
