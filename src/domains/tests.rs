use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::config::Lookup;
use crate::discover::discover;

#[expect(
    clippy::disallowed_methods,
    reason = "tests lay out folders of their own"
)]
fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn open(root: &Path) -> (Domains, Vec<Input>) {
    let chosen = Chosen {
        profile: None,
        select: Vec::new(),
        ignore: Vec::new(),
        packs: Vec::new(),
        as_of: Date::FIRST,
        whole: false,
    };
    let root = root.canonicalize().unwrap();
    let inputs = discover(std::slice::from_ref(&root), &root).inputs;
    // The tests run in another folder.
    let finder = Finder::new("/nowhere".into(), Lookup::Nearest, Vec::new());
    (Domains::open(&finder, &chosen, &inputs), inputs)
}

#[test]
fn a_thousand_folders_under_the_same_settings_are_one_domain() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "spokeslint.yaml", "extends: [none]\n");
    for number in 0..1_000 {
        write(folder.path(), &format!("{number}/below/a.yaml"), "");
    }
    let (domains, inputs) = open(folder.path());
    assert_eq!(inputs.len(), 1_001);
    assert_eq!(domains.iter().count(), 1);
    assert!(inputs.iter().all(|input| domains.number(input) == Some(0)));
}

#[test]
fn settings_that_say_the_same_of_rules_share_an_engine_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let rules = "extends: [none]\nrules: { handover/no-policy: note }\n";
    for number in 0..100 {
        let text = format!("{rules}waivers: [w{number}.yaml]\n");
        write(folder.path(), &format!("{number}/spokeslint.yaml"), &text);
        write(folder.path(), &format!("{number}/w{number}.yaml"), "");
    }
    let other = "extends: [none]\nrules: { handover/no-policy: error }\n";
    write(folder.path(), "other/spokeslint.yaml", other);
    let scoped = "overrides: [{ files: [a.yaml], rules: {} }]\n";
    for name in ["scoped", "scoped-too"] {
        let path = format!("{name}/spokeslint.yaml");
        write(folder.path(), &path, &format!("{rules}{scoped}"));
    }
    let (domains, _) = open(folder.path());
    let all: Vec<&Domain> = domains.iter().collect();
    assert_eq!(all.len(), 103);
    let mut engines: Vec<*const Engine> = all.iter().map(|one| Arc::as_ptr(&one.engine)).collect();
    engines.sort_unstable();
    engines.dedup();
    assert_eq!(engines.len(), 4);
    let waivers: Vec<_> = all.iter().filter_map(|one| one.config()).collect();
    assert_ne!(waivers[0].waivers(), waivers[1].waivers());
}
