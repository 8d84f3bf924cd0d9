//! Whether what settings name is there and may be changed, and what is said where not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::{Choice, Config, Finals, NONE, Named, mistake};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::pack::{OptionType, Packs, Rule};
use crate::source::display_name;
use crate::text;
use crate::text::{Text, nearest};
use crate::yaml::limits;

/// What a name may stand for, in both languages.
type What = (&'static str, &'static str);
const BASE: What = ("profile or pack", "مجموعة قواعد أو حزمة");
const RULE: What = ("rule or pack", "قاعدة أو حزمة");

/// The names of profiles, packs and rules that nothing bears.
pub(super) fn unknown(config: &Config, packs: &Packs) -> Vec<Diagnostic> {
    let profiles = packs.profiles.iter().map(|profile| &*profile.id);
    let all = packs.packs.iter().map(|pack| &*pack.id);
    let bases: BTreeSet<&str> = profiles.chain(all.clone()).chain([NONE]).collect();
    let rules = packs.rules.iter().map(|rule| &*rule.id);
    let rules: BTreeSet<&str> = rules.chain(all).collect();
    let extends = config.extends.iter();
    let extends = extends.filter_map(|named| {
        let found = unless_known((&named.name, &named.place), &bases, BASE)?;
        Some(match folder(named, config) {
            Some(folder) => found.with_help(folder),
            None => found,
        })
    });
    let choices = config.choices.iter();
    let choices =
        choices.filter_map(|choice| unless_known((&choice.name, &choice.place), &rules, RULE));
    // The nearest name is costly to find, and one mistake too many is enough to say so.
    extends.chain(choices).take(limits::PROBLEMS + 1).collect()
}

fn unless_known(
    (name, place): (&str, &Label),
    known: &BTreeSet<&str>,
    what: What,
) -> Option<Diagnostic> {
    if known.contains(name) {
        return None;
    }
    let found = mistake(place, text::nothing_called(what, name));
    Some(match nearest(name, known.iter().copied()) {
        Some(near) => found.with_help(text::did_you_mean(near)),
        None => found.with_help(text!(
            "`{command}` lists what there is",
            "يعرض الأمر `{command}` ما هو موجود",
            command = "spokeslint rules",
        )),
    })
}

/// The advice for a name that is that of a folder.
fn folder(named: &Named, config: &Config) -> Option<Text> {
    let settings = Path::new(named.place.source.name());
    let folder = settings.parent().unwrap_or(Path::new(""));
    let here = &config.scopes.ground.here;
    let place = config.confines.follow(here, &folder.join(&named.name));
    let is_there = place.is_ok_and(|place| place.is_dir());
    is_there.then(|| {
        text!(
            "write `./{name}` for the folder of that name",
            "اكتب `./{name}` للمجلد الذي بهذا الاسم",
            name = named.name,
        )
    })
}

/// What the settings say of rules that cannot be done.
pub(super) fn faulty(config: &Config, packs: &Packs, finals: &[&Finals]) -> Vec<Diagnostic> {
    let faults = config.choices.iter().flat_map(|choice| {
        let known = packs.rules.iter().filter(|rule| choice.names(&rule.id));
        let known: Vec<&Rule> = known.collect();
        let lowered = known.iter().find_map(|rule| lowered(choice, rule, finals));
        let options = known
            .first()
            .into_iter()
            .flat_map(|rule| options(choice, rule));
        lowered.into_iter().chain(options).collect::<Vec<_>>()
    });
    faults.take(limits::PROBLEMS + 1).collect()
}

/// The words that settings add to lists that final rules read: whether a word makes such a rule find more or less,
/// nobody can tell from the settings.
pub(super) fn reworded(config: &Config, packs: &Packs) -> Vec<Diagnostic> {
    let finals = packs.rules.iter().filter(|rule| rule.finality.is_some());
    let mut read: BTreeMap<&str, &Rule> = BTreeMap::new();
    for rule in finals {
        for name in &rule.terms {
            read.entry(name).or_insert(rule);
        }
    }
    let layers = config.layers.iter();
    let lists = layers.flat_map(super::Layer::terms);
    let faults = lists.filter_map(|(name, place)| {
        let rule = read.get(name)?;
        let message = text!(
            "the rule `{rule}` is final and reads the list `{list}`: settings cannot add words to it",
            "القاعدة `{rule}` ملزمة وتقرأ القائمة `{list}`: لا يجوز في الإعدادات إضافة كلمات إليها",
            rule = rule.id,
            list = name,
        );
        Some(with_both_places(
            message,
            place?,
            rule.finality.as_ref()?.clone(),
        ))
    });
    faults.take(limits::PROBLEMS + 1).collect()
}

/// A finding on an entry that would change a final rule.
fn with_both_places(message: Text, place: Label, finality: Label) -> Diagnostic {
    let help = text!(
        "take the entry out, or ask those who keep the pack",
        "احذف القيد، أو راجع القائمين على الحزمة",
    );
    Diagnostic::error("config/final", message)
        .with_label(place.with_text(text!("changed here", "تُغيَّر هنا")))
        .with_label(finality.with_text(text!("called final here", "نُصّ هنا على أنها ملزمة")))
        .with_help(help)
}

/// What is said where settings would make less of a rule that is final.
fn lowered(choice: &Choice, rule: &Rule, finals: &[&Finals]) -> Option<Diagnostic> {
    let set = finals
        .iter()
        .filter_map(|finals| finals.rules.get(&rule.id));
    let least = set.copied().fold(rule.severity, Severity::max);
    let finality = rule.finality.as_ref().filter(|_| choice.lowers(least))?;
    let message = text!(
        "the rule `{rule}` is final: settings cannot lower it, switch it off or set its options",
        "القاعدة `{rule}` ملزمة: لا يجوز في الإعدادات تخفيفها أو تعطيلها أو تغيير خياراتها",
        rule = rule.id,
    );
    Some(with_both_places(
        message,
        choice.place.clone(),
        finality.clone(),
    ))
}

/// What is wrong with the values of options.
fn options(choice: &Choice, rule: &Rule) -> Vec<Diagnostic> {
    let given = choice.options.iter();
    let faults = given.filter_map(|(name, (value, place))| {
        if choice.name != rule.id {
            let message = text!(
                "options belong to a rule, and `{pack}` is a pack",
                "الخيارات تخص القواعد، و`{pack}` حزمة",
                pack = choice.name,
            );
            let help = text!(
                "name the rule whose option it is; `{command}` shows those of a rule",
                "اذكر القاعدة صاحبة الخيار؛ ويعرض الأمر `{command}` خيارات القاعدة",
                command = "spokeslint explain RULE",
            );
            let found = Diagnostic::error("config/option", message);
            return Some(found.with_label(place.clone()).with_help(help));
        }
        let Some(option) = rule.options.iter().find(|option| option.name == *name) else {
            return Some(no_option(name, place, rule));
        };
        if option.read(value).is_some() {
            return None;
        }
        let (en, ar) = kind(option.kind);
        let message = text!(
            "the option `{name}` takes {en}",
            "يأخذ الخيار `{name}` {ar}",
            name = name,
            en = en,
            ar = ar,
        );
        Some(Diagnostic::error("config/option", message).with_label(place.clone()))
    });
    faults.collect()
}

/// What an option takes, in both languages.
fn kind(kind: OptionType) -> What {
    match kind {
        OptionType::Bool => ("`true` or `false`", "`true` أو `false`"),
        OptionType::Int => ("a whole number", "عددًا صحيحًا"),
        OptionType::String => ("a text", "نصًا"),
        OptionType::Duration => ("a length of time such as `7d`", "مدة مثل `7d`"),
        OptionType::List => ("a list of texts", "قائمة نصوص"),
    }
}

fn no_option(name: &str, place: &Label, rule: &Rule) -> Diagnostic {
    let message = text!(
        "the rule `{rule}` has no option `{name}`",
        "ليس للقاعدة `{rule}` خيار باسم `{name}`",
        rule = rule.id,
        name = name,
    );
    let found = Diagnostic::error("config/option", message).with_label(place.clone());
    let known = rule.options.iter().map(|option| option.name.as_str());
    match nearest(name, known) {
        Some(near) => found.with_help(text::did_you_mean(near)),
        None => found.with_help(text!(
            "`{command}` shows what can be set",
            "يعرض الأمر `{command}` ما يمكن ضبطه",
            command = format!("spokeslint explain {}", rule.id),
        )),
    }
}

/// That a path leads nowhere from the folder of the file that names it. Another one is proposed if it may be read.
pub(super) fn no_path(
    named: &Named,
    folder: &Path,
    may_be_read: impl Fn(&Path) -> bool,
) -> Diagnostic {
    let message = text!(
        "there is no file or folder `{path}`",
        "لا يوجد ملف أو مجلد باسم `{path}`",
        path = named.name,
    );
    let found = mistake(&named.place, message);
    if named.name.contains("://") {
        return found.with_help(text!(
            "nothing is fetched from a network: keep a copy beside this file, and name that",
            "لا يُجلب شيء من الشبكة: احفظ نسخة بجوار هذا الملف واذكر مسارها",
        ));
    }
    match nearest_path(folder, Path::new(&named.name), may_be_read) {
        Some(near) => found.with_help(text::did_you_mean(&near)),
        None => found.with_help(text!(
            "a path begins at the folder in which this file lies",
            "يبدأ المسار من المجلد الذي فيه هذا الملف",
        )),
    }
}

/// The path with another name in place of the first one that leads nowhere, if one is near.
fn nearest_path(from: &Path, path: &Path, may_be_read: impl Fn(&Path) -> bool) -> Option<String> {
    let mut steps = path.components();
    let mut way = PathBuf::new();
    let missing = loop {
        let step = steps.next()?;
        if !may_be_read(&from.join(&way).join(step)) {
            return None;
        }
        if !from.join(&way).join(step).exists() {
            break step.as_os_str().to_str()?;
        }
        way.push(step);
    };
    let here = Path::new(".").join(from).join(&way);
    if !may_be_read(&here) {
        return None;
    }
    let names: BTreeSet<String> = std::fs::read_dir(here)
        .ok()?
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    let near = nearest(missing, names.iter().map(String::as_str))?;
    let near = way.join(near).join(steps.as_path());
    let leads_somewhere = may_be_read(&from.join(&near)) && from.join(&near).exists();
    // What stands without a step before it would be taken for a name.
    let is_bare = !matches!(near.components().next(), Some(Component::ParentDir));
    let shown = display_name(&near);
    leads_somewhere.then(|| if is_bare { format!("./{shown}") } else { shown })
}

pub(super) fn no_pack(named: &Named) -> Diagnostic {
    let message = text!(
        "the folder `{path}` holds no pack and no settings",
        "لا توجد في المجلد `{path}` حزمة ولا إعدادات",
        path = named.name,
    );
    let help = text!(
        "a pack is a folder with a file `pack.yaml`",
        "الحزمة مجلد فيه ملف `pack.yaml`",
    );
    mistake(&named.place, message).with_help(help)
}
