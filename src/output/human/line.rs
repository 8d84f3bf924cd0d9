//! One line of a source as it is shown: unsafe characters escaped, a long line cut around its
//! marks, and every byte of the source mapped to where it is shown.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::output::words::{HASH, columns, is_right_to_left, opens_command};
use crate::text::is_unsafe;

use super::emoji::{StandIns, emoji_length};

/// How wide a tab is at most.
pub(super) const TAB: usize = 4;
/// Left-to-right isolate: opens a line that holds right-to-left text, so that a terminal keeps the
/// order of its parts.
const LRI: char = '\u{2066}';
const POP: char = '\u{2069}';

/// Bytes of the source line and the bytes they are shown as.
struct Cell {
    source: Range<usize>,
    shown: Range<usize>,
}

/// A line as it is shown, without its line break.
pub(super) struct Line {
    pub(super) text: String,
    cells: Vec<Cell>,
    end: usize,
}

impl Line {
    /// Shows a line in at most `budget` columns; each mark is a range of its bytes.
    pub(super) fn new(
        line: &str,
        marks: &[Range<usize>],
        budget: usize,
        isolate: bool,
        stand_ins: &mut StandIns,
    ) -> Self {
        let mut shown = Self {
            text: String::new(),
            cells: Vec::new(),
            end: 0,
        };
        let windows = windows(line, marks, budget);
        let isolate = isolate
            && windows
                .iter()
                .any(|window| line.get(window.clone()).is_some_and(is_right_to_left));
        if isolate {
            shown.text.push(LRI);
        }
        let mut at = 0;
        for window in windows {
            shown.push_gap(at..window.start);
            at = window.end;
            shown.push_window(line, window, stand_ins);
        }
        shown.push_gap(at..line.len());
        shown.end = shown.text.len();
        if isolate {
            shown.text.push(POP);
        }
        shown
    }

    fn push_gap(&mut self, gap: Range<usize>) {
        if !gap.is_empty() {
            self.push(gap, "…");
        }
    }

    fn push_window(&mut self, line: &str, window: Range<usize>, stand_ins: &mut StandIns) {
        let text = line.get(window.clone()).unwrap_or("");
        let mut passed = 0;
        for (offset, character) in text.char_indices() {
            if offset < passed {
                continue;
            }
            let at = window.start + offset;
            let source = at..at + character.len_utf8();
            let emoji = text
                .get(offset..)
                .and_then(|rest| rest.get(..emoji_length(rest)?));
            let stand_in = emoji.and_then(|emoji| Some((emoji, stand_ins.take(emoji)?)));
            if let Some((emoji, stand_in)) = stand_in {
                passed = offset + emoji.len();
                let source = at..at + emoji.len();
                self.push(source, stand_in.encode_utf8(&mut [0; 4]));
            } else if is_command(line, at, character) {
                self.push(source, HASH);
            } else if is_shown_escaped(character) {
                self.push(source, &character.escape_default().to_string());
            } else {
                self.push(source, character.encode_utf8(&mut [0; 4]));
            }
        }
    }

    fn push(&mut self, source: Range<usize>, shown: &str) {
        let start = self.text.len();
        self.text.push_str(shown);
        self.cells.push(Cell {
            source,
            shown: start..self.text.len(),
        });
    }

    /// Where a span that begins at this byte of the source line begins.
    pub(super) fn start(&self, at: usize) -> usize {
        let index = self.cells.partition_point(|cell| cell.source.end <= at);
        self.cells
            .get(index)
            .map_or(self.end, |cell| cell.shown.start)
    }

    /// How many columns of the shown line stand before one of its bytes.
    pub(super) fn columns_before(&self, at: usize) -> usize {
        let at = self.text.floor_char_boundary(at);
        columns(self.text.get(..at).unwrap_or(""))
    }

    /// Where a span that ends before this byte of the source line ends.
    pub(super) fn end(&self, at: usize) -> usize {
        let index = self.cells.partition_point(|cell| cell.source.start < at);
        let last = index.checked_sub(1).and_then(|index| self.cells.get(index));
        last.map_or_else(|| self.start(0), |cell| cell.shown.end)
    }
}

/// The parts of a line that are shown: all of it, or its marks and what is around them.
fn windows(line: &str, marks: &[Range<usize>], budget: usize) -> Vec<Range<usize>> {
    let (reach, _) = forward(line, 0..line.len(), budget);
    if reach == line.len() {
        return std::iter::once(0..reach).collect();
    }
    let share = (budget / marks.len().max(1)).saturating_sub(2).max(1);
    let start = 0..0;
    let marks = if marks.is_empty() {
        std::slice::from_ref(&start)
    } else {
        marks
    };
    let mut windows: Vec<Range<usize>> = Vec::with_capacity(marks.len());
    let mut around: Vec<Range<usize>> =
        marks.iter().map(|mark| window(line, mark, share)).collect();
    around.sort_by_key(|window| window.start);
    for window in around {
        match windows.last_mut() {
            Some(last) if window.start <= last.end => last.end = last.end.max(window.end),
            _ => windows.push(window),
        }
    }
    windows
}

/// A mark, or its head, with as much on both sides as `columns` allow.
fn window(line: &str, mark: &Range<usize>, columns: usize) -> Range<usize> {
    let (end, used) = forward(line, mark.clone(), columns);
    let spare = columns - used;
    let (_, right) = forward(line, end..line.len(), spare);
    let (start, left) = backward(line, mark.start, (spare / 2).max(spare - right));
    let (end, _) = forward(line, end..line.len(), spare - left);
    start..end
}

/// How far to the right `columns` reach within a range, and how many of them that takes.
fn forward(line: &str, range: Range<usize>, columns: usize) -> (usize, usize) {
    let start = range.start;
    let chars = line.get(range).unwrap_or("").char_indices();
    let chars = chars.map(|(offset, character)| (start + offset, character));
    let (length, used) = reach(line, chars, columns);
    (start + length, used)
}

/// How far to the left of a byte `columns` reach, and how many of them that takes.
fn backward(line: &str, from: usize, columns: usize) -> (usize, usize) {
    let chars = line.get(..from).unwrap_or("").char_indices().rev();
    let (length, used) = reach(line, chars, columns);
    (from - length, used)
}

fn reach(line: &str, chars: impl Iterator<Item = (usize, char)>, columns: usize) -> (usize, usize) {
    let (mut length, mut used) = (0, 0);
    // Characters without width could go on for ever.
    for (at, character) in chars.take(columns * 4 + 16) {
        let width = shown_width(line, at, character);
        if used + width > columns {
            break;
        }
        used += width;
        length += character.len_utf8();
    }
    (length, used)
}

fn shown_width(line: &str, at: usize, character: char) -> usize {
    if character == '\t' {
        TAB
    } else if is_command(line, at, character) {
        HASH.len()
    } else if is_unsafe(character) {
        character.escape_default().len()
    } else {
        character.width().unwrap_or(0)
    }
}

fn is_command(line: &str, at: usize, character: char) -> bool {
    character == '#' && line.get(at..).is_some_and(opens_command)
}

fn is_shown_escaped(character: char) -> bool {
    character != '\t' && is_unsafe(character)
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use super::*;

    fn part(line: &Line, mark: &Range<usize>) -> String {
        line.text
            .get(line.start(mark.start)..line.end(mark.end))
            .unwrap()
            .to_owned()
    }

    #[test]
    fn a_long_line_is_cut_around_its_marks() {
        let text = format!("{}MARK{}", "a".repeat(500), "b".repeat(500));
        let mark = 500..504;
        let line = Line::new(&text, from_ref(&mark), 20, false, &mut StandIns::default());
        assert_eq!(line.text, "…aaaaaaaMARKbbbbbbb…");
        assert_eq!(part(&line, &mark), "MARK");
    }

    #[test]
    fn what_one_side_does_not_need_goes_to_the_other() {
        let text = format!("id: MARK{}", "b".repeat(500));
        let line = Line::new(
            &text,
            from_ref(&(4..8)),
            20,
            false,
            &mut StandIns::default(),
        );
        assert_eq!(line.text, "id: MARKbbbbbbbbbb…");
        let text = format!("{}MARK: x", "a".repeat(500));
        let line = Line::new(
            &text,
            from_ref(&(500..504)),
            20,
            false,
            &mut StandIns::default(),
        );
        assert_eq!(line.text, "…aaaaaaaaaaaMARK: x");
        assert_eq!(part(&line, &(500..504)), "MARK");
    }

    #[test]
    fn two_marks_share_the_line_and_a_mark_that_is_too_long_shows_its_head() {
        let text = format!(
            "{}ONE{}TWO{}",
            "a".repeat(90),
            "b".repeat(90),
            "c".repeat(90)
        );
        let marks = [90..93, 183..186];
        let line = Line::new(&text, &marks, 24, false, &mut StandIns::default());
        assert_eq!(line.text, "…aaaONEbbbb…bbbTWOcccc…");
        assert_eq!(part(&line, &marks[1]), "TWO");
        let line = Line::new(
            &text,
            from_ref(&(80..200)),
            20,
            false,
            &mut StandIns::default(),
        );
        assert_eq!(line.text, "…aaaaaaaaaaONEbbbbb…");
        assert_eq!(part(&line, &(80..200)), "aaaaaaaaaaONEbbbbb…");
    }

    #[test]
    fn nothing_unsafe_is_left_and_marks_follow() {
        let text = "a\u{1b}[31m\u{202e}b ##vso[c] عربي";
        let line = Line::new(text, &[], 80, true, &mut StandIns::default());
        assert_eq!(
            line.text,
            "\u{2066}a\\u{1b}[31m\\u{202e}b \\u{23}#vso[c] عربي\u{2069}"
        );
        let start = text.find("عربي").unwrap();
        assert_eq!(part(&line, &(start..text.len())), "عربي");
        assert_eq!(part(&line, &(1..2)), "\\u{1b}");
        assert_eq!(line.start(text.len()), line.text.len() - POP.len_utf8());
    }

    #[test]
    fn characters_without_width_do_not_make_a_line_endless() {
        let text = format!("a{}b", "\u{64b}".repeat(100_000));
        let line = Line::new(
            &text,
            from_ref(&(0..1)),
            40,
            false,
            &mut StandIns::default(),
        );
        assert!(line.text.chars().count() < 400);
        assert!(line.text.ends_with('…'));
    }

    #[test]
    fn an_empty_line_has_room_for_a_mark() {
        let line = Line::new("", from_ref(&(0..0)), 40, true, &mut StandIns::default());
        assert_eq!((line.start(0), line.end(0), line.text.as_str()), (0, 0, ""));
    }
}
