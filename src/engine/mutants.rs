//! Runs the examples of rules against mutants of them: a mutant that survives is a condition that no
//! example shows to matter.

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::engine::examples::check_example;
use crate::pack::{Example, Mutant, Packs, Rule, examples, mutants};

/// What mutating rules amounts to.
#[derive(Debug, Default)]
pub struct MutationReport {
    /// How many mutants there were.
    pub mutants: usize,
    /// How many of them some example noticed.
    pub killed: usize,
    /// How many the checker refused, so that nobody can write them by mistake.
    pub refused: usize,
    /// The others, at the place of the change, and what keeps a rule from being tried at all.
    pub survivors: Vec<Diagnostic>,
}

/// Mutates the given rules, each of which should pass its examples.
pub fn check_mutants<'r>(
    packs: &Packs,
    rules: impl IntoIterator<Item = &'r Rule>,
) -> MutationReport {
    let rules: Vec<&Rule> = rules.into_iter().collect();
    let reports: Vec<MutationReport> = rules
        .par_iter()
        .map(|rule| check_rule(packs, rule))
        .collect();
    let mut whole = MutationReport::default();
    for report in reports {
        whole.mutants += report.mutants;
        whole.killed += report.killed;
        whole.refused += report.refused;
        whole.survivors.extend(report.survivors);
    }
    whole
        .survivors
        .sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    whole
}

/// What became of a mutant.
enum Fate {
    Refused,
    Killed,
    Survives(Box<Diagnostic>),
}

fn check_rule(packs: &Packs, rule: &Rule) -> MutationReport {
    let bred = examples(rule).and_then(|examples| Ok((examples, mutants(packs, rule)?)));
    let (examples, mutants) = match bred {
        Ok(bred) => bred,
        Err(survivors) => {
            return MutationReport {
                survivors,
                ..MutationReport::default()
            };
        }
    };
    let fates: Vec<Fate> = mutants
        .into_par_iter()
        .map(|mutant| fate(packs, &examples, mutant))
        .collect();
    let mut report = MutationReport {
        mutants: fates.len(),
        ..MutationReport::default()
    };
    for fate in fates {
        match fate {
            Fate::Refused => report.refused += 1,
            Fate::Killed => report.killed += 1,
            Fate::Survives(diagnostic) => report.survivors.push(*diagnostic),
        }
    }
    report
}

fn fate(packs: &Packs, examples: &[Example], mutant: Mutant) -> Fate {
    let Some(rule) = mutant.rule else {
        return Fate::Refused;
    };
    let mut has_held = false;
    for example in examples {
        match check_example(packs, &rule, example) {
            Ok(held) => has_held |= held,
            Err(_) => return Fate::Killed,
        }
    }
    // A rule that holds nowhere does not pass its test either.
    if has_held {
        Fate::Survives(Box::new(mutant.survivor))
    } else {
        Fate::Killed
    }
}
