//! The functions of the rule language: what each one takes, what it returns, what it does.

use globset::GlobBuilder;
use jiff::{SignedDuration, Timestamp};
use regex::RegexBuilder;
use unicode_normalization::UnicodeNormalization;

use crate::date::Date;
use crate::expr::ast::{Expr, Kind, Name};
use crate::expr::check::Checker;
use crate::expr::program::{Constant, Function, Op, OpId};
use crate::expr::{Mistake, Type};
use crate::source::Span;
use crate::text;
use crate::text::{Text, nearest};

/// How large a compiled pattern may become, in bytes.
const PATTERN_BYTES: usize = 1 << 20;

/// What an argument must be.
#[derive(Clone, Copy)]
enum Param {
    Text,
    Int,
    /// Text or a list.
    Sized,
}

/// A function: its name, whether it is written behind its first argument, and what it takes.
struct Signature {
    name: &'static str,
    /// Written as `text.name(…)`; otherwise as `name(text, …)`. `size` is written both ways.
    method: bool,
    function: Function,
    params: &'static [Param],
    result: Type,
}

const fn method(
    name: &'static str,
    function: Function,
    params: &'static [Param],
    result: Type,
) -> Signature {
    Signature {
        name,
        method: true,
        function,
        params,
        result,
    }
}

const fn global(
    name: &'static str,
    function: Function,
    params: &'static [Param],
    result: Type,
) -> Signature {
    Signature {
        name,
        method: false,
        function,
        params,
        result,
    }
}

static SIGNATURES: [Signature; 13] = [
    method("size", Function::Size, &[Param::Sized], Type::Int),
    global("size", Function::Size, &[Param::Sized], Type::Int),
    method(
        "startsWith",
        Function::StartsWith,
        &[Param::Text, Param::Text],
        Type::Bool,
    ),
    method(
        "endsWith",
        Function::EndsWith,
        &[Param::Text, Param::Text],
        Type::Bool,
    ),
    method(
        "contains",
        Function::Contains,
        &[Param::Text, Param::Text],
        Type::Bool,
    ),
    method(
        "lowerAscii",
        Function::LowerAscii,
        &[Param::Text],
        Type::String,
    ),
    method(
        "upperAscii",
        Function::UpperAscii,
        &[Param::Text],
        Type::String,
    ),
    method("trim", Function::Trim, &[Param::Text], Type::String),
    global("days", Function::Days, &[Param::Int], Type::Duration),
    global("fold", Function::Fold, &[Param::Text], Type::String),
    global("host", Function::Host, &[Param::Text], Type::String),
    global("domain", Function::Domain, &[Param::Text], Type::String),
    global(
        "contains_name",
        Function::ContainsName,
        &[Param::Text, Param::Text],
        Type::Bool,
    ),
];

/// Functions whose last argument is a literal that is read once, when the rule is loaded.
const WITH_LITERAL: [&str; 4] = ["matches", "glob", "timestamp", "duration"];

impl Checker<'_> {
    /// Checks a call; `receiver` is what stands before the dot.
    pub(super) fn call(
        &mut self,
        name: &Name,
        receiver: Option<&Expr>,
        args: &[Expr],
        span: Span,
    ) -> (OpId, Type) {
        let all: Vec<&Expr> = receiver.into_iter().chain(args).collect();
        if WITH_LITERAL.contains(&&*name.text) {
            return self.with_literal(name, &all, span);
        }
        let signature = SIGNATURES
            .iter()
            .find(|known| *known.name == *name.text && known.method == receiver.is_some());
        let Some(signature) = signature else {
            self.unknown_function(name, receiver.is_some());
            return self.unknown();
        };
        if signature.params.len() != all.len() {
            self.wrong_count(name, signature.params.len(), all.len());
            return self.unknown();
        }
        let mut ops = Vec::with_capacity(all.len());
        for (arg, param) in all.iter().zip(signature.params) {
            let (op, ty) = self.strictly(arg);
            let (fits, wanted) = match param {
                Param::Text => (ty.is_text(), text!("text", "نص")),
                Param::Int => (
                    matches!(ty, Type::Int | Type::Dyn),
                    text!("an integer", "عدد صحيح"),
                ),
                Param::Sized => (
                    ty.is_text() || matches!(ty, Type::List(_)),
                    text!("text or a list", "نص أو قائمة"),
                ),
            };
            if !fits {
                self.expected(arg.span, &wanted, &ty);
            }
            ops.push(op);
        }
        (
            self.push(Op::Call(signature.function, ops)),
            signature.result.clone(),
        )
    }

    fn unknown_function(&mut self, name: &Name, method: bool) {
        let mistake = Mistake::new(
            name.span,
            text!(
                "there is no function `{name}`",
                "لا توجد دالة باسم `{name}`",
                name = name.text
            ),
        );
        let other = SIGNATURES.iter().find(|known| *known.name == *name.text);
        let names = SIGNATURES
            .iter()
            .map(|known| known.name)
            .chain(WITH_LITERAL)
            .chain(["has"]);
        let help = match (other, nearest(&name.text, names)) {
            (Some(known), _) if !method => Some(text!(
                "write it behind its text: `value.{name}(…)`",
                "اكتبها بعد النص: `value.{name}(…)`",
                name = known.name,
            )),
            (Some(known), _) => Some(text!(
                "write it before its argument: `{name}(…)`",
                "اكتبها قبل مدخلها: `{name}(…)`",
                name = known.name,
            )),
            (None, Some(name)) => Some(text!(
                "did you mean `{name}`?",
                "هل تقصد `{name}`؟",
                name = name
            )),
            (None, None) => None,
        };
        self.mistake(match help {
            Some(help) => mistake.with_help(help),
            None => mistake,
        });
    }

    fn wrong_count(&mut self, name: &Name, wanted: usize, found: usize) {
        self.mistake(Mistake::new(
            name.span,
            text!(
                "`{name}` takes {wanted} values, not {found}",
                "تأخذ `{name}` {wanted} من القيم، لا {found}",
                name = name.text,
                wanted = wanted,
                found = found,
            ),
        ));
    }

    fn with_literal(&mut self, name: &Name, args: &[&Expr], span: Span) -> (OpId, Type) {
        let takes_text = matches!(&*name.text, "matches" | "glob");
        if args.len() != 1 + usize::from(takes_text) {
            self.wrong_count(name, 1 + usize::from(takes_text), args.len());
            return self.unknown();
        }
        let literal = args[args.len() - 1];
        let Kind::Str(value) = &literal.kind else {
            self.mistake(Mistake::new(
                literal.span,
                text!(
                    "`{name}` takes text that is written out here, so that it is read once",
                    "تأخذ `{name}` نصًا مكتوبًا هنا مباشرة ليُقرأ مرة واحدة",
                    name = name.text,
                ),
            ));
            return self.unknown();
        };
        let op = if takes_text {
            let (text, ty) = self.strictly(args[0]);
            if !ty.is_text() {
                self.expected(args[0].span, &text!("text", "نص"), &ty);
            }
            if &*name.text == "matches" {
                pattern(text, value)
            } else {
                glob(text, value)
            }
        } else if &*name.text == "timestamp" {
            timestamp(value).map(|value| (Op::Const(Constant::Timestamp(value)), Type::Timestamp))
        } else {
            duration(value).map(|value| (Op::Const(Constant::Duration(value)), Type::Duration))
        };
        match op {
            Ok((op, ty)) => (self.push(op), ty),
            Err(message) => {
                self.mistake(Mistake::new(
                    if takes_text { literal.span } else { span },
                    message,
                ));
                self.unknown()
            }
        }
    }
}

fn pattern(text: OpId, value: &str) -> Result<(Op, Type), Text> {
    match RegexBuilder::new(value).size_limit(PATTERN_BYTES).build() {
        Ok(regex) => Ok((Op::Matches(text, regex), Type::Bool)),
        Err(error) => {
            let last = error.to_string();
            let reason = last
                .lines()
                .last()
                .unwrap_or_default()
                .trim_start_matches("error: ")
                .to_owned();
            Err(text!(
                "this is not a regular expression: {reason}",
                "هذا ليس تعبيرًا نمطيًا صحيحًا: {reason}",
                reason = reason,
            ))
        }
    }
}

fn glob(text: OpId, value: &str) -> Result<(Op, Type), Text> {
    match GlobBuilder::new(value).literal_separator(true).build() {
        Ok(glob) => Ok((Op::Glob(text, glob.compile_matcher()), Type::Bool)),
        Err(error) => Err(text!(
            "this is not a glob pattern: {reason}",
            "هذا ليس نمط مسارات صحيحًا: {reason}",
            reason = error.kind(),
        )),
    }
}

/// A day, or a time as RFC 3339 writes it.
fn timestamp(value: &str) -> Result<Timestamp, Text> {
    if let Ok(date) = Date::parse(value) {
        return Ok(date.to_timestamp());
    }
    value.parse().map_err(|_| {
        text!(
            "`{value}` is not a date such as 2018-07-10 or 2018-07-10T00:00:00Z",
            "`{value}` ليس تاريخًا مثل 2018-07-10 أو 2018-07-10T00:00:00Z",
            value = value,
        )
    })
}

/// A length of time as CEL writes it (`1h30m`, `90s`), or as documents do (`7d`, `2 weeks`).
fn duration(value: &str) -> Result<SignedDuration, Text> {
    crate::date::parse_duration(value).or_else(|error| {
        let compact = !value.contains(' ');
        let parsed = if compact {
            value.parse::<SignedDuration>().ok()
        } else {
            None
        };
        parsed.ok_or_else(|| error.text())
    })
}

/// Text without the differences that readers do not see as such: case, Arabic letter variants (alef
/// with its hamzas, final ya and ta marbuta), diacritics, tatweel, digits of other scripts.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    // Letters of the two scripts at hand have no compatibility forms; what has any is taken apart first.
    if text.chars().all(|c| c.is_ascii() || is_arabic(c)) {
        text.chars()
            .for_each(|character| fold_into(&mut folded, character));
    } else {
        text.nfkd()
            .for_each(|character| fold_into(&mut folded, character));
    }
    folded
}

fn fold_into(folded: &mut String, character: char) {
    match character {
        'ـ' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{300}'..='\u{36f}' => {}
        'آ' | 'أ' | 'إ' | 'ٱ' => folded.push('ا'),
        'ى' | 'ئ' => folded.push('ي'),
        'ة' => folded.push('ه'),
        'ؤ' => folded.push('و'),
        '٠'..='٩' | '۰'..='۹' => {
            let zero = if character < '۰' { '٠' } else { '۰' };
            let digit = u32::from(character) - u32::from(zero);
            folded.extend(char::from_digit(digit, 10));
        }
        _ if is_arabic(character) => folded.push(character),
        _ => folded.extend(character.to_lowercase()),
    }
}

/// The letters, marks and digits that Arabic is written with; none has a case.
const fn is_arabic(character: char) -> bool {
    matches!(character, '\u{620}'..='\u{669}' | '\u{670}' | '\u{671}')
}

/// Whether a folded character belongs to a word.
fn is_of_a_word(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || matches!(character, '\u{620}'..='\u{64a}')
        || (!character.is_ascii() && character.is_alphanumeric())
}

/// The host of an address, in lower case and without `www.`; empty when it has none.
pub(super) fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = authority.rsplit('@').next().unwrap_or("");
    let host = host.split(':').next().unwrap_or("").to_ascii_lowercase();
    host.strip_prefix("www.")
        .map_or_else(|| host.clone(), str::to_owned)
}

/// What stands behind the `@` of an address, in lower case; empty when there is none.
pub(super) fn domain(email: &str) -> String {
    email
        .rsplit_once('@')
        .map_or_else(String::new, |(_, domain)| domain.to_ascii_lowercase())
}

/// Whether `text` holds a part of a person's name, both folded. A part of four letters or more may
/// stand anywhere, because handles run words together; a part of three must be a word of its own, so
/// that `Ali` is not found in `quality`; shorter parts (initials) say nothing.
pub(super) fn contains_name(text: &str, name: &str) -> bool {
    let text = fold(text);
    let is_word = |part: &str| text.split(|c| !is_of_a_word(c)).any(|word| word == part);
    let squeezed: String = text.chars().filter(|c| is_of_a_word(*c)).collect();
    fold(name)
        .split(|c| !is_of_a_word(c))
        .map(|part| part.strip_prefix("ال").unwrap_or(part))
        .any(|part| match part.chars().take(4).count() {
            0..=2 => false,
            3 => is_word(part),
            _ => squeezed.contains(part),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_sees_through_letter_variants() {
        assert_eq!(fold("إدَارَة الأمَانـــة"), fold("اداره الامانه"));
        assert_eq!(fold("Ministry ١٤٣٩ ۱۴۳۹"), "ministry 1439 1439");
        assert_eq!(fold("ﻻ ＡＢ É ى مؤسسة"), fold("لا ab é ي موسسه"));
    }

    #[test]
    fn hosts_and_domains_are_lower_case_and_bare() {
        assert_eq!(host("https://WWW.Example.sa:443/a?b"), "example.sa");
        assert_eq!(host("https://user@x.com"), "x.com");
        assert_eq!(host("x.com/a"), "");
        assert_eq!(domain("Press@MOE.example"), "moe.example");
        assert_eq!(domain("press"), "");
    }

    #[test]
    fn a_name_is_found_in_a_handle_by_its_longer_parts() {
        assert!(contains_name("moh_khalid_spox", "Khalid A. Example"));
        assert!(contains_name("خالد_المتحدث", "خالد الأحمد"));
        assert!(contains_name("spokesman_alahmad", "Alahmad"));
        assert!(!contains_name("moh_spokesman", "Bo Li"));
        assert!(contains_name("ali_spokesman", "Ali Example"));
        assert!(!contains_name("water_quality", "Ali Bo"));
    }
}
