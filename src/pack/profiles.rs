//! Profiles that include others: what a profile holds, and what is wrong with what it names.

use crate::diagnostic::{Diagnostic, Label};
use crate::pack::compile::{PROFILE, reference};
use crate::pack::{Packs, Profile, Rule};
use crate::text;
use crate::yaml::Document;

impl Packs {
    /// The ids of the profiles whose rules are on under a profile: its own first, then those that it
    /// includes.
    pub fn included<'p>(&'p self, profile: &'p str) -> Vec<&'p str> {
        included(&self.profiles, profile)
    }

    /// The profiles under which a rule is on, in the order in which they are defined; for a rule that is in
    /// none, and so is always on, there are none.
    pub fn profiles_of(&self, rule: &Rule) -> Vec<&str> {
        let ids = self.profiles.iter().map(|profile| profile.id.as_str());
        let holds = |profile: &&str| {
            let mut included = self.included(profile).into_iter();
            included.any(|id| rule.profiles.iter().any(|own| own == id))
        };
        ids.filter(holds).collect()
    }

    /// The rules that contradict a rule, in whichever file that stands.
    pub fn contrary_to<'p>(&'p self, rule: &'p Rule) -> Vec<&'p str> {
        let says = |one: &Rule, two: &Rule| one.contradicts.contains(&two.id);
        let others = self.rules.iter();
        others
            .filter(|other| says(rule, other) || says(other, rule))
            .map(|other| other.id.as_str())
            .collect()
    }
}

fn included<'p>(profiles: &'p [Profile], profile: &'p str) -> Vec<&'p str> {
    let mut ids = vec![profile];
    let mut at = 0;
    while let Some(id) = ids.get(at).copied() {
        let known = profiles.iter().filter(|profile| profile.id == id);
        for include in known.flat_map(|profile| &profile.includes) {
            if !ids.contains(&include.as_str()) {
                ids.push(include);
            }
        }
        at += 1;
    }
    ids
}

/// What is wrong with what profiles include. Those from the given place on stand in the document.
pub(super) fn check(profiles: &[Profile], from: usize, document: &Document) -> Vec<Diagnostic> {
    let known: Vec<&str> = profiles.iter().map(|profile| &*profile.id).collect();
    let mut diagnostics = Vec::new();
    for profile in &profiles[from..] {
        for include in &profile.includes {
            diagnostics.extend(reference(document, include, &known, PROFILE));
            if included(profiles, include).contains(&profile.id.as_str()) {
                let message = text!(
                    "`{profile}` would include itself through `{include}`",
                    "تصبح المجموعة `{profile}` متضمنة نفسها عبر `{include}`",
                    profile = profile.id,
                    include = include.value,
                );
                let label = Label::new(document.source(), document.span(include.node));
                diagnostics.push(Diagnostic::error("pack/profile", message).with_label(label));
            }
        }
    }
    diagnostics
}
