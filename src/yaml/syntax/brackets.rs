//! Brackets that do not close, close the wrong thing, or lack a comma.

use granit_parser::ErrorKind;

use crate::diagnostic::Diagnostic;
use crate::text;
use crate::yaml::syntax::broken;
use crate::yaml::syntax::site::Site;

pub(super) fn diagnose(kind: &ErrorKind, site: &Site<'_>, at: usize) -> Option<Diagnostic> {
    Some(match kind {
        ErrorKind::UnclosedFlowCollection { .. } => unclosed(site, at, None),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            mismatched(site, at, *open, *close)
        }
        ErrorKind::MisplacedFlowCollectionEnd => misplaced(site, at),
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => {
            separator(site, at)
        }
        ErrorKind::InvalidColonPlacement
        | ErrorKind::FlowMappingValueAdjacentCollection
        | ErrorKind::InvalidMappingValueWhitespace => colon(site, at),
        _ => return None,
    })
}

fn closing(site: &Site<'_>, bracket: usize) -> char {
    if site.byte(bracket) == Some(b'{') {
        '}'
    } else {
        ']'
    }
}

/// The bracket never closes; `stop` is where something else shows that.
pub(super) fn unclosed(site: &Site<'_>, bracket: usize, stop: Option<usize>) -> Diagnostic {
    let span = site.character(bracket);
    let close = closing(site, bracket);
    let message = text!(
        "the bracket `{open}` is never closed",
        "القوس `{open}` لا يقابله إغلاق",
        open = site.slice(span),
    );
    let help = text!(
        "write `{close}` where the list or mapping ends",
        "اكتب `{close}` حيث تنتهي القائمة أو الخريطة",
        close = close,
    );
    let diagnostic = broken(site, span, message).with_help(help);
    let stop = stop.map(|stop| site.line(stop));
    let Some(line) = stop.filter(|line| !line.is_empty()) else {
        return diagnostic;
    };
    let here = text!(
        "expected `{close}` before this",
        "المتوقع `{close}` قبل هذا",
        close = close
    );
    diagnostic.with_label(site.label(line).with_text(here))
}

fn mismatched(site: &Site<'_>, bracket: usize, open: char, close: char) -> Diagnostic {
    let wanted = closing(site, bracket);
    // The parser gives the place of the opening bracket.
    let span = site.character(site.closing(bracket).unwrap_or(bracket));
    let message = text!(
        "expected `{wanted}`, found `{close}`",
        "المتوقع `{wanted}`، والموجود `{close}`",
        wanted = wanted,
        close = close,
    );
    let there = text!("`{open}` opens here", "يُفتح `{open}` هنا", open = open);
    let help = text!(
        "close the brackets in the reverse order in which they open",
        "أغلق الأقواس بعكس ترتيب فتحها",
    );
    broken(site, span, message)
        .with_label(site.label(site.character(bracket)).with_text(there))
        .with_help(help)
}

fn misplaced(site: &Site<'_>, at: usize) -> Diagnostic {
    let span = site.character(at);
    let message = text!(
        "the bracket `{close}` closes nothing",
        "القوس `{close}` لا يغلق شيئًا",
        close = site.slice(span),
    );
    let help = text!(
        "remove it, or put the text in quotes if it belongs to it",
        "احذفه، أو ضع النص بين علامتي اقتباس إن كان جزءًا منه",
    );
    broken(site, span, message).with_help(help)
}

fn separator(site: &Site<'_>, at: usize) -> Diagnostic {
    let open = site.open_at(at);
    let bracket = open.brackets.last().copied();
    let span = site.character(at);
    let message = if let Some(bracket) = bracket {
        text!(
            "expected `,` or `{close}`, found `{found}`",
            "المتوقع `,` أو `{close}`، والموجود `{found}`",
            close = closing(site, bracket),
            found = site.slice(span),
        )
    } else {
        text!(
            "expected `,`, found `{found}`",
            "المتوقع `,`، والموجود `{found}`",
            found = site.slice(span),
        )
    };
    let help = text!(
        "separate the entries with commas; put a text that holds a colon in quotes",
        "افصل المدخلات بفواصل؛ وضع النص الذي فيه نقطتان بين علامتي اقتباس",
    );
    let diagnostic = broken(site, span, message).with_help(help);
    match bracket {
        Some(bracket) => diagnostic.with_label(opened(site, bracket)),
        None => diagnostic,
    }
}

fn colon(site: &Site<'_>, at: usize) -> Diagnostic {
    let message = text!("a colon cannot stand here", "لا يصح أن تقع النقطتان هنا");
    let help = text!(
        "write the key and its colon on one line, a space behind the colon, and a comma before the next key",
        "اكتب المفتاح ونقطتيه في سطر واحد، ومسافة بعد النقطتين، وفاصلة قبل المفتاح التالي",
    );
    let diagnostic = broken(site, site.character(at), message).with_help(help);
    match site.open_at(at).brackets.last() {
        Some(bracket) => diagnostic.with_label(opened(site, *bracket)),
        None => diagnostic,
    }
}

/// A label at an opening bracket.
pub(super) fn opened(site: &Site<'_>, bracket: usize) -> crate::diagnostic::Label {
    let there = text!("inside this bracket", "داخل هذا القوس");
    site.label(site.character(bracket)).with_text(there)
}
