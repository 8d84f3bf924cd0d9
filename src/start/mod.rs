//! What a new project begins with: settings, a first agency file and a hook, or agency files made from an inventory of
//! accounts. Texts are made here; the command line writes them, and never over a file that is there.

pub mod import;
mod templates;

pub use templates::{About, HOOK_FILE, hook, project};

/// A file that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Where, below the folder of the project, with `/` between the parts.
    pub path: String,
    /// What it holds.
    pub text: String,
}
