//! The report for programs: versioned, in both languages, with every place in bytes, characters and
//! UTF-16 units. `schemas/report.schema.json` describes it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde_json::Value;

use crate::date::Date;
use crate::diagnostic::{self, Positions, Safety, Severity};
use crate::discover::Cause;
use crate::engine::{Means, Report, Share, Suppressed, Tally};
use crate::output::fingerprint::{self, Fingerprints};
use crate::output::printable::Stream;
use crate::output::ruler::{Place, Ruler};
use crate::text::Text;

pub use crate::output::printable::{line, write};

/// The version of this format; it changes when a field is removed or changes its meaning.
const VERSION: u32 = 1;

/// What `spokeslint check --format json` prints.
#[derive(Serialize, JsonSchema)]
#[schemars(
    title = "Report",
    rename = "Report",
    extend("$id" = "urn:spokeslint:schema:report:v1")
)]
struct Output<'a> {
    /// The version of this format. It changes when a field is removed or changes its meaning; new
    /// fields may come without notice.
    #[schemars(extend("const" = VERSION))]
    version: u32,
    /// The findings, sorted by file, place and rule.
    #[schemars(with = "Vec<Finding<'a>>")]
    findings: Stream<'a, Finding<'a>>,
    /// The findings that are known and do not count, sorted in the same way.
    #[schemars(with = "Vec<SetAside<'a>>")]
    suppressed: Stream<'a, SetAside<'a>>,
    /// How many findings there are.
    summary: Summary,
    /// What became of every pair of a rule and a document.
    receipt: Receipt<'a>,
    /// Files found by walking that are passed over, such as those of other tools.
    passed_over: Vec<&'a str>,
    /// The files found by walking that are not checked, with the reasons. Files that are not YAML or JSON by name are only
    /// counted.
    not_checked: Vec<NotChecked<'a>>,
    /// The number of files and documents that are not checked, by reason.
    not_checked_by_reason: BTreeMap<&'static str, usize>,
    /// What kept the run from checking everything, such as a file that cannot be read; nothing in a run that
    /// did its job.
    failures: Vec<Words>,
}

/// A file, a folder or a document that is not checked.
#[derive(Serialize, JsonSchema)]
struct NotChecked<'a> {
    /// The file, with `/` separators; a folder ends in one.
    path: &'a str,
    /// The first line of a document that is not checked, in a file with others that are.
    line: Option<u32>,
    /// The reason why it is not checked.
    reason: Cause,
}

/// A finding that is known and does not count.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Suppressed")]
struct SetAside<'a> {
    /// The finding.
    finding: Finding<'a>,
    /// By what it is set aside: a comment in the file, an entry in a file of waivers, or the baseline.
    means: Means,
    /// Why, in the words of who did it.
    reason: Option<&'a str>,
    /// The last day on which that holds.
    until: Option<Date>,
    /// Where it says so.
    place: Label<'a>,
}

/// What a finding is known by in another run. Neither lines nor names of files enter it.
#[derive(Serialize, JsonSchema)]
struct Key<'a> {
    /// The document: its kind and its id.
    document: &'a str,
    /// The place in it for people, elements of lists by what they are called.
    path: &'a str,
    /// A digest of what the rule was asked of and, unless elements decided, of the place and what stands there.
    digest: &'a str,
    /// A digest of each element that decided, sorted; none where the rule goes through no list. The same finding
    /// with fewer of them is what mending has left of it.
    elements: &'a [String],
}

/// One finding.
#[derive(Serialize, JsonSchema)]
struct Finding<'a> {
    /// The rule's id.
    rule: &'a str,
    /// How much it weighs.
    severity: Severity,
    /// What is wrong, in one line.
    message: Words,
    /// Where; the first one is the primary one.
    labels: Vec<Label<'a>>,
    /// Why it matters.
    why: Option<Words>,
    /// What to do next.
    help: Option<Words>,
    /// Who argued for and against the rule.
    positions: &'a Positions,
    /// The first day on which the rule is in force, where that is after the day of the check; until then a
    /// finding is a warning at most.
    in_force_from: Option<Date>,
    /// What the finding is known by in another run; none for a file that does not parse.
    key: Option<Key<'a>>,
    /// A digest that stays the same while the finding does, wherever its line moves to, and that no other
    /// finding of the report has.
    fingerprint: String,
    /// How it can be mended without a person's thought, if it can.
    fix: Option<Fix<'a>>,
}

/// A way to mend a finding. All its edits are made, or none.
#[derive(Serialize, JsonSchema)]
struct Fix<'a> {
    /// What is done, in the imperative.
    title: Words,
    /// `safe` fixes are made by `--fix`, `unsafe` ones, which a person should look at, by `--unsafe-fixes` only.
    safety: Safety,
    /// The file that is changed.
    path: &'a str,
    /// The edits, in order; they do not overlap.
    edits: Vec<Edit<'a>>,
}

/// A piece of a file, replaced.
#[derive(Serialize, JsonSchema)]
struct Edit<'a> {
    /// Where what goes begins.
    start: Place,
    /// Where it ends: one past its last character.
    end: Place,
    /// The text that comes in its place.
    replacement: &'a str,
}

/// The same words in two languages.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Text")]
pub(super) struct Words {
    /// English.
    en: String,
    /// Arabic.
    ar: String,
}

/// A place, with a few words on what stands there.
#[derive(Serialize, JsonSchema)]
struct Label<'a> {
    /// The file, with `/` separators; `<stdin>` for standard input.
    path: &'a str,
    /// Where it begins.
    start: Place,
    /// Where it ends: one past its last character.
    end: Place,
    /// What stands there.
    text: Option<Words>,
}

/// How many findings there are.
#[derive(Serialize, JsonSchema)]
struct Summary {
    /// All of them.
    problems: usize,
    /// Those of severity error.
    errors: usize,
    /// Those of severity warning.
    warnings: usize,
    /// Those of severity note.
    notes: usize,
    /// Those that are set aside and do not count as problems.
    suppressed: usize,
    /// Those that carry a fix.
    fixable: usize,
    /// How many were mended before the files were checked once more; they are not among the findings.
    fixed: usize,
}

/// What became of every pair of a rule and a document: `held`, `found`, `not_applicable` and
/// `not_evaluated` add up to `pairs`.
#[derive(Serialize, JsonSchema)]
struct Receipt<'a> {
    /// How many files were read.
    files: usize,
    /// How many documents were held against the rules.
    documents: usize,
    /// How many of them there were of each kind.
    kinds: &'a BTreeMap<String, usize>,
    /// The number of rules that were on; the most, where files are under several settings.
    rules: usize,
    /// Rules × documents, added over the settings.
    pairs: usize,
    /// The settings of the files, with how many documents they hold for and how many rules they switch on.
    settings: &'a [Share],
    /// The rule looked at something and found no fault.
    held: usize,
    /// The rule found at least one fault.
    found: usize,
    /// There was nothing in the document that the rule speaks of, or it speaks of another kind of document.
    not_applicable: usize,
    /// The rule touched a value that has a shape error, so there is no verdict.
    not_evaluated: usize,
    /// The number of findings that were counted but are not listed, because their rule finds so many in one document.
    /// Left out where all are listed.
    #[serde(skip_serializing_if = "is_zero")]
    #[schemars(default)]
    unlisted: usize,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// The JSON Schema of what [`crate::output::Format::Json`] writes.
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(Output);
    RecursiveTransform(unwrap_lines).transform(&mut schema);
    schema.to_value()
}

/// Joins the lines that a doc comment was wrapped into.
fn unwrap_lines(schema: &mut Schema) {
    if let Some(Value::String(words)) = schema.get_mut("description") {
        *words = words.replace('\n', " ");
    }
}

pub(super) fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let (mut ruler, mut other) = (Ruler::default(), Ruler::default());
    let prints = Fingerprints::of(report);
    let findings = report.diagnostics.iter().zip(prints.found);
    let suppressed = report.suppressed.iter().zip(prints.suppressed);
    let output = Output {
        version: VERSION,
        findings: Stream::new(
            findings.map(move |(found, print)| finding(found, print, &mut ruler)),
        ),
        suppressed: Stream::new(
            suppressed.map(move |(one, print)| set_aside(one, print, &mut other)),
        ),
        summary: Summary {
            problems: report.diagnostics.len(),
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            notes: report.count(Severity::Note),
            suppressed: report.suppressed.len(),
            fixable: report.fixable().0,
            fixed: report.fixed,
        },
        receipt: tallied(report),
        passed_over: report.passed_over().map(|one| &*one.name).collect(),
        not_checked: not_checked(report),
        not_checked_by_reason: by_reason(report),
        failures: report.failures.iter().map(words).collect(),
    };
    write(&output, out)
}

fn not_checked(report: &Report) -> Vec<NotChecked<'_>> {
    let listed = report.unchecked.iter();
    let listed = listed.filter(|one| one.cause != Cause::OtherType);
    let listed = listed.map(|one| NotChecked {
        path: &one.name,
        line: one.line,
        reason: one.cause,
    });
    let excluded = report.excluded.iter().map(|name| NotChecked {
        path: name,
        line: None,
        reason: Cause::Excluded,
    });
    listed.chain(excluded).collect()
}

fn by_reason(report: &Report) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for one in &report.unchecked {
        *counts.entry(one.cause.as_str()).or_default() += 1;
    }
    if !report.excluded.is_empty() {
        counts.insert(Cause::Excluded.as_str(), report.excluded.len());
    }
    counts
}

/// Labels for a document of another form than the report's.
pub(super) fn labels(labels: &[diagnostic::Label]) -> Value {
    let mut ruler = Ruler::default();
    let labels: Vec<Label<'_>> = labels.iter().map(|one| label(one, &mut ruler)).collect();
    serde_json::to_value(labels).unwrap_or_default()
}

/// Findings for a document of another form than the report's.
pub(super) fn findings(diagnostics: &[diagnostic::Diagnostic]) -> Value {
    let mut ruler = Ruler::default();
    let prints = fingerprint::of_all(&diagnostics.iter().collect::<Vec<_>>());
    let found = diagnostics.iter().zip(prints);
    let found: Vec<Finding<'_>> = found
        .map(|(one, print)| finding(one, print, &mut ruler))
        .collect();
    serde_json::to_value(found).unwrap_or_default()
}

/// A text for a document of another form than the report's.
pub(super) fn text(text: &Text) -> Value {
    serde_json::to_value(words(text)).unwrap_or_default()
}

/// What became of every pair of a rule and a document.
pub(super) fn receipt(report: &Report) -> impl Serialize {
    tallied(report)
}

fn tallied(report: &Report) -> Receipt<'_> {
    let Tally {
        held,
        found,
        not_applicable,
        not_evaluated,
    } = report.tally;
    Receipt {
        files: report.files,
        documents: report.documents,
        kinds: &report.kinds,
        rules: report.rules,
        pairs: report.tally.total(),
        settings: &report.shares,
        held,
        found,
        not_applicable,
        not_evaluated,
        unlisted: report.unlisted.values().sum(),
    }
}

/// A text in both languages, as formats for programs carry it.
pub(super) fn words(text: &Text) -> Words {
    use crate::text::Lang::{Ar, En};
    Words {
        en: text.plain(En).trim().to_owned(),
        ar: text.plain(Ar).trim().to_owned(),
    }
}

fn finding<'a>(
    diagnostic: &'a diagnostic::Diagnostic,
    fingerprint: String,
    ruler: &mut Ruler<'a>,
) -> Finding<'a> {
    let labels = diagnostic.labels.iter();
    Finding {
        rule: &diagnostic.rule,
        severity: diagnostic.severity,
        message: words(&diagnostic.message),
        labels: labels.map(|one| label(one, ruler)).collect(),
        why: diagnostic.why.as_ref().map(words),
        help: diagnostic.help.as_ref().map(words),
        positions: &diagnostic.positions,
        in_force_from: diagnostic.in_force_from,
        key: diagnostic.key.as_deref().map(|key| Key {
            document: &key.document,
            path: &key.path,
            digest: &key.digest,
            elements: &key.elements,
        }),
        fingerprint,
        fix: diagnostic.fix.as_deref().map(|one| fix(one, ruler)),
    }
}

fn set_aside<'a>(one: &'a Suppressed, fingerprint: String, ruler: &mut Ruler<'a>) -> SetAside<'a> {
    SetAside {
        finding: finding(&one.diagnostic, fingerprint, ruler),
        means: one.means,
        reason: one.reason.as_deref(),
        until: one.until,
        place: label(&one.place, ruler),
    }
}

fn fix<'a>(fix: &'a diagnostic::Fix, ruler: &mut Ruler<'a>) -> Fix<'a> {
    let edits = fix.edits.iter().map(|edit| Edit {
        start: ruler.place(&fix.source, edit.span.start),
        end: ruler.place(&fix.source, edit.span.end),
        replacement: &edit.replacement,
    });
    Fix {
        title: words(&fix.title),
        safety: fix.safety,
        path: fix.source.name(),
        edits: edits.collect(),
    }
}

fn label<'a>(label: &'a diagnostic::Label, ruler: &mut Ruler<'a>) -> Label<'a> {
    Label {
        path: label.source.name(),
        start: ruler.place(&label.source, label.span.start),
        end: ruler.place(&label.source, label.span.end),
        text: label.text.as_ref().map(words),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::discover::Unchecked;
    use crate::source::{Source, Span};
    use crate::text::is_unsafe;

    fn rendered(report: &Report) -> String {
        let mut out = Vec::new();
        render(report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn hostile() -> Report {
        let name = "a\n::error::\u{1b}[31m\u{202e}\u{e0001}.yaml";
        let source = Arc::new(Source::new(name, "اسم: 😀 قيمة\n"));
        let message = crate::text!("`{v}` is wrong", "`{v}` خطأ", v = "##[group]\u{7f}");
        let label = diagnostic::Label::new(&source, Span::new(13, 21));
        let mut diagnostic = Diagnostic::error("a/\u{9b}b", message).with_label(label);
        diagnostic.positions.against.push("x\n::error::".into());
        Report {
            diagnostics: vec![diagnostic],
            files: 1,
            unchecked: vec![Unchecked {
                name: "##vso[x]\u{2028}".into(),
                line: None,
                cause: Cause::NotOurs,
            }],
            ..Report::default()
        }
    }

    #[test]
    fn a_report_keeps_to_its_schema() {
        let validator = jsonschema::validator_for(&schema()).unwrap();
        for report in [Report::default(), hostile()] {
            let value = serde_json::from_str(&rendered(&report)).unwrap();
            assert!(validator.is_valid(&value), "{value:#}");
        }
        assert!(!validator.is_valid(&serde_json::json!({ "version": 1 })));
    }

    #[test]
    fn text_from_files_is_whole_for_a_parser_and_harmless_for_a_log() {
        let report = hostile();
        let shown = rendered(&report);
        assert!(shown.chars().all(|c| c == '\n' || !is_unsafe(c)), "{shown}");
        assert!(!shown.contains("##"), "{shown}");
        let lines = shown.lines().map(str::trim_start);
        assert_eq!(lines.filter(|line| line.starts_with("::")).count(), 0);
        let value: Value = serde_json::from_str(&shown).unwrap();
        let label = &value["findings"][0]["labels"][0];
        assert_eq!(label["path"], report.diagnostics[0].labels[0].source.name());
        assert_eq!(value["findings"][0]["rule"], "a/\u{9b}b");
        assert_eq!(value["passed_over"][0], "##vso[x]\u{2028}");
        assert_eq!(
            value["findings"][0]["message"]["en"],
            "`##[group]\\u{7f}` is wrong"
        );
    }

    #[test]
    fn places_are_in_bytes_characters_and_utf16_units() {
        let value: Value = serde_json::from_str(&rendered(&hostile())).unwrap();
        let label = &value["findings"][0]["labels"][0];
        let start = serde_json::json!({ "byte": 13, "line": 1, "column": 8, "utf16_column": 9 });
        assert_eq!(label["start"], start);
        assert_eq!(label["end"]["column"], 12);
    }
}
