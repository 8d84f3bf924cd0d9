//! The functions of the rule language: what each one takes and what it returns.

mod literal;
mod names;
mod params;
mod search;
mod signatures;
mod words;

use crate::expr::ast::{Expr, Kind, Name};
use crate::expr::check::Checker;
use crate::expr::program::{Function, Op, OpId};
use crate::expr::{Mistake, Type};
use crate::source::Span;
use crate::text;
use crate::text::nearest;
pub(super) use literal::{duration, is_length, is_moment, timestamp, zone};
pub(crate) use names::Phrase;
pub(super) use names::{Words, contains_name};
use params::Param;
use signatures::{SIGNATURES, Signature, Style};
pub(super) use words::{domain, host, skeleton, spots};

/// Functions whose last argument is a literal that is read once, when the rule is loaded.
const WITH_LITERAL: [&str; 4] = ["matches", "glob", "timestamp", "duration"];

impl Checker<'_> {
    /// Checks a call; `receiver` is what stands before the dot.
    pub(super) fn call(
        &mut self,
        name: &Name,
        receiver: Option<&Expr>,
        args: &[Expr],
        span: Span,
    ) -> (OpId, Type) {
        let all: Vec<&Expr> = receiver.into_iter().chain(args).collect();
        if let Some(Kind::Ident(space)) = receiver.map(|expr| &expr.kind)
            && matches!(&**space, "optional" | "strings")
        {
            let name = Name {
                text: format!("{space}.{}", name.text).into(),
                span: receiver.map_or(name.span, |expr| expr.span.cover(name.span)),
            };
            return self.plain_call(&name, (Style::Global, span), &all[1..]);
        }
        if WITH_LITERAL.contains(&&*name.text) && reads_literal(name, &all) {
            return self.with_literal(name, &all, span);
        }
        let style = receiver.map_or(Style::Global, |_| Style::Method);
        self.plain_call(name, (style, span), &all)
    }

    fn plain_call(
        &mut self,
        name: &Name,
        (style, span): (Style, Span),
        args: &[&Expr],
    ) -> (OpId, Type) {
        if let Some(found) = self.optional_call(&name.text, style == Style::Method, args) {
            return found;
        }
        if let ("dyn", Style::Global, [arg]) = (&*name.text, style, args) {
            return (self.strictly(arg).0, Type::Dyn);
        }
        let named = |known: &&Signature| *known.name == *name.text && known.style == style;
        let mut known = SIGNATURES.iter().filter(named);
        let Some(first) = known.next() else {
            self.unknown_function(name, style == Style::Method);
            return self.unknown();
        };
        let fits = |signature: &&Signature| signature.params.len() == args.len();
        let Some(signature) = Some(first).filter(fits).or_else(|| known.find(fits)) else {
            self.wrong_count(name, first.params.len(), args.len());
            return self.unknown();
        };
        let mut ops = Vec::with_capacity(args.len());
        let mut is_sound = true;
        for (arg, param) in args.iter().zip(signature.params) {
            let (op, ty) = match (&arg.kind, signature.function) {
                (Kind::List(items), Function::Format) => self.list(items, true),
                _ => self.strictly(arg),
            };
            // A time zone is looked at below.
            let is_zone = matches!(signature.function, Function::Date(_)) && !ops.is_empty();
            if !is_zone && *param != Param::Any && !self.is_known_as(param.kind(), (arg, op), &ty) {
                is_sound = false;
            } else if !param.fits(&ty) || (self.is_strict() && param.is_open(&ty)) {
                self.expected(arg.span, &param.words(), &ty);
                is_sound = false;
            }
            is_sound &= !self.written_out(name, arg, &ty);
            ops.push(op);
        }
        if is_sound {
            self.cannot_fail(signature.function, (args, &ops), span);
        }
        if let (Function::Date(_), [_, zone]) = (signature.function, args) {
            self.check_zone(name, zone);
        }
        let ty = match signature.function {
            Function::Split => Type::List(Box::new(Type::String)),
            _ => signature.result.clone(),
        };
        (self.push(Op::Call(signature.function, ops)), ty)
    }

    /// Refuses dates and lengths of time that are text but not written out: what a file holds there
    /// may be no date. Returns whether it did.
    fn written_out(&mut self, name: &Name, arg: &Expr, ty: &Type) -> bool {
        let reads = matches!(&*name.text, "timestamp" | "duration");
        let refused = reads && self.is_strict() && matches!(ty, Type::String | Type::Enum(_));
        if refused {
            self.must_be_literal(name, arg);
        }
        refused
    }

    fn unknown_function(&mut self, name: &Name, method: bool) {
        let mistake = Mistake::new(
            name.span,
            text!(
                "there is no function `{name}`",
                "لا توجد دالة باسم `{name}`",
                name = name.text
            ),
        );
        let other = SIGNATURES.iter().find(|known| *known.name == *name.text);
        let names = SIGNATURES
            .iter()
            .map(|known| known.name)
            .chain(WITH_LITERAL)
            .chain(["has", "dyn"]);
        let help = match (other, nearest(&name.text, names)) {
            (Some(known), _) if !method => Some(text!(
                "write it behind its text: `value.{name}(…)`",
                "اكتبها بعد النص: `value.{name}(…)`",
                name = known.name,
            )),
            (Some(known), _) => Some(text!(
                "write it before its argument: `{name}(…)`",
                "اكتبها قبل مدخلها: `{name}(…)`",
                name = known.name,
            )),
            (None, Some(name)) => Some(text::did_you_mean(&name)),
            (None, None) => None,
        };
        self.mistake(match help {
            Some(help) => mistake.with_help(help),
            None => mistake,
        });
    }

    pub(super) fn wrong_count(&mut self, name: &Name, wanted: usize, found: usize) {
        self.mistake(Mistake::new(
            name.span,
            text!(
                "`{name}` takes {wanted} values, not {found}",
                "تأخذ `{name}` {wanted} من القيم، لا {found}",
                name = name.text,
                wanted = wanted,
                found = found,
            ),
        ));
    }
}

/// Whether a date or a length of time must be a literal: text is, in rules; numbers and values
/// that are dates already are converted when the rule runs.
fn reads_literal(name: &Name, args: &[&Expr]) -> bool {
    match args {
        [arg] if matches!(&*name.text, "timestamp" | "duration") => {
            matches!(arg.kind, Kind::Str(_))
        }
        _ => true,
    }
}
