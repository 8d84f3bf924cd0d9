//! The examples, damaged at random: whatever comes of it, the tool gives an answer that adds up, points
//! into the file, and is the same the next time.

use std::sync::LazyLock;

use proptest::prelude::*;
use spokeslint::engine::Engine;

use super::{DAY, assert_labels_fit, check, engine, files, outputs, settings};

static ENGINES: LazyLock<Vec<Engine>> = LazyLock::new(|| {
    ["strict", "agency-account-first"]
        .map(|profile| engine(&settings(profile, DAY)))
        .into()
});

static TEXTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folders = [
        "examples/okaz-2018",
        "examples/model-agency",
        "tests/check/ok",
        "tests/check/err",
    ];
    let files = folders.into_iter().flat_map(|folder| files(folder, "yaml"));
    let texts: Vec<Vec<u8>> = files.map(|file| std::fs::read(file).unwrap()).collect();
    assert!(texts.len() > 60);
    texts
});

/// One act of damage; numbers are taken modulo what there is.
#[derive(Clone, Debug)]
enum Damage {
    DeleteLine(usize),
    DuplicateLine(usize),
    SwapLines(usize, usize),
    Put(usize, Vec<u8>),
    Cut(usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<u16>().prop_map(usize::from);
    let bytes = prop_oneof![
        any::<u8>().prop_map(|byte| vec![byte]),
        prop::sample::select(vec![
            "\t",
            "\r",
            "\r\n",
            "\n",
            " ",
            "  ",
            ": ",
            "- ",
            "#",
            " #",
            "*a",
            "&a ",
            "<<: *a",
            "!!str ",
            "? ",
            "|",
            ">-",
            "\"",
            "'",
            "{",
            "}",
            "[",
            "]",
            ",",
            "---\n",
            "...\n",
            "\u{0}",
            "\u{feff}",
            "\u{202e}",
            "\u{2028}",
            "\u{1b}[31m",
            "😀",
            "ة",
            "\u{64b}",
            "::error::",
            "##[group]",
            "2026-02-30",
            "~",
            "1e999",
            "password: ",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop_oneof![
        at.clone().prop_map(Damage::DeleteLine),
        at.clone().prop_map(Damage::DuplicateLine),
        (at.clone(), at.clone()).prop_map(|(a, b)| Damage::SwapLines(a, b)),
        (at.clone(), bytes).prop_map(|(at, bytes)| Damage::Put(at, bytes)),
        (at, 1..40_usize).prop_map(|(at, length)| Damage::Cut(at, length)),
    ]
}

fn apply(text: &mut Vec<u8>, damage: &Damage) {
    let mut lines: Vec<Vec<u8>> = text
        .split_inclusive(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    let count = lines.len().max(1);
    match damage {
        _ if lines.is_empty() => return,
        Damage::DeleteLine(at) => {
            lines.remove(at % count);
        }
        Damage::DuplicateLine(at) => {
            let line = lines[at % count].clone();
            lines.insert(at % count, line);
        }
        Damage::SwapLines(a, b) => lines.swap(a % count, b % count),
        Damage::Put(at, bytes) => {
            let at = at % (text.len() + 1);
            text.splice(at..at, bytes.iter().copied());
            return;
        }
        Damage::Cut(at, length) => {
            let at = at % text.len();
            text.drain(at..(at + length).min(text.len()));
            return;
        }
    }
    *text = lines.concat();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_gets_a_sound_answer_and_the_same_one_again(
        text in 0..TEXTS.len(),
        damage in prop::collection::vec(damage(), 1..6),
        profile in 0..ENGINES.len(),
    ) {
        let mut text = TEXTS[text].clone();
        for damage in &damage {
            apply(&mut text, damage);
        }
        let report = check(&ENGINES[profile], "a.yaml", text.clone());
        assert_labels_fit(&report);
        let told = outputs(&report);
        for out in &told {
            prop_assert!(!out.contains(['\u{0}', '\u{202e}', '\r']), "{:?}", out);
            prop_assert!(!out.contains("##["), "{:?}", out);
        }
        prop_assert!(!told[0].contains('\u{1b}'), "{:?}", told[0]);
        let again = check(&ENGINES[profile], "a.yaml", text);
        prop_assert_eq!(told, outputs(&again));
    }
}
