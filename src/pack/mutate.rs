//! Mutants: a rule with one small change in one of its expressions, a pack with one in its condition.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Label};
use crate::expr::{Edit, edits};
use crate::pack::applies::{Applies, mutant};
use crate::pack::compile::{clause_nodes, compile_with, split_clause};
use crate::pack::load::{decode_with, env};
use crate::pack::locate::inner_span;
use crate::pack::model::{PackFile, RuleFile};
use crate::pack::{Pack, Packs, Rule};
use crate::schema::{Kind, shapes};
use crate::source::{Span, to_offset};
use crate::text;
use crate::yaml::{Document, NodeId, Spanned};

/// A changed rule.
#[derive(Debug)]
pub(crate) struct Mutant {
    /// The rule; `None` if the checker refuses it.
    pub(crate) rule: Option<Rule>,
    /// What to say if no example notices.
    pub(crate) survivor: Diagnostic,
}

/// A pack with a changed condition.
#[derive(Debug)]
pub(crate) struct PackMutant {
    /// The condition for each kind of document; none if the checker refuses it.
    pub(crate) applies: Option<Vec<Arc<Applies>>>,
    /// What to say if no example of any of its rules notices.
    pub(crate) survivor: Diagnostic,
}

/// Where an expression stands in a rule.
#[derive(Clone, Copy)]
enum Place {
    /// The clause of a number; its list begins at this byte.
    Each(usize, usize),
    When,
    Assert,
    Unique,
    Same,
}

/// All mutants of a rule, in the order of its expressions.
pub(crate) fn mutants(packs: &Packs, rule: &Rule) -> Result<Vec<Mutant>, Vec<Diagnostic>> {
    let (file, document) = decode_with::<RuleFile>(&rule.source, &shapes::<RuleFile>())?;
    let breeder = Breeder {
        packs,
        rule,
        clauses: clauses(&file, &document),
        file,
        document,
    };
    Ok(breeder.all())
}

/// All mutants of a pack's condition; for a pack without one there are none.
pub(crate) fn pack_mutants(packs: &Packs, pack: &Pack) -> Result<Vec<PackMutant>, Vec<Diagnostic>> {
    if pack.applies.is_empty() {
        return Ok(Vec::new());
    }
    let (file, document) = decode_with::<PackFile>(&pack.source, &shapes::<PackFile>())?;
    let Some(condition) = file.applies_when else {
        return Ok(Vec::new());
    };
    let document = Arc::new(document);
    let names = pack.applies.iter().map(|applies| applies.kind.as_str());
    let kinds: Vec<&Arc<Kind>> = names
        .filter_map(|name| packs.kinds.iter().find(|kind| kind.name == name))
        .collect();
    let shapes = kinds.first().map(|kind| &kind.shapes);
    let mut all = shapes.map_or_else(Vec::new, |shapes| edits(&condition, shapes, true));
    let need = text!(
        "add a passing example, to any rule of the pack, that only `applies_when` keeps from being a finding",
        "أضف إلى أي قاعدة في الحزمة مثالًا مستوفيًا لا يمنع عدّه مخالفة إلا `applies_when`",
    );
    all.push(dropped(&condition, need));
    let bred = |edit: &Edit| {
        let changed = Spanned {
            value: edit.apply(&condition),
            node: condition.node,
        };
        let terms = packs.term_names();
        let compiled = kinds
            .iter()
            .map(|kind| mutant(&changed, &document, (kind, &terms)));
        let applies = compiled.map(|applies| applies.map(Arc::new));
        PackMutant {
            applies: applies.collect::<Result<_, _>>().ok(),
            survivor: survivor(
                &document,
                condition.node,
                (&condition, 0),
                (Owner::Pack(&pack.id), edit),
            ),
        }
    };
    Ok(all.iter().map(bred).collect())
}

fn clauses(file: &RuleFile, document: &Document) -> Vec<(NodeId, String)> {
    let Some(each) = &file.each else {
        return Vec::new();
    };
    let nodes = clause_nodes(document, each.node).into_iter();
    nodes
        .map(|node| (node, document.text(node).unwrap_or("").to_owned()))
        .collect()
}

struct Breeder<'b> {
    packs: &'b Packs,
    rule: &'b Rule,
    clauses: Vec<(NodeId, String)>,
    file: RuleFile,
    document: Document,
}

impl Breeder<'_> {
    fn all(&self) -> Vec<Mutant> {
        let mut mutants = Vec::new();
        for (number, (node, text)) in self.clauses.iter().enumerate() {
            let Some((_, at)) = split_clause(text) else {
                continue;
            };
            let range = text.get(at..).unwrap_or("");
            self.changed(Place::Each(number, at), *node, range, &mut mutants);
        }
        if let Some(when) = &self.file.when {
            self.changed(Place::When, when.node, when, &mut mutants);
            mutants.push(self.without_when(when.node, when));
        }
        if let Some(assert) = &self.file.assert {
            self.changed(Place::Assert, assert.node, assert, &mut mutants);
        }
        if let Some(unique) = &self.file.unique {
            self.changed(Place::Unique, unique.node, unique, &mut mutants);
            mutants.push(self.with_one_key(unique.node, unique));
        }
        if let Some(same) = &self.file.same {
            self.changed(Place::Same, same.node, same, &mut mutants);
            mutants.push(self.without_same(same.node, same));
        }
        mutants
    }

    fn changed(&self, place: Place, node: NodeId, text: &str, mutants: &mut Vec<Mutant>) {
        let is_condition = matches!(place, Place::When | Place::Assert);
        let edits = edits(text, &self.rule.kind.shapes, is_condition);
        mutants.extend(
            edits
                .iter()
                .map(|edit| self.mutant(place, node, text, edit)),
        );
    }

    fn without_when(&self, node: NodeId, when: &str) -> Mutant {
        let need = text!(
            "add a passing example that only `when` keeps from being a finding",
            "أضف مثالًا مستوفيًا لا يمنع عدّه مخالفة إلا `when`",
        );
        self.mutant(Place::When, node, when, &dropped(when, need))
    }

    fn with_one_key(&self, node: NodeId, unique: &str) -> Mutant {
        let need = text!(
            "add a passing example with two different keys",
            "أضف مثالًا مستوفيًا فيه مفتاحان مختلفان",
        );
        self.mutant(Place::Unique, node, unique, &whole(unique, "true", need))
    }

    fn without_same(&self, node: NodeId, same: &str) -> Mutant {
        let need = text!(
            "add a passing example in which one thing stands twice, so that only `same` keeps it from being a finding",
            "أضف مثالًا مستوفيًا يرد فيه شيء واحد مرتين فلا يمنع عدّه مخالفة إلا `same`",
        );
        let mut edit = whole(same, "", need);
        edit.dropped = Some(edit.span);
        self.mutant(Place::Same, node, same, &edit)
    }

    fn mutant(&self, place: Place, node: NodeId, text: &str, edit: &Edit) -> Mutant {
        let changed = edit.apply(text);
        let mut file = self.file.clone();
        let mut clauses = None;
        let mut shift = 0;
        match place {
            Place::Each(number, at) => {
                let mut texts: Vec<String> = self.clauses.iter().map(|c| c.1.clone()).collect();
                let head = texts[number].get(..at).unwrap_or("").to_owned();
                texts[number] = head + &changed;
                clauses = Some(texts);
                shift = to_offset(at);
            }
            Place::When => set(&mut file.when, changed),
            Place::Assert => set(&mut file.assert, changed),
            Place::Unique => set(&mut file.unique, changed),
            Place::Same if changed.is_empty() => file.same = None,
            Place::Same => set(&mut file.same, changed),
        }
        let env = env(self.packs);
        let rule = compile_with(&self.rule.id, file, clauses, &self.document, &env).ok();
        Mutant {
            rule,
            survivor: survivor(
                &self.document,
                node,
                (text, shift),
                (Owner::Rule(&self.rule.id), edit),
            ),
        }
    }
}

/// Whose examples have to notice a change.
enum Owner<'o> {
    Rule(&'o str),
    Pack(&'o str),
}

/// What to say of a change that no example notices; the text begins `shift` bytes behind the node's.
fn survivor(
    document: &Document,
    node: NodeId,
    (text, shift): (&str, u32),
    (owner, edit): (Owner<'_>, &Edit),
) -> Diagnostic {
    let span = edit.dropped.unwrap_or(edit.span);
    let before = one_line(text.get(span.range()).unwrap_or(""));
    let after = edit.dropped.is_none().then(|| one_line(&edit.by));
    let message = match (owner, after) {
        (Owner::Rule(rule), None) => text!(
            "no example of `{rule}` notices when `{before}` is dropped",
            "لا يتأثر أي مثال من أمثلة القاعدة `{rule}` إذا حُذف `{before}`",
            rule = rule,
            before = before,
        ),
        (Owner::Rule(rule), Some(after)) => text!(
            "no example of `{rule}` notices when `{before}` becomes `{after}`",
            "لا يتأثر أي مثال من أمثلة القاعدة `{rule}` إذا صار `{before}` هكذا: `{after}`",
            rule = rule,
            before = before,
            after = after,
        ),
        (Owner::Pack(pack), None) => text!(
            "no example in the pack `{pack}` notices when `{before}` is dropped",
            "لا يتأثر أي مثال من أمثلة الحزمة `{pack}` إذا حُذف `{before}`",
            pack = pack,
            before = before,
        ),
        (Owner::Pack(pack), Some(after)) => text!(
            "no example in the pack `{pack}` notices when `{before}` becomes `{after}`",
            "لا يتأثر أي مثال من أمثلة الحزمة `{pack}` إذا صار `{before}` هكذا: `{after}`",
            pack = pack,
            before = before,
            after = after,
        ),
    };
    let span = Span::new(span.start + shift, span.end + shift);
    let label = Label::new(document.source(), inner_span(document, node, span));
    Diagnostic::error("pack/survivor", message)
        .with_label(label)
        .with_help(edit.need.clone())
}

fn set(part: &mut Option<Spanned<String>>, text: String) {
    if let Some(part) = part {
        part.value = text;
    }
}

/// A change of the whole expression.
fn whole(text: &str, by: &str, need: text::Text) -> Edit {
    Edit {
        span: Span::new(0, to_offset(text.len())),
        by: by.to_owned(),
        need,
        dropped: None,
    }
}

/// The whole expression left out.
fn dropped(text: &str, need: text::Text) -> Edit {
    let edit = whole(text, "true", need);
    Edit {
        dropped: Some(edit.span),
        ..edit
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
