//! One condition on one document, again and again: for whoever measures what an evaluation costs.

use std::sync::Arc;

use bumpalo::Bump;

use crate::diagnostic::Diagnostic;
use crate::engine::Evaluator;
use crate::engine::evaluate::{in_text, no_value};
use crate::engine::identity::{Identity, empty, identify, not_ours};
use crate::expr::{Demand, Load, Machine, Program, Scope, Strictness, Type, compile};
use crate::schema::validate;
use crate::source::Source;
use crate::yaml;

/// A condition with its document at hand.
pub struct Ready<'a> {
    machine: Machine<'a>,
    program: &'a Program,
}

impl Ready<'_> {
    /// Whether the condition holds; `None` where it has no value. Nothing is read, checked or compiled, and nothing
    /// is allocated while no text or list has to be computed.
    pub fn holds(&mut self) -> Option<bool> {
        self.machine.restart();
        self.machine.holds(self.program).ok()
    }
}

impl Evaluator {
    /// Reads and validates the first document of a source, and hands a condition on it over, ready to be asked. With
    /// the clause of an `each`, such as `("account", "agency.accounts")`, it speaks of the first element.
    ///
    /// # Errors
    ///
    /// Every mistake in the texts, what is wrong with the source, and an `each` without elements.
    pub fn on_first<T>(
        &self,
        source: &Arc<Source>,
        each: Option<(&str, &str)>,
        condition: &str,
        ask: impl FnOnce(&mut Ready<'_>) -> T,
    ) -> Result<T, Vec<Diagnostic>> {
        let parsed = yaml::parse(source);
        let Some(document) = parsed.documents.first() else {
            return Err(vec![empty(source)]);
        };
        let kind = match identify(document, &self.kinds) {
            Identity::Ours(kind) => &self.kinds[kind],
            Identity::Unusable(diagnostic) => return Err(vec![*diagnostic]),
            Identity::Lenient(_) | Identity::Foreign | Identity::Empty => {
                return Err(vec![not_ours(document)]);
            }
        };
        let validation = validate(document, document.root(), &kind.shapes, kind.shapes.root());
        let bump = Bump::new();
        let mut scope = Scope::new(&kind.shapes, &kind.variable);
        scope.strictness = Strictness::Cel;
        let mut clause = None;
        if let Some((variable, range)) = each {
            let program = compile(range, &scope, Demand::List)
                .map_err(|mistakes| in_text(range, mistakes))?;
            let item = match &program.ty {
                Type::List(item) => (**item).clone(),
                _ => Type::Dyn,
            };
            scope.variables.push((variable.into(), item));
            clause = Some(program);
        }
        let program = compile(condition, &scope, Demand::Condition)
            .map_err(|mistakes| in_text(condition, mistakes))?;
        let mut machine = Machine::new(document, &validation, self.as_of.to_timestamp(), &bump);
        if let Some(clause) = &clause {
            let load = Load::of_items(&clause.ty);
            let list = machine.eval(clause);
            let first = list.and_then(|list| {
                let elements = machine.elements(list, load)?;
                machine.element(elements, 0).transpose()
            });
            let first =
                first.map_err(|fault| vec![no_value(document, &validation, clause, fault)])?;
            machine.slots.extend(first);
        }
        let program = &program;
        Ok(ask(&mut Ready { machine, program }))
    }
}
