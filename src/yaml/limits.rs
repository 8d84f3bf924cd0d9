//! The limits of one file, and what is said when one is breached.
//!
//! They keep time and memory in proportion to the file's own length, whatever the file holds. A
//! breach ends the parsing of the file: half a document is never handed on.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Label};
use crate::source::{Source, Span};
use crate::text;

/// How many collections may stand inside one another, aliases written out. The format's own files
/// nest about 8 deep; whatever walks a tree, following aliases, may recurse as deep as this.
pub const NESTING: usize = 128;
/// How many nodes, comments counted too, a file may have.
pub const NODES: usize = 2_000_000;
/// How many nodes the aliases of one document may stand for, counted as if each were written out.
pub const ALIASED_NODES: u64 = 1_000_000;
/// How many entries the merge keys of one document may bring in.
pub const MERGED_ENTRIES: usize = 100_000;
/// How many comments may follow one another without a node between them.
pub const COMMENTS_IN_A_ROW: usize = 100_000;
/// How many problems are listed before the rest of the file is left unread.
pub const PROBLEMS: usize = 1_000;
/// How many places one diagnostic labels.
pub(super) const LABELS: usize = 16;
/// How many anchor names are searched for the one that a misspelt alias may have meant.
pub(super) const SUGGESTIONS: usize = 256;

/// A collection opens inside [`NESTING`] others.
pub(super) fn too_deep(source: &Arc<Source>, span: Span) -> Diagnostic {
    let message = text!(
        "nested more than {limit} levels deep",
        "تجاوز التداخل {limit} مستوى",
        limit = NESTING,
    );
    let help = text!(
        "write the inner part flat; no field of a document nests this deep",
        "اكتب الجزء الداخلي دون تداخل؛ فليس في أي مستند حقل بهذا العمق",
    );
    Diagnostic::error("yaml/too-deep", message)
        .with_label(Label::new(source, span))
        .with_help(help)
}

/// A number is beyond what 64 bits hold.
pub(super) fn too_great(source: &Arc<Source>, span: Span) -> Diagnostic {
    let message = text!(
        "`{number}` is not a number that fits into 64 bits",
        "`{number}` ليس عددًا تسعه 64 بتًّا",
        number = source.slice(span),
    );
    let help = text!(
        "put it in quotes if it is text, such as a long account number",
        "ضعه بين علامتي اقتباس إن كان نصًا، مثل رقم حساب طويل",
    );
    Diagnostic::error("yaml/number", message)
        .with_label(Label::new(source, span))
        .with_help(help)
}

/// The file has more than [`NODES`] nodes.
pub(super) fn too_many_nodes(source: &Arc<Source>, span: Span) -> Diagnostic {
    let message = text!(
        "the file has more than {limit} values, keys and comments",
        "في الملف أكثر من {limit} من القيم والمفاتيح والتعليقات",
        limit = NODES,
    );
    let help = text!("split the file into several", "قسّم الملف إلى عدة ملفات");
    Diagnostic::error("yaml/too-many-nodes", message)
        .with_label(Label::new(source, span))
        .with_help(help)
}

/// The aliases of a document stand for more than [`ALIASED_NODES`] nodes. The spans are those of
/// the alias that stands for the most, and of its anchor.
pub(super) fn alias_bomb(
    source: &Arc<Source>,
    alias: Span,
    anchor: Span,
    nodes: u64,
) -> Diagnostic {
    let message = text!(
        "the aliases of this document stand for more than {limit} values",
        "تمثّل الأسماء المستعارة في هذا المستند أكثر من {limit} قيمة",
        limit = ALIASED_NODES,
    );
    let here = text!(
        "this one alone stands for {nodes}",
        "هذا وحده يمثّل {nodes}",
        nodes = nodes,
    );
    let there = text!("all that is anchored here", "كل ما ثُبّت هنا");
    let help = text!(
        "write the values out, or use the alias in fewer places",
        "اكتب القيم صراحةً، أو استعمل الاسم المستعار في مواضع أقل",
    );
    Diagnostic::error("yaml/alias-bomb", message)
        .with_label(Label::new(source, alias).with_text(here))
        .with_label(Label::new(source, anchor).with_text(there))
        .with_help(help)
}

/// The merge keys of a document bring in more than [`MERGED_ENTRIES`] entries.
pub(super) fn too_many_merged(source: &Arc<Source>, span: Span) -> Diagnostic {
    let message = text!(
        "the merge keys of this document bring in more than {limit} entries",
        "تجلب مفاتيح الدمج في هذا المستند أكثر من {limit} مدخل",
        limit = MERGED_ENTRIES,
    );
    let help = text!(
        "merge a smaller mapping, or write the entries out",
        "ادمج خريطة أصغر، أو اكتب المدخلات صراحةً",
    );
    Diagnostic::error("yaml/too-many-merged", message)
        .with_label(Label::new(source, span))
        .with_help(help)
}

/// More than [`COMMENTS_IN_A_ROW`] comments follow one another.
pub(super) fn too_many_comments(source: &Arc<Source>, span: Span) -> Diagnostic {
    let message = text!(
        "more than {limit} comments in a row",
        "أكثر من {limit} تعليق متتابع",
        limit = COMMENTS_IN_A_ROW,
    );
    Diagnostic::error("yaml/too-many-comments", message).with_label(Label::new(source, span))
}

/// More than [`PROBLEMS`] problems were found.
pub(super) fn too_many_problems(source: &Arc<Source>, span: Span) -> Diagnostic {
    let message = text!(
        "more than {limit} problems; the rest of the file was not read",
        "أكثر من {limit} مشكلة؛ ولم تُقرأ بقية الملف",
        limit = PROBLEMS,
    );
    let help = text!(
        "mend those listed, then check again",
        "أصلح المذكور منها ثم أعد الفحص",
    );
    Diagnostic::error("yaml/too-many-problems", message)
        .with_label(Label::new(source, span))
        .with_help(help)
}
