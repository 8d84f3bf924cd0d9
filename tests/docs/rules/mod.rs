//! `docs/rules/`, made from the built-in packs: one page for each pack and language, and an index of them.

mod section;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use spokeslint::pack::{Pack, Packs, Rule};
use spokeslint::text::{Lang, Text};

use super::markdown::cell;
use super::{keep, read, repository, wants_update};

const FOLDER: &str = "docs/rules";

#[test]
fn the_pages_of_rules_are_what_the_packs_say() {
    let packs = Packs::builtin().unwrap();
    let mut pages = BTreeMap::new();
    for lang in [Lang::En, Lang::Ar] {
        pages.insert(file("README", lang), index(&packs, lang));
        for pack in &packs.packs {
            pages.insert(file(&pack.id, lang), page(&packs, pack, lang));
        }
    }
    for (name, text) in &pages {
        keep(&format!("{FOLDER}/{name}"), text);
    }
    for name in files() {
        assert!(
            pages.contains_key(&name),
            "{FOLDER}/{name} is no pack's page"
        );
    }
}

/// The files in the folder; when asked to update, those that are no page any more are removed first.
fn files() -> Vec<String> {
    let entries = std::fs::read_dir(repository(FOLDER)).unwrap();
    let mut names = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if wants_update() && read(&path).contains(MADE[0]) && is_stale(&name) {
            std::fs::remove_file(&path).unwrap();
        } else {
            names.push(name);
        }
    }
    names
}

fn is_stale(name: &str) -> bool {
    let stem = name.trim_end_matches(".md").trim_end_matches(".ar");
    let packs = Packs::builtin().unwrap();
    stem != "README" && packs.packs.iter().all(|pack| pack.id != stem)
}

/// `handover.md`, `handover.ar.md`
fn file(name: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{name}.md"),
        Lang::Ar => format!("{name}.ar.md"),
    }
}

/// The words in the page's language.
fn pick(lang: Lang, [en, ar]: [&'static str; 2]) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Ar => ar,
    }
}

fn said(text: &Text, lang: Lang) -> &str {
    match lang {
        Lang::En => &text.en,
        Lang::Ar => &text.ar,
    }
}

const MADE: [&str; 2] = [
    "Made from the packs by the test suite: do not edit.",
    "تُولَّد هذه الصفحة من الحزم عند تشغيل الاختبارات، فلا تُعدَّل يدويًا.",
];

/// Prose runs from right to left on Arabic pages; code and output stay as they are.
fn prose(text: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{text}\n\n"),
        Lang::Ar => format!("<div dir=\"rtl\">\n\n{text}\n\n</div>\n\n"),
    }
}

fn index(packs: &Packs, lang: Lang) -> String {
    let mut text = pick(lang, ["# The built-in rules", "# القواعد المضمنة"]).to_owned();
    let other = pick(
        lang,
        ["[بالعربية](README.ar.md)", "[In English](README.md)"],
    );
    let about = pick(
        lang,
        [
            "`spokeslint explain RULE` shows a rule with its reasons, both sides of the debate, its sources and an example; \
             `spokeslint rules --coverage` shows which rules there are for each position and each item of a framework.",
            "يعرض الأمر `spokeslint explain RULE` القاعدة وأسبابها وطرفي النقاش فيها ومراجعها ومثالًا عليها، ويعرض الأمر \
             `spokeslint rules --coverage` ما يقابل كل موقف وكل بند من القواعد.",
        ],
    );
    let _ = write!(text, "\n\n{other}\n\n{} {about}\n\n", pick(lang, MADE));
    text += pick(
        lang,
        [
            "| pack | rules | what it is about |\n|---|---|---|\n",
            "| الحزمة | القواعد | موضوعها |\n|---|---|---|\n",
        ],
    );
    for pack in &packs.packs {
        let _ = writeln!(
            text,
            "| [{}]({}) | {} | {} |",
            said(&pack.title, lang),
            file(&pack.id, lang),
            rules(packs, pack).count(),
            cell(said(&pack.about, lang)),
        );
    }
    prose(text.trim_end(), lang).trim_end().to_owned() + "\n"
}

fn page(packs: &Packs, pack: &Pack, lang: Lang) -> String {
    let twin = match lang {
        Lang::En => format!("[بالعربية]({})", file(&pack.id, Lang::Ar)),
        Lang::Ar => format!("[In English]({})", file(&pack.id, Lang::En)),
    };
    let mut head = format!(
        "# {} (`{}`)\n\n[{}]({}) · {twin}\n\n{}\n\n{}\n\n",
        said(&pack.title, lang),
        pack.id,
        pick(lang, ["All packs", "جميع الحزم"]),
        file("README", lang),
        sentence(said(&pack.about, lang)),
        pick(lang, MADE),
    );
    if let Some(condition) = &pack.applies_when {
        let words = pick(
            lang,
            [
                "The pack applies where this holds of the document:",
                "تنطبق الحزمة على مستند يتحقق فيه هذا الشرط:",
            ],
        );
        let condition: Vec<&str> = condition.split_whitespace().collect();
        let _ = write!(head, "{words} `{}`\n\n", condition.join(" "));
    }
    head += pick(
        lang,
        [
            "| rule | severity | finds |\n|---|---|---|\n",
            "| القاعدة | الدرجة | ما تكشفه |\n|---|---|---|\n",
        ],
    );
    for rule in rules(packs, pack) {
        let _ = writeln!(
            head,
            "| [`{}`](#{}) | {} | {} |",
            rule.id,
            rule.id.replace('/', ""),
            section::severity(rule, lang),
            cell(said(&rule.summary, lang)),
        );
    }
    let mut text = prose(head.trim_end(), lang);
    for rule in rules(packs, pack) {
        text += &section::of(packs, rule, lang);
    }
    text.trim_end().to_owned() + "\n"
}

fn rules<'p>(packs: &'p Packs, pack: &'p Pack) -> impl Iterator<Item = &'p Rule> {
    packs.rules.iter().filter(|rule| rule.pack() == pack.id)
}

/// A text of a pack as a sentence.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let text: String = letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    });
    if text.ends_with(['.', '?', '؟']) {
        text
    } else {
        text + "."
    }
}
