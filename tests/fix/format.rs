//! Writes a value as YAML in one of very many ways that all mean the same: blocks and brackets, quotes,
//! indentation, comments, blank lines, line breaks, anchors that nobody uses.

use std::fmt::Write as _;

use serde_yaml::Value;

/// A source of choices, the same for the same seed.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed ^ 0x9e37_79b9_7f4a_7c15)
    }

    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let high = self.0 ^ (self.0 >> 31);
        usize::try_from((high >> 33) % sides as u64).unwrap()
    }

    pub(crate) fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }

    pub(crate) fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.roll(from.len())]
    }
}

/// How a text is written as a whole.
pub(crate) struct Manner {
    step: usize,
    comments: usize,
    flow: usize,
    break_lines: bool,
    anchors: usize,
    pub(crate) crlf: bool,
    pub(crate) unended: bool,
}

pub(crate) struct Writer<'d> {
    dice: &'d mut Dice,
    manner: Manner,
    out: String,
    comments: usize,
    anchors: usize,
    /// Whether a text in a block has just ended, which would take what follows for its own.
    in_text: bool,
}

/// A value as a text of many possible ones.
pub(crate) fn write(value: &Value, dice: &mut Dice) -> String {
    let manner = Manner {
        step: 1 + dice.roll(4),
        comments: *dice.pick(&[2, 4, 9, 1000]),
        flow: *dice.pick(&[2, 4, 9, 1000]),
        break_lines: dice.one_in(2),
        anchors: *dice.pick(&[5, 1000, 1000]),
        crlf: dice.one_in(3),
        unended: dice.one_in(3),
    };
    let mut writer = Writer {
        dice,
        manner,
        out: String::new(),
        comments: 0,
        anchors: 0,
        in_text: false,
    };
    match value {
        Value::Mapping(map) if !map.is_empty() => writer.map(map, 0, false),
        other => {
            writer.flow(other, 0);
            writer.out.push('\n');
        }
    }
    let Writer {
        manner, mut out, ..
    } = writer;
    if manner.unended {
        out.truncate(out.trim_end_matches('\n').len());
    }
    if manner.crlf {
        out.replace('\n', "\r\n")
    } else {
        out
    }
}

impl Writer<'_> {
    /// The entries of a mapping in block style; the first one goes on with the line at hand if it is `compact`.
    fn map(&mut self, map: &serde_yaml::Mapping, indent: usize, compact: bool) {
        for (place, (key, value)) in map.iter().enumerate() {
            if place > 0 || !compact {
                self.above(indent);
                self.out.push_str(&" ".repeat(indent));
            }
            let key = self.scalar(key, true, 0);
            self.out.push_str(&key);
            self.out.push(':');
            self.value(value, indent, true);
        }
    }

    fn list(&mut self, items: &[Value], indent: usize, compact: bool) {
        for (place, item) in items.iter().enumerate() {
            if place > 0 || !compact {
                self.above(indent);
                self.out.push_str(&" ".repeat(indent));
            }
            self.out.push('-');
            let gap = 1 + self.dice.roll(2);
            match item {
                Value::Mapping(map)
                    if !map.is_empty() && self.is_block() && !self.dice.one_in(5) =>
                {
                    self.out.push_str(&" ".repeat(gap));
                    self.map(map, indent + 1 + gap, true);
                }
                Value::Sequence(inner)
                    if !inner.is_empty() && self.is_block() && !self.dice.one_in(5) =>
                {
                    self.out.push_str(&" ".repeat(gap));
                    self.list(inner, indent + 1 + gap, true);
                }
                _ => self.value(item, indent, false),
            }
        }
    }

    /// What stands behind a colon or a dash, up to the end of its line or of its lines.
    fn value(&mut self, value: &Value, indent: usize, under_key: bool) {
        let step = self.manner.step;
        match value {
            Value::Mapping(map) if !map.is_empty() && self.is_block() => {
                self.anchor();
                self.end_line();
                self.map(map, indent + step, false);
            }
            Value::Sequence(items) if !items.is_empty() && self.is_block() => {
                self.anchor();
                self.end_line();
                let deeper = if under_key && self.dice.one_in(2) {
                    0
                } else {
                    step
                };
                self.list(items, indent + deeper, false);
            }
            Value::Mapping(_) | Value::Sequence(_) => {
                self.anchor();
                self.out.push(' ');
                self.flow(value, indent + step);
                self.end_line();
            }
            Value::Null if self.dice.one_in(2) => self.end_line(),
            Value::String(text) if is_even(text) && self.dice.one_in(9) => {
                self.anchor();
                self.in_text = true;
                let header = *self.dice.pick(&["|", ">", "|-", ">-"]);
                // The last line break belongs to the text under these headers.
                let header = if header.len() == 1 {
                    format!("{header}-")
                } else {
                    header.to_owned()
                };
                let indent = " ".repeat(indent + step);
                let _ = write!(self.out, " {header}\n{indent}{text}\n");
            }
            _ => {
                self.anchor();
                self.out.push(' ');
                let text = self.scalar(value, false, indent + step);
                self.out.push_str(&text);
                self.end_line();
            }
        }
    }

    fn flow(&mut self, value: &Value, indent: usize) {
        let (signs, count) = match value {
            Value::Mapping(map) => (['{', '}'], map.len()),
            Value::Sequence(items) => (['[', ']'], items.len()),
            other => {
                let text = self.scalar(other, true, 0);
                self.out.push_str(&text);
                return;
            }
        };
        self.out.push(signs[0]);
        let lines = count > 0 && self.manner.break_lines && self.dice.one_in(2);
        let pad = if self.dice.one_in(2) { " " } else { "" };
        let rows: Vec<(Option<&Value>, &Value)> = match value {
            Value::Mapping(map) => map.iter().map(|(key, value)| (Some(key), value)).collect(),
            Value::Sequence(items) => items.iter().map(|item| (None, item)).collect(),
            _ => Vec::new(),
        };
        if !lines {
            self.out.push_str(pad);
        }
        for (place, (key, value)) in rows.iter().enumerate() {
            if lines {
                if place == 0 {
                    self.end_line();
                }
                self.out.push_str(&" ".repeat(indent + 1));
            }
            if let Some(key) = key {
                let key = self.scalar(key, true, 0);
                let _ = write!(self.out, "{key}: ");
            }
            self.flow(value, indent + 2);
            let is_last = place + 1 == count;
            if !is_last || self.dice.one_in(5) {
                self.out.push(',');
                if !lines && !is_last {
                    self.out.push(' ');
                }
            }
            if lines {
                self.end_line();
            }
        }
        if lines {
            self.out.push_str(&" ".repeat(indent + 1));
        } else {
            self.out.push_str(pad);
        }
        self.out.push(signs[1]);
    }

    fn scalar(&mut self, value: &Value, in_flow: bool, indent: usize) -> String {
        let Value::String(text) = value else {
            return match value {
                Value::Null => (*self.dice.pick(&["null", "~"])).to_owned(),
                other => serde_yaml::to_string(other).unwrap().trim_end().to_owned(),
            };
        };
        let single = format!("'{}'", text.replace('\'', "''"));
        let double = serde_json::to_string(text).unwrap();
        let mut ways = vec![text.clone(), text.clone(), single, double];
        if !in_flow && text.contains(' ') {
            // A text goes on in the next line.
            ways.push(format!(
                "\"{}\"",
                text.replacen(' ', &format!("\n{}", " ".repeat(indent + 1)), 1)
            ));
        }
        for _ in 0..8 {
            let way = self.dice.pick(&ways).clone();
            let probe = if in_flow {
                format!("[{way}, 1]")
            } else {
                format!("a: {way}")
            };
            let found = serde_yaml::from_str::<Value>(&probe).ok();
            let found = found.and_then(|found| match found {
                Value::Sequence(items) if items.len() == 2 => items.into_iter().next(),
                Value::Mapping(map) => map.get("a").cloned(),
                _ => None,
            });
            if found.as_ref() == Some(value) {
                return way;
            }
        }
        serde_json::to_string(text).unwrap()
    }

    fn is_block(&mut self) -> bool {
        !self.dice.one_in(self.manner.flow)
    }

    fn anchor(&mut self) {
        if self.dice.one_in(self.manner.anchors) {
            self.anchors += 1;
            let _ = write!(self.out, " &a{}", self.anchors);
        }
    }

    fn comment(&mut self) {
        self.comments += 1;
        let word = *self.dice.pick(&["note", "ملاحظة", "a: [b", "- x"]);
        let _ = write!(self.out, "# {word} {}#", self.comments);
    }

    /// Comments and blank lines before something.
    fn above(&mut self, indent: usize) {
        if std::mem::take(&mut self.in_text) {
            return;
        }
        for _ in 0..2 {
            if self.dice.one_in(self.manner.comments) {
                let spaces = *self.dice.pick(&[indent, indent, indent, 0, indent + 2]);
                self.out.push_str(&" ".repeat(spaces));
                self.comment();
                self.out.push('\n');
            }
        }
        if self.dice.one_in(9) {
            let blank = *self.dice.pick(&["\n", "   \n"]);
            self.out.push_str(blank);
        }
    }

    fn end_line(&mut self) {
        if self.dice.one_in(self.manner.comments) {
            self.out.push_str(&" ".repeat(1 + self.dice.roll(3)));
            self.comment();
        } else if self.dice.one_in(5) {
            self.out.push_str("  ");
        }
        self.out.push('\n');
    }
}

/// Whether a text can stand in a block as it is.
fn is_even(text: &str) -> bool {
    !text.is_empty()
        && text.trim() == text
        && !text.chars().any(char::is_control)
        && !text.starts_with(['#', '-'])
}
