//! Random expressions of which a good part is accepted: operations that may fault, behind conditions that may
//! or may not prove that they do not.

use super::documents::Tape;
use super::tables::KINDS;

/// How a guard, G, and what it guards, U, stand to one another.
const FRAMES: [&str; 8] = [
    "G && U",
    "!(G) || U",
    "G ? U : false",
    "!(G) ? true : U",
    "U",
    "(G && U) || U",
    "U && G",
    "[1, 2].exists(z, G && U)",
];

/// An expression, as long as the tape.
pub(super) fn expression(tape: &[u8]) -> String {
    let mut tape = Tape::new(tape);
    let first = guarded(&mut tape);
    let joined = match tape.below(4) {
        0 => {
            let second = guarded(&mut tape);
            let sign = tape.pick(&["&&", "||"]);
            format!("({first}) {sign} ({second})")
        }
        _ => first,
    };
    placed(&joined, &mut tape)
}

fn guarded(tape: &mut Tape<'_>) -> String {
    let (paths, uses, guards) = KINDS[tape.below(KINDS.len())];
    let path = tape.pick(paths);
    let action = tape.pick(uses).replace('@', path);
    let action = action.replace('#', &path.replace('?', ""));
    let mut guard = tape.pick(guards).replace('@', path);
    if tape.below(3) == 1 {
        guard = format!("{guard} && {}", tape.pick(guards).replace('@', path));
    }
    // A field that may be absent is asked for first, mostly.
    for field in fields(&format!("{action} {guard}")) {
        if tape.below(8) != 0 {
            guard = format!("has({field}) && {guard}");
        }
    }
    let frame = if tape.below(3) == 0 {
        tape.pick(&FRAMES)
    } else {
        FRAMES[0]
    };
    let action = format!("(size([{action}]) == 1)");
    frame
        .replace('U', &action)
        .replace('G', &format!("({guard})"))
}

/// The optional fields that an expression reads.
fn fields(text: &str) -> Vec<&'static str> {
    const OPTIONAL: [&str; 18] = [
        "r.any",
        "r['x-any']",
        "r['x-n']",
        "r.e",
        "r.p",
        "r.q",
        "r.f",
        "r.w",
        "r.d",
        "r.s",
        "r.ts",
        "r.ds",
        "r.fs",
        "r.items",
        "r.md",
        "@i.d",
        "@i.f",
        "@i.items",
    ];
    let reads = |field: &&&str| text.contains(**field);
    OPTIONAL
        .iter()
        .filter(reads)
        .copied()
        .chain(text.contains("@i['x-any']").then_some("@i['x-any']"))
        .collect()
}

/// The expression within a loop over entries or under a name, where it needs one.
fn placed(text: &str, tape: &mut Tape<'_>) -> String {
    let mut text = text.replace("@i", "i");
    let needs = text.contains("i.") || text.contains("i['");
    if text.contains("@v") {
        let value = tape.pick(&["r.n", "size(r.l)", "r.q", "1", "dyn(r.n)", "[1, 2][1]"]);
        text = format!("cel.bind(v, {value}, {})", text.replace("@v", "v"));
    }
    if !needs {
        return text;
    }
    let range = tape.pick(&[
        "r.items",
        "r.items.filter(f, f.n > 0)",
        "r.?items.orValue([])",
    ]);
    let form = tape.pick(&[
        "R.all(i, T)",
        "R.exists(i, T)",
        "R.map(i, T)",
        "R.exists(p, i, T)",
    ]);
    let looped = form.replace('R', range).replace('T', &text);
    if range.starts_with("r.?") {
        looped
    } else {
        format!(
            "has(r.items) ? {looped} : {}",
            if form.contains("map") { "[]" } else { "true" }
        )
    }
}
