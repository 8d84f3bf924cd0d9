//! Small changes to an expression, each of which should change what a rule finds. They are made in the
//! text, at the spans of the tree, so that a mutant reads like what its author wrote.

use crate::expr::ast::{BinaryOp, Comparison, Expr, Kind, UnaryOp};
use crate::expr::parse::parse;
use crate::schema::Shapes;
use crate::source::Span;
use crate::text;
use crate::text::Text;

/// A change: the bytes that go, what comes instead, and which example would notice.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    pub(crate) span: Span,
    pub(crate) by: String,
    pub(crate) need: Text,
    /// The bytes of what is dropped, if the change drops something.
    pub(crate) dropped: Option<Span>,
}

/// All changes to an expression; those of a condition if it is one.
pub(crate) fn edits(text: &str, shapes: &Shapes, is_condition: bool) -> Vec<Edit> {
    let mut mutator = Mutator {
        text,
        shapes,
        edits: Vec::new(),
    };
    if let Ok(expr) = parse(text) {
        mutator.expr(&expr, is_condition);
    }
    mutator.edits
}

impl Edit {
    /// The text with the change made.
    pub(crate) fn apply(&self, text: &str) -> String {
        let range = self.span.range();
        let before = text.get(..range.start).unwrap_or("");
        let after = text.get(range.end..).unwrap_or("");
        format!("{before}{}{after}", self.by)
    }
}

struct Mutator<'m> {
    text: &'m str,
    shapes: &'m Shapes,
    edits: Vec<Edit>,
}

impl Mutator<'_> {
    fn words(&self, expr: &Expr) -> String {
        self.text.get(expr.span.range()).unwrap_or("").to_owned()
    }

    fn edit(&mut self, span: Span, by: String, need: Text) {
        self.edits.push(Edit {
            span,
            by,
            need,
            dropped: None,
        });
    }

    /// Changes a node and everything below it.
    fn expr(&mut self, expr: &Expr, is_condition: bool) {
        match &expr.kind {
            Kind::Unary(UnaryOp::Not, operand) => {
                let bare = format!("({})", self.words(operand));
                self.edit(expr.span, bare, reaching(&self.words(expr)));
                // Its own negation would be the same.
                return self.below(operand);
            }
            Kind::Binary(op @ (BinaryOp::And | BinaryOp::Or), _, left, right) => {
                self.sides(*op, left, right, expr.span);
                if is_condition {
                    self.negate(expr);
                }
                self.expr(left, true);
                return self.expr(right, true);
            }
            Kind::Binary(BinaryOp::Compare(comparison), sign, ..) => {
                let negated = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
                self.swap(*comparison, *sign, expr);
                if is_condition && !negated {
                    self.negate(expr);
                }
            }
            _ if is_condition && !matches!(expr.kind, Kind::Bool(_)) => self.negate(expr),
            _ => {}
        }
        self.below(expr);
    }

    fn below(&mut self, expr: &Expr) {
        match &expr.kind {
            Kind::Bool(_) | Kind::Int(_) | Kind::Double(_) | Kind::Str(_) => self.literal(expr),
            Kind::List(items) | Kind::Call(_, items) => {
                for item in items {
                    self.expr(item, false);
                }
            }
            Kind::Method(receiver, _, args) => {
                self.expr(receiver, false);
                for arg in args {
                    self.expr(arg, false);
                }
            }
            Kind::Field(object, _) | Kind::Has(object) => self.expr(object, false),
            Kind::Unary(op, operand) => self.expr(operand, *op == UnaryOp::Not),
            Kind::Index(left, right) => {
                self.expr(left, false);
                self.expr(right, false);
            }
            Kind::Binary(op, _, left, right) => {
                let joins = matches!(op, BinaryOp::And | BinaryOp::Or);
                self.expr(left, joins);
                self.expr(right, joins);
            }
            Kind::Cond(condition, yes, no) => {
                self.expr(condition, true);
                self.expr(yes, false);
                self.expr(no, false);
            }
            Kind::Loop(looped) => {
                self.expr(&looped.range, false);
                if let Some(condition) = &looped.condition {
                    self.expr(condition, true);
                }
                if let Some(result) = &looped.result {
                    self.expr(result, false);
                }
            }
            _ => {}
        }
    }

    /// Either side alone.
    fn sides(&mut self, op: BinaryOp, left: &Expr, right: &Expr, whole: Span) {
        for (kept, dropped) in [(right, left), (left, right)] {
            let by = format!("({})", self.words(kept));
            let span = dropped.span;
            let dropped = self.words(dropped);
            let need = if op == BinaryOp::And {
                text!(
                    "add an example in which only `{dropped}` is false",
                    "أضف مثالًا لا يختل فيه إلا `{dropped}`",
                    dropped = one_line(&dropped),
                )
            } else {
                text!(
                    "add an example in which only `{dropped}` is true",
                    "أضف مثالًا لا يتحقق فيه إلا `{dropped}`",
                    dropped = one_line(&dropped),
                )
            };
            self.edits.push(Edit {
                span: whole,
                by,
                need,
                dropped: Some(span),
            });
        }
    }

    fn negate(&mut self, expr: &Expr) {
        let words = self.words(expr);
        self.edit(expr.span, format!("!({words})"), reaching(&words));
    }

    fn swap(&mut self, comparison: Comparison, sign: Span, expr: &Expr) {
        let other = match comparison {
            Comparison::Equal => Comparison::NotEqual,
            Comparison::NotEqual => Comparison::Equal,
            Comparison::Less => Comparison::LessOrEqual,
            Comparison::LessOrEqual => Comparison::Less,
            Comparison::Greater => Comparison::GreaterOrEqual,
            Comparison::GreaterOrEqual => Comparison::Greater,
        };
        let words = self.words(expr);
        let need = match comparison {
            Comparison::Equal | Comparison::NotEqual => reaching(&words),
            _ => text!(
                "add an example in which both sides of `{words}` are equal",
                "أضف مثالًا يتساوى فيه طرفا `{words}`",
                words = one_line(&words),
            ),
        };
        self.edit(sign, BinaryOp::Compare(other).sign().to_owned(), need);
    }

    fn literal(&mut self, expr: &Expr) {
        let others = match &expr.kind {
            Kind::Bool(value) => vec![(!value).to_string()],
            Kind::Int(value) => [value.checked_add(1), value.checked_sub(1)]
                .into_iter()
                .flatten()
                .map(|other| other.to_string())
                .collect(),
            Kind::Double(value) => vec![format!("{:?}", value + 1.0), format!("{:?}", value - 1.0)],
            Kind::Str(value) => {
                let known = self.shapes.neighbours(value).into_iter();
                let fresh = format!("{value}-x");
                known.chain([&*fresh]).map(quoted).collect()
            }
            _ => Vec::new(),
        };
        let words = self.words(expr);
        for by in others {
            let need = text!(
                "add an example for which it matters that here stands `{words}` and not `{other}`",
                "أضف مثالًا يتغير حكمه إن حل `{other}` محل `{words}` هنا",
                words = words,
                other = by,
            );
            self.edit(expr.span, by, need);
        }
    }
}

/// The example that is missing when nothing depends on a condition.
fn reaching(words: &str) -> Text {
    text!(
        "add an example whose verdict depends on `{words}`",
        "أضف مثالًا يتوقف حكمه على `{words}`",
        words = one_line(words),
    )
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
