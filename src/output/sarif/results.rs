//! The findings, those that are set aside among them.

use serde_json::{Value, json};

use super::model::{ArtifactChange, Content, Finding, Fix, Location, Replacement, Suppression};
use super::places::Places;
use super::rules::Catalogue;
use super::{Fingerprints, message, other};
use crate::diagnostic::{self, Diagnostic};
use crate::engine::{Means, Report, Suppressed};
use crate::output::json::words;
use crate::output::printable::Stream;
use crate::output::words::safe;
use crate::text::Lang;

/// The results, each made when it is written. All files have been mentioned in `places`.
pub(super) fn results<'a>(
    report: &'a Report,
    catalogue: &'a Catalogue<'_>,
    places: Places<'a>,
    lang: Lang,
) -> Stream<'a, Finding> {
    let Fingerprints { found, suppressed } = Fingerprints::of(report);
    // Where one finding says by what it is set aside, all must say it (section 3.27.23).
    let are_told = !report.suppressed.is_empty();
    let found = report.diagnostics.iter().zip(found);
    let aside = report.suppressed.iter().zip(suppressed);
    let found = found.map(|(found, print)| (found, print, None));
    let aside = aside.map(|(one, print)| (&one.diagnostic, print, Some(one)));
    let mut places = places;
    Stream::new(found.chain(aside).map(move |(diagnostic, print, by)| {
        let mut result = result(diagnostic, catalogue, &mut places, lang);
        result.partial_fingerprints = fingerprints(&print);
        let by = by.map(|one| suppression(one, &mut places, lang));
        result.suppressions = are_told.then(|| by.into_iter().collect());
        result
    }))
}

fn result<'a>(
    diagnostic: &'a Diagnostic,
    catalogue: &Catalogue<'_>,
    places: &mut Places<'a>,
    lang: Lang,
) -> Finding {
    let mut labels = diagnostic.labels.iter();
    let locations = labels.by_ref().take(1);
    let locations = locations
        .map(|label| places.location(label, lang))
        .collect();
    let related = labels.zip(1..).map(|(label, id)| Location {
        id: Some(id),
        ..places.location(label, lang)
    });
    Finding {
        rule_id: safe(&diagnostic.rule),
        rule_index: catalogue.index(&diagnostic.rule),
        level: diagnostic.severity,
        message: message(&diagnostic.message, lang),
        locations,
        related_locations: related.collect(),
        partial_fingerprints: Value::Null,
        suppressions: None,
        fixes: diagnostic
            .fix
            .as_deref()
            .map(|found| fix(found, places, lang))
            .into_iter()
            .collect(),
        properties: properties(diagnostic, lang),
    }
}

/// GitHub knows a finding by `primaryLocationLineHash` and by nothing else.
fn fingerprints(print: &str) -> Value {
    json!({ "spokeslint/v1": print, "primaryLocationLineHash": format!("{print}:1") })
}

/// What the standard has no place for: the reasons and the sides, and the message in the other language.
fn properties(diagnostic: &Diagnostic, lang: Lang) -> Value {
    let mut bag = serde_json::Map::new();
    let second = message(&diagnostic.message, other(lang)).text;
    bag.insert(
        "message".into(),
        json!({ super::code(other(lang)): second }),
    );
    for (name, text) in [("why", &diagnostic.why), ("help", &diagnostic.help)] {
        if let Some(text) = text {
            bag.insert(name.into(), json!(words(text)));
        }
    }
    let positions = &diagnostic.positions;
    if !positions.in_favour.is_empty() || !positions.against.is_empty() {
        bag.insert("positions".into(), json!(positions));
    }
    if let Some(from) = diagnostic.in_force_from {
        bag.insert("inForceFrom".into(), json!(from));
    }
    Value::Object(bag)
}

fn fix<'a>(fix: &'a diagnostic::Fix, places: &mut Places<'a>, lang: Lang) -> Fix {
    let replacements = fix.edits.iter().map(|edit| Replacement {
        deleted_region: places.region(&fix.source, edit.span),
        inserted_content: Content {
            text: edit.replacement.clone(),
        },
    });
    let replacements = replacements.collect();
    Fix {
        description: message(&fix.title, lang),
        artifact_changes: [ArtifactChange {
            artifact_location: places.file(&fix.source),
            replacements,
        }],
        properties: json!({ "safety": fix.safety }),
    }
}

fn suppression<'a>(one: &'a Suppressed, places: &mut Places<'a>, lang: Lang) -> Suppression {
    let kind = match one.means {
        Means::Comment => "inSource",
        Means::Waiver | Means::Baseline => "external",
    };
    let until = one.until.map(|until| json!({ "until": until }));
    let mut properties = until.unwrap_or_else(|| json!({}));
    properties["means"] = json!(one.means);
    Suppression {
        kind,
        status: "accepted",
        justification: one.reason.as_deref().map(safe),
        location: places.location(&one.place, lang),
        properties,
    }
}
