//! Tokens → tree, by precedence climbing (CEL specification, "Syntax", grammar).
//!
//! ```text
//! expr    = or ( "?" or ":" expr )?
//! or      = and ( "||" and )*          and = relation ( "&&" relation )*
//! relation = add ( ( "<" | "<=" | ">" | ">=" | "==" | "!=" | "in" ) add )*
//! add     = mul ( ( "+" | "-" ) mul )* mul = unary ( ( "*" | "/" | "%" ) unary )*
//! unary   = "!"* member | "-"* member
//! member  = primary ( "." "?"? IDENT ( "(" args ")" )? | "[" "?"? expr "]" )*
//! primary = "."? IDENT ( "(" args ")" )? | "(" expr ")" | "[" items "]" | "{" entries "}" | literal
//! items   = ( "?"? expr ( "," "?"? expr )* ","? )?
//! entries = ( "?"? expr ":" expr ( "," "?"? expr ":" expr )* ","? )?
//! ```

mod macros;
mod primary;

use crate::expr::ast::{BinaryOp, Comparison, Expr, Kind, Name, UnaryOp};
use crate::expr::lex::{Token, lex};
use crate::expr::{MAX_DEPTH, MAX_LENGTH, Mistake};
use crate::source::{Span, to_offset};
use crate::text;
use macros::method;

/// Parses one expression.
pub(crate) fn parse(text: &str) -> Result<Expr, Mistake> {
    if text.len() > MAX_LENGTH {
        let end = text.chars().next().map_or(0, char::len_utf8);
        return Err(Mistake::new(
            Span::new(0, to_offset(end)),
            text!(
                "this expression is {length} bytes long; at most {limit} are read",
                "طول هذا التعبير {length} بايت، والحد الأقصى {limit}",
                length = text.len(),
                limit = MAX_LENGTH,
            ),
        )
        .with_help(text!(
            "split it into several rules, and move a long list of words into an option of the rule",
            "وزّعه على عدة قواعد، وانقل القائمة الطويلة من الكلمات إلى خيار من خيارات القاعدة",
        )));
    }
    let mut parser = Parser {
        tokens: lex(text)?,
        at: 0,
        depth: 0,
    };
    let expr = parser.expr()?;
    match parser.peek() {
        Token::End => Ok(expr),
        _ => Err(parser.unexpected("an operator or the end", "عامل أو نهاية التعبير")),
    }
}

struct Parser {
    tokens: Vec<(Token, Span)>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        &self.tokens[self.at].0
    }

    fn span(&self) -> Span {
        self.tokens[self.at].1
    }

    /// The next token; the end stays where it is.
    fn next(&mut self) -> (Token, Span) {
        let token = self.tokens[self.at].clone();
        if token.0 != Token::End {
            self.at += 1;
        }
        token
    }

    fn eat(&mut self, sign: &'static str) -> Option<Span> {
        (*self.peek() == Token::Sign(sign)).then(|| self.next().1)
    }

    fn expect(&mut self, sign: &'static str, opened: Option<Span>) -> Result<Span, Mistake> {
        if let Some(span) = self.eat(sign) {
            return Ok(span);
        }
        let mistake = self.unexpected(&format!("`{sign}`"), &format!("`{sign}`"));
        Err(match opened {
            Some(span) => mistake.with_note(span, text!("opened here", "فُتح هنا")),
            None => mistake,
        })
    }

    fn unexpected(&self, wanted_en: &str, wanted_ar: &str) -> Mistake {
        let (token, span) = &self.tokens[self.at];
        let found = match token {
            Token::Ident(name) => name.to_string(),
            Token::Int(value) => value.to_string(),
            Token::Uint(value) => format!("{value}u"),
            Token::Double(value) => value.to_string(),
            Token::Str(value) => format!("'{value}'"),
            Token::Bytes(value) => format!("b'{}'", value.escape_ascii()),
            Token::Quoted(name) => format!("`{name}`"),
            Token::Sign(sign) => (*sign).to_owned(),
            Token::End => {
                let text = text!(
                    "the expression ends where {en} was expected",
                    "ينتهي التعبير حيث يُتوقع {ar}",
                    en = wanted_en,
                    ar = wanted_ar,
                );
                return Mistake::new(*span, text);
            }
        };
        Mistake::new(
            *span,
            text!(
                "expected {en}, found `{found}`",
                "المتوقع {ar}، والموجود `{found}`",
                en = wanted_en,
                ar = wanted_ar,
                found = found,
            ),
        )
    }

    /// Guards every recursion: input cannot drive the parser deeper than [`MAX_DEPTH`].
    fn nested<T>(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<T, Mistake>,
    ) -> Result<T, Mistake> {
        self.depth += 1;
        let result = if self.depth > MAX_DEPTH {
            Err(too_deep(self.span()))
        } else {
            parse(self)
        };
        self.depth -= 1;
        result
    }

    fn expr(&mut self) -> Result<Expr, Mistake> {
        self.nested(|parser| {
            let condition = parser.binary(0)?;
            if parser.eat("?").is_none() {
                return Ok(condition);
            }
            let yes = parser.binary(0)?;
            parser.expect(":", None)?;
            let no = parser.expr()?;
            let span = condition.span.cover(no.span);
            let depth = condition.depth.max(yes.depth).max(no.depth);
            node(
                Kind::Cond(Box::new(condition), Box::new(yes), Box::new(no)),
                span,
                depth,
            )
        })
    }

    fn binary(&mut self, least: u8) -> Result<Expr, Mistake> {
        let mut left = self.unary()?;
        while let Some((op, precedence)) = self.operator().filter(|(_, p)| *p >= least) {
            let (_, sign) = self.next();
            let right = self.nested(|parser| parser.binary(precedence + 1))?;
            let span = left.span.cover(right.span);
            let depth = left.depth.max(right.depth);
            left = node(
                Kind::Binary(op, sign, Box::new(left), Box::new(right)),
                span,
                depth,
            )?;
        }
        Ok(left)
    }

    fn operator(&self) -> Option<(BinaryOp, u8)> {
        let compare = |comparison| Some((BinaryOp::Compare(comparison), 2));
        match self.peek() {
            Token::Ident(name) if &**name == "in" => Some((BinaryOp::In, 2)),
            Token::Sign(sign) => match *sign {
                "||" => Some((BinaryOp::Or, 0)),
                "&&" => Some((BinaryOp::And, 1)),
                "==" => compare(Comparison::Equal),
                "!=" => compare(Comparison::NotEqual),
                "<" => compare(Comparison::Less),
                "<=" => compare(Comparison::LessOrEqual),
                ">" => compare(Comparison::Greater),
                ">=" => compare(Comparison::GreaterOrEqual),
                "+" => Some((BinaryOp::Add, 3)),
                "-" => Some((BinaryOp::Subtract, 3)),
                "*" => Some((BinaryOp::Multiply, 4)),
                "/" => Some((BinaryOp::Divide, 4)),
                "%" => Some((BinaryOp::Remainder, 4)),
                _ => None,
            },
            _ => None,
        }
    }

    fn unary(&mut self) -> Result<Expr, Mistake> {
        if let Some(sign) = self.eat("!") {
            let operand = self.nested(Self::unary)?;
            let (span, depth) = (sign.cover(operand.span), operand.depth);
            return node(Kind::Unary(UnaryOp::Not, Box::new(operand)), span, depth);
        }
        let Some(sign) = self.eat("-") else {
            return self.member();
        };
        if let (Token::Int(magnitude), span) = (self.peek().clone(), self.span()) {
            self.next();
            let value = 0_i64
                .checked_sub_unsigned(magnitude)
                .ok_or_else(|| too_large(span))?;
            let literal = node(Kind::Int(value), sign.cover(span), 0)?;
            return self.suffixes(literal);
        }
        let operand = self.nested(Self::unary)?;
        let (span, depth) = (sign.cover(operand.span), operand.depth);
        node(Kind::Unary(UnaryOp::Negate, Box::new(operand)), span, depth)
    }

    fn member(&mut self) -> Result<Expr, Mistake> {
        let primary = self.primary()?;
        self.suffixes(primary)
    }

    fn suffixes(&mut self, mut expr: Expr) -> Result<Expr, Mistake> {
        loop {
            if self.eat(".").is_some() {
                expr = self.dot(expr)?;
            } else if let Some(open) = self.eat("[") {
                let maybe = self.eat("?").is_some();
                let index = self.expr()?;
                let close = self.expect("]", Some(open))?;
                let (span, depth) = (expr.span.cover(close), expr.depth.max(index.depth));
                let (object, index) = (Box::new(expr), Box::new(index));
                let kind = if maybe {
                    Kind::MaybeIndex(object, index)
                } else {
                    Kind::Index(object, index)
                };
                expr = node(kind, span, depth)?;
            } else {
                return Ok(expr);
            }
        }
    }

    /// What stands behind a dot.
    fn dot(&mut self, object: Expr) -> Result<Expr, Mistake> {
        let maybe = self.eat("?").is_some();
        if let (Token::Quoted(text), span) = (self.peek().clone(), self.span()) {
            self.next();
            return field(object, Name { text, span }, maybe);
        }
        let name = self.name()?;
        if !maybe && let Some(open) = self.eat("(") {
            let (args, close) = self.list(")", open)?;
            return method(object, name, args, close);
        }
        field(object, name, maybe)
    }

    fn name(&mut self) -> Result<Name, Mistake> {
        if let Token::Ident(text) = self.peek().clone() {
            let (_, span) = self.next();
            return Ok(Name { text, span });
        }
        Err(self.unexpected("a name", "اسم"))
    }

    /// Expressions between commas up to the closing bracket, whose span is returned.
    fn list(&mut self, close: &'static str, open: Span) -> Result<(Vec<Expr>, Span), Mistake> {
        let mut items = Vec::new();
        loop {
            if let Some(span) = self.eat(close) {
                return Ok((items, span));
            }
            items.push(self.expr()?);
            if self.eat(",").is_none() {
                return Ok((items, self.expect(close, Some(open))?));
            }
        }
    }
}

fn deepest(items: &[Expr]) -> usize {
    items.iter().map(|item| item.depth).max().unwrap_or(0)
}

fn field(object: Expr, name: Name, maybe: bool) -> Result<Expr, Mistake> {
    let (span, depth) = (object.span.cover(name.span), object.depth);
    let object = Box::new(object);
    let kind = if maybe {
        Kind::MaybeField(object, name)
    } else {
        Kind::Field(object, name)
    };
    node(kind, span, depth)
}

/// A node above a tree of this depth.
fn node(kind: Kind, span: Span, below: usize) -> Result<Expr, Mistake> {
    let depth = below + 1;
    if depth > MAX_DEPTH {
        Err(too_deep(span))
    } else {
        Ok(Expr { kind, span, depth })
    }
}

fn too_deep(span: Span) -> Mistake {
    Mistake::new(
        span,
        text!(
            "this expression is nested more than {limit} deep",
            "تداخل هذا التعبير يتجاوز {limit} مستوى",
            limit = MAX_DEPTH,
        ),
    )
    .with_help(text!(
        "take out brackets that group nothing; instead of a long chain, go through a list: `[…].exists(x, …)`, `x in […]`",
        "احذف الأقواس التي لا تجمع شيئًا، واستعمل قائمة بدل السلسلة الطويلة: `[…].exists(x, …)` أو `x in […]`",
    ))
}

fn too_large(span: Span) -> Mistake {
    Mistake::new(
        span,
        text!(
            "this integer does not fit into 64 bits",
            "هذا العدد الصحيح لا تسعه 64 بتًّا"
        ),
    )
}
