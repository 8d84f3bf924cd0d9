//! `each`: what a rule looks at, clause by clause, each of which brings a variable.

use serde::de::IgnoredAny;

use crate::expr::{Demand, Mistake, Type, Use, check_first};
use crate::pack::compile::Compiler;
use crate::pack::rule::Clause;
use crate::source::{Span, to_offset};
use crate::text;
use crate::yaml::{Document, NodeId, Spanned};

impl Compiler<'_> {
    pub(super) fn each(&mut self, each: Option<&Spanned<IgnoredAny>>) -> Option<Vec<Clause>> {
        let Some(each) = each else {
            return Some(Vec::new());
        };
        let nodes = clause_nodes(self.document, each.node);
        let written = |node: &NodeId| self.document.text(*node).unwrap_or("").to_owned();
        let own = self.clauses.take();
        let texts = own.unwrap_or_else(|| nodes.iter().map(written).collect());
        nodes
            .into_iter()
            .zip(texts)
            .map(|(node, text)| self.clause(node, text))
            .collect()
    }

    /// `variable in list`
    fn clause(&mut self, node: NodeId, text: String) -> Option<Clause> {
        let split = split_clause(&text);
        let is_name = |name: &str| {
            !name.is_empty() && name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric())
        };
        let Some((variable, at)) = split.filter(|(variable, _)| is_name(variable)) else {
            let message = text!(
                "expected `variable in list`, as in `account in agency.accounts`",
                "المتوقع `variable in list`، مثل `account in agency.accounts`",
            );
            self.report(
                node,
                Mistake::new(Span::new(0, to_offset(text.len())), message),
            );
            return None;
        };
        let known = self
            .scope
            .variables
            .iter()
            .any(|(known, _)| **known == *variable);
        if known || matches!(variable, "today" | "options" | "terms" | "in") {
            let message = text!(
                "`{name}` already means something here; choose another name",
                "للاسم `{name}` معنى آخر هنا؛ اختر اسمًا غيره",
                name = variable,
            );
            self.report(
                node,
                Mistake::new(Span::new(0, to_offset(variable.len())), message),
            );
            return None;
        }
        let range = text.get(at..).unwrap_or("");
        let program = match check_first(range, &mut self.scope, Demand::List) {
            Ok(checked) => self.keep(Use::Clause, checked, node, to_offset(at)),
            Err(mistakes) => {
                for mistake in mistakes {
                    self.report(node, mistake.shifted(to_offset(at)));
                }
                return None;
            }
        };
        let item = match &program.ty {
            Type::List(item) => (**item).clone(),
            _ => Type::Dyn,
        };
        self.scope.variables.push((variable.into(), item));
        Some(Clause {
            text,
            range: program,
        })
    }
}

/// The nodes of the clauses under `each`: one, or a list of them.
pub(in crate::pack) fn clause_nodes(document: &Document, each: NodeId) -> Vec<NodeId> {
    let items = document.items(each);
    if items.is_empty() {
        vec![each]
    } else {
        items.to_vec()
    }
}

/// The variable of a clause, and where its list begins.
pub(in crate::pack) fn split_clause(text: &str) -> Option<(&str, usize)> {
    let (variable, _) = text.split_once(" in ")?;
    Some((variable.trim(), variable.len() + 4))
}
