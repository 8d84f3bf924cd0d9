//! Every text of the built-in packs, and of the pack among the examples, stands in both languages, with the same values in it.

use spokeslint::Text;

use super::builtin;
use crate::texts::faults;

fn check(place: &str, text: &Text, problems: &mut Vec<String>) {
    let faults = faults(&text.en, &text.ar).into_iter();
    problems.extend(faults.map(|fault| format!("{place}: {fault}: {} / {}", text.en, text.ar)));
}

#[test]
fn every_text_stands_in_both_languages() {
    let mut packs = builtin();
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/campaign/packs");
    packs.load(own.as_ref()).unwrap();
    let mut problems = Vec::new();
    for kind in &packs.kinds {
        check(&kind.name, &kind.about, &mut problems);
    }
    for rule in &packs.rules {
        check(&rule.id, &rule.summary, &mut problems);
        check(&rule.id, &rule.why, &mut problems);
        check(&rule.id, &rule.message_text, &mut problems);
        if let Some(help) = &rule.help_text {
            check(&rule.id, help, &mut problems);
        }
        for option in &rule.options {
            check(&rule.id, &option.about, &mut problems);
        }
    }
    for pack in &packs.packs {
        check(&pack.id, &pack.title, &mut problems);
        check(&pack.id, &pack.about, &mut problems);
    }
    for profile in &packs.profiles {
        check(&profile.id, &profile.title, &mut problems);
        check(&profile.id, &profile.about, &mut problems);
    }
    for position in &packs.positions {
        check(&position.id, &position.office, &mut problems);
        check(&position.id, &position.stance, &mut problems);
        check(&position.id, &position.argument, &mut problems);
    }
    for framework in &packs.frameworks {
        check(&framework.id, &framework.title, &mut problems);
        check(&framework.id, &framework.publisher, &mut problems);
    }
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn every_position_is_cited_by_a_rule_and_every_rule_belongs_to_a_profile() {
    let packs = builtin();
    let cited = |id: &str| {
        packs.rules.iter().any(|rule| {
            rule.positions
                .in_favour
                .iter()
                .chain(&rule.positions.against)
                .any(|cited| cited == id)
        })
    };
    let silent: Vec<&str> = packs
        .positions
        .iter()
        .map(|position| position.id.as_str())
        .filter(|id| !cited(id))
        .collect();
    assert_eq!(packs.positions.len(), 13);
    assert_eq!(silent, Vec::<&str>::new());
    let homeless: Vec<&str> = packs
        .rules
        .iter()
        .filter(|rule| rule.profiles.is_empty())
        .map(|rule| rule.id.as_str())
        .collect();
    assert_eq!(homeless, Vec::<&str>::new());
}
