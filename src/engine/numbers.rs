//! Numbers of the rules that look across documents: one numbering for all engines of a run, so that what one notes
//! of a file means the same to the others.

use std::collections::{BTreeMap, HashMap};

use crate::engine::chapter::Chapter;
use crate::source::to_offset;

/// The numbers of rules, by their ids and their whole text: what has both in common is one rule.
#[derive(Debug, Default)]
pub struct Numbers(HashMap<(String, String), u32>);

/// Numbers the rules that look across documents; returns where they stand.
pub(super) fn number(
    chapters: &mut [Chapter],
    numbers: &mut Numbers,
) -> BTreeMap<u32, (usize, usize)> {
    let mut across = BTreeMap::new();
    for (kind, chapter) in chapters.iter_mut().enumerate() {
        for (place, entry) in chapter.entries.iter_mut().enumerate() {
            let rule = &entry.tuned.rule;
            if rule.is_across() {
                let definition = (rule.id.clone(), rule.source.text().to_owned());
                let next = to_offset(numbers.0.len());
                let number = *numbers.0.entry(definition).or_insert(next);
                entry.across = Some(number);
                across.insert(number, (kind, place));
            }
        }
    }
    across
}
