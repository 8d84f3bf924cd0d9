//! Rules that cannot be on together, because what one demands the other forbids.

use crate::pack::Rule;

/// The pairs among these rules that contradict each other on some day, each in the order of the rules.
pub(super) fn contradictions(rules: &[Rule]) -> Vec<[String; 2]> {
    let mut pairs = Vec::new();
    for (place, rule) in rules.iter().enumerate() {
        for other in &rules[place + 1..] {
            let says = |one: &Rule, two: &Rule| one.contradicts.contains(&two.id);
            let contradict = says(rule, other) || says(other, rule);
            if contradict && rule.effective.overlaps(&other.effective) {
                pairs.push([rule.id.clone(), other.id.clone()]);
            }
        }
    }
    pairs
}
