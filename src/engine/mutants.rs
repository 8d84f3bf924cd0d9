//! Runs the examples of rules against mutants of them: a mutant that survives is a condition that no
//! example shows to matter.

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::engine::examples::check_example;
use crate::pack::{
    Example, Mutant, Pack, PackMutant, Packs, Rule, examples, mutants, pack_mutants,
};

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

/// Mutates the given rules, each of which should pass its examples, and the conditions of their packs.
pub fn check_mutants<'r>(
    packs: &Packs,
    rules: impl IntoIterator<Item = &'r Rule>,
) -> MutationReport {
    let rules: Vec<&Rule> = rules.into_iter().collect();
    let packs_of_rules = packs.packs.iter().map(|pack| {
        let own = rules.iter().filter(|rule| rule.pack() == pack.id);
        (pack, own.copied().collect::<Vec<&Rule>>())
    });
    let packs_of_rules: Vec<(&Pack, Vec<&Rule>)> = packs_of_rules
        .filter(|(_, rules)| !rules.is_empty())
        .collect();
    let (of_rules, of_packs): (Vec<MutationReport>, Vec<MutationReport>) = rayon::join(
        || {
            rules
                .par_iter()
                .map(|rule| check_rule(packs, rule))
                .collect()
        },
        || {
            let each = packs_of_rules.par_iter();
            each.map(|(pack, rules)| check_pack(packs, pack, rules))
                .collect()
        },
    );
    let mut whole = MutationReport::default();
    for report in of_rules.into_iter().chain(of_packs) {
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

impl MutationReport {
    /// What keeps mutants from being made.
    fn of_faults(faults: Vec<Diagnostic>) -> Self {
        Self {
            survivors: faults,
            ..Self::default()
        }
    }

    fn of_fates(fates: Vec<Fate>) -> Self {
        let mut report = Self {
            mutants: fates.len(),
            ..Self::default()
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
}

fn check_rule(packs: &Packs, rule: &Rule) -> MutationReport {
    let bred = examples(rule).and_then(|examples| Ok((examples, mutants(packs, rule)?)));
    match bred {
        Ok((examples, mutants)) => {
            let fates = mutants.into_par_iter();
            let fates = fates.map(|mutant| fate(packs, &examples, mutant));
            MutationReport::of_fates(fates.collect())
        }
        Err(faults) => MutationReport::of_faults(faults),
    }
}

/// Tries the mutants of a pack's condition on the examples of all these rules of the pack.
fn check_pack(packs: &Packs, pack: &Pack, rules: &[&Rule]) -> MutationReport {
    let mutants = match pack_mutants(packs, pack) {
        Ok(mutants) if mutants.is_empty() => return MutationReport::default(),
        Ok(mutants) => mutants,
        Err(faults) => return MutationReport::of_faults(faults),
    };
    // What is wrong with examples is said of their rule.
    let examples: Vec<(&Rule, Vec<Example>)> = rules
        .iter()
        .filter_map(|rule| Some((*rule, examples(rule).ok()?)))
        .collect();
    let fates = mutants.into_par_iter();
    MutationReport::of_fates(
        fates
            .map(|mutant| pack_fate(packs, &examples, mutant))
            .collect(),
    )
}

fn pack_fate(packs: &Packs, examples: &[(&Rule, Vec<Example>)], mutant: PackMutant) -> Fate {
    let Some(applies) = mutant.applies else {
        return Fate::Refused;
    };
    let notices = |(rule, examples): &(&Rule, Vec<Example>)| {
        let mut own = applies.iter();
        let rule = Rule {
            applies: own.find(|applies| applies.kind == rule.kind.name).cloned(),
            ..(*rule).clone()
        };
        notice(packs, examples, &rule)
    };
    if examples.par_iter().any(notices) {
        Fate::Killed
    } else {
        Fate::Survives(Box::new(mutant.survivor))
    }
}

fn fate(packs: &Packs, examples: &[Example], mutant: Mutant) -> Fate {
    match mutant.rule {
        None => Fate::Refused,
        Some(rule) if notice(packs, examples, &rule) => Fate::Killed,
        Some(_) => Fate::Survives(Box::new(mutant.survivor)),
    }
}

/// Whether the examples of a rule notice that it has changed.
fn notice(packs: &Packs, examples: &[Example], rule: &Rule) -> bool {
    let mut has_held = false;
    for example in examples {
        match check_example(packs, rule, example) {
            Ok(held) => has_held |= held,
            Err(_) => return true,
        }
    }
    // A rule that holds nowhere does not pass its test either.
    !has_held
}
