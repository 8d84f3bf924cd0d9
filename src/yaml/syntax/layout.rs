//! Lines that fit nowhere: tabs, indentation, keys without a colon, colons without a key.

use granit_parser::ErrorKind;

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::text;
use crate::yaml::syntax::site::Site;
use crate::yaml::syntax::{brackets, broken, quotes};
use crate::yaml::trivia;

/// The longest key on one line that YAML allows, in characters (YAML 1.2.2, section 7.4.2).
const LONGEST_KEY: usize = 1024;

pub(super) fn diagnose(kind: &ErrorKind, site: &Site<'_>, at: usize) -> Option<Diagnostic> {
    let is_layout = matches!(
        kind,
        ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::ExpectedBlockSequenceEntry
            | ErrorKind::MappingValueNotAllowed
            | ErrorKind::SimpleKeyExpected
            | ErrorKind::InvalidSimpleKey
            | ErrorKind::InvalidIndentation
            | ErrorKind::InvalidBlockScalarIndent
    );
    if is_layout && let Some(tabs) = site.indenting_tabs(at) {
        return Some(tab(site, tabs));
    }
    Some(match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => tab(site, find_tab(site, at)),
        ErrorKind::InvalidIndentation => indentation(site, at),
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedBlockSequenceEntry => {
            entry(site, at)
        }
        ErrorKind::MappingValueNotAllowed => colon(site, at),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => no_colon(site, at),
        ErrorKind::InvalidBlockScalarIndent => block_scalar(site, at),
        _ => return None,
    })
}

/// The tab that the parser means: at the place, before it, or at the head of a line behind it.
fn find_tab(site: &Site<'_>, at: usize) -> Span {
    if let Some(tabs) = site.indenting_tabs(at) {
        return tabs;
    }
    if site.byte(at) == Some(b'\t') {
        return site.character(at);
    }
    let mut line = trivia::line_end(site.text(), at);
    while line < site.text().len() {
        line += 1;
        if let Some(tabs) = site.indenting_tabs(line) {
            return tabs;
        }
        line = trivia::line_end(site.text(), line);
    }
    site.character(at)
}

fn tab(site: &Site<'_>, span: Span) -> Diagnostic {
    let message = text!(
        "a tab cannot indent a line",
        "لا تصح علامة الجدولة مسافة بادئة للسطر"
    );
    let help = text!(
        "use spaces; most editors can turn tabs into spaces",
        "استعمل المسافات؛ وتستطيع معظم المحررات تحويل علامات الجدولة إلى مسافات",
    );
    broken(site, span, message).with_help(help)
}

fn indentation(site: &Site<'_>, at: usize) -> Diagnostic {
    let open = site.open_at(at);
    if let Some(quote) = open.quote {
        return quotes::unclosed(site, quote, Some(at));
    }
    if let Some(bracket) = open.brackets.last().copied() {
        if site.closing(bracket).is_none() {
            return brackets::unclosed(site, bracket, Some(at));
        }
        let message = text!(
            "this line inside a bracket is not indented enough",
            "هذا السطر داخل قوس ومسافته البادئة غير كافية",
        );
        let help = text!(
            "indent it further than the key that the bracket belongs to",
            "زد مسافته البادئة على مسافة المفتاح الذي يتبعه القوس",
        );
        return broken(site, site.line(at), message)
            .with_label(brackets::opened(site, bracket))
            .with_help(help);
    }
    misaligned(site, at)
}

/// A line whose indentation is that of no block around it.
fn misaligned(site: &Site<'_>, at: usize) -> Diagnostic {
    let message = text!(
        "this line is indented like none of the blocks around it",
        "المسافة البادئة لهذا السطر لا توافق أي كتلة من حوله",
    );
    let help = text!(
        "give it exactly as many spaces as the line that it belongs beside",
        "اجعل مسافته البادئة مساوية تمامًا لمسافة السطر الذي يجاوره",
    );
    let diagnostic = broken(site, site.line(at), message).with_help(help);
    match site.block.filter(|block| (block.start as usize) < at) {
        Some(block) => {
            let there = text!(
                "the block around it begins here",
                "تبدأ الكتلة المحيطة به هنا"
            );
            diagnostic.with_label(site.label(site.word(block.start as usize)).with_text(there))
        }
        None => diagnostic,
    }
}

/// The diagnostic with a label at the block whose entry the place should be.
fn within(diagnostic: Diagnostic, site: &Site<'_>, at: usize) -> Diagnostic {
    let Some(block) = site.block.filter(|block| (block.start as usize) < at) else {
        return diagnostic;
    };
    let there = if block.is_mapping {
        text!(
            "the keys beside it begin here",
            "تبدأ المفاتيح المجاورة له هنا"
        )
    } else {
        text!(
            "the list items beside it begin here",
            "تبدأ عناصر القائمة المجاورة له هنا"
        )
    };
    diagnostic.with_label(site.label(site.word(block.start as usize)).with_text(there))
}

/// Something stands where the next entry of a block should.
fn entry(site: &Site<'_>, at: usize) -> Diagnostic {
    let is_mapping = site.block.is_none_or(|block| block.is_mapping);
    // For a list item the parser gives the place behind its dash.
    let start = site.line_start(at);
    let dash = site.slice(site.span(start, at)).trim() == "-";
    let first = trivia::skip(site.text(), start);
    let begins = dash || site.begins_line(at);
    if !begins {
        return same_line(site, at);
    }
    let column = |place: usize| place - site.line_start(place);
    if site
        .block
        .is_some_and(|block| column(block.start as usize) != column(first))
    {
        return misaligned(site, first);
    }
    let (message, help) = if is_mapping {
        (
            text!(
                "expected a key, found a list item",
                "المتوقع مفتاح، والموجود عنصر قائمة"
            ),
            text!(
                "write a list below a key of its own, or indent it below the key above",
                "اكتب القائمة تحت مفتاح خاص بها، أو زد مسافتها البادئة تحت المفتاح السابق",
            ),
        )
    } else {
        (
            text!(
                "expected a list item, found a key",
                "المتوقع عنصر قائمة، والموجود مفتاح"
            ),
            text!(
                "begin the line with `- `, or write the list below a key",
                "ابدأ السطر بـ `- `، أو اكتب القائمة تحت مفتاح",
            ),
        )
    };
    within(broken(site, site.line(first), message), site, first).with_help(help)
}

/// Something stands behind a value that has ended.
fn same_line(site: &Site<'_>, at: usize) -> Diagnostic {
    let message = text!(
        "expected the end of the line, found more text",
        "المتوقع نهاية السطر، والموجود نص آخر",
    );
    let help = text!(
        "put the whole value in quotes, or remove what stands behind it",
        "ضع القيمة كلها بين علامتي اقتباس، أو احذف ما بعدها",
    );
    broken(site, site.line(at), message).with_help(help)
}

/// A colon where no key can be.
fn colon(site: &Site<'_>, at: usize) -> Diagnostic {
    let start = site.line_start(at);
    let before = site.slice(site.span(start, at));
    if before.chars().count() > LONGEST_KEY && !before.contains(": ") {
        let message = text!(
            "a key may be at most {limit} characters long",
            "لا يتجاوز طول المفتاح {limit} محرفًا",
            limit = LONGEST_KEY,
        );
        let help = text!("shorten it", "اختصره");
        return broken(site, site.character(at), message).with_help(help);
    }
    let message = text!("a colon cannot stand here", "لا يصح أن تقع النقطتان هنا");
    let begun = match site.last {
        // A text of several lines that the parser has already handed over.
        last if last.end as usize > start => last.start as usize,
        _ => trivia::next_node(site.text(), site.last_end as usize),
    };
    let diagnostic = broken(site, site.character(at), message);
    if begun >= start {
        let help = text!(
            "put the text in quotes if the colon belongs to it; write a nested key on a line of its own",
            "ضع النص بين علامتي اقتباس إن كانت النقطتان جزءًا منه؛ واكتب المفتاح المتداخل في سطر مستقل",
        );
        return diagnostic.with_help(help);
    }
    let there = text!(
        "this text runs on to the line of the colon",
        "يمتد هذا النص إلى سطر النقطتين",
    );
    let help = text!(
        "if the text is a key, end it with a colon and a space; if it is a value, indent the next key like the key above",
        "إن كان النص مفتاحًا فاختمه بنقطتين ومسافة؛ وإن كان قيمة فاجعل مسافة المفتاح التالي كمسافة المفتاح السابق",
    );
    diagnostic
        .with_label(site.label(site.line(begun)).with_text(there))
        .with_help(help)
}

fn no_colon(site: &Site<'_>, at: usize) -> Diagnostic {
    let span = site.line(at);
    let message = text!(
        "expected a key and a colon, found `{found}`",
        "المتوقع مفتاح ونقطتان، والموجود `{found}`",
        found = site.slice(span),
    );
    let help = if site.byte(at) == Some(b'-') {
        text!("write a space behind the dash", "اكتب مسافة بعد الشرطة")
    } else {
        text!(
            "write `key: value`; indent the line if it continues the value above",
            "اكتب `key: value`؛ وزد المسافة البادئة إن كان السطر تتمة للقيمة السابقة",
        )
    };
    within(broken(site, span, message), site, at).with_help(help)
}

fn block_scalar(site: &Site<'_>, at: usize) -> Diagnostic {
    let message = text!(
        "this line of a block text is indented less than the lines before it",
        "المسافة البادئة لهذا السطر من النص أقل مما قبله",
    );
    let help = text!(
        "indent all lines of the text alike, blank lines before the first one too",
        "وحّد المسافة البادئة لأسطر النص كلها، ومنها الأسطر الفارغة قبل أولها",
    );
    broken(site, site.line(at), message).with_help(help)
}
