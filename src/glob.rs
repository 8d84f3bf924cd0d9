//! Why a glob pattern is none, in the project's two languages.

use globset::ErrorKind;

use crate::text;
use crate::text::Text;

/// Why a pattern is none.
pub(crate) fn reason(fault: &ErrorKind) -> Text {
    use ErrorKind::{
        DanglingEscape, InvalidRange, UnclosedAlternates, UnclosedClass, UnopenedAlternates,
    };
    match fault {
        UnclosedClass => text!("a `[` is never closed", "فيه `[` بلا إغلاق"),
        UnclosedAlternates => text!("a `{{` is never closed", "فيه `{{` بلا إغلاق"),
        UnopenedAlternates => text!("a `}}` closes nothing", "فيه `}}` بلا فتح"),
        InvalidRange(from, to) => text!(
            "the range `{from}-{to}` runs backwards",
            "النطاق `{from}-{to}` معكوس",
            from = from,
            to = to,
        ),
        DanglingEscape => text!("nothing stands behind the last `\\`", "لا شيء بعد آخر `\\`",),
        _ => text!("it cannot be read", "تتعذر قراءته"),
    }
}
