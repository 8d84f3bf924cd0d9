//! An agency as it is built up row by row, and its file.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_yaml::{Mapping, Value};

use super::fields::Field;
use super::words::{compact, is_arabic, slug};
use crate::schema::agency::{AccountKind, LocalName, Platform};
use crate::text;
use crate::text::{Lang, Text, escape, is_hidden};

/// A value that stands under `x-import`: where it came from, and why it is not in its field.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) line: usize,
    pub(super) column: String,
    pub(super) value: String,
    pub(super) reason: Option<Text>,
}

/// An account.
pub(super) struct Account {
    pub(super) line: usize,
    pub(super) platform: Platform,
    pub(super) handle: String,
    pub(super) values: BTreeMap<Field, Value>,
    pub(super) kept: Vec<Kept>,
}

/// Things with a name of their own that accounts refer to: departments, people or offices.
pub(super) struct Named {
    /// What the id begins with where the name gives none.
    prefix: &'static str,
    /// Whether an id is made from the name: never of a person's.
    is_from_name: bool,
    by_name: HashMap<String, usize>,
    entries: Vec<(String, Option<LocalName>)>,
    ids: HashSet<String>,
}

impl Named {
    fn new(prefix: &'static str, is_from_name: bool) -> Self {
        Self {
            prefix,
            is_from_name,
            by_name: HashMap::new(),
            entries: Vec::new(),
            ids: HashSet::new(),
        }
    }

    /// The id of a name, a new one if need be.
    pub(super) fn id(&mut self, name: &str) -> String {
        let key = key(name);
        if let Some((id, _)) = self.by_name.get(&key).and_then(|at| self.entries.get(*at)) {
            return id.clone();
        }
        let is_id =
            slug(name).as_deref() == Some(name) && (self.is_from_name || name.contains('-'));
        let from_name = slug(name).filter(|_| is_id || self.is_from_name && !is_arabic(name));
        let count = self.entries.len() + 1;
        let wanted = from_name.unwrap_or_else(|| format!("{}-{count}", self.prefix));
        let id = unique(&wanted, &mut self.ids);
        self.by_name.insert(key, self.entries.len());
        // A person may be known by an id alone; everything else needs a name.
        let name = (!is_id || self.is_from_name).then(|| local(name));
        self.entries.push((id.clone(), name));
        id
    }

    fn listed(&self, name_key: &str) -> Value {
        let entry = |(id, name): &(String, Option<LocalName>)| {
            let mut entry = Mapping::new();
            entry.insert("id".into(), id.as_str().into());
            if let Some(name) = name {
                entry.insert(name_key.into(), name_value(name));
            }
            Value::Mapping(entry)
        };
        Value::Sequence(self.entries.iter().map(entry).collect())
    }
}

/// What a name is known by.
pub(super) fn key(name: &str) -> String {
    let key = compact(name);
    if key.is_empty() { name.to_owned() } else { key }
}

/// A name in the language that it is written in.
pub(super) fn local(name: &str) -> LocalName {
    let name = name.to_owned();
    let (en, ar) = if is_arabic(&name) {
        (None, Some(name))
    } else {
        (Some(name), None)
    };
    LocalName { en, ar }
}

/// An id that nothing bears yet: the wanted one, or that with a number behind it.
pub(super) fn unique(wanted: &str, ids: &mut HashSet<String>) -> String {
    let mut id = wanted.to_owned();
    let mut number = 2;
    while !ids.insert(id.clone()) {
        id = format!("{wanted}-{number}");
        number += 1;
    }
    id
}

/// An agency.
pub(super) struct Agency {
    /// The line of its first row.
    pub(super) line: usize,
    /// The id that the table or an option gives.
    pub(super) id: Option<String>,
    pub(super) name: LocalName,
    pub(super) jurisdiction: Option<String>,
    pub(super) units: Named,
    pub(super) people: Named,
    pub(super) roles: Named,
    pub(super) accounts: Vec<Account>,
    /// The cells of rows that are not placed.
    pub(super) kept: Vec<Kept>,
}

impl Agency {
    pub(super) fn new(line: usize) -> Self {
        Self {
            line,
            id: None,
            name: LocalName { en: None, ar: None },
            jurisdiction: None,
            units: Named::new("unit", true),
            people: Named::new("person", false),
            roles: Named::new("office", true),
            accounts: Vec::new(),
            kept: Vec::new(),
        }
    }

    /// The text of its file.
    pub(super) fn file(&self, id: &str, from: &str, lang: Lang) -> String {
        let mut root = Mapping::new();
        root.insert("apiVersion".into(), crate::schema::API_VERSION.into());
        root.insert("kind".into(), "Agency".into());
        root.insert("id".into(), id.into());
        let name = match &self.name {
            LocalName { en: None, ar: None } => local(id),
            name => name.clone(),
        };
        root.insert("name".into(), name_value(&name));
        if let Some(country) = &self.jurisdiction {
            root.insert("jurisdiction".into(), country.as_str().into());
        }
        let lists = [
            ("units", self.units.listed("name")),
            ("people", self.people.listed("name")),
            ("roles", self.roles.listed("title")),
            ("accounts", self.account_list(lang)),
            ("x-import", kept_list(&self.kept, lang)),
        ];
        for (key, list) in lists {
            if list.as_sequence().is_some_and(|list| !list.is_empty()) {
                root.insert(key.into(), list);
            }
        }
        // Texts, numbers and lists of them can always be written.
        let text = serde_yaml::to_string(&root).unwrap_or_default();
        format!("{}{text}", head(from, lang))
    }

    fn account_list(&self, lang: Lang) -> Value {
        let mut ids = HashSet::new();
        let mut entry = |account: &Account| {
            let platform = word(account.platform);
            let slug = slug(&account.handle).unwrap_or_else(|| account.line.to_string());
            let id = unique(&format!("{platform}-{slug}"), &mut ids);
            account.entry(&id, &platform, lang)
        };
        Value::Sequence(self.accounts.iter().map(&mut entry).collect())
    }
}

impl Account {
    fn entry(&self, id: &str, platform: &str, lang: Lang) -> Value {
        let mut entry = Mapping::new();
        entry.insert("id".into(), id.into());
        entry.insert("platform".into(), platform.into());
        entry.insert("handle".into(), self.handle.as_str().into());
        let assumed = || word(AccountKind::Agency).into();
        let kind = self.values.get(&Field::Kind).cloned();
        entry.insert("kind".into(), kind.unwrap_or_else(assumed));
        let mut registration = Mapping::new();
        for (field, value) in &self.values {
            match field {
                Field::Kind => {}
                Field::Email => {
                    registration.insert("email".into(), value.clone());
                }
                Field::Phone => {
                    registration.insert("phone".into(), value.clone());
                }
                Field::Notes | Field::Manager => {
                    entry.insert(format!("x-{}", field.name()).into(), value.clone());
                }
                _ => {
                    entry.insert(field.name().into(), value.clone());
                }
            }
        }
        if !registration.is_empty() {
            entry.insert("registration".into(), registration.into());
        }
        if !self.kept.is_empty() {
            entry.insert("x-import".into(), kept_list(&self.kept, lang));
        }
        Value::Mapping(entry)
    }
}

/// How a document writes one of the words of an enumeration.
pub(super) fn word(value: impl serde::Serialize) -> String {
    let value = serde_yaml::to_value(value).ok();
    let word = value.as_ref().and_then(Value::as_str);
    word.unwrap_or_default().to_owned()
}

fn name_value(name: &LocalName) -> Value {
    let mut value = Mapping::new();
    for (key, words) in [("en", &name.en), ("ar", &name.ar)] {
        if let Some(words) = words {
            value.insert(key.into(), words.as_str().into());
        }
    }
    value.into()
}

fn kept_list(kept: &[Kept], lang: Lang) -> Value {
    let entry = |kept: &Kept| {
        let mut entry = Mapping::new();
        entry.insert("line".into(), (kept.line as u64).into());
        entry.insert("column".into(), visible(&kept.column).into());
        entry.insert("value".into(), visible(&kept.value).into());
        if let Some(reason) = &kept.reason {
            entry.insert("reason".into(), reason.plain(lang).as_ref().into());
        }
        Value::Mapping(entry)
    };
    Value::Sequence(kept.iter().map(entry).collect())
}

/// A stranger's text with what acts or hides in it shown; its lines stay lines.
fn visible(text: &str) -> String {
    let is_sound = |c: char| c == '\n' || !(is_hidden(c) || c.is_control());
    if text.chars().all(is_sound) {
        return text.to_owned();
    }
    let lines: Vec<_> = text.lines().map(escape).collect();
    lines.join("\n")
}

fn head(from: &str, lang: Lang) -> String {
    let said = text!(
        "made from {from} by `spokeslint init`",
        "أُنشئ هذا الملف من {from} بالأمر `spokeslint init`",
        from = from,
    );
    let advice = text!(
        "what could not be placed stands under `x-import`, with the reason: put it where it belongs, then delete it there",
        "ما تعذّر إدراجه مذكور تحت `x-import` مع سببه: ضعه في موضعه ثم احذفه من هناك",
    );
    format!("# {}\n# {}\n", said.plain(lang), advice.plain(lang))
}
