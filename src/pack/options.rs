//! The options of a rule: their types in the rule language, and their defaults as values of it.

use crate::date::parse_duration;
use crate::expr::{Constant, Type};
use crate::pack::model::{OptionFile, OptionType};

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

/// The default of an option; `None` if it is not of the option's type.
pub(super) fn constant(option: &OptionFile) -> Option<Constant> {
    use serde_json::Value;
    Some(match (option.kind, &option.default.value) {
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
