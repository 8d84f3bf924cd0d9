//! For how long a finding may be set aside, by its weight.

use crate::diagnostic::Severity;

/// The most days for which a finding may be set aside; nothing for no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// For an error.
    pub error: Option<u32>,
    /// For a warning.
    pub warning: Option<u32>,
    /// For a note.
    pub note: Option<u32>,
}

impl Default for Horizon {
    /// 180 days for an error, 365 for a warning, no limit for a note.
    fn default() -> Self {
        Self {
            error: Some(180),
            warning: Some(365),
            note: None,
        }
    }
}

impl Horizon {
    /// The most days for a finding of a weight.
    pub const fn days(&self, severity: Severity) -> Option<u32> {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Note => self.note,
        }
    }
}
