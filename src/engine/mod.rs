//! Holds documents against rules. Everything that wants a verdict calls the same engine.

mod report;

pub use report::{Report, Tally};
