//! Text of an expression → tokens with spans (CEL specification, "Syntax", lexis).
//!
//! ```text
//! IDENT   = [_a-zA-Z][_a-zA-Z0-9]*                        not a reserved word
//! QUOTED  = "`" [a-zA-Z0-9_.\-/ ]+ "`"                    the name of a field
//! INT     = DIGIT+ | "0x" HEX+          FLOAT = DIGIT* "." DIGIT+ EXP? | DIGIT+ EXP
//! UINT    = INT [uU]
//! STRING  = [rR]? ( "'" … "'" | '"' … '"' | "'''" … "'''" | '"""' … '"""' )
//! BYTES   = [bB] STRING
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
    /// An integer that is written as one without a sign.
    Uint(u64),
    /// A floating-point number.
    Double(f64),
    /// A string after unescaping.
    Str(Box<str>),
    /// Bytes after unescaping.
    Bytes(Box<[u8]>),
    /// A field's name between backticks.
    Quoted(Box<str>),
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

/// Words that the CEL specification reserves and that no variable may be called.
pub(super) const RESERVED: [&str; 17] = [
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
        if let Some(form) = self.string_start() {
            return self.string(form);
        }
        if first == '`' {
            return self.quoted();
        }
        if first.is_ascii_digit() || (first == '.' && next.is_some_and(|c| c.is_ascii_digit())) {
            return self.number();
        }
        if first == '_' || first.is_ascii_alphabetic() {
            let name = self.take(|c| c == '_' || c.is_ascii_alphanumeric());
            return Ok(Token::Ident(name.into()));
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
                "use straight quotes: `'` or `\"`",
                "استعمل علامات الاقتباس المستقيمة: `'` أو `\"`"
            )),
            _ => mistake,
        }
    }

    /// A name between backticks.
    fn quoted(&mut self) -> Result<Token, Mistake> {
        let start = self.at;
        self.at += 1;
        let name = self.take(|c| c.is_ascii_alphanumeric() || "_.-/ ".contains(c));
        if name.is_empty() || !self.rest().starts_with('`') {
            return Err(unclosed(start, "`"));
        }
        self.at += 1;
        Ok(Token::Quoted(name.into()))
    }

    fn number(&mut self) -> Result<Token, Mistake> {
        let start = self.at;
        if self.rest().starts_with("0x") || self.rest().starts_with("0X") {
            self.at += 2;
            let digits = self.take(|c| c.is_ascii_hexdigit());
            let number = u64::from_str_radix(digits, 16).ok();
            return self.integer(number, start);
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
        if !float {
            return self.integer(digits.parse().ok(), start);
        }
        // A literal that would become infinite is not what is written; CEL lets one become zero.
        let number = digits.parse::<f64>().ok();
        let number = number.filter(|number| number.is_finite());
        let number = number.map(Token::Double);
        number.ok_or_else(|| self.bad_number(start))
    }

    /// An integer whose digits have been read, with what may stand behind them.
    fn integer(&mut self, number: Option<u64>, start: usize) -> Result<Token, Mistake> {
        let unsigned = self.rest().starts_with(['u', 'U']);
        self.at += usize::from(unsigned);
        let number = number.ok_or_else(|| self.bad_number(start))?;
        Ok(if unsigned {
            Token::Uint(number)
        } else {
            Token::Int(number)
        })
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

    /// The letters before the quote, when a string begins here.
    fn string_start(&self) -> Option<Form> {
        let mut start = self.rest().bytes().take(3);
        let quote = start.position(|byte| matches!(byte, b'\'' | b'"'))?;
        let letters = self.rest().get(..quote)?.to_ascii_lowercase();
        let (bytes, raw) = match letters.as_str() {
            "" => (false, false),
            "r" => (false, true),
            "b" => (true, false),
            "br" => (true, true),
            _ => return None,
        };
        Some(Form { bytes, raw, quote })
    }

    fn string(&mut self, form: Form) -> Result<Token, Mistake> {
        let start = self.at;
        self.at += form.quote;
        let quote = if self.rest().starts_with('\'') {
            "'"
        } else {
            "\""
        };
        let triple = self.rest().starts_with(&quote.repeat(3));
        let close = quote.repeat(if triple { 3 } else { 1 });
        self.at += close.len();
        let mut value = Vec::new();
        loop {
            if self.rest().starts_with(&close) {
                self.at += close.len();
                break;
            }
            match self.peek() {
                Some('\n' | '\r') if !triple => return Err(unclosed(start, quote)),
                Some('\\') if !form.raw => self.escape(form.bytes, &mut value)?,
                Some(character) => {
                    push(&mut value, character);
                    self.at += character.len_utf8();
                }
                None => return Err(unclosed(start, quote)),
            }
        }
        Ok(if form.bytes {
            Token::Bytes(value.into())
        } else {
            let text = String::from_utf8(value).expect("only characters were pushed");
            Token::Str(text.into())
        })
    }

    /// Reads one escape sequence into a string, or into bytes, where a number is a byte and no character.
    fn escape(&mut self, bytes: bool, value: &mut Vec<u8>) -> Result<(), Mistake> {
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
            push(value, character);
            return Ok(());
        }
        let (digits, radix) = match letter {
            'x' | 'X' => (self.digits(2), 16),
            'u' if !bytes => (self.digits(4), 16),
            'U' if !bytes => (self.digits(8), 16),
            '0'..='3' => {
                self.at -= 1;
                (self.digits(3), 8)
            }
            _ => ("", 16),
        };
        let number = Some(digits)
            .filter(|digits| digits.chars().all(|c| c.is_digit(radix)))
            .and_then(|digits| u32::from_str_radix(digits, radix).ok());
        if let (true, Some(Ok(byte))) = (bytes, number.map(u8::try_from)) {
            value.push(byte);
        } else if let Some(character) = number.and_then(char::from_u32) {
            push(value, character);
        } else {
            return Err(self.bad_escape(start));
        }
        Ok(())
    }

    fn bad_escape(&self, start: usize) -> Mistake {
        let mistake = Mistake::new(
            self.span_from(start),
            text!("this is not an escape sequence", "هذا ليس تسلسل إفلات صحيحًا"),
        );
        mistake.with_help(text!(
            "write `\\\\` for a backslash, or a raw string `r'…'`",
            "اكتب `\\\\` للشرطة المائلة العكسية، أو استعمل النص الخام `r'…'`",
        ))
    }

    /// The next `count` characters, or nothing when there are fewer.
    fn digits(&mut self, count: usize) -> &'a str {
        let digits = self.rest().get(..count).unwrap_or("");
        self.at += digits.len();
        digits
    }
}

/// What stands before a string's opening quote.
#[derive(Clone, Copy)]
struct Form {
    bytes: bool,
    raw: bool,
    /// Where the quote is.
    quote: usize,
}

fn push(value: &mut Vec<u8>, character: char) {
    value.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
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
