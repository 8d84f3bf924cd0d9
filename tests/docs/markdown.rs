//! Markdown as far as the tests need it: fenced blocks, and parts between `<!-- generated: name -->` and
//! `<!-- end -->`.

use std::ops::Range;

/// A fenced block.
#[derive(Debug)]
pub(super) struct Block {
    /// What stands behind the opening fence.
    pub(super) language: String,
    /// The lines between the fences, counted from 0.
    pub(super) lines: Range<usize>,
}

/// The fenced blocks of a text.
pub(super) fn blocks(lines: &[String]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, usize)> = None;
    for (number, line) in lines.iter().enumerate() {
        let Some(fence) = line.trim_start().strip_prefix("```") else {
            continue;
        };
        match open.take() {
            Some((language, start)) => blocks.push(Block {
                language,
                lines: start..number,
            }),
            None => open = Some((fence.trim().to_owned(), number + 1)),
        }
    }
    assert!(open.is_none(), "a block is never closed: {open:?}");
    blocks
}

/// The text with other contents between the marks of a generated part.
pub(super) fn with_part(text: &str, name: &str, contents: &str) -> String {
    let start = format!("<!-- generated: {name} -->\n");
    let (before, rest) = text
        .split_once(&start)
        .unwrap_or_else(|| panic!("no `{}`", start.trim_end()));
    let (_, after) = rest.split_once("<!-- end -->").unwrap();
    format!(
        "{before}{start}\n{}\n\n<!-- end -->{after}",
        contents.trim_end()
    )
}

/// A cell of a table: on one line, with no sign that ends it.
pub(super) fn cell(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|")
}

#[test]
fn a_part_is_replaced_and_the_rest_stays() {
    let text = "a\n<!-- generated: x -->\nold\n<!-- end -->\nb\n";
    assert_eq!(
        with_part(text, "x", "new\n"),
        "a\n<!-- generated: x -->\n\nnew\n\n<!-- end -->\nb\n"
    );
}
