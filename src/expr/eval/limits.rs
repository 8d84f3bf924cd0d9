//! What one evaluation may cost: so many steps, and so much memory. All that a rule that loads can fail by.

use crate::expr::eval::{Fault, Machine, Reason};

/// How many steps one evaluation may take; what needs more is no rule but a mistake.
pub(super) const BUDGET: u64 = 100_000_000;

/// How many bytes of a text are compared in one step.
const STRIDE: usize = 16;

/// How much memory the values of one evaluation may take, in bytes.
pub(in crate::expr) const ROOM: usize = 256 << 20;

impl Machine<'_> {
    #[inline]
    pub(super) fn step_on(&self) -> Result<(), Fault> {
        self.afford(1)
    }

    /// Takes so many steps, if there are so many left.
    #[inline]
    pub(super) fn afford(&self, steps: usize) -> Result<(), Fault> {
        let taken = self.steps.get().saturating_add(steps as u64);
        self.steps.set(taken);
        if taken > BUDGET {
            return Err(Fault::Failed(&Reason(
                "this takes more steps than a rule may take",
                "يتطلب هذا خطوات أكثر مما يُسمح به لقاعدة",
            )));
        }
        Ok(())
    }

    /// Takes a step for each [`STRIDE`] bytes of a text that is compared.
    #[inline]
    pub(super) fn compare_through(&self, bytes: usize) -> Result<(), Fault> {
        if bytes < STRIDE {
            return Ok(());
        }
        self.afford(bytes / STRIDE)
    }

    /// Whether there is room for so many bytes more.
    pub(super) fn room(&self, bytes: usize) -> Result<(), Fault> {
        if self.bump.allocated_bytes().saturating_add(bytes) > ROOM {
            return Err(Fault::Failed(&Reason(
                "this needs more memory than a rule may take",
                "يتطلب هذا ذاكرة أكبر مما يُسمح به لقاعدة",
            )));
        }
        Ok(())
    }
}
