//! The words on lists: what their entries have, lack or do together.

use super::words::{but_not, is_not, prefixed, quoted, then};
use crate::text;
use crate::text::Text;

/// How many items of a list are named.
const NAMED: usize = 5;

pub(super) fn listed() -> Text {
    text!("listed here", "مُدرج هنا")
}

pub(super) fn is_listed() -> Text {
    text!("this is in the list", "هذا مُدرج في القائمة")
}

pub(super) fn not_listed() -> Text {
    text!("this is not in the list", "هذا غير مُدرج في القائمة")
}

pub(super) fn but_not_listed(subject: &Text) -> Text {
    let rest = text!("which is not in the list", "وليس مُدرجًا في القائمة");
    then(subject, &rest)
}

pub(super) fn is_in_list(list: &str) -> Text {
    text!(
        "this is in the list `{list}`",
        "هذا مُدرج في القائمة `{list}`",
        list = list
    )
}

pub(super) fn not_in_list(list: &str) -> Text {
    text!(
        "this is not in the list `{list}`",
        "هذا غير مُدرج في القائمة `{list}`",
        list = list
    )
}

pub(super) fn and_in_list(subject: &Text, list: &str) -> Text {
    let rest = text!(
        "which is in the list `{list}`",
        "وهو مُدرج في القائمة `{list}`",
        list = list
    );
    then(subject, &rest)
}

pub(super) fn but_not_in_list(subject: &Text, list: &str) -> Text {
    let rest = text!(
        "which is not in the list `{list}`",
        "وليس مُدرجًا في القائمة `{list}`",
        list = list
    );
    then(subject, &rest)
}

/// A word of a list.
pub(super) fn out_of(word: &Text, list: &str) -> Text {
    let list = text!(
        "out of the list `{list}`",
        "من القائمة `{list}`",
        list = list
    );
    Text::new(
        format!("{} {}", word.en, list.en),
        format!("{} {}", word.ar, list.ar),
    )
}

pub(super) fn nothing_in_list_fits(list: &str) -> Text {
    text!(
        "nothing in the list `{list}` fits",
        "لا ينطبق الشرط على أي مفردة في القائمة `{list}`",
        list = list
    )
}

/// Out of a list that the reader does not see.
pub(super) fn none_of(items: &[String]) -> Text {
    match items {
        [item] => is_not(&quoted(item)),
        _ => prefixed(
            "this is none of ",
            "القيمة هنا ليست أيًّا من ",
            &several(items),
        ),
    }
}

pub(super) fn but_none_of(subject: &Text, items: &[String]) -> Text {
    if let [item] = items {
        return but_not(subject, &quoted(item));
    }
    let rest = prefixed("none of ", "وليس أيًّا من ", &several(items));
    then(subject, &rest)
}

/// Some values, one behind the other.
pub(super) fn several(items: &[String]) -> Text {
    let named: Vec<Text> = items.iter().take(NAMED).map(|item| quoted(item)).collect();
    let join = |words: fn(&Text) -> &str, comma: &str| {
        let words: Vec<&str> = named.iter().map(words).collect();
        words.join(comma)
    };
    let all = Text::new(join(|one| &one.en, ", "), join(|one| &one.ar, "، "));
    match items.len().saturating_sub(NAMED) {
        0 => all,
        more => then(
            &all,
            &text!("and {more} more", "و{more} غيرها", more = more),
        ),
    }
}

pub(super) fn none_equals(other: &Text) -> Text {
    prefixed("no entry here equals ", "لا يوجد هنا عنصر يساوي ", other)
}

pub(super) fn every_equals(other: &Text) -> Text {
    prefixed("every entry here is ", "كل العناصر هنا ", other)
}

pub(super) fn none_gives(other: &Text) -> Text {
    prefixed(
        "this gives nothing equal to ",
        "لا ينتج عن هذا ما يساوي ",
        other,
    )
}

pub(super) fn no_key(other: &Text) -> Text {
    prefixed("no key here is ", "لا يوجد هنا المفتاح ", other)
}

pub(super) fn none_declares(field: &str) -> Text {
    text!(
        "no entry here declares `{field}`",
        "لا يوجد هنا عنصر ذُكر فيه الحقل `{field}`",
        field = field
    )
}

pub(super) fn none_has(field: &str, other: &Text) -> Text {
    let subject = text!(
        "no entry here has the `{field}` ",
        "لا يوجد هنا عنصر قيمة `{field}` فيه ",
        field = field
    );
    prefixed(&subject.en, &subject.ar, other)
}

pub(super) fn none_has_of(field: &str, items: &[String]) -> Text {
    let subject = text!(
        "no entry here has a `{field}` out of ",
        "لا يوجد هنا عنصر قيمة `{field}` فيه من ",
        field = field
    );
    prefixed(&subject.en, &subject.ar, &several(items))
}

pub(super) fn every_has(field: &str, other: &Text) -> Text {
    let subject = text!(
        "every entry here has the `{field}` ",
        "قيمة `{field}` في كل عنصر هنا ",
        field = field
    );
    prefixed(&subject.en, &subject.ar, other)
}

pub(super) fn none_fits(total: usize) -> Text {
    match total {
        1 => text!(
            "the one entry here does not fit",
            "العنصر الوحيد هنا لا ينطبق عليه الشرط"
        ),
        2 => text!(
            "neither of the two entries here fits",
            "لا ينطبق الشرط على أي من العنصرين هنا"
        ),
        _ => text!(
            "none of the {total} entries here fits",
            "لا ينطبق الشرط على أي من العناصر هنا وعددها {total}",
            total = total
        ),
    }
}

pub(super) fn nothing_fits() -> Text {
    text!("no entry here fits", "لا ينطبق الشرط على أي عنصر هنا")
}

pub(super) fn every_fits(total: usize) -> Text {
    match total {
        0 => empty(),
        1 => text!(
            "the one entry here fits",
            "العنصر الوحيد هنا ينطبق عليه الشرط"
        ),
        2 => text!(
            "both entries here fit",
            "ينطبق الشرط على العنصرين هنا كليهما"
        ),
        _ => text!(
            "all {total} entries here fit",
            "ينطبق الشرط على كل العناصر هنا وعددها {total}",
            total = total
        ),
    }
}

pub(super) fn some_fit(count: usize, total: usize) -> Text {
    match count {
        0 => none_fits(total),
        1 => text!(
            "1 of {total} entries here fits",
            "عدد ما ينطبق عليه الشرط هنا 1 من {total}",
            total = total
        ),
        _ => text!(
            "{count} of {total} entries here fit",
            "عدد ما ينطبق عليه الشرط هنا {count} من {total}",
            count = count,
            total = total
        ),
    }
}

pub(super) fn fits() -> Text {
    text!("this one fits", "هذا ينطبق عليه الشرط")
}

pub(super) fn does_not_fit() -> Text {
    text!("this one does not fit", "هذا لا ينطبق عليه الشرط")
}

pub(super) fn only() -> Text {
    text!("only this one fits", "لا ينطبق الشرط إلا على هذا")
}

pub(super) fn next_fits() -> Text {
    text!("and this one too", "وهذا أيضًا")
}

pub(super) fn no_other_fits() -> Text {
    text!("no other entry here fits", "لا ينطبق الشرط على عنصر آخر هنا")
}

pub(super) fn no_place(place: &str) -> Text {
    text!(
        "this list has no place {place}, counted from 0",
        "لا يوجد في هذه القائمة موضع رقمه {place}، والعدّ من 0",
        place = place
    )
}

pub(super) fn empty() -> Text {
    text!("this list is empty", "هذه القائمة خالية")
}

pub(super) fn not_empty() -> Text {
    text!("this list is not empty", "هذه القائمة ليست خالية")
}

pub(super) fn size(count: &str) -> Text {
    text!("its size is {count}", "العدد هنا {count}", count = count)
}
