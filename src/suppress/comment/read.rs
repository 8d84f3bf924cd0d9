//! What a comment says.
//!
//! ```text
//! comment = "#" "spokeslint" ":" "ignore" rule { "," rule } [ "until" day ] "--" reason
//! ```
//!
//! Between the parts stands white space; none is needed around `:` and `,`, which may be `،`. A day is written as
//! `date` reads it. What begins as such a comment and goes on otherwise is a finding.

use std::sync::Arc;

use crate::date::{Date, Precision};
use crate::diagnostic::{Diagnostic, Label};
use crate::source::{Source, Span, to_offset};
use crate::text;
use crate::text::{Text, did_you_mean, nearest};

/// The id of a rule and its place.
pub(crate) type Named = (String, Span);

/// A comment that is well formed.
#[derive(Clone, Debug)]
pub(crate) struct Ignore {
    /// The whole comment.
    pub(crate) span: Span,
    /// The rules that it names.
    pub(crate) rules: Vec<Named>,
    /// The last day on which it holds.
    pub(crate) until: Option<(Date, Span)>,
    pub(crate) reason: String,
}

/// A word of a comment with its place in the source.
#[derive(Clone, Copy, Debug)]
struct Word<'s> {
    text: &'s str,
    span: Span,
}

/// What such a comment looks like.
const FORM: &str = "# spokeslint: ignore RULE -- reason";
const NAME: &str = "spokeslint";
const IGNORE: &str = "ignore";
const UNTIL: &str = "until";
const REASON: &str = "--";

/// Reads a comment; nothing for one that is meant for people.
pub(super) fn read(source: &Arc<Source>, span: Span) -> Option<Result<Ignore, Box<Diagnostic>>> {
    let (words, reason) = words(source, span);
    let reader = Reader {
        source,
        comment: span,
        words: &words,
        reason,
    };
    let rest = match reader.addressed()? {
        Ok(rest) => rest,
        Err(found) => return Some(Err(found)),
    };
    Some(reader.ignore(rest))
}

/// The words of a comment up to `--`, and where that stands, if it does.
fn words(source: &Source, span: Span) -> (Vec<Word<'_>>, Option<Word<'_>>) {
    let mut words = Vec::new();
    let text = source.slice(span);
    let mut at = text.len() - text.trim_start_matches('#').len();
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let is_mark = |c: char| matches!(c, ':' | ',' | '،');
        let length = match rest.chars().next() {
            Some(first) if first.is_whitespace() => {
                at += first.len_utf8();
                continue;
            }
            Some(first) if is_mark(first) => first.len_utf8(),
            _ => rest
                .find(|c: char| c.is_whitespace() || is_mark(c))
                .unwrap_or(rest.len()),
        };
        let start = span.start + to_offset(at);
        if rest.starts_with(REASON) {
            let reason = Span::new(start, span.end);
            let text = source.slice(reason);
            return (words, Some(Word { text, span: reason }));
        }
        let span = Span::new(start, start + to_offset(length));
        let text = source.slice(span);
        words.push(Word { text, span });
        at += length;
    }
    (words, None)
}

struct Reader<'s> {
    source: &'s Arc<Source>,
    comment: Span,
    words: &'s [Word<'s>],
    /// `--` and all behind it.
    reason: Option<Word<'s>>,
}

type Outcome<T> = Result<T, Box<Diagnostic>>;

impl<'s> Reader<'s> {
    /// The words behind `spokeslint:`, if the comment begins so, or nearly so.
    fn addressed(&self) -> Option<Outcome<&'s [Word<'s>]>> {
        let (name, rest) = self.words.split_first()?;
        let lower = name.text.to_lowercase();
        let is_ignore = |word: Option<&Word<'_>>| {
            word.is_some_and(|word| nearest(word.text, [IGNORE]).is_some())
        };
        match rest.first() {
            Some(colon) if colon.text == ":" => {
                if lower == NAME {
                    return Some(Ok(rest.get(1..).unwrap_or_default()));
                }
                let is_near = is_ignore(rest.get(1)) && nearest(&lower, [NAME]).is_some();
                is_near.then(|| Err(self.expected(NAME, *name)))
            }
            Some(word) if lower == NAME && is_ignore(Some(word)) => {
                let message = text!(
                    "expected `:` behind `{name}`",
                    "المتوقع `:` بعد `{name}`",
                    name = name.text,
                );
                Some(Err(self.syntax(name.span, message, form())))
            }
            _ => None,
        }
    }

    fn ignore(&self, words: &[Word<'_>]) -> Outcome<Ignore> {
        let (directive, words) = match words.split_first() {
            Some((word, rest)) if word.text == IGNORE => (word, rest),
            Some((word, _)) => return Err(self.expected(IGNORE, *word)),
            None => return Err(self.ends(IGNORE)),
        };
        let (rules, words) = self.rules(directive, words)?;
        let until = match words.split_first() {
            None => None,
            Some((word, rest)) if word.text == UNTIL => Some(self.day(word, rest)?),
            Some((word, _)) => return Err(self.unexpected(*word)),
        };
        Ok(Ignore {
            span: self.comment,
            rules,
            until,
            reason: self.reason()?,
        })
    }

    /// The ids, and the words behind them.
    fn rules<'w>(
        &self,
        directive: &Word<'_>,
        mut words: &'w [Word<'w>],
    ) -> Outcome<(Vec<Named>, &'w [Word<'w>])> {
        let mut rules = Vec::new();
        let mut before = directive;
        loop {
            let id = words.split_first();
            let Some((id, rest)) = id.filter(|(id, _)| id.text != UNTIL && !is_comma(id)) else {
                let message = text!(
                    "expected the id of a rule behind `{before}`",
                    "المتوقع معرّف قاعدة بعد `{before}`",
                    before = before.text,
                );
                return Err(self.syntax(before.span, message, form()));
            };
            rules.push((id.text.to_owned(), id.span));
            let Some((comma, behind)) = rest.split_first().filter(|(word, _)| is_comma(word))
            else {
                return Ok((rules, rest));
            };
            (before, words) = (comma, behind);
        }
    }

    /// The day behind `until`: the longest run of words that is one.
    fn day(&self, until: &Word<'_>, words: &[Word<'_>]) -> Outcome<(Date, Span)> {
        let Some(first) = words.first() else {
            let message = text!("expected a day behind `until`", "المتوقع يوم بعد `until`");
            return Err(self.syntax(until.span, message, day_form()));
        };
        let whole = |count: usize| words.get(count - 1).map(|last| first.span.cover(last.span));
        let mut spans = [2, 1]
            .into_iter()
            .filter_map(|count| Some((count, whole(count)?)));
        let found = spans.find_map(|(count, span)| Some((count, span, self.parsed(span).ok()?)));
        let Some((count, span, date)) = found else {
            let last = words.get(1).filter(|word| is_mark_of_years(word.text));
            let span = first.span.cover(last.unwrap_or(first).span);
            return Err(match self.parsed(span) {
                Err(message) => self.syntax(span, message, day_form()),
                Ok(_) => self.unexpected(*first),
            });
        };
        if date.precision() != Precision::Day {
            let message = text!(
                "expected a day, found the month `{month}`",
                "المتوقع يوم، والموجود الشهر `{month}`",
                month = date,
            );
            return Err(self.syntax(span, message, day_form()));
        }
        match words.get(count) {
            Some(word) => Err(self.expected(REASON, *word)),
            None => Ok((date, span)),
        }
    }

    fn parsed(&self, span: Span) -> Result<Date, Text> {
        Date::parse(self.source.slice(span)).map_err(|error| error.text())
    }

    /// The words behind `--`; without any that say something, the comment does not hold.
    fn reason(&self) -> Outcome<String> {
        let Some(word) = self.reason else {
            return Err(self.ends(REASON));
        };
        let reason = word.text.trim_start_matches('-').trim();
        if reason.chars().any(char::is_alphanumeric) {
            return Ok(reason.to_owned());
        }
        let message = text!("the comment gives no reason", "لا يذكر التعليق سببًا");
        let help = text!(
            "say behind `--` why this is accepted here, in a few words",
            "اذكر بعد `--` سبب قبول ذلك هنا بكلمات قليلة",
        );
        Err(Box::new(
            Diagnostic::error("suppression/no-reason", message)
                .with_label(self.label(word.span))
                .with_help(help),
        ))
    }

    fn label(&self, span: Span) -> Label {
        Label::new(self.source, span)
    }

    fn syntax(&self, span: Span, message: Text, help: Text) -> Box<Diagnostic> {
        Box::new(
            Diagnostic::error("suppression/syntax", message)
                .with_label(self.label(span))
                .with_help(help),
        )
    }

    /// Another word stands where this one should.
    fn expected(&self, expected: &str, word: Word<'_>) -> Box<Diagnostic> {
        let message = text!(
            "expected `{expected}`, found `{word}`",
            "المتوقع `{expected}`، والموجود `{word}`",
            expected = expected,
            word = word.text,
        );
        let help = match nearest(word.text, [expected]) {
            Some(near) => did_you_mean(near),
            None => form(),
        };
        self.syntax(word.span, message, help)
    }

    /// The comment ends where this word should stand.
    fn ends(&self, expected: &str) -> Box<Diagnostic> {
        let message = text!(
            "expected `{expected}`, found the end of the comment",
            "المتوقع `{expected}`، والموجود نهاية التعليق",
            expected = expected,
        );
        let last = self.words.last().map_or(self.comment, |word| word.span);
        self.syntax(last, message, form())
    }

    /// Something else than `,`, `until` or `--` stands behind an id.
    fn unexpected(&self, word: Word<'_>) -> Box<Diagnostic> {
        let message = text!(
            "expected `,`, `until` or `--`, found `{word}`",
            "المتوقع `,` أو `until` أو `--`، والموجود `{word}`",
            word = word.text,
        );
        let help = if let Some(near) = nearest(word.text, [UNTIL]) {
            did_you_mean(near)
        } else if word
            .text
            .chars()
            .all(|c| matches!(c, '-' | '–' | '—' | '−'))
        {
            did_you_mean(REASON)
        } else if word.text.contains('/') {
            text!(
                "put a comma between the ids of rules",
                "افصل بين معرّفات القواعد بفاصلة",
            )
        } else {
            form()
        };
        self.syntax(word.span, message, help)
    }
}

fn is_comma(word: &Word<'_>) -> bool {
    matches!(word.text, "," | "،")
}

/// Whether a word may be what tells a Hijri date.
fn is_mark_of_years(word: &str) -> bool {
    let letters = word.trim_end_matches('.');
    letters.eq_ignore_ascii_case("ah") || letters.starts_with('ه')
}

fn form() -> Text {
    text!("write `{form}`", "اكتب `{form}`", form = FORM)
}

fn day_form() -> Text {
    text!(
        "name the last day on which it holds, such as `until 2026-12-31` or `until 1448-06-12 AH`",
        "اذكر آخر يوم يسري فيه، مثل `until 2026-12-31` أو `until 1448-06-12 AH`",
    )
}
