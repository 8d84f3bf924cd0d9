//! JSON Schema → [`Shapes`].
//!
//! A subset of draft 2020-12, the one that types derive and that people write for their own kinds:
//! `$ref` into the same file, `type`, `properties`, `required`, `enum`, `const`, `oneOf` and `anyOf`
//! told apart by type, `items`, `additionalProperties`, `patternProperties` for `^x-`, `format`,
//! `pattern`, `minimum`. Another keyword that constrains is an error; one that only annotates is not.

mod keywords;

use std::collections::HashMap;

use serde_json::Value;

use keywords::{
    Keywords, choices, constrains, is_null, is_supported, listed_values, minimum, name_of, names,
    nullable, object, some_of, string, types,
};

use super::shape::{Extra, Field, Format, Shape, ShapeId, Shapes};
use crate::source::to_offset;
use crate::yaml::key_hash;

impl Shapes {
    /// Compiles a JSON Schema.
    ///
    /// # Errors
    ///
    /// The JSON pointer of the part that cannot be compiled, and the keyword that is at fault.
    pub fn from_json_schema(schema: &Value) -> Result<Self, String> {
        let mut compiler = Compiler {
            root: schema,
            shapes: Vec::new(),
            references: HashMap::new(),
            choices: Vec::new(),
        };
        let root = compiler.compile(schema, "#")?;
        compiler.check_choices()?;
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
}

impl<'s> Compiler<'s> {
    fn compile(&mut self, schema: &'s Value, at: &str) -> Result<ShapeId, String> {
        let id = self.add(Shape::Any);
        self.fill(id, schema, at)?;
        Ok(id)
    }

    fn add(&mut self, shape: Shape) -> ShapeId {
        self.shapes.push(shape);
        ShapeId(to_offset(self.shapes.len() - 1))
    }

    /// Compiles a schema that may be a bare reference, without a shape of its own for that.
    fn follow(&mut self, schema: &'s Value, at: &str) -> Result<ShapeId, String> {
        let Some(reference) = schema.get("$ref") else {
            return match nullable(schema) {
                Some((pointer, only)) => self.follow(only, &format!("{at}/{pointer}")),
                None => self.compile(schema, at),
            };
        };
        let keywords = object(schema, at)?;
        if let Some(other) = keywords.keys().find(|key| constrains(key)) {
            return Err(format!("{at}: `{other}` beside `$ref` is not supported"));
        }
        let reference = reference
            .as_str()
            .ok_or_else(|| format!("{at}/$ref: expected a string"))?;
        if let Some(id) = self.references.get(reference) {
            return Ok(*id);
        }
        let target = reference
            .strip_prefix('#')
            .and_then(|pointer| self.root.pointer(pointer))
            .ok_or_else(|| format!("{at}/$ref: nothing is at `{reference}` in this schema"))?;
        if target.get("$ref").is_some() {
            return Err(format!(
                "{reference}: a reference to a reference is not supported"
            ));
        }
        let id = self.add(Shape::Any);
        self.references.insert(reference, id);
        self.fill(id, target, reference)?;
        Ok(id)
    }

    fn fill(&mut self, id: ShapeId, schema: &'s Value, at: &str) -> Result<(), String> {
        let shape = match schema {
            Value::Bool(true) => Shape::Any,
            Value::Object(keywords) => self.shape(keywords, at)?,
            _ => return Err(format!("{at}: expected a schema, found `{schema}`")),
        };
        if let Shape::Either(_) = shape {
            self.choices.push((id, at.to_owned()));
        }
        self.shapes[id.0 as usize] = shape;
        Ok(())
    }

    fn shape(&mut self, keywords: &'s Keywords, at: &str) -> Result<Shape, String> {
        if let Some(keyword) = keywords.keys().find(|key| !is_supported(key)) {
            return Err(format!("{at}: `{keyword}` is not supported"));
        }
        if keywords.contains_key("$ref") {
            return Err(format!("{at}: a reference is not supported here"));
        }
        if let Some(values) = listed_values(keywords, at)? {
            return Ok(Shape::String {
                format: Format::Text,
                values,
                pattern: None,
            });
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
                shapes.collect::<Result<_, String>>().map(Shape::Either)
            }
        }
    }

    fn untyped(&mut self, keywords: &'s Keywords, at: &str) -> Result<Shape, String> {
        if let Some((keyword, choices)) = choices(keywords) {
            return self.either(keyword, choices, at);
        }
        if keywords.contains_key("properties") || keywords.contains_key("additionalProperties") {
            return self.object(keywords, at);
        }
        match keywords.keys().find(|key| constrains(key)) {
            Some(keyword) => Err(format!("{at}: `{keyword}` without `type` is not supported")),
            None => Ok(Shape::Any),
        }
    }

    fn typed(&mut self, kind: &str, keywords: &'s Keywords, at: &str) -> Result<Shape, String> {
        if kind != "object"
            && let Some((keyword, _)) = choices(keywords)
        {
            return Err(format!("{at}: `{keyword}` beside `type` is not supported"));
        }
        match kind {
            "boolean" => Ok(Shape::Bool),
            "integer" => minimum(keywords, at).map(|min| Shape::Int { min }),
            "number" if keywords.contains_key("minimum") => {
                Err(format!("{at}: `minimum` is supported for integers only"))
            }
            "number" => Ok(Shape::Float),
            "string" => string(keywords, at),
            "array" => {
                let item = match keywords.get("items") {
                    Some(items) => self.follow(items, &format!("{at}/items"))?,
                    None => self.add(Shape::Any),
                };
                Ok(Shape::List { item })
            }
            "object" => self.object(keywords, at),
            _ => Err(format!("{at}/type: `{kind}` is not supported")),
        }
    }

    /// `anyOf` or `oneOf` of different types; `null` among them only says that the value may be absent.
    fn either(&mut self, keyword: &str, choices: &'s [Value], at: &str) -> Result<Shape, String> {
        let mut ids = Vec::with_capacity(choices.len());
        for (index, choice) in choices.iter().enumerate() {
            if is_null(choice) {
                continue;
            }
            ids.push(self.follow(choice, &format!("{at}/{keyword}/{index}"))?);
        }
        Ok(Shape::Either(ids))
    }

    fn object(&mut self, keywords: &'s Keywords, at: &str) -> Result<Shape, String> {
        let required = names(keywords.get("required"), &format!("{at}/required"))?;
        let mut fields = Vec::new();
        if let Some(properties) = keywords.get("properties") {
            let properties = object(properties, &format!("{at}/properties"))?;
            fields.reserve(properties.len());
            for (name, property) in properties {
                let shape = self.follow(property, &format!("{at}/properties/{name}"))?;
                fields.push(Field {
                    name: name.clone(),
                    about: self.about(property),
                    shape,
                    required: required.contains(&name.as_str()),
                    hash: key_hash(name),
                });
            }
        }
        let known = |name: &&&str| fields.iter().any(|field| field.name == ***name);
        let some_of = some_of(keywords, at)?;
        if let Some(name) = required.iter().chain(&some_of).find(|name| !known(name)) {
            return Err(format!(
                "{at}/required: `{name}` is not among the properties"
            ));
        }
        Ok(Shape::Object {
            name: name_of(keywords, at),
            fields,
            some_of: some_of.into_iter().map(str::to_owned).collect(),
            extra: self.extra(keywords, at)?,
        })
    }

    fn extra(&mut self, keywords: &'s Keywords, at: &str) -> Result<Extra, String> {
        let extensions = match keywords.get("patternProperties") {
            None => false,
            Some(patterns) => {
                let patterns = object(patterns, &format!("{at}/patternProperties"))?;
                if let Some(other) = patterns.keys().find(|pattern| *pattern != "^x-") {
                    return Err(format!(
                        "{at}/patternProperties: `{other}` is not supported, only `^x-`"
                    ));
                }
                !patterns.is_empty()
            }
        };
        match keywords.get("additionalProperties") {
            Some(Value::Bool(false)) if extensions => Ok(Extra::Extensions),
            Some(Value::Bool(false)) => Ok(Extra::Closed),
            Some(schema) => {
                let pointer = format!("{at}/additionalProperties");
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

    fn check_choices(&self) -> Result<(), String> {
        for (id, at) in &self.choices {
            let Shape::Either(ids) = &self.shapes[id.0 as usize] else {
                continue;
            };
            let mut kinds: Vec<_> = ids.iter().map(|id| self.kind(*id)).collect();
            kinds.sort_unstable();
            if kinds.first().is_none_or(Option::is_none) || kinds.windows(2).any(|w| w[0] == w[1]) {
                return Err(format!(
                    "{at}: the choices are not told apart by their type"
                ));
            }
        }
        Ok(())
    }

    /// The kind of node that a shape takes, for the shapes that take exactly one.
    fn kind(&self, id: ShapeId) -> Option<&'static str> {
        match self.shapes[id.0 as usize] {
            Shape::Bool => Some("boolean"),
            Shape::Int { .. } | Shape::Float => Some("number"),
            Shape::String { .. } => Some("string"),
            Shape::List { .. } => Some("array"),
            Shape::Object { .. } => Some("object"),
            Shape::Any | Shape::Either(_) => None,
        }
    }
}
