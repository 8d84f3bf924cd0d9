//! Files whose encoding is in doubt: what may be ours in any of them is an error, what is not is passed over.

use super::{agency, clean, found, not_checked, put_bytes, report};
use crate::cli::check_in;

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn utf32(text: &str, bytes: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().flat_map(|c| bytes(u32::from(c))).collect()
}

/// Documents that break a rule, in bytes that say something else at first sight.
fn misread() -> Vec<(String, Vec<u8>)> {
    let text = agency("bytes");
    let arabic = format!("م: 1\n{text}");
    let look_alike = format!("م: 1\n{}", text.replace("spokes", "sроkеs"));
    let mut all = Vec::new();
    // Every one with both parities of what follows.
    for (parity, text) in [("even", text.clone()), ("odd", format!("{text}\n"))] {
        for before in [
            "\u{ff}\u{fe}",
            "\u{fe}\u{ff}",
            "\0",
            "\0# x\n",
            "#\0 x\n",
            "\0\0\0# x\n",
            "#\0\0\0 x\n",
            "\0\0\u{fe}\u{ff}",
            "\u{ff}\u{fe}\0\0",
            "\0\0",
            "\u{ff}",
            "\u{ef}\u{bb}\u{bf}\0# x\n",
        ] {
            let mark = before.chars().map(|c| u8::try_from(c).unwrap());
            let bytes = mark.chain(text.bytes()).collect();
            all.push((format!("{} {parity}", before.escape_unicode()), bytes));
        }
        let shifted = |bytes: Vec<u8>| [b"\n", &bytes[..]].concat();
        all.extend([
            (
                format!("UTF-16LE shifted {parity}"),
                shifted(utf16(&text, u16::to_le_bytes)),
            ),
            (
                format!("UTF-16BE shifted {parity}"),
                shifted(utf16(&text, u16::to_be_bytes)),
            ),
            (
                format!("UTF-32LE shifted {parity}"),
                shifted(utf32(&text, u32::to_le_bytes)),
            ),
        ]);
    }
    for (title, text) in [("arabic", arabic), ("look-alike", look_alike)] {
        all.extend([
            (format!("UTF-16LE {title}"), utf16(&text, u16::to_le_bytes)),
            (format!("UTF-16BE {title}"), utf16(&text, u16::to_be_bytes)),
            (format!("UTF-32LE {title}"), utf32(&text, u32::to_le_bytes)),
            (format!("UTF-32BE {title}"), utf32(&text, u32::to_be_bytes)),
        ]);
    }
    all
}

#[test]
fn what_may_be_ours_in_any_encoding_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    put_bytes(folder.path(), "good.yaml", clean("good").as_bytes());
    let all = misread();
    for (number, (_, bytes)) in all.iter().enumerate() {
        put_bytes(folder.path(), format!("{number}.yaml"), bytes);
    }
    let (run, report) = report(folder.path(), &[]);
    assert_eq!(run.code, 1, "{}", run.err);
    let found = found(&report);
    for (number, (title, _)) in all.iter().enumerate() {
        let rules = found
            .get(&format!("{number}.yaml"))
            .unwrap_or_else(|| panic!("{title} is passed over"));
        assert!(
            rules.iter().any(|(rule, _)| rule.starts_with("yaml/")),
            "{title}: {rules:?}"
        );
    }
    assert!(!found.contains_key("good.yaml"));
}

#[test]
fn an_encoding_in_doubt_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = [b"\xfe\xff", agency("ab").as_bytes()].concat();
    // An even number, so that UTF-16 finds nothing wrong with it.
    let odd = bytes.len() % 2;
    put_bytes(
        folder.path(),
        "a.yaml",
        &[&bytes[..], &b"\n"[..odd]].concat(),
    );
    let run = check_in(folder.path(), &[]);
    assert_eq!(run.code, 1, "{}", run.err);
    for part in [
        "error[yaml/encoding]: the file looks like a spokeslint document, but its encoding cannot be told for sure",
        "apiVersion: spokeslint/v1",
        "save the file as UTF-8",
    ] {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
}

#[test]
fn bytes_of_other_tools_are_passed_over_in_any_encoding() {
    let folder = tempfile::tempdir().unwrap();
    put_bytes(folder.path(), "good.yaml", clean("good").as_bytes());
    let service = "apiVersion: v1\nkind: Service\nmetadata: { name: خدمة }\n";
    let binary: Vec<u8> = (0..=255_u8).cycle().take(4_096).collect();
    let foreign = [
        utf16(service, u16::to_le_bytes),
        utf16(&format!("م: 1\n{service}"), u16::to_le_bytes),
        utf16(&format!("م: 1\n{service}"), u16::to_be_bytes),
        utf32(&format!("م: 1\n{service}"), u32::to_be_bytes),
        [b"\xff\xfe", service.as_bytes()].concat(),
        [b"\0", service.as_bytes()].concat(),
        b"name: caf\xe9\n".to_vec(),
        binary,
    ];
    for (number, bytes) in foreign.iter().enumerate() {
        put_bytes(folder.path(), format!("{number}.yaml"), bytes);
    }
    let (run, report) = report(folder.path(), &[]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert_eq!(not_checked(&report).len(), foreign.len());
}
