//! What is said of each kind of shape error, and what it poisons.

use std::sync::Arc;

use super::form::Misfit;
use super::{Place, Walker, advice, wording};
use crate::diagnostic::{Action, Change, Diagnostic, Fix, Label, Literal, Safety};
use crate::edit::edits;
use crate::looks;
use crate::schema::{Extra, Field, Pattern, Shape, ShapeId, words};
use crate::text;
use crate::text::{Text, nearest};
use crate::yaml::{Kind, NodeId, Value, key_hash};

impl<'d> Walker<'d> {
    pub(super) fn wrong_type(&mut self, at: Place, id: ShapeId) {
        let wanted = wording::shape(self.shapes, id);
        let message = wording::expected(&wanted, &wording::value(self.doc, at.node));
        let help = advice::on_type(self.doc, at.node, self.shapes, id);
        let mut misfit = Misfit::new("schema/type", message, help);
        if let (Shape::Bool, Value::Str(text)) = (self.shapes.get(id), self.doc.value(at.node)) {
            let meant = advice::meant_by(text).map(Literal::Bool);
            misfit.meant = meant.map(|meant| (meant, Safety::Safe));
        }
        self.bad_value(at, id, misfit);
        self.free(at.node);
    }

    pub(super) fn not_a_value(&mut self, at: Place, id: ShapeId, values: &[String]) {
        let found = self.doc.text(at.node).unwrap_or_default();
        let message = wording::misfit(&wording::shape(self.shapes, id), found);
        let meant = nearest(found, values.iter().map(|value| &**value));
        // A few values are named in the message itself.
        let list = (values.len() > wording::FEW)
            .then(|| advice::values_are(values))
            .flatten();
        let help = wording::both(meant.map(text::did_you_mean), list);
        let mut misfit = Misfit::new("schema/enum", message, help);
        misfit.meant = meant.map(|meant| {
            // Only the case is wrong, or the word is.
            let is_certain = meant.eq_ignore_ascii_case(found);
            let safety = if is_certain {
                Safety::Safe
            } else {
                Safety::Unsafe
            };
            (Literal::Text(meant.to_owned()), safety)
        });
        self.bad_value(at, id, misfit);
    }

    pub(super) fn not_matching(&mut self, at: Place, id: ShapeId, pattern: &Pattern, text: &str) {
        let (wanted, help) = match pattern.as_str() {
            words::SLUG => (
                text!(
                    "small letters `a` to `z`, digits and dashes",
                    "أحرف لاتينية صغيرة من `a` إلى `z` وأرقام وشرطات",
                ),
                Some(write_instead(&slug(text), "education-ministry")),
            ),
            words::COUNTRY => (
                text!(
                    "a country as two capital letters (ISO 3166-1)",
                    "رمز الدولة بحرفين لاتينيين كبيرين (ISO 3166-1)",
                ),
                Some(write_instead(&country(text), "SA")),
            ),
            words::LANGUAGE => (
                text!(
                    "a language as two small letters (ISO 639-1)",
                    "رمز اللغة بحرفين لاتينيين صغيرين (ISO 639-1)",
                ),
                Some(write_instead(&language(text), "ar")),
            ),
            other => (
                text!(
                    "a text that matches `{pattern}`",
                    "نص يطابق النمط `{pattern}`",
                    pattern = other,
                ),
                None,
            ),
        };
        let message = wording::misfit(&wanted, text);
        let mut misfit = Misfit::new("schema/pattern", message, help);
        let meant = match pattern.as_str() {
            words::COUNTRY => country(text),
            words::LANGUAGE => language(text),
            _ => String::new(),
        };
        if meant.eq_ignore_ascii_case(text) && !meant.is_empty() {
            misfit.meant = Some((Literal::Text(meant), Safety::Safe));
        }
        self.bad_value(at, id, misfit);
    }

    /// A value that cannot be trusted. A scalar that the parser marked has its diagnostic already.
    pub(super) fn bad_value(&mut self, at: Place, id: ShapeId, misfit: Misfit) {
        let is_scalar = matches!(self.doc.node(at.node).kind, Kind::Scalar(..));
        if is_scalar && self.found.poison.is_flawed(at.node) {
            return;
        }
        if misfit.is_secret {
            self.found.secrets.push(self.doc.span(at.node));
        }
        let span = self.value_span(at);
        let cause = self.report((misfit.rule, at.node, id, 0), at, |walker| {
            let mut diagnostic = walker.error(misfit.rule, misfit.message, span);
            diagnostic.help = misfit.help;
            diagnostic.fix = misfit.meant.and_then(|(meant, safety)| {
                let shown = match &meant {
                    Literal::Text(text) => text.clone(),
                    Literal::Bool(value) => value.to_string(),
                    _ => return None,
                };
                let title = text!("write `{meant}`", "اكتب `{meant}`", meant = shown);
                walker.repair(at.node, (title, safety), Action::Set(meant))
            });
            diagnostic
        });
        if let Some(cause) = cause {
            self.found.poison.add_node(self.doc, at.node, cause);
        }
    }

    /// A mapping that has none of these keys.
    pub(super) fn missing(&mut self, at: Place, id: ShapeId, names: &[&str]) {
        if self.found.poison.field(at.node, names[0]) {
            return;
        }
        let fault = ("schema/missing", at.node, id, key_hash(names[0]));
        let cause = self.report(fault, at, |walker| {
            let any = wording::any_of(names.iter().copied());
            let message = Text::new(
                format!("the key {} is missing", any.en),
                format!("المفتاح {} ناقص", any.ar),
            );
            let here = Text::new(
                format!("{} is missing here", any.en),
                format!("ينقص هنا {}", any.ar),
            );
            let mut diagnostic = Diagnostic::error("schema/missing", message);
            let label = Label::new(walker.doc.source(), walker.head(at)).with_text(here);
            diagnostic.help = walker.how_to_add(id, names);
            diagnostic.with_label(label)
        });
        for name in names {
            if let Some(cause) = cause {
                self.found.poison.add_field(at.node, name, cause);
            }
        }
    }

    fn how_to_add(&self, id: ShapeId, names: &[&str]) -> Option<Text> {
        let field = self.shapes.field(id, names[0])?;
        let any = wording::any_of(names.iter().copied());
        let wanted = wording::shape(self.shapes, field.shape);
        let add = Text::new(
            format!("add the key {} with {}", any.en, wanted.en),
            format!("أضف المفتاح {} وقيمته {}", any.ar, wanted.ar),
        );
        let more = match self.shapes.get(field.shape) {
            Shape::String { values, .. } if values.len() > wording::FEW => {
                advice::values_are(values)
            }
            Shape::Object { fields, .. } => Some(advice::keys_are(fields)),
            _ => None,
        };
        wording::both(Some(add), more)
    }

    /// Keys of a mapping that its shape does not know; returns the fields that were probably meant.
    pub(super) fn unknown_keys(
        &mut self,
        mapping: Place,
        id: ShapeId,
        unknown: &[Place],
    ) -> Vec<&'d str> {
        let Shape::Object { fields, .. } = self.shapes.get(id) else {
            return Vec::new();
        };
        let absent = fields
            .iter()
            .filter(|field| self.is_absent(mapping.node, field));
        let absent: Vec<&str> = absent.map(|field| &*field.name).collect();
        let mut all_meant = Vec::new();
        for at in unknown {
            let Some(key) = at.key.filter(|_| !self.is_full) else {
                break;
            };
            let name = self.doc.text(key).unwrap_or_default();
            let meant = nearest(name, absent.iter().copied()).or_else(|| looks_like(name, &absent));
            let cause = self.report(("schema/unknown-key", key, id, 0), *at, |walker| {
                let mut diagnostic = walker.unknown_key(id, key, meant);
                diagnostic.fix = meant.and_then(|meant| {
                    let title = text!(
                        "rename `{name}` to `{meant}`",
                        "غيِّر اسم المفتاح `{name}` إلى `{meant}`",
                        name = name,
                        meant = meant,
                    );
                    let action = Action::Rename(meant.to_owned());
                    walker.repair(at.node, (title, Safety::Unsafe), action)
                });
                diagnostic
            });
            if let Some(cause) = cause {
                self.found.poison.add_node(self.doc, at.node, cause);
            }
            if let (Some(cause), Some(name)) = (cause, meant) {
                self.found.poison.add_field(mapping.node, name, cause);
                all_meant.push(name);
            }
        }
        all_meant
    }

    fn unknown_key(&self, id: ShapeId, key: NodeId, meant: Option<&str>) -> Diagnostic {
        let name = self.doc.text(key).unwrap_or_default();
        let message = text!(
            "unknown key `{name}`",
            "المفتاح `{name}` غير معروف",
            name = name
        );
        let mut diagnostic = self.error("schema/unknown-key", message, self.doc.span(key));
        if let Shape::Object { fields, extra, .. } = self.shapes.get(id) {
            let advice = match meant {
                Some(meant) => Some(text::did_you_mean(meant)),
                None => self.elsewhere(fields, name).or_else(|| keys_are(fields)),
            };
            let own = (*extra == Extra::Extensions).then(|| {
                text!(
                    "begin a key of your own with `{prefix}`",
                    "ابدأ المفتاح الخاص بك بـ `{prefix}`",
                    prefix = "x-",
                )
            });
            diagnostic.help = wording::both(advice, own);
        }
        diagnostic
    }

    /// The fix that changes one thing.
    pub(super) fn repair(
        &self,
        node: NodeId,
        (title, safety): (Text, Safety),
        action: Action,
    ) -> Option<Box<Fix>> {
        let change = Change {
            document: self.doc.number(),
            path: self.doc.steps(node)?,
            action,
        };
        let changes = vec![change];
        Some(Box::new(Fix {
            title,
            safety,
            source: Arc::clone(self.doc.source()),
            edits: edits(self.doc, &changes)?,
            changes,
        }))
    }

    /// The one field whose mapping has such a key.
    fn elsewhere(&self, fields: &[Field], key: &str) -> Option<Text> {
        let mut homes = fields
            .iter()
            .filter(|field| self.shapes.field(field.shape, key).is_some());
        let home = homes.next()?;
        homes.next().is_none().then(|| {
            text!(
                "`{key}` stands inside `{home}`",
                "مكان `{key}` داخل `{home}`",
                key = key,
                home = home.name,
            )
        })
    }

    pub(super) fn secret(&mut self, at: Place) {
        let Some(key) = at.key else { return };
        let value = self.doc.resolve(at.node);
        let root = self.shapes.root();
        let cause = self.report(("schema/secret", key, root, 0), at, |walker| {
            let message = text!(
                "the key `{name}` looks like a secret, and no secret belongs in this file",
                "المفتاح `{name}` يدل على معلومة سرية، ولا مكان للأسرار في هذا الملف",
                name = walker.doc.text(key).unwrap_or_default(),
            );
            let mut diagnostic = walker.error("schema/secret", message, walker.doc.span(key));
            diagnostic.why = Some(text!(
                "such files are shared and kept in a history, and whoever reads one has the secret",
                "تُتداول هذه الملفات ويُحفظ تاريخها، ومن قرأ أحدها عرف السر",
            ));
            diagnostic.with_help(text!(
                "remove it, keep it in a password manager, and change it if the file was ever shared",
                "احذفه واحفظه في مدير كلمات مرور، وغيّره إن سبق تداول الملف",
            ))
        });
        self.found.secrets.push(self.doc.span(value));
        if let Some(cause) = cause {
            self.found.poison.add_node(self.doc, value, cause);
        }
    }
}

/// The name that another one looks like, letters of other scripts and all that does not show taken for what they are
/// not.
fn looks_like<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    let seen = |text: &str| looks::skeleton(text, str::to_lowercase);
    let wanted = (!name.is_ascii()).then(|| seen(name))?;
    names.iter().copied().find(|known| seen(known) == wanted)
}

/// All keys that are allowed, if they are not too many to read.
fn keys_are(fields: &[Field]) -> Option<Text> {
    if fields.is_empty() || fields.len() > wording::LISTED {
        return None;
    }
    let keys = wording::row(fields.iter().map(|field| &*field.name));
    Some(Text::new(
        format!("the keys here are {}", keys.en),
        format!("المفاتيح هنا هي {}", keys.ar),
    ))
}

fn write_instead(meant: &str, example: &str) -> Text {
    if meant.is_empty() {
        return text!(
            "write it like `{example}`",
            "اكتبه مثل `{example}`",
            example = example,
        );
    }
    text!("write `{meant}`", "اكتب `{meant}`", meant = meant)
}

/// The nearest text of small letters, digits and dashes; empty if nothing is left.
fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let parts: Vec<_> = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("-")
}

/// Two capital letters; empty if the text is not two letters.
fn country(text: &str) -> String {
    two_letters(text).map_or_else(String::new, str::to_ascii_uppercase)
}

/// The two small letters that `AR` or `ar-SA` begins with; empty if there are none.
fn language(text: &str) -> String {
    let tag = text.split(['-', '_']).next().unwrap_or_default();
    two_letters(tag).map_or_else(String::new, str::to_ascii_lowercase)
}

fn two_letters(text: &str) -> Option<&str> {
    let is_code = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_code.then_some(text)
}
