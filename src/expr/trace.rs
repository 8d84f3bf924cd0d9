//! A condition taken apart: the parts that must all hold, each with its own value and evidence.

use crate::expr::ast::{BinaryOp, Expr, Kind};
use crate::expr::eval::{Fault, Machine};
use crate::expr::parse::parse;
use crate::expr::program::{Op, OpId, Program};
use crate::expr::value::Value;
use crate::source::Span;

/// A part of a condition: its bytes in the text, and the operation that it became.
pub(crate) type Part = (Span, OpId);

/// What a condition joins by `&&`, in order; the condition itself if it joins nothing.
pub(crate) fn parts(text: &str, program: &Program) -> Vec<Part> {
    let whole = Span::new(0, crate::source::to_offset(text.len()));
    let (mut spans, mut ops) = (Vec::new(), Vec::new());
    if let Ok(expr) = parse(text) {
        split(&expr, &mut spans);
    }
    split_op(program, program.root, &mut ops);
    if spans.len() == ops.len() {
        spans.into_iter().zip(ops).collect()
    } else {
        vec![(whole, program.root)]
    }
}

fn split(expr: &Expr, spans: &mut Vec<Span>) {
    match &expr.kind {
        Kind::Binary(BinaryOp::And, _, left, right) => {
            split(left, spans);
            split(right, spans);
        }
        _ => spans.push(expr.span),
    }
}

fn split_op(program: &Program, id: OpId, ops: &mut Vec<OpId>) {
    match program.op(id) {
        Op::And(left, right) => {
            split_op(program, *left, ops);
            split_op(program, *right, ops);
        }
        _ => ops.push(id),
    }
}

impl<'a> Machine<'a> {
    /// Evaluates a part of a program.
    pub(crate) fn eval_part(
        &mut self,
        program: &'a Program,
        part: OpId,
    ) -> Result<Value<'a>, Fault> {
        self.run(program, part)
    }
}
