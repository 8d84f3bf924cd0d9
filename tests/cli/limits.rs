//! Expressions that are too deep, too long or too costly: one clear error each, and a run that goes on.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};
use snapbox::Data;

use super::{command, fixtures, put, run_in};

/// How deep what is too deep is nested.
const DEEP: usize = 100_000;
/// How deep it is nested where the length alone does not stop it.
const LESS_DEEP: usize = 4_000;

fn nested(open: &str, inner: &str, close: &str, depth: usize) -> String {
    open.repeat(depth) + inner + &close.repeat(depth)
}

/// Every way to nest, so deep.
fn deep(depth: usize) -> Vec<(&'static str, String)> {
    vec![
        ("parentheses", nested("(", "1", ")", depth)),
        ("not", nested("!", "true", "", depth)),
        ("negative", nested("-", "1", "", depth)),
        ("lists", nested("[", "", "]", depth)),
        ("maps", nested("{1:", "1", "}", depth)),
        ("fields", nested("", "x", ".a", depth)),
        ("optional fields", nested("", "x", ".?a", depth)),
        ("places", nested("", "x", "[0]", depth)),
        ("a sum", nested("1+", "1", "", depth)),
        ("conjunctions", nested("true&&", "true", "", depth)),
        ("choices", nested("true?1:", "1", "", depth)),
        ("calls", nested("size(", "'a'", ")", depth)),
        ("methods", nested("", "'a'", ".trim()", depth)),
        ("macros", nested("[1].map(a,", "1", ")", depth)),
        ("names", nested("cel.bind(a,1,", "1", ")", depth)),
    ]
}

/// `last`, where `v` is what `step` makes of itself so many times, beginning with `first`.
fn grown(times: usize, first: &str, step: &str, last: &str) -> String {
    let heads: Vec<_> = (1..=times)
        .map(|time| {
            let before = format!("v{}", time - 1);
            format!("cel.bind(v{time}, {}, ", step.replace('v', &before))
        })
        .collect();
    let heads = heads.concat();
    let body = last.replace('v', &format!("v{times}"));
    format!(
        "cel.bind(v0, {first}, {heads}{body}{}",
        ")".repeat(times + 1)
    )
}

const NINE: &str = "[1, 2, 3, 4, 5, 6, 7, 8, 9]";

/// What is refused before it runs.
fn refused() -> Vec<(&'static str, String)> {
    let matches = |pattern: &str| format!("'a'.matches('{pattern}')");
    let glob = |text: &str, pattern: &str| format!("glob('{text}', '{pattern}')");
    let (many, stars) = ("a[0-9]{90}|".repeat(500), "*a".repeat(10_000));
    vec![
        ("a literal of 1 MB", format!("'{}'", "a".repeat(1_000_000))),
        (
            "a list of 100,000 items",
            format!("[{}1]", "1,".repeat(DEEP)),
        ),
        ("a pattern in a pattern", matches("(a{1000}){1000}")),
        ("a pattern of many alternatives", matches(&many)),
        (
            "a pattern of many brackets",
            matches(&nested("(", "a", ")", 20_000)),
        ),
        ("a pattern with a mistake", matches("(a")),
        (
            "a path pattern of many braces",
            glob("a", &nested("{a,", "b", "}", 1_000)),
        ),
        (
            "a path pattern of many stars",
            glob(&"a".repeat(10_000), &stars),
        ),
    ]
}

/// What needs more memory than it looks.
fn large() -> Vec<(&'static str, String)> {
    // The innermost value depends on the outermost variable, so that no level is computed only once.
    let tower = (0..12).fold("a11".to_owned(), |inner, level| {
        format!("{NINE}.map(a{level}, {inner})")
    });
    let text = "'aaaaaaaa'";
    vec![
        ("maps in maps", tower),
        ("text that doubles", grown(60, text, "v + v", "size(v)")),
        (
            "text that replaces itself",
            grown(20, text, "v.replace('a', v)", "size(v)"),
        ),
        (
            "text that joins itself",
            grown(60, text, "[v, v].join('-')", "size(v)"),
        ),
        (
            "bytes that double",
            grown(60, "b'aaaaaaaa'", "v + v", "size(v)"),
        ),
        (
            "a list that doubles",
            grown(60, "[1, 2, 3]", "v + v", "size(v)"),
        ),
        (
            "text that falls into letters",
            grown(20, text, "v + v", "size(v.split(''))"),
        ),
        (
            "digits without end",
            "'%.999999999f'.format([1.0])".to_owned(),
        ),
    ]
}

/// What takes more time than it looks.
fn slow() -> Vec<(&'static str, String)> {
    let again = |what: &str| format!("{NINE}.all(i, {NINE}.all(j, {what}))");
    let long_text = |times, last: &str| grown(times, "'aaaaaaaa'", "v + v", last);
    let twice = format!("cel.bind(w, v + '', {})", again("v == w"));
    let shared = grown(
        30,
        "{'a': [w + '', w + ''], 'b': [w + '', w + '']}",
        "{'a': [v.a, v.b], 'b': [v.a, v.b]}",
        "v.a == v.b",
    );
    let long = "a".repeat(60_000);
    vec![
        (
            "lists that stand for far more",
            format!("cel.bind(w, '{long}', {shared})"),
        ),
        (
            "a pattern on long text",
            long_text(22, &again("!v.matches('(a|b|ab)*c$')")),
        ),
        (
            "a search in long text",
            long_text(20, &again("v.indexOf('b') < 0")),
        ),
        ("long text that is compared", long_text(22, &twice)),
    ]
}

fn answers(lines: &str, lang: &str) -> Vec<Value> {
    let mut child = command(&fixtures(), &["eval", "--jsonl", "--lang", lang])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let lines = lines.to_owned();
    let writer = std::thread::spawn(move || pipe.write_all(lines.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What each case is answered, one to a line.
fn told(cases: &[(&'static str, String)], lang: &str) -> String {
    let line =
        |(_, expr): &(_, String)| json!({ "expr": expr, "bindings": { "x": 1 } }).to_string();
    let lines: Vec<_> = cases.iter().map(line).collect();
    let answers = answers(&(lines.join("\n") + "\n"), lang);
    assert_eq!(answers.len(), cases.len());
    let told = cases.iter().zip(&answers).map(|((name, _), answer)| {
        let error = answer["error"].as_str();
        format!("{name}: {}\n", error.unwrap_or("there is a value"))
    });
    told.collect()
}

#[track_caller]
fn assert_snapshot(text: String, name: &str) {
    let path = format!("{}/tests/cli/snapshots/{name}", env!("CARGO_MANIFEST_DIR"));
    snapbox::assert_data_eq!(text, Data::read_from(path.as_ref(), None).raw());
}

#[test]
fn what_is_nested_too_deep_is_one_error_each() {
    for depth in [DEEP, LESS_DEEP] {
        let told = told(&deep(depth), "en");
        assert_eq!(told.lines().count(), deep(depth).len());
        for line in told.lines() {
            let too_long = line.ends_with(" bytes long; at most 65536 are read");
            let too_deep = line.ends_with(": this expression is nested more than 128 deep");
            assert!(too_deep || (too_long && depth == DEEP), "{line}");
        }
    }
}

#[test]
fn what_costs_too_much_is_one_error_each() {
    let told = [refused(), large(), slow()].map(|cases| told(&cases, "en"));
    assert_snapshot(told.concat(), "limits.en.txt");
}

#[test]
fn what_is_refused_is_refused_in_arabic() {
    assert_snapshot(told(&refused(), "ar"), "limits.ar.txt");
}

#[test]
fn a_pattern_takes_linear_time_whatever_it_is() {
    // A matcher that goes back would need more steps than there are atoms.
    let text = "a".repeat(50_000);
    for pattern in ["(a+)+$", "^(a|aa|a*)*$", "(.*)*x"] {
        let line = json!({ "expr": format!("('{text}!').matches('{pattern}')") }).to_string();
        assert_eq!(answers(&line, "en")[0]["value"], false, "{pattern}");
    }
}

#[test]
fn values_that_are_nested_too_deep_are_one_error() {
    let deep = nested("[", "", "]", DEEP);
    let lines =
        format!("{{\"expr\": \"x\", \"bindings\": {{\"x\": {deep}}}}}\n{{\"expr\": \"1\"}}\n");
    let found = answers(&lines, "en");
    assert_eq!(
        found[0]["error"],
        "the values in this line are nested too deep: more than 127 levels"
    );
    assert_eq!(found[1]["value"], "1");
    let arabic = answers(&lines, "ar");
    assert_eq!(
        arabic[0]["error"],
        "تداخل القيم في هذا السطر أعمق من الحد المسموح، وهو 127 مستوى"
    );
}

#[test]
fn a_rule_that_is_too_large_is_shown_in_part_at_its_characters() {
    let cases = [
        ("deep", nested("(", "true", ")", 4_000)),
        (
            "long",
            format!("account.id == \"{}\"", "a".repeat(1_000_000)),
        ),
        (
            "many",
            format!("account.id in ['{}b', 1]", "a', '".repeat(9_000)),
        ),
        (
            "behind",
            format!(
                "account.id == \"{}\" && account.idd == \"a\"",
                "ش".repeat(30_000)
            ),
        ),
        (
            "pattern",
            "account.id.matches('(a{1000}){1000}')".to_owned(),
        ),
    ];
    let texts = "{ en: own, ar: خاص }";
    let mut all = String::new();
    for (name, expr) in cases {
        let folder = tempfile::tempdir().unwrap();
        put(
            folder.path(),
            "own/pack.yaml",
            &format!("title: {texts}\nabout: {texts}\n"),
        );
        let rule = format!(
            "severity: error\nsummary: {texts}\nwhy: {texts}\neach: account in agency.accounts\nassert: {expr}\nmessage: {texts}\n"
        );
        put(folder.path(), &format!("own/{name}.yaml"), &rule);
        for lang in ["en", "ar"] {
            let run = run_in(folder.path(), &["test", "own", "--lang", lang]);
            assert_eq!((run.code, run.out.as_str()), (2, ""), "{name}");
            assert!(run.err.len() < 1_500, "{name}: {} bytes", run.err.len());
            all += &run.err;
        }
    }
    assert_snapshot(all, "limits.packs.txt");
}
