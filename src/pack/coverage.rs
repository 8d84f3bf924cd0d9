//! What the rules make of the debate and of the frameworks: for each position and each item its rules, or
//! the reason why it has none.

use crate::pack::model::{Framework, Item, Position};
use crate::pack::{Packs, Rule};
use crate::text::Text;

/// A position, and the rules that bear on it.
#[derive(Debug)]
pub struct PositionCover<'p> {
    /// The position.
    pub position: &'p Position,
    /// The rules that demand what it holds.
    pub in_favour: Vec<&'p Rule>,
    /// The rules that demand the contrary.
    pub against: Vec<&'p Rule>,
}

/// An item of a framework, and the rules that rest on it.
#[derive(Debug)]
pub struct ItemCover<'p> {
    /// The item.
    pub item: &'p Item,
    /// The rules.
    pub rules: Vec<&'p Rule>,
}

/// Whether a position or an item has rules, or a reason for having none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// It has rules.
    Rules,
    /// It has none, and the reason is given.
    Reason,
    /// It has neither, which is a gap.
    Neither,
    /// It has both: one of them is out of date.
    Both,
}

impl Cover {
    const fn of(rules: bool, reason: Option<&Text>) -> Self {
        match (rules, reason.is_some()) {
            (true, false) => Self::Rules,
            (false, true) => Self::Reason,
            (false, false) => Self::Neither,
            (true, true) => Self::Both,
        }
    }
}

impl PositionCover<'_> {
    /// Whether it has rules or a reason.
    pub fn cover(&self) -> Cover {
        let has_rules = !self.in_favour.is_empty() || !self.against.is_empty();
        Cover::of(has_rules, self.position.none.as_ref())
    }
}

impl ItemCover<'_> {
    /// Whether it has rules or a reason.
    pub fn cover(&self) -> Cover {
        Cover::of(!self.rules.is_empty(), self.item.none.as_ref())
    }
}

impl Packs {
    /// The rules that bear on a position.
    pub fn cover_of_position<'p>(&'p self, position: &'p Position) -> PositionCover<'p> {
        let citing = |side: fn(&Rule) -> &Vec<String>| {
            let rules = self.rules.iter();
            rules
                .filter(|rule| side(rule).contains(&position.id))
                .collect()
        };
        PositionCover {
            position,
            in_favour: citing(|rule| &rule.positions.in_favour),
            against: citing(|rule| &rule.positions.against),
        }
    }

    /// The items of a framework with the rules that rest on them.
    pub fn cover_of_framework<'p>(&'p self, framework: &'p Framework) -> Vec<ItemCover<'p>> {
        let cover = |item: &'p Item| {
            let rests = |rule: &&Rule| {
                let mut citations = rule.citations.iter();
                citations.any(|citation| {
                    citation.framework == *framework.id && citation.item == *item.item
                })
            };
            ItemCover {
                item,
                rules: self.rules.iter().filter(rests).collect(),
            }
        };
        framework.items.iter().map(cover).collect()
    }
}
