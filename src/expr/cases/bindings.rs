//! Variables of macros that nothing reads. A name that begins with `_` says that this is meant, beside a
//! second variable that is read.

use crate::expr::Mistake;
use crate::expr::cases::Verdict;
use crate::expr::mark::{Binding, Checked};
use crate::text;

/// Adds what is wrong with the variables of an expression. Where a condition has been found to decide
/// nothing, its variables are not spoken of again.
pub(super) fn unused(part: usize, checked: &Checked, verdicts: &mut Vec<Verdict>) {
    let judged = verdicts.len();
    for (place, binding) in checked.bindings.iter().enumerate() {
        let told = verdicts
            .iter()
            .take(judged)
            .any(|verdict| verdict.part == part && binding.body.contains(verdict.mistake.span));
        let mistake = misread(binding).or_else(|| idle(place, binding, checked));
        if let Some(mistake) = mistake.filter(|_| !told) {
            verdicts.push(Verdict {
                part,
                mistake,
                label: None,
                because: None,
            });
        }
    }
}

fn is_exempt(name: &str) -> bool {
    name.starts_with('_')
}

/// A variable that is read although its name says that it is not.
fn misread(binding: &Binding) -> Option<Mistake> {
    let read = binding.read.filter(|_| is_exempt(&binding.name.text))?;
    let mistake = Mistake::new(
        read,
        text!(
            "`{name}` is read here, but its name says that nothing reads it",
            "يُقرأ `{name}` هنا، واسمه يدل على أن لا شيء يقرؤه",
            name = binding.name.text,
        ),
    );
    Some(mistake.with_help(text!(
        "choose a name that does not begin with `_`",
        "اختر اسمًا لا يبدأ بـ`_`",
    )))
}

/// A variable that nothing reads; of two in one macro, the first one stands for both.
fn idle(place: usize, binding: &Binding, checked: &Checked) -> Option<Mistake> {
    if binding.read.is_some() {
        return None;
    }
    let other = binding.pair.and_then(|pair| checked.bindings.get(pair));
    let is_other_read = other.is_some_and(|other| other.read.is_some());
    let is_told = other.is_some() && !is_other_read && binding.pair < Some(place);
    if is_told || is_exempt(&binding.name.text) && is_other_read {
        return None;
    }
    let name = &binding.name.text;
    let mistake = Mistake::new(
        binding.name.span,
        text!(
            "nothing reads the variable `{name}`",
            "لا شيء يقرأ المتغير `{name}`",
            name = name,
        ),
    );
    Some(mistake.with_help(if is_other_read {
        text!(
            "call it `_` if only the other one is needed",
            "سمِّه `_` إن كنت لا تحتاج إلا إلى الآخر",
        )
    } else {
        text!(
            "use `{name}`, or leave out what names it",
            "استعمل `{name}`، أو احذف ما يعرّفه",
            name = name,
        )
    }))
}
