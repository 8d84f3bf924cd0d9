//! What an expression begins with: literals, names, brackets.

use super::macros::call;
use super::{Parser, deepest, node, too_large};
use crate::expr::Mistake;
use crate::expr::ast::{Expr, Kind, Name};
use crate::expr::lex::{RESERVED, Token};
use crate::source::Span;
use crate::text;

impl Parser {
    pub(super) fn primary(&mut self) -> Result<Expr, Mistake> {
        let (token, span) = (self.peek().clone(), self.span());
        let literal = match token {
            Token::Ident(name) => return self.ident(name, span),
            Token::Sign("(") => {
                self.next();
                let inner = self.expr()?;
                let close = self.expect(")", Some(span))?;
                return Ok(Expr {
                    span: span.cover(close),
                    ..inner
                });
            }
            Token::Sign("[") => return self.items(),
            Token::Sign("{") => return self.entries(),
            Token::Sign(".") => {
                self.next();
                let name = self.name()?;
                allowed(&name)?;
                return node(
                    Kind::Ident(format!(".{}", name.text).into()),
                    span.cover(name.span),
                    0,
                );
            }
            Token::Int(value) => Kind::Int(i64::try_from(value).map_err(|_| too_large(span))?),
            Token::Uint(value) => Kind::Uint(value),
            Token::Double(value) => Kind::Double(value),
            Token::Str(value) => Kind::Str(value),
            Token::Bytes(value) => Kind::Bytes(value),
            Token::Sign(_) | Token::Quoted(_) | Token::End => {
                return Err(self.unexpected("a value", "قيمة"));
            }
        };
        self.next();
        node(literal, span, 0)
    }

    /// `[…]`
    fn items(&mut self) -> Result<Expr, Mistake> {
        let (_, open) = self.next();
        let mut items = Vec::new();
        let close = loop {
            if let Some(close) = self.eat("]") {
                break close;
            }
            let sign = self.eat("?");
            let item = self.expr()?;
            items.push(maybe(sign, item)?);
            if self.eat(",").is_none() {
                break self.expect("]", Some(open))?;
            }
        };
        let depth = deepest(&items);
        node(Kind::List(items), open.cover(close), depth)
    }

    /// `{…}`
    fn entries(&mut self) -> Result<Expr, Mistake> {
        let (_, open) = self.next();
        let mut entries = Vec::new();
        let mut depth = 0;
        let close = loop {
            if let Some(close) = self.eat("}") {
                break close;
            }
            let sign = self.eat("?");
            let key = self.expr()?;
            self.expect(":", None)?;
            let value = self.expr()?;
            let value = maybe(sign, value)?;
            depth = depth.max(key.depth).max(value.depth);
            entries.push((key, value));
            if self.eat(",").is_none() {
                break self.expect("}", Some(open))?;
            }
        };
        node(Kind::Map(entries), open.cover(close), depth)
    }

    fn ident(&mut self, name: Box<str>, span: Span) -> Result<Expr, Mistake> {
        if &*name == "in" {
            return Err(self.unexpected("a value", "قيمة"));
        }
        self.next();
        let name = Name { text: name, span };
        allowed(&name)?;
        let kind = match &*name.text {
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            "null" => Kind::Null,
            _ => match self.eat("(") {
                None => Kind::Ident(name.text),
                Some(open) => {
                    let (args, close) = self.list(")", open)?;
                    return call(name, args, close);
                }
            },
        };
        node(kind, span, 0)
    }
}

/// Refuses what may stand behind a dot only.
fn allowed(name: &Name) -> Result<(), Mistake> {
    if !RESERVED.contains(&&*name.text) {
        return Ok(());
    }
    Err(Mistake::new(
        name.span,
        text!(
            "`{name}` is a reserved word and cannot be a name",
            "`{name}` كلمة محجوزة لا تصلح اسمًا",
            name = name.text,
        ),
    ))
}

/// An item or a value with the sign `?` before it, or without.
fn maybe(sign: Option<Span>, expr: Expr) -> Result<Expr, Mistake> {
    if sign.is_none() {
        return Ok(expr);
    }
    let (span, depth) = (expr.span, expr.depth);
    node(Kind::Maybe(Box::new(expr)), span, depth)
}
