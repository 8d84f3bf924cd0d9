//! What holds costs no memory: allocations are counted, on this thread only.

use std::sync::Arc;

use allocation_counter::measure;
use spokeslint::Source;
use spokeslint::date::Date;
use spokeslint::engine::{Engine, Evaluator, Report, Settings};
use spokeslint::output::{Format, Style, render};
use spokeslint::pack::Packs;

fn day() -> Date {
    Date::parse("2026-01-01").unwrap()
}

fn model() -> Arc<Source> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/model-agency/agency.yaml"
    );
    Arc::new(Source::read(path.as_ref()).unwrap().unwrap())
}

#[test]
fn a_condition_that_holds_allocates_nothing() {
    let evaluator = Evaluator::new(&Packs::empty(), day());
    for text in [
        r#"account.kind == "agency" && "replies" in account.uses"#,
        r#"agency.accounts.exists(a, a.id == "spokesperson-x" && a.kind == "role")"#,
        "agency.accounts.all(a, has(a.handle) && a.handle.matches('^[a-z0-9_]{3,30}$'))",
        "agency.accounts.all(a, !has(a.created) || a.created < today)",
    ] {
        let each = Some(("account", "agency.accounts"));
        let counted = evaluator.on_first(&model(), each, text, |ready| {
            // A pattern makes room for its states when it is used for the first time.
            assert_eq!(ready.holds(), Some(true), "{text}");
            measure(|| {
                ready.holds();
            })
        });
        assert_eq!(counted.unwrap().count_total, 0, "{text}");
    }
}

/// The rules that compute text, or remember keys or a list for the whole document.
const COMPUTE: &[&str] = &[
    "agency-account/not-in-the-agencys-name",
    "handover/policy-incomplete",
    "impersonation/look-alike-handle",
    "impersonation/look-alike-name",
    "integrity/account-declared-twice",
    "integrity/duplicate-account-id",
    "integrity/duplicate-agency-id",
    "integrity/duplicate-device-id",
    "integrity/duplicate-person-id",
    "integrity/duplicate-role-id",
    "integrity/duplicate-supplier-id",
    "integrity/duplicate-unit-id",
    "integrity/origin-unknown",
    "integrity/responsible-unit-unknown",
    "integrity/unit-unknown",
    "integrity/url-host-mismatch",
    "osmacc/address-names-a-person",
    "osmacc/awareness-topic-missing",
    "osmacc/password-kept-twice",
    "osmacc/registered-at-free-mail",
    "osmacc/registered-outside-the-agency",
    "osmacc/registration-address-shared",
    "personal-account/not-marked-personal",
    "personal-account/states-the-position",
    "publication/listed-elsewhere",
    "publication/no-link-back",
    "registry/address-declared-twice",
    "role-account/named-for-its-holder",
    "role-account/not-named-for-the-office",
    "support/not-in-the-agencys-name",
];

fn of_pack<'n>(names: &[&'n str], pack: &str) -> Vec<&'n str> {
    let own = |name: &&&str| name.split('/').next() == Some(pack);
    names.iter().filter(own).copied().collect()
}

#[test]
fn rules_that_hold_allocate_nothing_of_their_own() {
    let packs = Packs::builtin().unwrap();
    let source = model();
    let counted = |select: &[&str]| {
        let mut settings = Settings::new(day());
        settings.select = select.iter().map(|&name| name.to_owned()).collect();
        let engine = Engine::new(&packs, &settings).unwrap();
        let report = engine.check(&source, true);
        assert!(report.diagnostics.is_empty(), "the model agency is clean");
        assert_eq!(engine.rule_count(), select.len());
        measure(|| drop(engine.check(&source, true))).count_total
    };
    let names: Vec<&str> = packs.rules.iter().map(|rule| rule.id.as_str()).collect();
    let (compute, plain): (Vec<_>, Vec<_>) =
        names.into_iter().partition(|name| COMPUTE.contains(name));
    assert_eq!(compute.len(), COMPUTE.len());
    assert!(plain.len() > 50, "{} rules", plain.len());
    for pack in &packs.packs {
        // Whether a pack applies is found out once for each document, however many rules it has.
        let plain = of_pack(&plain, &pack.id);
        let one = counted(&plain[..1]);
        assert_eq!(counted(&plain), one, "{}: all and one of them", pack.id);
        for rule in of_pack(&compute, &pack.id) {
            assert!(counted(&[rule]) > one, "{rule} computes nothing");
        }
    }
}

/// How many bytes are held at once while findings are written, for so many of them.
fn held(format: Format, count: usize) -> u64 {
    let text = "a: bad\n".repeat(count);
    let source = Arc::new(Source::new("a.yaml", &*text));
    let finding = |n: usize| {
        let at = u32::try_from(n * 7 + 3).unwrap();
        let span = spokeslint::source::Span::new(at, at + 3);
        let label = spokeslint::diagnostic::Label::new(&source, span);
        let message = spokeslint::Text::new("b".repeat(500), "ب".repeat(500));
        spokeslint::Diagnostic::error("a/b", message).with_label(label)
    };
    let report = Report {
        diagnostics: (0..count).map(finding).collect(),
        files: 1,
        ..Report::default()
    };
    let style = Style {
        format,
        ..Style::default()
    };
    let packs = Packs::empty();
    // Lines are counted once for all.
    source.position(0);
    let counted = measure(|| render(&report, &packs, &style, &mut std::io::sink()).unwrap());
    counted.bytes_max
}

#[test]
fn formats_for_programs_hold_no_finding_longer_than_it_takes_to_write_it() {
    for format in [
        Format::Json,
        Format::Sarif,
        Format::Gitlab,
        Format::Checkstyle,
    ] {
        let (few, many) = (held(format, 500), held(format, 4_500));
        // A finding has 1,500 bytes of words; a fingerprint and a place among the others stay.
        let each = many.saturating_sub(few) / 4_000;
        assert!(
            each < 400,
            "{}: {each} bytes for a finding",
            format.as_str()
        );
    }
}
