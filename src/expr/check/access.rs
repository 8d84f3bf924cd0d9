//! Names, fields and indexes: what a path leads to, and whether it is certainly there.

use crate::expr::ast::{Expr, Kind, Name};
use crate::expr::check::{Checker, Strictness};
use crate::expr::narrow::Step;
use crate::expr::program::{Constant, FieldRef, Load, Op, OpId};
use crate::expr::value::KINDS;
use crate::expr::{Mistake, Type};
use crate::schema::{Extra, Shape, Shapes};
use crate::source::{Span, to_offset};
use crate::text;
use crate::text::nearest;
use crate::yaml::key_hash;

impl Checker<'_> {
    pub(super) fn ident(&mut self, name: &str, span: Span) -> (OpId, Type) {
        if let Some(slot) = self.scope.slot(name) {
            self.note_reading(slot, span);
            let ty = self.scope.variables[slot].1.clone();
            return (self.push(Op::Slot(slot)), ty);
        }
        let name = name.strip_prefix('.').unwrap_or(name);
        if name == "today" {
            return (self.push(Op::Today), Type::Timestamp);
        }
        if let Some(kind) = KINDS.into_iter().find(|kind| *kind == name) {
            return (self.push(Op::Const(Constant::Kind(kind))), Type::Kind);
        }
        if matches!(name, "options" | "terms") {
            return self.space(name, span);
        }
        let names = self.scope.variables.iter().map(|(known, _)| &**known);
        let suggestion =
            nearest(name, names.chain(["today", "options", "terms"])).map(str::to_owned);
        let known: Vec<&str> = self
            .scope
            .variables
            .iter()
            .map(|(known, _)| &**known)
            .collect();
        let mistake = Mistake::new(
            span,
            text!(
                "nothing is called `{name}` here",
                "لا يوجد هنا ما يسمى `{name}`",
                name = name
            ),
        );
        let help = if let Some(name) = suggestion {
            text::did_you_mean(&name)
        } else if known.is_empty() {
            text!("only `today` is known here", "لا يُعرف هنا إلا `today`")
        } else {
            text!(
                "known here: {names}",
                "المعروف هنا: {names}",
                names = known.join(", ")
            )
        };
        self.mistake(mistake.with_help(help));
        self.unknown()
    }

    pub(super) fn field(&mut self, object: &Expr, name: &Name) -> (OpId, Type) {
        if matches!(&object.kind, Kind::Ident(root) if &**root == "options") {
            return self.setting(name);
        }
        if matches!(&object.kind, Kind::Ident(root) if &**root == "terms" && self.scope.slot(root).is_none())
        {
            return self.term(name);
        }
        if let Some(found) = self.qualified(object, name) {
            return found;
        }
        let absent_object = self.may_be_absent;
        let (op, ty) = self.expr(object);
        self.may_be_absent = absent_object;
        self.access(op, &ty, name, object)
    }

    /// A name with dots in it, such as `google.protobuf.Timestamp`, if there is one.
    fn qualified(&mut self, object: &Expr, name: &Name) -> Option<(OpId, Type)> {
        let mut whole = name.text.to_string();
        let mut object = object;
        let root = loop {
            match &object.kind {
                Kind::Field(inner, name) => {
                    whole.insert_str(0, &format!("{}.", name.text));
                    object = inner;
                }
                Kind::Ident(root) => break root,
                _ => return None,
            }
        };
        if self.scope.slot(root).is_some() {
            return None;
        }
        whole.insert_str(0, &format!("{root}."));
        let whole = whole.trim_start_matches('.');
        let is_known = self.scope.slot(whole).is_some() || KINDS.contains(&whole);
        is_known.then(|| self.ident(whole, name.span))
    }

    /// `object.name` on an object whose operation and type are known.
    pub(super) fn access(
        &mut self,
        op: OpId,
        ty: &Type,
        name: &Name,
        object: &Expr,
    ) -> (OpId, Type) {
        if matches!(ty, Type::Optional(_)) {
            return self.maybe_access(op, ty, name, object);
        }
        let Some((required, found)) = self.member(ty, name, object) else {
            return self.unknown();
        };
        let is_guarded = required
            || self.may_be_absent
            || self.scope.strictness != Strictness::Rule
            || self.is_proven(op, &name.text);
        if !is_guarded && !self.is_wrong(op) {
            self.unguarded(object, name);
        }
        let field = self.field_ref(ty, name, &found);
        (self.push(Op::Field(op, field)), found)
    }

    /// Whether a field is certainly there, and its type.
    pub(super) fn member(&mut self, ty: &Type, name: &Name, object: &Expr) -> Option<(bool, Type)> {
        let shapes = self.scope.shapes;
        Some(match ty {
            Type::Dyn => (false, Type::Dyn),
            Type::Map(_, value) => (is_written(object, &name.text), value.clone().taken()),
            Type::Object(id) => match shapes.field(*id, &name.text) {
                Some(field) => (field.required, Type::of(shapes, field.shape)),
                None if is_extension(shapes, ty, &name.text) => (false, Type::Dyn),
                None => {
                    self.no_field(ty, name);
                    return None;
                }
            },
            _ => {
                let found = ty.name(shapes);
                self.mistake(Mistake::new(
                    name.span,
                    text::Text::new(
                        format!("{} has no fields", found.en),
                        format!("لا حقول في: {}", found.ar),
                    ),
                ));
                return None;
            }
        })
    }

    pub(super) fn field_ref(&self, ty: &Type, name: &Name, found: &Type) -> FieldRef {
        let hash = key_hash(&name.text);
        let place = match ty {
            Type::Object(id) => self
                .scope
                .shapes
                .place_hashed(*id, &name.text, hash)
                .map(|place| (*id, to_offset(place))),
            _ => None,
        };
        FieldRef {
            name: name.text.clone(),
            hash,
            load: Load::of(found),
            place,
            is_open: self.is_strict() && *ty == Type::Dyn,
        }
    }

    fn is_proven(&self, object: OpId, name: &str) -> bool {
        self.path(object).is_some_and(|mut path| {
            path.push(Step::Name(name.into()));
            self.is_there(&path)
        })
    }

    pub(super) fn unguarded(&mut self, object: &Expr, name: &Name) {
        let access = written(object, &name.text);
        let mistake = Mistake::new(
            name.span,
            text!(
                "`{name}` may be absent, and this expression does not ask first",
                "قد لا يكون `{name}` مذكورًا، والتعبير لا يتحقق من ذلك أولًا",
                name = name.text,
            ),
        );
        let help = if let Some(access) = access {
            text!(
                "guard it: `has({access}) && …`, or put `has({access})` into `when`",
                "تحقق أولًا: `has({access}) && …`، أو ضع `has({access})` في `when`",
                access = access,
            )
        } else {
            text!(
                "guard it with `has(…)`, or read it with `.?{name}`",
                "تحقق أولًا باستعمال `has(…)`، أو اقرأه هكذا: `.?{name}`",
                name = name.text,
            )
        };
        self.mistake(mistake.with_help(help));
    }

    pub(super) fn no_field(&mut self, ty: &Type, name: &Name) {
        let Type::Object(id) = ty else { return };
        let Shape::Object {
            name: owner,
            fields,
            ..
        } = self.scope.shapes.get(*id)
        else {
            return;
        };
        let mistake = Mistake::new(
            name.span,
            text!(
                "{owner} has no field `{name}`",
                "لا يوجد في {owner} حقل باسم `{name}`",
                owner = owner,
                name = name.text,
            ),
        );
        let help = if let Some(name) =
            nearest(&name.text, fields.iter().map(|field| field.name.as_str()))
        {
            text::did_you_mean(&name)
        } else {
            let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
            let en = format!("its fields are {}", names.join(", "));
            text::Text::new(en, format!("حقوله هي: {}", names.join("، ")))
        };
        self.mistake(mistake.with_help(help));
    }

    pub(super) fn index(&mut self, object: &Expr, index: &Expr, span: Span) -> (OpId, Type) {
        let absent_object = self.may_be_absent;
        let (list, ty) = self.expr(object);
        self.may_be_absent = absent_object;
        if matches!(ty, Type::Optional(_)) {
            return self.maybe_place(list, &ty, (object, index), span);
        }
        if let (Kind::Str(text), Type::Object(_) | Type::Map(..) | Type::Dyn) = (&index.kind, &ty) {
            let name = Name {
                text: text.clone(),
                span: index.span,
            };
            return self.access(list, &ty, &name, object);
        }
        let (at, index_type) = self.strictly(index);
        self.is_known_as("list", (object, list), &ty);
        let found = self.place_type(&ty, (index, at, &index_type), span);
        let op = self.push(Op::Index(list, at, Load::of(&found)));
        match ty {
            Type::List(_) if index_type == Type::Int => {
                self.has_place((object, list), (index, at));
            }
            Type::Map(..) if !is_key_written(object, &index.kind) => {
                self.has_key((object, list), (index, at));
            }
            _ => {}
        }
        (op, found)
    }

    /// What stands at a place of a list or under a key of a map.
    pub(super) fn place_type(
        &mut self,
        ty: &Type,
        (index, at, index_type): (&Expr, OpId, &Type),
        span: Span,
    ) -> Type {
        if let Type::List(_) = ty {
            self.is_known(index, at, index_type);
        }
        match (ty, index_type) {
            (Type::List(item), Type::Int | Type::Dyn) => item.clone().taken(),
            (Type::Map(key, value), _) => {
                if !key.can_equal(index_type) {
                    let wanted = key.name(self.scope.shapes);
                    self.expected(index.span, &wanted, index_type);
                }
                value.clone().taken()
            }
            (Type::Dyn, _) => Type::Dyn,
            (Type::List(_), _) => {
                self.expected(index.span, &text!("an integer", "عدد صحيح"), index_type);
                Type::Dyn
            }
            _ => {
                self.expected(span, &text!("a list", "قائمة"), ty);
                Type::Dyn
            }
        }
    }

    pub(super) fn has(&mut self, operand: &Expr) -> (OpId, Type) {
        if let Kind::Index(_, index) = &operand.kind
            && !matches!(index.kind, Kind::Str(_))
        {
            self.mistake(Mistake::new(
                index.span,
                text!(
                    "`has` asks for a field, by its name",
                    "يسأل `has` عن حقل باسمه"
                ),
            ));
            return self.unknown();
        }
        let outer = std::mem::replace(&mut self.may_be_absent, true);
        let (op, _) = self.expr(operand);
        self.may_be_absent = outer;
        (self.push(Op::Has(op)), Type::Bool)
    }
}

/// Whether a map that is written out in the expression holds a key that is a name.
fn is_written(object: &Expr, name: &str) -> bool {
    is_key_written(object, &Kind::Str(name.into()))
}

/// Whether a map that is written out in the expression holds a key that is written out as well.
fn is_key_written(object: &Expr, key: &Kind) -> bool {
    let Kind::Map(entries) = &object.kind else {
        return false;
    };
    let is_literal = matches!(
        key,
        Kind::Str(_) | Kind::Int(_) | Kind::Uint(_) | Kind::Bool(_)
    );
    let bears =
        |(known, value): &(Expr, Expr)| known.kind == *key && !matches!(value.kind, Kind::Maybe(_));
    is_literal && entries.iter().any(bears)
}

fn is_extension(shapes: &Shapes, ty: &Type, name: &str) -> bool {
    let Type::Object(id) = ty else { return false };
    let open = matches!(
        shapes.get(*id),
        Shape::Object {
            extra: Extra::Extensions,
            ..
        }
    );
    open && name.starts_with("x-")
}

/// An access path as its author would write it.
fn written(object: &Expr, field: &str) -> Option<String> {
    let object = match &object.kind {
        Kind::Ident(name) => name.to_string(),
        Kind::Field(inner, name) => written(inner, &name.text)?,
        Kind::Index(inner, index) => match &index.kind {
            Kind::Str(name) => written(inner, name)?,
            _ => return None,
        },
        _ => return None,
    };
    let plain = field.chars().all(|c| c == '_' || c.is_ascii_alphanumeric());
    Some(if plain {
        format!("{object}.{field}")
    } else {
        format!("{object}[\"{field}\"]")
    })
}
