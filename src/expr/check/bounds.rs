//! Intervals of whole numbers: what a number, a size or a time certainly lies between, and what
//! arithmetic makes of that. They are wider than anything that the language computes, and never too narrow.

use jiff::{SignedDuration, Timestamp};

use crate::date::{Date, LENGTHS};
use crate::expr::ast::Comparison;
use crate::expr::program::Arithmetic;

/// The first whole number that a double may stand for without being it.
const EXACT: i128 = 1 << 53;
/// More than a double of 64 bits can lie beside the whole number it stands for.
const SLACK: i128 = 1 << 11;

/// A lower and an upper bound, both possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(in crate::expr) min: i128,
    pub(in crate::expr) max: i128,
}

impl Bounds {
    /// Nothing is known; a double may then also be no number.
    pub(in crate::expr) const ANY: Self = Self::new(i128::MIN, i128::MAX);
    /// What an integer can be.
    pub(in crate::expr) const INT: Self = Self::new(i64::MIN as i128, i64::MAX as i128);
    /// What an unsigned integer can be.
    pub(in crate::expr) const UINT: Self = Self::new(0, u64::MAX as i128);
    /// The nanoseconds that a length of time can have.
    pub(in crate::expr) const LENGTH: Self = Self::INT;
    /// The nanoseconds that lie between 1970 and the moments that there are.
    pub(in crate::expr) const MOMENT: Self =
        Self::new(-62_135_596_800_000_000_000, 253_402_207_200_999_999_999);

    pub(in crate::expr) const fn new(min: i128, max: i128) -> Self {
        Self { min, max }
    }

    pub(in crate::expr) const fn exactly(value: i128) -> Self {
        Self::new(value, value)
    }

    pub(in crate::expr) fn size(size: usize) -> Self {
        Self::exactly(i128::try_from(size).unwrap_or(i128::MAX))
    }

    pub(in crate::expr) fn moment(moment: Timestamp) -> Self {
        Self::exactly(moment.as_nanosecond())
    }

    pub(in crate::expr) fn length(length: SignedDuration) -> Self {
        Self::exactly(length.as_nanos())
    }

    /// The days of documents and runs.
    pub(in crate::expr) fn days() -> Self {
        let [first, last] = [Date::FIRST, Date::LAST].map(|day| Self::moment(day.to_timestamp()));
        first.join(last)
    }

    /// The lengths of time of documents and options.
    pub(in crate::expr) fn lengths() -> Self {
        let [least, most] = LENGTHS.map(Self::length);
        least.join(most)
    }

    /// The whole numbers around a double.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the value is checked to be far from the ends"
    )]
    pub(in crate::expr) fn double(value: f64) -> Self {
        if value.abs() < 1e30 {
            Self::new(value.floor() as i128, value.ceil() as i128).loose()
        } else {
            Self::ANY
        }
    }

    pub(in crate::expr) const fn is_exact(self) -> bool {
        self.min == self.max
    }

    pub(in crate::expr) const fn holds(self, value: i128) -> bool {
        self.min <= value && value <= self.max
    }

    pub(in crate::expr) const fn is_within(self, other: Self) -> bool {
        other.min <= self.min && self.max <= other.max
    }

    const fn is_above_zero(self) -> bool {
        self.min > 0 && self.max > 0
    }

    /// What lies in both.
    pub(in crate::expr) fn meet(self, other: Self) -> Self {
        Self::new(self.min.max(other.min), self.max.min(other.max))
    }

    /// What lies in either, or between them.
    pub(in crate::expr) fn join(self, other: Self) -> Self {
        Self::new(self.min.min(other.min), self.max.max(other.max))
    }

    /// What is left where numbers are compared as doubles, which round.
    pub(in crate::expr) fn loose(self) -> Self {
        let slack = |bound: i128| {
            if bound.abs_diff(0) < EXACT.unsigned_abs() {
                0
            } else {
                SLACK
            }
        };
        Self::new(
            self.min.saturating_sub(slack(self.min)),
            self.max.saturating_add(slack(self.max)),
        )
    }

    pub(in crate::expr) fn negated(self) -> Self {
        Self::new(self.max.saturating_neg(), self.min.saturating_neg())
    }

    /// What something must be that stands in a comparison to a number within these bounds; `gap` is how
    /// far two numbers are apart at least if they differ.
    pub(in crate::expr) fn compared(self, comparison: Comparison, gap: i128) -> Self {
        let most = |max| Self::new(i128::MIN, max);
        let least = |min| Self::new(min, i128::MAX);
        match comparison {
            Comparison::Equal => self,
            Comparison::NotEqual => Self::ANY,
            Comparison::Less => most(self.max.saturating_sub(gap)),
            Comparison::LessOrEqual => most(self.max),
            Comparison::Greater => least(self.min.saturating_add(gap)),
            Comparison::GreaterOrEqual => least(self.min),
        }
    }

    /// What arithmetic makes of two numbers; the second is not zero where that has no meaning.
    pub(in crate::expr) fn computed(self, kind: Arithmetic, other: Self) -> Self {
        match kind {
            Arithmetic::Add => Self::new(
                self.min.saturating_add(other.min),
                self.max.saturating_add(other.max),
            ),
            Arithmetic::Subtract => self.computed(Arithmetic::Add, other.negated()),
            Arithmetic::Multiply => self.corners(other, i128::saturating_mul),
            Arithmetic::Divide if other.is_above_zero() || other.negated().is_above_zero() => {
                self.corners(other, i128::saturating_div)
            }
            Arithmetic::Divide => self.join(self.negated()),
            Arithmetic::Remainder => {
                let largest = other.min.saturating_abs().max(other.max.saturating_abs());
                let most = largest.saturating_sub(1).max(0);
                Self::new(
                    self.min.clamp(most.saturating_neg(), 0),
                    self.max.clamp(0, most),
                )
            }
        }
    }

    fn corners(self, other: Self, compute: fn(i128, i128) -> i128) -> Self {
        let corner = |a, b| Self::exactly(compute(a, b));
        corner(self.min, other.min)
            .join(corner(self.min, other.max))
            .join(corner(self.max, other.min))
            .join(corner(self.max, other.max))
    }

    /// What is left of a number that is cut off after a division by a whole number above zero.
    pub(in crate::expr) fn divided(self, by: i128) -> Self {
        self.computed(Arithmetic::Divide, Self::exactly(by))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KINDS: [Arithmetic; 5] = [
        Arithmetic::Add,
        Arithmetic::Subtract,
        Arithmetic::Multiply,
        Arithmetic::Divide,
        Arithmetic::Remainder,
    ];

    fn number() -> impl Strategy<Value = i64> {
        prop_oneof![Just(i64::MIN), Just(i64::MAX), -3_i64..=3, any::<i64>(),]
    }

    fn checked(kind: Arithmetic, a: i128, b: i128) -> Option<i128> {
        match kind {
            Arithmetic::Add => a.checked_add(b),
            Arithmetic::Subtract => a.checked_sub(b),
            Arithmetic::Multiply => a.checked_mul(b),
            Arithmetic::Divide => a.checked_div(b),
            Arithmetic::Remainder => a.checked_rem(b),
        }
    }

    #[test]
    fn the_last_moment_is_that_of_the_calendar() {
        assert_eq!(Bounds::moment(Timestamp::MAX).max, Bounds::MOMENT.max);
    }

    proptest! {
        #[test]
        fn what_is_computed_lies_within_the_bounds(
            a in [number(), number(), number()],
            b in [number(), number(), number()],
        ) {
            let sorted = |mut numbers: [i64; 3]| {
                numbers.sort_unstable();
                numbers.map(i128::from)
            };
            let ([a1, a2, a3], [b1, b2, b3]) = (sorted(a), sorted(b));
            for kind in KINDS {
                let bounds = Bounds::new(a1, a3).computed(kind, Bounds::new(b1, b3));
                if let Some(value) = checked(kind, a2, b2) {
                    prop_assert!(bounds.holds(value), "{kind:?} {a2} {b2}: {bounds:?}");
                }
            }
        }
    }
}
