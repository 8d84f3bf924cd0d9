//! The table of functions.

use super::params::Param::{
    self, Any, Bytes, Int, LengthLike, List, Moment, MomentLike, Number, NumberOrMoment, Phrases,
    Scalar, Sized, Text, Texts, Time, Truth,
};
use crate::expr::Type;
use crate::expr::program::{DatePart, Function};

/// How a function is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `name(value, …)`
    Global,
    /// `value.name(…)`
    Method,
}

/// A function: its name, how it is written, what it takes and returns. What a function takes depends on
/// the number of its arguments only.
pub(super) struct Signature {
    pub(super) name: &'static str,
    pub(super) style: Style,
    pub(super) function: Function,
    pub(super) params: &'static [Param],
    pub(super) result: Type,
}

const fn method(
    name: &'static str,
    function: Function,
    params: &'static [Param],
    result: Type,
) -> Signature {
    Signature {
        name,
        style: Style::Method,
        function,
        params,
        result,
    }
}

const fn global(
    name: &'static str,
    function: Function,
    params: &'static [Param],
    result: Type,
) -> Signature {
    Signature {
        name,
        style: Style::Global,
        function,
        params,
        result,
    }
}

#[rustfmt::skip]
pub(super) static SIGNATURES: [Signature; 63] = [
    method("size", Function::Size, &[Sized], Type::Int),
    global("size", Function::Size, &[Sized], Type::Int),
    method("startsWith", Function::StartsWith, &[Text, Text], Type::Bool),
    method("endsWith", Function::EndsWith, &[Text, Text], Type::Bool),
    method("contains", Function::Contains, &[Text, Text], Type::Bool),
    method("lowerAscii", Function::LowerAscii, &[Text], Type::String),
    method("upperAscii", Function::UpperAscii, &[Text], Type::String),
    method("trim", Function::Trim, &[Text], Type::String),
    method("reverse", Function::Reverse, &[Text], Type::String),
    method("charAt", Function::CharAt, &[Text, Int], Type::String),
    method("indexOf", Function::IndexOf, &[Text, Text], Type::Int),
    method("indexOf", Function::IndexOf, &[Text, Text, Int], Type::Int),
    method("lastIndexOf", Function::LastIndexOf, &[Text, Text], Type::Int),
    method("lastIndexOf", Function::LastIndexOf, &[Text, Text, Int], Type::Int),
    method("join", Function::Join, &[Texts], Type::String),
    method("join", Function::Join, &[Texts, Text], Type::String),
    method("replace", Function::Replace, &[Text, Text, Text], Type::String),
    method("replace", Function::Replace, &[Text, Text, Text, Int], Type::String),
    method("split", Function::Split, &[Text, Text], Type::Dyn),
    method("split", Function::Split, &[Text, Text, Int], Type::Dyn),
    method("substring", Function::Substring, &[Text, Int], Type::String),
    method("substring", Function::Substring, &[Text, Int, Int], Type::String),
    method("format", Function::Format, &[Text, List], Type::String),
    global("strings.quote", Function::Quote, &[Text], Type::String),
    global("days", Function::Days, &[Int], Type::Duration),
    global("fold", Function::Fold, &[Text], Type::String),
    global("skeleton", Function::Skeleton, &[Text], Type::String),
    global("mixes_scripts", Function::MixesScripts, &[Text], Type::Bool),
    global("contains_hidden", Function::ContainsHidden, &[Text], Type::Bool),
    global("contains_stray", Function::ContainsStray, &[Text], Type::Bool),
    global("host", Function::Host, &[Text], Type::String),
    global("domain", Function::Domain, &[Text], Type::String),
    global("contains_name", Function::ContainsName, &[Text, Text], Type::Bool),
    global("mentions", Function::Mentions, &[Text, Phrases], Type::Bool),
    global("bool", Function::Bool, &[Truth], Type::Bool),
    global("bytes", Function::BytesOf, &[Bytes], Type::Bytes),
    global("double", Function::Double, &[Number], Type::Double),
    global("int", Function::Int, &[NumberOrMoment], Type::Int),
    global("uint", Function::Uint, &[Number], Type::Uint),
    global("string", Function::String, &[Scalar], Type::String),
    global("type", Function::Kind, &[Any], Type::Kind),
    global("timestamp", Function::Timestamp, &[MomentLike], Type::Timestamp),
    global("duration", Function::Duration, &[LengthLike], Type::Duration),
    method("getFullYear", Function::Date(DatePart::FullYear), &[Moment], Type::Int),
    method("getFullYear", Function::Date(DatePart::FullYear), &[Moment, Text], Type::Int),
    method("getMonth", Function::Date(DatePart::Month), &[Moment], Type::Int),
    method("getMonth", Function::Date(DatePart::Month), &[Moment, Text], Type::Int),
    method("getDate", Function::Date(DatePart::Date), &[Moment], Type::Int),
    method("getDate", Function::Date(DatePart::Date), &[Moment, Text], Type::Int),
    method("getDayOfMonth", Function::Date(DatePart::DayOfMonth), &[Moment], Type::Int),
    method("getDayOfMonth", Function::Date(DatePart::DayOfMonth), &[Moment, Text], Type::Int),
    method("getDayOfWeek", Function::Date(DatePart::DayOfWeek), &[Moment], Type::Int),
    method("getDayOfWeek", Function::Date(DatePart::DayOfWeek), &[Moment, Text], Type::Int),
    method("getDayOfYear", Function::Date(DatePart::DayOfYear), &[Moment], Type::Int),
    method("getDayOfYear", Function::Date(DatePart::DayOfYear), &[Moment, Text], Type::Int),
    method("getHours", Function::Date(DatePart::Hours), &[Time], Type::Int),
    method("getHours", Function::Date(DatePart::Hours), &[Moment, Text], Type::Int),
    method("getMinutes", Function::Date(DatePart::Minutes), &[Time], Type::Int),
    method("getMinutes", Function::Date(DatePart::Minutes), &[Moment, Text], Type::Int),
    method("getSeconds", Function::Date(DatePart::Seconds), &[Time], Type::Int),
    method("getSeconds", Function::Date(DatePart::Seconds), &[Moment, Text], Type::Int),
    method("getMilliseconds", Function::Date(DatePart::Milliseconds), &[Time], Type::Int),
    method("getMilliseconds", Function::Date(DatePart::Milliseconds), &[Moment, Text], Type::Int),
];
