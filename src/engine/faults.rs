//! The reason why a rule comes to no verdict: an error of shape that is no fault of the rule, or a fault of the rule.

use super::run::Stop;
use crate::expr::{Fault, Machine, Reason};
use crate::yaml::NodeId;

/// Returns the value that keeps a rule from looking, if that is why it has no verdict.
pub(super) const fn stop_of(fault: Fault) -> Option<Stop> {
    match fault {
        Fault::Poisoned(node, cause) => Some(Stop { cause, node }),
        _ => None,
    }
}

/// Why a rule fails, and where; nothing for a value with a shape error, which is no fault of the rule.
pub(super) fn reason_of(machine: &Machine<'_>, fault: Fault) -> Option<(NodeId, Reason)> {
    let here = || {
        let node = machine.slots.last().and_then(|value| value.node);
        node.unwrap_or(machine.doc.root())
    };
    match fault {
        Fault::Poisoned(..) => None,
        Fault::Absent(node, _) => Some((
            node,
            Reason(
                "a field is absent that the rule does not guard",
                "فيها حقل غير مذكور لا تتحقق منه القاعدة",
            ),
        )),
        Fault::NoKey => Some((
            here(),
            Reason("a map has no such key", "لا يوجد هذا المفتاح في الخريطة"),
        )),
        Fault::Failed(reason) => Some((here(), *reason)),
    }
}
