//! Decides whether a file is checked: `include` and `exclude` leave files out, but not from under final rules.

use std::collections::BTreeMap;

use super::{Broken, Domain, Domains};
use crate::config::{Config, Exclusion, Stack};
use crate::diagnostic::{Diagnostic, Label};
use crate::discover::Input;
use crate::engine::Report;
use crate::source::Span;
use crate::text;
use crate::text::{Noun, Text, isolate};

/// The number of files that a message names.
const NAMED: usize = 3;

/// The decision whether a file is checked.
#[derive(Debug)]
pub enum Fate {
    /// It is.
    Taken,
    /// The settings leave it out.
    Excluded,
    /// The settings leave it out and must not, if a final rule may apply to it.
    Contested(Vec<Exclusion>),
}

impl Domains {
    /// Returns whether a file is checked. One whose settings are not sound is, unless outer ones leave it out.
    pub fn fate(&self, input: &Input) -> Fate {
        if input.named {
            return Fate::Taken;
        }
        match self.place(input).and_then(|place| self.all.get(place)) {
            Some(Ok(domain)) => domain.fate(input),
            Some(Err(broken)) if broken.is_excluded(input) => Fate::Excluded,
            _ => Fate::Taken,
        }
    }
}

impl Broken {
    fn is_excluded(&self, input: &Input) -> bool {
        let is_strict = |outer: &Stack| outer.strict().map_or(true, |strict| !strict.is_empty());
        let exclusion = self
            .outer
            .outer_exclusions(input.real.as_deref(), &input.name)
            .next();
        exclusion.is_some() && !is_strict(&self.outer)
    }
}

impl Domain {
    fn fate(&self, input: &Input) -> Fate {
        let exclusions = self.stack.exclusions(input.real.as_deref(), &input.name);
        if exclusions.is_empty() {
            return Fate::Taken;
        }
        let is_own = |config: &Config| config.is_own(&input.name);
        if self.config().is_some_and(is_own) || self.refused(&exclusions, |_| true).is_none() {
            Fate::Excluded
        } else {
            Fate::Contested(exclusions)
        }
    }

    /// The first of the settings that may not leave a file out, and the rule that is final, if none of them may:
    /// `is_kind` says which kinds of documents the file may hold.
    fn refused<'e>(
        &self,
        exclusions: &'e [Exclusion],
        is_kind: impl Fn(&str) -> bool,
    ) -> Option<(&'e Exclusion, String, Label)> {
        let mut first = None;
        for exclusion in exclusions {
            let finals = self.engine.finals().filter(|(kind, _)| is_kind(kind));
            let mut finals = finals.filter_map(|(_, rule)| Some((rule, rule.finality.as_ref()?)));
            let (rule, place) = finals.find(|(_, place)| !exclusion.may_leave_out(place))?;
            first.get_or_insert_with(|| (exclusion, rule.id.clone(), place.clone()));
        }
        first
    }
}

/// The files that settings leave out although final rules apply to them.
#[derive(Debug, Default)]
pub struct Refusals(BTreeMap<(String, Span), Refusal>);

#[derive(Debug)]
struct Refusal {
    exclusion: Exclusion,
    rule: String,
    finality: Label,
    files: Vec<String>,
}

impl Refusals {
    /// Takes in a file that settings leave out, with what is to be said of it; returns whether they must not, since
    /// it holds something that a final rule may apply to.
    pub fn add(
        &mut self,
        domain: &Domain,
        exclusions: &[Exclusion],
        report: &Report,
        name: &str,
    ) -> bool {
        let is_lenient = |found: &Diagnostic| {
            ["waiver/", "baseline/"]
                .iter()
                .any(|own| found.rule.starts_with(own))
        };
        // A document that cannot be told, beside sound ones as well: what is wrong with the shape of a known one has
        // a key.
        let is_untold = |found: &Diagnostic| {
            let is_of_file = ["yaml/", "schema/"]
                .iter()
                .any(|own| found.rule.starts_with(own));
            is_of_file && found.key.is_none()
        };
        let is_unclear = report.diagnostics.iter().any(is_untold)
            || (report.documents == 0 && !report.diagnostics.iter().all(is_lenient));
        let is_kind = |kind: &str| is_unclear || report.kinds.contains_key(kind);
        let Some((exclusion, rule, finality)) = domain.refused(exclusions, is_kind) else {
            return false;
        };
        let place = &exclusion.place;
        let key = (place.source.name().to_owned(), place.span);
        let refusal = self.0.entry(key).or_insert_with(|| Refusal {
            exclusion: exclusion.clone(),
            rule,
            finality,
            files: Vec::new(),
        });
        refusal.files.push(name.to_owned());
        true
    }

    /// Returns the findings on the settings.
    pub fn findings(&self) -> impl Iterator<Item = Diagnostic> {
        self.0.values().map(Refusal::finding)
    }
}

/// As after the preposition.
const MORE: Noun = Noun {
    en: ["more file", "more files"],
    ar: ["ملف آخر", "ملفين آخرين", "ملفات أخرى", "ملفًا آخر"],
};

impl Refusal {
    fn finding(&self) -> Diagnostic {
        let files = self.files();
        let key = self.exclusion.key;
        let message = Text::new(
            format!(
                "`{key}` cannot leave out files that final rules apply to: {}",
                files.en
            ),
            format!(
                "لا يجوز أن يستبعد `{key}` ملفات تنطبق عليها قواعد ملزمة: {}",
                files.ar
            ),
        );
        let help = text!(
            "change the pattern, or ask the pack's maintainers; the files were checked anyway",
            "عدّل النمط، أو راجع القائمين على الحزمة؛ وقد فُحصت الملفات على أي حال",
        );
        let place = self.exclusion.place.clone();
        Diagnostic::error("config/final", message)
            .with_label(place.with_text(text!("left out here", "تُستبعد هنا")))
            .with_label(self.finality.clone().with_text(text!(
                "`{rule}` is called final here",
                "نُصّ هنا على أن `{rule}` ملزمة",
                rule = self.rule,
            )))
            .with_help(help)
    }

    /// The files, the first few by name.
    fn files(&self) -> Text {
        let named: Vec<String> = self
            .files
            .iter()
            .take(NAMED)
            .map(|file| format!("`{}`", isolate(file)))
            .collect();
        let (en, ar) = (named.join(", "), named.join("، "));
        match self.files.len() - named.len() {
            0 => Text::new(en, ar),
            more => {
                let more = MORE.both(more);
                Text::new(
                    format!("{en} and {}", more.en),
                    format!("{ar} و{}", more.ar),
                )
            }
        }
    }
}
