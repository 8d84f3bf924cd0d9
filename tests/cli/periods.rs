//! Rules that are not in force yet, packs that do not apply, rules that contradict each other, and what the
//! rules make of a framework.

use serde_json::Value;
use snapbox::{assert_data_eq, str};

use super::{Run, put, run_in};

const FRAMEWORK: &str = "\
id: our-guide
title: { en: Our guide, ar: دليلنا }
publisher: { en: The agency, ar: الجهة }
date: 2025-01
version: \"2\"
status: confirmed
items:
  - item: \"1\"
    text: { en: an agency names its website, ar: تذكر الجهة موقعها }
  - item: \"2\"
    text: { en: an agency is kind, ar: تحسن الجهة معاملة الناس }
    none: { en: no file can show it, ar: لا يظهر ذلك في ملف }
    status: unconfirmed
";

const PACK: &str = "\
title: { en: Guide, ar: الدليل }
about: { en: what the guide asks for, ar: ما يطلبه الدليل }
applies_when: has(agency.jurisdiction) && agency.jurisdiction == \"SA\"
effective: { announced: 2025-01-01, from: 2025-03-27, until: 2030-12-31 }
profiles: [recommended]
smallest: { jurisdiction: SA }
";

const RULE: &str = "\
severity: error
summary: { en: the agency names no website, ar: لا تذكر الجهة موقعًا }
why: { en: people look there, ar: هناك يبحث الناس }
sources: [{ framework: our-guide, item: \"1\" }]
contradicts: [guide/website]
assert: has(agency.website)
message: { en: no website is named, ar: لم يُذكر موقع }
---
examples:
  - fails: |
      id: example  # finding
  - passes: |
      website: https://agency.example
  - passes: |
      jurisdiction: KW
";

const CONTRARY: &str = "\
severity: error
profiles: [strict]
summary: { en: the agency names a website, ar: تذكر الجهة موقعًا }
why: { en: nobody looks there, ar: لا يبحث هناك أحد }
assert: '!has(agency.website)'
message: { en: a website is named, ar: ذُكر موقع }
";

fn spokeslint(arguments: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "packs/frameworks/our-guide.yaml", FRAMEWORK);
    put(folder.path(), "packs/guide/pack.yaml", PACK);
    put(folder.path(), "packs/guide/no-website.yaml", RULE);
    put(folder.path(), "packs/guide/website.yaml", CONTRARY);
    for (name, jurisdiction) in [("sa", "SA"), ("kw", "KW")] {
        let text = format!(
            "apiVersion: spokeslint/v1\nkind: Agency\nid: a\nname: {{ en: A }}\njurisdiction: {jurisdiction}\n"
        );
        put(folder.path(), &format!("{name}.yaml"), &text);
    }
    run_in(folder.path(), &[arguments, &["--pack", "packs"]].concat())
}

fn check(more: &[&str]) -> Run {
    let rule = ["check", "--select", "guide/no-website"];
    spokeslint(&[&rule[..], more].concat())
}

#[test]
fn a_rule_that_is_not_in_force_yet_warns_and_names_its_first_day() {
    let day = ["sa.yaml", "--as-of", "2025-03-26"];
    let shown = check(&day);
    assert_eq!((shown.code, shown.err.as_str()), (1, ""));
    assert_data_eq!(
        shown.out,
        str![[r"
warning[guide/no-website]: no website is named
   ╭─[sa.yaml:3:5]
 3 │ id: a
   ·     ┬
   ·     ╰── `website` is missing here
   ╰────
  in force: from 2025-03-27 on; until then a warning at most
  why: people look there

1 problem in 1 agency (1 warning)
1 agency × 1 rule = 1: 0 held, 1 found, 0 not applicable, 0 not evaluated

"]]
    );
    let shown = check(&[&day[..], &["--lang", "ar"]].concat());
    assert_data_eq!(
        shown.out,
        str![[r"
تحذير[guide/no-website]: لم يُذكر موقع
   ╭─[sa.yaml:3:5]
 3 │ id: a
   ·     ┬
   ·     ╰── الحقل `website` غير مذكور هنا
   ╰────
  السريان: ابتداءً من 2025-03-27، وقبل ذلك تحذير على الأكثر
  السبب: هناك يبحث الناس

مخالفة واحدة في جهة واحدة (تحذير واحد)
جهة واحدة × قاعدة واحدة = 1: استُوفيت 0، وخولفت 1، ولم تنطبق 0، ولم تُقيَّم 0

"]]
    );
    let shown = check(&[&day[..], &["--format", "concise", "-q"]].concat());
    assert_data_eq!(
        shown.out,
        str![[r"
sa.yaml:3:5: warning[guide/no-website] no website is named (in force from 2025-03-27)

"]]
    );
    let shown = check(&[&day[..], &["--format", "concise", "-q", "--lang", "ar"]].concat());
    assert_data_eq!(
        shown.out,
        str![[r"
sa.yaml:3:5: warning[guide/no-website] لم يُذكر موقع (تسري من 2025-03-27)

"]]
    );
    let shown = check(&[&day[..], &["--format", "json"]].concat());
    let report: Value = serde_json::from_str(&shown.out).unwrap();
    assert_eq!(report["findings"][0]["in_force_from"], "2025-03-27");
    assert_eq!(report["findings"][0]["severity"], "warning");
}

#[test]
fn from_its_first_day_on_nothing_more_is_said_of_days() {
    let shown = check(&[
        "sa.yaml",
        "--as-of",
        "2025-03-27",
        "--format",
        "concise",
        "-q",
    ]);
    assert_data_eq!(
        shown.out,
        str![[r"
sa.yaml:3:5: error[guide/no-website] no website is named

"]]
    );
    let shown = check(&["sa.yaml", "--as-of", "2025-03-27", "--format", "json"]);
    let report: Value = serde_json::from_str(&shown.out).unwrap();
    assert_eq!(report["findings"][0]["in_force_from"], Value::Null);
}

#[test]
fn a_rule_that_is_silent_stays_in_the_receipt() {
    let shown = check(&["sa.yaml", "--as-of", "2031-01-01", "--format", "json"]);
    let report: Value = serde_json::from_str(&shown.out).unwrap();
    assert_eq!(report["receipt"]["rules"], 1);
    assert_eq!(report["receipt"]["not_applicable"], 1);
}

#[test]
fn a_trace_says_why_a_rule_does_not_look_at_a_document() {
    let trace = |more: &[&str]| spokeslint(&[&["trace", "guide/no-website"][..], more].concat());
    let shown = trace(&["kw.yaml", "--as-of", "2026-01-01"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    assert_data_eq!(
        shown.out,
        str![[r#"
kw.yaml:1: guide/no-website: not applicable
  its pack does not apply to this document
  applies_when  true   has(agency.jurisdiction)
                       5:15 `KW`: declared here
  applies_when  false  agency.jurisdiction == "SA"
                       5:15 `KW`: this is not `SA`

"#]]
    );
    let shown = trace(&["sa.yaml", "--as-of", "2026-01-01"]);
    assert_data_eq!(
        shown.out,
        str![[r#"
sa.yaml:1: guide/no-website: found
  applies_when  true  has(agency.jurisdiction)
                      5:15 `SA`: declared here
  applies_when  true  agency.jurisdiction == "SA"
                      5:15 this is `SA`

sa.yaml:3: the document: found
  assert  false  has(agency.website)
                 3:5 `a`: `website` is missing here

"#]]
    );
    let shown = trace(&["kw.yaml", "--as-of", "2031-01-01"]);
    assert_data_eq!(
        shown.out,
        str![[r"
kw.yaml:1: guide/no-website: not applicable
  the rule says nothing on this day; it is in force from 2025-03-27 until 2030-12-31

"]]
    );
    let shown = trace(&["kw.yaml", "--as-of", "2031-01-01", "--lang", "ar"]);
    assert_data_eq!(
        shown.out,
        str![[r"
kw.yaml:1: guide/no-website: لم تنطبق
  القاعدة غير سارية في هذا اليوم؛ مدة سريانها من 2025-03-27 إلى 2030-12-31

"]]
    );
    let shown = trace(&["kw.yaml", "--as-of", "2026-01-01", "--format", "json"]);
    let whole: Value = serde_json::from_str(&shown.out).unwrap();
    let asked = whole["traces"][0]["applies_when"].as_array().unwrap();
    assert_eq!(asked[1]["value"]["value"], false);
}

#[test]
fn rules_that_contradict_each_other_stop_the_run() {
    let both = ["check", "sa.yaml", "--select", "guide"];
    let shown = spokeslint(&both);
    assert_eq!((shown.code, shown.out.as_str()), (2, ""));
    assert_data_eq!(
        shown.err,
        str![[r"
error: these rules demand the opposite of each other and cannot be on together: `guide/no-website` and `guide/website`; choose a profile that holds one of them, or leave one out, such as with `--ignore guide/no-website` or `--ignore guide/website`

"]]
    );
    let shown = spokeslint(&[&both[..], &["--lang", "ar"]].concat());
    assert_data_eq!(
        shown.err,
        str![[r"
خطأ: تشترط القواعد الآتية أمرين متناقضين، فلا يجوز تفعيلها معًا: `guide/no-website` و`guide/website`؛ اختر مجموعة قواعد لا تضم إلا إحداها، أو استبعد إحداها، مثل `--ignore guide/no-website` أو `--ignore guide/website`

"]]
    );
    let one = [&both[..], &["--ignore", "guide/website", "-q"]].concat();
    assert_eq!(spokeslint(&one).err, "");
}

#[test]
fn a_rule_is_explained_with_its_days_its_scope_and_its_items() {
    let rule = ["explain", "guide/no-website"];
    assert_data_eq!(
        spokeslint(&rule).out,
        str![[r#"
error[guide/no-website]: the agency names no website
  why: people look there
  pack: Guide
  profiles: recommended; included in strict, saudi
  in force: from 2025-03-27 until 2030-12-31; announced 2025-01-01
  contradicts: guide/website

sources
  our-guide 1: an agency names its website
    Our guide, The agency, version 2, 2025-01

rule
  applies_when has(agency.jurisdiction) && agency.jurisdiction == "SA"
  assert       has(agency.website)

example
error[guide/no-website]: no website is named
   ╭─[guide/no-website (example 1):1:5]
 1 │ id: example  # finding
   ·     ───┬───
   ·        ╰── `website` is missing here
   ╰────

"#]]
    );
    let shown = spokeslint(&[&rule[..], &["--lang", "ar"]].concat());
    assert_data_eq!(
        shown.out,
        str![[r#"
خطأ[guide/no-website]: لا تذكر الجهة موقعًا
  السبب: هناك يبحث الناس
  الحزمة: الدليل
  مجموعات القواعد: recommended؛ وهي مضمَّنة في strict، saudi
  السريان: من 2025-03-27 إلى 2030-12-31؛ وأُعلنت في 2025-01-01
  تناقض: guide/website

المراجع
  our-guide 1: تذكر الجهة موقعها
    دليلنا، الجهة، الإصدار 2، 2025-01

نص القاعدة
  applies_when has(agency.jurisdiction) && agency.jurisdiction == "SA"
  assert       has(agency.website)

مثال
خطأ[guide/no-website]: لم يُذكر موقع
   ╭─[guide/no-website (example 1):1:5]
 1 │ id: example  # finding
   ·     ───┬───
   ·        ╰── الحقل `website` غير مذكور هنا
   ╰────

"#]]
    );
}

#[test]
fn a_framework_is_explained_item_by_item() {
    let framework = ["explain", "our-guide"];
    assert_data_eq!(
        spokeslint(&framework).out,
        str![[r"
our-guide: Our guide, The agency, version 2, 2025-01

items
  1: an agency names its website
      rules: guide/no-website
  2: an agency is kind (not confirmed)
      none: no file can show it

"]]
    );
    let shown = spokeslint(&[&framework[..], &["--lang", "ar"]].concat());
    assert_data_eq!(
        shown.out,
        str![[r"
our-guide: دليلنا، الجهة، الإصدار 2، 2025-01

البنود
  1: تذكر الجهة موقعها
      القواعد: guide/no-website
  2: تحسن الجهة معاملة الناس (غير مؤكد)
      بلا قاعدة: لا يظهر ذلك في ملف

"]]
    );
}

#[test]
fn a_position_is_explained_with_the_rules_on_both_sides() {
    let shown = spokeslint(&["explain", "education-case"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    assert!(shown.out.starts_with("education-case: Spokesperson of"));
    assert!(
        shown
            .out
            .contains("\nrules against it\n  agency-account/nobody-answers"),
        "{}",
        shown.out
    );
}

/// What is said of the framework of these tests.
fn own(out: &str) -> String {
    let mut parts = out.split("\n\n");
    let part = parts.find(|part| part.starts_with("our-guide: "));
    format!("{}\n", part.unwrap())
}

#[test]
fn every_item_is_listed_with_its_rules_or_the_reason_why_it_has_none() {
    let shown = spokeslint(&["rules", "--coverage"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    assert_data_eq!(
        own(&shown.out),
        str![[r"
our-guide: Our guide
  1: an agency names its website
      rules: guide/no-website
  2: an agency is kind (not confirmed)
      none: no file can show it

"]]
    );
    assert!(
        shown
            .out
            .contains("\n  our-guide: 2 items, 1 with rules, 1 without, for a reason\n"),
        "{}",
        shown.out
    );
    let shown = spokeslint(&["rules", "--coverage", "--lang", "ar"]);
    assert_data_eq!(
        own(&shown.out),
        str![[r"
our-guide: دليلنا
  1: تذكر الجهة موقعها
      القواعد: guide/no-website
  2: تحسن الجهة معاملة الناس (غير مؤكد)
      بلا قاعدة: لا يظهر ذلك في ملف

"]]
    );
    let shown = spokeslint(&["rules", "--coverage", "--format", "json"]);
    let whole: Value = serde_json::from_str(&shown.out).unwrap();
    let frameworks = whole["frameworks"].as_array().unwrap();
    let own = frameworks
        .iter()
        .find(|one| one["id"] == "our-guide")
        .unwrap();
    assert_eq!(own["items"][0]["rules"][0], "guide/no-website");
    assert_eq!(own["items"][1]["none"]["en"], "no file can show it");
    assert_eq!(own["items"][1]["status"], "unconfirmed");
    assert_eq!(own["totals"]["with_rules"], 1);
}

#[test]
fn a_list_of_rules_shows_when_they_are_in_force() {
    let shown = spokeslint(&["rules"]);
    let mut lines = shown.out.lines();
    let own = lines
        .find(|line| line.starts_with("guide/no-website "))
        .unwrap();
    assert!(
        own.contains("  from 2025-03-27 until 2030-12-31  "),
        "{own}"
    );
    let shown = spokeslint(&["rules", "--format", "json"]);
    let whole: Value = serde_json::from_str(&shown.out).unwrap();
    let mut rules = whole["rules"].as_array().unwrap().iter();
    let own = rules.find(|rule| rule["id"] == "guide/website").unwrap();
    assert_eq!(own["effective"]["announced"], "2025-01-01");
    assert_eq!(own["contradicts"][0], "guide/no-website");
}
