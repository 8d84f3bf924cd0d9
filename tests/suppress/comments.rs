//! Comments that set findings aside: where they may stand, what they may say, and how long they hold.

use spokeslint::Lang;
use spokeslint::engine::{Means, Report};

use super::{aside, check, engine_of, line, lines};

/// The rule that most of these tests set aside.
const ANSWERS: &str = "personal-account/answers-the-public";
const DAY: &str = "2026-11-28";

/// An agency with two accounts that break the rule, in lines 8 and 12; `{n}` in the template says where a
/// comment can stand.
const AGENCY: &str = "\
{0}apiVersion: spokeslint/v1{1}
kind: Agency
id: water
name: { en: Water Agency }
accounts:{2}
{3}  - id: one{4}
    platform: x
{5}    uses: [replies]{6}
    handle: example_one
    kind: personal
{7}  - id: two{8}
    uses: [announcements,{9}
      replies,{10}
      media]{11}
    platform: x
    handle: example_two
    kind: personal{12}
{13}";

/// The template with a comment in one of its places, on a line of its own in those that begin lines.
fn with(place: usize, comment: &str) -> String {
    (0..=13).fold(AGENCY.to_owned(), |text, number| {
        let is_own = matches!(number, 0 | 3 | 5 | 7 | 13);
        let words = match (number == place, is_own) {
            (false, _) => String::new(),
            (true, true) => format!("{comment}\n"),
            (true, false) => format!(" {comment}"),
        };
        text.replace(&format!("{{{number}}}"), &words)
    })
}

fn checked(text: &str) -> Report {
    check(&engine_of(&[ANSWERS], DAY), text)
}

fn ignore(rest: &str) -> String {
    format!("# spokeslint: ignore {ANSWERS} {rest}")
}

/// How many of the two findings are set aside, and the ids of what is said of the comment.
fn outcome(report: &Report) -> (usize, Vec<&str>) {
    let said = report.diagnostics.iter().map(|found| found.rule.as_str());
    (
        report.suppressed.len(),
        said.filter(|rule| *rule != ANSWERS).collect(),
    )
}

#[test]
fn a_comment_speaks_of_what_begins_on_its_line_or_on_the_next_one() {
    let comment = ignore("-- the account of the agency opens in May");
    let places = [
        // Above the document, and on its first line.
        (0, 2),
        (1, 2),
        // On the key of the list.
        (2, 2),
        // Above an element, on its first line, above an entry of it, on that entry.
        (3, 1),
        (4, 1),
        (5, 1),
        (6, 1),
        (7, 1),
        (8, 1),
        // On the entry whose list begins here, and on the element itself.
        (9, 1),
        (10, 1),
    ];
    for (place, count) in places {
        let report = checked(&with(place, &comment));
        assert_eq!(outcome(&report), (count, vec![]), "place {place}");
        assert_eq!(report.suppressed.len() + report.diagnostics.len(), 2);
        assert_eq!(report.tally.found, 1, "the receipt does not change");
    }
    let beside = checked(&with(11, &comment));
    assert_eq!(outcome(&beside), (0, vec!["suppression/unused"]));
    let other = checked(&with(12, &comment));
    assert_eq!(outcome(&other), (0, vec!["suppression/unused"]));
    let behind = checked(&with(13, &comment));
    assert_eq!(outcome(&behind), (0, vec!["suppression/syntax"]));
}

#[test]
fn what_is_set_aside_comes_with_its_reason_its_day_and_its_place() {
    let report = checked(&with(
        6,
        &ignore("until 1448-09-01 AH -- حتى يُفتح حساب الجهة"),
    ));
    let found = &report.suppressed[0];
    assert_eq!(found.means, Means::Comment);
    assert_eq!(found.reason.as_deref(), Some("حتى يُفتح حساب الجهة"));
    assert_eq!(found.until.unwrap().to_string(), "1448-09-01 AH");
    assert_eq!(found.place.position().line, 8);
    assert!(
        found
            .place
            .source
            .slice(found.place.span)
            .starts_with("# spokes")
    );
    assert_eq!(aside(&report), [8]);
}

#[test]
fn comments_are_found_however_they_are_spelt_and_wherever_lines_end() {
    for comment in [
        format!("#spokeslint:ignore {ANSWERS} -- because"),
        format!("#  SpokesLint :  ignore  {ANSWERS}  --  because"),
        format!("## spokeslint: ignore {ANSWERS}, integrity/dates -- because"),
        format!("# spokeslint: ignore {ANSWERS} until ١٤٤٨/٠٩/٠١ هـ -- because"),
        format!("# spokeslint: ignore {ANSWERS} until 2027-01-10 -- a -- b: c, d"),
    ] {
        let text = with(6, &comment.replace("integrity/dates", "team/unsupervised"));
        assert_eq!(outcome(&checked(&text)), (1, vec![]), "{comment}");
        let crlf = text.replace('\n', "\r\n");
        assert_eq!(outcome(&checked(&crlf)), (1, vec![]), "{comment}");
    }
}

#[test]
fn comments_on_lines_of_their_own_stack() {
    let comment = ignore("-- a");
    let stack = format!("# for people\n{comment}\n\n# spokeslint: ignore team/unsupervised -- b");
    assert_eq!(outcome(&checked(&with(5, &stack))), (1, vec![]));
}

#[test]
fn the_narrowest_comment_counts_and_a_second_one_is_not_needed() {
    let text = with(5, &ignore("-- narrow"))
        .replace("accounts:\n", &format!("accounts: {}\n", ignore("-- wide")));
    let report = checked(&text);
    assert_eq!(outcome(&report), (2, vec![]));
    let reasons: Vec<_> = report
        .suppressed
        .iter()
        .map(|one| one.reason.as_deref().unwrap())
        .collect();
    assert_eq!(reasons, ["narrow", "wide"]);
    let twice = with(6, &ignore("-- a")).replace(
        "    uses: [r",
        &format!("    {}\n    uses: [r", ignore("-- b")),
    );
    assert_eq!(outcome(&checked(&twice)), (1, vec!["suppression/unused"]));
}

#[test]
fn no_comment_stands_inside_a_block_scalar() {
    let text = with(99, "").replace(
        "kind: Agency\n",
        &format!("kind: Agency\nx-note: |\n  {}\n", ignore("-- a")),
    );
    assert_eq!(outcome(&checked(&text)), (0, vec![]));
}

#[test]
fn a_comment_speaks_of_its_own_document_only() {
    let one = with(99, "");
    let both = format!(
        "{}---\n{}",
        with(0, &ignore("-- a")),
        one.replace("id: water", "id: fire")
    );
    let report = checked(&both);
    assert_eq!((report.documents, outcome(&report)), (2, (2, vec![])));
    // At the end of the first document it does not reach the second one.
    let between = format!(
        "{one}{}\n---\n{}",
        ignore("-- a"),
        one.replace("id: water", "id: fire")
    );
    assert_eq!(outcome(&checked(&between)), (0, vec!["suppression/syntax"]));
    let above = format!("---\n{}", with(0, &ignore("-- a")));
    assert_eq!(outcome(&checked(&above)), (2, vec![]));
    let before = format!("{}\n--- # marker\n{one}", ignore("-- a"));
    assert_eq!(outcome(&checked(&before)), (2, vec![]));
}

#[test]
fn shape_errors_can_be_set_aside_and_broken_yaml_cannot() {
    let text = with(99, "").replace(
        "platform: x",
        "platform: x\n    colour: red # spokeslint: ignore schema/unknown-key -- a",
    );
    let text = text.replacen(
        "\n    colour: red # spokeslint: ignore schema/unknown-key -- a",
        "",
        1,
    );
    let report = checked(&text);
    assert_eq!(outcome(&report), (1, vec![]));
    assert_eq!(report.suppressed[0].diagnostic.rule, "schema/unknown-key");
    for id in ["yaml/duplicate-key", "suppression/unused", "config/terms"] {
        let report = checked(&with(6, &format!("# spokeslint: ignore {id} -- a")));
        let said = &report
            .diagnostics
            .iter()
            .find(|found| found.rule == "suppression/unknown-rule");
        assert_eq!(
            said.unwrap().message.plain(Lang::En),
            format!("`{id}` cannot be set aside")
        );
    }
}

#[test]
fn whether_a_comment_is_needed_is_said_only_where_that_is_known() {
    // Another rule is on.
    let text = with(6, &ignore("-- a"));
    assert!(
        check(&engine_of(&["team/unsupervised"], DAY), &text)
            .diagnostics
            .iter()
            .all(|f| f.rule != "suppression/unused")
    );
    // A rule that could not be evaluated.
    let text = with(6, &ignore("-- a")).replace("uses: [replies]", "uses: replies");
    assert!(!outcome(&checked(&text)).1.contains(&"suppression/unused"));
    // A file that does not parse to its end.
    let text = format!("{}---\na: [\n", with(12, &ignore("-- a")));
    assert!(!outcome(&checked(&text)).1.contains(&"suppression/unused"));
}

#[test]
fn only_the_id_that_is_not_needed_is_named() {
    let comment = format!("# spokeslint: ignore {ANSWERS}, personal-account/bio-silent -- a");
    let known: Vec<&str> = super::PACKS
        .rules
        .iter()
        .filter(|rule| rule.pack() == "personal-account")
        .map(|rule| rule.id.as_str())
        .collect();
    let other = known.iter().find(|id| id.contains("older")).unwrap();
    let text = with(6, &comment.replace("personal-account/bio-silent", other));
    let report = check(&engine_of(&[ANSWERS, other], DAY), &text);
    assert_eq!(
        lines(&report)[0],
        format!("8:79 suppression/unused `{other}` finds nothing here that could be set aside")
    );
}

/// What is said of a comment behind the second account's first line, in both languages.
fn said(comment: &str, day: &str) -> String {
    let report = check(&engine_of(&[ANSWERS], day), &with(6, comment));
    let of_comment = |found: &&spokeslint::Diagnostic| found.rule.starts_with("suppression/");
    let mut all = Vec::new();
    for found in report.diagnostics.iter().filter(of_comment) {
        let label = &found.labels[0];
        all.push(format!(
            "{} at `{}`",
            line(found, Lang::En),
            label.source.slice(label.span)
        ));
        all.push(format!("    {}", found.message.plain(Lang::Ar)));
        let help = found.help.as_ref().unwrap();
        all.push(format!("    help: {}", help.plain(Lang::En)));
        all.push(format!("    {}", help.plain(Lang::Ar)));
    }
    all.push(format!(
        "{:?}, set aside: {}",
        report.worst(),
        report.suppressed.len()
    ));
    all.join("\n")
}

#[test]
fn a_comment_that_is_not_sound_is_told_at_its_characters() {
    let comments = [
        "# spokeslint: ignor personal-account/answers-the-public -- a",
        "# spokeslint: Ignore personal-account/answers-the-public -- a",
        "# spokeslint:",
        "# spokeslint: disable personal-account/answers-the-public",
        "# spokeslint ignore personal-account/answers-the-public -- a",
        "# spokelint: ignore personal-account/answers-the-public -- a",
        "# spokeslint: ignore",
        "# spokeslint: ignore -- a",
        "# spokeslint: ignore personal-account/answers-the-public, -- a",
        "# spokeslint: ignore personal-account/answers-the-public",
        "# spokeslint: ignore personal-account/answers-the-public because",
        "# spokeslint: ignore personal-account/answers-the-public — because",
        "# spokeslint: ignore personal-account/answers-the-public team/unsupervised -- a",
        "# spokeslint: ignore personal-account/answers-the-public untill 2027-01-01 -- a",
        "# spokeslint: ignore personal-account/answers-the-public until -- a",
        "# spokeslint: ignore personal-account/answers-the-public until May -- a",
        "# spokeslint: ignore personal-account/answers-the-public until 2026-13-01 -- a",
        "# spokeslint: ignore personal-account/answers-the-public until 1448-13-01 AH -- a",
        "# spokeslint: ignore personal-account/answers-the-public until 2026-12 -- a",
        "# spokeslint: ignore personal-account/answers-the-public until 2026-12-31 so",
        "# spokeslint: ignore personal-account/answers-the-public --",
        "# spokeslint: ignore personal-account/answers-the-public -- ...",
        "# spokeslint: ignore personal-account/answers-the-publik -- a",
        "# spokeslint: ignore personal-account -- a",
        "# spokeslint: ignore * -- a",
    ];
    let all: Vec<String> = comments
        .iter()
        .map(|comment| format!("{comment}\n{}", said(comment, DAY)))
        .collect();
    insta::assert_snapshot!(all.join("\n\n"));
    for comment in comments {
        assert!(
            said(comment, DAY).ends_with("Some(Error), set aside: 0"),
            "{comment}"
        );
    }
}

#[test]
fn comments_for_people_are_none_of_ours() {
    for comment in [
        "# spokeslint says so",
        "# spokeslint",
        "# see spokeslint: ignore",
        "# yamllint: ignore x",
        "# note: ignore this",
        "#",
    ] {
        assert_eq!(said(comment, DAY), "Some(Error), set aside: 0", "{comment}");
    }
}

#[test]
fn a_comment_holds_until_the_end_of_its_last_day_in_both_calendars() {
    let mut all = Vec::new();
    // 1448-06-18 AH is 2026-11-28.
    for until in ["2026-11-28", "1448-06-18 AH", "١٤٤٨/٠٦/١٨ هـ"] {
        let comment = ignore(&format!("until {until} -- a"));
        for day in [
            "2026-10-28",
            "2026-10-29",
            "2026-11-27",
            "2026-11-28",
            "2026-11-29",
            "2026-12-28",
        ] {
            all.push(format!("until {until}, on {day}\n{}", said(&comment, day)));
        }
    }
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn a_comment_that_ran_out_and_is_not_needed_is_to_be_deleted() {
    let comment = ignore("until 2026-01-01 -- a");
    let report = checked(&with(12, &comment));
    let help = report
        .diagnostics
        .iter()
        .find(|found| found.rule == "suppression/expired")
        .unwrap();
    assert_eq!(
        help.help.as_ref().unwrap().plain(Lang::En),
        "nothing is found here any more: delete it"
    );
}

#[test]
fn no_comment_reaches_further_than_the_weight_of_what_it_sets_aside_allows() {
    let far = said(&ignore("until 2027-05-28 -- a"), DAY);
    insta::assert_snapshot!(far);
    let near = said(&ignore("until 2027-05-27 -- a"), DAY);
    assert_eq!(near, "Some(Error), set aside: 1");
}

#[test]
fn a_secret_on_the_line_of_a_comment_is_not_shown() {
    let text = with(99, "").replace("kind: Agency\n", "kind: Agency\nx-password: hunter2 # spokeslint: ignore schema/secret until 2026-01-01 -- a\n");
    let report = checked(&text);
    let found = report
        .diagnostics
        .iter()
        .find(|found| found.rule == "suppression/expired")
        .unwrap();
    assert!(!found.labels[0].source.text().contains("hunter2"));
    let report = checked(&text.replace("2026-01-01", "2026-12-01"));
    let aside = &report.suppressed[0];
    assert_eq!(aside.diagnostic.rule, "schema/secret");
    assert!(!aside.place.source.text().contains("hunter2"));
}
