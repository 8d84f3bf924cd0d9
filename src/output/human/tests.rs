//! What a person sees, checked character by character.

use std::sync::Arc;

use super::*;
use crate::diagnostic::{Label, Positions};
use crate::source::{Source, Span, to_offset};

/// A label under the first place where `part` stands.
fn label(source: &Arc<Source>, part: &str, text: &str) -> Label {
    let start = to_offset(source.text().find(part).unwrap());
    let label = Label::new(source, Span::new(start, start + to_offset(part.len())));
    if text.is_empty() {
        label
    } else {
        label.with_text(Text::new(text, text))
    }
}

fn source(text: &str) -> Arc<Source> {
    Arc::new(Source::new("agencies/a.yaml", text))
}

fn error(labels: Vec<Label>) -> Diagnostic {
    let mut diagnostic = Diagnostic::error("pack/fault", Text::new("it is wrong", "إنه خطأ"));
    diagnostic.labels = labels;
    diagnostic
}

fn draw(labels: Vec<Label>) -> String {
    finding(&error(labels), &Style::default())
}

#[test]
fn a_whole_finding() {
    let source = source("a: 1\n    owner: spokesperson-2018\n    uses: [announcements, replies]\n");
    let mut diagnostic = error(vec![
        label(&source, "replies", "answers the public from here"),
        label(&source, "spokesperson-2018", "owned by a person"),
    ]);
    diagnostic.why = Some(Text::new(
        "what the agency answers belongs to the agency; a personal account takes the audience along when its owner leaves",
        "ما تجيب به الجهة ملك لها، والحساب الشخصي يأخذ الجمهور معه عند مغادرة صاحبه",
    ));
    diagnostic.help = Some(Text::new(
        "move `replies` to the agency account",
        "انقل `replies` إلى حساب الجهة",
    ));
    diagnostic.positions = Positions {
        in_favour: vec![
            "chamber-independence".into(),
            "communication-experts".into(),
        ],
        against: vec!["prisons-for-role-account".into()],
    };
    insta::assert_snapshot!(finding(&diagnostic, &Style { width: 80, ..Style::default() }), @r"
    error[pack/fault]: it is wrong
       ╭─[agencies/a.yaml:3:27]
     2 │     owner: spokesperson-2018
       ·            ────────┬────────
       ·                    ╰── owned by a person
     3 │     uses: [announcements, replies]
       ·                           ───┬───
       ·                              ╰── answers the public from here
       ╰────
      why: what the agency answers belongs to the agency; a personal account takes
           the audience along when its owner leaves
      for: chamber-independence, communication-experts
      against: prisons-for-role-account
      help: move `replies` to the agency account
    ");
    insta::assert_snapshot!(finding(&diagnostic, &Style { width: 60, lang: Lang::Ar, ..Style::default() }), @r"
    خطأ[pack/fault]: إنه خطأ
       ╭─[agencies/a.yaml:3:27]
     2 │     owner: spokesperson-2018
       ·            ────────┬────────
       ·                    ╰── owned by a person
     3 │     uses: [announcements, replies]
       ·                           ───┬───
       ·                              ╰─┤ answers the public
       ·                                │ from here
       ╰────
      السبب: ما تجيب به الجهة ملك لها، والحساب الشخصي يأخذ
             الجمهور معه عند مغادرة صاحبه
      المؤيدون: chamber-independence، communication-experts
      المعارضون: prisons-for-role-account
      الإجراء: انقل `replies` إلى حساب الجهة
    ");
}

#[test]
fn carets_stand_under_arabic_with_diacritics() {
    let source = source("name: { ar: \"وِزَارَةُ التَّعْلِيمِ\", en: Education }\n");
    insta::assert_snapshot!(draw(vec![label(&source, "التَّعْلِيمِ", "here"), label(&source, "Education", "and here")]), @r#"
    error[pack/fault]: it is wrong
       ╭─[agencies/a.yaml:1:24]
     1 │ name: { ar: "وِزَارَةُ التَّعْلِيمِ", en: Education }
       ·                    ───┬───       ────┬────
       ·                       │              ╰── and here
       ·                       ╰── here
       ╰────
    "#);
}

#[test]
fn carets_stand_under_wide_characters_emoji_and_tabs() {
    let source = source("a: 教育部 x\nb: 🚀🚀 y\nc:\t\tz\n\td: w\n");
    insta::assert_snapshot!(
        draw(vec![
            label(&source, "x", "after CJK"),
            label(&source, "y", "after emoji"),
            label(&source, "z", "after tabs"),
            label(&source, "d", "after a first tab"),
        ]), @r"
    error[pack/fault]: it is wrong
       ╭─[agencies/a.yaml:1:8]
     1 │ a: 教育部 x
       ·           ┬
       ·           ╰── after CJK
     2 │ b: 🚀🚀 y
       ·         ┬
       ·         ╰── after emoji
     3 │ c:      z
       ·         ┬
       ·         ╰── after tabs
     4 │     d: w
       ·     ┬
       ·     ╰── after a first tab
       ╰────
    ");
    let source = self::source("a: 教育部\n");
    insta::assert_snapshot!(draw(vec![label(&source, "育部", "two of three")]), @r"
    error[pack/fault]: it is wrong
       ╭─[agencies/a.yaml:1:5]
     1 │ a: 教育部
       ·      ──┬─
       ·        ╰── two of three
       ╰────
    ");
}

#[test]
fn line_breaks_of_every_kind_end_a_line() {
    let source = source("a: 1\r\nb: two\r\nc: 3\rd: four\n");
    insta::assert_snapshot!(draw(vec![label(&source, "two", "b"), label(&source, "four", "d")]), @r"
    error[pack/fault]: it is wrong
       ╭─[agencies/a.yaml:2:4]
     2 │ b: two
       ·    ─┬─
       ·     ╰── b
     3 │ c: 3
     4 │ d: four
       ·    ──┬─
       ·      ╰── d
       ╰────
    ");
}

#[test]
fn a_block_scalar_is_bracketed_and_a_long_one_is_its_first_line() {
    let source = source("text: |\n  one\n  two\n\nnext: 1\n");
    insta::assert_snapshot!(draw(vec![label(&source, "one\n  two\n", "this text")]), @r"
    error[pack/fault]: it is wrong
       ╭─[agencies/a.yaml:2:3]
     2 │ ╭─▶   one
     3 │ ├─▶   two
       · ╰──── this text
       ╰────
    ");
    let source = self::source("text: |\n  1\n  2\n  3\n  4\n  5\nnext: 1\n");
    insta::assert_snapshot!(draw(vec![label(&source, "1\n  2\n  3\n  4\n  5\n", "this text")]), @r"
    error[pack/fault]: it is wrong
       ╭─[agencies/a.yaml:2:3]
     2 │   1
       ·   ┬
       ·   ╰── this text
       ╰────
    ");
}

#[test]
fn labels_inside_labels_stand_side_by_side() {
    let source = source("uses: [ announcements, replies, media ]\n");
    insta::assert_snapshot!(
        draw(vec![
            label(&source, "[ announcements, replies, media ]", "the list"),
            label(&source, "replies", "the member"),
        ]), @r"
    error[pack/fault]: it is wrong
       ╭─[agencies/a.yaml:1:7]
     1 │ uses: [ announcements, replies, media ]
       ·       ────────┬─────── ───┬───
       ·               │           ╰── the member
       ·               ╰── the list
       ╰────
    ");
    let source = self::source("- id: a\n  uses: [ replies ]\n");
    insta::assert_snapshot!(
        draw(vec![
            label(&source, "id: a\n  uses: [ replies ]", "the account"),
            label(&source, "replies", "the member"),
        ]), @r"
    error[pack/fault]: it is wrong
       ╭─[agencies/a.yaml:1:3]
     1 │ - id: a
       ·   ──┬──
       ·     ╰── the account
     2 │   uses: [ replies ]
       ·           ───┬───
       ·              ╰── the member
       ╰────
    ");
}

#[test]
fn carets_stand_under_what_they_mean_behind_arabic_diacritics_and_emoji() {
    let line = "name: مُتَحَدِّثٌ 👩‍👩‍👧 👍🏽 ❤️ 教 وزارة";
    let source = source(&format!("{line}\n"));
    let shown = draw(vec![
        label(&source, "教", "here"),
        label(&source, "وزارة", "and here"),
    ]);
    // Six columns for the key and the blank behind it, five for letters with their vowels, two for each emoji.
    insta::assert_snapshot!(shown, @r"
    error[pack/fault]: it is wrong
       ╭─[agencies/a.yaml:1:31]
     1 │ name: مُتَحَدِّثٌ 👩‍👩‍👧 👍🏽 ❤️ 教 وزارة
       ·                      ─┬ ──┬──
       ·                       │   ╰── and here
       ·                       ╰── here
       ╰────
    ");
}

#[test]
fn long_words_on_a_label_are_wrapped() {
    let source = source("kind: personal\n");
    let text = "a label that says much more than a label should say, and so does not fit the line";
    let label = label(&source, "personal", text);
    let style = Style {
        width: 60,
        ..Style::default()
    };
    insta::assert_snapshot!(finding(&error(vec![label]), &style), @r"
    error[pack/fault]: it is wrong
       ╭─[agencies/a.yaml:1:7]
     1 │ kind: personal
       ·       ────┬───
       ·           ╰─┤ a label that says much more than a label
       ·             │ should say, and so does not fit the line
       ╰────
    ");
}

#[test]
fn an_end_of_file_and_an_empty_file_can_be_pointed_at() {
    let text = "a: [1\n";
    let end = Label::new(&source(text), Span::new(6, 6)).with_text(Text::new("it ends here", ""));
    insta::assert_snapshot!(draw(vec![end, label(&source(text), "[", "opened here")]), @r"
    error[pack/fault]: it is wrong
       ╭─[agencies/a.yaml:1:7]
     1 │ a: [1
       ·    ┬ ▲
       ·    │ ╰── it ends here
       ·    ╰── opened here
       ╰────
    ");
    insta::assert_snapshot!(draw(vec![Label::new(&source(""), Span::default())]), @r"
    error[pack/fault]: it is wrong
       ╭─[agencies/a.yaml:1:1]
     1 │
       · ▲
       ╰────
    ");
}

#[test]
fn other_files_and_far_lines_have_their_own_snippets() {
    let source = source("handle: moe\n\n\n\n\nid: one\n");
    let other = Arc::new(Source::new(
        "agencies/b.yaml",
        "kind: Agency\nhandle: moe\n",
    ));
    insta::assert_snapshot!(
        draw(vec![
            label(&source, "one", "the primary place"),
            label(&other, "moe", "the same handle"),
            label(&source, "moe", "a handle"),
        ]), @r"
    error[pack/fault]: it is wrong
       ╭─[agencies/a.yaml:6:5]
     6 │ id: one
       ·     ─┬─
       ·      ╰── the primary place
       ╰────
       ╭─[agencies/a.yaml:1:9]
     1 │ handle: moe
       ·         ─┬─
       ·          ╰── a handle
       ╰────
       ╭─[agencies/b.yaml:2:9]
     2 │ handle: moe
       ·         ─┬─
       ·          ╰── the same handle
       ╰────
    ");
}

#[test]
fn long_lines_are_cut_around_their_labels() {
    let text = format!(
        "k: [{}replies, {}]\n",
        "xxxx, ".repeat(500),
        "yyyy, ".repeat(500)
    );
    let shown = draw(vec![label(&source(&text), "replies", "here")]);
    assert!(shown.lines().all(|line| columns(line) <= 100), "{shown}");
    insta::assert_snapshot!(shown, @r"
    error[pack/fault]: it is wrong
       ╭─[agencies/a.yaml:1:3005]
     1 │ …xx, xxxx, xxxx, xxxx, xxxx, xxxx, xxxx, replies, yyyy, yyyy, yyyy, yyyy, yyyy, yyyy, yyy…
       ·                                          ───┬───
       ·                                             ╰── here
       ╰────
    ");
}

#[test]
fn labels_with_the_same_span_are_drawn_once() {
    let source = source("kind: personal\n");
    insta::assert_snapshot!(
        draw(vec![label(&source, "personal", "a kind"), label(&source, "personal", "owned by a person")]), @r"
    error[pack/fault]: it is wrong
       ╭─[agencies/a.yaml:1:7]
     1 │ kind: personal
       ·       ────┬───
       ·           ╰─┤ a kind
       ·             │ owned by a person
       ╰────
    ");
}

#[test]
fn what_a_file_brings_is_shown_and_never_sent() {
    let source = Arc::new(Source::new(
        "a\n::error::\u{1b}[31m\u{202e}.yaml",
        "k: \u{1b}[2J\u{202e}v ##vso[task.x] # \u{7}\n",
    ));
    let mut diagnostic = error(vec![label(&source, "v", "\u{1b}[31m")]);
    diagnostic.rule = "pack/\n::error::\u{1b}[31mfault".into();
    diagnostic.message = Text::new("a\n::warning::b\u{202e} ##[group]", "");
    diagnostic.positions.in_favour = vec!["\n::error::".into()];
    diagnostic.help = Some(Text::new("one two three\n::error::four", ""));
    let style = Style {
        width: 20,
        ..Style::default()
    };
    insta::assert_snapshot!(finding(&diagnostic, &style), @r"
    error[pack/\n::error::\u{1b}[31mfault]: a ::warning::b\u{202e} \u{23}#[group]
       ╭─[a\n::error::\u{1b}[31m\u{202e}.yaml:1:9]
     1 │ …2J\u{202e}v \u{23}#vso…
       ·            ┬
       ·            ╰── \u{1b}[31m
       ╰────
      for: \n::error::
      help: one two
            three ::error::four
    ");
}

#[test]
fn terminals_get_isolates_and_logs_do_not() {
    let source = source("name: وزارة # note\nkind: x\n");
    let mut diagnostic = error(vec![label(&source, "وزارة", ""), label(&source, "x", "")]);
    diagnostic.message = crate::text!("`{name}` is wrong", "الاسم `{name}` خطأ", name = "وزارة");
    let mut style = Style {
        lang: Lang::Ar,
        ..Style::default()
    };
    let log = finding(&diagnostic, &style);
    assert!(
        !log.contains(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}']),
        "{log}"
    );
    style.terminal = true;
    let shown = finding(&diagnostic, &style);
    assert!(
        shown.starts_with("خطأ[\u{2068}pack/fault\u{2069}]: الاسم `\u{2068}وزارة\u{2069}` خطأ\n"),
        "{shown}"
    );
    assert!(
        shown.contains("│ \u{2066}name: وزارة # note\u{2069}\n"),
        "{shown}"
    );
    assert!(shown.contains("│ kind: x\n"), "{shown}");
}

#[test]
fn a_date_and_code_in_arabic_words_are_isolated_on_a_terminal() {
    let mut diagnostic = error(Vec::new());
    diagnostic.message = crate::text!(
        "from {from} on, write `owner: agency`",
        "اعتبارًا من {from} اكتب `owner: agency`",
        from = "2018-07-10",
    );
    let mut style = Style {
        lang: Lang::Ar,
        terminal: true,
        ..Style::default()
    };
    let shown = finding(&diagnostic, &style);
    let want = "اعتبارًا من \u{2068}2018-07-10\u{2069} اكتب `\u{2068}owner: agency\u{2069}`\n";
    assert!(shown.ends_with(want), "{shown:?}");
    style.terminal = false;
    let log = finding(&diagnostic, &style);
    assert!(
        log.ends_with("اعتبارًا من 2018-07-10 اكتب `owner: agency`\n"),
        "{log:?}"
    );
}

#[test]
fn words_of_a_label_keep_their_place_on_a_terminal_whichever_way_they_run() {
    let source = source("kind: personal\n");
    let label = Label::new(&source, Span::new(6, 14)).with_text(Text::new("a value", "قيمة"));
    let mut style = Style {
        terminal: true,
        ..Style::default()
    };
    let shown = finding(&error(vec![label.clone()]), &style);
    assert!(shown.contains("╰── a value\n"), "{shown}");
    style.lang = Lang::Ar;
    let shown = finding(&error(vec![label]), &style);
    assert!(shown.contains("╰── \u{2068}قيمة\u{2069}\n"), "{shown}");
}

#[test]
fn a_headline_is_wrapped_for_a_terminal_and_one_line_in_a_log() {
    let mut diagnostic = error(Vec::new());
    diagnostic.message = Text::new("one two three four five six seven eight", "");
    let mut style = Style {
        width: 40,
        ..Style::default()
    };
    assert_eq!(finding(&diagnostic, &style).lines().count(), 1);
    style.terminal = true;
    insta::assert_snapshot!(finding(&diagnostic, &style), @r"
    error[pack/fault]: one two three four
      five six seven eight
    ");
}

#[test]
fn colors_are_sent_only_when_asked_for() {
    let source = source("kind: personal\n");
    let diagnostic = error(vec![label(&source, "personal", "here")]);
    assert!(!draw(diagnostic.labels.clone()).contains('\u{1b}'));
    let style = Style {
        color: true,
        ..Style::default()
    };
    let shown = finding(&diagnostic, &style);
    assert!(
        shown.starts_with("\u{1b}[1;31merror[pack/fault]\u{1b}[0m: "),
        "{shown}"
    );
    assert!(shown.contains("\u{1b}[31;1m"), "{shown}");
}

#[test]
fn findings_are_set_apart_and_the_summary_follows() {
    let source = source("kind: personal\n");
    let report = Report {
        diagnostics: vec![error(vec![label(&source, "kind", "")]), error(vec![])],
        files: 1,
        documents: 1,
        ..Report::default()
    };
    let mut shown = Vec::new();
    render(&report, &Style::default(), &mut shown).unwrap();
    insta::assert_snapshot!(String::from_utf8(shown).unwrap(), @r"
    error[pack/fault]: it is wrong
       ╭─[agencies/a.yaml:1:1]
     1 │ kind: personal
       · ────
       ╰────

    error[pack/fault]: it is wrong

    2 problems in 1 agency (2 errors)
    1 agency × 0 rules = 0: 0 held, 0 found, 0 not applicable, 0 not evaluated
    ");
}

proptest::proptest! {
    #[test]
    fn any_labels_on_any_text_are_drawn_in_safe_lines_of_bounded_width(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "a", "key: ", "- ", "[", ", ", "س", "ِّ", "教", "🚀", "👩‍👩‍👧", "\t", "\n", "\r\n", "\r", " ",
                "\u{1b}[31m", "\u{202e}", "\u{2066}", "::error::", "##[x]", "\u{7f}", "\u{2028}", "xxxxxxxxxxxxxxxx",
            ]), 0..60),
        spans in proptest::collection::vec((0_u32..300, 0_u32..120, "[a-z س]{0,60}"), 1..5),
        width in 40_usize..120,
        terminal in proptest::bool::ANY,
    ) {
        let source = source(&parts.concat());
        let labels: Vec<Label> = spans
            .iter()
            .map(|(start, length, words)| {
                Label::new(&source, Span::new(*start, start + length))
                    .with_text(Text::new(words.as_str(), ""))
            })
            .collect();
        let start = source.text().floor_char_boundary(labels[0].span.start as usize);
        let place = source.position(to_offset(start));
        let style = Style { terminal, width, ..Style::default() };
        let shown = finding(&error(labels), &style);
        let head = format!("╭─[agencies/a.yaml:{}:{}]", place.line, place.column);
        assert!(shown.contains(&head), "{head}\n{shown}");
        for line in shown.lines() {
            let bare = line.replace(['\u{2066}', '\u{2068}', '\u{2069}'], "");
            assert!(!bare.contains(crate::text::is_unsafe), "{line:?}");
            assert!(!bare.trim_start().starts_with("::"), "{line:?}");
            assert!(!bare.contains("##["), "{line:?}");
        }
        let drawn = shown.lines().filter(|line| line.contains(" │ "));
        for line in drawn.filter(|line| !line.contains("├─▶") && !line.contains(" · ")) {
            assert!(columns(line) <= width.max(44), "{} > {width}: {line}", columns(line));
        }
    }
}
