//! What to say of a condition that decides nothing.

use crate::expr::ast::LoopKind;
use crate::expr::cases::region::Fact;
use crate::expr::cases::term::{Term, same};
use crate::expr::cases::walk::Role;
use crate::expr::mark::Sort;
use crate::expr::program::{Op, OpId};
use crate::text;
use crate::text::Text;

/// The mistake: what follows from a condition that is always the same.
pub(super) fn message(role: Role, value: bool) -> Text {
    match (role, value) {
        (Role::Applies, true) => text!(
            "`applies_when` always holds: the pack applies to every document",
            "يتحقق `applies_when` دائمًا: فالحزمة تنطبق على كل مستند",
        ),
        (Role::Applies, false) => text!(
            "`applies_when` never holds: the pack applies to no document",
            "لا يتحقق `applies_when` أبدًا: فلا تنطبق الحزمة على أي مستند",
        ),
        (Role::When, true) => text!(
            "`when` always holds: it leaves nothing out",
            "يتحقق `when` دائمًا: فهو لا يستبعد شيئًا",
        ),
        (Role::When, false) => text!(
            "`when` never holds: the rule never looks at anything",
            "لا يتحقق `when` أبدًا: فلن تنظر القاعدة في شيء",
        ),
        (Role::Assert, true) => text!(
            "`assert` always holds: the rule can never find anything",
            "يتحقق `assert` دائمًا: فلن تجد القاعدة شيئًا",
        ),
        (Role::Assert, false) => text!(
            "`assert` never holds: the rule objects to everything that it looks at",
            "لا يتحقق `assert` أبدًا: فستعترض القاعدة على كل ما تنظر فيه",
        ),
        (Role::Test(kind), true) => text!(
            "every element meets the condition of `{name}`",
            "يتحقق شرط `{name}` في كل عنصر",
            name = name(kind),
        ),
        (Role::Test(kind), false) => text!(
            "no element can meet the condition of `{name}`",
            "لا يمكن أن يتحقق شرط `{name}` في أي عنصر",
            name = name(kind),
        ),
        (Role::Choice, true) => text!(
            "the condition before `?` always holds: what stands behind `:` is never taken",
            "يتحقق الشرط قبل `?` دائمًا: فلا يؤخذ أبدًا بما بعد `:`",
        ),
        (Role::Choice, false) => text!(
            "the condition before `?` never holds: what stands behind `:` is always taken",
            "لا يتحقق الشرط قبل `?` أبدًا: فيؤخذ دائمًا بما بعد `:`",
        ),
        (Role::Part, true) => text!(
            "this decides nothing: it is always true here",
            "لا أثر لهذا الشرط: فهو متحقق هنا دائمًا",
        ),
        (Role::Part, false) => text!(
            "this decides nothing: it is always false here",
            "لا أثر لهذا الشرط: فهو لا يتحقق هنا أبدًا",
        ),
    }
}

/// What to do about it.
pub(super) fn help(role: Role, value: bool) -> Text {
    match (role, value) {
        (Role::Applies, true) => text!("leave `applies_when` out", "احذف `applies_when`"),
        (Role::When, true) => text!("leave `when` out", "احذف `when`"),
        (Role::Applies | Role::When, false) => text!(
            "ask for something that a document can declare",
            "اشترط ما يمكن أن يرد في مستند",
        ),
        (Role::Assert, true) => text!(
            "ask for something that a document can lack",
            "اشترط ما يمكن أن يخلو منه مستند",
        ),
        (Role::Assert, false) => text!(
            "say in `assert` what has to hold, and in `when` what the rule looks at",
            "اذكر في `assert` ما يجب أن يتحقق، وفي `when` ما تنظر فيه القاعدة",
        ),
        (Role::Test(LoopKind::Exists), true) => text!(
            "ask whether there are elements with `size(…) > 0`",
            "اسأل عن وجود عناصر بكتابة `size(…) > 0`",
        ),
        (Role::Test(LoopKind::ExistsOne), true) => text!(
            "ask whether there is one element with `size(…) == 1`",
            "اسأل عن وجود عنصر واحد بكتابة `size(…) == 1`",
        ),
        (Role::Test(_), _) => text!(
            "ask for something in which the elements can differ",
            "اشترط ما يمكن أن تختلف فيه العناصر",
        ),
        (Role::Choice, true) => text!(
            "keep what stands between `?` and `:` alone",
            "أبقِ ما بين `?` و`:` وحده",
        ),
        (Role::Choice, false) => text!("keep what stands behind `:` alone", "أبقِ ما بعد `:` وحده",),
        (Role::Part, _) => text!(
            "leave it out, or ask for what was meant",
            "احذفه، أو اكتب الشرط المقصود",
        ),
    }
}

/// What to say at the characters of the part that makes it so.
pub(super) fn label(value: bool, reason: Option<Text>) -> Text {
    let words = if value {
        text!("this is always true", "هذا متحقق دائمًا")
    } else {
        text!("this is always false", "هذا لا يتحقق أبدًا")
    };
    match reason {
        Some(reason) => Text::new(
            format!("{}: {}", words.en, reason.en),
            format!("{}: {}", words.ar, reason.ar),
        ),
        None => words,
    }
}

/// What to say at the characters of what decided it.
pub(super) fn because(others: bool) -> Text {
    if others {
        text!(
            "because of this, and of what else is asked before",
            "بسبب هذا، وبسبب غيره مما اشتُرط من قبل",
        )
    } else {
        text!("because of this", "بسبب هذا")
    }
}

/// Why a condition is always the same when nothing that was asked before makes it so.
pub(super) fn reason(term: Term<'_>, deciders: &[Fact<'_>]) -> Option<Text> {
    if !deciders.is_empty() {
        return None;
    }
    let at = |id: &OpId| term.at(*id);
    match term.op() {
        Op::Has(operand) => {
            let (_, field) = at(operand).step()?;
            Some(text!(
                "the schema demands `{name}`",
                "يشترط المخطط وجود `{name}`",
                name = field.name,
            ))
        }
        Op::In(needle, list, _) => {
            let has_words = matches!(at(needle).sort(), Sort::Word(_));
            let is_empty = at(list)
                .items()
                .is_some_and(|mut items| items.next().is_none());
            match () {
                () if is_empty => Some(text!("the list is empty", "القائمة فارغة")),
                () if has_words => Some(text!(
                    "the schema allows no other word",
                    "لا يسمح المخطط بكلمة غيرها",
                )),
                () => None,
            }
        }
        Op::Compare(_, left, right) => {
            if at(left).is_constant() && at(right).is_constant() {
                Some(text!(
                    "both sides are written out here",
                    "الطرفان مكتوبان هنا صراحة",
                ))
            } else if same(at(left), at(right)) {
                Some(text!("both sides are the same", "الطرفان متطابقان"))
            } else {
                Some(text!("whatever the value is", "أيًّا كانت القيمة"))
            }
        }
        _ => None,
    }
}

const fn name(kind: LoopKind) -> &'static str {
    match kind {
        LoopKind::All => "all",
        LoopKind::Exists => "exists",
        LoopKind::ExistsOne => "exists_one",
        LoopKind::Filter => "filter",
        LoopKind::Map => "map",
        LoopKind::TransformList => "transformList",
        LoopKind::TransformMap => "transformMap",
        LoopKind::TransformMapEntry => "transformMapEntry",
    }
}
