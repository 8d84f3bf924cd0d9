//! The texts of a new project. A template is a file whose comments stand in both languages, line groups that begin with
//! `#en` and `#ar`; which comes first is for the reader's language to say.

use crate::start::NewFile;
use crate::text::Lang;

/// Where the hook's configuration stands.
pub const HOOK_FILE: &str = ".pre-commit-config.yaml";

const SETTINGS: &str = include_str!("templates/spokeslint.yaml");
const AGENCY: &str = include_str!("templates/agency.yaml");
const HOOK: &str = include_str!("templates/pre-commit.yaml");

/// What the first agency is called where nobody says.
const EXAMPLE: [(&str, &str); 2] = [("en", "Example Agency"), ("ar", "جهة المثال")];

/// What is known of the first agency.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Its short name.
    pub id: Option<String>,
    /// Its name in English.
    pub name_en: Option<String>,
    /// Its name in Arabic.
    pub name_ar: Option<String>,
    /// The country whose law binds it.
    pub jurisdiction: Option<String>,
    /// The language that comments begin with.
    pub lang: Lang,
}

/// The files of a new project: settings, the hook, and unless there are others a first agency.
pub fn project(about: &About, with_agency: bool) -> Vec<NewFile> {
    let file = |path: &str, text| NewFile {
        path: path.to_owned(),
        text,
    };
    let mut files = vec![file("spokeslint.yaml", settings(about.lang))];
    if with_agency {
        let path = format!("agencies/{}.yaml", id(about));
        files.push(file(&path, agency(about)));
    }
    files.push(file(HOOK_FILE, hook(about.lang)));
    files
}

/// The configuration of the hook.
pub fn hook(lang: Lang) -> String {
    in_order(HOOK, lang)
}

fn settings(lang: Lang) -> String {
    let word = match lang {
        Lang::En => "en",
        Lang::Ar => "ar",
    };
    in_order(SETTINGS, lang).replace("{lang}", word)
}

fn id(about: &About) -> &str {
    about.id.as_deref().unwrap_or("example")
}

fn agency(about: &About) -> String {
    let country = match &about.jurisdiction {
        Some(country) => format!("jurisdiction: {country}"),
        None => "# jurisdiction: SA".to_owned(),
    };
    in_order(AGENCY, about.lang)
        .replace("{id}", id(about))
        .replace("{name}", &name(about))
        .replace("{jurisdiction}", &country)
}

/// The agency's name in flow style. A text of JSON is a text of YAML as well.
fn name(about: &About) -> String {
    let quoted = |key: &str, words: &str| format!("{key}: {}", serde_json::Value::from(words));
    let parts: Vec<String> = match (&about.name_en, &about.name_ar) {
        (None, None) => EXAMPLE
            .iter()
            .map(|(key, words)| format!("{key}: {words}"))
            .collect(),
        (en, ar) => [("en", en), ("ar", ar)]
            .into_iter()
            .filter_map(|(key, words)| Some(quoted(key, words.as_deref()?)))
            .collect(),
    };
    format!("{{ {} }}", parts.join(", "))
}

/// A template with its comments in both languages, the reader's first.
fn in_order(template: &str, lang: Lang) -> String {
    let mut text = String::with_capacity(template.len());
    let (mut en, mut ar) = (String::new(), String::new());
    for line in template.lines() {
        let bare = line.trim_start();
        let indent = line.get(..line.len() - bare.len()).unwrap_or_default();
        if let Some(words) = bare.strip_prefix("#en") {
            en.extend([indent, "#", words, "\n"]);
        } else if let Some(words) = bare.strip_prefix("#ar") {
            ar.extend([indent, "#", words, "\n"]);
        } else {
            flush(&mut text, &mut en, &mut ar, lang);
            text.push_str(line);
            text.push('\n');
        }
    }
    flush(&mut text, &mut en, &mut ar, lang);
    text
}

fn flush(text: &mut String, en: &mut String, ar: &mut String, lang: Lang) {
    let (first, second) = match lang {
        Lang::En => (&*en, &*ar),
        Lang::Ar => (&*ar, &*en),
    };
    text.push_str(first);
    text.push_str(second);
    en.clear();
    ar.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_comment_of_the_templates_stands_in_both_languages() {
        for template in [SETTINGS, AGENCY, HOOK] {
            let mut before = "";
            let (mut en, mut ar) = (0, 0);
            for line in template.lines() {
                let mark = line.trim_start().get(..3).unwrap_or_default();
                en += usize::from(mark == "#en" && before != "#en");
                ar += usize::from(mark == "#ar" && before != "#ar");
                assert!(mark != "#ar" || matches!(before, "#en" | "#ar"), "{line}");
                assert!(before != "#en" || matches!(mark, "#en" | "#ar"), "{line}");
                before = mark;
            }
            assert!(en == ar && en > 1, "{en} {ar}");
        }
    }

    #[test]
    fn the_readers_language_comes_first() {
        let template = "  #en one\n  #en two\n  #ar واحد\na: 1\n";
        assert_eq!(
            in_order(template, Lang::En),
            "  # one\n  # two\n  # واحد\na: 1\n"
        );
        assert_eq!(
            in_order(template, Lang::Ar),
            "  # واحد\n  # one\n  # two\na: 1\n"
        );
    }
}
