//! Runs the tables in `tests/expr`: each case is an expression with the value, the evidence or the
//! mistake that it must give.

use std::sync::Arc;

use bumpalo::Bump;
use serde::Deserialize;

use crate::date::Date;
use crate::expr::{
    Asked, Constant, Data, Demand, Load, Machine, Scope, Strictness, Use, Value, WordList, check,
    compile, explain, judge,
};
use crate::schema::{agency_shapes, validate};
use crate::source::Source;
use crate::text::Lang;
use crate::yaml;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    expr: String,
    /// A document; without it an agency that declares nothing.
    #[serde(default)]
    doc: String,
    /// The value, as [`shown`] shows it.
    want: Option<String>,
    /// The evidence.
    because: Option<Vec<Said>>,
    /// The mistake, as `characters: message`.
    mistake: Option<String>,
    /// What is said of it as the `assert` of a rule: `characters: message`, and what decided it.
    decided: Option<String>,
    /// The fault that evaluation ends with.
    fault: Option<String>,
    /// Whether it is checked as CEL is, and not as rules are; what ends in a fault always is.
    #[serde(default)]
    cel: bool,
}

/// A node of the evidence, and what is said of it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Said {
    /// `text of the node: words`
    Brief(String),
    /// The path of the node (behind it that of the alias it was reached through), and the words.
    Full {
        at: String,
        #[serde(default)]
        says: String,
        says_ar: Option<String>,
    },
}

const HEAD: &str = "apiVersion: spokeslint/v1\nkind: Agency\nid: example\nname: { en: Example }\n";

#[test]
fn every_case_of_the_tables_holds() {
    let shapes = agency_shapes();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expr");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let mut failures = Vec::new();
    let mut count = 0;
    for path in paths {
        let source = Arc::new(Source::read(&path).unwrap().unwrap());
        let parsed = yaml::parse(&source);
        assert!(
            parsed.diagnostics.is_empty(),
            "{path:?}: {:?}",
            parsed.diagnostics
        );
        let table = &parsed.documents[0];
        let cases: Vec<Case> = yaml::from_node(table, table.root()).unwrap();
        for case in cases {
            count += 1;
            let got = run(&case, &shapes);
            let want = case.because.as_ref().map(|said| {
                let lines: Vec<String> = said.iter().map(wanted).collect();
                lines.join(" | ")
            });
            let decided = case.mistake.or(case.decided);
            let want = want.or(decided).or(case.fault).or(case.want).unwrap();
            if got != want {
                failures.push(format!(
                    "{}\n  {}\n  want: {want}\n  got:  {got}",
                    case.name, case.expr
                ));
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {count} cases:\n{}",
        failures.len(),
        failures.join("\n")
    );
    assert!(count > 100, "the tables are read: {count} cases");
}

/// The word lists of the cases.
fn word_lists() -> [WordList; 2] {
    let list = |name: &str, words: &[&str]| WordList {
        name: name.into(),
        words: Constant::List(
            words
                .iter()
                .map(|word| Constant::Str((*word).into()))
                .collect(),
        ),
    };
    [
        list("mail_domains", &["mail.example", "post.example"]),
        list(
            "titles",
            &["المتحدث الرسمي", "spokesperson", "director general"],
        ),
    ]
}

fn names(lists: &[WordList]) -> Arc<[Box<str>]> {
    lists.iter().map(|list| list.name.clone()).collect()
}

/// What is said of conditions in a case that decide nothing.
fn decided(case: &Case, shapes: &crate::schema::Shapes) -> String {
    let mut scope = Scope::new(shapes, "agency");
    scope.terms = names(&word_lists());
    let checked = check(&case.expr, &scope, Demand::Condition).unwrap();
    let asked = Asked {
        role: Use::Assert,
        checked: &checked,
    };
    let told = judge(shapes, &[asked]).into_iter().map(|verdict| {
        let at = |span: crate::source::Span| case.expr.get(span.range()).unwrap();
        let message = verdict.mistake.message.plain(Lang::En).into_owned();
        let because = verdict.because.map(|(_, span, words)| {
            let words = words.plain(Lang::En);
            words.replace("this", &format!("`{}`", at(span)))
        });
        let parts = [Some(message), because].into_iter().flatten();
        let told: Vec<String> = parts.collect();
        format!("{}: {}", at(verdict.mistake.span), told.join("; "))
    });
    told.collect::<Vec<_>>().join(" | ")
}

fn run(case: &Case, shapes: &crate::schema::Shapes) -> String {
    if case.decided.is_some() {
        return decided(case, shapes);
    }
    let lists = word_lists();
    let mut scope = Scope::new(shapes, "agency");
    scope.terms = names(&lists);
    if case.cel || case.fault.is_some() {
        scope.strictness = Strictness::Cel;
    }
    let program = match compile(&case.expr, &scope, Demand::Value) {
        Ok(program) => program,
        Err(mistakes) => {
            let lines: Vec<String> = mistakes
                .iter()
                .map(|m| {
                    let at = case.expr.get(m.span.range()).unwrap_or("?");
                    let help = m
                        .help
                        .as_ref()
                        .map_or(String::new(), |h| format!("; {}", h.plain(Lang::En)));
                    format!("{at}: {}{help}", m.message.plain(Lang::En))
                })
                .collect();
            return lines.join(" | ");
        }
    };
    let source = Arc::new(Source::new("case.yaml", format!("{}{HEAD}", case.doc)));
    let parsed = yaml::parse(&source);
    let doc = &parsed.documents[0];
    let validation = validate(doc, doc.root(), shapes, shapes.root());
    let bump = Bump::new();
    let today = Date::parse("2026-01-01").unwrap().to_timestamp();
    let mut machine = Machine::new(doc, &validation, today, &bump);
    machine.terms = &lists;
    match machine.eval(&program) {
        Err(fault) => format!("{fault:?}").split('(').next().unwrap().to_owned(),
        Ok(_) if case.because.is_some() => {
            let evidence = explain(&mut machine, &program);
            let said = case.because.iter().flatten().map(Some);
            let lines = evidence.iter().zip(said.chain(std::iter::repeat(None)));
            let lines = lines.map(|(found, said)| told(doc, found, said));
            lines.collect::<Vec<_>>().join(" | ")
        }
        Ok(value) => shown(&machine, value),
    }
}

fn wanted(said: &Said) -> String {
    match said {
        Said::Brief(line) => line.clone(),
        Said::Full { at, says, says_ar } => {
            let ar = says_ar
                .as_ref()
                .map_or(String::new(), |ar| format!(" / {ar}"));
            format!("{at}: {says}{ar}")
        }
    }
}

/// Evidence, in the form in which it is wanted.
fn told(doc: &yaml::Document, found: &crate::expr::Evidence, wanted: Option<&Said>) -> String {
    let words = |lang| {
        let text = found.text.as_ref();
        text.map_or(String::new(), |text| text.plain(lang).into_owned())
    };
    let (place, ar) = match wanted {
        Some(Said::Brief(_)) => {
            let span = if found.lacks {
                doc.head(found.node)
            } else {
                doc.span(found.node)
            };
            (doc.source().slice(span).to_owned(), None)
        }
        Some(Said::Full { says_ar, .. }) => (path(doc, found), says_ar.as_ref()),
        None => (path(doc, found), None),
    };
    let ar = ar.map_or(String::new(), |_| format!(" / {}", words(Lang::Ar)));
    format!("{place}: {}{ar}", words(Lang::En))
}

fn path(doc: &yaml::Document, found: &crate::expr::Evidence) -> String {
    let path = match doc.path(found.node) {
        path if path.is_empty() => "agency".to_owned(),
        path => path,
    };
    match found.via {
        Some(alias) => format!("{path} via {}", doc.path(alias)),
        None => path,
    }
}

fn shown<'a>(machine: &Machine<'a>, value: Value<'a>) -> String {
    match value.data {
        Data::Mapping(_) => "{…}".to_owned(),
        Data::Str(text) => format!("'{text}'"),
        Data::Bytes(_) => format!("b'{}'", value.data.to_words().unwrap()),
        Data::Uint(value) => format!("{value}u"),
        Data::Optional(Some(value)) => format!("optional({})", shown(machine, *value)),
        Data::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                format!("{}: {}", shown(machine, *key), shown(machine, *value))
            });
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        data => data.to_words().unwrap_or_else(|| {
            let elements = machine.elements(value, Load::Plain).unwrap();
            let items = (0..).map_while(|index| machine.element(elements, index));
            let words: Vec<String> = items.map(|item| shown(machine, item.unwrap())).collect();
            format!("[{}]", words.join(", "))
        }),
    }
}
