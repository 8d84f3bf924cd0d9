//! What a finding is known by to programs that compare runs: a digest that no moved line changes, and that
//! no two findings of a report share.

use std::collections::HashMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::diagnostic::Diagnostic;
use crate::engine::Report;

/// What the digests are made of; it changes when fingerprints of one finding change.
const VERSION: &str = "spokeslint/v1";
/// How many bytes of a digest are shown: 128 bits suffice, for nobody gains by making two findings alike.
const BYTES: usize = 16;

/// The fingerprints of a report's findings, in the order in which they stand there.
pub(super) struct Fingerprints {
    /// Of the findings.
    pub(super) found: Vec<String>,
    /// Of those that are set aside.
    pub(super) suppressed: Vec<String>,
}

impl Fingerprints {
    /// Twins are counted over all findings, so that setting one aside does not change another's.
    pub(super) fn of(report: &Report) -> Self {
        let suppressed = report.suppressed.iter().map(|one| &one.diagnostic);
        let all: Vec<&Diagnostic> = report.diagnostics.iter().chain(suppressed).collect();
        let mut found = of_all(&all);
        let suppressed = found.split_off(report.diagnostics.len());
        Self { found, suppressed }
    }
}

/// The fingerprints of some findings, in their order.
pub(super) fn of_all(diagnostics: &[&Diagnostic]) -> Vec<String> {
    let mut order: Vec<usize> = (0..diagnostics.len()).collect();
    order.sort_by_key(|index| diagnostics[*index].sort_key());
    let mut seen: HashMap<Vec<u8>, usize> = HashMap::new();
    let mut prints = vec![String::new(); diagnostics.len()];
    for index in order {
        let digest = base(diagnostics[index]);
        let twins = seen.entry(digest.clone()).or_default();
        prints[index] = hexadecimal(&if *twins == 0 {
            digest
        } else {
            digest_of(&[&digest, &twins.to_le_bytes()])
        });
        *twins += 1;
    }
    prints
}

/// The digest of the rule and the finding's key; without a key, of the file and what is pointed at.
fn base(diagnostic: &Diagnostic) -> Vec<u8> {
    let label = diagnostic.labels.first();
    let snippet = label.map_or("", |label| label.source.slice(label.span));
    let rule = &diagnostic.rule;
    let mut parts = Vec::from(match (&diagnostic.key, label) {
        (Some(key), _) => [rule, "key", &key.document, &key.path, &key.digest],
        (None, Some(label)) => [rule, "place", label.source.name(), snippet, ""],
        (None, None) => [rule, "words", &diagnostic.message.en, "", ""],
    });
    let elements = diagnostic.key.iter().flat_map(|key| &key.elements);
    parts.extend(elements.map(String::as_str));
    let parts: Vec<&[u8]> = parts.into_iter().map(str::as_bytes).collect();
    digest_of(&parts)
}

/// The digest of parts, each with its length, so that no two lists of parts are one text.
fn digest_of(parts: &[&[u8]]) -> Vec<u8> {
    let mut digest = Sha256::new_with_prefix(VERSION);
    for part in parts {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    digest.finalize().to_vec()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .take(BYTES)
        .fold(String::new(), |mut shown, byte| {
            let _ = write!(shown, "{byte:02x}");
            shown
        })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::{Key, Label};
    use crate::source::{Source, Span};
    use crate::text::Text;

    fn finding(text: &str, name: &str, key: Option<&str>) -> Diagnostic {
        let at = u32::try_from(text.find("bad").unwrap()).unwrap();
        let source = Arc::new(Source::new(name, text));
        let mut finding = Diagnostic::error("p/r", Text::new("x", "س"))
            .with_label(Label::new(&source, Span::new(at, at + 3)));
        finding.key = key.map(|path| {
            Box::new(Key {
                document: "Agency/water".into(),
                path: path.into(),
                digest: "0".into(),
                elements: Vec::new(),
            })
        });
        finding
    }

    #[test]
    fn which_elements_decided_is_a_part_of_it() {
        let print = |elements: &[&str]| {
            let mut found = finding("bad", "n", Some("a"));
            let key = found.key.as_deref_mut().unwrap();
            key.elements = elements.iter().map(ToString::to_string).collect();
            of_all(&[&found]).remove(0)
        };
        let prints = [
            print(&[]),
            print(&["1"]),
            print(&["1", "2"]),
            print(&["12"]),
        ];
        assert_eq!(prints.iter().collect::<HashSet<_>>().len(), 4);
    }

    #[test]
    fn neither_a_moved_line_nor_with_a_key_a_renamed_file_changes_it() {
        let prints = |text, name, key| of_all(&[&finding(text, name, key)]).remove(0);
        assert_eq!(prints("a: bad", "n", None), prints("\n\nb: bad", "n", None));
        assert_ne!(prints("a: bad", "n", None), prints("a: bad", "m", None));
        assert_eq!(
            prints("a: bad", "n", Some("a")),
            prints("b: 1\na: bad", "m", Some("a"))
        );
        assert_ne!(
            prints("a: bad", "n", Some("a")),
            prints("a: bad", "n", Some("b"))
        );
        assert_eq!(
            prints("a: bad", "n", None),
            "88844edac30031551eb4055963913991"
        );
    }

    #[test]
    fn twins_differ_and_keep_theirs_when_one_is_set_aside() {
        let twins = [
            finding("bad", "n", Some("a")),
            finding(" bad", "n", Some("a")),
        ];
        let whole = of_all(&[&twins[0], &twins[1]]);
        assert_eq!(whole.iter().collect::<HashSet<_>>().len(), 2);
        let turned = of_all(&[&twins[1], &twins[0]]);
        assert_eq!([&turned[1], &turned[0]], [&whole[0], &whole[1]]);
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(digest_of(&[b"ab", b"c"]), digest_of(&[b"a", b"bc"]));
    }
}
