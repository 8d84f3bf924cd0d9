//! Numbers that are too small or too large, texts and lists that are too short or too long, and items
//! that stand in a list twice.

use std::collections::HashMap;

use super::form::Misfit;
use super::{Place, Walker};
use crate::diagnostic::{Action, Label, Safety};
use crate::schema::{Bounds, Interval, ShapeId};
use crate::text;
use crate::text::Text;
use crate::yaml::{NodeId, Value};

/// The words for a bound: what comes before the number in English and in Arabic.
type Words = [&'static str; 2];

const AT_LEAST: Words = ["of at least", "لا يقل عن"];
const MORE_THAN: Words = ["greater than", "أكبر من"];
const AT_MOST: Words = ["of at most", "لا يزيد على"];
const LESS_THAN: Words = ["less than", "أصغر من"];

impl Walker<'_> {
    pub(super) fn integer(
        &mut self,
        at: Place,
        id: ShapeId,
        value: i64,
        (min, max): (Option<i64>, Option<i64>),
    ) {
        if min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max) {
            return;
        }
        let wanted = text!("a whole number", "عدد صحيح");
        let bounds = [(AT_LEAST, min), (AT_MOST, max)];
        self.out_of_range(at, id, &wanted, &bounds);
    }

    pub(super) fn number(&mut self, at: Place, id: ShapeId, value: f64, interval: Interval) {
        if !value.is_finite() {
            let message = text!(
                "expected a finite number, found `{found}`",
                "المتوقع عدد محدود القيمة، والموجود `{found}`",
                found = self.doc.text(at.node).unwrap_or_default(),
            );
            return self.bad_value(at, id, Misfit::new("schema/range", message, None));
        }
        if interval.admits(value) {
            return;
        }
        let wanted = text!("a number", "عدد");
        let bounds = [
            (AT_LEAST, interval.min),
            (MORE_THAN, interval.above),
            (AT_MOST, interval.max),
            (LESS_THAN, interval.under),
        ];
        self.out_of_range(at, id, &wanted, &bounds);
    }

    fn out_of_range<N: std::fmt::Display + Copy>(
        &mut self,
        at: Place,
        id: ShapeId,
        wanted: &Text,
        bounds: &[(Words, Option<N>)],
    ) {
        let known = bounds
            .iter()
            .filter_map(|(words, bound)| Some((words, (*bound)?)));
        let known: Vec<Text> = known
            .map(|(words, bound)| {
                let bound = text!("`{bound}`", "`{bound}`", bound = bound);
                Text::new(
                    format!("{} {}", words[0], bound.en),
                    format!("{} {}", words[1], bound.ar),
                )
            })
            .collect();
        let side = |and: &str, side: fn(&Text) -> &str| {
            known.iter().map(side).collect::<Vec<_>>().join(and)
        };
        let found = text!(
            "`{found}`",
            "`{found}`",
            found = self.doc.text(at.node).unwrap_or_default()
        );
        let message = Text::new(
            format!(
                "expected {} {}, found {}",
                wanted.en,
                side(" and ", |t| &t.en),
                found.en
            ),
            format!(
                "المتوقع {} {}، والموجود {}",
                wanted.ar,
                side(" و", |t| &t.ar),
                found.ar
            ),
        );
        self.bad_value(at, id, Misfit::new("schema/range", message, None));
    }

    /// Whether a text has an allowed length; if not, it is reported.
    pub(super) fn text_length(&mut self, at: Place, id: ShapeId, text: &str, length: Bounds) {
        if length == Bounds::default() {
            return;
        }
        let count = text.chars().count();
        if !length.admits(count) {
            let message = characters(length, count);
            self.bad_value(at, id, Misfit::new("schema/length", message, None));
        }
    }

    pub(super) fn list_length(&mut self, at: Place, id: ShapeId, length: Bounds) {
        let count = self.doc.items(at.node).len();
        if !length.admits(count) {
            let message = items(length, count);
            self.bad_value(at, id, Misfit::new("schema/length", message, None));
        }
    }

    /// Reports each item that stands in a list before.
    pub(super) fn unique(&mut self, list: Place, id: ShapeId) {
        let mut known: HashMap<String, NodeId> = HashMap::new();
        for node in self.doc.items(list.node) {
            let Some(words) = self.words(*node) else {
                continue;
            };
            let first = *known.entry(words).or_insert(*node);
            if first != *node {
                self.twice(
                    Place {
                        node: *node,
                        ..list
                    },
                    id,
                    first,
                );
            }
        }
    }

    /// The words of a scalar, the same for two of them just when they are equal.
    fn words(&self, node: NodeId) -> Option<String> {
        Some(match self.doc.value(node) {
            Value::Str(text) => format!("s{text}"),
            Value::Int(value) => format!("n{value}"),
            Value::Bool(value) => format!("b{value}"),
            _ => return None,
        })
    }

    fn twice(&mut self, at: Place, id: ShapeId, first: NodeId) {
        let cause = self.report(("schema/unique", at.node, id, 0), at, |walker| {
            let message = text!(
                "`{item}` stands in this list twice",
                "يتكرر `{item}` في هذه القائمة",
                item = walker.doc.text(at.node).unwrap_or_default(),
            );
            let before = Label::new(walker.doc.source(), walker.doc.span(first))
                .with_text(text!("the first time here", "ذُكر أول مرة هنا"));
            let span = walker.doc.span(at.node);
            let mut diagnostic = walker.error("schema/unique", message, span);
            let title = text!("remove the second one", "احذف الموضع الثاني");
            diagnostic.fix = walker.repair(at.node, (title, Safety::Safe), Action::Remove);
            diagnostic
                .with_label(before)
                .with_help(text!("remove one of the two", "احذف أحد الموضعين"))
        });
        if let Some(cause) = cause {
            self.found.poison.add_node(self.doc, at.node, cause);
        }
    }
}

fn characters(length: Bounds, count: usize) -> Text {
    match length {
        Bounds { min: 1, .. } if count == 0 => {
            text!("expected a text that is not empty", "المتوقع نص غير فارغ")
        }
        Bounds { min, .. } if count < min => text!(
            "expected a text of at least `{min}` characters, found `{count}`",
            "المتوقع نص لا يقل عدد أحرفه عن `{min}`، وعددها هنا `{count}`",
            min = min,
            count = count,
        ),
        Bounds { max, .. } => text!(
            "expected a text of at most `{max}` characters, found `{count}`",
            "المتوقع نص لا يزيد عدد أحرفه على `{max}`، وعددها هنا `{count}`",
            max = max.unwrap_or(count),
            count = count,
        ),
    }
}

fn items(length: Bounds, count: usize) -> Text {
    match length {
        Bounds { min: 1, .. } if count == 0 => text!(
            "expected a list that is not empty",
            "المتوقع قائمة غير فارغة"
        ),
        Bounds { min, .. } if count < min => text!(
            "expected a list of at least `{min}` items, found `{count}`",
            "المتوقع قائمة لا يقل عدد عناصرها عن `{min}`، وعددها هنا `{count}`",
            min = min,
            count = count,
        ),
        Bounds { max, .. } => text!(
            "expected a list of at most `{max}` items, found `{count}`",
            "المتوقع قائمة لا يزيد عدد عناصرها على `{max}`، وعددها هنا `{count}`",
            max = max.unwrap_or(count),
            count = count,
        ),
    }
}
