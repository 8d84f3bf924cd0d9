//! A decoded value that remembers the node it was read from.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use crate::yaml::NodeId;

/// The name under which [`Spanned`] asks the tree's deserializer for the node beside the value. No
/// other type bears it.
pub(super) const NAME: &str = "$spokeslint::yaml::Spanned";
/// The two fields that the deserializer answers with, in this order.
pub(super) const FIELDS: &[&str] = &["node", "value"];

/// A value and the node of the document that it was decoded from; where the value stands as an
/// alias, the alias.
///
/// It can be decoded from a [`Document`](crate::yaml::Document) only, and not below
/// `#[serde(flatten)]` or inside an untagged or internally tagged enum, where serde forgets where a
/// value came from.
///
/// ```
/// # use std::sync::Arc;
/// use spokeslint::yaml::{Spanned, from_node, parse};
///
/// #[derive(serde::Deserialize)]
/// struct Waiver {
///     rule: Spanned<String>,
/// }
///
/// let source = Arc::new(spokeslint::Source::new("w.yaml", "rule: handover/overdue"));
/// let document = &parse(&source).documents[0];
/// let waiver: Waiver = from_node(document, document.root()).unwrap();
/// assert_eq!(*waiver.rule, "handover/overdue");
/// assert_eq!(document.span(waiver.rule.node).start, 6);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// The node it was read from.
    pub node: NodeId,
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct(NAME, FIELDS, SpannedVisitor(PhantomData))
    }
}

struct SpannedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for SpannedVisitor<T> {
    type Value = Spanned<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a node of a YAML document")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Spanned<T>, A::Error> {
        let missing = || de::Error::custom("a value with its place can be read from YAML only");
        let (name, node) = map.next_entry::<&str, u32>()?.ok_or_else(missing)?;
        if name != FIELDS[0] {
            return Err(missing());
        }
        let (_, value) = map.next_entry::<&str, T>()?.ok_or_else(missing)?;
        Ok(Spanned {
            value,
            node: NodeId::at(node),
        })
    }
}

impl<T: schemars::JsonSchema> schemars::JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}
