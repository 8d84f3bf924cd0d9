#![allow(missing_docs, dead_code, clippy::all, clippy::pedantic)]
//! stub
use super::Shapes;
use crate::diagnostic::Diagnostic;
use crate::yaml::{Document, NodeId};
#[derive(Default, Debug)]
pub struct Poison;
impl Poison {
    pub fn is_empty(&self) -> bool {
        true
    }
    pub fn is_node(&self, _: NodeId) -> bool {
        false
    }
    pub fn field(&self, _: NodeId, _: &str) -> bool {
        false
    }
}
pub struct Validation {
    pub diagnostics: Vec<Diagnostic>,
    pub poison: Poison,
}
pub fn validate(_: &Document, _: NodeId, _: &Shapes) -> Validation {
    Validation {
        diagnostics: vec![],
        poison: Poison,
    }
}
