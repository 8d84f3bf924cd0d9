//! The texts of the rule packs and of what belongs to them, wherever a file has `en` and `ar` side by side; and the
//! descriptions in the schemas, which are English.

use std::path::{Path, PathBuf};

use serde_yaml::Value;

use super::{faults, in_english};

fn files(folder: &str, ext: &str) -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == ext) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    let source = spokeslint::Source::read(path).unwrap().unwrap();
    source.text().to_owned()
}

/// All texts below a value, each with its path.
fn walk(value: &Value, path: &str, seen: &mut impl FnMut(&str, Option<&str>, Option<&str>)) {
    match value {
        Value::Mapping(mapping) => {
            let side = |name: &str| mapping.get(name).and_then(Value::as_str);
            if side("en").is_some() || side("ar").is_some() {
                seen(path, side("en"), side("ar"));
            }
            for (key, value) in mapping {
                walk(
                    value,
                    &format!("{path}/{}", key.as_str().unwrap_or("?")),
                    seen,
                );
            }
        }
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &format!("{path}/{index}"), seen);
            }
        }
        _ => {}
    }
}

/// What is wrong with the texts of the first document of a file; the second one of a rule holds examples.
fn check(path: &Path, problems: &mut Vec<String>) -> usize {
    use serde::Deserialize;
    let text = read(path);
    let first = serde_yaml::Deserializer::from_str(&text).next().unwrap();
    let value = Value::deserialize(first).unwrap();
    let mut count = 0;
    walk(&value, "", &mut |at, en, ar| {
        count += 1;
        let place = format!("{}{at}", path.file_name().unwrap().display());
        match (en, ar) {
            (Some(en), Some(ar)) => problems.extend(
                faults(en, ar)
                    .into_iter()
                    .map(|fault| format!("{place}: {fault}: {en} / {ar}")),
            ),
            _ => problems.push(format!("{place}: only one language")),
        }
    });
    count
}

#[test]
fn every_text_of_the_packs_is_sound_in_both_languages() {
    let mut problems = Vec::new();
    let mut count = 0;
    for folder in [
        "rules",
        "examples/campaign/packs",
        "examples/national-repo/regulator/circular",
    ] {
        for path in files(folder, "yaml") {
            count += check(&path, &mut problems);
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(count > 400, "{count} texts");
}

#[test]
fn a_text_in_one_language_is_seen() {
    let value: Value =
        serde_yaml::from_str("{ a: [{ b: { en: x } }], c: { en: y, ar: ي } }").unwrap();
    let mut seen = Vec::new();
    walk(&value, "", &mut |at, en, ar| {
        seen.push((at.to_owned(), en.is_some(), ar.is_some()));
    });
    let wanted = [
        ("/a/0/b".to_owned(), true, false),
        ("/c".to_owned(), true, true),
    ];
    assert_eq!(seen, wanted);
}

#[test]
fn every_description_of_the_schemas_is_english() {
    let mut problems = Vec::new();
    let mut count = 0;
    for path in files("schemas", "json") {
        let value: Value = serde_yaml::from_str(&read(&path)).unwrap();
        descriptions(&value, &mut |text| {
            count += 1;
            problems.extend(
                in_english(text)
                    .into_iter()
                    .map(|fault| format!("{fault}: {text}")),
            );
        });
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(count > 100, "{count} descriptions");
}

fn descriptions(value: &Value, seen: &mut impl FnMut(&str)) {
    match value {
        Value::Mapping(mapping) => {
            for (key, value) in mapping {
                match (key.as_str(), value.as_str()) {
                    (Some("description"), Some(text)) => seen(text),
                    _ => descriptions(value, seen),
                }
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| descriptions(item, seen)),
        _ => {}
    }
}
