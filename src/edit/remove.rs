//! Children taken out of a collection: whole lines where they have lines of their own, with the comments
//! that belong to them alone.

use std::collections::BTreeSet;

use super::Editor;
use super::children::Child;
use super::lines::span;
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::yaml::{Kind, NodeId};

/// Neighbours that all go, by their places.
#[derive(Clone, Copy)]
struct Run {
    first: usize,
    last: usize,
}

impl Editor<'_> {
    pub(super) fn remove(&self, collection: NodeId, places: &BTreeSet<usize>) -> Option<Vec<Edit>> {
        let children = self.children(collection)?;
        if !places.iter().all(|place| self.can_go(&children, *place)) {
            return None;
        }
        let is_flow = self.is_flow(collection);
        if places.len() == children.len() {
            return if is_flow {
                self.empty_flow(collection)
            } else {
                self.empty_block(collection, &children)
            };
        }
        let mut edits = Vec::new();
        for run in runs(places) {
            if is_flow {
                edits.extend(self.cut_flow(&children, run)?);
            } else {
                edits.push(self.cut_block(&children, run)?);
            }
        }
        Some(edits)
    }

    fn can_go(&self, children: &[Child], place: usize) -> bool {
        let Some(child) = children.get(place) else {
            return false;
        };
        let is_plain = |id: NodeId| {
            let node = self.doc.node(id);
            node.tag.is_none() && node.anchor.is_none()
        };
        let key_is_plain = child
            .key
            .is_none_or(|key| is_plain(key) && !self.is_explicit(key));
        key_is_plain && is_plain(child.value) && self.is_free(child.value)
    }

    fn empty_flow(&self, collection: NodeId) -> Option<Vec<Edit>> {
        let whole = self.doc.span(collection);
        let inside = span(whole.start + 1, whole.end.saturating_sub(1));
        (!self.has_comment(inside)).then(|| vec![deletion(inside)])
    }

    /// A collection in block style that loses everything is `[]` or `{}`.
    fn empty_block(&self, collection: NodeId, children: &[Child]) -> Option<Vec<Edit>> {
        let (first, last) = (children.first()?, children.last()?);
        let signs = match self.doc.node(collection).kind {
            Kind::Sequence(_) => "[]",
            _ => "{}",
        };
        let parent = self.doc.node(collection).parent?;
        let whole = Run {
            first: 0,
            last: children.len() - 1,
        };
        if let Some(key) = self.doc.key_of(collection) {
            let colon = self.behind_colon(key)?;
            let anchor = self.doc.node(collection).anchor;
            let at = anchor.map_or(colon, |anchor| anchor.end);
            let sign = Edit {
                span: span(at, at),
                replacement: format!(" {signs}"),
            };
            let is_below = self.lines.begins(first.start) && self.lines.start(first.start) > at;
            let cut = is_below.then(|| self.cut_block(children, whole))??;
            return Some(vec![sign, cut]);
        }
        let is_item =
            matches!(self.doc.node(parent).kind, Kind::Sequence(_)) && !self.is_flow(parent);
        let region = span(first.start, last.end);
        (is_item && !self.has_comment(region) && self.lines.ends(last.end)).then(|| {
            vec![Edit {
                span: region,
                replacement: signs.to_owned(),
            }]
        })
    }

    fn cut_flow(&self, children: &[Child], run: Run) -> Option<Vec<Edit>> {
        let (first, last) = (children[run.first], children[run.last]);
        let comma = self.lines.sign(last.end, ',');
        let end = comma.map_or(last.end, |at| at + 1);
        let before = run.first.checked_sub(1).map(|place| children[place]);
        if self.lines.begins(first.start) && self.lines.ends(end) {
            let mut edits = vec![self.whole_lines(first.start, end, false)];
            if let (Some(before), None) = (before, comma) {
                let at = self.lines.sign(before.end, ',')?;
                edits.push(deletion(span(at, at + 1)));
            }
            return Some(edits);
        }
        let region = match (children.get(run.last + 1), before) {
            (Some(next), _) => span(first.start, next.start),
            (None, Some(before)) => span(before.end, last.end),
            (None, None) => return None,
        };
        (!self.has_comment(region)).then(|| vec![deletion(region)])
    }

    fn cut_block(&self, children: &[Child], run: Run) -> Option<Edit> {
        let (first, last) = (children[run.first], children[run.last]);
        if !self.lines.ends(last.end) {
            return None;
        }
        if self.lines.begins(first.start) {
            let before = run.first.checked_sub(1).map(|place| children[place]);
            let mut cut = self.whole_lines(first.start, last.end, before.is_some());
            if before.is_some_and(|before| self.ends_in_block(&before)) {
                // Blank lines behind what goes would become a part of the text before it.
                cut.span.end = self.skip_blank(cut.span.end);
            }
            return Some(cut);
        }
        // The first entry of an item shares its line with the dash.
        let next = children.get(run.last + 1)?;
        let is_compact = self
            .lines
            .prefix(first.start)
            .bytes()
            .all(|byte| matches!(byte, b' ' | b'-'));
        if !is_compact || !self.lines.begins(next.start) {
            return None;
        }
        let own = self.lines.end(last.end);
        let comments = self.doc.comments().iter();
        let kept = comments
            .map(|comment| comment.start)
            .find(|start| *start > own && *start < next.start);
        Some(deletion(span(first.start, kept.unwrap_or(next.start))))
    }

    /// The first line at or behind the start of one that is not blank.
    fn skip_blank(&self, start: u32) -> u32 {
        let mut at = start;
        while at < self.lines.len() && self.lines.slice(at, self.lines.end(at)).trim().is_empty() {
            at = self.lines.next(at);
        }
        at
    }

    /// The lines from one place to another, with the comments that belong to what stands there.
    fn whole_lines(&self, start: u32, end: u32, with_above: bool) -> Edit {
        let lines = self.lines;
        let mut from = lines.start(start);
        let column = lines.prefix(start).len();
        while with_above
            && let Some(above) = lines.before(from).map(|end| lines.start(end))
            && lines.comment_column(above) == Some(column)
        {
            from = above;
        }
        let mut to = lines.next(end);
        while to < lines.len()
            && lines
                .comment_column(to)
                .is_some_and(|deeper| deeper > column)
        {
            to = lines.next(to);
        }
        // The last line goes with the line break before it if it has none of its own.
        let is_unended = to == lines.len() && !lines.0.ends_with(['\n', '\r']);
        while is_unended && let Some(before) = lines.before(from) {
            from = before;
            if !lines.prefix(before).trim().is_empty() {
                break;
            }
            from = lines.start(before);
        }
        deletion(span(from, to))
    }
}

fn deletion(span: Span) -> Edit {
    Edit {
        span,
        replacement: String::new(),
    }
}

fn runs(places: &BTreeSet<usize>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for place in places {
        match runs.last_mut() {
            Some(run) if run.last + 1 == *place => run.last = *place,
            _ => runs.push(Run {
                first: *place,
                last: *place,
            }),
        }
    }
    runs
}
