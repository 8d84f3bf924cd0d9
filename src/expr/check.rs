//! Tree → [`Program`]: every node gets a type from the schema, and what could go wrong at lint time is
//! refused here, at the exact characters.

use crate::expr::ast::{BinaryOp, Comparison, Expr, Kind, Loop, LoopKind, Name, UnaryOp};
use crate::expr::narrow::facts;
use crate::expr::parse::parse;
use crate::expr::program::{Arithmetic, Constant, FieldRef, Load, LoopOp, Op, OpId, Program};
use crate::expr::{Mistake, Type};
use crate::schema::{Extra, Shape, Shapes};
use crate::source::Span;
use crate::text;
use crate::text::nearest;
use crate::yaml::key_hash;

/// The names that an expression may use, and what is known of them.
#[derive(Clone)]
pub(crate) struct Scope<'s> {
    /// The schema of the documents.
    pub(crate) shapes: &'s Shapes,
    /// Variables with their types; the place is the slot.
    pub(crate) variables: Vec<(Box<str>, Type)>,
    /// The rule's options.
    pub(crate) options: Vec<(Box<str>, Type)>,
    /// Access paths that are certainly there.
    pub(crate) facts: Vec<String>,
}

impl<'s> Scope<'s> {
    /// A scope in which only `agency`, or whatever the root is called, is known.
    pub(crate) fn new(shapes: &'s Shapes, root: &str) -> Self {
        let variables = vec![(root.into(), Type::of(shapes, shapes.root()))];
        Self {
            shapes,
            variables,
            options: Vec::new(),
            facts: Vec::new(),
        }
    }

    /// The name of an access path such as `account.bio.text`: its slot and its fields.
    fn path(&self, expr: &Expr) -> Option<String> {
        let (object, field) = match &expr.kind {
            Kind::Ident(name) => {
                let slot = self
                    .variables
                    .iter()
                    .rposition(|(known, _)| known == name)?;
                return Some(format!("#{slot}"));
            }
            Kind::Field(object, name) => (object, &name.text),
            Kind::Index(object, index) => match &index.kind {
                Kind::Str(name) => (object, name),
                _ => return None,
            },
            _ => return None,
        };
        Some(format!("{}.{field}", self.path(object)?))
    }

    /// Takes note of what `expr` proves when it is true.
    pub(crate) fn assume(&mut self, text: &str) {
        if let Ok(expr) = parse(text) {
            let proven = facts(&expr, true, &|expr| self.path(expr));
            self.facts.extend(proven);
        }
    }
}

/// What is demanded of the whole expression.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Demand {
    /// True or false.
    Condition,
    /// A list to go through; it may be absent, which counts as empty.
    List,
    /// Any value that is certainly there.
    Value,
}

/// Checks one expression.
pub(crate) fn compile(
    text: &str,
    scope: &Scope<'_>,
    demand: Demand,
) -> Result<Program, Vec<Mistake>> {
    let expr = parse(text).map_err(|mistake| vec![mistake])?;
    let mut checker = Checker {
        scope: scope.clone(),
        ops: Vec::new(),
        mistakes: Vec::new(),
        may_be_absent: demand == Demand::List,
    };
    let (root, ty) = checker.expr(&expr);
    let wanted = match (demand, &ty) {
        (_, Type::Dyn) | (Demand::Value, _) => None,
        (Demand::Condition, Type::Bool) | (Demand::List, Type::List(_)) => None,
        (Demand::Condition, _) => Some(text!("a condition", "شرط")),
        (Demand::List, _) => Some(text!("a list", "قائمة")),
    };
    if let Some(wanted) = wanted {
        checker.expected(expr.span, &wanted, &ty);
    }
    if checker.mistakes.is_empty() {
        Ok(Program {
            ops: checker.ops,
            root,
            ty,
        })
    } else {
        Err(checker.mistakes)
    }
}

pub(super) struct Checker<'s> {
    pub(super) scope: Scope<'s>,
    ops: Vec<Op>,
    mistakes: Vec<Mistake>,
    /// Whether the access path at hand stands inside `has`, or is the range of an `each`.
    may_be_absent: bool,
}

impl Checker<'_> {
    pub(super) fn push(&mut self, op: Op) -> OpId {
        self.ops.push(op);
        OpId(crate::source::to_offset(self.ops.len() - 1))
    }

    pub(super) fn mistake(&mut self, mistake: Mistake) {
        self.mistakes.push(mistake);
    }

    /// Goes on after a mistake with a value of any type, so that one mistake is reported once.
    pub(super) fn unknown(&mut self) -> (OpId, Type) {
        (self.push(Op::Const(Constant::Null)), Type::Dyn)
    }

    pub(super) fn expected(&mut self, span: Span, wanted: &text::Text, found: &Type) {
        let found = found.name(self.scope.shapes);
        self.mistake(Mistake::new(
            span,
            text::Text::new(
                format!("expected {}, found {}", wanted.en, found.en),
                format!("المتوقع {}، والموجود {}", wanted.ar, found.ar),
            ),
        ));
    }

    /// Checks a node that must be there.
    pub(super) fn expr(&mut self, expr: &Expr) -> (OpId, Type) {
        let constant = match &expr.kind {
            Kind::Null => (Constant::Null, Type::Null),
            Kind::Bool(value) => (Constant::Bool(*value), Type::Bool),
            Kind::Int(value) => (Constant::Int(*value), Type::Int),
            Kind::Double(value) => (Constant::Double(*value), Type::Double),
            Kind::Str(value) => (Constant::Str(value.clone()), Type::String),
            Kind::List(items) => return self.list(items),
            Kind::Ident(name) => return self.ident(name, expr.span),
            Kind::Field(object, name) => return self.field(object, name),
            Kind::Index(object, index) => return self.index(object, index, expr.span),
            Kind::Call(name, args) => return self.call(name, None, args, expr.span),
            Kind::Method(receiver, name, args) => {
                return self.call(name, Some(receiver), args, expr.span);
            }
            Kind::Has(operand) => return self.has(operand),
            Kind::Unary(op, operand) => return self.unary(*op, operand),
            Kind::Binary(op, sign, left, right) => return self.binary(*op, *sign, left, right),
            Kind::Cond(condition, yes, no) => return self.cond(condition, yes, no),
            Kind::Loop(looped) => return self.looped(looped),
        };
        (self.push(Op::Const(constant.0)), constant.1)
    }

    /// Checks a node that must be true or false.
    fn condition(&mut self, expr: &Expr) -> OpId {
        let (op, ty) = self.strictly(expr);
        if !matches!(ty, Type::Bool | Type::Dyn) {
            self.expected(expr.span, &text!("true or false", "قيمة منطقية"), &ty);
        }
        op
    }

    /// Checks a node under more facts.
    fn with_facts<T>(&mut self, proven: Vec<String>, check: impl FnOnce(&mut Self) -> T) -> T {
        let known = self.scope.facts.len();
        self.scope.facts.extend(proven);
        let result = check(self);
        self.scope.facts.truncate(known);
        result
    }

    fn proven(&self, expr: &Expr, truth: bool) -> Vec<String> {
        facts(expr, truth, &|expr| self.scope.path(expr))
    }

    fn list(&mut self, items: &[Expr]) -> (OpId, Type) {
        let mut ops = Vec::with_capacity(items.len());
        let mut common: Option<Type> = None;
        for item in items {
            let (op, ty) = self.expr(item);
            ops.push(op);
            common = Some(match common {
                Some(known) if known == ty || !known.can_equal(&ty) => {
                    if !known.can_equal(&ty) {
                        let wanted = known.name(self.scope.shapes);
                        self.expected(item.span, &wanted, &ty);
                    }
                    known
                }
                Some(known) if known.is_text() => Type::String,
                Some(_) => Type::Dyn,
                None => ty,
            });
        }
        (
            self.push(Op::List(ops)),
            Type::List(Box::new(common.unwrap_or(Type::Dyn))),
        )
    }

    fn ident(&mut self, name: &str, span: Span) -> (OpId, Type) {
        if let Some(slot) = self
            .scope
            .variables
            .iter()
            .rposition(|(known, _)| **known == *name)
        {
            let ty = self.scope.variables[slot].1.clone();
            return (self.push(Op::Slot(slot)), ty);
        }
        if name == "today" {
            return (self.push(Op::Today), Type::Timestamp);
        }
        let names = self.scope.variables.iter().map(|(known, _)| &**known);
        let suggestion = nearest(name, names.chain(["today", "options"])).map(str::to_owned);
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
        let help = match suggestion {
            Some(name) => text!("did you mean `{name}`?", "هل تقصد `{name}`؟", name = name),
            None => text!(
                "known here: {names}",
                "المعروف هنا: {names}",
                names = known.join(", ")
            ),
        };
        self.mistake(mistake.with_help(help));
        self.unknown()
    }

    fn field(&mut self, object: &Expr, name: &Name) -> (OpId, Type) {
        if matches!(&object.kind, Kind::Ident(root) if &**root == "options") {
            return self.setting(name);
        }
        let absent_object = self.may_be_absent;
        let (op, ty) = self.expr(object);
        self.may_be_absent = absent_object;
        self.access(op, &ty, name, object)
    }

    fn setting(&mut self, name: &Name) -> (OpId, Type) {
        if let Some(place) = self
            .scope
            .options
            .iter()
            .position(|(known, _)| *known == name.text)
        {
            let ty = self.scope.options[place].1.clone();
            return (self.push(Op::Setting(place)), ty);
        }
        let names = self.scope.options.iter().map(|(known, _)| &**known);
        let suggestion = nearest(&name.text, names).map(str::to_owned);
        let mut mistake = Mistake::new(
            name.span,
            text!(
                "this rule has no option `{name}`",
                "لا يوجد في هذه القاعدة خيار باسم `{name}`",
                name = name.text
            ),
        );
        if let Some(name) = suggestion {
            mistake = mistake.with_help(text!(
                "did you mean `{name}`?",
                "هل تقصد `{name}`؟",
                name = name
            ));
        }
        self.mistake(mistake);
        self.unknown()
    }

    /// `object.name` on an object whose operation and type are known.
    fn access(&mut self, op: OpId, ty: &Type, name: &Name, object: &Expr) -> (OpId, Type) {
        let shapes = self.scope.shapes;
        let (required, found) = match ty {
            Type::Dyn => (self.scope.path(object).is_none(), Type::Dyn),
            Type::Map(value) => (false, (**value).clone()),
            Type::Object(id) => match shapes.field(*id, &name.text) {
                Some(field) => (field.required, Type::of(shapes, field.shape)),
                None if is_extension(shapes, ty, &name.text) => (false, Type::Dyn),
                None => {
                    self.no_field(ty, name);
                    return self.unknown();
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
                return self.unknown();
            }
        };
        if !required && !self.may_be_absent && !self.is_proven(object, &name.text) {
            self.unguarded(object, name);
        }
        let load = Load::of(&found);
        let field = FieldRef {
            name: name.text.clone(),
            hash: key_hash(&name.text),
            load,
        };
        (self.push(Op::Field(op, field)), found)
    }

    fn is_proven(&self, object: &Expr, name: &str) -> bool {
        self.scope
            .path(object)
            .is_some_and(|path| self.scope.facts.contains(&format!("{path}.{name}")))
    }

    fn unguarded(&mut self, object: &Expr, name: &Name) {
        let access = written(object, &name.text);
        let mistake = Mistake::new(
            name.span,
            text!(
                "`{name}` may be absent, and this expression does not ask first",
                "قد لا يكون `{name}` مذكورًا، والتعبير لا يتحقق من ذلك أولًا",
                name = name.text,
            ),
        );
        let help = match access {
            Some(access) => text!(
                "guard it: `has({access}) && …`, or put `has({access})` into `when`",
                "تحقق أولًا: `has({access}) && …`، أو ضع `has({access})` في `when`",
                access = access,
            ),
            None => text!("guard it with `has(…)`", "تحقق أولًا باستعمال `has(…)`"),
        };
        self.mistake(mistake.with_help(help));
    }

    fn no_field(&mut self, ty: &Type, name: &Name) {
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
        let help = match nearest(&name.text, fields.iter().map(|field| field.name.as_str())) {
            Some(name) => text!("did you mean `{name}`?", "هل تقصد `{name}`؟", name = name),
            None => {
                let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
                let en = format!("its fields are {}", names.join(", "));
                text::Text::new(en, format!("حقوله هي: {}", names.join("، ")))
            }
        };
        self.mistake(mistake.with_help(help));
    }

    fn index(&mut self, object: &Expr, index: &Expr, span: Span) -> (OpId, Type) {
        let absent_object = self.may_be_absent;
        let (list, ty) = self.expr(object);
        self.may_be_absent = absent_object;
        if let (Kind::Str(text), Type::Object(_) | Type::Map(_) | Type::Dyn) = (&index.kind, &ty) {
            let name = Name {
                text: text.clone(),
                span: index.span,
            };
            return self.access(list, &ty, &name, object);
        }
        let (at, index_type) = self.strictly(index);
        match (&ty, &index_type) {
            (Type::List(item), Type::Int | Type::Dyn) => {
                let load = Load::of(item);
                (self.push(Op::Index(list, at, load)), (**item).clone())
            }
            (Type::Dyn, _) => (self.push(Op::Index(list, at, Load::Plain)), Type::Dyn),
            (Type::List(_), _) => {
                self.expected(index.span, &text!("an integer", "عدد صحيح"), &index_type);
                self.unknown()
            }
            _ => {
                self.expected(span, &text!("a list", "قائمة"), &ty);
                self.unknown()
            }
        }
    }

    /// Checks a node for which no outer `has` speaks.
    pub(super) fn strictly(&mut self, expr: &Expr) -> (OpId, Type) {
        let outer = std::mem::replace(&mut self.may_be_absent, false);
        let result = self.expr(expr);
        self.may_be_absent = outer;
        result
    }

    fn has(&mut self, operand: &Expr) -> (OpId, Type) {
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

    fn unary(&mut self, op: UnaryOp, operand: &Expr) -> (OpId, Type) {
        if op == UnaryOp::Not {
            let inner = self.condition(operand);
            return (self.push(Op::Not(inner)), Type::Bool);
        }
        let (inner, ty) = self.expr(operand);
        if !matches!(ty, Type::Int | Type::Double | Type::Duration | Type::Dyn) {
            self.expected(operand.span, &text!("a number", "عدد"), &ty);
        }
        (self.push(Op::Negate(inner)), ty)
    }

    fn binary(&mut self, op: BinaryOp, sign: Span, left: &Expr, right: &Expr) -> (OpId, Type) {
        match op {
            BinaryOp::And | BinaryOp::Or => {
                let first = self.condition(left);
                let proven = self.proven(left, op == BinaryOp::And);
                let second = self.with_facts(proven, |checker| checker.condition(right));
                let op = if op == BinaryOp::And {
                    Op::And(first, second)
                } else {
                    Op::Or(first, second)
                };
                (self.push(op), Type::Bool)
            }
            BinaryOp::Compare(comparison) => {
                let (first, a) = self.expr(left);
                let (second, b) = self.expr(right);
                self.compare(comparison, sign, (left, &a), (right, &b));
                (
                    self.push(Op::Compare(comparison, first, second)),
                    Type::Bool,
                )
            }
            BinaryOp::In => self.membership(left, right),
            BinaryOp::Add => self.arithmetic(Arithmetic::Add, op, left, right),
            BinaryOp::Subtract => self.arithmetic(Arithmetic::Subtract, op, left, right),
            BinaryOp::Multiply => self.arithmetic(Arithmetic::Multiply, op, left, right),
            BinaryOp::Divide => self.arithmetic(Arithmetic::Divide, op, left, right),
            BinaryOp::Remainder => self.arithmetic(Arithmetic::Remainder, op, left, right),
        }
    }

    fn compare(
        &mut self,
        comparison: Comparison,
        sign: Span,
        left: (&Expr, &Type),
        right: (&Expr, &Type),
    ) {
        let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        let fits = if equality {
            left.1.can_equal(right.1)
        } else {
            left.1.can_order(right.1)
        };
        if fits {
            self.listed(left.0, right.1);
            self.listed(right.0, left.1);
            return;
        }
        let (a, b) = (
            left.1.name(self.scope.shapes),
            right.1.name(self.scope.shapes),
        );
        let mistake = Mistake::new(
            sign,
            text::Text::new(
                format!("{} cannot be compared with {}", a.en, b.en),
                format!("لا تصح المقارنة بين {} و{}", a.ar, b.ar),
            ),
        );
        let text_meets =
            |ty: &Type| (left.1 == ty && right.1.is_text()) || (right.1 == ty && left.1.is_text());
        let mistake = if text_meets(&Type::Timestamp) {
            mistake.with_help(text!(
                "write a date as `timestamp('2018-07-10')`",
                "اكتب التاريخ هكذا: `timestamp('2018-07-10')`",
            ))
        } else if text_meets(&Type::Duration) {
            mistake.with_help(text!(
                "write a length of time as `duration('24h')` or `days(7)`",
                "اكتب المدة هكذا: `duration('24h')` أو `days(7)`",
            ))
        } else {
            mistake
        };
        self.mistake(mistake);
    }

    /// Refuses a literal that a list of allowed words does not hold.
    fn listed(&mut self, literal: &Expr, ty: &Type) {
        let (Kind::Str(word), Type::Enum(id)) = (&literal.kind, ty) else {
            return;
        };
        let Shape::String { values, .. } = self.scope.shapes.get(*id) else {
            return;
        };
        if values.iter().any(|value| **value == **word) {
            return;
        }
        let mistake = Mistake::new(
            literal.span,
            text!(
                "this can never be `{word}`: the schema does not allow it",
                "لا يمكن أن تكون القيمة `{word}`: لا يسمح بها المخطط",
                word = word,
            ),
        );
        let help = match nearest(word, values.iter().map(String::as_str)) {
            Some(word) => text!("did you mean `{word}`?", "هل تقصد `{word}`؟", word = word),
            None => text!(
                "it is one of {words}",
                "القيم الممكنة: {words}",
                words = values.join(", ")
            ),
        };
        self.mistake(mistake.with_help(help));
    }

    fn membership(&mut self, left: &Expr, right: &Expr) -> (OpId, Type) {
        let (needle, a) = self.expr(left);
        let (list, b) = self.expr(right);
        match &b {
            Type::List(item) => {
                if item.can_equal(&a) {
                    self.listed(left, item);
                    if let Kind::List(words) = &right.kind {
                        words.iter().for_each(|word| self.listed(word, &a));
                    }
                } else {
                    let wanted = item.name(self.scope.shapes);
                    self.expected(left.span, &wanted, &a);
                }
            }
            Type::Dyn => {}
            _ => self.expected(right.span, &text!("a list", "قائمة"), &b),
        }
        (
            self.push(Op::In(needle, list, Load::of_items(&b))),
            Type::Bool,
        )
    }

    fn arithmetic(
        &mut self,
        kind: Arithmetic,
        op: BinaryOp,
        left: &Expr,
        right: &Expr,
    ) -> (OpId, Type) {
        use Type::{Double, Duration, Dyn, Int, String, Timestamp};
        let (first, a) = self.expr(left);
        let (second, b) = self.expr(right);
        let result = match (kind, &a, &b) {
            (_, Dyn, _) | (_, _, Dyn) => Some(Dyn),
            (_, Int, Int) => Some(Int),
            (Arithmetic::Remainder, ..) => None,
            (_, Double, Double) => Some(Double),
            (Arithmetic::Add, a, b) if a.is_text() && b.is_text() => Some(String),
            (Arithmetic::Add | Arithmetic::Subtract, Timestamp, Duration) => Some(Timestamp),
            (Arithmetic::Add, Duration, Timestamp) => Some(Timestamp),
            (Arithmetic::Subtract, Timestamp, Timestamp) => Some(Duration),
            (Arithmetic::Add | Arithmetic::Subtract, Duration, Duration) => Some(Duration),
            _ => None,
        };
        let Some(result) = result else {
            let (a, b) = (a.name(self.scope.shapes), b.name(self.scope.shapes));
            let sign = op.sign();
            self.mistake(Mistake::new(
                left.span.cover(right.span),
                text::Text::new(
                    format!("`{sign}` does not go between {} and {}", a.en, b.en),
                    format!("لا يصح العامل `{sign}` بين {} و{}", a.ar, b.ar),
                ),
            ));
            return self.unknown();
        };
        (self.push(Op::Arithmetic(kind, first, second)), result)
    }

    fn cond(&mut self, condition: &Expr, yes: &Expr, no: &Expr) -> (OpId, Type) {
        let test = self.condition(condition);
        let proven = self.proven(condition, true);
        let (first, a) = self.with_facts(proven, |checker| checker.expr(yes));
        let proven = self.proven(condition, false);
        let (second, b) = self.with_facts(proven, |checker| checker.expr(no));
        let ty = match () {
            () if a == b => a,
            () if a.is_text() && b.is_text() => Type::String,
            () if a.can_equal(&b) => Type::Dyn,
            () => {
                let wanted = a.name(self.scope.shapes);
                self.expected(no.span, &wanted, &b);
                Type::Dyn
            }
        };
        (self.push(Op::Cond(test, first, second)), ty)
    }

    fn looped(&mut self, looped: &Loop) -> (OpId, Type) {
        let (range, ty) = self.expr(&looped.range);
        let item = match ty {
            Type::List(item) => *item,
            Type::Dyn => Type::Dyn,
            other => {
                self.expected(looped.range.span, &text!("a list", "قائمة"), &other);
                Type::Dyn
            }
        };
        let shadows = self
            .scope
            .variables
            .iter()
            .any(|(known, _)| *known == looped.variable.text);
        if shadows || ["today", "options"].contains(&&*looped.variable.text) {
            self.mistake(Mistake::new(
                looped.variable.span,
                text!(
                    "`{name}` already means something here; choose another name",
                    "للاسم `{name}` معنى آخر هنا؛ اختر اسمًا غيره",
                    name = looped.variable.text,
                ),
            ));
        }
        let slot = self.scope.variables.len();
        let load = Load::of(&item);
        self.scope
            .variables
            .push((looped.variable.text.clone(), item.clone()));
        let condition = looped
            .condition
            .as_ref()
            .map(|condition| self.condition(condition));
        let proven = looped
            .condition
            .as_ref()
            .map(|expr| self.proven(expr, true));
        let result = looped.result.as_ref().map(|result| {
            self.with_facts(proven.unwrap_or_default(), |checker| {
                checker.strictly(result)
            })
        });
        self.scope.variables.pop();
        let ty = match looped.kind {
            LoopKind::Filter => Type::List(Box::new(item)),
            LoopKind::Map => Type::List(Box::new(
                result.as_ref().map_or(Type::Dyn, |(_, ty)| ty.clone()),
            )),
            LoopKind::All | LoopKind::Exists | LoopKind::ExistsOne => Type::Bool,
        };
        let result = result.map(|(op, _)| op);
        let op = LoopOp {
            kind: looped.kind,
            range,
            load,
            slot,
            condition,
            result,
        };
        (self.push(Op::Loop(op)), ty)
    }
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
