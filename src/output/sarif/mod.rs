//! SARIF 2.1.0: for code scanning on GitHub, for viewers, and for programs that gather what many tools find.
//!
//! The types are our own ([`model`]): the standard allows far more than is written here, and all of it is
//! held against its official schema by the tests. The file is in one language; what the other says of
//! rules and frameworks comes as the translation that the standard provides for, and what it says of a
//! finding among the finding's properties.

mod model;
mod places;
mod results;
mod rules;

use std::io::{self, Write};

use serde_json::json;

use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Report;
use crate::output::fingerprint::Fingerprints;
use crate::output::words::one_line;
use crate::output::{Style, json};
use crate::pack::Packs;
use crate::text;
use crate::text::{Lang, Text};
use model::{Component, Invocation, Log, Notification, Run, Tool, Words};
use places::Places;
use rules::Catalogue;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What relative paths are relative to, by the name that GitHub gives it.
const ROOT: &str = "%SRCROOT%";

pub(super) fn render(
    report: &Report,
    packs: &Packs,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let catalogue = Catalogue::new(packs, all(report));
    json::write(&log(report, &catalogue, style.lang), out)
}

/// The whole but for its results, which are made while they are written.
fn log<'a>(report: &'a Report, catalogue: &'a Catalogue<'_>, lang: Lang) -> Log<'a> {
    let places = Places::of(report);
    let run = Run {
        tool: Tool {
            driver: driver(catalogue, lang),
        },
        language: code(lang),
        taxonomies: catalogue.taxonomies(lang),
        translations: translations(catalogue, other(lang)),
        invocations: [invocation(report, lang)],
        original_uri_base_ids: json!({
            ROOT: { "description": { "text": root(lang) } }
        }),
        artifacts: places.artifacts(),
        column_kind: "unicodeCodePoints",
        newline_sequences: ["\r\n", "\n", "\r"],
        results: results::results(report, catalogue, places, lang),
        properties: json!({ "receipt": json::receipt(report) }),
    };
    Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [run],
    }
}

/// The number of results that GitHub accepts per run.
const ACCEPTED: usize = 25_000;

/// That there are more results than GitHub accepts, if there are.
pub(super) fn excess(report: &Report) -> Option<Text> {
    let count = all(report).count();
    (count > ACCEPTED).then(|| {
        text!(
            "{count} SARIF results, but GitHub accepts at most {most} per run; check each folder in its own run, or create a baseline",
            "عدد النتائج بصيغة `sarif` هو {count}، ولا تقبل منصة `GitHub` أكثر من {most} في التشغيل الواحد؛ افحص كل مجلد على حدة، أو أنشئ خط أساس",
            count = count,
            most = ACCEPTED,
        )
    })
}

/// All findings, and behind them those that are set aside.
fn all(report: &Report) -> impl Iterator<Item = &Diagnostic> {
    let suppressed = report.suppressed.iter().map(|one| &one.diagnostic);
    report.diagnostics.iter().chain(suppressed)
}

fn driver(catalogue: &Catalogue<'_>, lang: Lang) -> Component {
    let address = [env!("CARGO_PKG_HOMEPAGE"), env!("CARGO_PKG_REPOSITORY")];
    let version = env!("CARGO_PKG_VERSION").to_owned();
    Component {
        name: env!("CARGO_PKG_NAME").to_owned(),
        short_description: Some(plain(&about(), lang)),
        version: Some(version.clone()),
        semantic_version: Some(version),
        information_uri: address
            .into_iter()
            .find(|address| !address.is_empty())
            .map(str::to_owned),
        language: Some(code(lang)),
        supported_taxonomies: catalogue.references(),
        rules: Some(catalogue.rules(lang)),
        ..Component::default()
    }
}

fn about() -> Text {
    Text::new(
        "checks who speaks for an institution: its accounts, the offices that speak, and what happens when \
         their holders leave",
        "يفحص من يتحدث باسم الجهة: حساباتها، والمناصب المتحدثة، وما يجري عند ترك شاغليها لها",
    )
}

/// The translations into the other language: of the tool first, then of each framework.
fn translations(catalogue: &Catalogue<'_>, lang: Lang) -> Vec<Component> {
    let tool = rules::translation(
        Component {
            name: env!("CARGO_PKG_NAME").to_owned(),
            short_description: Some(plain(&about(), lang)),
            rules: Some(catalogue.names(lang)),
            ..Component::default()
        },
        rules::reference(env!("CARGO_PKG_NAME"), None),
        lang,
    );
    let mut all = vec![tool];
    all.extend(catalogue.translated_taxonomies(lang));
    all
}

fn invocation(report: &Report, lang: Lang) -> Invocation {
    let failures = report.failures.iter().map(|failure| Notification {
        level: Severity::Error,
        message: message(failure, lang),
    });
    let excess = excess(report).map(|excess| Notification {
        level: Severity::Warning,
        message: message(&excess, lang),
    });
    Invocation {
        execution_successful: !report.broken && report.failures.is_empty(),
        tool_execution_notifications: failures.chain(excess).collect(),
    }
}

fn root(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "the top of the repository; outside of one, the folder in which the check ran",
        Lang::Ar => "جذر المستودع، فإن لم يكن مستودع فالمجلد الذي جرى فيه الفحص",
    }
}

const fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::Ar => "ar",
    }
}

const fn other(lang: Lang) -> Lang {
    match lang {
        Lang::En => Lang::Ar,
        Lang::Ar => Lang::En,
    }
}

/// Words that are shown as they are.
fn plain(text: &Text, lang: Lang) -> Words {
    Words {
        text: one_line(
            text,
            &Style {
                lang,
                ..Style::default()
            },
        ),
        markdown: None,
    }
}

/// A message, in which brackets would make a link (section 3.11.6 of the standard).
fn message(text: &Text, lang: Lang) -> Words {
    let Words { text: words, .. } = plain(text, lang);
    Words {
        text: words.replace('[', "\\[").replace(']', "\\]"),
        markdown: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_can_hold_no_link() {
        let text = Text::new("see [this](https://example.org)", "");
        assert_eq!(
            message(&text, Lang::En).text,
            "see \\[this\\](https://example.org)"
        );
    }
}
