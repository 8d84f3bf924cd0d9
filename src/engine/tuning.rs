//! How a rule is set: on or off, how much it weighs, with which options; in general and for some files.

use std::collections::BTreeMap;

use crate::diagnostic::{Label, Severity};
use crate::expr::Constant;
use crate::pack::Rule;

/// How a rule is set for a file.
#[derive(Clone, Debug)]
pub(super) struct Tuning {
    pub(super) is_on: bool,
    pub(super) severity: Severity,
    /// The values of its options.
    pub(super) options: Vec<Constant>,
    /// Where all of that is said.
    pub(super) places: Places,
}

/// Where a project's settings say how a rule is set, as far as they do.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    pub(super) is_on: Option<Label>,
    pub(super) severity: Option<Label>,
    /// By the places of the options, each with its value as it is written.
    pub(super) options: BTreeMap<usize, (String, Label)>,
}

/// What is different from what was set before.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) is_on: Option<bool>,
    pub(super) severity: Option<Severity>,
    /// Values by the places of the options, each as it is written and where.
    pub(super) options: Vec<(usize, Constant, (String, Label))>,
    /// Where it is said.
    pub(super) place: Label,
}

/// A rule, and how it is set.
#[derive(Clone, Debug)]
pub(super) struct Tuned {
    pub(super) rule: Rule,
    /// How it is set where nothing else is said.
    pub(super) general: Tuning,
    /// What is said of it, in order, each with the place of the files that it is said for; without one, for
    /// all. Empty if nothing is said for some files only.
    changes: Vec<(Option<usize>, Change)>,
    /// How it is set before all of that.
    start: Tuning,
}

impl Tuned {
    pub(super) fn new(rule: Rule, is_on: bool) -> Self {
        let options = rule.options.iter().map(|option| option.default.clone());
        let start = Tuning {
            is_on,
            severity: rule.severity,
            options: options.collect(),
            places: Places::default(),
        };
        Self {
            rule,
            general: start.clone(),
            changes: Vec::new(),
            start,
        }
    }

    /// Takes in what is said of the rule next.
    pub(super) fn change(&mut self, scope: Option<usize>, change: Change) {
        if scope.is_none() {
            self.general.apply(&change);
        }
        self.changes.push((scope, change));
    }

    /// Whether it is on in general, or may be for some files.
    pub(super) fn is_ever_on(&self) -> bool {
        let mut changes = self.changes.iter();
        self.general.is_on || changes.any(|(_, change)| change.is_on == Some(true))
    }

    /// Lets it weigh this much at the most.
    pub(super) fn weigh_at_most(&mut self, most: Severity) {
        for tuning in [&mut self.general, &mut self.start] {
            tuning.severity = tuning.severity.min(most);
        }
        for (_, change) in &mut self.changes {
            change.severity = change.severity.map(|severity| severity.min(most));
        }
    }

    /// How it is set where these scopes hold.
    pub(super) fn within(&self, active: &[bool]) -> Tuning {
        if self.changes.iter().all(|(scope, _)| scope.is_none()) {
            return self.general.clone();
        }
        let mut tuning = self.start.clone();
        for (scope, change) in &self.changes {
            if scope.is_none_or(|scope| active.get(scope).copied().unwrap_or(false)) {
                tuning.apply(change);
            }
        }
        tuning
    }
}

impl Tuning {
    fn apply(&mut self, change: &Change) {
        if let Some(is_on) = change.is_on {
            self.is_on = is_on;
            self.places.is_on = Some(change.place.clone());
        }
        if let Some(severity) = change.severity {
            self.severity = severity;
            self.places.severity = Some(change.place.clone());
        }
        for (place, value, said) in &change.options {
            if let Some(option) = self.options.get_mut(*place) {
                option.clone_from(value);
                self.places.options.insert(*place, said.clone());
            }
        }
    }
}
