//! What a condition proves about optional fields: `has(a.b) && …` makes `a.b` safe on the right.

use crate::expr::ast::{BinaryOp, Expr, Kind, UnaryOp};

/// The access paths that are certainly there when `expr` is `truth`. `path` names an access path,
/// with `.` between its steps.
pub(super) fn facts(
    expr: &Expr,
    truth: bool,
    path: &dyn Fn(&Expr) -> Option<String>,
) -> Vec<String> {
    match &expr.kind {
        Kind::Has(operand) if truth => path(operand).map(with_prefixes).unwrap_or_default(),
        Kind::Method(operand, name, args)
            if truth && &*name.text == "hasValue" && args.is_empty() =>
        {
            path(operand).map(with_prefixes).unwrap_or_default()
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

/// `has(a.b.c)` is only true when `a.b` is there as well.
fn with_prefixes(path: String) -> Vec<String> {
    let mut paths: Vec<String> = path
        .match_indices('.')
        .filter_map(|(at, _)| path.get(..at).map(str::to_owned))
        .collect();
    paths.push(path);
    paths
}
