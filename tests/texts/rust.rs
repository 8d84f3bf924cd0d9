//! The texts in the source: each call of `text!`, and each literal that holds Arabic.

use std::path::{Path, PathBuf};

use super::{faults, in_arabic, is_arabic};

/// A piece of source that matters here.
#[derive(Debug, PartialEq)]
enum Token {
    /// A call of `text!` begins.
    Call,
    /// A string literal, its escapes resolved as far as words need.
    Literal(String),
}

/// The literals and calls of a source file, without comments and without the tests at its end.
fn tokens(source: &str) -> Vec<Token> {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = if let Some(comment) = rest.strip_prefix("//") {
            2 + comment.find('\n').unwrap_or(comment.len())
        } else if rest.starts_with("text!(") {
            tokens.push(Token::Call);
            "text!(".len()
        } else if let Some(raw) = rest.strip_prefix("r\"") {
            3 + raw.find('"').unwrap()
        } else if let Some(literal) = rest.strip_prefix('"') {
            let (words, length) = literal_of(literal);
            tokens.push(Token::Literal(words));
            length + 1
        } else if rest.starts_with("'\"'") {
            3
        } else if rest.starts_with("'\\\"'") {
            4
        } else {
            first.len_utf8()
        };
        rest = rest.get(length..).unwrap();
    }
    tokens
}

/// What a literal says, and how long it is with its closing quote.
fn literal_of(text: &str) -> (String, usize) {
    let mut words = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, character)) = chars.next() {
        match character {
            '"' => return (words, at + 1),
            '\\' => match chars.next() {
                // A line that goes on begins again behind its indentation.
                Some((_, '\n')) => while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {},
                Some((_, 'n')) => words.push('\n'),
                Some((_, 'u')) => while chars.next_if(|(_, c)| *c != '}').is_some() {},
                Some((_, other)) => words.push(other),
                None => {}
            },
            _ => words.push(character),
        }
    }
    panic!("a literal without an end: {text}");
}

fn sources() -> Vec<(PathBuf, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap();
            // Files with tests only.
            if [
                "tests",
                "totality",
                "differential",
                "conformance",
                "soundness",
                "joins",
            ]
            .contains(&name)
            {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = spokeslint::Source::read(&path)
                    .unwrap()
                    .unwrap()
                    .text()
                    .to_owned();
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_call_of_text_is_sound_in_both_languages() {
    let mut problems = Vec::new();
    let mut count = 0;
    for (path, source) in sources() {
        for window in tokens(&source).windows(3) {
            let [Token::Call, Token::Literal(en), Token::Literal(ar)] = window else {
                continue;
            };
            count += 1;
            let found = faults(en, ar).into_iter();
            problems.extend(found.map(|fault| format!("{}: {fault}: {en} / {ar}", path.display())));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(count > 400, "{count} texts");
}

/// Whether a literal is words of an Arabic text: not a pattern, a date or an English text that quotes one.
fn is_arabic_text(words: &str) -> bool {
    let letters = |is_one: fn(char) -> bool| words.chars().filter(|c| is_one(*c)).count();
    let latin = letters(|c| c.is_ascii_alphabetic());
    let is_value = words.contains(['[', '|']) || words.starts_with(|c: char| c.is_ascii_digit());
    letters(is_arabic) * 3 > latin && !is_value
}

#[test]
fn every_arabic_literal_of_the_source_is_sound() {
    let mut problems = Vec::new();
    for (path, source) in sources() {
        // The spellings that a length of time is recognised by, whichever way they are typed.
        if path.ends_with("date/duration.rs") {
            continue;
        }
        for token in tokens(&source) {
            let Token::Literal(words) = token else {
                continue;
            };
            if is_arabic_text(&words) {
                let found = in_arabic(&words).into_iter();
                problems.extend(found.map(|fault| format!("{}: {fault}: {words}", path.display())));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn literals_are_read_as_the_compiler_reads_them() {
    let source = "// \"no\"\nlet c = '\"'; text!(\"a \\\n   b\", \"أ\\\"ب\\u{64b}\", x = r\"raw\"); // text!(\n#[cfg(test)]\nmod tests { \"no\" }";
    let literal = |words: &str| Token::Literal(words.to_owned());
    assert_eq!(
        tokens(source),
        [Token::Call, literal("a b"), literal("أ\"ب}")]
    );
}
