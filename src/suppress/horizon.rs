//! For how long a finding may be set aside, by its weight.

use crate::diagnostic::Severity;

/// For how long a finding of one weight may be set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The most days; nothing for no limit.
    pub days: Option<u32>,
    /// Whether the settings say so, and not only spokeslint.
    pub is_set: bool,
}

/// For how long a finding may be set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// For an error.
    pub error: Limit,
    /// For a warning.
    pub warning: Limit,
    /// For a note.
    pub note: Limit,
}

impl Default for Horizon {
    /// 180 days for an error, 365 for a warning, no limit for a note.
    fn default() -> Self {
        let limit = |days| Limit {
            days,
            is_set: false,
        };
        Self {
            error: limit(Some(180)),
            warning: limit(Some(365)),
            note: limit(None),
        }
    }
}

impl Horizon {
    const fn limit(&self, severity: Severity) -> Limit {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Note => self.note,
        }
    }

    /// The most days for a finding of a weight.
    pub const fn days(&self, severity: Severity) -> Option<u32> {
        self.limit(severity).days
    }

    /// The most days for a finding of a weight that is set aside without a last day: only settings that name a
    /// length demand that there is one.
    pub fn days_without_end(&self, severity: Severity) -> Option<u32> {
        let limit = self.limit(severity);
        limit.days.filter(|_| limit.is_set)
    }
}
