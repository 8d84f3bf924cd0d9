//! `fix`: what a rule does about its findings, checked under all that is known where it finds something.

use std::sync::{Arc, OnceLock};

use crate::diagnostic::{Diagnostic, Label};
use crate::expr::{
    Demand, Mistake, Presence, Program, Scope, Target, Type, check_field, check_first, check_gone,
    check_items, check_written, note_failure,
};
use crate::pack::compile::clauses::split_clause;
use crate::pack::load::{Trust, first_document};
use crate::pack::locate::inner_span;
use crate::pack::model::{EditFile, FixFile, TemplateFile};
use crate::pack::options::option_type;
use crate::pack::rule::{Check, FixEdit, LateFix, Rule, RuleFix};
use crate::pack::template::{self, Known, Template};
use crate::source::{Span, to_offset};
use crate::text;
use crate::text::Text;
use crate::yaml::{Document, NodeId, Spanned, from_node};

/// A rule's fix, compiled at once unless the rule is trusted.
pub(super) fn late(
    rule: &Rule,
    (document, node): (&Document, NodeId),
    terms: Arc<[Box<str>]>,
    trust: Trust,
) -> Result<LateFix, Vec<Diagnostic>> {
    let compiled = OnceLock::new();
    if trust == Trust::None {
        let fix = compile(rule, (document, node), &terms)?;
        compiled.get_or_init(|| Some(fix));
    }
    Ok(LateFix {
        terms,
        compiled: Arc::new(compiled),
    })
}

/// The fix of a trusted rule.
pub(in crate::pack) fn late_fix(rule: &Rule, terms: &Arc<[Box<str>]>) -> Option<RuleFix> {
    let document = first_document(&rule.source).ok()?;
    let node = document.get(document.root(), "fix")?.value;
    compile(rule, (&document, node), terms).ok()
}

fn compile(
    rule: &Rule,
    (document, node): (&Document, NodeId),
    terms: &Arc<[Box<str>]>,
) -> Result<RuleFix, Vec<Diagnostic>> {
    let file: FixFile = from_node(document, node).map_err(|error| {
        let label = Label::new(document.source(), document.span(error.node));
        vec![Diagnostic::error("pack/value", error.message).with_label(label)]
    })?;
    let mut compiler = FixCompiler {
        document,
        scope: scope(rule, terms),
        diagnostics: Vec::new(),
    };
    if matches!(rule.check, Check::Unique(_)) {
        compiler.report_at(
            document.head(node),
            text!(
                "a rule with `unique` has no fix: of two twins nobody can tell which one is wrong",
                "القاعدة التي فيها `unique` لا إصلاح لها، إذ لا يُعرف أي المتطابقين هو الخطأ",
            ),
        );
    }
    let fix = compiler.fix(&file);
    match fix {
        Some(fix) if compiler.diagnostics.is_empty() => Ok(fix),
        _ => Err(compiler.diagnostics),
    }
}

/// What is known where a rule finds something. Its own expressions are sound.
fn scope<'r>(rule: &'r Rule, terms: &Arc<[Box<str>]>) -> Scope<'r> {
    let kind = &rule.kind;
    let mut scope = Scope::new(&kind.shapes, &kind.variable);
    scope.terms = Arc::clone(terms);
    scope.options = rule
        .options
        .iter()
        .map(|option| (option.name.as_str().into(), option_type(option.kind)))
        .collect();
    if let Some(applies) = &rule.applies {
        scope.facts.clone_from(&applies.facts);
    }
    for clause in &rule.each {
        let Some((variable, at)) = split_clause(&clause.text) else {
            continue;
        };
        let range = clause.text.get(at..).unwrap_or("");
        let checked = check_first(range, &mut scope, Demand::List);
        let item = match checked.map(|checked| checked.program.ty) {
            Ok(Type::List(item)) => *item,
            _ => Type::Dyn,
        };
        scope.variables.push((variable.into(), item));
    }
    if let Some((when, _)) = &rule.when {
        // It has been checked; what counts is what it proves.
        let _ = check_first(when, &mut scope, Demand::Condition);
    }
    if let Check::Assert(assert, _) = &rule.check {
        let _ = note_failure(assert, &mut scope);
    }
    scope
}

struct FixCompiler<'c> {
    document: &'c Document,
    scope: Scope<'c>,
    diagnostics: Vec<Diagnostic>,
}

impl FixCompiler<'_> {
    fn fix(&mut self, file: &FixFile) -> Option<RuleFix> {
        let when = match &file.when {
            None => None,
            Some(when) => {
                let checked = check_first(when, &mut self.scope, Demand::Condition);
                Some(self.kept(checked, when.node)?.program)
            }
        };
        let title = self.title(&file.title);
        let edits: Vec<Option<FixEdit>> = file.edits.iter().map(|edit| self.edit(edit)).collect();
        Some(RuleFix {
            title_text: Text::new(&*file.title.en.value, &*file.title.ar.value),
            safety: file.safety,
            title: title?,
            when,
            edits: edits.into_iter().collect::<Option<_>>()?,
        })
    }

    fn title(&mut self, file: &TemplateFile) -> Option<Template> {
        let mut known = Known::new();
        let mut part = |text: &Spanned<String>| {
            let parsed = template::parse(text, &self.scope, &mut known);
            self.kept(parsed, text.node).map(|(parts, _)| parts)
        };
        let (en, ar) = (part(&file.en), part(&file.ar));
        Some(Template { en: en?, ar: ar? })
    }

    fn edit(&mut self, edit: &Spanned<EditFile>) -> Option<FixEdit> {
        let EditFile {
            set,
            remove,
            append,
            rename,
            to,
            items,
        } = &edit.value;
        match (set, remove, append, rename, to, items) {
            (Some(set), None, None, None, Some(to), None) => self.set(set, to),
            (None, Some(gone), None, None, None, None) => {
                let target = check_gone(gone, &self.scope);
                self.kept(target, gone.node).map(FixEdit::Remove)
            }
            (None, Some(list), None, None, None, Some(items)) => {
                let (list, items) = self.list(list, items, Presence::Demanded)?;
                Some(FixEdit::RemoveItems(list, items))
            }
            (None, None, Some(list), None, None, Some(items)) => {
                let (list, items) = self.list(list, items, Presence::Open)?;
                Some(FixEdit::Append(list, items))
            }
            (None, None, None, Some(field), Some(to), None) => self.rename(field, to),
            _ => {
                self.report_at(self.document.head(edit.node), no_edit());
                None
            }
        }
    }

    fn set(&mut self, set: &Spanned<String>, to: &Spanned<String>) -> Option<FixEdit> {
        let target = check_field(set, &self.scope, Presence::Open);
        let target = self.kept(target, set.node)?;
        let value = check_written(to, &self.scope, type_of(&target));
        let value = self.kept(value, to.node)?;
        Some(FixEdit::Set(target, value.program))
    }

    fn list(
        &mut self,
        list: &Spanned<String>,
        items: &Spanned<String>,
        presence: Presence,
    ) -> Option<(Target, Program)> {
        let target = check_field(list, &self.scope, presence);
        let target = self.kept(target, list.node)?;
        let ty = type_of(&target);
        if !matches!(ty, Type::List(_) | Type::Dyn) {
            let found = ty.name(self.scope.shapes);
            let message = text!(
                "expected a list, found {en}",
                "المتوقع قائمة، والموجود {ar}",
                en = found.en,
                ar = found.ar,
            );
            let whole = Span::new(0, to_offset(list.value.len()));
            self.report(list.node, Mistake::new(whole, message));
            return None;
        }
        let items_checked = check_items(items, &self.scope, ty);
        let items = self.kept(items_checked, items.node)?;
        Some((target, items.program))
    }

    fn rename(&mut self, field: &Spanned<String>, to: &Spanned<String>) -> Option<FixEdit> {
        let target = check_field(field, &self.scope, Presence::Demanded);
        let target = self.kept(target, field.node)?;
        if let Target::Field { object, ty, .. } = &target
            && let Type::Object(_) = object.ty
        {
            // The new name must be a field as well, and one for such a value.
            let (owner, _) = field.value.rsplit_once('.')?;
            let renamed = format!("{owner}.{}", to.value);
            let shift = to_offset(owner.len() + 1);
            let found = check_field(&renamed, &self.scope, Presence::Open).map_err(|mistakes| {
                let back = |span: Span| {
                    Span::new(
                        span.start.saturating_sub(shift),
                        span.end.saturating_sub(shift),
                    )
                };
                let moved = mistakes.into_iter().map(|mistake| Mistake {
                    span: back(mistake.span),
                    ..mistake
                });
                moved.collect()
            });
            let found = self.kept(found, to.node)?;
            if !type_of(&found).can_equal(ty) {
                let (wanted, found) = (
                    type_of(&found).name(self.scope.shapes),
                    ty.name(self.scope.shapes),
                );
                let whole = Span::new(0, to_offset(to.value.len()));
                let message = Text::new(
                    format!("`{}` takes {}, not {}", to.value, wanted.en, found.en),
                    format!("قيمة `{}` هي {}، لا {}", to.value, wanted.ar, found.ar),
                );
                self.report(to.node, Mistake::new(whole, message));
                return None;
            }
        }
        Some(FixEdit::Rename(target, to.value.as_str().into()))
    }

    /// What was checked, or a report of its mistakes.
    fn kept<T>(&mut self, checked: Result<T, Vec<Mistake>>, node: NodeId) -> Option<T> {
        match checked {
            Ok(sound) => Some(sound),
            Err(mistakes) => {
                for mistake in mistakes {
                    self.report(node, mistake);
                }
                None
            }
        }
    }

    fn report(&mut self, node: NodeId, mistake: Mistake) {
        let place = |span| inner_span(self.document, node, span);
        let source = self.document.source();
        self.diagnostics
            .push(mistake.into_diagnostic("pack/fix", source, place));
    }

    fn report_at(&mut self, span: Span, message: Text) {
        let label = Label::new(self.document.source(), span);
        let diagnostic = Diagnostic::error("pack/fix", message).with_label(label);
        self.diagnostics.push(diagnostic);
    }
}

fn type_of(target: &Target) -> &Type {
    match target {
        Target::Field { ty, .. } => ty,
        Target::Whole(program) => &program.ty,
    }
}

fn no_edit() -> Text {
    text!(
        "expected one of `set` with `to`, `remove`, `remove` with `items`, `append` with `items`, `rename` with `to`",
        "المتوقع واحد من: `set` مع `to`، أو `remove`، أو `remove` مع `items`، أو `append` مع `items`، أو `rename` مع `to`",
    )
}
