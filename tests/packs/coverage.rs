//! Every position of the debate and every item of the frameworks has rules, or a reason for having none.

use spokeslint::pack::Cover;

use super::builtin;

fn fault(cover: Cover) -> Option<&'static str> {
    match cover {
        Cover::Rules | Cover::Reason => None,
        Cover::Neither => Some("has neither a rule nor a reason for having none"),
        Cover::Both => Some("has rules, and a reason for having none"),
    }
}

#[test]
fn every_position_and_every_item_has_rules_or_a_reason() {
    let packs = builtin();
    let mut problems = Vec::new();
    for position in &packs.positions {
        let cover = packs.cover_of_position(position).cover();
        problems.extend(fault(cover).map(|fault| format!("{} {fault}", position.id)));
    }
    for framework in &packs.frameworks {
        assert!(!framework.items.is_empty(), "{}", *framework.id);
        for cover in packs.cover_of_framework(framework) {
            let item = format!("{} {}", *framework.id, *cover.item.item);
            problems.extend(fault(cover.cover()).map(|fault| format!("{item} {fault}")));
        }
    }
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn a_gap_and_a_reason_that_is_out_of_date_are_seen() {
    let mut packs = builtin();
    packs.positions[0].none = Some(spokeslint::Text::new("no", "لا"));
    let both = packs.cover_of_position(&packs.positions[0]).cover();
    assert_eq!(both, Cover::Both);
    packs.rules.clear();
    let covers: Vec<Cover> = packs
        .positions
        .iter()
        .map(|one| packs.cover_of_position(one).cover())
        .collect();
    assert_eq!((covers[0], covers[1]), (Cover::Reason, Cover::Neither));
    let items = packs.cover_of_framework(&packs.frameworks[0]);
    assert!(
        items
            .iter()
            .all(|one| matches!(one.cover(), Cover::Neither | Cover::Reason))
    );
}
