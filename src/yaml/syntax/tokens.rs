//! Characters, indicators, tags, anchors and directives that are wrong by themselves.

use granit_parser::ErrorKind;

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::text;
use crate::yaml::syntax::broken;
use crate::yaml::syntax::site::Site;

pub(super) fn diagnose(kind: &ErrorKind, site: &Site<'_>, at: usize) -> Option<Diagnostic> {
    Some(match kind {
        ErrorKind::UnexpectedCharacter { character } => unexpected(site, at, *character),
        ErrorKind::BomInsideDocument => control(site, at),
        ErrorKind::BlockEntryInFlowCollection
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::InvalidBlockEntryWhitespace
        | ErrorKind::PlainScalarStartsWithDashFlowIndicator
        | ErrorKind::MappingKeyNotAllowed => indicator(site, at),
        ErrorKind::CommentNotSeparated => comment_too_close(site, at),
        ErrorKind::CommentInterceptedScalar => comment_within(site, at),
        ErrorKind::MissingAnchorOrAliasName => no_name(site, at),
        ErrorKind::ZeroBlockScalarIndent | ErrorKind::InvalidBlockScalarHeader => header(site, at),
        ErrorKind::UndeclaredTagHandle
        | ErrorKind::ExpectedTagBang
        | ErrorKind::InvalidGlobalTagCharacter
        | ErrorKind::InvalidTagTerminator
        | ErrorKind::MissingTagUri
        | ErrorKind::UnclosedVerbatimTag
        | ErrorKind::InvalidTagEscape
        | ErrorKind::InvalidTagUtf8LeadingByte
        | ErrorKind::InvalidTagUtf8TrailingByte
        | ErrorKind::InvalidTagUtf8 => tag(site, at),
        ErrorKind::InvalidDocumentEnd => behind_end(site, at),
        ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::UnexpectedEofBlockSequence
        | ErrorKind::UnexpectedEofBlockMapping
        | ErrorKind::ExpectedNodeContent
        | ErrorKind::UnexpectedEof => no_value(site, at),
        ErrorKind::ExpectedDocumentStart => document_start(site, at),
        _ if site.byte(site.line_start(at)) == Some(b'%') => directive(site, at),
        _ => return None,
    })
}

fn unexpected(site: &Site<'_>, at: usize, character: char) -> Diagnostic {
    if character.is_control() || !matches!(character, ' '..='~') {
        return control(site, at);
    }
    let message = text!(
        "a value cannot begin with `{character}`",
        "لا يصح أن تبدأ القيمة بـ `{character}`",
        character = character,
    );
    let help = text!("put it in quotes", "ضعها بين علامتي اقتباس");
    broken(site, site.character(at), message).with_help(help)
}

fn control(site: &Site<'_>, at: usize) -> Diagnostic {
    let span = site.character(at);
    let code = site.slice(span).chars().next().map_or(0, u32::from);
    let message = text!(
        "the character {code} is not allowed here",
        "المحرف {code} غير مسموح به هنا",
        code = format_args!("U+{code:04X}"),
    );
    let help = text!(
        "remove it; if the text needs it, write it as `{escape}` in double quotes",
        "احذفه؛ فإن احتاج إليه النص فاكتبه هكذا `{escape}` بين علامتي اقتباس مزدوجتين",
        escape = if code > 0xffff {
            format!("\\U{code:08X}")
        } else {
            format!("\\u{code:04X}")
        },
    );
    broken(site, span, message).with_help(help)
}

fn indicator(site: &Site<'_>, at: usize) -> Diagnostic {
    let span = site.character(at);
    let found = site.slice(span);
    let message = text!(
        "`{found}` cannot stand here",
        "لا يصح أن يقع `{found}` هنا",
        found = found
    );
    let help = match found {
        "-" => text!(
            "begin the list on a line of its own, or put the text in quotes",
            "ابدأ القائمة في سطر مستقل، أو ضع النص بين علامتي اقتباس",
        ),
        _ => text!(
            "put the text in quotes if the character belongs to it",
            "ضع النص بين علامتي اقتباس إن كان المحرف جزءًا منه",
        ),
    };
    broken(site, span, message).with_help(help)
}

fn comment_too_close(site: &Site<'_>, at: usize) -> Diagnostic {
    let message = text!(
        "a comment needs a space before `#`",
        "يلزم قبل `#` في التعليق مسافة"
    );
    let help = text!(
        "write a space before it, or put the text in quotes if `#` belongs to it",
        "اكتب مسافة قبلها، أو ضع النص بين علامتي اقتباس إن كانت `#` جزءًا منه",
    );
    broken(site, site.line(at), message).with_help(help)
}

fn comment_within(site: &Site<'_>, at: usize) -> Diagnostic {
    let message = text!(
        "a comment cannot stand inside a text of several lines",
        "لا يصح أن يقع تعليق داخل نص متعدد الأسطر",
    );
    let help = text!(
        "move the comment above the text, or put the whole text in quotes",
        "انقل التعليق إلى ما قبل النص، أو ضع النص كله بين علامتي اقتباس",
    );
    broken(site, site.line(at), message).with_help(help)
}

fn no_name(site: &Site<'_>, at: usize) -> Diagnostic {
    let span = site.character(at);
    let message = text!(
        "expected a name behind `{mark}`",
        "المتوقع اسم بعد `{mark}`",
        mark = site.slice(span),
    );
    let help = text!(
        "put the text in quotes if it is no anchor or alias",
        "ضع النص بين علامتي اقتباس إن لم يكن مرساة ولا اسمًا مستعارًا",
    );
    broken(site, span, message).with_help(help)
}

fn header(site: &Site<'_>, at: usize) -> Diagnostic {
    let span = site.line(at);
    let message = text!(
        "`{header}` is not a header of a block text",
        "ليس `{header}` ترويسة نص متعدد الأسطر",
        header = site.slice(span),
    );
    let help = text!(
        "write `|` or `>`, with `-` or `+` and a digit from 1 to 9 if need be, and the text below it",
        "اكتب `|` أو `>`، ومعه عند الحاجة `-` أو `+` ورقم من 1 إلى 9، ثم النص في الأسطر التالية",
    );
    broken(site, span, message).with_help(help)
}

fn tag(site: &Site<'_>, at: usize) -> Diagnostic {
    let span = site.word(at);
    let message = text!(
        "`{tag}` is not a tag that is known here",
        "`{tag}` ليس وسمًا معروفًا هنا",
        tag = site.slice(span),
    );
    let help = text!(
        "remove it, or put the text in quotes if it begins with `!`",
        "احذفه، أو ضع النص بين علامتي اقتباس إن كان يبدأ بـ `!`",
    );
    broken(site, span, message).with_help(help)
}

fn behind_end(site: &Site<'_>, at: usize) -> Diagnostic {
    let message = text!(
        "unexpected text behind the end of the document",
        "نص غير متوقع بعد نهاية المستند",
    );
    let help = text!(
        "write nothing behind `...` on its line",
        "لا تكتب شيئًا بعد `...` في سطرها",
    );
    broken(site, site.line(at), message).with_help(help)
}

fn no_value(site: &Site<'_>, at: usize) -> Diagnostic {
    let span = site.character(at);
    let message = if span.is_empty() {
        text!(
            "expected a value, found the end of the file",
            "المتوقع قيمة، والموجود نهاية الملف",
        )
    } else {
        text!(
            "expected a value, found `{found}`",
            "المتوقع قيمة، والموجود `{found}`",
            found = site.slice(span),
        )
    };
    let help = text!(
        "write a value, remove the comma too many, or put the text in quotes",
        "اكتب قيمة، أو احذف الفاصلة الزائدة، أو ضع النص بين علامتي اقتباس",
    );
    broken(site, span, message).with_help(help)
}

fn document_start(site: &Site<'_>, at: usize) -> Diagnostic {
    let span: Span = site.line(at);
    let message = if span.is_empty() {
        text!(
            "expected `---` and a document, found the end of the file",
            "المتوقع `---` ثم مستند، والموجود نهاية الملف",
        )
    } else {
        text!(
            "expected `---` and a document, found `{found}`",
            "المتوقع `---` ثم مستند، والموجود `{found}`",
            found = site.slice(span),
        )
    };
    let help = text!(
        "a file has one value at its top; lines that begin with `%` need `---` behind them",
        "في أعلى الملف قيمة واحدة؛ والأسطر التي تبدأ بـ `%` تلزم بعدها `---`",
    );
    broken(site, span, message).with_help(help)
}

fn directive(site: &Site<'_>, at: usize) -> Diagnostic {
    let span = site.line(site.line_start(at));
    let message = text!(
        "`{line}` is not a directive that YAML 1.2 allows here",
        "السطر `{line}` ليس توجيهًا يسمح به YAML 1.2 هنا",
        line = site.slice(span),
    );
    let help = text!(
        "remove the line; a document of this tool needs no directives",
        "احذف السطر؛ فمستندات هذه الأداة لا تحتاج إلى توجيهات",
    );
    broken(site, span, message).with_help(help)
}
