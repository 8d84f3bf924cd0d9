//! The display copy of a finding's lines, and miette's view of it.
//!
//! miette scans a source from its beginning for every label, prints control characters as they are
//! and long lines whole. A [`Sheet`] holds only the lines to be shown, already made safe and cut,
//! and knows where each label really stands.

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::output::Style;
use crate::output::words::{embedded, safe, wrap};
use crate::source::{Position, Span};

use super::emoji::StandIns;
use super::line::Line;
use super::marks::{Hunk, Mark};

/// What stands left of a line besides its number, at most.
const GUTTER: usize = 9;
/// However narrow the terminal, this many columns of a line are shown.
const MIN_BUDGET: usize = 24;
/// However far to the right a label stands, this many columns of its words share a line.
const MIN_WORDS: usize = 12;

/// The lines of one hunk as they are shown, at `offset` in the sheet.
#[derive(Debug)]
struct Page {
    name: String,
    offset: usize,
    first: usize,
    text: String,
    places: Vec<(usize, Position)>,
}

/// All pages of a finding, one after another.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pages: Vec<Page>,
    pub(super) labels: Vec<LabeledSpan>,
    pub(super) stand_ins: StandIns,
}

impl Sheet {
    pub(super) fn new(hunks: &[Hunk], style: &Style) -> Self {
        let mut sheet = Self::default();
        for hunk in hunks {
            sheet.push(hunk, style);
        }
        sheet
    }

    fn push(&mut self, hunk: &Hunk, style: &Style) {
        let last = self.pages.last();
        let offset = last.map_or(0, |page| page.offset + page.text.len());
        let mut page = Page {
            name: safe(hunk.source.name()),
            offset,
            first: hunk.first as usize,
            text: String::new(),
            places: Vec::new(),
        };
        let gutter = GUTTER + hunk.last.to_string().len();
        let budget = style.width.saturating_sub(gutter).max(MIN_BUDGET);
        let mut drawn = vec![Drawn::default(); hunk.marks.len()];
        for number in hunk.first..=hunk.last {
            let bytes = hunk.source.line_span(number).unwrap_or_default();
            let at = offset + page.text.len();
            let line = show(hunk, bytes, (budget, style.terminal), &mut self.stand_ins);
            for (mark, drawn) in hunk.marks.iter().zip(&mut drawn) {
                let start = line.start(within(bytes, mark.span.start));
                let end = line.end(within(bytes, mark.span.end));
                if mark.first == number {
                    drawn.start = at + start;
                }
                if mark.last == number {
                    drawn.end = at + end;
                    let middle = if mark.first == number {
                        start.midpoint(end)
                    } else {
                        0
                    };
                    drawn.room = budget
                        .saturating_sub(line.columns_before(middle))
                        .max(MIN_WORDS);
                }
            }
            page.text.push_str(&line.text);
            page.text.push('\n');
        }
        for (mark, drawn) in hunk.marks.iter().zip(&drawn) {
            // Where two begin at the same place, the primary one gives the snippet its head.
            let at = if mark.primary { 0 } else { page.places.len() };
            page.places.insert(at, (drawn.start, mark.place));
            self.labels.push(drawn.label(mark, style));
        }
        self.pages.push(page);
    }
}

fn show(
    hunk: &Hunk,
    bytes: Span,
    (budget, isolate): (usize, bool),
    stand_ins: &mut StandIns,
) -> Line {
    let marks: Vec<_> = hunk
        .marks
        .iter()
        .map(|mark| mark.span)
        .filter(|span| span.start <= bytes.end && span.end >= bytes.start)
        .map(|span| within(bytes, span.start)..within(bytes, span.end))
        .collect();
    Line::new(hunk.source.slice(bytes), &marks, budget, isolate, stand_ins)
}

/// An offset of the source as an offset in a line.
fn within(line: Span, offset: u32) -> usize {
    (offset.clamp(line.start, line.end) - line.start) as usize
}

/// Where a mark is drawn on the sheet, and how many columns its words have.
#[derive(Clone, Copy, Default)]
struct Drawn {
    start: usize,
    end: usize,
    room: usize,
}

impl Drawn {
    fn label(self, mark: &Mark, style: &Style) -> LabeledSpan {
        let length = if mark.span.is_empty() {
            0
        } else {
            self.end.saturating_sub(self.start)
        };
        let wrapped: Vec<String> = mark
            .text
            .iter()
            .map(|text| wrap("", 0, text, self.room))
            .collect();
        let lines: Vec<String> = wrapped
            .iter()
            .flat_map(|text| text.lines())
            .map(|line| embedded(line, style))
            .collect();
        let text = (!lines.is_empty()).then(|| lines.join("\n"));
        if mark.primary {
            LabeledSpan::new_primary_with_span(text, (self.start, length))
        } else {
            LabeledSpan::new_with_span(text, (self.start, length))
        }
    }
}

impl SourceCode for Sheet {
    /// The whole page that a span stands on. miette asks without context lines for the place that
    /// heads a snippet, and with them for the snippet itself.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let index = self
            .pages
            .partition_point(|page| page.offset <= span.offset());
        let page = index
            .checked_sub(1)
            .and_then(|index| self.pages.get(index))
            .filter(|page| span.offset() + span.len() <= page.offset + page.text.len())
            .ok_or(MietteError::OutOfBounds)?;
        let place = page.places.iter().find(|(at, _)| *at == span.offset());
        let (line, column) = match place {
            Some((_, place)) if before == 0 => (place.line as usize - 1, place.column as usize - 1),
            _ => (page.first - 1, 0),
        };
        Ok(Box::new(MietteSpanContents::new_named(
            page.name.clone(),
            page.text.as_bytes(),
            (page.offset, page.text.len()).into(),
            line,
            column,
            1,
        )))
    }
}
