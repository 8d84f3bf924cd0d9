//! How far a long run has come, on standard error, for people who wait.

use std::io::{self, IsTerminal};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A shorter run shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar that appears when a run takes long, and leaves nothing behind.
pub(super) struct Progress {
    start: Instant,
    total: usize,
    wanted: bool,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    pub(super) fn new(total: usize, quiet: bool) -> Self {
        Self {
            start: Instant::now(),
            total,
            wanted: !quiet && io::stderr().is_terminal(),
            bar: OnceLock::new(),
        }
    }

    /// Says that `done` of the total are done.
    pub(super) fn update(&self, done: usize) {
        if self.wanted && self.start.elapsed() >= PATIENCE {
            self.bar
                .get_or_init(|| bar(self.total))
                .set_position(done as u64);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

fn bar(total: usize) -> ProgressBar {
    let template = "{bar:30} {human_pos}/{human_len} files, {eta} left";
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
    bar.set_style(style);
    bar
}
