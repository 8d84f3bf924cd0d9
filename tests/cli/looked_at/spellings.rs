//! A header in any spelling, at any place of a file, found by walking: the document is checked, or there is an error in
//! its file.

use super::{REST, agency, clean, found, put_bytes, report};

/// Headers that mean ours to a YAML parser, with what the document needs besides. The document is checked.
const OURS: &[(&str, &str)] = &[
    (
        "escaped slash",
        "apiVersion: \"spokeslint\\/v1\"\nkind: Agency",
    ),
    (
        "escaped letter",
        "apiVersion: \"spokes\\x6cint/v1\"\nkind: Agency",
    ),
    (
        "escape of four digits",
        "apiVersion: \"spokeslint\\u002fv1\"\nkind: Agency",
    ),
    (
        "escape of eight digits",
        "apiVersion: \"\\U00000073pokeslint/v1\"\nkind: Agency",
    ),
    (
        "escaped key",
        "\"api\\x56ersion\": spokeslint/v1\nkind: Agency",
    ),
    (
        "escaped kind",
        "apiVersion: spokeslint/v1\nkind: \"\\x41gency\"",
    ),
    (
        "escaped line break",
        "apiVersion: \"spokes\\\n  lint/v1\"\nkind: Agency",
    ),
    (
        "single quotes",
        "apiVersion: 'spokeslint/v1'\nkind: 'Agency'",
    ),
    (
        "quoted keys",
        "\"apiVersion\": spokeslint/v1\n'kind': Agency",
    ),
    (
        "space before the colon",
        "apiVersion : spokeslint/v1\nkind : Agency",
    ),
    ("next line", "apiVersion:\n  spokeslint/v1\nkind:\n  Agency"),
    (
        "folded text",
        "apiVersion: >-\n  spokeslint/v1\nkind: >-\n  Agency",
    ),
    (
        "literal text",
        "apiVersion: |-\n  spokeslint/v1\nkind: |-\n  Agency",
    ),
    ("tag", "apiVersion: !!str spokeslint/v1\nkind: !!str Agency"),
    (
        "long tag",
        "apiVersion: !<tag:yaml.org,2002:str> spokeslint/v1\nkind: Agency",
    ),
    (
        "tag without meaning",
        "apiVersion: !x spokeslint/v1\nkind: !x Agency",
    ),
    (
        "tagged mapping",
        "!!map\napiVersion: spokeslint/v1\nkind: Agency",
    ),
    (
        "explicit keys",
        "? apiVersion\n: spokeslint/v1\n? kind\n: Agency",
    ),
    ("kind first", "kind: Agency\napiVersion: spokeslint/v1"),
    (
        "comment at the end",
        "apiVersion: spokeslint/v1 # ours\nkind: Agency # ours",
    ),
    (
        "comment before",
        "# a comment\n\n# another\napiVersion: spokeslint/v1\nkind: Agency",
    ),
    (
        "alias of the version",
        "x-v: &v spokeslint/v1\napiVersion: *v\nkind: Agency",
    ),
    (
        "alias of the kind",
        "apiVersion: spokeslint/v1\nx-k: &k Agency\nkind: *k",
    ),
    (
        "alias of the key",
        "x-k: &k apiVersion\n*k : spokeslint/v1\nkind: Agency",
    ),
    ("anchor", "apiVersion: &v spokeslint/v1\nkind: &k Agency"),
    (
        "merged header",
        "x-h: &h { apiVersion: spokeslint/v1, kind: Agency }\n<<: *h",
    ),
    (
        "merged list",
        "x-h: &h { apiVersion: spokeslint/v1 }\nx-k: &k { kind: Agency }\n<<: [*h, *k]",
    ),
    (
        "schema comment",
        "# yaml-language-server: $schema=../agency.schema.json\napiVersion: spokeslint/v1\nkind: Agency",
    ),
];

/// Near misses: each is an error at this line of the document.
const MISSED: &[(&str, &str, u64)] = &[
    (
        "key in small letters",
        "apiversion: spokeslint/v1\nkind: Agency",
        1,
    ),
    (
        "key in capitals",
        "APIVERSION: spokeslint/v1\nkind: Agency",
        1,
    ),
    (
        "key with a line",
        "api_version: spokeslint/v1\nkind: Agency",
        1,
    ),
    (
        "key with a hyphen",
        "api-version: spokeslint/v1\nkind: Agency",
        1,
    ),
    (
        "letters swapped in the key",
        "apiVerison: spokeslint/v1\nkind: Agency",
        1,
    ),
    (
        "space in the key",
        "\"apiVersion \": spokeslint/v1\nkind: Agency",
        1,
    ),
    (
        "look-alike in the key",
        "арiVersion: spokeslint/v1\nkind: Agency",
        1,
    ),
    (
        "wide key",
        "ａｐｉＶｅｒｓｉｏｎ: spokeslint/v1\nkind: Agency",
        1,
    ),
    (
        "hidden letter in the key",
        "api\u{200b}Version: spokeslint/v1\nkind: Agency",
        1,
    ),
    ("other key", "version: spokeslint/v1\nkind: Agency", 1),
    (
        "letter missing in the name",
        "apiVersion: spokelint/v1\nkind: Agency",
        1,
    ),
    (
        "letter twice in the name",
        "apiVersion: spokesslint/v1\nkind: Agency",
        1,
    ),
    (
        "letters swapped in the name",
        "apiVersion: spokesilnt/v1\nkind: Agency",
        1,
    ),
    (
        "name in capitals",
        "apiVersion: Spokeslint/v1\nkind: Agency",
        1,
    ),
    (
        "look-alike in the name",
        "apiVersion: spоkeslint/v1\nkind: Agency",
        1,
    ),
    (
        "wide name",
        "apiVersion: ｓｐｏｋｅｓｌｉｎｔ/v1\nkind: Agency",
        1,
    ),
    (
        "small capitals in the name",
        "apiVersion: ꜱᴘᴏᴋᴇꜱʟɪɴᴛ/v1\nkind: Agency",
        1,
    ),
    ("small capitals in the kind alone", "kind: ᴀɢᴇɴᴄʏ", 1),
    (
        "digit in the name",
        "apiVersion: spokes1int/v1\nkind: Agency",
        1,
    ),
    (
        "hidden letter in the name",
        "apiVersion: \"spokes\\u200blint/v1\"\nkind: Agency",
        1,
    ),
    ("wide slash", "apiVersion: spokeslint／v1\nkind: Agency", 1),
    ("backslash", "apiVersion: spokeslint\\v1\nkind: Agency", 1),
    ("beta", "apiVersion: spokeslint/v1beta1\nkind: Agency", 1),
    (
        "later version",
        "apiVersion: spokeslint/v2\nkind: Agency",
        1,
    ),
    (
        "version without a letter",
        "apiVersion: spokeslint/1\nkind: Agency",
        1,
    ),
    ("no version", "apiVersion: spokeslint\nkind: Agency", 1),
    (
        "capital version",
        "apiVersion: spokeslint/V1\nkind: Agency",
        1,
    ),
    (
        "space behind",
        "apiVersion: \"spokeslint/v1 \"\nkind: Agency",
        1,
    ),
    (
        "line break behind",
        "apiVersion: |\n  spokeslint/v1\nkind: Agency",
        2,
    ),
    (
        "domain",
        "apiVersion: spokeslint.example.org/v1\nkind: Agency",
        1,
    ),
    ("list", "apiVersion: [spokeslint/v1]\nkind: Agency", 1),
    (
        "mapping",
        "apiVersion: { name: spokeslint/v1 }\nkind: Agency",
        1,
    ),
    ("number", "apiVersion: 1\nkind: Agency", 1),
    ("null", "apiVersion:\nkind: Agency", 1),
    ("version of another tool", "apiVersion: v1\nkind: Agency", 1),
    ("no version at all", "kind: Agency", 1),
    ("no version for waivers", "kind: Waivers\nwaivers: []", 1),
    (
        "no version for a baseline",
        "kind: Baseline\nentries: []",
        1,
    ),
    ("kind in small letters alone", "kind: agency", 1),
    ("capital key of the kind alone", "Kind: Agency", 1),
    ("no kind", "apiVersion: spokeslint/v1", 1),
    (
        "kind in small letters",
        "apiVersion: spokeslint/v1\nkind: agency",
        2,
    ),
    (
        "misspelt kind",
        "apiVersion: spokeslint/v1\nkind: Agancy",
        2,
    ),
    (
        "misspelt key of the kind",
        "apiVersion: spokeslint/v1\nkidn: Agency",
        2,
    ),
    (
        "look-alike in the kind",
        "apiVersion: spokeslint/v1\nkind: Аgency",
        2,
    ),
    (
        "kind that is a list",
        "apiVersion: spokeslint/v1\nkind: [Agency]",
        2,
    ),
    (
        "version twice",
        "apiVersion: v1\napiVersion: spokeslint/v1\nkind: Agency",
        2,
    ),
    (
        "merged misspelling",
        "x-h: &h { apiversion: spokeslint/v1 }\n<<: *h\nkind: Agency",
        1,
    ),
    (
        "schema in a comment",
        "# yaml-language-server: $schema=https://a.example/agency.schema.json\nx-a: 1",
        1,
    ),
    (
        "schema under a key",
        "$schema: ../schemas/agency.schema.json\nx-a: 1",
        1,
    ),
    (
        "schema by its name",
        "$schema: urn:spokeslint:schema:agency:v1\nx-a: 1",
        1,
    ),
    (
        "header by other names",
        "schemaVersion: v1\ntype: Agency",
        3,
    ),
    ("shape alone", "x-a: 1", 2),
    (
        "alias that leads nowhere",
        "apiVersion: *none\nkind: Agency",
        1,
    ),
];

/// Whole files that are neither: each is an error.
fn whole() -> Vec<(&'static str, Vec<u8>)> {
    let text = agency("whole");
    let inner = text.trim_end().replace('\n', "\n  ");
    vec![
        ("a list of documents", format!("- {inner}\n").into_bytes()),
        (
            "a list of a kind",
            format!("kind: List\nitems:\n- {inner}\n").into_bytes(),
        ),
        ("inside a key", format!("agency:\n  {inner}\n").into_bytes()),
        ("no space", b"apiVersion:spokeslint/v1".to_vec()),
        (
            "no space, cut",
            text.replace("apiVersion: ", "apiVersion:").into_bytes(),
        ),
        ("cut at the end", format!("{text}x: [\n").into_bytes()),
        (
            "cut with an escape",
            b"\"apiVersion\": \"spokes\\x6cint\\/v1\"\nx: [\n".to_vec(),
        ),
        (
            "cut without a header",
            format!("kind: Agency\n{REST}x: [\n").into_bytes(),
        ),
        ("cut shape", format!("id: a\n{REST}x: [\n").into_bytes()),
        (
            "windows-1252",
            [text.as_bytes(), b"x-a: caf\xe9\n"].concat(),
        ),
        (
            "windows-1252 in the header",
            text.replace("spokeslint", "spok\u{e9}slint")
                .chars()
                .map(|c| c as u8)
                .collect(),
        ),
        (
            "half of UTF-16",
            [&utf16(&text, u16::to_le_bytes)[..], b"a"].concat(),
        ),
    ]
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn utf32(text: &str, bytes: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().flat_map(|c| bytes(u32::from(c))).collect()
}

/// A text in every encoding that YAML knows, with a mark and without, and with other line breaks.
fn encoded(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let marked = format!("\u{feff}{text}");
    vec![
        ("UTF-8 with a mark", marked.clone().into_bytes()),
        ("UTF-16LE", utf16(text, u16::to_le_bytes)),
        ("UTF-16LE with a mark", utf16(&marked, u16::to_le_bytes)),
        ("UTF-16BE", utf16(text, u16::to_be_bytes)),
        ("UTF-16BE with a mark", utf16(&marked, u16::to_be_bytes)),
        ("UTF-32LE", utf32(text, u32::to_le_bytes)),
        ("UTF-32LE with a mark", utf32(&marked, u32::to_le_bytes)),
        ("UTF-32BE", utf32(text, u32::to_be_bytes)),
        ("UTF-32BE with a mark", utf32(&marked, u32::to_be_bytes)),
        ("CRLF", text.replace('\n', "\r\n").into_bytes()),
        ("CR", text.replace('\n', "\r").into_bytes()),
    ]
}

/// Where a document is in its file: what is before it, what behind.
fn places() -> [(&'static str, String, String); 5] {
    let foreign = "apiVersion: v1\nkind: Service\n";
    [
        ("alone", String::new(), String::new()),
        ("first", String::new(), format!("---\n{}", clean("z"))),
        ("last", format!("{}---\n", clean("z")), String::new()),
        ("amid", format!("{foreign}---\n"), format!("---\n{foreign}")),
        (
            "directive",
            "%YAML 1.2\n---\n".to_owned(),
            "...\n".to_owned(),
        ),
    ]
}

#[test]
fn a_document_of_ours_is_checked_in_every_spelling_and_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut names = Vec::new();
    for (title, header) in OURS {
        for (place, before, behind) in places() {
            let name = format!("{title} {place}.yaml");
            let text = format!("{before}{header}\nid: a{}\n{REST}{behind}", names.len());
            put_bytes(folder.path(), &name, text.as_bytes());
            names.push(name);
        }
    }
    for (title, bytes) in encoded(&agency("encoded")) {
        put_bytes(folder.path(), format!("{title}.yaml"), &bytes);
        names.push(format!("{title}.yaml"));
    }
    let one = "{\"apiVersion\":\"spokeslint\\u002fv1\",\"kind\":\"Agency\",\"id\":\"j\",\"name\":{\"en\":\"J\"},\
               \"accounts\":[{\"id\":\"o\",\"platform\":\"x\",\"handle\":\"o\",\"kind\":\"personal\",\"uses\":[\"replies\"]}]}";
    for name in ["one.json", "two.JSON", "sub/spokeslint.yaml"] {
        put_bytes(folder.path(), name, one.as_bytes());
        names.push(name.to_owned());
    }
    let (run, report) = report(folder.path(), &[]);
    assert_eq!(run.code, 1, "{}", run.err);
    let found = found(&report);
    for name in &names {
        let rules = found
            .get(name)
            .unwrap_or_else(|| panic!("{name} is passed over"));
        let hit = rules
            .iter()
            .any(|(rule, _)| rule == "ours/answers-the-public");
        assert!(hit, "{name}: {rules:?}");
    }
}

#[test]
fn a_near_miss_is_an_error_at_its_line_in_every_document() {
    let folder = tempfile::tempdir().unwrap();
    let mut wanted = Vec::new();
    for (title, header, line) in MISSED {
        for (place, before, behind) in places() {
            let name = format!("{title} {place}.yaml");
            let text = format!("{before}{header}\nid: a{}\n{REST}{behind}", wanted.len());
            put_bytes(folder.path(), &name, text.as_bytes());
            let lines = u64::try_from(before.lines().count()).unwrap();
            wanted.push((name, lines + line));
        }
    }
    let (run, report) = report(folder.path(), &[]);
    assert_eq!(run.code, 1, "{}", run.err);
    let found = found(&report);
    for (name, line) in &wanted {
        let rules = found
            .get(name)
            .unwrap_or_else(|| panic!("{name} is passed over"));
        let is_told = |(rule, at): &(String, u64)| {
            at == line && (rule.starts_with("schema/") || rule.starts_with("yaml/"))
        };
        assert!(rules.iter().any(is_told), "{name}:{line}: {rules:?}");
    }
}

#[test]
fn what_may_have_been_meant_for_us_is_an_error_though_it_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    for (title, bytes) in whole() {
        put_bytes(folder.path(), format!("{title}.yaml"), &bytes);
    }
    let (run, report) = report(folder.path(), &[]);
    assert_eq!(run.code, 1, "{}", run.err);
    let found = found(&report);
    for (title, _) in whole() {
        let name = format!("{title}.yaml");
        let rules = found
            .get(&name)
            .unwrap_or_else(|| panic!("{name} is passed over"));
        assert!(
            rules.iter().all(|(rule, _)| !rule.starts_with("ours/")),
            "{name}: {rules:?}"
        );
    }
}
