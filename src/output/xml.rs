//! Writing XML 1.0, whatever the words: what may not stand in a document is shown instead.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::output::words::safe;

/// A document that is being written.
pub(super) struct Document<'o>(Writer<&'o mut dyn Write>);

impl<'o> Document<'o> {
    pub(super) fn begin(out: &'o mut dyn Write) -> io::Result<Self> {
        let mut writer = Writer::new_with_indent(out, b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self(writer))
    }

    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Start(start(name, attributes)))
    }

    pub(super) fn close(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Empty(start(name, attributes)))
    }

    /// An element with nothing but text; the lines of it are kept.
    pub(super) fn text(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        lines: &[String],
    ) -> io::Result<()> {
        let lines: Vec<String> = lines.iter().map(|line| shown(line)).collect();
        self.open(name, attributes)?;
        let text = lines.join("\n");
        self.0.write_event(Event::Text(BytesText::new(&text)))?;
        self.close(name)
    }

    pub(super) fn end(mut self) -> io::Result<()> {
        self.0.get_mut().write_all(b"\n")
    }
}

fn start<'e>(name: &'e str, attributes: &[(&str, &str)]) -> BytesStart<'e> {
    let mut element = BytesStart::new(name);
    for (name, value) in attributes {
        element.push_attribute((*name, shown(value).as_str()));
    }
    element
}

/// A text without what would act, and without the two characters that XML 1.0 forbids besides controls.
fn shown(text: &str) -> String {
    safe(text)
        .replace('\u{fffe}', "\\u{fffe}")
        .replace('\u{ffff}', "\\u{ffff}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_an_element_or_breaks_the_document() {
        let mut out = Vec::new();
        let mut document = Document::begin(&mut out).unwrap();
        let hostile = "]]><b a=\"'\">&\u{0}\u{ffff}\n";
        document
            .text("a", &[("n", hostile)], &[hostile.to_owned()])
            .unwrap();
        document.end().unwrap();
        let text = String::from_utf8(out).unwrap();
        let shown = "]]&gt;&lt;b a=&quot;&apos;&quot;&gt;&amp;\\u{0}\\u{ffff}\\n";
        assert_eq!(
            text,
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a n=\"{shown}\">{shown}</a>\n")
        );
    }
}
