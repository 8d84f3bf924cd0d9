//! Decodes nodes into Rust types: a serde [`Deserializer`] over the tree.
//!
//! Aliases are followed and merged entries are entries. A key is always a string, whatever its text
//! would mean as a value. The recursion is as deep as the tree with its aliases written out, and the
//! parser bounds that ([`limits::NESTING`](crate::yaml::limits::NESTING)).

use serde::de::value::{BorrowedStrDeserializer, U32Deserializer};
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer,
    MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};

use crate::source::to_offset;
use crate::yaml::decode_error::Fault;
use crate::yaml::{DecodeError, Document, Entry, NodeId, Value, spanned};

/// Decodes a node.
///
/// # Errors
///
/// The first thing that does not fit the type, with the node it arose at.
pub fn from_node<'de, T: Deserialize<'de>>(
    document: &'de Document,
    node: NodeId,
) -> Result<T, DecodeError> {
    T::deserialize(NodeDeserializer::value(document, node)).map_err(|fault| fault.settle(node))
}

#[derive(Clone, Copy)]
struct NodeDeserializer<'de> {
    document: &'de Document,
    node: NodeId,
    is_key: bool,
}

impl<'de> NodeDeserializer<'de> {
    const fn value(document: &'de Document, node: NodeId) -> Self {
        Self {
            document,
            node,
            is_key: false,
        }
    }

    fn meaning(self) -> Value<'de> {
        match self.document.text(self.node) {
            Some(text) if self.is_key => Value::Str(text),
            _ => self.document.value(self.node),
        }
    }

    fn misfit(self, expected: &dyn Expected) -> Fault {
        let found = match self.meaning() {
            Value::Null => Unexpected::Unit,
            Value::Bool(value) => Unexpected::Bool(value),
            Value::Int(value) => Unexpected::Signed(value),
            Value::Float(value) => Unexpected::Float(value),
            Value::Str(value) => Unexpected::Str(value),
            Value::Sequence => Unexpected::Seq,
            Value::Mapping => Unexpected::Map,
        };
        <Fault as de::Error>::invalid_type(found, expected).at(self.node)
    }

    fn sequence<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let items = self.document.items(self.node);
        let mut access = Items {
            document: self.document,
            items: items.iter(),
        };
        let value = visitor.visit_seq(&mut access)?;
        let left = access.items.len();
        if left > 0 {
            return Err(de::Error::invalid_length(items.len(), &"fewer items"));
        }
        Ok(value)
    }

    fn mapping<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(Entries {
            document: self.document,
            mapping: self.node,
            rest: self.document.entries(self.node).iter(),
            value: None,
        })
    }
}

impl<'de> Deserializer<'de> for NodeDeserializer<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let value = match self.meaning() {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Int(value) => visitor.visit_i64(value),
            Value::Float(value) => visitor.visit_f64(value),
            Value::Str(value) => visitor.visit_borrowed_str(value),
            Value::Sequence => self.sequence(visitor),
            Value::Mapping => self.mapping(visitor),
        };
        value.map_err(|fault| fault.at(self.node))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.meaning() {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
        .map_err(|fault| fault.at(self.node))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor
            .visit_newtype_struct(self)
            .map_err(|fault| fault.at(self.node))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let value = if name == spanned::NAME {
            visitor.visit_map(Place {
                node: self,
                step: 0,
            })
        } else if self.meaning() == Value::Mapping {
            self.mapping(visitor)
        } else {
            // A derived visitor would take a list of its fields' values in order.
            return Err(self.misfit(&visitor));
        };
        value.map_err(|fault| fault.at(self.node))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let value = match (self.meaning(), self.document.entries(self.node)) {
            (Value::Str(name), _) => {
                visitor.visit_enum(BorrowedStrDeserializer::<Fault>::new(name))
            }
            (Value::Mapping, [entry]) => visitor.visit_enum(Variant {
                document: self.document,
                entry,
            }),
            _ => return Err(self.misfit(&"a name, or a mapping with one key")),
        };
        value.map_err(|fault| fault.at(self.node))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier
    }
}

struct Items<'de> {
    document: &'de Document,
    items: std::slice::Iter<'de, NodeId>,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        let Some(item) = self.items.next() else {
            return Ok(None);
        };
        seed.deserialize(NodeDeserializer::value(self.document, *item))
            .map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

struct Entries<'de> {
    document: &'de Document,
    mapping: NodeId,
    rest: std::slice::Iter<'de, Entry>,
    value: Option<NodeId>,
}

impl<'de> Entries<'de> {
    /// The next entry that can be decoded: a key without a text and all but the first of a
    /// duplicated key have their diagnostic already.
    fn next(&mut self) -> Option<&'de Entry> {
        let sound = self.document.flawed().is_empty();
        self.rest.find(|entry| {
            let first = |text| self.document.get(self.mapping, text);
            sound
                || self
                    .document
                    .text(entry.key)
                    .and_then(first)
                    .is_some_and(|first| first.key == entry.key)
        })
    }
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some(entry) = self.next() else {
            return Ok(None);
        };
        self.value = Some(entry.value);
        let key = NodeDeserializer {
            document: self.document,
            node: entry.key,
            is_key: true,
        };
        seed.deserialize(key)
            .map(Some)
            .map_err(|fault| fault.at(entry.key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let Some(value) = self.value.take() else {
            return Err(de::Error::custom("a value was asked for before its key"));
        };
        seed.deserialize(NodeDeserializer::value(self.document, value))
            .map_err(|fault| fault.at(value))
    }
}

/// A mapping with one key as a variant of an enum.
struct Variant<'de> {
    document: &'de Document,
    entry: &'de Entry,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Fault;
    type Variant = NodeDeserializer<'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Self::Variant), Fault> {
        let key = NodeDeserializer {
            document: self.document,
            node: self.entry.key,
            is_key: true,
        };
        let name = seed
            .deserialize(key)
            .map_err(|fault| fault.at(self.entry.key))?;
        Ok((
            name,
            NodeDeserializer::value(self.document, self.entry.value),
        ))
    }
}

impl<'de> VariantAccess<'de> for NodeDeserializer<'de> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        <()>::deserialize(self)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(self).map_err(|fault| fault.at(self.node))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_struct("", fields, visitor)
    }
}

/// What [`spanned::Spanned`] is answered with: the node's number, then the node itself.
struct Place<'de> {
    node: NodeDeserializer<'de>,
    step: usize,
}

impl<'de> MapAccess<'de> for Place<'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some(name) = spanned::FIELDS.get(self.step) else {
            return Ok(None);
        };
        self.step += 1;
        seed.deserialize(BorrowedStrDeserializer::new(name))
            .map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        if self.step == 1 {
            let number: U32Deserializer<Fault> =
                to_offset(self.node.node.index()).into_deserializer();
            return seed.deserialize(number);
        }
        seed.deserialize(self.node)
    }
}
