//! Markdown, read by a port of GitHub's own parser with its extensions.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};
use spokeslint::engine::Report;
use spokeslint::output::Format;
use spokeslint::{Diagnostic, Lang, Severity};

use super::{ARABIC, at, finding, rendered, reports, rich, source};

/// Nothing on the page but our own tags; no link, no picture; no text of which GitHub makes a mention, a
/// reference or an emoji.
pub(super) fn is_inert(page: &str) {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    let root = parse_document(&arena, page, &options);
    for node in root.descendants() {
        check(node);
    }
}

fn check<'a>(node: &'a AstNode<'a>) {
    match &node.data.borrow().value {
        NodeValue::HtmlBlock(block) => own_tags(&block.literal),
        NodeValue::HtmlInline(tag) => own_tags(tag),
        NodeValue::Text(text) => {
            let text: &str = text;
            let follows = |mark: char| {
                let mut behind = text.split(mark).skip(1);
                behind.any(|rest| rest.starts_with(char::is_alphanumeric))
            };
            assert!(!follows('@') && !follows('#'), "{text}");
            assert!(!text.contains("://") && !text.contains("GH-"), "{text}");
            assert!(!text.contains(":tada:"), "{text}");
        }
        NodeValue::Document
        | NodeValue::Heading(_)
        | NodeValue::Paragraph
        | NodeValue::List(_)
        | NodeValue::Item(_)
        | NodeValue::Code(_)
        | NodeValue::Strong
        | NodeValue::Escaped
        | NodeValue::SoftBreak => {}
        other => panic!("{other:?}"),
    }
}

/// Each line of HTML is one that spokeslint writes.
fn own_tags(html: &str) {
    for line in html.lines() {
        let tags = line.matches('<').count();
        let own = [
            "<details>",
            "</details>",
            "<summary>",
            "</summary>",
            "<sub>",
            "</sub>",
        ];
        let own = own.into_iter().chain(["<div dir=\"rtl\">", "</div>"]);
        let known: usize = own.map(|tag| line.matches(tag).count()).sum();
        assert_eq!(tags, known, "{line}");
    }
}

#[test]
fn every_report_is_inert_and_short_enough_for_a_comment() {
    for report in reports() {
        for lang in [Lang::En, Lang::Ar] {
            let page = rendered(&report, Format::Markdown, lang);
            is_inert(&page);
            assert!(page.chars().count() < 65_536);
        }
    }
}

#[test]
#[should_panic(expected = "Link")]
fn a_link_would_be_noticed() {
    is_inert("see https://example.org");
}

#[test]
fn a_page_tells_of_findings_reasons_and_what_is_set_aside() {
    let page = rendered(&rich(), Format::Markdown, Lang::En);
    assert!(
        page.starts_with("### spokeslint\n\n**5 problems in 3 agencies "),
        "{page}"
    );
    assert!(page.contains(&format!(
        "- `{ARABIC}:2` `a` is wrong (`personal-account/answers-the-public`)\n"
    )));
    assert!(page.contains("  **for**: `chamber-independence`\n"));
    assert!(page.contains("<details><summary>3 suppressed (1 by a comment, "));
    assert!(
        page.contains(
            "suppressed by a waiver (b,c:d.yaml:1) until 2026-12-31: agreed with the board"
        )
    );
    assert!(page.contains("**error**: cannot read `gone.yaml`"));
    let arabic = rendered(&rich(), Format::Markdown, Lang::Ar);
    assert!(arabic.starts_with("<div dir=\"rtl\">\n\n### spokeslint\n"));
    assert!(arabic.ends_with("\n</div>\n"));
}

fn many(count: usize) -> Report {
    let source = source("agencies/water.yaml", super::TEXT);
    let finding = |number: usize| -> Diagnostic {
        let severity = [Severity::Note, Severity::Warning, Severity::Error][number % 3];
        let mut found = finding("p/rule", &format!("v{number}"), at(&source, "uses", 0));
        found.why = Some(spokeslint::Text::new(
            "because ".repeat(20),
            "لأنه ".repeat(20),
        ));
        found.with_severity(severity)
    };
    Report {
        diagnostics: (0..count).map(finding).collect(),
        files: 1,
        documents: 1,
        ..Report::default()
    }
}

#[test]
fn what_does_not_fit_is_counted_and_the_heaviest_come_first() {
    let lines = |page: &str| page.lines().filter(|line| line.starts_with("- ")).count();
    for lang in [Lang::En, Lang::Ar] {
        let some = rendered(&many(60), Format::Markdown, lang);
        assert!(some.contains("<details>") && lines(&some) == 60);
        // Reasons go before findings do.
        let more = rendered(&many(600), Format::Markdown, lang);
        assert!(!more.contains("<details>") && lines(&more) == 600);
        let most = rendered(&many(6_000), Format::Markdown, lang);
        assert!(most.chars().count() <= 65_000);
        let left = 6_000 - lines(&most);
        let told = match lang {
            Lang::En => format!("**{left} problems more, for which there was no room here**"),
            Lang::Ar => format!("**ما لا متسع لعرضه هنا: {left} مخالفة**"),
        };
        assert!(most.contains(&told), "{left}");
        assert!(!most.contains("`p/rule`: note"));
    }
    let page = rendered(&many(6_000), Format::Markdown, Lang::En);
    assert!(page.contains("#### error (2000)") && !page.contains("#### warning"));
}
