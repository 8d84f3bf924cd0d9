//! Rules that cannot be on together, because what one demands the other forbids.

use crate::engine::tuning::Tuned;
use crate::pack::Rule;

/// The pairs among these rules that contradict each other on some day, each in the order of the rules: where
/// both are on in general, for the files of one scope, or for those of all scopes.
pub(super) fn contradictions(rules: &[Tuned], scopes: usize) -> Vec<[String; 2]> {
    let mut pairs = Vec::new();
    for (place, one) in rules.iter().enumerate() {
        let others = rules[place + 1..].iter();
        let contrary = others.filter(|other| contradict(&one.rule, &other.rule));
        for other in contrary.filter(|other| meet(one, other, scopes)) {
            pairs.push([one.rule.id.clone(), other.rule.id.clone()]);
        }
    }
    pairs
}

fn contradict(one: &Rule, other: &Rule) -> bool {
    let says = |one: &Rule, two: &Rule| one.contradicts.contains(&two.id);
    (says(one, other) || says(other, one)) && one.effective.overlaps(&other.effective)
}

/// Whether both are on for some files. Not every set of scopes is tried, for there may be many.
fn meet(one: &Tuned, other: &Tuned, scopes: usize) -> bool {
    let single = (0..scopes).map(|scope| (0..scopes).map(|at| at == scope).collect());
    let mut tried = single.chain([vec![false; scopes], vec![true; scopes]]);
    tried.any(|active: Vec<bool>| one.within(&active).is_on && other.within(&active).is_on)
}
