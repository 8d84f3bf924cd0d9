//! A rule at work: for people a few lines for each thing that it looked at, for programs the same as JSON.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::engine::{Candidate, Condition, Outcome, PassedOver, Trace};
use crate::output::human::render_findings;
use crate::output::paint::{BOLD, DIM, Paint};
use crate::output::words::{columns, days, isolated, leading_path, one_line, safe, wrap_after};
use crate::output::{Format, Style, json};
use crate::text::Noun;

/// The version of the JSON form.
const VERSION: u32 = 1;

const MORE: Noun = Noun {
    en: ["more, not listed", "more, not listed"],
    ar: [
        "عنصر آخر لم يُعرض",
        "عنصران آخران لم يُعرضا",
        "عناصر أخرى لم تُعرض",
        "عنصرًا آخر لم يُعرض",
    ],
};

/// What a rule did on one document, with the file and the line where that begins.
#[derive(Debug)]
pub struct Traced {
    /// The file.
    pub path: String,
    /// The line where the document begins.
    pub line: u32,
    /// What the rule did, or why the document cannot be judged.
    pub trace: Result<Trace, Vec<Diagnostic>>,
}

/// Writes what a rule did in the style's format.
pub fn traces(rule: &str, traced: &[Traced], style: &Style, out: &mut dyn Write) -> io::Result<()> {
    if style.format == Format::Json {
        let entries: Vec<Value> = traced.iter().map(entry).collect();
        let whole = json!({ "version": VERSION, "rule": rule, "traces": entries });
        return json::write(&whole, out);
    }
    for (index, one) in traced.iter().enumerate() {
        if index > 0 {
            out.write_all(b"\n")?;
        }
        match &one.trace {
            Ok(trace) => {
                let mut page = Page {
                    text: String::new(),
                    style,
                };
                page.document(rule, one, trace);
                out.write_all(page.text.as_bytes())?;
                let faults = trace.candidates.iter().filter_map(|one| one.fault.clone());
                let faults: Vec<Diagnostic> = faults.collect();
                if !faults.is_empty() {
                    out.write_all(b"\n")?;
                    render_findings(&faults, style, out)?;
                }
            }
            Err(diagnostics) => render_findings(diagnostics, style, out)?,
        }
    }
    Ok(())
}

struct Page<'a> {
    text: String,
    style: &'a Style,
}

impl Page<'_> {
    fn document(&mut self, rule: &str, traced: &Traced, trace: &Trace) {
        let place = format!("{}:{}", leading_path(&traced.path), traced.line);
        let verdict = match trace.outcome {
            Outcome::Held => ["held", "استُوفيت"],
            Outcome::Found => ["found", "خولفت"],
            Outcome::NotSelected => ["not applicable", "لم تنطبق"],
            Outcome::NotEvaluated => ["not evaluated", "لم تُقيَّم"],
        };
        let verdict = paint(trace.outcome).on(self.style.pick(verdict), self.style);
        let rule = BOLD.on(&isolated(rule, self.style), self.style);
        let _ = writeln!(self.text, "{place}: {rule}: {verdict}");
        match &trace.passed_over {
            Some(why) => self.passed_over(why, trace.outcome),
            None if trace.candidates.is_empty() => {
                let nothing = ["`each` selects nothing here", "لا تشمل `each` شيئًا هنا"];
                let _ = writeln!(self.text, "  {}", self.style.pick(nothing));
            }
            None => {}
        }
        self.conditions(&trace.applies);
        for candidate in &trace.candidates {
            self.candidate(&traced.path, candidate);
        }
        if trace.unlisted > 0 {
            let more = MORE.count(trace.unlisted, self.style.lang);
            let _ = writeln!(self.text, "  {more}");
        }
    }

    /// Why the rule does not look at the document; why there is no verdict is said elsewhere.
    fn passed_over(&mut self, why: &PassedOver, outcome: Outcome) {
        let words = match why {
            PassedOver::OtherKind(kind) => {
                let words = ["the rule speaks of", "هذه القاعدة خاصة بالمستندات من"];
                let kind = isolated(&format!("`kind: {kind}`"), self.style);
                format!("{} {kind}", self.style.pick(words))
            }
            PassedOver::Silent(period) => {
                let words = [
                    "the rule says nothing on this day; it is in force",
                    "القاعدة غير سارية في هذا اليوم؛ مدة سريانها",
                ];
                format!("{} {}", self.style.pick(words), days(period, self.style))
            }
            PassedOver::OtherScope if outcome == Outcome::NotSelected => {
                let words = [
                    "its pack does not apply to this document",
                    "لا تنطبق حزمتها على هذا المستند",
                ];
                self.style.pick(words).to_owned()
            }
            PassedOver::OtherScope => return,
        };
        let _ = writeln!(self.text, "  {words}");
    }

    fn candidate(&mut self, path: &str, candidate: &Candidate) {
        let at = candidate.label.as_ref().map(Label::position);
        let line = at.map_or(1, |at| at.line);
        let name = match candidate.path.as_str() {
            "" => self.style.pick(["the document", "المستند"]).to_owned(),
            path => isolated(path, self.style),
        };
        let outcome = match candidate.outcome {
            Outcome::Held => ["held", "استُوفيت"],
            Outcome::Found => ["found", "خولفت"],
            Outcome::NotSelected => ["not selected", "لم يشملها الشرط"],
            Outcome::NotEvaluated => ["not evaluated", "لم تُقيَّم"],
        };
        let outcome = paint(candidate.outcome).on(self.style.pick(outcome), self.style);
        let place = format!("{}:{line}", leading_path(path));
        let name = BOLD.on(&name, self.style);
        let _ = writeln!(self.text, "\n{place}: {name}: {outcome}");
        self.conditions(&candidate.conditions);
    }

    fn conditions(&mut self, conditions: &[Condition]) {
        let values: Vec<String> = conditions.iter().map(value).collect();
        let widest = values.iter().map(|value| columns(value)).max().unwrap_or(0);
        let keys = conditions.iter().map(|condition| condition.key.len());
        let indent = widest + keys.max().unwrap_or(0).max(6) + 6;
        for (condition, value) in conditions.iter().zip(values) {
            self.condition(condition, &value, (widest, indent));
        }
    }

    fn condition(&mut self, condition: &Condition, value: &str, (widest, used): (usize, usize)) {
        let gap = " ".repeat(widest - columns(value));
        let key = format!("{:<6}", condition.key);
        let key = DIM.on(&key, self.style);
        let value = BOLD.on(value, self.style);
        let text = wrap_after(used, used, &safe(&condition.text), self.style.width);
        let _ = writeln!(self.text, "  {key}  {value}{gap}  {text}");
        for label in &condition.labels {
            let at = label.position();
            let seen = label.source.slice(label.span);
            let seen = safe(seen.lines().next().unwrap_or(""));
            let seen = format!("`{seen}`");
            let words = match &label.text {
                None => seen,
                // Words that hold what stands there need not be told it again.
                Some(text) if text.plain(self.style.lang).contains(&seen) => {
                    one_line(text, self.style)
                }
                Some(text) => format!("{seen}: {}", one_line(text, self.style)),
            };
            let indent = " ".repeat(used);
            let note = format!("{}:{} {words}", at.line, at.column);
            let _ = writeln!(self.text, "{indent}{}", DIM.on(&note, self.style));
        }
    }
}

/// A value in its column; a dash for none.
fn value(condition: &Condition) -> String {
    let value = condition.value.as_ref();
    value.map_or_else(|| "–".to_owned(), |value| safe(&value.to_string()))
}

fn paint(outcome: Outcome) -> Paint {
    match outcome {
        Outcome::Held => BOLD,
        Outcome::Found => Paint::of(Severity::Error),
        Outcome::NotSelected => DIM,
        Outcome::NotEvaluated => Paint::of(Severity::Warning),
    }
}

const fn word(outcome: Outcome, absent: &'static str) -> &'static str {
    match outcome {
        Outcome::Held => "held",
        Outcome::Found => "found",
        Outcome::NotSelected => absent,
        Outcome::NotEvaluated => "not_evaluated",
    }
}

fn entry(traced: &Traced) -> Value {
    let mut entry = match &traced.trace {
        Ok(trace) => {
            let candidates: Vec<Value> = trace.candidates.iter().map(candidate).collect();
            let applies: Vec<Value> = trace.applies.iter().map(condition).collect();
            let silent = match &trace.passed_over {
                Some(PassedOver::Silent(period)) => Some(period),
                _ => None,
            };
            json!({
                "verdict": word(trace.outcome, "not_applicable"),
                "applies_when": applies,
                "silent": silent,
                "candidates": candidates,
            })
        }
        Err(diagnostics) => json!({ "errors": json::findings(diagnostics) }),
    };
    let unlisted = traced.trace.as_ref().map_or(0, |trace| trace.unlisted);
    if unlisted > 0 {
        entry["unlisted"] = json!(unlisted);
    }
    entry["path"] = json!(traced.path);
    entry["line"] = json!(traced.line);
    entry
}

fn candidate(candidate: &Candidate) -> Value {
    let label = json::labels(candidate.label.as_slice());
    let conditions: Vec<Value> = candidate.conditions.iter().map(condition).collect();
    json!({
        "node": candidate.path,
        "label": label.get(0),
        "outcome": word(candidate.outcome, "not_selected"),
        "conditions": conditions,
        "error": json::findings(candidate.fault.as_slice()).get(0),
    })
}

fn condition(condition: &Condition) -> Value {
    json!({
        "key": condition.key,
        "text": condition.text,
        "value": condition.value.as_ref().map(crate::engine::Datum::to_tagged),
        "because": json::labels(&condition.labels),
    })
}
