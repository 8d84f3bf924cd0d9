//! Calls that are macros of CEL: `has`, the loops, `cel.bind`, and those of optional values.

use super::{deepest, node};
use crate::expr::Mistake;
use crate::expr::ast::{Bind, BindKind, Expr, Kind, Loop, LoopKind, Name};
use crate::source::Span;
use crate::text;

pub(super) fn call(name: Name, args: Vec<Expr>, close: Span) -> Result<Expr, Mistake> {
    let (span, depth) = (name.span.cover(close), deepest(&args));
    if &*name.text != "has" {
        return node(Kind::Call(name, args), span, depth);
    }
    let mut args = args.into_iter();
    match (args.next(), args.next()) {
        (Some(operand), None)
            if matches!(
                operand.kind,
                Kind::Field(..) | Kind::Index(..) | Kind::MaybeField(..)
            ) =>
        {
            node(Kind::Has(Box::new(operand)), span, depth)
        }
        _ => Err(Mistake::new(
            span,
            text!(
                "`has` takes one field, as in `has(account.created)`",
                "يأخذ `has` حقلًا واحدًا، مثل `has(account.created)`"
            ),
        )),
    }
}

pub(super) fn method(
    receiver: Expr,
    name: Name,
    args: Vec<Expr>,
    close: Span,
) -> Result<Expr, Mistake> {
    let span = receiver.span.cover(close);
    let depth = receiver.depth.max(deepest(&args));
    let is_cel = matches!(&receiver.kind, Kind::Ident(name) if &**name == "cel");
    let kind = match &*name.text {
        "bind" if is_cel => bind(BindKind::Plain, &name, None, args)?,
        "optMap" => bind(BindKind::OptMap, &name, Some(receiver), args)?,
        "optFlatMap" => bind(BindKind::OptFlatMap, &name, Some(receiver), args)?,
        _ => match LoopKind::named(&name.text) {
            Some(kind) => looped(kind, receiver, &name, args)?,
            None => Kind::Method(Box::new(receiver), name, args),
        },
    };
    node(kind, span, depth)
}

/// `cel.bind(variable, value, body)`, or `value.optMap(variable, body)` and its sister.
fn bind(
    kind: BindKind,
    name: &Name,
    value: Option<Expr>,
    args: Vec<Expr>,
) -> Result<Kind, Mistake> {
    let count = args.len() + usize::from(value.is_some());
    let mut args = args.into_iter();
    let variable = variable(args.next());
    let (Ok(variable), Some(value), Some(body), 3) =
        (variable, value.or_else(|| args.next()), args.next(), count)
    else {
        return Err(Mistake::new(
            name.span,
            match kind {
                BindKind::Plain => text!(
                    "`cel.bind` takes a name, a value and an expression, as in `cel.bind(n, size(agency.id), n > 2)`",
                    "يأخذ `cel.bind` اسمًا وقيمة وتعبيرًا، مثل `cel.bind(n, size(agency.id), n > 2)`",
                ),
                BindKind::OptMap | BindKind::OptFlatMap => text!(
                    "`{name}` takes a variable and an expression, as in `agency.?website.{name}(w, …)`",
                    "يأخذ `{name}` متغيرًا وتعبيرًا، مثل `agency.?website.{name}(w, …)`",
                    name = name.text,
                ),
            },
        ));
    };
    Ok(Kind::Bind(Box::new(Bind {
        kind,
        variable,
        value,
        body,
    })))
}

/// An argument that names a variable; where something else stands, its place.
fn variable(arg: Option<Expr>) -> Result<Name, Option<Span>> {
    match arg {
        Some(Expr {
            kind: Kind::Ident(text),
            span,
            ..
        }) if !text.starts_with('.') => Ok(Name { text, span }),
        other => Err(other.map(|expr| expr.span)),
    }
}

fn looped(kind: LoopKind, range: Expr, name: &Name, args: Vec<Expr>) -> Result<Kind, Mistake> {
    let wrong = |span| {
        let text = text!(
            "`{name}` takes a variable and an expression, as in `agency.accounts.{name}(account, …)`",
            "يأخذ `{name}` متغيرًا وتعبيرًا، مثل `agency.accounts.{name}(account, …)`",
            name = name.text,
        );
        let pairs = text!(
            "`{name}` takes two variables and an expression, as in `agency.accounts.{name}(i, account, …)`",
            "يأخذ `{name}` متغيرين وتعبيرًا، مثل `agency.accounts.{name}(i, account, …)`",
            name = name.text,
        );
        let needs_pairs = kind.takes_pairs() && kind.transforms();
        Mistake::new(span, if needs_pairs { pairs } else { text })
    };
    let count = args.len();
    let mut args = args.into_iter();
    let first = variable(args.next()).map_err(|at| wrong(at.unwrap_or(name.span)))?;
    let (pairs, filtered) = match (kind.takes_pairs(), kind.transforms(), count) {
        (_, false, 2) => (false, true),
        (true, false, 3) => (true, true),
        (false, true, 2) => (false, false),
        (false, true, 3) => (false, true),
        (true, true, 3) => (true, false),
        (true, true, 4) => (true, true),
        _ => return Err(wrong(name.span)),
    };
    let second = if pairs {
        let second = variable(args.next()).map_err(|at| wrong(at.unwrap_or(name.span)))?;
        if second.text == first.text {
            return Err(Mistake::new(
                second.span,
                text!(
                    "the two variables need different names",
                    "يجب أن يختلف اسما المتغيرين"
                ),
            ));
        }
        Some(second)
    } else {
        None
    };
    let condition = if filtered { args.next() } else { None };
    Ok(Kind::Loop(Box::new(Loop {
        kind,
        range,
        variable: first,
        second,
        condition,
        result: args.next(),
    })))
}
