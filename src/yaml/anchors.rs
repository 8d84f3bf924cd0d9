//! Anchors and aliases: which node an alias stands for, and how much all aliases stand for.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Label};
use crate::source::{Source, Span};
use crate::text;
use crate::text::nearest;
use crate::yaml::build::{Breach, Builder};
use crate::yaml::{Content, Kind, NodeId, Scalar, Style, limits};

/// The anchors of one document.
#[derive(Default)]
pub(super) struct Anchors {
    defined: Vec<Anchor>,
    /// How many nodes there would be more if each alias so far were written out.
    pub(super) aliased: u64,
    /// The alias that stands for the most nodes, its anchor, and how many these are.
    worst: Option<(u64, Span, Span)>,
}

struct Anchor {
    id: usize,
    node: NodeId,
    span: Span,
    /// How many nodes it stands for, aliases inside it written out.
    weight: u64,
    /// How many levels of collections it has, aliases inside it written out.
    height: usize,
}

impl Anchors {
    pub(super) fn define(&mut self, id: usize, node: NodeId, span: Span) {
        self.defined.push(Anchor {
            id,
            node,
            span,
            weight: 1,
            height: 0,
        });
    }

    /// Notes how much an anchored collection holds, now that it has ended.
    pub(super) fn weigh(&mut self, node: NodeId, weight: u64, height: usize) {
        // Anchors are defined in the order of their nodes.
        if let Ok(at) = self
            .defined
            .binary_search_by_key(&node, |anchor| anchor.node)
        {
            self.defined[at].weight = weight;
            self.defined[at].height = height;
        }
    }

    pub(super) fn clear(&mut self) {
        self.defined.clear();
        self.aliased = 0;
        self.worst = None;
    }

    fn find(&self, id: usize) -> Option<&Anchor> {
        let at = self.defined.binary_search_by_key(&id, |anchor| anchor.id);
        self.defined.get(at.ok()?)
    }

    /// Counts what an alias stands for; `None` once it is too much.
    fn count(&mut self, alias: Span, anchor: Span, weight: u64) -> Option<()> {
        // What is written out takes the alias's own place.
        self.aliased = self.aliased.saturating_add(weight - 1);
        if self.worst.is_none_or(|(worst, ..)| worst < weight) {
            self.worst = Some((weight, alias, anchor));
        }
        (self.aliased <= limits::ALIASED_NODES).then_some(())
    }
}

impl Builder<'_> {
    pub(super) fn alias(&mut self, id: usize, span: Span) -> Result<(), Breach> {
        let Some(anchor) = self.anchors.find(id) else {
            return self.unknown_alias("", span);
        };
        let (node, at, weight) = (anchor.node, anchor.span, anchor.weight);
        let height = anchor.height;
        if self.is_open(node) {
            self.flawed_alias(span)?;
            return self.report(recursive(self.source, span, at));
        }
        if self.is_too_deep(height) {
            return Err(Box::new(limits::too_deep(self.source, span)));
        }
        self.raise(height);
        self.push(Kind::Alias(node), span)?;
        if self.anchors.count(span, at, weight).is_none()
            && let Some((nodes, alias, anchor)) = self.anchors.worst
        {
            return Err(Box::new(limits::alias_bomb(
                self.source,
                alias,
                anchor,
                nodes,
            )));
        }
        Ok(())
    }

    pub(super) fn unknown_alias(&mut self, name: &str, span: Span) -> Result<(), Breach> {
        self.flawed_alias(span)?;
        let names = self.anchors.defined.iter().take(limits::SUGGESTIONS);
        let names = names.filter_map(|anchor| self.source.slice(anchor.span).strip_prefix('&'));
        let meant = nearest(name, names).map(str::to_owned);
        self.report(unknown(self.source, span, name, meant.as_deref()))
    }

    /// What stands for an alias that leads nowhere: nothing, and marked as flawed.
    fn flawed_alias(&mut self, span: Span) -> Result<(), Breach> {
        let kind = Kind::Scalar(Style::Plain, Scalar::Null, Content::Verbatim(span));
        let id = self.push(kind, span)?;
        self.doc.flawed.push(id);
        Ok(())
    }
}

fn unknown(source: &Arc<Source>, span: Span, name: &str, meant: Option<&str>) -> Diagnostic {
    let message = text!(
        "no anchor is called `{name}` before this alias",
        "لا توجد مرساة باسم `{name}` قبل هذا الاسم المستعار",
        name = name,
    );
    let help = if let Some(meant) = meant {
        text!(
            "did you mean `*{meant}`?",
            "هل تقصد `*{meant}`؟",
            meant = meant
        )
    } else {
        text!(
            "write `&{name}` before the value that it stands for, or put the text in quotes",
            "اكتب `&{name}` قبل القيمة التي يمثّلها، أو ضع النص بين علامتي اقتباس",
            name = name,
        )
    };
    Diagnostic::error("yaml/unknown-alias", message)
        .with_label(Label::new(source, span))
        .with_help(help)
}

fn recursive(source: &Arc<Source>, alias: Span, anchor: Span) -> Diagnostic {
    let message = text!(
        "the alias `{alias}` stands inside its own anchor",
        "يقع الاسم المستعار `{alias}` داخل المرساة التي يشير إليها",
        alias = source.slice(alias),
    );
    let there = text!(
        "the anchor that it stands inside",
        "المرساة التي يقع داخلها"
    );
    let help = text!(
        "write the inner value out; a value cannot contain itself",
        "اكتب القيمة الداخلية صراحةً؛ فلا يمكن لقيمة أن تحوي نفسها",
    );
    Diagnostic::error("yaml/recursive-alias", message)
        .with_label(Label::new(source, alias))
        .with_label(Label::new(source, anchor).with_text(there))
        .with_help(help)
}
