//! Values from outside, put into a document beside its own nodes, so that an expression can read both.

use serde_json::Value as Json;

use crate::source::{Span, to_offset};
use crate::yaml::node::{Content, Document, Entry, Kind, Node, NodeId, Scalar, Style, key_hash};

impl Document {
    /// Adds a value that no other node leads to. It stands nowhere in the source: its span is empty.
    pub(crate) fn graft(&mut self, value: &Json) -> NodeId {
        match value {
            Json::Null => self.scalar(Scalar::Null, "null"),
            Json::Bool(value) => self.scalar(Scalar::Bool(*value), &value.to_string()),
            Json::Number(number) => {
                let float = || Scalar::Float(number.as_f64().unwrap_or(f64::NAN));
                let meaning = number.as_i64().map_or_else(float, Scalar::Int);
                self.scalar(meaning, &number.to_string())
            }
            Json::String(text) => self.scalar(Scalar::Str, text),
            Json::Array(items) => {
                let items: Vec<NodeId> = items.iter().map(|item| self.graft(item)).collect();
                let start = to_offset(self.items.len());
                self.items.extend(&items);
                let range = start..to_offset(self.items.len());
                self.adopt(Kind::Sequence(range), &items)
            }
            Json::Object(fields) => {
                let mut entries = Vec::with_capacity(fields.len());
                for (name, value) in fields {
                    entries.push(Entry {
                        key: self.scalar(Scalar::Str, name),
                        value: self.graft(value),
                        merged: None,
                        hash: key_hash(name),
                    });
                }
                let nodes: Vec<NodeId> = entries.iter().flat_map(|e| [e.key, e.value]).collect();
                let start = to_offset(self.entries.len());
                self.entries.extend(entries);
                let range = start..to_offset(self.entries.len());
                self.adopt(Kind::Mapping(range), &nodes)
            }
        }
    }

    fn scalar(&mut self, meaning: Scalar, text: &str) -> NodeId {
        let content = Content::Decoded(text.into());
        self.adopt(Kind::Scalar(Style::Double, meaning, content), &[])
    }

    /// Adds a node above others.
    fn adopt(&mut self, kind: Kind, children: &[NodeId]) -> NodeId {
        let id = NodeId::at(to_offset(self.nodes.len()));
        self.nodes.push(Node {
            kind,
            span: Span::default(),
            parent: None,
            anchor: None,
            tag: None,
        });
        for child in children {
            self.nodes[child.index()].parent = Some(id);
        }
        id
    }
}
