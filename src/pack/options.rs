//! The options of a rule: their types in the rule language, and their defaults as values of it.

use serde_json::Value;

use crate::date::parse_duration;
use crate::diagnostic::{Diagnostic, Label};
use crate::expr::{Constant, Type};
use crate::pack::model::{OptionType, RuleFile};
use crate::pack::rule::RuleOption;
use crate::text;
use crate::yaml::Document;

/// The options of a rule whose defaults are of their types; the others are reported.
pub(super) fn rule_options(
    file: &RuleFile,
    document: &Document,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<RuleOption> {
    let mut options = Vec::with_capacity(file.options.len());
    for (name, option) in &file.options {
        let node = option.default.node;
        let Some(default) = constant(option.kind, &option.default.value) else {
            let label = Label::new(document.source(), document.span(node));
            let message = text!(
                "the default of `{name}` is not of its type",
                "القيمة الافتراضية للخيار `{name}` ليست من نوعه",
                name = name,
            );
            diagnostics.push(Diagnostic::error("pack/option", message).with_label(label));
            continue;
        };
        options.push(RuleOption {
            name: name.clone(),
            kind: option.kind,
            default,
            written: document
                .text(node)
                .map_or_else(|| option.default.to_string(), str::to_owned),
            about: option.about.clone(),
        });
    }
    options
}

/// The type of an option in the rule language.
pub(super) fn option_type(kind: OptionType) -> Type {
    match kind {
        OptionType::Bool => Type::Bool,
        OptionType::Int => Type::Int,
        OptionType::String => Type::String,
        OptionType::Duration => Type::Duration,
        OptionType::List => Type::List(Box::new(Type::String)),
    }
}

impl RuleOption {
    /// A value for the option; `None` if it is not of the option's type.
    pub(crate) fn read(&self, value: &Value) -> Option<Constant> {
        constant(self.kind, value)
    }
}

fn constant(kind: OptionType, value: &Value) -> Option<Constant> {
    Some(match (kind, value) {
        (OptionType::Bool, Value::Bool(value)) => Constant::Bool(*value),
        (OptionType::Int, Value::Number(value)) => Constant::Int(value.as_i64()?),
        (OptionType::String, Value::String(value)) => Constant::Str(value.as_str().into()),
        (OptionType::Duration, Value::String(value)) => {
            Constant::Duration(parse_duration(value).ok()?)
        }
        (OptionType::List, Value::Array(items)) => {
            let word = |item: &Value| item.as_str().map(|word| Constant::Str(word.into()));
            Constant::List(items.iter().map(word).collect::<Option<_>>()?)
        }
        _ => return None,
    })
}
