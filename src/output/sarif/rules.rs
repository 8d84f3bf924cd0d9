//! The rules that findings name, and the frameworks that these rules rest on.

use std::collections::BTreeMap;

use serde_json::json;

use super::model::{
    Component, ComponentReference, Configuration, Descriptor, Metadata, Relationship, Target, Words,
};
use super::{code, plain};
use crate::diagnostic::{Diagnostic, Severity};
use crate::output::markdown::{code_span, inline};
use crate::output::words::safe;
use crate::pack::{Framework, Item, Packs, Rule};
use crate::text;
use crate::text::{Lang, Text};

/// What a run's findings refer to: rules by id, and framework items, each with its number.
pub(super) struct Catalogue<'p> {
    rules: Vec<Entry<'p>>,
    frameworks: Vec<(&'p Framework, Vec<&'p Item>)>,
    positions: &'p Packs,
}

/// A rule; what is wrong with a file itself is reported under an id that no pack has.
struct Entry<'p> {
    id: String,
    rule: Option<&'p Rule>,
    severity: Severity,
}

impl<'p> Catalogue<'p> {
    pub(super) fn new<'a>(packs: &'p Packs, found: impl Iterator<Item = &'a Diagnostic>) -> Self {
        let mut named: BTreeMap<&str, Severity> = BTreeMap::new();
        for diagnostic in found {
            let heaviest = named.entry(&diagnostic.rule).or_insert(diagnostic.severity);
            *heaviest = diagnostic.severity.max(*heaviest);
        }
        let rules: Vec<Entry<'p>> = named
            .into_iter()
            .map(|(id, heaviest)| {
                let rule = packs.rules.iter().find(|rule| rule.id == id);
                Entry {
                    id: id.to_owned(),
                    rule,
                    severity: rule.map_or(heaviest, |rule| rule.severity),
                }
            })
            .collect();
        let cited = |framework: &Framework, item: &Item| {
            let mut citations = rules
                .iter()
                .filter_map(|entry| entry.rule)
                .flat_map(|rule| &rule.citations);
            citations.any(|cited| {
                cited.framework == *framework.id.value && cited.item == *item.item.value
            })
        };
        let mut frameworks = Vec::new();
        for framework in &packs.frameworks {
            let items = framework.items.iter();
            let items: Vec<&Item> = items.filter(|item| cited(framework, item)).collect();
            if !items.is_empty() {
                frameworks.push((framework, items));
            }
        }
        Self {
            rules,
            frameworks,
            positions: packs,
        }
    }

    /// The number of a rule among the rules.
    pub(super) fn index(&self, id: &str) -> usize {
        let place = self
            .rules
            .binary_search_by(|entry| entry.id.as_str().cmp(id));
        place.expect("every finding's rule was taken in")
    }

    pub(super) fn references(&self) -> Vec<ComponentReference> {
        let names = self.frameworks.iter().zip(0..);
        names
            .map(|((framework, _), index)| reference(&framework.id.value, Some(index)))
            .collect()
    }

    /// The rules, with all that the standard has a place for.
    pub(super) fn rules(&self, lang: Lang) -> Vec<Descriptor> {
        let whole = |entry: &Entry<'p>| Descriptor {
            default_configuration: Some(Configuration {
                level: entry.severity,
            }),
            relationships: entry.rule.map_or_else(Vec::new, |rule| self.rests_on(rule)),
            properties: entry.rule.map(properties),
            ..self.words(entry, lang)
        };
        self.rules.iter().map(whole).collect()
    }

    /// The rules' words only, for a translation.
    pub(super) fn names(&self, lang: Lang) -> Vec<Descriptor> {
        let words = |entry| self.words(entry, lang);
        self.rules.iter().map(words).collect()
    }

    fn words(&self, entry: &Entry<'p>, lang: Lang) -> Descriptor {
        let general = general(&entry.id);
        let (summary, why) = entry
            .rule
            .map_or((&general, &general), |rule| (&rule.summary, &rule.why));
        Descriptor {
            id: safe(&entry.id),
            short_description: Some(plain(summary, lang)),
            full_description: Some(plain(why, lang)),
            // GitHub wants help with every rule.
            help: Some(match entry.rule {
                Some(rule) => self.help(rule, lang),
                None => Words {
                    markdown: Some(inline(&general, lang)),
                    ..plain(&general, lang)
                },
            }),
            ..Descriptor::default()
        }
    }

    fn help(&self, rule: &Rule, lang: Lang) -> Words {
        let pages = [Page::Plain, Page::Markdown].map(|page| {
            let mut parts = vec![page.text(&rule.why, lang)];
            parts.extend(rule.help_text.as_ref().map(|help| page.text(help, lang)));
            let [pro, contra] = match lang {
                Lang::En => ["for", "against"],
                Lang::Ar => ["المؤيدون", "المعارضون"],
            };
            parts.extend(self.side(&page, pro, &rule.positions.in_favour, lang));
            parts.extend(self.side(&page, contra, &rule.positions.against, lang));
            parts.extend(self.sources(&page, rule, lang));
            parts.push(page.command(&rule.id, lang));
            parts.join("\n\n")
        });
        let [text, markdown] = pages;
        Words {
            text,
            markdown: Some(markdown),
        }
    }

    /// Who argued on a side, each with what they hold.
    fn side(&self, page: &Page, name: &str, ids: &[String], lang: Lang) -> Option<String> {
        let lines: Vec<String> = ids
            .iter()
            .map(|id| {
                let known = self
                    .positions
                    .positions
                    .iter()
                    .find(|known| known.id == *id);
                let stance = known.map(|known| page.text(&known.stance, lang));
                let stance = stance.map(|stance| format!(": {stance}"));
                format!("- {}{}", page.code(id), stance.unwrap_or_default())
            })
            .collect();
        (!lines.is_empty()).then(|| format!("{name}:\n\n{}", lines.join("\n")))
    }

    fn sources(&self, page: &Page, rule: &Rule, lang: Lang) -> Option<String> {
        let lines: Vec<String> = rule
            .citations
            .iter()
            .map(|cited| {
                let (framework, item) = (&cited.framework, &cited.item);
                let text = self
                    .item(framework, item)
                    .map(|(_, found)| format!(": {}", page.text(&found.text, lang)));
                let name = page.code(&format!("{framework} {item}"));
                format!("- {name}{}", text.unwrap_or_default())
            })
            .collect();
        let name = match lang {
            Lang::En => "sources",
            Lang::Ar => "المصادر",
        };
        (!lines.is_empty()).then(|| format!("{name}:\n\n{}", lines.join("\n")))
    }

    /// A framework item with the numbers of the framework and of the item.
    fn item(&self, framework: &str, item: &str) -> Option<((usize, usize), &'p Item)> {
        let mut known = self.frameworks.iter();
        let place = known.position(|(known, _)| *known.id.value == *framework)?;
        let items = &self.frameworks[place].1;
        let index = items.iter().position(|known| *known.item.value == *item)?;
        Some(((place, index), items[index]))
    }

    fn rests_on(&self, rule: &Rule) -> Vec<Relationship> {
        let relationship = |cited: &crate::pack::Citation| {
            let ((framework, index), _) = self.item(&cited.framework, &cited.item)?;
            Some(Relationship {
                target: Target {
                    id: cited.item.clone(),
                    index,
                    tool_component: reference(&cited.framework, Some(framework)),
                },
                kinds: ["relevant"],
            })
        };
        rule.citations.iter().filter_map(relationship).collect()
    }

    pub(super) fn taxonomies(&self, lang: Lang) -> Vec<Component> {
        let component = |(framework, items): &(&Framework, Vec<&Item>)| Component {
            organization: Some(plain(&framework.publisher, lang).text),
            version: framework.version.clone(),
            information_uri: framework.url.clone().filter(|url| is_address(url)),
            language: Some(code(lang)),
            // Only the items are listed that the findings' rules rest on.
            is_comprehensive: Some(false),
            ..taxonomy(framework, items, lang)
        };
        self.frameworks.iter().map(component).collect()
    }

    pub(super) fn translated_taxonomies(&self, lang: Lang) -> Vec<Component> {
        let numbered = self.frameworks.iter().zip(0..);
        numbered
            .map(|((framework, items), index)| {
                let of = reference(&framework.id.value, Some(index));
                translation(taxonomy(framework, items, lang), of, lang)
            })
            .collect()
    }
}

/// Whether a text can stand where the standard demands an address.
fn is_address(url: &str) -> bool {
    let is_shown = |byte: u8| byte.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&byte);
    url.starts_with("https://") && url.bytes().all(is_shown)
}

fn taxonomy(framework: &Framework, items: &[&Item], lang: Lang) -> Component {
    let taxa = items.iter().map(|item| Descriptor {
        id: item.item.value.clone(),
        short_description: Some(plain(&item.text, lang)),
        ..Descriptor::default()
    });
    Component {
        name: framework.id.value.clone(),
        full_name: Some(plain(&framework.title, lang).text),
        short_description: Some(plain(&framework.title, lang)),
        taxa: taxa.collect(),
        ..Component::default()
    }
}

/// Makes a component the translation of another one.
pub(super) fn translation(words: Component, of: ComponentReference, lang: Lang) -> Component {
    let name = match lang {
        Lang::En => "English",
        Lang::Ar => "العربية",
    };
    Component {
        language: Some(code(lang)),
        contents: Some(["localizedData"]),
        translates: Some(of),
        translation_metadata: Some(Metadata { name }),
        ..words
    }
}

pub(super) fn reference(name: &str, index: Option<usize>) -> ComponentReference {
    ComponentReference {
        name: name.to_owned(),
        index,
    }
}

fn properties(rule: &Rule) -> serde_json::Value {
    let mut properties = json!({
        "pack": rule.pack(),
        "kind": rule.kind.name,
        // By these, code scanning on GitHub lets people choose.
        "tags": [rule.pack()],
    });
    if !rule.effective.is_always() {
        properties["effective"] = json!(rule.effective);
    }
    properties
}

/// What a finding says that no rule of a pack makes: by the part of its id that names what is wrong.
fn general(id: &str) -> Text {
    let about = id.split('/').next().unwrap_or_default();
    match about {
        "yaml" => text!("the file is not sound YAML", "الملف ليس بصيغة YAML سليمة"),
        "schema" => text!(
            "the document does not keep to the schema of its kind",
            "المستند لا يطابق مخطط نوعه",
        ),
        _ => text!(
            "`{id}` reports what is wrong with a file itself",
            "يبيّن `{id}` ما في الملف نفسه من خلل",
            id = id,
        ),
    }
}

/// The two forms of a help text.
enum Page {
    Plain,
    Markdown,
}

impl Page {
    fn text(&self, text: &Text, lang: Lang) -> String {
        match self {
            Self::Plain => plain(text, lang).text,
            Self::Markdown => inline(text, lang),
        }
    }

    fn code(&self, text: &str) -> String {
        match self {
            Self::Plain => safe(text),
            Self::Markdown => code_span(text),
        }
    }

    fn command(&self, id: &str, lang: Lang) -> String {
        let command = self.code(&format!("spokeslint explain {id}"));
        match lang {
            Lang::En => format!("more: {command}"),
            Lang::Ar => format!("للمزيد: {command}"),
        }
    }
}
