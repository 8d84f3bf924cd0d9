//! One rule file → one compiled [`Rule`], or every mistake in it at its own characters.

mod clauses;
mod fix;
mod references;

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Positions};
use crate::expr::{Checked, Demand, Mistake, Program, Scope, Use, check, check_first};
use crate::pack::Pack;
use crate::pack::applies::Applies;
use crate::pack::judge::{Kept, judge_rule};
use crate::pack::kinds::kind_of;
use crate::pack::load::Trust;
use crate::pack::locate::inner_span;
use crate::pack::model::{CitationFile, Framework, PositionsFile, RuleFile, TemplateFile};
use crate::pack::options::{option_type, rule_options};
use crate::pack::period::{Period, period};
use crate::pack::rule::{Citation, Rule, pack_of};
use crate::pack::template::{self, Known, Template};
use crate::pack::terms;
use crate::schema::Kind;
use crate::text::Text;
use crate::yaml::{Document, NodeId, Spanned};

pub(in crate::pack) use clauses::{clause_nodes, split_clause};
pub(in crate::pack) use fix::late_fix;
pub(in crate::pack) use references::{PROFILE, reference};

/// What a rule may refer to.
pub(in crate::pack) struct Env<'e> {
    pub(in crate::pack) kinds: &'e [Arc<Kind>],
    pub(in crate::pack) profiles: Vec<&'e str>,
    pub(in crate::pack) positions: Vec<&'e str>,
    pub(in crate::pack) frameworks: &'e [Framework],
    /// The ids of all rules, also of those that do not load.
    pub(in crate::pack) rules: Vec<&'e str>,
    pub(in crate::pack) packs: &'e [Pack],
    /// The names of the word lists.
    pub(in crate::pack) terms: Arc<[Box<str>]>,
    /// What is known of the rules before they are compiled.
    pub(in crate::pack) trust: Trust,
}

impl<'e> Env<'e> {
    /// The pack that a rule belongs to.
    fn pack_of(&self, id: &str) -> Option<&'e Pack> {
        let own = pack_of(id);
        self.packs.iter().find(|pack| pack.id == own)
    }
}

/// Checks, judges and compiles a rule.
pub(in crate::pack) fn compile_rule(
    id: &str,
    file: RuleFile,
    document: &Document,
    env: &Env<'_>,
) -> Result<Rule, Vec<Diagnostic>> {
    let kind = kind_of(&file, document, env.kinds)?;
    let mut compiler = Compiler::new(id, document, env, kind);
    let fix = file.fix.as_ref().map(|fix| fix.node);
    let mut rule = compiler.rule(id, file);
    let is_new = env.trust == Trust::None && compiler.diagnostics.is_empty();
    if let (Some(rule), Some(node)) = (&mut rule, fix) {
        let terms = Arc::clone(&env.terms);
        let late = fix::late(rule, (document, node), terms, env.trust);
        compiler.diagnostics.extend(
            late.map(|late| rule.fix = Some(late))
                .err()
                .unwrap_or_default(),
        );
    }
    if let (Some(rule), true) = (&rule, is_new) {
        compiler
            .diagnostics
            .extend(judge_rule(rule, document, &compiler.kept));
    }
    compiler.finish(rule)
}

/// Compiles a rule with other clauses in place of those that `each` holds. It is checked but not judged:
/// a mutant may well decide nothing, and its examples have to notice.
pub(in crate::pack) fn compile_with(
    id: &str,
    file: RuleFile,
    clauses: Option<Vec<String>>,
    document: &Document,
    env: &Env<'_>,
) -> Result<Rule, Vec<Diagnostic>> {
    let kind = kind_of(&file, document, env.kinds)?;
    let mut compiler = Compiler::new(id, document, env, kind);
    compiler.clauses = clauses;
    let rule = compiler.rule(id, file);
    compiler.finish(rule)
}

pub(in crate::pack) struct Compiler<'c> {
    pub(in crate::pack) document: &'c Document,
    env: &'c Env<'c>,
    kind: &'c Arc<Kind>,
    pack: Option<&'c Pack>,
    /// The condition of the pack for documents of the kind.
    applies: Option<&'c Arc<Applies>>,
    /// The clauses, where they are not those of the document.
    clauses: Option<Vec<String>>,
    scope: Scope<'c>,
    /// The expressions, in the order in which they are asked.
    kept: Vec<Kept>,
    pub(in crate::pack) diagnostics: Vec<Diagnostic>,
}

impl<'c> Compiler<'c> {
    fn new(id: &str, document: &'c Document, env: &'c Env<'c>, kind: &'c Arc<Kind>) -> Self {
        let pack = env.pack_of(id);
        let applies = pack.and_then(|pack| pack.applies_to(&kind.name));
        let mut scope = Scope::new(&kind.shapes, &kind.variable);
        scope.facts = applies.map_or_else(Vec::new, |applies| applies.facts.clone());
        scope.terms = Arc::clone(&env.terms);
        Self {
            document,
            env,
            kind,
            pack,
            applies,
            clauses: None,
            scope,
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
        if self.env.trust == Trust::None {
            self.references(id, &file);
        }
        let effective = self.effective(&file);
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
            profiles: self.profiles(file.profiles),
            effective,
            finality: None,
            contradicts: values(file.contradicts),
            applies: self.applies.cloned(),
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
            terms: terms::read_by(&self.kept, &self.env.terms),
            fix: None,
            source: Arc::clone(self.document.source()),
        })
    }

    /// When the rule is in force: its own days, or those of its pack.
    fn effective(&mut self, file: &RuleFile) -> Period {
        match &file.effective {
            Some(own) => period(own, self.document, &mut self.diagnostics),
            None => self
                .pack
                .map_or_else(Period::default, |pack| pack.effective),
        }
    }

    /// The rule's own profiles, or those of its pack.
    fn profiles(&self, own: Vec<Spanned<String>>) -> Vec<String> {
        match self.pack {
            Some(pack) if own.is_empty() => pack.profiles.clone(),
            _ => values(own),
        }
    }

    pub(in crate::pack) fn report(&mut self, node: NodeId, mistake: Mistake) {
        let place = |span| inner_span(self.document, node, span);
        let source = self.document.source();
        let diagnostic = mistake.into_diagnostic("pack/expression", source, place);
        self.diagnostics.push(diagnostic);
    }

    pub(in crate::pack) fn program(
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
    Positions {
        in_favour: values(file.in_favour),
        against: values(file.against),
    }
}

fn values(list: Vec<Spanned<String>>) -> Vec<String> {
    list.into_iter().map(|id| id.value).collect()
}

fn citation(file: CitationFile) -> Citation {
    Citation {
        framework: file.framework.value,
        item: file.item.value,
    }
}
