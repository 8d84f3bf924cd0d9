//! What is there or is not: fields, optional values, members of lists.

use super::{Evidence, Explainer};
use crate::expr::eval::Fault;
use crate::expr::program::{Op, OpId};
use crate::expr::value::{Data, Value};
use crate::text;
use crate::yaml::NodeId;

impl Explainer<'_, '_> {
    pub(super) fn presence(&mut self, operand: OpId) {
        match self.machine.run(self.program, operand) {
            Ok(Value {
                data: Data::Optional(None),
                ..
            }) => self.missing(operand),
            Ok(value) => {
                let text = text!("declared here", "مذكور هنا");
                self.present.extend(value.node.map(|node| Evidence {
                    node,
                    via: value.via,
                    text: Some(text),
                    lacks: false,
                }));
            }
            Err(Fault::Absent(mapping, field)) => {
                if let Op::Field(_, field) = self.program.op(field) {
                    self.lacks(mapping, &field.name);
                }
            }
            Err(_) => {}
        }
    }

    fn lacks(&mut self, mapping: NodeId, name: &str) {
        let text = text!(
            "`{name}` is missing here",
            "الحقل `{name}` غير مذكور هنا",
            name = name,
        );
        self.found.push(Evidence {
            node: mapping,
            via: None,
            text: Some(text),
            lacks: true,
        });
    }

    /// What an optional value that holds nothing was looked for in.
    pub(super) fn missing(&mut self, id: OpId) {
        let Op::MaybeField(object, field) = self.program.op(id) else {
            return;
        };
        match self.value(*object).map(|object| object.data) {
            Some(Data::Optional(None)) => self.missing(*object),
            Some(Data::Mapping(mapping)) => self.lacks(mapping, &field.name),
            Some(Data::Optional(Some(object))) => {
                if let Data::Mapping(mapping) = object.data {
                    self.lacks(mapping, &field.name);
                }
            }
            _ => {}
        }
    }

    /// What a list lacks.
    pub(super) fn not_in(&mut self, needle: OpId, list: OpId) {
        self.operand(needle);
        let (Some(needle), Some(list)) = (self.value(needle), self.value(list)) else {
            return;
        };
        if list.node.is_none() {
            return;
        }
        let words = self.words(needle).unwrap_or_default();
        let text = text!(
            "no entry here equals `{words}`",
            "لا شيء هنا يساوي `{words}`",
            words = words
        );
        self.push(list, Some(text), true);
    }
}
