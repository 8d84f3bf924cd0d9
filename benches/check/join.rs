//! One agency with as many accounts as people, and the rules of `join/` that look up each account's owner
//! among them: what joining two long lists costs.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use spokeslint::Source;
use spokeslint::engine::{Engine, Settings};
use spokeslint::pack::Packs;

/// An engine with these rules, or with none: the difference is what the rules cost.
pub(crate) fn engine(with_rules: bool) -> Engine {
    let mut packs = Packs::builtin().expect("the built-in packs load");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/check/join");
    packs.load(&folder).expect("the rules of the bench load");
    let mut settings = Settings::new(crate::day());
    settings.select.push("join".to_owned());
    if !with_rules {
        settings.ignore.push("join".to_owned());
    }
    Engine::new(&packs, &settings).expect("the pack is there")
}

/// The agency; each account belongs to another person, the first one to the last.
pub(crate) fn source(count: usize) -> Arc<Source> {
    let mut text =
        "apiVersion: spokeslint/v1\nkind: Agency\nid: join\nname: { en: Join }\n".to_owned();
    // Writing to a `String` cannot fail.
    text.push_str("people:\n");
    for place in 0..count {
        let _ = writeln!(text, "  - {{ id: person-{place}, joined: 2019-05-05 }}");
    }
    text.push_str("accounts:\n");
    for place in 0..count {
        let owner = count - 1 - place;
        let _ = writeln!(
            text,
            "  - {{ id: account-{place}, platform: x, handle: example_{place}, kind: agency, owner: person-{owner} }}"
        );
    }
    Arc::new(Source::new("join.yaml", text))
}
