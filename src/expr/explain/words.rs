//! The words of the evidence, for whoever reads the document: short, and worded from the operation.

use super::relation::Relation;
use crate::expr::program::Function;
use crate::expr::value::Data;
use crate::looks;
use crate::text;
use crate::text::Text;
use crate::yaml::{Document, NodeId, Value};

/// "this is …" for a scalar whose place does not show what it is.
pub(super) fn unseen(doc: &Document, node: NodeId) -> Option<Text> {
    let written = doc.source().slice(doc.span(node));
    let words = match doc.value(node) {
        Value::Sequence | Value::Mapping => return None,
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Str(text) => text.to_owned(),
    };
    (unquoted(written) != words).then(|| is(&words))
}

/// What stands between a pair of quotes, or the text itself.
fn unquoted(written: &str) -> &str {
    ['"', '\'']
        .into_iter()
        .find_map(|quote| written.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(written)
}

/// A value between backticks.
pub(super) fn quoted(value: &str) -> Text {
    text!("`{value}`", "`{value}`", value = value)
}

pub(super) fn number(value: &str) -> Text {
    text!("{value}", "{value}", value = value)
}

pub(super) fn today(value: &str) -> Text {
    text!("today, `{value}`", "اليوم `{value}`", value = value)
}

pub(super) fn is(value: &str) -> Text {
    text!("this is `{value}`", "القيمة هنا `{value}`", value = value)
}

pub(super) fn both(value: &str) -> Text {
    text!(
        "both are `{value}`",
        "كلتا القيمتين `{value}`",
        value = value
    )
}

pub(super) fn gives(value: &str) -> Text {
    text!(
        "this gives `{value}`",
        "الناتج عن هذا `{value}`",
        value = value
    )
}

pub(super) fn together(value: &str) -> Text {
    text!(
        "together these give `{value}`",
        "الناتج عن هذه القيم معًا `{value}`",
        value = value
    )
}

pub(super) fn host(value: &str) -> Text {
    text!(
        "its host is `{value}`",
        "اسم المضيف هنا `{value}`",
        value = value
    )
}

pub(super) fn domain(value: &str) -> Text {
    text!(
        "its domain is `{value}`",
        "النطاق هنا `{value}`",
        value = value
    )
}

pub(super) fn kind(value: &str) -> Text {
    text!(
        "its type is `{value}`",
        "نوع القيمة هنا `{value}`",
        value = value
    )
}

pub(super) fn year(value: &str) -> Text {
    text!("its year is {value}", "العام هنا {value}", value = value)
}

pub(super) fn length(count: &str) -> Text {
    text!(
        "its length is {count}",
        "عدد الأحرف هنا {count}",
        count = count
    )
}

pub(super) fn unlike() -> Text {
    text!(
        "not equal to what it is compared with",
        "ليس مساويًا لما قورن به"
    )
}

/// A value, and how it stands to another.
pub(super) fn stands(subject: &Text, value: Data<'_>, relation: Relation, other: &Text) -> Text {
    match relation {
        Relation::Differs => but_not(subject, other),
        _ => then(subject, &order(value, relation, other)),
    }
}

/// Where a value comes in the order of its type.
pub(super) fn order(value: Data<'_>, relation: Relation, other: &Text) -> Text {
    use Relation::{After, Before, Differs, NotAfter, NotBefore, Same};
    let (en, ar) = match (value, relation) {
        (_, Same | Differs) => ("", ""),
        (Data::Timestamp(_), Before) => ("before ", "قبل "),
        (Data::Timestamp(_), After) => ("after ", "بعد "),
        (Data::Timestamp(_), NotBefore) => ("not before ", "ليس قبل "),
        (Data::Timestamp(_), NotAfter) => ("not after ", "ليس بعد "),
        (Data::Duration(_), Before) => ("shorter than ", "أقصر من "),
        (Data::Duration(_), After) => ("longer than ", "أطول من "),
        (Data::Duration(_), NotBefore) => ("not shorter than ", "لا تقل عن "),
        (Data::Duration(_), NotAfter) => ("not longer than ", "لا تزيد على "),
        (Data::Int(_) | Data::Uint(_) | Data::Double(_), Before) => ("less than ", "أقل من "),
        (Data::Int(_) | Data::Uint(_) | Data::Double(_), After) => ("more than ", "أكثر من "),
        (Data::Int(_) | Data::Uint(_) | Data::Double(_), NotBefore) => {
            ("not less than ", "لا يقل عن ")
        }
        (Data::Int(_) | Data::Uint(_) | Data::Double(_), NotAfter) => {
            ("not more than ", "لا يزيد على ")
        }
        (_, Before) => ("in order before ", "في الترتيب قبل "),
        (_, After) => ("in order after ", "في الترتيب بعد "),
        (_, NotBefore) => ("in order not before ", "في الترتيب ليس قبل "),
        (_, NotAfter) => ("in order not after ", "في الترتيب ليس بعد "),
    };
    prefixed(en, ar, other)
}

pub(super) fn prefixed(en: &str, ar: &str, other: &Text) -> Text {
    Text::new(format!("{en}{}", other.en), format!("{ar}{}", other.ar))
}

pub(super) fn is_not(other: &Text) -> Text {
    prefixed("this is not ", "القيمة هنا ليست ", other)
}

pub(super) fn is_but_not(value: &str, other: &Text) -> Text {
    let is = is(value);
    Text::new(
        format!("{}, not {}", is.en, other.en),
        format!("{}، وليست {}", is.ar, other.ar),
    )
}

/// Words on a computed value, then what it is not.
pub(super) fn but_not(subject: &Text, other: &Text) -> Text {
    Text::new(
        format!("{}, not {}", subject.en, other.en),
        format!("{}، وليس {}", subject.ar, other.ar),
    )
}

/// Words on a value, then how it stands to another.
pub(super) fn then(subject: &Text, phrase: &Text) -> Text {
    Text::new(
        format!("{}, {}", subject.en, phrase.en),
        format!("{}، {}", subject.ar, phrase.ar),
    )
}

/// Words on a value, then what is true of it.
pub(super) fn and(subject: &Text, phrase: &Text) -> Text {
    Text::new(
        format!("{} and {}", subject.en, phrase.en),
        format!("{}، و{}", subject.ar, phrase.ar),
    )
}

/// Whether a function asks for certain characters of a text.
pub(super) const fn is_of_characters(function: Function) -> bool {
    matches!(
        function,
        Function::MixesScripts | Function::ContainsHidden | Function::ContainsStray
    )
}

/// What is said of such a character.
pub(super) fn character(function: Function, character: char) -> Text {
    match function {
        Function::MixesScripts => looks::of_mixed(character),
        _ => looks::of_hidden(character),
    }
}

/// What is said of a text without such characters.
pub(super) fn no_characters(function: Function) -> Text {
    match function {
        Function::MixesScripts => text!("mixes no scripts", "لا يخلط بين الكتابات"),
        Function::ContainsHidden => text!("holds no hidden character", "لا يحوي محرفًا خفيًا"),
        _ => text!(
            "holds no hidden character that is of no use",
            "لا يحوي محرفًا خفيًا لا حاجة إليه"
        ),
    }
}

/// Whether a function asks something of a text.
pub(super) const fn is_predicate(function: Function) -> bool {
    matches!(
        function,
        Function::StartsWith | Function::EndsWith | Function::Contains | Function::ContainsName
    )
}

pub(super) fn matches(held: bool, pattern: &Text) -> Text {
    if held {
        prefixed("matches ", "يطابق ", pattern)
    } else {
        prefixed("does not match ", "لا يطابق ", pattern)
    }
}

/// What a text does with the part that was looked for in it.
pub(super) fn predicate(function: Function, held: bool, part: &Text) -> Text {
    let (en, ar) = match (function, held) {
        (Function::StartsWith, true) => ("begins with ", "يبدأ بـ"),
        (Function::StartsWith, false) => ("does not begin with ", "لا يبدأ بـ"),
        (Function::EndsWith, true) => ("ends in ", "ينتهي بـ"),
        (Function::EndsWith, false) => ("does not end in ", "لا ينتهي بـ"),
        (Function::ContainsName, true) => ("holds a part of the name ", "يحوي جزءًا من الاسم "),
        (Function::ContainsName, false) => ("holds no part of the name ", "لا يحوي أي جزء من الاسم "),
        (_, true) => ("contains ", "يحتوي على "),
        (_, false) => ("does not contain ", "لا يحتوي على "),
    };
    prefixed(en, ar, part)
}

pub(super) fn mentions(phrase: &Text) -> Text {
    prefixed("mentions ", "يرد فيه ", phrase)
}

pub(super) fn mentions_none_of(phrases: &Text) -> Text {
    prefixed("does not mention ", "لا يرد فيه ", phrases)
}

pub(super) fn mentions_nothing_of(list: &str) -> Text {
    text!(
        "mentions nothing in the list `{list}`",
        "لا يرد فيه شيء من القائمة `{list}`",
        list = list,
    )
}

/// The same from the side of the part.
pub(super) fn part(function: Function, held: bool, whole: &Text) -> Text {
    let (en, ar) = match (function, held) {
        (Function::StartsWith, true) => ("begins ", "يبدأ به "),
        (Function::StartsWith, false) => ("does not begin ", "لا يبدأ به "),
        (Function::EndsWith, true) => ("ends ", "ينتهي به "),
        (Function::EndsWith, false) => ("does not end ", "لا ينتهي به "),
        (Function::ContainsName, true) => {
            ("a part of this name stands in ", "جزء من هذا الاسم وارد في ")
        }
        (Function::ContainsName, false) => (
            "no part of this name stands in ",
            "لا يرد أي جزء من هذا الاسم في ",
        ),
        (_, true) => ("stands in ", "وارد في "),
        (_, false) => ("does not stand in ", "غير وارد في "),
    };
    prefixed(en, ar, whole)
}

pub(super) fn declared() -> Text {
    text!("declared here", "مذكور هنا")
}

pub(super) fn missing(name: &str) -> Text {
    text!(
        "`{name}` is missing here",
        "الحقل `{name}` غير مذكور هنا",
        name = name,
    )
}
