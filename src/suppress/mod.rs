//! What sets findings aside: comments in a file, waivers, and the baseline.
//!
//! One principle holds for all of them: what is not sound does not take effect. A comment that is misspelt, an
//! approval that has run out, an entry that names no rule: each is a finding at its own line, and what it was to
//! set aside counts.

pub mod baseline;
mod catalog;
mod comment;
mod days;
mod firm;
mod horizon;
mod leniency;
pub(crate) mod place;
pub mod waiver;

pub use baseline::Baseline;

pub use catalog::Catalog;
pub use comment::Ignores;
pub(crate) use comment::{collect, settle};
pub use horizon::{Horizon, Limit};
pub use leniency::{Leniency, Ready};
pub use waiver::Waivers;
