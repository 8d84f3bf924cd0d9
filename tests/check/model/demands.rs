//! What the rules demand of the model agency, field by field, and that they demand nothing else: a field that
//! no rule asks for can be left out, alone or with others, and nobody is alarmed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

use proptest::prelude::*;
use rayon::prelude::*;
use snapbox::Data;
use spokeslint::yaml::{Document, NodeId};

use super::super::{PACKS, check, path};
use super::{ENGINES, document, without};

/// The document, its optional fields by key and path, and what is found where one of them is left out.
struct Fields {
    document: Document,
    fields: Vec<(NodeId, String, BTreeSet<String>)>,
}

impl Fields {
    /// Those that no rule asks for. Of a name in two languages one has to stay.
    fn silent(&self) -> Vec<&(NodeId, String, BTreeSet<String>)> {
        let fields = self.fields.iter();
        fields
            .filter(|(_, path, found)| found.is_empty() && path.rsplit('.').next() != Some("en"))
            .collect()
    }
}

static FIELDS: LazyLock<Fields> = LazyLock::new(|| {
    let document = document();
    let mut entries = Vec::new();
    entries_below(&document, document.root(), &mut entries);
    let fields = entries
        .into_par_iter()
        .map(|(key, value)| (key, document.path(value), found(&document, &[key])))
        .filter(|(_, _, found)| !found.iter().any(|rule| rule.starts_with("schema/")))
        .collect();
    Fields { document, fields }
});

fn entries_below(document: &Document, id: NodeId, found: &mut Vec<(NodeId, NodeId)>) {
    for entry in document.entries(id) {
        found.push((entry.key, entry.value));
        entries_below(document, entry.value, found);
    }
    for item in document.items(id) {
        entries_below(document, *item, found);
    }
}

/// The rules that find something under any profile in the document without some fields.
fn found(document: &Document, gone: &[NodeId]) -> BTreeSet<String> {
    let text = without(document, document.root(), gone) + "\n";
    let reports = ENGINES
        .iter()
        .map(|engine| check(engine, "a.yaml", text.clone().into_bytes()));
    reports
        .flat_map(|report| report.diagnostics)
        .map(|found| found.rule)
        .collect()
}

/// `accounts[0].url` and `accounts[1].url` are one field.
fn pattern(path: &str) -> String {
    path.chars().filter(|sign| !sign.is_ascii_digit()).collect()
}

#[test]
fn each_field_that_is_asked_for_is_asked_for_by_the_rules_that_say_so() {
    let mut demands: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (_, path, found) in &FIELDS.fields {
        let rules = demands.entry(pattern(path)).or_default();
        rules.extend(found.iter().map(String::as_str));
    }
    let mut table = String::new();
    for (field, rules) in &demands {
        let rules: Vec<&str> = rules.iter().copied().collect();
        let rules = if rules.is_empty() {
            "-".to_owned()
        } else {
            rules.join(" ")
        };
        let _ = writeln!(table, "{field}: {rules}");
    }
    let expected = Data::read_from(&path("tests/check/model/demands.txt"), None);
    snapbox::assert_data_eq!(table, expected.raw());
}

/// Whether the conditions of a rule, or of its pack, read a field that stands there or below.
fn reads(rule: &str, path: &str) -> bool {
    let rule = PACKS.rules.iter().find(|known| known.id == rule).unwrap();
    let pack = PACKS.packs.iter().find(|known| known.id == rule.pack());
    let texts: Vec<&str> = rule
        .each()
        .chain(pack.and_then(|pack| pack.applies_when.as_deref()))
        .chain(rule.when())
        .chain([rule.check().1])
        .collect();
    let fields = FIELDS.fields.iter().map(|(_, path, _)| path.as_str());
    let below = fields.filter(|field| field.starts_with(path));
    let mut keys = below.filter_map(|field| field.rsplit(['.', ']']).next());
    keys.any(|key| texts.iter().any(|text| text.contains(&format!(".{key}"))))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Two fields may stand in for each other; then a rule that reads both misses them together.
    #[test]
    fn fields_that_no_rule_asks_for_can_be_left_out_together(
        picks in prop::collection::vec(any::<prop::sample::Index>(), 1..24),
    ) {
        let silent = FIELDS.silent();
        prop_assert!(silent.len() > 60, "{} fields", silent.len());
        let picked: Vec<_> = picks.iter().map(|pick| *pick.get(&silent)).collect();
        let keys: Vec<NodeId> = picked.iter().map(|(key, ..)| *key).collect();
        let paths: BTreeSet<&str> = picked.iter().map(|(_, path, _)| path.as_str()).collect();
        for rule in found(&FIELDS.document, &keys) {
            let read = paths.iter().filter(|path| reads(&rule, path)).count();
            prop_assert!(read > 1, "{} without {:?}", rule, paths);
        }
    }
}
