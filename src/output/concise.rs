//! One line per finding, safe for logs: `path:line:col: error[rule] message`.

use std::io::{self, Write};

use crate::diagnostic::Diagnostic;
use crate::engine::Report;
use crate::output::words::{leading_path, one_line, safe};
use crate::output::{Style, summary};

pub(super) fn render(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    // Programs split these lines, so no invisible character goes into them, terminal or not.
    let style = Style {
        terminal: false,
        ..*style
    };
    for diagnostic in &report.diagnostics {
        out.write_all(line(diagnostic, &style).as_bytes())?;
    }
    out.write_all(summary::lines(report, &style).as_bytes())
}

fn line(diagnostic: &Diagnostic, style: &Style) -> String {
    let place = diagnostic.labels.first().map_or(String::new(), |label| {
        let position = label.position();
        let path = leading_path(label.source.name());
        format!("{path}:{}:{}: ", position.line, position.column)
    });
    let from = diagnostic.in_force_from.map(|from| {
        let words = style.pick(["in force from", "تسري من"]);
        format!(" ({words} {from})")
    });
    format!(
        "{place}{}[{}] {}{}\n",
        diagnostic.severity.as_str(),
        safe(&diagnostic.rule),
        one_line(&diagnostic.message, style),
        from.unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::Label;
    use crate::source::{Source, Span};
    use crate::text::{Lang, Text};

    fn shown(name: &str, rule: &str, style: &Style) -> String {
        let source = Arc::new(Source::new(name, "a: 1\nاسم: x\n"));
        let message = crate::text!("`{v}` is wrong", "`{v}` خطأ", v = "\u{1b}[31m\n::error::");
        let diagnostic =
            Diagnostic::error(rule, message).with_label(Label::new(&source, Span::new(13, 14)));
        line(&diagnostic, style)
    }

    #[test]
    fn a_finding_is_one_line_with_its_place_in_characters() {
        let style = Style::default();
        assert_eq!(
            shown("a/b.yaml", "p/r", &style),
            "a/b.yaml:2:6: error[p/r] `\\u{1b}[31m\\n::error::` is wrong\n"
        );
        let nowhere = Diagnostic::error("p/r", Text::new("x", "س"));
        assert_eq!(line(&nowhere, &style), "error[p/r] x\n");
    }

    #[test]
    fn no_invisible_character_and_no_command_gets_into_a_log() {
        let style = Style {
            lang: Lang::Ar,
            terminal: true,
            ..Style::default()
        };
        let source = Arc::new(Source::new("::error::\n\u{202e}.yaml", "a: 1\n"));
        let message = crate::text!("{v}", "القيمة {v}", v = "##vso[x]");
        let diagnostic = Diagnostic::error("p/\n::error::", message)
            .with_label(Label::new(&source, Span::new(0, 1)));
        let report = Report {
            diagnostics: vec![diagnostic],
            ..Report::default()
        };
        let mut out = Vec::new();
        render(&report, &style, &mut out).unwrap();
        let shown = String::from_utf8(out).unwrap();
        assert!(
            shown.starts_with(
                "./::error::\\n\\u{202e}.yaml:1:1: error[p/\\n::error::] القيمة \\u{23}#vso[x]\n"
            ),
            "{shown}"
        );
    }
}
