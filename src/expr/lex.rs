//! Text of an expression → tokens with spans (CEL specification, "Syntax", lexis).
//!
//! ```text
//! IDENT   = [_a-zA-Z][_a-zA-Z0-9]*                        not a reserved word
//! INT     = DIGIT+ | "0x" HEX+          FLOAT = DIGIT* "." DIGIT+ EXP? | DIGIT+ EXP
//! STRING  = [rR]? ( "'" … "'" | '"' … '"' | "'''" … "'''" | '"""' … '"""' )
//! ESCAPE  = \ [abfnrtv\?"'`] | \x HEX{2} | \u HEX{4} | \U HEX{8} | \ [0-3] OCT{2}
//! COMMENT = "//" … end of line
//! ```

use crate::expr::Mistake;
use crate::source::{Span, to_offset};
use crate::text;

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A name.
    Ident(Box<str>),
    /// An integer's magnitude; the sign is an operator.
    Int(u64),
    /// A floating-point number.
    Double(f64),
    /// A string after unescaping.
    Str(Box<str>),
    /// An operator or a bracket.
    Sign(&'static str),
    /// The end of the text.
    End,
}

/// Signs, longer ones before their own beginnings.
const SIGNS: [&str; 24] = [
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "+", "-", "*", "/", "%", "?", ":", ",", ".",
    "(", ")", "[", "]", "{", "}",
];

/// Words that the CEL specification reserves and that no name may be.
const RESERVED: [&str; 17] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

/// Splits an expression into tokens, the last one [`Token::End`].
pub(super) fn lex(text: &str) -> Result<Vec<(Token, Span)>, Mistake> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::with_capacity(text.len() / 4 + 1);
    loop {
        lexer.skip_blank();
        let start = lexer.at;
        let token = lexer.token()?;
        let done = token == Token::End;
        tokens.push((token, lexer.span_from(start)));
        if done {
            return Ok(tokens);
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn span_from(&self, start: usize) -> Span {
        Span::new(to_offset(start), to_offset(self.at))
    }

    fn skip_blank(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len()
                - rest
                    .trim_start_matches([' ', '\t', '\n', '\r', '\u{c}'])
                    .len();
            self.at += blank;
            if !self.rest().starts_with("//") {
                return;
            }
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
        }
    }

    /// Takes what `keep` accepts and returns it.
    fn take(&mut self, keep: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !keep(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or("")
    }

    fn token(&mut self) -> Result<Token, Mistake> {
        let Some(first) = self.peek() else {
            return Ok(Token::End);
        };
        let next = self.rest().chars().nth(1);
        if let Some(raw) = self.string_start() {
            return self.string(raw);
        }
        if first.is_ascii_digit() || (first == '.' && next.is_some_and(|c| c.is_ascii_digit())) {
            return self.number();
        }
        if first == '_' || first.is_ascii_alphabetic() {
            return self.name();
        }
        if let Some(sign) = SIGNS.iter().find(|sign| self.rest().starts_with(**sign)) {
            self.at += sign.len();
            return Ok(Token::Sign(sign));
        }
        Err(self.stray(first))
    }

    fn stray(&mut self, character: char) -> Mistake {
        let start = self.at;
        self.at += character.len_utf8();
        let span = self.span_from(start);
        let mistake = Mistake::new(
            span,
            text!(
                "`{sign}` is no part of an expression",
                "لا مكان للرمز `{sign}` في التعبير",
                sign = character
            ),
        );
        match character {
            '=' => mistake.with_help(text!("compare with `==`", "استعمل `==` للمقارنة")),
            '&' => mistake.with_help(text!("`and` is written `&&`", "تُكتب «و» هكذا: `&&`")),
            '|' => mistake.with_help(text!("`or` is written `||`", "تُكتب «أو» هكذا: `||`")),
            '“' | '”' | '‘' | '’' | '«' | '»' => mistake.with_help(text!(
                "use straight quotes: ' or \"",
                "استعمل علامات الاقتباس المستقيمة: ' أو \""
            )),
            _ => mistake,
        }
    }

    fn name(&mut self) -> Result<Token, Mistake> {
        let start = self.at;
        let name = self.take(|c| c == '_' || c.is_ascii_alphanumeric());
        if RESERVED.contains(&name) {
            return Err(Mistake::new(
                self.span_from(start),
                text!(
                    "`{name}` is a reserved word and cannot be a name",
                    "`{name}` كلمة محجوزة لا تصلح اسمًا",
                    name = name,
                ),
            ));
        }
        Ok(Token::Ident(name.into()))
    }

    fn number(&mut self) -> Result<Token, Mistake> {
        let start = self.at;
        if self.rest().starts_with("0x") || self.rest().starts_with("0X") {
            self.at += 2;
            let digits = self.take(|c| c.is_ascii_hexdigit());
            return u64::from_str_radix(digits, 16)
                .map(Token::Int)
                .map_err(|_| self.bad_number(start));
        }
        self.take(|c| c.is_ascii_digit());
        let mut float = false;
        let mut after = self.rest().chars();
        if after.next() == Some('.') && after.next().is_some_and(|c| c.is_ascii_digit()) {
            float = true;
            self.at += 1;
            self.take(|c| c.is_ascii_digit());
        }
        if self.rest().starts_with(['e', 'E']) {
            float = true;
            self.at += 1;
            if self.rest().starts_with(['+', '-']) {
                self.at += 1;
            }
            self.take(|c| c.is_ascii_digit());
        }
        let digits = self.text.get(start..self.at).unwrap_or("");
        let token = if float {
            digits.parse().ok().map(Token::Double)
        } else {
            digits.parse().ok().map(Token::Int)
        };
        token.ok_or_else(|| self.bad_number(start))
    }

    fn bad_number(&self, start: usize) -> Mistake {
        let digits = self.text.get(start..self.at).unwrap_or("");
        Mistake::new(
            self.span_from(start),
            text!(
                "`{digits}` is not a number that fits into 64 bits",
                "`{digits}` ليس عددًا تسعه 64 بتًّا",
                digits = digits,
            ),
        )
    }

    /// Whether a string begins here, and if so whether it is raw.
    fn string_start(&self) -> Option<bool> {
        let mut chars = self.rest().chars();
        match (chars.next()?, chars.next()) {
            ('\'' | '"', _) => Some(false),
            ('r' | 'R', Some('\'' | '"')) => Some(true),
            _ => None,
        }
    }

    fn string(&mut self, raw: bool) -> Result<Token, Mistake> {
        let start = self.at;
        self.at += usize::from(raw);
        let quote = if self.rest().starts_with('\'') {
            "'"
        } else {
            "\""
        };
        let triple = self.rest().starts_with(&quote.repeat(3));
        let close = quote.repeat(if triple { 3 } else { 1 });
        self.at += close.len();
        let mut value = String::new();
        loop {
            if self.rest().starts_with(&close) {
                self.at += close.len();
                return Ok(Token::Str(value.into()));
            }
            match self.peek() {
                Some('\n') if !triple => return Err(unclosed(start, quote)),
                Some('\\') if !raw => value.push(self.escape()?),
                Some(character) => {
                    value.push(character);
                    self.at += character.len_utf8();
                }
                None => return Err(unclosed(start, quote)),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Mistake> {
        let start = self.at;
        self.at += 1;
        let letter = self.peek().unwrap_or(' ');
        self.at += self.peek().map_or(0, char::len_utf8);
        let simple = match letter {
            'a' => Some('\u{7}'),
            'b' => Some('\u{8}'),
            'f' => Some('\u{c}'),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            'v' => Some('\u{b}'),
            '\\' | '?' | '"' | '\'' | '`' => Some(letter),
            _ => None,
        };
        if let Some(character) = simple {
            return Ok(character);
        }
        let (digits, radix) = match letter {
            'x' | 'X' => (self.digits(2), 16),
            'u' => (self.digits(4), 16),
            'U' => (self.digits(8), 16),
            '0'..='3' => {
                self.at -= 1;
                (self.digits(3), 8)
            }
            _ => ("", 16),
        };
        u32::from_str_radix(digits, radix)
            .ok()
            .and_then(char::from_u32)
            .ok_or_else(|| {
                Mistake::new(
                    self.span_from(start),
                    text!("this is not an escape sequence", "هذا ليس تسلسل إفلات صحيحًا"),
                )
                .with_help(text!(
                    "write `\\\\` for a backslash, or a raw string r'…'",
                    "اكتب `\\\\` للشرطة المائلة العكسية، أو استعمل النص الخام r'…'",
                ))
            })
    }

    /// The next `count` characters, or nothing when there are fewer.
    fn digits(&mut self, count: usize) -> &'a str {
        let digits = self.rest().get(..count).unwrap_or("");
        self.at += digits.len();
        digits
    }
}

fn unclosed(start: usize, quote: &str) -> Mistake {
    Mistake::new(
        Span::new(to_offset(start), to_offset(start + 1)),
        text!("this string is never closed", "هذا النص لا علامة إغلاق له"),
    )
    .with_help(text!(
        "close it with {quote}",
        "أغلقه بالعلامة {quote}",
        quote = quote
    ))
}
