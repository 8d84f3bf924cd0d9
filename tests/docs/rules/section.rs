//! One rule on its pack's page: what it finds and why, both sides, its sources, and what it really prints on
//! its own failing example.

use std::fmt::Write as _;

use serde::Deserialize;
use spokeslint::diagnostic::Positions;
use spokeslint::diagnostic::Safety;
use spokeslint::engine::failing_example;
use spokeslint::output::{Style, render_findings};
use spokeslint::pack::{Citation, Packs, Rule, Status};
use spokeslint::text::Lang;
use spokeslint::{Diagnostic, Severity};

use super::{pick, prose, said, sentence};

/// How many findings of an example are shown.
const SHOWN: usize = 2;

pub(super) fn severity(rule: &Rule, lang: Lang) -> &'static str {
    match (rule.severity, lang) {
        (severity, Lang::En) => severity.as_str(),
        (Severity::Error, Lang::Ar) => "خطأ",
        (Severity::Warning, Lang::Ar) => "تحذير",
        (Severity::Note, Lang::Ar) => "ملاحظة",
    }
}

pub(super) fn of(packs: &Packs, rule: &Rule, lang: Lang) -> String {
    let mut text = format!("## `{}`\n\n", rule.id);
    let words = format!(
        "**{}.** {}\n\n{}\n\n{}\n{}",
        severity(rule, lang),
        sentence(said(&rule.summary, lang)),
        sentence(said(&rule.why, lang)),
        particulars(packs, rule, lang),
        pick(
            lang,
            ["It finds a fault here:", "تكشف مخالفة في هذا المثال:"]
        ),
    );
    text += &prose(&words, lang);
    let _ = write!(text, "```yaml\n{}\n```\n\n", fragment(rule).trim_end());
    let _ = write!(text, "```text\n{}\n```\n\n", findings(packs, rule, lang));
    text
}

/// Who argued for and against it, what it rests on, what a user may set: a list.
fn particulars(packs: &Packs, rule: &Rule, lang: Lang) -> String {
    let mut list = String::new();
    let sides = [
        (["For", "المؤيدون"], &rule.positions.in_favour),
        (["Against", "المعارضون"], &rule.positions.against),
    ];
    for (name, ids) in sides {
        for id in ids {
            let position = packs.positions.iter().find(|position| position.id == *id);
            let position = position.unwrap();
            let _ = writeln!(
                list,
                "- {}: {} (`{id}`): {}",
                pick(lang, name),
                said(&position.office, lang),
                sentence(said(&position.argument, lang)),
            );
        }
    }
    for citation in &rule.citations {
        let _ = writeln!(list, "- {}", cited(packs, citation, lang));
    }
    let code = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        names.join(pick(lang, [", ", "، "]))
    };
    let profiles = packs.profiles_of(rule);
    if !profiles.is_empty() {
        let name = pick(lang, ["Profiles", "مجموعات القواعد"]);
        let _ = writeln!(list, "- {name}: {}", code(&profiles));
    }
    if let Some(words) = in_force(rule, lang) {
        let _ = writeln!(list, "- {words}");
    }
    if !rule.contradicts.is_empty() {
        let name = pick(lang, ["Demands the opposite of", "تطلب نقيض ما تطلبه"]);
        let ids: Vec<&str> = rule.contradicts.iter().map(String::as_str).collect();
        let _ = writeln!(list, "- {name}: {}", code(&ids));
    }
    if let Some(fix) = rule.fix() {
        let with = match fix.safety {
            Safety::Safe => "--fix",
            Safety::Unsafe => "--unsafe-fixes",
        };
        let name = pick(lang, ["Fix, with", "الإصلاح بالخيار"]);
        let title = sentence(said(&fix.title_text, lang));
        let _ = writeln!(list, "- {name} `{with}`: {title}");
    }
    for option in &rule.options {
        let _ = writeln!(
            list,
            "- {} `{}`: {}; {} `{}`",
            pick(lang, ["Option", "الخيار"]),
            option.name,
            said(&option.about, lang),
            pick(lang, ["unless set", "وما لم يُحدَّد غيره"]),
            option.written,
        );
    }
    list
}

/// An item of a framework in the project's words, with how sure the project is of it.
fn cited(packs: &Packs, citation: &Citation, lang: Lang) -> String {
    let mut frameworks = packs.frameworks.iter();
    let framework = frameworks.find(|framework| *framework.id == citation.framework);
    let framework = framework.unwrap();
    let mut items = framework.items.iter();
    let item = items.find(|item| *item.item == citation.item).unwrap();
    let doubt = match item.status.unwrap_or(framework.status) {
        Status::Confirmed => "",
        Status::Unconfirmed => pick(lang, [" (not confirmed)", " (غير مؤكد)"]),
        Status::Superseded => pick(lang, [" (superseded)", " (حل محله غيره)"]),
    };
    format!(
        "{}: {}, `{}`: {}{doubt}",
        pick(lang, ["Source", "المرجع"]),
        said(&framework.title, lang),
        citation.item,
        said(&item.text, lang),
    )
}

/// When the rule is in force, unless it always is.
fn in_force(rule: &Rule, lang: Lang) -> Option<String> {
    let period = &rule.effective;
    let days = [
        (["from", "من"], &period.from),
        (["until", "إلى"], &period.until),
        (["announced on", "وأُعلنت في"], &period.announced),
    ];
    let days: Vec<String> = days
        .iter()
        .filter_map(|(word, day)| Some(format!("{} {}", pick(lang, *word), day.as_ref()?)))
        .collect();
    let head = pick(lang, ["In force", "تسري"]);
    let days = days.join(pick(lang, [", ", "، "]));
    (!period.is_always()).then(|| format!("{head} {days}"))
}

/// The rule's first failing example, as its file has it.
fn fragment(rule: &Rule) -> String {
    let mut documents = serde_yaml::Deserializer::from_str(rule.source.text());
    let second = serde_yaml::Value::deserialize(documents.nth(1).unwrap()).unwrap();
    let examples = second["examples"].as_sequence().unwrap();
    let mut failing = examples.iter().filter_map(|example| example.get("fails"));
    failing.next().unwrap().as_str().unwrap().to_owned()
}

/// What the rule prints there, without what the page says above.
fn findings(packs: &Packs, rule: &Rule, lang: Lang) -> String {
    let bare = |diagnostic: Diagnostic| Diagnostic {
        why: None,
        positions: Positions::default(),
        ..diagnostic
    };
    let found = failing_example(packs, rule);
    assert!(!found.is_empty(), "{} finds nothing", rule.id);
    let left_out = found.len().saturating_sub(SHOWN);
    let found: Vec<_> = found.into_iter().take(SHOWN).map(bare).collect();
    let style = Style {
        lang,
        ..Style::default()
    };
    let mut out = Vec::new();
    render_findings(&found, &style, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap().trim_end().to_owned();
    if left_out > 0 { text + "\n…" } else { text }
}
