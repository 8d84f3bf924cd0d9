//! What a fix speaks of: the field that it changes, and the value that it writes there.

use crate::expr::ast::{Expr, Kind, Name};
use crate::expr::check::{Checker, Demand, Scope, begin};
use crate::expr::mark::Checked;
use crate::expr::parse::parse;
use crate::expr::program::{Constant, Op, OpId};
use crate::expr::{Mistake, Program, Type};
use crate::schema::{Shape, ShapeId};
use crate::source::Span;
use crate::text;
use crate::text::nearest;

/// What a fix changes.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// A field of a mapping.
    Field {
        object: Program,
        name: Box<str>,
        ty: Type,
    },
    /// What a variable of `each` stands for.
    Whole(Program),
}

/// Whether the field of a target must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    Demanded,
    Open,
}

/// Takes note of what is known where a condition does not hold.
pub(crate) fn note_failure(text: &str, scope: &mut Scope<'_>) -> Result<(), Vec<Mistake>> {
    let (checker, root, ty) = begin(text, scope, Demand::Condition)?;
    let proven = checker.facts(root, false);
    checker.finish(root, ty)?;
    scope.facts.extend(proven);
    Ok(())
}

/// Checks what a fix changes: `object.field`, whose object certainly is a mapping.
pub(crate) fn check_field(
    text: &str,
    scope: &Scope<'_>,
    presence: Presence,
) -> Result<Target, Vec<Mistake>> {
    let expr = parse(text).map_err(|mistake| vec![mistake])?;
    let Kind::Field(object, name) = &expr.kind else {
        return Err(vec![no_field(expr.span)]);
    };
    let mut checker = Checker::new(text, scope);
    let (op, ty) = checker.expr(object);
    let found = checker.part(&expr, (op, &ty), presence);
    let object = checker.finish(op, ty)?;
    Ok(Target::Field {
        object: object.program,
        name: name.text.clone(),
        ty: found,
    })
}

/// Checks what a fix takes away: a field, or what a variable of `each` stands for.
pub(crate) fn check_gone(text: &str, scope: &Scope<'_>) -> Result<Target, Vec<Mistake>> {
    let expr = parse(text).map_err(|mistake| vec![mistake])?;
    let Kind::Ident(name) = &expr.kind else {
        return check_field(text, scope, Presence::Demanded);
    };
    // The first variable is the document itself.
    if scope.slot(name) == Some(0) {
        return Err(vec![no_field(expr.span)]);
    }
    let (checker, root, ty) = begin(text, scope, Demand::Value)?;
    let whole = checker.finish(root, ty)?;
    Ok(Target::Whole(whole.program))
}

/// Checks a value that a fix writes where a type is demanded.
pub(crate) fn check_written(
    text: &str,
    scope: &Scope<'_>,
    wanted: &Type,
) -> Result<Checked, Vec<Mistake>> {
    written(text, scope, |_| wanted.clone())
}

/// Checks items of a list: one of them, or a list of them.
pub(crate) fn check_items(
    text: &str,
    scope: &Scope<'_>,
    list: &Type,
) -> Result<Checked, Vec<Mistake>> {
    let item = match list {
        Type::List(item) => (**item).clone(),
        _ => Type::Dyn,
    };
    written(text, scope, |found| match found {
        Type::List(_) => Type::List(Box::new(item.clone())),
        _ => item.clone(),
    })
}

fn written(
    text: &str,
    scope: &Scope<'_>,
    wanted: impl Fn(&Type) -> Type,
) -> Result<Checked, Vec<Mistake>> {
    let expr = parse(text).map_err(|mistake| vec![mistake])?;
    let mut checker = Checker::new(text, scope);
    let (op, ty) = checker.expr(&expr);
    let wanted = wanted(&ty);
    if checker.mistakes.is_empty() {
        checker.fits((op, &ty), &wanted, expr.span);
    }
    checker.finish(op, ty)
}

fn no_field(span: Span) -> Mistake {
    let message = text!(
        "expected a field of something, as in `account.kind`",
        "المتوقع حقل من حقول شيء ما، مثل `account.kind`",
    );
    Mistake::new(span, message)
}

impl Checker<'_> {
    /// The type of a field of an object, which must be a mapping.
    fn part(&mut self, expr: &Expr, (op, ty): (OpId, &Type), presence: Presence) -> Type {
        let Kind::Field(object, name) = &expr.kind else {
            return Type::Dyn;
        };
        if !self.mistakes.is_empty() {
            return Type::Dyn;
        }
        if matches!(ty, Type::Optional(_)) {
            self.expected(object.span, &text!("a mapping", "خريطة مفاتيح وقيم"), ty);
            return Type::Dyn;
        }
        self.found_part((op, ty), name, object, presence)
    }

    fn found_part(
        &mut self,
        (op, ty): (OpId, &Type),
        name: &Name,
        object: &Expr,
        presence: Presence,
    ) -> Type {
        match presence {
            Presence::Open => {
                let found = self.member(ty, name, object);
                found.map_or(Type::Dyn, |(_, found)| found)
            }
            Presence::Demanded => self.access(op, ty, name, object).1,
        }
    }

    /// Whether a value can be written where a type is demanded.
    fn fits(&mut self, (op, ty): (OpId, &Type), wanted: &Type, span: Span) {
        if !can_be_written(ty) {
            let wanted = text!(
                "a value that a fix can write (a text, a number, true or false, a date, a length of time, or a list of these)",
                "قيمة يمكن أن يكتبها الإصلاح (نص أو عدد أو قيمة منطقية أو تاريخ أو مدة أو قائمة منها)",
            );
            self.expected(span, &wanted, ty);
        } else if !ty.can_equal(wanted) || (*wanted == Type::Int && *ty == Type::Double) {
            let name = wanted.name(self.scope.shapes);
            self.expected(span, &name, ty);
        } else if let Type::Enum(id) = item_of(wanted) {
            self.are_words(op, *id, span);
        }
    }

    /// Whether the texts of a value are words that a shape lists.
    fn are_words(&mut self, op: OpId, id: ShapeId, span: Span) {
        let texts: Vec<(Box<str>, Span)> = match &self.ops[op.0 as usize] {
            Op::Const(Constant::Str(text)) => vec![(text.clone(), span)],
            Op::Const(Constant::List(items)) => {
                let texts = items.iter().filter_map(|item| match item {
                    Constant::Str(text) => Some((text.clone(), span)),
                    _ => None,
                });
                texts.collect()
            }
            Op::List(items) => {
                for item in items.clone() {
                    let span = self.marks[item.0 as usize].span;
                    self.are_words(item, id, span);
                }
                return;
            }
            // What is not written out is looked at when it is there.
            _ => return,
        };
        for (text, span) in texts {
            self.is_word(&text, id, span);
        }
    }

    fn is_word(&mut self, word: &str, id: ShapeId, span: Span) {
        let Shape::String { values, .. } = self.scope.shapes.get(id) else {
            return;
        };
        if values.iter().any(|value| value == word) {
            return;
        }
        let message = text!(
            "`{word}` is none of the words that are allowed there",
            "`{word}` ليست من الكلمات المسموح بها هناك",
            word = word,
        );
        let meant = nearest(word, values.iter().map(String::as_str));
        let help = if let Some(meant) = meant {
            text::did_you_mean(meant)
        } else {
            text!(
                "the words are {words}",
                "الكلمات هي {words}",
                words = values.join(", "),
            )
        };
        self.mistake(Mistake::new(span, message).with_help(help));
    }
}

fn item_of(ty: &Type) -> &Type {
    match ty {
        Type::List(item) => item,
        other => other,
    }
}

fn can_be_written(ty: &Type) -> bool {
    match ty {
        Type::List(item) => can_be_written(item),
        Type::Dyn
        | Type::Nothing
        | Type::Bool
        | Type::Int
        | Type::Double
        | Type::String
        | Type::Enum(_)
        | Type::Timestamp
        | Type::Duration => true,
        _ => false,
    }
}
