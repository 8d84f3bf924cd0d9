//! One rule file → one compiled [`Rule`], or every mistake in it at its own characters.

use std::sync::Arc;

use serde::de::IgnoredAny;

use crate::diagnostic::{Diagnostic, Label, Positions};
use crate::expr::{Checked, Demand, Mistake, Program, Scope, Type, Use, check, check_first};
use crate::pack::judge::{Kept, judge_rule};
use crate::pack::kinds::kind_of;
use crate::pack::locate::inner_span;
use crate::pack::model::{CitationFile, PositionsFile, RuleFile, TemplateFile};
use crate::pack::options::{option_type, rule_options};
use crate::pack::rule::{Citation, Clause, Rule};
use crate::pack::template::{self, Known, Template};
use crate::schema::Kind;
use crate::source::{Span, to_offset};
use crate::text;
use crate::text::{Text, nearest};
use crate::yaml::{Document, NodeId, Spanned};

/// What a rule may refer to.
pub(super) struct Env<'e> {
    pub(super) kinds: &'e [Arc<Kind>],
    pub(super) profiles: Vec<&'e str>,
    pub(super) positions: Vec<&'e str>,
    pub(super) frameworks: Vec<&'e str>,
}

/// Checks, judges and compiles a rule.
pub(super) fn compile_rule(
    id: &str,
    file: RuleFile,
    document: &Document,
    env: &Env<'_>,
) -> Result<Rule, Vec<Diagnostic>> {
    let kind = kind_of(&file, document, env.kinds)?;
    let mut compiler = Compiler::new(document, env, kind);
    let rule = compiler.rule(id, file);
    if let (Some(rule), true) = (&rule, compiler.diagnostics.is_empty()) {
        compiler.diagnostics = judge_rule(rule, document, &compiler.kept, &kind.shapes);
    }
    compiler.finish(rule)
}

/// Compiles a rule with other clauses in place of those that `each` holds. It is checked but not judged:
/// a mutant may well decide nothing, and its examples have to notice.
pub(super) fn compile_with(
    id: &str,
    file: RuleFile,
    clauses: Option<Vec<String>>,
    document: &Document,
    env: &Env<'_>,
) -> Result<Rule, Vec<Diagnostic>> {
    let kind = kind_of(&file, document, env.kinds)?;
    let mut compiler = Compiler::new(document, env, kind);
    compiler.clauses = clauses;
    let rule = compiler.rule(id, file);
    compiler.finish(rule)
}

pub(super) struct Compiler<'c> {
    pub(super) document: &'c Document,
    env: &'c Env<'c>,
    kind: &'c Arc<Kind>,
    /// The clauses, where they are not those of the document.
    clauses: Option<Vec<String>>,
    scope: Scope<'c>,
    /// The expressions, in the order in which they are asked.
    kept: Vec<Kept>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'c> Compiler<'c> {
    fn new(document: &'c Document, env: &'c Env<'c>, kind: &'c Arc<Kind>) -> Self {
        Self {
            document,
            env,
            kind,
            clauses: None,
            scope: Scope::new(&kind.shapes, &kind.variable),
            kept: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    fn finish(self, rule: Option<Rule>) -> Result<Rule, Vec<Diagnostic>> {
        match rule {
            Some(rule) if self.diagnostics.is_empty() => Ok(rule),
            _ => Err(self.diagnostics),
        }
    }

    fn rule(&mut self, id: &str, file: RuleFile) -> Option<Rule> {
        self.references(&file);
        let options = rule_options(&file, self.document, &mut self.diagnostics);
        let known = options.iter();
        self.scope.options = known
            .map(|option| (option.name.as_str().into(), option_type(option.kind)))
            .collect();
        // Without its variables nothing else of the rule can be judged.
        let each = self.each(file.each.as_ref())?;
        let when = file
            .when
            .as_ref()
            .map(|when| self.program(when, Demand::Condition, Use::When));
        let check = self.check(&file);
        let point = file
            .point
            .as_ref()
            .map(|point| self.program(point, Demand::Value, Use::Value));
        let mut known = Known::new();
        let message = self.template(&file.message, &mut known);
        let help = file
            .help
            .as_ref()
            .map(|help| self.template(help, &mut known));
        Some(Rule {
            id: id.to_owned(),
            severity: file.severity,
            kind: Arc::clone(self.kind),
            profiles: file
                .profiles
                .into_iter()
                .map(|profile| profile.value)
                .collect(),
            summary: file.summary,
            why: file.why,
            positions: positions(file.positions),
            citations: file.sources.into_iter().map(citation).collect(),
            each,
            when: invert(when)?
                .map(|program| (file.when.map_or(String::new(), |w| w.value), program)),
            check: check?,
            point: invert(point)?
                .map(|program| (file.point.map_or(String::new(), |p| p.value), program)),
            message: message?,
            message_text: Text::new(file.message.en.value, file.message.ar.value),
            help: invert(help)?,
            help_text: file
                .help
                .map(|help| Text::new(help.en.value, help.ar.value)),
            options,
            source: Arc::clone(self.document.source()),
        })
    }

    pub(super) fn report(&mut self, node: NodeId, mistake: Mistake) {
        let place = |span| inner_span(self.document, node, span);
        let source = self.document.source();
        let diagnostic = mistake.into_diagnostic("pack/expression", source, place);
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn program(
        &mut self,
        text: &Spanned<String>,
        demand: Demand,
        role: Use,
    ) -> Option<Program> {
        let found = if role == Use::When {
            check_first(text, &mut self.scope, demand)
        } else {
            check(text, &self.scope, demand)
        };
        match found {
            Ok(checked) => Some(self.keep(role, checked, text.node, 0)),
            Err(mistakes) => {
                for mistake in mistakes {
                    self.report(text.node, mistake);
                }
                None
            }
        }
    }

    /// Keeps an expression for the judgement of the whole rule.
    fn keep(&mut self, role: Use, checked: Checked, node: NodeId, shift: u32) -> Program {
        let program = checked.program.clone();
        self.kept.push(Kept {
            role,
            checked,
            node,
            shift,
        });
        program
    }

    fn template(&mut self, file: &TemplateFile, known: &mut Known) -> Option<Template> {
        let mut part = |text: &Spanned<String>| match template::parse(text, &self.scope, known) {
            Ok((parts, expressions)) => {
                for (shift, checked) in expressions {
                    self.keep(Use::Value, checked, text.node, shift);
                }
                Some(parts)
            }
            Err(mistakes) => {
                for mistake in mistakes {
                    self.report(text.node, mistake);
                }
                None
            }
        };
        let (en, ar) = (part(&file.en), part(&file.ar));
        Some(Template { en: en?, ar: ar? })
    }

    fn each(&mut self, each: Option<&Spanned<IgnoredAny>>) -> Option<Vec<Clause>> {
        let Some(each) = each else {
            return Some(Vec::new());
        };
        let nodes = clause_nodes(self.document, each.node);
        let written = |node: &NodeId| self.document.text(*node).unwrap_or("").to_owned();
        let own = self.clauses.take();
        let texts = own.unwrap_or_else(|| nodes.iter().map(written).collect());
        nodes
            .into_iter()
            .zip(texts)
            .map(|(node, text)| self.clause(node, text))
            .collect()
    }

    /// `variable in list`
    fn clause(&mut self, node: NodeId, text: String) -> Option<Clause> {
        let split = split_clause(&text);
        let is_name = |name: &str| {
            !name.is_empty() && name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric())
        };
        let Some((variable, at)) = split.filter(|(variable, _)| is_name(variable)) else {
            let message = text!(
                "expected `variable in list`, as in `account in agency.accounts`",
                "المتوقع `variable in list`، مثل `account in agency.accounts`",
            );
            self.report(
                node,
                Mistake::new(Span::new(0, to_offset(text.len())), message),
            );
            return None;
        };
        let known = self
            .scope
            .variables
            .iter()
            .any(|(known, _)| **known == *variable);
        if known || matches!(variable, "today" | "options" | "in") {
            let message = text!(
                "`{name}` already means something here; choose another name",
                "للاسم `{name}` معنى آخر هنا؛ اختر اسمًا غيره",
                name = variable,
            );
            self.report(
                node,
                Mistake::new(Span::new(0, to_offset(variable.len())), message),
            );
            return None;
        }
        let range = text.get(at..).unwrap_or("");
        let program = match check_first(range, &mut self.scope, Demand::List) {
            Ok(checked) => self.keep(Use::Clause, checked, node, to_offset(at)),
            Err(mistakes) => {
                for mistake in mistakes {
                    self.report(node, mistake.shifted(to_offset(at)));
                }
                return None;
            }
        };
        let item = match &program.ty {
            Type::List(item) => (**item).clone(),
            _ => Type::Dyn,
        };
        self.scope.variables.push((variable.into(), item));
        Some(Clause {
            text,
            range: program,
        })
    }

    fn references(&mut self, file: &RuleFile) {
        let env = self.env;
        for profile in &file.profiles {
            self.reference(profile, &env.profiles, "profile", "مجموعة قواعد");
        }
        for position in file
            .positions
            .in_favour
            .iter()
            .chain(&file.positions.against)
        {
            self.reference(position, &env.positions, "position", "موقف");
        }
        for source in &file.sources {
            self.reference(
                &source.framework,
                &env.frameworks,
                "framework",
                "إطار تنظيمي",
            );
        }
    }

    fn reference(&mut self, name: &Spanned<String>, known: &[&str], what_en: &str, what_ar: &str) {
        if known.contains(&name.as_str()) {
            return;
        }
        let message = text!(
            "there is no {en} called `{name}`",
            "لا وجود ل{ar} باسم `{name}`",
            en = what_en,
            ar = what_ar,
            name = name.value,
        );
        let label = Label::new(self.document.source(), self.document.span(name.node));
        let mut diagnostic = Diagnostic::error("pack/reference", message).with_label(label);
        if let Some(near) = nearest(name, known.iter().copied()) {
            diagnostic = diagnostic.with_help(text::did_you_mean(&near));
        }
        self.diagnostics.push(diagnostic);
    }
}

/// The nodes of the clauses under `each`: one, or a list of them.
pub(super) fn clause_nodes(document: &Document, each: NodeId) -> Vec<NodeId> {
    let items = document.items(each);
    if items.is_empty() {
        vec![each]
    } else {
        items.to_vec()
    }
}

/// The variable of a clause, and where its list begins.
pub(super) fn split_clause(text: &str) -> Option<(&str, usize)> {
    let (variable, _) = text.split_once(" in ")?;
    Some((variable.trim(), variable.len() + 4))
}

/// A part that is absent, or present and sound; `None` when it is present and wrong.
#[expect(clippy::option_option, reason = "absent and wrong are two things")]
fn invert<T>(part: Option<Option<T>>) -> Option<Option<T>> {
    match part {
        None => Some(None),
        Some(None) => None,
        Some(sound) => Some(sound),
    }
}

fn positions(file: PositionsFile) -> Positions {
    let ids = |list: Vec<Spanned<String>>| list.into_iter().map(|id| id.value).collect();
    Positions {
        in_favour: ids(file.in_favour),
        against: ids(file.against),
    }
}

fn citation(file: CitationFile) -> Citation {
    Citation {
        framework: file.framework.value,
        item: file.item,
    }
}
