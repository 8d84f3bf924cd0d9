//! One expression by itself, for whoever writes rules: its value, its type, and where it came from.

use std::sync::Arc;

use bumpalo::Bump;

use crate::date::Date;
use crate::diagnostic::{Diagnostic, Label};
use crate::engine::Recognizer;
use crate::engine::datum::{self, Datum};
use crate::engine::finding;
use crate::engine::identity::{Identity, empty, identify, not_ours};
use crate::expr::{
    Demand, Fault, Machine, Mistake, Program, Reason, Scope, Strictness, Type, WordList, compile,
    explain,
};
use crate::pack::Packs;
use crate::schema::{Kind, Shapes, Validation, hide, hide_by_line, validate};
use crate::source::{Source, Span};
use crate::text;
use crate::text::Text;
use crate::yaml::{self, Document, NodeId};

/// What an expression is called where its mistakes are shown.
const NAME: &str = "<expression>";

/// Checks expressions, and evaluates them on one day.
#[derive(Debug)]
pub struct Evaluator {
    pub(super) kinds: Vec<Arc<Kind>>,
    terms: Arc<[WordList]>,
    pub(super) as_of: Date,
}

/// Variables with their values.
pub type Bindings = Vec<(String, serde_json::Value)>;

/// An expression that has been checked.
#[derive(Debug)]
pub struct Expression<'e> {
    evaluator: &'e Evaluator,
    /// The program for documents of each kind, or what is wrong with the expression there.
    programs: Vec<Checked>,
    bindings: Bindings,
}

/// A program, or the mistakes in the text.
type Checked = Result<Program, Vec<Diagnostic>>;

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
    /// For documents of the kinds that are loaded.
    pub fn new(packs: &Packs, as_of: Date) -> Self {
        Self {
            kinds: packs.kinds.clone(),
            terms: packs.word_lists(),
            as_of,
        }
    }

    /// Checks an expression that speaks of no document; the bindings may hold anything.
    ///
    /// # Errors
    ///
    /// Every mistake, at its characters.
    pub fn check(&self, text: &str, bindings: Bindings) -> Result<Expression<'_>, Vec<Diagnostic>> {
        let mut scope = Scope::new(&self.kinds[0].shapes, "");
        scope.variables.clear();
        let program = self.program(text, scope, &bindings)?;
        Ok(Expression {
            evaluator: self,
            programs: vec![Ok(program)],
            bindings,
        })
    }

    /// Checks an expression for the documents of these sources, against the schema of each one's kind.
    ///
    /// # Errors
    ///
    /// Every mistake, if the expression is sound for none of the kinds that occur.
    pub fn check_on<'s>(
        &self,
        text: &str,
        bindings: Bindings,
        sources: impl IntoIterator<Item = &'s Arc<Source>>,
    ) -> Result<Expression<'_>, Vec<Diagnostic>> {
        let check = |kind: &Arc<Kind>| {
            self.program(text, Scope::new(&kind.shapes, &kind.variable), &bindings)
        };
        let programs: Vec<Checked> = self.kinds.iter().map(check).collect();
        if programs.iter().any(Result::is_err) {
            let occurring = self.occurring(sources);
            let first = occurring.first().copied().unwrap_or(0);
            let is_sound = |kind: &usize| programs[*kind].is_ok();
            if let (false, Err(mistakes)) = (occurring.iter().any(is_sound), &programs[first]) {
                return Err(mistakes.clone());
            }
        }
        Ok(Expression {
            evaluator: self,
            programs,
            bindings,
        })
    }

    /// Checks a text in a scope to which the bindings are added.
    fn program(&self, text: &str, mut scope: Scope<'_>, bindings: &Bindings) -> Checked {
        scope.strictness = Strictness::Cel;
        scope.terms = self.terms.iter().map(|term| term.name.clone()).collect();
        let names = bindings.iter().map(|(name, _)| name.as_str());
        scope
            .variables
            .extend(names.map(|name| (name.into(), Type::Dyn)));
        compile(text, &scope, Demand::Value).map_err(|mistakes| in_text(text, mistakes))
    }

    /// Tells which sources hold documents of the kinds that expressions can be about.
    pub fn recognizer(&self) -> Recognizer {
        Recognizer::new(&self.kinds)
    }

    /// The kinds of the documents in these sources.
    fn occurring<'s>(&self, sources: impl IntoIterator<Item = &'s Arc<Source>>) -> Vec<usize> {
        let mut kinds = Vec::new();
        for source in sources {
            for document in &yaml::parse(source).documents {
                if let Identity::Ours(kind) = identify(document, &self.kinds)
                    && !kinds.contains(&kind)
                {
                    kinds.push(kind);
                }
            }
        }
        kinds
    }
}

/// Mistakes in a text as findings in it.
pub(super) fn in_text(text: &str, mistakes: Vec<Mistake>) -> Vec<Diagnostic> {
    let source = Arc::new(Source::new(NAME, text));
    mistakes
        .into_iter()
        .map(|mistake| mistake.into_diagnostic("expr/mistake", &source, |span| span))
        .collect()
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
            replies.push(match identify(&document, &self.evaluator.kinds) {
                Identity::Ours(kind) => Reply {
                    line,
                    answer: self.on_document(document, kind),
                },
                Identity::Unusable(diagnostic) => unread(line, vec![*diagnostic]),
                Identity::Lenient(_) | Identity::Foreign => unread(line, vec![not_ours(&document)]),
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
        let program = self.programs[0].as_ref().map_err(Clone::clone)?;
        let blank = Ground {
            document: &document,
            validation: &Validation::default(),
            own: 0,
            shapes: &self.evaluator.kinds[0].shapes,
        };
        self.evaluate(program, &blank, &bound, false)
    }

    fn on_document(&self, mut document: Document, kind: usize) -> Result<Answer, Vec<Diagnostic>> {
        let program = &self.programs[kind];
        let kind = &self.evaluator.kinds[kind];
        let program = match program {
            Ok(program) => program,
            Err(mistakes) => return Err(vec![unfit(&document, kind, mistakes)]),
        };
        let own = document.len();
        let bound = self.bind(&mut document);
        let shapes = &kind.shapes;
        let validation = validate(&document, document.root(), shapes, shapes.root());
        let ground = Ground {
            document: &document,
            validation: &validation,
            own,
            shapes,
        };
        self.evaluate(program, &ground, &bound, true)
    }

    fn bind(&self, document: &mut Document) -> Vec<NodeId> {
        let values = self.bindings.iter().map(|(_, value)| value);
        values.map(|value| document.graft(value)).collect()
    }

    /// Evaluates a program, whose first variable may be the document.
    fn evaluate(
        &self,
        program: &Program,
        ground: &Ground<'_>,
        bound: &[NodeId],
        on_document: bool,
    ) -> Result<Answer, Vec<Diagnostic>> {
        let Ground {
            document,
            validation,
            own,
            shapes,
        } = *ground;
        let bump = Bump::new();
        let today = self.evaluator.as_of.to_timestamp();
        let mut machine = Machine::new(document, validation, today, &bump);
        machine.terms = &self.evaluator.terms;
        let root = machine.slots.first().copied().filter(|_| on_document);
        let values: Vec<_> = root
            .into_iter()
            .chain(bound.iter().map(|node| machine.plain(*node)))
            .collect();
        machine.set_variables(&values);
        let value = machine.eval(program).map_err(|fault| {
            let mut why = vec![no_value(document, validation, program, fault)];
            hide(&mut why, document.source(), &validation.secrets);
            why
        })?;
        let stands = value.node.is_some_and(|node| node.index() < own);
        let labels = match (value.node, value.data) {
            (Some(node), _) if stands => vec![finding::label(document, node)],
            (None, data) if data.to_words().is_some() => {
                let (mut evidence, _) = machine.apart(|machine| explain(machine, program));
                evidence.retain(|found| found.node.index() < own);
                finding::labels(document, &evidence)
            }
            _ => Vec::new(),
        };
        let labels = unseen(labels, document.source(), &validation.secrets);
        let value = datum::of(&machine, value);
        let ty = match &program.ty {
            Type::Dyn => value.kind_text(),
            known => known.name(shapes),
        };
        Ok(Answer {
            value,
            ty,
            labels,
            stands,
        })
    }
}

/// What an expression is evaluated on.
#[derive(Clone, Copy)]
struct Ground<'g> {
    document: &'g Document,
    validation: &'g Validation,
    /// How many of the nodes are the document's own; the bound ones stand behind them.
    own: usize,
    shapes: &'g Shapes,
}

/// What is said of a document on which an expression has no meaning that it has on others.
fn unfit(document: &Document, kind: &Kind, mistakes: &[Diagnostic]) -> Diagnostic {
    let first = mistakes.first().map(|mistake| mistake.message.clone());
    let first = first.unwrap_or_default();
    let words = text!(
        "the expression is not sound for `kind: {kind}`",
        "التعبير غير سليم للمستندات من `kind: {kind}`",
        kind = kind.name,
    );
    let message = Text::new(
        format!("{}: {}", words.en, first.en),
        format!("{}: {}", words.ar, first.ar),
    );
    let place = document.get(document.root(), "kind");
    let span = place.map_or_else(Span::default, |entry| document.span(entry.value));
    Diagnostic::error("expr/kind", message).with_label(Label::new(document.source(), span))
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
        Fault::Poisoned(node, cause) => poisoned(document, validation, node, cause),
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
        Fault::Failed(Reason(en, ar)) => Diagnostic::error(
            "expr/failed",
            Text::new(
                format!("there is no value: {en}"),
                format!("لا قيمة للتعبير: {ar}"),
            ),
        ),
    }
}

fn poisoned(
    document: &Document,
    validation: &Validation,
    node: NodeId,
    cause: Option<u32>,
) -> Diagnostic {
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
    let cause = cause
        .and_then(|place| errors.get(place as usize))
        .or_else(|| errors.iter().find(within));
    let label = cause.and_then(|cause| {
        let label = cause.labels.first()?.clone();
        Some(label.with_text(cause.message.clone()))
    });
    diagnostic.with_label(label.unwrap_or_else(|| finding::label(document, node)))
}
