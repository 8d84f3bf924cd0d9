//! What means harm, in every place that a file can bring it: shown in every format, effective in none.

use std::sync::Arc;

use roxmltree::{Document, Node};
use serde_json::Value;
use spokeslint::diagnostic::{Edit, Fix, Key, Positions, Safety};
use spokeslint::discover::{Cause, Unchecked};
use spokeslint::engine::{Means, Report, Suppressed};
use spokeslint::output::Format;
use spokeslint::text::is_unsafe;
use spokeslint::{Diagnostic, Label, Lang, Source, Span, Text, text};

use super::{github, json, markdown, rendered, schemas};

pub(super) const HARM: &str = "::error::x\n::error::y\r%0A%25\u{1b}[31m##vso[task.x]##[group]]]><!--</script>\
     <img src=x onerror=1>\u{202e}\u{2066}\u{0}\u{9b}\u{ffff}\u{feff}|a|`b``@octocat #123 GH-1 octo/cat#1 \
     https://evil.example www.evil.example me@evil.example [l](javascript:1) ![i](x) *s* _e_ :tada: \\";

/// The harm in a document's own words, which come from whoever wrote a pack.
fn words() -> Text {
    let wild = HARM.replace(['\u{0}', '\u{ffff}'], "");
    let mut text = text!("{v} and `{v}`", "{v} و`{v}`", v = HARM);
    text.en.push_str(&wild);
    text.ar.push_str(&wild);
    text
}

fn harmful(source: &Arc<Source>) -> Diagnostic {
    let label = Label::new(source, Span::new(0, 2)).with_text(words());
    let other = Arc::new(Source::new(format!("other {HARM}"), HARM));
    let mut found = Diagnostic::error(format!("p/{HARM}"), words())
        .with_label(label)
        .with_label(Label::new(&other, Span::new(3, 9)).with_text(words()))
        .with_help(words());
    found.why = Some(words());
    found.positions = Positions {
        in_favour: vec![HARM.to_owned()],
        against: vec![HARM.to_owned()],
    };
    found.key = Some(Box::new(Key {
        document: HARM.to_owned(),
        path: HARM.to_owned(),
        digest: HARM.to_owned(),
        elements: vec![HARM.to_owned()],
    }));
    found.fix = Some(Box::new(Fix {
        changes: Vec::new(),
        title: words(),
        safety: Safety::Unsafe,
        source: Arc::clone(source),
        edits: vec![Edit {
            span: Span::new(0, 2),
            replacement: HARM.to_owned(),
        }],
    }));
    found
}

pub(super) fn report() -> Report {
    let source = Arc::new(Source::new(HARM, HARM));
    let mut nowhere = harmful(&source);
    nowhere.labels.clear();
    let suppressed = [Means::Comment, Means::Waiver, Means::Baseline].map(|means| Suppressed {
        diagnostic: harmful(&source),
        means,
        reason: Some(HARM.to_owned()),
        until: None,
        place: Label::new(&source, Span::new(0, 2)),
    });
    let mut report = Report {
        diagnostics: vec![harmful(&source), nowhere],
        suppressed: suppressed.into(),
        files: 2,
        documents: 1,
        unchecked: vec![Unchecked {
            name: HARM.to_owned(),
            line: None,
            cause: Cause::NotOurs,
        }],
        names: vec![HARM.to_owned(), format!("clean {HARM}")],
        failures: vec![words()],
        ..Report::default()
    };
    report.sort();
    report
}

/// The two isolates that spokeslint itself puts around values on a page in Arabic.
fn is_isolate(character: char) -> bool {
    matches!(character, '\u{2068}' | '\u{2069}')
}

#[test]
fn no_format_sends_what_acts_on_a_terminal_or_in_a_log() {
    for format in Format::ALL {
        for lang in [Lang::En, Lang::Ar] {
            let out = rendered(&report(), format, lang);
            let is_own = format == Format::Markdown && lang == Lang::Ar;
            let sent: Vec<char> = out
                .chars()
                .filter(|c| *c != '\n' && is_unsafe(*c) && !(is_own && is_isolate(*c)))
                .collect();
            assert!(sent.is_empty(), "{format:?} {lang:?} sends {sent:?}");
            assert!(!out.contains("##["), "{format:?}");
            assert!(!out.contains("##vso["), "{format:?}");
            let mut lines = out.lines().map(str::trim_start);
            let acts = lines.any(|line| line.starts_with("::"));
            assert_eq!(acts, format == Format::Github, "{format:?} {lang:?}");
        }
    }
}

#[test]
fn github_gets_one_command_for_each_finding_and_none_from_a_file() {
    for lang in [Lang::En, Lang::Ar] {
        let log = rendered(&report(), Format::Github, lang);
        let all = github::commands(&log);
        assert_eq!(all.len(), report().diagnostics.len());
        for command in all {
            assert_eq!(command.name, "error");
            let known = ["file", "line", "endLine", "col", "endColumn", "title"];
            let mut names = command.properties.keys();
            assert!(names.all(|name| known.contains(&name.as_str())));
            assert!(command.properties["title"].contains("%0A%25"));
            // What the runner decodes is again no command, and moves no cursor.
            let mut lines = command.words.lines();
            assert!(!lines.any(|line| line.trim_start().starts_with("::")));
            assert!(!command.words.contains(|c: char| c != '\n' && is_unsafe(c)));
        }
    }
}

/// All texts in a JSON document, keys too.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(entries) => entries
            .iter()
            .flat_map(|(key, value)| [vec![key.clone()], texts(value)].concat())
            .collect(),
        _ => Vec::new(),
    }
}

#[test]
fn json_is_sound_and_whole() {
    let value = json(&report(), Format::Json);
    assert_eq!(value["findings"].as_array().unwrap().len(), 2);
    assert_eq!(value["suppressed"][0]["reason"], HARM);
    assert_eq!(value["suppressed"][0]["finding"]["key"]["path"], HARM);
    assert!(texts(&value).iter().any(|text| text.contains('\u{1b}')));
}

#[test]
fn sarif_makes_no_link_and_its_addresses_hold_nothing_but_letters() {
    let value = json(&report(), Format::Sarif);
    assert_eq!(schemas::flaws("sarif-2.1.0.json", &value), [""; 0]);
    let run = &value["runs"][0];
    for artifact in run["artifacts"].as_array().unwrap() {
        let uri = artifact["location"]["uri"].as_str().unwrap();
        let is_kept = |c: char| c.is_ascii_alphanumeric() || "-._~/%".contains(c);
        assert!(uri.chars().all(is_kept), "{uri}");
    }
    for found in run["results"].as_array().unwrap() {
        let words = found["message"]["text"].as_str().unwrap();
        let bare = words.replace("\\[", "").replace("\\]", "");
        assert!(!bare.contains(['[', ']']), "{words}");
        assert!(!words.contains(is_unsafe));
        assert!(!found["ruleId"].as_str().unwrap().contains(is_unsafe));
    }
}

#[test]
fn gitlab_gets_one_line_a_finding_and_the_name_of_the_file_as_it_is() {
    let value = json(&report(), Format::Gitlab);
    for issue in value.as_array().unwrap() {
        for name in ["description", "check_name"] {
            let text = issue[name].as_str().unwrap();
            assert!(!text.contains(is_unsafe), "{text}");
        }
    }
    assert_eq!(value[1]["location"]["path"], HARM);
}

#[test]
fn xml_is_sound_and_holds_the_harm_as_text() {
    for format in [Format::Junit, Format::Checkstyle] {
        for lang in [Lang::En, Lang::Ar] {
            let text = rendered(&report(), format, lang);
            let document = Document::parse(&text).unwrap();
            let known = [
                "testsuites",
                "testsuite",
                "testcase",
                "failure",
                "skipped",
                "error",
                "system-out",
                "checkstyle",
                "file",
            ];
            for node in document.descendants().filter(Node::is_element) {
                assert!(known.contains(&node.tag_name().name()));
                for attribute in node.attributes() {
                    assert!(!attribute.value().contains(is_unsafe));
                }
            }
            assert!(
                document
                    .descendants()
                    .all(|node| !node.is_comment() && !node.is_pi())
            );
            let shown = "]]><!--</script><img src=x onerror=1>\\u{202e}";
            let has = |node: Node<'_, '_>| node.attributes().any(|one| one.value().contains(shown));
            assert!(document.descendants().any(has));
        }
    }
}

#[test]
fn markdown_has_no_tag_link_mention_or_reference_from_a_file() {
    for lang in [Lang::En, Lang::Ar] {
        let page = rendered(&report(), Format::Markdown, lang);
        markdown::is_inert(&page);
    }
}
