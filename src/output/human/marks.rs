//! Labels → what can be drawn: marks that do not overlap, gathered into hunks of neighbouring lines.

use std::cmp::Reverse;

use crate::diagnostic::Label;
use crate::output::Style;
use crate::output::words::one_line;
use crate::source::{Position, Source, Span, to_offset};

/// A span over more lines is drawn under its first line only.
const MAX_LINES: u32 = 4;
/// Marks with at most this many lines between them share a hunk.
const GAP: u32 = 2;

/// A label, ready to be drawn.
#[derive(Debug)]
pub(super) struct Mark {
    /// What is underlined; shorter than the label's own span where marks would overlap.
    pub(super) span: Span,
    /// Where the label begins.
    pub(super) place: Position,
    /// What stands there, one line for each label that this mark stands for.
    pub(super) text: Vec<String>,
    pub(super) primary: bool,
    pub(super) first: u32,
    pub(super) last: u32,
}

/// Neighbouring lines of one source with their marks, which are sorted and do not overlap, except
/// that one of them may span several lines.
#[derive(Debug)]
pub(super) struct Hunk<'a> {
    pub(super) source: &'a Source,
    pub(super) marks: Vec<Mark>,
    pub(super) first: u32,
    pub(super) last: u32,
}

/// The hunks of a finding's labels: the one with the primary label first, then source by source.
pub(super) fn hunks<'a>(labels: &'a [Label], style: &Style) -> Vec<Hunk<'a>> {
    let mut sources: Vec<(&Source, Vec<Mark>)> = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let source: &Source = &label.source;
        let known = sources
            .iter()
            .position(|(other, _)| other.name() == source.name());
        let at = known.unwrap_or_else(|| {
            sources.push((source, Vec::new()));
            sources.len() - 1
        });
        add(&mut sources[at].1, mark(label, index == 0, style));
    }
    let mut hunks: Vec<Hunk> = sources
        .into_iter()
        .flat_map(|(source, marks)| gather(source, marks))
        .collect();
    for hunk in &mut hunks {
        part(hunk);
    }
    hunks.sort_by_key(|hunk| !hunk.marks.iter().any(|mark| mark.primary));
    hunks
}

fn mark(label: &Label, primary: bool, style: &Style) -> Mark {
    let span = fit(&label.source, label.span);
    let text = label.text.as_ref().map(|text| one_line(text, style));
    let text = text.into_iter().filter(|text| !text.is_empty()).collect();
    let place = label.source.position(span.start);
    let mut mark = Mark {
        span,
        place,
        text,
        primary,
        first: place.line,
        last: label.source.line(span.end),
    };
    if mark.last - mark.first >= MAX_LINES {
        collapse(&label.source, &mut mark);
    }
    mark
}

/// The span within the text, without the white space at its end.
fn fit(source: &Source, span: Span) -> Span {
    let text = source.text();
    let floor = |offset: u32| to_offset(text.floor_char_boundary(offset as usize));
    let start = floor(span.start);
    let end = floor(span.end).max(start);
    let length = source.slice(Span::new(start, end)).trim_end().len();
    Span::new(start, start + to_offset(length))
}

fn collapse(source: &Source, mark: &mut Mark) {
    let end = source
        .line_span(mark.first)
        .map_or(mark.span.start, |line| line.end.max(mark.span.start));
    mark.span = fit(source, Span::new(mark.span.start, end));
    mark.last = mark.first;
}

fn add(marks: &mut Vec<Mark>, mark: Mark) {
    let Some(same) = marks.iter_mut().find(|other| other.span == mark.span) else {
        marks.push(mark);
        return;
    };
    same.primary |= mark.primary;
    for text in mark.text {
        if !same.text.contains(&text) {
            same.text.push(text);
        }
    }
}

fn gather(source: &Source, mut marks: Vec<Mark>) -> Vec<Hunk<'_>> {
    sort(&mut marks);
    let mut hunks: Vec<Hunk> = Vec::new();
    for mut mark in marks {
        match hunks.last_mut() {
            Some(hunk) if mark.first <= hunk.last + 1 + GAP => {
                // Arrows of several spans beside each other cannot be told apart.
                if mark.last > mark.first && hunk.marks.iter().any(|mark| mark.last > mark.first) {
                    collapse(source, &mut mark);
                }
                hunk.last = hunk.last.max(mark.last);
                add(&mut hunk.marks, mark);
            }
            _ => hunks.push(Hunk {
                source,
                first: mark.first,
                last: mark.last,
                marks: vec![mark],
            }),
        }
    }
    hunks
}

fn sort(marks: &mut [Mark]) {
    marks.sort_by_key(|mark| (mark.span.start, Reverse(mark.span.end)));
}

/// Sees to it that marks can be drawn beside each other: the larger of two that overlap within a
/// line is shortened, because underlines can only stand side by side.
fn part(hunk: &mut Hunk) {
    let source = hunk.source;
    sort(&mut hunk.marks);
    let lasts: Vec<u32> = hunk.marks.iter().map(|mark| mark.last).collect();
    for (index, mark) in hunk.marks.iter_mut().enumerate() {
        // Where a bracket over several lines ends, nothing else can be drawn.
        let crowded = |(other, last): (usize, &u32)| other != index && *last == mark.last;
        if mark.last > mark.first && lasts.iter().enumerate().any(crowded) {
            collapse(source, mark);
        }
    }
    while let Some((outer, inner)) = overlap(&hunk.marks) {
        if let Some(silent) = needless(&hunk.marks, outer, inner) {
            let gone = hunk.marks.remove(silent);
            let kept = if silent == outer { inner - 1 } else { outer };
            let kept = &mut hunk.marks[kept];
            if gone.primary {
                (kept.primary, kept.place) = (true, gone.place);
            }
            continue;
        }
        let within = hunk.marks[inner].span;
        let mark = &mut hunk.marks[outer];
        let before = fit(source, Span::new(mark.span.start, within.start));
        let after = Span::new(within.end.min(mark.span.end), mark.span.end);
        let rest = source.slice(after).trim_start_matches([' ', '\t', ',']);
        let after = Span::new(after.end - to_offset(rest.len()), after.end);
        mark.span = if before.len() < after.len() {
            after
        } else {
            before
        };
        sort(&mut hunk.marks);
    }
}

/// Which of two marks on the same words can go: the outer one if it says nothing and the inner one
/// does, the inner one if neither does.
fn needless(marks: &[Mark], outer: usize, inner: usize) -> Option<usize> {
    let speaks = |index: usize| !marks[index].text.is_empty();
    match (speaks(outer), speaks(inner)) {
        (true, _) => None,
        (false, true) => Some(outer),
        (false, false) => Some(inner),
    }
}

fn overlap(marks: &[Mark]) -> Option<(usize, usize)> {
    let single = |index: &usize| marks[*index].first == marks[*index].last;
    let indexes: Vec<usize> = (0..marks.len()).filter(single).collect();
    indexes
        .windows(2)
        .map(|pair| (pair[0], pair[1]))
        .find(|(a, b)| {
            let (a, b) = (marks[*a].span, marks[*b].span);
            a.end > b.start && !b.is_empty()
        })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::text::Text;

    fn label(source: &Arc<Source>, part: &str, text: &str) -> Label {
        let start = to_offset(source.text().find(part).unwrap());
        Label::new(source, Span::new(start, start + to_offset(part.len())))
            .with_text(Text::new(text, text))
    }

    type Shown = (u32, u32, Vec<(String, String)>);

    fn shown(hunks: &[Hunk]) -> Vec<Shown> {
        let marks = |hunk: &Hunk| {
            let mark = |mark: &Mark| (hunk.source.slice(mark.span).to_owned(), mark.text.join("+"));
            hunk.marks.iter().map(mark).collect()
        };
        hunks
            .iter()
            .map(|hunk| (hunk.first, hunk.last, marks(hunk)))
            .collect()
    }

    fn pair(a: &str, b: &str) -> (String, String) {
        (a.to_owned(), b.to_owned())
    }

    #[test]
    fn labels_on_the_same_bytes_are_one_mark_with_all_words() {
        let source = Arc::new(Source::new("a", "k: v\n"));
        let labels = [("v", "one"), ("v", "two"), ("v", "one"), ("v", "")]
            .map(|(part, text)| label(&source, part, text));
        let hunks = hunks(&labels, &Style::default());
        assert_eq!(shown(&hunks), [(1, 1, vec![pair("v", "one+two")])]);
    }

    #[test]
    fn an_outer_mark_makes_room_for_an_inner_one() {
        let source = Arc::new(Source::new("a", "[ one, two ]\n"));
        let labels = [
            label(&source, "[ one, two ]", "all"),
            label(&source, "two", "it"),
        ];
        let shown_hunks = shown(&hunks(&labels, &Style::default()));
        assert_eq!(
            shown_hunks,
            [(1, 1, vec![pair("[ one,", "all"), pair("two", "it")])]
        );
        let labels = [
            label(&source, "one, two", "all"),
            label(&source, "one", "it"),
        ];
        let shown_hunks = shown(&hunks(&labels, &Style::default()));
        assert_eq!(
            shown_hunks,
            [(1, 1, vec![pair("one", "it"), pair("two", "all")])]
        );
    }

    #[test]
    fn an_outer_mark_without_words_gives_way_to_an_inner_one_with_words() {
        let source = Arc::new(Source::new("a", "[ one, two ]\n"));
        let labels = [
            label(&source, "[ one, two ]", ""),
            label(&source, "two", "it"),
        ];
        let drawn = hunks(&labels, &Style::default());
        assert_eq!(shown(&drawn), [(1, 1, vec![pair("two", "it")])]);
        let mark = &drawn[0].marks[0];
        assert!(mark.primary);
        assert_eq!(mark.place.column, 1);
        let labels = [
            label(&source, "[ one, two ]", ""),
            label(&source, "one", ""),
        ];
        assert_eq!(
            shown(&hunks(&labels, &Style::default())),
            [(1, 1, vec![pair("[ one, two ]", "")])]
        );
    }

    #[test]
    fn near_lines_share_a_hunk_and_the_primary_label_comes_first() {
        let source = Arc::new(Source::new("a", "a\nb\nc\nd\ne\nf\ng\nh\ni\n"));
        let other = Arc::new(Source::new("b", "z\n"));
        let labels = [
            label(&source, "i", ""),
            label(&other, "z", ""),
            label(&source, "d", ""),
            label(&source, "a", ""),
        ];
        let hunks = hunks(&labels, &Style::default());
        let places: Vec<_> = hunks
            .iter()
            .map(|hunk| (hunk.source.name(), hunk.first, hunk.last))
            .collect();
        assert_eq!(places, [("a", 9, 9), ("a", 1, 4), ("b", 1, 1)]);
    }

    #[test]
    fn a_span_of_many_lines_is_its_first_line_and_blank_ends_do_not_count() {
        let source = Arc::new(Source::new("a", "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n\n\n"));
        let all = [label(&source, "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n", "")];
        assert_eq!(
            shown(&hunks(&all, &Style::default())),
            [(1, 1, vec![pair("a: 1", "")])]
        );
        let few = [label(&source, "d: 4\ne: 5\n\n\n", "")];
        assert_eq!(
            shown(&hunks(&few, &Style::default())),
            [(4, 5, vec![pair("d: 4\ne: 5", "")])]
        );
    }

    #[test]
    fn a_span_outside_the_text_or_inside_a_character_is_drawn_at_the_nearest_place() {
        let source = Arc::new(Source::new("a", "س\n"));
        let spans = [Span::new(1, 2), Span::new(900, 950)];
        let labels = spans.map(|span| Label::new(&source, span));
        let hunks = hunks(&labels, &Style::default());
        let spans: Vec<Span> = hunks[0].marks.iter().map(|mark| mark.span).collect();
        assert_eq!(spans, [Span::new(0, 2), Span::new(3, 3)]);
    }
}
