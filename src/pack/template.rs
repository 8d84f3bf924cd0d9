//! Messages with `{expression}` placeholders, in both languages.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::date::in_words;
use crate::expr::{
    Checked, Data, Demand, Fault, Load, Machine, Mistake, Program, Scope, Value, check,
};
use crate::source::{Span, to_offset};
use crate::text;
use crate::text::{Lang, Shown, Text};

/// A message in both languages.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pub(super) en: Vec<Part>,
    pub(super) ar: Vec<Part>,
}

/// A piece of a message.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Words(String),
    Value(Program),
}

impl Template {
    /// The message for the variables that the machine holds.
    pub(crate) fn fill<'a>(&'a self, machine: &mut Machine<'a>) -> Result<Text, Fault> {
        Ok(Text::new(
            fill(&self.en, Lang::En, machine)?,
            fill(&self.ar, Lang::Ar, machine)?,
        ))
    }
}

fn fill<'a>(parts: &'a [Part], lang: Lang, machine: &mut Machine<'a>) -> Result<String, Fault> {
    let mut filled = String::new();
    for part in parts {
        match part {
            Part::Words(words) => filled.push_str(words),
            Part::Value(program) => {
                let value = machine.eval(program)?;
                let mut words = shown(machine, value, lang);
                // Between backticks it is what a file says; elsewhere it is read as a part of the sentence.
                if matches!(value.data, Data::Duration(_)) && !filled.ends_with('`') {
                    let length = in_words(&words);
                    words = length.map_or(words, |length| length.plain(lang).into_owned());
                }
                // A handle that is written with its `@` does not get another one.
                if filled.ends_with('@') && words.starts_with('@') {
                    words.remove(0);
                }
                // Writing to a `String` cannot fail.
                let _ = write!(filled, "{}", Shown(&words));
            }
        }
    }
    Ok(filled)
}

/// A value as a reader knows it: dates, durations and numbers as they were written, lists with commas.
fn shown<'a>(machine: &Machine<'a>, value: Value<'a>, lang: Lang) -> String {
    if let (Data::Timestamp(_) | Data::Duration(_) | Data::Double(_), Some(node)) =
        (value.data, value.node)
        && let Some(written) = machine.doc.text(node)
    {
        return written.to_owned();
    }
    value.data.to_words().unwrap_or_else(|| {
        let Ok(elements) = machine.elements(value, Load::Plain) else {
            return String::new();
        };
        let items = (0..).map_while(|index| machine.element(elements, index));
        let words: Vec<String> = items
            .flatten()
            .filter_map(|item| item.data.to_words())
            .collect();
        words.join(if lang == Lang::Ar { "، " } else { ", " })
    })
}

/// Expressions of a message, each with the byte at which it begins.
pub(super) type Expressions = Vec<(u32, Checked)>;

/// Expressions by their texts: a message in two languages holds most of them twice.
pub(super) type Known = HashMap<String, Program>;

/// Reads a message: `{…}` holds an expression, `{{` and `}}` are braces. The expressions come along that
/// were not known before.
pub(super) fn parse(
    text: &str,
    scope: &Scope<'_>,
    known: &mut Known,
) -> Result<(Vec<Part>, Expressions), Vec<Mistake>> {
    let mut parts = Vec::new();
    let mut expressions = Vec::new();
    let mut words = String::new();
    let mut mistakes = Vec::new();
    let mut at = 0;
    while let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let next = at + character.len_utf8();
        let doubled = text
            .get(next..)
            .is_some_and(|rest| rest.starts_with(character));
        match character {
            '{' | '}' if doubled => {
                words.push(character);
                at = next + 1;
            }
            '{' => {
                let length = text.get(next..).and_then(closing);
                let Some(inner) = length.and_then(|length| text.get(next..next + length)) else {
                    mistakes.push(stray_brace(at));
                    break;
                };
                parts.push(Part::Words(std::mem::take(&mut words)));
                if let Some(program) = known.get(inner) {
                    parts.push(Part::Value(program.clone()));
                } else {
                    match check(inner, scope, Demand::Value) {
                        Ok(checked) => {
                            known.insert(inner.to_owned(), checked.program.clone());
                            parts.push(Part::Value(checked.program.clone()));
                            expressions.push((to_offset(next), checked));
                        }
                        Err(found) => {
                            mistakes.extend(found.into_iter().map(|m| m.shifted(to_offset(next))));
                        }
                    }
                }
                at = next + inner.len() + 1;
            }
            '}' => {
                mistakes.push(stray_brace(at));
                at = next;
            }
            _ => {
                words.push(character);
                at = next;
            }
        }
    }
    parts.push(Part::Words(words));
    if mistakes.is_empty() {
        Ok((parts, expressions))
    } else {
        Err(mistakes)
    }
}

/// How far the closing brace is, quotes passed over.
fn closing(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, character) in rest.char_indices() {
        match (quote, character) {
            (None, '}') => return Some(at),
            (None, '\'' | '"') => quote = Some(character),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    None
}

fn stray_brace(at: usize) -> Mistake {
    Mistake::new(
        Span::new(to_offset(at), to_offset(at + 1)),
        text!("this brace has no partner", "هذا القوس بلا قوس يقابله"),
    )
    .with_help(text!(
        "write `{{{{` or `}}}}` for a brace itself",
        "اكتب `{{{{` أو `}}}}` للقوس نفسه"
    ))
}
