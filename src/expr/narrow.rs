//! What a condition proves about optional fields: `has(a.b) && …` makes `a.b` safe on the right.

use crate::expr::ast::{BinaryOp, Expr, Kind, UnaryOp};

/// An access path, step by step: its variable, then its fields.
pub(crate) type Path = Vec<Box<str>>;

/// The access paths that are certainly there when `expr` is `truth`. `path` reads an access path.
pub(super) fn facts(expr: &Expr, truth: bool, path: &dyn Fn(&Expr) -> Option<Path>) -> Vec<Path> {
    match &expr.kind {
        Kind::Has(operand) if truth => path(operand)
            .as_deref()
            .map(with_prefixes)
            .unwrap_or_default(),
        Kind::Unary(UnaryOp::Not, operand) => facts(operand, !truth, path),
        Kind::Binary(op @ (BinaryOp::And | BinaryOp::Or), _, left, right) => {
            let mut left = facts(left, truth, path);
            let right = facts(right, truth, path);
            let both_hold = (*op == BinaryOp::And) == truth;
            if both_hold {
                left.extend(right);
            } else {
                left.retain(|fact| right.contains(fact));
            }
            left
        }
        _ => Vec::new(),
    }
}

/// `has(a.b.c)` is only true when `a.b` is there as well.
fn with_prefixes(path: &[Box<str>]) -> Vec<Path> {
    (1..=path.len())
        .map(|steps| path[..steps].to_vec())
        .collect()
}
