//! What a condition proves about optional fields: `has(a.b) && …` makes `a.b` safe on the right.

use crate::expr::ast::{BinaryOp, Expr, Kind, UnaryOp};

/// An access path, step by step: its variable, then its fields.
pub(crate) type Path = Vec<Box<str>>;

/// The access paths that are certainly there when `expr` is `truth`. `path` reads an access path.
pub(super) fn facts(expr: &Expr, truth: bool, path: &dyn Fn(&Expr) -> Option<Path>) -> Vec<Path> {
    match &expr.kind {
        Kind::Has(operand) if truth => proven(path(operand)),
        Kind::Method(operand, name, args)
            if truth && &*name.text == "hasValue" && args.is_empty() =>
        {
            proven(path(operand))
        }
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

/// What stands behind a path that is there: `has(a.b.c)` is only true when `a.b` is there as well.
fn proven(path: Option<Path>) -> Vec<Path> {
    let path = path.unwrap_or_default();
    (1..=path.len())
        .map(|steps| path[..steps].to_vec())
        .collect()
}
