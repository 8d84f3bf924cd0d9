//! Formats that other programs read, held against the schemas that define them, with reports in which
//! everything occurs that can.

mod github;
mod gitlab;
mod hostile;
mod junit;
mod markdown;
mod sarif;
mod schemas;

use std::sync::{Arc, LazyLock};

use spokeslint::date::Date;
use spokeslint::diagnostic::{Edit, Fix, Key, Safety};
use spokeslint::engine::{Means, Report, Suppressed};
use spokeslint::output::{Detail, Format, Style, render};
use spokeslint::pack::Packs;
use spokeslint::text::Text;
use spokeslint::{Diagnostic, Label, Lang, Severity, Source, Span, text};

static PACKS: LazyLock<Packs> = LazyLock::new(|| Packs::builtin().unwrap());

/// A rule that rests on items of frameworks, and one on which people disagree.
const CITING: &str = "osmacc/mfa-off";
const DISPUTED: &str = "personal-account/answers-the-public";

const ARABIC: &str = "my files/جهة المياه.yaml";
const TEXT: &str = "اسم: 😀 قيمة\r\nuses: [replies]\r\nuses: [replies]\r\n";

fn rendered(report: &Report, format: Format, lang: Lang) -> String {
    let style = Style {
        format,
        lang,
        detail: Detail::Verbose,
        ..Style::default()
    };
    let mut out = Vec::new();
    render(report, &PACKS, &style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn json(report: &Report, format: Format) -> serde_json::Value {
    serde_json::from_str(&rendered(report, format, Lang::En)).unwrap()
}

fn source(name: &str, text: &str) -> Arc<Source> {
    Arc::new(Source::new(name, text))
}

/// The place of the `number`th occurrence of a piece of text.
fn at(source: &Arc<Source>, piece: &str, number: usize) -> Label {
    let (start, _) = source.text().match_indices(piece).nth(number).unwrap();
    let start = u32::try_from(start).unwrap();
    let end = start + u32::try_from(piece.len()).unwrap();
    Label::new(source, Span::new(start, end))
}

fn finding(rule: &str, words: &str, label: Label) -> Diagnostic {
    let message = text!("`{v}` is wrong", "`{v}` غير صحيح", v = words);
    Diagnostic::error(rule, message).with_label(label)
}

fn key(path: &str) -> Key {
    Key {
        document: "Agency/water".to_owned(),
        path: path.to_owned(),
        digest: "0123456789abcdef".to_owned(),
        elements: vec!["fedcba9876543210".to_owned()],
    }
}

fn set_aside(means: Means, diagnostic: Diagnostic, place: Label) -> Suppressed {
    Suppressed {
        diagnostic,
        means,
        reason: (means != Means::Baseline).then(|| "agreed with the board".to_owned()),
        until: (means == Means::Waiver).then(|| Date::parse("2026-12-31").unwrap()),
        place,
    }
}

/// Findings with a fix, with labels in two files, without a label, twins, and some that are set aside.
fn rich() -> Report {
    let (first, second) = (source(ARABIC, TEXT), source("b,c:d.yaml", "id: b\n"));
    let mut mended = finding(DISPUTED, "a", at(&first, "replies", 0))
        .with_label(at(&second, "id", 0).with_text(Text::new("declared here", "مذكور هنا")))
        .with_help(Text::new("take it out", "احذفه"));
    mended.positions.in_favour = vec!["chamber-independence".into()];
    mended.positions.against = vec!["health-case".into()];
    mended.key = Some(Box::new(key("accounts[own].uses")));
    mended.fix = Some(Box::new(Fix {
        changes: Vec::new(),
        title: Text::new("take it out", "احذفه"),
        safety: Safety::Safe,
        source: Arc::clone(&first),
        edits: vec![Edit {
            span: at(&first, "replies", 0).span,
            replacement: "ردود".to_owned(),
        }],
    }));
    let mut announced =
        finding(CITING, "😀", at(&first, "قيمة", 0)).with_severity(Severity::Warning);
    announced.in_force_from = Some(Date::parse("2027-01-01").unwrap());
    announced.key = Some(Box::new(key("accounts[own].mfa")));
    let twins = (0..2).map(|number| {
        let mut twin = finding("p/twin", "t", at(&first, "uses", number));
        twin.key = Some(Box::new(key("uses")));
        twin.with_severity(Severity::Note)
    });
    let nowhere = Diagnostic::error("schema/unknown-key", Text::new("nowhere", "لا مكان"));
    let mut diagnostics = vec![mended, announced, nowhere];
    diagnostics.extend(twins);
    let aside = [Means::Comment, Means::Waiver, Means::Baseline].map(|means| {
        let known = finding(DISPUTED, "k", at(&second, "b", 0));
        set_aside(means, known, at(&second, "id", 0))
    });
    let mut report = Report {
        diagnostics,
        suppressed: aside.into(),
        files: 3,
        documents: 3,
        names: vec![ARABIC.into(), "b,c:d.yaml".into(), "clean.yaml".into()],
        failures: vec![text!(
            "cannot read `{p}`",
            "تعذّرت قراءة `{p}`",
            p = "gone.yaml"
        )],
        ..Report::default()
    };
    report.sort();
    report
}

/// The reports that every format must stand: nothing, everything, and what means harm.
fn reports() -> [Report; 3] {
    [Report::default(), rich(), hostile::report()]
}
