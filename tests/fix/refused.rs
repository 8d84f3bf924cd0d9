//! What is edited to the letter, and what is not edited at all.

use spokeslint::diagnostic::{Action, Change, Literal, Step};
use spokeslint::edit::{apply, edits};

use super::edit::parsed;

/// A path such as `a.b.0`.
fn path(words: &str) -> Vec<Step> {
    let step = |word: &str| match word.parse() {
        Ok(place) => Step::Item(place),
        Err(_) => Step::Key(word.to_owned()),
    };
    words.split('.').map(step).collect()
}

fn edited(text: &str, at: &str, action: Action) -> Option<String> {
    let document = parsed(text).unwrap();
    let change = Change {
        document: 0,
        path: path(at),
        action,
    };
    Some(apply(text, &edits(&document, &[change])?))
}

fn set(text: &str) -> Action {
    Action::Set(Literal::Text(text.to_owned()))
}

fn append(text: &str) -> Action {
    Action::Append(vec![Literal::Text(text.to_owned())])
}

#[test]
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn edits_follow_the_style_of_what_stands_there() {
    let remove = || Action::Remove;
    let rename = || Action::Rename("n".into());
    for (before, at, action, after) in [
        ("a: 'x' # c\n", "a", set("it's"), "a: 'it''s' # c\n"),
        ("a: \"x\"\n", "a", set("w"), "a: \"w\"\n"),
        ("a:   x\n", "a", set("@y"), "a:   \"@y\"\n"),
        ("a:\nb: 1\n", "a", set("w"), "a: w\nb: 1\n"),
        ("a: # c\nb: 1\n", "a", set("w"), "a: w # c\nb: 1\n"),
        ("a: |\n  x\n  y\nb: 1\n", "a", set("z"), "a: z\nb: 1\n"),
        ("a:\n  - x\n  - y\nb: 1\n", "a", set("z"), "a: z\nb: 1\n"),
        ("a: [x, y]", "a", set("z"), "a: z"),
        ("{\"a\": \"x\"}", "a", set("w"), "{\"a\": \"w\"}"),
        ("a: 1 # c", "b", set("w"), "a: 1 # c\nb: w"),
        (
            "a: 1\r\nb: {}\r\n",
            "c",
            set("w"),
            "a: 1\r\nb: {}\r\nc: w\r\n",
        ),
        ("a: {}\n", "a.b", set("w"), "a: { b: w }\n"),
        (
            "a: {x: 1}\n",
            "a.b",
            set("p, q"),
            "a: {x: 1, b: \"p, q\"}\n",
        ),
        (
            "a: {\n  x: 1, # c\n  }\n",
            "a.b",
            set("w"),
            "a: {\n  x: 1, # c\n  b: w,\n  }\n",
        ),
        (
            "a: {\n  x: 1 # c\n  }\n",
            "a.b",
            set("w"),
            "a: {\n  x: 1, # c\n  b: w\n  }\n",
        ),
        (
            "- a: 1\n  b:\n    - x\n",
            "0.c",
            set("w"),
            "- a: 1\n  c: w\n  b:\n    - x\n",
        ),
        ("a: 1 # c\nb: 2\n", "a", remove(), "b: 2\n"),
        (
            "a: 1\n# of b\nb: 2\n# of c\nc: 3\n",
            "b",
            remove(),
            "a: 1\n# of c\nc: 3\n",
        ),
        ("a: 1\nb: 2", "b", remove(), "a: 1"),
        ("a: 1\r\nb: 2", "b", remove(), "a: 1"),
        ("- a: 1\n  b: 2\n", "0.a", remove(), "- b: 2\n"),
        (
            "- a: 1 # c\n  # of b\n  b: 2\n",
            "0.a",
            remove(),
            "- # of b\n  b: 2\n",
        ),
        ("x:\n  a: 1 # c\ny: 2\n", "x.a", remove(), "x: {}\ny: 2\n"),
        ("- a: 1\n- b: 2\n", "0.a", remove(), "- {}\n- b: 2\n"),
        ("a: {b: 1, c: 2}\n", "a.b", remove(), "a: {c: 2}\n"),
        ("a: {b: 1, c: 2}\n", "a.c", remove(), "a: {b: 1}\n"),
        ("a: [x, y, ]\n", "a.1", remove(), "a: [x, ]\n"),
        ("a: [ x ]\n", "a.0", remove(), "a: []\n"),
        (
            "a: [\n  x, # c\n  y # d\n  ]\n",
            "a.1",
            remove(),
            "a: [\n  x # c\n  ]\n",
        ),
        (
            "a: [\n  x, # c\n  y # d\n  ]\n",
            "a.0",
            remove(),
            "a: [\n  y # d\n  ]\n",
        ),
        (
            "a: # c\n- x # d\nb: 1\n",
            "a.0",
            remove(),
            "a: [] # c\nb: 1\n",
        ),
        (
            "a:\n  - x\n  # of y\n  - y\n  - z\n",
            "a.1",
            remove(),
            "a:\n  - x\n  - z\n",
        ),
        (
            "a: |-\n  x\nb: 1\n   \nc: 2\n",
            "b",
            remove(),
            "a: |-\n  x\nc: 2\n",
        ),
        ("- - x\n  - y\n", "0.0", remove(), "- - y\n"),
        ("a: []\n", "a", append("x"), "a: [x]\n"),
        ("a: [x] # c\n", "a", append("w"), "a: [x, w] # c\n"),
        (
            "a:\n-   x # c\nb: 1\n",
            "a",
            append("w"),
            "a:\n-   x # c\n-   w\nb: 1\n",
        ),
        (
            "a:\n    - x",
            "a",
            append("- y"),
            "a:\n    - x\n    - \"- y\"",
        ),
        ("'a': 1\n", "a", rename(), "'n': 1\n"),
        ("{a: 1}\n", "a", Action::Rename("b".into()), "{b: 1}\n"),
    ] {
        assert_eq!(
            edited(before, at, action).as_deref(),
            Some(after),
            "{before:?} {at}"
        );
    }
}

#[test]
fn what_is_shared_or_unclear_is_not_edited() {
    for (text, at, action) in [
        ("a: &x [p]\nb: *x\n", "a", append("q")),
        ("a: &x [p]\nb: *x\n", "a.0", Action::Remove),
        ("a: &x [p]\nb: *x\n", "a", set("q")),
        ("a: &x [p]\nb: *x\n", "a", Action::Remove),
        ("a: &x [p]\nb: *x\n", "b", set("q")),
        ("a: &x [p]\nb: *x\n", "b.0", Action::Remove),
        ("a: &x { p: { q: 1 } }\nb: *x\n", "a.p.q", set("r")),
        ("a: &x { p: 1 }\nb: { <<: *x, r: 2 }\n", "b.p", set("q")),
        (
            "a: &x { p: 1 }\nb: { <<: *x, r: 2 }\n",
            "b.p",
            Action::Remove,
        ),
        (
            "a: &x { p: 1 }\nb: { <<: *x, r: 2 }\n",
            "b.r",
            Action::Remove,
        ),
        ("a: !!str x\n", "a", set("y")),
        ("a: !!seq [x]\n", "a", append("y")),
        ("? a\n: x\n", "a", set("y")),
        ("? a\n: x\n? b\n: y\n", "a", Action::Remove),
        ("a: 1\nb: 2\n", "a", Action::Rename("b".into())),
        ("a: [ # c\n  x\n  ]\n", "a", set("y")),
        ("a: | # c\n  x\n", "a", set("y")),
        ("a: {b: }\n", "a.c", set("y")),
        ("a: x\n", "a", set("x")),
        ("a: x\n", "a.b", set("y")),
        ("a: x\n", "b", Action::Remove),
        ("- x\n", "0", Action::Remove),
    ] {
        assert_eq!(
            edited(text, at, action.clone()),
            None,
            "{text:?} {at} {action:?}"
        );
    }
}
