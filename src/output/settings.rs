//! The settings that hold for a file, as YAML that says behind each line where it comes from; for programs
//! the same as JSON.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::diagnostic::{Label, Severity};
use crate::engine::{Effective, EffectiveOption, Reason};
use crate::output::paint::DIM;
use crate::output::words::{leading_path, one_line, safe};
use crate::output::{Format, Style, json as json_format};
use crate::text;
use crate::text::{Lang, Text};

/// The version of the JSON form.
const VERSION: u32 = 1;

/// The settings that hold for a file, or for all files of which nothing else is said.
#[derive(Debug)]
pub struct EffectiveSettings {
    /// The file.
    pub path: Option<String>,
    /// The files of settings, those that others build on first.
    pub files: Vec<String>,
    /// The outer files of settings whose final rules stay on, the nearest first.
    pub outer: Vec<Outer>,
    /// Whether the file is excluded.
    pub excluded: bool,
    /// The language, and where it is said.
    pub lang: (Lang, Origin),
    /// The lightest finding that makes a check fail, and where it is said.
    pub fail_on: (Severity, Origin),
    /// The rules.
    pub rules: Vec<Effective>,
}

/// An outer file of settings.
#[derive(Debug)]
pub struct Outer {
    /// The file.
    pub file: String,
    /// The rules that are final by it.
    pub rules: Vec<String>,
}

/// Who says something that is no rule's.
#[derive(Debug)]
pub enum Origin {
    /// Nobody.
    Default,
    /// The command line.
    CommandLine,
    /// The settings.
    Settings(Label),
}

/// Writes settings in the style's format.
pub fn settings(
    effective: &EffectiveSettings,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    if style.format == Format::Json {
        return json_format::write(&value(effective), out);
    }
    let lines = lines(effective);
    let widths = lines.iter().map(|(text, _)| text.chars().count());
    let width = widths.filter(|width| *width <= 60).max().unwrap_or(0);
    for (text, said) in &lines {
        let Some(said) = said else {
            writeln!(out, "{text}")?;
            continue;
        };
        let comment = DIM.on(&format!("# {}", one_line(said, style)), style);
        if text.is_empty() {
            writeln!(out, "{comment}")?;
        } else {
            writeln!(out, "{text:width$}  {comment}")?;
        }
    }
    Ok(())
}

/// A line of YAML, with the comment behind it.
type Line = (String, Option<Text>);

fn lines(effective: &EffectiveSettings) -> Vec<Line> {
    let mut lines = vec![(String::new(), Some(heading(effective)))];
    for Outer { file, rules } in &effective.outer {
        let stays = |rule: &String| {
            text!(
                "`{rule}` stays on: the outer settings `{file}` make it final",
                "تبقى القاعدة `{rule}` سارية، فهي ملزمة بموجب الإعدادات الأعلى `{file}`",
                rule = safe(rule),
                file = safe(file),
            )
        };
        let stay = rules.iter().map(stays);
        lines.extend(stay.map(|words| (String::new(), Some(words))));
    }
    if effective.excluded {
        let words = text!(
            "the settings exclude this file; it is checked only when it is named",
            "تستبعد الإعدادات هذا الملف، فلا يُفحص إلا إذا ذُكر بعينه",
        );
        lines.push((String::new(), Some(words)));
    }
    let lang = match effective.lang.0 {
        Lang::En => "en",
        Lang::Ar => "ar",
    };
    let fail_on = effective.fail_on.0.as_str();
    lines.push((format!("lang: {lang}"), Some(origin(&effective.lang.1))));
    lines.push((
        format!("fail_on: {fail_on}"),
        Some(origin(&effective.fail_on.1)),
    ));
    lines.push(("rules:".to_owned(), None));
    for rule in &effective.rules {
        rule_lines(rule, &mut lines);
    }
    lines
}

fn heading(effective: &EffectiveSettings) -> Text {
    let files: Vec<String> = effective.files.iter().map(|file| safe(file)).collect();
    let (en, ar) = (files.join("`, `"), files.join("`، `"));
    let path = effective.path.as_deref().map(leading_path);
    match (path, effective.files.is_empty()) {
        (Some(path), false) => text!(
            "the settings for `{path}`, from `{en}`",
            "الإعدادات السارية على `{path}`، ومصدرها `{ar}`",
            path = path,
            en = en,
            ar = ar,
        ),
        (None, false) => text!(
            "the settings, from `{en}`",
            "الإعدادات، ومصدرها `{ar}`",
            en = en,
            ar = ar,
        ),
        (Some(path), true) => text!(
            "the settings for `{path}`; no `spokeslint.yaml` was found",
            "الإعدادات السارية على `{path}`، ولم يُعثر على ملف `spokeslint.yaml`",
            path = path,
        ),
        (None, true) => text!(
            "the settings; no `spokeslint.yaml` was found",
            "الإعدادات، ولم يُعثر على ملف `spokeslint.yaml`",
        ),
    }
}

fn rule_lines(rule: &Effective, lines: &mut Vec<Line>) {
    let severity = rule.severity.map_or("off", Severity::as_str);
    let said = said(rule);
    if rule.options.is_empty() {
        lines.push((format!("  {}: {severity}", safe(&rule.rule)), Some(said)));
        return;
    }
    lines.push((format!("  {}:", safe(&rule.rule)), None));
    lines.push((format!("    severity: {severity}"), Some(said)));
    lines.push(("    options:".to_owned(), None));
    for EffectiveOption {
        name,
        written,
        place,
    } in &rule.options
    {
        let said = place.as_ref().map_or_else(default, at);
        let written = if matches!(written.as_bytes().first(), Some(b'[')) {
            safe(written)
        } else {
            serde_json::to_string(written)
                .map_or_else(|_| safe(written), |text| unquoted(&text, written))
        };
        lines.push((format!("      {}: {written}", safe(name)), Some(said)));
    }
}

/// A value as it may stand in YAML: bare where it is a word or a number.
fn unquoted(quoted: &str, written: &str) -> String {
    let is_bare = !written.is_empty()
        && written
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/' | '_'));
    if is_bare {
        written.to_owned()
    } else {
        safe(quoted)
    }
}

/// Who says that a rule is on or off, and how much it weighs.
fn said(rule: &Effective) -> Text {
    let mut parts: Vec<Text> = Vec::new();
    if let Some(place) = &rule.finality {
        parts.push(text!(
            "final by {place}",
            "ملزمة بنص {place}",
            place = shown(place)
        ));
    }
    match (&rule.switched, &rule.weighed) {
        (Some(place), _) => parts.push(at(place)),
        (None, Some(place)) => {
            parts.extend(reason(&rule.reason));
            parts.push(at(place));
        }
        (None, None) => parts.extend(reason(&rule.reason)),
    }
    let join = |lang, comma| {
        let parts = parts
            .iter()
            .map(|part: &Text| part.isolated(lang).to_owned());
        parts.collect::<Vec<_>>().join(comma)
    };
    Text::new(join(Lang::En, ", "), join(Lang::Ar, "، "))
}

fn reason(reason: &Reason) -> Option<Text> {
    Some(match reason {
        // That is said already, with its place.
        Reason::Final => return None,
        Reason::Selected => text!("`--select`", "`--select`"),
        Reason::Ignored => text!("`--ignore`", "`--ignore`"),
        Reason::Pack => text!("its pack", "حزمتها"),
        Reason::Profile(name) => text!("profile `{name}`", "مجموعة القواعد `{name}`", name = name,),
        Reason::Own => text!(
            "in no profile: always on",
            "ليست في أي مجموعة، فهي مفعّلة دائمًا"
        ),
        Reason::NotChosen => text!("not chosen", "غير مختارة"),
    })
}

fn origin(origin: &Origin) -> Text {
    match origin {
        Origin::Default => default(),
        Origin::CommandLine => text!("command line", "سطر الأوامر"),
        Origin::Settings(place) => at(place),
    }
}

fn default() -> Text {
    text!("default", "القيمة الافتراضية")
}

fn at(place: &Label) -> Text {
    text!("{place}", "{place}", place = shown(place))
}

fn shown(place: &Label) -> String {
    let position = place.position();
    format!(
        "{}:{}:{}",
        place.source.name(),
        position.line,
        position.column
    )
}

fn value(effective: &EffectiveSettings) -> Value {
    let rules = effective.rules.iter().map(|rule| {
        let options = rule.options.iter().map(|option| {
            json!({
                "name": option.name,
                "value": option.written,
                "place": place(option.place.as_ref()),
            })
        });
        json!({
            "rule": rule.rule,
            "severity": rule.severity,
            "reason": reason_value(&rule.reason),
            "switched": place(rule.switched.as_ref()),
            "weighed": place(rule.weighed.as_ref()),
            "final": place(rule.finality.as_ref()),
            "options": options.collect::<Vec<_>>(),
        })
    });
    let outer = effective
        .outer
        .iter()
        .map(|outer| json!({ "file": outer.file, "final": outer.rules }));
    json!({
        "version": VERSION,
        "path": effective.path,
        "files": effective.files,
        "outer": outer.collect::<Vec<_>>(),
        "excluded": effective.excluded,
        "lang": { "value": effective.lang.0, "place": origin_value(&effective.lang.1) },
        "fail_on": { "value": effective.fail_on.0, "place": origin_value(&effective.fail_on.1) },
        "rules": rules.collect::<Vec<_>>(),
    })
}

fn reason_value(reason: &Reason) -> Value {
    match reason {
        Reason::Final => json!("final"),
        Reason::Selected => json!("select"),
        Reason::Ignored => json!("ignore"),
        Reason::Pack => json!("pack"),
        Reason::Profile(name) => json!({ "profile": name }),
        Reason::Own => json!("no-profile"),
        Reason::NotChosen => json!("not-chosen"),
    }
}

fn origin_value(origin: &Origin) -> Value {
    match origin {
        Origin::Default => json!("default"),
        Origin::CommandLine => json!("command-line"),
        Origin::Settings(label) => place(Some(label)),
    }
}

fn place(label: Option<&Label>) -> Value {
    label.map_or(Value::Null, |label| {
        let labels = json_format::labels(std::slice::from_ref(label));
        labels.get(0).cloned().unwrap_or_default()
    })
}
