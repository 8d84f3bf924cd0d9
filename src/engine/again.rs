//! One condition on one document, again and again: for whoever measures what an evaluation costs, or asks as a
//! document's day goes by without reading it again.

use std::sync::Arc;

use bumpalo::Bump;

use crate::engine::Expression;
use crate::expr::{Machine, Program};
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
        self.machine.holds(self.program).ok()
    }
}

impl Expression<'_> {
    /// Reads and validates the first document of a source, and hands the condition over, ready for it. `None` when
    /// the source holds no document.
    pub fn on_first<T>(
        &self,
        source: &Arc<Source>,
        ask: impl FnOnce(&mut Ready<'_>) -> T,
    ) -> Option<T> {
        let mut document = yaml::parse(source).documents.into_iter().next()?;
        let bound = self.bind(&mut document);
        let shapes = &self.evaluator.shapes;
        let validation = validate(&document, document.root(), shapes, shapes.root());
        let bump = Bump::new();
        Some(ask(&mut Ready {
            machine: self.machine(&document, &validation, &bound, &bump),
            program: &self.program,
        }))
    }
}
