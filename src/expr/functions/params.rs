//! What an argument must be.

use crate::expr::Type;
use crate::text;
use crate::text::Text;

/// What an argument must be; a value of any type is looked at when the expression runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Param {
    Any,
    Text,
    Int,
    /// Text, bytes, a list or a map.
    Sized,
    List,
    /// A list of texts.
    Texts,
    /// Text, or a list of texts.
    Phrases,
    /// A date.
    Moment,
    /// A date or a length of time.
    Time,
    /// A number, or text that holds one.
    Number,
    /// The same, or a date.
    NumberOrMoment,
    /// A truth value, or text that holds one.
    Truth,
    /// Text or bytes.
    Bytes,
    /// What is written as text.
    Scalar,
    /// A number of seconds, or a date already.
    MomentLike,
    /// A length of time already.
    LengthLike,
}

impl Param {
    pub(super) fn fits(self, ty: &Type) -> bool {
        let is_number = matches!(ty, Type::Int | Type::Uint | Type::Double);
        ty.is_text()
            && !matches!(
                self,
                Self::Int | Self::List | Self::Texts | Self::Moment | Self::Time
            )
            || *ty == Type::Dyn
            || match self {
                Self::Any => true,
                Self::Text => false,
                Self::Int => *ty == Type::Int,
                Self::Sized => matches!(ty, Type::Bytes | Type::List(_) | Type::Map(..)),
                Self::List => matches!(ty, Type::List(_)),
                Self::Texts | Self::Phrases => matches!(ty, Type::List(item) if item.is_text()),
                Self::Moment => *ty == Type::Timestamp,
                Self::Time => matches!(ty, Type::Timestamp | Type::Duration),
                Self::Number => is_number,
                Self::NumberOrMoment => is_number || *ty == Type::Timestamp,
                Self::Truth => *ty == Type::Bool,
                Self::Bytes => *ty == Type::Bytes,
                Self::Scalar => !matches!(
                    ty,
                    Type::Null
                        | Type::List(_)
                        | Type::Map(..)
                        | Type::Object(_)
                        | Type::Optional(_)
                        | Type::Kind
                ),
                Self::MomentLike => matches!(ty, Type::Int | Type::Timestamp),
                Self::LengthLike => *ty == Type::Duration,
            }
    }

    /// The name of the type that is most often meant.
    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::Text | Self::Bytes | Self::Phrases => "string",
            Self::Sized | Self::List | Self::Texts => "list",
            Self::Truth => "bool",
            _ => "int",
        }
    }

    /// Whether a value that fits may hold others that do not.
    pub(super) fn is_open(self, ty: &Type) -> bool {
        matches!(self, Self::Texts | Self::Phrases)
            && matches!(ty, Type::List(item) if **item == Type::Dyn)
    }

    pub(super) fn words(self) -> Text {
        match self {
            Self::Any => text!("a value", "قيمة"),
            Self::Text => text!("text", "نص"),
            Self::Int => text!("an integer", "عدد صحيح"),
            Self::Sized => text!("text or a list", "نص أو قائمة"),
            Self::List => text!("a list", "قائمة"),
            Self::Texts => text!("a list of: text", "قائمة من: نص"),
            Self::Phrases => text!("text or a list of: text", "نص أو قائمة من: نص"),
            Self::Moment => text!("a date", "تاريخ"),
            Self::Time => text!("a date or a length of time", "تاريخ أو مدة زمنية"),
            Self::Number => text!("a number or text", "عدد أو نص"),
            Self::NumberOrMoment => text!("a number, text or a date", "عدد أو نص أو تاريخ"),
            Self::Truth => text!("true or false, or text", "قيمة منطقية أو نص"),
            Self::Bytes => text!("text or bytes", "نص أو بايتات"),
            Self::Scalar => text!("a value that text can hold", "قيمة يمكن أن تُكتب نصًا"),
            Self::MomentLike => text!("text, an integer or a date", "نص أو عدد صحيح أو تاريخ"),
            Self::LengthLike => text!("text or a length of time", "نص أو مدة زمنية"),
        }
    }
}
