//! Conversions from one type to another (CEL specification, "Type Conversions").

use jiff::{SignedDuration, Timestamp};

use crate::expr::eval::{Fault, Machine, Reason};
use crate::expr::functions;
use crate::expr::functions::{is_length, is_moment};
use crate::expr::value::Data;

const RANGE: Fault = Fault::Failed(&Reason(
    "the value is out of the range of the type",
    "القيمة خارج نطاق النوع",
));
const FORM: Fault = Fault::Failed(&Reason(
    "this text does not hold a value of the type",
    "هذا النص لا يحمل قيمة من النوع المطلوب",
));
const KIND: Fault = Fault::Failed(&Reason(
    "no conversion leads from this type to that one",
    "لا تحويل من هذا النوع إلى ذاك",
));

/// The first doubles beyond the integers of 64 bits, with a sign and without.
const BEYOND_INT: f64 = 9_223_372_036_854_775_808.0;
const BEYOND_UINT: f64 = 18_446_744_073_709_551_616.0;

impl<'a> Machine<'a> {
    pub(super) fn to_text(&self, value: Data<'a>) -> Result<Data<'a>, Fault> {
        match value {
            Data::Str(_) => Ok(value),
            Data::Bytes(bytes) => std::str::from_utf8(bytes).map(Data::Str).map_err(|_| {
                Fault::Failed(&Reason(
                    "these bytes are no UTF-8",
                    "هذه البايتات ليست بترميز UTF-8",
                ))
            }),
            _ => self.alloc(&text_of(value).ok_or(KIND)?),
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "CEL cuts doubles off; the range is checked"
)]
pub(in crate::expr) fn to_int(value: Data<'_>) -> Result<Data<'_>, Fault> {
    let int = match value {
        Data::Int(value) => Ok(value),
        Data::Uint(value) => i64::try_from(value).map_err(|_| RANGE),
        Data::Double(value) if value > -BEYOND_INT && value < BEYOND_INT => Ok(value as i64),
        Data::Double(_) => Err(RANGE),
        Data::Str(text) => text.parse().map_err(|_| FORM),
        Data::Timestamp(moment) => seconds(moment),
        _ => Err(KIND),
    };
    int.map(Data::Int)
}

/// The whole seconds since 1970; before it, a begun second counts.
fn seconds(moment: Timestamp) -> Result<i64, Fault> {
    i64::try_from(moment.as_nanosecond().div_euclid(1_000_000_000)).map_err(|_| RANGE)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "CEL cuts doubles off; the range is checked"
)]
pub(in crate::expr) fn to_uint(value: Data<'_>) -> Result<Data<'_>, Fault> {
    let uint = match value {
        Data::Uint(value) => Ok(value),
        Data::Int(value) => u64::try_from(value).map_err(|_| RANGE),
        Data::Double(value) if (0.0..BEYOND_UINT).contains(&value) => Ok(value as u64),
        Data::Double(_) => Err(RANGE),
        Data::Str(text) => text.parse().map_err(|_| FORM),
        _ => Err(KIND),
    };
    uint.map(Data::Uint)
}

#[expect(clippy::cast_precision_loss, reason = "CEL rounds integers to doubles")]
pub(in crate::expr) fn to_double(value: Data<'_>) -> Result<Data<'_>, Fault> {
    let double = match value {
        Data::Double(value) => Ok(value),
        Data::Int(value) => Ok(value as f64),
        Data::Uint(value) => Ok(value as f64),
        Data::Str(text) => text.parse().map_err(|_| FORM),
        _ => Err(KIND),
    };
    double.map(Data::Double)
}

pub(in crate::expr) fn to_bool(value: Data<'_>) -> Result<Data<'_>, Fault> {
    match value {
        Data::Bool(_) => Ok(value),
        Data::Str("1" | "t" | "T" | "true" | "TRUE" | "True") => Ok(Data::Bool(true)),
        Data::Str("0" | "f" | "F" | "false" | "FALSE" | "False") => Ok(Data::Bool(false)),
        Data::Str(_) => Err(FORM),
        _ => Err(KIND),
    }
}

pub(super) fn to_bytes(value: Data<'_>) -> Result<Data<'_>, Fault> {
    match value {
        Data::Bytes(_) => Ok(value),
        Data::Str(text) => Ok(Data::Bytes(text.as_bytes())),
        _ => Err(KIND),
    }
}

pub(super) fn to_timestamp(value: Data<'_>) -> Result<Data<'_>, Fault> {
    let moment = match value {
        Data::Timestamp(moment) => Ok(moment),
        Data::Int(seconds) => Timestamp::from_second(seconds).map_err(|_| RANGE),
        Data::Str(text) => functions::timestamp(text).map_err(|_| FORM),
        _ => Err(KIND),
    }?;
    if is_moment(&moment) {
        Ok(Data::Timestamp(moment))
    } else {
        Err(RANGE)
    }
}

pub(super) fn to_duration(value: Data<'_>) -> Result<Data<'_>, Fault> {
    let length = match value {
        Data::Duration(length) => Ok(length),
        Data::Str(text) => functions::duration(text).map_err(|_| FORM),
        _ => Err(KIND),
    }?;
    if is_length(&length) {
        Ok(Data::Duration(length))
    } else {
        Err(RANGE)
    }
}

/// A scalar as text.
pub(super) fn text_of(value: Data<'_>) -> Option<String> {
    Some(match value {
        Data::Bool(value) => value.to_string(),
        Data::Int(value) => value.to_string(),
        Data::Uint(value) => value.to_string(),
        Data::Double(value) => double_text(value),
        Data::Str(text) => text.to_owned(),
        Data::Timestamp(moment) => moment.to_string(),
        Data::Duration(length) => length_text(length),
        _ => return None,
    })
}

/// A double in the fewest digits that give it back.
pub(super) fn double_text(value: f64) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    value.to_string()
}

/// A length of time in seconds, as CEL writes it.
fn length_text(length: SignedDuration) -> String {
    let sign = if length.is_negative() { "-" } else { "" };
    let length = length.unsigned_abs();
    let nanos = format!(".{:09}", length.subsec_nanos());
    let nanos = nanos.trim_end_matches('0').trim_end_matches('.');
    format!("{sign}{}{nanos}s", length.as_secs())
}
