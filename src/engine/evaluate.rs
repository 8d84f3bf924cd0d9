//! One expression by itself, for whoever writes rules: its value, its type, and where it came from.

use std::sync::Arc;

use bumpalo::Bump;

use crate::date::Date;
use crate::diagnostic::{Diagnostic, Label};
use crate::engine::datum::{self, Datum};
use crate::engine::{Identity, empty, finding, identify, not_ours};
use crate::expr::{Demand, Fault, Machine, Program, Scope, Strictness, Type, compile, explain};
use crate::schema::{Shapes, Validation, agency_shapes, hide, hide_by_line, validate};
use crate::source::{Source, Span};
use crate::text;
use crate::text::Text;
use crate::yaml::{self, Document, NodeId};

/// What an expression is called where its mistakes are shown.
const NAME: &str = "<expression>";

/// Checks expressions, and evaluates them on one day.
#[derive(Debug)]
pub struct Evaluator {
    pub(super) shapes: Arc<Shapes>,
    as_of: Date,
}

/// Variables with their values.
pub type Bindings = Vec<(String, serde_json::Value)>;

/// An expression that has been checked.
#[derive(Debug)]
pub struct Expression<'e> {
    pub(super) evaluator: &'e Evaluator,
    pub(super) program: Program,
    bindings: Bindings,
    /// Whether its first variable is the document.
    on_document: bool,
}

/// What an expression gives on one document.
#[derive(Debug)]
pub struct Reply {
    /// The line where the document begins.
    pub line: u32,
    /// The value, or why there is none.
    pub answer: Result<Answer, Vec<Diagnostic>>,
}

/// What an expression gives.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The value.
    pub value: Datum,
    /// What kind of value the expression has wherever it is evaluated.
    pub ty: Text,
    /// Where the value stands, if it stands in the document; for one that was computed what
    /// decided it.
    pub labels: Vec<Label>,
    /// Whether the labels say where the value itself stands.
    pub stands: bool,
}

impl Evaluator {
    /// For the schema of an agency.
    pub fn new(as_of: Date) -> Self {
        Self {
            shapes: Arc::new(agency_shapes()),
            as_of,
        }
    }

    /// Checks an expression against the schema; `agency` is known only to one that is `on_document`, and
    /// the bindings may hold anything.
    ///
    /// # Errors
    ///
    /// Every mistake, at its characters.
    pub fn check(
        &self,
        text: &str,
        bindings: Bindings,
        on_document: bool,
    ) -> Result<Expression<'_>, Vec<Diagnostic>> {
        let mut scope = Scope::new(&self.shapes, "agency");
        if !on_document {
            scope.variables.clear();
        }
        scope.strictness = Strictness::Cel;
        let names = bindings.iter().map(|(name, _)| name.as_str());
        scope
            .variables
            .extend(names.map(|name| (name.into(), Type::Dyn)));
        let program = compile(text, &scope, Demand::Value).map_err(|mistakes| {
            let source = Arc::new(Source::new(NAME, text));
            mistakes
                .into_iter()
                .map(|mistake| mistake.into_diagnostic("expr/mistake", &source, |span| span))
                .collect::<Vec<_>>()
        })?;
        Ok(Expression {
            evaluator: self,
            program,
            bindings,
            on_document,
        })
    }
}

impl Expression<'_> {
    /// Evaluates the expression on each document of a source; what cannot be evaluated says why.
    pub fn on_source(&self, source: &Arc<Source>) -> Vec<Reply> {
        let parsed = yaml::parse(source);
        let mut replies = Vec::with_capacity(parsed.documents.len());
        let unread = |line, diagnostics| Reply {
            line,
            answer: Err(seen_by_line(diagnostics, source)),
        };
        for document in parsed.documents {
            let line = source.line(document.span(document.root()).start);
            replies.push(match identify(&document) {
                Identity::Agency => Reply {
                    line,
                    answer: self.on_document(document),
                },
                Identity::Unusable(diagnostic) => unread(line, vec![*diagnostic]),
                Identity::Foreign => unread(line, vec![not_ours(&document)]),
                Identity::Empty => continue,
            });
        }
        if !parsed.diagnostics.is_empty() {
            replies.push(unread(1, parsed.diagnostics));
        } else if replies.is_empty() {
            replies.push(unread(1, vec![empty(source)]));
        }
        replies
    }

    /// Evaluates the expression without a document.
    pub fn alone(&self) -> Result<Answer, Vec<Diagnostic>> {
        let blank = Arc::new(Source::new(NAME, "null"));
        let Some(mut document) = yaml::parse(&blank).documents.into_iter().next() else {
            return Err(Vec::new());
        };
        let bound = self.bind(&mut document);
        self.evaluate(&document, &Validation::default(), (0, &bound))
    }

    fn on_document(&self, mut document: Document) -> Result<Answer, Vec<Diagnostic>> {
        let own = document.len();
        let bound = self.bind(&mut document);
        let shapes = &self.evaluator.shapes;
        let validation = validate(&document, document.root(), shapes, shapes.root());
        self.evaluate(&document, &validation, (own, &bound))
    }

    pub(super) fn bind(&self, document: &mut Document) -> Vec<NodeId> {
        let values = self.bindings.iter().map(|(_, value)| value);
        values.map(|value| document.graft(value)).collect()
    }

    /// A machine that knows the variables of the expression.
    pub(super) fn machine<'a>(
        &self,
        document: &'a Document,
        validation: &'a Validation,
        bound: &[NodeId],
        bump: &'a Bump,
    ) -> Machine<'a> {
        let today = self.evaluator.as_of.to_timestamp();
        let mut machine = Machine::new(document, validation, today, bump);
        let root = machine.slots.first().copied().filter(|_| self.on_document);
        let values: Vec<_> = root
            .into_iter()
            .chain(bound.iter().map(|node| machine.plain(*node)))
            .collect();
        machine.set_variables(&values);
        machine
    }

    /// Evaluates on a document with so many nodes of its own and the bound ones behind them.
    fn evaluate(
        &self,
        document: &Document,
        validation: &Validation,
        (own, bound): (usize, &[NodeId]),
    ) -> Result<Answer, Vec<Diagnostic>> {
        let bump = Bump::new();
        let mut machine = self.machine(document, validation, bound, &bump);
        let value = machine.eval(&self.program).map_err(|fault| {
            let mut why = vec![no_value(document, validation, &self.program, fault)];
            hide(&mut why, document.source(), &validation.secrets);
            why
        })?;
        let stands = value.node.is_some_and(|node| node.index() < own);
        let labels = match (value.node, value.data) {
            (Some(node), _) if stands => vec![finding::label(document, node)],
            (None, data) if data.to_words().is_some() => {
                let mut evidence = explain(&mut machine, &self.program);
                evidence.retain(|found| found.node.index() < own);
                finding::labels(document, &evidence)
            }
            _ => Vec::new(),
        };
        let labels = unseen(labels, document.source(), &validation.secrets);
        let value = datum::of(&machine, value);
        let ty = match &self.program.ty {
            Type::Dyn => value.kind_text(),
            known => known.name(&self.evaluator.shapes),
        };
        Ok(Answer {
            value,
            ty,
            labels,
            stands,
        })
    }
}

/// Labels whose snippets show no secret.
pub(super) fn unseen(labels: Vec<Label>, source: &Source, secrets: &[Span]) -> Vec<Label> {
    let mut holder = [Diagnostic::error("expr/value", Text::default())];
    holder[0].labels = labels;
    hide(&mut holder, source, secrets);
    let [holder] = holder;
    holder.labels
}

/// The same with what looks like a secret out of sight.
pub(super) fn seen_by_line(mut diagnostics: Vec<Diagnostic>, source: &Source) -> Vec<Diagnostic> {
    hide_by_line(&mut diagnostics, source);
    diagnostics
}

/// Why a program has no value, as a finding; a shape error is shown where it stands.
pub(super) fn no_value(
    document: &Document,
    validation: &Validation,
    program: &Program,
    fault: Fault,
) -> Diagnostic {
    match fault {
        Fault::Poisoned(node) => poisoned(document, validation, node),
        Fault::Absent(node, field) => {
            let message = text!(
                "there is no value: `{name}` is missing",
                "لا قيمة للتعبير: الحقل `{name}` غير مذكور",
                name = program.field_of(field).unwrap_or("?"),
            );
            let found = Diagnostic::error("expr/absent", message);
            if document.span(node).is_empty() {
                return found;
            }
            found.with_label(Label::new(document.source(), document.head(node)))
        }
        Fault::NoKey => Diagnostic::error(
            "expr/absent",
            text!(
                "there is no value: a map has no such key",
                "لا قيمة للتعبير: لا يوجد هذا المفتاح في الخريطة"
            ),
        ),
        Fault::Failed(reason) => Diagnostic::error(
            "expr/failed",
            text!(
                "there is no value: {reason}",
                "لا قيمة للتعبير: {reason}",
                reason = reason
            ),
        ),
    }
}

fn poisoned(document: &Document, validation: &Validation, node: NodeId) -> Diagnostic {
    let message = text!(
        "there is no value: it rests on something that has a shape error",
        "لا قيمة للتعبير: فهو مبني على ما شكله غير سليم"
    );
    let diagnostic = Diagnostic::error("expr/not-evaluated", message);
    let whole = document.span(node);
    let within = |found: &&Diagnostic| {
        let mut labels = found.labels.iter();
        labels.any(|label| whole.contains(label.span))
    };
    let errors = &validation.diagnostics;
    let cause = validation.poison.cause(node);
    let cause = cause
        .and_then(|place| errors.get(place))
        .or_else(|| errors.iter().find(within));
    let label = cause.and_then(|cause| {
        let label = cause.labels.first()?.clone();
        Some(label.with_text(cause.message.clone()))
    });
    diagnostic.with_label(label.unwrap_or_else(|| finding::label(document, node)))
}
