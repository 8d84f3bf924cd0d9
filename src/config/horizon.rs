//! For how long findings may be set aside: of all that the files say, the shortest time holds.

use super::{HorizonFile, Layer};
use crate::date::parse_duration;
use crate::diagnostic::Diagnostic;
use crate::suppress::{Horizon, Limit};
use crate::text;
use crate::yaml::Spanned;

/// What stands for no limit.
const NONE: &str = "none";

/// Of a weight, what a file says of it.
type Field = fn(&HorizonFile) -> Option<&Spanned<String>>;

pub(super) fn horizon(layers: &[Layer], mistakes: &mut Vec<Diagnostic>) -> Horizon {
    let default = Horizon::default();
    let mut shortest = |field: Field, default: Limit| {
        let said = layers.iter().filter_map(|layer| {
            let said = field(&layer.file.horizon)?;
            Some((layer, said))
        });
        let mut days: Vec<Option<u32>> = Vec::new();
        for (layer, said) in said {
            match read(said) {
                Some(limit) => days.push(limit),
                None => mistakes.extend(no_length(layer, said)),
            }
        }
        if days.is_empty() {
            return default;
        }
        // Without a limit is longer than with any.
        Limit {
            days: days.iter().flatten().min().copied(),
            is_set: true,
        }
    };
    Horizon {
        error: shortest(|file| file.error.as_ref(), default.error),
        warning: shortest(|file| file.warning.as_ref(), default.warning),
        note: shortest(|file| file.note.as_ref(), default.note),
    }
}

/// The most days, or that there is no limit; nothing for what is neither.
#[expect(clippy::option_option, reason = "no limit and no sense are two things")]
fn read(said: &str) -> Option<Option<u32>> {
    if said == NONE {
        return Some(None);
    }
    let days = parse_duration(said).ok()?.as_hours() / 24;
    u32::try_from(days).ok().filter(|days| *days > 0).map(Some)
}

fn no_length(layer: &Layer, said: &Spanned<String>) -> Option<Diagnostic> {
    let message = text!(
        "expected a length of time in days, such as `180d`, or `none`, found `{said}`",
        "المتوقع مدة بالأيام، مثل `180d`، أو `none`، والموجود `{said}`",
        said = said.value,
    );
    let found = Diagnostic::error("config/horizon", message);
    Some(found.with_label(layer.label(said.node)?))
}
