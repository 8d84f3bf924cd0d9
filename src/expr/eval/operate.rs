//! What operators do with values, once both sides are there.

use bumpalo::collections::{String as BumpString, Vec as BumpVec};

use crate::expr::MAX_DEPTH;
use crate::expr::ast::Comparison;
use crate::expr::eval::{Fault, Machine, Reason};
use crate::expr::functions::{is_length, is_moment};
use crate::expr::program::{Arithmetic, Load};
use crate::expr::value::{Data, Value};
use crate::yaml::limits::NESTING;

impl<'a> Machine<'a> {
    pub(super) fn compare(
        &self,
        comparison: Comparison,
        left: Value<'a>,
        right: Value<'a>,
    ) -> Result<bool, Fault> {
        match comparison {
            Comparison::Equal => return Ok(self.equal(left.data, right.data)),
            Comparison::NotEqual => return Ok(!self.equal(left.data, right.data)),
            _ => {}
        }
        let order = match (left.data, right.data) {
            (Data::Int(a), Data::Int(b)) => Some(a.cmp(&b)),
            (Data::Bytes(a), Data::Bytes(b)) => {
                self.compare_through(a.len().min(b.len()))?;
                Some(a.cmp(b))
            }
            (Data::Str(a), Data::Str(b)) => {
                self.compare_through(a.len().min(b.len()))?;
                Some(a.cmp(b))
            }
            (Data::Bool(a), Data::Bool(b)) => Some(a.cmp(&b)),
            (Data::Timestamp(a), Data::Timestamp(b)) => Some(a.cmp(&b)),
            (Data::Duration(a), Data::Duration(b)) => Some(a.cmp(&b)),
            (a, b) => match (whole(a), whole(b)) {
                (Some(a), Some(b)) => Some(a.cmp(&b)),
                _ => match (number(a), number(b)) {
                    (Some(a), Some(b)) => return Ok(comparison.admits(a.partial_cmp(&b))),
                    _ => None,
                },
            },
        };
        if order.is_none() {
            return Err(Fault::Failed(&Reason(
                "these two cannot be put in order",
                "لا ترتيب بين هاتين القيمتين",
            )));
        }
        Ok(comparison.admits(order))
    }

    #[expect(clippy::float_cmp, reason = "CEL compares numbers exactly")]
    pub(in crate::expr) fn equal(&self, left: Data<'a>, right: Data<'a>) -> bool {
        match (left, right) {
            (Data::Str(a), Data::Str(b)) => self.same(a.as_bytes(), b.as_bytes()),
            (Data::Null, Data::Null) => true,
            (Data::Bool(a), Data::Bool(b)) => a == b,
            (Data::Int(a), Data::Int(b)) => a == b,
            (Data::Timestamp(a), Data::Timestamp(b)) => a == b,
            (Data::Duration(a), Data::Duration(b)) => a == b,
            (Data::Mapping(a), Data::Mapping(b)) if a == b => true,
            (Data::Sequence(a), Data::Sequence(b)) if a == b => true,
            (Data::Bytes(a), Data::Bytes(b)) => self.same(a, b),
            (Data::Kind(a), Data::Kind(b)) => a == b,
            (Data::Optional(a), Data::Optional(b)) => match (a, b) {
                (Some(a), Some(b)) => self.equal(a.data, b.data),
                (a, b) => a.is_none() && b.is_none(),
            },
            (Data::Map(_) | Data::Mapping(_), Data::Map(_) | Data::Mapping(_)) => {
                self.within(|| self.equal_maps(left, right))
            }
            (Data::Sequence(_) | Data::List(_), Data::Sequence(_) | Data::List(_)) => {
                self.within(|| self.equal_lists(left, right))
            }
            (a, b) => match (whole(a), whole(b)) {
                (Some(a), Some(b)) => a == b,
                _ => matches!((number(a), number(b)), (Some(a), Some(b)) if a == b),
            },
        }
    }

    /// Compares what lists and maps hold, to a depth that the stack can bear: that of a document, and what an
    /// expression can put around it. Nothing is deeper; if it were, the evaluation would fail in the end.
    fn within(&self, compare: impl FnOnce() -> bool) -> bool {
        let depth = self.depth.get();
        if depth == MAX_DEPTH + NESTING {
            self.steps.set(u64::MAX);
            return false;
        }
        self.depth.set(depth + 1);
        let equal = compare();
        self.depth.set(depth);
        equal
    }

    /// Whether two maps have equal keys with equal values.
    fn equal_maps(&self, left: Data<'a>, right: Data<'a>) -> bool {
        let elements = |data| self.elements(Value::new(data), Load::Plain);
        let (Ok(left), Ok(right)) = (elements(left), elements(right)) else {
            return false;
        };
        let entries = |of| (0..).map_while(move |index| self.entry_at(of, index));
        left.len() == right.len()
            && entries(left).all(|entry| {
                let (Ok((key, value)), Ok(())) = (entry, self.afford(right.len())) else {
                    return false;
                };
                let mut others = entries(right).flatten();
                let other = others.find(|(other, _)| self.equal(key.data, other.data));
                other.is_some_and(|(_, other)| self.equal(value.data, other.data))
            })
    }

    pub(super) fn equal_lists(&self, left: Data<'a>, right: Data<'a>) -> bool {
        let elements = |data| self.elements(Value::new(data), Load::Plain);
        let (Ok(left), Ok(right)) = (elements(left), elements(right)) else {
            return false;
        };
        // Lists within lists may stand for far more than a file holds: what is compared is counted, and the
        // evaluation fails in the end if it was too much.
        for index in 0.. {
            if self.afford(1).is_err() {
                return false;
            }
            match (self.element(left, index), self.element(right, index)) {
                (None, None) => return true,
                (Some(Ok(a)), Some(Ok(b))) if self.equal(a.data, b.data) => {}
                _ => return false,
            }
        }
        false
    }

    pub(super) fn arithmetic(
        &self,
        kind: Arithmetic,
        left: Data<'a>,
        right: Data<'a>,
    ) -> Result<Value<'a>, Fault> {
        use Arithmetic::{Add, Divide, Multiply, Remainder, Subtract};
        use Data::{Bytes, Double, Int, List, Sequence, Str, Uint};
        let data = match (kind, left, right) {
            (Divide | Remainder, Int(_), Int(0)) | (Divide | Remainder, Uint(_), Uint(0)) => {
                return Err(Fault::Failed(&Reason("division by zero", "قسمة على صفر")));
            }
            (Add, Int(a), Int(b)) => a.checked_add(b).map(Int),
            (Subtract, Int(a), Int(b)) => a.checked_sub(b).map(Int),
            (Multiply, Int(a), Int(b)) => a.checked_mul(b).map(Int),
            (Divide, Int(a), Int(b)) => a.checked_div(b).map(Int),
            (Remainder, Int(a), Int(b)) => a.checked_rem(b).map(Int),
            (Add, Uint(a), Uint(b)) => a.checked_add(b).map(Uint),
            (Subtract, Uint(a), Uint(b)) => a.checked_sub(b).map(Uint),
            (Multiply, Uint(a), Uint(b)) => a.checked_mul(b).map(Uint),
            (Divide, Uint(a), Uint(b)) => a.checked_div(b).map(Uint),
            (Remainder, Uint(a), Uint(b)) => a.checked_rem(b).map(Uint),
            (Add, Double(a), Double(b)) => Some(Double(a + b)),
            (Subtract, Double(a), Double(b)) => Some(Double(a - b)),
            (Multiply, Double(a), Double(b)) => Some(Double(a * b)),
            (Divide, Double(a), Double(b)) => Some(Double(a / b)),
            (Add, Str(a), Str(b)) => {
                self.room(a.len() + b.len())?;
                let mut text = BumpString::with_capacity_in(a.len() + b.len(), self.bump);
                text.push_str(a);
                text.push_str(b);
                Some(Str(text.into_bump_str()))
            }
            (Add, Bytes(a), Bytes(b)) => {
                self.room(a.len() + b.len())?;
                let mut bytes = BumpVec::with_capacity_in(a.len() + b.len(), self.bump);
                bytes.extend_from_slice_copy(a);
                bytes.extend_from_slice_copy(b);
                Some(Bytes(bytes.into_bump_slice()))
            }
            (Add, List(_) | Sequence(_), List(_) | Sequence(_)) => Some(self.concat(left, right)?),
            _ => return time_arithmetic(kind, left, right),
        };
        data.map(Value::new).ok_or(Fault::Failed(&Reason(
            "the result is out of range",
            "الناتج خارج النطاق",
        )))
    }
}

/// Arithmetic on dates and lengths of time, which CEL bounds: a date lies between the years 1 and 9999, a
/// length of time fits into 64 bits of nanoseconds.
fn time_arithmetic<'a>(
    kind: Arithmetic,
    left: Data<'a>,
    right: Data<'a>,
) -> Result<Value<'a>, Fault> {
    use Arithmetic::{Add, Subtract};
    use Data::{Duration, Timestamp};
    let data = match (kind, left, right) {
        (Add, Timestamp(a), Duration(b)) | (Add, Duration(b), Timestamp(a)) => {
            a.checked_add(b).ok().filter(is_moment).map(Timestamp)
        }
        (Subtract, Timestamp(a), Duration(b)) => {
            a.checked_sub(b).ok().filter(is_moment).map(Timestamp)
        }
        (Subtract, Timestamp(a), Timestamp(b)) => {
            Some(a.duration_since(b)).filter(is_length).map(Duration)
        }
        (Add, Duration(a), Duration(b)) => a.checked_add(b).filter(is_length).map(Duration),
        (Subtract, Duration(a), Duration(b)) => a.checked_sub(b).filter(is_length).map(Duration),
        _ => {
            return Err(Fault::Failed(&Reason(
                "this arithmetic has no meaning",
                "لا معنى لهذه العملية الحسابية",
            )));
        }
    };
    data.map(Value::new).ok_or(Fault::Failed(&Reason(
        "the result is out of range",
        "الناتج خارج النطاق",
    )))
}

pub(super) fn negate(value: Value<'_>) -> Result<Value<'_>, Fault> {
    let data = match value.data {
        Data::Int(value) => value.checked_neg().map(Data::Int),
        Data::Double(value) => Some(Data::Double(-value)),
        Data::Duration(value) => value.checked_neg().map(Data::Duration),
        _ => {
            return Err(Fault::Failed(&Reason(
                "only a number has a negative",
                "لا سالب إلا للأعداد",
            )));
        }
    };
    data.map(Value::new).ok_or(Fault::Failed(&Reason(
        "the result is out of range",
        "الناتج خارج النطاق",
    )))
}

fn whole(data: Data<'_>) -> Option<i128> {
    match data {
        Data::Int(value) => Some(value.into()),
        Data::Uint(value) => Some(value.into()),
        _ => None,
    }
}

pub(super) fn number(data: Data<'_>) -> Option<f64> {
    match data {
        #[expect(
            clippy::cast_precision_loss,
            reason = "CEL compares uint and double as numbers"
        )]
        Data::Uint(value) => Some(value as f64),
        #[expect(
            clippy::cast_precision_loss,
            reason = "CEL compares int and double as numbers"
        )]
        Data::Int(value) => Some(value as f64),
        Data::Double(value) => Some(value),
        _ => None,
    }
}
