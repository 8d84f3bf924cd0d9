//! JSON Schema → [`Shapes`].
//!
//! A subset of draft 2020-12, the one that types derive and that people write for their own kinds:
//! `$ref` into the same file, `type`, `properties`, `required`, `enum`, `const`, `oneOf` and `anyOf`
//! told apart by type, `allOf` of one schema, `items`, `additionalProperties`, `patternProperties` for
//! `^x-`, `format`, `pattern`, and the bounds of numbers, texts and lists. Another keyword that
//! constrains is an error; one that only annotates is not. `x-identity` lists the properties that tell which thing an
//! object describes, and `x-refers-to` says of which list a property names an element, for the keys of findings.

mod error;
mod keywords;
mod limits;
mod whole;

use std::collections::{HashMap, HashSet};

use serde_json::Value;

pub use error::SchemaError;

use error::below;
use keywords::{
    IDENTITY, Keywords, alone, check, choices, constrains, expected, extensions, is_null,
    listed_values, misplaced, name_of, names, nullable, object, reference, some_of, string, types,
    unsupported, wrapped,
};

use super::shape::{Bounds, Extra, Field, Format, Shape, ShapeId, Shapes};
use crate::source::to_offset;
use crate::text;
use crate::yaml::key_hash;

/// How deep schemas may lie inside each other, references followed.
const MAX_DEPTH: usize = 128;

impl Shapes {
    /// Compiles a JSON Schema.
    ///
    /// # Errors
    ///
    /// The first keyword that cannot be compiled, with its JSON pointer.
    pub fn from_json_schema(schema: &Value) -> Result<Self, SchemaError> {
        let mut compiler = Compiler {
            root: schema,
            shapes: Vec::new(),
            references: HashMap::new(),
            choices: Vec::new(),
            nests: Vec::new(),
            depth: 0,
        };
        let root = compiler.compile(schema, "#")?;
        compiler.check_choices()?;
        compiler.check_nests()?;
        Ok(Self::new(compiler.shapes, root))
    }
}

struct Compiler<'s> {
    root: &'s Value,
    shapes: Vec<Shape>,
    /// The shapes of `$ref` targets, so that each is compiled once and may refer to itself.
    references: HashMap<&'s str, ShapeId>,
    /// Every [`Shape::Either`] and its pointer, to be checked when all shapes are known.
    choices: Vec<(ShapeId, String)>,
    /// The same of every list, and of every object with keys of any name.
    nests: Vec<(ShapeId, String)>,
    /// How many schemas lie around the one at hand.
    depth: usize,
}

impl<'s> Compiler<'s> {
    fn compile(&mut self, schema: &'s Value, at: &str) -> Result<ShapeId, SchemaError> {
        let id = self.add(Shape::Any);
        self.fill(id, schema, at)?;
        Ok(id)
    }

    fn add(&mut self, shape: Shape) -> ShapeId {
        self.shapes.push(shape);
        ShapeId(to_offset(self.shapes.len() - 1))
    }

    /// Compiles a schema that may be a bare reference, without a shape of its own for that.
    fn follow(&mut self, schema: &'s Value, at: &str) -> Result<ShapeId, SchemaError> {
        let Some(reference) = schema.get("$ref") else {
            return match nullable(schema).or_else(|| wrapped(schema)) {
                Some((pointer, only)) => self.follow(only, &format!("{at}/{pointer}")),
                None => self.compile(schema, at),
            };
        };
        let keywords = object(schema, at)?;
        if let Some(other) = keywords.keys().find(|key| constrains(key)) {
            return Err(misplaced(other, at, ["beside `$ref`", "مع `$ref`"]));
        }
        let pointer = below(at, "$ref");
        let reference = reference
            .as_str()
            .ok_or_else(|| expected(["a string", "نص"], reference, &pointer))?;
        if let Some(id) = self.references.get(reference) {
            return Ok(*id);
        }
        let Some(target) = self.target(reference) else {
            return Err(lost(reference, pointer));
        };
        if target.get("$ref").is_some() {
            let message = text!(
                "a reference to a reference is not supported",
                "لا تُدعم الإحالة إلى إحالة أخرى",
            );
            return Err(SchemaError::at(pointer, message));
        }
        let id = self.add(Shape::Any);
        self.references.insert(reference, id);
        self.fill(id, target, reference)?;
        Ok(id)
    }

    /// What stands behind a reference into this schema.
    fn target(&self, reference: &str) -> Option<&'s Value> {
        self.root.pointer(reference.strip_prefix('#')?)
    }

    fn fill(&mut self, id: ShapeId, schema: &'s Value, at: &str) -> Result<(), SchemaError> {
        if self.depth == MAX_DEPTH {
            let message = text!(
                "schemas lie more than {limit} deep inside each other here",
                "تتداخل المخططات هنا أكثر من {limit} مستوى",
                limit = MAX_DEPTH,
            );
            return Err(SchemaError::at(at, message));
        }
        self.depth += 1;
        let shape = match schema {
            Value::Bool(true) => Shape::Any,
            Value::Object(keywords) => self.shape(keywords, at)?,
            _ => return Err(expected(["a schema", "مخطط"], schema, at)),
        };
        self.depth -= 1;
        match &shape {
            Shape::Either(_) => self.choices.push((id, at.to_owned())),
            Shape::List { .. } | Shape::Object { .. } => self.nests.push((id, at.to_owned())),
            _ => {}
        }
        self.shapes[id.0 as usize] = shape;
        Ok(())
    }

    fn shape(&mut self, keywords: &'s Keywords, at: &str) -> Result<Shape, SchemaError> {
        check(keywords, at)?;
        for keyword in ["$ref", "allOf"] {
            if keywords.contains_key(keyword) {
                let help = text!(
                    "write what it leads to in its place",
                    "اكتب ما تؤدي إليه في موضعها",
                );
                return Err(misplaced(keyword, at, ["here", "هنا"]).with_help(help));
            }
        }
        if let Some(values) = listed_values(keywords, at)? {
            let lists = ["const", "enum", "oneOf", "anyOf", "type"];
            alone(
                keywords,
                &lists,
                at,
                ["beside a list of texts", "مع قائمة النصوص"],
            )?;
            return Ok(Shape::String {
                format: Format::Text,
                values,
                pattern: None,
                length: Bounds::default(),
            });
        }
        if keywords.contains_key("oneOf") && keywords.contains_key("anyOf") {
            return Err(misplaced("anyOf", at, ["beside `oneOf`", "مع `oneOf`"]));
        }
        let mut types = types(keywords, at)?;
        types.retain(|kind| *kind != "null");
        match types.as_slice() {
            [] => self.untyped(keywords, at),
            [kind] => self.typed(kind, keywords, at),
            several => {
                let shapes = several.iter().map(|kind| {
                    let shape = self.typed(kind, keywords, at)?;
                    Ok(self.add(shape))
                });
                shapes.collect::<Result<_, _>>().map(Shape::Either)
            }
        }
    }

    fn untyped(&mut self, keywords: &'s Keywords, at: &str) -> Result<Shape, SchemaError> {
        if let Some((keyword, choices)) = choices(keywords) {
            let beside = ["beside a choice of schemas", "مع الخيارات"];
            alone(keywords, &[keyword], at, beside)?;
            return self.either(keyword, choices, at);
        }
        if keywords.contains_key("properties") || keywords.contains_key("additionalProperties") {
            return self.object(keywords, at);
        }
        let typeless = ["without `type`", "دون `type`"];
        match keywords.keys().find(|key| constrains(key)) {
            Some(keyword) => Err(misplaced(keyword, at, typeless)),
            None => Ok(Shape::Any),
        }
    }

    fn typed(
        &mut self,
        kind: &str,
        keywords: &'s Keywords,
        at: &str,
    ) -> Result<Shape, SchemaError> {
        if kind != "object"
            && let Some((keyword, _)) = choices(keywords)
        {
            return Err(misplaced(keyword, at, ["beside `type`", "مع `type`"]));
        }
        match kind {
            "boolean" => Ok(Shape::Bool),
            "integer" => limits::integer(keywords, at),
            "number" => limits::number(keywords, at),
            "string" => string(keywords, at),
            "array" => self.list(keywords, at),
            "object" => self.object(keywords, at),
            _ => Err(unsupported("type", at)),
        }
    }

    fn list(&mut self, keywords: &'s Keywords, at: &str) -> Result<Shape, SchemaError> {
        let item = match keywords.get("items") {
            Some(items) => self.follow(items, &below(at, "items"))?,
            None => self.add(Shape::Any),
        };
        let unique = limits::unique(keywords, at)?;
        if unique && !limits::has_words(&self.shapes, item) {
            let message = text!(
                "`{keyword}` is supported for lists of texts, whole numbers, and `true` and `false` only",
                "لا تُدعم الكلمة المفتاحية `{keyword}` إلا لقوائم النصوص والأعداد الصحيحة والقيم المنطقية",
                keyword = "uniqueItems",
            );
            let help = text!(
                "leave it out and write a rule with `unique`",
                "احذفها واكتب قاعدة فيها `unique`",
            );
            return Err(SchemaError::of(at, "uniqueItems", message).with_help(help));
        }
        Ok(Shape::List {
            item,
            length: limits::bounds(keywords, ["minItems", "maxItems"], at)?,
            unique,
        })
    }

    /// `anyOf` or `oneOf` of different types; `null` among them only says that the value may be absent.
    fn either(
        &mut self,
        keyword: &str,
        choices: &'s [Value],
        at: &str,
    ) -> Result<Shape, SchemaError> {
        let mut ids = Vec::with_capacity(choices.len());
        for (index, choice) in choices.iter().enumerate() {
            if is_null(choice) {
                continue;
            }
            ids.push(self.follow(choice, &format!("{at}/{keyword}/{index}"))?);
        }
        Ok(Shape::Either(ids))
    }

    fn object(&mut self, keywords: &'s Keywords, at: &str) -> Result<Shape, SchemaError> {
        let required = names(keywords.get("required"), &below(at, "required"))?;
        let demanded: HashSet<&str> = required.iter().copied().collect();
        let mut known = HashSet::new();
        let mut fields = Vec::new();
        if let Some(properties) = keywords.get("properties") {
            let at = below(at, "properties");
            let properties = object(properties, &at)?;
            fields.reserve(properties.len());
            for (name, property) in properties {
                let shape = self.follow(property, &below(&at, name))?;
                known.insert(name.as_str());
                fields.push(Field {
                    name: name.clone(),
                    about: self.about(property),
                    shape,
                    required: demanded.contains(name.as_str()),
                    refers_to: reference(property, &below(&at, name))?,
                    hash: key_hash(name),
                });
            }
        }
        let some_of = some_of(keywords, at)?;
        let identity = names(keywords.get(IDENTITY), &below(at, IDENTITY))?;
        let required = required.iter().chain(&some_of);
        let mut named = required
            .map(|name| ("required", name))
            .chain(identity.iter().map(|name| (IDENTITY, name)));
        if let Some((keyword, name)) = named.find(|(_, name)| !known.contains(**name)) {
            return Err(not_a_property(name, keyword, at));
        }
        Ok(Shape::Object {
            name: name_of(keywords, at),
            fields,
            some_of: some_of.into_iter().map(str::to_owned).collect(),
            extra: self.extra(keywords, at)?,
            identity: identity.into_iter().map(str::to_owned).collect(),
        })
    }

    fn extra(&mut self, keywords: &'s Keywords, at: &str) -> Result<Extra, SchemaError> {
        let extensions = extensions(keywords, at)?;
        match keywords.get("additionalProperties") {
            Some(Value::Bool(false)) if extensions => Ok(Extra::Extensions),
            Some(Value::Bool(false)) => Ok(Extra::Closed),
            Some(_) if extensions => {
                let beside = [
                    "beside `additionalProperties` other than `false`",
                    "مع `additionalProperties` إلا إن كانت `false`",
                ];
                Err(misplaced("patternProperties", at, beside))
            }
            Some(schema) => {
                let pointer = below(at, "additionalProperties");
                Ok(Extra::Any(self.follow(schema, &pointer)?))
            }
            None => Ok(Extra::Any(self.add(Shape::Any))),
        }
    }

    /// What the schema says of a property: its own description, or that of what it refers to.
    fn about(&self, property: &Value) -> String {
        let description = |schema: &Value| schema.get("description")?.as_str().map(str::to_owned);
        let target = || {
            let pointer = property.get("$ref")?.as_str()?.strip_prefix('#')?;
            description(self.root.pointer(pointer)?)
        };
        description(property).or_else(target).unwrap_or_default()
    }
}

fn lost(reference: &str, pointer: String) -> SchemaError {
    let message = text!(
        "nothing is at `{reference}` in this schema",
        "لا شيء في `{reference}` من هذا المخطط",
        reference = reference,
    );
    let help = text!(
        "refer to a place in the same file, such as `{example}`",
        "أحِل إلى موضع في الملف نفسه، مثل `{example}`",
        example = "#/$defs/Name",
    );
    SchemaError::at(pointer, message).with_help(help)
}

fn not_a_property(name: &str, keyword: &str, at: &str) -> SchemaError {
    let message = text!(
        "`{name}` is not among the properties",
        "`{name}` ليس من الحقول المذكورة في `properties`",
        name = name,
    );
    SchemaError::of(at, keyword, message)
}
