//! The limits of a rule on one document: so many steps, and so much memory. All that a rule that loads can fail
//! by. It holds for one expression by itself as well.

use crate::expr::eval::{Fault, Machine, Reason};

/// The number of steps that the evaluations of a rule on one document may take together; what needs more is no rule but
/// a mistake.
#[cfg(not(test))]
pub(crate) const BUDGET: u64 = 100_000_000;
/// The same in tests, which have no time for more.
#[cfg(test)]
pub(crate) const BUDGET: u64 = 10_000_000;

/// How many bytes of a text are compared in one step.
const STRIDE: usize = 16;

/// The memory that the values of these evaluations may take, in bytes.
pub(in crate::expr) const ROOM: usize = 256 << 20;

impl Machine<'_> {
    /// Takes one step.
    #[inline]
    pub(crate) fn step_on(&self) -> Result<(), Fault> {
        self.afford(1)
    }

    /// Gives back all steps that were taken.
    pub(crate) fn restart(&self) {
        self.steps.set(0);
    }

    /// Does something with a budget of its own; returns how many steps it took as well.
    pub(crate) fn apart<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> (T, u64) {
        let taken = self.steps.replace(0);
        let done = work(self);
        (done, self.steps.replace(taken))
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
