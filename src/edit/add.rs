//! New children of a collection, written as those that stand there.

use super::children::Child;
use super::lines::span;
use super::write::{Place, scalar, written};
use super::{Editor, New};
use crate::diagnostic::Edit;
use crate::yaml::{Kind, NodeId, Style};

impl Editor<'_> {
    pub(super) fn add(&self, collection: NodeId, new: &[New<'_>]) -> Option<Vec<Edit>> {
        let children = self.children(collection)?;
        if self.is_flow(collection) {
            self.add_flow(collection, &children, new)
        } else if matches!(self.doc.node(collection).kind, Kind::Sequence(_)) {
            self.add_items(&children, new)
        } else {
            self.add_entries(collection, &children, new)
        }
    }

    fn add_flow(
        &self,
        collection: NodeId,
        children: &[Child],
        new: &[New<'_>],
    ) -> Option<Vec<Edit>> {
        let style = children.first().and_then(|child| child.key);
        let style = style.map_or(Style::Plain, |key| self.style(key));
        let texts: Vec<String> = new.iter().map(|new| in_flow(new, style)).collect();
        let whole = self.doc.span(collection);
        let Some(last) = children.last() else {
            let inside = span(whole.start + 1, whole.end.saturating_sub(1));
            let is_list = matches!(self.doc.node(collection).kind, Kind::Sequence(_));
            let pad = if is_list { "" } else { " " };
            let replacement = format!("{pad}{}{pad}", texts.join(", "));
            return (!self.has_comment(inside)).then(|| {
                vec![Edit {
                    span: inside,
                    replacement,
                }]
            });
        };
        // Nothing behind a colon is not told from a text that ends in one.
        if last.key.is_some() && self.doc.span(last.value).is_empty() {
            return None;
        }
        let comma = self.lines.sign(last.end, ',');
        let end = comma.map_or(last.end, |at| at + 1);
        if self.lines.begins(last.start) && self.lines.ends(end) {
            let head = format!(
                "{}{}",
                self.lines.line_break(),
                self.lines.prefix(last.start)
            );
            let mut rest = texts.join(&format!(",{head}"));
            if comma.is_some() {
                rest.push(',');
            }
            let line = self.lines.end(end);
            let addition = (line, format!("{head}{rest}"));
            let sign = comma.is_none().then(|| (last.end, ",".to_owned()));
            return Some(match sign {
                Some((at, sign)) if at == line => vec![insertion(at, sign + &addition.1)],
                Some((at, sign)) => vec![insertion(at, sign), insertion(line, addition.1)],
                None => vec![insertion(line, addition.1)],
            });
        }
        Some(vec![insertion(last.end, format!(", {}", texts.join(", ")))])
    }

    fn add_items(&self, children: &[Child], new: &[New<'_>]) -> Option<Vec<Edit>> {
        let (first, last) = (children.first()?, children.last()?);
        if !self.lines.ends(last.end) || self.ends_in_block(last) {
            return None;
        }
        let indent = self.indent(children.iter())?;
        let behind = first.start + 1;
        let gap = self.lines.slice(behind, self.doc.span(first.value).start);
        let gap = if gap.bytes().all(|byte| byte == b' ') && !gap.is_empty() {
            gap
        } else {
            " "
        };
        let lines: Vec<String> = new
            .iter()
            .map(|new| {
                let value = written(new.value, Place::Block, Style::Plain);
                format!("{}{indent}-{gap}{value}", self.lines.line_break())
            })
            .collect();
        Some(vec![insertion(self.lines.end(last.end), lines.concat())])
    }

    fn add_entries(
        &self,
        mapping: NodeId,
        children: &[Child],
        new: &[New<'_>],
    ) -> Option<Vec<Edit>> {
        let is_in_flow = self.place(mapping) == Place::Flow;
        if is_in_flow
            || children
                .iter()
                .any(|child| child.key.is_some_and(|key| self.is_explicit(key)))
        {
            return None;
        }
        let indent = self.indent(children.iter())?;
        let is_simple = |child: &&Child| {
            let line = self.lines.start(child.start);
            self.lines.start(child.end) == line
                && self.lines.ends(child.end)
                && !self.ends_in_block(child)
        };
        let simple = children.iter().rfind(is_simple);
        let after = simple.or_else(|| children.last().filter(|last| !self.ends_in_block(last)))?;
        if !self.lines.ends(after.end) {
            return None;
        }
        let style = children.first().and_then(|child| child.key);
        let style = style.map_or(Style::Plain, |key| self.style(key));
        let lines: Vec<String> = new
            .iter()
            .filter_map(|new| {
                let key = scalar(new.key?, Place::Block, style);
                let value = written(new.value, Place::Block, Style::Plain);
                Some(format!("{}{indent}{key}: {value}", self.lines.line_break()))
            })
            .collect();
        Some(vec![insertion(self.lines.end(after.end), lines.concat())])
    }

    /// Whether a child ends with a text in block style, whose end is not where it seems.
    pub(super) fn ends_in_block(&self, child: &Child) -> bool {
        let last = self.nodes_in(child.value).last();
        last.is_some_and(|node| matches!(self.style(node), Style::Literal | Style::Folded))
    }

    /// The spaces before the children of a collection in block style.
    fn indent<'c>(&self, mut children: impl Iterator<Item = &'c Child> + Clone) -> Option<String> {
        let own = children
            .clone()
            .find(|child| self.lines.begins(child.start));
        if let Some(child) = own {
            return Some(self.lines.prefix(child.start).to_owned());
        }
        let prefix = self.lines.prefix(children.next()?.start);
        let is_compact = prefix.bytes().all(|byte| matches!(byte, b' ' | b'-'));
        is_compact.then(|| " ".repeat(prefix.len()))
    }
}

fn in_flow(new: &New<'_>, style: Style) -> String {
    let value = written(new.value, Place::Flow, Style::Plain);
    match new.key {
        Some(key) => format!("{}: {value}", scalar(key, Place::Flow, style)),
        None => value,
    }
}

fn insertion(at: u32, replacement: String) -> Edit {
    Edit {
        span: span(at, at),
        replacement,
    }
}
